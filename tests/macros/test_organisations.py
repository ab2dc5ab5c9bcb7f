"""Glossary, who does what, and the strategy in figures."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from klarplan.pages.menu import navigation
from klarplan.pages.page import Page
from klarplan.papers.job import Entry
from klarplan.papers.make import Order
from klarplan.papers.pdf.make import make_pdf
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.words.hyphens import without
from tests.support.brief import DAY, baker_of, content, minimal, tables
from tests.support.pdf_rules import failures
from tests.support.print_reading import page_texts, read
from tests.support.project import REPOSITORY, BuiltSample
from tests.support.synthetic import write_strategy


def extras(root: Path) -> dict[str, Page]:
    """The pages across chapters of the strategy below ``root``, by their kind."""
    return {page.kind: page for page in baker_of(root).extras()}


def extra(root: Path, kind: str) -> HtmlElement:
    """The content of a page across chapters."""
    baker = baker_of(root)
    return content(baker, next(page for page in baker.extras() if page.kind == kind))


def article(sample: BuiltSample, path: str) -> HtmlElement:
    """The content of a page of the sample's site."""
    return html.parse(str(sample.site / path / "index.html")).getroot().find(".//article")


def test_every_responsibility_is_listed(sample: BuiltSample) -> None:
    """Each organisation stands with its mailbox and with links to all measures it works on."""
    strategy = public(load(REPOSITORY)).strategy
    page = article(sample, "organisationen")
    titles = page.xpath(".//h3")
    assert len(titles) == len(strategy.organisations)
    for title in titles:
        row = next(o for o in strategy.organisations if o.name == without(title.text_content()))
        found: set[str] = set()
        mailbox = False
        for node in title.itersiblings():
            if node.tag in ("h2", "h3"):
                break
            links = node.xpath(".//a/@href")
            mailbox = mailbox or f"mailto:{row.functional_email}" in links
            own = node.xpath(".//li/a/@href")  # successors stand behind them
            found.update(re.findall(r"massnahmen/(m-\d+)/", " ".join(own)))
        roles = strategy.responsibilities_of_organisation.get(row.id, ())
        assert found == {r.measure.lower() for r in roles if r.measure in strategy.measure_by_id}
        assert mailbox == bool(row.functional_email)


def test_the_directory_of_a_long_strategy_is_light(tmp_path: Path) -> None:
    """1,000 measures of twelve organisations make less than 50 kB, each measure is named."""
    write_strategy(tmp_path, 1000)
    body = extras(tmp_path)["organisations"].body.encode()
    assert len(gzip.compress(body, 6)) < 50_000
    assert len(set(re.findall(rb"massnahmen/m-\d+/", body))) == 1000


def test_a_very_busy_organisation_is_cut_in_words(tmp_path: Path) -> None:
    """Of more than 100 measures the others are counted, with a link to the list of them."""
    ids = [f"M-{n}" for n in range(130)]
    minimal(tmp_path)
    tables(
        tmp_path,
        {
            "measures": [{"id": i, "title": i, "field": "HF-1"} for i in ids],
            "organisations": [{"id": "amt 1", "name": "Amt <b>eins</b>"}],
            "responsibilities": [
                {"measure": i, "organisation": "amt 1", "role": "lead"} for i in ids
            ],
        },
    )
    page = extra(tmp_path, "organisations")
    assert page.findtext(".//h3") == "Amt <b>eins</b>"
    rest = page.xpath(".//ul[@class='directory']/li")[-1]
    assert rest.text_content().replace("\u00a0", " ") == "und 30 weitere"
    assert rest.xpath("a/@href") == ["../massnahmen/?organisation=amt%201"]


def test_pages_stand_only_where_they_have_content(tmp_path: Path) -> None:
    """Without organisations or without measures there is neither page nor entry in the menu."""
    root = minimal(tmp_path)
    assert set(extras(root)) == {"embedded", "figures"}
    baker = baker_of(root)
    assert "organisationen" not in str(
        navigation(baker.chapters, {p.path: p.title for p in baker.pages()})
    )
    tables(root, {"organisations": [{"id": "a", "name": "Amt"}]})
    assert set(extras(root)) == {"embedded", "figures", "organisations"}
    (root / "data" / "measures.csv").write_text("id,title,field\n", "utf-8")
    assert set(extras(root)) == {"organisations"}


def test_pages_are_found_where_readers_look(sample: BuiltSample) -> None:
    """The pages stand in the menu; start page, documents and governance lead to them."""
    start = (sample.site / "index.html").read_text("utf-8")
    for path in ("organisationen/", "glossar/", "auf-einen-blick/", "kurzfassung/"):
        assert f'href="{path}"' in start, path
    assert article(sample, "").xpath(".//a[@href='kurzfassung/']")
    assert article(sample, "dokumente").xpath(".//a[@href='../kurzfassung/']")
    assert article(sample, "steuerung").xpath(".//a[@href='../organisationen/']")


def test_who_does_what_is_edited_in_its_table(sample: BuiltSample) -> None:
    """„Diese Seite bearbeiten“ leads from the directory to the table of organisations."""
    (edit,) = article(sample, "organisationen").xpath(".//a[@rel='edit external']/@href")
    assert edit.endswith("/blob/main/data/organisations.csv")


def test_the_glossary_is_in_order() -> None:
    """The glossary explains at least twenty words in order, once each, and names no town."""
    text = (REPOSITORY / "docs" / "glossar.md").read_text("utf-8")
    assert "Musterstadt" not in text
    words = [line for line, below in pairwise(text.splitlines()) if below.startswith(":   ")]
    assert len(words) >= 20
    keys = [re.sub(r"[^a-zäöüß0-9]", "", word.lower()) for word in words]
    assert keys == sorted(set(keys))


def printed(sample: BuiltSample, folder: Path, page: str) -> Path:
    """A book of one page of the sample."""
    shown = public(load(sample.root))
    order = Order(shown=shown, chapters=(), site=sample.site, work=folder, as_of=DAY)
    job = order.job("buch.pdf", "Buch", [Entry(level=1, title="Seite", page=page)])
    make_pdf(job)
    return job.target.rename(folder / "buch.pdf")


@pytest.mark.long
def test_the_figures_fill_one_page(sample: BuiltSample, tmp_path: Path) -> None:
    """In the book of the sample the figures are one page, behind the contents; valid by itself."""
    texts = page_texts(sample.site / "strategie.pdf")
    found = [number for number, text in enumerate(texts) if text.startswith("Die Strategie in Z")]
    assert len(found) == 1
    assert "nach Handlungsfeld und Status" in texts[found[0]]
    assert "noch keine Meldung" in texts[found[0]]
    assert texts[found[0] + 1].startswith("Vision")
    assert failures(printed(sample, tmp_path, "auf-einen-blick/")) == []


def test_who_does_what_prints_in_lines(sample: BuiltSample, tmp_path: Path) -> None:
    """In print the measures of an organisation are a line each role, valid as PDF."""
    file = printed(sample, tmp_path, "organisationen/")
    text = read(file).text.replace("\u00a0", " ")
    assert "Federführend (4 Maßnahmen): DS-05 Chatbot auf der städtischen Website" in text
    assert failures(file) == []
