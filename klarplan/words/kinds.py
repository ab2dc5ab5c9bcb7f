"""What sorts of bodies strategies are of, from Gemeinde to Land: nouns, and what follows from them.

A kind is a noun with its gender; article, pronoun and endings follow by rule
(``words.municipality``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Gender = Literal["f", "m", "n"]
_GENDERS: Mapping[str, Gender] = {"die": "f", "der": "m", "das": "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of body a strategy is of: the noun, and what follows from it."""

    noun: str
    gender: Gender
    genitive: str
    dative: str = ""
    english: str
    council: str = "Rat"
    """Who decides for it."""
    council_gender: Gender = "m"
    council_english: str = "council"
    german: bool = False
    """Whether English has no word for it, so that names keep it: „the Amt Hüttener Berge“."""
    alone: bool = False
    """Whether no other word that ends in it is one: a Landratsamt is no Amt."""
    has_key: bool = True
    """Whether it usually has an official key."""

    @property
    def council_ending(self) -> str:
        """What the genitive of the council ends in: „des Kreistags“, „des Amtsausschusses“."""
        if self.council_gender == "f":
            return ""
        return "es" if self.council.endswith("s") else "s"

    def said(self, case: str) -> str:
        """The noun in a case."""
        if case == "gen":
            return self.genitive
        return self.dative or self.noun if case == "dat" else self.noun


KINDS: Mapping[str, Kind] = {
    kind.noun: kind
    for kind in (
        Kind(noun="Stadt", gender="f", genitive="Stadt", english="city"),
        Kind(noun="Gemeinde", gender="f", genitive="Gemeinde", english="municipality"),
        Kind(noun="Markt", gender="m", genitive="Marktes", english="market town"),
        Kind(
            noun="Kreis",
            gender="m",
            genitive="Kreises",
            english="district",
            council="Kreistag",
            council_english="district council",
        ),
        Kind(
            noun="Land",
            gender="n",
            genitive="Landes",
            english="state",
            council="Landtag",
            council_english="state parliament",
        ),
        Kind(noun="Region", gender="f", genitive="Region", english="region", has_key=False),
        Kind(
            noun="Verband",
            gender="m",
            genitive="Verbands",
            english="association",
            council="Verbandsversammlung",
            council_gender="f",
            council_english="assembly",
            german=True,
            has_key=False,
        ),
        Kind(noun="Flecken", gender="m", genitive="Fleckens", english="market town"),
        Kind(
            noun="Samtgemeinde",
            gender="f",
            genitive="Samtgemeinde",
            english="joint municipality",
            council="Samtgemeinderat",
            german=True,
        ),
        Kind(
            noun="Verbandsgemeinde",
            gender="f",
            genitive="Verbandsgemeinde",
            english="joint municipality",
            council="Verbandsgemeinderat",
            german=True,
        ),
        Kind(
            noun="Verwaltungsgemeinschaft",
            gender="f",
            genitive="Verwaltungsgemeinschaft",
            english="joint administration",
            council="Gemeinschaftsversammlung",
            council_gender="f",
            council_english="assembly",
            german=True,
        ),
        Kind(
            noun="Amt",
            gender="n",
            genitive="Amtes",
            english="joint administration",
            council="Amtsausschuss",
            german=True,
            alone=True,
        ),
        Kind(
            noun="Bezirk",
            gender="m",
            genitive="Bezirks",
            english="district",
            council="Bezirkstag",
            council_english="district council",
        ),
        Kind(
            noun="Landschaftsverband",
            gender="m",
            genitive="Landschaftsverbands",
            english="association",
            council="Landschaftsversammlung",
            council_gender="f",
            council_english="assembly",
            german=True,
            has_key=False,
        ),
        Kind(
            noun="Kanton",
            gender="m",
            genitive="Kantons",
            english="canton",
            council="Kantonsrat",
            council_english="cantonal parliament",
            has_key=False,
        ),
    )
}
"""The kinds that need no more than their name, by the noun."""

FREISTAAT = Kind(
    noun="Freistaat",
    gender="m",
    genitive="Freistaats",
    english="free state",
    council="Landtag",
    council_english="state parliament",
)
"""What the names of three Länder begin with."""
NAMED = tuple(sorted((*KINDS.values(), FREISTAAT), key=lambda kind: -len(kind.noun)))
"""The kinds that a name may say, the longest first: a Samtgemeinde is no mere Gemeinde."""

UNTOLD = Kind(noun="Kommune", gender="f", genitive="Kommune", english="municipality")
"""Where neither the settings nor the name nor the key say what it is."""
_OF_DIGITS: Mapping[int, str] = {2: "Land", 3: "Bezirk", 5: "Kreis", 9: "Verwaltungsgemeinschaft"}
"""What the length of an official key says, where the name does not."""
_ASSOCIATIONS: Mapping[str, str] = {
    **dict.fromkeys(("01", "12", "13"), "Amt"),
    "03": "Samtgemeinde",
    **dict.fromkeys(("07", "15"), "Verbandsgemeinde"),
}
"""What municipalities join in, by the Land; elsewhere it is a Verwaltungsgemeinschaft."""

_CITY: Kind = replace(
    KINDS["Stadt"], council="Bürgerschaft", council_gender="f", council_english="city parliament"
)
LAENDER: Mapping[str, Kind] = {
    **dict.fromkeys(("Bayern", "Sachsen", "Thüringen"), FREISTAAT),
    **dict.fromkeys(
        (
            *("Baden-Württemberg", "Brandenburg", "Hessen", "Mecklenburg-Vorpommern"),
            *("Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland"),
            *("Sachsen-Anhalt", "Schleswig-Holstein"),
        ),
        KINDS["Land"],
    ),
    **dict.fromkeys(("Freie Hansestadt Bremen", "Freie und Hansestadt Hamburg"), _CITY),
    **dict.fromkeys(
        ("Berlin", "Land Berlin"),
        replace(
            KINDS["Land"],
            council="Abgeordnetenhaus",
            council_gender="n",
            council_english="house of representatives",
        ),
    ),
}
"""The Länder by what they are called; „Bremen“ and „Hamburg“ alone may be the cities."""


def kind_of_key(key: str) -> Kind:
    """What an official key says that a body is; nothing is known of a municipality."""
    noun = _OF_DIGITS.get(len(key), "")
    if len(key) == len("033515401"):
        noun = _ASSOCIATIONS.get(key[:2], noun)
    return KINDS.get(noun, UNTOLD)


def own_kind(noun: str, article: str, genitive: str, dative: str, english: str) -> Kind:
    """A kind with a word of one's own; without a genitive it takes the usual ending."""
    gender = _GENDERS[article]
    usual = noun if gender == "f" or noun.endswith(("s", "x", "z")) else f"{noun}s"
    akin = next((kind for kind in NAMED if noun.lower().endswith(kind.noun.lower())), UNTOLD)
    return Kind(
        noun=noun,
        gender=gender,
        genitive=genitive or usual,
        dative=dative,
        english=english or noun,
        council=akin.council,
        council_gender=akin.council_gender,
        council_english=akin.council_english,
        has_key=akin.has_key,
    )
