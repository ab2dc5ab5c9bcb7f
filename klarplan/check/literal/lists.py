"""Lists that are read as running text, or lose their levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from klarplan.check.literal.view import Slip, View, squashed
from klarplan.messages import Fix, Text

ITEM = re.compile(r"( *)([-*+]|\d+\.) +(\S.*)")
"""A line that begins as an item, with its indent, sign and text."""
LEVEL = 4
"""So many spaces further in stands each level of a list."""

_BULLETS = "•·▪▫◦‣►▸●○■□➢➔\uf0b7\uf0a7\uf0d8"
_DASH = re.compile(r"([-*+])[ \xa0]+(\S.*)")
_LONG_DASH = re.compile(r"([–—→]|o(?=[ \xa0]))[ \xa0]+(\S.*)")
_BULLET = re.compile(rf"([{_BULLETS}])[ \xa0]*([^\s\xa0].*)")
_NUMBER = re.compile(r"(\d{1,3})\.[ \xa0]+(\S.*)")
_BRACKET = re.compile(r"\(?(\d{1,3})\.?\) *(\S.*)")
_LETTER = re.compile(r"\(?([a-z])\) +(\S.*)")
_TIGHT = re.compile(r"([-*+])([A-Za-zÄÖÜäöü].*)")
_TIGHT_NUMBER = re.compile(r"(\d{1,3})\.([A-Za-zÄÖÜäöü].*)")


class _Kind(NamedTuple):
    """A way in which items are written."""

    item: re.Pattern[str]
    counts: bool
    """Whether its signs count up from one to the next."""
    sure_alone: bool
    """Whether one such line is an item, whatever stands before."""
    becomes: str
    """How the sign is written in Markdown; ``#`` is its number."""


_KINDS = (
    _Kind(_DASH, False, False, r"\1 "),
    _Kind(_BULLET, False, True, "- "),
    _Kind(_LONG_DASH, False, False, "- "),
    _Kind(_NUMBER, True, False, r"\1. "),
    _Kind(_BRACKET, True, False, r"\1. "),
    _Kind(_LETTER, True, False, ""),
    _Kind(_TIGHT, False, False, r"\1 "),
    _Kind(_TIGHT_NUMBER, True, False, r"\1. "),
)
_LIKELY = re.compile(rf"^[ \t]*(?:[-*+–—→(a-z{_BULLETS}]|\d)", re.MULTILINE)
_SPOKEN = ("p", "li", "dd", "blockquote", "div", "article")


class _List(NamedTuple):
    """Lines of one list, as they were found."""

    kind: _Kind
    numbers: list[int]
    text: str
    tag: str
    sure: bool


def list_slips(view: View) -> Iterator[Slip]:
    """Lines that readers see as running text with the signs of a list."""
    for found in _joined(_lists(view)):
        slip = _list_slip(view, found.kind, found.numbers, found.text, inside=found.tag == "li")
        sure = found.sure and found.tag not in ("li", "blockquote")
        yield slip if sure else replace(slip, fix=None)


def _lists(view: View) -> Iterator[_List]:
    """The lists that are read as text, one for each paragraph."""
    after = 0
    for shown in view.shown:
        if shown.tag not in _SPOKEN or not _LIKELY.search(shown.text):
            continue
        lines = shown.lines
        for kind in _KINDS:
            run = _run(kind, lines, inside=shown.tag == "li")
            if not run:
                continue
            first = view.locate(lines[run[0]], after, kind.item)
            if first is None or first in view.told:
                continue
            after = first
            sure = len(run) > 1 or kind.sure_alone or _announces(lines, run[0])
            numbers = [first + n - run[0] for n in run]
            view.told.update(range(first, numbers[-1] + 1))
            yield _List(kind, numbers, lines[run[0]], shown.tag, sure)
            break


def _joined(lists: Iterator[_List]) -> Iterator[_List]:
    """Lists of which each point stands in a paragraph of its own as one."""
    before: _List | None = None
    for found in lists:
        near = before is not None and found.numbers[0] - before.numbers[-1] == 2
        if before is not None and near and (found.kind, found.tag) == (before.kind, before.tag):
            before = before._replace(numbers=before.numbers + found.numbers)
            continue
        if before is not None:
            yield before
        before = found
    if before is not None:
        yield before


def _run(kind: _Kind, lines: list[str], *, inside: bool) -> list[int]:
    """The lines that are items of one kind; none where they may as well be a sentence."""
    found = [n for n, line in enumerate(lines) if kind.item.fullmatch(line)]
    if not found:
        return []
    signs = [m[1] for n in found if (m := kind.item.fullmatch(lines[n]))]
    if kind.counts:
        numbers = [ord(s) - 96 if s.isalpha() else int(s) for s in signs]
        counted = [n - numbers[0] for n in numbers] == list(range(len(numbers)))
        return found if counted and numbers[0] == 1 and len(numbers) > 1 else []
    if kind.sure_alone or len(found) > 1 or _announces(lines, found[0]):
        return found
    text = lines[found[0]]
    if inside and kind.item is _TIGHT and found[0] > 0 and signs[0] == "-":
        return found
    alone = kind.item is _DASH and signs[0] == "-" and found[0] > 0 and not inside
    prose = re.match(r". *[\d(]", text) or re.search(r" [-–] | [-–]$", text[2:])
    return found if alone and not prose else []


def _announces(lines: list[str], first: int) -> bool:
    return first > 0 and lines[first - 1].endswith(":")


def _list_slip(view: View, kind: _Kind, numbers: list[int], text: str, *, inside: bool) -> Slip:
    first = numbers[0]
    mended = _mended(view, kind, numbers) if kind.becomes else None
    shown = kind.item.sub(lambda m: m.expand(kind.becomes) + m[2], text, count=1)
    if not kind.becomes:
        cure = Text(
            "Schreiben Sie jeden Punkt in einen Absatz für sich, mit einer leeren Zeile davor, "
            "oder mit 1., 2., 3. als Liste.",
            "Write each point as a paragraph of its own with an empty line before it, or as a "
            "list with 1., 2., 3.",
        )
    elif shown == text:
        cure = Text(
            "Lassen Sie vor dem ersten Punkt eine Zeile leer.",
            "Leave a line empty before the first point.",
        )
    else:
        start = " ".join(shown.split()[:6])
        gap = ("", "")
        if not inside:
            gap = (
                ", und lassen Sie vor dem ersten Punkt eine Zeile leer",
                ", and leave a line empty before the first point",
            )
        all_, all_en = ("", "")
        if len(numbers) > 1:
            all_, all_en = (
                f"{'beide' if len(numbers) == 2 else 'alle'} Punkte so: ",
                "all like this: ",
            )
        cure = Text(f"Schreiben Sie {all_}„{start}“{gap[0]}.", f"Write {all_en}“{start}”{gap[1]}.")
    return Slip(
        "list",
        first,
        view.by_number[first].plain.strip(),
        Text(
            "Die Liste erscheint als fortlaufender Text mit den Zeichen darin.",
            "The list appears as running text with its signs in it.",
        ),
        cure,
        mended,
    )


def _mended(view: View, kind: _Kind, numbers: list[int]) -> Fix | None:
    """The items as they should be, with an empty line before the first where one is missing."""
    found = [view.by_number.get(n) for n in range(numbers[0], numbers[-1] + 1)]
    lines = [line for line in found if line]
    if len(lines) < len(found):
        return None
    new = []
    for line in lines:
        indent, text = re.fullmatch(r"(\s*)(.*)", line.written).groups()  # type: ignore[union-attr]
        if line.number in numbers:
            if not kind.item.fullmatch(text.strip()):
                return None  # in a quotation, or behind another sign
            text = kind.item.sub(lambda m: m.expand(kind.becomes) + m[2], text)
        new.append(indent + text)
    before = view.by_number.get(numbers[0] - 1)
    if before and before.plain.strip() and not before.plain.startswith("#"):
        new.insert(0, "")
    return Fix("\n".join(line.written for line in lines), "\n".join(new))


def nesting_slips(view: View) -> Iterator[Slip]:
    """Items that are meant a level deeper, and stand on the level above."""
    if not any(
        line.plain[:1] == " " and ITEM.fullmatch(line.plain.rstrip()) for line in view.lines
    ):
        return
    items = {squashed(shown.text)[:12] for shown in view.shown if shown.tag in ("li", "p")}
    levels: list[int] = []
    for block in view.blocks:
        first = ITEM.fullmatch(block[0].plain.rstrip())
        if not levels and (first is None or len(first[1]) >= LEVEL):
            continue
        if first is None and not block[0].plain.startswith("  "):
            levels = []
            continue
        flat = None
        mended = []
        for line in block:
            item = ITEM.fullmatch(line.plain.rstrip())
            indent = len(line.plain) - len(line.plain.lstrip())
            if item:
                while len(levels) > 1 and indent < levels[-1]:
                    levels.pop()
                if not levels or indent > levels[-1] + 1:
                    levels.append(indent)
                depth = len(levels) - 1
                seen = squashed(item[3])[:12] in items
                if flat is None and seen and depth > indent // LEVEL:
                    flat = line
                new = LEVEL * depth
            else:
                new = LEVEL * len(levels) if indent else 0
            if flat:
                mended.append((line, " " * new + line.plain.strip()))
        if flat and flat.number not in view.told:
            yield Slip(
                "nesting",
                flat.number,
                flat.plain.strip(),
                Text(
                    "Der Punkt soll eingerückt erscheinen, steht aber auf derselben Ebene wie der "
                    "Punkt darüber.",
                    "The point is meant to be indented, but stands on the level of the one above.",
                ),
                Text(
                    f"Rücken Sie ihn um {len(mended[0][1]) - len(mended[0][1].lstrip())} "
                    "Leerzeichen ein.",
                    f"Indent it by {len(mended[0][1]) - len(mended[0][1].lstrip())} spaces.",
                ),
                Fix(
                    "\n".join(line.written for line, _ in mended),
                    "\n".join(new for _, new in mended),
                )
                if not any("{}" in line.plain for line, _ in mended)
                else None,
            )
            view.told.update(line.number for line, _ in mended)


def mixed_slips(view: View) -> Iterator[Slip]:
    """Points with a number directly behind points without one, or the other way: one list to
    Markdown, in which all look like the first."""
    kinds: dict[int, bool] = {}
    for block in filter(None, view.blocks):
        if block[0].plain[:1] != " " and not ITEM.fullmatch(block[0].plain.rstrip()):
            kinds = {}  # a text, which ends the list before it and holds none
            continue
        for line in block:
            item = ITEM.fullmatch(line.plain.rstrip())
            if item is None:
                continue
            indent = len(item[1])
            kinds = {level: kind for level, kind in kinds.items() if level <= indent}
            counted = item[2][0].isdigit()
            if kinds.setdefault(indent, counted) is counted or line.number in view.told:
                continue
            view.told.add(line.number)
            yield Slip(
                "number",
                line.number,
                line.plain.strip(),
                _melted(counted=counted),
                Text(
                    "Schreiben Sie einen Satz oder eine Überschrift zwischen beide Listen, oder "
                    "beginnen Sie alle Punkte gleich.",
                    "Write a sentence or a heading between the two lists, or begin all points "
                    "alike.",
                ),
            )
            kinds[indent] = counted


def _melted(*, counted: bool) -> Text:
    if counted:
        return Text(
            "Die Liste mit Nummern folgt direkt auf eine ohne: Beide werden eine, und die Nummern "
            "gehen verloren.",
            "The list with numbers directly follows one without: both become one, and the numbers "
            "are lost.",
        )
    return Text(
        "Die Liste ohne Nummern folgt direkt auf eine mit Nummern: Beide werden eine, und jeder "
        "Punkt erhält eine Nummer.",
        "The list without numbers directly follows one with numbers: both become one, and each "
        "point gets a number.",
    )
