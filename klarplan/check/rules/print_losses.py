"""What papers can't show: characters, as the texts tell; the rest while the PDF is made."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from klarplan.check.rules.registry import declare, rule
from klarplan.check.rules.subject import Subject
from klarplan.check.texts import Page
from klarplan.look.drawing import letters
from klarplan.look.web_fonts import LETTERS, SIGNS
from klarplan.messages import Finding, Text
from klarplan.pages.files import told as told_by
from klarplan.strategy.paper_list import GLOSSARY

USUAL = LETTERS | SIGNS
"""What the fonts of papers have, as a test tells; only for other characters they are asked."""


@rule(
    "KP901",
    title=Text("Zeichen fehlt im PDF", "Character missing in the PDF"),
    de="Die Schrift des PDF enthält alle Zeichen der Texte, Tabellen, Bilder (SVG) und "
    "Einstellungen.",
    severity="warning",
    pages=True,
)
def lost_character(subject: Subject) -> Iterator[Finding]:
    """The font of the PDF has all characters of texts, tables, pictures (SVG) and settings."""
    cells: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for table, line, column, text in subject.text_cells:
        if not text.isascii():
            for char in {c for c in html.unescape(text) if ord(c) not in USUAL}:
                cells[char].append((table, line, column))
    pages = {page.file: (page, _printed(page)) for page in subject.pages}
    settings = {
        field.name: str(getattr(subject.strategy.settings, field.name))
        for field in fields(subject.strategy.settings)
    }
    drawings = {file: _drawn(path) for file, path in _drawings(subject)}
    printed_texts = (text for _, text in pages.values())
    found = set().union(cells, *printed_texts, *settings.values(), *drawings.values())
    unusual = {char for char in found if not char.isspace() and ord(char) not in USUAL}
    if not unusual:
        return
    from klarplan.look.glyphs import lost, told  # noqa: PLC0415 (slow import)

    for char in sorted(lost(unusual)):
        problem, cure = told(char)
        for table, line, column in cells[char]:
            yield replace(subject.cell(table, line, column, problem, cure), value=char)
        for name, value in settings.items():
            if char in value:
                yield replace(subject.setting(name, problem, cure), value=char)
        for page, printed in pages.values():
            if char in printed:
                yield Finding(
                    rule="",
                    file=page.file,
                    line=_line(page, char),
                    value=char,
                    problem=problem,
                    cure=cure,
                )

        for file, drawn in drawings.items():
            if char in drawn:
                yield Finding(
                    rule="",
                    file=file,
                    line=drawn[char],
                    value=char,
                    problem=problem,
                    cure=cure,
                )


def _drawings(subject: Subject) -> Iterator[tuple[str, Path]]:
    """The pictures with letters that papers show: those of printed texts, and the logo."""
    printed = [page.text for page in subject.pages if not page.is_docs or page.file == GLOSSARY]
    shown = told_by([*printed, subject.strategy.settings.logo])
    for found in subject.beside_pages:
        if found.is_drawing and not found.fault and Path(found.file).name.casefold() in shown:
            yield found.file, found.path


def _drawn(path: Path) -> dict[str, int]:
    """The characters of a picture with their lines; most have none but usual ones."""
    content = path.read_bytes()
    return {} if content.isascii() and b"&#" not in content else letters(content)


def _printed(page: Page) -> frozenset[str]:
    """The characters of a page that papers show, as its author wrote them."""
    if (page.is_docs and page.file != GLOSSARY) or (page.text.isascii() and "&" not in page.text):
        return frozenset()
    article = page.seen.article if page.seen else None
    shown = frozenset(article.text(deep=True) if article is not None else "")
    return shown & frozenset(html.unescape(page.source.body))


def _line(page: Page, char: str) -> int:
    """The line on which a character stands first, or its number in the code of HTML."""
    lines = page.source.body.split("\n")
    found = (n for n, line in enumerate(lines, page.first_line) if char in html.unescape(line))
    return next(found, page.first_line)


declare(
    "KP902",
    Text("Element ohne Form auf Papier", "Element without form on paper"),
    Text("Was Seiten zeigen, lässt sich auch drucken.", "What pages show can be printed as well."),
    "warning",
)
declare(
    "KP903",
    Text("Bild nicht druckbar", "Picture can't be printed"),
    Text("Bilder liegen als PNG, JPEG, WebP oder SVG vor.", "Pictures are PNG, JPEG, WebP or SVG."),
    "warning",
)
