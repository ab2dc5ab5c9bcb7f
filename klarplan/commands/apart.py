"""Papers that are made apart from the website: a report on any period, a part, large print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.obstacles import is_link
from klarplan.check.run import check_loaded, counts
from klarplan.commands.build import ProblemsFoundError, commit_of
from klarplan.commands.targets import refuse_full, refuse_inputs, refuse_unwritable
from klarplan.commands.workplace import workplace
from klarplan.messages import KlarplanError, Text
from klarplan.moves import removed
from klarplan.papers.make import Made, Order
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import load, require_data
from klarplan.strategy.model import Strategy
from klarplan.strategy.public import public
from klarplan.website.generator import render_site
from klarplan.website.generator_settings import Edition
from klarplan.website.write import bake


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Papers to make: by the name of each what makes it, and the pages that they are made of."""

    made: Mapping[str, Callable[[Order], Made]]
    pages: Collection[str] | None = None
    """Files of pages, such as ``berichte/2025-h2/index.md``; without them, all."""
    zoom: float = 1.0
    """How many times larger than usual they are printed."""


def make_apart(
    root: Path, as_of: dt.date, output: Path, choose: Callable[[Strategy], Wanted]
) -> dict[Path, Made]:
    """Write what is chosen of the public strategy into ``output``; each file with what it is.

    Everything is made in ``root/build``; files of the same names are replaced, the website stays.
    Raises ``ProblemsFoundError`` where the strategy has errors, ``KlarplanError`` where a step
    fails, or ``output`` is a folder that Klarplan reads.
    """
    require_data(root)
    refuse_inputs(root, output, replaced=False)
    refuse_unwritable(output / "bericht")
    with workplace(root) as work:
        refuse_full(work)
        refuse_full(output)
        return _make(root, as_of, output, choose, work)


def _make(
    root: Path, as_of: dt.date, output: Path, choose: Callable[[Strategy], Wanted], work: Path
) -> dict[Path, Made]:
    loaded = load(root)
    shown = public(loaded)
    wanted = choose(shown.strategy)
    findings = check_loaded(loaded, shown, as_of)
    if counts(findings)["error"]:
        raise ProblemsFoundError(findings)
    targets = {name: output / name for name in wanted.made}
    for target in targets.values():
        _refuse_occupied(target)
    commit = commit_of(root)
    baked = bake(shown, as_of, work, Edition(commit=commit))
    site = work / "report-site"
    removed(site)
    render_site(baked.config, site, 1, only=wanted.pages)
    order = Order(
        shown=shown,
        chapters=baked.chapters,
        site=site,
        work=work / "papers",
        as_of=as_of,
        commit=commit,
        zoom=wanted.zoom,
    )
    output.mkdir(parents=True, exist_ok=True)
    papers = {targets[name]: make(order) for name, make in wanted.made.items()}
    replace_files({target: (site / name).read_bytes() for name, target in targets.items()})
    return papers


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
