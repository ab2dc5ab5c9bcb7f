"""Links of prose, right in the repository, made right for the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from klarplan import links
from klarplan.model import Row, Strategy
from klarplan.outline import chapter_prose
from klarplan.pages import FENCE
from klarplan.periods import Period

LINK = re.compile(r"(?P<before>\]\(\s*<?|^ {0,3}\[(?!\^)[^\]]+\]:\s+<?)(?P<target>[^)\s>]+)")
PICTURES = "bilder/"
"""Where pictures of ``strategy/`` end up, below ``build/pages``."""


def page_files(
    strategy: Strategy, chapters: tuple[str, ...], reported: Iterable[Period] = ()
) -> dict[str, str]:
    """Where source files end up: path in the repository to path below ``build/pages``."""
    places = {
        chapter_prose(chapter): f"{links.CHAPTER_PAGES[chapter]}index.md" for chapter in chapters
    }
    for table in links.PAGES:
        if strategy.has(table):
            for row in rows_of(strategy, table):
                identifier = row.id  # type: ignore[attr-defined]
                page = links.page_of(table, identifier).rstrip("/") + ".md"
                places[links.prose_file(table, identifier)] = page
    places |= {period.prose: f"{period.page}index.md" for period in reported}
    return places


def rows_of(strategy: Strategy, table: str) -> tuple[Row, ...]:
    """The rows of a table by its name."""
    rows: tuple[Row, ...] = getattr(strategy, table)
    return rows


def relink(text: str, source: str, page: str, places: Mapping[str, str]) -> str:
    """Markdown whose relative links, right in the repository, are right below ``build/pages``."""
    here, there = posixpath.dirname(source), posixpath.dirname(page)

    def target(match: re.Match[str]) -> str:
        link, mark, anchor = match["target"].partition("#")
        if not link or link.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", link):
            return match.group()
        file = posixpath.normpath(posixpath.join(here, link))
        place = places.get(file)
        if place is None and file.startswith("docs/"):
            place = file.removeprefix("docs/")
        if place is None and file.startswith("strategy/"):
            place = PICTURES + file.removeprefix("strategy/")
        if place is None:
            return match.group()
        return match["before"] + posixpath.relpath(place, there or ".") + mark + anchor

    lines = []
    fenced = False
    for line in text.splitlines(keepends=True):
        if FENCE.match(line):
            fenced = not fenced
        lines.append(line if fenced else LINK.sub(target, line))
    return "".join(lines)
