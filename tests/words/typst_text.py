"""Reads Typst as far as to tell text and strings from code: what a print template would show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STRING = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)
_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*")
_RAW = re.compile(r"`[^`\n]*`")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BLOCK = ("if", "for", "while")
_LINE = ("let", "set", "show", "import", "include", "return")


@dataclass(slots=True)
class TypstText:
    """Goes through a file once; ``texts`` and ``strings`` hold where each begins, and what it says.

    ``asked`` are the strings right behind ``say(``.
    """

    source: str
    texts: list[tuple[int, str]] = field(default_factory=list)
    strings: list[tuple[int, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _at: int = 0

    def __post_init__(self) -> None:
        self._content("")

    def _content(self, closing: str) -> None:
        """Markup up to a closing bracket, or to the end of the file."""
        start, held = self._at, ""
        while self._at < len(self.source):
            if found := _COMMENT.match(self.source, self._at) or _RAW.match(self.source, self._at):
                self._at = found.end()
                continue
            char = self.source[self._at]
            if char == closing:
                break
            if char == "\\":
                held += self.source[self._at + 1 : self._at + 2].strip()
                self._at += 2
            elif char == "#":
                self.texts.append((start, held))
                self._at += 1
                self._embedded()
                start, held = self._at, ""
            elif found := re.compile(r"<[\w-]+>").match(self.source, self._at):
                self._at = found.end()
            else:
                held += char
                self._at += 1
        self.texts.append((start, held))
        self._at += 1

    def _embedded(self) -> None:
        """Code in markup: a statement, a block, or a name with what is called of it."""
        name = _NAME.match(self.source, self._at)
        word = name.group() if name else ""
        if word in _LINE:
            self._code("\n;]")
        elif word in _BLOCK:
            self._at += len(word)
            self._code("", blocks=1)
            while found := re.compile(r"\s*else\b").match(self.source, self._at):
                self._at = found.end()
                self._code("", blocks=1)
        elif name:
            self._at = name.end()
            while self.source[self._at : self._at + 1] in ("(", "["):
                self._bracket()
            if self.source[self._at : self._at + 1] == ";":
                self._at += 1
        elif self.source[self._at : self._at + 1] in _CLOSING:
            self._bracket()

    def _bracket(self) -> None:
        opening = self.source[self._at]
        self._at += 1
        if opening == "[":
            self._content("]")
        else:
            self._code(_CLOSING[opening])
            self._at += 1

    def _code(self, ends: str, blocks: int = 0) -> None:
        """Code up to one of some characters; or, with ``blocks``, to the end of so many blocks."""
        while self._at < len(self.source):
            if found := _COMMENT.match(self.source, self._at):
                self._at = found.end()
                continue
            if found := _STRING.match(self.source, self._at):
                said = found.group()[1:-1]
                self.strings.append((self._at, said))
                if self.source[: self._at].endswith("say("):
                    self.asked.append(said)
                self._at = found.end()
                continue
            char = self.source[self._at]
            if char in ends:
                return
            if char in _CLOSING:
                value = self.source[: self._at].rstrip().endswith("=")
                self._bracket()
                if char != "(" and blocks and not value:
                    return
            else:
                self._at += 1


def shown(source: str) -> Iterator[tuple[int, str]]:
    """Texts and strings of a template with the place of each."""
    read = TypstText(source)
    yield from sorted(read.texts + read.strings)
