"""Text that nobody sees in the workbook is left out and named, like struck-out text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo

from klarplan.importer.outcome import Outcome
from tests.support.importing import rows, strategy, take, workbook

LIST: list[list[Any]] = [
    ["Nr.", "Maßnahme", "Beschreibung"],
    [1, "Radwege", "bauen"],
    [2, "Busse", "unter uns"],
    [3, "Bäume", "pflanzen"],
]
MAPPING = """\
sources:
  - from: Liste
    table: measures
{more}    columns: {{official_id: Nr., title: Maßnahme, summary: Beschreibung, field: {{value: X}}}}
"""
DARK = PatternFill("solid", fgColor="FF1F3864")


def white(cell: Any) -> None:
    """White text without a fill."""
    cell.font = Font(color="FFFFFFFF")


def theme_white(cell: Any) -> None:
    """Text in the colour that the theme has for backgrounds."""
    cell.font = Font(color=Color(theme=0))


def blacked_out(cell: Any) -> None:
    """Black text on black."""
    cell.fill = PatternFill("solid", fgColor="FF000000")


def almost_alike(cell: Any) -> None:
    """Red text on nearly the same red."""
    cell.font, cell.fill = Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFA0506")


def tiny(cell: Any) -> None:
    """Text of one point."""
    cell.font = Font(sz=1)


def blanked(cell: Any) -> None:
    """A format that shows nothing."""
    cell.number_format = ";;;"


def imported(
    tmp_path: Path, change: Callable[[Any], object], more: str = ""
) -> tuple[list[tuple[str, str, str]], Outcome]:
    """Number, text and visibility of the measures of the list, changed as an editor would."""
    path = workbook(tmp_path / "a.xlsx", {"Liste": LIST})
    book = openpyxl.load_workbook(path)
    change(book["Liste"])
    book.save(path)
    root = strategy(tmp_path / "s")
    outcome = take(root, [path], MAPPING.format(more=more))
    found = rows(root, "measures")
    return [(r["official_id"], r["summary"], r.get("visibility", "")) for r in found], outcome


@pytest.mark.parametrize(
    "hide", [white, theme_white, blacked_out, almost_alike, tiny, blanked], ids=lambda f: f.__name__
)
def test_unseen_text_is_left_out_and_named(tmp_path: Path, hide: Callable[[Any], object]) -> None:
    """Text in the colour of its cell, tiny text and blanked text are named, and not taken over."""
    found, outcome = imported(tmp_path, lambda sheet: hide(sheet["C3"]))
    assert [text for _, text, _ in found] == ["bauen", "", "pflanzen"]
    (told,) = [item for item in outcome.skipped if "unsichtbar" in item.reason.de]
    assert told.rows == (3,)
    assert "struck: take" in told.cure.de


def test_the_part_that_is_seen_is_taken_over(tmp_path: Path) -> None:
    """Of a text with parts in white the rest is read."""

    def change(sheet: Any) -> None:
        hidden = TextBlock(InlineFont(color="FFFFFFFF"), " Personalie")
        sheet["C3"] = CellRichText("kaufen", hidden)

    found, _ = imported(tmp_path, change)
    assert found[1][1] == "kaufen"


def test_internal_use_keeps_a_measure_with_unseen_text_internal(tmp_path: Path) -> None:
    """The key that the result names for internal use publishes nothing of the hidden text."""
    found, _ = imported(
        tmp_path, lambda sheet: white(sheet["C3"]), "    hidden: {struck: internal}\n"
    )
    assert [(number, seen) for number, _, seen in found] == [
        ("1", ""),
        ("2", "internal"),
        ("3", ""),
    ]
    assert found[1][1] == "unter uns"


def head(sheet: Any) -> None:
    """A head in white on a dark fill."""
    for cell in sheet[1]:
        cell.font, cell.fill = Font(color="FFFFFFFF"), DARK


def table(sheet: Any) -> None:
    """A table whose style fills the head, with white text in it."""
    made = Table(displayName="T", ref="A1:C4")
    made.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(made)
    for cell in sheet[1]:
        cell.font = Font(color="FFFFFFFF")


def by_rule(sheet: Any) -> None:
    """White text in cells that a rule fills."""
    sheet.conditional_formatting.add("C2:C4", CellIsRule("notEqual", ['""'], fill=DARK))
    for row in (2, 3, 4):
        sheet.cell(row, 3).font = Font(color="FFFFFFFF")


@pytest.mark.parametrize("change", [head, table, by_rule], ids=lambda f: f.__name__)
def test_white_text_on_a_dark_ground_is_read(
    tmp_path: Path, change: Callable[[Any], object]
) -> None:
    """White text is seen where its cell, the style of its table or a rule has a dark fill."""
    found, outcome = imported(tmp_path, change)
    assert [text for _, text, _ in found] == ["bauen", "unter uns", "pflanzen"]
    assert not [item for item in outcome.skipped if "unsichtbar" in item.reason.de]
