"""Makes the report on any period, without touching the website."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.obstacles import is_link
from klarplan.check.run import check_loaded, counts
from klarplan.commands.build import ProblemsFoundError, commit_of
from klarplan.commands.targets import refuse_full, refuse_inputs, refuse_unwritable
from klarplan.commands.workplace import workplace
from klarplan.messages import KlarplanError, Text
from klarplan.papers.make import Made, Order, make_paper
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import load, require_data
from klarplan.strategy.paper_list import reports_on
from klarplan.strategy.periods import Period, chosen, periods
from klarplan.strategy.public import public
from klarplan.website.generator import render_site
from klarplan.website.generator_settings import Edition
from klarplan.website.write import bake


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that was made: its period, and each file with what it is."""

    period: Period
    papers: Mapping[Path, Made]


def make_report(root: Path, as_of: dt.date, wanted: str | None, output: Path) -> Report:
    """Write the report on a period into ``output``, as PDF and DOCX; the newest if none is wanted.

    Everything is made in ``root/build``; a report of the same name is replaced. Raises
    ``ProblemsFoundError`` where the strategy has errors, ``KlarplanError`` where there is no such
    period, a step fails, or ``output`` is a folder that Klarplan reads.
    """
    require_data(root)
    refuse_inputs(root, output, replaced=False)
    refuse_unwritable(output / "bericht")
    with workplace(root) as work:
        refuse_full(work)
        refuse_full(output)
        return _make(root, as_of, wanted, output, work)


def _make(root: Path, as_of: dt.date, wanted: str | None, output: Path, work: Path) -> Report:
    loaded = load(root)
    shown = public(loaded)
    period = chosen(periods(shown.strategy, as_of), wanted)
    findings = check_loaded(loaded, shown, as_of)
    if counts(findings)["error"]:
        raise ProblemsFoundError(findings)
    targets = {paper: output / paper.name for paper in reports_on(shown.strategy.words, period)}
    for target in targets.values():
        _refuse_occupied(target)
    commit = commit_of(root)
    baked = bake(shown, as_of, work, Edition(commit=commit))
    site = work / "report-site"
    if site.exists():
        shutil.rmtree(site)
    render_site(baked.config, site, 1, only={f"{period.page}index.md"})
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
    for paper, target in targets.items():
        papers[target] = make_paper(order, paper)
    replace_files({target: (site / paper.name).read_bytes() for paper, target in targets.items()})
    return Report(period=period, papers=papers)


def _refuse_occupied(target: Path) -> None:
    """Raise ``KlarplanError`` where the place of a paper is a folder or a link."""
    if is_link(target) or target.is_dir():
        raise KlarplanError(
            Text(
                f"„{target}“ ist keine Datei und wird nicht ersetzt.",
                f"“{target}” is no file and is not replaced.",
            ),
            Text(
                "Benennen Sie es um, oder nennen Sie mit --output einen anderen Ordner.",
                "Rename it, or name another folder with --output.",
            ),
        )
