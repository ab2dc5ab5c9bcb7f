"""Patterns of a schema (Table Schema, ``pattern``), matched in time that grows with the text only.

Python's own matcher takes hours for ``(a+)+b`` on a short text, and a stranger may have written
both. RE2 knows neither looking around nor back-references; a pattern with those is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import re2

from klarplan.messages import Text

LONGEST = 1_000
"""So many characters a pattern may have."""


class PatternError(Exception):
    """A pattern can't be used; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@cache
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a whole text has the form of ``pattern``; raises ``PatternError``."""
    if len(pattern) > LONGEST:
        raise PatternError(
            Text(
                f"das Muster ist länger als {LONGEST} Zeichen",
                f"the pattern has more than {LONGEST} characters",
            )
        )
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        said = error.args[0]
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise PatternError(
            Text(
                f"„{pattern}“ ist kein Muster, das Klarplan kennt ({why}); Vorausschau, "
                "Rückschau und Rückverweise gibt es nicht",
                f"“{pattern}” is no pattern that Klarplan knows ({why}); there are no "
                "look-arounds and no back-references",
            )
        ) from error

    def fits(text: str) -> bool:
        return compiled.fullmatch(text.encode("utf-8", "replace").decode()) is not None

    return fits
