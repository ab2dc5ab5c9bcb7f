"""What stands at the top and bottom of printed pages of a sheet (ECMA-376, 18.3.1.46)."""

from __future__ import annotations

import re

_PARTS = re.compile(r"&[LCR]")
_FIELDS = re.compile(r"&[DTPNFAZG](?:[+-]\d+)?")
_CODES = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d{1,3} ?|&[BIUESXYHO]')
_PAGES = re.compile(r"\b(?:seite|blatt|von|page|of|pages|gedruckt|druckdatum|am)\b|[^\w]", re.I)


def texts_of(coded: str) -> list[str]:
    """The texts of a page header or footer, without codes for fonts and fields such as the page.

    Left out are texts that only number the pages. ``&D`` is the day of printing, not of the list.
    """
    found = []
    for part in _PARTS.split(coded.replace("&&", "\0")):
        text = _CODES.sub("", _FIELDS.sub(" ", part)).replace("\0", "&")
        text = " ".join(text.split())
        if re.search(r"[^\W\d_]", _PAGES.sub("", text)):
            found.append(text)
    return found
