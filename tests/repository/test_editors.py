"""What editors' programs are told is what Klarplan reads: names, values, explanations."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from klarplan.strategy.settings import SETTINGS, Settings
from klarplan.strategy.settings_file import values_of
from klarplan.strategy.yaml_reader import read_yaml
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY
from tests.tools.editors import (
    MAPPING_SCHEMA,
    SETTINGS_SCHEMA,
    files,
    mapping_schema,
    settings_schema,
)


class Loader(yaml.SafeLoader):
    """Reads YAML as editors' programs do (YAML 1.2): days are texts, so are yes and no."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] not in ("timestamp", "bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])

SETTINGS_OF = Draft7Validator(settings_schema())
MAPPING_OF = Draft7Validator(mapping_schema())


def told(validator: Draft7Validator, text: str) -> list[str]:
    """What a program would mark in a text."""
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader))]


def test_the_files_are_those_that_would_be_written() -> None:
    """``make editors`` changes nothing: what Klarplan knows by now stands in them."""
    for path, text in files().items():
        assert path.read_text("utf-8") == text, f"make editors: {path.name}"


def test_every_setting_is_explained_in_german() -> None:
    """No name is missing, none is too many, each says what it is."""
    properties = settings_schema()["properties"]
    assert [*properties] == [field.name for field in fields(Settings)]
    assert [name for name, one in properties.items() if len(one["description"]) < 10] == []


def test_good_settings_have_no_mark(copy: Path) -> None:
    """The sample's settings and those of a small strategy are as the schema says."""
    for root in (copy, KLEIN):
        assert told(SETTINGS_OF, (root / SETTINGS).read_text("utf-8")) == []


def test_the_sample_mapping_has_no_mark() -> None:
    """The handbook's mapping is as the schema says."""
    text = (REPOSITORY / "docs/handbuch/beispiel-zuordnung.yml").read_text("utf-8")
    assert told(MAPPING_OF, text) == []


WRONG = [
    "titel: Strategie",
    "published: vielleicht",
    "topic: verkehr",
    "review_months: 0",
    "review_months: zwölf",
    "period_start: 1800",
    "chapters: [vision, ziele]",
    "primary_colour: blau",
    "licence: CC BY",
    "contact_email: rathaus",
    "country: FR",
    "accessibility_state: gut",
    "accessibility_tested: 12.10.2026",
    "kind: {word: Hallig}",
    "proposals: {2026-H1: {nummer: 3}}",
    "key: 5515000",
]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_settings_are_marked(text: str) -> None:
    """A name or a value that cannot be is marked while somebody writes."""
    assert told(SETTINGS_OF, text)


@pytest.mark.parametrize("text", [text for text in WRONG if not text.startswith("key")])
def test_what_is_marked_is_refused_by_the_check(text: str) -> None:
    """Nothing is marked that Klarplan takes; a key without quotation marks is told as a slip."""
    assert values_of(read_yaml(f"{text}\n"))[1]


def choices() -> list[tuple[str, Any]]:
    """Every value that the schema offers for a setting."""
    found = []
    for name, schema in settings_schema()["properties"].items():
        for part in schema["anyOf"]:
            found += [
                (name, value) for one in part.get("anyOf", [part]) for value in one.get("enum", [])
            ]
            found += [(name, part[bound]) for bound in ("minimum", "maximum") if bound in part]
            if part.get("type") == "array" and "enum" in part["items"]:
                found.append((name, part["items"]["enum"]))
    return found


def test_what_is_offered_is_taken() -> None:
    """Every value to choose from, and every bound, is one that Klarplan reads."""
    for name, value in choices():
        text = yaml.safe_dump({name: value}, allow_unicode=True)
        refused = [f for f in values_of(read_yaml(text))[1] if f.severity == "error"]
        assert refused == [] or value == "", (name, value)
    assert {"topic", "lang", "chapters", "review_months", "published"} <= {n for n, _ in choices()}


@pytest.mark.parametrize(
    "text",
    [
        "sources: []\nquellen: []",
        "statuses: []",
        "sources: [{from: A, table: measures}]",
        "sources: [{from: A, table: measures, columns: {title: {spalte: T}}}]",
        "sources: [{from: A, table: measures, columns: {title: {column: T, value: x}}}]",
        "sources: [{from: A, table: measures, columns: {title: {column: T, format: datum}}}]",
        "sources: [{from: A, table: measures, columns: {title: T}, header: oben}]",
        "sources: [{from: A, table: measures, columns: {title: T}, hidden: zeigen}]",
    ],
)
def test_wrong_mappings_are_marked(text: str) -> None:
    """A name or a value that no mapping has is marked."""
    assert told(MAPPING_OF, text)


def test_schemas_are_put_to_the_files_that_they_are_for() -> None:
    """The settings of the program name both schemas, which are valid themselves."""
    listed = {path.name: text for path, text in files().items()}["settings.json"]
    assert SETTINGS_SCHEMA in listed
    assert MAPPING_SCHEMA in listed
    Draft7Validator.check_schema(settings_schema())
    Draft7Validator.check_schema(mapping_schema())
