"""Headers that tell an end twice, as planned and as expected now: “Zieltermin alt”, “… neu”."""

from __future__ import annotations

import re
from typing import Literal

End = Literal["planned", "expected", "both", ""]

_FORESEEN = (
    r"voraussichtlich(?:e[rsn]?)?|vorauss|voraussichtl|vsl|vstl|erwartet(?:e[rsn]?)?|expected"
)
_NEW = (
    rf"{_FORESEEN}|neu(?:e[rsn]?)?|aktuell(?:e[rsn]?)?|aktualisiert(?:e[rsn]?)?|prognose"
    r"|prognostiziert(?:e[rsn]?)?|verschoben(?:e[rsn]?)?|verlängert(?:e[rsn]?)?|angepasst(?:e[rsn]?)?|korrigiert(?:e[rsn]?)?"
    r"|revidiert(?:e[rsn]?)?|new|current|revised|forecast"
)
_OLD = (
    r"alt(?:e[rsn]?)?|ursprünglich(?:e[rsn]?)?|urspr|bisherig(?:e[rsn]?)?|bisher"
    r"|original|old|previous|initial"
)
_WORD = re.compile(r"[^\W\d_]+")


def told_end(key: str) -> tuple[str, End]:
    """A header (``key_of``) without words such as “neu” and “alt”, and which end these mean."""
    words = _WORD.findall(key)
    new = [word for word in words if re.fullmatch(_NEW, word)]
    old = [word for word in words if re.fullmatch(_OLD, word)]
    rest = " ".join(word for word in words if word not in (*new, *old))
    if new and old:
        return rest, "both"
    return rest, "expected" if new else "planned" if old else ""


def is_foreseen(key: str) -> bool:
    """Whether a header only says that an end is expected, which a plan may say too."""
    new = [word for word in _WORD.findall(key) if re.fullmatch(_NEW, word)]
    return bool(new) and all(re.fullmatch(_FORESEEN, word) for word in new)
