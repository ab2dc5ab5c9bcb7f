"""Plan against reality in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan import german
from klarplan.strategy import slips
from klarplan.strategy.model import Measure, Status, StatusReport, Strategy
from klarplan.strategy.settings import Settings
from macros.one_measure import in_words

TODAY = dt.date(2026, 11, 21)


def words(state: str = "active", *, superseded: str | None = None, **dates: str) -> list[str]:
    """What is said about a measure with these dates."""
    precision = dates.pop("precision", None)
    measure = Measure(
        id="M-1",
        date_precision=precision,
        superseded_by=superseded,
        **{name: dt.date.fromisoformat(day) for name, day in dates.items()},  # type: ignore[arg-type]
    )
    strategy = Strategy(
        settings=Settings(),
        tables={},
        statuses=tuple(Status(id=c, category=c) for c in ("open", "active", "done", "stopped")),
        measures=(measure,),
        status_reports=(StatusReport(measure="M-1", date=dt.date(2026, 1, 1), status=state),),
    )
    return [in_words(s).replace("\u00a0", " ") for s in slips.slips(strategy, measure, TODAY)]


@pytest.mark.parametrize(
    ("planned", "actual", "precision", "said"),
    [
        ("2026-01-01", "2026-05-01", "day", "4 Monate später als geplant begonnen"),
        ("2026-01-01", "2026-01-01", "day", "wie geplant begonnen"),
        ("2026-01-01", "2026-01-02", "day", "1 Tag später als geplant begonnen"),
        ("2026-01-31", "2026-02-28", "day", "1 Monat später als geplant begonnen"),
        ("2026-01-15", "2026-02-14", "day", "30 Tage später als geplant begonnen"),
        ("2026-03-01", "2026-01-01", "day", "2 Monate früher als geplant begonnen"),
        ("2026-03-01", "2026-03-31", "month", "wie geplant begonnen"),
        ("2026-03-01", "2026-04-01", "month", "1 Monat später als geplant begonnen"),
        ("2026-01-01", "2026-03-31", "quarter", "wie geplant begonnen"),
        ("2026-03-31", "2026-04-01", "quarter", "1 Monat später als geplant begonnen"),
        ("2025-06-01", "2025-12-31", "year", "wie geplant begonnen"),
        ("2025-06-01", "2026-02-01", "year", "2 Monate später als geplant begonnen"),
        ("2023-01-01", "2025-02-01", "day", "2 Jahre und 1 Monat später als geplant begonnen"),
        ("2024-01-01", "2026-01-01", "day", "2 Jahre später als geplant begonnen"),
        ("2024-02-01", "2026-01-01", "day", "23 Monate später als geplant begonnen"),
    ],
)
def test_begin_against_plan(planned: str, actual: str, precision: str, said: str) -> None:
    """Begin and plan are compared as exactly as the plan was given."""
    assert words(planned_start=planned, actual_start=actual, precision=precision) == [said]


@pytest.mark.parametrize(
    ("end", "precision", "said"),
    [
        ("2026-06-21", "day", "seit 5 Monaten überfällig"),
        ("2026-11-20", "day", "seit 1 Tag überfällig"),
        ("2026-11-10", "day", "seit 11 Tagen überfällig"),
        ("2026-06-30", "month", "seit 5 Monaten überfällig"),
        ("2026-11-01", "month", "geplantes Ende in diesem Monat"),
        ("2026-11-21", "day", "geplantes Ende in diesem Monat"),
        ("2024-10-21", "day", "seit 2 Jahren und 1 Monat überfällig"),
        ("2027-12-31", "month", "geplantes Ende in 13 Monaten"),
        ("2026-01-01", "year", "geplantes Ende in 1 Monat"),
    ],
)
def test_end_that_is_due(end: str, precision: str, said: str) -> None:
    """A measure under way says since when it is overdue, or how long it still has."""
    assert words(planned_end=end, precision=precision) == [said]


def test_end_against_plan() -> None:
    """A finished measure says how its end keeps to the plan."""
    said = words("done", planned_end="2026-03-31", actual_end="2026-06-30", precision="month")
    assert said == ["3 Monate später als geplant abgeschlossen"]
    said = words("done", planned_end="2026-03-31", actual_end="2026-03-28", precision="day")
    assert said == ["3 Tage früher als geplant abgeschlossen"]


def test_not_begun() -> None:
    """A planned measure whose begin is past says since when it should be under way."""
    assert words("open", planned_start="2026-08-21") == ["sollte vor 3 Monaten beginnen"]
    assert words("open", planned_start="2027-01-01") == []


def test_stopped_and_superseded_are_never_overdue() -> None:
    """What was stopped or went into another measure is neither overdue nor ended on plan."""
    assert words("stopped", planned_end="2025-01-01") == []
    assert words("stopped", planned_end="2025-01-01", actual_end="2025-06-01") == []
    assert words("active", superseded="M-2", planned_end="2025-01-01") == []


def test_no_plan_says_nothing() -> None:
    """Without planned dates there is nothing to compare."""
    assert words(actual_start="2026-01-01") == []


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)),
    st.integers(1, 9000),
    st.sampled_from(["day", "month", "quarter", "year"]),
)
def test_late_is_never_no_time(planned: dt.date, days: int, precision: str) -> None:
    """Whatever lies after the planned span is told with a span of time above zero."""
    last = slips.span(planned, precision)[1]
    gap = slips.distance(last, last + dt.timedelta(days), precision)
    assert gap.months > 0 or gap.days > 0
    assert german.duration(gap.months, gap.days)
