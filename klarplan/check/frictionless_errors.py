"""Errors of Frictionless, folded and put in plain words.

Error types as of frictionless 5: errors of cells name a field, those of keys only a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from klarplan.check.cell_types import type_fault
from klarplan.check.rules import cells
from klarplan.check.rules.columns import Layout
from klarplan.check.rules.schemas import broken
from klarplan.check.rules.subject import shown
from klarplan.messages import Finding, Fix, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import TableSchema


@dataclass(frozen=True, slots=True)
class Part:
    """A table as Frictionless sees it."""

    schema: TableSchema
    table: Table | None
    layout: Layout
    resource: dict[str, Any]
    unread: bool = False
    """Whether there is a table, but not one that can be asked for."""

    @property
    def field_by_name(self) -> dict[str, Any]:
        """Fields of its schema."""
        return {f["name"]: f for f in self.resource["schema"]["fields"]}

    def line(self, row_number: int) -> int:
        """The line of the file for a row number, which counts the header as 1."""
        assert self.table is not None
        return self.table.lines[row_number - 2]


def translated(
    loaded: Loaded, parts: Mapping[str, Part], name: str, errors: list[dict[str, Any]]
) -> Iterator[Finding]:
    """Findings for the errors of one table: one cause, one finding."""
    part = parts[name]
    wrong: set[tuple[int, str]] = set()
    rows: set[int] = set()
    for error in sorted(errors, key=lambda e: (e.get("rowNumber", 0), "fieldName" not in e)):
        kind, row = error["type"], error.get("rowNumber")
        if row is None:
            yield broken(loaded.descriptor, name, None, Text(error["note"], error["note"]))
            continue
        line = part.line(row)
        if line in part.layout.malformed:
            continue
        if "fieldName" in error:
            if (line, error["fieldName"]) not in wrong:
                wrong.add((line, error["fieldName"]))
                rows.add(line)
                yield _cell(part, line, error)
        elif kind == "primary-key":
            if not any((line, c) in wrong for c in part.resource["schema"]["primaryKey"]):
                wrong |= {(line, c) for c in part.resource["schema"]["primaryKey"]}
                yield from _duplicate(part, line, error, rows)
        elif line not in rows:
            rows.add(line)
            yield _row(part, line, error)


def _cell(part: Part, line: int, error: dict[str, Any]) -> Finding:
    name, value = error["fieldName"], error["cell"]
    field = part.field_by_name[name]
    if error["type"] == "type-error":
        fault = type_fault(field, shown(value))
    elif error["type"] == "unique-error":
        fault = cells.duplicate_fault(shown(value), None)
    else:
        found = re.match(r'constraint "(\w+)"', error["note"])
        constraint = found[1] if found else error["type"]
        fault = cells.constraint_fault(field, constraint, shown(value))
    return cell_finding(part, line, (name,), value, fault)


def cell_finding(
    part: Part, line: int, columns: Iterable[str], value: str, fault: cells.Fault
) -> Finding:
    """A finding on one cell, or on the cells of a key."""
    assert part.table is not None
    return Finding(
        rule=fault.rule,
        file=part.table.file,
        line=line,
        column=", ".join(columns),
        value=shown(value) or None,
        problem=fault.problem,
        cure=fault.cure,
        fix=None if fault.new is None else Fix(value, fault.new),
    )


def _duplicate(part: Part, line: int, error: dict[str, Any], rows: set[int]) -> Iterator[Finding]:
    key = part.resource["schema"]["primaryKey"]
    names = list(part.layout.positions)
    value = ", ".join(str(error["cells"][names.index(c)]) for c in key)
    first = re.search(r"position (\d+)$", error["note"])
    if first is None:
        if line not in rows:
            yield _row(part, line, error)
        return
    other = part.line(int(first[1]))
    if other in part.layout.malformed:
        return
    yield cell_finding(part, line, key, value, cells.duplicate_fault(shown(value), other))


def _row(part: Part, line: int, error: dict[str, Any]) -> Finding:
    assert part.table is not None
    nameless = error["type"] in ("primary-key", "blank-row")
    return Finding(
        rule=cells.REQUIRED if nameless else cells.OTHER,
        file=part.table.file,
        line=line,
        problem=Text("Die Zeile hat keine Kennung.", "The row has no id.")
        if nameless
        else Text(
            f"Die Zeile ist nicht zulässig ({error['note']}).",
            f"The row is not allowed ({error['note']}).",
        ),
        cure=Text("Ergänzen oder löschen Sie die Zeile.", "Complete or delete the row."),
    )
