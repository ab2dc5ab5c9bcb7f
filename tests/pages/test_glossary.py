"""Terms of the glossary are explained where a page uses them first."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from klarplan.pages.extension import PagesExtension, Reading
from klarplan.pages.glossary import Glossary, read_glossary, terms_of, written
from macros.seal import Seal

SOURCE = """# Glossar

Sensor
:   Ein Messfühler, zum Beispiel für **Temperatur**.

    Ein zweiter Absatz.

Künstliche Intelligenz (KI)
:   Programme, die <i>Muster</i> lernen & "raten".

Open Source
:   Software, deren Bauplan offenliegt.
"""
TERMS = terms_of(SOURCE)


def page(tmp_path: Path, text: str, source: str = "strategy/vision.md") -> str:
    """A page as the site shows it, with the glossary above."""
    file = tmp_path / "terms.json"
    file.write_text(written(TERMS), encoding="utf-8")
    read_glossary.cache_clear()
    seal = Seal.drawn()
    extension = PagesExtension(terms=str(file), more="Mehr")
    places = {source: "vision/index.md", "docs/glossar.md": "glossar/index.md"}
    extension.reading = Reading(seal, places, check=False)
    md = Markdown(extensions=["def_list", "tables", "attr_list", "toc", extension])
    return md.convert(f"{seal.source(source)}\n\n{text}")


def test_terms_are_read_with_their_names_and_first_paragraph() -> None:
    """What stands in brackets is another name; markup of a meaning is read as text."""
    assert [term.title for term in TERMS] == [
        "Sensor",
        "Künstliche Intelligenz (KI)",
        "Open Source",
    ]
    assert TERMS[0].meaning == "Ein Messfühler, zum Beispiel für Temperatur."
    assert TERMS[1].names == ("Künstliche Intelligenz", "KI")
    assert TERMS[1].meaning == 'Programme, die Muster lernen & "raten".'
    assert TERMS[1].anchor == "begriff-kuenstliche-intelligenz-ki"


def test_a_term_is_explained_once_where_it_comes_first(tmp_path: Path) -> None:
    """The first word of a paragraph or list gets a button, inflected or not; later ones none."""
    text = page(tmp_path, "Viele Sensoren.\n\n- Ein Sensor und KI.\n- Noch einmal KI.")
    assert text.count("<button") == 2
    assert ">Sensoren</button>" in text
    assert 'id="begriff-sensor" popover' in text
    assert 'href="../glossar/#begriff-sensor">Mehr</a>' in text
    assert "Muster lernen &amp; &quot;raten&quot;." in text


@pytest.mark.parametrize(
    "text",
    [
        "## Sensor",
        "[Sensor](https://a.example)",
        "`Sensor`",
        "| Sensor |\n|---|\n| Sensor |",
        "Sensorik und Multisensor und M-Sensor",
        '<div class="x">Sensor</div>',
    ],
)
def test_other_places_stay_as_they_are(tmp_path: Path, text: str) -> None:
    """Headings, links, code, tables and parts of other words are not explained."""
    assert "<button" not in page(tmp_path, text)


@pytest.mark.parametrize("source", ["docs/handbuch/index.md", "docs/leichte-sprache.md"])
def test_pages_for_editors_and_in_easy_language_stay_as_they_are(
    tmp_path: Path, source: str
) -> None:
    """The handbook is for editors, and Leichte Sprache explains its words itself."""
    assert "<button" not in page(tmp_path, "Ein Sensor.", source)


def test_the_glossary_has_an_anchor_for_each_term(tmp_path: Path) -> None:
    """The link of an explanation leads to the term, and terms are no buttons there."""
    text = page(tmp_path, SOURCE, "docs/glossar.md")
    assert all(f'<dt id="{term.anchor}">' in text for term in TERMS)
    assert "<button" not in text


def test_a_strategy_without_glossary_has_nothing_to_explain() -> None:
    """No page, or one without definitions, gives no terms."""
    assert terms_of("") == ()
    assert terms_of("# Glossar\n\nNur Text.") == ()
    assert Glossary(()).is_empty
