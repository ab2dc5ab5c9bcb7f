"""Languages that a text may be written in, by their codes (BCP 47, with ISO 639-1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
    lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
    tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    dsb hsb frr stq nds rom bar gsw ckb kmr prs arc
"""
"""Two letters for each language, and three for those of minorities and of many who came here."""
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi")
SHAPE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-[A-Z]{2})?(-simple)?(-x(?:-[a-z0-9]{1,8})+)?")
"""What a code looks like, with the variant that is registered for plain language (IANA, 2015)."""

_MEANT: Mapping[str, str] = {
    "deutsch": "de",
    "englisch": "en",
    "english": "en",
    "gb": "en",
    "uk-en": "en",
    "us": "en",
    "französisch": "fr",
    "francais": "fr",
    "français": "fr",
    "polnisch": "pl",
    "polski": "pl",
    "türkisch": "tr",
    "türkçe": "tr",
    "russisch": "ru",
    "ukrainisch": "uk",
    "ua": "uk",
    "arabisch": "ar",
    "tschechisch": "cs",
    "cz": "cs",
    "dänisch": "da",
    "dk": "da",
    "jp": "ja",
    "niederländisch": "nl",
    "spanisch": "es",
    "italienisch": "it",
    "griechisch": "el",
    "gr": "el",
    "cn": "zh",
    "chinesisch": "zh",
    "persisch": "fa",
    "farsi": "fa",
    "at": "de",
    "sorbisch": "hsb",
    "obersorbisch": "hsb",
    "niedersorbisch": "dsb",
    "friesisch": "frr",
    "plattdeutsch": "nds",
    "niederdeutsch": "nds",
    "rumänisch": "ro",
    "kurdisch": "ku",
    "eng": "en",
    "ger": "de",
    "deu": "de",
    "fra": "fr",
    "fre": "fr",
    "pol": "pl",
    "tur": "tr",
}
"""What people write for a language, to its code."""


def is_language(code: str) -> bool:
    """Whether a code names a language."""
    found = SHAPE.fullmatch(code)
    return found is not None and found[1] in _CODES.split()


def meant(code: str) -> str | None:
    """The code that must have been meant, where one is known."""
    plain = code.strip().replace("_", "-")
    first, *rest = plain.split("-")
    parts = [first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)]
    again = "-".join(parts)
    return again if is_language(again) else _MEANT.get(plain.lower())


def other_than(usual: str, code: object) -> str:
    """The code of a text in another language than the usual; empty for that and for no code."""
    if not isinstance(code, str) or not is_language(code):
        return ""
    return "" if code.partition("-")[0] == usual else code
