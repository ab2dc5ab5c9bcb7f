"""The sheet for new reports: each measure's last report beside the empty new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from klarplan.editing.workbook.base import OURS, Held
from klarplan.editing.workbook.maker import Maker, Sheet, as_shown
from klarplan.messages import Text
from klarplan.open_data.workbook.sheets import SheetTable
from klarplan.strategy import derive
from klarplan.strategy.model import Measure

TABLE = "status_reports"
LAST = ("date", "status", "progress", "expected_end", "text")
"""What is shown of the last report."""
TITLE = Text("Neue Meldungen", "New reports")


def report_sheet(maker: Maker, measures: Sequence[Measure]) -> Sheet:
    """A row for each measure: what was reported last, and cells for what is reported now."""
    schema = maker.loaded.descriptor.tables[TABLE]
    table = maker.loaded.strategy.tables[TABLE]
    columns = [*maker.columns(schema, table)]
    measure = next(column for column in columns if column.name == "measure")
    new = [column for column in columns if column.name != "measure"]
    last = [column for column in columns if column.name in LAST]
    held_columns = tuple(maker.held(column) for column in (measure, *new))
    before = Text("Zuletzt", "Last").in_(maker.lang)
    now = Text("Neu", "New").in_(maker.lang)
    shown_columns = [
        replace(measure, locked=True),
        *(
            replace(
                c,
                name=f"{OURS}{c.name}",
                title=f"{before}: {c.title}",
                locked=True,
                choices="",
                note="",
            )
            for c in last
        ),
        *(replace(c, title=f"{now}: {c.title}", asked=True) for c in new),
    ]
    by_line = dict(zip(table.lines, table.records, strict=True))
    rows, texts, hints = [], [], []
    for one in measures:
        report = derive.latest_report(maker.loaded.strategy, one.id, maker.as_of)
        record = by_line.get(report.line, ()) if report else ()
        cells = dict(zip(table.header, record, strict=False))
        said = [as_shown(cells.get(c.name, ""), maker.held(c), maker.lists) for c in last]
        named = as_shown(one.id, held_columns[0], maker.lists)
        rows.append([named, *said, *[""] * len(new)])
        hints.append(maker.hint("measures", one.line))
        texts.append((one.id, *[""] * len(new)))
    all_columns, all_rows = maker.marked(shown_columns, rows, hints)
    title = TITLE.in_(maker.lang)
    made = SheetTable(name=" reports", title=title, columns=all_columns, rows=all_rows)
    held = Held(table=TABLE, sheet="", columns=held_columns, rows=tuple(texts), reports=True)
    return Sheet(made, held)
