"""The usual statuses, for strategies whose own list lacks one; their words are the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping

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
