"""Days, periods and ranges are understood as town halls write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.check.cell_dates import date_told
from klarplan.strategy.time_spans import read_span
from klarplan.words.catalogue import ENGLISH, GERMAN


@pytest.mark.parametrize(
    ("text", "begin", "end", "name"),
    [
        ("2013", "2013-01-01", "2013-12-31", "2013"),
        ("2015/2016", "2015-01-01", "2016-12-31", "2015/2016"),
        ("2015 / 2016", "2015-01-01", "2016-12-31", "2015/2016"),
        ("2015/16", "2015-01-01", "2016-12-31", "2015/2016"),
        ("2015-16", "2015-01-01", "2016-12-31", "2015/2016"),
        ("2019–2021", "2019-01-01", "2021-12-31", "2019/2021"),
        ("2021 bis 2023", "2021-01-01", "2023-12-31", "2021/2023"),
        ("2025-H1", "2025-01-01", "2025-06-30", "2025-H1"),
        ("1. Halbjahr 2025", "2025-01-01", "2025-06-30", "2025-H1"),
        ("II. Halbjahr 2025", "2025-07-01", "2025-12-31", "2025-H2"),
        ("H1/2025", "2025-01-01", "2025-06-30", "2025-H1"),
        ("Q3 2025", "2025-07-01", "2025-09-30", "2025-Q3"),
        ("3. Quartal 2025", "2025-07-01", "2025-09-30", "2025-Q3"),
        ("IV/2025", "2025-10-01", "2025-12-31", "2025-Q4"),
        ("2025/Q3", "2025-07-01", "2025-09-30", "2025-Q3"),
        ("12/2025", "2025-12-01", "2025-12-31", "2025-12"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        ("Dezember 2025", "2025-12-01", "2025-12-31", "2025-12"),
        ("Mrz. 25", "2025-03-01", "2025-03-31", "2025-03"),
        ("31.12.2025", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("1. 3. 25", "2025-03-01", "2025-03-01", "2025-03-01"),
        ("31. Dezember 2025", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("31.12.2025 14:00", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("2025-12-31", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("Stand: 31.12.2025", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("bis 2025", "2025-01-01", "2025-12-31", "2025"),
        ("01.01.2025 – 30.06.2025", "2025-01-01", "2025-06-30", "2025-01-01/2025-06-30"),
        ("05.2024 - 12.2025", "2024-05-01", "2025-12-31", "2024-05/2025-12"),
    ],
)
def test_a_stretch_of_time_has_its_days_and_one_name(
    text: str, begin: str, end: str, name: str
) -> None:
    """Each way of writing a period leads to its first day, its last day and one common name."""
    span = read_span(text)
    assert (span.begin.isoformat(), span.end.isoformat(), span.name) == (begin, end, name)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("31.12.2025", "day"), ("12/2025", "month"), ("Q3 2025", "quarter"), ("2025/2026", "year")],
)
def test_the_precision_of_a_date_is_known(text: str, precision: str) -> None:
    """A date knows whether it was meant to the day, month, quarter or year."""
    assert read_span(text).precision == precision


@pytest.mark.parametrize(
    "text",
    [
        *("31.02.2025", "13/2025", "2025/2024", "laufend", "3. Halbjahr 2025", "5. Quartal 2025"),
        *("Ende", "", "12", "AUGUſX 2025", "aprıl 2025", "30.06.2025 - 01.01.2025"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Days that do not exist, ranges that run backwards and mere words are not read as dates."""
    with pytest.raises(ValueError):  # noqa: PT011 (any reason will do)
        read_span(text)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_every_day_is_understood_in_german_and_as_iso(day: dt.date) -> None:
    """Any day reads the same as 31.12.2025, 31.12.25 and 2025-12-31."""
    for text in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}", day.isoformat()):
        span = read_span(text)
        assert (span.begin, span.end, span.precision) == (day, day, "day")


@given(st.text(st.sampled_from("0123456789./- QHIVbis–Januarſı"), max_size=14))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    """Whatever a cell holds, it is either a stretch of time in order or refused."""
    try:
        span = read_span(text)
    except ValueError:
        return
    assert span.begin <= span.end
    assert read_span(span.name) == span


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2079, 12, 31)), st.booleans())
def test_days_are_read_as_they_are_told(day: dt.date, german: bool) -> None:
    """Whoever copies a day from a page, in words or where there is little room, in German or in
    English, has it understood by import and check."""
    words = GERMAN if german else ENGLISH
    for told in (words.day(day), words.short_day(day)):
        assert read_span(told).begin == read_span(told).end == day
        assert date_told(told)[2] == day.isoformat()


def test_english_days_are_read_in_one_way() -> None:
    """The month of an English date is a word: its figures alone would be read in two ways."""
    told = ENGLISH.short_day(dt.date(2026, 2, 1))
    assert told.replace("\u00a0", " ") == "1 Feb 2026"
    assert GERMAN.short_day(dt.date(2026, 2, 1)) == "01.02.2026"
