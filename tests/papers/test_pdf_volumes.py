"""Long papers: set in volumes, bound to one PDF that does not show it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from klarplan.papers.job import Entry, PaperJob
from klarplan.papers.pdf import volumes
from klarplan.papers.pdf.make import make_pdf
from klarplan.papers.pdf.objects import PdfWriter, Source
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import page_texts, plain, read, runs
from tests.support.print_site import job, measure, small_strategy, write_site


def in_volumes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PaperJob:
    """A small strategy that is set in one volume for each page."""
    monkeypatch.setattr(volumes, "FULL", 100)
    made = small_strategy(folder)
    made.site.joinpath("vision/index.html").write_text(
        '<article class="md-content__inner"><h1>Vision</h1><p>Siehe '
        '<a href="../massnahmen/m-003/#geld">Geld</a> und <a href="#n">Note</a>.'
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><h2 id="n">N</h2>'
        '<div class="footnote"><ol><li id="fn:1"><p>Anmerkung</p></li></ol></div></article>',
        encoding="utf-8",
    )
    make_pdf(made)
    assert len(list(made.work.glob("volume-*.pdf"))) == 5
    return made


def test_volumes_make_one_valid_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper bound from volumes is valid, complete and in order."""
    made = in_volumes(tmp_path, monkeypatch)
    assert failures(made.target) == []
    assert heads_without_scope(made.target) == []
    text = plain(read(made.target).text)
    places = [text.index(plain(f"Nummer {n} für alle"), 200) for n in (1, 2, 3)]
    assert places == sorted(places)
    assert text.count("Meilenstein" + "Fällig") == 3


def test_links_cross_volumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to a heading in another volume leads to its page, and says which that is."""
    made = in_volumes(tmp_path, monkeypatch)
    texts = page_texts(made.target)
    with pikepdf.open(made.target) as pdf:
        assert pdf.check_pdf_syntax() == []
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        link = next(a for a in pdf.pages[2].Annots if str(a.get("/Dest")) in names)
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        goal = names[str(link.Dest)]
        number = numbers[goal[0].objgen]
        assert str(link.Contents) == f"Seite {number + 1}"
    assert "Nummer 3 für alle" in texts[number]
    assert "Finanzierung" in texts[number]


def test_contents_lead_to_what_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of the contents leads to its heading, in whatever volume; no page is left over."""
    made = in_volumes(tmp_path, monkeypatch)
    texts = page_texts(made.target)
    at = next(n for n, text in enumerate(texts) if text.startswith("Inhalt"))
    with pikepdf.open(made.target) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        entries = [(str(a.Contents), names[str(a.Dest)]) for a in pdf.pages[at].Annots]
        assert {numbers[goal[0].objgen] for _, goal in entries} == set(range(at + 1, len(texts)))
        for told, goal in entries:
            title = re.search("„(.*)“", told)
            assert title
            assert plain(title[1]) in plain(texts[numbers[goal[0].objgen]])
        kinds = [item.get("/Type") for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        assert kinds.count("/Page") == len(texts)


def test_page_numbers_are_text_of_their_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of the page behind a link is read with it, painted once, beside its words."""
    made = in_volumes(tmp_path, monkeypatch)
    texts = page_texts(made.target)
    number = next(n for n, text in enumerate(texts, 1) if text.startswith("Online-Dienst Nummer 3"))
    (block,) = (p for p in read(made.target).find("P") if p.text.startswith("Siehe"))
    links = [plain(link.text) for link in block.find("Link")]
    assert links[:2] == [f"Geld(S.{number})", "Note"]
    assert plain(block.text).startswith(f"SieheGeld(S.{number})undNote")
    assert texts[2].count(f"(S.\u00a0{number})") == 1
    words, told = (
        next(run for run in runs(made.target)[2] if run.text == text)
        for text in ("Geld", f"(S.\u00a0{number})")
    )
    assert told.mark is not None
    assert told.base == pytest.approx(words.base, abs=0.3)
    assert 0 < told.left - words.right < 4


@pytest.mark.parametrize(("number", "zoom"), [(3, 1.0), (120, 1.0), (60, 1.6)])
def test_a_short_number_leaves_no_gap(tmp_path: Path, number: int, zoom: float) -> None:
    """Where a paper has room for more digits, a comma stands directly behind the last sign; signs
    are as wide and as far apart as in text."""
    usual = "".join(f"<p>(S.&nbsp;{n})</p>" for n in range(1, 150))
    pages = {
        "a/": "<h1>A</h1><p>Siehe <a href='../b/'>Geld</a>, <a href='../c/'>Amt</a>, nie</p>",
        "b/": "<h1>B</h1><p>Text</p>",
        "c/": f"<h1>C</h1>{usual}",
    }
    write_site(tmp_path / "site", pages)
    between = (Entry(level=1, title=f"G {at}") for at in range(number))
    first, second, third = (Entry(level=1, title=path, page=path) for path in pages)
    made = job(tmp_path, (first, second, *between, third), zoom=zoom)
    make_pdf(made)
    (page,) = (page for page in runs(made.target) if any("Geld" in run.text for run in page))
    every = [run for page in runs(made.target) for run in page]
    told = [run for run in page if run.text.startswith("(S.")]
    commas = [run for run in page if run.text.startswith(",")]
    assert len(told) == len(commas) == 2
    for one, comma in zip(told, commas, strict=True):
        assert -0.5 < comma.left - one.right < 0.5
        same = next(run for run in reversed(every) if run.text == one.text)
        assert (one.right - one.left) / (same.right - same.left) == pytest.approx(1, abs=0.03)


def test_contents_and_margins_know_all_volumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page numbers run through; the contents name the page on which each section stands."""
    made = in_volumes(tmp_path, monkeypatch)
    texts = page_texts(made.target)
    for number, text in enumerate(texts[1:], 2):
        assert f"Seite {number} von {len(texts)}" in text
    section = next(n for n, text in enumerate(texts, 1) if "Ein Feld mit drei" in text)
    (contents,) = (text for text in texts if "Inhalt" in text)
    assert re.search(rf"Verwaltung digital[\s.\u2060]*{section}(?!\d)", contents)


@pytest.mark.parametrize("number", [49, 60, 112, 118, 124, 130])
def test_contents_leave_no_page_nearly_empty(tmp_path: Path, number: int) -> None:
    """However many entries there are, their last page has a good part of them, and none is lost.

    A heading of a group stands in the column of its first entry.
    """
    groups = [
        Entry(level=2, title=f"Gruppe {at}")
        if at % 10 == 0
        else Entry(level=3, title=f"Titel {at}")
        for at in range(number)
    ]
    write_site(tmp_path / "site", {"vision/": "<h1>Vision</h1><p>Wort</p>"})
    opening = Entry(level=1, title="Vision", page="vision/")
    made = job(tmp_path, (opening, Entry(level=1, title="Teile"), *groups))
    make_pdf(made)
    pages = page_texts(made.target)
    first = next(at for at, text in enumerate(pages) if "Inhalt" in text)
    last = next(at for at, text in enumerate(pages) if "Wort" in text)
    told = [len(re.findall(r"(?:Titel|Gruppe) \d+[\s.\u2060]+\d", p)) for p in pages[first:last]]
    assert sum(told) == number
    assert told[-1] >= min(20, number)


def test_brackets_within_brackets_hide_nothing(tmp_path: Path) -> None:
    """What looks like a part of the file inside a title, an address or an alternative is text."""
    title = "Kosten (siehe (1 0 R) /K[2 0 R] (auch ((3 0 R))) )"
    address = "https://example.org/(a(b)/K[1_0_R])"
    page = f'<h1>Vision</h1><h2 id="k">{title}</h2><p><a href="{address}">Wort</a></p>'
    write_site(tmp_path / "site", {"vision/": page})
    made = job(tmp_path, (Entry(level=1, title="Vision", page="vision/"),))
    make_pdf(made)
    assert failures(made.target) == []
    with pikepdf.open(made.target) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root[1].children] == [title]
        elements = [held for held in pdf.objects if isinstance(held, pikepdf.Dictionary)]
        assert title in [str(held.get("/T", "")) for held in elements]
        assert address in [str(held.A.get("/URI", "")) for held in elements if "/A" in held]


def test_bookmarks_are_one_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures of later volumes stand below their section in the bookmarks."""
    made = in_volumes(tmp_path, monkeypatch)
    with pikepdf.open(made.target) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Inhalt", "Vision", "Maßnahmen"]
        (section,) = outline.root[2].children
        assert section.title == "Verwaltung digital"
        assert [item.title for item in section.children] == [
            f"Online-Dienst Nummer {n} für alle" for n in (1, 2, 3)
        ]
        assert section.children[2].children[0].title == "Meilensteine"


def test_one_volume_or_many_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How a paper is shared out changes nothing of what a screen reader reads in it."""
    whole = small_strategy(tmp_path / "a")
    make_pdf(whole)
    monkeypatch.setattr(volumes, "FULL", 100)
    parts = small_strategy(tmp_path / "b")
    make_pdf(parts)

    def said(job: PaperJob) -> str:
        return plain(read(job.target).text.split("Wir machen es einfach")[1])

    assert said(whole) == said(parts)
    assert plain(measure(3)[-40:-5].replace("</p>", "")) in said(parts)


def test_no_stream_ends_in_a_carriage_return(tmp_path: Path) -> None:
    """A stream whose last byte is a carriage return gets one more, and reads as before."""
    source = pikepdf.new()
    filters = pikepdf.Name.ASCIIHexDecode
    source.Root.Odd = source.make_stream(b"4142>\r", Filter=filters)
    source.Root.Even = source.make_stream(b"4142>", Filter=filters)
    source.Root.Text = pikepdf.String("1 0 R (2 0 R) \\")
    source.trailer.Info = source.make_indirect(pikepdf.Dictionary())
    saved = io.BytesIO()
    source.save(saved, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with (tmp_path / "a.pdf").open("wb") as out, pikepdf.open(saved) as pdf:
        writer, known = PdfWriter(out), dict[int, int]()
        roots = [item.objgen[0] for item in (pdf.Root, pdf.trailer.Info)]
        writer.copy(Source(pdf), roots, known)
        numbers = [known[root] for root in roots]
        writer.close(*numbers)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.Root.Odd.read_raw_bytes() == b"4142>\r\n"
        assert pdf.Root.Even.read_raw_bytes() == b"4142>"
        assert pdf.Root.Odd.read_bytes() == b"AB"
        assert str(pdf.Root.Text) == "1 0 R (2 0 R) \\"
        assert pdf.check_pdf_syntax() == []
