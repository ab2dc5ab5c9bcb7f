"""What a row of a spreadsheet would make in a table, and what its cells say besides."""

from __future__ import annotations

from dataclasses import dataclass, field

from klarplan.importer.convert import Converter
from klarplan.importer.mapping import Source
from klarplan.importer.outcome import Place
from klarplan.importer.reading import Reading, precision_column
from klarplan.importer.row_reference import RowReference
from klarplan.importer.state import Run
from klarplan.messages import Text
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.time_spans import Precision


@dataclass(slots=True)
class Draft:
    """The values of one row to be: as told by cells, and as filled in for new rows only."""

    place: Place
    cells: str
    """The first filled cells of the row, to show it to people."""
    mark: tuple[int, int]
    """Where the run stood before entries were created for this row."""
    told: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)
    later: dict[str, tuple[Converter | RowReference, str, Place]] = field(default_factory=dict)
    """References to rows of the same table, looked up when all rows are there."""
    days: dict[str, str] = field(default_factory=dict)
    """Columns with dates that are exact to the day, with the column that tells it."""

    @property
    def values(self) -> dict[str, str]:
        """All values of the row."""
        return {**self.filled, **self.told}


def note_exact(
    source: Source, schema: TableSchema, draft: Draft, column: str, precision: Precision | None
) -> None:
    """Note how exact a date is meant, unless a column of the list says it."""
    name = precision_column(column, schema.columns)
    if precision is not None and name is not None and source.rule(name) is None:
        if precision == "day":
            draft.days[column] = name
        else:
            draft.told[name] = precision


def take_besides(run: Run, source: Source, draft: Draft, cell: tuple[Place, str, Reading]) -> None:
    """Take over what a cell says to other columns, unless their own cells say otherwise."""
    place, column, reading = cell
    schema = run.descriptor.tables[source.table]
    for remark in reading.remarks:
        run.note(place, remark)
    for name, (value, precision) in reading.also.items():
        told, known = draft.told.get(name), schema.columns[name]
        if told is None:
            run.meets(schema.name, name, value)
            draft.told[name] = value
            note_exact(source, schema, draft, name, precision)
            rule, own = source.rule(name), source.rule(column)
            if precision and not (rule and own and rule.column == own.column):
                run.note(
                    place,
                    Text(
                        f"Die Zelle nennt auch „{known.title}“; eingetragen ist {value}.",
                        f"The cell tells “{name}” as well; {value} is taken over.",
                    ),
                )
        elif told != value:
            run.note(
                place,
                Text(
                    f"Nach dieser Zelle wäre „{known.title}“ {known.label(value)}; "
                    f"es bleibt bei {known.label(told)}.",
                    f"By this cell “{name}” would be {value}; it stays {told}.",
                ),
            )
