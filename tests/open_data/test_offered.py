"""Open data and pages name what a strategy has, and nothing that it has not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from lxml import html

from klarplan.open_data.outputs import outputs
from klarplan.pages.site_addresses import site_addresses
from klarplan.strategy.addresses import API_INDEX, DATA, PACKAGE
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import BRIEF, papers
from klarplan.strategy.public import public
from macros.start import offers
from tests.support.brief import baker_of, emptied, minimal, tables
from tests.support.forks import PROSE

AS_OF = dt.date(2026, 11, 21)
ORGANISATIONS = [{"id": "O-1", "name": "Bauhof"}]
MEASURES = [{"id": "M-1", "title": "Bad", "field": "HF-1"}]


def names(root: Path) -> set[str]:
    """The tables that the data package of the strategy below ``root`` describes."""
    package = json.loads(outputs(public(load(root)), AS_OF)[PACKAGE])
    return {resource["name"] for resource in package["resources"]}


def test_without_rows_there_is_no_data(tmp_path: Path) -> None:
    """A strategy of prose has neither tables nor packages, catalogue or API, nor pages of them."""
    emptied(tmp_path)
    files = outputs(public(load(tmp_path)), AS_OF)
    assert not [name for name in files if name.startswith((DATA, "api/", "catalog"))]
    pages = [page.url for page in baker_of(tmp_path).pages()]
    assert not [url for url in pages if url.startswith(DATA)]
    assert not [a for a in site_addresses(public(load(tmp_path)), AS_OF) if a.startswith(DATA)]


def test_empty_tables_are_left_out_beside_others(tmp_path: Path) -> None:
    """Where some tables have rows, those without appear in no package, list or page."""
    emptied(tmp_path)
    tables(tmp_path, {"organisations": ORGANISATIONS, "responsibilities": []})
    assert names(tmp_path) == {"organisations"}
    index = json.loads(outputs(public(load(tmp_path)), AS_OF)[API_INDEX])
    assert set(index["files"]) == {"index", "openapi", "organisations"} & set(index["files"])
    pages = [page.url for page in baker_of(tmp_path).pages() if page.kind == "table"]
    assert pages == ["daten/organisations/"]


def test_statuses_are_offered_with_the_measures_that_have_them(tmp_path: Path) -> None:
    """The code list of statuses is published where there is a measure, reported on or not."""
    minimal(tmp_path)
    assert names(tmp_path) == {"fields_of_action", "measures", "statuses"}
    (tmp_path / "data/measures.csv").write_text("id,title,field\n", "utf-8")
    assert names(tmp_path) == {"fields_of_action"}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, (False, False)),
        ({"measures": MEASURES}, (False, True)),
        ({"measures": MEASURES, "goals": [{"id": "Z-1", "title": "Ziel"}]}, (True, True)),
    ],
    ids=["prose", "measures", "both"],
)
def test_the_brief_version_promises_what_it_holds(
    tmp_path: Path, given: dict[str, list[dict[str, object]]], named: tuple[bool, bool]
) -> None:
    """The words about the brief version name goals and measures only where there are any."""
    emptied(tmp_path)
    tables(tmp_path, given)
    text = next(p.text for p in papers(load(tmp_path).strategy, AS_OF) if p.name == BRIEF)
    assert ("Ziele" in text, "Maßnahmen" in text) == named


@pytest.mark.builds
def test_prose_leads_to_no_data() -> None:
    """No page of a strategy of prose leads to open data or asks for the number of a measure."""
    site = PROSE.built().site
    for page in (file for file in site.rglob("*.html") if "handbuch" not in file.parts):
        tree = html.fromstring(page.read_bytes())
        assert not [url for _, _, url, _ in tree.iterlinks() if "daten/" in url], page
    assert "Maßnahme" not in (site / "mitmachen/index.html").read_text("utf-8").replace("­", "")


def test_the_start_page_offers_what_there_is(tmp_path: Path) -> None:
    """The start page offers open data, and how to take part, where the site has them."""
    emptied(tmp_path)

    def offered() -> list[str]:
        return [row["title"] for row in offers(baker_of(tmp_path).context)["rows"]]

    assert offered() == ["Mitmachen", "Die Strategie in Kürze", "Die ganze Strategie als PDF"]
    tables(tmp_path, {"organisations": ORGANISATIONS})
    assert offered()[-1] == "Offene Daten"
