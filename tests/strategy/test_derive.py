"""What is computed from the tables: status, timeliness, progress, money, indicators."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.strategy import derive
from klarplan.strategy.model import (
    BudgetItem,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    Measure,
    Status,
    StatusReport,
    Strategy,
)
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import GERMAN
from macros.line_chart import line_chart, steps

TODAY = dt.date(2026, 11, 21)
STATUSES = tuple(
    Status(id=c, label=c, meaning=c, category=c) for c in ("open", "active", "done", "stopped")
)


def strategy(
    *reports: StatusReport, measures: tuple[Measure, ...] = (), review_months: int = 12
) -> Strategy:
    """A strategy of some measures and reports."""
    return Strategy(
        settings=Settings(review_months=review_months),
        tables={},
        statuses=STATUSES,
        measures=measures,
        status_reports=reports,
    )


def report(
    day: str, status: str = "active", measure: str = "M-1", progress: int | None = None
) -> StatusReport:
    """A report on a day."""
    date = dt.date.fromisoformat(day)
    return StatusReport(measure=measure, date=date, status=status, progress=progress)


def ended(day: str) -> Measure:
    """A measure that was to end in January 2026, and ended on a day."""
    end = dt.date.fromisoformat(day)
    return Measure(id="M-1", planned_end=dt.date(2026, 1, 31), actual_end=end)


def plan(start: str, **more: Any) -> Measure:
    """A measure that is to begin on a day and to end long after today."""
    begin = dt.date.fromisoformat(start)
    return Measure(id="M-1", planned_start=begin, planned_end=dt.date(2030, 1, 1), **more)


def test_latest_report_counts_whatever_the_order() -> None:
    """The current status is the newest report up to the as-of date; later ones don't count yet."""
    found = strategy(
        report("2026-08-01", "done"), report("2025-01-01"), report("2027-01-01", "stopped")
    )
    latest = derive.latest_report(found, "M-1", TODAY)
    assert latest
    assert latest.status == "done"
    assert derive.latest_report(found, "M-1", dt.date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("measure", "reports", "expected"),
    [
        (Measure(id="M-1"), [report("2026-11-01")], "undated"),
        (Measure(id="M-1", planned_end=dt.date(2026, 11, 20)), [], "overdue"),
        (Measure(id="M-1", planned_end=dt.date(2026, 11, 21)), [report("2026-11-01")], "on_time"),
        (
            Measure(id="M-1", planned_end=dt.date(2020, 1, 1)),
            [report("2021-01-01", "done")],
            "done",
        ),
        (
            Measure(id="M-1", planned_start=dt.date(2026, 1, 1)),
            [report("2026-02-01", "open")],
            "not_begun",
        ),
        (Measure(id="M-1", planned_end=dt.date(2030, 1, 1)), [report("2025-11-20")], "stale"),
        (Measure(id="M-1", planned_end=dt.date(2030, 1, 1)), [report("2025-11-21")], "on_time"),
        (Measure(id="M-1", planned_start=dt.date(2027, 1, 1)), [], "undated"),
        (plan("2026-11-20"), [], "stale"),
        (plan("2026-11-21"), [], "on_time"),
        (plan("2026-11-20", actual_start=dt.date(2026, 11, 20)), [], "on_time"),
        (plan("2026-11-01", start_precision="month"), [], "on_time"),
        (
            Measure(id="M-1", planned_start=dt.date(2026, 1, 1)),
            [report("2026-11-01", "active")],
            "undated",
        ),
        (
            Measure(id="M-1", planned_start=dt.date(2026, 1, 1), type="permanent"),
            [report("2026-11-01", "active")],
            "on_time",
        ),
        (ended("2026-03-01"), [], "stale"),
        (ended("2026-03-01"), [report("2026-07-01")], "overdue"),
        (ended("2026-03-01"), [report("2026-07-01", "done")], "done"),
        (ended("2026-11-22"), [], "overdue"),
    ],
)
def test_timeliness(measure: Measure, reports: list[StatusReport], expected: str) -> None:
    """How a measure stands against its plan follows one documented rule."""
    found = strategy(*reports, measures=(measure,))
    assert derive.timeliness(found, measure, TODAY) == expected


def test_progress_leaves_out_what_stopped_or_says_nothing() -> None:
    """The mean progress counts measures with a figure, without stopped ones, rounded half up."""
    measures = tuple(Measure(id=f"M-{n}") for n in range(1, 5))
    found = strategy(
        report("2026-01-01", progress=50, measure="M-1"),
        report("2026-01-01", progress=51, measure="M-2"),
        report("2026-01-01", "stopped", progress=0, measure="M-3"),
        measures=measures,
    )
    assert derive.progress_of(found, measures, TODAY) == 51
    assert derive.progress_of(found, measures[3:], TODAY) is None


def test_totals_keep_currencies_and_gaps_apart() -> None:
    """Sums are made per currency; an amount that nobody gave stays unknown, not zero."""
    items = [
        BudgetItem(measure="M-1", planned=Decimal(100), spent=Decimal(0)),
        BudgetItem(measure="M-1", planned=Decimal("50.5")),
        BudgetItem(measure="M-1", planned=Decimal(7), currency="CHF"),
    ]
    euro, francs = derive.totals(items)
    assert (euro.currency, euro.planned, euro.approved, euro.spent) == (
        "EUR",
        Decimal("150.5"),
        None,
        Decimal(0),
    )
    assert (francs.currency, francs.planned) == ("CHF", Decimal(7))


def indicator(
    values: dict[int, int], targets: dict[int, int], direction: str | None = "increase"
) -> tuple[Strategy, Indicator]:
    """A strategy with one indicator; values and targets at the ends of years."""
    row = Indicator(
        id="K-1",
        direction=direction,
        baseline_date=dt.date(2020, 12, 31),
        baseline_value=Decimal(10),
    )
    found = Strategy(
        settings=Settings(),
        tables={},
        indicators=(row,),
        indicator_values=tuple(
            IndicatorValue(indicator="K-1", date=dt.date(y, 12, 31), value=Decimal(v))
            for y, v in values.items()
        ),
        indicator_targets=tuple(
            IndicatorTarget(indicator="K-1", date=dt.date(y, 12, 31), value=Decimal(v))
            for y, v in targets.items()
        ),
    )
    return found, row


@pytest.mark.parametrize(
    ("values", "targets", "direction", "expected"),
    [
        ({2025: 35}, {2030: 60}, "increase", "on_track"),
        ({2025: 34}, {2030: 60}, "increase", "behind"),
        ({2025: 60}, {2030: 60}, "increase", "reached"),
        ({2024: 5}, {2030: 0}, "decrease", "on_track"),
        ({2024: 9}, {2030: 0}, "decrease", "behind"),
        ({2024: 9}, {2030: 0}, None, "behind"),
        ({2025: 96}, {2025: 100}, "maintain", "on_track"),
        ({2025: 94}, {2025: 100}, "maintain", "behind"),
        ({}, {2030: 60}, "increase", "no_value"),
        ({2025: 34}, {}, "increase", "no_target"),
    ],
)
def test_trend(
    values: dict[int, int], targets: dict[int, int], direction: str | None, expected: str
) -> None:
    """An indicator is reached, on track or behind the straight way to its target."""
    found, row = indicator(values, targets, direction)
    assert derive.trend(found, row, TODAY) == expected


NO_START: dict[str, Any] = {"baseline_date": None, "baseline_value": None}


@pytest.mark.parametrize(
    ("values", "targets", "changes", "expected"),
    [
        ({2025: 3}, {2028: 12}, NO_START, "start"),
        ({2025: 3}, {2026: 2, 2028: 12}, NO_START, "start"),
        ({2025: 30}, {2028: 12}, {**NO_START, "direction": "decrease"}, "start"),
        ({2019: 3}, {2028: 12}, {}, "since"),
        ({2020: 10}, {2028: 95}, {}, "since"),
        ({2020: 10}, {2018: 5, 2028: 95}, {}, "since"),
        ({2023: 30}, {2025: 60}, {}, "old"),
        ({2023: 1}, {2025: 1}, {"direction": "maintain"}, "old"),
        ({2025: 3}, {2028: 12}, {**NO_START, "direction": None}, "direction"),
        ({2025: 30}, {2024: 12}, {**NO_START, "direction": None}, "direction"),
        ({2025: 30}, {2028: 10}, {"direction": None}, "direction"),
    ],
)
def test_nobody_is_judged_by_a_path_that_is_not_there(
    values: dict[int, int], targets: dict[int, int], changes: dict[str, Any], expected: str
) -> None:
    """Where nothing tells how the values should have gone, none of them is good or bad."""
    found, row = indicator(values, targets)
    row = replace(row, **changes)
    assert derive.trend(found, row, TODAY) == "unjudged"
    assert derive.unjudged(found, row, TODAY) == expected
    assert derive.on_track(found, [row], TODAY) == (0, 0)


@pytest.mark.parametrize(
    ("values", "targets", "changes", "expected"),
    [
        ({2025: 12}, {2028: 12}, NO_START, "reached"),
        ({2025: 12}, {2028: 12}, {**NO_START, "direction": None}, "reached"),
        ({2025: 3}, {2024: 12}, NO_START, "behind"),
        ({2024: 6}, {2023: 2, 2025: 10}, NO_START, "old"),
        ({2025: 6}, {2024: 2, 2028: 10}, {**NO_START, "direction": None}, "on_track"),
        ({2025: 3}, {2024: 9, 2028: 1}, {**NO_START, "direction": None}, "on_track"),
        ({2023: 30}, {2024: 60, 2030: 90}, {}, "behind"),
        ({2025: 97}, {2028: 95}, {**NO_START, "direction": "maintain"}, "on_track"),
        ({2025: 80}, {2028: 95}, {**NO_START, "direction": "maintain"}, "behind"),
    ],
)
def test_what_can_be_compared_is_judged(
    values: dict[int, int], targets: dict[int, int], changes: dict[str, Any], expected: str
) -> None:
    """A target that is met or past, one after another, a value to be kept need no baseline."""
    found, row = indicator(values, targets)
    expected = "unjudged" if expected == "old" else expected
    assert derive.trend(found, replace(row, **changes), TODAY) == expected


def test_german_numbers() -> None:
    """Numbers, money, units and dates are written as in Germany."""
    assert GERMAN.number(Decimal("1234567.50")) == "1.234.567,5"
    assert GERMAN.number(Decimal("-0.5"), 0) == "\u22121"
    assert GERMAN.number(Decimal("-0.2"), 0) == "0"
    assert GERMAN.money(Decimal("1234.5")) == "1.234,50\u00a0€"
    assert GERMAN.short_money(Decimal(47_005_000)) == "47,0\u00a0Mio.\u00a0€"
    assert GERMAN.with_unit(Decimal(41), "Prozent") == "41\u00a0%"
    assert GERMAN.day(dt.date(2026, 3, 1)) == "1.\u00a0März 2026"
    assert GERMAN.day(dt.date(2026, 6, 30), "quarter") == "2.\u00a0Quartal\u00a02026"
    assert GERMAN.day(dt.date(2026, 6, 30), "half") == "1.\u00a0Halbjahr\u00a02026"
    assert GERMAN.day(dt.date(2026, 6, 30), "month") == "Juni\u00a02026"
    assert GERMAN.count(1, "Ziel", "Ziele") == "1\u00a0Ziel"


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.decimals(0, 10**9, places=2, allow_nan=False),
)
def test_axis_encloses_every_number(low: Decimal, span: Decimal) -> None:
    """The marks of an axis enclose all numbers, rise evenly and are few."""
    marks = steps(low, low + span)
    assert marks[0] <= low
    assert marks[-1] >= low + span
    assert 2 <= len(marks) <= 12
    assert len({b - a for a, b in itertools.pairwise(marks)}) == 1


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
            st.decimals(-(10**6), 10**6, places=1, allow_nan=False),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_chart_stays_within_its_box(points: list[tuple[dt.date, Decimal]]) -> None:
    """Every point of a chart lies within the picture, whatever the numbers."""
    chart = line_chart(GERMAN, points, [], None, "Verlauf")
    for dot in chart.dots:
        assert 0 <= dot.x <= 100
        assert 0 <= dot.y <= chart.height
