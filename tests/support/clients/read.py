"""Reads open data with programs of others, in their own environment: what came of it, as JSON.

``python read.py CLIENT ADDRESS FOLDER``: the client's name, the site's address with a slash at its
end, and a folder to work in. Each reader returns its version and what it read.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.request import urlopen

TYPES = {"integer": "BIGINT", "number": "DECIMAL(38, 6)", "date": "DATE", "boolean": "BOOLEAN"}


def fetched(address: str) -> bytes:
    """A file of the site."""
    with urlopen(address) as answer:
        return answer.read()


def datapackage(address: str, folder: Path) -> dict:
    """Each table with its types; every foreign key is followed."""
    from datapackage import Package  # noqa: PLC0415 - each is loaded alone

    package = Package(address + "daten/datapackage.json")
    rows = {r.name: len(r.read(keyed=True)) for r in package.resources}
    keys = 0
    for resource in package.resources:
        found = resource.schema.foreign_keys
        if found:
            assert resource.check_relations()
        keys += len(found)
    return {
        "valid": package.valid,
        "errors": [str(e) for e in package.errors],
        "rows": rows,
        "keys": keys,
    }


def datasette(address: str, folder: Path) -> dict:
    """A database of SQLite, and what Datasette is told of its tables."""
    program = Path(sys.executable).with_name("datapackage-to-datasette")
    database, told = folder / "data.db", folder / "metadata.json"
    source = address + "daten/datapackage.json"
    subprocess.run([program, database, source, told], check=True, capture_output=True, timeout=300)
    with sqlite3.connect(database) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in names]
        count = "SELECT count(*) FROM [{}]"
        rows = {n: connection.execute(count.format(n)).fetchone()[0] for n in tables}
        keys = sum(
            len(connection.execute(f"PRAGMA foreign_key_list([{n}])").fetchall()) for n in tables
        )
    (described,) = json.loads(told.read_text("utf-8"))["databases"].values()
    return {"rows": rows, "keys": keys, "described": sorted(described["tables"])}


def duckdb(address: str, folder: Path) -> dict:
    """Tables with types, primary keys and foreign keys as constraints, into which all rows fit."""
    import duckdb as program  # noqa: PLC0415

    package = json.loads(fetched(address + "daten/datapackage.json"))
    waiting = {resource["name"]: resource for resource in package["resources"]}
    done: dict[str, int] = {}
    keys = 0
    with program.connect() as connection:
        while waiting:
            name, resource = next(
                (n, r) for n, r in waiting.items() if not _targets(n, r) & waiting.keys()
            )
            lines, number = _constraints(name, resource["schema"])
            keys += number
            connection.execute(f'CREATE TABLE "{name}" ({", ".join(lines)})')
            file = folder / resource["path"]
            file.write_bytes(fetched(f"{address}daten/{resource['path']}"))
            columns = {
                f["name"]: TYPES.get(f["type"], "VARCHAR") for f in resource["schema"]["fields"]
            }
            source = (
                f"read_csv(?, columns = {columns}, auto_detect = false, header = true, "
                "nullstr = '', delim = ',', quote = '\"', escape = '\"')"
            )
            connection.execute(f'CREATE TABLE "{name}_read" AS SELECT * FROM {source}', [str(file)])
            _insert(connection, name, resource["schema"])
            done[name] = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            del waiting[name]
    return {"rows": done, "keys": keys}


def _insert(connection, name: str, schema: dict) -> None:
    """Insert rows that point at rows of their own table only once those are there."""
    own = [
        key for key in schema.get("foreignKeys", ()) if key["reference"]["resource"] in ("", name)
    ]
    ready = "true"
    for key in own:
        column, aim = _quoted(key["fields"]), _quoted(key["reference"]["fields"])
        ready += f' AND ({column} IS NULL OR {column} IN (SELECT {aim} FROM "{name}"))'
    while own:
        connection.execute(
            f'CREATE OR REPLACE TEMP TABLE next AS SELECT * FROM "{name}_read" WHERE {ready}'
        )
        if not connection.execute("SELECT count(*) FROM next").fetchone()[0]:
            break
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM next')
        connection.execute(
            f'DELETE FROM "{name}_read" WHERE {ready} AND "id" IN (SELECT "id" FROM next)'
        )
    connection.execute(f'INSERT INTO "{name}" SELECT * FROM "{name}_read"')


def _targets(name: str, resource: dict) -> set:
    keys = resource["schema"].get("foreignKeys", ())
    return {key["reference"]["resource"] or name for key in keys} - {name}


def _constraints(name: str, schema: dict) -> tuple:
    """Columns and constraints, and how many of them are foreign keys."""
    primary = schema.get("primaryKey", [])
    primary = [primary] if isinstance(primary, str) else primary
    lines = []
    for field in schema["fields"]:
        required = field.get("constraints", {}).get("required")
        lines.append(
            f'"{field["name"]}" {TYPES.get(field["type"], "VARCHAR")}'
            + " NOT NULL" * bool(required)
        )
    if primary:
        lines.append(f"PRIMARY KEY ({_quoted(primary)})")
    keys = schema.get("foreignKeys", ())
    for key in keys:
        target = key["reference"]["resource"] or name
        lines.append(
            f'FOREIGN KEY ({_quoted(key["fields"])}) REFERENCES "{target}" '
            f"({_quoted(key['reference']['fields'])})"
        )
    return lines, len(keys)


def _quoted(names: object) -> str:
    listed = [names] if isinstance(names, str) else names
    return ", ".join(f'"{name}"' for name in listed)


def extruct(address: str, folder: Path) -> dict:
    """What stands in the head of pages, in the words of schema.org and of Open Graph."""
    from extruct import extract  # noqa: PLC0415

    found = {}
    for page in ("", "massnahmen/m-001/", "daten/", "daten/measures/"):
        text = fetched(address + page).decode()
        told = extract(
            text, base_url=address + page, syntaxes=["json-ld", "opengraph"], uniform=True
        )
        nodes = [n for graph in told["json-ld"] for n in graph.get("@graph", [graph])]
        graphs = {pair["@type"] for pair in told["opengraph"]}
        found[page] = {"types": [n["@type"] for n in nodes], "graphs": sorted(graphs)}
    return {"pages": found}


def ckan(address: str, folder: Path) -> dict:
    """The catalogue as CKAN harvests it, with the profile DCAT-AP 3."""
    from ckan.common import config  # noqa: PLC0415

    config["ckanext.dcat.rdf.profiles"] = "euro_dcat_ap_3"
    from ckanext.dcat.processors import RDFParser  # noqa: PLC0415

    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(fetched(address + "catalog.rdf").decode(), _format="xml")
    return {"datasets": list(parser.datasets())}


CLIENTS = {
    "datapackage": (datapackage, "datapackage"),
    "datapackage-to-datasette": (datasette, "datapackage-to-datasette"),
    "duckdb": (duckdb, "duckdb"),
    "extruct": (extruct, "extruct"),
    "ckanext-dcat": (ckan, "ckanext-dcat"),
}
"""The readers by name, each with the package that it is of."""

if __name__ == "__main__":
    read, package = CLIENTS[sys.argv[1]]
    made = read(sys.argv[2], Path(sys.argv[3]))
    print(json.dumps({"version": version(package), **made}, default=str))
