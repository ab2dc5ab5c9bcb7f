"""A new row of a table from what somebody says: which columns there are, what their values mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from klarplan.check.cell_types import beyond
from klarplan.check.rules.cells import constraint_fault
from klarplan.check.rules.subject import shown
from klarplan.editing.kept_end import EXPECTED, TABLE, is_plan
from klarplan.editing.plainly import Unclear, plainly
from klarplan.editing.unseen import left_out
from klarplan.editing.workbook.base import HeldColumn
from klarplan.editing.workbook.values import by_label, meant, unescaped
from klarplan.importer.target import Target
from klarplan.letters import without_unseen
from klarplan.messages import (
    NOTHING,
    KlarplanError,
    Lang,
    Text,
    did_you_mean,
    quoted,
    together,
    was_meant,
)
from klarplan.strategy.choices import Labels, named_in, probably
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.new_ids import Ids, Used
from klarplan.strategy.new_kinds import KIND_OF, KINDS, Askable
from klarplan.strategy.readings import NUMBER_AND_TITLE, readings_of, unclear
from klarplan.strategy.schema import Descriptor, TableSchema
from klarplan.strategy.time_spans import PRECISION_COLUMNS

_EXACT = {
    "month": Text(", auf den Monat genau", ", exact to the month"),
    "quarter": Text(", auf das Quartal genau", ", exact to the quarter"),
    "half": Text(", auf das Halbjahr genau", ", exact to the half-year"),
    "year": Text(", auf das Jahr genau", ", exact to the year"),
}
NUMBERS = ("integer", "number", "year")
_UNIT = re.compile(r"[^\s\d.,+-]")
"""What stands beside the digits of a number."""
_AROUND = " \t\n-–•*.,;:!?()\"'„“”‚‘’«»"
"""What may stand around a word that is meant."""
ONE = Text("Hier hat nur eines Platz. Nennen Sie es.", "Only one fits in here. Name it.")
NUMBER_OR_TITLE = Text(
    "Nötig ist eine Nummer oder Bezeichnung, wie sie auf der Website steht.",
    "Needed is a number or title as it is on the website.",
)
SHOWN = 12
"""So many values to choose from are told at most."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was told: an option, or a line of a file."""

    file: str
    line: int | None = None


class NewRow(Askable):
    """A row that is being filled; values are told as people say them: labels, ids, days."""

    def __init__(
        self, kind: str, descriptor: Descriptor, tables: Mapping[str, Table], lang: Lang
    ) -> None:
        """Raises ``KlarplanError`` where the strategy does not describe the table."""
        table = KINDS[kind].table
        if table not in descriptor.tables:
            raise KlarplanError(
                Text(
                    f"Ihre Strategie kennt die Tabelle „{table}“ nicht.",
                    f"Your strategy knows no table “{table}”.",
                ),
                Text(
                    "„klarplan migrate“ trägt sie in data/datapackage.json ein.",
                    "“klarplan migrate” describes it in data/datapackage.json.",
                ),
                file=descriptor.file,
            )
        super().__init__(KINDS[kind], descriptor, tables, lang)
        self.cells: dict[str, str] = {}
        self.origins: dict[str, Origin] = {}
        """Where values came from, by their columns."""
        self.notes: list[Text] = []
        """What is to be told of how values were understood."""
        self.one_each: Mapping[str, Text] = {}
        """How to go on where a column was told several rows, by column."""
        self.plan_again = False
        """Whether somebody said that the plan holds again."""

    def asked(self) -> tuple[str, ...]:
        """The columns that are asked for one by one, those that must be filled first."""
        known = self.names
        usual = (name for name in self.kind.asked if name in known)
        return tuple(dict.fromkeys((*self.required(), *usual)))

    def put(self, told: str, value: str) -> None:
        """Fill a column, told by its name or its title.

        Raises ``KlarplanError`` (exit code 2) for a column that is not there, and for a value that
        is none of those to choose from.
        """
        name = self.named(told)
        if self.kind.table == TABLE and name == EXPECTED:
            self.plan_again = is_plan(value)
            value = "" if self.plan_again else value
        labels = self.choices(name)
        values = by_label(labels, self.other_words(name))
        kind = "boolean" if values and self.column(name).type == "boolean" else ""
        kind = kind or ("string" if values else self.column(name).type)
        if several := readings_of(self.table_of(name)).several(value):
            title, (de, en) = self.column(name).title, unclear(value, several, labels)
            raise KlarplanError(
                Text(f"{title}: {de}", f"{title}: {en}"), NUMBER_AND_TITLE, exit_code=2
            )
        text = meant(value, HeldColumn(name=name, kind=kind), values)
        if (out := left_out(unescaped(value))) != NOTHING:
            title = self.column(name).title
            self.notes.append(Text(f"{title}: {out.de}", f"{title}: {out.en}"))
            value = without_unseen(unescaped(value))
        if text and labels and text not in labels:
            raise self._no_choice(name, text, labels)
        if text and not labels and self.target(name):
            raise self._no_rows(name, text)
        self.cells[name] = self._plain(name, text, value) if text and not labels else text

    def _plain(self, name: str, text: str, told: str) -> str:
        """A day or a number as the table has it; what was ``told`` beside it is noted."""
        also = PRECISION_COLUMNS.get(name, "")
        found = plainly(self.field(name), text, exact=bool(also) and also in self.columns)
        title = self.column(name).title
        if isinstance(found, Unclear):
            (de, en), cure = found
            raise KlarplanError(Text(f"{title}: {de}", f"{title}: {en}"), cure, exit_code=2)
        self._refuse_beyond(name, found.text)
        if found.precision and not self.cells.get(also):
            self.cells[also] = found.precision
        told = told if _UNIT.search(told) and self.column(name).type in NUMBERS else text
        if found.text != told:
            exact = _EXACT[found.precision] if found.precision else NOTHING
            self.notes.append(
                Text(
                    f"{title}: „{shown(told)}“ ist verstanden als {found.text}{exact.de}.",
                    f"{title}: “{shown(told)}” is understood as {found.text}{exact.en}.",
                )
            )
        return found.text

    def _refuse_beyond(self, name: str, text: str) -> None:
        """Raise ``KlarplanError`` for a number out of the range of its column."""
        field, number = self.field(name), self.column(name).type in ("integer", "number")
        if end := beyond(field.get("constraints", {}), text) if number else "":
            _, (de, en), cure, _ = constraint_fault(dict(field), end, text)
            title = self.column(name).title
            raise KlarplanError(Text(f"{title}: {de}", f"{title}: {en}"), cure, exit_code=2)

    def missing(self) -> tuple[str, ...]:
        """The columns that must be filled and are not."""
        return tuple(name for name in self.required() if not self.cells.get(name))

    def give_id(self, used: Used) -> None:
        """Give the row the next id that was never used, unless it has one or needs none.

        Raises ``KlarplanError`` where the ids are no numbers, or the one that it has was used.
        """
        if "id" not in self.columns:
            return
        former = used.former(self.schema.name)
        known = [*self._ids()]
        if own := self.cells.get("id"):
            if own in known or own in former:
                raise KlarplanError(
                    Text(f"Die Kennung „{own}“ ist vergeben.", f"The id “{own}” was given before."),
                    Text(
                        "Lassen Sie sie weg; dann entsteht die nächste freie.",
                        "Leave it out; then the next free one is given.",
                    ),
                    exit_code=2,
                )
            return
        given = free_id(self.schema, known, used)
        if given is None:
            raise KlarplanError(
                Text(
                    "Die Kennungen dieser Tabelle zählen nicht; die nächste steht nicht fest.",
                    "The ids of this table don't count; which one is next is open.",
                ),
                Text("Nennen Sie sie mit --set id=…", "Name it with --set id=…"),
                exit_code=2,
            )
        self.cells["id"] = given

    def _ids(self) -> Iterator[str]:
        position = self.table.column("id") if self.table else None
        for record in self.table.records if self.table and position is not None else ():
            if position is not None and len(record) > position and record[position]:
                yield record[position]

    def named(self, told: str) -> str:
        """The column of a name or a title; raises ``KlarplanError`` where there is none."""
        wanted = told.strip().casefold()
        known = self.names
        titles = {self.column(name).title.casefold(): name for name in reversed(known)}
        name = wanted if wanted in known else titles.get(wanted, "")
        if name:
            return name
        listed, file = ", ".join(known), f"data/{self.schema.path}"
        de, en = did_you_mean(told, known)
        raise KlarplanError(
            Text(f"„{file}“ hat keine Spalte „{told}“.", f"“{file}” has no column “{told}”."),
            Text(f"{de} Es gibt: {listed}.".strip(), f"{en} There are: {listed}.".strip()),
            exit_code=2,
        )

    def _no_choice(self, name: str, text: str, labels: Labels) -> KlarplanError:
        title, told = self.column(name).title, shown(" ".join(text.split()))
        table = self.table_of(name)
        titled = self.target(name) and table and {"title", "name"} & {*table.header}
        found = named_in(text, labels, self.other_words(name)) if titled else []
        if len(found) > 1:
            return self._several(name, told, [labels[one] for one in found])
        bare = text.strip(_AROUND)
        guess = labels[found[0]] if found else probably(bare, labels, self.other_words(name))
        listed = "; ".join([*labels.values()][:SHOWN])
        more = " …" if len(labels) > SHOWN else ""
        possible = Text(f"Möglich sind: {listed}{more}", f"Possible: {listed}{more}")
        # Of a long list of titles, the first ones would be arbitrary.
        possible = NUMBER_OR_TITLE if titled and more else possible
        return KlarplanError(
            Text(f"„{told}“ gibt es bei „{title}“ nicht.", f"“{title}” has no “{told}”."),
            together(was_meant(guess), NOTHING if guess and more else possible),
            exit_code=2,
        )

    def _several(self, name: str, told: str, found: Sequence[str]) -> KlarplanError:
        """That a text names several rows where one has room."""
        title, named = self.column(name).title, quoted(*found)
        return KlarplanError(
            Text(
                f"„{told}“ nennt bei „{title}“ mehreres: {named.de}.",
                f"“{told}” names several for “{title}”: {named.en}.",
            ),
            self.one_each.get(name, ONE),
            exit_code=2,
        )

    def _no_rows(self, name: str, text: str) -> KlarplanError:
        """That the table in which the value should be has no row yet."""
        table = self.target(name)
        title, told = self.column(name).title, shown(" ".join(text.split()))
        de, en = (self.described[table].said(lang).title or table for lang in ("de", "en"))
        kind = KIND_OF.get(table, "")
        way = f"klarplan new {kind}" if kind else "klarplan edit"
        leave = (
            Text("", "")
            if name in self.required()
            else Text(f", oder lassen Sie „{title}“ weg", f", or leave “{title}” out")
        )
        return KlarplanError(
            Text(
                f"„{told}“ gibt es bei „{title}“ nicht: „{de}“ hat noch keine Zeile.",
                f"“{title}” has no “{told}”: “{en}” has no row yet.",
            ),
            Text(
                f"Legen Sie sie zuerst an ({way}){leave.de}.",
                f"Begin it first ({way}){leave.en}.",
            ),
            exit_code=2,
        )


def free_id(schema: TableSchema, known: Sequence[str], used: Used) -> str | None:
    """The next id of a table with these, which nothing ever had; ``None`` where none counts."""
    if not known:
        return Target(schema, None, used).new_id()
    return Ids(known, [*used.adopted, *used.former(schema.name)]).next()
