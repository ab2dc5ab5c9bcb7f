"""Slips in YAML that people make, each with the line as it would be without it.

Whether one is the cause of a fault, the reader tries out; see ``yaml_faults``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from klarplan.messages import Text

PAIR_NAME = re.compile(r"\s*(?:- )?[\w-]+\s*:(?:\s|$)")
_PAIR = re.compile(r"(\s*(?:- )?[\w-]+:[ \t]+)(\S.*?)((?:[ \t]+#.*)?[ \t]*)\Z")
_ENDS = "“”„‟″"
_WIDE = 10**6


@dataclass(frozen=True, slots=True)
class Trial:
    """A line written anew, and what was wrong if that helps."""

    number: int
    new: str
    problem: Text
    cure: Text
    beyond: tuple[int, int]
    """The parser must get further than this line and column, counted from 0."""


def line_above(lines: list[str], number: int) -> int:
    """The nearest line above that says something; -1 without one."""
    number -= 1
    while number >= 0 and not says(lines[number]):
        number -= 1
    return number


def says(line: str) -> bool:
    """Whether a line is neither blank nor a remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def open_quotes(lines: list[str], last: int) -> Iterator[Trial]:
    """Lines that open a quotation mark and leave it open, though the next is a new value."""
    for number, line in enumerate(lines[: last + 1]):
        opened = re.match(r"""\s*(?:- |(?:- )?[\w-]+:\s*)(["'])""", line)
        if not opened or not says(line):
            continue
        quote, value = opened[1], line[opened.end() :].rstrip()
        if quote in value.replace("''" if quote == "'" else '\\"', ""):
            continue
        following = number + 1
        while following < len(lines) and not lines[following].strip():
            following += 1
        after = lines[following] if following < len(lines) else ""
        if not after or PAIR_NAME.match(after) or re.match(r"\s*(#|- )", after) or following > last:
            kept = value.rstrip(_ENDS) if quote == '"' and value[-1:] in _ENDS else value
            new = line[: opened.end()] + kept + quote
            if re.match(r"\s*(?:- )?[\w-]+:[\"']", new):
                new = new.replace(":", ": ", 1)
            cure = write(new)
            problem = _WRONG_END if kept != value else _NO_END
            yield Trial(number, new, problem, cure, (following if after else number, _WIDE))


def odd_item(lines: list[str], number: int) -> Iterator[Trial]:
    """The first item of a list, where it alone is indented otherwise than those that follow."""
    above = line_above(lines, number)
    rows = [lines[above], *lines[number : number + 2]] if above > 0 else []
    indents = [len(row) - len(row.lstrip()) for row in rows if row.lstrip().startswith("- ")]
    first = above > 0 and not lines[line_above(lines, above)].lstrip().startswith("- ")
    if first and len(indents) == 3 and indents[0] != indents[1] == indents[2]:
        new = " " * indents[1] + lines[above].lstrip()
        yield Trial(above, new, INDENT, write(new), (number, _WIDE))


def slips(lines: list[str], number: int, at: tuple[int, int]) -> Iterator[Trial]:
    """What one line may have wrong by itself, the surest first."""
    line = lines[number]
    tried = [
        *((new, _TAB) for new in _without_tabs(line)),
        (line.replace("\u00a0", " "), _NO_BREAK),
        (re.sub(r"^(\s*(?:- )?[\w-]+):(?=[^\s/])", r"\1: ", line), _NO_SPACE),
        (re.sub(r"^(\s*)-(?=[^\s-])", r"\1- ", line), NO_SPACE_DASH),
        (re.sub(r"^(\s*[\w-]+)\s*=\s*", r"\1: ", line), _EQUALS),
        *_unended(line),
        *_requoted(line),
        *((new, INDENT) for new in _indented(lines, number)),
        (re.sub(r"^([a-z_]+)\s+(?=[\"'0-9])", r"\1: ", line), NO_COLON),
    ]
    for new, problem in tried:
        if new != line:
            yield Trial(number, new, problem, write(new), max(at, (number, _WIDE)))


def _without_tabs(line: str) -> Iterator[str]:
    """The line with spaces for the tabs that divide its parts."""
    indent = re.match(r"\s*", line)
    assert indent is not None
    rest = re.sub(r"^((?:- *)?[\w-]*:?)[ \t]*\t[ \t]*", r"\1 ", line[indent.end() :])
    if "\t" in indent[0] and PAIR_NAME.match(rest) and not rest.startswith("-"):
        yield rest
    yield indent[0].replace("\t", "  ") + rest


def _unended(line: str) -> Iterator[tuple[str, Text]]:
    """The line without a sign that ends a value in other languages, or one of its quotes only."""
    if found := re.match(r"""(\s*(?:- )?[\w-]+:\s+(["'])(?:(?!\2).)*\2)\s*[;,.]\s*\Z""", line):
        yield found[1], _END

    if re.match(r"""\s*(?:- )?[\w-]+:\s+[&*!][^\s"'][^"']*["']\s*\Z""", line):
        yield unmarked(line) or line, _SIGN


def unmarked(line: str) -> str | None:
    """The line with its value in quotation marks and without the sign &, * or ! before it."""
    found = re.match(r"(\s*(?:- )?[\w-]+:\s+|\s*- )(?:!!\w+ |[&*!]+)\s*(\S.*?)\s*\Z", line)
    value = found[2].strip("\"'") if found else ""
    return found[1] + json.dumps(value, ensure_ascii=False) if found and value else None


def _requoted(line: str) -> Iterator[tuple[str, Text]]:
    """The line with its value in quotation marks that hold."""
    found = _PAIR.match(line) or re.match(r"(\s*- )(\S.*?)((?:[ \t]+#.*)?[ \t]*)\Z", line)
    if not found:
        return
    name, value, rest = found.groups()
    quote = value[0]
    if quote in "[{" and value[-1] not in "]}" and not re.search(r"[\]}]", value):
        return
    if quote not in "\"'":
        problem = _COLON if re.search(r":(\s|$)", value) else _FIRST
        yield name + json.dumps(value, ensure_ascii=False) + rest, problem
        return
    closed = len(value) > 1 and value.endswith(quote)
    inside = value[1:-1] if closed else value
    inside = inside.replace("''", "'") if quote == "'" else inside
    problem = _BACKSLASH if "\\" in inside and '"' not in inside else _INNER
    other = "'" if quote == '"' else '"'
    if other not in inside and (other == "'" or "\\" not in inside):
        yield f"{name}{other}{inside}{other}{rest}", problem
    else:
        yield name + json.dumps(inside, ensure_ascii=False) + rest, problem


def _indented(lines: list[str], number: int) -> Iterator[str]:
    """The line as far to the right as others, the line above first."""
    bare = lines[number].lstrip()
    above = line_above(lines, number)
    if not bare or above < -1:
        return
    same = [x for x in lines[:number] if says(x) and x.lstrip().startswith("- ")]
    items = same[-1:] if bare.startswith("-") else []
    if bare == lines[number] and PAIR_NAME.match(bare):
        return  # at the very left is where names stand
    for other in (*items, *([lines[above]] if above >= 0 else ())):
        yield other[: len(other) - len(other.lstrip())] + bare
    yield bare


def write(line: str) -> Text:
    """The cure that shows a line as it should be, and how far it is indented."""
    shown = line.strip()
    shown = shown if len(shown) <= 120 else shown[:119] + "…"
    if indent := len(line) - len(line.lstrip()):
        return Text(
            f"So ist es richtig, mit {indent} Leerzeichen davor: {shown}",
            f"This is right, with {indent} spaces before: {shown}",
        )
    return Text(f"So ist es richtig: {shown}", f"This is right: {shown}")


_NO_END = Text(
    "Hier öffnet sich ein Anführungszeichen, das sich nicht schließt.",
    "A quotation mark opens here and does not close.",
)
_WRONG_END = Text(
    "Am Ende steht ein typografisches Anführungszeichen; das gerade fehlt.",
    "A typographic quotation mark stands at the end; the straight one is missing.",
)
_TAB = Text(
    "In dieser Zeile steht ein Tabulator statt Leerzeichen.",
    "This line has a tab instead of spaces.",
)
_NO_BREAK = Text(
    "In dieser Zeile steht ein geschütztes Leerzeichen (U+00A0) statt eines gewöhnlichen.",
    "This line has a no-break space (U+00A0) instead of a usual one.",
)
_NO_SPACE = Text(
    "Hinter dem Doppelpunkt fehlt ein Leerzeichen.", "A space is missing behind the colon."
)
NO_SPACE_DASH = Text(
    "Hinter dem Bindestrich fehlt ein Leerzeichen.", "A space is missing behind the hyphen."
)
_EQUALS = Text(
    "Zwischen Name und Wert steht „=“ statt eines Doppelpunkts.",
    "Between name and value stands “=” instead of a colon.",
)
_COLON = Text(
    "Der Text enthält einen Doppelpunkt und steht nicht in Anführungszeichen.",
    "The text has a colon and no quotation marks around it.",
)
_FIRST = Text(
    "Ein Text, der mit einem solchen Zeichen beginnt, braucht Anführungszeichen.",
    "A text that begins with such a sign needs quotation marks.",
)
_END = Text(
    "Hinter dem letzten Anführungszeichen steht noch ein Zeichen.",
    "Something stands behind the last quotation mark.",
)
_SIGN = Text(
    "Statt des Anführungszeichens am Anfang steht ein anderes Zeichen.",
    "Another sign stands in place of the quotation mark at the beginning.",
)
_INNER = Text(
    "Das Anführungszeichen schließt sich mitten im Text.",
    "The quotation mark closes in the middle of the text.",
)
_BACKSLASH = Text(
    "In doppelten Anführungszeichen leitet \\ ein Sonderzeichen ein.",
    "Within double quotation marks \\ begins a special character.",
)
INDENT = Text(
    "Diese Zeile ist anders eingerückt, als sie sein muss.",
    "This line is indented in another way than it must be.",
)
NO_COLON = Text(
    "In dieser Zeile fehlt der Doppelpunkt zwischen Name und Wert.",
    "This line lacks the colon between name and value.",
)
