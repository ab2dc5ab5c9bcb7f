"""Macros on open data: what can be fetched, each table by itself, and the overview for frames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from klarplan.messages import Text
from klarplan.strategy import addresses
from klarplan.strategy.addresses import on_web
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.paper_list import STRATEGY
from klarplan.strategy.schema import Column, TableSchema
from klarplan.strategy.subjects import package_of, subject_of
from klarplan.words.room import cut, room
from macros.handbook import types_of_columns
from macros.registry import Context, known, macro

Data = Mapping[str, Any]

ROWS = 5
"""So many rows a preview has."""
LONGEST = 90
"""So much of a cell it shows, in average letters."""
LONG = 25
"""What is longer takes more than one line in a narrow column."""
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?")
"""What programs read as a number."""
_TABLE = Text("Die Tabelle", "table")


@macro
def downloads(ctx: Context) -> Data:
    """Zeigt die Strategie zum Herunterladen: als PDF und als offene Daten."""
    tables = [
        {
            "schema": ctx.descriptor.tables[name].said(ctx.words.lang),
            "rows": len(table.records),
            "page": _page(ctx, name),
            "url": ctx.url(addresses.DATA + ctx.descriptor.tables[name].path),
            "parquet": _parquet(ctx, ctx.descriptor.tables[name].path),
        }
        for name, table in ctx.strategy.offered.items()
    ]
    settings = ctx.strategy.settings
    files = {
        **({"pdf": STRATEGY} if ctx.papers else {}),
        "workbook": addresses.WORKBOOK,
        "standing": addresses.MEASURES,
        "zip": addresses.PACKAGE_ZIP,
        "columns": addresses.DICTIONARY[ctx.words.lang],
        "changes": addresses.SCHEMA_CHANGES[ctx.words.lang],
        "package": addresses.PACKAGE,
        "api": addresses.OPENAPI,
    }
    if not ctx.strategy.measures:
        del files["standing"]
    if ctx.strategy.goals or ctx.strategy.measures:
        files["stratml"] = addresses.STRATML
    if settings.site_url and settings.published:
        files["catalogue"] = addresses.CATALOGUE
    return {
        "tables": tables,
        "files": {name: ctx.url(place) for name, place in files.items()},
        "settings": settings,
        **(embedding(ctx) or {"code": ""}),
    }


@macro
def table_about(ctx: Context, table: str) -> Data:
    """Sagt, was in einer Tabelle der offenen Daten steht und wo es sie gibt."""
    schema, content = _table(ctx, table)
    files = {
        "csv": addresses.DATA + schema.path,
        "json": f"{addresses.API}{addresses.table_name(schema.path)}.json",
        "workbook": addresses.WORKBOOK,
        "package": addresses.DATA + package_of(subject_of(table)),
    }
    if ctx.parquet:
        files["parquet"] = addresses.parquet_file(schema.path)
    return {
        "schema": schema,
        "rows": len(content.records),
        "files": {name: ctx.url(place) for name, place in files.items()},
        "names": files,
        "settings": ctx.strategy.settings,
        "as_of": ctx.as_of,
    }


@macro
def table_preview(ctx: Context, table: str) -> Data:
    """Zeigt die ersten Zeilen einer Tabelle der offenen Daten."""
    schema, content = _table(ctx, table)
    places = [(content.header.index(name), c) for name, c in _columns(schema, content).items()]
    return {
        "schema": schema,
        "columns": [column for _, column in places],
        "rows": [
            [
                _shown(record[place] if place < len(record) else "", column)
                for place, column in places
            ]
            for record in content.records[:ROWS]
        ],
        "all": len(content.records),
    }


@macro
def table_columns(ctx: Context, table: str) -> Data:
    """Erklärt die Spalten einer Tabelle der offenen Daten."""
    schema, content = _table(ctx, table)
    tables = ctx.strategy.offered
    links = {
        key.column: {
            "title": ctx.descriptor.tables[key.table].said(ctx.words.lang).title or key.table,
            "url": _page(ctx, key.table),
        }
        for key in schema.foreign_keys
        if key.table in tables and key.table != schema.name
    }
    return {
        "schema": schema,
        "columns": list(_columns(schema, content).values()),
        "links": links,
        "types": types_of_columns(ctx.words),
    }


@macro
def table_use(ctx: Context, table: str) -> Data:
    """Zeigt, wie sich eine Tabelle der offenen Daten öffnen und auswerten lässt."""
    schema, content = _table(ctx, table)
    place = addresses.DATA + schema.path
    address = on_web(ctx.strategy.settings.site_url, place) or schema.path
    texts = [name for name, column in _columns(schema, content).items() if column.type == "string"]
    return {
        "address": address,
        "workbook": ctx.url(addresses.WORKBOOK),
        "texts": [name for name in texts if _like_numbers(content, name)],
    }


@macro
def embedded_source(ctx: Context) -> Data:
    """Nennt unter der Übersicht zum Einbetten die Strategie, aus der sie stammt."""
    return {"url": ctx.url(""), "settings": ctx.strategy.settings}


@macro
def embedding(ctx: Context) -> Data | None:
    """Zeigt, wie eine andere Website die Übersicht einbettet, mit dem Code zum Kopieren."""
    settings = ctx.strategy.settings
    if not settings.site_url or not ctx.strategy.measures:
        return None
    frame = etree.Element(
        "iframe",
        src=on_web(settings.site_url, addresses.EMBEDDED),
        title=ctx.words("embedded.title", strategy=settings.title),
        width="100%",
        height="480",
        loading="lazy",
    )
    return {"code": etree.tostring(frame, method="html", encoding="unicode")}


def _like_numbers(content: Table, name: str) -> bool:
    """Whether programs would take a column of text for numbers: 007 would become 7."""
    place = content.header.index(name)
    cells = [r[place] for r in content.records if place < len(r) and r[place]]
    return bool(cells) and all(map(_NUMBER.fullmatch, cells))


def _parquet(ctx: Context, path: str) -> str:
    """Where a table is as Parquet, if it is."""
    return ctx.url(addresses.parquet_file(path)) if ctx.parquet else ""


def _shown(cell: str, column: Column) -> tuple[str, str]:
    """What a preview shows of a cell, and how: whole dates and numbers, room for long texts."""
    shown = cut(cell, LONGEST)
    if column.type != "string":
        return shown, "nowrap"
    return shown, "wide" if room(shown) > LONG else ""


def _table(ctx: Context, name: str) -> tuple[TableSchema, Table]:
    content = known(ctx.strategy.offered, name, _TABLE)
    return ctx.descriptor.tables[name].said(ctx.words.lang), content


def _columns(schema: TableSchema, content: Table) -> Mapping[str, Any]:
    return {name: column for name, column in schema.columns.items() if name in content.header}


def _page(ctx: Context, name: str) -> str:
    return ctx.url(addresses.table_page(ctx.descriptor.tables[name].path))
