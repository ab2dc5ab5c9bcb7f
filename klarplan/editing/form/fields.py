"""The fields of a form: one for each column that the workbook has, too, with the same choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from klarplan.editing.new_row import NUMBERS, free_id
from klarplan.editing.workbook.base import HeldColumn
from klarplan.editing.workbook.book import EditColumn
from klarplan.editing.workbook.maker import Maker
from klarplan.editing.workbook.remarks import Remark, two_readings
from klarplan.editing.workbook.values import PERIOD, clean, meant
from klarplan.strategy.choices import Labels
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.former_ids import TITLES
from klarplan.strategy.load import CAST
from klarplan.strategy.new_ids import NEVER
from klarplan.strategy.new_kinds import Askable
from klarplan.strategy.periods import known_labels, labels_around
from klarplan.strategy.schema import TableSchema
from klarplan.words.room import cut

MOST_OF_OPTION = 90
"""So much room an option takes, in average letters."""
TableOf = Callable[[TableSchema], Table]
"""The table of a schema, an empty one where it has no file yet."""
Kind = Literal["choice", "date", "fixed", "line", "number", "text"]
SUGGESTED = 20
"""So many texts are suggested."""
ONE_LINE = ("format", "pattern")
"""What is said of texts that are addresses, codes and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What people fill in: one cell."""

    held: HeldColumn
    kind: Kind
    title: str
    help: str = ""
    required: bool = False
    need: str = ""
    """What is said while it is empty, of a field without which a task is not done."""
    internal: bool = False
    labels: Labels
    """What is chosen from; empty where it is free."""
    text: str
    """What the file has; what is shown of it is ``shown``."""
    english: bool = False
    suggested: tuple[str, ...] = ()
    """What may be meant where anything may be written."""
    lacks: str = ""
    """The table whose rows could be chosen if it had any."""

    @property
    def name(self) -> str:
        """The name of the column."""
        return self.held.name

    @property
    def options(self) -> Labels:
        """What is chosen from, as a list shows it: a long one is cut, if it can still be told."""
        return told_apart(self.labels)

    @property
    def shown(self) -> str:
        """What stands in the field before anybody changes it."""
        if self.held.kind == "boolean":
            return self.same
        if self.kind == "number" and not self.english and _is_a(self.held.kind, self.text):
            return self.text.replace(".", ",")
        return self.text

    @property
    def same(self) -> str:
        """What is read where nobody has changed anything."""
        if self.held.kind == "boolean" or not self.labels:
            return meant(self.text, self.held, {})
        return self.text

    def read(self, told: str) -> str:
        """The text of a table that is meant, in the form that a workbook gives it, too."""
        if not self.changed(told):
            return self.same
        if self.labels and told in self.labels:
            return told
        if self.kind == "line":
            told = " ".join(clean(told).split("\n"))
        return meant(told, self.held, {})

    def changed(self, told: str) -> bool:
        """Whether something else stands in the field than what was shown."""
        # Browsers end every line with both signs.
        return _lines(told) != _lines(self.shown)

    def doubt(self, told: str) -> Remark | None:
        """What can't be read in one way: 1.234 may be a thousand or one, and a bit."""
        text = told.strip()
        if self.held.kind != "number" or self.english or not self.changed(told):
            return None
        whole, point, decimals = text.lstrip("+-").partition(".")
        thousands = point and len(decimals) == 3 and f"{whole}{decimals}".isdecimal()
        if thousands and 1 <= len(whole) <= 3 and whole[0] != "0":
            return two_readings(self.name, text, in_cell=False)
        return None


def fields(
    maker: Maker, schema: TableSchema, table: Table, cells: Mapping[str, str], *, new: bool
) -> Iterator[Field]:
    """The fields for a row with these cells; a new one gets its id by itself where ids count."""
    counts = _counts(schema, table)
    for column in maker.columns(schema, table):
        text = cells.get(column.name, "")
        yield _field(maker, schema, table, column, text, fixed=not new or counts)


def fields_beside(maker: Maker, row: Askable, table_of: TableOf) -> Iterator[Field]:
    """The fields for what is told of other tables with a new row; all may stay empty."""
    for name, one in row.beside.items():
        schema = row.described[one.table]
        table = table_of(schema)
        column = maker.column(schema, table, one.column)
        found = _field(maker, schema, table, column, "", fixed=False)
        said = row.column(name)
        held = replace(found.held, name=name, title=said.title)
        yield replace(found, held=held, title=said.title, help=said.description, required=False)


def told_apart(labels: Labels) -> Labels:
    """Labels as a list shows them: no longer than there is room, unless two would be the same."""
    short = {value: cut(said, MOST_OF_OPTION) for value, said in labels.items()}
    often = Counter(short.values())
    return {v: labels[v] if often[said] > 1 else said for v, said in short.items()}


def _field(  # noqa: PLR0913 (all that a field is made of)
    maker: Maker, schema: TableSchema, table: Table, column: EditColumn, text: str, *, fixed: bool
) -> Field:
    """The field of a cell with this text."""
    held = maker.held(column)
    described = schema.columns.get(column.name)
    limits = schema.field(column.name).get("constraints", {})
    labels = maker.lists.get(column.choices) or _enumerated(limits)
    target = schema.target_of(column.name)
    lacks = target if target and not labels and not text else ""
    chosen = lacks and not (column.locked and fixed)
    kind = "choice" if chosen else _kind(column, schema, labels, text, fixed=fixed)
    return Field(
        held=held,
        kind=kind,
        title=held.title or column.name,
        help=described.said(maker.lang).description if described else "",
        required=bool(limits.get("required")),
        internal=column.internal,
        labels=labels,
        text=text,
        english=maker.lang == "en",
        suggested=_suggested(maker, table, column.name) if kind == "line" else (),
        lacks=lacks,
    )


def _suggested(maker: Maker, table: Table, name: str) -> tuple[str, ...]:
    """For a period those that are known or just ended; else what others have written repeatedly."""
    at = table.column(name)
    written = Counter(record[at] for record in table.records if at is not None and at < len(record))
    if name == PERIOD:
        known = [*known_labels(maker.loaded.strategy), *labels_around(maker.as_of), *written]
        return tuple(dict.fromkeys(label for label in known if label))[:SUGGESTED]
    if name in ("id", *TITLES):
        return ()
    often = [text for text, number in written.most_common() if text and number > 1]
    return tuple(often[:SUGGESTED])


def _enumerated(limits: Mapping[str, object]) -> Labels:
    values = limits.get("enum")
    return {str(value): str(value) for value in values} if isinstance(values, list) else {}


def _counts(schema: TableSchema, table: Table) -> bool:
    """Whether the next id can be told."""
    return free_id(schema, ids_of(table), NEVER) is not None


def ids_of(table: Table) -> list[str]:
    """The ids of a table."""
    at = table.column("id")
    return [] if at is None else [r[at] for r in table.records if len(r) > at and r[at]]


def _kind(
    column: EditColumn, schema: TableSchema, labels: Labels, text: str, *, fixed: bool
) -> Kind:
    if column.locked:
        return "fixed" if fixed else "line"
    if labels:
        return "choice"
    # A browser shows nothing in place of a day that is none.
    if column.kind == "date" and (not text or _is_a("date", text)):
        return "date"
    if column.kind in NUMBERS:
        return "number"
    described = schema.field(column.name)
    limits = described.get("constraints", {})
    short = column.name in TITLES or any(name in described or name in limits for name in ONE_LINE)
    # Of a column that nobody has filled yet, nobody knows how long its texts will be.
    prose = column.kind == "string" and not short and (column.is_prose or not column.width)
    return "text" if prose or "\n" in clean(text) else "line"


def _is_a(kind: str, text: str) -> bool:
    try:
        CAST.get(kind, CAST["integer"])(text)
    except (ValueError, ArithmeticError):
        return False
    return True


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
