"""The words, colours and signs by which lists tell the status of a measure."""

from __future__ import annotations

from collections.abc import Mapping

STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    "planned": (
        *("geplant", "offen", "nicht begonnen", "noch nicht begonnen", "in planung", "neu"),
        *("in vorbereitung", "vorbereitung", "weiß", "ausstehend", "not started", "open"),
        *(
            "nicht gestartet",
            "noch nicht gestartet",
            "nicht angefangen",
            "not yet started",
            "○",
            "◯",
        ),
        *("anstehend", "zukünftig", "upcoming"),
    ),
    "running": (
        *(
            "grün",
            "läuft",
            "laufend",
            "lfd.",
            "in umsetzung",
            "in arbeit",
            "in bearbeitung",
            "begonnen",
        ),
        *(
            "im plan",
            "auf kurs",
            "angelaufen",
            "aktiv",
            "fortlaufend",
            "dauerhaft",
            "in durchführung",
            "im zeitplan",
        ),
        *("ongoing", "on track", "active", "started", "gestartet", "daueraufgabe"),
        *(
            "kontinuierlich",
            "ständig",
            "dauernd",
            "teilweise",
            "teilweise umgesetzt",
            "teils umgesetzt",
        ),
        *("teilweise erledigt", "teilweise realisiert", "teilweise erfüllt", "zum teil umgesetzt"),
        *(
            "in teilen umgesetzt",
            "überwiegend umgesetzt",
            "partly implemented",
            "partially complete",
        ),
        *("green", "underway", "under way", "☺", "🟢", "▶", "►", "läuft planmäßig", "planmäßig"),
    ),
    "delayed": (
        *("gelb", "verzögert", "in verzug", "im verzug", "verspätet", "orange", "amber", "yellow"),
        *("behind schedule", "late", "😐", "🟡", "🟠", "slipping"),
    ),
    "critical": ("rot", "kritisch", "gefährdet", "at risk", "off track", "red", "☹", "🔴"),
    "paused": (
        *("ruht", "ruhend", "pausiert", "zurückgestellt", "ausgesetzt", "unterbrochen"),
        *("sistiert", "paused", "geparkt", "deferred", "postponed", "vertagt"),
    ),
    "done": (
        *("abgeschlossen", "erledigt", "umgesetzt", "fertig", "fertiggestellt", "beendet"),
        *("blau", "erfüllt", "realisiert", "done", "finished", "implemented"),
        *("complete", "vollständig umgesetzt", "vollständig erledigt", "✓", "✔", "☑", "✅", "blue"),
        *("ziel erreicht", "delivered", "closed"),
    ),
    "stopped": (
        *("eingestellt", "abgebrochen", "entfallen", "entfällt", "gestrichen", "verworfen"),
        *(
            "gestoppt",
            "nicht weiterverfolgt",
            "wird nicht umgesetzt",
            "cancelled",
            "canceled",
            "stopped",
            "withdrawn",
            "✗",
            "✖",
            "✘",
        ),
    ),
}
"""What words and colours of traffic lights usually mean, by id of the status."""
