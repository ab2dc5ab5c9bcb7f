"""Open data is made beside the website, in a process of its own, and joins it at the end."""

from __future__ import annotations

import datetime as dt
import os
from multiprocessing import parent_process
from pathlib import Path

from klarplan.moves import moved, removed
from klarplan.open_data.changes import Changes
from klarplan.strategy.load import Loaded


def write_outputs(
    loaded: Loaded,
    as_of: dt.date,
    changes: Changes | None,
    folder: Path,
    *,
    parquet: bool = False,
) -> tuple[str, ...]:
    """Make all of them in a ``folder`` that holds nothing else; returns their places in it.

    This is work for a second process that leaves the website its pace.
    """
    if hasattr(os, "nice") and parent_process():
        os.nice(10)
    removed(folder)
    folder.mkdir(parents=True)
    # What writes RDF and workbooks takes long to load; the website does without.
    from klarplan.open_data.outputs import outputs  # noqa: PLC0415

    made = outputs(loaded, as_of, changes, parquet=parquet)
    for name, content in made.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return tuple(made)


def merge(folder: Path, site: Path) -> None:
    """Move what was made in a ``folder`` into the ``site``."""
    for path in sorted(folder.iterdir()):
        place = site / path.name
        if path.is_dir() and place.is_dir():
            merge(path, place)
        else:
            moved(path, place)
    removed(folder)
