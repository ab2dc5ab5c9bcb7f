"""Links of prose, right in the repository, made right for the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from klarplan.strategy.addresses import PICTURES, page_file, page_url
from klarplan.strategy.prose import FENCE

LINK = re.compile(r"(?P<before>\]\(\s*<?|^ {0,3}\[(?!\^)[^\]]+\]:\s+<?)(?P<target>[^)\s>]+)")


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
            place = page_file(page_url(place)) if place.endswith(".md") else place
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
