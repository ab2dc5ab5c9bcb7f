"""Makes the report on any period, without touching the website."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.run import check_loaded, counts
from klarplan.commands.build import ProblemsFoundError, commit_of
from klarplan.papers.make import Made, Order, make_paper
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import reports_on
from klarplan.strategy.periods import Period, chosen, periods
from klarplan.strategy.public import public
from klarplan.website.generator import render_site
from klarplan.website.theme_mends import clean_up
from klarplan.website.write import bake


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that was made: its period, and each file with what it is."""

    period: Period
    papers: Mapping[Path, Made]


def make_report(root: Path, as_of: dt.date, wanted: str | None, output: Path) -> Report:
    """Write the report on a period into ``output``, as PDF and DOCX; the newest if none is wanted.

    Everything is made in ``root/build``. Raises ``ProblemsFoundError`` where the strategy has
    errors, ``KlarplanError`` where there is no such period or a step fails.
    """
    loaded = load(root)
    shown = public(loaded)
    period = chosen(periods(shown.strategy, as_of), wanted)
    findings = check_loaded(loaded, as_of)
    if counts(findings)["error"]:
        raise ProblemsFoundError(findings)
    work = root / "build"
    commit = commit_of(root)
    baked = bake(shown, as_of, work, commit=commit)
    site = work / "report-site"
    shutil.rmtree(site, ignore_errors=True)
    render_site(baked.config, site, 1, only=f"{period.page}index.md")
    clean_up(site)
    order = Order(
        shown=shown,
        chapters=baked.chapters,
        site=site,
        work=work / "papers",
        as_of=as_of,
        commit=commit,
    )
    output.mkdir(parents=True, exist_ok=True)
    papers: dict[Path, Made] = {}
    for paper in reports_on(period):
        made = make_paper(order, paper)
        target = output / paper.name
        shutil.move(site / paper.name, target)
        papers[target] = made
    return Report(period=period, papers=papers)
