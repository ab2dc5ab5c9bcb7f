"""The usual statuses, and statuses in English."""

from __future__ import annotations

from dataclasses import replace

from klarplan.strategy.model import Status
from klarplan.strategy.usual_statuses import USUAL, in_english

PAUSED = Status(line=2, **USUAL["paused"])  # type: ignore[arg-type]


def test_a_usual_meaning_is_told_in_english() -> None:
    """Label and meaning of a usual status are English where English is spoken."""
    told = in_english(PAUSED)
    assert told.label == "on hold"
    assert told.meaning.startswith("Work was")


def test_ones_own_words_for_a_status_stay() -> None:
    """What a municipality wrote itself is not replaced: a meaning of its own, a label without
    English, a status of its own."""
    own = replace(PAUSED, meaning="Wir warten auf den Bund.")
    assert in_english(own).meaning == "Wir warten auf den Bund."
    assert in_english(replace(PAUSED, label_en=None)).label == "ruht"
    other = Status(line=3, id="wartet", label="wartet", meaning=PAUSED.meaning)
    assert in_english(other) == other
