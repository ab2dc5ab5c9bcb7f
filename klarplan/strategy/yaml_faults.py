"""Why a text is no YAML, found by mending it: the likely line, what is wrong there, and the cure.

A parser stops where it can go on no longer, often lines behind the slip, and says so in its own
words. Here each usual slip is mended on trial; the one after which the parser gets further is it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice

import yaml

from klarplan.messages import Fix, Text
from klarplan.strategy.yaml_slips import (
    INDENT,
    NO_COLON,
    NO_SPACE_DASH,
    PAIR_NAME,
    line_above,
    odd_item,
    open_quotes,
    says,
    slips,
    write,
)

MOST_TRIALS = 60
"""So many mended texts are read again, at most."""

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_END = (10**9, 0)


@dataclass(frozen=True, slots=True)
class Cause:
    """What is wrong on a line, counted from 1; ``fix`` is the line as it should be."""

    line: int | None
    problem: Text
    cure: Text
    fix: Fix | None = None
    conflict: bool = False
    """Whether it is left over from a conflict in git."""


def lines_of(text: str) -> list[str]:
    """The lines as a parser counts them (YAML 1.1, 5.4)."""
    return re.split("\n|\x85|\u2028|\u2029", text)


def cause(text: str, error: Exception) -> Cause:
    """The likely cause of what a parser threw at a text."""
    if isinstance(error, yaml.reader.ReaderError):
        return _odd_letter(text, error)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Cause(None, _UNREADABLE, _CURE)
    return _marked(lines_of(text), error, error.problem_mark)


def _marked(lines: list[str], error: yaml.MarkedYAMLError, mark: yaml.Mark) -> Cause:
    for number, line in enumerate(lines):
        if _CONFLICT.match(line):
            return Cause(number + 1, _CONFLICT_LEFT, _CONFLICT_CURE, conflict=True)
    context = error.context_mark
    at = (mark.line, mark.column)
    if isinstance(error, yaml.composer.ComposerError) and lines[mark.line].startswith("---"):
        return Cause(mark.line + 1, _PARTED, _PARTED_CURE)
    places = [mark.line, line_above(lines, mark.line)]
    if context is not None:
        early = "simple key" in (error.context or "")
        places.insert(0 if early else len(places), context.line)
    places = list(dict.fromkeys(n for n in places if 0 <= n < len(lines)))
    single = chain.from_iterable(slips(lines, number, at) for number in places)
    first = odd_item(lines, mark.line), open_quotes(lines, mark.line)
    for trial in islice(chain(*first, single), MOST_TRIALS):
        mended = [*lines[: trial.number], trial.new, *lines[trial.number + 1 :]]
        if _stops("\n".join(mended)) > trial.beyond:
            fix = Fix(lines[trial.number], trial.new)
            return Cause(trial.number + 1, trial.problem, trial.cure, fix)
    number = places[0] if places else mark.line
    for near in (context.line, number) if context is not None else (number,):
        if near < len(lines) and re.match(r"\s*(?:- )?(?:[\w-]+:\s+)?[\[{]", lines[near]):
            return Cause(near + 1, _BRACKET, _BRACKET_CURE)
    line = lines[number].strip() if number < len(lines) else ""
    if line and ":" not in line and not line.startswith("-"):
        return Cause(number + 1, NO_COLON, _NO_COLON_CURE)
    return Cause(number + 1, _UNREADABLE, _CURE)


def no_pairs(text: str) -> Cause:
    """The likely cause where a text is read, but not as names with values."""
    lines = lines_of(text)
    number = next((n for n, line in enumerate(lines) if says(line)), 0)
    for trial in slips(lines, number, (number, 0)):
        if PAIR_NAME.match(trial.new):
            fix = Fix(lines[number], trial.new)
            return Cause(number + 1, trial.problem, trial.cure, fix)
    return Cause(number + 1, _NO_PAIRS, _NO_COLON_CURE)


def swallowed(text: str, start: int, end: int) -> Cause | None:
    """What is wrong where an item of a list took in the next, both lines counted from 0."""
    lines = lines_of(text)
    first = re.match(r"(\s*)-( ?)", lines[start])
    for number in range(start + 1, min(end + 1, len(lines))):
        if first and re.match(r"\s*- ", lines[number]):
            if not first[2]:
                new = f"{first[1]}- {lines[start].lstrip()[1:]}"
                return Cause(start + 1, NO_SPACE_DASH, write(new), Fix(lines[start], new))
            new = first[1] + lines[number].lstrip()
            return Cause(number + 1, INDENT, write(new), Fix(lines[number], new))
    return None


def _stops(text: str) -> tuple[int, int]:
    """Line and column, counted from 0, where the parser stops; beyond all lines if it does not."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return (mark.line, mark.column) if mark else (0, 0)
    except Exception:  # whatever a parser throws: a stranger may have written the text
        return 0, 0
    return _END


def _odd_letter(text: str, error: yaml.reader.ReaderError) -> Cause:
    position = error.position if isinstance(error.position, int) else 0
    code = f"U+{ord(error.character):04X}" if isinstance(error.character, str) else ""
    if isinstance(error.character, int):
        code = f"U+{error.character:04X}"
    return Cause(
        text.count("\n", 0, position) + 1,
        Text(
            f"Hier steht ein Zeichen, das in Texten nicht vorkommt ({code}).",
            f"Here is a character that no text has ({code}).",
        ),
        Text("Löschen Sie es.", "Delete it."),
    )


_UNREADABLE = Text(
    "Diese Stelle lässt sich nicht als „Name: Wert“ lesen.",
    "This place can't be read as “name: value”.",
)
_CURE = Text(
    "Jede Zeile beginnt ganz links mit einem Namen, dann folgen Doppelpunkt, Leerzeichen und Wert; "
    "Texte stehen in geraden Anführungszeichen.",
    "Each line begins at the very left with a name, then come a colon, a space and the value; "
    "texts stand in straight quotation marks.",
)
_NO_COLON_CURE = Text(
    "Schreiben Sie „Name: Wert“, oder setzen Sie ein # davor, wenn es eine Erläuterung ist.",
    "Write “name: value”, or put a # before it where it is a remark.",
)
_NO_PAIRS = Text("Hier müssen Zeilen „Name: Wert“ stehen.", "Lines “name: value” are needed here.")
_PARTED = Text(
    "Eine Zeile aus --- teilt die Angaben in zwei Teile.",
    "A line of --- divides the values into two parts.",
)
_PARTED_CURE = Text("Löschen Sie diese Zeile.", "Delete this line.")
_BRACKET = Text(
    "Hier öffnet sich eine Klammer, die sich nicht richtig schließt.",
    "A bracket opens here and does not close properly.",
)
_BRACKET_CURE = Text(
    "Ein Text, der mit einer Klammer beginnt, gehört in Anführungszeichen.",
    "A text that begins with a bracket needs quotation marks.",
)
_CONFLICT_LEFT = Text(
    "Hier ist eine Markierung eines Git-Konflikts stehen geblieben.",
    "A marker of a git conflict was left here.",
)
_CONFLICT_CURE = Text(
    "Entscheiden Sie sich für eine der beiden Fassungen und löschen Sie die Zeilen mit <<<<<<<, "
    "======= und >>>>>>>.",
    "Choose one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>.",
)
