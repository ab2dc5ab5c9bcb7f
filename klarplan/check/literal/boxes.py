"""Boxes of a kind that there is not, and boxes whose text stands outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile, takewhile

from klarplan.check.literal.view import Line, Slip, View
from klarplan.messages import NOTHING, Fix, Text, did_you_mean

KINDS: Mapping[str, Sequence[str]] = {
    "note": ("hinweis", "notiz", "anmerkung", "hint", "notice"),
    "info": ("information", "infos"),
    "tip": ("tipp", "tipps", "tips"),
    "warning": ("warnung", "achtung", "vorsicht", "wichtig", "important", "caution", "attention"),
    "danger": ("gefahr", "error"),
    "question": ("frage", "fragen", "faq", "help"),
    "success": ("erfolg", "erledigt", "check", "done"),
    "failure": ("fehler", "fail", "missing"),
    "example": ("beispiel",),
    "quote": ("zitat", "cite"),
    "abstract": ("zusammenfassung", "überblick", "summary"),
    "bug": (),
}
"""The kinds of boxes that have a look of their own, and what people write in their place."""
DEPTH = 4
"""So many blanks further in stands the text of a box."""

_PLACES = {"inline", "end"}
"""Words behind the kind of a box that say where it stands; others would be lost."""
_SIGN = r"(?:!!!|\?\?\?\+?) ?"
_BOX = re.compile(_SIGN + r"([\w\-]+)(?: +[\w\-]+)*(?: +\"(.*?)\")? *")
_TITLED = re.compile(_SIGN + r"([\w\-]+) +[„“”»«\"'‚‘]?([^„“”»«\"]+?)[„“”»«\"'’‘]? *")
"""A box whose title is in no quotation marks, or in others than Markdown asks for."""


def box_slips(view: View) -> Iterator[Slip]:
    """Boxes that are none, are of an unknown kind, or have their text below instead of inside."""
    if "!!!" not in view.page.source.body and "???" not in view.page.source.body:
        return
    for begin, line in enumerate(view.lines):
        found = _BOX.fullmatch(line.plain.rstrip())
        loose = _TITLED.fullmatch(line.plain.rstrip())
        if found and (found[2] is not None or set(found[0].split()[2:]) <= _PLACES):
            loose = None
        if loose and (kind := _kind(loose[1])):
            yield _untitled(view, line, f'{loose[0].partition(loose[1])[0]}{kind} "{loose[2]}"')
        elif found and found[1].casefold() not in KINDS:
            yield _unknown(view, line, found)
        if not found:
            continue
        below = view.lines[begin + 1 :]
        if found[2] is None:  # without a title, a box without text would hold nothing at all
            below = [*dropwhile(lambda line: not line.plain.strip(), below)]
        yield from _outside(view, below)


def _kind(written: str) -> str | None:
    """The kind that a word means; nothing where it means none."""
    word = written.casefold()
    return next((kind for kind, others in KINDS.items() if word in (kind, *others)), None)


def _untitled(view: View, line: Line, right: str) -> Slip:
    return view.slip(
        "rest",
        line,
        Text(
            "Der Kasten erscheint nicht richtig: Sein Titel gehört in gerade Anführungszeichen.",
            "The box does not appear right: its title belongs into straight quotation marks.",
        ),
        Text(f"Schreiben Sie {right}", f"Write {right}"),
        Fix(line.written, right),
    )


def _unknown(view: View, line: Line, found: re.Match[str]) -> Slip:
    right, written = _kind(found[1]), found[1]
    new = f'{right} "{written}"' if found[2] is None else right
    guess = did_you_mean(written.casefold(), KINDS)
    mended = line.written.replace(written, new or "", 1)
    return view.slip(
        "rest",
        line,
        Text(
            f"Einen Kasten der Art „{written}“ gibt es nicht; er bekäme weder Farbe noch Symbol.",
            f"There is no box of the kind “{written}”; it would have neither colour nor icon.",
        ),
        Text(f"Schreiben Sie {mended.strip()}", f"Write {mended.strip()}")
        if right
        else guess
        if guess != NOTHING
        else Text(f"Möglich sind: {', '.join(KINDS)}.", f"Possible: {', '.join(KINDS)}."),
        Fix(line.written, mended) if right else None,
    )


def _outside(view: View, below: Sequence[Line]) -> Iterator[Slip]:
    """The text right below a box, where it is not indented far enough to be in it."""
    text = [*takewhile(lambda line: line.plain.strip() and not _starts(line), below)]
    if not text or text[0].plain.startswith(" " * DEPTH):
        return
    yield view.slip(
        "rest",
        text[0],
        Text(
            "Der Text steht nicht im Kasten, sondern darunter: Er ist zu wenig eingerückt.",
            "The text stands not in the box, but below: it is not indented far enough.",
        ),
        Text(f"Rücken Sie ihn um {DEPTH} Leerzeichen ein.", f"Indent it by {DEPTH} blanks."),
        Fix(
            "\n".join(other.written for other in text),
            "\n".join(" " * DEPTH + other.written.strip() for other in text),
        ),
    )


def _starts(line: Line) -> bool:
    """Whether a line begins something else: a heading or another box."""
    return bool(re.match(r"#{1,6} |!!!|\?\?\?", line.plain))
