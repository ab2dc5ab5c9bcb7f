"""Each table of the open data has a page: what is in it, how to get it, how to use it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from klarplan.check.run import check
from klarplan.open_data.outputs import outputs
from klarplan.own_files import PACKAGE
from klarplan.pages.gather import Baker
from klarplan.strategy.addresses import table_name
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.words.hyphens import without
from macros.open_data import downloads, table_about
from macros.registry import MACROS
from macros.render import environment, render
from macros.seal import Seal
from tests.support import klein
from tests.support.brief import baker_of, minimal, tables
from tests.support.project import REPOSITORY, BuiltSample, baked

PREVIEW = ".//table[contains(caption, 'Die ersten Zeilen')]"
"""The table on such a page that shows some rows."""


def page(site: Path, table: str) -> HtmlElement:
    """The main content of a table's page."""
    found = html.parse(str(site / f"daten/{table}/index.html")).getroot().find(".//article")
    assert found is not None
    return found


def test_each_table_has_a_page_with_its_files(sample: BuiltSample) -> None:
    """The page of open data leads to a page for each table, and that to its files."""
    strategy = public(load(sample.root)).strategy
    data = html.parse(str(sample.site / "daten/index.html")).getroot()
    links = set(data.xpath("//article//a/@href"))
    for name, table in strategy.tables.items():
        assert f"{name}/" in links
        assert f"{name}.csv" in links
        shown = page(sample.site, name)
        files = shown.xpath(".//ul[1]/li/a/@href")
        assert files[:2] == [f"../{name}.csv", f"../../api/v1/{name}.json"]
        for file in files:
            assert (sample.site / f"daten/{name}" / file).resolve().is_file()
        preview = shown.xpath(f"{PREVIEW}/tbody/tr")
        assert len(preview) == min(5, len(table.records))


def test_preview_shows_what_stands_there(sample: BuiltSample) -> None:
    """The first rows have both names of each column, and cells as in the file, cut where long."""
    shown = page(sample.site, "measures").xpath(PREVIEW)[0]
    table = public(load(sample.root)).strategy.tables["measures"]
    heads = [without(head) for head in shown.xpath("./thead//th/text()[1]")]
    names = shown.xpath("./thead//th/code/text()")
    assert "Bezeichnung" in heads
    assert names == [name for name in table.header if name in names]
    first = [without(cell.text or "") for cell in shown.xpath("./tbody/tr[1]/td")]
    assert first[0] == table.records[0][0]


def test_columns_are_explained_and_lead_on(sample: BuiltSample) -> None:
    """Every column has its meaning and codes, and a key leads to the table that it points at."""
    shown = page(sample.site, "milestones")
    rows = {row.findtext("./th/code"): row for row in shown.xpath(".//tbody/tr[th/code]")}
    assert "../measures/" in rows["measure"].xpath(".//a/@href")
    assert "Pflicht" in rows["id"].text_content()
    types = page(sample.site, "measures").xpath(".//tr[th/code='type']//li")
    assert "project" in types[0].text_content()


def test_how_to_use_it_is_told(sample: BuiltSample) -> None:
    """Licence, source, the way into Excel and two lines of a program that run are there."""
    shown = page(sample.site, "budget")
    assert shown.xpath(".//a[@rel='license external']")
    text = without(shown.text_content())
    assert "Excel" in text
    assert "UTF-8" in text
    code = shown.xpath(".//pre/code/text()")
    assert code[0].endswith("/daten/budget.csv")
    assert compile(code[1], "example", "exec")
    assert code[0] in code[1]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (("007", "1.10", ""), {"official_id": "str"}),
        (("1e5", "+49", "-1"), {"official_id": "str"}),
        (("007", "DS-2", ""), {}),
        (("", "", ""), {}),
    ],
)
def test_the_example_reads_numbers_that_are_text_as_text(
    tmp_path: Path, cells: tuple[str, ...], texts: dict[str, str]
) -> None:
    """Where a program would make 7 of 007, the example says which columns are text."""
    rows = [
        {"id": f"M-{n}", "title": f"Bad {n}", "field": "HF-1", "official_id": cell}
        for n, cell in enumerate(cells)
    ]
    minimal(tmp_path)
    tables(tmp_path, {"measures": rows})
    context = baker_of(tmp_path).context
    shown = render(environment(REPOSITORY), context, MACROS["table_use"], table="measures")
    code = html.fromstring(f"<div>{shown}</div>").xpath(".//pre/code")[-1].text_content()
    (call,) = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pandas.read_csv"
    ]
    given = [ast.unparse(keyword.value) for keyword in call.keywords]
    assert given == ([str(texts).replace("'str'", "str")] if texts else [])


@pytest.mark.parametrize("name", ["index", "openapi", "Index", "index-table", "measures"])
def test_no_table_takes_the_place_of_a_file_of_ours(name: str) -> None:
    """Tables called as our own files are published under a name that no other table has."""
    names = ("index", "openapi", "Index", "index-table", "index-table-table", "measures")
    mine = table_name(f"{name}.csv")
    assert mine.lower() not in ("index", "openapi")
    others = {table_name(f"{other}.csv") for other in names if other != name}
    assert mine not in others


def test_a_page_of_ones_own_at_the_place_of_a_table_is_an_error(tmp_path: Path) -> None:
    """Two pages with one address are told, be it in capitals."""
    root = klein.copied(tmp_path)
    klein.append(root, "docs/daten/Measures.md", "# Maßnahmen\n\nText.\n")
    found = [f for f in check(root, klein.DAY) if f.rule == "KP752"]
    assert [f.file for f in found] == ["docs/daten/Measures.md"]


def test_a_table_called_as_a_file_of_ours_is_published(tmp_path: Path) -> None:
    """A town's own table called „index“ has its page and its JSON, and ours stay."""
    root = klein.copied(tmp_path)
    package = json.loads((PACKAGE.parent / "data/datapackage.json").read_text("utf-8"))
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "wert", "type": "integer"}]}
    package["resources"] += [
        {"name": name, "path": f"{name}.csv", "schema": schema} for name in ("index", "openapi")
    ]
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    for name in ("index", "openapi"):
        (root / f"data/{name}.csv").write_text("id,wert\na,1\n", "utf-8")
    files = outputs(public(load(root)), klein.DAY)
    for name in ("index", "openapi"):
        rows = json.loads(files[f"api/v1/{name}-table.json"])["rows"]
        assert rows == [{"id": "a", "wert": 1}]
        assert "rows" not in json.loads(files[f"api/v1/{name}.json"])
        body = (baked(root).parent / f"pages/daten/{name}-table/index.md").read_text("utf-8")
        assert f"../../api/v1/{name}-table.json" in body
        assert f"../{name}.csv" in body


def test_the_search_finds_tables_by_what_they_are_called(sample: BuiltSample) -> None:
    """A table's page is in the index with its title and its columns; rows have pages of their own.

    The preview is left out, so that who looks for a measure is not led to the table.
    """
    tree = html.parse(str(sample.site / "daten/measures/index.html")).getroot()
    (body,) = tree.xpath("//*[@data-pagefind-body]")
    assert (body.get("data-title"), body.get("data-kind")) == ("Daten: Maßnahmen", "Daten")
    (preview,) = body.xpath(PREVIEW)
    assert preview.xpath("ancestor::*[@data-pagefind-ignore]")
    assert not body.xpath(".//code[.='planned_end']/ancestor::*[@data-pagefind-ignore='all']")


@pytest.mark.parametrize("parquet", [True, False])
def test_parquet_is_linked_where_it_is_made(tmp_path: Path, *, parquet: bool) -> None:
    """The page of open data and that of a table lead to Parquet where a build makes it."""
    root = klein.copied(tmp_path)
    baker = Baker(public(load(root)), klein.DAY, Seal.drawn(), parquet=parquet)
    listed = downloads(baker.context)["tables"]
    assert {row["parquet"].rpartition("/")[2] for row in listed if row["parquet"]} == (
        {f"{name}.parquet" for name in baker.strategy.offered} if parquet else set()
    )
    files = table_about(baker.context, "measures")["files"]
    assert files.get("parquet") == ("daten/measures.parquet" if parquet else None)
