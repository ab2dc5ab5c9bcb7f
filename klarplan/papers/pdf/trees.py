"""The trees at the end of a PDF: bookmarks and named places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pikepdf import String

from klarplan.papers.pdf.objects import PdfWriter

LEAF = 200
"""Entries in one leaf of a tree of names."""


def place_tree(writer: PdfWriter, places: Iterable[tuple[str, bytes]]) -> int:
    """The tree of named places (ISO 32000-1, 7.9.6)."""
    places = sorted(places)
    leaves = []
    for at in range(0, len(places), LEAF):
        part = [(String(name).unparse(), goal) for name, goal in places[at : at + LEAF]]
        body = b" ".join(b"%b %b" % pair for pair in part)
        head = b"<< /Limits [ %b %b ] /Names [ %b ] >>"
        leaves.append(writer.add(head % (part[0][0], part[-1][0], body)))
    return writer.add(b"<< /Kids [ %b ] >>" % b" ".join(b"%d 0 R" % n for n in leaves))


def bookmarks(writer: PdfWriter, marks: Sequence[tuple[int, bytes, bytes]]) -> int:
    """The tree of bookmarks, each below the last one of a higher level (12.3.3)."""
    numbers = [writer.reserve() for _ in marks]
    root = writer.reserve()
    above = [root, *([root] * len(marks))]
    children: dict[int, list[int]] = {root: []}
    open_: list[tuple[int, int]] = []
    for at, (level, _, _) in enumerate(marks):
        while open_ and open_[-1][0] >= level:
            open_.pop()
        parent = open_[-1][1] if open_ else root
        above[at] = parent
        children[parent].append(numbers[at])
        children[numbers[at]] = []
        open_.append((level, numbers[at]))
    for at, (_, title, goal) in enumerate(marks):
        own, siblings = numbers[at], children[above[at]]
        place = bisect_left(siblings, own)
        entry = b"<< /Title %b /Parent %d 0 R /Dest %b" % (title, above[at], goal)
        if place:
            entry += b" /Prev %d 0 R" % siblings[place - 1]
        if place + 1 < len(siblings):
            entry += b" /Next %d 0 R" % siblings[place + 1]
        writer.put(own, entry + _kids(children[own], shut=True) + b" >>")
    writer.put(root, b"<< /Type /Outlines" + _kids(children[root], shut=False) + b" >>")
    return root


def _kids(numbers: Sequence[int], *, shut: bool) -> bytes:
    if not numbers:
        return b""
    count = -len(numbers) if shut else len(numbers)
    return b" /First %d 0 R /Last %d 0 R /Count %d" % (numbers[0], numbers[-1], count)
