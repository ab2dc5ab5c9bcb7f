"""QR codes: that they lead where they should, and that pages carry the address only."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest
import segno
from lxml import etree, html

from klarplan.look import qr_code
from klarplan.papers.pdf.codes import put_codes
from klarplan.strategy import addresses
from klarplan.words.catalogue import GERMAN
from tests.support.pdf_rules import failures
from tests.support.print_reading import plain, read
from tests.support.print_site import printed
from tests.support.project import BuiltSample
from tests.support.qr_reading import codes_of

ADDRESS = "https://strategie.musterstadt.example/massnahmen/m-001/"
UNDER = "Stand 21.11.2026, aktuell unter strategie.musterstadt.example/"


def code_page(address: str) -> str:
    """A page that ends with the address of its live page."""
    return f'<h1>Vision</h1><p class="print-only" data-qr="{address}">Stand, aktuell unter hier</p>'


@pytest.mark.builds
@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        "http://a.de/",
        "https://müster.example/ziele/z-1/",
        "https://x.de/" + "a" * 300,
    ],
)
def test_a_printed_code_says_the_address(tmp_path: Path, address: str) -> None:
    """A code in a PDF leads to exactly the address that the page names."""
    printed(tmp_path, code_page(address))
    assert [text for page in codes_of(tmp_path / "strategie.pdf") for text in page] == [address]


def test_a_code_is_a_standard_drawing() -> None:
    """A code is black on white, has a quiet zone of four modules and keeps level M at least."""
    drawing = etree.fromstring(qr_code.qr_svg(ADDRESS))
    code = segno.make_qr(ADDRESS, error="m")
    size = code.symbol_size(border=4)[0]
    assert drawing.get("viewBox") == f"0 0 {size} {size}"
    ground, modules = drawing
    assert ground.get("fill") == "#fff"
    assert modules.get("stroke") == "#000"
    assert modules.get("d", "").startswith("M4 4.5h7")
    assert code.error in ("M", "Q", "H")


def test_a_code_is_the_same_every_time() -> None:
    """The drawing of an address does not change from call to call."""
    first = qr_code.qr_svg(ADDRESS)
    qr_code.qr_svg.cache_clear()
    assert qr_code.qr_svg(ADDRESS) == first


def test_an_address_too_long_for_a_code_stays_text(tmp_path: Path) -> None:
    """An address that no code can hold leaves the words on the page and no picture."""
    assert qr_code.qr_svg("https://x.example/" + "a" * 3000) == ""
    printed(tmp_path, code_page("https://x.example/" + "a" * 3000))
    tag = read(tmp_path / "strategie.pdf")
    assert "aktuell unter hier" in tag.text
    assert list(tag.find("Figure")) == []


def test_a_code_on_paper_has_its_words(tmp_path: Path) -> None:
    """A page with a code is valid; the code says where it leads, and stands before the words."""
    printed(tmp_path, code_page(ADDRESS))
    assert failures(tmp_path / "strategie.pdf") == []
    tag = read(tmp_path / "strategie.pdf")
    (figure,) = tag.find("Figure")
    alternative = "QR-Code zur Seite strategie.musterstadt.example/massnahmen/m-001/"
    assert figure.attributes["Alt"] == alternative
    assert tag.text.endswith("Stand, aktuell unter hier")


def test_a_code_is_drawn_from_the_address_alone() -> None:
    """Whatever an address holds, it stays one inside the drawing's markup."""
    article = html.fromstring("<div><p>Seite</p></div>")
    article[0].set("data-qr", 'https://a.de/"><script>')
    put_codes(article, GERMAN)
    (picture,) = article.iter("img")
    assert picture.get("alt") == 'QR-Code zur Seite a.de/"><script>'
    drawing = base64.b64decode(picture.get("src", "").partition(",")[2])
    assert [etree.QName(node).localname for node in etree.fromstring(drawing)] == ["path", "path"]


@pytest.mark.long
def test_every_measure_and_goal_has_a_code_in_print(sample: BuiltSample) -> None:
    """The printed strategy has one code for each measure and goal, with date and address."""
    tag = read(sample.site / "strategie.pdf")
    pages = [
        path.parent.relative_to(sample.site).as_posix() + "/"
        for section in ("massnahmen", "ziele")
        for path in sorted((sample.site / section).glob("*/index.html"))
    ]
    assert len(pages) > 39
    wanted = {f"QR-Code zur Seite strategie.musterstadt.example/{page}" for page in pages}
    codes = [f.attributes["Alt"] for f in tag.find("Figure")]
    codes = [alternative for alternative in codes if alternative.startswith("QR-Code")]
    assert sorted(codes) == sorted(wanted)
    text = plain(tag.text)
    assert all(plain(UNDER + page) in text for page in pages)


def test_a_page_carries_its_address_only(sample: BuiltSample) -> None:
    """A measure's page names its address for paper, unseen on screens, and holds no drawing."""
    file = sample.site / "massnahmen" / "m-001" / "index.html"
    page = html.parse(str(file)).getroot()
    (line,) = page.find_class("paper-link")
    assert "print-only" in line.get("class", "").split()
    assert line.get("data-qr") == ADDRESS
    assert " ".join(line.text_content().split()) == f"{UNDER}massnahmen/m-001/"
    assert [part.tag for part in line.iterdescendants()] == ["span"]
    assert len(gzip.compress(file.read_bytes())) < 60_000


def test_the_search_does_not_find_what_is_for_paper(sample: BuiltSample) -> None:
    """No entry of the search holds the words that only paper shows."""
    fragments = list((sample.site / "pagefind" / "fragment").iterdir())
    assert fragments
    for fragment in fragments:
        assert b"aktuell unter" not in gzip.decompress(fragment.read_bytes())


def test_without_an_address_there_is_none() -> None:
    """A site that has no address yet has no address on paper either."""
    assert addresses.on_web("", "massnahmen/m-001/") == ""
    assert (
        addresses.on_web("https://a.de/b", "massnahmen/m-001/")
        == "https://a.de/b/massnahmen/m-001/"
    )
