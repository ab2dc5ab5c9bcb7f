"""What a municipality is called within a sentence."""

from __future__ import annotations

import pytest

from klarplan.words.municipality import (
    CASES,
    KINDS,
    UNTOLD,
    english_name,
    forms,
    kind_of,
    name_in_case,
    own_kind,
)

NAMES = {
    "Stadt Musterstadt": ("die Stadt", "der Stadt", "der Stadt", "die Stadt"),
    "Landkreis Musterland": (
        "der Landkreis",
        "des Landkreises",
        "dem Landkreis",
        "den Landkreis",
    ),
    "Große Kreisstadt Backnang": (
        "die Große Kreisstadt",
        "der Großen Kreisstadt",
        "der Großen Kreisstadt",
        "die Große Kreisstadt",
    ),
    "Freie und Hansestadt Hamburg": (
        "die Freie und Hansestadt",
        "der Freien und Hansestadt",
        "der Freien und Hansestadt",
        "die Freie und Hansestadt",
    ),
    "Markt Schwaben": ("der Markt", "des Marktes", "dem Markt", "den Markt"),
    "Land Hessen": ("das Land", "des Landes", "dem Land", "das Land"),
    "Regionalverband Ruhr": (
        "der Regionalverband",
        "des Regionalverbands",
        "dem Regionalverband",
        "den Regionalverband",
    ),
    "Freistaat Bayern": ("der Freistaat", "des Freistaats", "dem Freistaat", "den Freistaat"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_begins_with_its_kind_is_inflected(name: str) -> None:
    """Article and noun follow the case, what follows them is a name."""
    last = name.rsplit(maxsplit=1)[-1]
    told = tuple(name_in_case(name, kind_of(name), case) for case in CASES)
    assert told == tuple(f"{said} {last}" for said in NAMES[name])


def test_a_name_that_ends_in_its_kind_is_inflected() -> None:
    """No „Kreis Rhein-Sieg-Kreis“; an adjective takes the ending that follows an article."""
    told = {
        name: tuple(name_in_case(name, kind_of(name, "05382"), case) for case in CASES)
        for name in ("Rhein-Sieg-Kreis", "Märkischer Kreis", "Ruhrverband")
    }
    assert told == {
        "Rhein-Sieg-Kreis": (
            "der Rhein-Sieg-Kreis",
            "des Rhein-Sieg-Kreises",
            "dem Rhein-Sieg-Kreis",
            "den Rhein-Sieg-Kreis",
        ),
        "Märkischer Kreis": (
            "der Märkische Kreis",
            "des Märkischen Kreises",
            "dem Märkischen Kreis",
            "den Märkischen Kreis",
        ),
        "Ruhrverband": (
            "der Ruhrverband",
            "des Ruhrverbands",
            "dem Ruhrverband",
            "den Ruhrverband",
        ),
    }
    assert english_name("Rhein-Sieg-Kreis", KINDS["Kreis"]) == "the Rhein-Sieg-Kreis"


def test_who_decides_has_an_article() -> None:
    """A Verband has no Rat, and its assembly is feminine; a word of one's own follows its kind."""
    freistaat = own_kind("Freistaat", "der", "Freistaates", "", "free state")
    told = {
        kind.noun: forms(f"{kind.noun} M", kind, "de")["the_council", "acc"]
        for kind in (KINDS["Markt"], KINDS["Kreis"], KINDS["Verband"], freistaat)
    }
    assert told == {
        "Markt": "den Rat",
        "Kreis": "den Kreistag",
        "Verband": "die Verbandsversammlung",
        "Freistaat": "den Landtag",
    }
    assert forms("Markt M", KINDS["Markt"], "de")["the_council", "gen"] == "des Rats"
    assert forms("Verband M", KINDS["Verband"], "en")["the_council", ""] == "the assembly"


@pytest.mark.parametrize("name", ["Musterstadt", "Neustadt an der Weinstraße", "Lindau"])
def test_a_name_that_is_no_kind_stays_alone(name: str) -> None:
    """No kind is guessed from the end of a name; with a kind it gets one before it."""
    assert kind_of(name) is UNTOLD
    assert name_in_case(name, UNTOLD, "dat") == name
    assert name_in_case(name, UNTOLD, "gen") == f"von {name}"
    assert name_in_case(name, KINDS["Stadt"], "gen") == f"der Stadt {name}"
    assert english_name(name, KINDS["Stadt"]) == name


def test_a_key_tells_the_kind_where_the_name_does_not() -> None:
    """Five digits are a Kreis, two a Land; the name comes first."""
    assert kind_of("Musterland", "05999").noun == "Kreis"
    assert kind_of("Musterland", "05").noun == "Land"
    assert kind_of("Region Musterland", "05999").noun == "Region"


def test_a_word_of_ones_own_takes_its_gender_and_cases() -> None:
    """Freistaat, Bezirk and the like need a word, an article and, if need be, a genitive."""
    bezirk = own_kind("Bezirk", "der", "", "", "borough")
    assert name_in_case("Bezirk Mitte", bezirk, "gen") == "des Bezirks Mitte"
    freistaat = own_kind("Freistaat", "der", "Freistaates", "", "free state")
    assert name_in_case("Freistaat Sachsen", freistaat, "gen") == "des Freistaates Sachsen"
    assert name_in_case("Freistaat Sachsen", freistaat, "acc") == "den Freistaat Sachsen"


def test_our_municipality_needs_no_article() -> None:
    """The name that stands there before anyone wrote one reads well in every case."""
    told = [name_in_case("Unsere Gemeinde", kind_of("Unsere Gemeinde"), case) for case in CASES]
    assert told == ["unsere Gemeinde", "unserer Gemeinde", "unserer Gemeinde", "unsere Gemeinde"]
