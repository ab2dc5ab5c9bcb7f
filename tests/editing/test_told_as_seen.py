"""What is wrong with a workbook is told by sheet, cell and title, as people see them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klarplan.commands.take_back import TakenBack
from tests.support.klein import copied, replace
from tests.support.project import klarplan
from tests.support.workbooks import changed, exported, put, row_of, taken

MEASURES = "Maßnahmen"
Change = Callable[[Any], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def cells(**values: object) -> Change:
    """A change: cells of the measure A-4."""
    return lambda book: put(book[MEASURES], row_of(book[MEASURES], "A-4"), values)


def added(**values: object) -> Change:
    """A change: a new measure below the last one."""
    return lambda book: put(book[MEASURES], book[MEASURES].max_row + 1, values)


def without(identifier: str) -> Change:
    """A change: a measure is deleted."""
    return lambda book: book[MEASURES].delete_rows(row_of(book[MEASURES], identifier))


def said(found: TakenBack) -> str:
    """All errors in German, with what else they name."""
    return " ".join(
        f"{f.file} {f.cell} · {f.column}: {f.problem.de} {f.cure.de} {[*f.also]}"
        for f in found.errors
    )


WRONG: dict[str, tuple[Change, str]] = {
    "a day": (
        cells(planned_end=dt.datetime(2020, 1, 1)),
        "J6 · Geplantes Ende: Das Ende 01.01.2020 liegt vor dem Beginn 01.06.2024.",
    ),
    "a choice": (
        cells(field="F-2 Schul"),
        "F6 · Handlungsfeld: „F-2 Schul“ gibt es in „Handlungsfelder“ nicht. "
        "Meinten Sie „F-2 Schule“? Wählen Sie",
    ),
    "an id of another row": (
        added(id="A-1", title="Noch einmal", field="F-1 Rathaus"),
        "C11 · Kennung: „A-1“ steht schon in Zeile 3.",
    ),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_an_error_names_what_people_see(root: Path, change: Change, told: str) -> None:
    """No file, no row of a file, no technical name."""
    found = taken(root, changed(exported(root), change))
    assert told in said(found)
    assert not re.search(r"\.csv|[a-z]_[a-z]|\d{4}-\d{2}-\d{2}", said(found))


MISSPELT: dict[str, tuple[dict[str, object], str]] = {
    "a status": ({"status": "fertg"}, "Meinten Sie „fertig“?"),
    "another": ({"status": "beendett"}, "Meinten Sie „beendet“?"),
    "nothing near": ({"status": "xyz"}, "nicht. Wählen Sie einen Eintrag"),
}


@pytest.mark.parametrize(("values", "told"), MISSPELT.values(), ids=MISSPELT)
def test_a_misspelt_label_is_guessed(root: Path, values: dict[str, object], told: str) -> None:
    """The nearest label of the list is named, unless none is near."""

    def change(book: Any) -> None:
        put(book["Neue Meldungen"], 3, {"date": dt.date(2026, 6, 1), "text": "Gut.", **values})

    found = taken(root, changed(exported(root, office="rathaus"), change))
    assert "mappe.xlsx, Neue Meldungen I3 · Status:" in said(found)
    assert told in said(found)


def test_a_row_that_others_name_is_missed_by_their_cells(root: Path) -> None:
    """Where a deletion would leave references behind, they are named as the sheets have them."""
    found = taken(root, changed(exported(root), without("A-4")), delete=True)
    (error,) = found.errors
    assert error.problem.de == "„A-4“ fehlt in „Maßnahmen“; 10 Zeilen nennen es."
    assert error.cure.de.endswith("oder lassen Sie --delete weg.")
    assert ("Meilensteine", "C5") in {(place.file, place.cell) for place in error.also}


def test_a_column_that_the_file_lost_is_named_by_its_title(root: Path) -> None:
    """It is no conflict: nobody has changed the cell."""
    path = changed(exported(root), cells(impact=3))
    replace(root, "data/measures.csv", ",impact,", ",wirkung,")
    found = taken(root, path)
    assert not found.merged.conflicts
    (fault,) = found.merged.faults
    assert "„Erwartete Wirkung“ gibt es in Ihren Dateien nicht mehr" in fault.told("de")


@pytest.mark.parametrize("command", ["diff", "import"])
def test_the_way_to_delete_is_a_whole_command(tmp_path: Path, command: str) -> None:
    """It can be copied: with the file, its folder, and the option; so for conflicts."""
    root = copied(tmp_path)
    made = exported(root, "Rückmeldung Bauamt.xlsx")
    path = changed(made, lambda book: (without("A-8")(book), cells(title="Netze")(book)))
    replace(root, "data/measures.csv", "A-4,Glasfaser,", "A-4,Kabel,")
    done = klarplan(command, str(path), "--root", str(root))
    call = f'klarplan import "{path}" --root {root}'
    assert f"  → Sollen sie entfallen: {call} --delete\n" in done.stdout
    assert f"  → Soll die Mappe gelten: {call} --overwrite\n" in done.stdout


def test_a_command_keeps_what_was_decided(root: Path) -> None:
    """Who wants to delete and is asked about conflicts, need not say it again."""
    path = changed(exported(root), cells(title="Netze"))
    replace(root, "data/measures.csv", "A-4,Glasfaser,", "A-4,Kabel,")
    done = klarplan("import", str(path), "--delete", "--root", str(root))
    assert f"klarplan import {path} --root {root} --delete --overwrite" in done.stdout
