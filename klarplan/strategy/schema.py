"""The table schemas of ``data/datapackage.json``: titles, types, categories, keys."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from klarplan.messages import KlarplanError, Text
from klarplan.strategy.json_faults import broken
from klarplan.strategy.model import REQUIRED_TABLES

DESCRIPTOR = "data/datapackage.json"
VISIBILITY = "visibility"
"""The key of a field or resource, and the column of a table, that says who may see it."""
ENGINE_DESCRIPTOR = Path(__file__).with_name("datapackage.json")
"""The tables as the engine knows them; a fork's own description adds to them."""
MOST_BYTES = 2_000_000
DEEPEST = 20
"""So many lists and objects of a description may lie within one another."""
MOST_CHOICES = 1_000
"""So many values a column may have to choose from."""

_USUAL_KEYS: Mapping[str, tuple[str, ...]] = {
    "status_reports": ("measure", "date"),
    "budget": ("measure", "year", "funding_source", "programme"),
}
"""What tells rows apart in tables without a primary key: its columns may not be empty."""

PATH = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)\w[\w-]{0,79}\.csv", re.IGNORECASE)
"""What the file of a table may be called; published, it is a table for web servers, too."""

FORMER_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "measures": {
        "date_precision": "start_precision, end_precision",
        "superseded_by": "successions.csv",
    },
}
"""Columns of earlier versions by table, each with what holds its content now."""
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a table schema (Table Schema, ``field``)."""

    name: str
    title: str
    description: str
    type: str
    required: bool
    categories: tuple[tuple[str, str], ...] = ()
    """Allowed values with their labels, in order."""
    internal: bool = False
    """Whether the column is published nowhere."""
    title_en: str = ""
    description_en: str = ""
    labels_en: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Labels of categories in English, by value; what has no English stays German."""

    def label(self, value: str, lang: str = "de") -> str:
        """The label of a category in a language, as far as it has one; or the value itself."""
        said = self.labels_en.get(value) if lang == "en" else None
        return said or dict(self.categories).get(value, value)

    def said(self, lang: str) -> Column:
        """The same with title, description and labels in a language, as far as it has them."""
        return replace(
            self,
            title=(lang == "en" and self.title_en) or self.title,
            description=(lang == "en" and self.description_en) or self.description,
            categories=tuple((value, self.label(value, lang)) for value, _ in self.categories),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column whose values are ids of another table."""

    column: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """What the descriptor says of one table."""

    name: str
    title: str
    description: str
    path: str
    columns: Mapping[str, Column]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]
    """The resource as it stands in the file, for validation and publication."""
    internal: bool = False
    """Whether the table is published nowhere."""
    title_en: str = ""
    description_en: str = ""

    def is_public(self, column: str) -> bool:
        """Whether a column is published: described, and not marked as internal."""
        known = self.columns.get(column)
        return known is not None and not known.internal

    @property
    def row_key(self) -> tuple[str, ...]:
        """The columns that tell rows apart for people: the primary key, else the usual ones.

        Two rows alike in these are no broken data where there is no primary key, but worth a word.
        """
        return self.primary_key or _USUAL_KEYS.get(self.name, ())

    def title_of(self, column: str) -> str:
        """The German title of a column; its name where the schema does not know it."""
        return self.titles_of(column).de

    def titles_of(self, column: str) -> Text:
        """What a column is called in German and, as far as it has such a title, in English."""
        known = self.columns.get(column)
        return Text(known.title, known.title_en or known.title) if known else Text(column, column)

    def target_of(self, column: str) -> str:
        """The table whose rows the values of a column name; empty where they name none."""
        found = (key.table or self.name for key in self.foreign_keys if key.column == column)
        return next(found, "")

    def said(self, lang: str) -> TableSchema:
        """The same with titles, descriptions and labels in a language, as far as it has them."""
        return replace(
            self,
            title=(lang == "en" and self.title_en) or self.title,
            description=(lang == "en" and self.description_en) or self.description,
            columns={name: column.said(lang) for name, column in self.columns.items()},
        )

    def field(self, column: str) -> Mapping[str, Any]:
        """A field as it stands in the file; empty where the schema does not know it."""
        fields = self.descriptor["schema"]["fields"]
        return next((field for field in fields if field["name"] == column), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """The whole ``datapackage.json``."""

    file: str
    package: Mapping[str, Any]
    tables: Mapping[str, TableSchema]

    def said(self, lang: str) -> Descriptor:
        """The same in a language, as far as its texts have it, and what stands in the file too."""
        tables = {name: table.said(lang) for name, table in self.tables.items()}
        if lang != "en":
            return replace(self, tables=tables)
        tables = {n: replace(t, descriptor=_in_english(t.descriptor)) for n, t in tables.items()}
        return replace(self, package=_in_english(self.package), tables=tables)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value))
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(repr(value))
    return value


def _in_english(described: Any) -> Any:
    """A description whose ``title_en`` is its ``title`` and whose title is its ``title_de``;
    so for every other text, at any depth."""
    if isinstance(described, list):
        return [_in_english(value) for value in described]
    if not isinstance(described, dict):
        return described
    turned = {key: _in_english(value) for key, value in described.items()}
    for key in [key.removesuffix("_en") for key in described if key.endswith("_en")]:
        if key in described:
            turned |= {key: described[f"{key}_en"], f"{key}_de": described[key]}
            del turned[f"{key}_en"]
    return turned


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(_text(v) for v in _list(value))


def _column(field: Mapping[str, Any]) -> Column:
    for choices in (field.get("categories", []), field.get("constraints", {}).get("enum", [])):
        if len(_list(choices)) > MOST_CHOICES:
            raise ValueError(f"> {MOST_CHOICES} categories, enum")
    return Column(
        name=field["name"],
        title=_text(field.get("title", field["name"])),
        description=_text(field.get("description", "")),
        type=_text(field.get("type", "string")),
        required=bool(field.get("constraints", {}).get("required", False)),
        categories=tuple(
            (str(c["value"]), str(c["label"])) for c in _list(field.get("categories", []))
        ),
        internal=_internal(field),
        title_en=_text(field.get("title_en", "")),
        description_en=_text(field.get("description_en", "")),
        labels_en={
            str(c["value"]): _text(c["label_en"])
            for c in field.get("categories", ())
            if "label_en" in c
        },
    )


def _internal(described: Mapping[str, Any]) -> bool:
    """Whether a field or a table is to be kept back; so is what has a visibility not known."""
    return bool(described.get(VISIBILITY, "public") != "public")


def table_schema(resource: Mapping[str, Any]) -> TableSchema:
    """What one resource of the descriptor says; ``KeyError`` and the like where it is broken."""
    name = _text(resource["name"])
    schema = resource["schema"]
    columns: dict[str, Column] = {}
    for field in _list(schema["fields"]):
        try:
            columns[_text(field["name"])] = _column(field)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            place = field.get("name", "?") if isinstance(field, dict) else field
            raise ValueError(f"„{place}“: {error}") from error
    keys = []
    for key in _list(schema.get("foreignKeys", [])):
        target = _text(key["reference"].get("resource", "")) or name
        fields, _ = _names(key["fields"]), _names(key["reference"]["fields"])
        if len(fields) == 1:
            keys.append(ForeignKey(column=fields[0], table=target))
    path = _text(resource.get("path", f"{name}.csv"))
    if not PATH.fullmatch(path):
        raise ValueError(f"path: {path!r}")
    return TableSchema(
        name=name,
        title=_text(resource.get("title", name)),
        description=_text(resource.get("description", "")),
        path=path,
        columns=columns,
        primary_key=_names(schema.get("primaryKey", [])),
        foreign_keys=tuple(keys),
        descriptor=resource,
        # Marking a table that must be there is an error, which would be told of every page else.
        internal=_internal(resource) and name not in REQUIRED_TABLES,
        title_en=_text(resource.get("title_en", "")),
        description_en=_text(resource.get("description_en", "")),
    )


def _text_of(path: Path) -> str:
    """What the file says; refused where it is far longer than tables need, or no UTF-8."""
    if path.stat().st_size > MOST_BYTES:
        raise _refused(
            Text(
                f"Die Beschreibung der Tabellen ist länger als {MOST_BYTES // 1000} kB.",
                f"The description of the tables is longer than {MOST_BYTES // 1000} kB.",
            )
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            Text("Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8.")
        ) from error


def _json(text: str) -> Any:
    """What a text holds; refused where it is nested far deeper than tables need."""
    if _depth(text) > DEEPEST:
        raise _refused(
            Text(
                f"Die Beschreibung ist zu tief verschachtelt (mehr als {DEEPEST} Ebenen).",
                f"The description is nested too deeply (more than {DEEPEST} levels).",
            )
        )
    package = json.loads(text)
    if any("\ud800" <= letter <= "\udfff" for letter in json.dumps(package, ensure_ascii=False)):
        raise _refused(
            Text(
                "Die Beschreibung enthält ein halbes Zeichen (\\ud800 bis \\udfff).",
                "The description has half a character in it (\\ud800 to \\udfff).",
            )
        )
    return package


_COMPARE = Text(
    "Vergleichen Sie die Datei mit der Fassung, die Klarplan mitbringt.",
    "Compare the file with the version that comes with Klarplan.",
)


def _refused(problem: Text) -> KlarplanError:
    return KlarplanError(problem, _COMPARE, file=DESCRIPTOR)


def _depth(text: str) -> int:
    """How many brackets of a JSON text are open at once, at most; those in texts don't count."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        depth += (found[0] in "[{") - (found[0] in "]}")
        deepest = max(deepest, depth)
    return deepest


def read_descriptor(root: Path) -> Descriptor:
    """The descriptor of a root, or Klarplan's own where the root has none.

    Raises ``KlarplanError`` naming line or table where it is not readable.
    """
    path = root / DESCRIPTOR
    return _described(_text_of(path if path.is_file() else ENGINE_DESCRIPTOR))


def engine_descriptor() -> Descriptor:
    """Klarplan's own descriptor, which tells nothing of any strategy."""
    return _described(_text_of(ENGINE_DESCRIPTOR))


@lru_cache(maxsize=4)
def _described(text: str) -> Descriptor:
    """The descriptor that a text is; kept, since one command reads it several times."""
    try:
        package = _json(text)
        resources = _list(package["resources"])
    except json.JSONDecodeError as error:
        raise broken(error, DESCRIPTOR) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KlarplanError(
            Text(
                "Die Beschreibung der Tabellen hat keine Liste „resources“.",
                "The description of the tables has no list “resources”.",
            ),
            _COMPARE,
            file=DESCRIPTOR,
        ) from error
    tables: dict[str, TableSchema] = {}
    for number, resource in enumerate(resources, start=1):
        label = resource.get("name", number) if isinstance(resource, dict) else number
        try:
            table = table_schema(resource)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KlarplanError(
                Text(
                    f"Das Schema der Tabelle „{label}“ ist fehlerhaft (bei {error}).",
                    f"The schema of the table “{label}” is broken (at {error}).",
                ),
                Text(
                    "Jede Tabelle braucht „name“, „path“ (nur ein Dateiname mit der Endung .csv) "
                    "und „schema“ mit „fields“, jedes Feld einen „name“.",
                    "Each table needs “name”, “path” (a file name only, ending in .csv) "
                    "and “schema” with “fields”, each field a “name”.",
                ),
                file=DESCRIPTOR,
            ) from error
        tables[table.name] = table
    return Descriptor(file=DESCRIPTOR, package=package, tables=tables)
