"""The built website: complete, without dead links, without what must not be public."""

from __future__ import annotations

import gzip
import re
import shutil
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pikepdf
import pytest
from lxml import html

from klarplan.messages import KlarplanError
from klarplan.website.generator import MANY, render_site
from tests.support import klein
from tests.support.former import is_former, write_former
from tests.support.links import BASE, dead_links, pages_of
from tests.support.project import AS_OF, BuiltSample, baked, build, klarplan
from tests.support.some import first_of
from tests.support.synthetic import write_strategy

DAY = klein.DAY.isoformat()


def test_sample_has_every_page(sample: BuiltSample) -> None:
    """The start page, a measure, a goal, a field, an indicator, a decision, PDF and data exist."""
    for name in (
        "index.html",
        "massnahmen/m-001/index.html",
        "ziele/z-01/index.html",
        "handlungsfelder/hf-01/index.html",
        "kennzahlen/k-01/index.html",
        "beschluesse/b-01/index.html",
        "barrierefreiheit/index.html",
        "strategie.pdf",
        "daten/datapackage.json",
    ):
        assert (sample.site / name).is_file(), name


def test_build_says_what_it_made(sample: BuiltSample) -> None:
    """The build names pages, measures, PDF pages and the seconds of each step."""
    assert re.search(r"Fertig: \d+ Seiten, 40 Maßnahmen", sample.output)
    assert re.search(r"strategie\.pdf \(\d+ Seiten\)", sample.output)
    assert re.search(r"Website bauen \d+,\d s", sample.output)


def test_no_link_is_dead(sample: BuiltSample) -> None:
    """No link, picture, style or script of any page leads nowhere."""
    assert dead_links(sample.site) == []


@pytest.mark.long
def test_a_site_without_papers_leads_to_none(copy: Path) -> None:
    """Built without papers, no page promises one: neither all of them nor that of a measure."""
    settings = copy / "strategy/strategy.yml"
    text = settings.read_text("utf-8")
    assert "measure_pdfs: false" in text
    settings.write_text(text.replace("measure_pdfs: false", "measure_pdfs: true"), "utf-8")
    build(copy, "--no-pdf")
    assert dead_links(copy / "site") == []
    told = (copy / "site/dokumente/index.html").read_text("utf-8")
    assert "Zu dieser Fassung der Website gibt es keine Dokumente." in told


def test_dead_link_would_be_found(sample: BuiltSample, tmp_path: Path) -> None:
    """The search for dead links does find one."""
    (tmp_path / "index.html").write_text('<a href="weg/">weg</a><a href="#x">x</a>')
    assert len(dead_links(tmp_path)) == 2


def test_internal_measure_appears_nowhere(sample: BuiltSample) -> None:
    """An internal measure is in no page, search index, PDF text or data file."""
    secret = ("M-040", "m-040", "MS-097", "DOK-19")
    title = next(
        line.split(",")[1]
        for line in (sample.root / "data/measures.csv").read_text("utf-8").splitlines()
        if line.startswith("M-040,")
    )
    for path in sample.site.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".xml", ".js") and path.is_file():
            text = path.read_text("utf-8")
            for word in (*secret, title):
                assert word not in text, path


def test_no_unrendered_macro_is_left(sample: BuiltSample) -> None:
    """No page shows the braces of a macro call, except the handbook, which explains them."""
    for url, page in pages_of(sample.site):
        text = page.find(".//article").text_content()
        assert "{{" not in text or "/handbuch/" in url, url


def test_every_page_has_one_title_and_its_date(sample: BuiltSample) -> None:
    """Each page has exactly one first-level heading, a language and the as-of date."""
    for url, page in pages_of(sample.site):
        assert len(page.xpath("//h1")) == 1, url
        assert page.get("lang") == "de", url
        assert page.xpath(f"//time[@datetime='{AS_OF}']"), url


def test_headings_skip_no_level(sample: BuiltSample) -> None:
    """Headings go down one level at a time."""
    for url, page in pages_of(sample.site):
        levels = [
            int(h.tag[1])
            for h in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
        ]
        for above, below in pairwise(levels):
            assert below <= above + 1, (url, levels)


def test_tables_have_caption_and_scope(sample: BuiltSample) -> None:
    """Each table made from data has a caption, and each header cell says what it heads."""
    for url, page in pages_of(sample.site):
        for table in page.xpath("//table[contains(@class,'list') or contains(@class,'facts')]"):
            assert table.xpath("./caption"), url
            assert table.xpath(".//th"), url
            assert not table.xpath(".//th[not(@scope)]"), url


def test_nothing_is_fetched_from_elsewhere(sample: BuiltSample) -> None:
    """No page embeds a script, style, picture or font of another host."""
    for url, page in pages_of(sample.site):
        for link in page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href"):
            assert urljoin(url, link).startswith(BASE), (url, link)
    for style in sample.site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", style.read_text("utf-8")), style


def test_edit_link_leads_to_a_text_that_is_there_or_begun(sample: BuiltSample) -> None:
    """„Diese Seite bearbeiten“ leads to the text, or to a new file for it."""
    pages = dict(pages_of(sample.site))
    with_text = pages[BASE + "massnahmen/m-001/"].xpath("//a[contains(@rel,'edit')]/@href")[0]
    assert with_text.endswith("/edit/main/strategy/measures/M-001.md")
    without = pages[BASE + "massnahmen/m-004/"].xpath("//a[contains(@rel,'edit')]/@href")[0]
    assert "/new/main?filename=strategy%2Fmeasures%2FM-004.md&value=%3C%21--" in without


@pytest.mark.long
def test_data_is_text_whatever_it_holds(copy: Path) -> None:
    """Markup, Jinja and Markdown in cells stay visible text on every page."""
    nasty = (
        "<script>alert(1)</script> {{ 7*7 }} {% raw %} *fett* [x](javascript:alert(2)) | ` \\ $x"
    )
    quoted = '"' + nasty.replace('"', '""') + '"'
    file = copy / "data" / "measures.csv"
    lines = file.read_text("utf-8").splitlines()
    cells = lines[4].split(",")
    assert cells[0] == "M-004"
    lines[4] = lines[4].replace(cells[1], quoted, 1)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    build(copy, "--no-pdf")
    page = html.parse(str(copy / "site/massnahmen/m-004/index.html")).getroot()
    assert nasty in " ".join(page.find(".//h1").text_content().split())
    for url, page in pages_of(copy / "site"):
        assert not page.xpath("//article//script"), url
        assert not page.xpath("//a[starts-with(@href,'javascript')]"), url
        assert "alert(1)</script>" not in html.tostring(page.find(".//head"), encoding="unicode"), (
            url
        )
    overview = html.parse(str(copy / "site/massnahmen/index.html")).getroot()
    assert nasty in " ".join(overview.text_content().split())


def test_minimal_strategy_builds(minimal: BuiltSample) -> None:
    """Three required tables, one measure and no text are enough for site, PDF and data."""
    site = minimal.site
    assert (site / "massnahmen/m-1/index.html").is_file()
    assert (site / "strategie.pdf").read_bytes().startswith(b"%PDF")
    assert not (site / "ziele").exists()
    assert dead_links(site) == []


@pytest.mark.long
def test_large_strategy_builds(three_hundred: BuiltSample) -> None:
    """A strategy of 300 measures that nobody has seen before gets a page for each."""
    assert len(list((three_hundred.site / "massnahmen").iterdir())) == 301
    assert dead_links(three_hundred.site) == []


def test_errors_keep_the_former_site(tmp_path: Path) -> None:
    """A strategy with errors is not built, and the former site stays as it was."""
    root = klein.copied(tmp_path)
    write_former(root / "site")
    klein.replace(root, "data/measures.csv", "2025-02-28", "2025-02-31")
    result = klarplan("build", "--root", str(root), "--as-of", DAY)
    assert result.returncode == 1
    assert "data/measures.csv" in result.stderr
    assert "2025-02-31" in result.stderr
    assert "Traceback" not in result.stderr
    assert is_former(root / "site")


def test_a_heading_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A link to a heading that no page has stops the build and names file, line and anchor."""
    root = klein.copied(tmp_path)
    told = "\n\nSiehe [hier](#gibtsnicht) und [dort](A-2.md#auchnicht).\n"
    line = klein.append(root, "strategy/measures/A-1.md", told) + 2
    result = klarplan("build", "--root", str(root), "--as-of", DAY, "--no-pdf")
    said = result.stdout + result.stderr
    assert result.returncode == 1
    for anchor in ("#gibtsnicht", "#auchnicht"):
        assert re.search(rf"strategy/measures/A-1\.md:{line}: Fehler KP715 .*{anchor}", said)
    assert "WARNING" not in said


@pytest.mark.parametrize(
    ("call", "told"),
    first_of(
        [
            ('{{ measures_table(status="laueft") }}', "laeuft"),
            ("{{ status_bagde('A-1') }}", "status_badge"),
            ('{{ status_badge("A-01") }}', "A-1"),
            ('{{ measure_facts("A-1", farbe="rot") }}', "measure_facts"),
        ],
        2,
    ),
)
def test_wrong_macro_call_stops_the_build(tmp_path: Path, call: str, told: str) -> None:
    """A wrong argument or name stops the build and names page, line and cure."""
    root = klein.copied(tmp_path)
    page = root / "strategy" / "vision.md"
    page.write_text("Erste Zeile.\n\n" + call + "\n", "utf-8")
    result = klarplan("build", "--root", str(root), "--as-of", DAY)
    assert result.returncode == 1
    assert "strategy/vision.md:3" in result.stderr.replace("\n", "")
    assert told in result.stderr
    assert not (root / "site").exists()


@pytest.mark.long
@pytest.mark.parametrize("name", ["minimal", "sample"])
def test_same_input_gives_the_same_pages(
    tmp_path: Path, request: pytest.FixtureRequest, name: str
) -> None:
    """Folder, time zone and locale change no byte of pages, papers and data."""
    built: BuiltSample = request.getfixturevalue(name)
    root = tmp_path / "anderswo"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site", "build"))
    build(root, TZ="Pacific/Kiritimati", LC_ALL="C")
    first = {
        p.relative_to(built.site): p.read_bytes() for p in built.site.rglob("*") if p.is_file()
    }
    for file, content in first.items():
        assert (root / "site" / file).read_bytes() == content, file


@pytest.mark.long
def test_pages_made_in_two_processes_are_the_same(tmp_path: Path) -> None:
    """The website of a long strategy, made in two processes, is that of one process."""
    write_strategy(tmp_path, 10)
    config = baked(tmp_path)
    sites = {}
    for number, pages in enumerate((MANY - 1, MANY)):
        target = tmp_path / f"build/out-{number}"
        render_site(config, target, pages)
        files = (path for path in target.rglob("*") if path.is_file())
        sites[number] = {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in files
            if not path.name.startswith("sitemap")
        }
    assert "massnahmen/m-0002/index.html" in sites[0]
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


@pytest.mark.long
def test_generator_that_fails_in_either_process_is_told(tmp_path: Path) -> None:
    """What the generator says of a page of the second process is passed on."""
    write_strategy(tmp_path, 4)
    config = baked(tmp_path)
    page = tmp_path / "build/pages/massnahmen/m-0002/index.md"
    page.write_text(page.read_text("utf-8") + "\n\n[x](gibt-es-nicht.md)\n", "utf-8")
    with pytest.raises(KlarplanError, match="gibt-es-nicht"):
        render_site(config, tmp_path / "out", MANY)


def test_anchors_are_the_same_in_site_paper_and_search(sample: BuiltSample) -> None:
    """A heading with an umlaut has one name in the page, in the annex and in the index."""
    name = "was-wir-dafuer-tun"
    goals = [
        page
        for page in (sample.site / "ziele").glob("*/index.html")
        if name in page.read_text("utf-8")
    ]
    assert goals
    with pikepdf.open(sample.site / "strategie-anhang.pdf") as pdf:
        places = pikepdf.NameTree(pdf.Root.Names.Dests)
        found = {str(key) for key in places if str(key).endswith(f"--{name}")}
    assert found == {f"ziele-{page.parent.name}--{name}" for page in goals}
    fragments = (sample.site / "pagefind/fragment").iterdir()
    assert any(f'"{name}"'.encode() in gzip.decompress(f.read_bytes()) for f in fragments)
