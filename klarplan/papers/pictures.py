"""Pictures of a page as files that the typesetter takes, each with its alternative text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml.html import HtmlElement

from klarplan.articles.nodes import replace, with_class
from klarplan.look.colour import legible
from klarplan.look.glyphs import Glyphs
from klarplan.messages import KlarplanError, Text
from klarplan.papers.chart_rows import parts_of
from klarplan.papers.job import Page, PaperJob
from klarplan.papers.markup import OPENING, element, inline, literal
from klarplan.papers.svg import alternative, as_file, printable
from klarplan.strategy.addresses import split

FOLDER = "pictures"
PARTED = "picture(("
"""Calls for a picture in parts, which may go on on the next page."""
CHART = "chart__picture"
"""Charts: drawn anew for any width, with letters of the same size."""
TEXT_WIDTH = 627
"""Pixels beside each other in the text of a sheet (166 mm, design.typ)."""
CARDS, AROUND_CARDS = "#cards(", 63
"""Calls for cards, two side by side; the pixels beside what they hold (blocks.typ)."""
FORMATS = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}
DATA = re.compile(r"data:image/(svg\+xml|png|jpeg|gif|webp);base64,(.*)", re.DOTALL)


@dataclass(slots=True)
class Pictures:
    """Collects the pictures of all pages in one folder, each content once."""

    site: Path
    work: Path
    colours: Mapping[str, str]
    """Values of CSS variables that drawings use."""
    room: int | None = None
    """Pixels beside each other on the page; a wider chart is drawn for so many."""
    written: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of a file to the page and the source that it comes from."""
    lost: list[str] = field(default_factory=list)
    """Characters of drawings that can't be printed."""

    def put(self, article: HtmlElement, page: Page, glyphs: Glyphs) -> list[str]:
        """Puts pictures for the typesetter in place; returns those left out, by their source.

        Raises ``KlarplanError`` for a picture without alternative text.
        """
        left_out = []
        for svg in with_class(article, "chart__swatch"):
            name = self._write(as_file(svg, self.colours, {}), ".svg", page, "svg")
            replace(svg, inline(f"#swatch({literal('/' + name)})"))
        for svg in with_class(article, CHART):
            self._fit(svg)
            parts = parts_of(svg)
            if len(parts) > 1 and not _narrow(svg):
                files = [self._drawing(part, page, glyphs) for part in parts]
                names = ", ".join(literal(f"/{file[0]}") for file in files if file)
                replace(svg, inline(f"#{PARTED}{names}), {literal(alternative(svg))})"))
        for node, (name, alt) in self.collect(article, page, glyphs).items():
            if name:
                replace(node, _call(name, alt, node))
            else:
                left_out.append(node.get("src") or "")
                stand_in = element("span")
                stand_in.text = alt
                replace(node, stand_in)
        return left_out

    def collect(
        self, article: HtmlElement, page: Page, glyphs: Glyphs
    ) -> dict[HtmlElement, tuple[str, str]]:
        """Writes all pictures; the file and the alternative text of each, by its element.

        One that can't be read has no file. Drawings that mean nothing are taken out. Raises
        ``KlarplanError`` for a picture without alternative text.
        """
        found: dict[HtmlElement, tuple[str, str]] = {}
        for svg in list(article.iter("svg")):
            drawn = self._drawing(svg, page, glyphs)
            if drawn:
                found[svg] = drawn
        for image in list(article.iter("img")):
            found[image] = self._image(image, page, glyphs)
        return found

    def _drawing(self, svg: HtmlElement, page: Page, glyphs: Glyphs) -> tuple[str, str] | None:
        holder = next((a for a in svg.iterancestors() if a.get("role") == "img"), None)
        alt = alternative(svg) or (holder is not None and holder.get("aria-label")) or ""
        if not alt:
            if svg.get("role") == "img":
                raise _no_alternative(page, "svg")
            svg.drop_tree()
            return None
        characters = set("".join(svg.itertext()))
        glyphs.learn(characters)
        self.lost += glyphs.lost(characters)
        table = glyphs.changes(characters)
        return self._write(as_file(svg, self.colours, table), ".svg", page, "svg"), alt

    def _fit(self, chart: HtmlElement) -> None:
        """Draws a chart that is wider than the page or its card for that width."""
        width = chart.get("width") or ""
        if not self.room or not width.isdigit():
            return
        room = (self.room - AROUND_CARDS) // 2 if _on_card(chart) else self.room
        if int(width) > room:
            chart.set("width", str(room))

    def _image(self, image: HtmlElement, page: Page, glyphs: Glyphs) -> tuple[str, str]:
        source = image.get("src") or ""
        alt = image.get("alt")
        if alt is None and image.get("role") not in ("presentation", "none"):
            raise _no_alternative(page, source)
        found = self._content(source, page)
        if found and found[1] == ".svg":
            content, lost = printable(found[0], glyphs)
            found = content, found[1]
            self.lost += lost
        name = self._write(*found, page, source) if found else ""
        return name, " ".join((alt or "").split())

    def _content(self, source: str, page: Page) -> tuple[bytes, str] | None:
        """The bytes and the kind of a picture of the site, or nothing where it has none."""
        inside = DATA.match(source)
        if inside:
            try:
                suffix = "." + inside.group(1).removesuffix("+xml")
                return base64.b64decode(inside.group(2)), suffix
            except binascii.Error:
                return None
        parts = split(source)
        if parts is None or parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        place = path.lstrip("/") if path.startswith("/") else posixpath.join(page.path, path)
        file = (self.site / place).resolve()
        suffix = file.suffix.lower()
        if suffix not in FORMATS or not file.is_relative_to(self.site.resolve()):
            return None
        try:
            return file.read_bytes(), suffix
        except OSError:
            return None

    def _write(self, content: bytes, suffix: str, page: Page, source: str) -> str:
        name = f"{FOLDER}/{hashlib.sha256(content).hexdigest()[:20]}{suffix}"
        if name not in self.written:
            file = self.work / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
            self.written[name] = (page.path, source)
        return name


def pictures_of(job: PaperJob) -> Pictures:
    """Where the pictures of a paper go; in large print its charts are as wide as its text."""
    room = int(TEXT_WIDTH / job.zoom) if job.zoom > 1 else None
    return Pictures(job.site, job.work, drawing_colours(job), room)


def drawing_colours(job: PaperJob) -> Mapping[str, str]:
    """Values of the CSS variables that drawings of the site use."""
    primary, accent = legible(job.primary_colour), legible(job.accent_colour)
    return {
        "--md-primary-fg-color": primary,
        "--md-accent-fg-color": accent,
        "--md-default-fg-color": "#1a1a1a",
        "--md-default-bg-color": "#ffffff",
        "--md-typeset-color": "#1a1a1a",
        "--md-typeset-a-color": primary,
        "--klarplan-primary": primary,
        "--klarplan-accent": accent,
        "--chart-value": primary,
        "--chart-path": accent,
    }


def _call(name: str, alt: str, node: HtmlElement) -> HtmlElement:
    """The picture in a line of text; without alternative text it is an ornament."""
    width = re.match(r"\s*(\d{1,4})(px)?\s*\Z", node.get("width") or "")
    settings = f", width: {width.group(1)}pt * 0.75" if width else ""
    if _narrow(node):
        settings += ", narrow: true"
    return inline(f"#picture({literal('/' + name)}, {literal(alt)}{settings})")


def _narrow(node: HtmlElement) -> bool:
    """Whether a picture stands in a list, in a table or on a card."""
    return _on_card(node) or any(True for _ in node.iterancestors("td", "th", "li"))


def _on_card(node: HtmlElement) -> bool:
    return any(outer.get(OPENING) == CARDS for outer in node.iterancestors())


def _no_alternative(page: Page, source: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"Ein Bild auf der Seite „{page.path}“ hat keinen Alternativtext: {source}",
            f"A picture on the page “{page.path}” has no alternative text: {source}",
        ),
        Text(
            "Beschreiben Sie in eckigen Klammern, was das Bild zeigt: ![Beschreibung](bild.png). "
            "Für reinen Schmuck lassen Sie die Klammern leer.",
            "Say in square brackets what the picture shows: ![description](picture.png). "
            "Leave the brackets empty for a mere ornament.",
        ),
        file=page.path,
    )
