"""Workbooks of tables for those who look at a preview; the published site knows none of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from klarplan.messages import KlarplanError, Lang
from klarplan.strategy.addresses import table_page
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.schema import TableSchema, read_descriptor

FOLDER = "/_klarplan/mappe/"
"""Where the server of the preview has the workbooks, each by the name of its table."""
ENDING = ".xlsx"
FOOT = b'<p class="page-foot'
"""Before this part of a page the links stand."""
MORE: Mapping[str, tuple[str, ...]] = {
    "measures": ("status_reports", "milestones", "budget"),
    "indicators": ("indicator_values", "indicator_targets"),
}
"""Tables that people look for on the pages of another one."""


class Tables:
    """The tables of the strategy below ``root``, as workbooks to edit them."""

    def __init__(self, root: Path, as_of: dt.date, lang: Lang) -> None:
        self._root, self._as_of, self._lang = root, as_of, lang

    def workbook(self, path: str) -> bytes | None:
        """The workbook at a path of the server; ``None`` where there is none.

        Raises ``KlarplanError`` where the strategy can't be read.
        """
        from klarplan.commands.export import of_tables  # noqa: PLC0415 (serve starts fast)

        name = path.removeprefix(FOLDER).removesuffix(ENDING)
        if not path.endswith(ENDING) or name not in self._there():
            return None
        return of_tables(self._root, [name], self._as_of, self._lang)

    def linked(self, page: bytes, address: str) -> bytes:
        """A page with links to the workbooks of the tables that it shows."""
        links = ", ".join(
            f'<a href="{FOLDER}{name}{ENDING}" download>{escape(schema.title or name)}</a>'
            for name, schema in self._of(address)
        )
        if not links:
            return page
        said = (
            f"Nur in dieser Vorschau – Tabelle bearbeiten: {links}. So nehmen Sie die Mappe zurück:"
            " erst ansehen mit <code>klarplan import MAPPE.xlsx</code>, dann mit"
            " <code>--write</code> schreiben."
        )
        return page.replace(FOOT, f'<p class="no-print">{said}</p>\n'.encode() + FOOT, 1)

    def _there(self) -> Mapping[str, TableSchema]:
        """The tables that have a file."""
        tables = read_descriptor(self._root).tables
        return {n: t for n, t in tables.items() if (self._root / "data" / t.path).is_file()}

    def _of(self, address: str) -> Iterator[tuple[str, TableSchema]]:
        """The tables that the page at an address shows."""
        try:
            there = self._there()
        except KlarplanError:
            return  # the build tells it, over the page
        names: list[str] = []
        for chapter in CHAPTERS.values():
            if address.startswith(chapter.address):
                names += chapter.tables
                names += (more for table in chapter.tables for more in MORE.get(table, ()))
        names += (name for name, schema in there.items() if address == table_page(schema.path))
        yield from ((name, there[name]) for name in dict.fromkeys(names) if name in there)
