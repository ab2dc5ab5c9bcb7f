"""Mending what can be read in one way only: form of tables, dates, numbers, blank lines.

Works on a copy: the findings that carry a cure are applied there until none is left, so that what
one mistake hid is mended too. Only then the files are replaced, if they shall be.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.run import examine
from klarplan.commands.table_forms import Change, as_committed, content_of, uniform
from klarplan.commands.targets import refuse_links
from klarplan.messages import Finding, KlarplanError, Text, did_you_mean
from klarplan.strategy import csv_reader
from klarplan.strategy.committed import committed
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import as_line, replace_files
from klarplan.strategy.load import require_data
from klarplan.strategy.schema import read_descriptor

ROUNDS = 5
"""So often findings are applied; each round may bring others to light."""
FOLDERS = ("data", "docs", "strategy")


@dataclass(frozen=True, slots=True)
class Lost:
    """An error that stays, with the cell of the committed version where that is another."""

    finding: Finding
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was or would be changed, and what is left."""

    changes: tuple[Change, ...]
    left: tuple[Lost, ...]
    contents: Mapping[Path, bytes]


def repair(root: Path, as_of: dt.date, names: Sequence[str] = ()) -> Repaired:
    """What would be changed below ``root``; nothing is written.

    ``names`` are tables by name or file; without any, tables, settings and texts are meant.
    Raises ``KlarplanError`` where a table is not known or there is no strategy.
    """
    require_data(root)
    refuse_links(root, FOLDERS)
    wanted = _files(root, names)
    with tempfile.TemporaryDirectory(prefix="klarplan-") as folder:
        copy = copied(root, Path(folder) / "copy")
        changes = [*uniform(copy, wanted)]
        for _ in range(ROUNDS):
            found = examine(copy, as_of).single
            made = [*_applied(copy, [f for f in found if wanted is None or f.file in wanted])]
            if not made:
                break
            changes += made
        changes += as_committed(root, copy, wanted)
        contents = {
            root / file: content
            for file in dict.fromkeys(change.place.file for change in changes)
            if (content := (copy / file).read_bytes()) != (root / file).read_bytes()
        }
        left = [
            *_left(root, copy, [f for f in found if wanted is None or f.file in wanted]),
        ]
    return Repaired(changes=tuple(changes), left=tuple(left), contents=contents)


def write(repaired: Repaired) -> None:
    """Write all files of a repair, or none; raises ``KlarplanError`` where that fails."""
    replace_files(repaired.contents)


def _files(root: Path, names: Sequence[str]) -> frozenset[str] | None:
    """Files of the tables with these names; ``None`` where no name is given."""
    if not names:
        return None
    tables = {name: schema.path for name, schema in read_descriptor(root).tables.items()}
    files = set()
    for name in names:
        bare = name.rpartition("/")[2].removesuffix(".csv")
        path = tables.get(bare)
        if path is None or not (root / "data" / path).is_file():
            guess = did_you_mean(bare, tables)
            raise KlarplanError(
                Text(f"Die Tabelle „{name}“ gibt es nicht.", f"There is no table “{name}”."),
                guess,
                exit_code=2,
            )
        files.add(f"data/{path}")
    return frozenset(files)


def copied(root: Path, copy: Path) -> Path:
    """The files of a strategy, linked where that is possible: pictures may be large."""

    def link(source: str, target: str) -> str:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
        return target

    for name in (*FOLDERS, "overrides", "local"):
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, copy_function=link)
    for name in ("mkdocs.yml",):
        if (root / name).is_file():
            link(str(root / name), str(copy / name))
    return copy


def _applied(root: Path, findings: Sequence[Finding]) -> Iterator[Change]:
    """Apply the cures of findings in the files below ``root``."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fix and finding.line and finding.fix.old != finding.fix.new:
            by_file.setdefault(finding.file, []).append(finding)
    for file, members in by_file.items():
        if file.startswith("data/") and file.endswith(".csv"):
            yield from _in_table(root / file, file, members)
        else:
            yield from _in_text(root / file, members)


def _in_table(path: Path, file: str, findings: Sequence[Finding]) -> Iterator[Change]:
    table, _ = csv_reader.read(path, path.stem, file)
    if table is None:
        return
    header, records = [*table.header], [[*record] for record in table.records]
    rows = dict(zip(table.lines, records, strict=True))
    for finding in findings:
        fix, row = finding.fix, rows.get(finding.line or 0)
        assert fix is not None
        if finding.line == table.header_line and finding.column in header:
            header[header.index(finding.column)] = fix.new
        elif row is None:
            continue
        elif finding.column is None:
            if as_line(row) != fix.old:
                continue
            row[:] = next(csv.reader(io.StringIO(fix.new)))
        else:
            position = table.column(finding.column)
            if position is None or position >= len(row) or row[position] != fix.old:
                continue
            row[position] = fix.new
        yield Change(finding.place, fix.old, fix.new)
    new = Table(
        name=table.name,
        file=file,
        header=tuple(header),
        records=tuple(map(tuple, records)),
        lines=table.lines,
    )
    content = content_of(new, new.records)
    if content is not None:
        replace_files({path: content})


def _in_text(path: Path, findings: Sequence[Finding]) -> Iterator[Change]:
    raw = path.read_bytes()
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    text = raw.removeprefix(mark).decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    free = len(lines)
    for finding in sorted(findings, key=lambda f: f.line or 0, reverse=True):
        fix, begin = finding.fix, (finding.line or 0) - 1
        assert fix is not None
        old = fix.old.split("\n")
        if lines[begin : begin + len(old)] != old or begin + len(old) > free:
            continue  # another cure has changed these lines; the next round looks again
        lines[begin : begin + len(old)] = fix.new.split("\n")
        free = begin
        yield Change(finding.place, fix.old, fix.new)
    replace_files({path: mark + end.join(lines).encode("utf-8")})


def _left(root: Path, copy: Path, findings: Sequence[Finding]) -> Iterator[Lost]:
    """Errors in tables that stay, with what the committed version has in their cells."""
    before: dict[str, Table | None] = {}
    for finding in findings:
        if finding.severity != "error" or not finding.file.startswith("data/"):
            continue
        if finding.file not in before:
            before[finding.file] = committed(root, finding.file)
        table = before[finding.file]
        now, _ = csv_reader.read(copy / finding.file, "", finding.file)
        yield Lost(finding, _cell_before(table, now, finding) if table and now else None)


def _cell_before(table: Table, now: Table, finding: Finding) -> str | None:
    """The cell that the committed version has in the same row: by its first cell, else by place."""
    if not finding.column or not finding.line or finding.line not in now.lines:
        return None
    number = now.lines.index(finding.line)
    position = table.column(finding.column.split(", ", maxsplit=1)[0])
    same = [r for r in table.records if r[:1] == now.records[number][:1]]
    if len(same) != 1:
        same = [table.records[number]] if len(table.records) == len(now.records) else []
    if position is None or not same or position >= len(same[0]):
        return None
    return same[0][position] if same[0][position] != finding.value else None
