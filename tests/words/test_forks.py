"""Forks of every kind find neither words of the sample nor, in English, German ones."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from lxml import etree, html

from klarplan.strategy.addresses import DICTIONARY, SCHEMA_CHANGES, WORKBOOK
from klarplan.words.hyphens import without
from tests.support.forks import ENGLISH, GEMEINDE, KREIS, LAND, PROSE, Fork
from tests.support.links import pages_of
from tests.support.print_reading import page_texts
from tests.support.some import first_of

OTHERS = (GEMEINDE, KREIS, PROSE)
"""Forks that the long run builds."""
SAMPLE = re.compile(r"Muster|\bNone\b(?!\.)|bis auf Dauer|\b0\s(Maßnahmen|measures)\b|\{\{|\}\}")
"""Words that no fork has, whatever it is about."""
DIGITAL = re.compile(r"\beID\b|[Dd]igital(?!e-Dienste)|BundID|\bOZG\b")
"""Words of a digital strategy; two laws are called after digital services."""
ELSEWHERE = ("assets/", "handbuch/", "pagefind/")
"""Folders of a site that hold no data."""
TOWN = re.compile(r"\bStadt\b|\bRat(es|s)?\b|Rathaus|[Bb]ürgermeister|\bKommune\b")
"""Words that fit neither a Kreis nor a Land."""
GERMAN = re.compile(
    r"\b(der|das|und|nicht|mit|für|von|zu[mr]?|ist|sind|eine?[mnrs]?|wird|werden|wurde|auf|im|bei"
    r"|oder|aus|nach|wie|Sie|Ihre?|noch|kein(e|en)?|seit|bis|alle|hier|mehr|zurück|weiter"
    r"|Maßnahmen?|Seiten?|Stand|Ziele?|Handlungsfeld(er)?|Beschluss|Entwurf|Suche)\b|[ÄÖÜäöüß]"
)
"""Words and letters that show that a sentence is German."""
SAID = ("alt", "title", "aria-label", "placeholder", "content", "label")
"""Attributes that are read out or shown."""


def _said(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter(etree.Element):
        texts = [element.text, *(element.get(name) for name in SAID)]
        yield from (text for text in (*texts, element.tail) if text and text.strip())


def said(site: Path) -> Iterator[tuple[str, str]]:
    """What pages say, scripts included, with their address; the handbook is for editors."""
    for url, page in pages_of(site):
        if "handbuch/" not in url:
            yield from ((url, without(text)) for text in _said(page))


def found(pattern: re.Pattern[str], texts: Iterator[tuple[str, str]]) -> list[str]:
    """Where a pattern occurs, with what stands around it."""
    return sorted(
        {
            f"{where}: {text[max(0, hit.start() - 40) : hit.end() + 40]}"
            for where, text in texts
            for hit in pattern.finditer(text)
        }
    )


def in_papers(site: Path) -> Iterator[tuple[str, str]]:
    """What papers say: PDF by page, with its alternative texts and what it states, and DOCX."""
    for file in sorted(site.rglob("*.pdf")):
        yield from ((file.name, without(text)) for text in page_texts(file))
        with pikepdf.open(file) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing:
                    yield file.name, str(thing.Alt)
            yield from ((file.name, str(value)) for value in pdf.docinfo.values())
    for file in sorted(site.rglob("*.docx")):
        with zipfile.ZipFile(file) as parts:
            for name in ("word/document.xml", "docProps/core.xml", "word/footer1.xml"):
                if name in parts.namelist():
                    tree = etree.fromstring(parts.read(name))
                    yield from ((file.name, str(text)) for text in tree.xpath("//text()|//@descr"))


@pytest.mark.builds
@pytest.mark.parametrize("fork", first_of([ENGLISH, LAND, *OTHERS]), ids=lambda fork: fork.name)
def test_pages_say_nothing_of_the_sample(fork: Fork) -> None:
    """No page of any fork names the sample, an empty value or what there is none of."""
    assert found(SAMPLE, said(fork.built().site)) == []


@pytest.mark.builds
@pytest.mark.parametrize("fork", first_of([LAND, *OTHERS]), ids=lambda fork: fork.name)
def test_only_digital_strategies_speak_of_the_digital(fork: Fork) -> None:
    """Plans for climate, mobility and inclusion say and explain nothing of digital services."""
    assert found(DIGITAL, said(fork.built().site)) == []


@pytest.mark.builds
@pytest.mark.parametrize(
    ("fork", "publisher", "goal"),
    first_of(
        [
            (LAND, "das Land Nordmark", "Was das Land tut und wie weit es ist."),
            (ENGLISH, "the city of Rheinau", "What the city does and how far it has come."),
            (GEMEINDE, "die Gemeinde Auental", "Was die Gemeinde tut und wie weit sie ist."),
            (KREIS, "der Landkreis Heidemark", "Was der Kreis tut und wie weit er ist."),
            (PROSE, "der Markt Oberwald", "Wo der Markt heute steht."),
        ],
        2,
    ),
    ids=lambda value: value.name if isinstance(value, Fork) else "",
)
def test_sentences_name_the_publisher_with_its_article(
    fork: Fork, publisher: str, goal: str
) -> None:
    """Each kind of municipality is named with its own article and pronoun."""
    pages = {
        url: " ".join(page.text_content().split()) for url, page in pages_of(fork.built().site)
    }
    texts = {url: without(text) for url, text in pages.items()}
    assert any(f" {publisher} " in text for url, text in texts.items() if "ueber" in url)
    capital = publisher[0].upper() + publisher[1:]
    assert any(f" {capital} " in text for url, text in texts.items() if "barrierefreiheit" in url)
    assert any(goal in text for text in texts.values())


@pytest.mark.builds
@pytest.mark.parametrize("fork", first_of([LAND, KREIS]), ids=lambda fork: fork.name)
def test_a_kreis_and_a_land_are_no_town(fork: Fork) -> None:
    """Pages of a Kreis or a Land speak neither of a town nor of its council or mayor."""
    assert found(TOWN, said(fork.built().site)) == []


@pytest.mark.long
def test_prose_alone_promises_nothing() -> None:
    """Without measures there are no chapters, buttons, cards or pages that wait for them."""
    site = PROSE.built().site
    for address in ("massnahmen", "umsetzung", "ressourcen", "ziele", "zeitplan"):
        assert not (site / address).exists()
    start = html.fromstring((site / "index.html").read_bytes())
    links = [link for link in start.iterlinks() if link[1] == "href"]
    assert not [url for _, _, url, _ in links if "massnahmen" in url or "zeitplan" in url]
    assert found(re.compile("Hier stehen bald"), said(site)) == []


@pytest.mark.builds
def test_english_pages_hold_no_german() -> None:
    """Texts, labels and scripts of an English site are English, and each page says so."""
    site = ENGLISH.built().site
    assert found(GERMAN, said(site)) == []
    assert {page.get("lang") for url, page in pages_of(site) if "handbuch/" not in url} == {"en"}


def _in_english(value: Any) -> Any:
    """A description without what it says in German beside."""
    if isinstance(value, dict):
        return {key: _in_english(held) for key, held in value.items() if not key.endswith("_de")}
    return [_in_english(held) for held in value] if isinstance(value, list) else value


def in_data(site: Path) -> Iterator[tuple[str, str]]:
    """What open data say: tables, descriptions, feeds, calendars, catalogue and workbook."""
    kinds = {".json", ".jsonld", ".xml", ".atom", ".ics", ".rdf", ".ttl", ".csv", ".txt", ".svg"}
    for file in sorted(site.rglob("*")):
        place = file.relative_to(site).as_posix()
        if place in (DICTIONARY["de"], SCHEMA_CHANGES["de"]) or place.startswith(ELSEWHERE):
            continue
        if file.name.startswith("datapackage") and file.suffix == ".json":
            yield place, json.dumps(_in_english(json.loads(file.read_bytes())), ensure_ascii=False)
        elif file.suffix in kinds:
            yield place, without(file.read_text("utf-8"))
        elif file.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(file):
                cells = (str(c) for row in sheet.iter_rows(values_only=True) for c in row if c)
                yield from ((place, text) for text in (sheet.title, *cells))


@pytest.mark.builds
def test_english_data_hold_no_german() -> None:
    """Portals and programs get titles, descriptions and sentences of an English site in English.

    German ones stand beside them (``title_de``), and in the dictionary that is German.
    """
    texts = list(in_data(ENGLISH.built().site))
    assert {"daten/datapackage.json", WORKBOOK} <= {place for place, _ in texts}
    assert found(GERMAN, iter(texts)) == []


@pytest.mark.long
@pytest.mark.parametrize("fork", [KREIS, ENGLISH], ids=lambda fork: fork.name)
def test_papers_of_forks_speak_as_their_pages_do(fork: Fork) -> None:
    """PDF and Word documents hold no words of the sample, and are in the site's language."""
    site = fork.built(papers=True).site
    papers = list(in_papers(site))
    assert {Path(name).suffix for name, _ in papers} == {".pdf", ".docx"}
    assert found(SAMPLE, iter(papers)) == []
    strange = GERMAN if fork is ENGLISH else re.compile(f"{TOWN.pattern}|{DIGITAL.pattern}")
    assert found(strange, iter(papers)) == []
    for file in site.rglob("*.pdf"):
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == ("en-GB" if fork is ENGLISH else "de-DE")
