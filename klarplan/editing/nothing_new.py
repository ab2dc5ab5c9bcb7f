"""A new report that tells nothing but another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from klarplan.editing.kept_end import TABLE
from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.model import Strategy
from klarplan.words.catalogue import spoken

TEXT = "text"
WHEN = ("measure", "date", "period", "author_role")
"""Who says it of what, and when: no news by itself."""


def nothing_new(strategy: Strategy, cells: Mapping[str, str]) -> Iterator[Text]:
    """That a report with these cells repeats the one before it; ``cells`` are all that is told."""
    try:
        day = dt.date.fromisoformat(cells.get("date", ""))
    except ValueError:
        return
    last = derive.latest_report(strategy, cells.get("measure", ""), day)
    table = strategy.tables.get(TABLE)
    if last is None or last.date is None or table is None or not cells.get("status"):
        return
    record = table.records[table.lines.index(last.line)]
    before = dict(zip(table.header, record, strict=False))
    if any(text and name not in WHEN and text != before.get(name) for name, text in cells.items()):
        return
    yield Text(
        f"Seit der Meldung vom {spoken('de').day(last.date)} ist hiernach alles gleich. Schreiben "
        "Sie in einem Satz, was seither geschehen ist oder warum nichts.",
        f"By this, all is as in the report of {spoken('en').day(last.date)}. Write in one sentence "
        "what has happened since, or why nothing has.",
    )
