"""Two cells of a row that stand in each other's column: one mistake, told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import InvalidOperation
from itertools import combinations

from klarplan.check.frictionless_errors import Part
from klarplan.messages import Finding, Text
from klarplan.strategy.load import CAST


def unswapped(findings: Sequence[Finding], parts: Mapping[str, Part]) -> Iterator[Finding]:
    """The same findings, but one in place of two whose values fit if they change places."""
    by_file = {part.table.file: part for part in parts.values() if part.table is not None}
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
