"""One number everywhere: goals are told by the id that people cite them by, as measures are."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import html
from lxml.html import HtmlElement

from klarplan.articles.nodes import words
from klarplan.articles.promised import MAIN_CONTENT
from tests.support.project import REPOSITORY, BuiltSample

PAGES = ("*/index.html", "ziele/*/index.html", "kennzahlen/*/index.html", "massnahmen/m-01*/*.html")


def goals() -> dict[str, str]:
    """The titles of the sample's goals by their ids."""
    with (REPOSITORY / "data" / "goals.csv").open(encoding="utf-8", newline="") as source:
        return {row["id"]: row["title"] for row in csv.DictReader(source)}


def named(site: Path, titles: dict[str, str]) -> Iterator[tuple[str, HtmlElement]]:
    """Links to goals that show their titles: the id of the goal, and the link."""
    by_title = {title: key for key, title in titles.items()}
    for page in {file for pattern in PAGES for file in site.glob(pattern)}:
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        for link in tree.xpath(f"//article[contains(@class, '{MAIN_CONTENT}')]//a"):
            key = by_title.get(words(link).replace("\u00ad", ""))
            if key:
                yield key, link


def test_pages_name_goals_with_their_number(sample: BuiltSample) -> None:
    """Wherever a list, a table or a fact names a goal, its number stands before it."""
    found = list(named(sample.site, goals()))
    assert len(found) > 40
    for key, link in found:
        before = link.getprevious()
        assert before is not None, words(link)
        assert words(before) == key


def test_cards_name_goals_with_their_number(sample: BuiltSample) -> None:
    """What a measure is for stands on its card with the numbers of goals."""
    pdf = pypdfium2.PdfDocument(sample.site / "massnahmenkarten.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    text = re.sub(r"\s+", " ", text.replace("\ufffe", ""))
    for key, title in goals().items():
        begin = " ".join(title.split()[:4])
        assert text.count(f"• {begin}") == 0
        assert f"• {key} {begin}" in text or begin not in text
