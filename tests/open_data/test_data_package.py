"""The published data: what portals and programs read."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import urllib.request
import zipfile
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from frictionless import Package
from lxml import html

from klarplan.open_data.changes import UNKNOWN, Changes
from klarplan.open_data.data_package import published
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support.project import REPOSITORY, BuiltSample


def descriptor(sample: BuiltSample) -> dict[str, object]:
    """The published description."""
    found: dict[str, object] = json.loads(
        (sample.site / "daten/datapackage.json").read_text("utf-8")
    )
    return found


def number_of_tables(sample: BuiltSample) -> int:
    """How many tables the sample has."""
    return len(list((sample.root / "data").glob("*.csv")))


def test_hash_and_size_are_right(sample: BuiltSample) -> None:
    """Each table's size and SHA-256 in the description are those of its file."""
    resources = descriptor(sample)["resources"]
    assert isinstance(resources, list)
    assert len(resources) == number_of_tables(sample)
    for resource in resources:
        content = (sample.site / "daten" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_frictionless_reads_the_package_over_http(sample: BuiltSample, address: str) -> None:
    """Frictionless fetches the package from the site and finds it valid."""
    report = Package(address + "daten/datapackage.json").validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert report.stats["tasks"] == number_of_tables(sample)


@pytest.mark.long
def test_wrong_hash_would_be_found(sample: BuiltSample, address: str) -> None:
    """The validation over HTTP can fail: a changed description is not valid."""
    package = descriptor(sample)
    resources = package["resources"]
    assert isinstance(resources, list)
    resources[0]["hash"] = "sha256:" + "0" * 64
    for resource in resources:
        resource["path"] = address + "daten/" + resource["path"]
    assert not Package.from_descriptor(package).validate().valid


def test_tables_are_canonical_csv(sample: BuiltSample) -> None:
    """Tables are UTF-8 without mark, with commas and plain line ends; no row is too short."""
    for path in (sample.site / "daten").glob("*.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" not in raw
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8"))))
        assert {len(r) for r in rows} == {len(rows[0])}


def test_zip_holds_the_same_files(sample: BuiltSample) -> None:
    """The ZIP holds the description and every table, byte for byte."""
    folder = sample.site / "daten"
    with zipfile.ZipFile(folder / "strategie-daten.zip") as archive:
        names = archive.namelist()
        assert "datapackage.json" in names
        assert len(names) == number_of_tables(sample) + 1
        for name in names:
            assert archive.read(name) == (folder / name).read_bytes()


def test_data_page_links_every_table(sample: BuiltSample, address: str) -> None:
    """The page „Offene Daten“ links every table, and each link answers."""
    with urllib.request.urlopen(address + "daten/") as answer:
        page = html.fromstring(answer.read().decode("utf-8"))
    links = {urljoin(address + "daten/", link) for link in page.xpath("//a/@href")}
    for path in (sample.site / "daten").glob("*.csv"):
        link = address + "daten/" + path.name
        assert link in links, path.name
        with urllib.request.urlopen(link) as answer:
            assert answer.read() == path.read_bytes()


def test_each_subject_is_a_package_of_its_own(sample: BuiltSample, address: str) -> None:
    """Every table is in the package of one subject, and frictionless finds each of them valid."""
    names: list[str] = []
    for path in sorted((sample.site / "daten").glob("datapackage-*.json")):
        report = Package(f"{address}daten/{path.name}").validate()
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
        names += [resource["name"] for resource in json.loads(path.read_text("utf-8"))["resources"]]
    assert len(names) == len(set(names)) == number_of_tables(sample)


def test_licence_stands_at_the_package_and_at_each_table(sample: BuiltSample) -> None:
    """Who takes a single table sees its licence too, and where it comes from."""
    package = descriptor(sample)
    assert package["licenses"]
    assert package["contributors"]
    assert package["sources"]
    resources = package["resources"]
    assert isinstance(resources, list)
    assert [r for r in resources if r["licenses"] != package["licenses"]] == []
    assert {tuple(r["schema"]["missingValues"]) for r in resources} == {("",)}


def test_packages_were_made_when_the_tables_changed() -> None:
    """``created`` is the day of the last change of the tables; without one it is left out."""
    sample = public(load(REPOSITORY))
    for changes, told in (
        (Changes(dt.date(2025, 1, 1), dt.date(2026, 11, 20)), "2026-11-20T00:00:00Z"),
        (UNKNOWN, None),
    ):
        files = published(sample, changes)
        found = {json.loads(c).get("created") for n, c in files.items() if n.endswith(".json")}
        assert found == {told}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_subject_says_nothing_of_the_whole_in_another_language(lang: str) -> None:
    """A package of one subject has the subject's title and text, and no other of any language."""
    sample = public(load(REPOSITORY))
    described = {**sample.descriptor.package, "title_en": "All", "description_en": "Everything"}
    loaded = replace(sample, descriptor=replace(sample.descriptor, package=described).said(lang))
    files = {n: json.loads(c) for n, c in published(loaded).items() if n.endswith(".json")}
    whole = files.pop("datapackage.json")
    assert ("description_en" if lang == "de" else "description_de") in whole
    assert files
    for name, package in files.items():
        assert [key for key in package if key.startswith(("title_", "description_"))] == [], name
        assert package["description"] != whole["description"], name


def test_missing_values_are_texts_for_readers_of_version_1() -> None:
    """A fork that labels its missing values still publishes texts, which every reader knows."""
    sample = public(load(REPOSITORY))
    schema = sample.descriptor.tables["measures"]
    described = json.loads(json.dumps(schema.descriptor))
    described["schema"]["fields"][0]["missingValues"] = [{"value": "-", "label": "entfällt"}, "?"]
    tables = {**sample.descriptor.tables, "measures": replace(schema, descriptor=described)}
    loaded = replace(sample, descriptor=replace(sample.descriptor, tables=tables))
    package = json.loads(published(loaded)["datapackage.json"])
    (table,) = (r for r in package["resources"] if r["name"] == "measures")
    assert table["schema"]["fields"][0]["missingValues"] == ["-", "?"]
