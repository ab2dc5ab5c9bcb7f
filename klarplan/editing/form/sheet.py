"""A form that came back, read as the workbook is: both change a table by the same code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from klarplan.editing.form.fields import Field, ids_of
from klarplan.editing.new_row import free_id
from klarplan.editing.plainly import Plain, plainly
from klarplan.editing.workbook.base import Base, Held
from klarplan.editing.workbook.merge import merge
from klarplan.editing.workbook.outcome import Decided, Merged
from klarplan.editing.workbook.read import Back, BackRow, BackSheet
from klarplan.editing.workbook.remarks import Remark
from klarplan.editing.workbook.whose import whose
from klarplan.messages import Text
from klarplan.strategy.csv_editor import Edits
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.derive import span
from klarplan.strategy.load import Loaded
from klarplan.strategy.new_ids import Used
from klarplan.strategy.new_kinds import Beside
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.time_spans import PRECISION_COLUMNS
from klarplan.words.catalogue import spoken

COMPARED_WITH_NOTHING = "fields_of_action"
"""Has neither days nor states: whichever row is named, no rule finds anything else."""
NUMBER = 1
"""The only row of a form."""


class FormSheet(BackSheet):
    """The one row of a form; a place in it is the field."""

    def place(self, row: BackRow, column: str = "") -> str:  # noqa: ARG002 - the base's names
        """The name of the column, empty where the whole row is meant."""
        return column


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form that somebody has filled in."""

    schema: TableSchema
    fields: Sequence[Field]
    """As the form was made: with the texts that the row had then."""
    told: Mapping[str, str]
    """What stands in the fields now."""
    new: bool
    first_id: str = ""
    """The id of the first row of a table."""
    beside: Sequence[Field] = ()
    """What is told of other tables with a new row."""
    part: str = ""
    """What the names of its fields begin with in a form of several rows."""
    begun: Mapping[str, str] = field(default_factory=dict)
    """With what a new row of several began."""
    further: Mapping[str, Beside] = field(default_factory=dict)
    """What is told of other tables only here, by the names for it."""

    @property
    def every(self) -> Sequence[Field]:
        """All fields of the form."""
        return (*self.fields, *self.beside)

    @property
    def cells(self) -> dict[str, str]:
        """The texts that the row is to have, by column."""
        cells = self._with_spans(self._read(self.fields))
        return {**cells, "id": self.first_id} if self.first_id and "id" in cells else cells

    @property
    def cells_beside(self) -> dict[str, str]:
        """What is told of other tables, by the names for it."""
        return self._read(self.beside)

    def _with_spans(self, cells: dict[str, str]) -> dict[str, str]:
        """The same with the day and how exact it is, where a month, quarter or year was typed."""
        for one, exact in self._days():
            if not one.changed(self.shown(one)):
                continue
            found = plainly(self.schema.field(one.name), cells[one.name], exact=True)
            if isinstance(found, Plain) and found.precision:
                cells[one.name] = found.text
                # What a new row begins with is nobody's word.
                if self.new or not exact.changed(self.shown(exact)):
                    cells[exact.name] = found.precision
        return cells

    def _days(self) -> Iterator[tuple[Field, Field]]:
        """The fields for days, each with the one that says how exact it is."""
        fields = {f.name: f for f in self.fields}
        for name, also in PRECISION_COLUMNS.items():
            if name in fields and also in fields:
                yield fields[name], fields[also]

    def _read(self, fields: Sequence[Field]) -> dict[str, str]:
        return {f.name: f.read(self.shown(f)) for f in fields}

    def shown(self, field: Field) -> str:
        """What stands in a field now."""
        return self.told.get(field.name, field.shown)

    def lacking(self) -> list[Field]:
        """The fields that must be filled in and are not."""
        cells = self.cells
        return [
            f
            for f in self.fields
            if (f.required and (self.new or f.same)) or f.need
            if f.kind != "fixed" and not cells[f.name]
        ]

    def lost(self) -> dict[str, str]:
        """What was typed for columns that are there no more, by their names."""
        known = {f.name for f in self.every}
        return {n: text for n, text in self.told.items() if n not in known and text.strip()}

    def wider(self) -> Iterator[tuple[str, Text]]:
        """Days that stand for a time of which they are not the last (or first): what is meant."""
        cells = self.cells
        for one, exact in self._days():
            precision = cells[exact.name]
            if not precision or not any(f.changed(self.shown(f)) for f in (one, exact)):
                continue
            with suppress(ValueError):
                day = dt.date.fromisoformat(cells[one.name])
                if day != span(day, precision)[0 if one.name.endswith("start") else 1]:
                    yield one.name, _wider(day, precision, exact)

    def doubts(self) -> list[Remark]:
        """What can't be read in one way."""
        found = (f.doubt(self.shown(f)) for f in self.every)
        return [remark for remark in found if remark]

    def back(self, loaded: Loaded, lang: str) -> Back:
        """The form as a workbook of one sheet that came back."""
        lists = {f.held.choices or f.name: f.labels for f in self.fields if f.labels}
        held = Held(
            table=self.schema.name,
            sheet=self.schema.said(lang).title or self.schema.name,
            columns=tuple(f.held for f in self.fields),
            rows=() if self.new else (tuple(f.text for f in self.fields),),
        )
        row = BackRow(mark=None if self.new else 0, cells=self.cells, number=NUMBER)
        letters = {f.name: f.title for f in self.fields}
        sheet = FormSheet(held=held, rows=(row,), letters=letters)
        base = Base(lang=lang, whose=whose(loaded.strategy.settings), sheets=(held,), lists=lists)
        return Back(file="", base=base, sheets=[sheet], tables=loaded.strategy.tables)


def _wider(day: dt.date, precision: str, exact: Field) -> Text:
    label = exact.labels.get(precision, precision)
    single = exact.labels.get("day", "day")
    return Text(
        f"Als {exact.title} steht „{label}“: Das heißt {spoken('de').day(day, precision)}. Meinen "
        f"Sie genau den {spoken('de').day(day)}, wählen Sie dort „{single}“.",
        f"{exact.title} is “{label}”: this means {spoken('en').day(day, precision)}. If you mean "
        f"just {spoken('en').day(day)}, choose “{single}” there.",
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a form would change in its table."""

    back: Back
    merged: Merged
    edits: Edits
    place: int | None
    """Where in the table the row stands; nothing where it is gone."""


def outcome(
    filled: Filled, loaded: Loaded, tables: Mapping[str, Table], lang: str, used: Used
) -> Outcome:
    """What a form changes in the tables as they are now; nothing is written.

    A new row that lacks something is added all the same, for the check to tell what else is wrong.
    """
    name = filled.schema.name
    if filled.new and not filled.cells.get("id") and not ids_of(tables[name]):
        # Where there is no id yet, nothing tells how they count but the schema.
        filled = replace(filled, first_id=free_id(filled.schema, (), used) or "")
    back = filled.back(loaded, lang)
    if filled.new and filled.lacking():
        cells = {**_stand_ins(filled, tables, used), **_told(filled)}
        merged = Merged(edits={name: Edits(added=[cells])})
        place = tables[name].file, len(tables[name].records)
        merged.places[place] = back.sheets[0], back.sheets[0].rows[0]
    else:
        merged = merge(back, tables, loaded.descriptor, Decided(again=bool(filled.part)), used)
    place_now = next((number for _, number in merged.places), None)
    return Outcome(back, merged, merged.edits.get(name, Edits()), place_now)


def _told(filled: Filled) -> dict[str, str]:
    return {column: text for column, text in filled.cells.items() if text}


def _stand_ins(filled: Filled, tables: Mapping[str, Table], used: Used) -> dict[str, str]:
    """What stands for the id, and for words and the field that lack, until somebody tells them.

    No rule looks at a row without them. A measure, a day or a number would make others wrong.
    """
    identifier = free_id(filled.schema, ids_of(tables[filled.schema.name]), used)
    found = {"id": identifier} if identifier and "id" in filled.cells else {}
    for lack in filled.lacking():
        if lack.labels and filled.schema.target_of(lack.name) == COMPARED_WITH_NOTHING:
            found[lack.name] = next(iter(lack.labels))
        elif not lack.labels and lack.held.kind == "string":
            found[lack.name] = "…"
    return found


def rebased(filled: Filled, fields: Sequence[Field]) -> Filled:
    """The same form made anew of the row as it is now; what nobody has typed follows the row."""
    before = {f.name: f for f in filled.fields}
    told = {
        f.name: filled.told[f.name]
        for f in fields
        if f.name in filled.told
        and (f.name not in before or before[f.name].changed(filled.told[f.name]))
    }
    return replace(filled, fields=fields, told=told)
