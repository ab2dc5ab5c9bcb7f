"""Official keys of municipalities: which a country has, and which can be none.

Germany: Amtlicher Gemeindeschlüssel and Regionalschlüssel (Statistisches Bundesamt,
Gemeindeverzeichnis). Austria: Gemeindekennziffer (Statistik Austria). Switzerland: number of the
municipality (Bundesamt für Statistik).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.messages import Text

GERMANY = "DE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What a country's keys and postcodes look like."""

    name: Text
    key: re.Pattern[str]
    key_needed: Text
    postcode: re.Pattern[str]
    postcode_needed: Text


_FOUR = Text("Nötig sind 4 Ziffern.", "Needed are 4 digits.")

COUNTRIES: Mapping[str, Country] = {
    GERMANY: Country(
        name=Text("Deutschland", "Germany"),
        # A municipality of a Land is in a Kreis; Hamburg and Berlin are all three in one. What
        # municipalities join in has the Regionalschlüssel up to them; it goes on with a 5.
        key=re.compile(
            r"(0[1-9]|1[0-6])[1-9]?"
            r"|(?!..000)(0[1-9]|1[0-6])[0-9]{3}5[0-9]{3}"
            r"|(?!..000)(0[1-9]|1[0-6])[0-9]{3}"
            r"|((?!..000)(0[1-9]|1[0-6])[0-9]{3}|02000|11000)([0-9]{3}|[0-9]{7})"
        ),
        key_needed=Text(
            'Nötig sind 8 oder 12 Ziffern wie "05515000" (Kreis 5, Land 2, Bezirk 3; Amt, '
            "Samtgemeinde und andere Gemeindeverbände 9); die ersten zwei nennen das Land (01 bis "
            "16), die drei danach den Kreis.",
            'Needed are 8 or 12 digits such as "05515000" (Kreis 5, Land 2, Bezirk 3; Amt, '
            "Samtgemeinde and other Gemeindeverbände 9); the first two name the Land (01 to 16), "
            "the next three the Kreis.",
        ),
        postcode=re.compile(r"[0-9]{5}"),
        postcode_needed=Text("Nötig sind 5 Ziffern.", "Needed are 5 digits."),
    ),
    "AT": Country(
        name=Text("Österreich", "Austria"),
        key=re.compile(r"([1-8](?!00)[0-9]{2}|9[0-9]{2})(?!00)[0-9]{2}"),
        key_needed=Text(
            'Nötig ist die Gemeindekennziffer aus 5 Ziffern wie "60101".',
            'Needed is the Gemeindekennziffer of 5 digits such as "60101".',
        ),
        postcode=re.compile(r"[1-9][0-9]{3}"),
        postcode_needed=_FOUR,
    ),
    "CH": Country(
        name=Text("Schweiz", "Switzerland"),
        key=re.compile(r"[1-9][0-9]{0,3}"),
        key_needed=Text(
            'Nötig ist die BFS-Nummer der Gemeinde wie "261".',
            'Needed is the BFS number of the municipality such as "261".',
        ),
        postcode=re.compile(r"[1-9][0-9]{3}"),
        postcode_needed=_FOUR,
    ),
}
"""By code (ISO 3166-1)."""

_MADE_UP = re.compile(r"(?:1234|0123)[0-9]*|([0-9])\1{7,}")
"""What is typed to fill a gap: 12345678, 11111111."""


def fits(key: str, country: str) -> bool:
    """Whether a text can be the key of a municipality, or of what lies above it, of a country."""
    made_up = len(key) >= 8 and _MADE_UP.fullmatch(key)
    return bool(COUNTRIES[country].key.fullmatch(key)) and not made_up
