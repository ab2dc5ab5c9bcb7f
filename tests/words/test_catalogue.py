"""The catalogues: the same sentences in both languages, with the same slots."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from klarplan.own_files import PACKAGE
from klarplan.words.catalogue import LANGUAGES, Words, catalogue, flat
from klarplan.words.kinds import KINDS
from klarplan.words.sentences import BrokenSentenceError, sentence

FOLDER = PACKAGE / "words"


def test_both_languages_have_the_same_sentences() -> None:
    """No sentence is missing in English, and none is there that German lacks."""
    assert catalogue("en").keys() == catalogue("de").keys()


@pytest.mark.parametrize("key", sorted(catalogue("de")))
def test_a_sentence_has_the_same_slots_in_both_languages(key: str) -> None:
    """What is put into a sentence in German is put into it in English; forms of the municipality
    may differ."""
    always = Words().form_names
    german, english = (sentence(catalogue(lang)[key]) for lang in ("de", "en"))
    assert german.slots - always == english.slots - always
    assert (len(german.forms) > 1) == (len(english.forms) > 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_stands_in_one_file(lang: str) -> None:
    """No key is in two files of a catalogue: one would hide the other."""
    files = sorted((FOLDER / lang).glob("*.yml"))
    keys = Counter(key for file in files for key, _ in flat(_read(file)))
    assert [key for key, times in keys.items() if times > 1] == []
    assert [file.name for file in files] == [
        file.name for file in sorted((FOLDER / "de").glob("*.yml"))
    ]


def _read(file: Path) -> dict[str, object]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_a_count_chooses_between_the_forms() -> None:
    """One is told in the singular, several in the plural, in both languages."""
    said = [Words(lang)("count.measures", n=n) for lang in ("de", "en") for n in (0, 1, 2, 1200)]
    assert [text.replace("\u00a0", " ") for text in said] == [
        "0 Maßnahmen",
        "1 Maßnahme",
        "2 Maßnahmen",
        "1.200 Maßnahmen",
        "0 measures",
        "1 measure",
        "2 measures",
        "1,200 measures",
    ]


def test_a_sentence_is_handed_to_scripts_with_open_slots() -> None:
    """Text and names of slots come by turns; what counts comes in its forms, what is whole as it
    is; forms of the municipality are put in."""
    words = Words("de", name="Landkreis Muster", kind=KINDS["Kreis"])
    assert words.handed("search.any") == "alle"
    assert words.handed("chapter.vision.blurb") == "Wohin der Kreis will."
    assert words.handed("print.page_of") == ["Seite ", "page", " von ", "pages", ""]
    assert words.handed("listed.shown") == {
        "one": ["", "shown", " von ", "n", " Maßnahme"],
        "other": ["", "shown", " von ", "n", " Maßnahmen"],
    }


def test_values_are_written_as_the_language_does_it() -> None:
    """Days and numbers follow the language; a year keeps its digits together."""
    day = dt.date(2026, 11, 3)
    assert Words("de")("period.from", begin=day) == "ab 3.\u00a0November 2026"
    assert Words("en")("period.from", begin=day) == "from 3\u00a0November 2026"
    assert Words("de")("format.end_of_year", year=2028) == "Ende 2028"


def test_an_amount_is_written_as_the_language_does_it() -> None:
    """Euros by their sign, other currencies by their code, on the side where each language has
    it."""
    said = [
        tell(Decimal(value), currency).replace("\u00a0", " ")
        for words in (Words("de"), Words("en"))
        for tell in (words.money, words.short_money)
        for value, currency in (("1250000", "EUR"), ("12.5", "EUR"), ("3000000", "CHF"))
    ]
    assert said == [
        *("1.250.000 €", "12,50 €", "3.000.000 CHF"),
        *("1,3 Mio. €", "12,50 €", "3,0 Mio. CHF"),
        *("€1,250,000", "€12.50", "CHF 3,000,000"),
        *("€1.3 million", "€12.50", "CHF 3.0 million"),
    ]


@pytest.mark.parametrize(
    "text", ["{n.real}", "{n[0]}", "{n!r}", "{", "}", "{0}", "{}", "{a b}", {"one": "1"}, 5, None]
)
def test_braces_hold_a_name_and_nothing_else(text: object) -> None:
    """A sentence can't reach into its values, and one that lacks a form is refused."""
    with pytest.raises(BrokenSentenceError):
        sentence(text)


def test_money_stands_where_the_language_has_it() -> None:
    """The sign of the euro stands before an English amount; a currency without a sign by code."""
    told = [
        Words(lang).money(Decimal(value), currency).replace("\u00a0", " ")
        for lang in ("de", "en")
        for value, currency in (("1070000", "EUR"), ("-2.5", "EUR"), ("90", "CHF"))
    ]
    assert told == ["1.070.000 €", "−2,50 €", "90 CHF", "€1,070,000", "−€2.50", "CHF 90"]
    assert Words("en").short_money(Decimal(2_500_000)) == "€2.5\u00a0million"
