"""What the theme and the scripts of the website say: the catalogue's sentences, safe in HTML."""

from __future__ import annotations

import json

import pytest

from klarplan.website.generator_settings import search_words, theme_words
from klarplan.words.catalogue import ENGLISH, GERMAN, Words
from klarplan.words.sentences import sentence


@pytest.mark.parametrize(
    ("words", "menu", "version"),
    [(GERMAN, "Menü", "Fassung 1.2"), (ENGLISH, "Menu", "version 1.2")],
    ids=["de", "en"],
)
def test_the_theme_speaks_the_language_of_the_site(words: Words, menu: str, version: str) -> None:
    """Each sentence stands below its key, with the values that all pages share put in."""
    said = theme_words(words, "1.2")
    assert (said["site.menu"], said["site.version"]) == (menu, version)
    assert not any("{" in text for text in said.values())


def test_marks_in_sentences_of_ones_own_stay_text() -> None:
    """Markup in ``local/words.yml`` is shown as it is written, and is nowhere read as markup."""
    own = {
        "site.menu": sentence("<b>Menü</b> & mehr"),
        "search.told.failed": sentence("<script>\"'"),
        "site.version": sentence("{version}"),
    }
    words = Words("de", own=own)
    said = theme_words(words, "<i>1</i>")
    assert said["site.menu"] == "&lt;b&gt;Menü&lt;/b&gt; &amp; mehr"
    assert said["site.version"] == "&lt;i&gt;1&lt;/i&gt;"
    assert json.loads(search_words(words))["failed"] == "<script>\"'"


def test_the_search_is_handed_its_sentences() -> None:
    """The script finds each by the last part of its key, with open slots."""
    said = json.loads(search_words(ENGLISH))
    assert said["found"]["one"] == ["", "n", " result"]
    assert said["nothing"][1] == "words"
    assert said["any"] == ENGLISH("search.any")
