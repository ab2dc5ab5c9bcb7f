"""Writes what editors' programs are told of settings, mappings, words and heads: JSON Schemas.

All names and values come from where Klarplan reads them, all explanations from where people read
them: the file of the settings and the handbook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from klarplan.importer.mapping_file import ORIGINS, READS, RULE_KEYS, SOURCE_KEYS, TREES
from klarplan.importer.seen import CHOICES, PARTS
from klarplan.importer.values import FORMATS
from klarplan.own_files import PACKAGE
from klarplan.pages.front_matter import KEYS
from klarplan.pages.languages import SHAPE
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.code_hosts import HOSTS
from klarplan.strategy.official_keys import COUNTRIES
from klarplan.strategy.own_words import OWN_WORDS
from klarplan.strategy.proposals import FACTS
from klarplan.strategy.schema import read_descriptor
from klarplan.strategy.setting_values import SPECIAL, WRITTEN
from klarplan.strategy.settings import (
    CONFORMITY,
    EMAIL,
    KEY,
    LICENCES,
    SETTINGS,
    SHEETS,
    TOPICS,
    Settings,
)
from klarplan.strategy.settings_text import EXPLAINED
from klarplan.strategy.synonyms import LONGEST, SYNONYMS
from klarplan.words.catalogue import LANGUAGES, catalogue
from klarplan.words.kinds import KINDS
from klarplan.words.sentences import FORMS
from tests.support.project import REPOSITORY

FOLDER = REPOSITORY / ".vscode"
SETTINGS_SCHEMA = "einstellungen.schema.json"
MAPPING_SCHEMA = "zuordnung.schema.json"
WORDS_SCHEMA = "woerter.schema.json"
SYNONYMS_SCHEMA = "gleichbedeutend.schema.json"
HEAD_SCHEMA = "kopf.schema.json"
SNIPPETS = "klarplan.code-snippets"
MAPPINGS = ("*zuordnung*.yml", "*zuordnung*.yaml")
"""What a file with a mapping is called as a rule."""

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)

TEXT: Schema = {"type": ["string", "number"]}
"""A text, which editors' programs take for a number where it looks like one."""
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
FLAG: Schema = {"enum": [True, False, "ja", "nein"]}
ROW: Schema = {"type": "integer", "minimum": 1}
ROWS: Schema = {"anyOf": [ROW, {"type": "array", "items": ROW}]}
ANY_VALUE: Schema = {"type": ["string", "number", "boolean", "null"]}
CHAPTER_LIST: Schema = {"type": "array", "items": {"enum": list(CHAPTERS)}, "uniqueItems": True}
PAGES: Schema = {
    "type": "array",
    "items": {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": ["string", "array"]}},
        ]
    },
}
OWN_KIND: Schema = {
    "type": "object",
    "properties": dict.fromkeys(("word", "article", "genitive", "dative", "english"), TEXT),
    "required": ["word", "article"],
    "additionalProperties": False,
}
STEPS: Schema = {
    "type": "array",
    "items": {"type": "object", "additionalProperties": TEXT, "maxProperties": 1},
}
PROPOSAL: Schema = {
    "type": ["object", "null"],
    "properties": {**dict.fromkeys(FACTS, TEXT), "sequence": STEPS},
    "additionalProperties": False,
}
PARTICULAR: Mapping[str, Schema] = {
    "kind": {"anyOf": [{"enum": ["", *KINDS]}, OWN_KIND]},
    "country": {"enum": list(COUNTRIES)},
    "key": {"type": "string", "pattern": f"^{KEY}$"},
    "topic": {"enum": list(TOPICS)},
    "lang": {"enum": list(LANGUAGES)},
    "chapters": CHAPTER_LIST,
    "book_chapters": CHAPTER_LIST,
    "menu": PAGES,
    "proposals": {"anyOf": [{"type": "object", "additionalProperties": PROPOSAL}, {"enum": [""]}]},
    "repository_host": {"enum": ["", *HOSTS]},
    "licence": {"enum": list(LICENCES)},
    "measure_sheet": {"enum": list(SHEETS)},
    "primary_colour": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
    "accent_colour": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
    "contact_email": {"type": "string", "pattern": f"^{EMAIL}$"},
    "accessibility_state": {"enum": ["", *CONFORMITY]},
    "accessibility_exceptions": TEXTS,
    "accessibility_tested": {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
}
"""Settings that are no plain text, number or truth."""


@cache
def settings_schema() -> Schema:
    """What ``strategy/strategy.yml`` may hold."""
    properties, explained = {}, ""
    for field in fields(Settings):
        explained = EXPLAINED[field.name] or explained
        cure = SPECIAL[field.name][1].de if field.name in SPECIAL else ""
        told = "\n\n".join(filter(None, (explained, cure)))
        properties[field.name] = {
            "description": told,
            **_or_nothing(_setting(field.name, field.default)),
        }
    return _whole("Einstellungen der Strategie", properties)


def _setting(name: str, default: object) -> Schema:
    if name in PARTICULAR:
        return PARTICULAR[name]
    if isinstance(default, bool):
        return FLAG
    if name in SPECIAL and (numbers := _numbers(name)):
        return {"type": "integer", "minimum": min(numbers), "maximum": max(numbers)}
    return {"type": "string"} if name in WRITTEN or name in SPECIAL else TEXT


def _numbers(name: str) -> list[int]:
    """The whole numbers that a setting takes and keeps as such; none for a text."""
    read = SPECIAL[name][0]
    return [n for n in range(10_000) if type(read(str(n))) is int]


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def mapping_schema() -> Schema:
    """What a file with a mapping for ``klarplan import`` may hold."""
    text = (REPOSITORY / "docs/handbuch/import.md").read_text("utf-8")
    file, source, rule = _explained(text)
    tables = read_descriptor(PACKAGE).tables
    columns = {c.name: c.title for t in tables.values() for c in t.columns.values()}
    of_rule = {
        "column": TEXT,
        "value": ANY_VALUE,
        "values": {"type": "object", "additionalProperties": ANY_VALUE},
        "format": {"enum": list(FORMATS)},
        "empty": TEXTS,
        "if_empty": ANY_VALUE,
        "split": TEXTS,
        "by": TEXT,
        "unit": TEXT,
        "read": {"enum": list(READS)},
        "section": {"type": "integer", "minimum": 1, "maximum": 4},
        "tree": {"enum": list(TREES)},
        "marked": TEXTS,
        **dict.fromkeys(("brackets", "html", "fill_down", "create", "sheet", "row"), FLAG),
    }
    one_origin = {"oneOf": [{"required": [name]} for name in ORIGINS]}
    whole_rule = {"anyOf": [TEXT, {**_object(RULE_KEYS, of_rule, rule), **one_origin}]}
    a_rule = {"allOf": [{"$ref": "#/definitions/rule"}]}
    of_columns = {name: {"description": title, **a_rule} for name, title in columns.items()}
    choice = {"enum": list(CHOICES)}
    of_source = {
        "from": TEXTS,
        "table": {"anyOf": [{"enum": list(tables)}, {"type": "string"}]},
        "columns": {"type": "object", "properties": of_columns, "additionalProperties": a_rule},
        "header": ROW,
        "match": TEXTS,
        "ignore": TEXTS,
        "as_of": TEXT,
        "ids": {"type": "object", "additionalProperties": TEXT},
        "only": {"type": "object", "additionalProperties": TEXTS},
        "hidden": {"anyOf": [choice, _object(PARTS, dict.fromkeys(PARTS, choice), {})]},
        "keep": ROWS,
        "skip": ROWS,
        "own": FLAG,
        "create": FLAG,
    }
    of_status = {
        c.name: {**TEXT, "description": c.title} for c in tables["statuses"].columns.values()
    }
    one_source = _object(SOURCE_KEYS, of_source, source)
    one_source["required"] = ["from", "table", "columns"]
    of_file = {
        "sources": {"type": "array", "items": one_source},
        "statuses": {"type": "array", "items": {"type": "object", "properties": of_status}},
        "ignore_sheets": TEXTS,
    }
    described = {n: {**schema, "description": file[n]} for n, schema in of_file.items()}
    whole = _whole("Zuordnung für klarplan import", described)
    return {**whole, "required": ["sources"], "definitions": {"rule": whole_rule}}


def words_schema() -> Schema:
    """What ``local/words.yml`` may hold: every sentence, with how it is usually said."""
    properties: Schema = {}
    for key, written in catalogue("de").items():
        *groups, name = key.split(".")
        at = properties
        for group in groups:
            at = at.setdefault(group, {**_object((), {}, {})})["properties"]
        at[name] = _sentence(written)
    forms = {**_object(FORMS, dict.fromkeys(FORMS, TEXT), {}), "required": ["other"]}
    return {**_whole("Eigene Sätze", properties), "definitions": {"text": TEXT, "forms": forms}}


def _sentence(written: str | Mapping[str, str]) -> Schema:
    if isinstance(written, str):
        return {"description": written, **TEXT}
    forms = [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/forms"}]
    return {"description": written["other"], "anyOf": forms}


def synonyms_schema() -> Schema:
    """What ``local/synonyms.yml`` may hold: what people type, and what stands on the pages."""
    word = {**TEXT, "minLength": 1, "maxLength": LONGEST}
    return {
        "$schema": _DRAFT,
        "title": "Wörter, die für die Suche gleich viel heißen",
        "type": "object",
        "propertyNames": {"minLength": 1, "maxLength": LONGEST},
        "additionalProperties": {"anyOf": [word, {"type": "array", "items": word}]},
    }


def head_schema() -> Schema:
    """What the front matter of a page may hold; its names are explained in the handbook."""
    told = _names_of_head()
    properties = {name: {"description": told[name], **TEXT} for name in KEYS}
    properties["lang"] |= {"type": "string", "pattern": f"^{SHAPE.pattern}$"}
    return _whole("Kopf einer Seite", properties)


def _names_of_head() -> dict[str, str]:
    return dict(_ROW.findall((REPOSITORY / "docs/handbuch/seiten.md").read_text("utf-8")))


def snippets() -> Schema:
    """The front matter of a page, to be filled in; programs know no schema within Markdown."""
    told = _names_of_head()
    names = [f"{name}: ${{{n}:{name}}}" for n, name in enumerate(KEYS[:2], 1)]
    return {
        "Kopf einer Seite": {
            "scope": "markdown",
            "prefix": "kopf",
            "body": ["---", *names, "---", "", "$0"],
            "description": "\n".join(f"{name}: {told[name]}" for name in KEYS),
        }
    }


def _explained(text: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What the handbook says of the names in a file, a source, a rule: its first three tables."""
    found = [dict(_ROW.findall(table)) for table in re.findall(r"(?m)(?:^\|.*\n)+", text)]
    file = next(table for table in found if "sources" in table)
    source = next(table for table in found if "from" in table)
    rule = next(table for table in found if "column" in table)
    return file, source, rule


def _object(
    names: tuple[str, ...], schemas: Mapping[str, Schema], told: Mapping[str, str]
) -> Schema:
    """An object with these names and no others; ``KeyError`` for one that has no schema."""
    described = {n: {"description": told[n], **schemas[n]} if told else schemas[n] for n in names}
    return {"type": "object", "properties": described, "additionalProperties": False}


def _whole(title: str, properties: Mapping[str, Schema]) -> Schema:
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }


def files() -> dict[Path, str]:
    """Every file for editors' programs, with its text."""
    told = {
        SETTINGS_SCHEMA: settings_schema(),
        MAPPING_SCHEMA: mapping_schema(),
        SYNONYMS_SCHEMA: synonyms_schema(),
        HEAD_SCHEMA: head_schema(),
        SNIPPETS: snippets(),
        "settings.json": {
            "yaml.schemas": {
                f"./.vscode/{SETTINGS_SCHEMA}": SETTINGS,
                f"./.vscode/{MAPPING_SCHEMA}": list(MAPPINGS),
                f"./.vscode/{WORDS_SCHEMA}": OWN_WORDS,
                f"./.vscode/{SYNONYMS_SCHEMA}": SYNONYMS,
            },
            "files.encoding": "utf8",
            "files.eol": "\n",
            "files.exclude": {".venv": True, "build": True, "**/__pycache__": True},
            "editor.formatOnSave": False,
            "[markdown]": {"editor.wordWrap": "on", "files.trimTrailingWhitespace": False},
            "[csv]": {"files.trimTrailingWhitespace": False},
        },
        "extensions.json": {
            "recommendations": [
                "redhat.vscode-yaml",
                "mechatroner.rainbow-csv",
                "EditorConfig.EditorConfig",
            ]
        },
    }
    texts = {n: json.dumps(c, indent=2, ensure_ascii=False) + "\n" for n, c in told.items()}
    texts[WORDS_SCHEMA] = "".join(_in_lines(words_schema())) + "\n"
    return {FOLDER / name: text for name, text in texts.items()}


def _in_lines(schema: Schema, deep: int = 0) -> Iterator[str]:
    """A schema of very many names with a line for each, which git can merge."""
    if "properties" not in schema:
        yield json.dumps(schema, ensure_ascii=False)
        return
    blank = "  " * deep
    rest = {name: part for name, part in schema.items() if name != "properties"}
    yield "{\n"
    for name, part in rest.items():
        yield f"{blank}  {json.dumps(name)}: {json.dumps(part, ensure_ascii=False)},\n"
    yield f'{blank}  "properties": {{'
    for number, (name, part) in enumerate(schema["properties"].items()):
        yield f"{',' if number else ''}\n{blank}    {json.dumps(name)}: "
        yield from _in_lines(part, deep + 2)
    yield f"\n{blank}  }}\n{blank}}}"


def main() -> None:
    """Write all files."""
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
