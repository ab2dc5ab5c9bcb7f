"""The Word document of a report: styles, tables, pictures, language, and the same every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from klarplan.look.colour import legible
from klarplan.messages import KlarplanError
from klarplan.papers.docx import DocxJob, make_docx
from klarplan.papers.docx.drawings import SVG, for_office
from klarplan.papers.docx.parts import TYPES, WP, R, W, packed, parse, unpacked, w
from klarplan.papers.docx.reference import TEXT_WIDTH, pandoc_default, reference
from klarplan.papers.job import Entry
from klarplan.words.catalogue import ENGLISH, GERMAN
from tests.support.office import as_pdf
from tests.support.print_site import FIXTURES, from_markdown, job, made_elsewhere, write_site
from tests.support.project import BuiltSample

BODY = """
<h1>Bericht &amp; mehr</h1>
<p>Ein <span lang="en">Dashboard</span> und <em lang="fr">vis-à-vis</em>.</p>
<p lang="en">All English.</p>
<h2 id="stand">Stand</h2><h4>Zu tief</h4>
<ul class="cases"><li><p><strong><a href="../massnahmen/m-001/">Maß &lt;b&gt;</a></strong>
<span class="badge badge--x" data-colour="#1a5fb4"><span class="badge__symbol" aria-hidden="true"
>▶</span> in Umsetzung</span></p><p class="late">Zu spät</p></li></ul>
<p><a href="#stand">hinauf</a>, <a href="https://anders.example/">anderswo</a>,
<a href="#weg">ins Leere</a> <progress class="bar" max="100" value="40" aria-hidden="true">40 %
</progress> 40 %</p>
<figure class="chart"><svg role="img" aria-label="Balken: 3 und 4" width="300" height="60"
viewBox="0 0 300 60"><rect width="200" height="40" fill="var(--md-primary-fg-color)"/>
<text x="9" y="20">Größe</text></svg><figcaption>Ein Bild</figcaption></figure>
<div class="table-scroll" tabindex="0"><table class="list numbers"><caption>Zahlen</caption>
<thead><tr><th scope="col">Feld</th><th scope="col">Zahl</th></tr></thead><tbody>
<tr><th scope="row">Schule</th><td>4</td></tr></tbody>
<tfoot><tr><th scope="row">Summe</th><td>4</td></tr></tfoot></table></div>
<table><thead><tr><th scope="col">Tag</th><th scope="col">Was</th></tr></thead><tbody>
<tr><td>1</td><td>2</td></tr></tbody></table>
"""


def document(folder: Path, body: str, template: Path | None = None, **changes: Any) -> Path:
    """The document of a site with one page."""
    write_site(folder / "site", {"vision/": body})
    look = job(
        folder,
        (Entry(level=1, title="Vision", page="vision/"),),
        **{"target": folder / "bericht.docx", "contact": ("Amt & Co.", "Weg 1"), **changes},
    )
    parts = unpacked(template.read_bytes()) if template else None
    made = DocxJob(look=look, template=parts, date="Stand: 21. November 2026")
    assert make_docx(made) > 5000
    return look.target


def part(file: Path, name: str) -> etree._Element:
    """A part of a document."""
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read(name))


def styled(body: etree._Element, style: str) -> list[str]:
    """The texts of all paragraphs with a style."""
    return [
        "".join(p.itertext()).strip()
        for p in body.iter(w("p"))
        if (s := p.find(f"{w('pPr')}/{w('pStyle')}")) is not None and s.get(w("val")) == style
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document of a page with every construct of a report."""
    return document(tmp_path_factory.mktemp("docx"), BODY)


def test_title_and_headings_are_styles(small: Path) -> None:
    """The page's title is the Title, its headings are Heading 1 and on without a gap."""
    body = part(small, "word/document.xml")
    assert styled(body, "Title") == ["Bericht & mehr"]
    assert styled(body, "Subtitle") == ["Einfach. Offen. Für alle."]
    assert styled(body, "Author") == ["Stadt Musterstadt"]
    assert styled(body, "Date") == ["Stand: 21. November 2026"]
    assert styled(body, "Kontakt") == ["Auskunft gibt: Amt & Co.Weg 1"]
    assert styled(body, "Heading1") == ["Stand"]
    assert styled(body, "Heading2") == ["Zu tief"]


def test_tables_repeat_their_head(small: Path) -> None:
    """Every table has its style, a repeated head, whole rows, a caption and the full width."""
    body = part(small, "word/document.xml")
    tables = list(body.iter(w("tbl")))
    assert len(tables) == 2
    for table in tables:
        assert table.find(f"{w('tblPr')}/{w('tblStyle')}").get(w("val")) == "Table"
        rows = table.findall(w("tr"))
        heads = [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
        widths = [int(c.get(w("w"))) for c in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
        assert TEXT_WIDTH - 10 <= sum(widths) <= TEXT_WIDTH
    looks = [table.find(f"{w('tblPr')}/{w('tblLook')}") for table in tables]
    assert [look.get(w("firstColumn")) for look in looks] == ["1", "0"]
    assert [look.get(w("val")) for look in looks] == ["06A0", "0620"]
    assert styled(body, "TableCaption") == ["Tab.\u00a01: Zahlen"]
    right = tables[0].findall(f".//{w('jc')}")
    assert {each.get(w("val")) for each in right} == {"right"}


def test_pictures_say_what_they_show(small: Path) -> None:
    """A drawing is an SVG with its label as alternative text, and a PNG of print quality that
    stands in for it."""
    body = part(small, "word/document.xml")
    shown = list(body.iter(f"{{{WP}}}docPr"))
    assert [each.get("descr") for each in shown] == ["Balken: 3 und 4"]
    assert [each.get("id") for each in shown] == ["1"]
    assert b"base64" not in etree.tostring(body)
    with zipfile.ZipFile(small) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert [name.rpartition(".")[2] for name in sorted(pictures)] == ["png", "svg"]
        content, drawing = (archive.read(name) for name in sorted(pictures))
        assert b'Extension="svg"' in archive.read("[Content_Types].xml")
    (shown,) = body.iter(f"{{{SVG}}}svgBlip")
    relations = {r.get("Id"): r.get("Target") for r in part(small, "word/_rels/document.xml.rels")}
    assert f"word/{relations[shown.get(f'{{{R}}}embed')]}" in pictures
    assert etree.fromstring(drawing).get("font-family", "").startswith("Calibri")
    assert content.startswith(b"\x89PNG")
    assert 615 <= int.from_bytes(content[16:20]) <= 635
    assert extents(body) == [(79, 16)]
    assert styled(body, "ImageCaption") == ["Abb.\u00a01: Ein Bild"]


def extents(body: etree._Element) -> list[tuple[int, int]]:
    """Width and height of the pictures of a document, in millimetres."""
    found = body.iter(f"{{{WP}}}extent")
    return [tuple(round(int(e.get(side)) / 36000) for side in ("cx", "cy")) for e in found]


@pytest.mark.parametrize(("width", "height"), [(640, 1000), (640, 2000), (1600, 900)])
def test_a_picture_leaves_its_page_room_for_its_caption(
    width: int, height: int, tmp_path: Path
) -> None:
    """However high a picture is drawn, it is whole on its page, with the caption that keeps it."""
    drawn = BODY.replace('width="300" height="60"', f'width="{width}" height="{height}"')
    drawn = drawn.replace("0 0 300 60", f"0 0 {width} {height}")
    body = part(document(tmp_path, drawn), "word/document.xml")
    ((across, down),) = extents(body)
    assert down <= 215
    assert across <= 165
    assert down == 215 or across == 165
    assert abs(across * height - down * width) <= width + height


def test_tables_count_in_word_as_in_print(tmp_path: Path) -> None:
    """A caption that says no more than the heading above it is its number alone."""
    table = "<table><caption>{}</caption><tr><th>Wer</th></tr><tr><td>Alle</td></tr></table>"
    made = document(
        tmp_path,
        f"<h1>Bericht</h1><h2>Gremien</h2>{table.format('<em>Gremien</em>')}"
        f"{table.format('Ämter')}<h2>Ämter</h2>{table.format('Ämter')}",
    )
    told = styled(part(made, "word/document.xml"), "TableCaption")
    assert told == ["Tab.\u00a01", "Tab.\u00a02: Ämter", "Tab.\u00a03"]


def test_a_document_in_english_says_so(tmp_path: Path) -> None:
    """Settings, properties, footer and the line on whom to ask follow the language of the site."""
    write_site(tmp_path / "site", {"bericht/": "<h1>Report</h1><p>All is well.</p>"})
    look = job(
        tmp_path,
        (Entry(level=1, title="Report", page="bericht/"),),
        target=tmp_path / "report.docx",
        words=ENGLISH,
        contact=("Town hall",),
    )
    make_docx(DocxJob(look=look))
    styles = part(look.target, "word/styles.xml")
    assert styles.find(f".//{w('rPrDefault')}//{w('lang')}").get(w("val")) == "en-GB"
    assert part(look.target, "word/settings.xml").find(w("themeFontLang")).get(w("val")) == "en-GB"
    assert "en-GB" in "".join(part(look.target, "docProps/core.xml").itertext())
    footer = "".join(part(look.target, "word/footer1.xml").itertext())
    assert footer.replace("\u00a0", " ").startswith("As of 21 November 2026Page ")
    assert "Questions to: Town hall" in "".join(part(look.target, "word/document.xml").itertext())


LISTS = """
<h1>A</h1><h2>B</h2><p>Drei Punkte:</p>
<ol><li><p>Eins</p><p>noch eins</p></li><li><p>Zwei</p><ul><li>unten<ol><li>tief</li></ol></li></ul>
</li></ol><p>Weiter.</p><ol start="4"><li>Vier</li></ol><ul><li>Punkt</li></ul>
<table><thead><tr><th>T</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
"""


def numbering(file: Path, paragraph: etree._Element) -> tuple[str, str]:
    """The abstract numbering that a paragraph takes part in by itself, and where it starts."""
    held = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    for number in part(file, "word/numbering.xml").iter(w("num")):
        if held is not None and number.get(w("numId")) == held.get(w("val")):
            start = number.find(f".//{w('startOverride')}")
            abstract = number.find(w("abstractNumId")).get(w("val"))
            return abstract, "" if start is None else start.get(w("val"))
    return "", ""


def test_lists_are_styles(tmp_path: Path) -> None:
    """Entries have the styles that Word's own lists have; only new lists of numbers begin anew."""
    made = document(tmp_path, LISTS, contact=())
    body = part(made, "word/document.xml")
    assert styled(body, "ListNumber") == ["Eins", "Zwei", "Vier"]
    assert styled(body, "ListBullet") == ["Punkt"]
    assert styled(body, "ListBullet2") == ["unten"]
    assert styled(body, "ListNumber3") == ["tief"]
    assert styled(body, "ListContinue") == ["noch eins"]
    paragraphs = {"".join(p.itertext()): p for p in body.iter(w("p"))}
    shown = {text: numbering(made, paragraphs[text]) for text in ("Eins", "Zwei", "Vier", "Punkt")}
    assert shown["Eins"] == shown["Zwei"] != shown["Vier"]
    assert [shown[text][1] for text in ("Eins", "Vier", "Punkt")] == ["1", "4", ""]
    styles = {s.get(w("styleId")): s for s in part(made, "word/styles.xml").iter(w("style"))}
    for name in ("ListNumber", "ListBullet", "ListBullet2", "ListNumber3"):
        assert styles[name].find(f"{w('pPr')}/{w('numPr')}/{w('numId')}") is not None, name
    kinds = [etree.QName(each).localname for each in part(made, "word/numbering.xml")]
    assert kinds == sorted(kinds)  # the schema wants all abstract ones first


def test_what_announces_stays_with_what_follows(tmp_path: Path) -> None:
    """Words before a list or table, and heads of tables, are not alone at the end of a page."""
    body = part(document(tmp_path, LISTS, contact=()), "word/document.xml")
    kept = {
        "".join(p.itertext())
        for p in body.iter(w("p"))
        if p.find(f"{w('pPr')}/{w('keepNext')}") is not None
    }
    assert kept == {"Drei Punkte:", "Eins", "Punkt", "T"}
    near = {
        "".join(p.itertext())
        for p in body.iter(w("p"))
        if (room := p.find(f"{w('pPr')}/{w('spacing')}")) is not None and room.get(w("after"))
    }
    assert near == {"Eins"}, "what goes on stands near, whatever a template leaves there"


def test_numbers_are_written_as_the_language_does(small: Path) -> None:
    """Word calculates with the comma in German, and parts values by semicolons."""
    settings = part(small, "word/settings.xml")
    assert settings.find(w("decimalSymbol")).get(w("val")) == ","
    assert settings.find(w("listSeparator")).get(w("val")) == ";"


def test_a_drawing_for_offices_has_no_lengths_in_per_cent() -> None:
    """What Word may not resolve is a number of the drawing's own units."""
    space = "http://www.w3.org/2000/svg"
    drawn = f'<svg xmlns="{space}" viewBox="0 0 200 9"><text x="25%">a</text></svg>'
    assert parse(for_office(drawn.encode()))[0].get("x") == "50"


GERMAN_NAMES = {"Heading1": "berschrift1", "Heading2": "berschrift2", "Caption": "Beschriftung"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template as a German Word writes it: ids in German, few styles, narrow, its own header."""
    parts = dict(pandoc_default())
    styles = parse(parts["word/styles.xml"])
    for style in list(styles.iter(w("style"))):
        name = style.get(w("styleId"), "")
        if name in ("Table", "TableCaption", "ImageCaption", "Compact", "CaptionedFigure"):
            styles.remove(style)
        style.set(w("styleId"), GERMAN_NAMES.get(name, name))
        for keep in style.findall(f"{w('pPr')}/{w('keepNext')}"):
            keep.getparent().remove(keep)
        for font in style.iter(w("rFonts")):
            font.attrib.clear()
            font.set(w("ascii"), "DejaVu Serif")
            font.set(w("hAnsi"), "DejaVu Serif")
    for base in styles.iter(w("basedOn"), w("next"), w("link")):
        base.set(w("val"), GERMAN_NAMES.get(base.get(w("val")), base.get(w("val"))))
    styles.append(
        parse(
            f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="Aufzhlungszeichen"><w:name '
            'w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
            "</w:style>".encode()
        )
    )
    parts["word/styles.xml"] = etree.tostring(styles)
    parts["word/numbering.xml"] = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3"><w:multiLevelType '
        'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="→"/>'
        '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId '
        'w:val="3"/></w:num></w:numbering>'
    ).encode()
    body = parse(parts["word/document.xml"])
    (section,) = body.iter(w("sectPr"))
    section[:] = parse(
        f'<a xmlns:w="{W}" xmlns:r="{R}"><w:headerReference w:type="default" r:id="rIdKopf"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="2000" w:bottom="1418" '
        'w:left="2000" w:header="680" w:footer="567" w:gutter="0"/></a>'.encode()
    )
    parts["word/document.xml"] = etree.tostring(body)
    parts["word/header1.xml"] = (
        f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Kopf der Stadt</w:t></w:r></w:p></w:hdr>'
    ).encode()
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    related = f'<Relationship Id="rIdKopf" Type="{kinds}" Target="header1.xml"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", related.encode())
    told = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    override = f'<Override PartName="/word/header1.xml" ContentType="{told}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())
    file = tmp_path_factory.mktemp("vorlage") / "vorlage.docx"
    file.write_bytes(packed(parts))
    return file


def test_a_template_of_ones_own_decides(template: Path, tmp_path: Path) -> None:
    """Its styles, whatever their ids, its page, header and marks of lists hold; what it does not
    have is added, and nothing refers to what is not there."""
    made = document(tmp_path, BODY + LISTS.replace("<h1>A</h1>", ""), template)
    body = part(made, "word/document.xml")
    assert styled(body, "berschrift1") == ["Stand", "B"]
    assert (styled(body, "ImageCaption"), styled(body, "TableCaption")) == (
        ["Abb.\u00a01: Ein Bild"],
        ["Tab.\u00a01: Zahlen"],
    )
    bases = {
        s.get(w("styleId")): s.find(w("basedOn")).get(w("val"))
        for s in part(made, "word/styles.xml").iter(w("style"))
        if s.find(w("basedOn")) is not None
    }
    assert bases["ImageCaption"] == bases["TableCaption"] == "Beschriftung"
    assert styled(body, "Aufzhlungszeichen")[-1] == "Punkt"
    assert styled(body, "ListNumber") == ["Eins", "Zwei", "Vier"]
    styles = part(made, "word/styles.xml")
    known = [s.get(w("styleId")) for s in styles.iter(w("style"))]
    assert len(known) == len(set(known))
    used = {s.get(w("val")) for s in body.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    used |= {s.get(w("val")) for s in styles.iter(w("basedOn"), w("link"), w("next"))}
    assert used <= set(known)
    numbered = {s.get(w("styleId")): s.find(f".//{w('numId')}") for s in styles.iter(w("style"))}
    assert numbered["Aufzhlungszeichen"].get(w("val")) == "7"
    marks = [n.get(w("val")) for n in part(made, "word/numbering.xml").iter(w("lvlText"))]
    assert "→" in marks
    kept = [p for p in body.iter(w("p")) if "".join(p.itertext()) == "Stand"]
    assert kept[0].find(f"{w('pPr')}/{w('keepNext')}") is not None
    for table in body.iter(w("tbl")):
        widths = [int(c.get(w("w"))) for c in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
        assert 7906 - 10 <= sum(widths) <= 7906
    headers = [name for name in unpacked(made.read_bytes()) if name.startswith("word/header")]
    assert any("Kopf der Stadt" in "".join(part(made, name).itertext()) for name in headers)


@pytest.mark.long
def test_libreoffice_reads_a_document_with_a_template(template: Path, tmp_path: Path) -> None:
    """With a template of one's own, headings, lists, tables and pictures are all there."""
    made = document(tmp_path, BODY + LISTS.replace("<h1>A</h1>", ""), template)
    with pikepdf.open(as_pdf(made, tmp_path / "pdf")) as pdf:
        counted = Counter(kind for kind, _ in structure(pdf.Root.StructTreeRoot))
        assert any("DejaVuSerif" in str(font) for page in pdf.pages for font in fonts(page))
    assert counted["H1"] == 2
    assert counted["Table"] == 3
    assert counted["Figure"] >= 1
    assert counted["L"] >= 3
    assert counted["LI"] >= 6


def fonts(page: pikepdf.Page) -> Iterator[str]:
    """The names of the typefaces of a page."""
    for font in page.Resources.get("/Font", {}).values():
        yield str(font.BaseFont)


def test_language_is_told(small: Path) -> None:
    """The document is German; foreign words and paragraphs keep their language."""
    styles = part(small, "word/styles.xml")
    stated = styles.find(f".//{w('rPrDefault')}//{w('lang')}")
    assert stated.get(w("val")) == "de-DE"
    settings = part(small, "word/settings.xml")
    assert settings.find(w("themeFontLang")).get(w("val")) == "de-DE"
    assert settings.find(w("autoHyphenation")) is not None
    body = part(small, "word/document.xml")
    found = {
        "".join(run.itertext()): lang.get(w("val"))
        for run in body.iter(w("r"))
        if (lang := run.find(f"{w('rPr')}/{w('lang')}")) is not None
    }
    assert found["Dashboard"] == "en"
    assert found["vis-à-vis"] == "fr"
    assert "en" in {found.get("All"), found.get("All English.")}


def test_no_line_ends_between_a_day_and_its_month(tmp_path: Path) -> None:
    """Numbers stay with their units as in print, in the title and in links too; code does not
    change."""
    told = (
        "<h1>Bericht 1. Halbjahr 2026</h1><p>bis zum 31. <em>Januar</em> oder 31. Januar, "
        '<a href="https://a.example/">3. Quartal</a> 5 €, 4 %, 1. Punkt, 3 May</p>'
        "<pre><code>am 31. Januar</code></pre>"
    )
    text = "".join(part(document(tmp_path, told), "word/document.xml").itertext())
    for held in ("1.| Halbjahr", "31.| Januar,", "3.| Quartal", "5| €", "4| %", "3| May"):
        assert held.replace("| ", "\u00a0") in text
    assert "1. Punkt" in text
    assert "am 31. Januar" in text


def test_badges_and_bars_are_words(small: Path) -> None:
    """A status is its word in a style of its own, without symbol; bars leave only their number."""
    body = part(small, "word/document.xml")
    runs = {
        style.get(w("val")): "".join(run.itertext())
        for run in body.iter(w("r"))
        if (style := run.find(f"{w('rPr')}/{w('rStyle')}")) is not None
    }
    assert runs["Status"] == "– in Umsetzung"
    assert runs["Verzug"] == "Zu spät"
    text = "".join(body.itertext())
    assert text.count("40\u00a0%") == 1
    known = {s.get(w("styleId")) for s in part(small, "word/styles.xml").iter(w("style"))}
    used = {s.get(w("val")) for s in body.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    assert used <= known


def targets(file: Path) -> set[str]:
    """The addresses that a document links to."""
    relations = part(file, "word/_rels/document.xml.rels")
    return {r.get("Target", "") for r in relations if r.get("TargetMode") == "External"}


def test_links_are_absolute(small: Path, tmp_path: Path) -> None:
    """Links within the site lead to its address; without one, and to nowhere, they are text."""
    base = "https://strategie.musterstadt.example/"
    assert targets(small) == {f"{base}massnahmen/m-001/", "https://anders.example/"}
    body = part(small, "word/document.xml")
    anchors = [a.get(w("anchor")) for a in body.iter(w("hyperlink")) if a.get(w("anchor"))]
    assert anchors == ["stand"]
    assert "ins Leere" in "".join(body.itertext())
    other = document(tmp_path, BODY, address="")
    assert targets(other) == {"https://anders.example/"}
    assert "Maß <b>" in "".join(part(other, "word/document.xml").itertext())


def test_page_and_margins(small: Path) -> None:
    """The page is A4; the header names who and what, the footer the day and the page of pages."""
    body = part(small, "word/document.xml")
    size = body.find(f".//{w('sectPr')}/{w('pgSz')}")
    assert (size.get(w("w")), size.get(w("h"))) == ("11906", "16838")
    foot = part(small, "word/footer1.xml")
    assert "".join(foot.itertext()) == "Stand: 21.\u00a0November 2026Seite 1 von 1"
    fields = [f.get(w("instr")).strip() for f in foot.iter(w("fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    head = "".join(part(small, "word/header1.xml").itertext())
    assert head == "Stadt Musterstadt · Einfach. Offen. Für alle."


def test_properties_say_what_it_is(small: Path) -> None:
    """Title, author, subject, language and the as-of date are properties; no program's own."""
    core = {etree.QName(e).localname: e.text for e in part(small, "docProps/core.xml")}
    assert core["title"] == "Bericht & mehr"
    assert core["creator"] == "Stadt Musterstadt"
    assert core["subject"] == "Einfach. Offen. Für alle."
    assert core["language"] == "de-DE"
    assert core["created"] == core["modified"] == "2026-11-21T00:00:00Z"


def test_colours_can_be_read(tmp_path: Path) -> None:
    """Pale colours of the settings are darkened until text in them stands out."""
    made = document(tmp_path, BODY, primary_colour="#ffee00", accent_colour="#ffcccc")
    styles = part(made, "word/styles.xml")
    used = {c.get(w("val")) for c in styles.iter(w("color"))} - {"auto"}
    assert "ffee00" not in used
    for colour in used:
        assert legible(f"#{colour.lower()}") == f"#{colour.lower()}", colour


def test_styles_keep_the_order_of_the_schema() -> None:
    """Parts of a style stand in the order of the schema, without which Word repairs the file."""
    order = ["name", "basedOn", "next", "link", "uiPriority", "unhideWhenUsed", "qFormat", "rsid"]
    order += ["pPr", "rPr", "tblPr", "tblStylePr"]
    in_paragraph = ["keepNext", "keepLines", "numPr", "pBdr", "tabs", "spacing", "ind"]
    in_paragraph += ["contextualSpacing", "jc", "outlineLvl"]
    in_letters = ["rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "sz", "szCs", "u"]
    in_letters += ["vertAlign", "lang"]
    with zipfile.ZipFile(io.BytesIO(reference(GERMAN, "#1f4e79", "#9a3b00", "K", "F"))) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    for style in styles.iter(w("style")):
        for node, wanted in (
            (style, order),
            (style.find(w("pPr")), in_paragraph),
            (style.find(w("rPr")), in_letters),
        ):
            if node is not None:
                names = [etree.QName(child).localname for child in node]
                assert names == sorted(names, key=wanted.index), style.get(w("styleId"))


def test_any_text_becomes_a_document(tmp_path: Path) -> None:
    """The page with every construct of Markdown and much raw HTML is a sound document."""
    text = (FIXTURES / "torture.md").read_text("utf-8").replace("LANGESWORT", "Wort" * 75)
    site = tmp_path / "site"
    write_site(site, {"vision/": ""})
    for name in ("punkt.png", "balken.svg"):
        (site / "vision" / name).write_bytes((FIXTURES / name).read_bytes())
    (site / "vision" / "kaputt.png").write_bytes(b"kein PNG")
    made = document(tmp_path, from_markdown(text), contact=(), subtitle="", publisher="<&>")
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    numbers = [int(e.get("id")) for e in part(made, "word/document.xml").iter(f"{{{WP}}}docPr")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_a_picture_without_a_text_is_refused(tmp_path: Path) -> None:
    """A picture that says nothing to those who can't see it stops the document, with its page."""
    with pytest.raises(KlarplanError) as told:
        document(tmp_path, '<h1>A</h1><svg role="img" viewBox="0 0 9 9"></svg>')
    assert "vision/" in told.value.problem.de


AGAIN = """
import sys
from pathlib import Path
from tests.papers.test_docx import BODY, document
document(Path(sys.argv[1]), BODY)
"""


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two documents made in other folders, time zones, languages and processes are equal."""
    made = made_elsewhere(tmp_path, AGAIN, "bericht.docx")
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_samples_report_has_all_its_parts(sample: BuiltSample) -> None:
    """The report of the sample has its sections, charts with texts, heads on every table, numbers
    of measures."""
    file = sample.site / "umsetzungsbericht-2026-h1.docx"
    body = part(file, "word/document.xml")
    assert styled(body, "Title") == ["Umsetzungsbericht 1.\u00a0Halbjahr 2026"]
    assert styled(body, "Date") == ["Stand der Meldungen: 30.\u00a0Juni 2026"]
    heads = styled(body, "Heading1")
    assert "Was sich verzögert, und warum" in heads
    assert "Worum wir den Rat bitten" in heads
    assert "Bildung und Schulen" in styled(body, "Heading3")
    assert "DS-02 Elektronische Akte einführen" in "".join(body.itertext())
    tables = list(body.iter(w("tbl")))
    assert len(tables) == len(list(body.iter(w("tblHeader")))) + 1 >= 7  # facts have no head
    assert styled(body, "ListNumber")[0].startswith("Lernwerkstatt:")
    assert styled(body, "ListBullet")[0].startswith("DS-35 Leitlinie für offene Daten – abge")
    statuses, money = styled(body, "ImageCaption")
    assert statuses.startswith(
        "Abb.\u00a01: Maßnahmen nach Handlungsfeld und Status. ○\u00a0geplant"
    )
    assert money.startswith("Abb.\u00a02: Mittel 2026 nach Handlungsfeldern. Breite Fläche mit ")
    described = [each.get("descr", "") for each in body.iter(f"{{{WP}}}docPr")]
    assert len(described) == 2
    assert all(len(text) > 50 for text in described)
    assert not re.search(r"[{}]{2}|<", "".join(body.itertext()))
    assert W in body.nsmap.values()
    assert file.stat().st_size < 400_000


def structure(node: Any) -> Iterator[tuple[str, str]]:
    """Kind and alternative text of each tag of a PDF, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)[1:], str(kid.get("/Alt", ""))
            yield from structure(kid)


def bookmarks(file: Path) -> list[str]:
    """The bookmarks of a PDF on the first level."""
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        return [item.title for item in outline.root]


@pytest.mark.long
def test_libreoffice_reads_the_report(sample: BuiltSample, tmp_path: Path) -> None:
    """LibreOffice finds headings, heads of tables, alternative texts, title and language."""
    made = as_pdf(sample.site / "umsetzungsbericht-2026-h1.docx", tmp_path)
    with pikepdf.open(made) as pdf:
        assert str(pdf.Root.Lang).lower() == "de-de"
        assert str(pdf.docinfo["/Title"]) == "Umsetzungsbericht 1. Halbjahr 2026"
        assert bool(pdf.Root.MarkInfo.Marked)
        tags = list(structure(pdf.Root.StructTreeRoot))
        assert len(pdf.pages) <= 14
        box = [float(number) for number in pdf.pages[0].mediabox]
    assert [round(box[2]), round(box[3])] == [595, 842]
    assert "Was sich verzögert, und warum" in bookmarks(made)
    counted = Counter(kind for kind, _ in tags)
    assert counted["H1"] >= 10
    assert counted["H2"] >= 3
    assert counted["Table"] >= 6
    assert counted["TH"] >= 15
    assert any("Gestapelte Balken" in text for kind, text in tags if kind == "Figure")


@pytest.mark.long
def test_libreoffice_opens_any_document(tmp_path: Path) -> None:
    """A small document of every construct is opened and exported as well."""
    made = as_pdf(document(tmp_path / "a", BODY, as_of=dt.date(2026, 1, 2)), tmp_path / "b")
    assert bookmarks(made) == ["Stand"]
