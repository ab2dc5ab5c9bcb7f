"""A suggested mapping fits the lists it was made from, without being edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.importer.files import read_sheets
from klarplan.importer.grid import Sheet, SheetRow
from klarplan.importer.mapping_file import read_mapping
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.fuzz import examples
from tests.support.importing import (
    MEASURES,
    REPORTS,
    TODAY,
    mapping,
    rows,
    strategy,
    take,
    workbook,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def suggested(root: Path, sheets: Sequence[Sheet]) -> str:
    """The mapping suggested for sheets in this strategy."""
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    first = not rows(root, "measures")
    return suggest_mapping(sheets, read_descriptor(root), statuses, TODAY, first=first)


def imported(root: Path, sheets: dict[str, list[list[Any]]]) -> tuple[str, Outcome]:
    """What comes of importing lists by the mapping suggested for them."""
    path = workbook(root / "liste.xlsx", sheets)
    text = suggested(root, read_sheets([path]))
    return text, take(root, [path], text)


def test_the_lists_of_a_town_hall_are_recognised(root: Path) -> None:
    """Measures and reports arrive without editing; colours get a meaning, red a new status."""
    reports = [*REPORTS, ["Vneu", "2019", "rot", "Es <b>klemmt</b><br>sehr"]]
    text, outcome = imported(root, {"Maßnahmen": MEASURES, "Sachstand": reports})
    assert outcome.left_out == ()
    assert outcome.unused == ()
    assert [m["official_id"] for m in rows(root, "measures")] == ["Ü1", "B5+6", "Vneu"]
    assert [m["impact"] for m in rows(root, "measures")] == ["5", "", "2"]
    assert [r["status"] for r in rows(root, "status_reports")] == [
        *("running", "done", "unknown", "critical")
    ]
    assert rows(root, "status_reports")[-1]["text"] == "Es klemmt\nsehr"
    assert rows(root, "statuses")[-1]["id"] == "critical"
    assert "Bitte prüfen" in text


def test_one_list_for_everything_is_recognised(root: Path) -> None:
    """Status, duration, offices and merged fields in one list become tables of their own."""
    head = [
        *("lfd. Nr.", "Handlungsfeld", "Projekt", "Laufzeit", "Federführung", "Partner"),
        *("Status", "Fortschritt in %", "Bemerkungen", "Raumbezug"),
    ]
    table = [
        ["Projektliste der Gemeinde (Stand: 20.11.2026)"],
        head,
        [
            1,
            "Verkehr",
            "Radweg",
            "2021–2023",
            "Bauamt",
            "Kreis; Land",
            "läuft",
            "40 %",
            "gut",
            "Nord",
        ],
        [2, None, "Brücke", "2022/2024", "Bauamt", "-", "erledigt", "100 %", "fertig", None],
        [3, None, "Ampel", "2023/2024", "Bauamt", None, "läuft", None, None, None],
        [4, "Klima", "Bäume", "2024–2026", "Umweltamt", None, "sonderbar", None, None, None],
    ]
    text, outcome = imported(root, {"Tabelle1": table})
    assert outcome.left_out == ()
    assert [u.column for u in outcome.unused] == ["Raumbezug"]
    assert "# Nicht zugeordnet: Raumbezug" in text
    assert [(m["field"], m["planned_start"], m["planned_end"]) for m in rows(root, "measures")] == [
        ("HF-01", "2021-01-01", "2023-12-31"),
        ("HF-01", "2022-01-01", "2024-12-31"),
        ("HF-01", "2023-01-01", "2024-12-31"),
        ("HF-02", "2024-01-01", "2026-12-31"),
    ]
    reports = [
        (r["date"], r["status"], r["progress"], r["text"]) for r in rows(root, "status_reports")
    ]
    assert reports == [
        ("2026-11-20", "running", "40", "gut"),
        ("2026-11-20", "done", "100", "fertig"),
        ("2026-11-20", "running", "", ""),
        ("2026-11-20", "unknown", "", ""),
    ]
    assert "sonderbar: unknown  # bitte prüfen" in text
    roles = [(r["measure"], r["role"]) for r in rows(root, "responsibilities")]
    assert roles == [
        *(("M-001", "lead"), ("M-002", "lead"), ("M-003", "lead"), ("M-004", "lead")),
        *(("M-001", "partner"), ("M-001", "partner")),
    ]
    assert [o["name"] for o in rows(root, "organisations")] == [
        *("Bauamt", "Umweltamt", "Kreis", "Land")
    ]


def test_a_list_without_fields_of_action_gets_one(root: Path) -> None:
    """Measures without a field of action come into a common one, as each needs one."""
    imported(root, {"Maßnahmen": [["Maßnahme", "Priorität"], ["Bäume", "hoch"]]})
    assert [f["title"] for f in rows(root, "fields_of_action")] == ["Maßnahmen"]
    assert rows(root, "measures")[0]["priority"] == "4"


def test_a_column_whose_values_do_not_fit_is_not_proposed(root: Path) -> None:
    """A column called “Priorität” that holds sentences is named as not assigned."""
    table = [["Maßnahme", "Priorität"], ["A", "erst prüfen"], ["B", "siehe Anlage"]]
    text, outcome = imported(root, {"Maßnahmen": table})
    assert "# Nicht zugeordnet: Priorität" in text
    assert [u.column for u in outcome.unused] == ["Priorität"]


def test_a_sheet_that_is_no_list_is_named(root: Path) -> None:
    """A sheet with other content is mentioned in the suggestion instead of being guessed at."""
    notes = [["Hinweis"], ["Bitte beachten"]]
    text, _ = imported(root, {"Maßnahmen": MEASURES, "Legende": notes})
    assert "# Nicht erkannt: Legende (Spalten A bis A)" in text


def test_real_dates_count_as_dates(root: Path) -> None:
    """Columns with dates of the spreadsheet program are proposed as dates."""
    table = [["Maßnahme", "Beginn"], ["A", dt.datetime(2024, 5, 1)]]
    imported(root, {"Maßnahmen": table})
    assert rows(root, "measures")[0]["planned_start"] == "2024-05-01"


@pytest.mark.parametrize(
    "table",
    [
        [["Ampel", "Nr.", "Nr."], ["", ":", "Ampel", "Ampel"]],
        [["Federführung", "Nr.", "rot"], ["", ":", "Ampel", "Ampel"]],
        [["Ampel", "Nr.", "Status"], ["", ":", "Status", "Ampel"]],
    ],
)
def test_reports_of_no_measure_are_not_suggested(tmp_path: Path, table: list[list[str]]) -> None:
    """Where nothing says which measure a report is about, no mapping is made that can't be read."""
    lines = tuple(SheetRow(n, tuple(cells)) for n, cells in enumerate(table, start=1))
    root = strategy(tmp_path / "s")
    text = suggested(root, [Sheet(file="a.xlsx", name="Ampeln", rows=lines)])
    if "- from:" in text:
        read_mapping(mapping(root / "z.yml", text), read_descriptor(root), {})
    assert "table: status_reports" not in text
    assert "Nicht vorgeschlagen: Ampeln (es fehlt: Maßnahme)" in text


@examples(15)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.sampled_from(["Maßnahme", "Nr.", "Ampel", "Status", "Art", "Federführung"]),
                st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=9),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_suggestion_is_a_valid_mapping(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    """Whatever stands in a list, the mapping suggested for it can be read."""
    lines = tuple(SheetRow(n, tuple(cells)) for n, cells in enumerate(table, start=1))
    root = strategy(tmp_path_factory.mktemp("s") / "s")
    text = suggested(root, [Sheet(file="a.xlsx", name="Maßnahmen: #1 *", rows=lines)])
    if "- from:" in text:
        read = read_mapping(mapping(root / "z.yml", text), read_descriptor(root), {})
        assert read.sources[0].patterns == ("Maßnahmen: #1 *",)
