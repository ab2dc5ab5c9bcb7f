"""What git keeps of a file: its last committed version."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table

SETTINGS = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false")
"""The folder's own settings must not make git start a program, nor its owner make it refuse."""


def git(root: Path, *arguments: str) -> bytes | None:
    """What a git command says below ``root``; ``None`` where it can't be asked or refuses."""
    program = shutil.which("git")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            [program, *SETTINGS, "-C", str(root.resolve()), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout


def committed(root: Path, file: str) -> Table | None:
    """The last committed version of a table; ``None`` where there is none that can be read."""
    raw = git(root, "show", f"HEAD:./{file}")
    text, _ = csv_reader.decode(raw, file) if raw else (None, [])
    table, _ = csv_reader.parse(text, Path(file).stem, file) if text else (None, [])
    return table
