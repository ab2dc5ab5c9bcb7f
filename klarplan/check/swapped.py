"""Two cells of a row that stand in each other's column: one mistake, told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import InvalidOperation
from itertools import combinations

from klarplan.check.frictionless_errors import Part
from klarplan.check.rules.cells import REFERENCE
from klarplan.messages import Finding, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import CAST


def unswapped(findings: Sequence[Finding], parts: Mapping[str, Part]) -> Iterator[Finding]:
    """The same findings, but one in place of two whose values fit if they change places."""
    by_file = {part.table.file: part for part in parts.values() if part.table is not None}
    findings = [*_whole_columns(findings, by_file, parts)]
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error" and finding.column and finding.line:
            rows.setdefault((finding.file, finding.line), []).append(finding)
    told: dict[int, Finding | None] = {}
    for (file, _), cells in rows.items():
        for one, other in combinations(cells, 2):
            free = id(one) not in told and id(other) not in told
            if free and file in by_file and _fit(by_file[file], parts, one, other):
                told[id(one)], told[id(other)] = _swapped(by_file[file], one, other), None
    for finding in findings:
        made = told.get(id(finding), finding)
        if made is not None:
            yield made


def _whole_columns(
    findings: Sequence[Finding], by_file: Mapping[str, Part], parts: Mapping[str, Part]
) -> Iterator[Finding]:
    """The same findings, but one in place of those on a column that stands under another's name."""
    columns: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.rule == REFERENCE and finding.line and finding.column:
            columns.setdefault((finding.file, finding.column), []).append(finding)
    told: dict[int, Finding | None] = {}
    for (file, column), cells in columns.items():
        part = by_file.get(file)
        if part is None or part.table is None or not 1 < len(cells) == len(part.table.records):
            continue
        records = part.table.records
        instead = [
            other
            for other, place in part.layout.positions.items()
            if other != column
            and all(place < len(r) and _fits(part, parts, column, r[place]) for r in records)
        ]
        if len(instead) == 1:
            told |= dict.fromkeys(map(id, cells))
            told[id(cells[0])] = _misnamed(part.table, column, instead[0])
    for finding in findings:
        if (made := told.get(id(finding), finding)) is not None:
            yield made


def _misnamed(table: Table, column: str, other: str) -> Finding:
    line = table.header_line
    return Finding(
        rule=REFERENCE,
        file=table.file,
        line=line,
        column=column,
        value=column,
        problem=Text(
            f"Was unter „{column}“ stehen soll, steht in allen Zeilen unter „{other}“: Die Spalten "
            "sind vertauscht.",
            f"What belongs below “{column}” stands below “{other}” in all rows: the columns have "
            "changed places.",
        ),
        cure=Text(
            f"Tauschen Sie in Zeile {line} die Namen „{column}“ und „{other}“.",
            f"Swap the names “{column}” and “{other}” in line {line}.",
        ),
    )


def _fit(part: Part, parts: Mapping[str, Part], one: Finding, other: Finding) -> bool:
    pairs = ((one.column, other.value), (other.column, one.value))
    return all(_fits(part, parts, column or "", value or "") for column, value in pairs)


def _fits(part: Part, parts: Mapping[str, Part], column: str, value: str) -> bool:
    field = part.field_by_name.get(column)
    if field is None or not value:
        return False
    cast = CAST.get(field.get("type", "string"))
    if cast is not None:
        try:
            cast(value)
        except (ValueError, InvalidOperation):
            return False
        return True
    choice = field.get("constraints", {}).get("enum")
    if choice is not None:
        return value in choice
    key = next((key for key in part.schema.foreign_keys if key.column == column), None)
    target = parts[key.table].table if key and key.table in parts else None
    position = target.column("id") if target else None
    if target is None or position is None:
        return False
    return any(len(r) > position and r[position] == value for r in target.records)


def _swapped(part: Part, one: Finding, other: Finding) -> Finding:
    """The finding on the cell that stands further left."""
    places = part.layout.positions
    one, other = sorted((one, other), key=lambda f: places.get(f.column or "", 0))
    return replace(
        one,
        problem=Text(
            f"„{one.value}“ in „{one.column}“ und „{other.value}“ in „{other.column}“ sind "
            "vertauscht.",
            f"“{one.value}” in “{one.column}” and “{other.value}” in “{other.column}” have "
            "changed places.",
        ),
        cure=Text(
            f"Schreiben Sie „{other.value}“ in „{one.column}“ und „{one.value}“ in "
            f"„{other.column}“.",
            f"Write “{other.value}” in “{one.column}” and “{one.value}” in “{other.column}”.",
        ),
        fix=None,
        cause=None,
    )
