"""All open data of a strategy: the one list of what is made of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from klarplan.open_data.api import api
from klarplan.open_data.badges import badges
from klarplan.open_data.changes import Changes, by_reports
from klarplan.open_data.data_package import published
from klarplan.open_data.dcat import catalogue
from klarplan.open_data.dictionary import dictionaries
from klarplan.open_data.feeds import feeds
from klarplan.open_data.llms import llms
from klarplan.open_data.offers import offers
from klarplan.open_data.parquet import parquet as as_parquet
from klarplan.open_data.standing import standing
from klarplan.open_data.stratml import stratml
from klarplan.open_data.workbook import workbook
from klarplan.strategy.addresses import DATA, STRATML, WORKBOOK
from klarplan.strategy.load import Loaded


def outputs(
    loaded: Loaded, as_of: dt.date, changes: Changes | None = None, *, parquet: bool = False
) -> dict[str, bytes]:
    """Everything that programs fetch of a *public* strategy, by its place below the site.

    Tables without rows are left out; without any, there are no data but news and dates.

    ``changes`` are the days that git tells; without them those of the reports hold. Tables are
    Parquet as well where that is wanted.
    """
    changes = changes or by_reports(loaded, as_of)
    offered = dict(loaded.strategy.offered)
    if offered != loaded.strategy.tables:
        loaded = replace(loaded, strategy=replace(loaded.strategy, tables=offered))
    files = dictionaries(loaded) if offered else {}
    lang = loaded.strategy.words.lang
    loaded = replace(loaded, descriptor=loaded.descriptor.said(lang))
    files |= _tables(loaded, as_of, changes, parquet=parquet) if offered else {}
    files |= feeds(loaded, as_of)
    files |= badges(loaded, as_of)
    files |= standing(loaded, as_of)
    return files | llms(loaded, offers(loaded, parquet=parquet))


def _tables(loaded: Loaded, as_of: dt.date, changes: Changes, *, parquet: bool) -> dict[str, bytes]:
    """What tables become: data packages, workbook, API and catalogue."""
    files = {DATA + name: content for name, content in published(loaded, changes).items()}
    files[WORKBOOK] = workbook(loaded, changes)
    if plan := stratml(loaded, changes):
        files[STRATML] = plan
    files |= api(loaded, as_of, changes)
    files |= catalogue(loaded, offers(loaded, parquet=parquet), changes)
    if parquet:
        files |= as_parquet(loaded)
    return files
