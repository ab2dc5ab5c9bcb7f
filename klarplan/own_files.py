"""Where Klarplan's own files are: in the fork, else in the installed package."""

from __future__ import annotations

from pathlib import Path

from klarplan.messages import KlarplanError, Text

PACKAGE = Path(__file__).resolve().parent
LOCAL = "local"
"""The folder of a fork for what the town adds itself."""


def upstream(root: Path, name: str) -> Path:
    """The file or folder ``name`` of the root, else Klarplan's own.

    A strategy may thus be as little as a ``data`` folder.
    """
    for base in (root, PACKAGE.parent, PACKAGE / "upstream"):
        if (base / name).exists():
            return base / name
    raise KlarplanError(
        Text(f"„{name}“ fehlt.", f"“{name}” is missing."),
        Text("Installieren Sie Klarplan neu.", "Install Klarplan again."),
        exit_code=2,
    )
