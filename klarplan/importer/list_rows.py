"""What is known of the columns of a list, and what was found out about its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What is known of a list: positions of numbers and titles, and rows that are decided."""

    ids: frozenset[int] = frozenset()
    title: int | None = None
    sections: bool = False
    """Whether rows that might be sections are; without it only those that can be nothing else."""
    keep: frozenset[int] = frozenset()
    skip: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    """The row with the headers of the next list on the same sheet."""
    blocks: bool = False
    """Whether the sheet has several lists, so that a line above the headers names this one."""


@dataclass(slots=True)
class RowKinds:
    """Which rows are no entries, and why; and the sections above each entry."""

    kinds: dict[int, str] = field(default_factory=dict)
    """By row number: total, section, note, template, header, list, skip, struck."""
    texts: dict[int, str] = field(default_factory=dict)
    """The text by which a row was recognised."""
    sections: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """By row number of an entry, outermost first."""
    levels: Mapping[int, int] = field(default_factory=dict)
    """By row number of a section its level, 1 for the outermost."""
    above: int | None = None
    """The row above the headers that is the first section."""
    other_list: int | None = None
    """The row in which another list with other columns begins."""
