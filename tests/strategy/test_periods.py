"""Periods that measures are reported for: their days, order, names, and how one is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.messages import KlarplanError
from klarplan.strategy import derive, periods
from klarplan.strategy.model import Measure, PeriodDates, Status, StatusReport, Strategy
from klarplan.strategy.periods import ONE_DAY, Period, chosen, prose_name
from klarplan.strategy.settings import Settings
from klarplan.strategy.time_spans import days_of_label
from klarplan.words.catalogue import ENGLISH, GERMAN

TODAY = dt.date(2026, 11, 21)
LABELS = ["2025", "2025-H2", "2025-Q3", "2025-07", "2025/2026", "H1 2025", "Runde 1", "runde-1"]
LABELS += ["2026-01-15", "Ünseld", "<script>", "../x", "   ", "🙂"]


def report(label: str | None, day: dt.date | None) -> StatusReport:
    """A report that says no more than its period and day."""
    return StatusReport(measure="M-1", period=label, date=day, status="running")


def strategy(given_: Sequence[StatusReport], *rows: PeriodDates) -> Strategy:
    """A strategy of one measure with these reports and rows of ``periods``."""
    return Strategy(
        settings=Settings(),
        tables={},
        statuses=tuple(Status(id=c, category=c) for c in ("active", "done")),
        measures=(Measure(id="M-1"), Measure(id="M-2")),
        status_reports=tuple(given_),
        periods=rows,
    )


def arranged(given_: Sequence[StatusReport], day: dt.date) -> tuple[Period, ...]:
    """The periods of these reports up to a day."""
    return periods.periods(strategy(given_), day)


reports = st.lists(
    st.builds(
        report,
        st.none() | st.sampled_from(LABELS) | st.text(max_size=8),
        st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("label", "first", "last", "name", "within"),
    [
        ("2025-H2", "2025-07-01", "2025-12-31", "2. Halbjahr 2025", "im 2. Halbjahr 2025"),
        ("2025-Q3", "2025-07-01", "2025-09-30", "3. Quartal 2025", "im 3. Quartal 2025"),
        ("Q3/2025", "2025-07-01", "2025-09-30", "3. Quartal 2025", "im 3. Quartal 2025"),
        ("2025", "2025-01-01", "2025-12-31", "2025", "im Jahr 2025"),
        ("2024-02", "2024-02-01", "2024-02-29", "Februar 2024", "im Februar 2024"),
        ("2015/16", "2015-01-01", "2016-12-31", "2015/2016", "in den Jahren 2015 bis 2016"),
    ],
)
def test_known_labels_stand_for_their_days(
    label: str, first: str, last: str, name: str, within: str
) -> None:
    """A half-year, quarter, month, year or range of years has its days and a name in words."""
    (period,) = arranged([report(label, dt.date(2026, 2, 1))], TODAY)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    told = [said.replace("\u00a0", " ") for said in (period.name(GERMAN), period.within(GERMAN))]
    assert told == [name, within]
    whole = period.whole(GERMAN).replace("\u00a0", " ")
    assert whole.removeprefix("das ").removeprefix("die ").removeprefix("den ") in (
        *(name, f"Jahr {name}", "Jahre 2015 bis 2016"),
    )


def test_a_period_is_told_in_english_too() -> None:
    """Half-years, months, years, ranges and names of one's own read well within an English
    sentence."""
    told = {}
    for label in ("2025-H2", "2024-02", "2025", "2015/16"):
        (period,) = arranged([report(label, dt.date(2026, 2, 1))], TODAY)
        told[period.name(ENGLISH)] = (period.within(ENGLISH), period.whole(ENGLISH))
    assert told == {
        "2nd half of 2025": ("in the 2nd half of 2025", "the 2nd half of 2025"),
        "February\u00a02024": ("in February\u00a02024", "February\u00a02024"),
        "2025": ("in 2025", "2025"),
        "2015/2016": ("in the years 2015 to 2016", "the years 2015 to 2016"),
    }
    own = Period("Round 1", TODAY, TODAY, TODAY, "round-1")
    assert own.title(ENGLISH) == "Progress report: Round 1"
    assert own.within(ENGLISH) == "in the period “Round 1”"


def test_other_labels_need_a_row_that_says_their_days() -> None:
    """A label without a meaning is a period only where ``periods`` says its days."""
    given_ = [report("Runde 1", dt.date(2025, 5, 9)), report("2026-01-15", dt.date(2026, 1, 15))]
    assert arranged(given_, TODAY) == ()
    row = PeriodDates(label="Runde 1", first=dt.date(2025, 1, 1), last=dt.date(2025, 4, 30))
    (period,) = periods.periods(strategy(given_, row), TODAY)
    assert (period.first, period.last, period.as_of) == (row.first, row.last, row.last)
    assert period.within(GERMAN) == "im Zeitraum „Runde 1“"
    assert period.title(GERMAN) == "Umsetzungsbericht Runde 1"


def test_a_row_says_otherwise_than_the_label() -> None:
    """„2024/25“ stands for two calendar years unless a row of ``periods`` says otherwise."""
    given_ = [report("2024/25", dt.date(2026, 2, 1))]
    (period,) = arranged(given_, TODAY)
    assert (period.first, period.last) == (dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    row = PeriodDates(label="2024/25", first=dt.date(2024, 8, 1), last=dt.date(2025, 7, 31))
    (period,) = periods.periods(strategy(given_, row), TODAY)
    assert (period.first, period.last) == (row.first, row.last)
    assert period.slug == "2024-25"


def test_two_spellings_are_one_period() -> None:
    """„2025-H2“ and „2. Halbjahr 2025“ are the same days, so one period and one page."""
    given_ = [
        report("2025-H2", dt.date(2026, 1, 9)),
        report("2. Halbjahr 2025", dt.date(2026, 1, 10)),
    ]
    assert [p.label for p in arranged(given_, TODAY)] == ["2025-H2"]


def told(label: str, day: str, status: str = "active", measure: str = "M-1") -> StatusReport:
    """A report on a measure with a status."""
    return StatusReport(
        measure=measure, period=label, date=dt.date.fromisoformat(day), status=status
    )


@pytest.mark.parametrize(
    ("label", "day", "speaks_for"),
    [
        ("2025-H2", "2026-01-22", "2025-12-31"),
        ("2025-H2", "2025-11-02", "2025-11-02"),
        ("2025-H2", "2026-11-20", "2025-12-31"),
        ("Runde 1", "2026-11-20", "2026-11-20"),
        ("", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_report_speaks_for_a_day(label: str, day: str, speaks_for: str) -> None:
    """A report speaks for its date, at most for the last day of its period."""
    row = told(label, day)
    assert strategy([row]).day_of(row) == dt.date.fromisoformat(speaks_for)


def test_a_late_report_does_not_change_what_is_now() -> None:
    """A row for an old half-year that comes late is history; the newest status stays."""
    rows = [told("2025-H2", "2026-01-20"), told("2026-H1", "2026-07-20", "done")]
    rows.append(told("2025-H2", "2026-11-20", "active"))
    found = strategy(rows)
    newest = derive.latest_report(found, "M-1", TODAY)
    assert newest is rows[1]
    assert [r.date for r in found.reports_of_measure["M-1"]] == [
        dt.date(2026, 1, 20),
        dt.date(2026, 11, 20),
        dt.date(2026, 7, 20),
    ]
    assert derive.latest_report(found, "M-1", dt.date(2025, 12, 31)) is rows[2]


@pytest.mark.parametrize(
    ("rows", "due", "kind"),
    [
        ([told("2025-H2", "2026-01-20")], None, ""),
        (
            [told("2026-H1", "2026-07-20", measure="M-2"), told("2025-H2", "2026-11-20")],
            None,
            "late",
        ),
        ([told("2026-H1", "2026-07-20", measure="M-2"), told("2025-H2", "2026-07-20")], None, ""),
        ([told("2025-H2", "2026-03-01")], "2026-02-28", "late"),
        ([told("2025-H2", "2026-02-28")], "2026-02-28", ""),
        ([told("2026-H1", "2026-07-20"), told("2025-H2", "2026-11-20")], "2026-12-31", ""),
        ([told("2025-H2", "2026-01-20"), told("2025-H2", "2026-01-25")], None, "correction"),
        ([told("2025-H2", "2026-01-20"), told("H2 2025", "2026-11-20")], None, "correction"),
        ([told("2025-H2", "2026-01-20", measure="M-2"), told("2025-H2", "2026-01-25")], None, ""),
    ],
)
def test_late_reports_and_corrections_are_marked(
    rows: list[StatusReport], due: str | None, kind: str
) -> None:
    """After the day that reports are due, or the first of a later period, a report is late."""
    row = PeriodDates(label="2025-H2", due=dt.date.fromisoformat(due) if due else None)
    assert periods.origin(strategy(rows, row), rows[-1]) == kind


def test_reports_of_the_future_do_not_count() -> None:
    """A period exists from its first report on, and is told as of its last day, or of today."""
    given_ = [report("2026-H1", dt.date(2026, 7, 1)), report("2026-H1", dt.date(2026, 9, 1))]
    assert arranged(given_, dt.date(2026, 6, 29)) == ()
    assert arranged(given_, dt.date(2026, 8, 1))[0].as_of == dt.date(2026, 6, 30)
    early = [report("2026-H2", dt.date(2026, 9, 1))]
    assert arranged(early, dt.date(2026, 10, 1))[0].as_of == dt.date(2026, 10, 1)


def test_the_half_year_after_a_period() -> None:
    """What comes next is the half-year that begins the day after."""
    (period,) = arranged([report("2025-Q3", dt.date(2025, 10, 2))], TODAY)
    assert period.next == (dt.date(2025, 10, 1), dt.date(2026, 3, 31))


@given(reports, st.dates(dt.date(2016, 1, 1), dt.date(2031, 1, 1)))
def test_periods_are_in_order_and_have_places_of_their_own(
    given_: list[StatusReport], day: dt.date
) -> None:
    """Whatever labels there are: newest first, days in order, no two share a page or file."""
    found = arranged(given_, day)
    last = [period.last for period in found]
    assert last == sorted(last, reverse=True)
    assert all(period.first <= period.last for period in found)
    assert all(period.as_of <= day for period in found)
    for places in ([p.page for p in found], [p.file("pdf") for p in found]):
        assert len({place.lower() for place in places}) == len(places)
    wanted = {" ".join(r.period.split()) for r in given_ if r.period and r.date}
    assert {period.label for period in found} <= wanted
    for period in found:
        assert period.next[0] == period.last + ONE_DAY
        assert all((period.name(GERMAN), period.within(GERMAN), period.whole(GERMAN)))
        assert chosen(found, period.label) is period


@given(st.text(max_size=30))
def test_the_name_of_a_text_is_a_safe_file_name(label: str) -> None:
    """No label leads out of the folder of reports or to a name that a system refuses."""
    name = prose_name(label)
    assert name
    assert not set(name) & set('/\\:*?"<>|\n\r\t')
    assert not name.startswith(".")


@given(st.text(max_size=20))
def test_days_of_a_label_are_in_order(label: str) -> None:
    """Any text names a stretch of at least two days, or none."""
    days = days_of_label(label)
    assert days is None or days[0] < days[1]


def test_a_period_is_chosen_however_it_is_written() -> None:
    """Without a wish the newest is taken; case, slashes and other spellings don't matter."""
    found = arranged(
        [report("2025-H2", dt.date(2026, 2, 1)), report("2026-H1", dt.date(2026, 8, 1))], TODAY
    )
    assert chosen(found, None).label == "2026-H1"
    for wanted in ("2025-H2", "2025-h2", "2. Halbjahr 2025", "H2/2025"):
        assert chosen(found, wanted).label == "2025-H2"


def test_an_unknown_period_is_told_with_what_there_is() -> None:
    """The message names the nearest period and all of them; without any it says what to fill."""
    found = arranged([report("2025-H2", dt.date(2026, 2, 1))], TODAY)
    with pytest.raises(KlarplanError) as told:
        chosen(found, "2025-H3")
    assert told.value.cure.de == "Meinten Sie „2025-H2“? Gemeldet wurde für: 2025-H2."
    assert told.value.exit_code == 1
    with pytest.raises(KlarplanError, match="no period yet"):
        chosen((), None)
