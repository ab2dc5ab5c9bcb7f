"""Boxes whose text stands outside, because it is not indented far enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.view import Line, Slip, View
from klarplan.messages import Fix, Text

_BOX = re.compile(r"(?:!!!|\?\?\?\+?) ?[\w\"].*")
_SHORT = re.compile(r" {1,3}\S.*")
DEPTH = 4
"""So many blanks further in stands the text of a box."""


def box_slips(view: View) -> Iterator[Slip]:
    """Boxes with a title and no text, though indented lines stand right below."""
    for begin, line in enumerate(view.lines):
        if not _BOX.fullmatch(line.plain.rstrip()):
            continue
        below: list[Line] = []
        for other in view.lines[begin + 1 :]:
            if not _SHORT.fullmatch(other.plain.rstrip()):
                break
            below.append(other)
        if not below:
            continue
        view.told.add(below[0].number)
        yield Slip(
            "rest",
            below[0].number,
            below[0].plain.strip(),
            Text(
                "Der Text steht nicht im Kasten, sondern darunter: Er ist zu wenig eingerückt.",
                "The text stands not in the box, but below: it is not indented far enough.",
            ),
            Text(f"Rücken Sie ihn um {DEPTH} Leerzeichen ein.", f"Indent it by {DEPTH} blanks."),
            Fix(
                "\n".join(other.written for other in below),
                "\n".join(" " * DEPTH + other.written.strip() for other in below),
            ),
        )
