"""The chapters of a strategy: one table that says what each is; every list of chapters is derived.

A chapter appears where it has a table (be it empty) or a text of its own, in the order that the
settings name. A new one needs a row here and a skeleton in ``overrides/pages``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klarplan.strategy.model import Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What a chapter is, for pages, menu, search, papers, settings and check."""

    name: str
    """Its key in ``strategy.yml``; its skeleton is ``overrides/pages/<name>.md``."""
    title: str
    address: str
    """Its page relative to the site, with a slash at the end; pages of its rows lie below."""
    blurb: str
    """In a sentence what stands there."""
    group: str = ""
    """The tab of the menu that it stands under; without one it is a tab of its own."""
    tables: tuple[str, ...] = ()
    """Tables that fill it; any one of them is enough, and so is a text of its own."""
    rows: str = ""
    """The table whose rows have a page each below this chapter."""
    kind: str = ""
    """What such a page is, for its skeleton and its look: ``measure``."""
    row_title: str = ""
    """What a row is called: „Maßnahme“."""
    print_rows: str = "listed"
    """How papers order these pages: ``listed``, ``fresh`` (each on a new page), ``by_field``."""
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


_STRATEGY, _PROGRESS = "Strategie", "Umsetzung"

CHAPTERS: Mapping[str, Chapter] = {
    chapter.name: chapter
    for chapter in (
        Chapter(
            name="vision",
            title="Vision",
            address="vision/",
            blurb="Wohin die Stadt will.",
            group=_STRATEGY,
        ),
        Chapter(
            name="assessment",
            title="Ausgangslage",
            address="ausgangslage/",
            blurb="Wo sie heute steht.",
            group=_STRATEGY,
            tables=("assessment", "maturity"),
        ),
        Chapter(
            name="goals",
            title="Ziele",
            address="ziele/",
            blurb="Was sie erreichen will.",
            group=_STRATEGY,
            tables=("goals",),
            rows="goals",
            kind="goal",
            row_title="Ziel",
        ),
        Chapter(
            name="fields",
            title="Handlungsfelder",
            address="handlungsfelder/",
            blurb="Woran sie arbeitet.",
            group=_STRATEGY,
            tables=("fields_of_action",),
            rows="fields_of_action",
            kind="field",
            row_title="Handlungsfeld",
            print_rows="fresh",
            hidden=("toc",),
        ),
        Chapter(
            name="measures",
            title="Maßnahmen",
            address="massnahmen/",
            blurb="Was sie tut und wie weit sie ist.",
            group=_STRATEGY,
            tables=("measures",),
            rows="measures",
            kind="measure",
            row_title="Maßnahme",
            print_rows="by_field",
            hidden=("navigation", "toc"),
        ),
        Chapter(
            name="indicators",
            title="Kennzahlen",
            address="kennzahlen/",
            blurb="Woran sich der Erfolg messen lässt.",
            group=_STRATEGY,
            tables=("indicators",),
            rows="indicators",
            kind="indicator",
            row_title="Kennzahl",
            hidden=("toc",),
        ),
        Chapter(
            name="implementation",
            title="Umsetzung",
            address="umsetzung/",
            blurb="Was gelingt, was hakt und was daraus gelernt wurde.",
            group=_PROGRESS,
            tables=("measures",),
            hidden=("toc",),
        ),
        Chapter(
            name="resources",
            title="Ressourcen",
            address="ressourcen/",
            blurb="Was es kostet und wer bezahlt.",
            group=_PROGRESS,
            tables=("budget",),
        ),
        Chapter(
            name="governance",
            title="Steuerung",
            address="steuerung/",
            blurb="Wer entscheidet.",
            group=_PROGRESS,
            tables=("bodies", "organisations"),
        ),
        Chapter(
            name="decisions",
            title="Beschlüsse",
            address="beschluesse/",
            blurb="Was beschlossen wurde.",
            group=_PROGRESS,
            tables=("decisions",),
            rows="decisions",
            kind="decision",
            row_title="Beschluss",
            hidden=("toc",),
        ),
        Chapter(
            name="participation",
            title="Beteiligung",
            address="beteiligung/",
            blurb="Was Bürgerinnen und Bürger eingebracht haben.",
            tables=("participation", "feedback", "stakeholders"),
            hidden=("toc",),
        ),
    )
}
"""The chapters by name, in their usual order."""

ROW_CHAPTERS: Mapping[str, Chapter] = {c.rows: c for c in CHAPTERS.values() if c.rows}
"""Tables whose rows have a page each, with the chapter that those pages stand below."""


def chapters_present(strategy: Strategy, root: Path) -> tuple[str, ...]:
    """The chapters of the settings that have a table (be it empty) or a text."""
    return tuple(
        name
        for name in strategy.settings.chapters
        if any(strategy.has(table) for table in CHAPTERS[name].tables)
        or (root / CHAPTERS[name].prose).is_file()
    )
