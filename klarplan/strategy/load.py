"""From files to a ``Strategy``: reads every table once and gives its cells their types."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from klarplan.messages import Finding, KlarplanError, Text, near
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.currency import with_codes
from klarplan.strategy.model import MODEL, REQUIRED_TABLES, Row, Strategy
from klarplan.strategy.own_words import read_words
from klarplan.strategy.schema import Descriptor, TableSchema, read_descriptor
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.synonyms import read_synonyms
from klarplan.strategy.time_spans import YEARS
from klarplan.strategy.usual_statuses import in_english
from klarplan.words.catalogue import GERMAN, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A strategy as read, and what could not be read."""

    root: Path
    strategy: Strategy
    descriptor: Descriptor
    findings: tuple[Finding, ...]


def as_date(text: str) -> dt.date:
    """A date of ``YEARS`` written as 2026-11-21 (Table Schema, ``date``)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    day = dt.date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def as_boolean(text: str) -> bool:
    """A truth value as Table Schema writes it."""
    if text in ("true", "True", "TRUE", "1"):
        return True
    if text in ("false", "False", "FALSE", "0"):
        return False
    raise ValueError(text)


def as_number(text: str) -> Decimal:
    """A decimal number with a point, of at most 30 digits before and after it."""
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", text):
        raise ValueError(text)
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if value.adjusted() > 30 or (isinstance(exponent, int) and exponent < -30):
        raise ValueError(text)
    return value


def as_integer(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


CAST: Mapping[str, Callable[[str], Any]] = {
    "date": as_date,
    "boolean": as_boolean,
    "number": as_number,
    "integer": as_integer,
}

_KINDS: Mapping[Any, str] = {
    str: "string",
    dt.date: "date",
    bool: "boolean",
    Decimal: "number",
    int: "integer",
}


@cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """The type (Table Schema) of every column that the model knows, by table."""
    found: dict[str, dict[str, str]] = {}
    for table, model in MODEL.items():
        hints = get_type_hints(model)
        found[table] = {
            f.metadata.get("column", f.name): next(
                name for kind, name in _KINDS.items() if hints[f.name] in (kind, kind | None)
            )
            for f in fields(model)
            if f.name not in ("line", "extra")
        }
    return found


@cache
def required_columns(table: str) -> frozenset[str]:
    """The columns of a table without which the model can't hold a row."""
    model = MODEL.get(table)
    return frozenset(
        f.metadata.get("column", f.name)
        for f in (fields(model) if model else ())
        if f.default is MISSING
    )


def _rows(model: type[Row], table: Table, schema: TableSchema, lang: str) -> tuple[Row, ...]:
    columns = [
        (f.name, f.metadata.get("column", f.name), f.default)
        for f in fields(model)
        if f.name not in ("line", "extra")
    ]
    plan: list[tuple[str, int, Callable[[str], Any] | None]] = []
    for attribute, name, _default in columns:
        position = table.column(name)
        if position is not None and name in schema.columns:
            plan.append((attribute, position, CAST.get(kinds()[schema.name][name])))
    known = {name for _, name, _ in columns}
    extras = [
        (schema.columns[name].said(lang).title, position)
        for position, name in enumerate(table.header)
        if name in schema.columns and name not in known
    ]
    has_id = any(attribute == "id" for attribute, _, _ in columns)
    rows: list[Row] = []
    for record, line in zip(table.records, table.lines, strict=True):
        values: dict[str, Any] = {"line": line}
        width = len(record)
        for attribute, position, cast in plan:
            cell = record[position] if position < width else ""
            if cell == "":
                continue
            if cast is not None:
                try:
                    values[attribute] = cast(cell)
                except (ValueError, InvalidOperation):
                    continue
            else:
                values[attribute] = cell
        if has_id and "id" not in values:
            continue
        if extras:
            values["extra"] = tuple(
                (title, record[position])
                for title, position in extras
                if position < width and record[position]
            )
        rows.append(model(**values))
    return tuple(rows)


def strategy_from(
    settings: Any, texts: Mapping[str, Table], descriptor: Descriptor, words: Words = GERMAN
) -> Strategy:
    """A strategy from tables of text; cells that can't be read become ``None``.

    Where English is spoken, statuses are told in English, as far as they have it.
    """
    rows = {
        name: _rows(model, texts[name], descriptor.tables[name], words.lang)
        for name, model in MODEL.items()
        if name in texts and name in descriptor.tables
    }
    found = {**rows, "settings": settings, "tables": dict(texts), "words": words}
    strategy = Strategy(**found)
    if words.lang != "en":
        return strategy
    return replace(strategy, statuses=tuple(map(in_english, strategy.statuses)))


def require_data(root: Path) -> None:
    """Raise ``KlarplanError`` where there is no folder ``data``, so that this is no strategy."""
    if not (root / "data").is_dir():
        folders = (path.name for path in sorted(root.glob("[dD][aA][tT][aA]")) if path.is_dir())
        renamed = next(folders, None)
        raise KlarplanError(
            Text(
                f"In „{root}“ gibt es keinen Ordner „data“.",
                f"There is no folder “data” in “{root}”.",
            ),
            Text(
                f"Der Ordner „{renamed}“ muss klein geschrieben sein: Benennen Sie ihn um in data.",
                f"The folder “{renamed}” must be in small letters: rename it to data.",
            )
            if renamed
            else Text(
                "Rufen Sie klarplan im Ordner Ihrer Strategie auf oder nennen Sie ihn mit --root.",
                "Call klarplan in the folder of your strategy or name it with --root.",
            ),
            exit_code=2,
        )


def other_file(root: Path, descriptor: Descriptor, path: str) -> str | None:
    """The file in ``data`` that nobody described and that was probably meant to be ``path``."""
    described = {schema.path for schema in descriptor.tables.values()}
    free = [f.name for f in sorted((root / "data").glob("*.[cC][sS][vV]"))]
    others = [name for name in free if name not in described]
    if found := near(path, others):
        return found[0]
    schema = next((s for s in descriptor.tables.values() if s.path == path), None)
    needed = {name for name, c in schema.columns.items() if c.required} if schema else set()
    same = [name for name in others if needed and needed <= _names(root / "data" / name)]
    return same[0] if len(same) == 1 else None


def _names(path: Path) -> set[str]:
    """The names of the columns of a table that nobody described."""
    table, _ = csv_reader.read(path, path.stem, f"data/{path.name}")
    return set(table.header) if table else set()


def missing_table(root: Path, descriptor: Descriptor, name: str) -> Finding:
    """That one of ``REQUIRED_TABLES`` has no file, and where it may be."""
    path = descriptor.tables[name].path if name in descriptor.tables else f"{name}.csv"
    renamed = other_file(root, descriptor, path)
    return Finding(
        rule="KP001",
        file=f"data/{path}",
        problem=Text(
            f"Die Tabelle „{name}“ fehlt; ohne sie geht es nicht.",
            f"The table “{name}” is missing; it is required.",
        ),
        cure=Text(
            f"Benennen Sie data/{renamed} um in {path}.",
            f"Rename data/{renamed} to {path}.",
        )
        if renamed
        else Text(
            f"Holen Sie sie aus der letzten Fassung zurück: git checkout HEAD -- data/{path}. War "
            "nie eine da, legen Sie die Datei an; ihre Spalten beschreibt data/datapackage.json.",
            f"Get it back from the last version: git checkout HEAD -- data/{path}. If there never "
            "was one, create the file; data/datapackage.json describes its columns.",
        ),
        cause=("file", f"data/{renamed}") if renamed else None,
    )


def load(root: Path) -> Loaded:
    """Read settings and tables below ``root``.

    Problems of reading are findings; ``KlarplanError`` is raised only where nothing can be read:
    no folder ``data``, or a descriptor that is not usable.
    """
    require_data(root)
    descriptor = read_descriptor(root)
    settings, findings = read_settings(root)
    words, more = read_words(root, settings)
    findings += more
    findings += read_synonyms(root, settings.lang)[1]
    texts: dict[str, Table] = {}
    for name, schema in descriptor.tables.items():
        file = f"data/{schema.path}"
        path = root / file
        if path.exists():
            table, more = csv_reader.read(path, name, file)
            findings += more
            if table is not None:
                texts[name] = with_codes(table)
    for name in REQUIRED_TABLES:
        if name in texts:
            continue
        lacking = missing_table(root, descriptor, name)
        if not any(finding.file == lacking.file for finding in findings):
            findings.append(lacking)
    return Loaded(
        root=root,
        strategy=strategy_from(settings, texts, descriptor, words),
        descriptor=descriptor,
        findings=tuple(findings),
    )
