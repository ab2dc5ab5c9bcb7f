"""Lines that begin with a number, and are shown with another one as points of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from klarplan.check.literal.view import Slip, View, squashed
from klarplan.messages import Fix, Text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def number_slips(view: View) -> Iterator[Slip]:
    """Lines that are read as a list and shown with another number."""
    end = last = 0
    lines: dict[int, int] = {}
    for list_ in view.page.elements("ol"):
        if list_.parent and list_.parent.attributes.get("class") == "footnote":
            continue
        places = []
        after = _begin(list_, lines, end)
        for item in list_.iter():
            words = view.page.words(item).split("\n")[0]
            place = _numbered(view, words, after)
            if place is None:
                break
            after = lines[item.mem_id] = place[0]
            end = max(end, after)
            places.append(place)
        else:
            indents = {_indent(view.by_number[line].plain) for line, _ in places}
            written = [number for _, number in places] if len(indents) == 1 else []
            same = len(set(written)) == 1 and len(written) > 1
            wanted = list(range(written[0], written[0] + len(written))) if same else written
            wrong = [n for n, number in enumerate(wanted, 1) if n != number]
            steps = {later - number for number, later in pairwise(wanted)}
            counted = steps == {1}
            for shown in wrong[:1] if counted else wrong:
                place = places[shown - 1]
                if place[0] not in view.told:
                    yield _number_slip(view, place, shown, last, alone=not counted)
            last = written[-1] if written else 0


def _begin(list_: LexborNode, lines: Mapping[int, int], end: int) -> int:
    """The line beyond which a list stands: that of the item round it, else the ``end`` of others.

    Without it, the items of a list within another would be looked for in those that follow.
    """
    node = list_.parent
    while node is not None:
        if node.mem_id in lines:
            return lines[node.mem_id]
        node = node.parent
    return end


def _indent(plain: str) -> int:
    return len(plain) - len(plain.lstrip(" >"))


def _numbered(view: View, words: str, after: int) -> tuple[int, int] | None:
    """Line and number of the item with these words."""
    key = squashed(words)
    for line in view.lines:
        found = re.match(r"[\s>]*(\d+)\. +([^[<{!]*)", line.plain)
        if line.number > after and found:
            start = squashed(found[2])[:12]
            if key.startswith(start):
                return line.number, int(found[1])
    return None


def _number_slip(view: View, place: tuple[int, int], shown: int, last: int, *, alone: bool) -> Slip:
    """A number that changes; ``alone`` where its line is rather a sentence than in a list."""
    number, written = place
    line = view.by_number[number]
    escaped = line.written.replace(f"{written}.", rf"{written}\.", 1)
    goes_on = written == last + 1 and last > 0
    cure = (
        Text(
            "Rücken Sie alles, was zwischen den Punkten der Liste steht, um vier Leerzeichen ein.",
            "Indent by four spaces all that stands between the points of the list.",
        )
        if goes_on
        else Text(
            f"Soll die Zeile mit „{written}.“ beginnen, schreiben Sie einen Schrägstrich vor den "
            f"Punkt: {escaped.strip()[:60]}",
            f"If the line is to begin with “{written}.”, write a backslash before the point: "
            f"{escaped.strip()[:60]}",
        )
    )
    return view.slip(
        "number",
        line,
        Text(
            f"Aus „{written}.“ wird auf der Website „{shown}.“, denn die Zeile gilt als Punkt "
            "einer Liste.",
            f"“{written}.” becomes “{shown}.” on the site, as the line counts as a point of a "
            "list.",
        ),
        cure,
        Fix(line.written, escaped) if alone and not goes_on else None,
        severity="error",
    )
