"""The typeface of a strategy, on its site and in its papers: one that comes along, or its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fontpkg_fira_sans
import fontpkg_source_sans_3

from klarplan.messages import KlarplanError, Text

FIRA = "fira-sans"
SOURCE = "source-sans-3"
OWN = (".ttf", ".otf")
"""Kinds of files that a typeface of one's own may have."""
BOLD = 600
"""The weight of headings and of what is strong."""

_FIRA = fontpkg_fira_sans.ROOT / "files"
_SOURCE = fontpkg_source_sans_3.ROOT / "files"


class TypefaceError(KlarplanError):
    """The files of a typeface can't be used."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family with its three styles; a variable file may serve for two."""

    family: str
    regular: Path
    italic: Path
    bold: Path
    licence: Path | None = None
    """The text of the licence, where it must go with the fonts."""

    @property
    def slug(self) -> str:
        """The family as part of a file's name."""
        return re.sub(r"[^a-z0-9]+", "-", self.family.lower()).strip("-")

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.regular.parent


TYPEFACES: Mapping[str, Typeface] = {
    FIRA: Typeface(
        "Fira Sans",
        _FIRA / "FiraSans-Regular.ttf",
        _FIRA / "FiraSans-Italic.ttf",
        _FIRA / "FiraSans-SemiBold.ttf",
        fontpkg_fira_sans.ROOT / "LICENSE",
    ),
    SOURCE: Typeface(
        "Source Sans 3",
        _SOURCE / "SourceSans3[wght].ttf",
        _SOURCE / "SourceSans3-Italic[wght].ttf",
        _SOURCE / "SourceSans3[wght].ttf",
        fontpkg_source_sans_3.ROOT / "LICENSE",
    ),
}
"""The typefaces that come with Klarplan, by the word for them in the settings."""


def typeface(docs: Path, name: str) -> Typeface:
    """The typeface of the setting ``font``: one of ``TYPEFACES``, else a folder below ``docs``.

    Raises ``TypefaceError`` where the folder holds no font with the letters of German.
    """
    return TYPEFACES.get(name) or _own(docs / name)


def unreadable(file: Path) -> TypefaceError:
    """That a file is no font, or a broken one."""
    return TypefaceError(
        Text(f"„{file.name}“ ist keine lesbare Schrift.", f"“{file.name}” is no readable font.")
    )


def _own(folder: Path) -> Typeface:
    """The typeface in a folder: upright and italic of weight 400, and upright of about 600."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a quarter of a second

    files = sorted(p for p in folder.glob("*") if p.suffix.lower() in OWN and p.is_file())
    if not files:
        raise TypefaceError(
            Text("Dort liegt keine Schrift (.ttf oder .otf).", "There is no font (.ttf or .otf).")
        )
    styles: list[tuple[Path, int, bool]] = []
    family = ""
    for file in files:
        try:
            font = TTFont(file, lazy=True)
            letters = font.getBestCmap() or {}
            traits: Any = font["OS/2"]
            weight, slanted = int(traits.usWeightClass), bool(traits.fsSelection & 1)
            name = font["name"].getDebugName(16) or font["name"].getDebugName(1) or ""
        except Exception as error:  # whatever fontTools throws at what a stranger may have sent
            raise unreadable(file) from error
        missing = "".join(c for c in "aäöüßÄÖÜzAZ0123456789€„“–" if ord(c) not in letters)
        if missing:
            raise TypefaceError(
                Text(
                    f"In „{file.name}“ fehlen Zeichen: {missing}",
                    f"Characters are missing in “{file.name}”: {missing}",
                )
            )
        family = family or name
        if name != family:
            raise TypefaceError(
                Text(
                    f"Die Dateien gehören zu zwei Schriften: {family} und {name}.",
                    f"The files belong to two typefaces: {family} and {name}.",
                )
            )
        styles.append((file, weight, slanted))
    if not re.fullmatch(r"[\w .-]{1,60}", family):
        raise TypefaceError(
            Text("Die Schrift nennt keinen brauchbaren Namen.", "The font has no usable name.")
        )
    upright = [style for style in styles if not style[2]] or styles
    slanted_ones = [style for style in styles if style[2]] or upright
    return Typeface(
        family,
        min(upright, key=lambda style: abs(style[1] - 400))[0],
        min(slanted_ones, key=lambda style: abs(style[1] - 400))[0],
        min(upright, key=lambda style: abs(style[1] - BOLD))[0],
    )
