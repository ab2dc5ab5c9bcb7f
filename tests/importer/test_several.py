"""Several entries in one cell, keys that repeat, and lists that hold more than is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.several import likely_separators, parts_of, with_roles
from klarplan.messages import KlarplanError
from tests.support.importing import problems, rows, strategy, take, workbook

Rows = list[list[Any]]
HEAD: list[Any] = ["Nr", "Titel", "Zuständig"]
LIST = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr, title: Titel, field: {value: Alles}}
  - from: Liste
    table: responsibilities
    columns:
      measure: Nr
      organisation: {column: Zuständig, create: true, split: [",", ";", " u. ", "/", "\\n"]}
      role: {value: lead}
"""
WHOLE = LIST.replace(', split: [",", ";", " u. ", "/", "\\n"]', "")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Amt 20, Amt 65", ["Amt 20", "Amt 65"]),
        ("Amt 20 u. Amt 65; FB 3", ["Amt 20", "Amt 65", "FB 3"]),
        ("A u. B", ["A", "B"]),
        ("Amt 20/65\nBauamt", ["Amt 20", "65", "Bauamt"]),
        ("Kultur, ", ["Kultur"]),
        ("Braun. Umwelt", ["Braun. Umwelt"]),
    ],
)
def test_several_separators_may_be_named(text: str, parts: list[str]) -> None:
    """Marks separate anywhere, words only where they stand alone."""
    assert parts_of(text, [",", ";", "u.", "/", "\n"]) == parts


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        (["Amt 61 (FF)", "Amt 20"], [("Amt 61", "lead"), ("Amt 20", "partner")]),
        (["Amt 20", "Amt 61 (federführend)"], [("Amt 20", "partner"), ("Amt 61", "lead")]),
        (["FF: Amt 61", "Amt 20 (Beteiligung)"], [("Amt 61", "lead"), ("Amt 20", "partner")]),
        (["Bauamt - Federführung", "VHS"], [("Bauamt", "lead"), ("VHS", "partner")]),
        (["Amt 61", "Amt 20"], [("Amt 61", None), ("Amt 20", None)]),
        (["Amt 65 (Hochbau)"], [("Amt 65 (Hochbau)", None)]),
        (["Beteiligte: Amt 20"], [("Amt 20", "partner")]),
    ],
)
def test_who_leads_is_read_from_the_cell(
    cell: list[str], entries: list[tuple[str, str | None]]
) -> None:
    """“(FF)” and “federführend” lead, the others of the cell are partners; names stay whole."""
    assert with_roles(cell) == entries


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Amt 61 / Stadtwerke (Federführung: Amt 61)", {"Amt 61": "lead", "Stadtwerke": "partner"}),
        ("Stadtwerke / Amt 20 (FF Amt 61)", {"Amt 61": "lead", "Stadtwerke": "", "Amt 20": ""}),
        ("Amt 61 (FF: Amt 61)", {"Amt 61": "lead"}),
    ],
)
def test_who_leads_may_be_told_at_the_end_of_the_cell(
    root: Path, cell: str, told: dict[str, str]
) -> None:
    """“(Federführung: Amt 61)” makes no office of that name: Amt 61 leads, the others take part."""
    take(root, [workbook(root / "a.xlsx", {"Liste": [HEAD, [1, "A", cell]]})], LIST)
    names = {o["id"]: o["name"] for o in rows(root, "organisations")}
    roles = {names[r["organisation"]]: r["role"] for r in rows(root, "responsibilities")}
    assert roles == {name: role or "partner" for name, role in told.items()}


def test_offices_in_one_cell_become_rows_with_roles(root: Path) -> None:
    """Each office has a row; one that is marked leads, else the mapping says the role."""
    table: Rows = [
        HEAD,
        [1, "A", "Amt 61 (FF), Amt 20"],
        [2, "B", "Amt 20 u. Amt 65"],
        [3, "C", "federführend: FB 3\nAmt 61"],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert outcome.left_out == ()
    names = {o["id"]: o["name"] for o in rows(root, "organisations")}
    told = [
        (r["measure"], names[r["organisation"]], r["role"]) for r in rows(root, "responsibilities")
    ]
    assert told == [
        *(("M-001", "Amt 61", "lead"), ("M-001", "Amt 20", "partner")),
        *(("M-002", "Amt 20", "lead"), ("M-002", "Amt 65", "lead")),
        *(("M-003", "FB 3", "lead"), ("M-003", "Amt 61", "partner")),
    ]
    assert take(root, [root / "a.xlsx"], LIST).files == {}


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("Amt 20, Amt 65", [","]),
        ("Amt 20 und Amt 65", [" und "]),
        ("Umweltamt / VHS", ["/"]),
        ("Amt für Jugend und Familie", []),
        ("Amt 65 (Hochbau, Tiefbau)", []),
    ],
)
def test_a_separator_that_was_not_named_is_warned_of(
    root: Path, cell: str, marks: list[str]
) -> None:
    """A new office whose name looks like several is told, with what to write; names are not."""
    assert likely_separators(cell) == marks
    table: Rows = [HEAD, [1, "A", cell]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], WHOLE)
    assert rows(root, "organisations")[0]["name"] == cell
    told = [place.column for place, text in outcome.remarks if "split" in text.de]
    assert told == (["Zuständig"] if marks else [])


def test_a_reference_to_several_says_how_to_split(root: Path) -> None:
    """A cell that names two measures can't be looked up; the cure names the separator."""
    text = WHOLE.replace("measure: Nr\n", "measure: Zu\n")
    table: Rows = [[*HEAD, "Zu"], [1, "A", "Amt 20", "1, 2"]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], text)
    assert problems(outcome) == [("a.xlsx/Liste", 2, "Zu", "1, 2")]
    assert '„split“, was sie trennt: [","]' in outcome.left_out[0].cure.de


MONEY = """\
sources:
  - from: Liste
    table: measures
    create: true
    columns: {official_id: Nr, title: Titel, field: {value: Alles}, summary: Text}
  - from: Liste
    table: budget
    create: true
    only: {Art: ist}
    columns: {measure: Nr, year: Jahr, spent: Betrag}
"""
COSTS: Rows = [
    ["Nr", "Titel", "Text", "Jahr", "Art", "Betrag"],
    [1, "A", "Erklärung", 2025, "ist", 100],
    [1, "A", "", 2025, "ist", 250],
    [1, "A", "", 2026, "Plan", 900],
    [2, "B", "", 2025, "IST", 70],
]


def test_a_key_that_repeats_adds_a_row(root: Path) -> None:
    """With “create” a second amount of the same year is a row of its own, once and for all."""
    path = workbook(root / "a.xlsx", {"Liste": COSTS})
    outcome = take(root, [path], MONEY)
    assert outcome.left_out == ()
    assert [m["title"] for m in rows(root, "measures")] == ["A", "B"]
    spent = [(b["measure"], b["year"], b["spent"]) for b in rows(root, "budget")]
    assert spent == [
        *(("M-001", "2025", "100"), ("M-001", "2025", "250"), ("M-002", "2025", "70")),
    ]
    assert take(root, [path], MONEY).files == {}
    more = [*COSTS, [1, "A", "", 2025, "ist", 5]]
    take(root, [workbook(root / "a.xlsx", {"Liste": more})], MONEY)
    assert [b["spent"] for b in rows(root, "budget")] == ["100", "250", "70", "5"]


def test_without_it_a_repeated_key_is_a_duplicate(root: Path) -> None:
    """Unless the mapping says otherwise, a second amount is named; a measure is just told again."""
    text = MONEY.replace("    create: true\n", "")
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": COSTS})], text)
    assert [(o.place.row, o.whole_row) for o in outcome.left_out] == [(3, True)]
    again = [place.row for place, text in outcome.remarks if "gelten als ein Eintrag" in text.de]
    assert again == [3, 4]


def test_a_row_for_each_year_loses_no_money(root: Path) -> None:
    """Rows that say the same of a measure stand for one; the amounts of all years are there."""
    text = MONEY.replace("    create: true\n", "").replace("    only: {Art: ist}\n", "")
    table = [COSTS[0], [1, "A", "", 2025, "", 100], [1, "A", "", 2026, "", 900]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], text)
    assert outcome.left_out == ()
    assert [m["title"] for m in rows(root, "measures")] == ["A"]
    assert [(b["year"], b["spent"]) for b in rows(root, "budget")] == [
        ("2025", "100"),
        ("2026", "900"),
    ]


def test_a_row_that_says_more_of_a_measure_is_still_named(root: Path) -> None:
    """Two rows with one number and different texts are never merged in silence."""
    text = MONEY.replace("    create: true\n", "").replace("    only: {Art: ist}\n", "")
    table = [COSTS[0], [1, "A", "So", 2025, "", 100], [1, "A", "Anders", 2026, "", 900]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], text)
    assert [o.place.row for o in outcome.left_out if o.whole_row] == [3]


def test_rows_that_contradict_are_named(root: Path) -> None:
    """Rows of the same entry may complete each other, but not contradict."""
    table = [*COSTS, [2, "B", "So", 2026, "ist", 1], [2, "B", "Anders", 2027, "ist", 1]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], MONEY)
    assert problems(outcome) == [("a.xlsx/Liste", 7, None, "Anders")]
    assert rows(root, "measures")[1]["summary"] == "So"


def test_rows_that_are_filtered_away_are_counted(root: Path) -> None:
    """The result says which values were passed over, and how often."""
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": COSTS})], MONEY)
    ((place, text),) = [(p, t) for p, t in outcome.remarks if "ausgelassen" in t.de]
    assert (place.column, "„Plan“ (1)" in text.de) == ("Art", True)
    several = MONEY.replace("{Art: ist}", "{Art: [ist, plan]}")
    take(root, [root / "a.xlsx"], several)
    assert [b["spent"] for b in rows(root, "budget")] == ["100", "250", "70", "900"]


def test_a_filter_on_a_missing_column_stops_the_import(root: Path) -> None:
    """A misspelt column under “only” is told with the line of its source."""
    path = workbook(root / "a.xlsx", {"Liste": COSTS})
    with pytest.raises(KlarplanError, match="only") as caught:
        take(root, [path], MONEY.replace("Art: ist", "Arten: ist"))
    assert caught.value.line == 6


@pytest.mark.parametrize(
    ("cell", "name", "lost"),
    [
        ("Personalrat (beratend)", "Personalrat", "beratend"),
        ("Mitzeichnung: Amt 20", "Amt 20", "Mitzeichnung"),
        ("Kreis (unterstützend)", "Kreis", "unterstützend"),
    ],
)
def test_what_a_role_does_not_say_is_told(root: Path, cell: str, name: str, lost: str) -> None:
    """A word that is more than its role is named with its cell, never just dropped."""
    file = workbook(root.parent / "l.xlsx", {"Liste": [HEAD, ["1", "Weg", f"Amt 61 (FF); {cell}"]]})
    outcome = take(root, [file], LIST)
    assert name in {row["name"] for row in rows(root, "organisations")}
    told = [
        (place.row, place.column, text.de) for place, text in outcome.remarks if lost in text.de
    ]
    assert [(row, column) for row, column, _ in told] == [(2, "Zuständig")]
    assert f"„{lost}“ wird als „beteiligt“ gelesen" in told[0][2]


@pytest.mark.parametrize("cell", ["Amt 61 (FF), Amt 20 (Beteiligung)", "Federführung: Amt 61"])
def test_marks_that_say_just_the_role_need_no_word(root: Path, cell: str) -> None:
    """“(FF)” is the role itself."""
    file = workbook(root.parent / "l.xlsx", {"Liste": [HEAD, ["1", "Weg", cell]]})
    assert not [t for _, t in take(root, [file], LIST).remarks if "wird als" in t.de]


@pytest.mark.parametrize("cell", ["Amt 61 (FF bis 2026)", "Amt 61 (Leitung vakant)"])
def test_a_mark_with_more_names_no_other_office(root: Path, cell: str) -> None:
    """What stands behind “FF” is an office only where it looks like one; else all of it stays."""
    file = workbook(root.parent / "l.xlsx", {"Liste": [HEAD, ["1", "Weg", cell]]})
    take(root, [file], LIST)
    assert {row["name"] for row in rows(root, "organisations")} == {cell}
