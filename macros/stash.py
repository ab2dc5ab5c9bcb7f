"""A Python-Markdown extension that carries the output of macros past Markdown, untouched.

A macro's block arrives as one line that begins with ``MARK``. It is stashed before HTML
or Markdown is parsed: data is never read as either, and our own HTML costs no time.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

MARK = "<!--klarplan-->"
PRIORITY = 24
"""After white space is normalised (30) and code is fenced (25), before HTML is parsed (21, 20)."""


class _Stash(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [self._line(line) if MARK in line else line for line in lines]

    def _line(self, line: str) -> str:
        indent, _, block = line.partition(MARK)
        return line if indent.strip() else indent + self.md.htmlStash.store(block)


class BlocksExtension(Extension):
    """Stashes the blocks that macros made."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the base's name
        """Register the step."""
        md.preprocessors.register(_Stash(md), "klarplan_blocks", PRIORITY)


def makeExtension(**options: Any) -> BlocksExtension:  # noqa: N802 - Python-Markdown asks for it
    """The extension, as Python-Markdown looks for it by module name."""
    return BlocksExtension(**options)
