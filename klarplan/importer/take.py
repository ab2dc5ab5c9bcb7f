"""Taking over spreadsheets into tables, nothing left out silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klarplan.importer.draft import Drafting, header_of
from klarplan.importer.grid import Sheet
from klarplan.importer.headers import Header
from klarplan.importer.identity import tell_missing, tell_renamed_fields
from klarplan.importer.mapping import ImportMapping, Source
from klarplan.importer.outcome import Outcome, Place
from klarplan.importer.renumbered import List, stop_if_renumbered
from klarplan.importer.rows import Taking
from klarplan.importer.state import Run
from klarplan.importer.unused import remark_above, unused
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Descriptor


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to import: the day of today, and whether reports that exist may change."""

    today: dt.date
    update: bool = False


def _ordered(sources: Sequence[Source], descriptor: Descriptor) -> list[Source]:
    order: list[str] = []

    def visit(table: str, path: tuple[str, ...]) -> None:
        if table in order or table in path or table not in descriptor.tables:
            return
        for key in descriptor.tables[table].foreign_keys:
            visit(key.table, (*path, table))
        order.append(table)

    for name in descriptor.tables:
        visit(name, ())
    return sorted(sources, key=lambda source: order.index(source.table))


def take_over(
    descriptor: Descriptor,
    tables: Mapping[str, Table],
    mapping: ImportMapping,
    sheets: Sequence[Sheet],
    options: Options,
) -> Outcome:
    """What the sheets would make of the tables; nothing is written.

    Existing rows are found again and changed, never deleted; status reports are only added unless
    ``options.update`` is set. Raises ``KlarplanError`` where mapping and sheets don't fit together.
    """
    run = Run(descriptor, tables, mapping, options.today)
    run.add_statuses()
    stop_if_renumbered(run, _lists(run, sheets))
    read: dict[int, list[tuple[Source, Header]]] = {}
    written: dict[tuple[int, str], Place] = {}
    open_: list[Taking] = []
    takings: list[Taking] = []
    for source in _ordered(mapping.sources, descriptor):
        if open_ and open_[0].table != source.table:
            _finish(open_)
        for sheet in sheets:
            if not any(sheet.matches(pattern) for pattern in source.patterns):
                continue
            drafting = Drafting(run, source, sheet)
            if id(sheet) not in read:
                remark_above(run, sheet, drafting.header)
            read.setdefault(id(sheet), []).append((source, drafting.header))
            taking = Taking(drafting, written, update=options.update)
            taking.take()
            open_.append(taking)
            takings.append(taking)
    _finish(open_)
    _tell(run, takings)
    if not read:
        names = ", ".join(f"„{sheet.name or sheet.file}“" for sheet in sheets)
        raise KlarplanError(
            Text(
                f"Keine Quelle der Zuordnung passt zu einem der Blätter ({names}).",
                f"No source of the mapping fits any of the sheets ({names}).",
            ),
            Text(
                "Prüfen Sie „from“: Dort steht der Name des Blatts oder der CSV-Datei.",
                "Check “from”: it names the sheet or the CSV file.",
            ),
            file=mapping.file,
        )
    return Outcome(
        tables=run.counts(),
        left_out=tuple(run.left_out),
        unused=tuple(unused(sheets, read, mapping)),
        remarks=(*((place, text) for (_, text), place in run.remarks.items()), *run.notes),
        files=run.files(),
    )


def _finish(open_: list[Taking]) -> None:
    for taking in open_:
        taking.finish()
    open_.clear()


def _lists(run: Run, sheets: Sequence[Sheet]) -> list[List]:
    return [
        (source, sheet, header_of(run, source, sheet))
        for source in run.mapping.sources
        for sheet in sheets
        if any(sheet.matches(pattern) for pattern in source.patterns)
    ]


def _tell(run: Run, takings: Sequence[Taking]) -> None:
    """Remark entries that the lists no longer have, and fields of action that have a new name."""
    seen: dict[str, set[int]] = {}
    for taking in takings:
        seen.setdefault(taking.table, set()).update(taking.seen)
    starts = {taking.table: taking.start for taking in reversed(takings)}
    for table, found in seen.items():
        if run.descriptor.tables[table].row_key == ("id",):
            tell_missing(run, table, found, starts[table])
    if "measures" in starts:
        tell_renamed_fields(run, starts["measures"])
