"""The chapters of a strategy: one table that says what each is; every list of chapters is derived.

A chapter appears where it has a table (be it empty) or a text of its own, in the order that the
settings name. A new one needs a row here and a skeleton in ``overrides/pages``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from klarplan.strategy.model import Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What a chapter is, for pages, menu, search, papers, settings and check."""

    name: str
    """Its key in ``strategy.yml``; its skeleton is ``overrides/pages/<name>.md``, and what it is
    called stands in the catalogue under „chapter.NAME“ (``title``, ``blurb``, ``row``)."""
    address: str
    """Its page relative to the site, with a slash at the end; pages of its rows lie below."""
    group: str = ""
    """The tab of the menu that it stands under; without one it is a tab of its own. Its title is
    „menu.GROUP“."""
    tables: tuple[str, ...] = ()
    """Tables that fill it; any one of them is enough, and so is a text of its own."""
    rows: str = ""
    """The table whose rows have a page each below this chapter."""
    kind: str = ""
    """What such a page is, for its skeleton and its look: ``measure``."""
    print_rows: Literal["annex", "sheets", "by_field"] = "annex"
    """Where these pages are printed: in the annex, or on a sheet each in the book as well, in
    their order or by field of action."""
    hidden: tuple[str, ...] = ()
    """Sidebars that make room for it: ``navigation``, ``toc``."""

    @property
    def prose(self) -> str:
        """The file with its own text, in the repository."""
        return f"{self.folder}/index.md" if self.rows else f"strategy/{self.name}.md"

    @property
    def folder(self) -> str:
        """The folder with the texts of its rows, in the repository."""
        return f"strategy/{self.name}"

    @property
    def file(self) -> str:
        """The file of its page below ``build/pages``."""
        return f"{self.address}index.md"


FOREWORD = "foreword"
"""The chapter that a paper begins with, before any figures."""

CHAPTERS: Mapping[str, Chapter] = {
    chapter.name: chapter
    for chapter in (
        Chapter(
            name=FOREWORD,
            address="vorwort/",
            group="strategy",
        ),
        Chapter(
            name="vision",
            address="vision/",
            group="strategy",
        ),
        Chapter(
            name="assessment",
            address="ausgangslage/",
            group="strategy",
            tables=("assessment", "maturity"),
        ),
        Chapter(
            name="goals",
            address="ziele/",
            group="strategy",
            tables=("goals",),
            rows="goals",
            kind="goal",
            print_rows="sheets",
        ),
        Chapter(
            name="fields",
            address="handlungsfelder/",
            group="strategy",
            tables=("fields_of_action",),
            rows="fields_of_action",
            kind="field",
            print_rows="sheets",
            hidden=("toc",),
        ),
        Chapter(
            name="measures",
            address="massnahmen/",
            group="strategy",
            tables=("measures",),
            rows="measures",
            kind="measure",
            print_rows="by_field",
            hidden=("toc",),
        ),
        Chapter(
            name="indicators",
            address="kennzahlen/",
            group="strategy",
            tables=("indicators",),
            rows="indicators",
            kind="indicator",
            hidden=("toc",),
        ),
        Chapter(
            name="implementation",
            address="umsetzung/",
            group="progress",
            tables=("measures",),
            hidden=("toc",),
        ),
        Chapter(
            name="resources",
            address="ressourcen/",
            group="progress",
            tables=("budget",),
        ),
        Chapter(
            name="governance",
            address="steuerung/",
            group="progress",
            tables=("bodies", "organisations"),
        ),
        Chapter(
            name="decisions",
            address="beschluesse/",
            group="progress",
            tables=("decisions",),
            rows="decisions",
            kind="decision",
            hidden=("toc",),
        ),
        Chapter(
            name="participation",
            address="beteiligung/",
            tables=("participation", "feedback", "stakeholders"),
            hidden=("toc",),
        ),
    )
}
"""The chapters by name, in their usual order."""

ROW_CHAPTERS: Mapping[str, Chapter] = {c.rows: c for c in CHAPTERS.values() if c.rows}
"""Tables whose rows have a page each, with the chapter that those pages stand below."""


def chapters_present(strategy: Strategy, root: Path) -> tuple[str, ...]:
    """The chapters of the settings that have a text or rows.

    While the strategy is a draft, a table without rows is enough: its page says what is to come.
    """
    drafted = not strategy.settings.published
    return tuple(
        name
        for name in strategy.settings.chapters
        if (root / CHAPTERS[name].prose).is_file()
        or any(
            strategy.has(table) and (drafted or strategy.tables[table].records)
            for table in CHAPTERS[name].tables
        )
    )
