"""Colours of texts are read and named like those of cells: “●” in red, amber and green."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.messages import quoted
from tests.importer.test_suggest import suggested
from tests.support.importing import rows, strategy, take

STAND = ["Stand: 30.06.2026"]
HEAD = ["Nr", "Maßnahme", "Status"]
BLACK, RED, AMBER, GREEN = "FF000000", "FFFF0000", "FFFFC000", "FF00B050"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def coloured(root: Path, cells: list[tuple[Any, str]], *below: tuple[Any, str]) -> Path:
    """A list with texts in colours as its last column, and further coloured cells below it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(STAND)
    sheet.append(HEAD)
    for number, (text, colour) in enumerate(cells, start=1):
        sheet.append([number, f"Vorhaben {number}", text])
        if colour:
            sheet.cell(number + 2, 3).font = Font(color=colour)
    for number, (text, colour) in enumerate(below, start=len(cells) + 4):
        sheet.cell(number, 1, text).font = Font(color=colour)
    path = root / "liste.xlsx"
    book.save(path)
    return path


def imported(root: Path, path: Path) -> tuple[str, Outcome]:
    """What comes of a workbook by the mapping suggested for it."""
    text = suggested(root, read_sheets([path]))
    return text, take(root, [path], text)


@pytest.mark.parametrize("sign", ["●", "■", "⬤"])
def test_a_traffic_light_of_signs_is_read_by_its_colour(root: Path, sign: str) -> None:
    """One sign throughout says nothing, its colours are statuses; each is said to be guessed."""
    path = coloured(root, [(sign, GREEN), (sign, RED), (sign, AMBER), (sign, GREEN)])
    text, outcome = imported(root, path)
    assert (outcome.left_out, outcome.skipped) == ((), ())
    told = [r["status"] for r in rows(root, "status_reports")]
    assert told == ["running", "critical", "delayed", "running"]
    assert "read: font" in text
    assert '"#ff0000": critical  # geraten: rot, 1 Zelle' in text


def test_colours_of_signs_in_rich_text_and_of_a_theme(root: Path) -> None:
    """It does not matter whether the cell, a part of its text, or the theme has the colour."""
    rich = CellRichText(TextBlock(InlineFont(color=RED), "●"))
    path = coloured(root, [(rich, ""), ("●", GREEN), ("●", "")])
    book = openpyxl.load_workbook(path, rich_text=True)
    book.worksheets[0]["C5"].font = Font(color=Color(theme=9))
    book.save(path)
    imported(root, path)
    assert [r["status"] for r in rows(root, "status_reports")][:2] == ["critical", "running"]


def test_a_legend_tells_what_colours_of_signs_mean(root: Path) -> None:
    """“● zurückgestellt” in the same colour below the list says more than the colour."""
    path = coloured(
        root, [("●", RED), ("●", GREEN)], ("Legende:", BLACK), ("● abgeschlossen", GREEN)
    )
    text, _ = imported(root, path)
    assert [r["status"] for r in rows(root, "status_reports")] == ["critical", "done"]
    assert "geraten: Legende „abgeschlossen“" in text


def test_a_sign_without_colour_is_left_out_and_named(root: Path) -> None:
    """A black sign among coloured ones has no meaning in the mapping, and is told."""
    _, outcome = imported(root, coloured(root, [("●", RED), ("●", ""), ("●", GREEN)]))
    assert [(item.place.row, item.value) for item in outcome.left_out] == [(4, "●")]


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (["in Umsetzung", "in Umsetzung", "geplant"], [4]),
        (["geplant", "in Umsetzung", "geplant"], [4]),
    ],
)
def test_colours_of_words_are_named(root: Path, texts: list[str], named: list[int]) -> None:
    """A word in red among others in black may mean something: place, colour and key are told."""
    cells = [(text, RED if n in named else "") for n, text in enumerate(texts, start=3)]
    text, outcome = imported(root, coloured(root, [*cells, ("in Umsetzung", "")]))
    (item,) = outcome.skipped
    assert (item.column, list(item.rows)) == (quoted("Status"), named)
    assert item.reason.de == "Farben der Schrift (rot #ff0000)"
    assert "read: font" in item.cure.de
    assert "Schriftfarben in „Status“ (rot #ff0000); „read: font“ liest sie." in text


@pytest.mark.parametrize("kind", ["all", "link", "black", "cell"])
def test_colours_that_only_decorate_are_not_named(root: Path, kind: str) -> None:
    """One colour for all texts, links, black, and texts that go with the fill say nothing more."""
    path = coloured(root, [("geplant", ""), ("in Umsetzung", ""), ("", ""), ("geplant", "")])
    book = openpyxl.load_workbook(path)
    cells = [book.worksheets[0].cell(row, 3) for row in (3, 4, 6)]
    for cell in cells if kind == "all" else cells[:1]:
        cell.font = Font(
            color={"black": "FF000000", "cell": "FF006100"}.get(kind, "FF0563C1"),
            underline="single" if kind == "link" else None,
        )
        if kind == "cell":
            cell.fill = PatternFill("solid", fgColor="FFC6EFCE")
    book.save(path)
    _, outcome = imported(root, path)
    assert [item.reason.de for item in outcome.skipped if "Schrift" in item.reason.de] == []
