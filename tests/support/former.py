"""A site from an earlier build, as small as can be, and whether it is still the same."""

from __future__ import annotations

from pathlib import Path

from klarplan.check.obstacles import MADE

FORMER = "die bisherige Website"


def write_former(folder: Path) -> Path:
    """Write what Klarplan takes for a site of its own; returns its folder."""
    for name in MADE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FORMER, "utf-8")
    return folder


def is_former(folder: Path) -> bool:
    """Whether a folder holds this site and nothing else."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return set(files) == set(MADE) and all(p.read_text("utf-8") == FORMER for p in files.values())
