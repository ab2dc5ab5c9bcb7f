"""The text of a cell in parts: its lines, and the lists that some of them are."""

from __future__ import annotations

import re

ENTRY = re.compile(r"\s*[-–•*·▪●]\s+(?=\S)")
"""How an entry of a list begins, as people write it in a cell."""
FEWEST = 2
"""So many entries are a list; one line with a dash may be anything."""


def parts(text: str) -> list[str | tuple[str, ...]]:
    """The lines of a text that are not blank; those of a list together, without their signs."""
    found: list[str | tuple[str, ...]] = []
    lines = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and ENTRY.match(lines[end]):
            end += 1
        if end - at >= FEWEST:
            found.append(tuple(ENTRY.sub("", line, count=1) for line in lines[at:end]))
            at = end
        else:
            found.append(lines[at])
            at += 1
    return found


def in_one_line(text: str) -> str:
    """A text in one line, in which semicolons part the entries of a list."""
    told = []
    for part in parts(text):
        if isinstance(part, str):
            told.append(part)
        else:
            line = "; ".join(entry.rstrip(" ,;.") for entry in part)
            told.append(line if line.endswith(("!", "?")) else f"{line}.")
    return " ".join(" ".join(told).split())
