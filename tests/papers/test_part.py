"""A paper of a part of the strategy, and large print: ``klarplan paper``."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from klarplan.papers.job import LARGE
from klarplan.papers.make import Order, entries
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.settings_file import read_settings
from tests.support.brief import DAY, tables
from tests.support.pdf_rules import failures
from tests.support.print_reading import runs
from tests.support.print_site import printed
from tests.support.project import AS_OF, klarplan
from tests.support.structure import painted_beside, painted_between, structure_faults

FIELDS = [{"id": "HF-1", "title": "Schule"}, {"id": "HF-2", "title": "Straße & „Weg“"}]
MEASURES = [
    {"id": "M-1", "title": "WLAN", "field": "HF-1", "official_id": "A.1", "visibility": "public"},
    {
        "id": "M-2",
        "title": "Tafeln | Kreide",
        "field": "HF-1",
        "official_id": "",
        "visibility": "public",
    },
    {"id": "M-3", "title": "Brücke", "field": "HF-2", "official_id": "", "visibility": "public"},
    {
        "id": "M-4",
        "title": "Geheimes",
        "field": "HF-2",
        "official_id": "",
        "visibility": "internal",
    },
]
STATUSES = [{"id": "x", "label": "läuft", "meaning": "Es läuft.", "category": "active"}]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A strategy of two fields, with an internal measure."""
    given = {"fields_of_action": FIELDS, "measures": MEASURES, "statuses": STATUSES}
    tables(tmp_path, given)
    return tmp_path


def made(root: Path, *options: str) -> list[Path]:
    """What the command writes."""
    target = root / "out"
    result = klarplan(
        *("paper", "--root", str(root), "--as-of", AS_OF, "--output", str(target), *options)
    )
    assert result.returncode == 0, result.stderr
    return sorted(target.iterdir())


def bookmarks(file: Path) -> list[str]:
    """The titles of all bookmarks of a PDF."""
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        found, waiting = [], list(outline.root)
        while waiting:
            mark = waiting.pop(0)
            found.append(mark.title)
            waiting = [*mark.children, *waiting]
        return found


@pytest.mark.parametrize(
    ("options", "name", "held"),
    [
        (("--field", "HF-1"), "hf-1.pdf", ["HF-1 Schule", "A.1 WLAN", "M-2 Tafeln | Kreide"]),
        (("--measures", "M-3, A.1"), "m-3-m-1.pdf", ["M-3 Brücke", "A.1 WLAN"]),
        (("--measures", "m-3,a.1"), "m-3-m-1.pdf", ["M-3 Brücke", "A.1 WLAN"]),
        (("--field", "schule"), "hf-1.pdf", ["HF-1 Schule", "A.1 WLAN", "M-2 Tafeln | Kreide"]),
        (("--measures", "A.1,M-3, M-1"), "m-1-m-3.pdf", ["A.1 WLAN", "M-3 Brücke"]),
        (
            ("--field", "HF-1", "--field", "Schule", "--measures", "M-3,M-2"),
            "hf-1-m-3.pdf",
            ["HF-1 Schule", "A.1 WLAN", "M-2 Tafeln | Kreide", "M-3 Brücke"],
        ),
        (("--field", "Straße & „Weg“"), "hf-2.pdf", ["HF-2 Straße & „Weg“", "M-3 Brücke"]),
    ],
    ids=[
        *("field", "measures", "in small letters", "title in small letters"),
        *("measure twice", "all twice", "field by title"),
    ],
)
def test_a_part_holds_what_is_asked_for(
    root: Path, options: tuple[str, ...], name: str, held: list[str]
) -> None:
    """A field with its public measures, or measures by id and number, in the order asked for."""
    (file,) = made(root, *options)
    assert file.name == name
    marks = bookmarks(file)
    assert [title for title in marks if title in held] == held
    assert not any("Geheimes" in title for title in marks)
    assert failures(file) == []
    assert structure_faults(file) == []


def test_large_print_is_set_in_16_points(root: Path) -> None:
    """On A4, with links, goals and tags where the text is; nothing is smaller."""
    (file,) = made(root, "--measures", "M-1", "--large")
    assert file.name == "m-1-gross.pdf"
    assert failures(file) == []
    assert structure_faults(file) == []
    assert painted_beside(file) == []
    with pikepdf.open(file) as pdf:
        width, height = (float(number) for number in pdf.pages[-1].MediaBox[2:])
        assert (round(width), round(height)) == (595, 842)
        rects = [note.Rect for page in pdf.pages for note in page.get("/Annots", [])]
        assert rects
        assert all(0 <= float(number) <= 842 for rect in rects for number in rect)
    sizes = [run.size for page in runs(file) for run in page if re.search(r"\w{3}", run.text)]
    assert min(sizes) > 15.9


LINE = 1.2
"""How high the typeface is, in sizes of type."""


@pytest.mark.parametrize("width", [280, 640])
@pytest.mark.parametrize("rows", ["", ' data-rows="0 20 40 60"'])
def test_charts_grow_in_large_print(tmp_path: Path, width: int, rows: str) -> None:
    """The letters of a chart have 16 pt and more there, narrow or wide, whole or in parts."""
    chart = (
        f'<svg class="chart__picture" width="{width}" height="90" role="img" aria-label="B"{rows}>'
        '<text x="95%" y="60" text-anchor="end" font-size="14">Q</text></svg>'
    )
    sizes = []
    for zoom in (1.0, LARGE):
        printed(tmp_path, f"<h1>V</h1><figure>{chart}</figure>", zoom=zoom)
        with pypdfium2.PdfDocument(tmp_path / "strategie.pdf") as pdf:
            text = pdf[len(pdf) - 1].get_textpage()
            at = text.get_text_range().index("Q")
            _, bottom, _, top = text.get_charbox(at, loose=True)
            sizes.append((top - bottom) / LINE)
    usual, large = sizes
    assert usual >= 10
    assert large >= 16


@pytest.mark.parametrize("zoom", [1.0, LARGE])
@pytest.mark.parametrize(
    "picture",
    [
        '<svg class="chart__picture" width="280" height="78" {}><line {} x2="100%"/></svg>',
        '<svg width="900" height="90" viewBox="0 0 900 90" {}><line {} x2="900"/></svg>',
        '<p class="tile__picture"><svg width="300" height="90" {}><line {} x2="300"/></svg></p>',
    ],
)
def test_pictures_stay_on_their_cards(tmp_path: Path, picture: str, zoom: float) -> None:
    """Whatever is drawn on a card is no wider than the card, which is half as wide as the page."""
    shown = picture.format(
        'role="img" aria-label="B"', 'x1="0" y1="40" y2="40" stroke="#000" stroke-width="3"'
    )
    card = f'<div class="tiles"><div class="tile"><p>Wärme</p>{shown}<p>Ziel</p></div></div>'
    printed(tmp_path, f"<h1>V</h1><h2>Karten</h2>{'<p>Text</p>' * 4}{card}", zoom=zoom)
    file = tmp_path / "strategie.pdf"
    assert failures(file) == []
    assert painted_beside(file) == []
    below_rule = 160
    assert 3 in painted_between(file, 90, 280, below_rule)
    assert 3 not in painted_between(file, 310, 500, below_rule)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--field", "HF-9"), "Handlungsfeld „HF-9“ steht nicht in der öffentlichen Strategie"),
        (("--measures", "M-4"), "Maßnahme „M-4“ steht nicht in der öffentlichen Strategie"),
        (("--measures", "A1"), "Meinten Sie „A.1“?"),
        (("--field", "hf-12"), "Handlungsfeld „hf-12“ steht nicht in der öffentlichen Strategie"),
    ],
)
def test_what_is_not_there_is_told(root: Path, options: tuple[str, ...], told: str) -> None:
    """What is unknown or internal is named, with the nearest that there is; nothing is written."""
    result = klarplan("paper", "--root", str(root), "--output", str(root / "out"), *options)
    assert result.returncode == 2
    assert told in result.stderr
    assert not (root / "out").exists()


def test_a_measure_of_a_paper_is_named_by_number_and_title(tmp_path: Path) -> None:
    """Also where the title has commas, and where another measure is called alike."""
    titled = [{**MEASURES[0], "title": "Lärm, Luft, Licht"}, {**MEASURES[1], "official_id": "M-1"}]
    tables(tmp_path, {"fields_of_action": FIELDS, "measures": titled, "statuses": STATUSES})
    (file,) = made(tmp_path, "--measures", "M-1 Tafeln | Kreide, A.1 Lärm, Luft, Licht")
    assert file.name == "m-2-m-1.pdf"


def order(root: Path, settings: str) -> Order:
    """What papers of a strategy with these settings would be made from."""
    (root / "strategy").mkdir(exist_ok=True)
    (root / "strategy/strategy.yml").write_text(f"title: Plan\n{settings}\n", "utf-8")
    (root / "strategy/foreword.md").write_text("Liebe alle,\n\nlest.\n", "utf-8")
    (root / "strategy/vision.md").write_text("So soll es sein.\n", "utf-8")
    shown = public(load(root))
    present = chapters_present(shown.strategy, root)
    site = root / "site"
    return Order(shown=shown, chapters=present, site=site, work=root, as_of=DAY)


def test_a_book_begins_with_its_foreword(root: Path) -> None:
    """Before any figures, whatever the order of the others."""
    titles = [entry.title for entry in entries(order(root, "")) if entry.level == 1]
    assert titles[0] == "Vorwort"
    assert "Vision" in titles


def test_settings_say_which_chapters_a_book_has(root: Path) -> None:
    """In their order; those without content are left out, and so is all that is not named."""
    made = entries(order(root, "book_chapters: [measures, decisions, vision]"))
    titles = [entry.title for entry in made if entry.level == 1]
    assert titles == ["Die Strategie in Zahlen", "Maßnahmen", "Vision"]


@pytest.mark.parametrize(
    ("sheet", "kinds", "fresh"),
    [("half", {"half"}, 0), ("page", {"book"}, 1), ("whole", {"book"}, 1)],
)
def test_settings_say_how_large_sheets_are(
    root: Path, sheet: str, kinds: set[str], fresh: int
) -> None:
    """Half a page each, a page each, or as long as the text is."""
    made = [e for e in entries(order(root, f"measure_sheet: {sheet}")) if e.level == 3]
    assert {entry.kind for entry in made} == kinds
    assert sum(entry.fresh for entry in made) == fresh
    assert {entry.most is None for entry in made} == {sheet == "whole"}


def test_sheets_of_fields_share_pages(root: Path) -> None:
    """Each follows the one before and is held together; where each counts itself, no second
    number stands before it."""
    texts = ["", "Wort " * 30, "Wort " * 200, "<svg></svg>"]
    rows = [{"id": f"HF-{n}", "title": f"{n} Feld"} for n in range(1, 5)]
    tables(root, {"fields_of_action": rows})
    book = order(root, "")
    for number, text in enumerate(texts, start=1):
        page = book.site / f"handlungsfelder/hf-{number}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            f'<article class="md-content__inner"><h1>{number} Feld</h1><p>{text}</p></article>',
            "utf-8",
        )
    sheets = [entry for entry in entries(book) if entry.level == 2 and entry.page]
    assert not any(entry.fresh for entry in sheets)
    assert all(entry.undivided for entry in sheets)
    assert [entry.cited for entry in sheets] == ["1 Feld", "2 Feld", "3 Feld", "4 Feld"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("measure_sheet: doppelt", "Möglich sind: half, page, whole."),
        ("book_chapters: [visoin]", "Meinten Sie „vision“?"),
        ("book_chapters: vision", "Nötig ist eine Liste aus:"),
    ],
)
def test_a_wrong_setting_of_papers_is_told(root: Path, written: str, told: str) -> None:
    """With what is possible."""
    (root / "strategy").mkdir()
    (root / "strategy/strategy.yml").write_text(f"title: Plan\n{written}\n", "utf-8")
    findings = read_settings(root)[1]
    assert told in " ".join(f.problem.de + f.cure.de for f in findings)
