"""Rows with a page of their own: their addresses, what refers to them, and what is derived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from klarplan.open_data.api.rows import Row, Rows
from klarplan.strategy import derive
from klarplan.strategy.addresses import API, on_web, page_of, slug, table_name
from klarplan.strategy.chapters import ROW_CHAPTERS, chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Goal, Measure
from klarplan.words.catalogue import Words

CURRENT: Mapping[str, Any] = {
    "status": {"type": ["string", "null"]},
    "category": {"type": "string"},
    "timeliness": {"type": "string", "enum": list(get_args(derive.Timeliness))},
    "progress": {"type": ["integer", "null"]},
    "expected_end": {"type": ["string", "null"], "format": "date"},
    "expected_end_precision": {"type": ["string", "null"]},
    "last_report": {"type": ["string", "null"], "format": "date"},
}
"""What is derived of a measure on the as-of date, as a JSON Schema."""
SDG_NAMES: Mapping[str, Any] = {"type": "array", "items": {"type": "string"}}
"""What ``sdgs`` of a goal mean, in words."""
LINKS: Mapping[str, Any] = {
    "page": {"type": "string", "format": "uri-reference"},
    "detail": {"type": "string", "format": "uri-reference"},
}
"""Where people and programs read on, relative to the site where that has no address."""


class Entries:
    """What is known of entries on a day beyond their columns."""

    def __init__(self, loaded: Loaded, as_of: dt.date) -> None:
        self._loaded, self._as_of = loaded, as_of
        self._chapters = chapters_present(loaded.strategy, loaded.root)

    def more(self, table: str, row: Row) -> Row:
        """The addresses of a row that has a page; of measures, what is derived of them, too."""
        if table not in ROW_CHAPTERS:
            return {}
        entry = self._loaded.strategy.entry(table, row["id"] or "")
        current: Row = {"current": self._current(entry)} if isinstance(entry, Measure) else {}
        if table == "goals" and self._has_sdgs:
            words = self._loaded.strategy.words
            numbers = entry.sdg_numbers if isinstance(entry, Goal) else ()
            current = {"sdg_names": [words(f"goal.sdg.{number}") for number in numbers]}
        return {**current, "links": self._links(table, row["id"] or "")}

    def schema(self, table: str) -> dict[str, Any]:
        """The JSON Schema of what ``more`` adds to the rows of a table."""
        if table not in ROW_CHAPTERS:
            return {}
        words = self._loaded.strategy.words
        links = {name: LINKS[name] for name in LINKS if name != "page" or self._has_page(table)}
        more: Row = {}
        if table == "measures":
            cases = (
                f"{case} = {words(f'schedule.{case}')}" for case in CURRENT["timeliness"]["enum"]
            )
            more = {"current": closed(told(CURRENT, words, cases="; ".join(cases)))}
        if table == "goals" and self._has_sdgs:
            more = {"sdg_names": SDG_NAMES}
        return told({**more, "links": closed(told(links, words))}, words)

    @property
    def _has_sdgs(self) -> bool:
        return "sdgs" in self._loaded.strategy.tables["goals"].header

    def _has_page(self, table: str) -> bool:
        return ROW_CHAPTERS[table].name in self._chapters

    def _links(self, table: str, identifier: str) -> dict[str, str]:
        site = self._loaded.strategy.settings.site_url
        place = table_name(self._loaded.descriptor.tables[table].path)
        detail = f"{API}{place}/{slug(identifier)}.json"
        page = page_of(table, identifier)
        pages = {"page": on_web(site, page) or page} if self._has_page(table) else {}
        return {**pages, "detail": on_web(site, detail) or detail}

    def _current(self, measure: Measure) -> dict[str, Any]:
        strategy, as_of = self._loaded.strategy, self._as_of
        report = derive.latest_report(strategy, measure.id, as_of)
        expected = derive.expected_end(strategy, measure, as_of)
        return {
            "status": report.status if report else None,
            "category": derive.category(strategy, measure, as_of),
            "timeliness": derive.timeliness(strategy, measure, as_of),
            "progress": report.progress if report else None,
            "expected_end": expected[0] if expected else None,
            "expected_end_precision": expected[1] if expected else None,
            "last_report": report.date if report else None,
        }


def named(loaded: Loaded, rows: Rows, measure: str) -> dict[str, list[Row]]:
    """Goals and places of a measure themselves, beside the rows that join them to it."""
    strategy = loaded.strategy
    links = {
        "goals": {goal.id for goal in strategy.goals_of_measure.get(measure, ())},
        "places": {place.id for place in strategy.places_of_measure.get(measure, ())},
    }
    return {
        table: [row for row in rows.of(table) if row["id"] in ids]
        for table, ids in links.items()
        if ids
    }


def told(properties: Mapping[str, Any], words: Words, **values: str) -> dict[str, Any]:
    """Properties of a JSON Schema with what the catalogue of words says that they mean."""
    return {
        name: {**schema, "description": words(f"data.api.means.{name}", **values)}
        for name, schema in properties.items()
    }


def closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with these properties, each of them, and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
