"""Letters without umlauts and marks, as addresses and names of files have them."""

from __future__ import annotations

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
