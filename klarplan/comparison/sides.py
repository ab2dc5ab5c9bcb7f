"""Two states side by side: the rows that differ, and how their cells are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from klarplan.comparison.rows import Renumbered, RowChange
from klarplan.comparison.speech import EXACT_BY, Speech, is_text
from klarplan.comparison.state import State
from klarplan.comparison.told import Told
from klarplan.strategy.schema import TableSchema
from klarplan.words.formats import NBSP


@dataclass(frozen=True)
class Sides:
    """Two states of a strategy, and how they are spoken of."""

    before: State
    after: State
    say: Speech
    rows: Mapping[str, Sequence[RowChange]]
    """The rows that differ, by table."""
    ids: Renumbered = field(default_factory=dict)
    """The ids that rows have now, by table and the id that they had."""

    def of(self, change: RowChange) -> State:
        """The state in which a row that came or went is, so that what it names is known."""
        return self.before if change.went else self.after

    def schema(self, table: str) -> TableSchema | None:
        """What is described of a table, by the later state that knows it."""
        return self.after.schema(table) or self.before.schema(table)

    def table(self, name: str) -> str:
        """What a table is called."""
        return self.say.table(self.schema(name), name)

    def named(self, table: str, identifier: str) -> str:
        """A row by id and title, from the later state that knows it."""
        known = self.after if self.after.row(table, identifier) else self.before
        return self.say.thing(known, table, identifier)

    def told(
        self,
        kind: str,
        change: RowChange,
        text: str,
        subject: tuple[str, str],
        *,
        look: bool = False,
    ) -> Told:
        """A sentence on a row that stands among those of the subject."""
        schema = self.schema(change.table)
        file = f"data/{schema.path if schema else change.table + '.csv'}"
        table, identifier = subject
        # Spaces that hold a line together are for pages.
        text = text.replace(NBSP, " ")
        return Told(kind=kind, text=text, table=table, id=identifier, file=file, look=look)

    def removed(self, change: RowChange) -> str:
        """That a row is gone; by its title where its id stands for another one now."""
        title = self.say.title(change.before)
        taken = title and self.after.row(change.table, change.before.get("id", ""))
        which = f"{self.say.quoted(title)} " if taken else ""
        return which + self.say.either("entfällt", "removed")

    def unread(self, table: str) -> Told:
        """A sentence on a table that is not compared, since one side can't be read."""
        schema = self.schema(table)
        file = f"data/{schema.path if schema else table + '.csv'}"
        names = [s.name for s in (self.before, self.after) if table in s.unread]
        where = ", ".join(names)
        text = self.say.either(
            f"{file} ist nicht lesbar ({where}) und deshalb nicht verglichen; was fehlt, sagt "
            "„klarplan check“",
            f"{file} can't be read ({where}), so it is not compared; “klarplan check” tells why",
        )
        return Told(kind="unreadable", text=text, file=file, look=True)

    def cell(self, change: RowChange, column: str, kind: str = "cell") -> Told:
        """A sentence on a cell: „Handlungsfeld: A → B“; a text is told in what differs."""
        say = self.say
        schema = self.schema(change.table)
        known = schema.columns.get(column) if schema else None
        old, new = change.before.get(column, ""), change.after.get(column, "")
        if old and new and schema and known and is_text(schema, known):
            said = say.texts(old, new)
        else:
            said = " → ".join(
                say.value(state, change.table, column, row)
                for state, row in ((self.before, change.before), (self.after, change.after))
            )
        if known and known.type == "date":
            moved = say.moved(column, change.before, change.after)
            said += f", {moved}" if moved else ""
        return self.told(kind, change, f"{say.column(schema, column)}: {said}", subject(change))

    def cells(self, change: RowChange, but: Sequence[str] = ()) -> Iterator[Told]:
        """A sentence on each cell that differs."""
        exact = set(EXACT_BY.values())
        for column in change.columns:
            date = next((d for d, e in EXACT_BY.items() if e == column), "")
            # How exact a date is, is told with the date.
            if column not in but and not (column in exact and change.differs(date)):
                yield self.cell(change, column)

    def rest(self, change: RowChange, said: Sequence[str]) -> str:
        """All cells of a new row but those that a sentence has said; „“ where none is left.

        What somebody agrees to must be told before it is published.
        """
        schema, exact = self.schema(change.table), set(EXACT_BY.values())
        return "".join(
            f"; {self.say.column(schema, name)}: "
            f"{self.say.value(self.after, change.table, name, change.after)}"
            for name, cell in change.after.items()
            # How exact a date is, is told with the date.
            if cell and name not in said and name not in exact
        )

    @cached_property
    def decided(self) -> frozenset[str]:
        """The measures about which a decision is new or changed."""
        rows = self.rows.get("decisions", ())
        return frozenset(change.after.get("measure", "") for change in rows if not change.went)


def subject(change: RowChange) -> tuple[str, str]:
    """The row that a change is told with: the measure or indicator that it is about, or itself."""
    table, row = change.table, change.row
    if table in _ABOUT:
        return _ABOUT[table][0], row.get(_ABOUT[table][1], "")
    return table, row.get("id", "")


_ABOUT: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            *("status_reports", "budget", "milestones", "measure_goals", "measure_fields"),
            *("responsibilities", "measure_places", "measure_indicators"),
        ),
        ("measures", "measure"),
    ),
    "dependencies": ("measures", "from"),
    "successions": ("measures", "from"),
    "indicator_values": ("indicators", "indicator"),
    "indicator_targets": ("indicators", "indicator"),
}
"""Tables whose rows are told with another row: its table, and the column that names it."""
