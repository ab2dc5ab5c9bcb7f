"""The typeface as the site needs it: small subsets, the signs it lacks, and the style sheet.

All is served from the site itself, so that no other host learns who reads. What was made once is
kept: of a typeface of the program beside the program, of a town's own in ``build/fonts``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from klarplan.look.kept import kept
from klarplan.look.typeface import BOLD, SOURCE, TYPEFACES, Typeface, unreadable

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
"""What many typefaces lack and statuses need; taken from Source Sans 3."""

SIGNS_FILE = "zeichen-600.woff2"

ARIAL = {"regular": 0.4340, "italic": 0.4340, "bold": 0.4641}
"""The mean width of a letter of German in Arial, in em; measured on ``GERMAN``."""
LOCAL = {"regular": "", "italic": " Italic", "bold": " Bold"}
GERMAN = (
    "Die Stadt macht ihre Dienste einfacher, ihre Schulen und Netze besser und ihre Daten offen. "
    "Hier steht, welche Ziele sie sich gesetzt hat, was sie dafür tut, was es kostet und wie weit "
    "sie ist."
)

RIGHTS = (0, 13, 14)
"""The names that a font keeps: copyright, licence and its address (OpenType, table name)."""

FEATURES = ["kern", "liga", "tnum", "locl", "ccmp"]


def cache_of(face: Typeface, build: Path) -> Path:
    """The folder where files of a typeface are kept; ``build`` is the strategy's own.

    Those of the program's typefaces are the same for all strategies; they are kept in its virtual
    environment, where it has one and may write there.
    """
    own = face not in TYPEFACES.values()
    if own or sys.prefix == sys.base_prefix or not os.access(sys.prefix, os.W_OK):
        return build / "fonts"
    return Path(sys.prefix) / "fonts"


def font_files(cache: Path, face: Typeface) -> dict[str, bytes]:
    """All files of a typeface by their path below the site, its style sheet included.

    Made in the folder ``cache`` where they are not there yet; the same from run to run.
    """
    signs = TYPEFACES[SOURCE]
    files = {
        f"{FOLDER}OFL-{used.slug}.txt": used.licence.read_bytes()
        for used in (face, signs)
        if used.licence
    }
    made: dict[str, tuple[Path, frozenset[int], int]] = {
        name: (source, LETTERS, weight) for name, source, weight in styles(face).values()
    }
    made[SIGNS_FILE] = (signs.bold, SIGNS, BOLD)
    for name, (source, characters, weight) in made.items():
        files[FOLDER + name] = _kept(
            cache,
            _recipe(source, (sorted(characters), FEATURES, RIGHTS, weight)) + name,
            partial(subset, source, characters, weight),
        )
    files["assets/typeface.css"] = _kept(
        cache,
        _recipe(face.regular, (face, STYLE)) + "typeface.css",
        lambda: style_sheet(face).encode(),
    )
    return files


def styles(face: Typeface) -> dict[str, tuple[str, Path, int]]:
    """Regular, italic and bold: the name of the file on the site, its source, its weight."""
    return {
        "regular": (f"{face.slug}-400.woff2", face.regular, 400),
        "italic": (f"{face.slug}-400-kursiv.woff2", face.italic, 400),
        "bold": (f"{face.slug}-600.woff2", face.bold, BOLD),
    }


def _kept(cache: Path, name: str, make: Callable[[], bytes]) -> bytes:
    return kept(cache, [name], lambda: [make()])[0]


def _recipe(source: Path, choices: object) -> str:
    """A short name for everything that a file depends on."""
    content = hashlib.sha256(source.read_bytes()).hexdigest()
    versions = [version(name) for name in ("fonttools", "brotli")]
    return hashlib.sha256(f"{content}|{versions}|{choices}".encode()).hexdigest()[:12] + "-"


def subset(source: Path, characters: frozenset[int], weight: int) -> bytes:
    """A typeface with some of its characters only, as WOFF2.

    Names are left out: Source is a reserved name under its licence, and no browser reads them.
    Raises ``TypefaceError`` where a font is broken.
    """
    try:
        return _subset(source, characters, weight)
    except Exception as error:  # whatever fontTools throws at what a stranger may have sent
        raise unreadable(source) from error


def _subset(source: Path, characters: frozenset[int], weight: int) -> bytes:
    # Imported here: a quarter of a second that later builds save.
    from fontTools import subset as subsetting  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subsetting.Options(layout_features=FEATURES, hinting=False)
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    # Left to the subsetter, it would look for uses of every name in all tables: half of its time.
    names = font["name"]
    del font["name"]
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    names.names = [name for name in names.names if name.nameID in RIGHTS]
    font["name"] = names
    font = _fixed(font, weight)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _fixed(font: Any, weight: int) -> Any:
    """A font at a weight, where it is variable."""
    from fontTools.varLib import instancer  # noqa: PLC0415

    if "fvar" not in font:
        return font
    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    place = {tag: axis.defaultValue for tag, axis in axes.items()}
    if "wght" in axes:
        place["wght"] = max(axes["wght"].minValue, min(weight, axes["wght"].maxValue))
    return instancer.instantiateVariableFont(font, place)


STYLE = """/* The typeface, served from the site itself. Each style has a stand-in from the reader's
   device with the same widths and heights, so that nothing moves when the typeface arrives. */
"""


def try_out(face: Typeface) -> None:
    """Make of a typeface what the site needs; raises ``TypefaceError`` where it is broken."""
    for _, source, weight in dict.fromkeys(styles(face).values()):
        subset(source, LETTERS, weight)
    style_sheet(face)


def style_sheet(face: Typeface) -> str:
    """The text of ``assets/typeface.css``; ``TypefaceError`` where a font is broken."""
    rules = []
    for style, (name, source, weight) in styles(face).items():
        slant = "italic" if style == "italic" else "normal"
        weights = "600 900" if style == "bold" else "400 500"
        kind = f"font-style:{slant};font-weight:{weights}"
        rules.append(
            f'@font-face{{font-family:"{face.family}";{kind};font-display:swap;'
            f'src:url("schrift/{name}") format("woff2")}}'
        )
        width, ascent, descent = _measures(source, weight)
        share = width / ARIAL[style]
        local = ", ".join(
            f'local("{base}{LOCAL[style]}")'
            for base in ("Arial", "Liberation Sans", "Helvetica Neue")
        )
        rules.append(
            f'@font-face{{font-family:"{face.family} Ersatz";{kind};size-adjust:{share:.1%};'
            f"ascent-override:{ascent / share:.1%};descent-override:{descent / share:.1%};"
            f"line-gap-override:0%;src:{local}}}"
        )
    ranges = ",".join(f"U+{code:04X}" for code in sorted(SIGNS))
    rules.append(
        '@font-face{font-family:"Klarplan Zeichen";font-display:swap;'
        f'src:url("schrift/{SIGNS_FILE}") format("woff2");unicode-range:{ranges}}}'
    )
    rules.append(
        f':root{{--md-text-font:"{face.family}","Klarplan Zeichen","{face.family} Ersatz"}}'
    )
    return STYLE + "\n".join(rules) + "\n"


def _measures(source: Path, weight: int) -> tuple[float, float, float]:
    """Mean width of a letter of German, ascent and descent, in em."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    try:
        font = _fixed(TTFont(source), weight)
        letters, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        mean = sum(widths[letters[ord(c)]][0] for c in GERMAN) / len(GERMAN) / em
        return mean, font["hhea"].ascent / em, -font["hhea"].descent / em
    except Exception as error:  # whatever fontTools throws at what a stranger may have sent
        raise unreadable(source) from error
