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
from decimal import InvalidOperation
from pathlib import Path

from klarplan.check.run import examine
from klarplan.commands.committed import committed
from klarplan.commands.targets import refuse_links
from klarplan.messages import Finding, KlarplanError, Place, Text, did_you_mean
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import replace_files, table_bytes
from klarplan.strategy.load import CAST, require_data
from klarplan.strategy.schema import TableSchema, read_descriptor

ROUNDS = 5
"""So often findings are applied; each round may bring others to light."""
FOLDERS = ("data", "docs", "strategy")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, what stood there, what stands there now; or how a file is written."""

    place: Place
    old: str
    new: str
    form: Text | None = None


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
        copy = _copied(root, Path(folder) / "copy")
        changes = [*_uniform(copy, wanted)]
        for _ in range(ROUNDS):
            found = examine(copy, as_of).single
            made = [*_applied(copy, [f for f in found if wanted is None or f.file in wanted])]
            if not made:
                break
            changes += made
        changes += _as_committed(root, copy, wanted)
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


def _copied(root: Path, copy: Path) -> Path:
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


def _uniform(root: Path, wanted: frozenset[str] | None) -> Iterator[Change]:
    """Write tables as the repository has them: UTF-8, commas, quotation marks where needed."""
    for name, schema in read_descriptor(root).tables.items():
        file = f"data/{schema.path}"
        path = root / file
        if (wanted is not None and file not in wanted) or not path.is_file():
            continue
        table, _ = csv_reader.read(path, name, file)
        if table is None:
            continue
        before = path.read_bytes()
        content = _content(table, table.records)
        if content is None or content == before:
            continue
        replace_files({path: content})
        text, notices = csv_reader.decode(before, file)
        here = Place(file, None, None, None, None)
        delimiter = csv_reader.sniff_delimiter(text or "")
        said = False
        if notices:
            said = True
            yield Change(here, "Windows-1252", "UTF-8", Text("Zeichensatz", "Encoding"))
        if delimiter != ",":
            said = True
            sign = {";": ("Semikolon", "semicolon"), "\t": ("Tabulator", "tab")}[delimiter]
            yield Change(here, sign[0], "Komma", Text("Trennzeichen", "Delimiter"))
        if not said:
            form = Text(
                "Leerzeichen, leere Zeilen und Anführungszeichen, die nichts bedeuten",
                "Blanks, blank lines and quotation marks without meaning",
            )
            yield Change(here, "", "", form)


def _as_committed(root: Path, copy: Path, wanted: frozenset[str] | None) -> Iterator[Change]:
    """Write cells as the committed version has them where they mean the same: 5 for 5.0."""
    for name, schema in read_descriptor(copy).tables.items():
        file = f"data/{schema.path}"
        if (wanted is not None and file not in wanted) or not (copy / file).is_file():
            continue
        now, _ = csv_reader.read(copy / file, name, file)
        before = committed(root, file)
        if (
            now is None
            or before is None
            or (copy / file).read_bytes() == table_bytes(before.header, before.records)
        ):
            continue
        rows = {_key(schema, before, record): record for record in before.records}
        records, count = [], 0
        for record in now.records:
            old = rows.get(_key(schema, now, record), ())
            cells = [*record]
            for position, column in enumerate(now.header[: len(cells)]):
                place = before.column(column)
                cell = old[place] if place is not None and place < len(old) else cells[position]
                if cell != cells[position] and _same(schema, column, cell, cells[position]):
                    cells[position] = cell
                    count += 1
            records.append(tuple(cells))
        content = _content(now, records) if count else None
        if content is not None:
            replace_files({copy / file: content})
            one = count == 1
            form = Text(
                f"{count} {'Zelle' if one else 'Zellen'} mit gleicher Bedeutung: geschrieben wie "
                "in der gesicherten Fassung",
                f"{count} {'cell' if one else 'cells'} of the same meaning: written as in the "
                "committed version",
            )
            yield Change(Place(file, None, None, None, None), "", "", form)


def _key(schema: TableSchema, table: Table, record: Sequence[str]) -> tuple[str, ...]:
    """What tells a row from others; the whole row where nothing does."""
    places = [table.column(name) for name in schema.row_key]
    key = tuple(record[p] for p in places if p is not None and p < len(record))
    return key if any(key) else tuple(record)


def _same(schema: TableSchema, column: str, one: str, other: str) -> bool:
    """Whether two cells mean the same number, truth value or day."""
    described = schema.columns.get(column)
    cast = CAST.get(described.type) if described else None
    if cast is None or not one or not other:
        return False
    try:
        return bool(cast(one) == cast(other))
    except (ValueError, InvalidOperation):
        return False


def _content(table: Table, records: Sequence[Sequence[str]]) -> bytes | None:
    """A table in canonical form; ``None`` where a row has more cells than the header."""
    width = len(table.header)
    if any(any(record[width:]) for record in records):
        return None
    return table_bytes(table.header, [record[:width] for record in records])


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
            if row != [fix.old]:
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
    content = _content(new, new.records)
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
