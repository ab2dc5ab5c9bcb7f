"""Reading a mapping file and checking it against the tables of the strategy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from klarplan.importer.amounts import CELL, UNIT_EXAMPLES
from klarplan.importer.constraints import meet
from klarplan.importer.dates import read_when
from klarplan.importer.grid import plain
from klarplan.importer.mapping import ImportMapping, Rule, Source
from klarplan.importer.seen import CHOICES, PARTS
from klarplan.importer.units import read_unit
from klarplan.importer.values import FORMATS, UnreadableError
from klarplan.importer.yaml_nodes import Node, read_yaml
from klarplan.messages import Text
from klarplan.strategy.schema import Column, Descriptor, TableSchema

SOURCE_KEYS = (
    *("from", "table", "header", "match", "columns", "ignore", "as_of", "ids", "own", "create"),
    *("only", "hidden", "keep", "skip"),
)
RULE_KEYS = (
    *("column", "value", "values", "format", "empty", "if_empty", "brackets", "html"),
    *("fill_down", "split", "by", "create", "unit", "read", "section", "sheet", "row", "tree"),
    "marked",
)
ORIGINS = ("column", "value", "section", "sheet", "row", "marked")
READS = ("text", "fill", "font", "comment")
TREES = ("number", "indent", "outline")
_FORMATS_OF_TYPE = {
    "date": ("begin", "end"),
    "number": ("number", "integer"),
    "integer": ("integer",),
    "year": ("integer",),
    "boolean": ("boolean",),
}


def _meaning(node: Node, column: Column) -> str:
    value = node.text()
    options = [option for option, _ in column.categories]
    if value and options and value not in options:
        raise node.unknown(value, options)
    return value


def _positive(node: Node) -> int:
    text = node.text()
    if not re.fullmatch(r"[0-9]{1,7}", text) or not 0 < int(text) <= 1_000_000:
        raise node.error(
            Text("Nötig ist die Nummer einer Zeile.", "The number of a row is needed here.")
        )
    return int(text)


def _day(node: Node) -> dt.date:
    try:
        end = read_when(node.text()).end
    except ValueError:
        end = None
    if end is None:
        raise node.error(
            Text(f"„{node.text()}“ ist kein Tag.", f"“{node.text()}” is no day."),
            Text("Schreiben Sie ihn wie 2026-06-30.", "Write it like 2026-06-30."),
        )
    return end.day


def _only(node: Node) -> dict[str, tuple[str, ...]]:
    return {
        plain(header): tuple(plain(word) for word in words.texts())
        for header, words in node.pairs().items()
    }


def _numbers(node: Node) -> tuple[int, ...]:
    return tuple(_positive(item) for item in ([node] if node.is_text else node.items()))


def _one_of(node: Node, options: Iterable[str]) -> str:
    if (text := node.text()) not in options:
        raise node.unknown(text, options)
    return text


def _level(node: Node) -> int:
    return int(_one_of(node, ("1", "2", "3", "4")))


def _hidden(node: Node, schema: TableSchema) -> dict[str, str]:
    """What becomes of hidden parts: one word for all, or one for each part."""
    how = dict.fromkeys(PARTS, node) if node.is_text else dict(node.pairs(PARTS))
    found = {}
    for part, choice in how.items():
        found[part] = word = _one_of(choice, CHOICES)
        if word == "internal" and part == "columns":
            if node.is_text:
                found[part] = "take"
                continue
            raise choice.error(
                Text(
                    "„internal“ gilt für Zeilen, Blätter und Durchgestrichenes, nicht für Spalten.",
                    "“internal” is for rows, sheets and struck-out text, not for columns.",
                ),
                Text("Möglich sind „take“ und „leave“.", "Possible are “take” and “leave”."),
            )
        if word == "internal" and "visibility" not in schema.columns:
            raise choice.error(
                Text(
                    f"Die Tabelle „{schema.name}“ kennt keine Sichtbarkeit.",
                    f"The table “{schema.name}” knows no visibility.",
                ),
                Text(
                    "Löschen Sie die Zeile „hidden“ hier. Mit „take“ wird das Verborgene "
                    "veröffentlicht, wo die Maßnahme öffentlich ist; intern bleibt es nur bei "
                    "Maßnahmen, die selbst intern sind.",
                    "Delete the line “hidden” here. With “take” what is hidden is published "
                    "where its measure is public; it stays internal only with measures that are "
                    "internal themselves.",
                ),
            )
    return found


def _rule(target: str, node: Node, column: Column, *, refers: bool) -> Rule:
    if node.is_text:
        return Rule(target=target, line=node.line, column=node.text())
    parts = node.pairs(RULE_KEYS)
    if sum(name in parts for name in ORIGINS) != 1:
        raise node.error(
            Text(
                f"„{target}“ braucht entweder „column“ (Spalte) oder „value“ (fester Wert), oder "
                "eines von „section“ (Abschnitt), „sheet“ (Blatt), „row“ (dieselbe Zeile) und "
                "„marked“ (angekreuzte Spalte).",
                f"“{target}” needs exactly one origin: “column”, “value” (a fixed value), "
                "“section”, “sheet” (its name), “row” (the measure of the same row) or “marked” "
                "(the column with a cross).",
            )
        )
    for name in ("by", "create", "split"):
        if name in parts and not refers:
            raise parts[name].error(
                Text(
                    f"„{name}“ gilt nur für Spalten, die auf eine andere Tabelle verweisen.",
                    f"“{name}” is only for columns that refer to another table.",
                )
            )
    form = parts["format"].text() if "format" in parts else None
    allowed = _FORMATS_OF_TYPE.get(column.type, FORMATS)
    if form is not None and form not in allowed:
        raise parts["format"].unknown(form, allowed)

    def flag(name: str) -> bool:
        return name in parts and parts[name].flag()

    words = parts["values"].pairs() if "values" in parts else {}
    if "unit" in parts and parts["unit"].text() != CELL and not read_unit(parts["unit"].text()):
        raise parts["unit"].unknown(parts["unit"].text(), UNIT_EXAMPLES)
    return Rule(
        target=target,
        line=node.line,
        column=parts["column"].text() if "column" in parts else None,
        value=_meaning(parts["value"], column) if "value" in parts else None,
        values={plain(word): _meaning(value, column) for word, value in words.items()},
        format=form,
        empty=tuple(plain(word) for word in parts["empty"].texts()) if "empty" in parts else (),
        if_empty=_meaning(parts["if_empty"], column) if "if_empty" in parts else None,
        brackets=flag("brackets"),
        html=flag("html"),
        fill_down=flag("fill_down"),
        split=tuple(filter(None, parts["split"].texts())) if "split" in parts else (),
        by=parts["by"].text() if "by" in parts else None,
        create=parts["create"].flag() if "create" in parts else None,
        unit=parts["unit"].text() if "unit" in parts else None,
        read=_one_of(parts["read"], READS) if "read" in parts else "text",
        section=_level(parts["section"]) if "section" in parts else None,
        sheet=flag("sheet"),
        row=flag("row"),
        marked=parts["marked"].texts() if "marked" in parts else (),
        tree=_one_of(parts["tree"], TREES) if "tree" in parts else None,
    )


def given_without_column(schema: TableSchema) -> frozenset[str]:
    """The required columns of a table that the import fills in by itself or asks for."""
    given = {"id"} if schema.primary_key == ("id",) else set()
    if schema.name == "status_reports":
        given |= {"status", "date"}
    if schema.name == "budget":
        given.add("year")  # asked for where it is missing
    return frozenset(given)


def _source(node: Node, descriptor: Descriptor, own: Mapping[str, tuple[str, ...]]) -> Source:
    parts = node.pairs(SOURCE_KEYS)
    for name in ("from", "table", "columns"):
        if name not in parts:
            raise node.error(Text(f"Hier fehlt „{name}“.", f"“{name}” is missing here."))
    table = parts["table"].text()
    if table not in descriptor.tables:
        raise parts["table"].unknown(table, descriptor.tables)
    schema = descriptor.tables[table]
    refers = {key.column for key in schema.foreign_keys}
    columns = dict(schema.columns)
    for name in own.get(table, ()):
        columns.setdefault(
            name, Column(name=name, title=name, description="", type="string", required=False)
        )
    rules = tuple(
        _rule(target, value, columns[target], refers=target in refers)
        for target, value in parts["columns"].pairs(columns).items()
    )
    mapped = [rule.target for rule in rules]
    own_table = "own" in parts and parts["own"].flag()
    needed = [name for name, column in schema.columns.items() if column.required]
    for name in schema.row_key if own_table else needed:
        if name not in mapped and name not in given_without_column(schema):
            title = schema.title_of(name)
            raise parts["columns"].error(
                Text(
                    f"Für „{table}“ fehlt die Pflichtspalte „{name}“ ({title}).",
                    f"“{table}” needs the column “{name}”.",
                )
            )
    match = parts["match"].texts() if "match" in parts else ()
    for name in match:
        if name not in mapped:
            raise parts["match"].unknown(name, mapped)
    if sum(bool(rule.split) for rule in rules) > 1:
        raise parts["columns"].error(
            Text("Nur eine Spalte darf „split“ haben.", "Only one column may have “split”.")
        )
    return Source(
        patterns=parts["from"].texts(),
        table=table,
        line=node.line,
        rules=rules,
        match=match,
        header=_positive(parts["header"]) if "header" in parts else None,
        ignore=tuple(plain(w) for w in parts["ignore"].texts()) if "ignore" in parts else (),
        as_of=_day(parts["as_of"]) if "as_of" in parts else None,
        ids={plain(n): e.text() for n, e in parts["ids"].pairs().items()} if "ids" in parts else {},
        own=own_table,
        create="create" in parts and parts["create"].flag(),
        only=_only(parts["only"]) if "only" in parts else {},
        hidden=_hidden(parts["hidden"], schema) if "hidden" in parts else {},
        keep=_numbers(parts["keep"]) if "keep" in parts else (),
        skip=_numbers(parts["skip"]) if "skip" in parts else (),
    )


def _status(node: Node, schema: TableSchema) -> dict[str, str]:
    parts = node.pairs(schema.columns)
    for name, column in schema.columns.items():
        if column.required and not (name in parts and parts[name].text()):
            raise node.error(
                Text(
                    f"Der Status braucht „{name}“ ({column.title}).", f"The status needs “{name}”."
                )
            )
    values = {name: _meaning(value, schema.columns[name]) for name, value in parts.items()}
    fields = {field["name"]: field for field in schema.descriptor["schema"]["fields"]}
    for name, value in values.items():
        try:
            meet(value, fields[name])
        except UnreadableError as error:
            raise parts[name].error(error.problem, error.cure) from error
    return values


def read_mapping(
    path: Path, descriptor: Descriptor, own: Mapping[str, tuple[str, ...]]
) -> ImportMapping:
    """The mapping in a file; ``own`` names the columns that the files of each table have.

    Raises ``KlarplanError`` with the line of the first thing that is wrong.
    """
    root = read_yaml(path)
    parts = root.pairs(("sources", "statuses", "ignore_sheets"))
    if "sources" not in parts:
        raise root.error(
            Text("Hier fehlt die Liste „sources“.", "The list “sources” is missing here.")
        )
    statuses: tuple[dict[str, str], ...] = ()
    if "statuses" in parts:
        statuses = tuple(
            _status(node, descriptor.tables["statuses"]) for node in parts["statuses"].items()
        )
    return ImportMapping(
        file=path.name,
        sources=tuple(_source(node, descriptor, own) for node in parts["sources"].items()),
        statuses=statuses,
        ignore_sheets=parts["ignore_sheets"].texts() if "ignore_sheets" in parts else (),
    )
