"""The Markdown extension: links of the repository, blocks of macros, and what is refused."""

from __future__ import annotations

import pytest

from klarplan.pages.extension import RefusedError
from klarplan.pages.rendering import Renderer
from macros.seal import Seal
from tests.support.project import REPOSITORY

SEAL = Seal("k0123456789abcdef0123456789abcdef")
PLACES = {
    "strategy/vision.md": "vision/index.md",
    "strategy/measures/M-1.md": "massnahmen/m-1/index.md",
    "strategy/fields/index.md": "handlungsfelder/index.md",
    "docs/daten.md": "daten/index.md",
}


def html(text: str, file: str = "strategy/vision.md") -> str:
    """A text of a file as the site generator renders it."""
    renderer = Renderer(REPOSITORY, PLACES, seal=SEAL, check=False)
    return renderer.html(f"{SEAL.source(file)}\n{text}")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[a](measures/M-1.md)", "../massnahmen/m-1/index.md"),
        ("[a](measures/M-1.md#stand)", "../massnahmen/m-1/index.md#stand"),
        ("[a](./fields/index.md)", "../handlungsfelder/index.md"),
        ("[a][b]\n\n[b]: measures/M-1.md", "../massnahmen/m-1/index.md"),
        ("[a](<measures/M-1.md>)", "../massnahmen/m-1/index.md"),
        ('[a](measures/M-1.md "Titel")', "../massnahmen/m-1/index.md"),
        ("[a](../docs/daten.md)", "../daten/index.md"),
        ("[a](#hier)", "#hier"),
        ("[a](https://a.example/measures/M-1.md)", "https://a.example/measures/M-1.md"),
        ("[a](bild.png)", "../bilder/bild.png"),
    ],
)
def test_links_lead_to_the_pages_of_the_site(text: str, address: str) -> None:
    """A link that is right in the repository is right from the page as it is baked."""
    assert f'href="{address}"' in html(text)


def test_links_in_code_stay_as_they_are() -> None:
    """What shows how a link is written is not changed."""
    assert "](measures/M-1.md)" in html("`[a](measures/M-1.md)`")
    assert "](measures/M-1.md)" in html("```\n[a](measures/M-1.md)\n```")


def test_blocks_of_macros_pass_untouched() -> None:
    """What a macro made stands in the page letter by letter, in a paragraph and in a line."""
    block = SEAL.made('<table class="x"><tr><td>*a* {{ b }} [c](d)</td></tr></table>')
    line = SEAL.made('<span data-x="1">_x_</span>')

    shown = html(f"Vorher.\n\n{block}\n\nStand: {line}!")

    assert '\n<table class="x"><tr><td>*a* {{ b }} [c](d)</td></tr></table>\n' in shown
    assert '<p>Stand: <span data-x="1">_x_</span>!</p>' in shown
    assert SEAL.word not in shown


def test_headings_with_macros_have_plain_anchors() -> None:
    """The anchor of a heading is made of the words that it shows."""
    assert 'id="stand-gut"' in html(f"## Stand {SEAL.made('<b>gut</b>')}")


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        f'<p title="{SEAL.made("<b>x</b>")}">y</p>',
        f"<!-- {SEAL.made('<b>x</b>')} -->",
        f"[x](java{SEAL.made('')}script:alert(1))",
        "[x](javascript:alert(1))",
        "<div>",
        "</article>",
        '<body onload="x">',
        "# A {: onclick=x }",
    ],
)
def test_the_generator_refuses_what_the_check_would(text: str) -> None:
    """The second fence: a page that holds what it may not hold stops the build."""
    with pytest.raises(RefusedError):
        html(text)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Maßnahmen & Größe", "massnahmen-groesse"),
        ("Übersicht – Ämter", "uebersicht-aemter"),
        ("A\u0308mter", "aemter"),
        ("Élan, Łódź, smørrebrød", "elan-lodz-smoerrebroed"),
        ("Что это?", "что-это"),
        ("**Fett** &amp; `Code` m²", "fett-code-m2"),
        ("Ziel[^1]\n\n[^1]: x", "ziel"),
        ("Eigen {#So-Heißt-es}", "So-Heißt-es"),
    ],
)
def test_anchors_keep_their_letters(heading: str, anchor: str) -> None:
    """Umlauts and accents are written with other letters, and those of other scripts stay."""
    assert f'id="{anchor}"' in html(f"## {heading}")


@pytest.mark.parametrize("again", ["# Der Titel", "Der Titel\n===", "# Der Titel #"])
def test_a_title_that_is_said_twice_is_shown_once(again: str) -> None:
    """A heading of the first level with the words of the page's own is left out."""
    shown = html(f"# Der Titel\n\nText\n\n{again}\n\n[hin](#der-titel)")

    assert shown.count("<h1") == 1
    assert shown.count("Der Titel") == 1


@pytest.mark.parametrize("other", ["# Ein anderer", "# Der *Titel*", "# Der Titel[^1]\n\n[^1]: x"])
def test_another_title_stays(other: str) -> None:
    """Nothing is left out that says more, or says it in another way."""
    assert html(f"# Der Titel\n\nText\n\n{other}").count("<h1") == 2


@pytest.mark.parametrize(
    "text",
    [
        "<!-- GEHEIM -->\n\nText",
        "Text <!-- GEHEIM --> weiter",
        "## Kopf <!-- GEHEIM -->",
        "- Punkt\n\n  <!-- GEHEIM\n\n  mehr -->\n\n- Punkt",
        "| a |\n|---|\n| b <!-- GEHEIM --> |",
        "Text[^1]\n\n[^1]: Fuß <!-- GEHEIM -->",
        '<div markdown="1">\n<!-- GEHEIM -->\n\nText\n</div>',
        "<!-- eins --> <!-- GEHEIM -->",
    ],
)
def test_comments_stay_with_the_editors(text: str) -> None:
    """What editors write for one another in a comment is not in the page, nor in its source."""
    assert "GEHEIM" not in html(text)


@pytest.mark.parametrize("text", ["`<!-- x -->`", "```\n<!-- x -->\n```", "    <!-- x -->"])
def test_comments_in_code_are_shown(text: str) -> None:
    """What shows how a comment is written is not changed."""
    assert "&lt;!-- x --&gt;" in html(text)


@pytest.mark.parametrize(
    "text", ["<p>a <!-- GEHEIM --></p>", "<div>\n<!-- GEHEIM -->\n</div>", "<![CDATA[ GEHEIM ]]>"]
)
def test_comments_within_html_are_refused(text: str) -> None:
    """A comment that can't be left out is refused instead of published."""
    with pytest.raises(RefusedError, match="!--"):
        html(text)
