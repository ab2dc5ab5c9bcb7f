"""Text as the site's Markdown takes it literally, and addresses as it takes them whole."""

from __future__ import annotations

import re
import unicodedata

from klarplan.pages.gate import OURS
from klarplan.strategy.addresses import anchor

_SIGNS = re.compile(r"[\\`*\[\]{}<_]|&(?=#|\w+;)")
_LITERAL = {"<": "&lt;", "&": "&amp;"}
_BEGINNINGS = (
    (re.compile(r"(#{1,6}|>|[+-](?=\s|\Z)|-{2,}\s*\Z|!!!)"), "\\"),
    (re.compile(r"\d{1,9}(?=\.(?:\s|\Z))"), ""),
)
_AS_NUMBER = re.compile(r":(?=\s)|~(?=~~)|\?(?=\?\?)|=(?==*\s*\Z|==)|(?=.*\|)[|:-](?=[\s|:-]*\Z)")
_UNFIT = re.compile(r"[\s<>()\"'\\`{}|^\x00-\x1f\x7f\[\]]")


def goal_of(heading: str) -> str:
    """What a heading is called behind ``#``: as the site calls it, unless that is kept for ours."""
    goal = anchor(heading)
    return f"a-{goal.strip('_')}" if goal.startswith(OURS) else goal


def literal(text: str) -> str:
    """A text whose signs mean nothing."""
    return _SIGNS.sub(_sign, "".join(c for c in text if _is_shown(c)))


def _sign(found: re.Match[str]) -> str:
    sign, text = found[0], found.string
    if sign == "_":
        around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
        return sign if len(around) == 2 and around.isalnum() else f"\\{sign}"
    return _LITERAL.get(sign) or f"\\{sign}"


def _is_shown(letter: str) -> bool:
    return letter == "\n" or unicodedata.category(letter) not in (
        "Cc",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    )


def line_begins(line: str) -> str:
    """A line of a paragraph that begins no heading, list, quote, box, table or code."""
    line = line.lstrip(" \t")
    if found := _AS_NUMBER.match(line):
        return f"&#{ord(found[0])};{line[1:]}"
    for pattern, mark in _BEGINNINGS:
        if found := pattern.match(line):
            return f"{mark}{line}" if mark else f"{found[0]}\\{line[found.end() :]}"
    return line


def paragraph(text: str) -> str:
    """The lines of a paragraph, each as it begins nothing else; blank ones are gone."""
    lines = (line_begins(line).rstrip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def address(text: str) -> str:
    """An address without signs that Markdown reads."""
    return _UNFIT.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)


def code(text: str) -> str:
    """A text on one line as code."""
    line = " ".join(text.split())
    longest = max((len(ticks) for ticks in re.findall("`+", line)), default=0)
    marks = "`" * (longest + 1)
    room = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{marks}{room}{line}{room}{marks}" if line else ""


def fenced(text: str, language: str) -> str:
    """Lines of code between marks."""
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    named = language if re.fullmatch(r"[a-z0-9+-]{1,20}", language) else ""
    kept = "".join(c for c in text if c in "\n\t" or _is_shown(c))
    return f"{marks}{named}\n{kept.rstrip()}\n{marks}"
