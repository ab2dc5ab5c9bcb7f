"""Pages shown in a preview at once, while all the others are still to be made.

They are pages that someone looks at, and those of texts that have changed. All is checked before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from klarplan.check.obstacles import BUILD
from klarplan.check.run import Standing, counts
from klarplan.commands.build import Known, commit_of, refuse_errors
from klarplan.commands.workplace import workplace
from klarplan.messages import Finding
from klarplan.moves import moved
from klarplan.pages.gather import Baker
from klarplan.pages.page import Page
from klarplan.processes import aside
from klarplan.strategy.addresses import page_file
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.website.generator import started
from klarplan.website.generator_settings import Edition
from klarplan.website.reuse import html_file
from klarplan.website.write import bake_some, files_beside
from macros.seal import Seal

MADE = "at_once"
"""The folder in ``BUILD`` where the pages are made."""
TOLD = "at_once.yml"
"""The settings for that: those beside them may be of a later build that has been ended."""


class AtOnce:
    """Shows single pages in the preview ``site`` of ``root``, as a whole build would make them.

    First, ``views`` shows pages that someone looks at, of the strategy as it has been read. Then
    the whole is built, and ``follow`` called. From then on, ``texts`` shows texts that change: all
    that does not depend on them is read, checked and loaded once. No state goes from one time to
    the next, where the system can fork: each is a process of its own.
    Pages lead to ``papers`` where the whole build makes them.
    Files of pages are those of the site, such as ``ziele/g-2/index.html``.
    """

    def __init__(self, root: Path, site: Path, as_of: dt.date, *, papers: bool = False) -> None:
        self._root = root
        self._site = site
        self._config = root / BUILD / TOLD
        self._edition = Edition(commit=commit_of(root), preview=True, papers=papers)
        self._at_end = ExitStack()
        self._start()
        try:
            loaded = load(root)
            shown = public(loaded)
            self._baker = Baker(shown, as_of, Seal.drawn(), papers=papers)
            self._begun = partial(Standing, loaded, shown, as_of)
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        """Start the generator for the next time."""
        self.close()
        self._generator = self._at_end.enter_context(started())

    def _prepare(self, paths: Collection[str]) -> tuple[Page, ...]:
        """Bake these pages, and let the generator read what it is told of all."""
        pages = bake_some(self._baker, paths, self._config, self._edition)
        self._generator.prepare(self._config, self._config.with_name(MADE))
        self._generator.look()
        return pages

    def views(self, viewed: Collection[str]) -> tuple[Known, list[str]]:
        """Check all, then put those of these pages into the preview that it has already.

        Returns what is known now, and the pages that are shown. What can't be made is left to the
        whole build, which tells why.
        Raises ``ProblemsFoundError`` where there are errors; the preview then stays as it was.
        """
        there = {page_file(name.removesuffix("index.html")) for name in viewed if self._has(name)}
        pages: tuple[Page, ...] = ()
        names: list[str] = []
        with workplace(self._root, wait=True) as work:
            with suppress(Exception):
                # Before the check, since the generator reads beside it.
                pages = self._prepare(there) if there else ()
            self._standing = standing = self._begun()
            findings = standing.findings()
            refuse_errors(findings)
            with suppress(Exception):
                names = self._render(pages, work, files_beside(self._baker, work)) if pages else []
        return Known(shown=standing.shown, findings=findings), names

    def follow(self) -> None:
        """The whole has been built: be ready for texts."""
        self._start()
        self._prepare(())

    def are_known(self, files: Collection[str]) -> bool:
        """Whether all of these files were there as texts when the preview was built."""
        return self._standing.pages.keys() >= set(files)

    def texts(self, files: Collection[str]) -> list[str]:
        """Put the pages of these texts into the preview; returns those that are shown.

        Raises ``ProblemsFoundError`` where any text has errors, ``KlarplanError`` where a page
        can't be made; the preview then stays as it was.
        """
        with workplace(self._root, wait=True) as work:
            with aside(partial(self._made, files)) as made:
                findings, pages = made()
            refuse_errors(findings)
            there = [page for page in pages if self._has(html_file(page.path))]
            if not there:
                return []
            try:
                return self._render(there, work, {})
            finally:
                self.follow()

    def _has(self, name: str) -> bool:
        return (self._site / name).is_file()

    def _render(
        self, pages: Collection[Page], work: Path, beside: Mapping[str, bytes]
    ) -> list[str]:
        """Make baked pages, and put each at its place in the preview, in one step.

        What their look depends on comes first: the files ``beside`` them that have changed.
        """
        made, names = work / MADE, [html_file(page.path) for page in pages]
        self._generator.render(len(pages), only=[page.path for page in pages], beside=False)
        for name, content in beside.items():
            place = self._site / name
            if not place.is_file() or place.read_bytes() != content:
                (made / "beside").write_bytes(content)
                place.parent.mkdir(parents=True, exist_ok=True)
                moved(made / "beside", place)
        for name in names:
            moved(made / name, self._site / name)
        return names

    def _made(self, files: Collection[str]) -> tuple[tuple[Finding, ...], tuple[Page, ...]]:
        findings = self._standing.findings()
        if counts(findings)["error"]:
            return findings, ()
        places = self._baker.places
        paths = {places[file] for file in files if file in places}
        return findings, bake_some(self._baker, paths, self._config, self._edition)

    def close(self) -> None:
        """End the generator that waits."""
        self._at_end.close()
