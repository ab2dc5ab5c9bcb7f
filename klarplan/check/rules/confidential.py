"""The rule on published texts that say of themselves that they are not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import TEXTS, Subject
from klarplan.messages import Finding, Text

_CLOSED = re.compile(
    r"\b(?:nicht[ -]?öffentlich(?:e[rnsm]?)?|nur (?:intern|für den internen)|streng vertraulich"
    r"|vertraulich(?!\s+behandel)|not public|confidential)\b"
    r"|(?<![\w.])n\.\s?ö\.|[(\[](?:nö|intern)[)\]]",
    re.IGNORECASE,
)


@lru_cache(TEXTS)
def _closed(text: str) -> str | None:
    found = _CLOSED.search(text)
    return found[0] if found else None


@rule(
    "KP609",
    title=Text("Nicht öffentlich, aber veröffentlicht", "Not public, but published"),
    de="Ein veröffentlichter Text sagt nicht von sich, dass er nicht öffentlich sei.",
    severity="warning",
)
def says_not_public(subject: Subject) -> Iterator[Finding]:
    """A published text does not say of itself that it is not public."""
    for name, line, column, text in subject.public_text_cells:
        found = _closed(text)
        if found is None:
            continue
        yield subject.cell(
            name,
            line,
            column,
            Text(
                f"Der Text sagt „{found}“, wird aber veröffentlicht.",
                f"The text says “{found}”, but is published.",
            ),
            Text(
                "Nehmen Sie ihn heraus, oder machen Sie die Zeile mit „visibility“ intern.",
                "Take it out, or make the row internal with “visibility”.",
            ),
        )
