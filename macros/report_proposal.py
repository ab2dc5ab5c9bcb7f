"""The head of a report that a council votes on: number, office, who deals with it when, costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy.periods import proposal_of
from klarplan.strategy.proposals import FACTS
from macros.period_report import view
from macros.registry import Context, macro

Data = Mapping[str, Any]


@macro
def report_proposal(ctx: Context, period: str) -> Data | None:
    """Zeigt den Kopf der Vorlage zu einem Bericht, wie er in `proposals` in `strategy.yml` steht:
    Nummer, Stelle, Beratungsfolge, Kosten und Auswirkung auf das Klima."""
    seen = view(ctx, period)
    told = proposal_of(ctx.strategy, seen.period)
    if told is None or not (told.sequence or any(getattr(told, name) for name in FACTS)):
        return None
    names = {body.id: body.name for body in ctx.strategy.bodies}
    return {
        "proposal": told,
        "sequence": [(day, names.get(body, body)) for day, body in told.sequence],
    }
