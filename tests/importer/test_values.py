"""Cells become numbers, words of a list and texts, or are refused with a reason."""

from __future__ import annotations

import pytest

from klarplan.importer.values import UnreadableError, line, paragraphs, read_value, without_markup
from klarplan.strategy.schema import Column


def column(kind: str, categories: tuple[tuple[str, str], ...] = ()) -> Column:
    """A column of a table."""
    return Column(
        name="x", title="X", description="", type=kind, required=False, categories=categories
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1.234", "1234"),
        ("1234,50", "1234.5"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1,234.56", "1234.56"),
        ("139.000,-€", "139000"),
        ("139.000,-- Euro", "139000"),
        ("1 000,50", "1000.5"),
        ("250 T€", "250000"),
        ("250 TEUR", "250000"),
        ("3 Tsd. €", "3000"),
        ("1,5 Mio. €", "1500000"),
        ("40 %", "40"),
        ("−5", "-5"),
        ("-0", "0"),
        ("ca. 1.200", "1200"),
        ("rund 1,5 Mio. €", "1500000"),
        ("1.200 (geschätzt)", "1200"),
        ("€ 50.000", "50000"),
        ("EUR 50.000,50", "50000.5"),
        ("T€ 50", "50000"),
    ],
)
def test_german_amounts_become_numbers(text: str, value: str) -> None:
    """Points between thousands, decimal commas and units of money are understood."""
    assert read_value(text, column("number"), "number") == value


@pytest.mark.parametrize("text", ["(5)", "über 5", "1.23.4", "5 t", "€", "zwei", "1,2,3"])
def test_what_is_no_number_is_refused_with_a_cure(text: str) -> None:
    """Brackets, weights and words are not taken for numbers; the message says what to do."""
    with pytest.raises(UnreadableError) as caught:
        read_value(text, column("number"), "number")
    assert text in caught.value.problem.de
    assert "values" in caught.value.cure.de


@pytest.mark.parametrize("text", ["1.500–2.000", "1.500 bis 2.000 €", "zwischen 10 und 20"])
def test_two_numbers_are_refused_with_a_cure(text: str) -> None:
    """A column holds one number; the message says so and where to decide."""
    with pytest.raises(UnreadableError) as caught:
        read_value(text, column("number"), "number")
    assert "zwei Zahlen" in caught.value.problem.de
    assert "values" in caught.value.cure.de


def test_a_whole_number_has_no_decimals() -> None:
    """Where a whole number is needed, 40,0 is one and 40,5 is not."""
    assert read_value("40,0", column("integer"), "integer") == "40"
    with pytest.raises(UnreadableError, match="whole number"):
        read_value("40,5", column("integer"), "integer")


@pytest.mark.parametrize(
    ("text", "value"), [("ja", "true"), ("X", "true"), ("WAHR", "true"), ("Nein", "false")]
)
def test_yes_and_no_are_understood(text: str, value: str) -> None:
    """Crosses and words for yes and no become true and false."""
    assert read_value(text, column("boolean"), "boolean") == value


def test_maybe_is_neither_yes_nor_no() -> None:
    """A word that is neither yes nor no is refused."""
    with pytest.raises(UnreadableError):
        read_value("vielleicht", column("boolean"), "boolean")


def test_words_of_a_list_are_found_by_label_or_value() -> None:
    """A choice may be written as its German label or its value, in any case."""
    choice = column("string", (("project", "Projekt"), ("permanent", "Daueraufgabe")))
    assert read_value(" daueraufgabe", choice, "line") == "permanent"
    assert read_value("PROJECT", choice, "line") == "project"
    with pytest.raises(UnreadableError) as caught:
        read_value("Projekte", choice, "line")
    assert "Meinten Sie „Projekt“?" in caught.value.cure.de


def test_titles_are_put_on_one_line() -> None:
    """Line breaks and runs of blanks become one blank; hyphens and hard blanks stay."""
    assert (
        line("  Dächer\nbegrü\u00adnen,  z.\u00a0B.\t so\r\n")
        == "Dächer begrü\u00adnen, z.\u00a0B. so"
    )


def test_texts_keep_their_paragraphs() -> None:
    """Line breaks stay; blanks at line ends, second blank lines and control characters go."""
    text = "  Eins  \r\nzwei\x0bdrei\n\n\n\n- vier\x07\u202e\tfünf  sechs\n"
    assert paragraphs(text) == "Eins\nzwei\ndrei\n\n- vier fünf  sechs"


def test_simple_markup_becomes_text() -> None:
    """Breaks and list items of HTML become lines, bold print and entities plain text."""
    text = "Ab <b>sofort</b>:<br>1. A &amp; B<BR/>x < y<ul><li>eins</li><li>zwei</li></ul>"
    expected = "Ab sofort:\n1. A & B\nx < y\n- eins\n- zwei"
    assert paragraphs(without_markup(text)) == expected
