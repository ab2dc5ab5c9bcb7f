"""All open data of a strategy: the one list of what is made of it, beside the website."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from multiprocessing import parent_process
from pathlib import Path

from klarplan.open_data.changes import Changes, by_reports
from klarplan.open_data.data_package import published
from klarplan.open_data.dcat import catalogue
from klarplan.open_data.feeds import feeds
from klarplan.open_data.offers import offers
from klarplan.strategy.addresses import DATA
from klarplan.strategy.load import Loaded


def outputs(loaded: Loaded, as_of: dt.date, changes: Changes | None = None) -> dict[str, bytes]:
    """Everything that programs fetch of a *public* strategy, by its place below the site.

    ``changes`` are the days that git tells; without them those of the reports hold.
    """
    changes = changes or by_reports(loaded, as_of)
    files = {DATA + name: content for name, content in published(loaded, changes).items()}
    files |= feeds(loaded, as_of)
    files |= catalogue(loaded, offers(loaded), changes)
    return files


def write_outputs(
    loaded: Loaded, as_of: dt.date, changes: Changes | None, folder: Path
) -> tuple[str, ...]:
    """Make all of them in a ``folder`` that holds nothing else; returns their places in it.

    This is work for a second process that leaves the website its pace.
    """
    if hasattr(os, "nice") and parent_process():
        os.nice(10)
    if folder.exists():
        shutil.rmtree(folder)
    made = outputs(loaded, as_of, changes)
    for name, content in made.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return tuple(made)


def merge(folder: Path, site: Path) -> None:
    """Move what was made in a ``folder`` into the ``site``."""
    for path in sorted(folder.rglob("*")):
        place = site / path.relative_to(folder)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        else:
            path.replace(place)
    shutil.rmtree(folder)
