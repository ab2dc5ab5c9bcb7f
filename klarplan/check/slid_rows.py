"""Rows whose cells all stand one column too far: an empty cell slid in, another fell out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from klarplan.check.frictionless_errors import Part
from klarplan.check.realigned import Columns
from klarplan.check.rules.row_shapes import LONG
from klarplan.check.rules.subject import shown
from klarplan.messages import Finding, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import as_line

MOST = 20
"""For so many rows of a table it is tried whether they slid."""


def unslid(findings: Sequence[Finding], parts: Mapping[str, Part]) -> Iterator[Finding]:
    """The same findings, but one in place of those on a row that fits once it is moved back."""
    tables = {part.table.file: part.table for part in parts.values() if part.table is not None}
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error" and finding.column and finding.line:
            rows.setdefault((finding.file, finding.line), []).append(finding)
    told: dict[int, Finding | None] = {}
    columns: dict[str, Columns] = {}
    for (file, line), found in [item for item in rows.items() if len(item[1]) > 1][:MOST]:
        if file not in tables:
            continue
        table = tables[file]
        record = next((r for r, n in zip(table.records, table.lines, strict=True) if n == line), ())
        known = columns.setdefault(file, Columns(table, len(table.header)))
        if right := known.moved_back(record):
            told |= dict.fromkeys(map(id, found))
            told[id(found[0])] = _slid(table, line, right)
    for finding in findings:
        made = told.get(id(finding), finding)
        if made is not None:
            yield made


def _slid(table: Table, line: int, right: Sequence[str]) -> Finding:
    written = shown(as_line(right))
    return Finding(
        rule=LONG,
        file=table.file,
        line=line,
        problem=Text(
            "Die Zellen dieser Zeile sind um eine Spalte verrutscht.",
            "The cells of this row have moved by a column.",
        ),
        cure=Text(
            f"Schreiben Sie „{written}“, und tragen Sie nach, was dabei herausgefallen ist.",
            f"Write “{written}”, and enter what fell out.",
        ),
    )
