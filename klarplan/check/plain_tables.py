"""Tables in which everything is as plain as can be: Frictionless finds nothing there.

To load it, and to have it read the description of a table, takes longer than to read the rows. So
it is only asked where a cell, a row or the description of a column leaves any doubt. What is called
plain here is what it accepts without fail; that both agree is tested with random tables.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

Fits = Callable[[str], bool]

_TEXTS = {"name", "title", "title_en", "description", "description_en", "example"}
_OURS = {"visibility", "fact", "factDate", "categories"}
"""What Frictionless knows nothing of."""
_KEYS = {*_TEXTS, *_OURS, "type", "format", "constraints"}
_CONSTRAINTS = {"required", "enum", "minimum", "maximum", "maxLength"}
_URI = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._/-]*)?", re.ASCII)
_EMAIL = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*@[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]{2,10})+", re.ASCII)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", re.ASCII)
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", re.ASCII)


def is_plain(resource: Mapping[str, Any]) -> bool:
    """Whether a table, described as Frictionless is given it, is right beyond doubt.

    Its ``data`` are rows of texts below one of names, which are those of its fields in order.
    """
    schema, (names, *rows) = resource["schema"], resource["data"]
    fields = schema["fields"]
    if not set(schema) <= {"fields", "missingValues", "primaryKey"}:
        return False
    if schema.get("missingValues", [""]) != [""] or [f.get("name") for f in fields] != names:
        return False
    if not all(map(_is_known, fields)) or any(len(row) != len(names) for row in rows):
        return False
    if not all(map(any, rows)):
        return False
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    return _is_key(schema.get("primaryKey", ()), columns) and all(
        _is_right(field, columns[field["name"]]) for field in fields
    )


def _is_known(field: Mapping[str, Any]) -> bool:
    """Whether nothing is said of a column but what is known here, in the usual form."""
    limits = field.get("constraints", {})
    return (
        set(field) <= _KEYS
        and field.get("type") in _PLAIN
        and (field["type"] == "string" or "format" not in field)
        and field.get("format", "default") in _FORMATS
        and all(isinstance(field[name], str) for name in _TEXTS & set(field))
        and bool(field.get("name"))
        and isinstance(limits, dict)
        and _are_limits(limits, field["type"])
    )


def _are_limits(limits: Mapping[str, Any], kind: str) -> bool:
    choices = limits.get("enum", [""])
    counted = kind in ("integer", "number")
    bounds = [limits[name] for name in ("minimum", "maximum") if name in limits]
    longest = limits.get("maxLength", 1)
    return (
        set(limits) <= _CONSTRAINTS
        and isinstance(limits.get("required", True), bool)
        and (not bounds or (counted and all(type(bound) is int for bound in bounds)))
        and (longest == 1 or (kind == "string" and type(longest) is int and longest > 0))
        and ("enum" not in limits or kind == "string")
        and isinstance(choices, list)
        and all(isinstance(choice, str) for choice in choices)
        and 0 < len(choices) == len({*choices})
    )


def _is_key(key: Sequence[str], columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether the key is filled in every row, with something that no other row has."""
    if not key:
        return True
    if isinstance(key, str) or not all(name in columns for name in key):
        return False
    rows = [*zip(*(columns[name] for name in key), strict=True)]
    return all(map(all, rows)) and len(rows) == len({*rows})


def _is_right(field: Mapping[str, Any], cells: Collection[str]) -> bool:
    limits = field.get("constraints", {})
    if limits.get("required") and "" in cells:
        return False
    several = {*cells} - {""}
    fits = _FORMATS[field.get("format", "default")] or _PLAIN[field["type"]]
    if fits is not None and not all(map(fits, several)):
        return False
    if "enum" in limits and not several <= {*limits["enum"]}:
        return False
    if "maxLength" in limits and any(len(cell) > limits["maxLength"] for cell in several):
        return False
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is None and high is None:
        return True
    numbers = [Decimal(cell) for cell in several]
    return all((low is None or low <= n) and (high is None or n <= high) for n in numbers)


def _is_day(cell: str) -> bool:
    try:
        return bool(_DAY.fullmatch(cell) and dt.date.fromisoformat(cell))
    except ValueError:
        return False


_PLAIN: Mapping[Any, Fits | None] = {
    "string": None,
    "integer": lambda cell: bool(_INTEGER.fullmatch(cell)),
    "number": lambda cell: bool(_NUMBER.fullmatch(cell)),
    "boolean": lambda cell: cell in ("true", "false"),
    "date": _is_day,
}
"""What a cell of a type may be; nothing where it may be anything."""
_FORMATS: Mapping[Any, Fits | None] = {
    "default": None,
    "uri": lambda cell: bool(_URI.fullmatch(cell)),
    "email": lambda cell: bool(_EMAIL.fullmatch(cell)),
}
"""The same for forms of texts."""
