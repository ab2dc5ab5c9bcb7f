"""What a municipality is called within a sentence: „die Stadt“, „des Landkreises“, „it“.

A kind is a noun with its gender; article, pronoun and endings follow by rule. A municipality's
full name is inflected where it begins with its kind („der Großen Kreisstadt Backnang“), else the
kind is put before it („die Stadt Mainz“).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from klarplan.words.kinds import KINDS, LAENDER, NAMED, UNTOLD, Gender, Kind, kind_of_key

CASES = ("", "gen", "dat", "acc")
"""Nominative, genitive, dative and accusative, as slots of sentences name them."""

ARTICLES: Mapping[Gender, Mapping[str, str]] = {
    "f": {"": "die", "gen": "der", "dat": "der", "acc": "die"},
    "m": {"": "der", "gen": "des", "dat": "dem", "acc": "den"},
    "n": {"": "das", "gen": "des", "dat": "dem", "acc": "das"},
}
PRONOUNS: Mapping[Gender, Mapping[str, str]] = {
    "f": {"": "sie", "gen": "ihrer", "dat": "ihr", "acc": "sie"},
    "m": {"": "er", "gen": "seiner", "dat": "ihm", "acc": "ihn"},
    "n": {"": "es", "gen": "seiner", "dat": "ihm", "acc": "es"},
}
OURS: Mapping[Gender, Mapping[str, str]] = {
    "f": {"": "e", "gen": "er", "dat": "er", "acc": "e"},
    "m": {"": "", "gen": "es", "dat": "em", "acc": "en"},
    "n": {"": "", "gen": "es", "dat": "em", "acc": ""},
}
"""What „unser“ ends in."""
_DISTRICTS = ("Landkreis",)
"""Compounds that are no more than their kind."""
_ENGLISH_NAME = re.compile(r"(?i)(city|town|district|county|state|region|market town) of ")
_AT_THE_END = ("Kreis", "Verband")
"""The kinds that end many a name, where no town's name ends so."""
_STRONG = "ischer"
"""What an adjective ends in that loses its last letter after an article."""
_OWN = re.compile(r"(?i)unsere?\b")


def kind_of(name: str, key: str = "") -> Kind:
    """The kind of a Land by its name, or that a full name begins with („Landkreis Musterland“ is a
    Kreis), else that of its official key."""
    if name in LAENDER:
        return LAENDER[name]
    found = _head(name, NAMED)
    return found[2] if found else kind_of_key(key)


def _head(name: str, kinds: tuple[Kind, ...]) -> tuple[list[str], int, Kind] | None:
    """The words of a name, and which of them is the kind's noun, alone or as an ending."""
    words = name.split()
    for place, word in enumerate(words):
        for kind in kinds:
            if not word.lower().endswith(kind.noun.lower()) or (kind.alone and word != kind.noun):
                continue
            if _begins_name(words, place) or (kind.noun in _AT_THE_END and _is_name(words, place)):
                return words, place, kind
    return None


def _begins_name(words: list[str], place: int) -> bool:
    """Whether what stands before the noun belongs to it: adjectives and „und“; and a name follows.

    „Musterstadt“ and „Neustadt an der Weinstraße“ are names, „Hansestadt Lübeck“ is a kind and
    a name.
    """
    before = all(word.endswith(("e", "-")) or word == "und" for word in words[:place])
    named = place + 1 < len(words) and words[place + 1][0].isupper()
    return before and (named or bool(_OWN.match(words[0])))


def _is_name(words: list[str], place: int) -> bool:
    """Whether a name is one word that ends in its kind („Rhein-Sieg-Kreis“), or adjectives and
    its kind („Märkischer Kreis“)."""
    if place + 1 < len(words):
        return False
    adjectives = all(word.endswith(_STRONG) for word in words[:place])
    return adjectives and (place > 0 or words[0] not in KINDS)


def name_in_case(name: str, kind: Kind, case: str) -> str:
    """A full name with its article: „dem Landkreis Musterland“, „der Großen Kreisstadt Backnang“.

    A name that does not begin with its kind gets the kind before it; where the kind is not known,
    it stays alone.
    """
    found = _head(name, (kind, *NAMED))
    if not found and kind is UNTOLD:
        return f"von {name}" if case == "gen" else name
    if not found:
        return f"{ARTICLES[kind.gender][case]} {kind.said(case)} {name}"
    words, place, known = found
    noun = words[place]
    stem = noun[: len(noun) - len(known.noun)]
    said = known.said(case)
    words[place] = stem + (said.lower() if stem and noun[len(stem)].islower() else said)
    if _OWN.match(words[0]):
        words[0] = "unser" + OURS[known.gender][case]
        return " ".join(words)
    weak = case in ("gen", "dat") or (case == "acc" and known.gender == "m")
    for n in range(place):
        words[n] = words[n].removesuffix("r") if words[n].endswith(_STRONG) else words[n]
        words[n] += "n" if weak and words[n].endswith("e") else ""
    return f"{ARTICLES[known.gender][case]} {' '.join(words)}"


def english_name(name: str, kind: Kind) -> str:
    """A full name within an English sentence: „the city of Rheinau“, „the Hansestadt Lübeck“.

    Only a bare kind is translated; one that is part of a title („Große Kreisstadt“) stays, and so
    does one that English has no word for („the Samtgemeinde Lachendorf“).
    """
    if _OWN.match(name):
        return f"our {kind.english}"
    found = _head(name, (kind, *NAMED))
    if not found:
        return f"the {name}" if _ENGLISH_NAME.match(name) else name
    words, place, known = found
    if words[place] in (known.noun, *_DISTRICTS) and place == 0 and not known.german:
        return f"the {known.english} of {' '.join(words[1:])}"
    return f"the {name}"


def forms(name: str, kind: Kind, lang: str) -> Mapping[tuple[str, str], str]:
    """What slots of sentences stand for, by name and case.

    ``the_town`` is the kind with its article, ``town`` without; ``the_municipality`` the full
    name with its article; ``it`` the pronoun; ``its`` the possessive's stem („ihr“, „sein“);
    ``council`` who decides, ``the_council`` the same with its article. A capital letter
    begins a sentence: ``The_town``.
    """
    found: dict[tuple[str, str], str] = {}
    for case in CASES:
        if lang == "en":
            said = {
                "the_town": f"the {kind.english}",
                "town": kind.english,
                "the_municipality": english_name(name, kind),
                "it": "it",
                "its": "its",
                "council": kind.council_english,
                "the_council": f"the {kind.council_english}",
            }
        else:
            article = ARTICLES[kind.gender][case]
            council = kind.council + (kind.council_ending if case == "gen" else "")
            said = {
                "the_town": f"{article} {kind.said(case)}",
                "town": kind.said(case),
                "the_municipality": name_in_case(name, kind, case),
                "it": PRONOUNS[kind.gender][case],
                "its": "ihr" if kind.gender == "f" else "sein",
                "council": council,
                "the_council": f"{ARTICLES[kind.council_gender][case]} {council}",
            }
        for slot, text in said.items():
            found[slot, case] = text
            found[slot[0].upper() + slot[1:], case] = text[0].upper() + text[1:]
    return {**found, ("municipality", ""): name}
