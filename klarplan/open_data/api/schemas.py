"""JSON Schemas (2020-12) of what the API holds, from the schemas of the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from klarplan.open_data.api.entries import closed, told
from klarplan.open_data.api.rows import referring_columns
from klarplan.strategy.addresses import table_name
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import Column

_TYPES: Mapping[str, str] = {"integer": "integer", "number": "number", "boolean": "boolean"}
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "pattern")
_FORMATS: Mapping[str, str] = {"uri": "uri", "email": "email"}


ABOUT: Mapping[str, Any] = {
    "strategy": {"type": "string"},
    "publisher": {"type": "string"},
    "licence": closed({name: {"type": "string"} for name in ("name", "title", "path")}),
    "attribution": {"type": "string"},
    "as_of": {"type": "string", "format": "date"},
    "modified": {"type": "string", "format": "date"},
    "homepage": {"type": "string", "format": "uri"},
}
"""What is said of every list, as a JSON Schema; more may be said one day."""


def _is_bound(value: object, name: str) -> bool:
    wanted = str if name == "pattern" else (int, float)
    return isinstance(value, wanted) and not isinstance(value, bool)


def _property(column: Column, field: Mapping[str, Any]) -> dict[str, Any]:
    """A column as a property: bounds and choices as the table's schema has them."""
    constraints = field.get("constraints", {})
    kind = _TYPES.get(field.get("type", "string"), "string")
    must = bool(constraints.get("required"))
    found: dict[str, Any] = {"type": kind if must else [kind, "null"]}
    if field.get("type") == "date":
        found["format"] = "date"
    elif field.get("format") in _FORMATS:
        found["format"] = _FORMATS[field["format"]]
    for name in _BOUNDS:
        if _is_bound(constraints.get(name), name):
            found[name] = constraints[name]
    if choices := constraints.get("enum"):
        found["enum"] = list(choices) if must else [*choices, None]
    told = {"title": column.title, "description": column.description}
    return {**found, **{name: text for name, text in told.items() if text}}


def row_schema(loaded: Loaded, table: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table: its own columns, and what is known besides."""
    schema = loaded.descriptor.tables[table]
    header = loaded.strategy.tables[table].header
    columns = {
        name: _property(column, schema.field(name))
        for name, column in schema.columns.items()
        if name in header
    }
    properties = {**columns, **more}
    return {
        "title": schema.title,
        "description": schema.description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_schema(loaded: Loaded, row: str) -> dict[str, Any]:
    """A list of rows, with what is said of the whole; ``row`` is where a row is described."""
    words = loaded.strategy.words
    lists = {
        "about": {
            "type": "object",
            "properties": told(ABOUT, words),
            "required": ["strategy", "publisher", "licence", "as_of"],
        },
        "rows": {"type": "array", "items": {"$ref": row}},
    }
    return closed(told(lists, words))


def detail_schema(
    loaded: Loaded, table: str, row: Mapping[str, Any], ref: Callable[[str], str]
) -> dict[str, Any]:
    """A row with those of other tables that refer to it; ``ref`` says where a row is described."""
    tables = {name: loaded.descriptor.tables[name] for name in loaded.strategy.tables}
    about = {name for name, schema in tables.items() if referring_columns(schema, table)}
    if table == "measures":
        about |= {"goals", "places"} & tables.keys()
    lists = {
        name: {"type": "array", "items": {"$ref": ref(table_name(schema.path))}}
        for name, schema in tables.items()
        if name in about
    }
    referring = {"type": "object", "properties": lists, "additionalProperties": False}
    more = told({"referring": referring}, loaded.strategy.words)
    return {
        **row,
        "properties": {**row["properties"], **more},
        "required": [*row["required"], "referring"],
    }
