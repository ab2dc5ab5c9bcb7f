"""What Klarplan says: texts in two languages, findings, and errors that carry a cure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal, NamedTuple

Lang = Literal["de", "en"]
Severity = Literal["error", "warning", "notice"]


class Text(NamedTuple):
    """One message in German and English."""

    de: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        return self.en if lang == "en" else self.de


NOTHING = Text("", "")


def quoted(*names: str) -> Text:
    """Names or values in the quotation marks of each language: „a“, „b“."""
    return Text(", ".join(f"„{n}“" for n in names), ", ".join(f"“{n}”" for n in names))


def argument(value: object) -> str:
    """A name as it is typed behind a command: in quotation marks where it has spaces."""
    text = str(value)
    return f'"{text}"' if " " in text else text


@dataclass(frozen=True, slots=True)
class Fix:
    """A cure that leaves no choice: what stands at the place of a finding, and what belongs there.

    In a table, with a column, both are the content of the whole cell; elsewhere both are whole
    lines, joined by line feeds, of which the first is the finding's.
    """

    old: str
    new: str


class Place(NamedTuple):
    """Where something was found besides: as in ``Finding``."""

    file: str
    line: int | None
    column: str | None
    cell: str | None
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that ``check`` found.

    ``file`` is relative to the root, with slashes; ``line`` counts lines of the file from 1
    (``None`` where the whole file is meant); ``column`` is the name of the table's column as the
    file has it, ``title`` what it is called, ``cell`` its place in a spreadsheet ("H2").
    ``fix`` is the cure where only one is possible, for ``klarplan repair``.
    Findings of one ``cause`` are told once, ``also`` being the places of the others.
    """

    rule: str
    severity: Severity = "error"
    file: str
    line: int | None = None
    column: str | None = None
    title: Text | None = None
    cell: str | None = None
    value: str | None = None
    problem: Text
    cure: Text = NOTHING
    fix: Fix | None = None
    cause: tuple[str, ...] | None = None
    also: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        """Where it was found."""
        return Place(self.file, self.line, self.column, self.cell, self.value)


class KlarplanError(Exception):
    """A mistake that ends a command, told with its cure; never shown as a traceback.

    ``exit_code`` is 2 for a command used wrongly and 1 for problems in what it was given.
    ``further`` are other mistakes that were found along with it.
    """

    def __init__(  # noqa: PLR0913 (all that is told of one)
        self,
        problem: Text,
        cure: Text = NOTHING,
        *,
        file: str | None = None,
        line: int | None = None,
        exit_code: int = 1,
        further: Sequence[KlarplanError] = (),
    ) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.cure = cure
        self.file = file
        self.line = line
        self.exit_code = exit_code
        self.further = tuple(further)


def first_of(names: Iterable[object], most: int = 5) -> str:
    """The first few of many names with commas between them, and „…“ where there are more."""
    told = [str(name) for name in names]
    return ", ".join(told[:most]) + (", …" if len(told) > most else "")


def near(value: str, known: Iterable[str]) -> list[str]:
    """The known word that is nearest, if one is near; K-3 is nearer to K-03 than to K-13.

    Where two are equally near, a guess would help nobody: K-9 is as near to K-1 as to K-2.
    """
    options = list(known)
    found = [option for option in options if _bare(option) == _bare(value)][:1]
    if found:
        return found
    best, *others = [*get_close_matches(value, options, n=2, cutoff=0.6), ""]
    ratios = [SequenceMatcher(None, value, word).ratio() for word in (best, *others[:1])]
    return [best] if best and ratios[0] > ratios[-1] else []


def _bare(text: str) -> str:
    """A text without capitals and leading zeros of numbers."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", text.casefold())


def did_you_mean(value: str, known: Iterable[str]) -> Text:
    """A question that names the nearest known word, or nothing where none is near."""
    found = near(value, known)
    return was_meant(found[0]) if found else NOTHING


def together(*texts: Text) -> Text:
    """Sentences one after the other."""
    return Text(" ".join(t.de for t in texts if t.de), " ".join(t.en for t in texts if t.en))


def was_meant(word: str) -> Text:
    """The question whether a word was meant; nothing where there is no word."""
    return Text(f"Meinten Sie „{word}“?", f"Did you mean “{word}”?") if word else NOTHING
