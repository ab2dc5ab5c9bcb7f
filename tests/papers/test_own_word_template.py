"""Word documents in the look of a town's own template."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from klarplan.look.word_template import word_template
from klarplan.papers.docx import DocxJob, make_docx
from klarplan.papers.docx.parts import w
from klarplan.papers.job import Entry
from tests.papers.test_docx import BODY
from tests.support import own, word
from tests.support.print_site import job, write_site

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with headings, tables and pictures, in the look of a town."""
    folder = tmp_path_factory.mktemp("docx")
    own.put(folder, {"local/vorlage.docx": word.template(head="Märkte & Höfe")})
    write_site(folder / "site", {"vision/": BODY})
    look = job(
        folder,
        (Entry(level=1, title="Vision", page="vision/"),),
        target=folder / "bericht.docx",
        contact=("Amt & Co.", "Weg 1"),
    )
    make_docx(DocxJob(look=look, date="Stand: heute", template=word_template(folder)))
    return look.target


def part(file: Path, name: str) -> etree._Element:
    """A part of a document."""
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read(name))


def test_the_towns_letterhead_is_on_every_page(document: Path) -> None:
    """Header and footer are the template's, and the size of its paper."""
    with zipfile.ZipFile(document) as archive:
        heads = [archive.read(n).decode() for n in archive.namelist() if "word/header" in n]
    assert any("Märkte &amp; Höfe" in head for head in heads)
    (page,) = part(document, "word/document.xml").iter(w("pgSz"))
    assert page.get(w("w")) == "12240"


def test_styles_are_the_towns_and_what_it_lacks_is_ours(document: Path) -> None:
    """Headings have the style that a German Word gave another id; missing styles are added."""
    body = part(document, "word/document.xml")
    used = {node.get(w("val")) for node in body.iter(w("pStyle"))}
    assert "berschrift1" in used
    styles = {style.get(w("styleId")): style for style in part(document, "word/styles.xml")}
    assert used <= set(styles)
    colours = [node.get(w("val")) for node in styles["berschrift1"].iter(w("color"))]
    assert colours == ["0A7B3C"]
    assert {"Title", "Kontakt"} <= used
    for style in styles.values():
        for based in style.findall(w("basedOn")):
            assert based.get(w("val")) in {*styles, "TableNormal"}  # pandoc's, known to Word


def test_tables_fill_the_room_between_the_towns_margins(document: Path) -> None:
    """They are as wide as the template's page without its margins."""
    widths = {node.get(w("w")) for node in part(document, "word/document.xml").iter(w("tblW"))}
    assert widths == {str(12240 - 1418 - 1134)}
