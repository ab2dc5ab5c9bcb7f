"""Macro calls in texts: all of a template language that authors may write, read in one pass.

A call is ``{{ name(arguments) }}`` with literal arguments on one line. Code (fences and code spans
of Markdown) is left alone; every other ``{{``, ``{%``, comment, and call in single
braces is a fault. What people wrote is
never handed to a template engine: ``Call.written`` writes the call anew.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Literal: TypeAlias = "str | int | float | bool | list[Literal] | None"

MOST = 20
"""So many faults of a text are told; behind the last, its calls stay plain text."""

_CALL = re.compile(r"\{\{[ \t]{0,9}([a-z_][a-z0-9_]{0,60})\(([^\n{}]{0,400})\)[ \t]{0,9}\}\}")
"""A call; its arguments have at most 400 characters."""
_MARK = re.compile(
    r"\{\{|\{%|\{#(?=\s)|\{[ \t]{0,9}[a-z_][a-z0-9_]{2,60}\([^\n{}]{0,400}\)[ \t]{0,9}\}"
)
"""What looks like a template language; ``{#anchor}`` gives a heading its id and is none.

A call between single braces would be published as it stands.
"""
_FENCE = re.compile(r"[ \t>]*(?:[-*+] |\d+\. )?[ \t]*(`{3,}|~{3,})(.*)")
_TICKS = re.compile(r"`+")
_NAMES: dict[str, bool | None] = {"true": True, "false": False, "none": None}


@dataclass(frozen=True, slots=True)
class Call:
    """A macro call as it was understood; ``line`` counts from 1 within the text."""

    line: int
    name: str
    args: tuple[Literal, ...]
    kwargs: tuple[tuple[str, Literal], ...]

    def written(self) -> str:
        """The call in Jinja's words, made of nothing but letters, digits and escapes."""
        named = [f"{name}={_literal(value)}" for name, value in self.kwargs]
        return f"{self.name}({', '.join([*map(_literal, self.args), *named])})"


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that looks like a template language and is no call; ``text`` is how it begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as plain pieces and calls in turn, and what is wrong with it."""

    parts: tuple[str | Call, ...]
    faults: tuple[Fault, ...]

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls in their order."""
        return tuple(part for part in self.parts if isinstance(part, Call))


def read_calls(text: str) -> Pieces:
    """Find the calls of a text. What is wrong stays in it as plain text, and is told."""
    if "{" not in text:
        return Pieces((text,), ())
    parts: list[str | Call] = []
    faults: list[Fault] = []
    kept = seen = 0
    line = 1
    for begin, end in outside_code(text):
        at = begin
        while len(faults) < MOST and (mark := _MARK.search(text, at, end)) is not None:
            line += text.count("\n", seen, mark.start())
            seen = mark.start()
            found = _CALL.match(text, mark.start(), end)
            call = _call(found, line) if found else None
            if found is None or call is None:
                if not faults or faults[-1].line < line:  # the first on a line is its cause
                    faults.append(Fault(line, _beginning(text[seen : seen + 60])))
                at = mark.end()
                continue
            parts += [text[kept : found.start()], call]
            at = kept = found.end()
    parts.append(text[kept:])
    return Pieces(tuple(parts), tuple(faults))


def _beginning(text: str) -> str:
    """What looks like a template language, as far as it goes on its line."""
    line = text.partition("\n")[0]
    end = re.search(r"[}%#]\}", line)
    return line[: end.end()] if end else line


def _call(found: re.Match[str], line: int) -> Call | None:
    """The call that a text is, or ``None`` where its arguments are no literals."""
    try:
        node = ast.parse(f"f({found[2]})", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    try:
        args = tuple(_value(arg) for arg in node.args)
        kwargs = tuple((k.arg or "", _value(k.value)) for k in node.keywords)
    except _NoLiteralError:
        return None
    names = [name for name, _ in kwargs]
    if "" in names or len(set(names)) < len(names) or not all(n.isascii() for n in names):
        return None
    return Call(line, found[1], args, kwargs)


class _NoLiteralError(Exception):
    """An argument is more than a literal."""


def _is_line(text: str) -> bool:
    return not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)


def _value(node: ast.expr) -> Literal:
    if isinstance(node, ast.Constant) and (
        node.value is None or type(node.value) in (str, int, float, bool)
    ):
        if isinstance(node.value, str) and not _is_line(node.value):
            raise _NoLiteralError
        value: Literal = node.value  # type: ignore[assignment]
        return value
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return _NAMES[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _value(node.operand)
        if type(value) in (int, float):
            return -value  # type: ignore[operator]
    if isinstance(node, ast.List):
        return [_value(item) for item in node.elts]
    raise _NoLiteralError


def _literal(value: Literal) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return '"' + "".join(map(_letter, value)) + '"'
    return repr(value)


def _letter(letter: str) -> str:
    if letter.isascii() and (letter.isalnum() or letter in " -_.,"):
        return letter
    return f"\\U{ord(letter):08x}"


def outside_code(text: str) -> Iterator[tuple[int, int]]:
    """Where a text is neither a fence nor a code span, as begin and end, in order."""
    fence = ""
    begin = at = 0
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if fence:
            closing = found and found[1].startswith(fence) and not found[2].strip()
            if closing or not fence:
                fence, begin = "", at + len(line)
        elif found and "`" not in found[2]:
            yield from _outside_spans(text, begin, at)
            fence = found[1]
        at += len(line)
    if not fence:
        yield from _outside_spans(text, begin, at)


def _outside_spans(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The same within a part without fences; a span does not reach beyond its paragraph."""
    at = begin
    for paragraph in re.split(r"(\n[ \t]*\n)", text[begin:end]):
        yield from _outside_ticks(text, at, at + len(paragraph))
        at += len(paragraph)


def _outside_ticks(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    runs = [m for m in _TICKS.finditer(text, begin, end) if not _escaped(text, m.start())]
    closers: dict[int, list[int]] = {}
    for number, run in enumerate(runs):
        closers.setdefault(len(run[0]), []).append(number)
    at, number = begin, 0
    while number < len(runs):
        run = runs[number]
        later = closers[len(run[0])]
        while later and later[0] <= number:
            later.pop(0)
        if not later:
            number += 1
            continue
        yield at, run.start()
        at, number = runs[later[0]].end(), later[0] + 1
    yield at, end


def _escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 99) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
