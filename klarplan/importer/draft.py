"""From one row of a spreadsheet to the rows that it would make in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from klarplan.importer.as_of import AsOf
from klarplan.importer.convert import Converter, converter
from klarplan.importer.entries import Entries
from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.headers import Header, find_header
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.outcome import Place
from klarplan.importer.reading import Reading, precision_column
from klarplan.importer.row_filter import RowFilter
from klarplan.importer.state import Run
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import KlarplanError, Text, did_you_mean
from klarplan.strategy.schema import TableSchema
from klarplan.strategy.time_spans import Precision, read_span


@dataclass(slots=True)
class Draft:
    """The values of one row to be: as told by cells, and as filled in for new rows only."""

    place: Place
    cells: str
    """The first filled cells of the row, to show it to people."""
    mark: tuple[int, int]
    """Where the run stood before entries were created for this row."""
    told: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)
    later: dict[str, tuple[Converter, str, Place]] = field(default_factory=dict)
    """References to rows of the same table, looked up when all rows are there."""
    days: dict[str, str] = field(default_factory=dict)
    """Columns with dates that are exact to the day, with the column that tells it."""

    @property
    def values(self) -> dict[str, str]:
        """All values of the row."""
        return {**self.filled, **self.told}


def header_of(run: Run, source: Source, sheet: Sheet) -> Header:
    """Where the headers of a source stand in a sheet.

    Raises ``KlarplanError`` with the line of the mapping where one of them is missing.
    """
    wanted = [*source.headers(), *source.ignore]
    header = find_header(sheet, wanted, source.header)
    if header is None:
        first = next((rule.column or "" for rule in source.rules if rule.column), "")
        raise KlarplanError(
            Text(
                f"In „{sheet.label}“ gibt es keine Kopfzeile mit „{first}“.",
                f"In “{sheet.label}” there is no row of headers with “{first}”.",
            ),
            Text(
                "Prüfen Sie in der Zuordnung die Namen der Spalten und „header“.",
                "Check the names of columns and “header” in the mapping.",
            ),
            file=run.mapping.file,
            line=source.line,
        )
    for rule in source.rules:
        if rule.column is not None and header.position(plain(rule.column)) is None:
            titles = [title for title in header.titles if title]
            guess, listed = did_you_mean(rule.column, titles), ", ".join(titles)
            raise KlarplanError(
                Text(
                    f"In „{sheet.label}“ gibt es keine Spalte „{rule.column}“.",
                    f"There is no column “{rule.column}” in “{sheet.label}”.",
                ),
                Text(
                    f"{guess.de} Vorhanden sind: {listed}.".strip(),
                    f"{guess.en} There are: {listed}.".strip(),
                ),
                file=run.mapping.file,
                line=rule.line,
            )
    return header


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

    def __init__(self, run: Run, source: Source, sheet: Sheet) -> None:
        self.run = run
        self.source = source
        self.sheet = sheet
        self.schema = run.descriptor.tables[source.table]
        self.required = _required(self.schema, source)
        self.header = header_of(run, source, sheet)
        self._positions = {
            rule.target: None if rule.column is None else self.header.position(plain(rule.column))
            for rule in source.rules
        }
        self.converters = [
            converter(run, self.schema, rule, own=source.own) for rule in source.rules
        ]
        self._headers = [plain(title) for title in self.header.titles]
        self._above: dict[str, str] = {}
        self._fixed: dict[str, str] = {}
        for made in self.converters:
            fixed = made.rule.value if made.rule.column is None else made.rule.if_empty
            if fixed:
                self._fixed[made.rule.target] = made.fixed(fixed)
        self._filter = RowFilter(run, source, sheet, self.header)
        self._entries = Entries(run, source, self.converters, self._place_of)
        self._anchor = self._anchored()
        self.as_of: AsOf | None = None
        if source.table == "status_reports":
            self.as_of = AsOf(source, sheet, self.header, run.today)
            told = {rule.target for rule in source.rules}
            if self.as_of.day is None and not told & {"date", "period"}:
                raise self.as_of.asked(run.mapping.file)

    def _anchored(self) -> str | None:
        for made in self.converters:
            required = made.rule.target in self.required
            if made.refers_to and required and not made.creates and made.refers_to != "statuses":
                return made.rule.target
        return None

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
        position = self._position(rule)
        if position is None:
            return ""
        text = row.at(position)
        if rule.fill_down:
            text = self._above[rule.target] = (
                text if text.strip() else self._above.get(rule.target, "")
            )
        return text

    def _says_nothing(self, row: SheetRow) -> bool:
        positions = [
            (made, position)
            for made in self.converters
            if (position := self._position(made.rule)) is not None
        ]
        if all(row.at(p) and plain(row.at(p)) == self._headers[p] for _, p in positions):
            return True
        own = [(made, p) for made, p in positions if made.rule.target != self._anchor] or positions
        return all(made.is_empty(row.at(p)) for made, p in own)

    def drafts(self) -> Iterator[Draft]:
        """Drafts of all rows that say something; what can't be read is noted as left out."""
        for row in filter(self._filter.reads, self.header.body):
            texts = {made.rule.target: self._text(made.rule, row) for made in self.converters}
            if self._says_nothing(row):
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
                self._exact(draft, rule.target, reading.precision)
            elif rule.target in self._fixed:
                draft.filled[rule.target] = self._fixed[rule.target]
        required = self.required
        if self.source.table == "status_reports" and "period" not in draft.values:
            required = required | {"date"}
        for place, target, text, reason in unread:
            whole = target in required
            cure = self._entries.cure(target, text, reason.cure)
            self.run.leave(place, text, reason.problem, cure, whole_row=whole)
        if any(target in required for _, target, _, _ in unread):
            self.run.undo(draft.mark)
            return None
        draft.told.update(told)
        for place, target, reading in besides:
            self._besides(draft, place, target, reading)
        self._derive(draft)
        return draft

    def _exact(self, draft: Draft, column: str, precision: Precision | None) -> None:
        """Note how exact a date is meant, unless a column of the list says it."""
        name = precision_column(column, self.schema.columns)
        if precision is not None and name is not None and self.source.rule(name) is None:
            if precision == "day":
                draft.days[column] = name
            else:
                draft.told[name] = precision

    def _besides(self, draft: Draft, place: Place, column: str, reading: Reading) -> None:
        """Take over what a cell says to other columns, unless their own cells say otherwise."""
        for remark in reading.remarks:
            self.run.note(place, remark)
        for name, (value, precision) in reading.also.items():
            told, known = draft.told.get(name), self.schema.columns[name]
            if told is None:
                self.run.meets(self.schema.name, name, value)
                draft.told[name] = value
                self._exact(draft, name, precision)
                rule, own = self.source.rule(name), self.source.rule(column)
                if precision and not (rule and own and rule.column == own.column):
                    self.run.note(
                        place,
                        Text(
                            f"Die Zelle nennt auch „{known.title}“; eingetragen ist {value}.",
                            f"The cell tells “{name}” as well; {value} is taken over.",
                        ),
                    )
            elif told != value:
                self.run.note(
                    place,
                    Text(
                        f"Nach dieser Zelle wäre „{known.title}“ {known.label(value)}; "
                        f"es bleibt bei {known.label(told)}.",
                        f"By this cell “{name}” would be {value}; it stays {told}.",
                    ),
                )

    def _read(
        self, made: Converter, row: SheetRow, text: str, draft: Draft, place: Place
    ) -> Reading:
        position = self._position(made.rule)
        if position is None:
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
        return made.read(text)

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
