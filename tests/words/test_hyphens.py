"""Soft hyphens in long words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyphen import Pyphen

from klarplan.words.hyphens import (
    LEAST,
    SOFT_HYPHEN,
    _positions,
    softened,
    softened_markup,
    without,
)
from tests.support.project import REPOSITORY


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Verwaltungsdienstleistungen", "Ver|wal|tungs|dienst|leis|tun|gen"),
        ("Baugenehmigungsverfahren", "Bau|ge|neh|mi|gungs|ver|fah|ren"),
        ("Glasfaserausbau-Förderprogramm", "Glas|fa|ser|aus|bau-För|der|pro|gramm"),
        ("Bauantragsbearbeitung", "Bau|an|trags|be|arbei|tung"),
        ("bearbeiten", "bearbei|ten"),
        ("Zusammenarbeit", "Zusam|men|arbeit"),
        ("Starkregenvorsorge", "Starkre|gen|vor|sorge"),
        ("Klimafolgenanpassung", "Kli|ma|fol|gen|an|pas|sung"),
        ("Treibhausgasneutral", "Treib|haus|gas|neu|tral"),
        ("Ladeinfrastruktur", "Ladein|frastruk|tur"),
        ("klimafreundlich", "kli|ma|freund|lich"),
        ("kurze Wörter bleiben", "kurze Wörter bleiben"),
        ("poststelle@verwaltungsgericht.example", "poststelle@verwaltungsgericht.example"),
        (
            "https://verwaltungsportal.example/antraege",
            "https://verwaltungsportal.example/antraege",
        ),
        ("docs/verwaltungsportal/antraege", "docs/verwaltungsportal/antraege"),
        ("Dachform/Gebäudehöhe", "Dachform/Gebäu|de|höhe"),
        ("verwaltungsportal.example", "verwaltungsportal.example"),
        ("measure_organisations", "measure_organisations"),
        ("M-0012345678901", "M-0012345678901"),
    ],
)
def test_long_words_are_parted_and_addresses_are_not(text: str, parted: str) -> None:
    """A word may be parted at its syllables; addresses, ids and names of columns stay whole."""
    assert softened(text, "de").replace(SOFT_HYPHEN, "|") == parted


@pytest.mark.parametrize(("lang", "dictionary"), [("de", "de_DE"), ("en", "en_GB")])
def test_patterns_are_read_as_the_library_reads_them(lang: str, dictionary: str) -> None:
    """Every word of the handbook, and some that the dictionary names twice, is parted as there."""
    words = {"Urinstinkt", "Kulturindustrie", "Konjunkturindikator", "Straße", "İnönü", "a"}
    for file in (REPOSITORY / "docs" / "handbuch").glob("*.md"):
        words |= {*re.findall(r"[^\W\d_]+", file.read_text("utf-8"))}
    theirs = Pyphen(lang=dictionary, right=LEAST)
    assert {word: _positions(word, lang) for word in words} == {
        word: [*map(int, theirs.positions(word))] for word in words
    }


def test_english_words_are_parted_in_english() -> None:
    """Each language has its own syllables."""
    assert SOFT_HYPHEN in softened("administration", "en")


def test_tags_attributes_drawings_and_code_stay_as_they_are() -> None:
    """Only what is read as text is parted."""
    word = "Digitalisierungsstrategie"
    markup = (
        f'<td title="{word}" data-x="{word}">{word}&shy;&nbsp;</td><svg><text>{word}</text></svg>'
        f"<code>{word}</code><select><option>{word}</option></select><time>{word}</time>"
    )
    soft = softened(word, "de")
    assert softened_markup(markup, "de") == markup.replace(f">{word}&shy;", f">{soft}&shy;")


@pytest.mark.parametrize("kind", ["p", "li"])
def test_running_text_parts_its_longest_words_only(kind: str) -> None:
    """On a narrow phone a word of more than a line is parted at a syllable, others stay whole."""
    longest, long = "Regenwasserbewirtschaftungslösungen", "Bürgerbeteiligung"
    slashed = "Kubatur/Dachform/Gebäudeausrichtung"
    markup = f"<{kind}>{long} {longest} {slashed}</{kind}>"
    made = softened_markup(markup, "de")
    assert made == markup.replace(longest, softened(longest, "de")).replace(
        slashed, softened(slashed, "de")
    )
    assert SOFT_HYPHEN in softened(slashed, "de")


@pytest.mark.parametrize("tag", ["h1", "h2", "h4"])
def test_a_heading_keeps_words_whole_that_fit_its_line(tag: str) -> None:
    """A browser would part them to fill the line, though the next one has room for the whole."""
    whole, long = "Bürgernahe Verwaltung", "Digitalisierungsstrategie"
    made = softened_markup(f"<{tag}>{whole} <b>{long}</b></{tag}><th>{whole}</th>", "de")
    head, _, cell = made.partition("<th>")
    assert whole in head
    assert softened(long, "de") in head
    assert whole not in cell


@given(st.text(max_size=80))
def test_nothing_but_soft_hyphens_is_added(text: str) -> None:
    """Without them every text is what it was."""
    assert without(softened(text, "de")) == without(text)
