"""Programs that nobody here wrote read the open data, as it is served over HTTP."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest

from tests.support import clients
from tests.support.office import as_workbook, installed_office
from tests.support.project import BuiltSample

pytestmark = pytest.mark.long

Tell = Callable[[str, object, str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Notes a client, its version and what it read, for the table at the end of the run."""

    def note(client: str, version: object, what: str) -> None:
        record_property("client", f"{client}\t{version}\t{what}")

    return note


def package(sample: BuiltSample) -> dict[str, Any]:
    """The description of all tables."""
    found: dict[str, Any] = json.loads((sample.site / "daten/datapackage.json").read_text("utf-8"))
    return found


def rows(sample: BuiltSample) -> dict[str, int]:
    """The number of rows of each table, as Python's own reader counts them."""
    found = {}
    for resource in package(sample)["resources"]:
        text = (sample.site / "daten" / resource["path"]).read_text("utf-8")
        found[resource["name"]] = len(list(csv.reader(io.StringIO(text, newline="")))) - 1
    return found


def keys(sample: BuiltSample) -> int:
    """The number of foreign keys."""
    return sum(len(r["schema"].get("foreignKeys", ())) for r in package(sample)["resources"])


def test_frictionless(sample: BuiltSample, address: str, tell: Tell) -> None:
    """frictionless finds every package valid: the whole and each subject, hashes included."""
    files = sorted(path.name for path in (sample.site / "daten").glob("datapackage*.json"))
    for name in files:
        report = frictionless.Package(f"{address}daten/{name}").validate()
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    number = sum(rows(sample).values())
    tell("frictionless", frictionless.__version__, f"{len(files)} packages, {number} rows")


@pytest.mark.parametrize("client", ["datapackage", "datapackage (Node)"])
def test_datapackage(
    sample: BuiltSample, address: str, tell: Tell, client: str, tmp_path: Path
) -> None:
    """The reference readers of version 1 cast every row and follow every foreign key."""
    node = client != "datapackage"
    read = clients.read_with_node(address) if node else clients.read(client, address, tmp_path)
    assert read["errors"] == []
    assert read["valid"] is True
    assert read["rows"] == rows(sample)
    assert read["keys"] == keys(sample)
    told = f"{len(read['rows'])} tables, {sum(read['rows'].values())} rows, {read['keys']} keys"
    tell(client, read["version"], told)


def test_datasette(sample: BuiltSample, address: str, tell: Tell, tmp_path: Path) -> None:
    """datapackage-to-datasette makes a database and describes each of its tables."""
    read = clients.read("datapackage-to-datasette", address, tmp_path)
    assert read["rows"] == rows(sample)
    assert read["described"] == sorted(rows(sample))
    told = f"{len(read['rows'])} tables, {sum(read['rows'].values())} rows, {read['keys']} keys"
    tell("datapackage-to-datasette", read["version"], told)


def test_duckdb(sample: BuiltSample, address: str, tell: Tell, tmp_path: Path) -> None:
    """DuckDB takes all rows under primary and foreign keys as constraints."""
    read = clients.read("duckdb", address, tmp_path)
    assert read["rows"] == rows(sample)
    assert read["keys"] == keys(sample)
    told = f"{len(read['rows'])} tables, {sum(read['rows'].values())} rows, {read['keys']} keys"
    tell("DuckDB", read["version"], told)


def test_ckan(sample: BuiltSample, address: str, tell: Tell, tmp_path: Path) -> None:
    """CKAN's harvester gets title, licence, formats, publisher, contact, time and place."""
    read = clients.read("ckanext-dcat", address, tmp_path)
    datasets = read["datasets"]
    files = set()
    for dataset in datasets:
        extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
        assert dataset["title"]
        assert dataset["notes"]
        assert dataset["tags"]
        for name in ("publisher_name", "contact_email", "spatial_uri", "theme", "temporal_start"):
            assert extras[name], (dataset["title"], name)
        for resource in dataset["resources"]:
            assert resource["license"].startswith("http://dcat-ap.de/def/licenses/")
            assert "/file-type/" in resource["format"]
            files.add(resource["url"])
    base = next(url for url in files if url.endswith("daten/datapackage.json"))
    base = base.removesuffix("daten/datapackage.json")
    assert {"daten/measures.csv", "daten/strategie-daten.xlsx"} <= {
        url.removeprefix(base) for url in files
    }
    assert all((sample.site / url.removeprefix(base)).is_file() for url in files)
    tell("ckanext-dcat", read["version"], f"{len(datasets)} datasets, {len(files)} files")


def test_extruct(address: str, tell: Tell, tmp_path: Path) -> None:
    """extruct finds schema.org and Open Graph in the head of pages."""
    read = clients.read("extruct", address, tmp_path)
    pages = read["pages"]
    assert pages[""]["types"] == ["GovernmentOrganization", "WebSite"]
    assert "Project" in pages["massnahmen/m-001/"]["types"]
    assert "Dataset" in pages["daten/"]["types"]
    assert "Dataset" in pages["daten/measures/"]["types"]
    assert all(page["graphs"] == ["website"] for page in pages.values())
    types = {kind for page in pages.values() for kind in page["types"]}
    tell("extruct", read["version"], f"{len(pages)} pages: {', '.join(sorted(types))}")


def sheets(file: Path) -> dict[str, int]:
    """The number of rows of each sheet with a table, without its two heads."""
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        found = {}
        for sheet in book.worksheets[1:]:
            found[sheet.title] = sum(1 for _ in sheet.iter_rows(min_row=3, max_col=1))
    finally:
        book.close()
    return found


def test_openpyxl(sample: BuiltSample, tell: Tell) -> None:
    """openpyxl reads a sheet for each table with all its rows."""
    found = sheets(sample.site / "daten/strategie-daten.xlsx")
    assert sorted(found.values()) == sorted(rows(sample).values())
    told = f"{len(found)} sheets, {sum(found.values())} rows"
    tell("openpyxl", openpyxl.__version__, told)


def test_libreoffice(sample: BuiltSample, tell: Tell, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and saves it with all rows of all tables."""
    book = sample.site / "daten/strategie-daten.xlsx"
    saved = as_workbook(book, tmp_path)
    assert sorted(sheets(saved).values()) == sorted(sheets(book).values())
    office = installed_office()
    assert office
    said = subprocess.run([office, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"[\d.]+", said)
    found = sheets(saved)
    told = f"{len(found)} sheets, {sum(found.values())} rows"
    tell("LibreOffice", version[0] if version else "", told)
