"""Where programs of this machine are that Klarplan starts: git, LibreOffice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def program(name: str) -> str | None:
    """Where a program is, by its name or whole path; ``None`` where it is missing.

    Windows would look into the working folder first, where a stranger's ``git.exe`` may lie.
    """
    if os.name != "nt" or Path(name).name != name:
        return shutil.which(name)
    folders = map(Path, os.environ.get("PATH", "").split(os.pathsep))
    places = (folder / f"{name}.exe" for folder in folders if folder.is_absolute())
    return next((str(place) for place in places if place.is_file()), None)


def by_make(target: str, otherwise: str) -> str:
    """How a target of the Makefile is called; ``otherwise`` where there is no make."""
    return f"make {target}" if program("make") else otherwise
