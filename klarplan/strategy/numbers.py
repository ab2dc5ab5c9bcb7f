"""Numbers of measures in a text: „M-031“ and „DS-30“ mean one measure, which has one number."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Protocol, TypeVar

CITED = "cited"
"""The class of markup that a measure is cited by: a number stays on one line."""
_WORD = re.compile(r"(?<![\w-])[^\W_]+(?:[-._][^\W_]+)+(?![\w-])")
"""What a number looks like in a text: letters and digits with a sign between them."""
_DIGITS = re.compile(r"\d")
_COUNTED = re.compile(r"([0-9]+)")
_TELLING = re.compile(r"(?=.*[^\W\d_])(?=.*\d)")

_COUNT = re.compile(r"(?:[^\W\d_]+[ .-]?)?(?:(\d+(?:\.\d+)*)[.):]?|([IVXL]+|[A-Z])[.):])\s+\S")
"""How a title begins that counts itself: „1.2 Ziele“, „HF 3: Bauen“, „IV. Wege“, „B) Klima“."""
_FIRST = frozenset({"0", "1", "I", "A"})


class Numbered(Protocol):
    """What has an id and a number that people call it by."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def number(self) -> str:
        """What people call it by."""


class Titled(Protocol):
    """What has an id and a title."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str | None:
        """Its title."""


T = TypeVar("T", bound=Numbered)


def by_number(rows: Iterable[T]) -> dict[str, T]:
    """Rows by each word that means one of them: its id, its number.

    A word that could be a date, an amount or just a word means none, and neither does one that is
    the id of one row and the number of another.
    """
    found: dict[str, T] = {}
    unclear: set[str] = set()
    for row in rows:
        for word in (row.id, row.number):
            if not (_WORD.fullmatch(word) and _TELLING.match(word)):
                continue
            if found.setdefault(word, row).id != row.id:
                unclear.add(word)
    return {word: row for word, row in found.items() if word not in unclear}


def count_themselves(titles: Iterable[str]) -> bool:
    """Whether the titles of a list have numbers of their own, so that no other belongs there.

    Each begins with one, no two with the same, and one is the first: „100 Dächer“ counts nothing.
    """
    found = [_COUNT.match(title.strip()) for title in titles]
    counts = [next(filter(None, match.groups())) for match in found if match]
    first = any((count.rpartition(".")[2].lstrip("0") or "0") in _FIRST for count in counts)
    return first and len(set(counts)) == len(found)


def numbers_before(rows: Iterable[Titled]) -> dict[str, str]:
    """What stands before the title of each row of a list: its id, or nothing where the titles have
    numbers of their own."""
    known = list(rows)
    counted = count_themselves(row.title or "" for row in known)
    return {
        row.id: "" if counted or begins_with(row.title or "", row.id) else row.id for row in known
    }


def begins_with(title: str, number: str) -> bool:
    """Whether a title begins with a number that would stand before it."""
    return re.match(rf"{re.escape(number)}(?![.-]?\w)", title.lstrip()) is not None


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """Sorts numbers as people count: „CS-7“ stands before „CS-10“."""
    parts = _COUNTED.split(number)
    return tuple(
        (len(digits := part.lstrip("0")), digits) if place % 2 else (0, part)
        for place, part in enumerate(parts)
    )


def beginnings(words: Iterable[str]) -> tuple[str, ...]:
    """How numbers begin, up to their first digit: a text without any of these has no number."""
    return tuple(sorted({_DIGITS.split(word, maxsplit=1)[0] for word in words}))


def split(text: str, known: Container[str]) -> Iterator[tuple[str, bool]]:
    """The pieces of a text in order, each with whether it is a word that is known."""
    end = 0
    for found in _WORD.finditer(text):
        if found.group() in known:
            yield text[end : found.start()], False
            yield found.group(), True
            end = found.end()
    yield text[end:], False
