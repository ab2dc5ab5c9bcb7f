"""The site's own typefaces: small subsets of Fira Sans, and signs that Fira lacks.

They come from installed packages and are served from the site itself, so that no other host
learns who reads. A subset that was made once is kept in ``build/fonts``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import fontpkg_fira_sans
import fontpkg_source_sans_3

FOLDER = "assets/schrift/"
"""Where the files are, below the site."""

LETTERS = frozenset(
    {
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *(0x218, 0x219, 0x21A, 0x21B, 0x1E9E),
        *map(ord, "–—‘’‚“”„†‡•…‰‹›⁄€₂−≈≤≥×÷←↑→↓"),
    }
)
"""Latin, Latin-1, Latin Extended-A, and the signs of German typesetting."""

SIGNS = frozenset({0x2009, 0x202F, *map(ord, "‐‑↗↘■□▲▶▼◆○●☐☑✓✗")})
"""What Fira Sans lacks and statuses need; taken from Source Sans 3."""

_FIRA = fontpkg_fira_sans.ROOT
_SOURCE = fontpkg_source_sans_3.ROOT

FONTS: Mapping[str, tuple[Path, frozenset[int]]] = {
    "fira-sans-400.woff2": (_FIRA / "files" / "FiraSans-Regular.ttf", LETTERS),
    "fira-sans-400-kursiv.woff2": (_FIRA / "files" / "FiraSans-Italic.ttf", LETTERS),
    "fira-sans-600.woff2": (_FIRA / "files" / "FiraSans-SemiBold.ttf", LETTERS),
    "zeichen-600.woff2": (_SOURCE / "files" / "SourceSans3[wght].ttf", SIGNS),
}
"""File name to the typeface that it is made from and the characters it keeps."""

LICENCES: Mapping[str, Path] = {
    "OFL-fira-sans.txt": _FIRA / "LICENSE",
    "OFL-source-sans-3.txt": _SOURCE / "LICENSE",
}
"""The Open Font License asks that it goes with the fonts."""

FEATURES = ["kern", "liga", "tnum", "locl", "ccmp"]
WEIGHT = 600
"""The weight at which a variable typeface is fixed."""


def font_files(cache: Path) -> dict[str, bytes]:
    """All files of ``assets/schrift`` by their path below the site.

    Made in the folder ``cache`` where they are not there yet; the same from run to run.
    """
    files = {FOLDER + name: path.read_bytes() for name, path in LICENCES.items()}
    for name, (source, characters) in FONTS.items():
        made = cache / f"{_recipe(source, characters)}-{name}"
        if not made.is_file():
            cache.mkdir(parents=True, exist_ok=True)
            made.write_bytes(subset(source, characters))
        files[FOLDER + name] = made.read_bytes()
    return files


def _recipe(source: Path, characters: frozenset[int]) -> str:
    """A short name for everything that a subset depends on."""
    parts = (
        *(version(name) for name in ("fonttools", "brotli")),
        *(version(name) for name in ("fontpkg-fira-sans", "fontpkg-source-sans-3")),
        *(source.name, str(sorted(characters)), str(FEATURES), str(WEIGHT)),
    )
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def subset(source: Path, characters: frozenset[int]) -> bytes:
    """A typeface with some of its characters only, as WOFF2.

    Names are left out: Source is a reserved name under its licence, and no browser reads them.
    """
    # Imported here: a quarter of a second that later builds save.
    from fontTools import subset as subsetting  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    options = subsetting.Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 13, 14])
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": WEIGHT})
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
