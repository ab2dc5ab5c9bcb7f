"""What rules look at: a strategy with its files on one day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from klarplan.check.whole_pages import WholePages
from klarplan.messages import NOTHING, Finding, Fix, Text, near
from klarplan.pages.destinations import destinations
from klarplan.pages.files import Beside, beside_pages
from klarplan.processes import git
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Strategy
from klarplan.strategy.settings import SETTINGS

if TYPE_CHECKING:
    from klarplan.check.literal.view import Slip
    from klarplan.check.texts import Page

_SETTING = re.compile(r"""\ufeff?["']?(\w+)["']?\s*:\s*([^\s#].*|)""")
"""A line of the settings that gives one its value."""
TEXTS = 1 << 16
"""Of so many texts of cells a rule may keep what it has found in them."""
LONGEST = 120
"""So many characters of a value are shown; the rest is cut off."""


def shown(value: str) -> str:
    """A value as a message shows it: cut off where it is very long."""
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"


class TextCell(NamedTuple):
    """A filled cell of a text column, by the name of its table, its line and its column."""

    table: str
    line: int
    column: str
    text: str


def _text_cells(loaded: Loaded) -> Iterator[TextCell]:
    for name, table in loaded.strategy.tables.items():
        columns = loaded.descriptor.tables[name].columns
        texts = [
            (position, column)
            for position, column in enumerate(table.header)
            if column in columns and columns[column].type == "string"
        ]
        for record, line in zip(table.records, table.lines, strict=True):
            for position, column in texts:
                if position < len(record) and record[position]:
                    yield TextCell(name, line, column, record[position])


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A loaded strategy, its pages, the as-of date, and the cells that are known to be wrong."""

    loaded: Loaded
    public: Loaded
    """What is published of the strategy."""

    as_of: dt.date
    pages: tuple[Page, ...] = ()
    broken: frozenset[tuple[str, int | None]] = frozenset()
    """(file, line) of table rows in which validation found an error."""

    ready: bool = False
    """Whether to tell what a public site lacks though the strategy is a draft."""

    internal: frozenset[str] = frozenset()
    """Ids of rows that the public must not see."""

    @property
    def strategy(self) -> Strategy:
        """The strategy with its internal rows."""
        return self.loaded.strategy

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Files of the repository that become pages of the public site, to the baked page."""
        return destinations(self.public, self.as_of)

    @cached_property
    def whole(self) -> WholePages:
        """Pages of the public site with what templates and macros add."""
        return WholePages(self.public, self.as_of)

    @cached_property
    def text_cells(self) -> tuple[TextCell, ...]:
        """Every filled cell of a described text column."""
        return tuple(_text_cells(self.loaded))

    @cached_property
    def public_text_cells(self) -> tuple[TextCell, ...]:
        """Those of them that are published."""
        return tuple(_text_cells(self.public))

    @cached_property
    def beside_pages(self) -> tuple[Beside, ...]:
        """Files beside the pages that are published, or have a fault."""
        return tuple(beside_pages(self.loaded.root, self.strategy.settings.font))

    @cached_property
    def changed_tables(self) -> tuple[str, ...]:
        """Files below data/ that differ from their last committed version; none without git."""
        root = self.loaded.root
        told = git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", "data")
        names = (told or b"").decode("utf-8", "replace").split("\0")
        return tuple(name for name in names if name.endswith(".csv"))

    @cached_property
    def literal_markdown(self) -> dict[str, tuple[Slip, ...]]:
        """What readers of each page would see as it was typed, by file."""
        from klarplan.check.literal.find import slips  # noqa: PLC0415 (slow import)

        return {page.file: slips(page) for page in self.pages}

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """Lines of the settings and of all pages, by file."""
        found = {page.file: page.text.split("\n") for page in self.pages}
        path = self.loaded.root / SETTINGS
        if path.is_file():
            found[SETTINGS] = path.read_bytes().decode("utf-8", "replace").split("\n")
        return found

    @cached_property
    def _records(self) -> dict[tuple[str, int], tuple[str, ...]]:
        return {
            (name, line): record
            for name, table in self.strategy.tables.items()
            for line, record in zip(table.lines, table.records, strict=True)
        }

    def record(self, table: str, line: int) -> tuple[str, ...]:
        """The cells of a row as they stand in the file."""
        return self._records.get((table, line), ())

    def written(self, table: str, line: int, column: str) -> str:
        """A cell as it stands in the file; empty where there is none."""
        position = self.strategy.tables[table].column(column)
        record = self.record(table, line)
        return record[position] if position is not None and position < len(record) else ""

    def cell(  # noqa: PLR0913 (as a finding)
        self,
        table: str,
        line: int,
        column: str,
        problem: Text,
        cure: Text = NOTHING,
        *,
        fix: Fix | None = None,
        cause: tuple[str, ...] | None = None,
    ) -> Finding:
        """A finding on one cell of a table."""
        return Finding(
            rule="",
            file=self.strategy.tables[table].file,
            line=line,
            column=column,
            value=shown(self.written(table, line, column)) or None,
            problem=problem,
            cure=cure,
            fix=fix,
            cause=cause,
        )

    @cached_property
    def _settings(self) -> dict[str, tuple[int, str]]:
        """Line and value of each setting as they stand in the file, by the name written there."""
        lines = enumerate(self.texts.get(SETTINGS, []), 1)
        found = ((number, _SETTING.match(line)) for number, line in lines)
        return {name[1]: (number, name[2]) for number, name in found if name}

    def is_set(self, name: str, *, empty: bool = True) -> bool:
        """Whether the settings name a setting; unless ``empty``, with a value behind it."""
        return name in self._settings and (empty or bool(self._settings[name][1].strip()))

    @cached_property
    def told_settings(self) -> frozenset[str]:
        """Settings that were told of while their file was read: what is wrong is not missing."""
        known = {field.name for field in fields(self.strategy.settings)}
        begins = sorted((line, name) for name, (line, _) in self._settings.items())
        written = {
            name
            for finding in self.loaded.findings
            if finding.file == SETTINGS and finding.line
            for _, name in [b for b in begins if b[0] <= finding.line][-1:]  # its lists go on below
        }
        return frozenset(setting for name in written for setting in near(name, known))

    def settings_file(
        self, problem: Text, cure: Text, *, value: str | None = None, line: int | None = None
    ) -> Finding:
        """A finding on the settings as a whole, or on one of their lines."""
        return Finding(rule="", file=SETTINGS, line=line, value=value, problem=problem, cure=cure)

    def setting(self, name: str, problem: Text, cure: Text = NOTHING) -> Finding:
        """A finding on one setting, on the line that begins with its name."""
        line, _ = self._settings.get(name, (None, ""))
        value = getattr(self.strategy.settings, name) if line else None
        written = str(value).lower() if isinstance(value, bool) else str(value)
        told = None if value in (None, ()) else shown(written)
        return self.settings_file(problem, cure, value=told, line=line)

    def is_broken(self, table: str, line: int) -> bool:
        """Whether validation already found an error in this row."""
        return (self.strategy.tables[table].file, line) in self.broken
