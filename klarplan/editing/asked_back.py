"""What is asked back before a new row is written: what may well be, and hardly ever is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from klarplan.editing.kept_end import EXPECTED, PRECISION, TABLE
from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.model import Strategy
from klarplan.words.catalogue import spoken

TEXT, END = "text", "actual_end"
WHEN = ("measure", "date", "period", "author_role")
"""Who says it of what, and when: no news by itself."""
AHEAD: Mapping[str, str] = {"goals": "target_date", "measures": "planned_end"}
"""The day that lies ahead when a row of a table is begun."""
Cells = Mapping[str, str]
"""All that is told with a new row, by column."""


def asked_back(
    table: str, cells: Cells, strategy: Strategy, as_of: dt.date
) -> Iterator[tuple[str, Text]]:
    """Columns of a new row of a table, and what to ask there."""
    if table == TABLE:
        yield from ((TEXT, text) for text in _nothing_new(strategy, cells))
        yield from ((END, text) for text in _without_end(strategy, cells))
    day = _day(cells.get(AHEAD.get(table, ""), ""))
    if day and day < as_of and not cells.get(END):
        yield (
            AHEAD[table],
            Text(
                f"Der {spoken('de').day(day)} ist schon vorbei. Prüfen Sie das Jahr.",
                f"{spoken('en').day(day)} is past. Check the year.",
            ),
        )


def _nothing_new(strategy: Strategy, cells: Cells) -> Iterator[Text]:
    """That a report repeats the one before it."""
    day, table = _day(cells.get("date", "")), strategy.tables.get(TABLE)
    if day is None or table is None or not cells.get("status"):
        return
    last = derive.latest_report(strategy, cells.get("measure", ""), day)
    if last is None or last.date is None:
        return
    record = table.records[table.lines.index(last.line)]
    before = dict(zip(table.header, record, strict=False))
    if any(text and name not in WHEN and text != before.get(name) for name, text in cells.items()):
        return
    if cells.get(EXPECTED) and cells.get(PRECISION, "") != before.get(PRECISION, ""):
        return
    yield Text(
        f"Seit der Meldung vom {spoken('de').day(last.date)} ist hiernach alles gleich. Schreiben "
        "Sie in einem Satz, was seither geschehen ist oder warum nichts.",
        f"By this, all is as in the report of {spoken('en').day(last.date)}. Write in one sentence "
        "what has happened since, or why nothing has.",
    )


def _without_end(strategy: Strategy, cells: Cells) -> Iterator[Text]:
    """That a report ends its measure, of which nobody has told when it ended."""
    status = strategy.status_by_id.get(cells.get("status", ""))
    measure = strategy.measure_by_id.get(cells.get("measure", ""))
    told = cells.get(END) or (measure and measure.actual_end)
    over = status is not None and derive.is_finished(status.category or "")
    if END in cells and measure and over and not told:
        yield Text(
            "Damit ist die Maßnahme zu Ende. Tragen Sie auch ein, an welchem Tag sie endete.",
            "By this, the measure is over. Enter the day on which it ended, too.",
        )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
