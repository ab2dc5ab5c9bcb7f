"""Where the pages are: one place for all addresses of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from klarplan.strategy.chapters import chapter_prose
from klarplan.strategy.model import Row, Strategy

if TYPE_CHECKING:
    from klarplan.strategy.periods import Period

PAGES: Mapping[str, str] = {
    "fields_of_action": "handlungsfelder/",
    "goals": "ziele/",
    "measures": "massnahmen/",
    "indicators": "kennzahlen/",
    "decisions": "beschluesse/",
}
"""Tables whose rows have pages of their own, with the address of the section."""

PROSE: Mapping[str, str] = {
    "fields_of_action": "strategy/fields",
    "goals": "strategy/goals",
    "measures": "strategy/measures",
    "indicators": "strategy/indicators",
    "decisions": "strategy/decisions",
}
"""The same tables, with the folder of their prose."""

CHAPTER_PAGES: Mapping[str, str] = {
    "vision": "vision/",
    "assessment": "ausgangslage/",
    "goals": "ziele/",
    "fields": "handlungsfelder/",
    "measures": "massnahmen/",
    "indicators": "kennzahlen/",
    "implementation": "umsetzung/",
    "resources": "ressourcen/",
    "governance": "steuerung/",
    "decisions": "beschluesse/",
    "participation": "beteiligung/",
}
"""The addresses of the chapters."""


DATA = "daten/"
"""Where the open data is, below the site."""

PICTURES = "bilder/"
"""Where pictures of ``strategy/`` end up, below ``build/pages``."""


def slug(identifier: str) -> str:
    """An id as it stands in an address."""
    return identifier.lower()


def page_of(table: str, identifier: str) -> str:
    """The address of a row's page, relative to the site: ``massnahmen/m-001/``."""
    return f"{PAGES[table]}{slug(identifier)}/"


def on_web(site_url: str, page: str) -> str:
    """The full address of a page, or nothing where the site has no address yet."""
    return f"{site_url.rstrip('/')}/{page}" if site_url else ""


def relative(here: str, there: str) -> str:
    """A link from one page to another, both relative to the site; works below any path."""
    link = posixpath.relpath("/" + there, "/" + here)
    return link + "/" if there.endswith("/") or there == "" else link


def prose_file(table: str, identifier: str) -> str:
    """The file that holds a row's prose."""
    return f"{PROSE[table]}/{identifier}.md"


def page_url(path: str) -> str:
    """The address of the page that a Markdown file becomes, relative to the site."""
    if posixpath.basename(path) == "index.md":
        return path.removesuffix("index.md")
    return path.removesuffix(".md") + "/"


def page_files(
    strategy: Strategy, chapters: tuple[str, ...], reported: Iterable[Period] = ()
) -> dict[str, str]:
    """Where source files end up: path in the repository to path below ``build/pages``."""
    places = {chapter_prose(chapter): f"{CHAPTER_PAGES[chapter]}index.md" for chapter in chapters}
    for table in PAGES:
        if strategy.has(table):
            for row in rows_of(strategy, table):
                identifier = row.id  # type: ignore[attr-defined]
                page = page_of(table, identifier).rstrip("/") + ".md"
                places[prose_file(table, identifier)] = page
    places |= {period.prose: f"{period.page}index.md" for period in reported}
    return places


def rows_of(strategy: Strategy, table: str) -> tuple[Row, ...]:
    """The rows of a table by its name."""
    rows: tuple[Row, ...] = getattr(strategy, table)
    return rows
