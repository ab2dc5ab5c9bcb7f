"""What files may be called, what they would better be called, and which nobody has to see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from klarplan.letters import plain_letters
from klarplan.messages import Text

PAGE = ".md"
LONGEST = 120
"""So many characters the name of a file or folder may have."""

LEFTOVERS = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.directory|\.git(keep|ignore|attributes)|\.keep"
    r"|~\$.*|\.~lock\..*#|\..*\.sw[a-p]|.*~|\.#.*|#.*#"
    r"|.*\.eigene(-\d+)?",
    re.IGNORECASE,
)
"""What systems, programs and updates leave behind: not published, and no fault of anyone."""

_SIGN = "A-Za-z0-9À-ÖØ-öø-ÿĀ-žẞ("
_NAME = re.compile(rf"(?!.*(?:\.\.| \.))[{_SIGN}][{_SIGN})._ -]*(?<![. ])")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LIKE_A_PAGE = re.compile(
    r"(.+?)\s*\.(?:md|mkd|mdown|markdown)(?:\.(?:txt|md|docx?|odt|rtf|html?))?", re.IGNORECASE
)


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, such as ``con`` or ``aux.svg``: no file can be
    called so."""
    return _DEVICE.fullmatch(name) is not None


def is_fit(name: str) -> bool:
    """Whether a file or folder may be called so."""
    plain = _NAME.fullmatch(name) and not is_device(name)
    return bool(plain) and len(name) <= LONGEST


def why_unfit(name: str) -> tuple[Text, Text]:
    """What is wrong with a name that does not fit, and the cure."""
    better = mended(name)
    rename = Text(f"Benennen Sie sie um in {better}.", f"Rename it to {better}.")
    if unicodedata.normalize("NFC", name) != name and is_fit(better):
        return (
            Text(
                "Umlaute im Namen sind aus zwei Zeichen zusammengesetzt, wie macOS sie speichert; "
                "Links finden die Datei nicht.",
                "Umlauts in the name are made of two characters, as macOS stores them; links don't "
                "find the file.",
            ),
            Text(
                f"Geben Sie den Namen neu ein, am besten ohne Umlaute: {plain(better)}",
                f"Type the name anew, best without umlauts: {plain(better)}",
            ),
        )
    if better != name and is_fit(better):
        return (
            Text(
                "Im Namen der Datei oder des Ordners stehen Leerzeichen oder Zeichen zu viel.",
                "The name of the file or folder has spaces or signs too many.",
            ),
            rename,
        )
    return (
        Text(
            "So darf eine Datei oder ein Ordner hier nicht heißen.",
            "A file or folder may not be called that here.",
        ),
        Text(
            "Nehmen Sie Buchstaben, Ziffern, Bindestrich, Unterstrich, Punkt und Leerzeichen, mit "
            f"einem Buchstaben oder einer Ziffer am Anfang; höchstens {LONGEST} Zeichen.",
            "Use letters, digits, hyphen, underscore, full stop and space, beginning with a letter "
            f"or digit; at most {LONGEST} characters.",
        ),
    )


def mended(name: str) -> str:
    """A name in composed letters, without blanks around its parts and without doubled stops."""
    composed = unicodedata.normalize("NFC", name).replace("\u00a0", " ")
    return re.sub(r"\.{2,}", ".", re.sub(r"\s*\.\s*", ".", composed)).strip(" .")


def plain(name: str) -> str:
    """A name as it is best in an address: ``Über uns.md`` is ``ueber-uns.md``."""
    return re.sub(r"[^a-z0-9._-]+", "-", plain_letters(name)).strip("-").replace("-.", ".")


def is_plain(name: str) -> bool:
    """Whether a name is the same in an address."""
    return re.fullmatch(r"[A-Za-z0-9._-]+", name) is not None


def page_name(name: str) -> str | None:
    """The name that a file must have been meant to have, where it was meant to be a page.

    ``M-003.MD`` and ``M-003.md.txt`` are ``M-003.md``; nothing where it is called so, or otherwise.
    """
    found = _LIKE_A_PAGE.fullmatch(name)
    meant = f"{found[1]}{PAGE}" if found else name
    return None if meant == name else meant


def same_but_for_case(name: str, known: Iterable[str]) -> str | None:
    """The known name that differs in capitals only."""
    lower = name.casefold()
    return next((other for other in known if other.casefold() == lower and other != name), None)


def in_address(path: str) -> str:
    """A path with each part as it is best in an address."""
    parts = PurePosixPath(path).parts
    return "/".join(part if is_plain(part) else plain(part) for part in parts)
