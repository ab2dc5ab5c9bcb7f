"""What editors' programs are told is what Klarplan reads: names, values, explanations."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from klarplan.check.texts import page_files
from klarplan.pages.front_matter import head
from klarplan.strategy.own_words import OWN_WORDS, read_words
from klarplan.strategy.settings import SETTINGS, Settings
from klarplan.strategy.settings_file import values_of
from klarplan.strategy.synonyms import SYNONYMS, read_synonyms
from klarplan.strategy.yaml_reader import read_yaml
from tests.support import own
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY
from tests.tools.editors import (
    MAPPING_SCHEMA,
    SETTINGS_SCHEMA,
    files,
    head_schema,
    mapping_schema,
    settings_schema,
    snippets,
    synonyms_schema,
    words_schema,
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

Schema = Callable[[], dict[str, Any]]


@cache
def validator(schema: Schema) -> Draft7Validator:
    """What looks at texts as editors' programs do; making it takes a while."""
    return Draft7Validator(schema())


def told(schema: Schema, text: str) -> list[str]:
    """What a program would mark in a text."""
    found = validator(schema).iter_errors(yaml.load(text, Loader))
    return [error.message for error in found]


def test_the_files_are_those_that_would_be_written() -> None:
    """``make renew`` changes nothing: what Klarplan knows by now stands in them."""
    for path, text in files().items():
        assert path.read_text("utf-8") == text, f"make renew: {path.name}"


def test_every_setting_is_explained_in_german() -> None:
    """No name is missing, none is too many, each says what it is."""
    properties = settings_schema()["properties"]
    assert [*properties] == [field.name for field in fields(Settings)]
    assert [name for name, one in properties.items() if len(one["description"]) < 10] == []


def test_good_settings_have_no_mark(copy: Path) -> None:
    """The sample's settings and those of a small strategy are as the schema says."""
    for root in (copy, KLEIN):
        assert told(settings_schema, (root / SETTINGS).read_text("utf-8")) == []


def test_the_sample_mapping_has_no_mark() -> None:
    """The handbook's mapping is as the schema says."""
    text = (REPOSITORY / "docs/handbuch/beispiel-zuordnung.yml").read_text("utf-8")
    assert told(mapping_schema, text) == []


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
    assert told(settings_schema, text)


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
    assert told(mapping_schema, text)


def test_schemas_are_put_to_the_files_that_they_are_for() -> None:
    """The settings of the program name both schemas, which are valid themselves."""
    listed = {path.name: text for path, text in files().items()}["settings.json"]
    assert SETTINGS_SCHEMA in listed
    assert MAPPING_SCHEMA in listed
    Draft7Validator.check_schema(settings_schema())
    Draft7Validator.check_schema(mapping_schema())


WORDS = [
    "chapter: {vision: {title: Leitbild}}",
    "late: {intro: {one: '{n} Vorhaben', other: '{n} Vorhaben'}}",
    "late: {intro: '{n} Vorhaben'}",
    "chapter: {visionen: {title: Leitbild}}",
    "chapter: {vision: Leitbild}",
    "kapitel: {vision: {title: Leitbild}}",
    "late: {intro: {one: '{n} Vorhaben'}}",
    "chapter: {vision: {title: {one: a, other: b}}}",
    "chapter: {vision: {title: [a]}}",
]


@pytest.mark.parametrize("text", WORDS)
def test_a_sentence_is_marked_where_the_check_refuses_it(tmp_path: Path, text: str) -> None:
    """Names, groups and forms are those that Klarplan reads."""
    own.put(tmp_path, {OWN_WORDS: text.encode()})
    _, findings = read_words(tmp_path, Settings(title="x", municipality="Stadt X"))
    assert bool(told(words_schema, text)) == bool(findings)


@pytest.mark.parametrize(
    "text",
    [
        *("E-Akte: elektronische Akte", "E-Akte: [elektronische Akte, DMS]", "E-Akte: []"),
        *("E-Akte:", "E-Akte: ['']", "E-Akte: {a: b}", f"E-Akte: {'a' * 81}", f"{'a' * 81}: b"),
    ],
)
def test_a_synonym_is_marked_where_the_check_refuses_it(tmp_path: Path, text: str) -> None:
    """A word or a list of words, none too long."""
    own.put(tmp_path, {SYNONYMS: text.encode()})
    _, findings = read_synonyms(tmp_path, "de")
    assert bool(told(synonyms_schema, text)) == bool(findings)


def test_heads_are_as_their_schema_says(copy: Path) -> None:
    """Those of all pages of the sample have no mark; an unknown name or language has one."""
    heads = [head(path.read_text("utf-8")).text for path, _ in page_files(copy)]
    assert [text for text in heads if text and told(head_schema, text)] == []
    for text in ("titel: Seite", "lang: Deutsch", "title: [a]"):
        assert told(head_schema, text), text
    assert told(head_schema, "title: Seite\nlang: hsb") == []


def test_the_head_of_a_page_can_be_filled_in() -> None:
    """What the word for it becomes is the head of a page, with the names that it may have."""
    (snippet,) = snippets().values()
    text = re.sub(r"\$\{[0-9]:(\w+)\}", r"\1", "\n".join(snippet["body"]).replace("$0", "Text."))
    found = head(text)
    assert not found.fault
    assert told(head_schema, found.text) == []
    assert text[found.end :].strip() == "Text."
