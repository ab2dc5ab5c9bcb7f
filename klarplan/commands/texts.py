"""Texts shown in a preview at once: all is checked, and only their own pages are made.

What other pages tell of a text, such as its title or what can be searched for, needs a whole build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from klarplan.check.obstacles import BUILD
from klarplan.check.run import Standing, counts
from klarplan.commands.build import ProblemsFoundError
from klarplan.commands.workplace import workplace
from klarplan.messages import Finding
from klarplan.pages.gather import Baker
from klarplan.pages.page import Page
from klarplan.processes import aside
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.website.generator import started
from klarplan.website.generator_settings import seal_of
from klarplan.website.theme_mends import mended
from klarplan.website.write import bake_again

MADE = "texts"
"""The folder in ``BUILD`` where the pages are made."""
TOLD = "texts.yml"
"""The settings for that: those beside them may be of a later build that has been ended."""


class Texts:
    """Shows texts that change in the preview ``site``, just built from ``root`` with ``settings``.

    All that does not depend on texts is read, checked and loaded once. No state goes from one time
    to the next, where the system can fork: each is a process of its own.
    """

    def __init__(self, root: Path, site: Path, as_of: dt.date, settings: str) -> None:
        loaded = load(root)
        shown = public(loaded)
        self._root = root
        self._site = site
        self._standing = Standing(loaded, shown, as_of)
        self._standing.findings()
        self._config = root / BUILD / TOLD
        self._config.write_text(settings, "utf-8")
        self._baker = Baker(shown, as_of, seal_of(settings))
        self._at_end = ExitStack()
        self._prepare()

    def _prepare(self) -> None:
        """Start the generator for the next time."""
        self._at_end.close()
        self._generator = self._at_end.enter_context(started())
        self._generator.prepare(self._config, self._config.with_name(MADE))

    def are_known(self, files: Collection[str]) -> bool:
        """Whether all of these files were there as texts when the preview was built."""
        return self._standing.pages.keys() >= set(files)

    def show(self, files: Collection[str]) -> None:
        """Put the pages of these texts into the preview, as a whole build would make them.

        Raises ``ProblemsFoundError`` where any text has errors, ``KlarplanError`` where a page
        can't be made; the preview then stays as it was.
        """
        with workplace(self._root, wait=True) as work:
            with aside(partial(self._made, files, work)) as made:
                findings, pages = made()
            if counts(findings)["error"]:
                raise ProblemsFoundError(findings)
            places = {page.path: f"{page.url}index.html" for page in pages}
            there = {path: name for path, name in places.items() if (self._site / name).is_file()}
            if there:
                try:
                    self._render(there, work / MADE)
                finally:
                    self._prepare()

    def _render(self, places: Mapping[str, str], made: Path) -> None:
        """Make baked pages, and put each at its place in the preview, in one step."""
        self._generator.render(len(places), only=places, beside=False)
        for name in places.values():
            page = made / name
            page.write_text(mended(page.read_text("utf-8")), "utf-8", newline="\n")
            page.replace(self._site / name)

    def _made(self, files: Collection[str], work: Path) -> tuple[tuple[Finding, ...], list[Page]]:
        findings = self._standing.findings()
        if counts(findings)["error"]:
            return findings, []
        pages = (bake_again(self._baker, file, work) for file in sorted(files))
        return findings, [page for page in pages if page]

    def close(self) -> None:
        """End the generator that waits."""
        self._at_end.close()
