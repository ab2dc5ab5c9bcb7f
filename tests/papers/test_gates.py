"""What every paper of any strategy must hold; and that each of these gates can close."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, String

from klarplan.papers.make import Order, annex_entries, entries
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.csv_writer import write_table
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import ANNEX
from klarplan.strategy.public import public
from tests.support.brief import emptied, tables
from tests.support.pdf_rules import failures
from tests.support.print_lines import said_again
from tests.support.print_reading import plain, read
from tests.support.project import AS_OF, BuiltSample, build, klarplan
from tests.support.some import first_of
from tests.support.structure import (
    all_faults,
    lost_words,
    painted_beside,
    structure_faults,
    unprinted,
)
from tests.support.synthetic import write_minimal, write_strategy

BOOK = "strategie.pdf"


def papers_of(site: Path) -> list[Path]:
    """The PDFs of a site."""
    return sorted(site.rglob("*.pdf"))


def invalid(site: Path) -> dict[str, list[str]]:
    """Papers that PDF/UA-1 or PDF/A-3a forbid, with what they forbid."""
    found = {path.name: failures(path) for path in papers_of(site)}
    return {name: told for name, told in found.items() if told}


def order_of(root: Path) -> Order:
    """What the papers of a strategy are made from."""
    shown = public(load(root))
    return Order(
        shown=shown,
        chapters=chapters_present(shown.strategy, root),
        site=root / "site",
        work=root / "build",
        as_of=dt.date.fromisoformat(AS_OF),
    )


def lost(root: Path, file: Path | None = None) -> list[str]:
    """Words of a strategy's pages that its book or annex lacks, or has in another order."""
    order = order_of(root)
    book, annex = tuple(entries(order)), tuple(annex_entries(order))
    found = lost_words(file or order.site / BOOK, order.site, book)
    assert (order.site / ANNEX).is_file() == bool(annex)
    if file is None:
        volumes = [path for name in (BOOK, ANNEX) if (path := order.site / name).is_file()]
        if annex:
            found += lost_words(order.site / ANNEX, order.site, annex)
        found += unprinted(volumes, order.site, (*book, *annex))
    return found


@pytest.mark.parametrize(
    ("name", "least"),
    [("sample", 4), ("minimal", 3), pytest.param("imported", 3, marks=pytest.mark.long)],
)
def test_papers_hold(request: pytest.FixtureRequest, name: str, least: int) -> None:
    """Valid by both standards, well built, and no word of the pages lost or moved.

    So are those of one measure in three tables, and of a real city's list as its workbook has it.
    """
    built: BuiltSample = request.getfixturevalue(name)
    assert len(papers_of(built.site)) >= least
    assert invalid(built.site) == {}
    assert all_faults(papers_of(built.site)) == {}
    assert lost(built.root) == []
    books = [file for file in papers_of(built.site) if file.name in (BOOK, ANNEX)]
    assert {file.name: painted_beside(file) for file in books} == {f.name: [] for f in books}


@pytest.mark.long
def test_large_print_holds(sample: BuiltSample, tmp_path: Path) -> None:
    """Book and annex in large print are valid and well built, and nothing leaves their text."""
    root = ("--root", str(sample.root), "--as-of", AS_OF)
    assert klarplan("paper", *root, "--large", "--output", str(tmp_path)).returncode == 0
    assert len(papers_of(tmp_path)) == 2
    assert invalid(tmp_path) == {}
    assert all_faults(papers_of(tmp_path)) == {}
    assert [painted_beside(file) for file in papers_of(tmp_path)] == [[], []]


def repeated(site: Path) -> dict[str, list[str]]:
    """Papers in which a paragraph, a caption or an entry of a list comes again."""
    found = {path.name: said_again(path) for path in papers_of(site)}
    return {name: told for name, told in found.items() if told}


@pytest.mark.parametrize("name", first_of(["sample", "minimal"]))
def test_nothing_is_said_twice(request: pytest.FixtureRequest, name: str) -> None:
    """No paragraph of a paper comes again in it."""
    built: BuiltSample = request.getfixturevalue(name)
    assert repeated(built.site) == {}


def test_what_a_page_says_stands_in_the_book_once(sample: BuiltSample) -> None:
    """The summary of a field is there, and there once; an indicator is judged once in a line."""
    strategy = public(load(sample.root)).strategy
    text = plain(read(sample.site / BOOK).text)
    told = {field.id: text.count(plain(field.summary or "")) for field in strategy.fields_of_action}
    assert told == dict.fromkeys(told, 1)
    judged = [plain(strategy.words(f"indicator.trend.{state}")) for state in ("behind", "on_track")]
    assert re.findall(rf"\(AnhangK-\d+\)(?:{'|'.join(judged)})Ziel", text)
    assert not re.findall(rf"\(Ende\d+\):(?:{'|'.join(judged)})", text)


def test_the_annex_tells_of_a_measure_once(sample: BuiltSample) -> None:
    """Measures stand in the tables of their fields, not in one of all as well, and what their
    other sections say is not among their key facts again."""
    words = public(load(sample.root)).strategy.words
    text = plain(read(sample.site / ANNEX).text)
    assert plain(words("count.measures", n=40)) not in text
    for fact in ("planned_money", "planned_period", "last_report"):
        assert plain(words(f"facts.{fact}")) not in text
    assert text.count(plain(words("facts.timeliness"))) == 40


def test_that_nothing_is_reported_is_told_once(minimal: BuiltSample) -> None:
    """In the list of measures without a report, the badge says it and no line repeats it."""
    text = plain(read(minimal.site / BOOK).text)
    (listed,) = re.findall(r"M-1WLAN\(S\.\d+\)(.{20})", text)
    assert listed.startswith("nochkeineMeldung")
    assert "nochkeineMeldungnochkeineMeldung" not in text


def test_every_sheet_of_a_measure_has_its_number(tmp_path: Path) -> None:
    """A measure whose title counts itself is cited by its own number none the less."""
    rows = [("M-7", "Maßnahme 1: Rad"), ("M-8", "Maßnahme 2: Bus"), ("M-9", "M-9 Zug")]
    write_minimal(tmp_path)
    write_table(
        tmp_path / "data/measures.csv",
        ("id", "title", "field"),
        [(*row, "HF-1") for row in rows],
    )
    cited = [entry.cited for entry in entries(order_of(tmp_path)) if entry.level == 3]
    assert cited == ["M-7 Maßnahme 1: Rad", "M-8 Maßnahme 2: Bus", "M-9 Zug"]


@pytest.mark.long
@pytest.mark.parametrize("name", ["three_hundred", "thousand"])
def test_papers_of_a_large_strategy_hold(request: pytest.FixtureRequest, name: str) -> None:
    """The same for many measures; the brief version stays brief."""
    built: BuiltSample = request.getfixturevalue(name)
    assert invalid(built.site) == {}
    assert all_faults(papers_of(built.site)) == {}
    assert lost(built.root) == []
    assert repeated(built.site) == {}
    with pikepdf.open(built.site / "kurzfassung.pdf") as pdf:
        assert len(pdf.pages) <= 8


@pytest.mark.long
def test_a_book_is_no_longer_than_it_must_be(tmp_path: Path, three_hundred: BuiltSample) -> None:
    """Without texts 13 measures make at most 40 pages, and 300 a page each and a fifth of that."""
    write_strategy(tmp_path, 13)
    build(tmp_path)
    assert repeated(tmp_path / "site") == {}
    for site, most in ((tmp_path / "site", 40), (three_hundred.site, 360)):
        with pikepdf.open(site / BOOK) as pdf:
            assert len(pdf.pages) <= most


def test_the_book_of_the_sample_has_a_size_to_hand_out(sample: BuiltSample) -> None:
    """40 measures with texts, goals, indicators and money make 60 to 88 pages."""
    with pikepdf.open(sample.site / BOOK) as pdf:
        assert 60 <= len(pdf.pages) <= 88


@pytest.mark.long
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"organisations": [{"id": "O-1", "name": "Bauhof"}]},
        {"stakeholders": [{"id": "A-1", "name": "Turnverein"}]},
        {"feedback": [{"id": "R-1", "date": "2026-03-01", "contribution": "Mehr Bänke."}]},
    ],
    ids=lambda given: "".join(given) or "prose",
)
def test_an_annex_is_promised_where_it_holds_something(
    tmp_path: Path, given: dict[str, list[dict[str, object]]]
) -> None:
    """A strategy of prose with a single table loses none of it in print."""
    emptied(tmp_path)
    tables(tmp_path, given)
    build(tmp_path)
    assert lost(tmp_path) == []
    assert repeated(tmp_path / "site") == {}
    assert (tmp_path / "site" / ANNEX).is_file() == bool(given)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The elements of a kind in the structure of a PDF."""
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name("/" + kind)
    ]


def without_alternative(pdf: pikepdf.Pdf) -> None:
    """Take the alternative from the first picture."""
    del elements(pdf, "Figure")[0]["/Alt"]


def without_scope(pdf: pikepdf.Pdf) -> None:
    """Take the scope from the first head of a table."""
    head = elements(pdf, "TH")[0]
    for held in head.A if isinstance(head.A, pikepdf.Array) else [head.A]:
        if "/Scope" in held:
            del held["/Scope"]


def other_language(pdf: pikepdf.Pdf) -> None:
    """Say that the paper is English."""
    pdf.Root.Lang = String("en-GB")


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    """Make a heading of the second level one of the fourth."""
    elements(pdf, "H2")[0].S = Name.H4


def lost_bookmark(pdf: pikepdf.Pdf) -> None:
    """Give a bookmark other words than its heading."""
    pdf.Root.Outlines.First.Title = String("Etwas anderes")


def hidden_title(pdf: pikepdf.Pdf) -> None:
    """Show the name of the file in place of the title."""
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def small_type(pdf: pikepdf.Pdf) -> None:
    """Set the type of a page half as large."""
    page = pdf.pages[-1]
    content = b"\n".join(part.read_bytes() for part in page.Contents)
    half = re.sub(rb"([\d.]+) Tf", lambda found: b"%.1f Tf" % (float(found.group(1)) / 2), content)
    page.Contents = pdf.make_stream(half)


def painted_again(offset: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Paint what stands on the last page once more, moved by so many points."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[-1]
        content = b"\n".join(part.read_bytes() for part in page.Contents)
        page.Contents = pdf.make_stream(content + b" q 1 0 0 1 %b cm " % offset + content + b" Q")

    return spoil


def empty_page(pdf: pikepdf.Pdf) -> None:
    """Paint nothing on the last page."""
    pdf.pages[-1].Contents = pdf.make_stream(b"")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_alternative, "figure without alt"),
        (without_scope, "no scope"),
        (other_language, "language"),
        (skipped_heading, "heading skipped"),
        (lost_bookmark, "bookmarks"),
        (hidden_title, "title not shown"),
        (small_type, "small"),
        (painted_again(b"3 2"), "overprinted"),
        (painted_again(b"400 0"), "cut off"),
        (empty_page, "empty"),
    ],
)
def test_structure_gate_closes(
    sample: BuiltSample, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], told: str
) -> None:
    """Each fault, put into the report of the sample, is found."""
    source = next(iter(sample.site.glob("umsetzungsbericht-*.pdf")))
    assert structure_faults(source) == []
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(source) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    assert any(told in fault for fault in structure_faults(spoilt))


@pytest.mark.parametrize(("offset", "side"), [(b"40 0", "right"), (b"-40 0", "left")])
def test_what_stands_beside_the_text_is_noticed(
    sample: BuiltSample, tmp_path: Path, offset: bytes, side: str
) -> None:
    """Letters and lines that leave the text of a page on a side are found, long before its edge."""
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(sample.site / BOOK) as pdf:
        painted_again(offset)(pdf)
        pdf.save(spoilt)
        last = len(pdf.pages)
    assert painted_beside(spoilt) == [f"page {last}: {side} of the text"]


@pytest.mark.long
def test_lost_text_is_noticed(sample: BuiltSample, tmp_path: Path) -> None:
    """A paragraph that the book lacks is found, and so are two that changed their place."""
    root = tmp_path / "fork"
    shutil.copytree(sample.root, root, ignore=shutil.ignore_patterns("build", "pagefind"))
    page = root / "site/vision/index.html"
    text = page.read_text("utf-8")
    paragraphs = re.findall(r"<p>.*?</p>", text, re.DOTALL)
    long = max(paragraphs, key=len)
    moved = text.replace(long, "", 1).replace(paragraphs[0], paragraphs[0] + long, 1)
    added = text.replace(paragraphs[0], paragraphs[0] + "<p>Dieser Satz fehlt im Buch.</p>", 1)
    for changed in (added, moved if long != paragraphs[0] else added):
        page.write_text(changed, "utf-8")
        told = lost(root, sample.site / BOOK)
        assert any(word.startswith("vision/") for word in told)
