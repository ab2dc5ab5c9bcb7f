"""A state of a strategy: its tables, settings and texts, as they were at one moment."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from klarplan.pages.adopted import Promise, read_adopted
from klarplan.strategy.addresses import ROW_FOLDERS
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.former_ids import files_with_ids, former_ids
from klarplan.strategy.load import load
from klarplan.strategy.redirects import read_redirects
from klarplan.strategy.schema import Descriptor, TableSchema
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml_file

FOLDERS = ("data", "strategy", "docs", "local")
"""What a town writes; all else is the engine's."""
MOST_LETTERS = 2_000_000
"""Longer texts are no texts."""

Cells = Mapping[str, str]
"""A row of a table: its cells by column."""


@dataclass(frozen=True)
class State:
    """A strategy below ``root``, read once; ``name`` is what people call the state."""

    name: str
    root: Path
    descriptor: Descriptor
    tables: Mapping[str, Table]
    unread: Collection[str] = ()
    """Tables whose file is there, but can't be read."""
    kept: tuple[Path, str] | None = None
    """The folder whose history counts, and the revision that the state is; empty: none yet."""

    def rows(self, table: str) -> Iterator[Cells]:
        """The rows of a table in their order; none where it is not there."""
        read = self.tables.get(table)
        for record in read.records if read else ():
            yield dict(zip(read.header, map(same, record), strict=False)) if read else {}

    def schema(self, table: str) -> TableSchema | None:
        """What is described of a table."""
        return self.descriptor.tables.get(table)

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, Cells]]:
        """The rows of all tables with ids, by table and id; the first wins where ids repeat."""
        found: dict[str, dict[str, Cells]] = {}
        for table in self.tables:
            for row in self.rows(table):
                if row.get("id"):
                    found.setdefault(table, {}).setdefault(row["id"], row)
        return found

    def row(self, table: str, identifier: str) -> Cells | None:
        """The row with an id, or nothing."""
        return self.by_id.get(table, {}).get(identifier)

    @cached_property
    def reports(self) -> Mapping[str, Sequence[Cells]]:
        """The status reports by measure, the oldest first."""
        found: dict[str, list[Cells]] = {}
        for row in sorted(self.rows("status_reports"), key=lambda row: row.get("date", "")):
            found.setdefault(row.get("measure", ""), []).append(row)
        return found

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Markdown that people wrote, by its file."""
        found = {}
        for folder in ("strategy", "docs"):
            for path in sorted((self.root / folder).rglob("*.md")):
                if path.is_file() and not path.is_symlink():
                    text = path.read_text("utf-8-sig", "replace")[:MOST_LETTERS]
                    found[path.relative_to(self.root).as_posix()] = same(text)
        return found

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The settings as they stand in the file, by their whole name: ``contact.email``."""
        try:
            return dict(_flat(read_yaml_file(self.root / SETTINGS).values))
        except (YamlFaultError, OSError):
            return {}

    @cached_property
    def adopted(self) -> Mapping[str, Promise]:
        """What the last adopted version promised, by address; also what was given up."""
        return {promise.address: promise for promise in read_adopted(self.root).promises}

    @cached_property
    def former(self) -> Mapping[str, Mapping[str, Collection[str]]]:
        """The ids that tables ever had up to this state, by table, with their titles."""
        if self.kept is None:
            return {}
        folder, revision = self.kept
        return former_ids(folder, files_with_ids(self.descriptor), revision)

    @cached_property
    def redirected(self) -> frozenset[str]:
        """The addresses that lead on to others."""
        site = self.settings.get("site_url")
        redirects, _ = read_redirects(self.root, site if isinstance(site, str) else "")
        return frozenset(redirect.old for redirect in redirects)


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def read_state(root: Path, name: str, kept: tuple[Path, str] | None = None) -> State:
    """The state of the strategy below ``root``; where it is ``kept`` says which history it has.

    Raises ``KlarplanError`` where there is no strategy,
    or its description can't be used.
    """
    loaded = load(root)
    tables, known = loaded.strategy.tables, loaded.descriptor.tables
    unread = [n for n, t in known.items() if n not in tables and (root / "data" / t.path).exists()]
    return State(name, root, loaded.descriptor, tables, unread, kept)


def same(text: str) -> str:
    """A text in the one form in which texts are compared: line ends and letters with accents."""
    if text.isascii() and "\r" not in text:
        return text
    return unicodedata.normalize("NFC", line_ends(text))


def line_ends(text: str) -> str:
    """A text whose lines end in one way, whatever program or system wrote the file."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def subject_of(file: str) -> tuple[str, str] | None:
    """Table and id of the row that a text tells of; ``None`` for any other text."""
    folder, _, name = file.removesuffix(".md").rpartition("/")
    if folder not in ROW_FOLDERS:
        return None
    return next((t, name) for t, chapter in ROW_CHAPTERS.items() if chapter.folder == folder)
