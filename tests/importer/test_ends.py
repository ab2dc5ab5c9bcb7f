"""A list that tells an old and a new end of measures: the plan stays, a report expects the new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from klarplan.importer.files import read_sheets
from tests.importer.test_suggest import imported, suggested
from tests.support.importing import rows, strategy, take, workbook

STAND = ["Stand: 30.06.2026"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def table(titles: list[str], cells: list[Any]) -> list[list[Any]]:
    """A list of one measure in work with further columns, for a day."""
    head = ["Nr", "Maßnahme", "Status", *titles]
    return [STAND, head, [1, "Brücke", "in Umsetzung", *cells]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Zieltermin alt", "Zieltermin neu"),
        ("Termin (ursprünglich)", "Termin (aktuell)"),
        ("Ende", "Neuer Termin"),
        ("Fertigstellung", "voraussichtliche Fertigstellung"),
        ("Frist", "verschoben auf"),
        ("Bisheriges Ende", "Verlängert bis"),
        ("geplantes Ende", "Prognose Fertigstellung"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["old-first", "new-first"])
def test_the_new_end_is_expected_and_the_old_one_stays_planned(
    root: Path, old: str, new: str, *, turned: bool
) -> None:
    """Whichever column comes first, the plan keeps the old date and the report has the new one."""
    titles, cells = [old, new], ["31.12.2026", "Q1 2027"]
    if turned:
        titles, cells = titles[::-1], cells[::-1]
    text, outcome = imported(root, {"Liste": table(titles, cells)})
    assert (outcome.left_out, outcome.unused) == ((), ())
    assert rows(root, "measures")[0]["planned_end"] == "2026-12-31"
    (report,) = rows(root, "status_reports")
    assert (report["date"], report["status"]) == ("2026-06-30", "running")
    assert (report["expected_end"], report["expected_end_precision"]) == ("2027-03-31", "quarter")
    assert f"expected_end: {new}" in text.replace('"', "")
    assert "geraten: nach der Überschrift der neue Termin" in text


def test_a_new_end_alone_leaves_the_plan_open(root: Path) -> None:
    """Without the old date there is no plan, and the suggestion says what to do if it is one."""
    text, _ = imported(root, {"Liste": table(["Neuer Termin"], ["2027"])})
    assert rows(root, "measures")[0].get("planned_end", "") == ""
    assert rows(root, "status_reports")[0]["expected_end"] == "2027-12-31"
    assert "Einen ursprünglichen Termin nennt die Liste nicht; ist „Neuer Termin“ der" in text


def test_the_only_end_of_a_plan_may_be_called_expected(root: Path) -> None:
    """Where a list reports nothing, “voraussichtliches Ende” is its plan."""
    listed = [["Nr", "Maßnahme", "Voraussichtliches Ende"], [1, "Brücke", "2027"]]
    imported(root, {"Liste": listed})
    assert rows(root, "measures")[0]["planned_end"] == "2027-12-31"
    assert rows(root, "status_reports") == []


def test_two_ends_in_one_column_are_named(root: Path) -> None:
    """“Termin alt/neu” is taken for neither of the two, and named with what it lacks."""
    text, outcome = imported(root, {"Liste": table(["Termin alt/neu"], ["2026 / 2027"])})
    assert [unused.column for unused in outcome.unused] == ["Termin alt/neu"]
    assert "Nicht zugeordnet: Termin alt/neu (zwei Termine in einer Spalte" in text


def test_a_new_end_beside_a_sheet_of_reports_is_named(root: Path) -> None:
    """Reports of their own sheet are not mixed with the new end in the list of measures."""
    listed = [["Nr", "Maßnahme", "Ende", "Ende neu"], [1, "Brücke", "2026", "2027"]]
    reported = [["Nr", "Datum", "Status", "Bericht"], [1, "30.06.2026", "in Umsetzung", "Läuft"]]
    text, outcome = imported(root, {"Maßnahmen": listed, "Sachstand": reported})
    assert [unused.column for unused in outcome.unused] == ["Ende neu"]
    assert "Ende neu (neuer Termin; eine Meldung liest ihn als „expected_end“)" in text


@pytest.mark.parametrize(
    ("over", "old", "new"), [("Zieltermin", "alt", "neu"), ("Ende", "bisher", "aktuell")]
)
def test_both_ends_may_stand_below_one_header(root: Path, over: str, old: str, new: str) -> None:
    """“alt” and “neu” below “Zieltermin” are read after the header that spans them."""
    listed = [
        ["Nr", "Maßnahme", over, None, "Status"],
        [None, None, old, new, None],
        [1, "Brücke", "2026", "2027", "in Umsetzung"],
    ]
    path = workbook(root / "liste.xlsx", {"Liste": [STAND, *listed]})
    book = load_workbook(path)
    book["Liste"].merge_cells("C2:D2")
    book.save(path)
    take(root, [path], suggested(root, read_sheets([path])))
    assert rows(root, "measures")[0]["planned_end"] == "2026-12-31"
    assert rows(root, "status_reports")[0]["expected_end"] == "2027-12-31"
