"""Whether the folder ``build`` came with the repository: what others put there is not read.

Git passes it over, but who forces it may commit a file there, such as a style sheet under the name
of one that Klarplan keeps from build to build.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from klarplan.commands.committed import git
from klarplan.commands.targets import BUILD
from klarplan.messages import KlarplanError, Text

KEPT = ("fonts", "pictures")
"""Folders in ``BUILD`` whose files are published as they are found; all else is made anew."""


def refuse_tracked(root: Path) -> None:
    """Raise ``KlarplanError`` where git knows a file in ``build``.

    Where there is a repository and git can't be asked, what earlier builds have kept is removed.
    """
    files = _known_to_git(root)
    if files:
        raise KlarplanError(
            Text(
                f"Im Ordner „{BUILD}“ liegt eine Datei, die zum Repository gehört: „{files[0]}“. "
                "Was dort liegt, veröffentlicht Klarplan sonst ungeprüft.",
                f"In the folder “{BUILD}” is a file that belongs to the repository: “{files[0]}”. "
                "Klarplan would publish it unchecked.",
            ),
            Text(
                f"Löschen Sie den Ordner mit „git rm -r -f {BUILD}“ und prüfen Sie, wer ihn "
                "hinzugefügt hat.",
                f"Delete the folder with “git rm -r -f {BUILD}”, and look who has added it.",
            ),
        )
    if files is None:
        for name in KEPT:
            shutil.rmtree(root / BUILD / name, ignore_errors=True)


def _known_to_git(root: Path) -> list[str] | None:
    """The files in ``build`` that git keeps; ``None`` where it can't be asked."""
    folder = root.resolve()
    if not any((place / ".git").exists() for place in (folder, *folder.parents)):
        return []
    listed = git(folder, "ls-files", "-z", "--", BUILD)
    if listed is None:
        return None
    return [name for name in listed.decode("utf-8", "replace").split("\0") if name]
