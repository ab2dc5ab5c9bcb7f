"""Header and footer of printed pages may tell the day of a list."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.page_margins import texts_of
from klarplan.messages import KlarplanError
from tests.importer.test_suggest import suggested
from tests.support.importing import rows, strategy, take

HEAD = ["Nr", "Maßnahme", "Status"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def imported(root: Path, place: str, text: str, *above: str) -> tuple[str, Outcome]:
    """What comes of a list with a text in a place such as “oddHeader.left”, by its suggestion."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (*([line] for line in above), HEAD, [1, "Radweg", "in Umsetzung"]):
        sheet.append(row)
    part, side = place.split(".")
    item = getattr(getattr(sheet, part), side)
    item.text, item.size = text, 12
    book.save(root / "liste.xlsx")
    proposed = suggested(root, read_sheets([root / "liste.xlsx"]))
    return proposed, take(root, [root / "liste.xlsx"], proposed)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("oddHeader.left", "Stand: 30.06.2026"),
        ("oddFooter.center", "Seite &P von &N – Stand 30.06.2026"),
        ("firstFooter.right", "Maßnahmenliste (Stand: Juni 2026)"),
    ],
)
def test_a_day_on_the_pages_dates_the_reports(root: Path, place: str, text: str) -> None:
    """“Stand: …” in header or footer is the day of reports, and the result says that it is."""
    proposed, outcome = imported(root, place, text)
    assert rows(root, "status_reports")[0]["date"] == "2026-06-30"
    assert "in der Kopf- oder Fußzeile der Seiten" in proposed
    ((at, note),) = [one for one in outcome.remarks if "Zeitraum" not in one[1].de]
    assert (at.sheet, at.row) == ("liste.xlsx/Sheet", 1)
    assert note.de.startswith("Meldungen ohne eigenes Datum gelten für den 30.06.2026 (")
    assert note.de.endswith("in der Kopf- oder Fußzeile der Seiten).")


def test_a_day_above_the_table_comes_first(root: Path) -> None:
    """The sheet itself says it better than its pages, whose text is named as not used."""
    _, outcome = imported(root, "oddFooter.right", "Stand: 31.12.2025", "Stand: 30.06.2026")
    assert rows(root, "status_reports")[0]["date"] == "2026-06-30"
    told = [note.de for _, note in outcome.remarks]
    assert any("Fußzeile der Seiten steht „Stand: 31.12.2025“" in text for text in told)


@pytest.mark.parametrize("text", ["Stand &D", "Seite &P von &N", "Stadt Musterstadt"])
def test_the_day_of_printing_is_no_day_of_the_list(root: Path, text: str) -> None:
    """A field for today's date, page numbers and names tell no day; the import asks for it."""
    with pytest.raises(KlarplanError, match="no date"):
        imported(root, "oddHeader.center", text)


@pytest.mark.parametrize(
    ("coded", "texts"),
    [
        ('&L&"Arial,Bold"&12Stand: 1.6.2026&RSeite &P', ["Stand: 1.6.2026"]),
        ("&C&K01+000Bau && Verkehr&R&F", ["Bau & Verkehr"]),
        ("&LNur intern&C&A&R&D", ["Nur intern"]),
        ("", []),
    ],
)
def test_texts_are_read_without_their_codes(coded: str, texts: list[str]) -> None:
    """Fonts, colours and fields are no part of the text; parts side by side are several texts."""
    assert texts_of(coded) == texts
