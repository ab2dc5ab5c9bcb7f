"""Whom to ask, and addresses that open a prefilled letter (RFC 6068)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from klarplan.strategy.settings import Settings
    from klarplan.words.catalogue import Words


DIALLED: Mapping[str, str] = {"DE": "49", "AT": "43", "CH": "41"}
"""What is dialled for a country from abroad (ITU-T E.164)."""
_AREA_CODE = 5
"""So many digits an area code has at most."""
_SHORT = ("115", "116117")
"""Numbers that are the same everywhere in Germany, and reach an office or a doctor."""
_LENGTHS = range(7, 16)
"""So many digits a number has with its country (E.164 allows 15)."""
_NUMBER = re.compile(r"[+(0-9][0-9 \u00a0\u2009\u202f()/.\-\u2010-\u2013]*")
"""Digits of a number and what groups them; hours or a name may follow."""


def contact_lines(words: Words, settings: Settings) -> tuple[str, ...]:
    """Who answers questions, as the head of a letter has it: office, address, phone, mail."""
    number = settings.contact_phone
    phone = words("imprint.phone_number", number=number) if number else ""
    lines = (settings.contact_name, settings.street, settings.place, phone, settings.contact_email)
    return tuple(line for line in map(str.strip, lines) if line)


def phone_link(number: str, country: str) -> str:
    """A link that dials a number as offices write it (RFC 3966), in its international form.

    The first of several; empty where it can't be called from everywhere, as without area code.
    """
    found = _NUMBER.match(number.strip())
    told = found[0] if found else ""
    first, slash, _ = told.partition(" / ")
    if slash and len(_digits(first)) > _AREA_CODE:
        told = first
    if told.startswith(("+", "00")):
        told = told.replace("(0", "(")  # dialled within the country only
    digits = _digits(told)
    if digits in _SHORT:
        return f"tel:{digits}"
    if told.startswith("+"):
        whole = digits
    elif told.startswith("00"):
        whole = digits.removeprefix("00")
    elif told.lstrip("( ").startswith("0") and country in DIALLED:
        whole = DIALLED[country] + digits.removeprefix("0")
    else:
        whole = ""
    return f"tel:+{whole}" if len(whole) in _LENGTHS else ""


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens a letter with subject and text; line ends become CRLF as mail asks."""
    text = "\r\n".join(body.splitlines())
    return f"mailto:{quote(address, safe='@')}?subject={_value(subject)}&body={_value(text)}"


def _value(text: str) -> str:
    return quote(text, safe="")
