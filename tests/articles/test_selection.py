"""What of a page stands in the book, in its annex, and in a paper of the page alone."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from klarplan.articles.nodes import words
from klarplan.articles.selection import Kind, holds, take

PAGE = """<article><h1>Titel</h1><div class="lead"><p>Worum es geht</p></div>
<dl class="now" data-papers="book"><div><dt>Geld</dt><dd>1 €</dd></div></dl>
{text}
<h2>Meldungen</h2><div data-papers="annex single"><p>neueste</p>
<p data-papers="annex">ältere</p></div>
<h2>Meilensteine</h2><div><p>erster</p></div>
<h2>Bild</h2><div data-papers=""><p>nur am Bildschirm</p></div></article>"""
LONG = "<p>Anfang</p><h2>Abschnitt</h2>" + "<p>" + "viel " * 100 + "</p><p>Ende</p>"


def page(text: str = "<p>Prosa</p>") -> HtmlElement:
    """A page with an opening, a text and sections of ours."""
    return fragment_fromstring(PAGE.format(text=text))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("book", "Titel Worum es geht Geld 1 € Prosa Meilensteine erster"),
        ("single", "Titel Worum es geht Prosa Meldungen neueste Meilensteine erster"),
        ("annex", "Titel Meldungen neueste ältere"),
    ],
)
def test_each_paper_has_its_parts(kind: Kind, shown: str) -> None:
    """A part that a paper leaves out takes the heading with it that only it stood below."""
    article = page()
    take(article, kind)
    assert " ".join(map(str, article.itertext())).split() == shown.split()
    assert not article.xpath("descendant::*[@data-papers]")


def test_a_long_text_stands_whole_in_the_annex() -> None:
    """The book has as much of it as fits, which never ends with a heading."""
    book, annex = page(LONG), page(LONG)
    last = take(book, "book", 200)
    assert take(annex, "annex", 200) is None
    assert last is not None
    assert words(last) == "Anfang"
    assert "Abschnitt" not in words(book)
    assert "erster" in words(book)
    assert all(part in words(annex) for part in ("Anfang", "Abschnitt", "viel viel", "Ende"))


LISTED = "<ul><li>" + "viel " * 100 + "</li></ul>"
QUOTED = "<blockquote><p>Käme er nur!</p></blockquote>"
BOX = '<div class="admonition note"><p>Hinweis</p></div>'
EXPLAINED = "<p>" + "Warum " * 100 + "</p>"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"<p>Anfang.</p><h2>A</h2><p>Gut ist sie, wenn</p>{LISTED}", "Anfang."),
        (f"<p>Anfang.</p><p>Zwei Wege:</p>{LISTED}", "Anfang."),
        (f"<p>Anfang.</p><p><strong>Zwei Wege:</strong></p>{EXPLAINED}", "Anfang."),
        (f"<p>Gut ist sie, wenn</p>{LISTED}", "Geld1 €"),
        (f"{QUOTED}{EXPLAINED}", "Geld1 €"),
        (f"<p>Anfang.</p>{QUOTED}{EXPLAINED}", "Anfang."),
        (f"<p>Anfang.</p>{BOX}{EXPLAINED}", "Anfang."),
        (f"{QUOTED}<p>Das hören wir oft.</p>{EXPLAINED}", "Das hören wir oft."),
        (f"{QUOTED}<p>{'A' * 230}</p>{EXPLAINED}", "A" * 230),
        (f"<p>Wenn</p><ul><li>eins</li></ul>{EXPLAINED}", "eins"),
        (f"<p>Er sagt „Komm!“</p>{LISTED}", "Er sagt „Komm!“"),
        (f"<p>Ohne Punkt</p>{EXPLAINED}", "Ohne Punkt"),
        (f"{EXPLAINED}<p>Ende</p>", "Warum " * 99 + "Warum"),
    ],
)
def test_a_text_that_is_cut_is_complete(text: str, kept: str) -> None:
    """It ends neither with words that lead to what is cut nor with a quotation or a box alone."""
    book, annex = page(text), page(text)
    last = take(book, "book", 200)
    assert last is not None
    assert words(last) == kept
    take(annex, "annex", 200)
    assert words(fragment_fromstring(text, create_parent="div")) in words(annex)


@pytest.mark.parametrize("text", ["", "<p>kurz</p>", LONG])
def test_a_text_that_fits_is_told_once(text: str) -> None:
    """It stands in the book alone; so does any text where the paper has no bound."""
    book, annex = page(text), page(text)
    assert take(book, "book", 900) is None
    take(annex, "annex", 900)
    told = words(fragment_fromstring(text, create_parent="div"))
    assert told in words(book)
    assert words(annex) == words(_annex_of(page("")))


def _annex_of(article: HtmlElement) -> HtmlElement:
    take(article, "annex")
    return article


def test_a_picture_takes_the_room_of_words() -> None:
    """A text of few words and many pictures does not fit on a sheet either."""
    article = page("<p>Anfang</p>" + "<figure><img alt='a'></figure>" * 3)
    assert take(article, "book", 900) is not None
    assert len(list(article.iter("img"))) < 3


@pytest.mark.parametrize(("kind", "told"), [("annex", True), ("book", True), ("single", True)])
def test_a_page_tells_whether_it_goes_into_a_paper(kind: Kind, told: bool) -> None:
    """Whatever is marked for a paper counts."""
    assert holds(page(), kind) is told
    assert holds(fragment_fromstring("<article><p>a</p></article>"), kind) is False
