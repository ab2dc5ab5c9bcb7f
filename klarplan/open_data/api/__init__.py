"""The JSON API: files that programs read without asking, described by OpenAPI 3.1."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from klarplan.open_data.api.entries import Entries, named
from klarplan.open_data.api.openapi import openapi
from klarplan.open_data.api.rows import Row, Rows, as_json
from klarplan.open_data.api.schemas import detail_schema, list_schema, row_schema
from klarplan.open_data.changes import Changes
from klarplan.open_data.data_package import licence_of
from klarplan.open_data.offers import attribution_of
from klarplan.strategy.addresses import API, API_INDEX, OPENAPI, on_web, slug, table_name
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.load import Loaded

SCHEMAS = f"{API}schemas/"


def api(loaded: Loaded, as_of: dt.date, changes: Changes) -> dict[str, bytes]:
    """The files of the API of a *public* strategy, by their place below the site.

    A list for each table, a file for each row that has a page, with all rows that refer to it, and
    for measures what is derived on the as-of date; JSON Schemas (2020-12) of all of them.
    """
    about = _about(loaded, as_of, changes)
    entries = Entries(loaded, as_of)
    rows = Rows(loaded, entries.more)
    files: dict[str, bytes] = {}
    for name in loaded.strategy.tables:
        place = table_name(loaded.descriptor.tables[name].path)
        files[f"{API}{place}.json"] = _list(about, rows.of(name))
        for row in rows.of(name) if name in ROW_CHAPTERS else ():
            files[f"{API}{place}/{slug(row['id'])}.json"] = _file(_detail(loaded, rows, name, row))
    for place, schema in schemas(loaded, entries, "{}.json".format).items():
        files[f"{SCHEMAS}{place}.json"] = _file(_known(loaded, place, schema), indent=2)
    described = openapi(loaded, schemas(loaded, entries, "#/components/schemas/{}".format))
    files[OPENAPI] = _file(described, indent=2)
    lists = {n.removeprefix(API)[:-5]: n for n in files if n.count("/") == API.count("/")}
    files[API_INDEX] = _file({"about": about, "files": _linked(loaded, lists)}, indent=2)
    return files


def schemas(
    loaded: Loaded, entries: Entries, ref: Callable[[str], str]
) -> dict[str, Mapping[str, Any]]:
    """The JSON Schemas of rows, lists and details; ``ref`` is how one points at another."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in loaded.strategy.tables:
        place = table_name(loaded.descriptor.tables[name].path)
        row = found[place] = row_schema(loaded, name, entries.schema(name))
        found[f"{place}-list"] = list_schema(loaded, ref(place))
        if name in ROW_CHAPTERS:
            found[f"{place}-detail"] = detail_schema(loaded, name, row, ref)
    return found


def _known(loaded: Loaded, place: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema as a file of its own."""
    address = on_web(loaded.strategy.settings.site_url, f"{SCHEMAS}{place}.json")
    known = {"$id": address} if address else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **known, **schema}


def _detail(loaded: Loaded, rows: Rows, table: str, row: Row) -> Row:
    referring = rows.referring(table, row["id"])
    if table == "measures":
        referring |= named(loaded, rows, row["id"])
    return {**row, "referring": referring}


def _linked(loaded: Loaded, places: Mapping[str, str]) -> dict[str, str]:
    """Addresses by name: absolute where the site has one, else relative to the index."""
    site = loaded.strategy.settings.site_url
    return {name: on_web(site, place) or place.removeprefix(API) for name, place in places.items()}


def _about(loaded: Loaded, as_of: dt.date, changes: Changes) -> dict[str, Any]:
    """What is said of every list: of what it is, of when, and under which licence."""
    settings = loaded.strategy.settings
    about = {
        "strategy": settings.title,
        "publisher": settings.municipality,
        "licence": licence_of(settings),
        "attribution": attribution_of(loaded),
        "as_of": as_of.isoformat(),
        "modified": changes.last.isoformat() if changes.last else None,
        "homepage": on_web(settings.site_url, "") or None,
    }
    return {name: value for name, value in about.items() if value is not None}


def _file(content: Any, indent: int | None = None) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=indent, default=as_json) + "\n").encode()


def _list(about: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A list with each row on a line of its own, so that changes are easy to see."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=as_json) for row in rows)
    head = json.dumps(about, ensure_ascii=False)
    return f'{{"about": {head},\n"rows": [\n{lines}\n]}}\n'.encode()
