"""Sheets that hold the same list at different times, or drafts and copies of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, german_csv, rows, strategy, suggested, take

HEAD = ["Nr.", "Maßnahme", "Status", "Termin"]
BEFORE = [HEAD, [1, "Radwege", "geplant", "2025"], [2, "Busse", "läuft", "2026"]]
AFTER = [HEAD, [1, "Radwege", "läuft", "2027"], [2, "Busse", "fertig", "2026"], [3, "Kita", "", ""]]


def dated(text: str) -> str:
    """A mapping that says when the list was made."""
    return text.replace("# as_of: JJJJ-MM-TT", "as_of: 2026-11-01")


def imported(tmp_path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> tuple[Path, str]:
    """A strategy with a workbook taken over by the suggested mapping, and that mapping."""
    root, text, _ = suggested(tmp_path, sheets, dated)
    return root, text


def reports(root: Path) -> list[tuple[str, str, str]]:
    """Title, day and status of each report."""
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    found = [(titles[r["measure"]], r["date"], r["status"]) for r in rows(root, "status_reports")]
    return sorted(found)


HISTORY = [
    ("Busse", "2024-12-31", "running"),
    ("Busse", "2025-12-31", "done"),
    ("Radwege", "2024-12-31", "planned"),
    ("Radwege", "2025-12-31", "running"),
]


@pytest.mark.parametrize(
    "names",
    [("Stand 2024", "Stand 2025"), ("2024", "2025"), ("Maßnahmen_2024", "Maßnahmen_2025")],
    ids=["stand", "years", "underscores"],
)
def test_a_sheet_for_each_year_is_one_list_with_its_history(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    """Each measure is there once, with the plan of the newest sheet and a report from each."""
    root, _ = imported(tmp_path, dict(zip(names, (BEFORE, AFTER), strict=True)))
    assert [row["title"] for row in rows(root, "measures")] == ["Radwege", "Busse", "Kita"]
    assert [row["planned_end"][:4] for row in rows(root, "measures")] == ["2027", "2026", ""]
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Maßnahmen"]
    assert [told for told in reports(root) if told[0] != "Kita"] == HISTORY


def test_the_newest_sheet_counts_wherever_it_stands(tmp_path: Path) -> None:
    """The order of sheets does not tell which version holds."""
    root, _ = imported(tmp_path, {"30.06.2026": AFTER, "31.12.2025": BEFORE})
    assert [row["planned_end"][:4] for row in rows(root, "measures")] == ["2027", "2026", ""]
    assert ("Busse", "2025-12-31", "running") in reports(root)
    assert ("Busse", "2026-06-30", "done") in reports(root)


def test_a_list_without_a_time_in_its_name_is_the_current_one(tmp_path: Path) -> None:
    """Beside “Maßnahmen”, “Stand 2024” is history."""
    root, text = imported(tmp_path, {"Maßnahmen": AFTER, "Stand 2024": BEFORE})
    assert "Davon nur die Meldungen: Stand 2024 (frühere Fassung von „Maßnahmen“)" in text
    assert [row["planned_end"][:4] for row in rows(root, "measures")] == ["2027", "2026", ""]
    assert ("Radwege", "2024-12-31", "planned") in reports(root)


def test_a_numbering_that_changed_moves_no_report(tmp_path: Path) -> None:
    """Where a number means another measure by now, earlier reports find theirs by title."""
    renumbered = [HEAD, [1, "Busse", "läuft", "2026"], [2, "Radwege", "geplant", "2025"]]
    root, _ = imported(tmp_path, {"Stand 2024": renumbered, "Stand 2025": AFTER})
    assert [told for told in reports(root) if told[0] != "Kita"] == HISTORY


def test_lists_of_different_measures_stay_lists(tmp_path: Path) -> None:
    """Two years with measures of their own are no versions of each other, nor fields of action."""
    other = [HEAD, [1, "Bäume", "läuft", "2027"], [2, "Bänke", "läuft", "2027"]]
    root, _ = imported(tmp_path, {"Maßnahmen 2024": BEFORE, "Maßnahmen 2025": other})
    titles = {row["title"] for row in rows(root, "measures")}
    assert titles == {"Radwege", "Busse", "Bäume", "Bänke"}
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Maßnahmen"]


def test_files_of_two_years_are_versions_too(tmp_path: Path) -> None:
    """CSV files are told apart by their names."""
    paths = [
        german_csv(tmp_path / "massnahmen_2024.csv", BEFORE),
        german_csv(tmp_path / "massnahmen_2025.csv", AFTER),
    ]
    root = strategy(tmp_path / "s")
    text = suggest_mapping(read_sheets(paths), read_descriptor(root), None, TODAY)
    take(root, paths, dated(text))
    assert [row["title"] for row in rows(root, "measures")] == ["Radwege", "Busse", "Kita"]
    assert [told for told in reports(root) if told[0] != "Kita"] == HISTORY


@pytest.mark.parametrize("name", ["Maßnahmen (alt)", "Entwurf 2027", "Kopie von Liste", "Archiv"])
def test_drafts_and_copies_are_not_proposed(tmp_path: Path, name: str) -> None:
    """A sheet that calls itself a draft or an old copy is named, and nothing of it is read."""
    secret = [HEAD, [9, "Hallenbad schließen", "geplant", "2028"], *BEFORE[1:]]
    root, text, outcome = suggested(tmp_path, {"Liste": AFTER, name: secret}, dated)
    assert f"Nicht vorgeschlagen: {name}" in text
    assert [row["title"] for row in rows(root, "measures")] == ["Radwege", "Busse", "Kita"]
    assert [one.sheet for one in outcome.unused] == [f"a.xlsx/{name}"]


@pytest.mark.parametrize("name", ["Altstadt", "Musterstraße", "Testfelder"])
def test_names_that_only_sound_like_drafts_are_fields(tmp_path: Path, name: str) -> None:
    """“Altstadt” is a place, not an old version."""
    other = [HEAD, [1, "Bäume", "läuft", "2027"]]
    root, _ = imported(tmp_path, {"Klima": BEFORE, name: other})
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Klima", name]


def test_a_draft_alone_is_read(tmp_path: Path) -> None:
    """Where no other sheet holds a list, the draft is the list."""
    root, _ = imported(tmp_path, {"Deckblatt": [["Klimaplan"]], "Entwurf": BEFORE})
    assert [row["title"] for row in rows(root, "measures")] == ["Radwege", "Busse"]
