"""Where the texts of a strategy end up on its site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import Path

from klarplan.own_files import upstream
from klarplan.strategy.addresses import page_file, page_files, page_url
from klarplan.strategy.chapters import CHAPTERS, chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.periods import periods

OF_CHAPTER = {"zeitplan.md": "measures"}
"""Pages of ``docs/`` that tell of a chapter, and are left out where it is."""


def doc_files(
    root: Path, chapters: Collection[str] = tuple(CHAPTERS)
) -> Iterator[tuple[Path, str]]:
    """Markdown files of ``docs/``, Klarplan's own where the root has no such folder.

    Those that tell of another chapter than these are left out.
    """
    folder = upstream(root, "docs")
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (name not in OF_CHAPTER or OF_CHAPTER[name] in chapters):
            yield path, name


def destinations(loaded: Loaded, as_of: dt.date) -> dict[str, str]:
    """Files of the repository that become pages, whether they exist or not, to the baked page."""
    strategy = loaded.strategy
    chapters = chapters_present(strategy, loaded.root)
    found = page_files(strategy, chapters, periods(strategy, as_of))
    docs = {
        f"docs/{name}": page_file(page_url(name)) for _, name in doc_files(loaded.root, chapters)
    }
    return docs | found
