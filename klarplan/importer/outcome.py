"""What an import does: rows that are new or changed, and everything that stays behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klarplan.messages import NOTHING, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row or cell of a spreadsheet."""

    sheet: str
    row: int
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that was not taken over, and what to do about it."""

    place: Place
    value: str
    problem: Text
    cure: Text = NOTHING
    whole_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell of an existing row that gets another value."""

    key: str
    column: Text
    """What the column is called."""
    old: str
    new: str


@dataclass(slots=True, kw_only=True)
class TableCount:
    """What happens to one table."""

    name: str
    title: str
    new: list[str] = field(default_factory=list)
    """Keys and titles of the new rows."""
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """How many rows change."""
        return len({change.key for change in self.changes})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A column or a whole sheet that no source of the mapping reads."""

    sheet: str
    column: str | None
    cells: int
    """Filled cells, header excluded."""
    on_purpose: bool
    hidden: bool = False
    """Whether the sheet is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that was not read because it seems to be no part of the list, or is hidden."""

    sheet: str
    reason: Text
    cure: Text = NOTHING
    rows: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    """What stands in the rows, shortened."""
    column: Text | None = None
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of an import, before anything is written."""

    tables: tuple[TableCount, ...]
    left_out: tuple[LeftOut, ...]
    unused: tuple[Unused, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[tuple[Place, Text], ...]
    """What was decided on the way, such as texts above the header that were not read."""
    files: Mapping[str, bytes]
    """Content of every table that changes, by file name below ``data/``."""
