"""Dates as people write them fill what they name, and what they leave open stays open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.importer.dates import OutsideError, read_when
from klarplan.messages import KlarplanError
from tests.support.fuzz import examples
from tests.support.importing import problems, rows, strategy, take, workbook

LIST = """\
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr
      title: Titel
      field: {value: Alles}
      planned_start: Beginn
      planned_end: Ende
"""
Rows = list[list[Any]]
HEAD: list[Any] = ["Nr", "Titel", "Beginn", "Ende"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("ab 2024", "2024-01-01", ""),
        ("seit 03/2020", "2020-03-01", ""),
        ("frühestens Herbst 2025", "2025-09-01", ""),
        ("2026 ff.", "2026-01-01", ""),
        ("2026 und Folgejahre", "2026-01-01", ""),
        ("2024 –", "2024-01-01", ""),
        ("bis 2026", "", "2026-12-31"),
        ("bis spätestens Ende 2025", "", "2025-12-31"),
        ("Ende 2025", "2025-10-01", "2025-12-31"),
        ("Anfang 2025", "2025-01-01", "2025-03-31"),
        ("Jahresmitte 2025", "2025-04-01", "2025-06-30"),
        ("Frühjahr 2024", "2024-03-01", "2024-05-31"),
        ("Winter 2025/26", "2025-12-01", "2026-02-28"),
        ("2. HJ 2026", "2026-07-01", "2026-12-31"),
        ("1.HJ 26", "2026-01-01", "2026-06-30"),
        ("Herbst '25", "2025-09-01", "2025-11-30"),
        ("erstes Quartal 2026", "2026-01-01", "2026-03-31"),
        ("KW 40/2025", "2025-09-29", "2025-10-05"),
        ("2025-W40", "2025-09-29", "2025-10-05"),
        ("46752", "2027-12-31", "2027-12-31"),
        ("März–Mai 2025", "2025-03-01", "2025-05-31"),
        ("von Ende 2024 bis voraussichtlich Mitte 2026", "2024-10-01", "2026-06-30"),
    ],
)
def test_each_word_is_applied(text: str, begin: str, end: str) -> None:
    """“ab” gives a beginning only, “bis” an end only; parts of years and weeks give both."""
    when = read_when(text)
    assert (when.begin.day.isoformat() if when.begin else "") == begin
    assert (when.end.day.isoformat() if when.end else "") == end


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("laufend", ""),
        ("Daueraufgabe", ""),
        ("seit 2020 fortlaufend", "2020-01-01"),
        ("2024 – dauerhaft", "2024-01-01"),
        ("kontinuierlich (ab 2023)", "2023-01-01"),
    ],
)
def test_what_never_ends_is_permanent(text: str, begin: str) -> None:
    """Words for a permanent task are no date, and may come with a beginning."""
    when = read_when(text)
    assert when.permanent
    assert when.end is None
    assert (when.begin.day.isoformat() if when.begin else "") == begin


@pytest.mark.parametrize("text", ["vor 2024", "nach Q1 2025", "before 2026"])
def test_before_and_after_name_no_day(text: str) -> None:
    """A day before or after the one that is named can't be known."""
    with pytest.raises(OutsideError):
        read_when(text)


@pytest.mark.parametrize(
    "text",
    [
        "demnächst",
        "nach Bedarf",
        "Winter 2025",
        "2024-2026, danach Daueraufgabe",
        "2025 oder 2026",
        "12345",
        "-",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(text: str) -> None:
    """Words without a day, and texts that could mean one thing or another, are refused."""
    with pytest.raises(ValueError, match=re.escape(text)):
        read_when(text)


def test_open_ends_stay_open_in_the_table(root: Path) -> None:
    """“ab 2024” below “Ende” begins the measure; “laufend” makes it a permanent task."""
    table: Rows = [
        HEAD,
        [1, "Radweg", "", "ab 2024"],
        [2, "Busse", "2026 ff.", ""],
        [3, "Beratung", "seit 2020", "laufend"],
        [4, "Schule", "bis 2027", ""],
        [5, "Bad", "2025", "vor 2026"],
        [6, "Park", "2025", "ab 2026"],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert [(m["planned_start"], m["planned_end"], m["type"]) for m in rows(root, "measures")] == [
        ("2024-01-01", "", ""),
        ("2026-01-01", "", ""),
        ("2020-01-01", "", "permanent"),
        ("", "2027-12-31", ""),
        ("2025-01-01", "", ""),
        ("2025-01-01", "", ""),
    ]
    assert problems(outcome) == [("a.xlsx/Liste", 6, "Ende", "vor 2026")]
    told = [(place.row, place.column) for place, _ in outcome.remarks]
    assert told == [(2, "Ende"), (5, "Beginn"), (7, "Ende")]
    assert take(root, [root / "a.xlsx"], LIST).files == {}


def test_words_without_a_place_are_named(root: Path) -> None:
    """“ca.” and “voraussichtlich” are dropped, and each cell that has them is named."""
    table: Rows = [
        HEAD,
        [1, "Radweg", "ca. 2024", "2026 (geplant)"],
        [2, "B", "2025", "vsl. Q3/2026"],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert [m["planned_end"] for m in rows(root, "measures")] == ["2026-12-31", "2026-09-30"]
    told = [(place.row, place.column) for place, _ in outcome.remarks]
    assert told == [(2, "Beginn"), (2, "Ende"), (3, "Ende")]


def test_a_chosen_day_is_told(root: Path) -> None:
    """Which day was taken for “Mitte 2025”, a week or a serial number stands in the result."""
    table: Rows = [
        HEAD,
        [1, "Radweg", "Mitte 2025", "46752"],
        [2, "Busse", "KW 40/2025", "31.12.2026"],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    told = [text.de for _, text in outcome.remarks]
    assert ["01.04.2025" in told[0], "31.12.2027" in told[1], "29.09.2025" in told[2]] == [True] * 3
    assert len(told) == 3


def test_a_span_in_one_column_fills_the_other(root: Path) -> None:
    """“2021–2023” below “Ende” tells the beginning as well, unless it has a cell of its own."""
    table: Rows = [
        HEAD,
        [1, "Radweg", "", "2021–2023"],
        [2, "Busse", "2020", "2021–2023"],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert [(m["planned_start"], m["planned_end"]) for m in rows(root, "measures")] == [
        ("2021-01-01", "2023-12-31"),
        ("2020-01-01", "2023-12-31"),
    ]
    assert [place.row for place, _ in outcome.remarks] == [2, 3]


@pytest.mark.parametrize("number", ["03.02.2026", "3. Feb", "Feb 26"])
def test_a_number_that_became_a_date_is_told(root: Path, number: str) -> None:
    """Where 3.2 was turned into a date, the cell is named, and the measure has no wrong number."""
    table: Rows = [HEAD, [number, "Radweg", "", ""], ["3.3", "Busse", "", ""]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert problems(outcome) == [("a.xlsx/Liste", 2, "Nr", number)]
    assert [m["official_id"] for m in rows(root, "measures")] == ["", "3.3"]
    text = LIST.replace(
        "official_id: Nr", f'official_id: {{column: Nr, values: {{"{number}": 3.2}}}}'
    )
    assert take(root, [root / "a.xlsx"], text).left_out == ()
    assert [m["official_id"] for m in rows(root, "measures")] == ["3.2", "3.3"]


def test_numbers_with_points_are_no_dates(root: Path) -> None:
    """1.1.10 and 01.02. are numbers of an outline; the latter is told, as it may be a date."""
    table: Rows = [HEAD, ["1.1.10", "Radweg", "", ""], ["01.02.", "Busse", "", ""]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    assert [m["official_id"] for m in rows(root, "measures")] == ["1.1.10", "01.02."]
    assert [place.row for place, _ in outcome.remarks] == [3]


REPORTS = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr, title: Titel, field: {value: Alles}}
  - from: Liste
    table: status_reports
    columns: {measure: Nr, status: Ampel}
"""


@pytest.mark.parametrize(
    "above",
    [
        ["Maßnahmenliste (Stand: 30.06.2026)"],
        ["Liste", None, "Stand", "30. Juni 2026"],
        ["Stand der Daten: Juni 2026, Amt 61"],
    ],
)
def test_the_state_above_a_table_dates_its_reports(root: Path, above: list[str]) -> None:
    """“Stand: …” in any cell above the table is the date of reports that have none."""
    table: Rows = [above, ["Nr", "Titel", "Ampel"], [1, "Radweg", "running"]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], REPORTS)
    assert rows(root, "status_reports")[0]["date"] == "2026-06-30"
    assert any("30.06.2026" in text.de for _, text in outcome.remarks)


def test_a_list_without_a_day_asks_for_it(root: Path) -> None:
    """Without a date the import stops and names the key to write; today is never taken."""
    table: Rows = [["Nr", "Titel", "Ampel"], [1, "A", "running"]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    with pytest.raises(KlarplanError) as caught:
        take(root, [path], REPORTS)
    assert "as_of: " in caught.value.cure.de
    assert caught.value.line == 5
    text = REPORTS.replace("status_reports\n", "status_reports\n    as_of: 2026-06-30\n")
    take(root, [path], text)
    assert rows(root, "status_reports")[0]["date"] == "2026-06-30"


def test_a_bad_report_date_is_named_and_the_period_dates_the_report(root: Path) -> None:
    """A date that can't be read leaves only its cell behind where the row tells a period."""
    text = REPORTS.replace("status: Ampel", "status: Ampel, date: Datum, period: Zeitraum")
    table: Rows = [
        ["Nr", "Titel", "Ampel", "Datum", "Zeitraum"],
        [1, "Radweg", "running", "31.02.2026", "2025"],
        [2, "Busse", "running", "31.02.2026", ""],
    ]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], text)
    assert [(r["measure"], r["date"]) for r in rows(root, "status_reports")] == [
        ("M-001", "2025-12-31")
    ]
    left = [(o.place.row, o.place.column, o.whole_row) for o in outcome.left_out]
    assert left == [(2, "Datum", False), (3, "Datum", True)]


PIECES = st.sampled_from(
    (
        *(
            "ab",
            "bis",
            "seit",
            "vor",
            "nach",
            "Ende",
            "Mitte",
            "Frühjahr",
            "Winter",
            "laufend",
            "ff.",
        ),
        *(
            "KW",
            "40",
            "2025",
            "'25",
            "26",
            "2025/26",
            "1.",
            "HJ",
            "Q3",
            "Quartal",
            "-",
            "–",
            "/",
            "(",
        ),
        *(
            ")",
            "?",
            "ca.",
            "geplant",
            "46752",
            "99",
            "31.02.2026",
            "und",
            "danach",
            "Stand",
            ",",
            "→",
        ),
    )
)


@examples(200)
@given(st.lists(PIECES, max_size=7).map(" ".join) | st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a cell is a stretch of time in its order, or refused."""
    try:
        when = read_when(text)
    except ValueError:
        return
    assert when.begin or when.end or when.permanent
    if when.begin and when.end:
        assert when.begin.day <= when.end.day


@pytest.mark.parametrize(
    ("text", "begin", "end", "precision"),
    [
        ("Q3/Q4 2025", "2025-07-01", "2025-12-31", "half"),
        ("Okt./Nov. 2025", "2025-10-01", "2025-12-31", "quarter"),
        ("Frühjahr/Sommer 2025", "2025-01-01", "2025-12-31", "year"),
    ],
)
def test_one_part_of_a_year_or_the_next_is_no_stretch(
    text: str, begin: str, end: str, precision: str
) -> None:
    """“Q3/Q4” below “Beginn” says nothing of the end: it is the half-year, and that is told."""
    when = read_when(text)
    assert when.begin is not None
    assert when.end is not None
    assert (when.begin.day.isoformat(), when.end.day.isoformat()) == (begin, end)
    assert (when.begin.precision, when.range, when.chosen) == (precision, False, True)


def test_parts_of_two_years_are_no_stretch_either() -> None:
    """“Ende 2025/Anfang 2026” below “Ende” gives no beginning."""
    when = read_when("Ende 2025/Anfang 2026")
    assert when.end is not None
    assert (when.end.day.isoformat(), when.range) == ("2026-03-31", False)


@pytest.mark.parametrize("text", ["Q1/Q3 2025", "Mai–Juli 2025", "01.03.2025/31.05.2025"])
def test_other_pairs_stay_stretches(text: str) -> None:
    """Parts that do not follow on each other, and days, are beginning and end."""
    assert read_when(text).range


# -- a period in one cell

PERIODS = """\
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr
      title: Titel
      field: {value: Alles}
      planned_start: Zeitraum
      planned_end: Zeitraum
"""


def taken(root: Path, text: Any, mapping: str = PERIODS) -> tuple[dict[str, str], list[str]]:
    """The measure that a list with this period makes, and what is not taken over of it."""
    file = workbook(
        root.parent / "liste.xlsx", {"Liste": [["Nr", "Titel", "Zeitraum"], ["1", "Weg", text]]}
    )
    outcome = take(root, [file], mapping)
    return rows(root, "measures")[0], [item.problem.de for item in outcome.left_out]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Q2/2026 – 2028", ("2026-04-01", "quarter"), ("2028-12-31", "year")),
        ("2026 – Q3 2028", ("2026-01-01", "year"), ("2028-09-30", "quarter")),
        ("03/2025 bis 2027", ("2025-03-01", "month"), ("2027-12-31", "year")),
        ("Mitte 2026 – 2028", ("2026-04-01", "quarter"), ("2028-12-31", "year")),
        ("2025 – 31.10.2026", ("2025-01-01", "year"), ("2026-10-31", "")),
    ],
)
def test_each_end_keeps_its_own_exactness(
    root: Path, text: str, start: tuple[str, str], end: tuple[str, str]
) -> None:
    """What is told of the beginning to the quarter stays so, however coarse the end is."""
    measure, left = taken(root, text)
    assert (measure["planned_start"], measure["start_precision"]) == start
    assert (measure["planned_end"], measure["end_precision"]) == end
    assert left == []


@pytest.mark.parametrize("text", ["31.12.2025", "1. März 2026", "2026-05-04"])
def test_a_single_day_in_a_period_is_asked_for(root: Path, text: str) -> None:
    """Whether it is the beginning or the end the cell does not say, so that neither is guessed."""
    measure, left = taken(root, text)
    assert (measure["planned_start"], measure["planned_end"]) == ("", "")
    assert len(left) == 1, "told once, though two columns read the cell"
    assert "ob er Beginn oder Ende ist, sagt die Zelle nicht" in left[0]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("bis 31.12.2025", "", "2025-12-31"),
        ("ab 31.12.2025", "2025-12-31", ""),
        ("12/2025", "2025-12-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_that_says_what_it_is_is_taken(
    root: Path, text: str, start: str, end: str
) -> None:
    """A word tells which end a day is; a month or a year is a stretch of time itself."""
    measure, left = taken(root, text)
    assert (measure["planned_start"], measure["planned_end"], left) == (start, end, [])


@pytest.mark.parametrize(
    ("word", "meaning", "expected"),
    [
        ("lfd. Geschäft", "laufend", ("", "", "permanent")),
        ("s. Bem.", "ab 2026", ("2026-01-01", "", "")),
        ("31.12.2025", "bis 31.12.2025", ("", "2025-12-31", "")),
    ],
)
def test_a_meaning_may_be_all_that_a_cell_may_say(
    root: Path, word: str, meaning: str, expected: tuple[str, str, str]
) -> None:
    """“laufend” and “ab 2026” are possible below “values”, as in a cell."""
    values = f"{{column: Zeitraum, values: {{{word}: {meaning}}}}}"
    measure, left = taken(root, word, PERIODS.replace(": Zeitraum", f": {values}"))
    found = (measure["planned_start"], measure["planned_end"], measure["type"])
    assert (found, left) == (expected, [])


@pytest.mark.parametrize("text", ["lfd.", "seit 2021 lfd.", "fortlaufend", "auf Dauer"])
def test_short_words_for_a_permanent_task_are_known(root: Path, text: str) -> None:
    """“lfd.” is “laufend”."""
    assert taken(root, text)[0]["type"] == "permanent"


def test_a_meaning_that_is_no_date_is_refused(root: Path) -> None:
    """The line of the mapping is named, as for every other word."""
    values = "{column: Zeitraum, values: {egal: irgendwann}}"
    with pytest.raises(KlarplanError, match="irgendwann"):
        taken(root, "egal", PERIODS.replace(": Zeitraum", f": {values}"))
