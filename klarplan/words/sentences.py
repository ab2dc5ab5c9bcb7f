"""One sentence of a catalogue: its text, what is put into it, and its singular and plural."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

NAME = re.compile(r"[A-Za-z_]{1,40}")
CASE = re.compile(r"[a-z_]{0,20}")
LONGEST = 4_000
"""So many letters one sentence may have."""

COUNT = "n"
"""The value that decides between singular and plural."""

FORMS = ("zero", "one", "other")
"""The forms of a sentence that counts (CLDR plural categories, and one for none)."""


class BrokenSentenceError(ValueError):
    """A sentence whose braces can't be read, or that lacks a form; its text is the place."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sentence for a value, with the grammatical case it stands in."""

    name: str
    case: str


Parts = tuple[str | Slot, ...]


def parse(text: str) -> Parts:
    """The parts of a sentence; ``{name}`` or ``{name:case}`` is a slot, ``{{`` a brace.

    Nothing else is read into braces: no attributes, no items, no conversions.
    """
    if len(text) > LONGEST:
        raise BrokenSentenceError(text[:40])
    found: list[str | Slot] = []
    try:
        pieces = list(Formatter().parse(text))
    except ValueError as error:
        raise BrokenSentenceError(text) from error
    for literal, name, case, conversion in pieces:
        if literal:
            found.append(literal)
        if name is None:
            continue
        if conversion or not NAME.fullmatch(name) or not CASE.fullmatch(case or ""):
            raise BrokenSentenceError(f"{{{name}}}")
        found.append(Slot(name, case or ""))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in each of its forms; one that does not count has ``other`` alone."""

    forms: Mapping[str, Parts]

    @property
    def slots(self) -> frozenset[str]:
        """The names of the values that it needs."""
        return frozenset(
            part.name for parts in self.forms.values() for part in parts if isinstance(part, Slot)
        )

    def with_values(self, known: Callable[[Slot], str | None]) -> Sentence:
        """The same sentence with the values put in that are known beforehand."""

        def joined(parts: Parts) -> Parts:
            found: list[str | Slot] = []
            for part in parts:
                value = known(part) if isinstance(part, Slot) else part
                if value is not None and found and isinstance(found[-1], str):
                    found[-1] += value
                else:
                    found.append(part if value is None else value)
            return tuple(found)

        return Sentence({form: joined(parts) for form, parts in self.forms.items()})

    def form(self, values: Mapping[str, object], is_one: Callable[[Decimal | int], bool]) -> Parts:
        """The form that fits a count."""
        forms = self.forms
        if len(forms) == 1:
            return forms["other"]
        count = values.get(COUNT)
        if not isinstance(count, int | Decimal):
            raise TypeError(f"{COUNT}: {count!r}")
        if count == 0 and "zero" in forms:
            return forms["zero"]
        return forms["one" if is_one(count) else "other"]


def sentence(written: object) -> Sentence:
    """A sentence as a catalogue holds it: a text, or a mapping with a text for each form."""
    if isinstance(written, str):
        return Sentence({"other": parse(written)})
    if (
        isinstance(written, Mapping)
        and {"one", "other"} <= set(written) <= set(FORMS)
        and all(isinstance(text, str) for text in written.values())
    ):
        return Sentence({form: parse(text) for form, text in written.items()})
    raise BrokenSentenceError(str(written)[:40])
