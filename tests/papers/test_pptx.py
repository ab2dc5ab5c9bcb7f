"""The slides on a report: their order, what is read out, and that nothing runs off one."""

from __future__ import annotations

import csv
import datetime as dt
import posixpath
import re
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree, html

from klarplan.papers.docx.parts import A
from klarplan.papers.job import Entry
from klarplan.papers.pptx import Bars, Points, Row, Slide, Table, make_pptx
from klarplan.papers.pptx.letters import width_of
from klarplan.papers.pptx.reference import P
from klarplan.papers.pptx.slides import BOTTOM, CELL, TOP, broken, fitted, height, lines
from klarplan.papers.slide_asked import asked_slides
from klarplan.papers.slide_texts import slides_of
from klarplan.papers.text import breakable_anywhere
from klarplan.strategy.load import load
from klarplan.strategy.periods import periods
from klarplan.strategy.public import public
from klarplan.words.catalogue import ENGLISH, GERMAN
from macros.registry import Context
from tests.support.office import as_pdf
from tests.support.print_site import job, made_elsewhere
from tests.support.project import AS_OF, REPOSITORY, BuiltSample
from tests.support.synthetic import write_strategy

NASTY = '<b> "Ä" | & {{ 7*7 }} ' + "Donau" * 30
POINT = 12700
NO_ARTICLE = html.fragment_fromstring("<div></div>")


def presented(file: Path) -> list[etree._Element]:
    """The slides of a presentation, in the order in which they are shown."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        place = "ppt/_rels/presentation.xml.rels"
        targets = {r.get("Id"): r.get("Target") for r in etree.fromstring(archive.read(place))}
        whole = etree.fromstring(archive.read("ppt/presentation.xml"))
        ids = [next(v for k, v in s.items() if "}" in k) for s in whole.iter(f"{{{P}}}sldId")]
        return [etree.fromstring(archive.read(f"ppt/{targets[i]}")) for i in ids]


def title(slide: etree._Element) -> str:
    """The title of a slide, which is the first that is read out."""
    first = next(slide.iter(f"{{{P}}}sp"))
    assert first.find(f".//{{{P}}}ph").get("type") in ("title", "ctrTitle")
    return text(first)


def text(node: etree._Element) -> str:
    """All words below an element, those that are parted as one again."""
    return re.sub("-?\n", "", shown_text(node))


def shown_text(node: etree._Element) -> str:
    """All words below an element, with the ends of lines inside them."""
    told = node.iter(f"{{{A}}}t", f"{{{A}}}br")
    return "".join("\n" if part.tag.endswith("br") else str(part.text or "") for part in told)


def bottoms(slide: etree._Element) -> list[float]:
    """Where the boxes of a slide end, in points from above."""
    found = []
    for offset in slide.iter(f"{{{A}}}off"):
        size = offset.getnext()
        found.append((int(offset.get("y")) + int(size.get("cy"))) / POINT)
    return found


def test_the_samples_slides_follow_the_report(sample: BuiltSample) -> None:
    """Ten slides: what is asked for first, then figures, delays, money, and what is next."""
    slides = presented(sample.site / "umsetzungsbericht-2026-h1.pptx")
    assert [title(slide).replace("\u00a0", " ") for slide in slides] == [
        "Umsetzungsbericht 1. Halbjahr 2026",
        "Worum wir den Rat bitten",
        "Das Wichtigste in Kürze",
        "Stand nach Handlungsfeld",
        "Was erreicht wurde",
        "Was sich verzögert, und warum",
        "Was eingestellt wurde",
        "Geld",
        "Was beschlossen wurde",
        "Was als Nächstes kommt",
    ]
    assert text(slides[1]).count("Lernwerkstatt") >= 1
    assert len(list(slides[1].iter(f"{{{A}}}buAutoNum"))) == 4
    assert len(list(slides[1].iter(f"{{{A}}}buNone"))) == 2
    said = text(slides[1]).replace("\u00a0", " ")
    assert "bittet den Rat, diesen Bericht zur Kenntnis zu nehmen und über vier Punkte" in said
    assert "DS-02 Elektronische Akte einführen" in text(slides[5])
    assert "Das Einscannen der Altakten" in text(slides[5])
    assert "Dazu kommen 4 weitere Zeilen: DS-17" in text(slides[5])
    (chart,) = slides[3].iter(f"{{{P}}}grpSp")
    assert "in Umsetzung: 16; verzögert: 8" in chart.find(f".//{{{P}}}cNvPr").get("descr")
    for slide in slides:
        languages = {run.get("lang") for run in slide.iter(f"{{{A}}}rPr")}
        assert languages == {"de-DE"}
        ids = [each.get("id") for each in slide.iter(f"{{{P}}}cNvPr")]
        assert len(ids) == len(set(ids))
        assert all(bottom <= 405 for bottom in bottoms(slide))
        for table in slide.iter(f"{{{A}}}tbl"):
            assert table.find(f"{{{A}}}tblPr").get("firstRow") == "1"


def test_the_parts_of_a_presentation_belong_together(sample: BuiltSample) -> None:
    """Each part that another names is there, has a type, and no example of pandoc's is left."""
    with zipfile.ZipFile(sample.site / "umsetzungsbericht-2026-h1.pptx") as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        told = {t.get("PartName", "").lstrip("/") for t in types if t.get("PartName")}
        assert told <= names
        for name in names:
            if name.endswith(".rels"):
                base = posixpath.dirname(posixpath.dirname(name))
                for related in etree.fromstring(archive.read(name)):
                    target = posixpath.normpath(posixpath.join(base, related.get("Target")))
                    assert target in names, (name, target)
        core = archive.read("docProps/core.xml").decode()
        assert "<dc:language>de-DE</dc:language>" in core
        assert "2026-06-30T00:00:00Z" in core
        assert not [n for n in names if "notes" in n]


def test_what_does_not_fit_is_told() -> None:
    """Rows that have no room are counted with the numbers of their measures; one always stays."""
    rows = tuple(Row((NASTY, NASTY), f"M-{n:03}") for n in range(60))
    table = Table(head=["A", "B"], rows=rows, shares=(1, 2), more=5)
    shown = fitted(Slide(title="A", content=(table,), section="A"))
    (block,) = shown.slide.content
    assert isinstance(block, Table)
    assert 1 <= len(block.rows) < 20
    assert height(block) <= BOTTOM - TOP
    assert (len(shown.left), shown.more) == (60 - len(block.rows), 65 - len(block.rows))
    points = Points(rows=tuple(Row((f"Punkt {n}",)) for n in range(4)))
    assert fitted(Slide(title="A", content=(points,))).more == 0


@pytest.mark.parametrize(("rows", "size"), [(2, 18), (9, 18), (11, 14), (12, 12)])
def test_a_table_is_as_large_as_its_slide_lets_it(rows: int, size: int) -> None:
    """Few rows are read from the last seat: in the largest type in which all of them fit."""
    table = Table(head=["A"], rows=tuple(Row((str(n),)) for n in range(rows)), shares=(1,))
    (block,) = fitted(Slide(title="A", content=(table,))).slide.content
    assert isinstance(block, Table)
    assert (len(block.rows), block.size) == (rows, size)
    assert height(block) <= BOTTOM - TOP


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("", 1), ("a b", 1), ("a" * 22, 3), ("aaaa " * 4, 2), ("a " + "b" * 9, 2), ("W" * 10, 2)],
)
def test_lines_are_counted_as_they_break(words: str, wanted: int) -> None:
    """Words go whole to the next line; those that no line holds are broken."""
    assert lines(words, 51.0, 10.0) == wanted


SHIP = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
CHAIN = f"Bund-Länder-{SHIP}"
ADDRESS = "https://www.musterstadt.example/rathaus/digitalstrategie/umsetzungsberichte/2026-h1.pdf"
LONG_WORDS = (SHIP, f"({SHIP.lower()}).", CHAIN, ADDRESS, "x" * 90, "W" * 90, "7" * 70, "ß" * 50)


@pytest.mark.parametrize("word", LONG_WORDS)
@pytest.mark.parametrize("wide", [94.0, 140.0, 300.0])
def test_long_words_are_parted_where_lines_end(word: str, wide: float) -> None:
    """Every line of a long word fits; words part at syllables with a hyphen, addresses behind their
    marks without one, and nothing is lost; a word that fits stays whole."""
    marked = breakable_anywhere(word, "de")
    parts = broken(f"Die {marked} hat.", wide, CELL).split("\n")
    assert all(width_of(part.split(" ")[-1]) * CELL <= wide for part in parts)
    dash = "" if word in (ADDRESS, "7" * 70) else "-"
    assert all(part.endswith(dash) and len(part) > 2 for part in parts[:-1])
    assert "".join(parts).replace("-", "") == f"Die {word} hat.".replace("-", "")
    assert dash or "".join(parts) == f"Die {word} hat."
    assert broken(f"Die {marked} hat.", 2000.0, CELL) == f"Die {word} hat."


@pytest.mark.long
def test_long_words_stay_in_their_place(tmp_path: Path) -> None:
    """LibreOffice shows each line of a long word as we part it, inside of the slide and above its
    foot, in titles, points and narrow columns."""
    rows = tuple(Row((word, word, "3")) for word in LONG_WORDS[:3])
    slides = [Slide(title=SHIP, content=(Points(rows=tuple(Row((w,)) for w in LONG_WORDS)),))]
    for word in LONG_WORDS[2:]:
        row = Row((word, word, "3"))
        table = Table(head=[SHIP, "Feld", "Zahl"], rows=(*rows[:1], row), shares=(2, 3, 1))
        slides.append(Slide(title=word, content=(table,), section="A"))
    file = made(tmp_path, slides, title=SHIP)
    pdf = pypdfium2.PdfDocument(as_pdf(file, tmp_path, "impress"))
    assert len(pdf) == len(slides) + 1
    for page, slide in zip(pdf, presented(file), strict=True):
        shown = page.get_textpage()
        told = shown.get_text_range().replace("\ufffe", "-\n")
        seen = ["".join(line.split()) for line in told.splitlines()]
        for box in slide.iter(f"{{{A}}}p"):
            pieces = shown_text(box).split("\n")
            for piece in pieces if len(pieces) > 1 else []:
                assert any(line.endswith("".join(piece.split())) for line in seen), piece
        width, high = page.get_size()
        for at in range(shown.count_rects()):
            left, bottom, right, _ = shown.get_rect(at)
            assert left >= 0
            assert right <= width - 10
            assert bottom > 0
        assert high == pytest.approx(405, abs=1)


def made(folder: Path, slides: Sequence[Slide], **changes: object) -> Path:
    """A presentation of some slides."""
    look = job(folder, (Entry(level=1, title="A"),), target=folder / "a.pptx", **changes)
    make_pptx(look, "Stand", slides)
    return look.target


def test_any_text_is_shown_as_it_is(tmp_path: Path) -> None:
    """Quotes, pipes, angle brackets and endless words stay words; equal titles get a number."""
    table = Table(head=[NASTY], rows=(Row((NASTY,)),), shares=(1,))
    bars = Bars(parts=[(NASTY, "<", 3, "#1a5fb4")], alt=NASTY)
    content: tuple[Points | Table | Bars, ...]
    slides = [Slide(title="A", content=(Points(rows=(Row((NASTY,)),)),), section="A")]
    for content in ((table,), (bars,)):
        slides.append(Slide(title="A", content=content, section="A"))
    file = made(tmp_path, slides, title=NASTY, words=ENGLISH)
    shown = presented(file)
    titles = [title(slide) for slide in shown]
    assert len(set(titles)) == len(titles)
    assert titles[1:] == ["A", "A (2)", "A (3)"]
    assert titles[0].startswith('<b> "Ä" | & {{ 7*7 }}')
    assert all(NASTY in text(slide) for slide in shown[1:])
    assert {run.get("lang") for run in shown[1].iter(f"{{{A}}}rPr")} == {"en-GB"}


def test_words_in_another_language_say_so(tmp_path: Path) -> None:
    """Words in another language are a run that is told it; the same letters in a word are not."""
    row = Row(
        ("Die App bleibt ein Apparat, wie open data.",),
        foreign=(("App", "en"), ("open data", "en-GB")),
    )
    (_, slide) = presented(made(tmp_path, [Slide(title="A", content=(Points(rows=(row,)),))]))
    told = {
        "".join(run.itertext()): run.find(f"{{{A}}}rPr").get("lang")
        for run in slide.iter(f"{{{A}}}r")
    }
    assert (told["App"], told["open data"]) == ("en", "en-GB")
    assert told[" bleibt ein Apparat, wie "] == "de-DE"
    assert row.texts[0] in text(slide)


def texts_of(root: Path, day: dt.date) -> list[Slide]:
    """The slides on the newest report of a root."""
    shown = public(load(root))
    ctx = Context(strategy=shown.strategy, descriptor=shown.descriptor, as_of=day)
    return slides_of(ctx, periods(shown.strategy, day)[0], NO_ARTICLE)


def asked(body: str, most: int = 1, head: str = "Beschlussvorschlag") -> list[Slide]:
    """The slides on what is asked for, of a page with such a section."""
    page = f"<div><h2>{head}</h2>{body}<h2>Geld</h2><p>Nicht gefragt.</p></div>"
    words = GERMAN if head == "Beschlussvorschlag" else ENGLISH
    return asked_slides(words, html.fragment_fromstring(page), most)


def points(slides: Sequence[Slide]) -> list[tuple[int | None, str]]:
    """The points on slides, with their numbers."""
    blocks = [block for slide in slides for block in fitted(slide).slide.content]
    return [(r.place, r.texts[0]) for b in blocks if isinstance(b, Points) for r in b.rows]


def bare(slide: Slide) -> list[bool]:
    """Which of the points of a slide have no mark."""
    return [row.bare for block in slide.content if isinstance(block, Points) for row in block.rows]


def items(many: int, text: str = "Der Rat beschließt es.") -> str:
    """So many items of a list."""
    return f"<li>{text}</li>" * many


@pytest.mark.parametrize(
    "first",
    [
        "Der Rat stimmt der Satzung zu, die z. B. am 30. Juni oder gem. § 58 Abs. 2 gilt.",
        "Nach Anlage Nr. 5 zahlt die Gemeinde ca. 3 Mio. Euro an Dr. Öz.",
    ],
)
def test_points_are_cut_behind_sentences_and_say_so(first: str) -> None:
    """No abbreviation ends a point; a first sentence that is too long is cut behind a word."""
    rest = "Alles Weitere steht in der Anlage. " * 40
    (slide,) = asked(f"<ol><li>{first} {rest}</li>{items(7)}</ol>")
    (_, told), *_ = points([slide])
    assert told.startswith(first)
    assert told.endswith("Anlage.\u00a0[…]")
    assert slide.cut
    (slide,) = asked(f"<ol><li>{first[:-1]} {first * 10}</li>{items(7)}</ol>")
    assert points([slide])[0][1].endswith("\u00a0…")
    (slide,) = asked(f"<ol><li>{first}</li></ol>")
    assert (points([slide]), slide.cut) == ([(1, first)], False)


def test_nothing_that_is_asked_vanishes() -> None:
    """Paragraphs before, between and behind lists stand whole among the points, without a mark."""
    (slide,) = asked(
        "<p>Der Rat bewilligt die Mehrkosten.</p><p>Er beschließt:</p>"
        "<ol><li>Eins.</li><li>Zwei.</li></ol><div><p>Er dankt allen. Er bittet:</p></div>"
        "<ol start='3'><li>Drei.</li></ol><ul><li>Vier.</li></ul><blockquote><p>„Fünf.“</p>"
        "</blockquote><!-- nichts -->"
    )
    assert points([slide]) == [
        *((None, "Der Rat bewilligt die Mehrkosten."), (None, "Er beschließt:")),
        *((1, "Eins."), (2, "Zwei.")),
        *((None, "Er dankt allen. Er bittet:"), (3, "Drei."), (None, "Vier."), (None, "„Fünf.“")),
    ]
    assert not slide.cut
    assert bare(slide) == [True, True, False, False, True, False, False, True]
    (slide,) = asked("<p>Erstens: Geld</p><p>Zweitens</p>", head="Proposed resolution")
    assert points([slide]) == [(None, "Erstens: Geld"), (None, "Zweitens")]
    assert bare(slide) == [False, False]
    (slide,) = asked("<ol><li>Eins.</li></ol><h2>Beschlussempfehlung</h2><ol><li>Zwei.</li></ol>")
    assert points([slide]) == [(1, "Eins."), (None, "Beschlussempfehlung"), (1, "Zwei.")]
    assert bare(slide) == [False, True, False]
    (slide,) = asked("<p>Mehr Geld</p><ul><li>Eins.</li></ul>")
    assert (points([slide]), slide.cut) == ([(None, "Mehr Geld"), (None, "Eins.")], False)
    (slide,) = asked("<table><tr><td>Geld</td></tr></table><ul><li>Eins.</li></ul>")
    assert (points([slide]), slide.cut) == ([(None, "Eins.")], True)


def test_what_is_no_point_has_no_mark(tmp_path: Path) -> None:
    """What leads to points has no bullet, stays with them, and is not counted among them."""
    lead = "<p>Der Rat nimmt den Bericht zur Kenntnis und beschließt:</p>"
    many = f"{lead}<ol>{items(9, 'Der Rat beschließt ' + 'das ' * 30 + 'heute.')}</ol>{lead}"
    (_, shown) = presented(made(tmp_path, asked(many)))
    last = len(list(shown.iter(f"{{{A}}}buAutoNum")))
    assert len(list(shown.iter(f"{{{A}}}buNone"))) == 1
    assert f"Dazu kommen die Punkte {last + 1} bis 9. Im Bericht" in text(shown)
    ends = set()
    for count in range(1, 20):
        rows = [*(Row(("Punkt",), place=1),) * count, Row(("Er bittet:",), bare=True)]
        block = Points(rows=(*rows, *(Row(("Punkt",), place=2),) * 20))
        (kept,) = fitted(Slide(title="A", content=(block,))).slide.content
        assert isinstance(kept, Points)
        assert not kept.rows[-1].bare
        ends.add(kept.rows[-1].place)
    assert ends == {1, 2}


@pytest.mark.parametrize(("measures", "whole"), [(4, True), (120, False)])
def test_titles_are_cut_only_without_room(measures: int, whole: bool, tmp_path: Path) -> None:
    """A title stands whole where all rows have room, else is cut, its number always in front."""
    write_strategy(tmp_path, measures, reports=2)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", tmp_path / "data" / "datapackage.json")
    path = tmp_path / "data/measures.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row["title"] = f"{'Sehr lange Wege zur Sache ' * 5}Nummer {row['id']}"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    slides = texts_of(tmp_path, dt.date.fromisoformat(AS_OF))
    told = [
        (row.number, text)
        for slide in slides
        for block in slide.content
        if isinstance(block, Table)
        for row in block.rows
        for text in row.texts
        if "Sehr lange Wege" in text
    ]
    assert told
    assert all(text.startswith(f"{number} Sehr lange") for number, text in told)
    assert all("…" not in text for _, text in told) is whole


@pytest.mark.parametrize("measures", [1, 300])
def test_few_and_many_measures_fit(measures: int, tmp_path: Path) -> None:
    """From one measure to hundreds, with endless texts, no slide is empty and none overflows."""
    root = tmp_path / "s"
    write_strategy(root, measures, reports=2)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data" / "datapackage.json")
    for name, column in (("measures", "title"), ("status_reports", "obstacles")):
        path = root / "data" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            row[column] = NASTY
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    slides = texts_of(root, dt.date.fromisoformat(AS_OF))
    assert 2 <= len(slides) <= 9
    for slide in presented(made(tmp_path, slides)):
        assert all(bottom <= 405 for bottom in bottoms(slide))
    for slide in slides:
        shown = fitted(slide)
        assert sum(map(height, shown.slide.content)) <= BOTTOM - TOP
        assert all(isinstance(block, Bars) or block.rows for block in shown.slide.content)


AGAIN = """
import sys
from pathlib import Path
from klarplan.papers.pptx import Points, Row, Slide
from tests.papers.test_pptx import made
made(Path(sys.argv[1]), [Slide(title="A", content=(Points(rows=(Row(("b",)),)),))])
"""


def test_the_same_slides_give_the_same_bytes(tmp_path: Path) -> None:
    """Presentations made in other folders, time zones and processes are equal."""
    first, second = made_elsewhere(tmp_path, AGAIN, "a.pptx")
    assert first == second


@pytest.mark.long
def test_libreoffice_shows_the_slides(sample: BuiltSample, tmp_path: Path) -> None:
    """LibreOffice opens all slides, with their titles, tables and the words of the chart."""
    file = sample.site / "umsetzungsbericht-2026-h1.pptx"
    made_of_it = as_pdf(file, tmp_path, "impress")
    with pikepdf.open(made_of_it) as pdf:
        assert len(pdf.pages) == 10
    # LibreOffice embeds fonts in a way of its own, so that PDFium reads the text.
    slide = pypdfium2.PdfDocument(made_of_it)[1].get_textpage().get_text_range()
    assert "Worum wir den Rat bitten" in slide
