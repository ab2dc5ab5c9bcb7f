"""New rows of a workbook: copies of others, and what they must have and must not have."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from klarplan.comparison.looks import alike
from klarplan.editing.workbook.read import BackRow
from klarplan.strategy.former_ids import TITLES
from klarplan.strategy.schema import TableSchema

Cells = Mapping[str, str]


def copied(row: BackRow, best: BackRow) -> BackRow:
    """A copy of a row: a new one, without the id of the other."""
    cells = dict(row.cells)
    if cells.get("id") == best.cells.get("id") and "id" in cells:
        cells["id"] = ""
    return BackRow(mark=None, cells=cells, number=row.number)


def missing(schema: TableSchema, lang: str, row: BackRow, cells: Cells) -> list[str]:
    """The titles of columns that a row must have and, with these cells, has not."""
    said = schema.said(lang)
    return [
        said.title_of(name)
        for name in row.cells
        if not cells.get(name) and schema.field(name).get("constraints", {}).get("required")
    ]


def meant_another(titles: Collection[str], cells: Cells) -> bool:
    """Whether an id that once stood for these titles stood for something else than this row."""
    now = next((cells[name] for name in TITLES if cells.get(name)), "")
    return bool(titles) and not any(alike(title, now) for title in titles)
