"""The addresses that a site answers at: pages, sections of Klarplan's own pages, files of data.

What belongs to a row's page has no entry of its own: its badge, news, dates, PDF and JSON follow
the row. Nor have the report of the newest period as a paper, and the handbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from klarplan.pages.destinations import doc_files
from klarplan.strategy import addresses
from klarplan.strategy.addresses import API, DATA, HANDBOOK, page_of, page_url, table_name
from klarplan.strategy.chapters import CHAPTERS, chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.paper_list import (
    ANNEX,
    BRIEF,
    BRIEF_PAGE,
    CARDS,
    FIGURES_PAGE,
    ORGANISATIONS_PAGE,
    PLACES_PAGE,
    STRATEGY,
    has_annex,
)
from klarplan.strategy.periods import periods
from klarplan.strategy.place_names import has_places, place_address
from klarplan.strategy.subjects import subjects
from klarplan.strategy.subscriptions import has_news
from macros.render import template_folders
from macros.sections import sections

OF_ROWS: Mapping[str, str] = {addresses.contribution(""): "feedback", place_address(""): "places"}
"""How addresses of rows begin that are sections of a page, with their table."""
ANY = "*"
"""What stands for the last part of the address of a row's page, in those of its sections."""


def site_addresses(loaded: Loaded, as_of: dt.date) -> dict[str, str]:
    """Every address of a *public* strategy's site on a day, relative to it, in alphabetical order.

    ``massnahmen/m-001/`` comes with the row's title, any other with nothing. Sections end in
    ``#…``; those that rows have in common stand under ``massnahmen/*/#…``.
    """
    found = dict(_pages(loaded, as_of))
    found |= dict.fromkeys((*_sections(loaded), *_files(loaded)), "")
    if has_news(loaded.strategy, as_of):
        found[addresses.NEWS] = ""
    return dict(sorted(found.items()))


def is_page(address: str) -> bool:
    """Whether an address is that of a page, not of a file."""
    return not address or address.endswith("/")


def _pages(loaded: Loaded, as_of: dt.date) -> Iterator[tuple[str, str]]:
    strategy = loaded.strategy
    chapters = chapters_present(strategy, loaded.root)
    for _, name in doc_files(loaded.root, strategy):
        if not name.startswith(HANDBOOK):
            yield page_url(name), ""
    for chapter in (CHAPTERS[name] for name in chapters):
        yield chapter.address, ""
        for row in strategy.entries(chapter.rows) if chapter.rows else ():
            yield page_of(chapter.rows, row.id), " ".join((row.title or "").split())
    yield BRIEF_PAGE, ""
    for period in periods(strategy, as_of):
        yield period.page, ""
    for name in strategy.offered:
        yield addresses.table_page(loaded.descriptor.tables[name].path), ""
    if strategy.measures:
        yield FIGURES_PAGE, ""
        yield addresses.EMBEDDED, ""
    if strategy.organisations:
        yield ORGANISATIONS_PAGE, ""
    if has_places(strategy):
        yield PLACES_PAGE, ""


def _sections(loaded: Loaded) -> Iterator[str]:
    strategy = loaded.strategy
    present = [CHAPTERS[name] for name in chapters_present(strategy, loaded.root)]
    kinds = {chapter.name: chapter.address for chapter in present}
    kinds |= {c.kind: f"{c.address}{ANY}/" for c in present if c.rows}
    kinds |= {"brief": BRIEF_PAGE, "report": f"berichte/{ANY}/"}
    if strategy.offered:
        kinds["table"] = f"{DATA}{ANY}/"
    if strategy.measures:
        kinds["figures"] = FIGURES_PAGE
    folders = template_folders(loaded.root, "pages")
    for kind, address in kinds.items():
        file = next(f for folder in folders if (f := folder / f"{kind}.md").is_file())
        for anchor in sections(file, strategy.settings.topic):
            yield f"{address}#{anchor}"
    if has_places(strategy):
        yield from (place_address(place.id) for place in strategy.places)
    if "participation" in kinds:
        yield from (addresses.contribution(row.id) for row in strategy.feedback)


def _files(loaded: Loaded) -> Iterator[str]:
    strategy = loaded.strategy
    settings = strategy.settings
    for name in strategy.offered:
        path = loaded.descriptor.tables[name].path
        yield f"{DATA}{path}"
        yield f"{API}{table_name(path)}.json"
    for subject in subjects(loaded):
        yield f"{DATA}{subject.package}"
    if strategy.offered:
        yield from (addresses.PACKAGE, addresses.PACKAGE_ZIP, addresses.WORKBOOK)
        yield from (addresses.API_INDEX, addresses.OPENAPI)
        yield from (*addresses.DICTIONARY.values(), *addresses.SCHEMA_CHANGES.values())
        if settings.site_url and settings.published:
            yield from addresses.CATALOGUES
    if strategy.goals or strategy.measures:
        yield addresses.STRATML
    if settings.site_url:
        yield addresses.CALENDAR
    yield from (STRATEGY, BRIEF)
    if has_annex(strategy):
        yield ANNEX
    if strategy.measures:
        yield CARDS
