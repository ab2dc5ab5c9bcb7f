"""How the rows of a form are shown: which fields come first, and what is told beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from klarplan.cli.form.rows import about
from klarplan.cli.form.tasks import FIRST, latest
from klarplan.commands.edit import Editor, Message
from klarplan.editing.form.fields import Field
from klarplan.editing.form.sheet import Filled
from klarplan.strategy.new_kinds import KIND_OF, KINDS
from klarplan.strategy.time_spans import PRECISION_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row as it is shown; its fields are known by name, behind what tells it from others."""

    form: Filled
    groups: Sequence[Sequence[Field]]
    """Its fields: those that come first, and the rest."""
    by_field: Mapping[str, Sequence[Message]]
    """What is told at each of them."""
    open: Collection[str]
    """The fields for which the rest is unfolded."""
    latest: Sequence[tuple[str, str]]
    """What was reported last."""


def shown(
    editor: Editor, form: Filled, sent: Mapping[str, str], messages: Sequence[Message]
) -> Part:
    """A row of a form with what is told of it; ``sent`` names the task."""
    task, back = sent.get("task", ""), "do" in sent  # with what was typed
    kind = KIND_OF.get(form.schema.name, "")
    asked = KINDS[kind].asked if kind else ()
    first_of = FIRST.get(f"{task}.{form.schema.name}" if form.part else task, ())
    # Nobody need hear of an id that is given by itself; one that is there is for files.
    fixed = [f for f in form.fields if f.kind == "fixed"]
    chosen = [f for f in form.every if f.name in CHOSEN and about(editor, sent)]
    of_form = [f for f in form.every if f not in (*fixed, *chosen)]
    first = [f for f in of_form if f.required or f.name in asked or f.name in first_of]
    if form.part:
        # What is as it was, is to be looked at only by those who want it otherwise.
        first = [f for f in first if f.name in (first_of or asked) or f.required]
        first = [f for f in first if f.name in first_of or not form.begun.get(f.name)]
    # How exact a day is, is seen where the day is changed.
    exact = {PRECISION_COLUMNS.get(f.name) for f in first}
    first = [f for f in of_form if f in first or (f.name in exact and form.shown(f))]
    first.sort(key=lambda field: field.name not in first_of)
    groups = [first, [*(f for f in of_form if f not in first), *(() if form.new else fixed)]]
    names = [f"{form.part}{f.name}" for group in groups for f in group]
    by_field = {n: [m for m in messages if m.field == n] for n in names}
    return Part(
        form=form,
        groups=[g for g in groups if g],
        by_field=by_field,
        open=[
            f.name
            for f in form.every
            if by_field.get(f"{form.part}{f.name}")
            or (back and form.shown(f) != form.begun.get(f.name, ""))
        ],
        latest=latest(editor, form),
    )


CHOSEN = ("measure", "replaces")
"""What was chosen before the form was opened."""
