"""What is told of letters that nobody sees, which are left out of whatever comes in."""

from __future__ import annotations

from klarplan.letters import UNSEEN, plain_breaks
from klarplan.messages import NOTHING, Text


def left_out(text: str) -> Text:
    """That letters are left out of a text, and which; nothing where there are none."""
    found = dict.fromkeys(f"U+{ord(letter):04X}" for letter in UNSEEN.findall(plain_breaks(text)))
    if not found:
        return NOTHING
    named = ", ".join(sorted(found)[:MOST]) + (" …" if len(found) > MOST else "")
    return Text(
        f"Unsichtbare Zeichen sind weggelassen ({named}).",
        f"Invisible characters are left out ({named}).",
    )


MOST = 5
"""So many kinds are named."""
