"""What a newer version brings, for each of those who use Klarplan, from its list of changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

CHANGELOG = "CHANGELOG.md"
_HEADING = re.compile(r"### +(.+)")
_VERSION = re.compile(r"## +")


def _entries(text: str) -> Mapping[str, list[str]]:
    """The entries of a list of changes below each heading for whom they are, of all versions."""
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.rstrip()):
            entries = found.setdefault(heading[1], [])
        elif _VERSION.match(line):
            entries = []
        elif line.startswith("- "):
            entries.append(line[2:].strip())
        elif line.startswith("  ") and entries:
            entries[-1] += f" {line.strip()}"
    return found


def news(before: str, now: str) -> Mapping[str, tuple[str, ...]]:
    """The entries that a newer list of changes has and the one before has not, by heading.

    So nobody has to say in which version something came, nor which of them were passed over.
    """
    known = {entry for entries in _entries(before).values() for entry in entries}
    new = {
        heading: tuple(entry for entry in entries if entry not in known)
        for heading, entries in _entries(now).items()
    }
    return {heading: entries for heading, entries in new.items() if entries}
