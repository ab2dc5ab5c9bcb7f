"""The sections of a list: which heading rows stand above which entry, and how deep."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A row that heads the entries below it."""

    row: int
    text: str
    signature: Hashable
    """How it looks; rows of one level look alike."""


def _levels(sections: Sequence[Section], entries: Sequence[int]) -> dict[Hashable, int]:
    levels: dict[Hashable, int] = {}
    before: Section | None = None
    for section in sections:
        nested = (
            before is not None
            and before.signature != section.signature
            and not any(before.row < entry < section.row for entry in entries)
        )
        if section.signature not in levels:
            levels[section.signature] = levels[before.signature] + 1 if nested and before else 1
        before = section
    return levels


def paths(
    sections: Sequence[Section], entries: Sequence[int]
) -> tuple[Mapping[int, tuple[str, ...]], Mapping[int, int]]:
    """For the row number of each entry the sections above it, outermost first; and their levels.

    A section that directly follows another one and looks different lies within it.
    """
    levels = _levels(sections, entries)
    found: dict[int, tuple[str, ...]] = {}
    path: tuple[str, ...] = ()
    rest = list(sections)
    for entry in entries:
        while rest and rest[0].row < entry:
            section = rest.pop(0)
            path = (*path[: levels[section.signature] - 1], section.text)
        found[entry] = path
    return found, {section.row: levels[section.signature] for section in sections}
