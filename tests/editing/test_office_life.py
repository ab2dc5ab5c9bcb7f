"""One office's life: a workbook goes out, is filled in and saved by LibreOffice, and comes back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.support.git import committed, git
from tests.support.klein import copied, replace
from tests.support.office import as_workbook
from tests.support.workbooks import changed, exported, lines, put, row_of, sentences, taken, written

pytestmark = pytest.mark.long


def fill_in(book: Any) -> None:
    """What a clerk of the waterworks does: one new report, five cells, one new milestone."""
    reports = book["Neue Meldungen"]
    put(
        reports,
        row_of(reports, "A-7 Lecksuche", "measure"),
        {
            "date": dt.date(2026, 6, 20),
            "period": "2026-H1",
            "status": "läuft",
            "progress": 55,
            "text": "Zwölf Sensoren horchen.",
        },
    )
    measures = book["Maßnahmen"]
    put(measures, row_of(measures, "A-7"), {"planned_end": dt.date(2027, 3, 31), "impact": 4})
    put(measures, row_of(measures, "A-6"), {"summary": "Funkzähler überall.", "quick_win": "ja"})
    milestones = book["Meilensteine"]
    put(milestones, row_of(milestones, "S-4"), {"state": "geplant"})
    new = milestones.max_row + 1
    put(milestones, new, {"measure": "A-6 Zähler", "title": "Vergabe", "state": "geplant"})


def test_an_office_reports_and_only_that_changes(tmp_path: Path) -> None:
    """Cells and rows that were changed change, all other bytes stay, and once is enough."""
    root = copied(tmp_path)
    committed(root)
    saved = as_workbook(changed(exported(root, office="werke"), fill_in), tmp_path / "zurück")
    replace(root, "data/measures.csv", "Sensoren horchen am Rohr.", "Sensoren lauschen am Rohr.")
    git(root, "commit", "--quiet", "--all", "--message", "von anderen")

    found = written(root, saved)

    assert not found.merged.conflicts
    assert not found.merged.lost
    assert not found.back.notes
    assert [" ".join(sentence.split()) for sentence in sentences(found)] == [
        "Kurzbeschreibung: „Funkzähler in allen Häusern.“ → „Funkzähler überall.“",
        "Schneller Erfolg: nein → ja",
        "Neuer Meilenstein „Vergabe“; Stand: geplant",
        "Geplantes Ende: Dezember 2026 → März 2027, 3 Monate später",
        "Erwartete Wirkung: 3 → 4",
        "Neue Meldung 2026-H1 vom 20. Juni 2026: läuft, 55 % (zuvor 30 %) – "
        "„Zwölf Sensoren horchen.“",
        "Meilenstein „Sensor verworfen“: Stand: entfallen → geplant",
    ]
    changes = git(root, "diff", "--unified=0", "--no-color", "--", "data").splitlines()
    assert [line for line in changes if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "-A-6,Zähler,Funkzähler in allen Häusern.,F-3,project,4,2026-09-01,2028-06-30,,,quarter,"
        "quarter,4,false,,",
        "-A-7,Lecksuche,Sensoren lauschen am Rohr.,F-3,pilot,3,2025-03-01,2026-12-31,2025-03-01,,"
        "month,month,3,false,,",
        "+A-6,Zähler,Funkzähler überall.,F-3,project,4,2026-09-01,2028-06-30,,,quarter,"
        "quarter,4,true,,",
        "+A-7,Lecksuche,Sensoren lauschen am Rohr.,F-3,pilot,3,2025-03-01,2027-03-31,2025-03-01,,"
        "month,month,4,false,,",
        "-S-4,A-7,Sensor verworfen,2025-12-31,,dropped",
        "+S-4,A-7,Sensor verworfen,2025-12-31,,planned",
        "+S-5,A-6,Vergabe,,,planned",
        "+A-7,2026-06-20,2026-H1,laeuft,55,Zwölf Sensoren horchen.,,,,",
    ]
    git(root, "commit", "--quiet", "--all", "--message", "übernommen")
    assert not taken(root, saved).contents


def test_a_workbook_saved_by_libreoffice_changes_nothing(tmp_path: Path) -> None:
    """Opening and saving all tables in LibreOffice is no change."""
    root = copied(tmp_path)
    saved = as_workbook(exported(root), tmp_path / "zurück")

    found = taken(root, saved)

    assert not found.contents
    assert not found.merged.lost
    assert not found.back.notes
    assert not sentences(found)
    assert lines(root, "measures")
