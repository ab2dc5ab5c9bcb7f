"""Words that stand for a time without saying when: kurzfristig, mittelfristig, langfristig."""

from __future__ import annotations

import re

from klarplan.importer.grid import plain
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import Text

LONGEST = 60
_WORD = (
    r"(?:(?:sehr |eher |nur )?(?:kurz|mittel|lang)(?:-|fristig(?:e[rsn]?)?|fr\.?)"
    r"|sofort|umgehend|zeitnah|(?:short|medium|mid|long)[ -]?term)"
)
_HORIZON = re.compile(rf"{_WORD}(?:\s*(?:[/,–-]|bis|und|oder|to)\s*{_WORD})*\W*")


def is_horizon(text: str) -> bool:
    """Whether a text says nothing but how soon something is meant to happen."""
    return len(text) <= LONGEST and _HORIZON.fullmatch(plain(text)) is not None


def no_day(text: str) -> UnreadableError:
    """Why such a word is no date, and how to say which day it means."""
    word = line(text)
    return UnreadableError(
        Text(f"„{word}“ nennt keinen Tag.", f"“{word}” names no day."),
        Text(
            f"Schreiben Sie unter „values“, welcher gemeint ist, zum Beispiel „{word}: 2027“ oder "
            f"„{word}: Q4 2027“; danach richtet sich auch die Genauigkeit.",
            f"Write below “values” which one is meant, for example “{word}: 2027” or "
            f"“{word}: Q4 2027”; how exact it is follows from that.",
        ),
    )
