"""A council's list as a semicolon file of Windows arrives by the suggestion, without an edit."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, content, rows, strategy, take

HEADER = "Lfd. Nr.;Maßnahme;Zuständige Stellen;Umsetzungszeitraum;Sachstand;Ansatz 2026 (T€)"
FIELDS: dict[str, list[tuple[str, str, str, str, str, str]]] = {
    "A Bürgerservice": [
        ("1", "Terminbuchung", "Amt 33 (FF), Amt 10", "2024 - 2026", "in Umsetzung", "120"),
        ("2", "Formulare „online“", "Amt 33 (FF), Amt 10", "ab 2025", "geplant", "1.250,5"),
        ("3", "Bürgerportal", "Amt 10 (FF)", "Q3 2024 - Q4 2026", "verzögert", ""),
    ],
    "B Schule": [
        ("4", "WLAN; alle Räume", "Amt 40 (FF), Amt 10", "2023 - 2025", "abgeschlossen", "80"),
        ("5", "Größere Leitungen", "Amt 40 (FF)", "laufend", "in Umsetzung", "15"),
    ],
}
ENTRIES = [(field, entry) for field, entries in FIELDS.items() for entry in entries]


def _line(cells: tuple[str, ...]) -> str:
    return ";".join(f'"{cell}"' if ";" in cell else cell for cell in cells)


@pytest.fixture
def imported(tmp_path: Path) -> tuple[Path, Outcome]:
    """An empty strategy with the list taken over twice; the second time changes nothing."""
    lines = ["Umsetzungsliste Digitalisierung;;;;;", "Stand: 31.05.2026;;;;;", ";;;;;", HEADER]
    for field, entries in FIELDS.items():
        lines += [f";{field};;;;", *map(_line, entries)]
    lines += [";Summe;;;;1.465,5", ";;;;;", "* Ansätze ohne Personal;;;;;"]
    path = tmp_path / "umsetzungsliste.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252", newline="")
    root = strategy(tmp_path / "strategie")
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), statuses, TODAY)
    outcome = take(root, [path], text)
    before = content(root)
    assert take(root, [path], text).files == {}
    assert content(root) == before
    return root, outcome


def test_counts_and_sums_equal_the_list(imported: tuple[Path, Outcome]) -> None:
    """Measures, fields, statuses and money are those of the list; no row is lost or invented."""
    root, _ = imported
    names = {row["id"]: row["title"] for row in rows(root, "fields_of_action")}
    measures = rows(root, "measures")
    assert [m["title"] for m in measures] == [entry[1] for _, entry in ENTRIES]
    assert [names[m["field"]] for m in measures] == [field for field, _ in ENTRIES]
    wanted = sum(Decimal(e[5].replace(".", "").replace(",", ".")) for _, e in ENTRIES if e[5])
    assert sum(Decimal(row["planned"]) for row in rows(root, "budget")) == 1000 * wanted
    labels = {row["id"]: row["label"] for row in rows(root, "statuses")}
    found = Counter(labels[row["status"]] for row in rows(root, "status_reports"))
    assert found == Counter(e[4] for _, e in ENTRIES)
    assert {row["date"] for row in rows(root, "status_reports")} == {"2026-05-31"}


def test_offices_lead_and_take_part(imported: tuple[Path, Outcome]) -> None:
    """“(FF)” leads, the others take part."""
    root, _ = imported
    names = {row["id"]: row["name"] for row in rows(root, "organisations")}
    assert set(names.values()) == {"Amt 33", "Amt 10", "Amt 40"}
    roles = Counter(row["role"] for row in rows(root, "responsibilities"))
    assert roles == {"lead": 5, "partner": 3}


def test_a_permanent_task_and_an_open_end(imported: tuple[Path, Outcome]) -> None:
    """“laufend” is a permanent task; “ab 2025” has a beginning and no end."""
    root, _ = imported
    by_title = {m["title"]: m for m in rows(root, "measures")}
    assert by_title["Größere Leitungen"]["type"] == "permanent"
    online = by_title["Formulare „online“"]
    assert (online["planned_start"], online["planned_end"]) == ("2025-01-01", "")
    portal = by_title["Bürgerportal"]
    assert (portal["planned_start"], portal["planned_end"]) == ("2024-07-01", "2026-12-31")
    assert (portal["start_precision"], portal["end_precision"]) == ("quarter", "quarter")


def test_the_result_passes_the_check(imported: tuple[Path, Outcome]) -> None:
    """What arrived has no error."""
    root, _ = imported
    assert [f for f in check(root, TODAY, pages=False) if f.severity == "error"] == []
