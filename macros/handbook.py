"""Macros of the handbook: reference pages that are made from what they describe."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from klarplan.messages import Lang
from klarplan.words.catalogue import Words
from macros.registry import Context, macro

Data = Mapping[str, Any]

TYPES = ("string", "integer", "number", "date", "boolean", "year")
"""The types of columns that have a word, „reference.types.TYPE“."""


def types_of_columns(words: Words) -> dict[str, str]:
    """What the types of columns are called."""
    return {name: words(f"reference.types.{name}") for name in TYPES}


@macro
def field_reference(ctx: Context) -> Data:
    """Beschreibt alle Tabellen und Spalten, so wie sie in data/datapackage.json stehen."""
    words = ctx.words
    tables = [schema.said(words.lang) for schema in ctx.descriptor.tables.values()]
    titles = {schema.name: schema.title or schema.name for schema in tables}
    return {
        "tables": [
            {
                "schema": schema,
                "links": {
                    key.column: {"title": titles[target], "url": f"#tabelle-{target}"}
                    for key in schema.foreign_keys
                    if (target := key.table or schema.name) in titles
                },
            }
            for schema in tables
        ],
        "types": types_of_columns(words),
    }


@macro
def macro_reference(ctx: Context) -> Data:
    """Beschreibt alle Bausteine, die in Texten aufgerufen werden können."""
    return {
        "rows": [
            {
                "name": m.name,
                "call": "{{ " + m.name + "(" + ", ".join(_parameters(m.signature)) + ") }}",
                "text": " ".join(m.doc.split()),
                "inline": m.inline,
            }
            for m in sorted(ctx.macros.values(), key=lambda m: m.name)
        ]
    }


def _parameters(signature: inspect.Signature) -> list[str]:
    return [
        name if p.default is inspect.Parameter.empty else f"{name}={_default(p.default)}"
        for name, p in signature.parameters.items()
    ]


def _default(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


@macro
def rule_reference(ctx: Context) -> Data:
    """Beschreibt alle Prüfregeln mit ihrer Nummer."""
    lang: Lang = "en" if ctx.words.lang == "en" else "de"
    return {
        "rows": [
            {
                "id": rule.id,
                "title": rule.title.in_(lang),
                "explanation": rule.explanation.in_(lang),
                "severity": rule.severity,
            }
            for rule in ctx.handbook().rules
        ]
    }


@macro
def command_reference(ctx: Context) -> Data:
    """Beschreibt alle Befehle mit ihren Optionen."""
    return {"rows": ctx.handbook().commands}
