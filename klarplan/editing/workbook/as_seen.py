"""Errors of tables as people see them in a workbook: sheets, cells and titles, no files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from klarplan.check.rules.cells import REFERENCE
from klarplan.editing.workbook.cures import WITHOUT_DELETE, cure_of
from klarplan.editing.workbook.outcome import Merged
from klarplan.editing.workbook.read import Back, BackRow, BackSheet
from klarplan.messages import Finding, Lang, Place, Text
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.choices import row_labels
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Descriptor, TableSchema

_LINE = re.compile(r"\b(Zeile|[Ll]ine|row) (\d+)\b")
_DAY = re.compile(r"(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?![\w/-]|\.\w)")
_QUOTED = re.compile(r"(?P<open>[„“])(?P<name>\w+)(?P<close>[“”])")
_ONE = re.compile(r"[„“]([^„“”]+)[“”]")
_TWICE = re.compile(r"([„“]([^„“”]+)[“”]) \(\2\)")
_FILE = re.compile(r"(?<![\w/-])(?:data/)?(\w[\w-]*\.csv)(?![\w-])")
_EXAMPLE = re.compile(
    r"(?:\bzum Beispiel|\bz\. B\.|\bfor example|\be\.g\.|\bKennung wie|\bsuch as) $"
)
"""What stands before a word that means no row."""
_PLAIN = re.compile("[a-zäöüß]+")
"""An id that is a word of its own."""
_WORD = re.compile(r"(?<![\w„“/.-])\w+_\w+(?![\w“”/.-])")


@dataclass(frozen=True, kw_only=True)
class AsSeen:
    """Tells findings on the tables that a workbook would make, as they are seen in it."""

    back: Back
    merged: Merged
    descriptor: Descriptor
    read: Callable[[str], Table | None]
    """The table of a file as the workbook would make it; ``None`` where it is none."""

    def told(self, finding: Finding) -> Finding:
        """The finding at its sheet and cell; as it is where it stands in no sheet."""
        schema = self._schema(finding.file)
        found = self._row(finding.file, finding.line)
        lost = finding.rule == REFERENCE and finding.value in self._removed
        sheet = found[0] if found else self._sheet(schema) if lost else None
        if schema is None or sheet is None:
            return finding
        column = next((c for c in sheet.held.columns if c.name == finding.column), None)
        labels = self.back.base.labels(column) if column else {}
        words = self.back.words_of(column) if column else ()
        cure = cure_of(finding, column, labels, words) if column else finding.cure
        if lost:
            cure = WITHOUT_DELETE
        letter = sheet.letters.get(finding.column or "", "")
        return replace(
            finding,
            file=f"{self.back.file}, {sheet.held.sheet}",
            line=None,
            cell=f"{letter}{found[1].number}" if found else None,
            column=column.title if column else finding.column,
            title=None,
            value=None
            if (finding.value or "") in finding.problem.de
            else labels.get(finding.value or "", finding.value),
            problem=self._texts(finding.problem, finding, schema),
            cure=self._texts(cure, finding, schema),
            also=tuple(map(self._place, finding.also)),
        )

    @property
    def _removed(self) -> frozenset[str]:
        """The ids of rows that would be deleted."""
        return frozenset(filter(None, self.merged.removed))

    def _schema(self, file: str) -> TableSchema | None:
        tables = self.descriptor.tables.values()
        return next((t for t in tables if f"data/{t.path}" == file), None)

    def _sheet(self, schema: TableSchema | None) -> BackSheet | None:
        return next((s for s in self.back.sheets if schema and s.held.table == schema.name), None)

    def _row(self, file: str, line: int | None) -> tuple[BackSheet, BackRow] | None:
        table = self.read(file)
        if table is None or line not in table.lines:
            return None
        return self.merged.places.get((file, table.lines.index(line)))

    def _place(self, place: Place) -> Place:
        found = self._row(place.file, place.line)
        if found is None:
            return place
        sheet, row = found
        cell = f"{sheet.letters.get(place.column or '', '')}{row.number}"
        return Place(sheet.held.sheet, None, None, cell, place.value)

    def _texts(self, text: Text, finding: Finding, schema: TableSchema) -> Text:
        return Text(
            self._text(text.de, "de", finding, schema), self._text(text.en, "en", finding, schema)
        )

    def _text(self, text: str, lang: Lang, finding: Finding, schema: TableSchema) -> str:
        """A sentence with titles of tables and columns, rows of the sheet, and days as shown."""
        marks = "“”" if lang == "en" else "„“"
        said = schema.said(lang)

        def line(match: re.Match[str]) -> str:
            found = self._row(finding.file, int(match[2]))
            return f"{match[1]} {found[1].number}" if found else match[0]

        def quoted(match: re.Match[str]) -> str:
            name = match["name"]
            of = said if name in said.columns else self._other(name, lang)
            if of is None or name == finding.value:
                return match[0]
            return f"{match['open']}{of.title_of(name)}{match['close']}"

        def file(match: re.Match[str]) -> str:
            other = self._schema(f"data/{match[1]}")
            title = other.said(lang).title or other.name if other else ""
            return f"{marks[0]}{title}{marks[1]}" if other else match[0]

        def bare(match: re.Match[str]) -> str:
            title = said.title_of(match[0])
            return f"{marks[0]}{title}{marks[1]}" if match[0] in said.columns else match[0]

        text = _LINE.sub(line, text)
        text = _FILE.sub(file, text)
        text = _WORD.sub(bare, _QUOTED.sub(quoted, text))
        text = _DAY.sub(r"\3.\2.\1", text) if lang == "de" else text
        ids = finding.column == "id"
        labels = {} if ids else self._labels_of(lang, finding, schema)
        alike = _alike(text, {**self._names, **labels})
        typed = _typed(finding, schema)
        text = _ONE.sub(
            lambda m: (
                f"{marks[0]}{labels[m[1]]}{marks[1]}"
                if m[1] in labels and m[1] not in {*alike, typed}
                else m[0]
            ),
            text,
        )
        # Beside a name of the file, some sentences say what it is called.
        kept = {typed, *self._labels} if ids else {typed}
        return self._named(_TWICE.sub(r"\1", text), marks, alike, kept)

    def _other(self, name: str, lang: Lang) -> TableSchema | None:
        """The table that has a column of this name, where it can only be the name of one."""
        tables = self.descriptor.tables.values() if "_" in name else ()
        return next((table.said(lang) for table in tables if name in table.columns), None)

    def _labels_of(self, lang: Lang, finding: Finding, schema: TableSchema) -> Mapping[str, str]:
        """Labels of values that are chosen in columns of the table of a finding.

        Where two columns have the same value, it is that of the finding's.
        """
        columns = schema.said(lang).columns
        own = [c for c in columns.values() if c.name == finding.column]
        sheets = (s.held for s in self.back.sheets if s.held.table == schema.name)
        held = next((held.columns for held in sheets), ())
        labels = {v: said for c in held for v, said in self.back.base.labels(c).items()}
        return labels | {v: said for c in (*columns.values(), *own) for v, said in c.categories}

    def _named(
        self, text: str, marks: str, alike: Collection[str], as_typed: Collection[str]
    ) -> str:
        """A sentence with rows by number and title instead of their ids.

        Those stay that are an example, or that would be called ``alike``; so do words in quotes
        that somebody has typed.
        """

        def label(match: re.Match[str]) -> str:
            quoted, found = match["id"] is None, match["id"] or match[0][1:-1]
            kept = (
                found in alike
                or found not in self._labels
                or _EXAMPLE.search(text[: match.start()])
            )
            return (
                match[0]
                if kept or (quoted and found in as_typed)
                else f"{marks[0]}{self._labels[found]}{marks[1]}"
            )

        return self._rows.sub(label, text) if self._rows else text

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """Rows that people know by their titles, by ids that are no words of a sentence."""
        found = self._names.items()
        return {i: said for i, said in found if said != i and not _PLAIN.fullmatch(i)}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self._called()

    def _called(self) -> Mapping[str, str]:
        """What rows are called, by their ids."""
        found: dict[str, str] = {}
        for name in (*ROW_CHAPTERS, "milestones"):
            table = self.back.tables.get(name)
            labels = row_labels(table, self.back.base.lang) if table else {}
            found = {**labels, **found}
        return found

    @cached_property
    def _rows(self) -> re.Pattern[str] | None:
        """The ids of such rows, where they stand in a sentence and in no path."""
        if not self._labels:
            return None
        ids = "|".join(map(re.escape, sorted(self._labels, key=len, reverse=True)))
        return re.compile(rf"[„“][^„“”]*[“”]|(?<![\w./-])(?P<id>{ids})(?![\w/-])(?!\.\w)")


def _typed(finding: Finding, schema: TableSchema) -> str:
    """The value of a finding as somebody typed it; empty where it is chosen."""
    column = schema.columns.get(finding.column or "")
    chosen = column and (column.categories or schema.target_of(column.name))
    return "" if chosen else " ".join((finding.value or "").split())


def _alike(text: str, labels: Mapping[str, str]) -> frozenset[str]:
    """The values in a sentence whose labels would not tell one from another."""
    named = [value for value in labels if value in text]
    often = Counter(labels[value] for value in named)
    return frozenset(value for value in named if often[labels[value]] > 1)
