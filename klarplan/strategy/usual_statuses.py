"""The usual statuses, for strategies whose own list lacks one."""

from __future__ import annotations

from collections.abc import Mapping

_COLUMNS = ("id", "label", "label_en", "meaning", "category", "symbol", "colour")
_ROWS = (
    (
        *("planned", "geplant", "planned"),
        "Die Maßnahme ist beschlossen, die Arbeit hat noch nicht begonnen.",
        *("open", "○", "#4a5568"),
    ),
    (
        *("running", "in Umsetzung", "in progress"),
        "An der Maßnahme wird gearbeitet.",
        *("active", "▶", "#1a5fb4"),
    ),
    (
        *("delayed", "verzögert", "delayed"),
        "An der Maßnahme wird gearbeitet, aber der Zeitplan ist nicht zu halten.",
        *("delayed", "!", "#9c4500"),
    ),
    (
        *("critical", "kritisch", "critical"),
        "Die Umsetzung kommt nicht voran oder ist gefährdet.",
        *("delayed", "!!", "#a51d2d"),
    ),
    (
        *("paused", "ruht", "on hold"),
        "Die Arbeit ist unterbrochen und soll später weitergehen.",
        *("paused", "–", "#6b3fa0"),
    ),
    (
        *("done", "abgeschlossen", "completed"),
        "Die Maßnahme ist umgesetzt.",
        *("done", "✓", "#1b6e3c"),
    ),
    (
        *("stopped", "eingestellt", "discontinued"),
        "Die Maßnahme wurde ohne Abschluss beendet. Die Gründe stehen in der letzten Meldung.",
        *("stopped", "✗", "#a51d2d"),
    ),
    (
        *("unknown", "ohne Bewertung", "not assessed"),
        "Der Stand lässt sich zurzeit nicht beurteilen.",
        *("unknown", "?", "#5e5c64"),
    ),
)

USUAL: Mapping[str, Mapping[str, str]] = {
    row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in _ROWS
}
"""Statuses by id, with the columns of the table of statuses."""
