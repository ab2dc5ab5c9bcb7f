"""Numbers of measures in prose lead to the measure and are the one that people call it by."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from klarplan.pages.extension import PagesExtension, Reading
from klarplan.pages.numbers import read_numbers, written
from klarplan.strategy.load import load
from klarplan.strategy.model import Measure
from klarplan.strategy.numbers import by_number
from macros.seal import Seal
from tests.support.project import REPOSITORY

STRATEGY = load(REPOSITORY).strategy
PLACES = {
    "strategy/vision.md": "vision/index.md",
    "strategy/measures/M-031.md": "massnahmen/m-031/index.md",
    "strategy/measures/M-012.md": "massnahmen/m-012/index.md",
    "docs/handbuch/felder.md": "handbuch/felder/index.md",
}
LINK = '<a class="cited" href="../massnahmen/m-031/">DS-30</a>'


def page(tmp_path: Path, text: str, source: str = "strategy/vision.md") -> str:
    """A page of the sample as the site shows it."""
    file = tmp_path / "numbers.json"
    file.write_text(written(STRATEGY), encoding="utf-8")
    read_numbers.cache_clear()
    seal = Seal.drawn()
    extension = PagesExtension(numbers=str(file), table="{heading}")
    extension.reading = Reading(seal, PLACES, check=False)
    md = Markdown(extensions=["tables", "attr_list", "toc", "fenced_code", extension])
    return md.convert(f"{seal.source(source)}\n\n{text}")


@pytest.mark.parametrize("word", ["M-031", "DS-30"])
@pytest.mark.parametrize(
    "text",
    [
        "Mehr bei {}.",
        "Mehr in der Sprechstunde ({}), **bald**.",
        "- {}, dann mehr",
        "> Wie {} sagt",
        "**{}** hilft",
        "| Was | Wo |\n|---|---|\n| Rat | {} |",
    ],
)
def test_either_number_becomes_a_link_with_the_one_number(
    tmp_path: Path, text: str, word: str
) -> None:
    """An id and an official number in a paragraph, list, quote or cell lead to the measure."""
    assert LINK in page(tmp_path, text.format(word))


@pytest.mark.parametrize(
    "text",
    [
        "`M-031`",
        "```\nM-031\n```",
        "## Zu M-031",
        "[zur Sprechstunde M-031](https://a.example)",
        "| M-031 |\n|---|\n| a |",
        "M-0310, XM-031, M-031-alt, M-031.md, DS-3",
        "Am 2026-11-21 kamen 3-4 Leute und B-05.",
    ],
)
def test_no_number_in_code_links_headings_or_longer_words(tmp_path: Path, text: str) -> None:
    """What is code, a link or a heading stays, and so does what only looks like a number."""
    found = page(tmp_path, text)
    assert "massnahmen/m-031" not in found
    assert "DS-30" not in found


def test_a_link_that_is_called_by_a_number_gets_the_one_number(tmp_path: Path) -> None:
    """A link of the author whose words are an id says the official number."""
    assert '<a class="cited" href="../massnahmen/m-031/index.md">DS-30</a>' in page(
        tmp_path, "[M-031](measures/M-031.md)"
    )


def test_a_measure_does_not_lead_to_itself(tmp_path: Path) -> None:
    """On its own page a measure's number is no link; the number of another one is."""
    found = page(tmp_path, "Aus M-031 und M-012.", "strategy/measures/M-031.md")
    assert 'Aus DS-30 und <a class="cited" href="../m-012/">DS-12</a>.' in found


def test_the_handbook_keeps_its_examples(tmp_path: Path) -> None:
    """What the handbook says is about any strategy."""
    assert "<a" not in page(tmp_path, "Zum Beispiel M-031.", "docs/handbuch/felder.md")


def measure(identifier: str, official: str | None = None) -> Measure:
    """A measure with its numbers."""
    return Measure(id=identifier, official_id=official)


@pytest.mark.parametrize("official", ["12", "A", "2.4", "Bau", "B1", "Rad-Weg"])
def test_a_word_that_could_be_anything_is_no_number(official: str) -> None:
    """Official numbers that could be amounts, dates or words are not looked for in texts."""
    assert set(by_number([measure("M-1", official)])) == {"M-1"}


def test_a_number_of_two_measures_means_none() -> None:
    """Where the id of one measure is the official number of another, nobody can tell."""
    rows = [measure("M-1", "M-2"), measure("M-2", "M-3")]
    assert {word: row.id for word, row in by_number(rows).items()} == {"M-1": "M-1", "M-3": "M-2"}
