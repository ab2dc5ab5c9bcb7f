"""The timetable: no measure without a bar, today in view, overdue and expected ends drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from klarplan.strategy.model import Measure, Milestone, StatusReport
from macros.timetable import AFTER, BEFORE, MARKS, PIECES, UNITS, place, schedule
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


def bars(row: dict[str, Any], shape: str) -> list[tuple[float, float]]:
    """Begin and end of all that is drawn of a row in this shape."""
    return [(x, x + width) for name, x, width in row["drawn"]["bars"] if name == shape]


def report(status: str, **more: Any) -> StatusReport:
    """A report on the measure, of today."""
    return StatusReport(measure="M-1", date=TODAY, status=status, line=2, **more)


def test_a_permanent_task_runs_on() -> None:
    """What has a begin and no end breaks up towards the edge of what is shown, in pieces that get
    smaller, and the key says so."""
    found, row = drawn(planned_start=dt.date(2025, 1, 1), type="permanent")
    plan = bars(row, row["shape"])
    assert plan[0][0] == 0
    assert plan == sorted(plan, key=lambda piece: piece[0] - piece[1])
    assert all(before[1] < after[0] for before, after in pairwise(plan))
    assert len(plan) == 1 + len(PIECES)
    assert plan[-1][1] < found["units"]
    assert found["signs"]["goes_on"]
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
    ((begin, end),) = bars(row, "over")
    assert begin == place(dt.date(2026, 6, 30), 2025)
    assert end == pytest.approx(place(TODAY, 2025), abs=0.2)


@pytest.mark.parametrize(("status", "late"), [("fertig", False), ("beendet", False)])
def test_what_is_over_is_not_overdue(status: str, late: bool) -> None:
    """A finished or stopped measure has no bar beyond its plan, and no end to come."""
    _, row = drawn(
        report(status, expected_end=dt.date(2028, 1, 1)), planned_end=dt.date(2026, 4, 1)
    )
    assert bool(bars(row, "over")) is late
    assert bars(row, "expected") == []


def test_the_expected_end_is_drawn_from_today() -> None:
    """An overdue measure goes on, as expected, to the last day of the expected time."""
    _, row = drawn(
        report("laeuft", expected_end=dt.date(2027, 7, 1), expected_end_precision="quarter"),
        planned_start=dt.date(2025, 1, 1),
        planned_end=dt.date(2026, 6, 30),
    )
    (over,), (expected,) = bars(row, "over"), bars(row, "expected")
    assert expected[0] == pytest.approx(over[1], abs=0.2)
    assert expected[1] == pytest.approx(place(dt.date(2027, 9, 30), 2025), abs=0.2)


def test_an_expected_end_alone_is_the_end() -> None:
    """Without a planned end the bar reaches to today, and what is expected of it follows: neither
    is open."""
    found, row = drawn(
        report("laeuft", expected_end=dt.date(2028, 6, 30)), planned_start=dt.date(2025, 1, 1)
    )
    (plan,), (expected,) = bars(row, row["shape"]), bars(row, "expected")
    assert plan == (0, pytest.approx(place(TODAY, 2025), abs=0.2))
    assert expected[1] == pytest.approx(place(dt.date(2028, 6, 30), 2025), abs=0.2)
    assert not found["signs"]["goes_on"]


@pytest.mark.parametrize("status", ["fertig", "beendet"])
def test_what_is_over_without_an_end_stops_where_it_was_reported(status: str) -> None:
    """A finished measure whose end nobody entered does not run on: it ended by its report."""
    found, row = drawn(report(status), planned_start=dt.date(2025, 1, 1))
    ((_, end),) = bars(row, row["shape"])
    assert end == pytest.approx(place(TODAY, 2025), abs=0.2)
    assert not found["signs"]["goes_on"]


def test_an_early_start_does_not_push_today_away() -> None:
    """Years long ago are cut and the bar is open there; so is what comes much later."""
    found, row = drawn(planned_start=dt.date(1998, 1, 1), planned_end=dt.date(2090, 1, 1))
    assert found["years"] == list(range(2026 - BEFORE, 2026 + AFTER + 1))
    pieces = bars(row, row["shape"])
    assert len(pieces) == 2 * len(PIECES) + 1
    assert 0 < pieces[0][0] < pieces[-1][1] < found["units"]
    assert found["signs"]["goes_on"]
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


@pytest.mark.parametrize(
    ("state", "days", "sign"),
    [
        *((None, 30, "milestone"), ("planned", 0, "milestone"), ("planned", -1, "missed")),
        *((None, -400, "missed"), ("missed", 30, "missed"), ("reached", -30, "reached")),
        ("dropped", -30, ""),
    ],
)
def test_a_missed_milestone_has_a_sign_of_its_own(state: str | None, days: int, sign: str) -> None:
    """What was due and not reached looks neither like what is to come nor like what was reached,
    the key names what is drawn and nothing else, and what was dropped is not drawn."""
    measure = Measure(id="M-1", title="A", field="F-1", planned_end=TODAY, line=2)
    step = Milestone(
        id="S-1", measure="M-1", title="x", due=TODAY + dt.timedelta(days), state=state, line=2
    )
    strategy = replace(SMALL.strategy, measures=(measure,), milestones=(step,), status_reports=())
    found = schedule(replace(SMALL, strategy=strategy))
    assert found is not None
    assert [mark for _, mark in found["groups"][0]["rows"][0]["drawn"]["marks"]] == [sign][
        : bool(sign)
    ]
    assert {name for name in MARKS if found["signs"][name]} == {sign} - {""}
