"""The gate that every PDF passes: PDF/UA-1, PDF/A-3a and tags of tables; and that it can close."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, String

from klarplan.papers.pdf.make import make_pdf
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import Tag, read
from tests.support.print_site import from_markdown, measure, printed, small_strategy, torture


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of a small strategy."""
    made = small_strategy(tmp_path_factory.mktemp("gate"))
    make_pdf(made)
    return made.target


def test_a_strategy_is_valid(strategy: Path) -> None:
    """The PDF of a strategy has no failure by PDF/UA-1 and PDF/A-3a."""
    assert failures(strategy) == []
    assert heads_without_scope(strategy) == []


def test_the_torture_page_is_valid(tmp_path: Path) -> None:
    """The PDF of a page with every construct has no failure either."""
    torture(tmp_path)
    assert failures(tmp_path / "strategie.pdf") == []
    assert heads_without_scope(tmp_path / "strategie.pdf") == []


def test_a_strategy_of_one_page_is_valid(tmp_path: Path) -> None:
    """One chapter with one page is enough for a valid PDF of cover, contents and page."""
    result = printed(tmp_path, measure(1))
    assert result.pages == 3
    assert result.warnings == ()
    assert failures(tmp_path / "strategie.pdf") == []


def test_a_strategy_of_bare_settings_is_valid(tmp_path: Path) -> None:
    """A PDF without version, commit, address, licence, resolution and keywords is valid."""
    names = "subtitle version commit address licence_name licence_url description resolution"
    bare = dict.fromkeys(names.split(), "")
    printed(tmp_path, "<h1>Vision</h1><p>Text.</p>", keywords=(), **bare)
    assert failures(tmp_path / "strategie.pdf") == []


def _drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _drop_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _drop_alternative(pdf: pikepdf.Pdf) -> None:
    figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    for figure in figures:
        del figure["/Alt"]


def _skip_level(pdf: pikepdf.Pdf) -> None:
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == Name.H2]
    for heading in found:
        heading.S = Name.H3


def _drop_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@pytest.mark.parametrize(
    "spoil", [_drop_language, _drop_title, _drop_alternative, _skip_level, _drop_tags]
)
def test_the_gate_can_close(tmp_path: Path, spoil: object) -> None:
    """Without language, shown title, alternative text, level of heading or tags it is not valid."""
    body = (
        '<h1>Vision</h1><h2>Abschnitt</h2><p>Text.</p><svg viewBox="0 0 9 9" role="img" '
        'aria-label="Ein Quadrat"><rect width="9" height="9"/></svg><h3>Unter</h3>'
    )
    printed(tmp_path, body)
    assert failures(tmp_path / "strategie.pdf") == []
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        spoil(pdf)  # type: ignore[operator]
        pdf.save(tmp_path / "spoilt.pdf")
    assert failures(tmp_path / "spoilt.pdf") != []


def test_a_stripped_scope_is_noticed(strategy: Path, tmp_path: Path) -> None:
    """A table whose heads lost their scope is found by the test's own check."""
    with pikepdf.open(strategy) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name.TH:
                del item["/A"]
        pdf.save(tmp_path / "spoilt.pdf")
    assert heads_without_scope(tmp_path / "spoilt.pdf")


def test_the_document_says_what_it_is(strategy: Path) -> None:
    """Title, publisher, subject, language, keywords and licence stand in the file's metadata."""
    with pikepdf.open(strategy) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Digitale Strategie"
            assert metadata["dc:creator"] == ["Stadt Musterstadt"]
            assert metadata["dc:description"] == "Was die Stadt bis 2030 vorhat."
            assert "creativecommons.org/licenses/by/4.0" in metadata["dc:rights"]
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.Lang == String("de-DE")
        assert str(pdf.docinfo["/Keywords"]) == "Digitalisierung, Verwaltung"


def _headings(tag: Tag) -> list[tuple[int, str]]:
    return [(int(h.kind[1]), h.text) for h in tag.find(*(f"H{n}" for n in range(1, 7)))]


def test_headings_follow_the_print_order(strategy: Path) -> None:
    """Entries give the levels, headings inside a page follow, and none is skipped."""
    headings = _headings(read(strategy))
    assert headings[:6] == [
        (1, "Inhalt"),
        (1, "Vision"),
        (1, "Maßnahmen"),
        (2, "Verwaltung digital"),
        (3, "Online-Dienst Nummer 1 für alle"),
        (4, "Meilensteine"),
    ]
    levels = [level for level, _ in headings]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_bookmarks_are_the_headings(strategy: Path) -> None:
    """The bookmarks of the PDF name every heading in its order."""
    marks: list[tuple[int, str]] = []

    def collect(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            marks.append((level, item.title))
            collect(item.children, level + 1)

    with pikepdf.open(strategy) as pdf, pdf.open_outline() as outline:
        collect(outline.root, 1)
    headings = _headings(read(strategy))
    assert [mark for mark in marks if mark[1] != "Inhalt"] == headings[1:]


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("Ziele[^1]", "Ziele"),
        ("Ziele[^1] und *Wege*[^2]", "Ziele und Wege"),
        ("[^2]Geld[^2] & `Zeit`", "Geld & Zeit"),
    ],
)
def test_bookmarks_carry_no_footnotes(tmp_path: Path, heading: str, mark: str) -> None:
    """The note of a heading stands at the foot of its page, not in bookmarks and contents."""
    text = f"# Vision[^1]\n\n## {heading}\n\nText[^2]\n\n[^1]: Erste Note.\n[^2]: Zweite Note.\n"
    printed(tmp_path, from_markdown(text))
    file = tmp_path / "strategie.pdf"
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        chapter = outline.root[1]
        titles = [chapter.title, *(item.title for item in chapter.children)]
    assert titles == ["Vision", mark]
    assert read(file).text.count("Erste Note.") == 1
    assert failures(file) == []
