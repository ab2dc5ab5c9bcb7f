"""Whether the folder ``build`` came with the repository: what others put there is not read.

Git passes it over, but who forces it may commit a file there, such as a style sheet under the name
of one that Klarplan keeps from build to build.
"""

from __future__ import annotations

from pathlib import Path

from klarplan.check.obstacles import BUILD, committed, known_to_git
from klarplan.moves import removed_if_possible

KEPT = ("fonts", "pictures")
"""Folders in ``BUILD`` whose files are published as they are found; all else is made anew."""


def refuse_tracked(root: Path) -> None:
    """Raise ``KlarplanError`` where git knows a file in ``build``.

    Where there is a repository and git can't be asked, what earlier builds have kept is removed.
    """
    files = known_to_git(root)
    if files:
        raise committed(files[0]).error()
    if files is None:
        for name in KEPT:
            removed_if_possible(root / BUILD / name)
