"""A sheet as text: what a German spreadsheet program would show or save as CSV."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from klarplan.messages import Text

_DECIMAL = re.compile(r"(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet program shows it, and its cells."""

    number: int
    cells: tuple[str, ...]

    def at(self, position: int) -> str:
        """The cell at a position counted from 0; empty beyond the end of the row."""
        return self.cells[position] if position < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a sheet says besides its texts; cells are named by (row number, position)."""

    hidden: bool = False
    """Whether the whole sheet is hidden."""
    hidden_rows: Mapping[int, str] = field(default_factory=dict)
    """Rows that are not shown, each with ``hidden`` or ``filtered``."""
    hidden_columns: frozenset[int] = frozenset()
    kept: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What remains of cells without text that is struck through or can't be seen."""
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Colours of cells such as ``#00b050``; cells without colour and white ones are left out."""
    inks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Colours of texts like ``fills``; black and white ones and links are left out."""
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    dittos: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Marks such as „"“ that were read as the cell above."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells: first and last row number, first and last position."""
    conditions: tuple[tuple[int, int, int, int], ...] = ()
    """Areas like ``merged`` that rules colour by their values (conditional formatting)."""
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    outline: Mapping[int, int] = field(default_factory=dict)
    """Levels of grouped rows."""
    decimals: frozenset[tuple[int, int]] = frozenset()
    """Cells that hold a number with decimals, so that 1.1 is not the text “1,1”."""
    sums: frozenset[tuple[int, int]] = frozenset()
    """Cells whose formula adds up cells of other rows."""
    margins: tuple[str, ...] = ()
    """Texts at the top and bottom of printed pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook or one CSV file; rows without any text are left out."""

    file: str
    name: str
    """The name of the sheet; empty for a CSV file."""
    rows: tuple[SheetRow, ...]
    unreadable: Mapping[tuple[int, int], Text] = field(default_factory=dict)
    """Cells that hold something which can't be read, by (row number, position), with the reason."""
    marks: Marks = Marks()
    first: int = 0
    """The position of the first column that is looked at, where lists stand side by side."""

    @property
    def key(self) -> str:
        """What tells the lists of all sheets apart that have rows with the same number."""
        return f"{self.label}#{self.first}" if self.first else self.label

    @property
    def label(self) -> str:
        """How the sheet is named to people."""
        return f"{self.file}/{self.name}" if self.name else self.file

    def matches(self, pattern: str) -> bool:
        """Whether a pattern of a mapping (with ``*``) means this sheet; case does not count."""
        if self.name:
            names = [self.name, f"{self.file}/{self.name}"]
        else:
            names = [self.file, self.file.rpartition(".")[0]]
        wanted = plain(pattern).replace("[", "[[]")
        return any(fnmatchcase(plain(name), wanted) for name in names)


def plain(text: str) -> str:
    """A text for comparing: NFC, case folded, white space collapsed, soft hyphens dropped."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("\u00ad", "")
    return " ".join(folded.split())


def label_of(text: str) -> str:
    """The label that a decimal number stands for: “1.1” for “1,1”; other texts stay."""
    return _DECIMAL.sub(r"\1.\2", text) if _DECIMAL.fullmatch(text.strip()) else text
