"""How much room a text takes, and as much of it on one line as there is room for."""

from __future__ import annotations

from itertools import accumulate

WIDE = frozenset("mw@%—…")


def room(text: str) -> int:
    """How much room a text takes, in average letters: wide letters count twice."""
    return sum(1 + (sign in WIDE or sign.isupper() or sign > "\u024f") for sign in text)


def cut(text: str, most: int) -> str:
    """A text in one line, cut behind a word, with „…“, where it takes more room than ``most``."""
    line = " ".join(text.split())
    if room(line) <= most:
        return line
    ends = accumulate(room(sign) for sign in line)
    kept = line[: sum(end < most for end in ends)]
    whole = kept.rpartition(" ")[0]
    return (whole if len(whole) > len(kept) // 2 else kept).rstrip(" ,;:.–-(") + "\u00a0…"
