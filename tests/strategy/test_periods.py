"""Periods that measures are reported for: their days, order, names, and how one is chosen."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.messages import KlarplanError
from klarplan.strategy.model import StatusReport
from klarplan.strategy.periods import ONE_DAY, arranged, calendar_days, chosen, prose_name

TODAY = dt.date(2026, 11, 21)
LABELS = ["2025", "2025-H2", "2025-Q3", "2025-07", "2025/2026", "H1 2025", "Runde 1", "runde-1"]
LABELS += ["2026-01-15", "Ünseld", "<script>", "../x", "   ", "🙂"]


def report(label: str | None, day: dt.date | None) -> StatusReport:
    """A report that says no more than its period and day."""
    return StatusReport(measure="M-1", period=label, date=day, status="running")


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
    assert (period.name, period.within) == (name, within)
    assert period.whole.removeprefix("das ").removeprefix("die ").removeprefix("den ") in (
        *(name, f"Jahr {name}", "Jahre 2015 bis 2016"),
    )


def test_other_labels_take_the_days_of_their_reports() -> None:
    """A label without a meaning begins the day after the newest report of the period before."""
    found = arranged(
        [
            report("Runde 1", dt.date(2025, 3, 1)),
            report("Runde 1", dt.date(2025, 5, 9)),
            report("Runde 2", dt.date(2025, 11, 30)),
            report("2026-01-15", dt.date(2026, 1, 15)),
        ],
        TODAY,
    )
    assert [(p.label, p.first.isoformat(), p.last.isoformat()) for p in found] == [
        ("2026-01-15", "2025-12-01", "2026-01-15"),
        ("Runde 2", "2025-05-10", "2025-11-30"),
        ("Runde 1", "2025-03-01", "2025-05-09"),
    ]
    assert found[1].within == "im Zeitraum „Runde 2“"
    assert found[1].title == "Umsetzungsbericht Runde 2"


def test_reports_of_the_future_do_not_count() -> None:
    """A period exists from its first report on, and its newest known report dates it."""
    given_ = [report("2026-H1", dt.date(2026, 7, 1)), report("2026-H1", dt.date(2026, 9, 1))]
    assert arranged(given_, dt.date(2026, 6, 30)) == ()
    assert arranged(given_, dt.date(2026, 8, 1))[0].as_of == dt.date(2026, 7, 1)


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
    newest = [period.as_of for period in found]
    assert newest == sorted(newest, reverse=True)
    assert all(period.first <= period.last for period in found)
    assert all(period.as_of <= day for period in found)
    for places in ([p.page for p in found], [p.file("pdf") for p in found]):
        assert len({place.lower() for place in places}) == len(places)
    wanted = {r.period for r in given_ if r.period and r.period.strip() and r.date}
    assert {period.label for period in found} <= wanted
    for period in found:
        assert period.next[0] == period.last + ONE_DAY
        assert all((period.name, period.within, period.whole))
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
    days = calendar_days(label)
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
