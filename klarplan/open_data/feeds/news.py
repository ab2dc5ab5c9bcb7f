"""News of measures: an Atom feed (RFC 4287) of the status reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from klarplan.open_data.feeds.identity import lasting_id
from klarplan.open_data.xml_text import fit
from klarplan.strategy.addresses import FIELD_NEWS, MEASURE_NEWS, NEWS, on_web, page_of, slug
from klarplan.strategy.model import Measure, StatusReport, Strategy
from klarplan.strategy.periods import name_of, remark
from klarplan.strategy.subscriptions import has_news

MOST = 100
"""So many entries a feed has, the newest first."""

Entry = tuple[dt.date, str]
"""The day of a report, and its entry as XML."""


def news(strategy: Strategy, as_of: dt.date) -> dict[str, bytes]:
    """Feeds of reports by their address; nothing while there is no report.

    A report is an entry on the day it came, late ones and corrections too. ``updated`` is that
    day, never the day of the build.
    """
    if not has_news(strategy, as_of):
        return {}
    entries = {
        measure.id: [
            (report.date, _entry(strategy, measure, report))
            for report in strategy.reports_of_measure.get(measure.id, ())
            if report.date and report.date <= as_of
        ]
        for measure in strategy.measures
    }
    everything = [entry for several in entries.values() for entry in several]
    first = max(day for day, _ in everything)
    words, settings = strategy.words, strategy.settings
    found = {
        NEWS: _feed(
            strategy,
            NEWS,
            title=words("feed.news", strategy=settings.title),
            page="",
            entries=everything,
            first=first,
        )
    }
    for field in strategy.fields_of_action:
        address = FIELD_NEWS.format(slug(field.id))
        several = [
            entry
            for measure in strategy.measures_of_field.get(field.id, ())
            for entry in entries[measure.id]
        ]
        title = words("feed.news_of_field", field=field.title or field.id)
        page = page_of("fields_of_action", field.id)
        found[address] = _feed(
            strategy, address, title=title, page=page, entries=several, first=first
        )
    for measure in strategy.measures:
        address = MEASURE_NEWS.format(slug(measure.id))
        title = words("feed.news_of_measure", measure=_called(measure))
        page = page_of("measures", measure.id)
        found[address] = _feed(
            strategy, address, title=title, page=page, entries=entries[measure.id], first=first
        )
    return found


def _called(measure: Measure) -> str:
    return f"{measure.number} {measure.title or ''}".strip()


def _time(day: dt.date) -> str:
    """A day as Atom writes it (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(strategy: Strategy, measure: Measure, report: StatusReport) -> str:
    words, settings = strategy.words, strategy.settings
    assert report.date is not None
    day = report.date.isoformat()
    status = strategy.status_by_id.get(report.status)
    title = _called(measure)
    if status:
        title = words("feed.entry", measure=title, status=status.label)
    told = [report.text or ""]
    if report.period:
        told.insert(0, words("feed.period", period=name_of(words, report.period)))
    if note := remark(strategy, report):
        told.insert(len(told) - 1, f"{note[0].upper()}{note[1:]}.")
    if report.obstacles:
        told.append(words("feed.obstacle", text=report.obstacles))
    if report.lessons:
        told.append(words("feed.lesson", text=report.lessons))
    content = "".join(f"<p>{escape(text)}</p>" for text in told if text)
    identity = lasting_id(
        settings, "status_reports", measure.id, " ".join((report.period or "").split()), day
    )
    page = on_web(settings.site_url, page_of("measures", measure.id))
    return (
        f"<entry><id>urn:uuid:{identity}</id><title>{_text(title)}</title>"
        f'<link href="{_text(page)}"/>'
        f"<published>{_time(report.date)}</published><updated>{_time(report.date)}</updated>"
        f'<content type="html">{_text(content)}</content></entry>\n'
    )


def _text(value: str) -> str:
    """A text within XML; what XML can't hold (XML 1.0, 2.2) is left out."""
    return escape(fit(value))


def _feed(  # noqa: PLR0913 (what a feed is made of)
    strategy: Strategy,
    address: str,
    *,
    title: str,
    page: str,
    entries: Iterable[Entry],
    first: dt.date,
) -> bytes:
    """A feed with its newest entries; ``first`` is its day while it has none."""
    settings = strategy.settings
    shown = sorted(entries, key=lambda entry: entry[0], reverse=True)[:MOST]
    updated = shown[0][0] if shown else first
    identity = lasting_id(settings, "feed", address)
    here, there = (_text(on_web(settings.site_url, a)) for a in (address, page))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{strategy.words.lang}">\n'
        f"<id>urn:uuid:{identity}</id>\n<title>{_text(title)}</title>\n"
        f'<link rel="self" type="application/atom+xml" href="{here}"/>\n<link href="{there}"/>\n'
        f"<author><name>{_text(settings.municipality)}</name></author>\n"
        f"<rights>{_text(settings.licence_name)}</rights>\n"
        f"<updated>{_time(updated)}</updated>\n{''.join(text for _, text in shown)}</feed>\n"
    ).encode()
