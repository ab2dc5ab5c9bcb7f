"""Letters without umlauts and marks, as addresses and names of files have them."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)
"""Small letters that German writes with others where it has to do without; and their cousins."""
BIDI = "\u202a-\u202e\u2066-\u2069"
CONTROLS = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff{BIDI}"
"""Controls, beside tabs and line ends; some change the direction of writing."""
_MARKS = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff"
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Korean that stand for none."""
_TAGS = "\U000e0000-\U000e007f"
JOINERS = "\u200c\u200d"
"""What joins or parts letters: it changes words of other scripts, and makes one picture of two."""
_LATIN = "\x00-\u036f\u1e00-\u206f"
"""Latin letters with their marks, digits, spaces and points, where joiners mean nothing."""
_BRAILLE = "\u2801-\u28ff"
UNSEEN = re.compile(
    f"[{CONTROLS}\ud800-\udfff{_MARKS}{_FILLERS}{_TAGS}]"
    f"|(?<![^{_LATIN}])[{JOINERS}]|[{JOINERS}](?![^{_LATIN}])"
    f"|(?<![{_BRAILLE}])\u2800|\u2800(?![{_BRAILLE}])"
)
"""What nobody sees and nobody types; it comes with what is copied: soft hyphens, marks of files.

Joiners are some of it at the ends of a text and beside Latin letters, the blank of Braille where it
is not between its letters.
"""


_BREAKS = re.compile("[\x0b\x0c\u2028\u2029]")
"""What programs end a line with inside of a paragraph, or a page, and what is copied with it."""


def plain_breaks(text: str) -> str:
    """A text in which every line ends as usual."""
    return _BREAKS.sub("\n", text)


def without_unseen(text: str) -> str:
    """A text without what nobody sees in it, each letter with its marks as one (NFC)."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", plain_breaks(text)))


def plain_letters(text: str) -> str:
    """A text in small letters of ASCII as far as there are any: ``Größe`` is ``groesse``.

    Letters of other scripts stay as they are.
    """
    small = unicodedata.normalize("NFC", text).lower()
    return "".join(_plain(char) for char in small.translate(LETTERS))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    found = "".join(c for c in unicodedata.normalize("NFKD", char) if c.isascii())
    return found if found.isalnum() else char
