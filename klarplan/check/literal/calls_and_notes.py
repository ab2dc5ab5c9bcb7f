"""Calls of macros with backslashes, and numbers in brackets that were meant to be footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.view import Slip, View
from klarplan.messages import Fix, Text

_ESCAPED = re.compile(r"\\?\{\\?\{\s{0,3}([\w\\]{1,60})\([^{}\n]{0,200}\\?\}\\?\}")
_NOTE = re.compile(r" {0,3}\[(\d{1,2})\]:?\s+\S")
"""The beginning of a note, as people write it below a text."""


def escaped_slips(view: View) -> Iterator[Slip]:
    """Calls of macros whose braces a program has escaped, so that they appear in the text."""
    from macros.local_macros import macros_of  # noqa: PLC0415

    for line in view.lines if "\\{" in view.page.source.body else ():
        calls = [
            (found[0], found[0].replace("\\", ""))
            for found in _ESCAPED.finditer(line.plain)
            if found[1].replace("\\", "") in macros_of(view.page.root) and "\\" in found[0]
        ]
        if not calls or line.number in view.told:
            continue
        mended = line.written
        for written, right in calls:
            mended = mended.replace(written, right)
        yield view.slip(
            "rest",
            line,
            Text(
                "Der Aufruf eines Bausteins erscheint wörtlich im Text, denn vor seinen Klammern "
                "stehen Schrägstriche.",
                "The call of a macro appears in the text, as backslashes stand before its braces.",
            ),
            Text(
                f"Schreiben Sie {calls[0][1]}; soll man ihn lesen, setzen Sie ihn in "
                "`Gravis-Zeichen`.",
                f"Write {calls[0][1]}; if it is to be read, put it into `backticks`.",
            ),
            Fix(line.written, mended),
            value=calls[0][0],
        )


def note_slips(view: View) -> Iterator[Slip]:
    """The first number in brackets to which a line below has a note that is no footnote."""
    notes: dict[str, int] = {}
    for written in view.lines if "[" in view.page.source.body else ():
        if found := _NOTE.match(written.plain):
            notes.setdefault(found[1], written.number)
    for number, below in notes.items():
        mark = f"[{number}]"
        shown = any(
            text.startswith(mark) for part in view.shown if mark in part.text for text in part.lines
        )
        line = view.find(mark, {below}) if shown else None
        if line is None or line.number > below:
            continue
        view.told |= {line.number, *notes.values()}
        yield Slip(
            "link",
            line.number,
            mark,
            Text(
                f"{mark} führt nicht zur Anmerkung in Zeile {below}; beides erscheint so, wie es "
                "dasteht.",
                f"{mark} does not lead to the note in line {below}; both appear as they stand.",
            ),
            Text(
                f"Schreiben Sie hier [^{number}] und in Zeile {below} [^{number}]: davor, nach "
                "einer leeren Zeile; die anderen Anmerkungen ebenso.",
                f"Write [^{number}] here, and [^{number}]: in line {below}, after an empty line; "
                "other notes likewise.",
            ),
        )
        return
