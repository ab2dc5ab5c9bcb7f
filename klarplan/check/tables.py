"""Validation of all tables: Frictionless for cells and keys; patterns and references are ours.

Frictionless gets the records that our own reader made, restricted to the columns of the schema.
Source: Table Schema (Data Package v2); error types as of frictionless 5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import InvalidOperation
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from klarplan.check.cell_patterns import unmatched, without_pattern
from klarplan.check.cell_types import type_fault
from klarplan.check.foreign_keys import unknown_references
from klarplan.check.frictionless_errors import Part, cell_finding, translated
from klarplan.check.plain_tables import is_plain
from klarplan.check.rules.columns import TWICE, Layout, layout
from klarplan.check.rules.descriptor_keys import known_constraints
from klarplan.check.rules.schemas import BROKEN, KIND, broken, reason_of, schema_findings
from klarplan.check.rules.subject import shown
from klarplan.check.slid_rows import unslid
from klarplan.check.spreadsheet import reshaped
from klarplan.check.swapped import unswapped
from klarplan.messages import Finding
from klarplan.strategy.load import CAST, Loaded, kinds
from klarplan.strategy.schema import DESCRIPTOR
from klarplan.strategy.settings import SETTINGS, UNREAD

_OWN_FORM = frozenset(
    ("format", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues")
)
LIMIT = 100_000
"""More errors than these in one table are not listed."""


def validate(loaded: Loaded) -> tuple[list[Finding], frozenset[str]]:
    """What tables and schemas get wrong; and what is not read, as ``refusing`` takes it."""
    findings = schema_findings(loaded.descriptor, kinds())
    usable = not any(f.rule != KIND and f.file == DESCRIPTOR for f in findings)
    unread = _not_opened(loaded)
    parts = {
        name: replace(_part(loaded, name), unread=name in unread)
        for name in loaded.descriptor.tables
    }
    for name, part in parts.items():
        findings += part.layout.findings
        if not part.layout.readable:
            unread.add(name)
            parts[name] = replace(part, table=None, unread=True)
    if usable:
        read = [part.resource for name, part in parts.items() if name not in unread]
        errors, more = _report(read, loaded)
        findings += more
        for name, found in errors.items():
            findings += translated(loaded, parts, name, found)
        for part in parts.values():
            findings += _untold(findings, unmatched(part))
        unknown = _untold(findings, unknown_references(loaded, parts, findings))
        findings += unknown
        unread |= {f.value for f in unknown if f.line is None and f.column is None and f.value}
    for part in parts.values():
        findings += _untold(findings, _unread(part))
    broken_columns = {(f.value, f.column) for f in findings if f.rule == BROKEN}
    findings = [f for f in findings if f.rule != KIND or (f.value, f.column) not in broken_columns]
    # A row whose cells are shifted says things that nobody wrote; ids decide what belongs together.
    ids = {f.file for f in findings if f.severity == "error" and f.column == "id" and f.line}
    twice = {f.file for f in findings if f.rule == TWICE}
    for name, part in parts.items():
        if part.layout.malformed or f"data/{part.schema.path}" in ids | twice:
            unread.add(name)
    told = unswapped([*unslid(findings, parts)], parts)
    return list(reshaped([*told])), frozenset(unread)


def _not_opened(loaded: Loaded) -> set[str]:
    """Tables whose file is there but no table, or that must be there and are not; settings too."""
    broken_files = {f.file for f in loaded.findings if f.severity == "error"}
    names = {
        name
        for name, schema in loaded.descriptor.tables.items()
        if name not in loaded.strategy.tables and f"data/{schema.path}" in broken_files
    }
    if any(f.file == SETTINGS and f.rule in UNREAD for f in loaded.findings):
        names.add(SETTINGS)
    return names


def _untold(told: list[Finding], more: Iterator[Finding]) -> list[Finding]:
    """Findings on cells of which nothing is told yet."""
    known = {(f.file, f.line, f.column) for f in told}
    return [f for f in more if (f.file, f.line, f.column) not in known]


def _unread(part: Part) -> Iterator[Finding]:
    """Cells that Frictionless lets pass, but that have no plain form: 1_000, NaN, 2026-1-1."""
    for name, position in part.layout.positions.items():
        field = part.field_by_name[name]
        cast = CAST.get(field.get("type", "string"))
        if part.table is None or cast is None or not _OWN_FORM.isdisjoint(field):
            continue
        for record, line in zip(part.table.records, part.table.lines, strict=True):
            cell = record[position] if position < len(record) else ""
            if cell and line not in part.layout.malformed:
                try:
                    cast(cell)
                except (ValueError, InvalidOperation):
                    fault = type_fault(field, shown(cell))
                    yield cell_finding(part, line, (name,), cell, fault)


class _Rows(list[list[str]]):
    """Rows that are never changed: Frictionless copies them whenever it looks at their schema."""

    def __deepcopy__(self, memo: object) -> _Rows:
        return self


def _part(loaded: Loaded, name: str) -> Part:
    schema = loaded.descriptor.tables[name]
    table = loaded.strategy.tables.get(name)
    if table is None:
        plan = Layout({c: n for n, c in enumerate(schema.columns)}, frozenset(), ())
    else:
        plan = layout(table, schema)
    names = list(plan.positions)
    positions = list(plan.positions.values())
    data: list[Sequence[str]] = [names]
    whole = positions == [*range(len(positions))]
    for record in table.records if table else ():
        width = len(record)
        if whole and width == len(positions):
            data.append(record)
        else:
            data.append([record[p] if p < width else "" for p in positions])
    described = schema.descriptor["schema"]
    cut = {
        **{k: v for k, v in described.items() if k not in ("primaryKey", "foreignKeys")},
        "fields": [
            without_pattern(known_constraints(f))
            for f in described["fields"]
            if f["name"] in plan.positions
        ],
    }
    key = [c for c in schema.primary_key if c in plan.positions]
    needed = {name for name, column in schema.columns.items() if column.required}
    if key and needed.isdisjoint(set(schema.primary_key) - set(key)):
        cut["primaryKey"] = key
    return Part(schema, table, plan, {"name": name, "data": data, "schema": cut})


Errors = dict[str, list[dict[str, Any]]]


def _run(resources: list[dict[str, Any]]) -> Errors:
    usable = [r for r in resources if r["schema"]["fields"] and not is_plain(r)]
    found = {r["name"]: _errors(json.dumps(r)) for r in usable}
    return {name: list(errors) for name, errors in found.items() if errors}


@lru_cache(maxsize=100)
def _errors(described: str) -> tuple[dict[str, Any], ...]:
    """Frictionless' errors in one table, given as JSON; a table is only looked at if it changed."""
    from frictionless import Resource  # noqa: PLC0415 (slow import)
    from frictionless.resources import TableResource  # noqa: PLC0415

    resource = json.loads(described)
    resource["data"] = _Rows(resource["data"])
    with Resource.from_descriptor(resource) as table:
        assert isinstance(table, TableResource)
        rows = chain.from_iterable(row.errors for row in table.row_stream)
        errors = chain(table.header.errors, rows)
        return tuple(error.to_descriptor() for error in islice(errors, LIMIT))


def _report(resources: list[dict[str, Any]], loaded: Loaded) -> tuple[Errors, list[Finding]]:
    """Frictionless' errors by table; a schema that it can't use is found and left out."""
    try:
        return _run(resources), []
    except Exception:
        findings = []
        for resource in resources:
            findings += _broken_fields(resource, loaded)
    try:
        return _run(resources), findings
    except Exception as error:
        if not findings:
            findings = [broken(loaded.descriptor, "?", None, reason_of(error))]
        return {}, findings


def _broken_fields(resource: dict[str, Any], loaded: Loaded) -> list[Finding]:
    """Fields of one table that Frictionless can't use; they are turned into plain text fields."""
    schema = resource["schema"]
    try:
        _run([resource])
    except Exception as table_error:
        findings = []
        for position, field in enumerate(schema["fields"]):
            column = [[row[position]] for row in resource["data"]]
            try:
                _run([{"name": "probe", "data": column, "schema": {"fields": [field]}}])
            except Exception as error:
                name = str(field["name"])
                findings.append(broken(loaded.descriptor, resource["name"], name, reason_of(error)))
                schema["fields"][position] = {"name": name, "type": "string"}
        return findings or [
            broken(loaded.descriptor, resource["name"], None, reason_of(table_error))
        ]
    return []
