"""What a municipality is called within a sentence."""

from __future__ import annotations

import pytest

from klarplan.words.kinds import KINDS, UNTOLD, own_kind
from klarplan.words.municipality import CASES, english_name, forms, kind_of, name_in_case

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
    "Amt Föhr-Amrum": ("das Amt", "des Amtes", "dem Amt", "das Amt"),
    "Flecken Aerzen": ("der Flecken", "des Fleckens", "dem Flecken", "den Flecken"),
    "Kanton Basel-Stadt": ("der Kanton", "des Kantons", "dem Kanton", "den Kanton"),
    "Samtgemeinde Lachendorf": (
        "die Samtgemeinde",
        "der Samtgemeinde",
        "der Samtgemeinde",
        "die Samtgemeinde",
    ),
    "Bezirk Schwaben": ("der Bezirk", "des Bezirks", "dem Bezirk", "den Bezirk"),
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


@pytest.mark.parametrize(
    ("name", "noun", "council", "english"),
    [
        ("Amt Hüttener Berge", "Amt", "des Amtsausschusses", "the Amt Hüttener Berge"),
        ("Samtgemeinde Elm", "Samtgemeinde", "des Samtgemeinderats", "the Samtgemeinde Elm"),
        ("Zweckverband Elm", "Verband", "der Verbandsversammlung", "the Zweckverband Elm"),
        (
            "Landschaftsverband Elm",
            "Landschaftsverband",
            "der Landschaftsversammlung",
            "the Landschaftsverband Elm",
        ),
        ("Kanton Zug", "Kanton", "des Kantonsrats", "the canton of Zug"),
        ("Saarland", "Land", "des Landtags", "Saarland"),
        ("Thüringen", "Freistaat", "des Landtags", "Thüringen"),
        ("Berlin", "Land", "des Abgeordnetenhauses", "Berlin"),
        ("Freie Hansestadt Bremen", "Stadt", "der Bürgerschaft", "the Freie Hansestadt Bremen"),
        ("Landratsamt Elm", "Kommune", "des Rats", "Landratsamt Elm"),
    ],
)
def test_the_longest_kind_of_a_name_counts(
    name: str, noun: str, council: str, english: str
) -> None:
    """A Samtgemeinde is no mere Gemeinde, a Land needs no more than its name, offices are none."""
    kind = kind_of(name)
    assert kind.noun == noun
    assert forms(name, kind, "de")["the_council", "gen"] == council
    assert english_name(name, kind) == english


@pytest.mark.parametrize(
    ("key", "noun"),
    [
        ("010585890", "Amt"),
        ("033515402", "Samtgemeinde"),
        ("071435001", "Verbandsgemeinde"),
        ("097715402", "Verwaltungsgemeinschaft"),
        ("097", "Bezirk"),
        ("09771129", "Kommune"),
    ],
)
def test_a_key_tells_in_what_municipalities_join(key: str, noun: str) -> None:
    """Nine digits are what municipalities of that Land join in, three a Bezirk."""
    assert kind_of("Musterland", key).noun == noun


def test_a_word_of_ones_own_takes_its_gender_and_cases() -> None:
    """Freistaat, Hallig and the like need a word, an article and, if need be, a genitive."""
    hallig = own_kind("Hallig", "die", "", "", "island")
    assert name_in_case("Hallig Süderoog", hallig, "gen") == "der Hallig Süderoog"
    freistaat = own_kind("Freistaat", "der", "Freistaates", "", "free state")
    assert name_in_case("Freistaat Sachsen", freistaat, "gen") == "des Freistaates Sachsen"
    assert name_in_case("Freistaat Sachsen", freistaat, "acc") == "den Freistaat Sachsen"


def test_our_municipality_needs_no_article() -> None:
    """The name that stands there before anyone wrote one reads well in every case."""
    told = [name_in_case("Unsere Gemeinde", kind_of("Unsere Gemeinde"), case) for case in CASES]
    assert told == ["unsere Gemeinde", "unserer Gemeinde", "unserer Gemeinde", "unsere Gemeinde"]
