"""Drawings by name, such as ``material/bus``: the sets that come with the theme of the website."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

THEME = "material"
"""The package that brings them."""

NAME = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)+")


@cache
def theme_folder() -> Path | None:
    """The folder of the theme's templates; ``None`` where it is not installed."""
    theme = find_spec(THEME)
    return Path(theme.origin).parent / "templates" if theme and theme.origin else None


@cache
def drawing(name: str) -> str:
    """The SVG of a drawing; empty where there is none of that name."""
    folder = theme_folder()
    if folder is None or not NAME.fullmatch(name):
        return ""
    file = folder / ".icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
