"""Giving the converter of a column its unit, or leaving the column out with the key to write."""

from __future__ import annotations

from dataclasses import replace

from klarplan.importer.amounts import Around, column_unit
from klarplan.importer.convert import NUMBERS, Converter
from klarplan.importer.grid import plain
from klarplan.importer.lists import ListView
from klarplan.importer.outcome import Place
from klarplan.importer.values import UnreadableError
from klarplan.messages import Text


def with_unit(view: ListView, made: Converter) -> Converter | None:
    """The converter with the unit of its column; ``None`` where that is unclear, which is told."""
    header, rule = view.header, made.rule
    position = None if rule.column is None else header.position(plain(rule.column))
    if position is None or made.format not in NUMBERS or made.own:
        return made
    run = made.run
    schema = run.descriptor.tables[made.table]
    place = Place(sheet=view.sheet.label, row=header.row, column=header.name(position))
    texts = [text for row in view.entries if (text := row.at(position)).strip()]
    around = Around(header.over.get(position, ""), view.beside)
    try:
        named = replace(rule, column=header.name(position)) if header.bare else rule
        unit = column_unit(schema, made.column, named, texts, around)
    except UnreadableError as error:
        run.leave(place, "", error.problem, error.cure)
        return None
    if unit.unit is not None and unit.unit.factor > 1:
        name, factor = unit.unit.name, unit.unit.factor
        run.remark(
            place,
            Text(
                f"Zahlen ohne eigene Einheit gelten als {name}: aus 1 wird {factor}.",
                f"Numbers without a unit are taken as {name}: 1 becomes {factor}.",
            ),
        )
    return replace(made, unit=unit)
