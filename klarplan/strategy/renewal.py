"""Renewing the description of a fork's tables: the engine's by name, the fork's own kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from klarplan.strategy.schema import ENGINE_DESCRIPTOR, FORMER_COLUMNS

Entry = dict[str, Any]


def engine_package() -> Entry:
    """The description of the tables that comes with this version of the engine."""
    package: Entry = json.loads(ENGINE_DESCRIPTOR.read_text("utf-8"))
    return package


def package_bytes(package: Mapping[str, Any]) -> bytes:
    """A description as it stands in the file: two spaces deep, German letters as they are."""
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def renewed(own: Mapping[str, Any], engine: Mapping[str, Any]) -> Entry:
    """A fork's description in which tables and fields of the engine are as the engine says.

    The fork's tables, fields, their order and whatever the engine says nothing of stay: more
    values of a choice, paths of files, marks such as ``visibility``. What the engine no longer
    has (``FORMER_COLUMNS``) goes. What is renewed already comes out as it is.
    """
    resources = _by_name(own["resources"], engine["resources"], _table)
    return {**own, "resources": resources}


def _by_name(
    own: Sequence[Entry], engine: Sequence[Entry], merged: Callable[[Entry, Entry], Entry]
) -> list[Entry]:
    """The fork's entries in their order; the engine's new ones behind their neighbours."""
    there = {entry["name"]: entry for entry in engine}
    found = [merged(e, there[e["name"]]) if e["name"] in there else e for e in own]
    place = 0
    for entry in engine:
        names = [e["name"] for e in found]
        if entry["name"] in names:
            place = names.index(entry["name"]) + 1
        else:
            found.insert(place, entry)
            place += 1
    return found


def _table(own: Entry, engine: Entry) -> Entry:
    schema = own["schema"]
    gone = FORMER_COLUMNS.get(own["name"], {})
    kept = [field for field in schema["fields"] if field["name"] not in gone]
    fields = _by_name(kept, engine["schema"]["fields"], _field)
    new: Entry = {**schema, **engine["schema"], "fields": fields}
    if "primaryKey" not in engine["schema"]:
        new.pop("primaryKey", None)
    keys = [*engine["schema"].get("foreignKeys", [])]
    names = {field["name"] for field in fields}
    for key in schema.get("foreignKeys", []):
        if set(_names(key["fields"])) <= names and not any(_same(key, k) for k in keys):
            keys.append(key)
    if keys:
        new["foreignKeys"] = keys
    return {**own, **engine, "path": own.get("path", engine["path"]), "schema": new}


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _same(one: Entry, other: Entry) -> bool:
    return _names(one["fields"]) == _names(other["fields"])


def _field(own: Entry, engine: Entry) -> Entry:
    new = {**own, **engine}
    if "constraints" in own and "constraints" in engine:
        new["constraints"] = {**own["constraints"], **engine["constraints"]}
    if "enum" in own.get("constraints", {}) and "enum" in engine.get("constraints", {}):
        new["constraints"]["enum"] = [
            *dict.fromkeys((*engine["constraints"]["enum"], *own["constraints"]["enum"]))
        ]
    if "categories" in own and "categories" in engine:
        known = {_value(c) for c in engine["categories"]}
        more = [c for c in own["categories"] if _value(c) not in known]
        new["categories"] = [*engine["categories"], *more]
    return new


def _value(category: Any) -> Any:
    return category["value"] if isinstance(category, dict) else category


def retitled(own: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Tables and fields that are called otherwise afterwards: where, the old and the new title."""
    titles = _titles(own)
    for place, title in _titles(new).items():
        if place in titles and titles[place] != title:
            yield place, titles[place], title


def _titles(package: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for table in package["resources"]:
        found[table["name"]] = table.get("title", table["name"])
        for field in table["schema"]["fields"]:
            found[f"{table['name']}.{field['name']}"] = field.get("title", field["name"])
    return found
