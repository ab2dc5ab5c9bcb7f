"""Warnings that editors have answered: the rows of ``strategy/acknowledged.csv``.

A row names a warning by what it is about, never by a line number: the rule, the table with its
row and column (or the file of a text), and the value. It answers that one and no other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from klarplan.check.cell_dates import date_told
from klarplan.check.own_rules import rules_of
from klarplan.check.rules.reading import ACKNOWLEDGED
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Text, did_you_mean, near
from klarplan.pages.files import ANSWERS
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import as_line
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import TableSchema

COLUMNS = ("rule", "table", "id", "column", "value", "reason")
ROW_KEYS = {
    "status_reports": ("measure", "period", "date"),
    "budget": ("measure", "year", "funding_source", "programme"),
}
"""What tells rows apart in tables that have neither an id nor a primary key."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A warning that editors have answered, and with what."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]
    """The cells of ``COLUMNS``."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the row is about, its value as messages show it."""
        return (*self.cells[:4], shown(self.cells[4]))

    @property
    def reason(self) -> str:
        return self.cells[5]


def settle(
    loaded: Loaded, findings: Sequence[Finding], *, complete: bool
) -> tuple[list[Finding], list[Answered]]:
    """What is still open, with what is wrong with the answers; and what is answered.

    ``complete`` tells that every rule has looked at everything, so that an answer without a
    warning is out of date.
    """
    table, told = _answers(loaded.root)
    astray = [f.file for f in told if f.file != ANSWERS]
    complete = complete and not astray
    findings = [f for f in findings if f.file not in astray]
    if table is None:
        return [*findings, *told], []
    rows = {row.names: row for row in reversed([*_rows(table)])}
    named = _Names(loaded)
    wanted = [(finding, named.of(finding)) for finding in findings]
    lines: dict[tuple[str, ...], int | None] = {}
    rest: list[Finding] = list(told)
    answered: list[Answered] = []
    used: dict[tuple[str, ...], Finding] = {}
    for finding, names in wanted:
        row = next((rows[n] for n in names if n in rows), None)
        if row is None:
            rest.append(finding)
            continue
        used.setdefault(row.names, finding)
        # Two rows of a table that nothing tells apart: the answer is to the first of them.
        first = lines.setdefault(row.names, finding.line) == finding.line
        page = finding.file not in named.tables
        if finding.severity == "error":
            rest.append(_unanswerable(finding, row))
        elif not (first or page):
            rest.append(finding)
        elif row.reason:
            answered.append(Answered(finding, row.reason))
    failed = any(finding.severity == "error" for finding in findings)
    for row in _rows(table):
        found = used.get(row.names)
        if found is not None and found.severity == "error":
            continue  # told with the error
        fault = _fault(row, found, named.rules, complete=complete and not failed)
        if fault and row.names not in used and (other := _nearly(row, rest, named)):
            fault = replace(fault, problem=other.problem, cure=other.cure)
            rest.remove(other.open)
        if fault:
            rest.append(fault)
    return rest, answered


class Slip(NamedTuple):
    """What is wrong with an answer, and the cure."""

    problem: Text
    cure: Text
    open: Finding
    """The warning that was meant."""


def _nearly(row: _Row, open_: Iterable[Finding], named: _Names) -> Slip | None:
    """The one cell of an answer that keeps it from answering a warning that is still open."""
    for finding in open_:
        if finding.severity != "error" and (line := _with_cell(row, named.of(finding))):
            problem = Text("In dieser Zeile fehlt eine Zelle.", "This row lacks a cell.")
            return Slip(problem, Text(f"Schreiben Sie {line}", f"Write {line}"), finding)
        for names in named.of(finding) if finding.severity != "error" else ():
            wrong = [n for n in range(len(names)) if names[n] != row.names[n]]
            if len(wrong) == 1 and _mistyped(wrong[0], row, names, named, finding.file):
                column, right = COLUMNS[wrong[0]], names[wrong[0]]
                here = row.names[wrong[0]]
                return Slip(
                    Text(
                        f"Diese Zeile beantwortet nichts, denn in „{column}“ steht „{here}“.",
                        f"This row answers nothing, as “{column}” has “{here}”.",
                    ),
                    Text(
                        f"Schreiben Sie {right}." if right else "Leeren Sie die Zelle.",
                        f"Write {right}." if right else "Empty the cell.",
                    ),
                    finding,
                )
    return None


def _with_cell(row: _Row, names: Iterable[tuple[str, ...]]) -> str | None:
    """The line of an answer with the one cell that it lacks."""
    *given, reason, last = row.cells
    if last or not reason:
        return None
    for right in names:
        for gap in range(len(right)):
            if list(right[:gap] + right[gap + 1 :]) == given:
                return as_line([*right, reason])
    return None


def _mistyped(cell: int, row: _Row, names: tuple[str, ...], named: _Names, file: str) -> bool:
    """Whether a cell means what it should be; another id or value is another warning."""
    here, right = row.names[cell], names[cell]
    if COLUMNS[cell] == "rule":
        return here not in named.rules and bool(near(here, [right]))
    if COLUMNS[cell] == "value":
        return date_told(here)[2] == right or re.sub(r"[.\s€]|EUR", "", here) == right
    if COLUMNS[cell] == "id" and here not in named.keys_of(file):
        return right.startswith(f"{here}/") or bool(near(here, [right]))
    return COLUMNS[cell] == "column" or here.removeprefix("data/").removesuffix(".csv") == right


class _Names:
    """How an answer may name a finding: columns by name or by title."""

    def __init__(self, loaded: Loaded) -> None:
        schemas = loaded.descriptor.tables
        self.rules = {rule.id for rule in rules_of(loaded.root)}
        self.tables = {f"data/{schema.path}": schema for schema in schemas.values()}
        self.keys = {
            (table.file, line): _key(schemas[name], table, record)
            for name, table in loaded.strategy.tables.items()
            for line, record in zip(table.lines, table.records, strict=True)
        }

    def keys_of(self, file: str) -> set[str]:
        """The keys of the rows of a table."""
        return {key for (other, _), key in self.keys.items() if other == file}

    def of(self, finding: Finding) -> Iterator[tuple[str, ...]]:
        """All names of a finding, as in ``_Row.names``."""
        schema = self.tables.get(finding.file)
        key = self.keys.get((finding.file, finding.line or 0), "")
        column = finding.column or ""
        columns = [column]
        if schema:
            columns += [c.title for name, c in schema.columns.items() if name == column]
        for name in (schema.name if schema else finding.file, finding.file):
            for written in columns:
                yield (finding.rule, name, key, written, finding.value or "")


def _key(schema: TableSchema, table: Table, record: tuple[str, ...]) -> str:
    """What tells a row from the others of its table: its id, else the cells of its key."""
    names = ("id",) if "id" in table.header else schema.primary_key or ROW_KEYS.get(schema.name, ())
    positions = [table.header.index(name) for name in names if name in table.header]
    return "/".join(record[p] for p in positions if p < len(record) and record[p])


def _rows(table: Table) -> Iterator[_Row]:
    positions = [table.header.index(name) for name in COLUMNS]
    for line, record in zip(table.lines, table.records, strict=True):
        cells = (record[p] if p < len(record) else "" for p in positions)
        yield _Row(line, tuple(cells))


def _answers(root: Path) -> tuple[Table | None, list[Finding]]:
    """The answers, if they can be read, and what is wrong with their file."""
    path = root / ANSWERS
    astray = None if path.exists() else _astray(root)
    if astray is None and not path.exists():
        return None, []
    table, told = csv_reader.read(astray or path, "acknowledged", ANSWERS)
    if table is None:
        return None, told
    if absent := [name for name in COLUMNS if name not in table.header]:
        told = [*told, _no_columns(table, absent)]
        if len(table.header) != len(COLUMNS):
            return None, told
        table = replace(table, header=_named(table.header, absent))
    if astray:
        told = [_misplaced(astray.relative_to(root).as_posix())]
    return table, told


def _named(header: Sequence[str], absent: Iterable[str]) -> tuple[str, ...]:
    """The header with the names that are absent in the places of those that nobody knows."""
    names = iter(absent)
    return tuple(name if name in COLUMNS else next(names) for name in header)


def _astray(root: Path) -> Path | None:
    """The file of the answers under another name or in another folder."""
    there = (path for folder in ("strategy", "data", ".") for path in (root / folder).glob("*.csv"))
    name = Path(ANSWERS).stem
    return next((p for p in sorted(there) if near(p.stem.casefold(), [name])), None)


def _misplaced(file: str) -> Finding:
    return Finding(
        rule=ACKNOWLEDGED,
        severity="warning",
        file=file,
        problem=Text(
            "Die Antworten auf Warnungen werden hier nicht gelesen.",
            "Answers to warnings are not read here.",
        ),
        cure=Text(
            f"Die Datei muss {ANSWERS} heißen: Benennen oder verschieben Sie sie.",
            f"The file must be called {ANSWERS}: rename or move it.",
        ),
    )


def _no_columns(table: Table, absent: Iterable[str]) -> Finding:
    names = ", ".join(absent)
    return Finding(
        rule=ACKNOWLEDGED,
        severity="warning",
        file=ANSWERS,
        line=table.header_line,
        value=names,
        problem=Text(
            f"In der ersten Zeile fehlt: {names}. Beantwortet ist damit nichts.",
            f"The first line lacks: {names}. Nothing is answered.",
        ),
        cure=Text(
            f"Schreiben Sie in die erste Zeile: {','.join(COLUMNS)}",
            f"Write into the first line: {','.join(COLUMNS)}",
        ),
    )


def _unanswerable(error: Finding, row: _Row) -> Finding:
    """An error with what becomes of the row that was to answer it."""
    cure = Text(
        f"{error.cure.de} Löschen Sie dann Zeile {row.line} in {ANSWERS}: Fehler lassen sich "
        "nicht beantworten.",
        f"{error.cure.en} Then delete line {row.line} of {ANSWERS}: errors can't be answered.",
    )
    return replace(error, cure=Text(cure.de.strip(), cure.en.strip()))


def _fault(
    row: _Row, found: Finding | None, rules: Collection[str], *, complete: bool
) -> Finding | None:
    """What is wrong with an answer, if anything."""
    cure = Text("Löschen Sie die Zeile.", "Delete the row.")
    if not row.reason:
        problem = Text("Der Antwort fehlt der Grund.", "The answer has no reason.")
        cure = Text("Tragen Sie ihn in „reason“ ein.", "Enter it in “reason”.")
    elif found is None and complete:
        problem = Text(
            "Diese Zeile beantwortet nichts (mehr).", "This row answers nothing (any more)."
        )
        if row.cells[0] not in rules:
            guess = did_you_mean(row.cells[0], rules)
            cure = guess if guess != NOTHING else cure
    else:
        return None
    return Finding(
        rule=ACKNOWLEDGED,
        severity="warning",
        file=ANSWERS,
        line=row.line,
        value=shown(" ".join(filter(None, row.cells[:5]))),
        problem=problem,
        cure=cure,
    )
