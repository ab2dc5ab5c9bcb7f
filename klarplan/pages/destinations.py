"""Where the texts of a strategy end up on its site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from klarplan.own_files import upstream
from klarplan.strategy.addresses import page_file, page_files, page_url
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Strategy
from klarplan.strategy.periods import periods

TIMETABLE, DATA_PAGE = "zeitplan.md", "daten.md"
CONDITIONAL = (TIMETABLE, DATA_PAGE)
"""Pages of ``docs/`` that are left out where there is nothing for them to tell: no chapter on
measures, no table with rows."""


def doc_files(root: Path, shown: Strategy | None = None) -> Iterator[tuple[Path, str]]:
    """Markdown files of ``docs/``, Klarplan's own where the root has no such folder.

    Those that have nothing to tell of a *public* strategy are left out.
    """
    folder = upstream(root, "docs")
    left_out = set(_silent(root, shown)) if shown else set()
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in left_out:
            yield path, name


def _silent(root: Path, shown: Strategy) -> Iterator[str]:
    """The pages that have nothing to tell of a strategy."""
    if "measures" not in chapters_present(shown, root):
        yield TIMETABLE
    if not shown.offered:
        yield DATA_PAGE


def doc_names(root: Path, shown: Strategy) -> frozenset[str]:
    """The pages of ``docs/`` that the site of a *public* strategy has."""
    return frozenset(name for _, name in doc_files(root, shown))


def destinations(loaded: Loaded, as_of: dt.date) -> dict[str, str]:
    """Files of the repository that become pages, whether they exist or not, to the baked page."""
    strategy = loaded.strategy
    chapters = chapters_present(strategy, loaded.root)
    found = page_files(strategy, chapters, periods(strategy, as_of))
    docs = {
        f"docs/{name}": page_file(page_url(name)) for _, name in doc_files(loaded.root, strategy)
    }
    return docs | found
