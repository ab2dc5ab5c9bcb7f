"""What a text begins with that nobody has written yet."""

from __future__ import annotations

from klarplan.words.catalogue import Words

HELP = ("own_text.alone", "own_text.lines", "own_text.headings")
"""What is told to whoever writes it, by key of the catalogue."""


def own_text(words: Words) -> str:
    """Help in comments, which appear on no page; nothing that could be published by mistake."""
    return "".join(f"<!-- {words(key)} -->\n" for key in HELP)
