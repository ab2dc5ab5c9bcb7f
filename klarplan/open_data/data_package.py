"""Open data: every public table as canonical CSV, Data Packages, and one ZIP of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from klarplan.open_data.changes import UNKNOWN, Changes
from klarplan.strategy.addresses import DATA, PACKAGE, PACKAGE_ZIP, on_web
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.settings import Settings
from klarplan.strategy.subjects import ADDRESS, subjects
from klarplan.zip_files import zipped

_LICENCES: Mapping[str, str] = {
    "cc-by/4.0": "CC-BY-4.0",
    "cc-zero": "CC0-1.0",
    "dl-by-de/2.0": "dl-de/by-2-0",
    "dl-zero-de/2.0": "dl-de/zero-2-0",
}
"""What Open Definition calls the licences of DCAT-AP.de."""


def _canonical(table: Table, schema: TableSchema) -> tuple[list[str], list[list[str]]]:
    header = [name for name in schema.columns if name in table.header]
    positions = [table.header.index(name) for name in header]
    rows = [[r[p] if p < len(r) else "" for p in positions] for r in table.records]
    return header, rows


def _resource(schema: TableSchema, header: list[str], content: bytes, licence: Any) -> Any:
    """What is said of a table; its foreign keys are left to ``_package``."""
    source = dict(schema.descriptor)
    described = _plain(source["schema"])
    described["fields"] = [_plain(f) for f in described["fields"] if f["name"] in header]
    source.update(
        schema=described,
        encoding="utf-8",
        hash="sha256:" + hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        licenses=[licence],
    )
    source.pop("dialect", None)
    return source


def _plain(described: Mapping[str, Any]) -> dict[str, Any]:
    """A schema or field whose missing values are texts, as readers of Data Package 1 need them."""
    missing = described.get("missingValues")
    texts = [m["value"] if isinstance(m, dict) else m for m in missing or ()]
    return {**described, "missingValues": texts} if missing else dict(described)


def _within(resource: Mapping[str, Any], tables: set[str]) -> dict[str, Any]:
    """A table's description with those foreign keys only that stay within some tables."""
    described = dict(resource["schema"])
    header = {field["name"] for field in described["fields"]}
    keys = [
        key
        for key in described.pop("foreignKeys", ())
        if (key["reference"]["resource"] or resource["name"]) in tables
        and set([key["fields"]] if isinstance(key["fields"], str) else key["fields"]) <= header
    ]
    if keys:
        described["foreignKeys"] = keys
    return {**resource, "schema": described}


def licence_of(settings: Settings) -> dict[str, str]:
    """The licence as Data Packages name it."""
    return {
        "name": _LICENCES[settings.licence],
        "title": settings.licence_name,
        "path": settings.licence_url,
    }


def _package(head: Mapping[str, Any], resources: Iterable[Mapping[str, Any]], **told: str) -> bytes:
    chosen = list(resources)
    names = {resource["name"] for resource in chosen}
    within = [_within(resource, names) for resource in chosen]
    package = {**head, **told, "resources": within}
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def published(loaded: Loaded, changes: Changes = UNKNOWN) -> dict[str, bytes]:
    """The data packages of a *public* strategy with their tables, by name.

    ``datapackage.json`` (Data Package v2) describes all tables, ``datapackage-….json`` those of a
    subject; both name each file's ``hash`` (SHA-256) and ``bytes``. ``created`` is the day of the
    last change of the tables. Columns that the schema does not describe are not published.
    """
    settings = loaded.strategy.settings
    licence = licence_of(settings)
    files: dict[str, bytes] = {}
    resources: dict[str, Any] = {}
    for name, table in loaded.strategy.tables.items():
        schema = loaded.descriptor.tables[name]
        header, rows = _canonical(table, schema)
        files[schema.path] = table_bytes(header, rows)
        resources[name] = _resource(schema, header, files[schema.path], licence)
    head = _head(loaded, changes)
    title = loaded.strategy.words("download.data_of", strategy=settings.title)
    whole = PACKAGE.removeprefix(DATA)
    files = {whole: _package(head, resources.values(), title=title), **files}
    zip_file = zipped(files)
    # What the descriptor says in the other language, it says of the whole.
    of_part = {key: told for key, told in head.items() if not key.endswith(("_de", "_en"))}
    for subject in subjects(loaded):
        files[subject.package] = _package(
            of_part,
            (resources[name] for name in subject.tables),
            name=f"{head['name']}-{ADDRESS[subject.name]}",
            title=subject.title,
            description=subject.text,
        )
    return {**files, PACKAGE_ZIP.removeprefix(DATA): zip_file}


def _head(loaded: Loaded, changes: Changes) -> dict[str, Any]:
    """What holds for every package of a strategy."""
    settings = loaded.strategy.settings
    head: dict[str, Any] = {
        key: value for key, value in loaded.descriptor.package.items() if key != "resources"
    }
    head["title"] = ""
    if settings.site_url:
        head["homepage"] = on_web(settings.site_url, "")
    if settings.version:
        head["version"] = settings.version
    if changes.last:
        head["created"] = f"{changes.last.isoformat()}T00:00:00Z"
    head["licenses"] = [licence_of(settings)]
    publisher = {"title": settings.municipality, "roles": ["publisher"]}
    head["contributors"] = [publisher | ({"path": head["homepage"]} if settings.site_url else {})]
    source = {"title": f"{settings.title}, {settings.municipality}"}
    head["sources"] = [source | ({"path": head["homepage"]} if settings.site_url else {})]
    return head
