"""Ids for new rows: the next number in the form of those that exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Used:
    """Ids that were given before."""

    adopted: Collection[str] = ()
    """Of rows whose pages were adopted, as their addresses have them."""
    former: Callable[[str], Mapping[str, Collection[str]]] = lambda _: {}
    """All that a table ever had, with the titles of their rows; it takes a moment to find them."""


class Ids:
    """Gives ids that no row has, one after the other."""

    def __init__(self, known: Iterable[str], used: Iterable[str] = ()) -> None:
        """``known`` are ids of rows; ``used`` may be others that are not to be given again."""
        found = [match for one in known if (match := _NUMBERED.fullmatch(one))]
        beginnings = [match[1] for match in found]
        self._beginning = max(beginnings, key=beginnings.count) if found else None
        members = [match[2] for match in found if match[1] == self._beginning]
        self._width = max((len(m) for m in members if m.startswith("0")), default=0)
        beginning = (self._beginning or "").casefold()
        former = (match for one in used if (match := _NUMBERED.fullmatch(one.casefold())))
        members += [match[2] for match in former if match[1] == beginning]
        self._last = max(map(int, members), default=0)

    def next(self) -> str | None:
        """The next id, ``M-015`` after ``M-014``; ``None`` where ids are no numbers."""
        if self._beginning is None:
            return None
        self._last += 1
        return f"{self._beginning}{self._last:0{self._width}d}"
