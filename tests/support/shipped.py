"""Files that a site ships though nothing on it loads them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from tests.support.links import BASE

FOLDER = "assets/"
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)|sourceMappingURL=(\S+)""")
IN_SCRIPTS = re.compile(r"""["'`]([\w./-]+\.\w+)["'`]|sourceMappingURL=(\S+)""")
LICENCE = re.compile(r"assets/schrift/OFL-[\w-]+\.txt")
"""What must lie beside a typeface, though no page leads there (SIL Open Font License, 2)."""


def unused(site: Path) -> list[str]:
    """The files below ``assets`` that no page, style sheet or script names, but licences."""
    there = {p.relative_to(site).as_posix() for p in (site / FOLDER).rglob("*") if p.is_file()}
    ahead, known = [], set()
    for page in sorted(site.rglob("*.html")):
        url = urljoin(BASE, page.relative_to(site).as_posix())
        tree = html.parse(str(page))
        links = tree.xpath("//*/@href | //*/@src | //meta/@content")
        sizes = [part.split()[0] for some in tree.xpath("//*/@srcset") for part in some.split(",")]
        ahead += [(url, link) for link in {*links, *sizes}]
    while ahead:
        url, link = ahead.pop()
        name = unquote(urlsplit(urljoin(url, link)).path).lstrip("/")
        if name not in there - known:
            continue
        known.add(name)
        kind = {".css": IN_STYLES, ".js": IN_SCRIPTS}.get(Path(name).suffix)
        if kind:
            text = (site / name).read_text("utf-8")
            ahead += [(BASE + name, found) for some in kind.findall(text) for found in some]
    return sorted(name for name in there - known if not LICENCE.fullmatch(name))


def missing(site: Path) -> list[str]:
    """Source maps that a style sheet or script below ``assets`` names and that are not there."""
    found = []
    for file in sorted((site / FOLDER).rglob("*.[cj]s*")):
        for name in re.findall(r"sourceMappingURL=([^\s*]+)", file.read_text("utf-8")):
            found += [] if (file.parent / name).is_file() else [name]
    return found
