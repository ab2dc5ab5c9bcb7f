"""Whether the keys of ``data/datapackage.json`` are known ones: what is misspelt has no effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text, near
from klarplan.strategy.schema import DESCRIPTOR, VISIBILITY


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = "name title description homepage"
CONSTRAINTS = _words(
    "required unique minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum "
    "jsonSchema pattern enum"
)
KEYS: Mapping[str, frozenset[str]] = {
    "package": _words(
        f"{_COMMON} $schema id version created contributors keywords image licenses sources "
        "resources profile"
    ),
    "resource": _words(
        f"{_COMMON} $schema path data type format mediatype encoding bytes hash dialect schema "
        f"sources licenses profile {VISIBILITY}"
    ),
    "schema": _words(
        "$schema fields fieldsMatch primaryKey uniqueKeys foreignKeys missingValues name title "
        "description"
    ),
    "field": _words(
        "name type format title description example constraints categories categoriesOrdered "
        "missingValues rdfType trueValues falseValues decimalChar groupChar bareNumber delimiter "
        f"itemType arrayItem fact factDate {VISIBILITY}"
    ),
    "constraints": CONSTRAINTS,
    "foreignKey": _words("fields reference"),
    "reference": _words("resource fields"),
}
"""The keys of the Data Package Standard, version 2, and those that Klarplan reads besides."""
GERMAN = {
    "titel": "title",
    "beschreibung": "description",
    "beispiel": "example",
    "typ": "type",
    "bedingungen": "constraints",
    "pflicht": "required",
    "pflichtfeld": "required",
    "muster": "pattern",
    "sichtbarkeit": VISIBILITY,
}
LEAST = 4
"""Shorter words are like too many others."""


def known_constraints(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """A field without misspelt constraints, which Frictionless would refuse in words of its own."""
    given = field.get("constraints")
    if not isinstance(given, dict) or not any(_meant(k, CONSTRAINTS, given) for k in given):
        return field
    kept = {k: v for k, v in given.items() if not _meant(k, CONSTRAINTS, given)}
    return {**field, "constraints": kept}


def _levels(package: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Kind, place in words, and content of all objects of a description whose keys are known."""
    yield "package", "", package
    for resource in package["resources"]:
        where = f"Tabelle „{resource['name']}“"
        yield "resource", where, resource
        schema = resource["schema"]
        yield "schema", where, schema
        for field in schema["fields"]:
            place = f"{where}, Spalte „{field['name']}“"
            yield "field", place, field
            yield "constraints", place, field.get("constraints") or {}
        for key in schema.get("foreignKeys") or ():
            yield "foreignKey", where, key
            yield "reference", where, key["reference"]


@rule(
    "KP049",
    title=Text("Angabe im Schema verschrieben", "Misspelt key in the schema"),
    de="data/datapackage.json schreibt die Namen seiner Angaben wie der Data-Package-Standard; "
    "eine verschriebene gilt nicht.",
    severity="error",
)
def misspelt_key(subject: Subject) -> Iterator[Finding]:
    """data/datapackage.json spells its keys as the Data Package Standard does.

    Keys of one's own are left alone: only what is nearly a known one is told.
    """
    path = subject.loaded.root / DESCRIPTOR
    lines = path.read_text("utf-8-sig").split("\n") if path.is_file() else []
    told: set[str] = set()
    for kind, place, content in _levels(subject.loaded.descriptor.package) if lines else ():
        for key in content:
            meant = _meant(key, KEYS[kind], content)
            if meant is None or key in told:
                continue
            told.add(key)
            where = [n for n, text in enumerate(lines, 1) if re.search(_written(key), text)]
            yield _finding(key, meant, (kind, place), where)


def _written(key: str) -> str:
    return rf'"{re.escape(key)}"\s*:'


@cache
def _near(key: str, known: frozenset[str]) -> tuple[str, ...]:
    """The nearest key; the same one may be looked for in hundreds of columns."""
    return tuple(near(key, known))


def _meant(key: str, known: frozenset[str], content: Mapping[str, Any]) -> str | None:
    """The known key that was probably meant; one that is there already was not."""
    if key in known or len(key) < LEAST - 1:
        return None
    german = GERMAN.get(key.casefold())
    found = (german,) if german else _near(key, known) if len(key) >= LEAST else ()
    guess = next((name for name in found if name in known and name not in content), None)
    if guess is None or german:
        return guess
    return guess if abs(len(guess) - len(key)) <= 2 and key[0].casefold() == guess[0] else None


def _finding(key: str, meant: str, at: tuple[str, str], lines: list[int]) -> Finding:
    kind, place = at
    others = len(lines) - 1
    more, more_en = (f" ({others + 1}-mal)", f" ({others + 1} times)") if others > 0 else ("", "")
    secret = meant == VISIBILITY
    effect = " Was intern bleiben soll, wäre öffentlich." if secret else " Sie gilt deshalb nicht."
    effect_en = " What is internal would be public." if secret else " It has no effect."
    return Finding(
        rule="",
        severity="error" if secret or kind == "constraints" else "warning",
        file=DESCRIPTOR,
        line=lines[0] if lines else None,
        value=key,
        problem=Text(
            f"Die Angabe „{key}“{more} gibt es nicht{f' ({place})' if place else ''}.{effect}",
            f"There is no key “{key}”{more_en}.{effect_en}",
        ),
        cure=Text(f'Schreiben Sie "{meant}".', f'Write "{meant}".'),
    )
