"""Whether ``data/datapackage.json`` describes tables that can be checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from klarplan.check.rules.registry import declare
from klarplan.messages import Finding, Text, did_you_mean
from klarplan.strategy.patterns import PatternError, matcher
from klarplan.strategy.schema import Descriptor

BROKEN = declare(
    "KP040",
    Text("Schema fehlerhaft", "Schema broken"),
    Text(
        "data/datapackage.json ist ein gültiges Data Package; Typen und Bedingungen sind bekannt.",
        "data/datapackage.json is a valid Data Package; types and constraints are known.",
    ),
)
CATEGORIES = declare(
    "KP041",
    Text("Auswahl widersprüchlich", "Choice contradictory"),
    Text(
        "„categories“ und „enum“ einer Spalte nennen dieselben Werte.",
        "“categories” and “enum” of a column name the same values.",
    ),
)
TARGET = declare(
    "KP042",
    Text("Fremdschlüssel ohne Ziel", "Foreign key without target"),
    Text(
        "Fremdschlüssel verweisen auf Tabellen und Spalten, die beschrieben sind.",
        "Foreign keys refer to tables and columns that are described.",
    ),
)
KEY = declare(
    "KP043",
    Text("Schlüssel ohne Spalte", "Key without column"),
    Text(
        "Primär- und Fremdschlüssel nennen Spalten ihrer Tabelle.",
        "Primary and foreign keys name columns of their table.",
    ),
)
KIND = declare(
    "KP044",
    Text("Typ einer Spalte geändert", "Type of a column changed"),
    Text(
        "Die Spalten, mit denen Klarplan rechnet, behalten Typ und Format.",
        "The columns that Klarplan computes with keep their type and format.",
    ),
)


def broken(descriptor: Descriptor, table: str, field: str | None, reason: Text) -> Finding:
    """A schema that Frictionless can't use."""
    place = f"Spalte „{field}“ der Tabelle „{table}“" if field else f"Tabelle „{table}“"
    place_en = f"column “{field}” of table “{table}”" if field else f"table “{table}”"
    return Finding(
        rule=BROKEN,
        file=descriptor.file,
        column=field,
        value=table,
        problem=Text(
            f"Das Schema ist fehlerhaft, {place}: {reason.de}.",
            f"The schema is broken, {place_en}: {reason.en}.",
        ),
        cure=Text(
            "Vergleichen Sie die Stelle mit den anderen Spalten. Typen sind zum Beispiel string, "
            "date, integer, number und boolean.",
            "Compare it with other columns. Types are for example string, date, integer, number "
            "and boolean.",
        ),
    )


_REASONS: tuple[tuple[str, str], ...] = (
    (r'field type "(.*)" is not supported', "den Typ „{}“ gibt es nicht"),
    (
        r'constraint "(.*)" is not supported by type "(.*)"',
        "die Bedingung „{}“ passt nicht zum Typ „{}“",
    ),
    (r"(.*) is not of type '(.*)' at property '(.*)'", "{0} bei „{2}“ ist nicht vom Typ {1}"),
)
"""What Frictionless says of schemas, and the same in German."""


def reason_of(error: Exception) -> Text:
    """Why Frictionless refuses a schema."""
    note = str(getattr(getattr(error, "error", None), "note", "") or error)
    english = re.sub(r"\s+", " ", note).rstrip(".")
    for pattern, german in _REASONS:
        if found := re.search(pattern, english):
            return Text(german.format(*found.groups()), english)
    return Text(english, english)


Kinds = Mapping[str, Mapping[str, str]]
"""Types by table and column."""


def schema_findings(descriptor: Descriptor, kinds: Kinds) -> list[Finding]:
    """What the schemas get wrong; ``kinds`` are the types that the engine needs, by table."""
    return [*_twice(descriptor), *_fields(descriptor, kinds), *_keys(descriptor)]


def _twice(descriptor: Descriptor) -> Iterator[Finding]:
    resources = descriptor.package["resources"]
    for key in ("name", "path"):
        known: set[str] = set()
        for resource in resources:
            value = resource.get(key, f"{resource['name']}.csv")
            # Windows and macOS take MEASURES.csv for measures.csv.
            same = value.casefold()
            if same in known:
                reason = Text(
                    f"„{value}“ kommt als „{key}“ mehrmals vor",
                    f"“{value}” occurs more than once as “{key}”",
                )
                yield broken(descriptor, resource["name"], None, reason)
            known.add(same)
    for resource in resources:
        names = [field["name"] for field in resource["schema"]["fields"]]
        for name in dict.fromkeys(n for n in names if names.count(n) > 1):
            reason = Text("die Spalte kommt mehrmals vor", "the column occurs more than once")
            yield broken(descriptor, resource["name"], name, reason)


FORMATS: Mapping[str, str] = {
    "url": "uri",
    "evidence_url": "uri",
    "result_url": "uri",
    "functional_email": "email",
}
"""Columns that pages make links of: nothing but an address may stand there."""


def _fields(descriptor: Descriptor, kinds: Kinds) -> Iterator[Finding]:
    for name, table in descriptor.tables.items():
        for field in table.descriptor["schema"]["fields"]:
            constraints = field.get("constraints", {})
            pattern = constraints.get("pattern") if isinstance(constraints, dict) else None
            if isinstance(pattern, str):
                try:
                    matcher(pattern)
                except PatternError as error:
                    yield broken(descriptor, name, field["name"], error.reason)
            if "pattern" in json.dumps(field.get("arrayItem")):
                reason = Text(
                    "in „arrayItem“ sind keine Muster möglich",
                    "no patterns are possible in “arrayItem”",
                )
                yield broken(descriptor, name, field["name"], reason)
            needed = kinds.get(name, {}).get(field["name"])
            kind = field.get("type", "string")
            form, given = FORMATS.get(field["name"]), field.get("format", "default")
            plain = given == form if form else given == "default" or needed == "string"
            if needed and (kind != needed or not plain):
                yield Finding(
                    rule=KIND,
                    file=descriptor.file,
                    column=field["name"],
                    value=name,
                    problem=Text(
                        f"Die Spalte „{field['name']}“ der Tabelle „{name}“ braucht den Typ "
                        f"„{needed}“ im üblichen Format.",
                        f"The column “{field['name']}” of table “{name}” needs the type “{needed}” "
                        "in its default format.",
                    ),
                    cure=Text(
                        f'Setzen Sie "type": "{needed}" und "format": "{form or "default"}".',
                        f'Set "type": "{needed}" and "format": "{form or "default"}".',
                    ),
                )
            yield from _choice(descriptor, name, field)


def _choice(descriptor: Descriptor, table: str, field: Mapping[str, Any]) -> Iterator[Finding]:
    categories, enum = field.get("categories"), field.get("constraints", {}).get("enum")
    if not isinstance(categories, list) or not isinstance(enum, list):
        return
    values = [c["value"] if isinstance(c, dict) else c for c in categories]
    odd = [str(v) for v in [*values, *enum] if (v in values) != (v in enum)]
    if odd:
        yield Finding(
            rule=CATEGORIES,
            file=descriptor.file,
            column=field["name"],
            value=odd[0],
            problem=Text(
                f"Spalte „{field['name']}“ der Tabelle „{table}“: „categories“ und „enum“ "
                f"stimmen nicht überein ({', '.join(odd)}).",
                f"Column “{field['name']}” of table “{table}”: “categories” and “enum” "
                f"don't agree ({', '.join(odd)}).",
            ),
            cure=Text(
                "Nennen Sie in beiden dieselben Werte.", "Name the same values in both of them."
            ),
        )


def _keys(descriptor: Descriptor) -> Iterator[Finding]:
    def no_column(table: str, column: str, of: str) -> Finding:
        guess = did_you_mean(column, descriptor.tables[of].columns)
        return Finding(
            rule=KEY,
            file=descriptor.file,
            column=column,
            value=table,
            problem=Text(
                f"Ein Schlüssel der Tabelle „{table}“ nennt die Spalte „{column}“, "
                f"die es in „{of}“ nicht gibt.",
                f"A key of table “{table}” names the column “{column}” that “{of}” does not have.",
            ),
            cure=guess,
        )

    for name, table in descriptor.tables.items():
        for column in table.primary_key:
            if column not in table.columns:
                yield no_column(name, column, name)
        for key in table.descriptor["schema"].get("foreignKeys", ()):
            target = key["reference"].get("resource") or name
            for column in _names(key["fields"]):
                if column not in table.columns:
                    yield no_column(name, column, name)
            if target not in descriptor.tables:
                yield Finding(
                    rule=TARGET,
                    file=descriptor.file,
                    column=", ".join(_names(key["fields"])),
                    value=target,
                    problem=Text(
                        f"Tabelle „{name}“ verweist auf die Tabelle „{target}“, die nicht "
                        "beschrieben ist.",
                        f"Table “{name}” refers to table “{target}”, which is not described.",
                    ),
                    cure=did_you_mean(target, descriptor.tables),
                )
                continue
            if len(_names(key["fields"])) != len(_names(key["reference"]["fields"])):
                reason = Text(
                    "ein Fremdschlüssel verweist auf eine andere Zahl von Spalten",
                    "a foreign key refers to another number of columns",
                )
                yield broken(descriptor, name, None, reason)
            for column in _names(key["reference"]["fields"]):
                if column not in descriptor.tables[target].columns:
                    yield no_column(name, column, target)


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else list(fields)
