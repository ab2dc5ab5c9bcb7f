"""Numbers that a spreadsheet program has turned into dates, such as 3.2 into 03.02."""

from __future__ import annotations

import re

from klarplan.messages import Text
from klarplan.words.catalogue import GERMAN

_NAMES = "|".join(
    sorted({*(name[:3] for name in GERMAN.months), "Mrz", "Mar", "May", "Oct", "Dec"})
)
_DAY = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\. ?(?P<y>\d{4})(?: 00:00(?::00)?)?")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[ T]00:00(?::00)?)?")
_NAMED = re.compile(
    rf"(?P<d>\d{{1,2}})[. -]{{1,2}}(?P<name>{_NAMES})\w*\.?(?:[ -]\d{{2,4}})?"
    rf"|(?P<other>{_NAMES})\w*[. -]{{1,2}}(?P<y>\d{{2,4}})",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?P<d>0\d|[12]\d|3[01])\.(?P<m>0\d|1[0-2])\.(?:\d\d)?")
"""Such a number may be meant, in a list numbered 01.02."""


def _month(name: str) -> int:
    known = {month[:3].lower(): number for number, month in enumerate(GERMAN.months, start=1)}
    known |= {"mrz": 3, "mar": 3, "may": 5, "oct": 10, "dec": 12}
    return known[name[:3].lower()]


def number_before(text: str) -> str | None:
    """The number that was probably typed where a date such as 03.02.2026 stands now."""
    bare = " ".join(text.split())
    if match := _DAY.fullmatch(bare) or _ISO.fullmatch(bare) or _SHORT.fullmatch(bare):
        return f"{int(match['d'])}.{int(match['m'])}"
    if match := _NAMED.fullmatch(bare):
        if match["name"]:
            return f"{int(match['d'])}.{_month(match['name'])}"
        return f"{_month(match['other'])}.{int(match['y'])}"
    return None


def is_surely_turned(text: str) -> bool:
    """Whether a date stands there; “03.02.” may as well be a number that was meant."""
    return number_before(text) is not None and not _SHORT.fullmatch(" ".join(text.split()))


def told(text: str) -> tuple[Text, Text]:
    """Problem and cure for such a cell."""
    number = number_before(text)
    return (
        Text(
            f"„{text}“ ist ein Datum, wo eine Nummer oder Zahl stehen sollte; vermutlich hat die "
            f"Tabellenkalkulation „{number}“ umgewandelt.",
            f"“{text}” is a date where a number should be; the spreadsheet program has probably "
            f"converted “{number}”.",
        ),
        Text(
            "Formatieren Sie die Spalte als Text und schreiben Sie die Nummer neu, oder nennen "
            f"Sie die Bedeutung in der Zuordnung unter „values“: „{text}: {number}“.",
            "Format the column as text and type the number again, or name the meaning in the "
            f"mapping under “values”: “{text}: {number}”.",
        ),
    )
