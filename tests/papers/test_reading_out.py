"""What is read out of the sample's papers, beyond what the standards ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from tests.support.pdf_rules import UA_2, ua_2_obstacles
from tests.support.print_reading import Piece, Tag, plain, read
from tests.support.project import REPOSITORY, BuiltSample

SYMBOLS = re.compile(r"[▶✓✗○!…+☐☒]+")
CODE = "QR-Code zur Seite "


def pieces(tag: Tag) -> Iterator[Piece]:
    """The text of a paper piece by piece, without that of pictures and marks of lists."""
    for part in tag.parts:
        if isinstance(part, Piece):
            yield part
        elif isinstance(part, Tag) and part.kind not in ("Figure", "Lbl"):
            yield from pieces(part)


def papers_of(site: Path) -> list[Path]:
    """The PDFs of a site."""
    return sorted(site.rglob("*.pdf"))


def test_symbols_are_seen_and_not_read_out(sample: BuiltSample) -> None:
    """No piece of text is a mere symbol: the word beside it says the same."""
    for file in papers_of(sample.site):
        assert [piece for piece in pieces(read(file)) if SYMBOLS.fullmatch(piece.strip())] == []


def in_order(tag: Tag) -> Iterator[Tag]:
    """All elements in reading order."""
    yield tag
    for part in tag.parts:
        if isinstance(part, Tag):
            yield from in_order(part)


def test_beside_a_code_its_address_is_a_link(sample: BuiltSample) -> None:
    """Whoever can't see a code on a sheet follows the link that comes next."""
    found = 0
    tags = in_order(read(sample.site / "strategie.pdf"))
    for figure, after in pairwise(tag for tag in tags if tag.kind in ("Figure", "Link")):
        alternative = str(figure.attributes.get("Alt", ""))
        if alternative.startswith(CODE):
            found += 1
            assert after.kind == "Link"
            assert plain(after.text) == plain(alternative.removeprefix(CODE))
    assert found >= 40


def test_terms_lead_to_the_glossary(sample: BuiltSample) -> None:
    """A term is a link to where the glossary explains it."""
    with pikepdf.open(sample.site / "strategie.pdf") as pdf:
        places = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        first = min(pages[places[n][0].objgen] for n in places if n.startswith("glossar"))
        goals = [
            str(note.Dest)
            for page in pdf.pages
            for note in page.get("/Annots", ())
            if str(note.get("/Dest", "")).startswith("glossar--")
        ]
        assert len(goals) >= 5
        assert all(pages[places[goal][0].objgen] >= first for goal in goals)


def test_metadata_count_all_pages(sample: BuiltSample) -> None:
    """The number of pages in the metadata (XMP) is that of the file."""
    for file in papers_of(sample.site):
        with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
            assert metadata["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == str(len(pdf.pages))


@pytest.mark.parametrize("name", ["strategie", "strategie-anhang"])
def test_what_keeps_pdf_ua_2_away_is_told(
    sample: BuiltSample, name: str, record_property: Callable[[str, object], None]
) -> None:
    """The handbook tells just what the papers lack for PDF/UA-2; the run of the tests counts it."""
    found = ua_2_obstacles(sample.site / f"{name}.pdf")
    for obstacle, times in found.items():
        record_property("pdf/ua-2", f"{name}.pdf\t{times}\t{obstacle}")
    handbook = (REPOSITORY / "docs/handbuch/dokumente.md").read_text("utf-8")
    section = handbook.partition("PDF/UA-2")[2]
    assert set(found) <= set(UA_2)
    told = re.findall("^- ([^:]+):", section, re.MULTILINE)
    assert sorted(told) == sorted(UA_2.values())
    if name == "strategie":
        assert set(found) == set(UA_2)
