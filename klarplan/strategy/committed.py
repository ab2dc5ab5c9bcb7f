"""What git keeps of a file: its last committed version, and whether that is the newest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klarplan.processes import git
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml

OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that systems put into folders by themselves; nobody misses them."""


def committed(root: Path, file: str) -> Table | None:
    """The last committed version of a table; ``None`` where there is none that can be read.

    Nor is there one where the last version is of another municipality, as after ``init``.
    """
    if not any((place / ".git").exists() for place in (root.resolve(), *root.resolve().parents)):
        return None
    raw = git(root, "show", f"HEAD:./{file}")
    if raw and len({*_publishers(root)} - {None}) > 1:
        return None
    text, _ = csv_reader.decode(raw, file) if raw else (None, [])
    table, _ = csv_reader.parse(text, Path(file).stem, file) if text else (None, [])
    return table


def is_kept(root: Path) -> bool:
    """Whether git keeps what is below ``root``, so that it can show what has changed."""
    return git(root, "rev-parse", "--is-inside-work-tree") == b"true\n"


def not_committed(root: Path, *options: str, paths: Iterable[str]) -> list[str] | None:
    """Files among ``paths`` below ``root`` whose state git has not stored, as ``git status`` says.

    ``options`` are those of that command. ``None`` where git can't be asked.
    """
    told = git(root, "status", "--porcelain", "-z", "--no-renames", *options, "--", *paths)
    if told is None:
        return None
    return [line[3:] for line in told.decode("utf-8", "replace").split("\0") if line]


def _publishers(root: Path) -> tuple[str | None, str | None]:
    """Whose strategy it was in the last version, and whose it is."""
    path = root / SETTINGS
    now = path.read_bytes() if path.is_file() else None
    return publisher(git(root, "show", f"HEAD:./{SETTINGS}")), publisher(now)


def publisher(settings: bytes | None) -> str | None:
    """Whose strategy it is, as far as the settings can be read."""
    try:
        named = read_yaml((settings or b"").decode("utf-8-sig")).values.get("municipality")
    except (YamlFaultError, UnicodeDecodeError):
        return None
    return named if isinstance(named, str) else None
