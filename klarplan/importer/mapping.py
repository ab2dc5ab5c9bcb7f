"""What a mapping says: which column of a spreadsheet goes where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from klarplan.importer.grid import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one column of a table is filled."""

    target: str
    line: int
    """The line in the mapping file, for messages."""
    column: str | None = None
    """The header of the column in the spreadsheet."""
    value: str | None = None
    """A fixed value, used for new rows."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the words of the spreadsheet mean; keys are ``plain``."""
    format: str | None = None
    empty: tuple[str, ...] = ()
    """Words that count as empty; ``plain``."""
    if_empty: str | None = None
    """A value for new rows whose cell is empty."""
    brackets: bool = False
    """Whether ``(5)`` is read as ``5``."""
    html: bool = False
    """Whether simple HTML in the cell is turned into plain text."""
    fill_down: bool = False
    """Whether an empty cell means the same as the one above it."""
    split: tuple[str, ...] = ()
    """What separates several entries in one cell; each makes a row of its own."""
    by: str | None = None
    """The column of the other table in which a reference is looked up."""
    create: bool | None = None
    """Whether an entry that the other table lacks is created there."""
    unit: str | None = None
    """What numbers without a unit are counted in; ``cell`` for what each cell says."""
    read: str = "text"
    """What of the cell is read: its ``text``, ``fill`` or ``font`` (colours) or ``comment``."""
    section: int | None = None
    """The level of the sections of the list that is taken, 1 for the outermost."""
    sheet: bool = False
    """Whether the name of the sheet is taken."""
    row: bool = False
    """Whether the measure that the same row of the sheet makes is meant."""
    marked: tuple[str, ...] = ()
    """Headers of columns of which one has a cross in each row; that header is the text."""
    tree: str | None = None
    """By what the parent is found: ``number``, ``indent`` or ``outline``."""

    @property
    def is_beside(self) -> bool:
        """Whether the value comes from elsewhere than a cell or the mapping."""
        return self.section is not None or self.sheet or self.row or bool(self.marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One list in the spreadsheets and the table that it fills."""

    patterns: tuple[str, ...]
    table: str
    line: int
    rules: tuple[Rule, ...]
    match: tuple[str, ...] = ()
    """Columns by which a row is recognised again; empty for the usual ones."""
    header: int | None = None
    """The row with the headers; ``None`` to look for it."""
    ignore: tuple[str, ...] = ()
    """Headers of columns that are left out on purpose; ``plain``."""
    hidden: Mapping[str, str] = field(default_factory=dict)
    """What of the hidden parts is taken in, and how; see ``seen``."""
    keep: tuple[int, ...] = ()
    """Rows that are entries although they look like totals, sections or notes."""
    skip: tuple[int, ...] = ()
    """Rows that are no entries."""

    as_of: dt.date | None = None
    """The day for which the list speaks, for reports without a date of their own."""

    ids: Mapping[str, str] = field(default_factory=dict)
    """The entry for which a number of the list stands now, or ``new``; keys are ``plain``."""

    own: bool = False
    """Whether the list is a table of Klarplan, whose cells stand as they are to be."""
    create: bool = False
    """Whether a row whose key repeats becomes a further row instead of being a duplicate."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headers and the values that a row must have there to be read; all ``plain``."""

    def rule(self, target: str) -> Rule | None:
        """The rule for a column of the table."""
        return next((rule for rule in self.rules if rule.target == target), None)

    def headers(self) -> Iterator[str]:
        """The headers that the source reads, ``plain``."""
        for rule in self.rules:
            if rule.column is not None:
                yield plain(rule.column)
            yield from map(plain, rule.marked)
        yield from self.only


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """A whole mapping file."""

    file: str
    sources: tuple[Source, ...]
    statuses: tuple[Mapping[str, str], ...] = ()
    """Rows for the table of statuses, added where their id is missing."""
    ignore_sheets: tuple[str, ...] = ()
