"""The front matter of a text: where it begins and ends, and what is wrong where it does not.

A head that is not recognised would be published as text, so that it is taken as it was meant, and
told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klarplan.messages import Fix, Text
from klarplan.strategy.yaml_reader import YamlFaultError

KEYS = ("title", "description", "lang")
"""What the front matter of a page may hold."""

_WHOLE = re.compile(r"---[ \t]*\n(.*?\n)??---[ \t]*(?:\n|\Z)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w-]*\s*:(?:\s|\Z)")
_KNOWN = re.compile(rf"(?:{'|'.join(KEYS)})\s*:(?:\s|\Z)", re.IGNORECASE)
_MARK = re.compile(r"---[ \t]*")
_LIKE_A_MARK = re.compile(r"\s*(?:[-–—]{1,6}|\.{3})\s*")
_UNSEEN = " \t\n\ufeff\u200b\u00a0"
_FARTHEST = 8
"""So many lines may stand before what is still taken for a head."""


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter: its text, the line of the file on which it begins, where the body begins.

    ``fault`` tells what is wrong with its marks; its line is one of the file.
    """

    text: str = ""
    first_line: int = 1
    end: int = 0
    fault: YamlFaultError | None = None


def head(text: str) -> Head:
    """The front matter of a text with Unix line ends; an empty one where it has none."""
    found = _WHOLE.match(text)
    if found and not _has_prose(found[1] or ""):
        return Head(found[1] or "", 2, found.end())
    lines = text.split("\n")
    opening = _opening(lines, begun=found is not None)
    if opening is None:
        return Head()
    start, fault = opening
    end = start
    while end < len(lines) and _is_value(lines[end]):
        end += 1
    if end == start:
        return Head(found[1] or "", 2, found.end()) if found else Head()
    body, closes = end, end < len(lines) and _LIKE_A_MARK.fullmatch(lines[end]) is not None
    if closes:
        body += 1
        if not _MARK.fullmatch(lines[end]):
            fix = Fix(lines[end], "---")
            fault = fault or _fault(end, _WRONG_END, _THREE, fix)
    else:
        last = lines[end - 1]
        fault = fault or _fault(end - 1, _NO_END, _end_cure(last), Fix(last, f"{last}\n---"))
    kept = "".join(f"{line}\n" for line in lines[start:end])
    return Head(kept, start + 1, sum(len(line) + 1 for line in lines[:body]), fault)


def _has_prose(inside: str) -> bool:
    """Whether what stands between two marks is a head and a text behind it."""
    _, blank, rest = inside.partition("\n\n")
    lines = [line for line in rest.split("\n") if line.strip()] if blank else []
    names = (line for line in lines if line[:1] != "#")
    return any(not _is_value(line) or line[0].isupper() for line in names)


def _is_value(line: str) -> bool:
    """Whether a line may belong to a head, blank lines aside."""
    if not line.strip() or _LIKE_A_MARK.fullmatch(line):
        return False
    return line[0] in " \t" or line[:2] == "- " or _NAME.match(line) is not None


def _opening(lines: list[str], *, begun: bool) -> tuple[int, YamlFaultError | None] | None:
    """The line, counted from 0, on which the values of a head begin, and what is wrong before."""
    if _MARK.fullmatch(lines[0]):
        named = len(lines) > 1 and _NAME.match(lines[1])
        return (1, None) if begun or (named and lines[1][0].islower()) else None
    if _KNOWN.match(lines[0]) and _ends(lines):
        return 0, _fault(0, _NO_BEGIN, _begin_cure(lines[0]), Fix(lines[0], f"---\n{lines[0]}"))
    for number, line in enumerate(lines[:_FARTHEST]):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if not _LIKE_A_MARK.fullmatch(line.strip(_UNSEEN)) or not _KNOWN.match(after):
            continue
        if any(above.strip(_UNSEEN) for above in lines[:number]):
            return None if not _ends(lines[number + 1 :]) else (number + 1, _fault_within(number))
        old = "\n".join(lines[: number + 1])
        problem = _NOT_FIRST if number else _WRONG_BEGIN
        cure = _NO_GAP if number else _FIRST
        return number + 1, _fault(0, problem, cure, Fix(old, "---"))
    return None


def _ends(lines: list[str]) -> bool:
    """Whether values are followed by what was meant as the closing mark."""
    number = 0
    while number < len(lines) and _is_value(lines[number]):
        number += 1
    return number < len(lines) and _LIKE_A_MARK.fullmatch(lines[number]) is not None


def _fault(number: int, problem: Text, cure: Text, fix: Fix | None = None) -> YamlFaultError:
    return YamlFaultError(number + 1, problem, cure, fix)


def _fault_within(number: int) -> YamlFaultError:
    return _fault(number, _BELOW, _MOVE)


def _end_cure(last: str) -> Text:
    return Text(
        f"Schreiben Sie unter „{_short(last)}“ eine Zeile mit drei Bindestrichen: ---",
        f"Write a line of three hyphens below “{_short(last)}”: ---",
    )


def _begin_cure(first: str) -> Text:
    return Text(
        f"Schreiben Sie über „{_short(first)}“ eine Zeile mit drei Bindestrichen: ---",
        f"Write a line of three hyphens above “{_short(first)}”: ---",
    )


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 60 else line[:59] + "…"


_NO_END = Text(
    "Der Kopf der Seite ist nicht geschlossen; er stünde als Text auf der Website.",
    "The front matter is not closed; it would be text on the website.",
)
_WRONG_END = Text(
    "Der Kopf der Seite schließt nicht mit drei Bindestrichen; er stünde als Text auf der Website.",
    "The front matter does not close with three hyphens; it would be text on the website.",
)
_THREE = Text("Schreiben Sie hier: ---", "Write here: ---")
_NO_BEGIN = Text(
    "Über dem Kopf der Seite fehlen drei Bindestriche; er stünde als Text auf der Website.",
    "Three hyphens are missing above the front matter; it would be text on the website.",
)
_WRONG_BEGIN = Text(
    "Der Kopf der Seite beginnt nicht mit drei Bindestrichen; er stünde als Text auf der Website.",
    "The front matter does not begin with three hyphens; it would be text on the website.",
)
_NOT_FIRST = Text(
    "Vor dem Kopf der Seite steht eine leere Zeile; er stünde als Text auf der Website.",
    "A blank line stands before the front matter; it would be text on the website.",
)
_FIRST = Text(
    "Die erste Zeile der Datei besteht aus drei Bindestrichen: ---",
    "The first line of the file is three hyphens: ---",
)
_NO_GAP = Text(
    "Löschen Sie die leeren Zeilen davor: Die erste Zeile der Datei ist ---",
    "Delete the blank lines before it: the first line of the file is ---",
)
_BELOW = Text(
    "Der Kopf der Seite steht nicht am Anfang; er stünde als Text auf der Website.",
    "The front matter is not at the beginning; it would be text on the website.",
)
_MOVE = Text(
    "Setzen Sie ihn ganz an den Anfang der Datei, noch vor die Überschrift.",
    "Put it at the very beginning of the file, before the heading.",
)
