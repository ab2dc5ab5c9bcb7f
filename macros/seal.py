"""Marks that only this build knows: round what macros make, and for calls that are ours.

A seal is drawn anew for each build and occurs in no text, so that nobody can write its marks.
What stands between marks is ours: it passes Markdown untouched, and is never checked as a
stranger's text. The marks never reach a published page.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seal:
    """The marks of one build, made from a word that occurs in no text."""

    word: str

    @classmethod
    def drawn(cls, texts: Iterable[str] = ()) -> Seal:
        """A new seal; raises ``ValueError`` where a text holds it, which no one can bring about."""
        word = f"k{secrets.token_hex(16)}"
        if any(word in text for text in texts):
            raise ValueError(word)
        return cls(word)

    @property
    def begin(self) -> str:
        """The mark before what a macro made."""
        return f"{self.word}<"

    @property
    def end(self) -> str:
        """The mark behind it."""
        return f">{self.word}"

    def made(self, markup: str) -> str:
        """Markup that a macro made, on one line, between its marks."""
        return f"{self.begin}{markup}{self.end}"

    def call(self, written: str) -> str:
        """A macro call that the site generator has to answer."""
        return f"{self.word}({written}){self.word}"

    def calls(self, text: str) -> bool:
        """Whether a text holds such a call."""
        return f"{self.word}(" in text

    def source(self, file: str) -> str:
        """The line that tells which file a page was written in."""
        return f"{self.word}@{file}"

    def spoken(self, language: str, text: str) -> str:
        """A text in another language between the lines that tell it."""
        return f"{self.language_mark}{language}\n\n{text.strip()}\n\n{self.language_mark}"

    @property
    def language_mark(self) -> str:
        """How a line begins that tells the language of what follows; bare, it is German again."""
        return f"{self.word}l"

    def token(self, number: int) -> str:
        """A word that stands for what a macro made while Markdown is at work."""
        return f"{self.word}n{number}n"

    @property
    def attribute(self) -> str:
        """The attribute that the check gives to links and pictures of Markdown."""
        return f"data-{self.word}"

    def without_tokens(self, text: str) -> str:
        """A text without its tokens."""
        return re.sub(f"{self.word}n[0-9]+n", "", text)

    def delimiters(self) -> Mapping[str, str]:
        """The delimiters of the template engine, as mkdocs-macros names them."""
        return {
            "j2_variable_start_string": f"{self.word}(",
            "j2_variable_end_string": f"){self.word}",
            "j2_block_start_string": f"{self.word}%",
            "j2_block_end_string": f"%{self.word}",
            "j2_comment_start_string": f"{self.word}#",
            "j2_comment_end_string": f"#{self.word}",
        }
