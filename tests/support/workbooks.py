"""Editors' workbooks in tests: exported, changed as people do it, and taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from klarplan.commands.export import export
from klarplan.commands.take_back import TakenBack, take_back, write
from klarplan.editing.workbook.outcome import Decided
from tests.support.klein import DAY

_MADE: dict[tuple[str, str], bytes] = {}
"""Workbooks that were made in this process, by what the strategy holds and the office."""


def exported(root: Path, name: str = "mappe.xlsx", office: str = "") -> Path:
    """A workbook of a strategy, beside it; made once for all that hold the same."""
    target = root.parent / name
    held = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        held.update(path.relative_to(root).as_posix().encode() + b"\0")
        held.update(hashlib.sha256(path.read_bytes()).digest())
    known = held.hexdigest(), office
    if known in _MADE and not target.exists():
        target.write_bytes(_MADE[known])
        return target
    made = export(root, target, DAY, "de", office)[0]
    _MADE[known] = made.read_bytes()
    return made


def column(sheet: Any, name: str) -> int:
    """The number of the column with a technical name."""
    return [cell.value for cell in sheet[2]].index(name) + 1


def row_of(sheet: Any, text: str, name: str = "id") -> int:
    """The number of the row with a text in a column."""
    at = column(sheet, name)
    return next(r for r in range(3, sheet.max_row + 1) if sheet.cell(r, at).value == text)


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """The workbook after a change to it, saved in its place."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def put(sheet: Any, row: int, cells: Mapping[str, object]) -> None:
    """Write values into a row, by technical names."""
    for name, value in cells.items():
        sheet.cell(row, column(sheet, name)).value = value


def taken(root: Path, path: Path, *, overwrite: bool = False, delete: bool = False) -> TakenBack:
    """What a workbook would change."""
    return take_back(root, path, DAY, "de", Decided(overwrite=overwrite, delete=delete))


def written(root: Path, path: Path, *, overwrite: bool = False, delete: bool = False) -> TakenBack:
    """What a workbook has changed."""
    found = taken(root, path, overwrite=overwrite, delete=delete)
    write(root, found)
    return found


def sentences(found: TakenBack) -> list[str]:
    """What is told of the changes, without what is to be looked at."""
    return [told.text for told in found.comparison.told if not told.look]


def lines(root: Path, table: str) -> list[str]:
    """The lines of a table's file."""
    return (root / "data" / f"{table}.csv").read_text("utf-8").splitlines()
