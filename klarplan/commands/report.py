"""Makes the report on any period, without touching the website."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from klarplan.commands.apart import Wanted, make_apart
from klarplan.papers.make import Made, make_paper
from klarplan.strategy.model import Strategy
from klarplan.strategy.paper_list import reports_on
from klarplan.strategy.periods import Period, chosen, periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that was made: its period, and each file with what it is."""

    period: Period
    papers: Mapping[Path, Made]


def make_report(root: Path, as_of: dt.date, wanted: str | None, output: Path) -> Report:
    """Write the report on a period into ``output``, in each format; the newest if none is wanted.

    Raises ``KlarplanError`` where there is no such period, and what ``make_apart`` raises.
    """
    told: list[Period] = []

    def choose(strategy: Strategy) -> Wanted:
        period = chosen(periods(strategy, as_of), wanted)
        told.append(period)
        papers = reports_on(strategy.words, period)
        makers = {paper.name: partial(make_paper, paper=paper) for paper in papers}
        return Wanted(made=makers, pages={f"{period.page}index.md"})

    papers = make_apart(root, as_of, output, choose)
    return Report(period=told[0], papers=papers)
