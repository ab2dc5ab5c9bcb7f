"""Long lists on paper: columns wide enough for few lines, and large print without turned pages."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml.html import HtmlElement, fragment_fromstring

from klarplan.articles.nodes import words
from klarplan.look.letter_widths import width_of
from klarplan.papers.folded import folded
from klarplan.papers.grid import read_grid
from klarplan.papers.job import LARGE
from tests.support.pdf_rules import failures
from tests.support.print_reading import page_texts, plain
from tests.support.print_site import printed
from tests.support.widths import weigh

HEADS = ("Nr.", "Maßnahme", "Status", "Termin", "Federführung")
TITLE = "Rechnungen elektronisch empfangen & prüfen"


def listed(rows: int, *, numbers: bool = False, title: str = TITLE) -> str:
    """A list as the website has it, of so many rows."""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    body = "".join(
        f'<tr><td>M-{n:02}</td><th scope="row">{title} {n}</th><td>läuft</td>'
        f"<td>Dezember 2027<br>überfällig seit {n} Monaten</td><td></td></tr>"
        for n in range(rows)
    )
    kind = "numbers" if numbers else "list"
    return (
        f'<table class="{kind}"><caption>Liste</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def table(text: str) -> HtmlElement:
    """The table of a page."""
    return fragment_fromstring(f"<div>{text}</div>")[0]


def test_a_column_is_no_wider_than_its_lines() -> None:
    """Where lines end by themselves, their column leaves the rest to the titles."""
    told = "28. November 2025{}1 Monat später als geplant"
    found = []
    for between in (" ", "<br>"):
        row = f"<tr><td>{TITLE * 2}</td><td>{told.format(between)}</td><td>Amt</td></tr>"
        grid = read_grid(table(f"<table>{row * 5}</table>"))
        found.append(weigh(grid).widths)
    (joined, apart) = found
    assert apart[1] < joined[1]
    assert apart[0] > joined[0]
    assert apart[1] >= width_of("1 Monat später als geplant") - 0.01


def test_a_folded_list_says_all(tmp_path: Path) -> None:
    """Each row keeps number and name; what else it says stands behind the title of its column,
    what says nothing is left out, and numbers are not folded."""
    source = table(listed(3))
    made = folded(source, read_grid(source))
    assert made is not None
    rows = [[words(cell) for cell in row] for row in made.iter("tr")]
    assert rows[0] == ["Nr.", "Maßnahme", "Status, Termin, Federführung"]
    assert rows[2][:2] == ["M-01", f"{TITLE} 1"]
    assert "Status: läuft" in rows[2][2]
    assert "überfällig seit 1 Monaten" in rows[2][2]
    assert "Federführung" not in rows[2][2]
    numbers = table(listed(3, numbers=True))
    assert folded(numbers, read_grid(numbers)) is None


@pytest.mark.parametrize("zoom", [1.0, LARGE])
def test_lists_in_large_print_stand_upright(tmp_path: Path, zoom: float) -> None:
    """No page is turned for a list of words, and each title of a column is read with its words."""
    body = listed(9, title="Dorfgemeinschaftshäuser und Feuerwehrgerätehäuser sanieren")
    body = body.replace("<td></td>", "<td>1.234.567.890,00</td>").replace(
        "läuft", "0.815.047.110,00"
    )
    printed(tmp_path, f"<h1>V</h1>{body}", zoom=zoom)
    file = tmp_path / "strategie.pdf"
    assert failures(file) == []
    with pikepdf.open(file) as pdf:
        boxes = [[float(n) for n in page.mediabox] for page in pdf.pages]
    assert all(height > width for _, _, width, height in boxes)
    told = plain(" ".join(page_texts(file)))
    assert ("Status:0.815.047.110,00" in told) is (zoom > 1)
    assert told.count("seit8Monaten") == 1
