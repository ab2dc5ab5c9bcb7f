"""What a text says of itself: its first heading."""

from __future__ import annotations

import pytest

from klarplan.pages.asked import asks
from klarplan.pages.source import heading, only_begun, parts, section_of
from klarplan.words.catalogue import ENGLISH, GERMAN, Words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text\n\n# Mitmachen  \n\n# Zwei\n", "Mitmachen"),
        ("# Mitmachen {: #a .b }\n", "Mitmachen"),
        ("# Mitmachen {a} {b}\n", "Mitmachen {a}"),
        ("# Mitmachen {a}b}\n", "Mitmachen {a}b}"),
        ("# {a}\n", "{a}"),
        ("#\n\n## Zwei\n", ""),
        ("#Mitmachen\n", ""),
        ("", ""),
    ],
)
def test_heading(text: str, said: str) -> None:
    """The first heading of the first level is read without its attributes."""
    assert heading(text) == said


@pytest.mark.parametrize("gap", [" " * 100_000, "{ " * 50_000, "} " * 50_000])
def test_heading_of_any_length(gap: str) -> None:
    """A heading with a gap of any length is read as it stands, at once."""
    assert heading(f"# a{gap}b\n") == f"a{gap}b"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- ## Noch nicht -->",
        "<!--\n## Noch nicht\n\n# Gar nicht\n-->",
        "```text\n<!--\n```\n\n<!-- Notiz\n## Noch nicht -->",
    ],
)
def test_headings_in_comments_are_none(comment: str) -> None:
    """What stands in a comment is no heading: it neither parts a report nor gives a title."""
    before = f"Vorweg.\n\n{comment}\n\n"
    assert parts(f"{before}## Bitte\n\nText") == (before, "## Bitte\n\nText")
    assert heading(f"{before}# Titel\n") == "Titel"


def test_a_comment_that_does_not_end_is_text() -> None:
    """Headings behind the beginning of a comment that never ends are headings."""
    assert parts("<!-- offen\n\n## Bitte\n") == ("<!-- offen\n\n", "## Bitte\n")


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("# Vision\n\n<!-- Hier steht, wohin es geht. -->\n", True),
        ("<!-- eins\nzwei -->\n\n", True),
        ("", True),
        ("# Vision\n\nWir wollen.\n", False),
        ("<!-- Hilfe --> Text\n", False),
        ("## Unterpunkt\n", False),
    ],
)
def test_a_text_that_is_only_begun(text: str, begun: bool) -> None:
    """Help in comments is no content: what will stand there is said instead."""
    assert only_begun(text) == begun


@pytest.mark.parametrize(
    "said",
    [
        "Worum wir den Rat bitten",
        "Worum wir die Verbandsversammlung bitten",
        "WORUM WIR  DEN AUSSCHUSS FÜR BAU & KULTUR BITTEN",
        "**Beschlussvorschlag:**",
        "Beschlussempfehlung",
        "What we ask the council to decide",
    ],
)
@pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=["de", "en"])
def test_decisions_asked_for_are_known_by_their_heading(said: str, words: Words) -> None:
    """Whatever the body is called and in either language, the section is found."""
    assert asks(words)(said)
    assert not asks(words)(f"{said} (nicht)")


def test_a_section_is_taken_out_of_a_text() -> None:
    """It ends at the next heading of its level; headings in code and below it are its own."""
    asked = "## Bitte ## { #a }\n\n```\n## keine\n```\n\n### Punkt\n\n1. Ja.\n"
    before, behind = "## Erst\n\nText.\n\n", "## Dann\n\nText.\n"
    told: list[str] = []

    def wanted(said: str) -> bool:
        told.append(said)
        return said == "Bitte"

    section, rest = section_of(before + asked + "\n" + behind, wanted)
    assert (section, rest) == (asked, before + behind)
    assert told == ["Erst", "Bitte"]
    assert section_of(asked, wanted) == (asked, "")
    assert section_of(before, wanted) == ("", before)


@pytest.mark.parametrize("gap", [" " * 100_000, "{ " * 50_000, "# " * 50_000])
def test_a_heading_of_any_length_ends_a_section(gap: str) -> None:
    """A heading of any length is read at once."""
    assert section_of(f"## a{gap}\n## b\nc", lambda said: said == "b") == (
        "## b\nc\n",
        f"## a{gap}\n",
    )
