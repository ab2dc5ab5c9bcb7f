"""From a root to ``site/``: check, data, pages, website, search, PDF, and then the exchange."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.check.obstacles import MADE, SITE
from klarplan.check.origins import located
from klarplan.check.run import check_loaded, counts
from klarplan.commands.exchange import complete, exchange, recover, swap
from klarplan.commands.last_change import changes_of
from klarplan.commands.targets import refuse_full, refuse_target
from klarplan.commands.workplace import workplace
from klarplan.messages import Finding, KlarplanError, Text
from klarplan.moves import removed, removed_if_possible
from klarplan.open_data.beside import merge, write_outputs
from klarplan.open_data.parquet import require_parquet
from klarplan.processes import aside, git
from klarplan.strategy.load import Loaded, load, require_data
from klarplan.strategy.public import public
from klarplan.strategy.redirects import read_redirects
from klarplan.website.generator import USUAL, chosen, started
from klarplan.website.generator_settings import Edition
from klarplan.website.packed import pack
from klarplan.website.redirects import write_redirects
from klarplan.website.reuse import Former
from klarplan.website.root_files import write_root_files
from klarplan.website.search import FOLDER as INDEX
from klarplan.website.search import index_site, keep_index
from klarplan.website.unused import leave_out_unused
from klarplan.website.write import PAGES, Baked, bake, typeface_files

if TYPE_CHECKING:
    from klarplan.papers.make import Made

DATA = "open_data"
"""Where the open data is made, in the folder of the build."""

STEPS: dict[str, Text] = {
    "check": Text("Prüfen und Seiten schreiben", "Check and write pages"),
    "site": Text("Website bauen", "Build website"),
    "search": Text("Suche einrichten", "Set up search"),
    "pdf": Text("Dokumente erstellen", "Make papers"),
    "done": Text("Website austauschen", "Exchange website"),
}
"""What a build does, in order."""


class ProblemsFoundError(KlarplanError):
    """The strategy has errors; nothing was built."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        number = counts(findings)["error"]
        super().__init__(
            Text(
                f"{number} Fehler in der Strategie; gebaut wurde nichts.",
                f"{number} errors in the strategy; nothing was built.",
            ),
            Text(
                "Beheben Sie die Fehler, die oben stehen. "
                "Die bisherige Website bleibt unverändert.",
                "Mend the errors above. The former website stays as it is.",
            ),
        )
        self.findings = findings


def refuse_errors(findings: tuple[Finding, ...]) -> None:
    """Raise ``ProblemsFoundError`` where there are errors."""
    if counts(findings)["error"]:
        raise ProblemsFoundError(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The public part of a strategy that was just read, and what was found wrong with all of it."""

    shown: Loaded
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a build is asked for: the folder of the site, papers or none, and the generator.

    ``wait`` tells that another build in the same folder is waited for, in place of an error;
    ``preview`` that editors look at it, who find notes on what is still to do; ``parquet`` that
    tables are published in that form, too; ``packed`` that texts lie there compressed, too. Builds
    of one ``session`` take over from the former site what has not changed, and its index of the
    search, which has to be renewed afterwards (``renew_search``). What is ``known`` of the strategy
    is not read and checked again.
    """

    output: Path | None = None
    pdf: bool = True
    generator: str = USUAL
    wait: bool = False
    preview: bool = False
    parquet: bool = False
    packed: bool = False
    session: str = ""
    known: Known | None = None


@dataclass(kw_only=True)
class Built:
    """What came of a build; durations in seconds by step."""

    site: Path
    as_of: dt.date
    commit: str = ""
    pages: int = 0
    measures: int = 0
    papers: Mapping[str, Made] = field(default_factory=dict)
    """The papers by their file."""
    tables: int = 0
    findings: tuple[Finding, ...] = ()
    noticed: tuple[Finding, ...] = ()
    """What the papers could not show."""
    seconds: dict[str, float] = field(default_factory=dict)


def commit_of(root: Path) -> str:
    """The commit that ``root`` stands on, or nothing outside of git."""
    return (git(root, "rev-parse", "HEAD") or b"").decode().strip()


@contextmanager
def _timed(built: Built, step: str, announce: Callable[[str], None] | None) -> Iterator[None]:
    if announce:
        announce(step)
    begin = time.perf_counter()
    yield
    built.seconds[step] = time.perf_counter() - begin


def build(
    root: Path,
    as_of: dt.date,
    wanted: Wanted = Wanted(),
    announce: Callable[[str], None] | None = None,
) -> Built:
    """Check the strategy below ``root`` and publish it where it is wanted, else in ``root/site``.

    Everything is made in ``root/build`` first; ``site`` is exchanged at the end, so that a
    build that fails or is interrupted leaves it as it was. Raises ``ProblemsFoundError`` where the
    strategy has errors, ``KlarplanError`` where a step fails, where the site's folder holds what
    Klarplan has not made, or where another build works in ``root``.
    """
    chosen(wanted.generator)
    if wanted.parquet:
        require_parquet()
    site = wanted.output or root / SITE
    require_data(root)
    refuse_target(root, site, given=wanted.output is not None)
    with workplace(root, wait=wanted.wait) as work:
        recover(site)
        refuse_full(work, site)
        refuse_full(site, site)
        built = Built(site=site, as_of=as_of, commit=commit_of(root))
        fresh = work / "site"
        expected = _make(root, fresh, wanted, built, announce)
        with _timed(built, "done", announce):
            exchange(fresh, site, complete(fresh, expected))
    return built


def _make(
    root: Path,
    fresh: Path,
    wanted: Wanted,
    built: Built,
    announce: Callable[[str], None] | None,
) -> list[str]:
    """Make the whole site in the folder ``fresh``; returns files that it must hold."""
    work, as_of = fresh.parent, built.as_of
    with started(wanted.generator) as generator, ExitStack() as beside:
        with _timed(built, "check", announce):
            removed(fresh)
            shown, findings = _read(root, wanted, built, beside)
            # What no page waits for is begun first, and made where there is time.
            data = beside.enter_context(
                aside(partial(_make_data, root, shown, as_of, work / DATA, wanted))
            )
            fonts = beside.enter_context(aside(partial(typeface_files, shown, work)))
            begun = partial(generator.prepare, target=fresh)
            baked = _checked(findings, partial(_bake, shown, built, work, wanted, begun), built)
        with _timed(built, "site", announce):
            generator.look()
            former = Former(built.site, work / "pages.json", wanted.session)
            kept = former.pages(baked.keys)
            changed = {page.path for page in baked.pages} - kept.keys()
            generator.render(len(changed), only=changed)
            former.pass_on(kept, baked.keys, fresh)
            leave_out_unused(fresh, work / PAGES)
            for name, content in fonts().items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(content)
            write_root_files(shown.strategy.settings, as_of, [p.url for p in baked.pages], fresh)
        with _timed(built, "search", announce):
            if not (wanted.session and keep_index(built.site, fresh)):
                index_site(fresh)
            files = data()
            merge(work / DATA, fresh)
    built.pages = len(baked.pages)
    built.measures = len(shown.strategy.measures)
    if wanted.pdf:
        from klarplan.papers.make import Order, make_papers  # noqa: PLC0415 - the site does without

        with _timed(built, "pdf", announce):
            order = Order(
                shown=shown,
                chapters=baked.chapters,
                site=fresh,
                work=work / "papers",
                as_of=as_of,
                commit=built.commit,
            )
            built.papers = make_papers(order)
            noticed = [finding for made in built.papers.values() for finding in made.warnings]
            sources = {page.url: page.source for page in baked.pages}
            built.noticed = _once(located(noticed, sources, root), built.findings)
    settings, words = shown.strategy.settings, shown.strategy.words
    redirects, _ = read_redirects(root, settings.site_url)
    led = write_redirects(redirects, settings, words, fresh)
    if wanted.packed:
        pack(fresh)
    pages = (f"{page.url}index.html" for page in baked.pages)
    return [*MADE, *pages, *files, *built.papers, *led]


def _make_data(
    root: Path, shown: Loaded, as_of: dt.date, folder: Path, wanted: Wanted
) -> tuple[str, ...]:
    """Make all open data in a folder; git's history is read by who needs it, beside the pages."""
    return write_outputs(shown, as_of, changes_of(root), folder, parquet=wanted.parquet)


def renew_search(root: Path, site: Path) -> None:
    """Set up the search of a site that was built without."""
    with workplace(root, wait=True) as work:
        index_site(site, work / INDEX)
        swap(work / INDEX, site / INDEX)
        removed_if_possible(work / INDEX)


def _read(
    root: Path, wanted: Wanted, built: Built, beside: ExitStack
) -> tuple[Loaded, Callable[[], tuple[Finding, ...]]]:
    """The public strategy, and what waits for all that is wrong with it: it is checked beside."""
    if known := wanted.known:
        _refuse_errors(built, known.findings)
        return known.shown, lambda: known.findings
    loaded = load(root)
    shown = public(loaded)
    return shown, beside.enter_context(aside(partial(check_loaded, loaded, shown, built.as_of)))


def _checked(
    findings: Callable[[], tuple[Finding, ...]], make: Callable[[], Baked], built: Built
) -> Baked:
    """The pages that ``make`` makes; ``ProblemsFoundError`` where the strategy has errors."""
    try:
        baked = make()
    except Exception:
        # What is wrong with the strategy says more than what its pages stumble over.
        _refuse_errors(built, findings())
        raise
    _refuse_errors(built, findings())
    return baked


def _once(noticed: Sequence[Finding], found: Sequence[Finding]) -> tuple[Finding, ...]:
    """What was noticed; where the check told of the same, its findings, which know the place."""
    told = {
        (f.rule, f.value): [g for g in found if (g.rule, g.value) == (f.rule, f.value)]
        for f in noticed
    }
    known = dict.fromkeys(f for same in told.values() for f in same)
    return (*known, *(f for f in noticed if not told[f.rule, f.value]))


def _bake(
    shown: Loaded, built: Built, work: Path, wanted: Wanted, begun: Callable[[Path], None]
) -> Baked:
    built.tables = len(shown.strategy.offered)
    edition = Edition(
        commit=built.commit, preview=wanted.preview, parquet=wanted.parquet, papers=wanted.pdf
    )
    return bake(shown, built.as_of, work, edition, begun)


def _refuse_errors(built: Built, findings: tuple[Finding, ...]) -> None:
    built.findings = findings
    refuse_errors(findings)
