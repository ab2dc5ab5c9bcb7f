"""Validation of all tables with Frictionless, its errors folded and put in plain words.

Frictionless gets the records that our own reader made, restricted to the columns of the schema.
Source: Table Schema (Data Package v2); error types as of frictionless 5.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from klarplan.load import Loaded, kinds
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.rules import cells
from klarplan.rules.columns import Layout, layout
from klarplan.rules.schemas import KIND, broken, schema_findings
from klarplan.rules.subject import shown
from klarplan.schema import DESCRIPTOR, TableSchema
from klarplan.tables import Table

LIMIT = 100_000
"""More errors than these in one table are not listed."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A table as Frictionless sees it."""

    schema: TableSchema
    table: Table | None
    layout: Layout
    resource: dict[str, Any]

    @property
    def field_by_name(self) -> dict[str, Any]:
        return {f["name"]: f for f in self.resource["schema"]["fields"]}

    def line(self, row_number: int) -> int:
        assert self.table is not None
        return self.table.lines[row_number - 2]


def validate(loaded: Loaded) -> tuple[Finding, ...]:
    """Everything in the tables that their schemas do not allow, and what schemas get wrong."""
    findings = schema_findings(loaded.descriptor, kinds())
    usable = not any(f.rule != KIND and f.file == DESCRIPTOR for f in findings)
    parts = {name: _part(loaded, name) for name in loaded.descriptor.tables}
    for part in parts.values():
        findings += part.layout.findings
    if usable:
        errors, more = _report([part.resource for part in parts.values()], loaded)
        findings += more
        for name, found in errors.items():
            findings += _translated(loaded, parts, name, found)
    return tuple(findings)


def _part(loaded: Loaded, name: str) -> _Part:
    schema = loaded.descriptor.tables[name]
    table = loaded.strategy.tables.get(name)
    if table is None:
        plan = Layout({c: n for n, c in enumerate(schema.columns)}, frozenset(), ())
    else:
        plan = layout(table, schema)
    names = list(plan.positions)
    positions = list(plan.positions.values())
    data = [names]
    for record in table.records if table else ():
        width = len(record)
        data.append([record[p] if p < width else "" for p in positions])
    described = schema.descriptor["schema"]
    cut = {
        **{k: v for k, v in described.items() if k not in ("primaryKey", "foreignKeys")},
        "fields": [f for f in described["fields"] if f["name"] in plan.positions],
    }
    key = [c for c in schema.primary_key if c in plan.positions]
    if key and all(c in key or not schema.columns[c].required for c in schema.primary_key):
        cut["primaryKey"] = key
    cut["foreignKeys"] = [
        k
        for k in described.get("foreignKeys", ())
        if set([k["fields"]] if isinstance(k["fields"], str) else k["fields"]) <= set(names)
        and _checkable(loaded, k["reference"].get("resource") or name, k["reference"]["fields"])
    ]
    return _Part(schema, table, plan, {"name": name, "data": data, "schema": cut})


def _checkable(loaded: Loaded, target: str, columns: str | list[str]) -> bool:
    """Whether a reference can be looked up: not where its table is there but unreadable."""
    table = loaded.strategy.tables.get(target)
    if table is not None:
        return all(c in table.header for c in ([columns] if isinstance(columns, str) else columns))
    schema = loaded.descriptor.tables.get(target)
    return schema is not None and not (loaded.root / "data" / schema.path).exists()


Errors = dict[str, list[dict[str, Any]]]


def _run(resources: list[dict[str, Any]]) -> Errors:
    from frictionless import Checklist, Package  # noqa: PLC0415 (slow import)

    usable = [r for r in resources if r["schema"]["fields"]]
    package = Package.from_descriptor({"name": "strategy", "resources": copy.copy(usable)})
    report = package.validate(Checklist(skip_errors=[]), limit_errors=LIMIT)
    if report.errors:
        raise ValueError(report.errors[0].note)
    return {
        task.name: [error.to_descriptor() for error in task.errors]
        for task in report.tasks
        if task.errors
    }


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
            findings = [broken(loaded.descriptor, "?", None, _reason(error))]
        return {}, findings


def _reason(error: Exception) -> str:
    text = str(getattr(getattr(error, "error", None), "note", "") or error)
    return re.sub(r"\s+", " ", text).rstrip(".")


def _broken_fields(resource: dict[str, Any], loaded: Loaded) -> list[Finding]:
    """Fields of one table that Frictionless can't use; they are turned into plain text fields."""
    schema = resource["schema"]
    alone = {**resource, "schema": {**schema, "foreignKeys": []}}
    try:
        _run([alone])
    except Exception as table_error:
        findings = []
        for position, field in enumerate(schema["fields"]):
            column = [[row[position]] for row in resource["data"]]
            try:
                _run([{"name": "probe", "data": column, "schema": {"fields": [field]}}])
            except Exception as error:
                name = str(field["name"])
                findings.append(broken(loaded.descriptor, resource["name"], name, _reason(error)))
                schema["fields"][position] = {"name": name, "type": "string"}
        return findings or [broken(loaded.descriptor, resource["name"], None, _reason(table_error))]
    return []


def _translated(
    loaded: Loaded, parts: Mapping[str, _Part], name: str, errors: list[dict[str, Any]]
) -> Iterator[Finding]:
    part = parts[name]
    wrong: set[tuple[int, str]] = set()
    rows: set[int] = set()
    absent: set[str] = set()
    for error in sorted(errors, key=lambda e: (e.get("rowNumber", 0), "fieldName" not in e)):
        kind, row = error["type"], error.get("rowNumber")
        if row is None:
            yield broken(loaded.descriptor, name, None, error["note"])
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
        elif kind == "foreign-key":
            target = error["referenceName"] or name
            if parts[target].table is None and target in absent:
                continue
            absent.add(target)
            yield _unknown(part, parts[target], line, error)
        elif line not in rows:
            rows.add(line)
            yield _row(part, line, error)


def _cell(part: _Part, line: int, error: dict[str, Any]) -> Finding:
    name, value = error["fieldName"], error["cell"]
    field = part.field_by_name[name]
    if error["type"] == "type-error":
        kind, format_ = field.get("type", "string"), field.get("format", "default")
        fault = cells.type_fault(kind, format_, shown(value))
    elif error["type"] == "unique-error":
        fault = cells.duplicate_fault(shown(value), None)
    else:
        found = re.match(r'constraint "(\w+)"', error["note"])
        constraint = found[1] if found else error["type"]
        fault = cells.constraint_fault(field, constraint, shown(value))
    return _finding(part, line, (name,), value, fault)


def _finding(
    part: _Part, line: int, columns: Iterable[str], value: str, fault: cells.Fault
) -> Finding:
    assert part.table is not None
    return Finding(
        rule=fault.rule,
        file=part.table.file,
        line=line,
        column=", ".join(part.schema.title_of(c) for c in columns),
        value=shown(value) or None,
        problem=fault.problem,
        cure=fault.cure,
    )


def _duplicate(part: _Part, line: int, error: dict[str, Any], rows: set[int]) -> Iterator[Finding]:
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
    yield _finding(part, line, key, value, cells.duplicate_fault(shown(value), other))


def _unknown(part: _Part, target: _Part, line: int, error: dict[str, Any]) -> Finding:
    value = ", ".join(str(c) for c in error["fieldCells"])
    problem = Text(
        f"„{shown(value)}“ gibt es in „{target.schema.title}“ nicht.",
        f"“{shown(value)}” is not in table “{target.schema.name}”.",
    )
    if target.table is None:
        cure = Text(
            f"Die Datei data/{target.schema.path} fehlt. Legen Sie sie an, oder lassen Sie diese "
            "Spalte in allen Zeilen leer.",
            f"The file data/{target.schema.path} is missing. Create it, "
            "or leave this column empty in all rows.",
        )
    else:
        cure = near(target.table, error["referenceFieldNames"][0], value)
    fault = cells.Fault(cells.REFERENCE, problem, cure)
    return _finding(part, line, error["fieldNames"], value, fault)


def near(table: Table, column: str, value: str) -> Text:
    """The cure of an unknown id: the nearest known one, also by the title of its row."""
    position = table.column(column)
    if position is None:
        return NOTHING
    ids = [r[position] for r in table.records if len(r) > position]
    guess = did_you_mean(value, ids)
    if guess == NOTHING:
        for label in ("title", "label", "name"):
            spot = table.column(label)
            if spot is not None:
                named = {
                    r[spot].lower(): r[position]
                    for r in table.records
                    if len(r) > max(spot, position)
                }
                if value.lower() in named:
                    guess = did_you_mean(named[value.lower()], ids)
    listed = ", ".join(ids[:8]) + (", …" if len(ids) > 8 else "")
    if guess != NOTHING:
        return guess
    if not ids:
        return Text(f"{table.file} hat noch keine Einträge.", f"{table.file} has no rows yet.")
    return Text(
        f"Verwenden Sie eine Kennung aus {table.file} ({listed}) oder ergänzen Sie sie dort.",
        f"Use an id of {table.file} ({listed}) or add it there.",
    )


def _row(part: _Part, line: int, error: dict[str, Any]) -> Finding:
    assert part.table is not None
    return Finding(
        rule=cells.OTHER if error["type"] != "primary-key" else cells.REQUIRED,
        file=part.table.file,
        line=line,
        problem=Text("Die Zeile hat keine Kennung.", "The row has no id.")
        if error["type"] in ("primary-key", "blank-row")
        else Text(
            f"Die Zeile ist nicht zulässig ({error['note']}).",
            f"The row is not allowed ({error['note']}).",
        ),
        cure=Text("Ergänzen oder löschen Sie die Zeile.", "Complete or delete the row."),
    )
