"""Open data: every public table as canonical CSV, a Data Package, and one ZIP of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from klarplan.strategy.addresses import DATA, PACKAGE_ZIP
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.settings import Settings
from klarplan.zip_files import zipped


def _canonical(table: Table, schema: TableSchema) -> tuple[list[str], list[list[str]]]:
    header = [name for name in schema.columns if name in table.header]
    positions = [table.header.index(name) for name in header]
    rows = [[r[p] if p < len(r) else "" for p in positions] for r in table.records]
    return header, rows


def _resource(schema: TableSchema, header: list[str], content: bytes, tables: set[str]) -> Any:
    source = dict(schema.descriptor)
    described = dict(source["schema"])
    described["fields"] = [f for f in described["fields"] if f["name"] in header]
    keys = [
        key
        for key in described.get("foreignKeys", ())
        if (key["reference"]["resource"] or schema.name) in tables
        and set([key["fields"]] if isinstance(key["fields"], str) else key["fields"]) <= set(header)
    ]
    described.pop("foreignKeys", None)
    if keys:
        described["foreignKeys"] = keys
    source.update(
        schema=described,
        encoding="utf-8",
        hash="sha256:" + hashlib.sha256(content).hexdigest(),
        bytes=len(content),
    )
    source.pop("dialect", None)
    return source


def _licence(settings: Settings) -> Mapping[str, str]:
    names = {
        "cc-by/4.0": "CC-BY-4.0",
        "cc-zero": "CC0-1.0",
        "dl-by-de/2.0": "dl-de/by-2-0",
        "dl-zero-de/2.0": "dl-de/zero-2-0",
    }
    return {
        "name": names[settings.licence],
        "title": settings.licence_name,
        "path": settings.licence_url,
    }


def published(loaded: Loaded) -> dict[str, bytes]:
    """The files of the data package of a *public* strategy, by name.

    ``datapackage.json`` (Data Package v2) names each file's ``hash`` (SHA-256) and ``bytes``.
    Columns that the schema does not describe are not published.
    """
    files: dict[str, bytes] = {}
    resources = []
    names = set(loaded.strategy.tables)
    for name, table in loaded.strategy.tables.items():
        schema = loaded.descriptor.tables[name]
        header, rows = _canonical(table, schema)
        content = table_bytes(header, rows)
        files[schema.path] = content
        resources.append(_resource(schema, header, content, names))
    settings = loaded.strategy.settings
    package: dict[str, Any] = {
        key: value for key, value in loaded.descriptor.package.items() if key != "resources"
    }
    package["title"] = loaded.strategy.words("download.data_of", strategy=settings.title)
    if settings.site_url:
        package["homepage"] = settings.site_url.rstrip("/") + "/"
    if settings.version:
        package["version"] = settings.version
    package["licenses"] = [_licence(settings)]
    package["contributors"] = [{"title": settings.municipality, "roles": ["publisher"]}]
    package["resources"] = resources
    described = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    files = {"datapackage.json": described.encode(), **files}
    return {**files, PACKAGE_ZIP.removeprefix(DATA): zipped(files)}
