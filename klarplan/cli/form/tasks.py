"""What people come to do: what is due, and with what a form for it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from klarplan.commands.edit import Editor
from klarplan.editing.form.fields import MOST_OF_OPTION, Field
from klarplan.editing.form.sheet import Filled
from klarplan.editing.kept_end import EXPECTED, PRECISION, kept
from klarplan.editing.workbook.maker import as_shown
from klarplan.editing.workbook.reports import LAST, TABLE
from klarplan.strategy import derive
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.owed import Owed, asked_period, below, owed
from klarplan.strategy.schema import TableSchema
from klarplan.words.catalogue import spoken
from klarplan.words.room import cut

WITHIN = dt.timedelta(30)
"""So far ahead is looked, as ``klarplan due`` does."""
ROWS: Mapping[str, str] = {
    "review": "measures",
    "milestone": "milestones",
    "contribution": "feedback",
}
"""The tables whose rows are open where something of this kind is due."""


FIRST: Mapping[str, tuple[str, ...]] = {
    "end": (EXPECTED, PRECISION),
    "over": ("status", "actual_end"),
    "split.status_reports": ("status", "actual_end", "text"),
    "answer": ("answer", "outcome"),
}
"""The columns that a task is about, by its name; where it has several rows, with the table."""


NEED: Mapping[str, tuple[str, str]] = {
    "end": (EXPECTED, "form.need_end"),
    "answer": ("answer", "form.need_answer"),
}
"""The column without which a task is not done, and what is said where it is empty."""


NEXT: Mapping[str, Mapping[str, str]] = {
    "indicators": {"indicator_values": "indicator", "indicator_targets": "indicator"},
    "participation": {"feedback": "participation"},
}
"""What belongs to a new row of a table: other tables, with their column that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due, and where it is done; without an address it is done elsewhere."""

    day: dt.date
    late: bool
    text: str
    address: str = ""


def due(editor: Editor, office: str = "") -> list[Due]:
    """What is due within a month, for an office and all below it where one is named."""
    strategy = editor.loaded.strategy
    found = owed(strategy, editor.as_of, editor.as_of + WITHIN)
    if office in strategy.organisation_by_id:
        wanted = below(strategy, office)
        found = tuple(one for one in found if wanted & {o.id for o in one.organisations})
    return [
        Due(
            day=one.day,
            late=one.day < editor.as_of,
            text=one.text.in_(editor.lang),
            address=_address(editor, one),
        )
        for one in found
    ]


def _address(editor: Editor, one: Owed) -> str:
    if one.kind in ("report", "end") and one.measure and editor.schema(TABLE):
        task = "report" if one.kind == "report" else "end"
        return "row?" + urlencode({"table": TABLE, "measure": one.measure.id, "task": task})
    table = ROWS.get(one.kind, "")
    schema = editor.schema(table)
    if schema is None:
        return ""
    read = editor.table(schema)
    at = read.column("id")
    ids = [r[at] if at is not None and at < len(r) else "" for r in read.records]
    number = ids.index(one.id) if one.id in ids else None
    answer = {"task": "answer"} if one.kind == "contribution" else {}
    address = urlencode({"table": table, "row": number, **answer})
    return "" if number is None else f"row?{address}"


def first_values(editor: Editor, schema: TableSchema, sent: Mapping[str, str]) -> dict[str, str]:
    """With what a new row begins: a report of today, for the period that reports are asked for.

    A new end is a report as well; what else was reported last is still so.
    """
    given = {name: sent[name] for name in schema.columns if name in sent and name != "table"}
    if schema.name != TABLE:
        return given
    given.setdefault("date", editor.as_of.isoformat())
    strategy = editor.loaded.strategy
    measure = strategy.measure_by_id.get(given.get("measure", ""))
    if measure:
        given.setdefault("period", asked_period(strategy, measure, editor.as_of)[0])
        last = derive.latest_report(strategy, measure.id, editor.as_of)
        if sent.get("task") == "end" and last:
            given.setdefault(EXPECTED, "")
            given.setdefault(PRECISION, last.expected_end_precision or "")
            given.setdefault("status", last.status)
            given.setdefault("progress", "" if last.progress is None else str(last.progress))
        elif EXPECTED not in given:
            given = kept(strategy, given) | given
    return given


def with_need(
    editor: Editor, fields: Sequence[Field], task: str, cells: Mapping[str, str]
) -> list[Field]:
    """The fields of a task for a row with these cells: what must be filled in for it is asked for.

    A measure that is over is no longer expected to end.
    """
    column, words = NEED.get(task, ("", ""))
    status = editor.loaded.strategy.status_by_id.get(cells.get("status", ""))
    if column == EXPECTED and status and derive.is_finished(status.category or ""):
        return [*fields]
    need = spoken(editor.lang)(words) if words else ""
    return [replace(f, required=True, need=need) if f.name == column else f for f in fields]


def next_steps(
    editor: Editor, sent: Mapping[str, str], ids: Sequence[str]
) -> list[tuple[str, str]]:
    """How somebody goes on who has written rows with these ids: words and addresses."""
    words, table = spoken(editor.lang), sent.get("table", "")
    if len(ids) > 1:
        titles = editor.maker.lists.get(table, {})
        said = {i: words("form.text_of", title=cut(titles.get(i, i), MOST_OF_OPTION)) for i in ids}
        return [(said[i], "text?" + urlencode({"table": table, "id": i})) for i in ids]
    given = next(iter(ids), "")
    if sent.get("task") == "merge" and editor.schema(TABLE):
        return [*_after_merge(editor, sent.get("cell.from", ""), sent.get("cell.to", ""))]
    if "row" in sent:
        return []
    steps, about = list[tuple[str, str]](), dict.fromkeys(NEXT.get(table, ()), given)
    if table in ROW_CHAPTERS and given:
        steps.append((words("form.text_then"), "text?" + urlencode({"table": table, "id": given})))
    # Whoever has entered one of several that belong to a row has others to enter.
    for others in NEXT.values():
        if table in others:
            about |= dict.fromkeys(others, sent.get(f"cell.{others[table]}", ""))
    columns = {other: column for others in NEXT.values() for other, column in others.items()}
    for other, named in about.items():
        if (schema := editor.schema(other)) and named:
            title = schema.said(editor.lang).title or other
            address = "row?" + urlencode({"table": other, columns[other]: named})
            steps.append((words("form.row_then", table=title), address))
    return steps


def _after_merge(editor: Editor, former: str, heir: str) -> Iterator[tuple[str, str]]:
    """How somebody goes on who has entered that one measure takes over another."""
    words = spoken(editor.lang)
    called = editor.loaded.strategy.measure_by_id
    for column, one, key in (("from", former, "merge_part"), ("to", heir, "merge_more")):
        if one in called:
            again = {"table": "successions", "task": "merge", column: one}
            yield (
                words(f"form.{key}", measure=cut(called[one].title or one, MOST_OF_OPTION)),
                f"row?{urlencode(again)}",
            )
    over = {"table": TABLE, "measure": former, "task": "over"}
    yield words("form.merge_then"), f"row?{urlencode(over)}"


def latest(editor: Editor, filled: Filled, columns: Sequence[str] = LAST) -> list[tuple[str, str]]:
    """What was reported last on the measure of a new report: titles and texts."""
    strategy = editor.loaded.strategy
    measure = filled.cells.get("measure", "")
    table = strategy.tables.get(TABLE)
    if filled.schema.name != TABLE or not filled.new or table is None:
        return []
    last = derive.latest_report(strategy, measure, editor.as_of)
    if last is None:
        return []
    record = dict(zip(table.lines, table.records, strict=True)).get(last.line, ())
    cells = dict(zip(table.header, record, strict=False))
    told = []
    for field in filled.fields:
        if field.name in columns and (text := cells.get(field.name, "")):
            exact = last.expected_end_precision if field.name == EXPECTED else None
            day = last.date if field.name == "date" else last.expected_end
            shown = as_shown(text, field.held, editor.maker.lists)
            if day and field.held.kind == "date":
                shown = spoken(editor.lang).day(day, exact)
            told.append((field.title, shown))
    return told
