"""Word documents in the look of a town's own template."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from klarplan.look.letter_widths import width_of
from klarplan.look.word_template import word_template
from klarplan.papers.docx import DocxJob, make_docx
from klarplan.papers.docx.parts import packed, parse, unpacked, w, written
from klarplan.papers.docx.styles import Styles
from klarplan.papers.job import Entry
from klarplan.words.catalogue import ENGLISH, GERMAN, Words
from tests.papers.test_docx import BODY
from tests.support import own, word
from tests.support.print_site import job, write_site

CHARACTER, EDGES = 105, 120
"""How wide an average character of a table is, and the edges of a cell: twentieths of a point."""

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


def _table(kind: str, titles: list[str], cells: list[str]) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    row = "".join(f"<td>{cell}</td>" for cell in cells[1:])
    rows = f'<tr><th scope="row">{cells[0]}</th>{row}</tr>' * 3
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


LISTED = ["Maßnahme", "Handlungsfeld", "Status", "Termin", "Federführung", "Meldung"]
COUNTED = [
    "Feld",
    "geplant",
    "verzögert",
    "Maßnahmen",
    "überfällig",
    "abgeschl.",
    "Summe",
    "Anteil",
]


@pytest.mark.parametrize("left", [1418, 4200, 6000])
def test_words_of_tables_stay_whole_between_wide_margins(tmp_path: Path, left: int) -> None:
    """However wide the margins of the template are, each column has room for its usual words, and
    nothing of a table is lost."""
    made = word.parts(wide=11906)
    page = made["word/document.xml"].replace(b'w:left="1418"', b'w:left="%d"' % left)
    own.put(tmp_path, {"local/vorlage.docx": packed({**made, "word/document.xml": page})})
    body = _table("list", LISTED, ["Radweg", "Mobilität", "läuft", "Juni 2027", "Bauamt", "neu"])
    body += _table("numbers", COUNTED, ["Wege", *map(str, range(101, 108))])
    write_site(tmp_path / "site", {"vision/": f"<h1>V</h1>{body}"})
    entry = Entry(level=1, title="V", page="vision/")
    look = job(tmp_path, (entry,), target=tmp_path / "bericht.docx")
    make_docx(DocxJob(look=look, template=word_template(tmp_path)))
    tree = part(look.target, "word/document.xml")
    told = "".join(map(str, tree.itertext()))
    assert all(title in told for title in (*LISTED, *COUNTED, *map(str, range(101, 108))))
    for table in tree.iter(w("tbl")):
        columns = [int(c.get(w("w"), "0")) for c in table.iter(w("gridCol"))]
        for row in table.iter(w("tr")):
            for room, cell in zip(columns, row.iter(w("tc")), strict=True):
                words = "".join(map(str, cell.itertext())).split()
                assert all(width_of(one) * CHARACTER <= room - EDGES for one in words), words


@pytest.mark.parametrize(
    ("wide", "margins", "kept"),
    [
        (11906, 'w:left="1418" w:right="1134"', True),
        (8391, 'w:left="1134" w:right="850"', False),  # A5
        (11906, 'w:left="4200" w:right="2800" w:gutter="600"', False),
        (16838, 'w:left="1418" w:right="1134"', True),  # A4 across
    ],
)
def test_given_widths_hold_where_the_template_has_room(
    tmp_path: Path, wide: int, margins: str, kept: bool
) -> None:
    """Widths that an author gives to columns are weighed on the template's page: where its last
    section has room for them they hold, else words stay whole and nothing runs out of its cell."""
    made = word.parts(wide=wide)
    page = made["word/document.xml"].decode()
    page = re.sub(r'w:right="1134"[^/]*?w:left="1418"', margins, page)
    page = page.replace('w:gutter="0"', "") if "gutter" in margins else page
    other = '<w:sectPr><w:pgSz w:w="5000" w:h="9000"/><w:pgMar w:left="100" w:right="100"/>'
    body = page.index("<w:body>") + len("<w:body>")
    page = f"{page[:body]}<w:p><w:pPr>{other}</w:sectPr></w:pPr></w:p>{page[body:]}"
    own.put(tmp_path, {"local/vorlage.docx": packed({**made, "word/document.xml": page.encode()})})
    table = _table("list", LISTED, ["Radweg", "Mobilität", "läuft", "Juni 2027", "Bauamt", "neu"])
    given = "4 3 2 2 3 2"
    table = table.replace("<table", f'<table data-print-columns="{given}"', 1)
    write_site(tmp_path / "site", {"vision/": f"<h1>V</h1>{table}"})
    look = job(tmp_path, (Entry(level=1, title="V", page="vision/"),), target=tmp_path / "b.docx")
    make_docx(DocxJob(look=look, template=word_template(tmp_path)))
    tree = part(look.target, "word/document.xml")
    sides = [int(float(n)) for n in re.findall(r'"(\d+)"', margins)]
    assert {n.get(w("w")) for n in tree.iter(w("tblW"))} == {str(wide - sum(sides))}
    for table in tree.iter(w("tbl")):
        columns = [int(c.get(w("w"), "0")) for c in table.iter(w("gridCol"))]
        if kept:
            shares = [round(16 * width / sum(columns), 1) for width in columns]
            assert shares == [4, 3, 2, 2, 3, 2]
        for row in table.iter(w("tr")):
            for room, cell in zip(columns, row.iter(w("tc")), strict=True):
                words = "".join(map(str, cell.itertext())).split()
                assert all(width_of(one) * CHARACTER <= room - EDGES for one in words), words


LISTED_TEXT = (
    "<h1>V</h1><ul><li>Rad</li><li>Bus</li></ul><ol><li>Erstens</li><li>Zweitens</li></ol>"
)


def _numberings(document: Path) -> tuple[set[str], set[str]]:
    """The numberings that paragraphs and styles take part in, and those that there are."""
    trees = [part(document, f"word/{name}.xml") for name in ("document", "styles")]
    used = {str(n.get(w("val"))) for tree in trees for n in tree.iter(w("numId"))}
    lists = part(document, "word/numbering.xml")
    forms = {each.get(w("abstractNumId")) for each in lists.iter(w("abstractNum"))}
    there = {
        str(each.get(w("numId")))
        for each in lists.iter(w("num"))
        if (form := each.find(w("abstractNumId"))) is not None and form.get(w("val")) in forms
    }
    return used - {"0"}, there


def test_a_document_of_ours_is_a_template_too(document: Path, tmp_path: Path) -> None:
    """Lists keep their marks and numbers, time and again; pictures of its text stay behind."""
    made = document
    for turn in range(3):
        folder = tmp_path / str(turn)
        own.put(folder, {"local/vorlage.docx": made.read_bytes()})
        write_site(folder / "site", {"vision/": LISTED_TEXT})
        entry = Entry(level=1, title="V", page="vision/")
        look = job(folder, (entry,), target=folder / "bericht.docx")
        make_docx(DocxJob(look=look, template=word_template(folder)))
        made = look.target
        used, there = _numberings(made)
        assert used
        assert used <= there
        listed = {n.get(w("val")) for n in part(made, "word/document.xml").iter(w("pStyle"))}
        assert {"ListBullet", "ListNumber"} <= listed
        with zipfile.ZipFile(made) as archive:
            names = archive.namelist()
            heads = [archive.read(n).decode() for n in names if "word/header" in n]
        assert any("Märkte &amp; Höfe" in head for head in heads)
        assert not [name for name in names if "media" in name]


def test_pictures_of_a_text_that_was_deleted_stay_behind(document: Path, tmp_path: Path) -> None:
    """Who deletes the text of a template leaves its pictures in the file; they go no further."""
    made = unpacked(document.read_bytes())
    tree = parse(made["word/document.xml"])
    for node in list(tree[0])[:-1]:
        tree[0].remove(node)
    own.put(tmp_path, {"local/vorlage.docx": packed({**made, "word/document.xml": written(tree)})})
    assert [name for name in made if "media" in name]
    write_site(tmp_path / "site", {"vision/": LISTED_TEXT})
    look = job(tmp_path, (Entry(level=1, title="V", page="vision/"),), target=tmp_path / "b.docx")
    make_docx(DocxJob(look=look, template=word_template(tmp_path)))
    assert not [name for name in unpacked(look.target.read_bytes()) if "media" in name]


CAPTIONED = (
    "<h1>V</h1><table><caption>Eins</caption><tr><td>1</td></tr></table><p>Danach</p>"
    '<figure class="chart"><svg role="img" aria-label="B" width="300" height="60" '
    'viewBox="0 0 300 60"><rect width="20" height="40"/></svg>'
    "<figcaption>Bild</figcaption></figure>"
    "<table><caption>Zwei</caption><tr><td>1</td></tr></table>"
)


def test_captions_are_numbered_and_stand_apart_from_what_is_above(tmp_path: Path) -> None:
    """Tables and pictures count each for themselves, as in the PDF; a key stays with its picture,
    and what follows a table has some room above it."""
    write_site(tmp_path / "site", {"vision/": CAPTIONED})
    look = job(tmp_path, (Entry(level=1, title="V", page="vision/"),), target=tmp_path / "b.docx")
    make_docx(DocxJob(look=look))
    tree = part(look.target, "word/document.xml")
    told = ["".join(map(str, p.itertext())) for p in tree.iter(w("p"))]
    assert [text for text in told if "\u00a0" in text] == [
        "Tab.\u00a01: Eins",
        "Abb.\u00a01: Bild",
        "Tab.\u00a02: Zwei",
    ]
    styles = Styles(unpacked(look.target.read_bytes())["word/styles.xml"])
    (drawn,) = [p for p in tree.iter(w("p")) if p.find(f".//{w('drawing')}") is not None]
    (style,) = drawn.iter(w("pStyle"))
    assert styles.has(str(style.get(w("val"))), "keepNext")
    key = drawn.getnext()
    assert key is not None
    assert key.find(f"{w('pPr')}/{w('keepLines')}") is not None
    after = next(tree.iter(w("tbl"))).getnext()
    assert after is not None
    room = after.find(f"{w('pPr')}/{w('spacing')}")
    assert room is not None
    assert int(room.get(w("before"), "0")) > 0


KEY = " Wege: Fläche mit Rahmen; Brücken: senkrechter Strich; Stege: schmaler Balken."
CHARTS = "<h1>V</h1>" + "".join(
    f'<figure class="chart"><svg role="img" aria-label="B" width="300" height="60" '
    f'viewBox="0 0 300 60"><rect width="20" height="40"/></svg><figcaption>'
    f'<span class="chart__title">{title}</span>{KEY if title != "C" else " kurz"}'
    f"</figcaption></figure><table><caption>{title} &amp; {title}</caption>"
    f"<tr><td>1</td></tr></table>"
    for title in "ABCD"
)


@pytest.mark.parametrize(
    ("words", "names", "label"),
    [(GERMAN, ("Abbildung", "Tabelle"), "Abb."), (ENGLISH, ("Figure", "Table"), "Fig.")],
)
def test_numbers_of_captions_are_fields(
    tmp_path: Path, words: Words, names: tuple[str, str], label: str
) -> None:
    """Each caption counts by a field that shows its number; a key told before is a reference to
    the caption that tells it; names of tables in Word are without their numbers."""
    write_site(tmp_path / "site", {"vision/": CHARTS})
    entry = Entry(level=1, title="V", page="vision/")
    make_docx(DocxJob(look=job(tmp_path, (entry,), target=tmp_path / "b.docx", words=words)))
    tree = part(tmp_path / "b.docx", "word/document.xml")
    counts: Counter[str] = Counter()
    places: dict[str, str] = {}
    refers = []
    for field in tree.iter(w("fldSimple")):
        kind, name, *_ = str(field.get(w("instr"))).split()
        shown = "".join(map(str, field.itertext()))
        if kind == "SEQ":
            counts[name] += 1
            assert shown == str(counts[name])
            start = field.getparent().findall(w("bookmarkStart"))[0]
            assert field.getnext().tag == w("bookmarkEnd")
            places[start.get(w("name"))] = "".join(start.getnext().itertext()) + shown
        else:
            assert places[name] == shown
            refers.append(shown)
    assert counts == {names[0]: 4, names[1]: 4}
    assert refers == [f"{label}\u00a01"] * 2
    assert "".join(map(str, tree.itertext())).count(KEY.strip()) == 1
    titles = [title.get(w("val")) for title in tree.iter(w("tblCaption"))]
    assert titles == ["A & A", "B & B", "C & C", "D & D"]


@pytest.mark.parametrize(("size", "font"), [(24, "Calibri"), (28, "Arial"), (20, "Verdana")])
def test_heads_stay_whole_in_larger_letters(tmp_path: Path, size: int, font: str) -> None:
    """Where the template's text has larger or wider letters than ours, tables hold less."""
    made = word.parts(wide=11906)
    normal = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="{size}"/></w:rPr>'
        "</w:style>"
    ).encode()
    styles = made["word/styles.xml"]
    end = styles.index(b"</w:style>", styles.index(b'w:styleId="Normal"'))
    changed = styles[:end] + normal + styles[end + len(b"</w:style>") :]
    own.put(tmp_path, {"local/vorlage.docx": packed({**made, "word/styles.xml": changed})})
    write_site(tmp_path / "site", {"vision/": f"<h1>V</h1>{_table('numbers', COUNTED, ['W'] * 8)}"})
    look = job(tmp_path, (Entry(level=1, title="V", page="vision/"),), target=tmp_path / "b.docx")
    make_docx(DocxJob(look=look, template=word_template(tmp_path)))
    wide = size / 20 * (1.0 if font == "Calibri" else 1.1)
    tree = part(look.target, "word/document.xml")
    assert all(title in "".join(map(str, tree.itertext())) for title in COUNTED)
    for table in tree.iter(w("tbl")):
        columns = [int(c.get(w("w"), "0")) for c in table.iter(w("gridCol"))]
        for row in table.iter(w("tr")):
            for room, cell in zip(columns, row.iter(w("tc")), strict=True):
                words = "".join(map(str, cell.itertext())).split()
                assert all(width_of(one) * CHARACTER * wide <= room - EDGES for one in words), words


def test_a_style_whose_list_is_missing_gets_one(tmp_path: Path) -> None:
    """A template whose styles name a numbering that is not there loses no mark of a list."""
    made = word.parts()
    lost = b'<w:pPr><w:numPr><w:numId w:val="77"/></w:numPr>'
    styles = made["word/styles.xml"]
    at = styles.index(b"<w:pPr>", styles.index(b'w:styleId="ListBullet"'))
    changed = styles[:at] + lost + styles[at + len(b"<w:pPr>") :]
    own.put(tmp_path, {"local/vorlage.docx": packed({**made, "word/styles.xml": changed})})
    write_site(tmp_path / "site", {"vision/": LISTED_TEXT})
    look = job(tmp_path, (Entry(level=1, title="V", page="vision/"),), target=tmp_path / "b.docx")
    make_docx(DocxJob(look=look, template=word_template(tmp_path)))
    used, there = _numberings(look.target)
    assert used
    assert used <= there
