"""What can be subscribed to: feeds of news and calendars, read by programs that others wrote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.open_data.feeds import feeds
from klarplan.strategy.addresses import CALENDAR, MEASURE_CALENDAR, NEWS
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.model import Measure, Milestone, StatusReport
from klarplan.strategy.public import public
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

AS_OF = dt.date(2026, 11, 26)
SAMPLE = public(load(REPOSITORY))
SMALL = public(load(KLEIN))


def changed(loaded: Loaded, *, site_url: str = "https://s.example/plan/", **rows: object) -> Loaded:
    """A strategy with other rows, below a path."""
    settings = replace(loaded.strategy.settings, site_url=site_url)
    return replace(loaded, strategy=replace(loaded.strategy, settings=settings, **rows))  # type: ignore[arg-type]


def one(report: StatusReport, *reports: StatusReport) -> dict[str, bytes]:
    """The feeds of a strategy of one measure with these reports."""
    measure = Measure(id="M-1", title="Äpfel & <b>Birnen</b>", field="F-1", line=2)
    loaded = changed(SMALL, measures=(measure,), status_reports=(report, *reports), milestones=())
    return feeds(loaded, AS_OF)


def test_every_feed_of_the_sample_is_read_without_a_fault() -> None:
    """feedparser finds nothing to complain of, and each report of a public measure in the whole."""
    found = feeds(changed(SAMPLE), AS_OF)
    atoms = {
        address: feedparser.parse(text) for address, text in found.items() if "atom" in address
    }
    assert [address for address, feed in atoms.items() if feed.bozo] == []
    fields, measures = SAMPLE.strategy.fields_of_action, SAMPLE.strategy.measures
    assert len(atoms) == 1 + len(fields) + len(measures)
    reports = [r for r in SAMPLE.strategy.status_reports if r.date and r.date <= AS_OF]
    assert len(atoms[NEWS].entries) == min(100, len(reports))
    ids = [entry.id for entry in atoms[NEWS].entries]
    assert len(set(ids)) == len(ids)
    assert all(e.link.startswith("https://s.example/plan/massnahmen/") for e in atoms[NEWS].entries)


def test_every_calendar_of_the_sample_is_read_without_a_fault() -> None:
    """icalendar reads each event; ids are the same in the whole, in the field and the measure."""
    found = feeds(changed(SAMPLE), AS_OF)
    calendars = {
        address: icalendar.Calendar.from_ical(text)
        for address, text in found.items()
        if address.endswith(".ics")
    }
    events = {address: list(read.walk("VEVENT")) for address, read in calendars.items()}
    ids = {address: sorted(str(e["UID"]) for e in several) for address, several in events.items()}
    parts = [uid for address, uids in ids.items() if "massnahme-" in address for uid in uids]
    assert ids[CALENDAR] == sorted(parts)
    assert [e for several in events.values() for e in several if e.errors] == []
    texts = [text for address, text in found.items() if address.endswith(".ics")]
    assert max(len(line) for text in texts for line in text.split(b"\r\n")) <= 75


def test_ids_stay_when_texts_and_addresses_change() -> None:
    """Another site, title or text makes no entry and no event new."""
    renamed = tuple(replace(m, title=f"Neu {m.id}") for m in SAMPLE.strategy.measures)
    told = tuple(replace(r, text="Anders.") for r in SAMPLE.strategy.status_reports)
    before = feeds(changed(SAMPLE), AS_OF)
    after = feeds(
        changed(SAMPLE, site_url="https://neu.example/", measures=renamed, status_reports=told),
        AS_OF,
    )
    for address, text in before.items():
        lines = [line for line in text.decode().split("\n") if "UID:" in line]
        assert lines == [line for line in after[address].decode().split("\n") if "UID:" in line]
        ids = [entry.id for entry in feedparser.parse(text).entries]
        assert ids == [entry.id for entry in feedparser.parse(after[address]).entries]


def test_the_day_of_the_build_stands_nowhere() -> None:
    """Built on another day from the same tables, every byte is the same."""
    assert feeds(changed(SAMPLE), AS_OF) == feeds(changed(SAMPLE), AS_OF + dt.timedelta(days=1))


def test_a_late_report_is_news_on_the_day_it_came() -> None:
    """A report for 2025-H2 of November 2026 comes first, and says that it is late."""
    due = StatusReport(measure="M-1", date=dt.date(2026, 7, 1), period="2026-H1", text="A", line=2)
    late = StatusReport(
        measure="M-1", date=dt.date(2026, 11, 20), period="2025-H2", text="B", line=3
    )
    entries = feedparser.parse(one(due, late)[NEWS]).entries
    assert [entry.updated[:10] for entry in entries] == ["2026-11-20", "2026-07-01"]
    assert "Nachgemeldet am 20." in entries[0].summary


def test_a_report_of_the_future_is_no_news_yet() -> None:
    """What is dated after the as-of date appears on its day."""
    now = StatusReport(measure="M-1", date=dt.date(2026, 7, 1), text="A", line=2)
    later = replace(now, date=dt.date(2027, 1, 1), text="B", line=3)
    assert len(feedparser.parse(one(now, later)[NEWS]).entries) == 1


def test_what_is_over_leaves_the_calendar() -> None:
    """A finished milestone and the end of a measure that is done are told no more."""
    measure = Measure(id="M-1", title="A", field="F-1", planned_end=dt.date(2027, 5, 1), line=2)
    steps = (
        Milestone(id="S-1", measure="M-1", title="offen", due=dt.date(2027, 1, 5), line=2),
        Milestone(id="S-2", measure="M-1", title="x", due=AS_OF, completed=AS_OF, line=3),
    )
    done = StatusReport(measure="M-1", date=AS_OF, status="fertig", line=2)

    def told(*reports: StatusReport) -> list[str]:
        rows = {"measures": (measure,), "milestones": steps, "status_reports": reports}
        calendar = icalendar.Calendar.from_ical(feeds(changed(SMALL, **rows), AS_OF)[CALENDAR])
        return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]

    assert told() == ["Meilenstein: offen (A)", "Geplantes Ende: A"]
    assert told(done) == []


def test_an_expected_end_takes_the_place_of_the_planned_one() -> None:
    """The event moves to the last day of the expected quarter, under the same id."""
    measure = Measure(id="M-1", title="A", field="F-1", planned_end=dt.date(2027, 5, 1), line=2)
    report = StatusReport(
        measure="M-1",
        date=AS_OF,
        status="laeuft",
        expected_end=dt.date(2027, 10, 1),
        expected_end_precision="quarter",
        line=2,
    )
    events = []
    for reports in ((), (report,)):
        rows = {"measures": (measure,), "milestones": (), "status_reports": reports}
        found = feeds(changed(SMALL, **rows), AS_OF)[CALENDAR]
        events += list(icalendar.Calendar.from_ical(found).walk("VEVENT"))
    assert events[0]["UID"] == events[1]["UID"]
    assert events[1]["DTSTART"].dt == dt.date(2027, 12, 31)
    assert str(events[1]["SUMMARY"]) == "Erwartetes Ende: A (4. Quartal 2027)"


def test_a_site_without_an_address_has_no_feeds() -> None:
    """A feed that leads nowhere is no use."""
    assert feeds(changed(SAMPLE, site_url=""), AS_OF) == {}


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200
)


@given(title=TEXTS, text=TEXTS)
def test_any_text_arrives_as_it_is(title: str, text: str) -> None:
    """Quotes, commas, backslashes, markup and letters of any script are read back unchanged."""
    measure = Measure(id="M-1", title=title, summary=text, field="F-1", planned_end=AS_OF, line=2)
    report = StatusReport(measure="M-1", date=AS_OF, text=text, line=2)
    rows = {"measures": (measure,), "milestones": (), "status_reports": (report,)}
    found = feeds(changed(SMALL, **rows), AS_OF)
    feed = feedparser.parse(found[NEWS], sanitize_html=False)
    assert not feed.bozo
    (event,) = icalendar.Calendar.from_ical(found[CALENDAR]).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Geplantes Ende: {title}"
    assert str(event["DESCRIPTION"]) == text


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\ufffe"])
def test_letters_that_xml_lacks_are_left_out(letter: str) -> None:
    """A control character in a cell breaks no feed."""
    report = StatusReport(measure="M-1", date=AS_OF, text=f"a{letter}b", line=2)
    assert not feedparser.parse(one(report)[NEWS]).bozo


@pytest.mark.parametrize("state", ["dropped", "missed", "reached"])
def test_a_milestone_that_is_given_up_is_no_date(state: str) -> None:
    """What was dropped, missed or reached without a day stands in no calendar."""
    measure = Measure(id="M-1", title="A", field="F-1", line=2)
    step = Milestone(id="S-1", measure="M-1", title="x", due=dt.date(2027, 1, 5), line=2)
    rows = {"measures": (measure,), "status_reports": ()}
    found = feeds(changed(SMALL, milestones=(step,), **rows), AS_OF)
    given_up = feeds(changed(SMALL, milestones=(replace(step, state=state),), **rows), AS_OF)
    assert b"Meilenstein: x" in found[CALENDAR]
    assert b"Meilenstein" not in given_up[CALENDAR]
    assert found.keys() - given_up.keys() == {MEASURE_CALENDAR.format("m-1")}
