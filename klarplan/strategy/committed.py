"""What git keeps of a file: its last committed version."""

from __future__ import annotations

from pathlib import Path

from klarplan.processes import git
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table


def committed(root: Path, file: str) -> Table | None:
    """The last committed version of a table; ``None`` where there is none that can be read."""
    if not any((place / ".git").exists() for place in (root.resolve(), *root.resolve().parents)):
        return None
    raw = git(root, "show", f"HEAD:./{file}")
    text, _ = csv_reader.decode(raw, file) if raw else (None, [])
    table, _ = csv_reader.parse(text, Path(file).stem, file) if text else (None, [])
    return table
