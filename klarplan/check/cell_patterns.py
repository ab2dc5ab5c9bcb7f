"""Patterns of text columns: matched here and not by Frictionless, whose matcher may never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klarplan.check.frictionless_errors import Part, cell_finding
from klarplan.check.odd_letters import cleaned, odd_letters
from klarplan.check.rules import cells
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Text
from klarplan.strategy.patterns import matcher


def without_pattern(field: Mapping[str, Any]) -> dict[str, Any]:
    """A field as Frictionless is given it; what is no pattern of a text stays for it to refuse."""
    if _pattern(field) is None:
        return dict(field)
    constraints = {k: v for k, v in field["constraints"].items() if k != "pattern"}
    return {**field, "constraints": constraints}


def unmatched(part: Part) -> Iterator[Finding]:
    """Cells that don't have the form of their column's pattern."""
    if part.table is None:
        return
    for field in part.schema.descriptor["schema"]["fields"]:
        pattern, position = _pattern(field), part.layout.positions.get(field["name"])
        if pattern is None or position is None:
            continue
        fits = matcher(pattern)
        for record, line in zip(part.table.records, part.table.lines, strict=True):
            cell = record[position] if position < len(record) else ""
            if cell and line not in part.layout.malformed and not fits(cell):
                fault = cells.constraint_fault(dict(field), "pattern", shown(cell))
                odd, plain = odd_letters(cell), cleaned(cell)
                if odd != NOTHING:
                    told = Text(f"{fault.problem.de} {odd.de}", f"{fault.problem.en} {odd.en}")
                    new = plain if plain != cell and fits(plain) else None
                    fault = fault._replace(problem=told, new=new)
                yield cell_finding(part, line, (field["name"],), cell, fault)


def _pattern(field: Mapping[str, Any]) -> str | None:
    constraints = field.get("constraints")
    pattern = constraints.get("pattern") if isinstance(constraints, Mapping) else None
    return pattern if isinstance(pattern, str) and field.get("type", "string") == "string" else None
