"""What has changed since the last report: today against the end of the last finished period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy import derive
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Measure
from klarplan.strategy.periods import Period, periods
from macros.registry import Context, macro
from macros.sections import section_anchor

Data = Mapping[str, Any]

CHANGES = ("done", "stopped", "late", "begun")
"""What is told, in this order; „since.CHANGE“ is what each is called."""


def last_finished(ctx: Context) -> Period | None:
    """The newest period that has ended and that reports speak of."""
    ended = [p for p in periods(ctx.strategy, ctx.as_of) if p.last < ctx.as_of]
    return max(ended, key=lambda p: p.last, default=None)


def _changes(ctx: Context, measure: Measure, period: Period) -> tuple[str, ...]:
    strategy = ctx.strategy
    before, now = (derive.category(strategy, measure, day) for day in (period.last, ctx.as_of))
    late_before, late_now = (
        derive.is_late(strategy, measure, day) for day in (period.last, ctx.as_of)
    )
    told = {
        "done": now == "done" != before,
        "stopped": now == "stopped" != before,
        "late": late_now and not late_before,
        "begun": now == "active" and before == "open",
    }
    return tuple(change for change in CHANGES if told[change])


@macro
def since_last_report(ctx: Context, short: bool = False) -> Data | None:
    """Vergleicht den heutigen Stand mit dem am Ende des letzten abgeschlossenen
    Berichtszeitraums: was abgeschlossen, eingestellt, neu verzögert oder begonnen ist. Kurz stehen
    nur Zahlen da, die zur Liste führen."""
    period = last_finished(ctx)
    if period is None:
        return None
    found: dict[str, list[Measure]] = {change: [] for change in CHANGES}
    for measure in ctx.strategy.measures:
        for change in _changes(ctx, measure, period):
            found[change].append(measure)
    chapter = CHAPTERS["implementation"]
    place = f"{ctx.url(chapter.address)}#{section_anchor('since.heading')}"
    return {
        "short": short,
        "name": period.name(ctx.words),
        "until": period.last,
        "report": ctx.url(period.page),
        "place": place if chapter.name in ctx.chapters else "",
        "groups": [
            {"change": change, "links": ctx.links("measures", (m.id for m in measures))}
            for change, measures in found.items()
            if measures
        ],
    }
