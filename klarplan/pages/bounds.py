"""How long and how tangled a text may be, so that reading it never takes long.

Markdown's reader takes time that grows with the square of some marks in one paragraph. The bounds
lie far beyond what a page needs and are the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klarplan.messages import Text

MOST_BYTES = 300_000
"""Longer texts are not rendered."""


@dataclass(frozen=True, slots=True)
class Bound:
    """So many of a mark may stand in one paragraph, and on one page."""

    mark: re.Pattern[str]
    name: Text
    paragraph: int
    page: int


def _bound(mark: str, de: str, en: str, paragraph: int, page: int) -> Bound:
    return Bound(re.compile(mark, re.MULTILINE), Text(de, en), paragraph, page)


BOUNDS = (
    _bound(r"\[", "eckige Klammern", "square brackets", 1_000, 4_000),
    _bound("<", "spitze Klammern", "angle brackets", 1_500, 4_000),
    _bound(r"[*_]", "Sternchen und Unterstriche", "asterisks and underscores", 2_000, 10_000),
    _bound("`", "Gravis-Zeichen", "backticks", 2_000, 10_000),
    _bound(r"^[ \t]*\*\[", "Abkürzungen", "abbreviations", 200, 200),
    _bound(r"\[\^", "Fußnoten", "footnotes", 500, 500),
    _bound(r"^[ \t]*#{1,6}|^[ \t]*(?:=+|-+)[ \t]*$", "Überschriften", "headings", 500, 500),
    _bound(r"^[ \t]*(?:!!!|\?\?\?|===)", "Kästen und Reiter", "boxes and tabs", 300, 300),
    _bound(r"^[ \t]*:[ \t]", "Erklärungen von Begriffen", "definitions", 100, 1_000),
    _bound(r"\{", "geschweifte Klammern", "curly brackets", 500, 4_000),
    _bound(r"\\", "Gegenstriche (\\)", "backslashes", 2_000, 10_000),
    _bound("&", "Und-Zeichen", "ampersands", 5_000, 20_000),
    _bound(r"\{\{", "Aufrufe", "calls", 300, 500),
    _bound(r"\n", "Zeilen", "lines", 4_000, 8_000),
    _bound(r"\n[ \t]*\n", "Absätze", "paragraphs", 4_000, 4_000),
)
MOST_CELLS = 20_000
"""So many cells the tables of a page may have; a short row counts like the longest of its table."""

MOST_BLANKS = 1_000
"""So many blanks may stand in a row within a line."""
MOST_WORK = 10_000_000
"""Marks that Markdown looks for the end of, each times the length of its paragraph, on a page."""

_BLANKS = re.compile(rf"[^\S\n]{{{MOST_BLANKS + 1}}}")
_OPENING = re.compile(r"[\[<]")
_INDENTED = re.compile(r"^(?: {4}|\t){25}", re.MULTILINE)
_NESTED = re.compile(
    r"^(?:[ \t]*>){10}|^[ \t]*(?:>[ \t]*|(?:[-*+:]|\d{1,9}\.)[ \t]+){20}", re.MULTILINE
)
"""Quotes within quotes, and marks of lists and quotes that stand on one line."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def beyond(text: str) -> Iterator[tuple[int, Text]]:
    """What of a text is too much, with its line from 1."""
    for bound in BOUNDS:
        places = [found.start() for found in bound.mark.finditer(text)]
        if len(places) <= bound.paragraph:
            continue
        if len(places) > bound.page:
            yield _told(text, places[bound.page], bound, bound.page)
            continue
        ends = [found.start() for found in _PARAGRAPHS.finditer(text)] + [len(text)]
        number = begin = 0
        for place in places:
            while place > ends[number]:
                number += 1
                begin = 0
            begin += 1
            if begin > bound.paragraph:
                yield _told(text, place, bound, bound.paragraph)
                break
    if deep := _INDENTED.search(text):
        yield (
            text.count("\n", 0, deep.start()) + 1,
            Text(
                "Die Zeile ist zu weit eingerückt (um mehr als 99 Zeichen).",
                "The line is indented too far (by more than 99 characters).",
            ),
        )
    if nested := _NESTED.search(text):
        yield (
            text.count("\n", 0, nested.start()) + 1,
            Text(
                "Zitate oder Listen sind zu tief verschachtelt (mehr als 9 Zitate oder 19 Zeichen "
                "am Anfang der Zeile).",
                "Quotes or lists are nested too deeply (more than 9 quotes or 19 marks "
                "at the beginning of the line).",
            ),
        )
    if blanks := _BLANKS.search(text):
        yield (
            text.count("\n", 0, blanks.start()) + 1,
            Text(
                f"Zu viele Leerzeichen hintereinander (mehr als {MOST_BLANKS}).",
                f"Too many blanks in a row (more than {MOST_BLANKS}).",
            ),
        )
    yield from _work(text)
    yield from _cells(text)


def _work(text: str) -> Iterator[tuple[int, Text]]:
    """What opens and may never close is looked for as far as the paragraph reaches."""
    work, line = 0, 1
    for paragraph in _PARAGRAPHS.split(text):
        work += len(paragraph) * len(_OPENING.findall(paragraph))
        if work > MOST_WORK:
            yield (
                line,
                Text(
                    "Zu viele Klammern ([ oder <) in zu langen Absätzen.",
                    "Too many brackets ([ or <) in paragraphs that are too long.",
                ),
            )
            return
        line += paragraph.count("\n") + 2


def _cells(text: str) -> Iterator[tuple[int, Text]]:
    if "|" not in text:
        return
    cells, line = 0, 1
    for paragraph in _PARAGRAPHS.split(text):
        lines = paragraph.split("\n")
        cells += max(each.count("|") for each in lines) * len(lines)
        if cells > MOST_CELLS:
            yield (
                line,
                Text(
                    f"Zu viele Zellen in Tabellen (mehr als {MOST_CELLS} je Seite).",
                    f"Too many cells in tables (more than {MOST_CELLS} per page).",
                ),
            )
            return
        line += len(lines) + 1


def _told(text: str, place: int, bound: Bound, most: int) -> tuple[int, Text]:
    where = Text("Seite", "page") if most == bound.page else Text("Absatz", "paragraph")
    return text.count("\n", 0, place) + 1, Text(
        f"Zu viele {bound.name.de} (mehr als {most} je {where.de}).",
        f"Too many {bound.name.en} (more than {most} per {where.en}).",
    )
