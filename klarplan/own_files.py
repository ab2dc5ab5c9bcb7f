"""Where Klarplan's own files are: in the fork, else in the installed package.

A town's ``local/overrides`` lies before ``overrides``: a file there takes the place of the one of
the same name. Its first line says of which text it was made, so that a newer one is noticed.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from klarplan.messages import KlarplanError, Text

PACKAGE = Path(__file__).resolve().parent
LOCAL = "local"
"""The folder of a fork for what the town adds itself."""
ANSWERS = f"{LOCAL}/init.yml"
"""What a new strategy was set up with; it is kept for the next one."""
OVERRIDES = "overrides"
THEME = ("*.html", "partials/**/*.html")
"""The templates of whole pages, in ``overrides``."""
PRINT = "print/*.typ"
"""Those of papers."""
MADE_OF = re.compile(r"klarplan: ([0-9a-f]{12})\b")
"""What the first line of a town's template says: the digest of the one that it was made of."""


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


def is_upstream(folder: Path) -> bool:
    """Whether a folder of a root is the one of Klarplan itself, which runs from there."""
    return folder.resolve() in (PACKAGE.parent / folder.name, PACKAGE / "upstream" / folder.name)


def own_overrides(root: Path) -> Path:
    """The folder of the town's templates, which need not be there."""
    return root / LOCAL / OVERRIDES


def overrides(root: Path, *patterns: str) -> dict[str, Path]:
    """Files of ``overrides`` that fit a pattern, by their name there; the town's come first."""
    found: dict[str, Path] = {}
    for folder in (upstream(root, OVERRIDES), own_overrides(root)):
        for pattern in patterns:
            paths = sorted(folder.glob(pattern))
            found |= {p.relative_to(folder).as_posix(): p for p in paths if p.is_file()}
    return found


def digest(template: bytes) -> str:
    """What tells the text of a template, whatever system its lines end for."""
    return hashlib.sha256(template.replace(b"\r\n", b"\n")).hexdigest()[:12]


def mark(name: str, original: bytes) -> str:
    """The first line of a town's template that was made of this one."""
    told = f"klarplan: {digest(original)}"
    return f"// {told}" if name.endswith(".typ") else f"{{# {told} -#}}"
