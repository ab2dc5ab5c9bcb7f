"""Plan against reality in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.strategy import derive, slips
from klarplan.strategy.model import Measure, Milestone, Status, StatusReport, Strategy, Succession
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import GERMAN

TODAY = dt.date(2026, 11, 21)


def words(state: str = "active", *, superseded: str | None = None, **dates: str) -> list[str]:
    """What is said about a measure with these dates."""
    precision = dates.pop("precision", None)
    measure = Measure(
        id="M-1",
        start_precision=precision,
        end_precision=precision,
        **{name: dt.date.fromisoformat(day) for name, day in dates.items()},  # type: ignore[arg-type]
    )
    strategy = Strategy(
        settings=Settings(),
        tables={},
        statuses=tuple(Status(id=c, category=c) for c in ("open", "active", "done", "stopped")),
        measures=(measure, Measure(id="M-2")),
        successions=(Succession(from_="M-1", to=superseded),) if superseded else (),
        status_reports=(StatusReport(measure="M-1", date=dt.date(2026, 1, 1), status=state),),
    )
    return [
        slips.in_words(GERMAN, s).replace("\u00a0", " ")
        for s in slips.slips(strategy, measure, TODAY)
    ]


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
        ("2026-06-30", "month", "seit 4 Monaten überfällig"),
        ("2026-10-01", "month", "seit 21 Tagen überfällig"),
        ("2026-09-30", "quarter", "seit 1 Monat überfällig"),
        ("2026-06-01", "half", "seit 4 Monaten überfällig"),
        ("2025-03-01", "year", "seit 10 Monaten überfällig"),
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
    st.sampled_from(["day", "month", "quarter", "half", "year"]),
)
def test_late_is_never_no_time(planned: dt.date, days: int, precision: str) -> None:
    """Whatever lies after the planned span is told with a span of time above zero."""
    last = slips.span(planned, precision)[1]
    gap = slips.distance(last, last + dt.timedelta(days), precision)
    assert gap.months > 0 or gap.days > 0
    assert GERMAN.duration(gap.months, gap.days)


CASES = [
    ("superseded", {"to": "M-2"}, {}, "abgelöst durch M-2"),
    ("superseded", {"to": "M-2"}, {"status": "done"}, "abgelöst durch M-2"),
    (
        "done",
        {"planned_end": "2026-03-31", "actual_end": "2026-06-30"},
        {"status": "done"},
        "abgeschlossen (3 Monate später als geplant)",
    ),
    (
        "done",
        {"planned_end": "2026-12-31", "actual_end": "2026-06-30"},
        {"status": "done"},
        "abgeschlossen",
    ),
    ("done", {"planned_end": "2026-03-31"}, {"status": "done"}, "abgeschlossen"),
    ("stopped", {"planned_end": "2020-01-01"}, {"status": "stopped"}, "eingestellt"),
    ("paused", {"planned_end": "2027-12-31"}, {"status": "paused"}, "ruht (Termin offen)"),
    (
        "paused",
        {"planned_end": "2025-12-31"},
        {"status": "paused", "expected_end": "2027-03-01", "expected_end_precision": "quarter"},
        "ruht (jetzt erwartet 1. Quartal 2027)",
    ),
    (
        "expected_past",
        {"planned_end": "2025-12-31"},
        {"expected_end": "2026-10-31"},
        "auch der erwartete Termin ist verstrichen",
    ),
    (
        "expected_past",
        {"planned_end": "2027-12-31"},
        {"expected_end": "2026-10-31"},
        "der erwartete Termin ist verstrichen",
    ),
    ("overdue", {"planned_end": "2026-06-21"}, {}, "überfällig seit 5 Monaten"),
    (
        "overdue",
        {"planned_end": "2026-06-30", "end_precision": "month"},
        {"expected_end": "2027-01-01", "expected_end_precision": "half", "status": "delayed"},
        "überfällig seit 4 Monaten (jetzt erwartet 1. Halbjahr 2027)",
    ),
    (
        "not_begun",
        {"planned_start": "2026-06-30", "planned_end": "2027-12-31"},
        {"status": "open"},
        "Beginn überfällig seit 4 Monaten",
    ),
    ("delayed", {"planned_end": "2027-12-31"}, {"status": "delayed"}, "verspätet"),
    (
        "delayed",
        {"planned_end": "2026-12-31"},
        {"expected_end": "2027-03-01", "expected_end_precision": "month"},
        "verspätet (jetzt erwartet März 2027)",
    ),
    ("stale", {"planned_end": "2030-01-01"}, {"date": "2024-01-01"}, "ohne aktuelle Meldung"),
    ("stale", {}, {"date": "2024-01-01"}, "ohne aktuelle Meldung"),
    ("stale", {"planned_end": "2030-01-01"}, None, "ohne aktuelle Meldung"),
    ("undated", {}, {}, "Ende nicht angegeben"),
    ("undated", {"planned_start": "2026-10-01"}, {}, "Ende nicht angegeben"),
    ("on_time", {"type": "permanent"}, {}, "im Zeitplan"),
    ("on_time", {"planned_end": "2026-12-31"}, {}, "im Zeitplan"),
    (
        "on_time",
        {"planned_end": "2026-12-01", "end_precision": "month"},
        {"expected_end": "2026-12-31", "expected_end_precision": "day"},
        "im Zeitplan",
    ),
    ("on_time", {"planned_end": "2026-10-01", "end_precision": "quarter"}, {}, "im Zeitplan"),
    (
        "paused",
        {"planned_end": "2027-02-01"},
        {"status": "paused", "expected_end": "2026-03-31", "expected_end_precision": "quarter"},
        "ruht (der erwartete Termin ist verstrichen)",
    ),
    (
        "paused",
        {"planned_end": "2025-12-31"},
        {"status": "paused", "expected_end": "2026-11-20"},
        "ruht (auch der erwartete Termin ist verstrichen)",
    ),
    (
        "paused",
        {"planned_end": "2027-02-01"},
        {"status": "paused", "expected_end": "2026-11-01", "expected_end_precision": "month"},
        "ruht (jetzt erwartet November 2026)",
    ),
    (
        "overdue",
        {"planned_end": "2026-08-21", "actual_end": "2026-11-10"},
        {"date": "2026-11-01"},
        "überfällig seit 3 Monaten",
    ),
    (
        "stale",
        {"planned_end": "2026-08-21", "actual_end": "2026-11-10"},
        None,
        "ohne aktuelle Meldung",
    ),
]
LATE = {"expected_past", "overdue", "not_begun", "delayed"}


def one(measure: dict[str, str], report: dict[str, str] | None) -> tuple[Strategy, Measure]:
    """A strategy of one measure and at most one report, from texts."""

    def typed(row: dict[str, str]) -> dict[str, Any]:
        days = (
            "date",
            "expected_end",
            "planned_start",
            "planned_end",
            "actual_start",
            "actual_end",
        )
        return {k: dt.date.fromisoformat(v) if k in days else v for k, v in row.items()}

    row = {k: v for k, v in measure.items() if k != "to"}
    told = {"measure": "M-1", "date": "2026-11-01", "status": "active", **(report or {})}
    categories = ("open", "active", "delayed", "paused", "done", "stopped")
    strategy = Strategy(
        settings=Settings(),
        tables={},
        statuses=tuple(Status(id=c, category=c) for c in categories),
        measures=(Measure(id="M-1", **typed(row)), Measure(id="M-2")),
        successions=(Succession(from_="M-1", to=measure["to"]),) if "to" in measure else (),
        status_reports=(StatusReport(**typed(told)),) if report is not None else (),
    )
    return strategy, strategy.measures[0]


@pytest.mark.parametrize(("case", "measure", "report", "said"), CASES)
def test_the_one_wording_of_the_schedule(
    case: str, measure: dict[str, str], report: dict[str, str] | None, said: str
) -> None:
    """The first case that fits is told, in the same words wherever it is told."""
    strategy, row = one(measure, report)
    assert derive.timeliness(strategy, row, TODAY) == case
    assert slips.wording(strategy, row, TODAY).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"due": "2026-10-31"}], "Ende im Zeitplan (1 Meilenstein nicht rechtzeitig erreicht)"),
        (
            [{"due": "2026-10-31"}, {"due": "2027-10-31", "state": "missed"}],
            "Ende im Zeitplan (2 Meilensteine nicht rechtzeitig erreicht)",
        ),
        (
            [
                {"due": "2026-10-31", "state": "dropped"},
                {"due": "2026-10-30", "completed": "2026-11-02"},
                {"due": "2027-02-01"},
                {},
            ],
            "im Zeitplan",
        ),
    ],
)
def test_only_the_end_is_on_time_where_a_milestone_is_missed(
    steps: list[dict[str, str]], said: str
) -> None:
    """A milestone whose day has passed is told beside an end that nobody expects later."""
    strategy, row = one({"planned_end": "2027-12-31"}, {})
    milestones = tuple(
        Milestone(
            id=f"MS-{number}",
            measure="M-1",
            **{k: v if k == "state" else dt.date.fromisoformat(v) for k, v in step.items()},
        )
        for number, step in enumerate(steps)
    )
    assert slips.wording(replace(strategy, milestones=milestones), row, TODAY) == said


@pytest.mark.parametrize(
    ("measure", "report", "badge", "said"),
    [
        ({}, {"status": "paused"}, "ruht", "Termin offen"),
        ({"planned_end": "2026-03-31"}, {"status": "done"}, "abgeschlossen", ""),
        ({"planned_end": "2026-03-31"}, {"status": "done"}, "fertig", "abgeschlossen"),
        ({"planned_end": "2027-12-31"}, {"status": "delayed"}, "verzögert", "verspätet"),
    ],
)
def test_what_a_badge_says_is_not_said_again(
    measure: dict[str, str], report: dict[str, str], badge: str, said: str
) -> None:
    """Beside a badge stands what it does not say itself; nothing where there is no more."""
    strategy, row = one(measure, report)
    assert slips.wording(strategy, row, TODAY, beside=badge) == said


@pytest.mark.parametrize(("case", "measure", "report", "said"), CASES)
def test_late_is_one_list(
    case: str, measure: dict[str, str], report: dict[str, str] | None, said: str
) -> None:
    """„Verzögert oder überfällig“ are four cases, and what is paused beyond its plan."""
    strategy, row = one(measure, report)
    past = case == "paused" and measure["planned_end"] < TODAY.isoformat()
    beyond = past or (case == "paused" and "verstrichen" in said)
    assert derive.is_late(strategy, row, TODAY) == (case in LATE or beyond), said
    assert [m.id for m in derive.late(strategy, TODAY) if m is row] == ["M-1"] * (
        case in LATE or beyond
    )


SOME_DAYS = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)).map(str)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("planned_start", "planned_end", "actual_start", "actual_end"), SOME_DAYS)
    ),
    st.none()
    | st.fixed_dictionaries(
        {
            "status": st.sampled_from(["open", "active", "delayed", "paused", "done", "stopped"]),
            "date": st.dates(dt.date(2025, 1, 1), TODAY).map(str),
            "expected_end": SOME_DAYS,
        }
    ),
)
def test_every_schedule_has_words(
    measure: dict[str, str | None], report: dict[str, str | None] | None
) -> None:
    """Whatever dates and reports say together, the schedule has words for it."""
    given_of = {k: v for k, v in measure.items() if v}
    strategy, row = one(given_of, {k: v for k, v in report.items() if v} if report else None)
    assert slips.wording(strategy, row, TODAY)


@pytest.mark.parametrize(
    ("planned", "exact", "expected", "how", "later"),
    [
        ("2026-06-30", "month", "2027-03-31", "quarter", "9 Monate"),
        ("2026-06-30", "day", "2026-07-10", "day", "10 Tage"),
        ("2026-12-31", "year", "2027-12-31", "year", "12 Monate"),
        ("2026-12-31", "year", "2026-12-31", "quarter", ""),
        ("2026-06-30", "month", "2026-12-31", "year", ""),
    ],
)
def test_expected_end_against_plan(
    planned: str, exact: str, expected: str, how: str, later: str
) -> None:
    """What is expected after the plan is told with the distance from last day to last day."""
    measure = Measure(id="M-1", planned_end=dt.date.fromisoformat(planned), end_precision=exact)
    gap = slips.expected_later(measure, (dt.date.fromisoformat(expected), how))
    assert (slips.gap_in_words(GERMAN, gap).replace("\u00a0", " ") if gap else "") == later


def test_only_the_newest_report_expects() -> None:
    """An expectation that the newest report doesn't repeat is history, not what is expected now."""
    rows = (
        StatusReport(
            measure="M-1",
            date=dt.date(2026, 2, 1),
            status="active",
            expected_end=dt.date(2027, 3, 1),
        ),
        StatusReport(measure="M-1", date=dt.date(2026, 8, 1), status="active"),
    )
    strategy, measure = one({"planned_end": "2026-12-31"}, None)
    strategy = replace(strategy, status_reports=rows)
    assert derive.expected_end(strategy, measure, TODAY) is None
    assert derive.expected_end(strategy, measure, dt.date(2026, 3, 1)) == (
        dt.date(2027, 3, 1),
        None,
    )
