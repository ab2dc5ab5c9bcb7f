"""The rows of a form: as it begins, and as it was sent; most forms have one."""

from __future__ import annotations

from collections.abc import Mapping

from klarplan.cli.form import splitting
from klarplan.cli.form.tasks import first_values, latest, with_need
from klarplan.cli.form.typed import CELL, base
from klarplan.commands.edit import Editor
from klarplan.editing.form.sheet import Filled
from klarplan.editing.kept_end import TABLE as REPORTS
from klarplan.editing.kept_end import kept
from klarplan.editing.workbook.reports import LAST

Values = Mapping[str, str]


def begun(editor: Editor, sent: Values) -> list[Filled]:
    """The rows as a form begins with them, told by its address; none where there is no such."""
    schema, task = editor.schema(sent.get("table", "")), sent.get("task", "")
    if schema is None:
        return []
    if task == splitting.TASK:
        return splitting.forms(editor, sent)
    if "row" in sent:
        cells = editor.cells(schema, sent["row"])
        if cells is None:
            return []
        fields = with_need(editor, editor.fields(schema, cells, new=False), task, cells)
        return [Filled(schema=schema, fields=fields, told={}, new=False)]
    fields = editor.fields(schema, {}, new=True)
    given = first_values(editor, schema, sent)
    told = {f.name: given[f.name] for f in fields if f.name in given}
    fields = with_need(editor, fields, task, told)
    beside = editor.fields_beside(schema)
    return [Filled(schema=schema, fields=fields, told=told, new=True, beside=beside)]


def sent_back(editor: Editor, sent: Values) -> list[Filled]:
    """The rows as they were sent; none where there are no such any more."""
    schema, task = editor.schema(sent.get("table", "")), sent.get("task", "")
    before = base(sent.get("base", ""))
    if schema is None or before is None:
        return []
    if task == splitting.TASK:
        return splitting.forms(editor, sent)
    new = "row" not in sent
    fields = editor.fields(schema, before, new=new)
    told = {n.removeprefix(CELL): text for n, text in sent.items() if n.startswith(CELL)}
    known = {f.name for f in fields}
    same = [n for n, text in before.items() if n not in known and told.get(n) == text]
    typed = {n: text for n, text in told.items() if n not in same}
    measure = about(editor, sent)
    if measure:
        typed["measure"] = measure
    cells = Filled(schema=schema, fields=fields, told=typed, new=new).cells
    fields = with_need(editor, fields, task, cells)
    if new and schema.name == REPORTS and not measure:
        still = kept(editor.loaded.strategy, cells)
        typed |= {n: text for n, text in still.items() if n in known}
    beside = editor.fields_beside(schema) if new else ()
    return [Filled(schema=schema, fields=fields, told=typed, new=new, beside=beside)]


def stand(editor: Editor, sent: Values, form: Filled) -> str:
    """What is known of the measure that a form is about; whoever fills it in is to know it too.

    Of one that is split, that it is over already; of one that is reported on, the last report.
    """
    if sent.get("task") == splitting.TASK:
        return splitting.stand(editor, sent)
    if not about(editor, sent):
        return ""
    return "; ".join(f"{title}: {text}" for title, text in latest(editor, form, STAND))


STAND = tuple(name for name in LAST if name != "text")
"""What of the last report tells whether another one has come since."""


def about(editor: Editor, sent: Values) -> str:
    """The measure that was chosen before: a new report, or parts, are about no other one.

    What the form begins with, such as the end that was expected last, is of that measure.
    """
    measure = sent.get("measure", "")
    task = sent.get("table") == REPORTS or sent.get("task") == splitting.TASK
    known = measure in editor.loaded.strategy.measure_by_id
    return measure if task and "row" not in sent and known else ""
