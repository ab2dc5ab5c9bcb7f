"""From one row of a spreadsheet to the rows that it would make in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from klarplan.importer.as_of import AsOf
from klarplan.importer.colours import name_of
from klarplan.importer.convert import Converter, converter
from klarplan.importer.counting import with_unit
from klarplan.importer.crosses import crossed, only_one
from klarplan.importer.currencies import settle
from klarplan.importer.drafted import Draft, note_exact, take_besides
from klarplan.importer.entries import Entries
from klarplan.importer.grid import SheetRow, plain
from klarplan.importer.lists import ListView
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.outcome import Place
from klarplan.importer.reading import Reading, either_end, other_end
from klarplan.importer.row_filter import RowFilter
from klarplan.importer.row_reference import RowReference
from klarplan.importer.seen import COLOURED, coloured, is_internal, merged_top
from klarplan.importer.state import Run
from klarplan.importer.tree import parents
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import Text
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.time_spans import read_span


def _required(schema: TableSchema, source: Source) -> frozenset[str]:
    """Columns without which a row is not taken over."""
    needed = {name for name, column in schema.columns.items() if column.required}
    needed.update(schema.row_key)
    if schema.name == "status_reports" and source.rule("period") is not None:
        needed.discard("date")
        if source.rule("date") is None:
            needed.add("period")
    return frozenset(needed)


class Drafting:
    """Makes drafts of all rows of one sheet for one source."""

    def __init__(self, run: Run, view: ListView) -> None:
        source = view.source
        self.run = run
        self.view = view
        self.source = source
        self.sheet = view.sheet
        self.schema = run.descriptor.tables[source.table]
        self.required = _required(self.schema, source)
        self.header = view.header
        self.entries = view.entries
        self._positions = {
            rule.target: None if rule.column is None else self.header.position(plain(rule.column))
            for rule in source.rules
        }
        counted = [
            with_unit(view, converter(run, self.schema, rule, own=source.own))
            for rule in source.rules
        ]
        self.converters = [made for made in counted if made is not None]
        self._unclear = len(self.converters) < len(counted)
        """Whether a column is left out because its unit is unclear."""
        self._parents = {
            rule.target: parents(self.sheet, self.entries, position, rule.tree)
            for rule in source.rules
            if rule.tree is not None and (position := self._positions[rule.target]) is not None
        }
        self._above: dict[str, str] = {}
        self._fixed: dict[str, str] = {}
        for made in self.converters:
            fixed = made.rule.value or made.rule.if_empty
            if fixed:
                self._fixed[made.rule.target] = made.fixed(fixed)
        self._filter = RowFilter(run, source, self.sheet, self.header)
        self._entries = Entries(run, source, self.converters, self._place_of)
        self._anchor = self._anchored()
        self.as_of: AsOf | None = None
        if source.table == "status_reports":
            self.as_of = AsOf(source, self.sheet, self.header, run.today)
            told = {rule.target for rule in source.rules}
            if self.as_of.day is None and not told & {"date", "period"}:
                raise self.as_of.asked(run.mapping.file)

    def _anchored(self) -> str | None:
        for made in self.converters:
            required = made.rule.target in self.required
            if made.refers_to and required and not made.creates and made.refers_to != "statuses":
                return made.rule.target
        return None

    def position_of(self, target: str) -> int | None:
        """Where the column of the list stands that fills a column of the table."""
        return self._positions.get(target)

    def _position(self, rule: Rule) -> int | None:
        return self._positions[rule.target]

    def place(self, row: SheetRow, rule: Rule | None = None) -> Place:
        """A cell of a row, or the row."""
        return self._place_of(row.number, rule)

    def _place_of(self, row: int, rule: Rule | None) -> Place:
        column = None
        if rule is not None and (position := self._position(rule)) is not None:
            column = self.header.name(position)
        return Place(sheet=self.sheet.label, row=row, column=column)

    def _text(self, rule: Rule, row: SheetRow) -> str:
        if rule.section is not None:
            path = self.view.rows.sections.get(row.number, ())
            return path[rule.section - 1] if len(path) >= rule.section else ""
        if rule.sheet:
            return self.sheet.name or self.sheet.file.rpartition(".")[0]
        if rule.marked:
            return " · ".join(title for title, _ in crossed(row, self.header, rule.marked))
        position = self._position(rule)
        if position is None:
            return ""
        text = self._cell(rule, row, position)
        if rule.fill_down:
            text = self._above[rule.target] = (
                text if text.strip() else self._above.get(rule.target, "")
            )
        return text

    def _cell(self, rule: Rule, row: SheetRow, position: int) -> str:
        """What a rule reads of a cell: text, colour or comment."""
        if rule.read == "comment":
            return self.sheet.marks.comments.get((row.number, position), "")
        if rule.read in COLOURED:
            colour = coloured(self.sheet, rule.read).get((row.number, position), "")
            named = colour and colour not in rule.values and name_of(colour)
            told = named if named and named in rule.values else colour
            return told or (row.at(position) if rule.read == "font" else "")
        text = row.at(position)
        if rule.target == "measure" and not text.strip():
            top = merged_top(self.sheet, row.number, position)
            text = next((r.at(position) for r in self.header.body if r.number == top), "")
        return text

    def _says_nothing(self, row: SheetRow) -> bool:
        cells = [
            (made, self._cell(made.rule, row, position))
            for made in self.converters
            if (position := self._position(made.rule)) is not None
        ]
        marked = [made for made in self.converters if made.rule.marked]
        cells += [(made, self._text(made.rule, row)) for made in marked]
        own = [(made, cell) for made, cell in cells if made.rule.target != self._anchor] or cells
        return all(made.is_empty(cell) for made, cell in own)

    def drafts(self) -> Iterator[Draft]:
        """Drafts of all rows that say something; what can't be read is noted as left out."""
        for row in self.header.body:
            kind = self.view.rows.kinds.get(row.number)
            if kind not in (None, "struck", "template"):
                continue
            texts = {made.rule.target: self._text(made.rule, row) for made in self.converters}
            if kind or not self._filter.reads(row) or self._says_nothing(row):
                continue
            for variant, told in self._entries.variants(row.number, texts):
                draft = self._draft(row, variant, told)
                if draft is not None:
                    yield draft
        self._filter.tell()

    def _draft(
        self, row: SheetRow, texts: Mapping[str, str], told: Mapping[str, str]
    ) -> Draft | None:
        cells = " · ".join([line(cell) for cell in row.cells if cell.strip()][:3])
        draft = Draft(place=self.place(row), cells=cells, mark=self.run.mark())
        besides: list[tuple[Place, str, Reading]] = []
        unread: list[tuple[Place, str, str, UnreadableError]] = []
        for made in self.converters:
            rule, text = made.rule, texts[made.rule.target]
            place = self.place(row, rule)
            try:
                reading = self._read(made, row, text, draft, place)
            except UnreadableError as error:
                unread.append((place, rule.target, line(text), error))
                continue
            besides.append((place, rule.target, reading))
            if reading.value:
                draft.told[rule.target] = reading.value
                note_exact(self.source, self.schema, draft, rule.target, reading.precision)
            elif rule.target in self._fixed:
                draft.filled[rule.target] = self._fixed[rule.target]
        if self._lost(row, draft, unread, told):
            self.run.undo(draft.mark)
            return None
        draft.told.update(told)
        for one in besides:
            take_besides(self.run, self.source, draft, one)
        settle(self.run, draft.told, besides)
        if is_internal(self.view.whole, row.number, self.source.hidden):
            draft.told["visibility"] = "internal"
        self._derive(draft)
        return draft

    def _lost(
        self,
        row: SheetRow,
        draft: Draft,
        unread: Sequence[tuple[Place, str, str, UnreadableError]],
        told: Mapping[str, str],
    ) -> bool:
        """Note what can't be read, and tell whether too little of the row is left to be taken."""
        required = self.required
        if self.source.table == "status_reports" and "period" not in draft.values:
            required = required | {"date"}
        targets = {target for _, target, _, _ in unread}
        if self._missing_measure(row, targets):
            return True
        for place, target, text, reason in unread:
            cure = self._entries.cure(target, text, reason.cure)
            self.run.leave(place, text, reason.problem, cure, whole_row=target in required)
        if targets & required:
            if self.schema.name == "measures":
                self.run.refused.add((self.sheet.key, row.number))
            return True
        if "visibility" in targets:
            draft.told["visibility"] = "internal"
        keys = (required - {"status"}) | told.keys()
        missing = bool(unread) or self._unclear
        return missing and self.schema.row_key != ("id",) and not set(draft.told) - keys

    def _missing_measure(self, row: SheetRow, unread: Set[str]) -> bool:
        """Whether a row has no measure because that was refused already, which says it all."""
        rule = self.source.rule("measure")
        lost = (self.sheet.key, row.number) in self.run.refused
        return lost and rule is not None and (rule.row or "measure" in unread)

    def _read(
        self, made: Converter, row: SheetRow, text: str, draft: Draft, place: Place
    ) -> Reading:
        if made.rule.row:
            made_by = self.run.made
            measure = made_by.get(("measures", self.sheet.key, row.number))
            if measure is None and (top := merged_top(self.sheet, row.number)) is not None:
                measure = made_by.get(("measures", self.sheet.key, top))
            return Reading(measure["id"]) if measure else Reading()
        if made.rule.marked and (remark := only_one(crossed(row, self.header, made.rule.marked))):
            self.run.note(place, remark)
        if made.rule.is_beside:
            return made.read(text)
        position = self._position(made.rule)
        if position is None:
            return Reading()
        if made.rule.tree is not None:
            if parent := self._parents[made.rule.target].get(row.number):
                key = self.schema.name, self.sheet.key, parent
                draft.later[made.rule.target] = RowReference(self.run, key), text, place
            return Reading()
        reason = self.sheet.unreadable.get((row.number, position))
        if reason is not None:
            raise UnreadableError(
                reason,
                Text(
                    "Öffnen Sie die Datei in der Tabellenkalkulation, beheben Sie das und "
                    "speichern Sie sie neu.",
                    "Open the file in the spreadsheet program, put it right and save it again.",
                ),
            )
        if made.refers_to_itself and not made.is_empty(text):
            draft.later[made.rule.target] = made, text, place
            return Reading()
        reading = made.read(text)
        if reading.one_day and self._tells_both_ends(made.rule):
            raise either_end(line(text))
        return reading

    def _tells_both_ends(self, rule: Rule) -> bool:
        """Whether one column of the list fills beginning and end."""
        partner = other_end(rule.target, self.schema.columns)
        other = self.source.rule(partner) if partner else None
        return other is not None and other.column is not None and other.column == rule.column

    def _derive(self, draft: Draft) -> None:
        if self.source.table == "status_reports":
            if "date" not in draft.values:
                self._dated(draft, draft.values.get("period", ""))
            if "status" not in draft.values:
                draft.filled["status"] = self.run.unknown_status()

    def _dated(self, draft: Draft, period: str) -> None:
        """Give a report the last day of its period, but none after the day the list speaks for."""
        assert self.as_of is not None
        day = self.as_of.day
        try:
            span = read_span(period)
        except ValueError:
            span = None
        if span is not None and (day is None or not span.begin <= day <= span.end):
            day = span.end
        if day is None:
            return
        draft.filled["date"] = day.isoformat()
        if day == self.as_of.day and (remark := self.as_of.remark) is not None:
            self.run.remark(*remark)
