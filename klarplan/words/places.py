"""What the parts of a municipality are called where readers look for their own: „Ihrem Ortsteil“.

The word is that of the places themselves, as their table names it; where it is none that stands
for a part of a municipality, what its kind usually consists of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from klarplan.words.kinds import Gender, Kind

Word = tuple[str, Gender, str]
"""A word with its gender, and what it is in English."""

YOURS: Mapping[Gender, str] = {"f": "Ihrer", "m": "Ihrem", "n": "Ihrem"}
"""„Ihr“ in the dative, by gender."""

ENDINGS: Mapping[str, tuple[Gender, str]] = {
    "teil": ("m", "district"),
    "bezirk": ("m", "district"),
    "kreis": ("m", "district"),
    "planungsraum": ("m", "area"),
    "sozialraum": ("m", "area"),
    "ort": ("m", "village"),
    "vorort": ("m", "suburb"),
    "weiler": ("m", "hamlet"),
    "kiez": ("m", "neighbourhood"),
    "viertel": ("n", "neighbourhood"),
    "quartier": ("n", "neighbourhood"),
    "dorf": ("n", "village"),
    "ortschaft": ("f", "village"),
    "bauerschaft": ("f", "village"),
    "siedlung": ("f", "neighbourhood"),
    "gemeinde": ("f", "municipality"),
    "kommune": ("f", "municipality"),
    "region": ("f", "region"),
}
"""How words for parts of a municipality end, with their gender and what they are in English."""
_LONG = 4
"""So many letters an ending has; „Ort“ is a word only by itself, not in „Standort“."""
ENGLISH = frozenset(
    (*(english for _, english in ENDINGS.values()), "borough", "parish", "quarter", "town", "ward")
)
"""What tables in English call them."""
_MEMBERS = ("Stadt", "Markt")
"""What members of a Kreis are beside a Gemeinde, which they are as well."""

USUAL: Mapping[str, str] = {
    "Stadt": "Stadtteil",
    "Gemeinde": "Ortsteil",
    "Markt": "Ortsteil",
    "Kreis": "Gemeinde",
    "Land": "Kreis",
    "Freistaat": "Kreis",
    "Region": "Gemeinde",
    "Verband": "Gemeinde",
}
"""What a kind of municipality consists of."""
OTHERWISE: Word = ("Ort", "m", "area")


def your_place(kinds: Iterable[str | None], kind: Kind, lang: str) -> str:
    """„Ihrem Ortsteil“ or “your district”: the word that most places of a ``kind`` go by.

    ``kinds`` are the words of the places, each as often as it is used, in their order.
    """
    told = Counter(found for name in kinds if (found := _word(name or "", lang)))
    usual = _word(USUAL.get(kind.noun, ""), lang) or OTHERWISE
    word, gender, english = told.most_common(1)[0][0] if told else usual
    return f"your {english}" if lang == "en" else f"{YOURS[gender]} {word}"


def _word(told: str, lang: str) -> Word | None:
    """The word of a place with its gender and in English; ``None`` where it is another word."""
    word = "Gemeinde" if told.strip() in _MEMBERS else told.strip()
    lower = word.lower()
    word = word[:1].upper() + word[1:]
    if " " in word:
        return None
    for ending, (gender, english) in ENDINGS.items():
        if lower == ending or (len(ending) >= _LONG and lower.endswith(ending)):
            return word, gender, english
    return (word, "m", lower) if lang == "en" and lower in ENGLISH else None
