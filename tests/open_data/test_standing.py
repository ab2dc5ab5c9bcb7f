"""The table of all measures as they stand, for spreadsheets."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from klarplan.open_data.standing import COLUMNS, standing
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support.brief import minimal, tables

AS_OF = dt.date(2026, 11, 21)


def rows_of(root: Path) -> list[dict[str, str]]:
    """The rows of the table by their columns."""
    (content,) = standing(public(load(root)), AS_OF).values()
    text = content.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert text.count("\r\n") == len(found)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found[1:]]


def measure(**cells: str) -> dict[str, str]:
    """A row of ``measures.csv``."""
    return {"id": "M-1", "title": "Bad", "field": "HF-1", **cells}


@pytest.mark.parametrize("text", ["=1+1", "+49 1", "-x", "@SUM(A1)"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    """What a spreadsheet would calculate stays a text."""
    minimal(tmp_path)
    tables(tmp_path, {"measures": [measure(title=text)]})
    assert rows_of(tmp_path)[0]["title"] == f" {text}"


def test_each_measure_stands_on_one_line(tmp_path: Path) -> None:
    """Semicolons, quotes and line breaks of a text part neither cells nor rows."""
    minimal(tmp_path)
    tables(tmp_path, {"measures": [measure(summary='Erst „das“; dann "dies"\nund\r\nmehr')]})
    (row,) = rows_of(tmp_path)
    assert row["summary"] == 'Erst „das“; dann "dies" und mehr'


def test_amounts_have_a_comma_and_nothing_stays_nothing(tmp_path: Path) -> None:
    """Amounts are sums with a decimal comma; what nobody gave stays empty; currencies part."""
    minimal(tmp_path)
    columns = ("measure", "year", "planned", "spent", "currency")
    budget = [
        dict(zip(columns, cells, strict=True))
        for cells in (
            ("M-1", "2025", "1000.50", "0", "EUR"),
            ("M-1", "2026", "2000", "", "EUR"),
            ("M-2", "2026", "5", "", "EUR"),
            ("M-2", "2026", "7", "", "CHF"),
        )
    ]
    tables(tmp_path, {"measures": [measure(), measure(id="M-2")], "budget": budget})
    first, second = rows_of(tmp_path)
    assert (first["planned"], first["approved"], first["spent"]) == ("3000,50", "", "0")
    assert (second["planned"], second["currency"]) == ("5 / 7", "EUR / CHF")


def test_without_measures_there_is_no_table(tmp_path: Path) -> None:
    """A strategy without measures offers no table of them."""
    minimal(tmp_path)
    (tmp_path / "data/measures.csv").unlink()
    assert standing(public(load(tmp_path)), AS_OF) == {}
