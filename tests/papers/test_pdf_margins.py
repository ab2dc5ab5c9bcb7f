"""What stands around the text of a PDF: heads that say where one is, links, captions, counts."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from klarplan.papers.job import Entry
from klarplan.papers.pdf.front import Where
from klarplan.papers.pdf.headings import Title
from klarplan.papers.pdf.make import make_pdf
from klarplan.papers.pdf.single import make_sheets
from tests.support.pdf_rules import failures
from tests.support.print_reading import page_texts, plain, read, runs
from tests.support.print_site import job, printed, write_site
from tests.support.structure import structure_faults

INSET = 6
"""Points from the word that marks a draft to the edge of its box."""
PAGE_COUNT = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"


def test_heads_cite_what_is_on_the_page(tmp_path: Path) -> None:
    """The head of each page of a sheet says field and number; long sheets say it on every page."""
    text = "<p>Ein Satz steht hier, damit die Seite voll wird.</p>"
    pages = {f"m-{n}/": f"<h1>Maßnahme {n}</h1>{text * 60 * n}" for n in (1, 2)}
    write_site(tmp_path / "site", pages)
    entries = [Entry(level=1, title="Maßnahmen"), Entry(level=2, title="3 Klima", fresh=True)]
    entries += [
        Entry(level=3, title="M", page=f"m-{n}/", number=f"DS-{n}", fresh=True) for n in (1, 2)
    ]
    made = job(tmp_path, tuple(entries))
    make_pdf(made)
    texts = page_texts(made.target)
    begun = next(n for n, text in enumerate(texts) if text.startswith("DS-2 "))
    assert len(texts) - begun > 1
    assert all("3 Klima · DS-2" in text for text in texts[begun:])
    assert "3 Klima · DS-1" in texts[begun - 1]


@pytest.mark.parametrize("draft", [False, True], ids=["published", "draft"])
@pytest.mark.parametrize("zoom", [1.0, 1.6])
@pytest.mark.parametrize(
    ("section", "number"),
    [
        ("Handlungsfeld für " * 8, "DS-24"),
        ("Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung", "DS-24"),
        ("x" * 90, "KSK-24.a/17"),
        ("3 Klima", "N" * 90),
    ],
    ids=["words", "word", "letters", "number"],
)
def test_a_head_keeps_the_number_and_its_room(
    tmp_path: Path, section: str, number: str, zoom: float, *, draft: bool
) -> None:
    """However long the section is, it is cut and its number is not; two lines hold both.

    The mark of a draft stands between title and section and covers neither.
    """
    pages = {"f/": f"<h1>{section}</h1>", "m-1/": f"<h1>M 1</h1>{'<p>Text</p>' * 60}"}
    write_site(tmp_path / "site", pages)
    entries = (
        Entry(level=1, title="Maßnahmen"),
        Entry(level=2, title=section, page="f/"),
        Entry(level=3, title="M", page="m-1/", number=number, fresh=True),
    )
    made = job(tmp_path, entries, zoom=zoom, draft=draft)
    make_pdf(made)
    assert [fault for fault in structure_faults(made.target) if "overprinted" in fault] == []
    page = runs(made.target)[-1]
    heads = [run for run in page if run.mark is None and run.base > 700 and run.text.strip()]
    marks = [run for run in heads if run.text == "Entwurf"]
    assert len(marks) == draft
    heads = [run for run in heads if run not in marks]
    for mark in marks:
        edge = INSET * zoom
        assert all(run.right < mark.left - edge or run.left > mark.right + edge for run in heads)
    told = plain("".join(run.text for run in page))
    assert (f"·{plain(number)}" if len(number) < 20 else "N…") in told
    assert len({round(run.base) for run in heads}) <= 2
    middle, edge = 68 + (539 - 68) / 2, 543
    assert all(run.right < middle or (middle < run.left and run.right < edge) for run in heads)


@pytest.mark.parametrize("style", ["book", "report"])
@pytest.mark.parametrize("zoom", [1.0, 1.6])
def test_the_mark_of_a_draft_is_on_every_page(tmp_path: Path, style: str, zoom: float) -> None:
    """Cover and contents have it as well, once, and it covers nothing."""
    write_site(tmp_path / "site", {"a/": f"<h1>A</h1>{'<p>Text</p>' * 60}"})
    entries = (Entry(level=1, title="A", page="a/"),)
    made = job(tmp_path, entries, zoom=zoom, draft=True, style=style, title="Strategie " * 12)
    make_pdf(made)
    pages = runs(made.target)
    assert len(pages) > 2
    assert [sum(run.text == "Entwurf" for run in page) for page in pages] == [1] * len(pages)
    assert [fault for fault in structure_faults(made.target) if "overprinted" in fault] == []


@pytest.mark.parametrize("title", ["Wort " * 60, "Digitale Strategie"])
def test_a_sheet_of_a_draft_is_marked(tmp_path: Path, title: str) -> None:
    """A single sheet has the mark in its head, beside any title."""
    write_site(tmp_path / "site", {"a/": "<h1>A</h1><p>Text</p>"})
    made = job(tmp_path, (Entry(level=1, title="A", page="a/"),), title=title.strip(), draft=True)
    target = tmp_path / "a.pdf"
    list(make_sheets(made, [target]))
    assert structure_faults(target) == []
    (page,) = runs(target)
    assert [run.text for run in page if run.text == "Entwurf"] == ["Entwurf"]


def entry(level: int, text: str, number: str = "") -> Title:
    """A heading that opens an entry."""
    return Title(level, text, label=f"l{text}", number=number)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        pytest.param(
            [[entry(1, "Ziele"), entry(2, "A", "Z-1")], [], [entry(2, "B", "Z-2")]],
            [("", ""), ("Ziele", "Z-1"), ("Ziele", "Z-2")],
            id="entries of a chapter",
        ),
        pytest.param(
            [
                [entry(1, "Maßnahmen")],
                [entry(2, "Klima"), *(entry(3, n, n) for n in ("K 1", "K 2", "K 3"))],
                [],
                [entry(2, "Verkehr")],
            ],
            [("", ""), ("Klima", "K 1 – K 3"), ("Klima", "K 3"), ("Maßnahmen", "")],
            id="several on a page",
        ),
        pytest.param(
            [[entry(1, "Vision")], [Title(2, "Leitbild", place="p")], []],
            [("", ""), ("Vision", ""), ("Vision", "")],
            id="a chapter without entries",
        ),
    ],
)
def test_heads_name_chapter_or_section(
    pages: list[list[Title]], said: list[tuple[str, str]]
) -> None:
    """First and last number of a page stand behind their section, else behind their chapter."""
    where = Where()
    assert [where.on_page(page) for page in pages] == said


@pytest.mark.parametrize("title", ["Wort " * 60, "W" * 300, "Digitale Strategie"])
def test_any_title_fits_the_head_of_a_sheet(tmp_path: Path, title: str) -> None:
    """However long the title of the strategy is, it stays within the head of a single sheet."""
    write_site(tmp_path / "site", {"a/": "<h1>A</h1><p>Text</p>"})
    made = job(tmp_path, (Entry(level=1, title="A", page="a/"),), title=title.strip())
    target = tmp_path / "a.pdf"
    list(make_sheets(made, [target]))
    assert structure_faults(target) == []
    (page,) = runs(target)
    body = max(run.base for run in page if run.text == "A")
    heads = [run for run in page if run.mark is None and run.base > body]
    assert heads
    assert min(run.base for run in heads) > body + 15
    assert max(run.right for run in heads) <= 210 / 25.4 * 72 - 50


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://anders.example/seite">Anderswo</a>',
        '<a href="mailto:amt@stadt.example">amt@stadt.example</a>',
        '<a href="#unten">weiter unten</a>',
    ],
)
def test_links_are_underlined(tmp_path: Path, link: str) -> None:
    """A link, wherever it leads, can be told from text by its line."""
    printed(tmp_path, f'<h1>V</h1><p>Siehe {link}.</p><h2 id="unten">Unten</h2><p>Text</p>')
    file = tmp_path / "strategie.pdf"
    (found,) = (p for p in read(file).find("P") if p.text.startswith("Siehe"))
    lines = [s for s in found.find("Span") if "TextDecorationType" in s.attributes]
    assert len(lines) == 1
    assert lines[0].text in link
    assert failures(file) == []


@pytest.mark.parametrize(
    "captioned",
    [
        "<table><caption>{}</caption><tr><td>1</td><td>2</td></tr></table>",
        "<table><caption>{}</caption><thead><tr><th>a</th></tr></thead><tr><td>2</td></tr></table>",
        '<figure><svg role="img" aria-label="B" width="99" height="60" viewBox="0 0 99 60">'
        '<rect width="20" height="40"/></svg><figcaption>{}</figcaption></figure>',
    ],
)
def test_captions_are_lighter_than_text(tmp_path: Path, captioned: str) -> None:
    """A caption is no bolder than text, and smaller."""
    words = "Wie viele Anträge kamen"
    printed(tmp_path, f"<h1>V</h1><p>{words}</p>{captioned.format(words)}")
    text, caption = (
        run for page in runs(tmp_path / "strategie.pdf") for run in page if run.text.endswith(words)
    )
    assert caption.size < text.size
    assert text.text == words
    number = caption.text.removesuffix(words)
    assert number in ("Tab.\u00a01: ", "Abb.\u00a01: ")
    scale = caption.size / text.size * len(caption.text) / len(words)
    assert caption.right - caption.left < scale * (text.right - text.left)


@pytest.mark.parametrize("zoom", [1.0, 1.6])
@pytest.mark.parametrize("style", ["book", "report"])
def test_a_range_of_numbers_stays_on_its_line(tmp_path: Path, style: str, zoom: float) -> None:
    """On the cover, in headings and in text, wherever their lines end, also beside other signs."""
    lines = "".join(f"<p>{'Wort ' * 12}{'i' * n} (2024–2030), 1.000–2.000.</p>" for n in range(40))
    heading = f"<h2>{'Wort ' * 9}2024–2030</h2>"
    title = "Klimaplan Lindenau 2024–2030"
    printed(tmp_path, f"<h1>V</h1>{heading}{lines}", title=title, style=style, zoom=zoom)
    file = tmp_path / "strategie.pdf"
    told = [run.text for page in runs(file) for run in page]
    assert [text for text in told if text.rstrip().endswith("–")] == []
    assert plain("".join(told)).count("(2024–2030),1.000–2.000.") == 40
    assert failures(file) == []


def test_figures_and_tables_are_numbered_through(tmp_path: Path) -> None:
    """Each kind counts on from page to page; what has no caption has no number."""
    table = "<table><caption>Zahlen</caption><tr><td>1</td></tr></table>"
    picture = (
        '<figure><svg role="img" aria-label="B" width="99" height="60" viewBox="0 0 99 60">'
        '<rect width="20" height="40"/></svg><figcaption>Bild</figcaption></figure>'
    )
    bare = "<table><tr><td>ohne</td></tr></table>"
    body = f"{table}{picture}{bare}{table}"
    write_site(tmp_path / "site", {"a/": f"<h1>A</h1>{body}", "b/": f"<h1>B</h1>{body}"})
    entries = tuple(Entry(level=1, title=path, page=path) for path in ("a/", "b/"))
    made = job(tmp_path, entries)
    make_pdf(made)
    captions = [plain(tag.text) for tag in read(made.target).find("Caption")]
    tables = [f"Tab.{number}:Zahlen" for number in (1, 2, 3, 4)]
    figures = [f"Abb.{number}:Bild" for number in (1, 2)]
    assert captions == [tables[0], figures[0], *tables[1:3], figures[1], tables[3]]


@pytest.mark.parametrize(
    "address",
    [
        "https://strategie.musterstadt.example/vision/",
        "https://anders.example/",
        "https://strategie.musterstadt.example/massnahmen/m-012/",
    ],
)
def test_the_address_beside_a_code_is_a_link(tmp_path: Path, address: str) -> None:
    """Who reads the book on a screen gets to the page on the web by its address."""
    short = address.removeprefix("https://")
    code = f'<p data-qr="{address}">Neuester Stand: <span class="short-address">{short}</span></p>'
    printed(tmp_path, f"<h1>Vision</h1>{code}<p>Text</p>")
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        notes = [note for note in pdf.pages[-1].get("/Annots", ()) if "/A" in note]
        assert {str(note.A.URI) for note in notes} == {address}
    assert failures(tmp_path / "strategie.pdf") == []


@pytest.mark.parametrize("chapters", [1, 2, 9])
def test_metadata_know_all_pages(tmp_path: Path, chapters: int) -> None:
    """The number of pages in the metadata is that of the whole paper."""
    write_site(tmp_path / "site", {f"{n}/": f"<h1>K{n}</h1>" for n in range(chapters)})
    entries = tuple(Entry(level=1, title=f"K{n}", page=f"{n}/") for n in range(chapters))
    result = make_pdf(job(tmp_path, entries))
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf, pdf.open_metadata() as told:
        assert int(str(told[PAGE_COUNT])) == result.pages == len(pdf.pages)
    assert failures(tmp_path / "strategie.pdf") == []
