"""The published data: what portals and programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import urllib.request
import zipfile
from urllib.parse import urljoin

from frictionless import Package
from lxml import html

from tests.support.project import BuiltSample


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
