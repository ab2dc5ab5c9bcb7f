"""The usual statuses, for strategies whose own list lacks one; their words are the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klarplan.strategy.model import Status
from klarplan.words.catalogue import ENGLISH, GERMAN, Words

_LOOKS: Mapping[str, tuple[str, str, str]] = {
    "planned": ("open", "○", "#4a5568"),
    "running": ("active", "▶", "#1a5fb4"),
    "delayed": ("delayed", "!", "#9c4500"),
    "critical": ("delayed", "!!", "#a51d2d"),
    "paused": ("paused", "–", "#6b3fa0"),
    "done": ("done", "✓", "#1b6e3c"),
    "stopped": ("stopped", "✗", "#a51d2d"),
    "unknown": ("unknown", "?", "#5e5c64"),
}
"""Category, symbol and colour of each."""


def usual(words: Words) -> Mapping[str, Mapping[str, str]]:
    """Statuses by id, with the columns of the table of statuses, in a language."""
    return {
        name: {
            "id": name,
            "label": words(f"usual_status.{name}.label"),
            "label_en": ENGLISH(f"usual_status.{name}.label"),
            "meaning": words(f"usual_status.{name}.meaning"),
            "category": category,
            "symbol": symbol,
            "colour": colour,
        }
        for name, (category, symbol, colour) in _LOOKS.items()
    }


USUAL = usual(GERMAN)
"""What the import recognises and the check compares with."""


def in_english(status: Status) -> Status:
    """A status with its English label, if it has one, and the English of a usual meaning."""
    known = USUAL.get(status.id)
    same = known is not None and status.meaning == known["meaning"]
    return replace(
        status,
        label=status.label_en or status.label,
        meaning=ENGLISH(f"usual_status.{status.id}.meaning") if same else status.meaning,
    )
