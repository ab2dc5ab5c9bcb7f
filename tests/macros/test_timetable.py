"""The timetable: no measure without a bar, today in view, overdue and expected ends drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from klarplan.strategy.model import Measure, Milestone, StatusReport
from macros.timetable import AFTER, BEFORE, UNITS, place, schedule
from tests.support.entwined import context_of
from tests.support.klein import KLEIN

TODAY = dt.date(2026, 11, 26)
SMALL = context_of(KLEIN, TODAY)


def drawn(*reports: StatusReport, **columns: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The timetable of one measure beside a dated one: everything, and the row of the first."""
    measure = Measure(id="M-1", title="A", field="F-1", line=2, **columns)
    other = Measure(id="M-2", title="B", field="F-1", planned_end=TODAY, line=3)
    strategy = replace(
        SMALL.strategy, measures=(measure, other), milestones=(), status_reports=reports
    )
    found = schedule(replace(SMALL, strategy=strategy))
    assert found is not None
    return dict(found), found["groups"][0]["rows"][0]


def report(status: str, **more: Any) -> StatusReport:
    """A report on the measure, of today."""
    return StatusReport(measure="M-1", date=TODAY, status=status, line=2, **more)


def test_a_permanent_task_runs_on() -> None:
    """What has a begin and no end goes on to the edge of what is shown."""
    found, row = drawn(planned_start=dt.date(2025, 1, 1), type="permanent")
    plan = row["drawn"]["plan"]
    assert plan["x"] + plan["width"] == found["units"]
    assert row["period"] == "ab 1.\u00a0Januar 2025 auf Dauer"


def test_a_measure_without_any_date_has_a_row() -> None:
    """It stands there without a bar of its own, and the key says so."""
    found, row = drawn()
    assert not row["dated"]
    assert row["period"] == "Termin nicht angegeben"
    assert found["signs"]["undated"]


def test_an_overdue_bar_goes_on_to_today() -> None:
    """From the last day of the planned quarter to today it is drawn as overdue."""
    _, row = drawn(
        report("laeuft"),
        planned_start=dt.date(2025, 1, 1),
        planned_end=dt.date(2026, 4, 1),
        end_precision="quarter",
    )
    over = row["drawn"]["over"]
    assert over["x"] == place(dt.date(2026, 6, 30), 2025)
    assert over["x"] + over["width"] == pytest.approx(place(TODAY, 2025), abs=0.2)


@pytest.mark.parametrize(("status", "late"), [("fertig", False), ("beendet", False)])
def test_what_is_over_is_not_overdue(status: str, late: bool) -> None:
    """A finished or stopped measure has no bar beyond its plan, and no end to come."""
    _, row = drawn(
        report(status, expected_end=dt.date(2028, 1, 1)), planned_end=dt.date(2026, 4, 1)
    )
    assert bool(row["drawn"]["over"]) is late
    assert row["drawn"]["expected"] is None


def test_the_expected_end_is_drawn_from_today() -> None:
    """An overdue measure goes on, as expected, to the last day of the expected time."""
    _, row = drawn(
        report("laeuft", expected_end=dt.date(2027, 7, 1), expected_end_precision="quarter"),
        planned_start=dt.date(2025, 1, 1),
        planned_end=dt.date(2026, 6, 30),
    )
    over, expected = row["drawn"]["over"], row["drawn"]["expected"]
    assert expected["x"] == pytest.approx(over["x"] + over["width"], abs=0.2)
    end = place(dt.date(2027, 9, 30), 2025)
    assert expected["x"] + expected["width"] == pytest.approx(end, abs=0.2)


def test_an_early_start_does_not_push_today_away() -> None:
    """Years long ago are cut and marked; what comes much later is cut, too."""
    found, row = drawn(planned_start=dt.date(1998, 1, 1), planned_end=dt.date(2090, 1, 1))
    assert found["years"] == list(range(2026 - BEFORE, 2026 + AFTER + 1))
    assert row["drawn"]["before"]
    assert row["drawn"]["after"]
    assert row["drawn"]["plan"] == {"x": 0.0, "width": float(found["units"])}
    assert 0 < found["today"] < found["units"]
    assert found["units"] == UNITS * len(found["years"])


def test_without_any_date_there_is_no_timetable() -> None:
    """A list of measures that says no dates has nothing to draw."""
    measure = Measure(id="M-1", title="A", field="F-1", line=2)
    strategy = replace(SMALL.strategy, measures=(measure,), milestones=(), status_reports=())
    assert schedule(replace(SMALL, strategy=strategy)) is None


@pytest.mark.parametrize(("state", "next_"), [(None, "x"), ("planned", "x"), ("dropped", "")])
def test_the_next_milestone_is_one_that_is_still_to_come(state: str | None, next_: str) -> None:
    """A milestone that was dropped is not told as the next one, though its day lies ahead."""
    measure = Measure(id="M-1", title="A", field="F-1", planned_end=TODAY, line=2)
    due = TODAY + dt.timedelta(days=30)
    step = Milestone(id="S-1", measure="M-1", title="x", due=due, state=state, line=2)
    strategy = replace(SMALL.strategy, measures=(measure,), milestones=(step,), status_reports=())
    found = schedule(replace(SMALL, strategy=strategy))
    assert found is not None
    told = found["groups"][0]["rows"][0]["next"]
    assert (told.title if told else "") == next_
