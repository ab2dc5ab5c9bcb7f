"""The papers of a strategy: which there are, how readers find them, what they could not show."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from klarplan.papers.make import MAKERS, Made, in_words
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import papers
from klarplan.strategy.periods import periods
from klarplan.strategy.public import public
from klarplan.words.catalogue import GERMAN
from tests.support.klein import copied
from tests.support.project import AS_OF, REPOSITORY, BuiltSample, build

DOCUMENTS = "dokumente/index.html"


def offered(site: Path) -> dict[str, str]:
    """The papers that the page of documents offers: file to the words about it."""
    page = html.parse(str(site / DOCUMENTS)).getroot()
    items = page.xpath("//ul[@class='documents']/li")
    return {
        item.xpath(".//a/@href")[0].removeprefix("../"): " ".join(item.text_content().split())
        for item in items
    }


def test_every_paper_is_offered_with_its_size(sample: BuiltSample) -> None:
    """The page of documents names format, pages and size of each paper, as they are."""
    found = offered(sample.site)
    assert {"strategie.pdf", "kurzfassung.pdf"} <= found.keys()
    for name, text in found.items():
        size = (sample.site / name).stat().st_size
        if name.endswith(".pdf"):
            with pikepdf.open(sample.site / name) as pdf:
                assert (
                    f"PDF, {in_words(GERMAN, Made(size, len(pdf.pages)))}".replace("\u00a0", " ")
                    in text
                )
        else:
            assert in_words(GERMAN, Made(size, 0)).replace("\u00a0", " ") in text


def test_every_paper_of_the_list_has_a_maker() -> None:
    """What the list of papers can name is what papers can be made, by content and format."""
    shown = public(load(REPOSITORY)).strategy
    listed = {
        (paper.content, paper.ending) for paper in papers(shown, dt.date.fromisoformat(AS_OF))
    }
    assert listed == MAKERS.keys()


def test_sizes_are_words_for_readers() -> None:
    """Sizes are told in kB below a million bytes and in MB above, pages before them."""
    assert in_words(GERMAN, Made(900, 1)) == "1\u00a0Seite, 1\u00a0kB"
    assert in_words(GERMAN, Made(999_400, 0)) == "999\u00a0kB"
    assert in_words(GERMAN, Made(4_149_999, 1211)) == "1.211\u00a0Seiten, 4,1\u00a0MB"


def test_strategy_without_reports_has_no_report(minimal: BuiltSample) -> None:
    """Where nothing was reported, no report is offered; the other papers are made."""
    found = offered(minimal.site)
    assert not [name for name in found if "bericht" in name]
    assert (minimal.site / "kurzfassung.pdf").is_file()


@pytest.mark.long
def test_what_print_cannot_show_is_told_with_its_place(tmp_path: Path) -> None:
    """A character or element without a form on paper is named with file and line; all is built."""
    root = copied(tmp_path)
    vision = root / "strategy/vision.md"
    text = vision.read_text("utf-8")
    line = text.count("\n") + 2
    vision.write_text(text + "\nꙮ\n\n<video title='Film'></video>\n", "utf-8")
    told = re.sub(r"\s+", " ", build(root).stderr)
    assert f"strategy/vision.md:{line}: Warnung KP901" in told
    assert f"strategy/vision.md:{line + 2}: Warnung KP902" in told


def test_periods_run_from_the_newest(sample: BuiltSample) -> None:
    """Periods are ordered by their newest report; reports of the future do not count."""
    from klarplan.strategy.load import load  # noqa: PLC0415

    strategy = load(sample.root).strategy
    newest = [period.label for period in periods(strategy, dt.date(2026, 11, 21))]
    assert newest[:2] == ["2026-H1", "2025-H2"]
    assert [period.label for period in periods(strategy, dt.date(2025, 3, 1))] == ["2024-H2"]
