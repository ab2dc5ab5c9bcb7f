"""Words that make a number or a date less certain than the column can say: ca., voraussichtlich."""

from __future__ import annotations

import re

LONGEST = 200
"""No number or date is longer."""
_WORDS = (
    *("ca", "circa", "zirka", "etwa", "rund", "rd", "ungefähr", "ungef", "schätzungsweise"),
    *("geschätzt", "gesch", "voraussichtlich", "voraussichtl", "vorauss", "vsl", "vrs", "vstl"),
    *("vermutlich", "wahrscheinlich", "geplant", "gepl", "vorgesehen", "vorläufig", "evtl"),
    *("eventuell", "ggf", "gegebenenfalls", "frühstens möglich", "approx", "approximately"),
    *("about", "around", "expected", "planned", "estimated", "provisionally", "probably"),
    *("angestrebt", "anvisiert", "avisiert", "unverbindlich", "noch offen", "roughly", "env"),
)
_WORD = r"(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")(?!\w)\.?"
_LEADING = re.compile(rf"\s*(?:[(\[]\s*({_WORD})\s*[)\]]|({_WORD})\s*[:,]?|([~≈]))\s*", re.I)
_TRAILING = re.compile(
    rf"\s*(?:[(\[]\s*({_WORD}|\?)\s*[)\]]|(?:(?<=\s)|(?<=,)|(?<=;))({_WORD})|(\?))\s*$", re.I
)


def without_vague(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without words such as “ca.” at its ends, and those words as they are written."""
    if len(text) > LONGEST:
        return text, ()
    words: list[str] = []
    rest = text.strip()
    while match := _LEADING.match(rest):
        words.append(next(group for group in match.groups() if group))
        rest = rest[match.end() :]
    while match := _TRAILING.search(rest):
        words.append(next(group for group in match.groups() if group))
        rest = rest[: match.start()].rstrip(" ,;")
    return (rest, tuple(words)) if rest.strip() else (text, ())
