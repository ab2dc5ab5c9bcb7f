"""The texts of a strategy that belong to no row, as people look for them: by their titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.texts import page_files
from klarplan.ownership import owners_of, read_table
from klarplan.pages.source import called, read_text
from klarplan.strategy.addresses import prose_file
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS
from klarplan.strategy.load import Loaded
from klarplan.strategy.periods import periods

CHAPTER, REPORT, PAGE, OTHER = "chapters", "reports", "pages", "others"
GROUPS = (CHAPTER, REPORT, PAGE, OTHER)
"""Kinds of texts, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedText:
    """A text to choose."""

    file: str
    """Its file from the root, which need not be there yet."""
    title: str
    group: str
    there: bool


def listed_texts(loaded: Loaded, as_of: dt.date) -> list[ListedText]:
    """All texts that the town writes beside those of rows; chapters and reports also without one.

    Each has the title of its page: what its own head says, else what the page is called anyway.
    """
    strategy, words = loaded.strategy, loaded.strategy.words
    usual = {
        CHAPTERS[name].prose: (CHAPTER, words(f"chapter.{name}.title"))
        for name in strategy.settings.chapters
    }
    usual |= {p.prose: (REPORT, p.title(words)) for p in periods(strategy, as_of)}
    of_rows = {*_files_of_rows(loaded)}
    table = read_table()
    found = []
    there: dict[str, Path] = {file: path for path, file in page_files(loaded.root)}
    for file in (*usual, *(file for file in there if file not in usual)):
        if file in of_rows or "engine" in owners_of(file, table):
            continue
        group = PAGE if file.startswith("docs/") else OTHER
        group, title = usual.get(file, (group, ""))
        if file in there:
            title = called(read_text(there[file]), title) or file
        found.append(ListedText(file=file, title=title, group=group, there=file in there))
    return sorted(found, key=lambda text: GROUPS.index(text.group))


def _files_of_rows(loaded: Loaded) -> Iterator[str]:
    for name in ROW_CHAPTERS:
        table = loaded.strategy.tables.get(name)
        at = table.column("id") if table else None
        for record in table.records if table and at is not None else ():
            if at is not None and len(record) > at:
                yield prose_file(name, record[at])
