"""Taking over spreadsheets into tables, nothing left out silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from klarplan.importer.draft import Drafting
from klarplan.importer.given_ids import give_ids
from klarplan.importer.grid import Sheet
from klarplan.importer.identity import tell_missing, tell_renamed_fields
from klarplan.importer.left_links import LINKS, tell_left_links
from klarplan.importer.lists import ListView, lists_of
from klarplan.importer.mapping import ImportMapping, Source
from klarplan.importer.near_names import NAMED_TABLES, tell_near_names
from klarplan.importer.outcome import Outcome, Place
from klarplan.importer.renumbered import List, stop_if_renumbered
from klarplan.importer.rows import Taking
from klarplan.importer.skipped import skipped
from klarplan.importer.state import Run
from klarplan.importer.unused import remark_above, remark_confidential, remark_dittos, unused
from klarplan.importer.years import lacks_year, tell_year
from klarplan.messages import KlarplanError, Text, quoted
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.new_ids import NEVER, Used
from klarplan.strategy.schema import Descriptor


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to import: the day of today, and whether reports that exist may change."""

    today: dt.date
    update: bool = False
    used: Used = NEVER
    """The ids that are not given again."""


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
    run = Run(descriptor, tables, mapping, options.today, options.used)
    run.add_statuses()
    views = lists_of(run, _ordered(mapping.sources, descriptor), sheets)
    stop_if_renumbered(run, _lists(views))
    written: dict[tuple[int, str], Place] = {}
    open_: list[Taking] = []
    takings: list[Taking] = []
    remark_above(run, views)
    remark_confidential(run, views)
    remark_dittos(run, views)
    for view in views:
        if open_ and open_[0].table != view.source.table:
            _finish(open_)
        drafting = Drafting(run, view)
        if lacks_year(run, drafting):
            continue
        tell_year(run, drafting)
        taking = Taking(drafting, written, update=options.update)
        taking.take()
        open_.append(taking)
        takings.append(taking)
    _finish(open_)
    _tell(run, takings)
    if not views:
        hidden = any(sheet.marks.hidden for sheet in sheets)
        names = quoted(*(sheet.name or sheet.file for sheet in sheets))
        raise KlarplanError(
            Text(
                f"Keine Quelle der Zuordnung passt zu einem der Blätter ({names.de}).",
                f"No source of the mapping fits any of the sheets ({names.en}).",
            ),
            Text(
                "Prüfen Sie „from“: Dort steht der Name des Blatts oder der CSV-Datei."
                + (" Ausgeblendete Blätter liest „hidden: {sheets: take}“." if hidden else ""),
                "Check “from”: it names the sheet or the CSV file."
                + (" “hidden: {sheets: take}” reads hidden sheets." if hidden else ""),
            ),
            file=mapping.file,
        )
    return Outcome(
        tables=run.counts(),
        left_out=tuple(run.left_out),
        unused=tuple(unused(sheets, views, mapping)),
        skipped=tuple(skipped(sheets, views)),
        remarks=(*((place, text) for (_, text), place in run.remarks.items()), *run.notes),
        files=run.files(),
    )


def _finish(open_: list[Taking]) -> None:
    for taking in open_[:1]:
        give_ids(taking.run, taking.table)
    for taking in open_:
        taking.finish()
    open_.clear()


def _lists(views: Sequence[ListView]) -> list[List]:
    return [
        (view.source, view.sheet, replace(view.header, body=tuple(view.entries))) for view in views
    ]


def _tell(run: Run, takings: Sequence[Taking]) -> None:
    """Remark entries and links that the lists no longer have, and fields with a new name."""
    seen: dict[str, set[int]] = {}
    for taking in takings:
        seen.setdefault(taking.table, set()).update(taking.seen)
    starts = {taking.table: taking.start for taking in reversed(takings)}
    for table, found in seen.items():
        if run.descriptor.tables[table].row_key == ("id",):
            tell_missing(run, table, found, starts[table])
        elif table in LINKS:
            tell_left_links(run, table, found, starts[table])
    for table in NAMED_TABLES:
        if takings and table in run.targets:
            tell_near_names(run, table, takings[0].start)
    if "measures" in starts:
        tell_renamed_fields(run, starts["measures"])
    if "status_reports" in starts:
        _tell_no_periods(run, starts["status_reports"])


def _tell_no_periods(run: Run, place: Place) -> None:
    """Remark why reports without any period make no report to the council."""
    reports = run.targets["status_reports"].rows
    if not reports or any(row.get("period") for row in reports):
        return
    run.remark(
        place,
        Text(
            "Keine Meldung nennt einen Zeitraum; deshalb gibt es noch keinen Umsetzungsbericht. "
            "Gelten alle für denselben, ergänzen Sie bei den Meldungen in der Zuordnung zum "
            "Beispiel „period: {value: 2026-H1}“.",
            "No report names a period; so there is no report on the implementation yet. If all "
            "speak for the same one, add to the reports in the mapping for example "
            "“period: {value: 2026-H1}”.",
        ),
    )
