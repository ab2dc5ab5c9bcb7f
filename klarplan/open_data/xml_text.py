"""Texts for XML, which has no letter for control characters."""

from __future__ import annotations

import re

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """A text without what XML can't hold (XML 1.0, 2.2)."""
    return _NO_XML.sub("", text)
