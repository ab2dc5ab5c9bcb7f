"""What search engines read in the head of a page: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from tests.support import klein
from tests.support.project import BuiltSample, baked

SITE = "https://digital.kleinstadt.example/"


def told(pages: Path, page: str) -> dict[str, Any]:
    """What a baked page tells, by type."""
    head = (pages / page).read_text("utf-8").split("---\n")[1]
    graph = json.loads(yaml.safe_load(head)["linked"])
    assert graph["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph["@graph"]}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baked pages of the small strategy, one of whose titles would end the script."""
    root = klein.copied(tmp_path_factory.mktemp("linked"))
    klein.replace(root, "data/measures.csv", "A-2,Bezahlen", 'A-2,"</script>&„Bezahlen""\u2028"')
    return baked(root).parent / "pages"


def test_every_page_tells_who_publishes_and_the_way_to_it(pages: Path) -> None:
    """The municipality is a government organisation; the way leads over the chapter."""
    found = told(pages, "massnahmen/a-1/index.md")
    assert found["GovernmentOrganization"]["name"] == "Stadt Kleinstadt"
    crumbs = found["BreadcrumbList"]["itemListElement"]
    assert [(c["position"], c["item"]) for c in crumbs] == [
        (1, SITE),
        (2, f"{SITE}massnahmen/"),
        (3, f"{SITE}massnahmen/a-1/"),
    ]
    assert "BreadcrumbList" not in told(pages, "index.md")


def test_a_measure_is_a_project_with_its_action(pages: Path) -> None:
    """A measure tells its name, dates, status and who leads; nothing that nobody knows."""
    project = told(pages, "massnahmen/a-1/index.md")["Project"]
    assert project["identifier"] == "A-1"
    assert project["url"] == f"{SITE}massnahmen/a-1/"
    action = project["potentialAction"]
    assert action["actionStatus"] == "ActiveActionStatus"
    assert action["startTime"] == "2024-02-01"
    assert [agent["name"] for agent in action["agent"]] == ["Bürgerdienste"]
    assert all(value not in (None, "", []) for value in (*project.values(), *action.values()))


def test_a_title_can_not_end_the_script(pages: Path) -> None:
    """What a cell says stays a text, whatever it says."""
    head = (pages / "massnahmen/a-2/index.md").read_text("utf-8")
    line = next(line for line in head.splitlines() if line.startswith("linked:"))
    assert not set("<>&\u2028") & set(yaml.safe_load(line)["linked"])
    project = told(pages, "massnahmen/a-2/index.md")["Project"]
    assert project["name"] == '</script>&„Bezahlen"\u2028'


def test_nothing_is_linked_without_an_address(tmp_path: Path) -> None:
    """A site that does not know its address links nothing."""
    root = klein.copied(tmp_path)
    klein.replace(root, "strategy/strategy.yml", f'site_url: "{SITE}"', 'site_url: ""')
    assert "linked:" not in (baked(root).parent / "pages/massnahmen/a-1/index.md").read_text(
        "utf-8"
    )


def test_the_site_shows_it_to_programs(sample: BuiltSample) -> None:
    """In the built pages it is one script that no browser runs, and data are a dataset."""
    page = html.parse(str(sample.site / "daten/index.html")).getroot()
    (script,) = page.xpath("//head/script[@type='application/ld+json']/text()")
    (dataset,) = (n for n in json.loads(script)["@graph"] if n["@type"] == "Dataset")
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    base = next(n for n in json.loads(script)["@graph"] if "url" in n)["url"]
    for file in dataset["distribution"]:
        assert (sample.site / file["contentUrl"].removeprefix(base)).is_file()
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{base}daten/"]
