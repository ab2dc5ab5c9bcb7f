"""Letters that look like others, or like nothing: O for 0, Cyrillic А, zero-width marks, NFD."""

from __future__ import annotations

import unicodedata

from klarplan.messages import NOTHING, Text

_LOOK_ALIKE = {
    **dict(zip("АВСЕНІЈКМОРЅТХаеорсухіј", "ABCEHIJKMOPSTXaeopcyxij", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_ALPHABETS = {"CYRILLIC": ("kyrillisch", "Cyrillic"), "GREEK": ("griechisch", "Greek")}
_INVISIBLE = ("Cf", "Cc", "Co", "Cn", "Zs", "Zl", "Zp")


def plain(text: str) -> str:
    """What a text reads like: look-alikes as plain letters, O and l as digits, case ignored."""
    composed = unicodedata.normalize("NFKC", text)
    letters = (_LOOK_ALIKE.get(c, c) for c in composed if unicodedata.category(c) not in _INVISIBLE)
    return "".join(letters).casefold().translate(str.maketrans("oil", "011"))


def cleaned(text: str) -> str:
    """A text without invisible characters, with plain letters for those that look like them."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        _LOOK_ALIKE.get(c, c)
        for c in composed
        if c == " " or unicodedata.category(c) not in _INVISIBLE
    )


def odd_letters(text: str, meant: str = "") -> Text:
    """What is odd about the letters of a text, where ``meant`` is what it reads like."""
    for letter in text:
        if letter != " " and unicodedata.category(letter) in _INVISIBLE:
            name = f"U+{ord(letter):04X}"
            return Text(
                f"Der Wert enthält ein unsichtbares Zeichen ({name}).",
                f"The value holds an invisible character ({name}).",
            )
    if text != unicodedata.normalize("NFC", text):
        return Text(
            "Umlaute sind darin aus zwei Zeichen zusammengesetzt (NFD, wie auf Macs üblich).",
            "Its accented letters are made of two characters each (NFD, as in names on Macs).",
        )
    for letter in text:
        if letter in _LOOK_ALIKE and unicodedata.category(letter) != "Pd":
            alphabet = unicodedata.name(letter).split()[0]
            de, en = _ALPHABETS.get(alphabet, ("fremd", "foreign"))
            return Text(
                f"Das „{letter}“ darin ist {de} und sieht nur aus wie „{_LOOK_ALIKE[letter]}“.",
                f"Its “{letter}” is {en} and only looks like “{_LOOK_ALIKE[letter]}”.",
            )
    if len(text) == len(meant):
        for letter, other in zip(text, meant, strict=True):
            if letter.isalpha() and other.isdigit():
                return Text(
                    f"Darin steht der Buchstabe „{letter}“ statt der Ziffer „{other}“.",
                    f"It has the letter “{letter}” for the digit “{other}”.",
                )
            if letter.isdigit() and other.isalpha():
                return Text(
                    f"Darin steht die Ziffer „{letter}“ statt des Buchstabens „{other}“.",
                    f"It has the digit “{letter}” for the letter “{other}”.",
                )
    return NOTHING
