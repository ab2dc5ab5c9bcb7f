"""Ids for new rows: the next number in the form of those that exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")
_BETWEEN = r"[\s._\u2010-\u2014-]*"
"""What may stand between letters and digits of a number, as people write it."""
_COUNTED = re.compile(rf"(.*?){_BETWEEN}([0-9]{{1,9}})")
_SIGNS = re.compile(rf"{_BETWEEN}\Z")


def bare_beginning(beginning: str) -> str:
    """How ids begin as people read it: ``M-`` and ``m`` are the same."""
    return _SIGNS.sub("", beginning.casefold())


def counted(text: str) -> tuple[str, int] | None:
    """Beginning and number of an id, the same for ``M-003``, ``M-3``, ``M 3`` and ``m3``."""
    match = _COUNTED.fullmatch(text.strip().casefold())
    return (match[1], int(match[2])) if match else None


@dataclass(frozen=True, slots=True)
class Used:
    """Ids that were given before."""

    adopted: Collection[str] = ()
    """Of rows whose pages were adopted, as their addresses have them; and official numbers."""
    former: Callable[[str], Mapping[str, Collection[str]]] = lambda _: {}
    """All that a table ever had, with the titles of their rows; it takes a moment to find them."""

    def last(self, table: str, beginning: str) -> int:
        """The highest number that an id of a table with this beginning ever had; 0 without any."""
        return _last([*self.adopted, *self.former(table)], beginning)


NEVER = Used()
"""No id was given before."""


def _last(used: Iterable[str], beginning: str) -> int:
    """The highest number of ids with this beginning, however they are written."""
    wanted = bare_beginning(beginning)
    found = (counted(one) for one in used)
    return max((one[1] for one in found if one and one[0] == wanted), default=0)


class Ids:
    """Gives ids that no row has, one after the other."""

    def __init__(self, known: Iterable[str], used: Iterable[str] = ()) -> None:
        """``known`` are ids of rows; ``used`` may be others that are not to be given again."""
        found = [match for one in known if (match := _NUMBERED.fullmatch(one))]
        beginnings = [match[1] for match in found]
        self._beginning = max(beginnings, key=beginnings.count) if found else None
        members = [match[2] for match in found if match[1] == self._beginning]
        self._width = max((len(m) for m in members if m.startswith("0")), default=0)
        former = _last(used, self._beginning or "")
        self._last = max(former, *map(int, members), 0)

    def next(self) -> str | None:
        """The next id, ``M-015`` after ``M-014``; ``None`` where ids are no numbers."""
        if self._beginning is None:
            return None
        self._last += 1
        return f"{self._beginning}{self._last:0{self._width}d}"
