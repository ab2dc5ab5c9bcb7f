"""What a list itself calls not public: columns and sheets by their names, rows by a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klarplan.importer.grid import plain

_CLOSED = re.compile(
    r"(?<![^\W_])(?:"
    r"(?:\w+)?intern(?:e|er|es|en|em)?|n\.? ?ö\.?(?:ff(?:entlich)?\.?)?"
    r"|nicht[ -]?öff(?:entlich(?:e[rnsm]?)?|\.)?"
    r"|\w*vertraulich(?:keit|e[rnsm]?)?|geheim|internal|confidential|restricted|non-public"
    r")(?![^\W_])"
)
_OPEN = re.compile(
    r"(?:zur |für die )?(?:öffentlich(?:keit)?|veröffentlich(?:ung|en|t|bar)|sichtbar(?:keit)?"
    r"|freigabe|freigegeben|freigegeben zur veröffentlichung|public|publish|published"
    r"|visibility)(?: (?:\?|ja/nein|\(ja/nein\)|j/n))?\??"
)
_YES = frozenset(
    {"ja", "j", "x", "yes", "y", "wahr", "true", "1", "✓", "✔", "☒", "☑", "🗹", "[x]", "(x)"}
)
_NO = frozenset({"nein", "n", "no", "falsch", "false", "0", "☐", "-", "–", "—", "[ ]"})
_PUBLIC = frozenset({"ö", "öff", "öff.", "öffentlich", "public", "extern", "ö.", "veröffentlicht"})
MARKED = 0.5
"""The share of filled cells that must be marks for a column to tell what is public."""


def is_confidential(name: str) -> bool:
    """Whether the name of a column or sheet says that it is not meant for the public."""
    return _CLOSED.search(plain(name)) is not None


def _meaning(word: str, *, closed: bool) -> str | None:
    if word in _PUBLIC:
        return "public"
    if _CLOSED.fullmatch(word):
        return "internal"
    if word in _YES | _NO:
        return "internal" if (word in _YES) == closed else "public"
    return None


def visibility_of(title: str, texts: Sequence[str]) -> dict[str, object] | None:
    """How a column that marks rows as public or not is read; ``None`` where it is no such column.

    Words that mean neither, and empty cells below a header such as “öffentlich”, hide the row.
    """
    key = plain(title)
    closed, public = is_confidential(key), _OPEN.fullmatch(key) is not None
    if not closed and not public:
        return None
    words = {plain(text): " ".join(text.split()) for text in texts}
    meanings = {text: _meaning(word, closed=closed) for word, text in words.items()}
    known = sum(meanings[words[plain(text)]] is not None for text in texts)
    if not texts or known < MARKED * len(texts):
        return None
    options: dict[str, object] = {"column": title}
    options["values"] = {text: what or "internal" for text, what in meanings.items()}
    if public:
        options["if_empty"] = "internal"
    return options


def marks(
    titles: Sequence[str], texts: Sequence[Sequence[str]]
) -> list[tuple[int, dict[str, object]]]:
    """The columns that mark rows as public or not: their positions, and how they are read."""
    read = [visibility_of(title, below) for title, below in zip(titles, texts, strict=True)]
    return [(position, options) for position, options in enumerate(read) if options is not None]


def why_closed(title: str) -> str:
    """Why a column is not proposed; empty where its header does not call it internal."""
    return " (nach der Überschrift nicht öffentlich)" if is_confidential(title) else ""
