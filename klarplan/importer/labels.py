"""Numbers of entries are labels: 1.1 that stands in a cell as a number is not “1,1”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klarplan.importer.grid import Sheet, SheetRow, label_of, plain
from klarplan.importer.headers import Header
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.messages import Text


def _are_labels(run: Run, source: Source, rule: Rule) -> bool:
    """Whether the cells of a column are numbers of entries, or name entries by these."""
    if rule.column is None or rule.read != "text":
        return False
    if rule.target in ("official_id", "id"):
        return True
    keys = {key.column: key.table for key in run.descriptor.tables[source.table].foreign_keys}
    table = keys.get(rule.target)
    return table is not None and "official_id" in run.descriptor.tables[table].columns


def _positions(
    run: Run, source: Source, sheet: Sheet, header: Header
) -> Iterator[tuple[int, bool]]:
    """Where labels stand, and whether a text there may be a number as CSV files write it."""
    for rule in source.rules:
        if _are_labels(run, source, rule):
            position = header.position(plain(rule.column or ""))
            if position is not None:
                yield position, not sheet.name and "," not in rule.split


def with_labels(run: Run, source: Source, sheet: Sheet, header: Header) -> Header:
    """The header with a body in which numbers of entries are labels; what changed is remarked."""
    places = dict(_positions(run, source, sheet, header))
    if source.own or not places:
        return header
    body = []
    for row in header.body:
        cells = list(row.cells)
        for position, loose in places.items():
            text = row.at(position)
            if not loose and (row.number, position) not in sheet.marks.decimals:
                continue
            if (label := label_of(text)) == text:
                continue
            cells[position] = label
            run.remark_first(
                Place(sheet=sheet.label, row=row.number, column=header.name(position)),
                Text(
                    "Nummern, die als Zahl in der Zelle stehen, sind Bezeichnungen und bekommen "
                    f"einen Punkt: „{text}“ ist als „{label}“ gelesen.",
                    "Numbers of entries that stand in the cell as numbers are labels and have a "
                    f"point: “{text}” is read as “{label}”.",
                ),
            )
        body.append(SheetRow(row.number, tuple(cells)))
    return replace(header, body=tuple(body))
