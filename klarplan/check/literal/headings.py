"""Headings by accident, and headings that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.view import Shown, Slip, View, squashed
from klarplan.messages import Fix, Text

LONGEST = 80
"""A bold line that is longer is a statement."""

_HASHES = re.compile(r"(#{1,6})([^\s#].*)")
_UNDERLINE = re.compile(r"(-+|=+) *")


def heading_slips(view: View) -> Iterator[Slip]:
    """Lines that are headings though they are not meant to be, or the other way round."""
    yield from _too_deep(view)
    yield from _tight(view)
    yield from _underlined(view)
    yield from _indented(view)
    yield from _bold(view)


def _too_deep(view: View) -> Iterator[Slip]:
    """``#######``: there are six levels; the seventh sign appears in the heading."""
    for line in view.lines:
        found = re.fullmatch(r"#{7,} *([^\s#].*)", line.plain.rstrip())
        if found is None:
            continue
        yield view.slip(
            "heading",
            line,
            Text(
                "Eine Überschrift beginnt mit höchstens sechs #; die übrigen erscheinen im Text.",
                "A heading begins with six # at most; the others appear in the text.",
            ),
            Text(
                f"Schreiben Sie so viele #, wie die Ebene verlangt: ## {found[1]} unter dem Titel "
                f"der Seite, ### {found[1]} darunter.",
                f"Write as many # as the level asks for: ## {found[1]} below the title of the "
                f"page, ### {found[1]} below that.",
            ),
        )


def _tight(view: View) -> Iterator[Slip]:
    """``##Title``: other programs, and Klarplan where it divides a text, see no heading."""
    headings = {squashed(s.text) for s in view.shown if re.fullmatch("h[1-6]", s.tag)}
    first = True
    for line in view.lines:
        found = _HASHES.fullmatch(line.plain.rstrip())
        if found is None or squashed(found[2].rstrip("#")) not in headings:
            continue
        level = len(found[1])
        title = level > 1 or (view.page.is_docs and first)
        first = False
        if level == 1 and not title:
            continue  # a second heading of the first level is told already
        mended = f"{found[1]} {found[2].strip()}"
        yield view.slip(
            "heading",
            line,
            Text(
                f"Hinter {found[1]} fehlt das Leerzeichen.",
                f"The blank is missing behind {found[1]}.",
            ),
            Text(f"Schreiben Sie {mended}", f"Write {mended}"),
            Fix(line.written, mended) if level > 1 else None,
        )


def _underlined(view: View) -> Iterator[Slip]:
    """A text that became a heading because a line of dashes stands below it."""
    headings = {squashed(s.text) for s in view.shown if s.tag in ("h1", "h2")}
    for block in view.blocks if headings else []:
        if len(block) < 2 or not _UNDERLINE.fullmatch(block[1].plain):
            continue
        text = block[0].plain.strip()
        if squashed(text) not in headings or block[0].number in view.told:
            continue
        sentence = re.search(r"[.!?;,:]$", text) is not None
        dashes = len(block[1].plain.strip())
        if not sentence and dashes * 2 >= len(text):
            continue
        yield view.slip(
            "heading",
            block[0],
            Text(
                f"Der Text wird zur Überschrift, weil direkt darunter {block[1].plain.strip()[:8]} "
                "steht.",
                f"The text becomes a heading, as {block[1].plain.strip()[:8]} stands right below.",
            ),
            Text(
                "Soll darunter eine Linie erscheinen, lassen Sie dazwischen eine Zeile leer; soll "
                f"es eine Überschrift sein, schreiben Sie ## {text[:40]}",
                "If a line is to appear below, leave an empty line between; if it is to be a "
                f"heading, write ## {text[:40]}",
            ),
            Fix(
                f"{block[0].written}\n{block[1].written}",
                f"{block[0].written}\n\n{block[1].written}",
            )
            if text.endswith(".")
            else None,
            value=text,
        )


def _indented(view: View) -> Iterator[Slip]:
    """`` ## Title``: with a blank before it, it is read as text."""
    for shown in view.shown:
        for text in shown.lines:
            if shown.tag not in ("p", "li") or not re.match(r"#{1,6} *\S", text):
                continue
            number = view.locate(text)
            line = view.by_number[number] if number else None
            if line is None or line.number in view.told or "\\#" in line.plain:
                continue
            if not re.match(r" {1,3}#{1,6} ", line.plain):
                continue
            yield view.slip(
                "heading",
                line,
                Text(
                    f"Die Überschrift erscheint als Text mit {text.split()[0]} davor.",
                    f"The heading appears as text behind {text.split()[0]}.",
                ),
                Text(
                    "Löschen Sie die Leerzeichen vor der Überschrift.",
                    "Delete the blanks before the heading.",
                ),
                Fix(line.written, line.written.lstrip()),
                value=text,
            )


def _bold(view: View) -> Iterator[Slip]:
    """A bold line with text below it: it is in no table of contents, and no screen reader's."""
    level = 1
    for shown in view.shown:
        if re.fullmatch("h[1-6]", shown.tag):
            level = int(shown.tag[1])
        if shown.tag != "p" or not _is_title(shown):
            continue
        number = view.locate(shown.text)
        if number is None or number in view.told:
            continue
        mark = "#" * min(level + 1, 6)
        title = view.by_number[number].plain.strip(" *_")
        yield view.slip(
            "heading",
            view.by_number[number],
            Text(
                "Die fette Zeile sieht aus wie eine Überschrift, ist aber keine: Sie fehlt im "
                "Inhaltsverzeichnis und für Vorleseprogramme.",
                "The bold line looks like a heading and is none: it is missing in the contents "
                "and for screen readers.",
            ),
            Text(f"Schreiben Sie {mark} {title}", f"Write {mark} {title}"),
        )


def _is_title(shown: Shown) -> bool:
    """Whether a paragraph is one bold line without the end of a sentence, and text follows."""
    node, text = shown.node, shown.text
    parent = node.parent
    if parent is None or parent.tag not in ("article", "div") or parent.attributes.get("class"):
        return False
    if len(text) > LONGEST or "\n" in text or re.search(r"[.!?:;,]$|^\W", text):
        return False
    children = list(node.iter(include_text=True))
    bold = len(children) == 1 and children[0].tag in ("strong", "b")
    behind = node.next
    while behind is not None and behind.is_text_node:
        behind = behind.next
    return bold and behind is not None and behind.tag in ("p", "ul", "ol", "table", "dl")
