"""A measure that is split: its parts, which begin as it is, and the report that ends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from klarplan.cli.form.tasks import first_values
from klarplan.cli.form.typed import CELL, PARTS, base
from klarplan.commands.edit import Editor
from klarplan.comparison.state import line_ends
from klarplan.editing.asked_back import END
from klarplan.editing.form.fields import Field
from klarplan.editing.form.sheet import Filled
from klarplan.editing.kept_end import TABLE as REPORTS
from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.former_ids import TITLES
from klarplan.strategy.model import Measure
from klarplan.strategy.new_kinds import KINDS, Beside
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.time_spans import PRECISION_COLUMNS
from klarplan.words.catalogue import spoken
from klarplan.words.room import cut

MOST_OF_TITLE = 60
"""So much room the title of a part takes in a sentence, in average letters."""
TASK, REPLACES = "split", "replaces"
ROLE = "role"
START, END_PLANNED = "planned_start", "planned_end"
FEWEST, MOST = 2, 6
"""So many parts there are."""
SAME = ("parent", "visibility")
"""What else of a measure its parts begin with: they belong where it belongs, hidden if it is."""

LINKS: Mapping[str, tuple[str, int]] = {
    "measure_goals": ("goal", 1),
    "measure_fields": ("field", 2),
    "responsibilities": ("organisation", 1),
    "measure_places": ("place", 1),
}
"""Tables with several rows for a measure: what each names, and how the first is counted."""
_FURTHER = re.compile(rf"{CELL}{PARTS}\.\d\.({'|'.join(LINKS)})-([^.]*)-(\d{{1,2}})")
"""What fields for such rows are called: by table, role and number."""

Values = Mapping[str, str]


def can_split(editor: Editor) -> bool:
    """Whether the strategy can tell which measure takes over another."""
    schema = editor.schema(PARTS)
    row = editor.asked(schema) if schema else None
    return row is not None and REPLACES in row.beside


def forms(editor: Editor, sent: Values) -> list[Filled]:
    """The parts and the report, as they begin or as they were sent; none where nothing is split.

    A part that was asked for beyond the second is left out as long as nothing is typed there.
    """
    measure = editor.loaded.strategy.measure_by_id.get(sent.get("measure", ""))
    if measure is None or not can_split(editor):
        return []
    number = max([FEWEST, *map(int, re.findall(rf"(?m)^{CELL}{PARTS}\.(\d)\.", "\n".join(sent)))])
    more = sent.get("do") == "more"
    parts = [_part(editor, measure.id, n, sent) for n in range(1, min(number + more, MOST) + 1)]
    if "do" in sent and not more:
        parts = [*parts[:FEWEST], *(p for p in parts[FEWEST:] if _typed(p))]
    return [*parts, *_report(editor, measure, sent)]


def stand(editor: Editor, sent: Values) -> str:
    """That a measure is taken over by others already, or is over; empty where it is neither.

    Whoever fills in the form is to know it, also when it has come about only since.
    """
    measure = editor.loaded.strategy.measure_by_id.get(sent.get("measure", ""))
    return " ".join(_stand(editor, measure)) if measure and sent.get("task") == TASK else ""


def _stand(editor: Editor, measure: Measure) -> Iterator[str]:
    strategy, words = editor.loaded.strategy, spoken(editor.lang)
    heirs = strategy.successors_of_measure.get(measure.id, ())
    if heirs:
        named = (f"{one.number} {cut(one.title or '', MOST_OF_TITLE)}" for one in heirs)
        yield words("form.split_into", parts=words.listed([name.strip() for name in named]))
    last = derive.latest_report(strategy, measure.id, editor.as_of)
    if last and derive.is_finished(derive.category(strategy, measure, editor.as_of)):
        status = editor.maker.lists.get("statuses", {}).get(last.status, last.status)
        yield words("form.split_over", day=measure.actual_end or last.date, status=status)


def mark(editor: Editor, measure: str) -> str:
    """The same of a measure in a list, in a word or two."""
    strategy, words = editor.loaded.strategy, spoken(editor.lang)
    one = strategy.measure_by_id.get(measure)
    if one and derive.is_finished(derive.category(strategy, one, editor.as_of)):
        return words("form.split_mark_over")
    return words("form.split_mark") if strategy.successors_of_measure.get(measure) else ""


def _part(editor: Editor, measure: str, number: int, sent: Values) -> Filled:
    schema = editor.loaded.descriptor.tables[PARTS]
    further = _further(editor, measure, sent)
    row = editor.asked(schema, {name: one for name, (one, _) in further.items()})
    assert row is not None
    more = {name: one for name, one in row.beside.items() if name in further}
    fields, beside = editor.fields(schema, {}, new=True), editor.fields_beside(schema, more)
    table = editor.table(schema)
    rows = (dict(zip(table.header, record, strict=False)) for record in table.records)
    whole = next((cells for cells in rows if cells.get("id") == measure), {})
    today = editor.as_of.isoformat()
    if "" < whole.get(START, "") < today and not "" < whole.get(END_PLANNED, "") < today:
        # What is begun now is not late from the day on which the whole was to begin.
        whole |= {START: today, PRECISION_COLUMNS[START]: ""}
    whole |= {n: next(iter(_values(editor, one, measure)), "") for n, one in row.beside.items()}
    whole |= {name: text for name, (_, text) in further.items()} | {REPLACES: measure}
    begun = {f.name: whole.get(f.name, "") for f in (*fields, *beside) if _stays(f, more)}
    form = Filled(schema=schema, fields=fields, told={}, new=True, beside=beside, further=more)
    return _told(replace(form, part=f"{PARTS}.{number}.", begun=begun), sent, {REPLACES: measure})


def _stays(field: Field, further: Collection[str]) -> bool:
    """Whether a part begins with what the measure has here: days, and what is chosen."""
    asked = (*KINDS["measure"].asked, *SAME, *PRECISION_COLUMNS.values(), REPLACES, *further)
    known = field.required or field.name in asked
    return known and field.kind in ("choice", "date") and field.name not in TITLES


def _values(editor: Editor, one: Beside, measure: str) -> list[str]:
    """What is told of a measure in another table."""
    return [
        text
        for cells in _rows(editor, one.table, measure, one.own)
        if one.fixed.items() <= cells.items() and (text := cells.get(one.column, ""))
    ]


def _rows(editor: Editor, table: str, measure: str, own: str = "measure") -> Iterator[Values]:
    """The rows of a table that name a measure."""
    there = editor.loaded.strategy.tables.get(table)
    for record in there.records if there else ():
        cells = dict(zip(there.header if there else (), record, strict=False))
        if cells.get(own) == measure:
            yield cells


def _further(editor: Editor, measure: str, sent: Values) -> Mapping[str, tuple[Beside, str]]:
    """What else is told of a measure in tables that link it, each with its value, by name.

    What a page has asked for stays, also where others have changed these tables since.
    """
    sought = [m.groups() for name in sent if (m := _FURTHER.fullmatch(name))]
    parts = editor.schema(PARTS)
    row = editor.asked(parts) if parts else None
    usual = [(one.table, one.fixed) for one in row.beside.values()] if row else []
    found: dict[str, tuple[Beside, str]] = {}
    for table, (column, first) in LINKS.items():
        schema = editor.schema(table)
        if schema is None or column not in schema.columns:
            continue
        roles = [cells.get(ROLE, "") for cells in _rows(editor, table, measure)]
        roles += [role for name, role, _ in sought if name == table]
        for role in dict.fromkeys(roles):
            one = Beside(table, column, {ROLE: role} if ROLE in schema.columns else {})
            texts = dict(enumerate(_values(editor, one, measure), first))
            numbers = {int(n) for *which, n in sought if which == [table, role]}
            for number in sorted({*texts, *numbers}):
                if number > first or (table, one.fixed) not in usual:
                    title = _title(schema, one, number)
                    name = f"{table}-{role}-{number}"
                    found[name] = replace(one, title=title), texts.get(number, "")
    return found


def _title(schema: TableSchema, one: Beside, number: int) -> Text:
    """What a further row is called: by what it names, its role, and its number behind the first."""
    said, role = schema.titles_of(one.column), one.fixed.get(ROLE, "")
    count = f" {number}" if number > 1 else ""
    de, en = (f" ({schema.columns[ROLE].label(role, n)})" if role else "" for n in ("de", "en"))
    return Text(f"{said.de}{de}{count}", f"{said.en}{en}{count}")


def _report(editor: Editor, measure: Measure, sent: Values) -> Iterator[Filled]:
    """The report that ends the measure; where it is over, what was typed of it."""
    schema, strategy = editor.schema(REPORTS), editor.loaded.strategy
    if schema is None:
        return
    ended = (s.id for s in strategy.statuses if s.category == "stopped")
    about = {"measure": measure.id, "status": next(ended, "")}
    begun = {**first_values(editor, schema, about), END: editor.as_of.isoformat()}
    form = Filled(
        schema=schema,
        fields=editor.fields(schema, {}, new=True),
        told={},
        new=True,
        beside=editor.fields_beside(schema),
        part=f"{REPORTS}.1.",
        begun=begun,
    )
    told = _told(form, sent, {"measure": measure.id})
    over = derive.is_finished(derive.category(strategy, measure, editor.as_of))
    if not over or ("do" in sent and any(told.shown(f).strip() for f in _changed(told))):
        yield told


def _told(form: Filled, sent: Values, fixed: Values) -> Filled:
    """The form with what was sent, or as it begins where nothing was; ``fixed`` stays."""
    known, start = {f.name for f in form.every}, f"{CELL}{form.part}"
    typed = {n.removeprefix(start): text for n, text in sent.items() if n.startswith(start)}
    before = base(sent.get("base", "")) or {}
    # A page knows with what it began, also where others have changed the measure since.
    old = {name: before[n] for name in known if (n := f"{form.part}{name}") in before}
    begun = old or {n: text for n, text in form.begun.items() if n in known}
    return replace(form, told={**(typed or begun), **fixed}, begun=begun)


def _typed(form: Filled) -> bool:
    return bool(_changed(form))


def _changed(form: Filled) -> list[Field]:
    """The fields in which something else stands than at the beginning."""
    begun = ((f, form.begun.get(f.name, f.shown)) for f in form.every)
    return [f for f, text in begun if line_ends(form.shown(f)) != line_ends(text)]
