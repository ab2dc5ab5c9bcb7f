"""Putting drafts into a table: rows are found again, changed, added, or refused with a reason."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation

from klarplan.importer import as_of
from klarplan.importer.convert import Converter
from klarplan.importer.draft import Drafting
from klarplan.importer.drafted import Draft
from klarplan.importer.grid import plain
from klarplan.importer.identity import NEW, tell_new_name, tell_twins, title_column, usual_match
from klarplan.importer.outcome import Place
from klarplan.importer.repeated import (
    NUMBER_AND_TITLE,
    meant,
    rows_by_number,
    tell_repeated,
)
from klarplan.importer.row_reference import RowReference
from klarplan.importer.row_refusals import duplicate, refuse_future, tell_again
from klarplan.importer.target import Row
from klarplan.importer.unnumbered import tell_unnumbered
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import KlarplanError, Text, quoted

FILL = Text(
    "Ergänzen Sie die Zelle; bei verbundenen Zellen hilft „fill_down: true“ in der Zuordnung.",
    "Fill in the cell; for merged cells set “fill_down: true” in the mapping.",
)


class Taking:
    """Puts the drafts of one source and sheet into its table."""

    def __init__(
        self, drafting: Drafting, written: dict[tuple[int, str], Place], *, update: bool
    ) -> None:
        run = drafting.run
        self.run = run
        self.drafting = drafting
        self.table = drafting.source.table
        self.schema = drafting.schema
        self.target = run.targets[self.table]
        mapped = [rule.target for rule in drafting.source.rules]
        own = drafting.source.own
        self.match = drafting.source.match or usual_match(self.schema, mapped, own=own)
        self.title = title_column(mapped)
        self.update = update
        self.written = written
        repeated = drafting.source.create and self.schema.row_key != ("id",)
        self.repeats = repeated or (own and "id" not in self.match)
        position = drafting.position_of("official_id")
        self.numbers: dict[str, list[int]] = {}
        """The rows of each number, where the title tells apart those that stand several times."""
        if self.match == NUMBER_AND_TITLE and position is not None:
            self.numbers = rows_by_number(drafting.entries, position)
        self._times: Counter[tuple[str, ...]] = Counter()
        self._here: dict[int, Place] = {}
        self._taken: list[tuple[Row, Place]] = []
        self.seen: set[int] = set()
        """The rows, by ``id``, that the list has, taken over or not."""
        self.later: list[tuple[Row, str, Converter | RowReference, str, Place]] = []

    def take(self) -> None:
        """Take over all rows."""
        if self.drafting.source.own:
            self.target.claim([rule.target for rule in self.drafting.source.rules])
        for draft in self.drafting.drafts():
            try:
                self._take(draft)
            except UnreadableError as error:
                self.run.undo(draft.mark)
                self.run.leave(draft.place, draft.cells, error.problem, error.cure, whole_row=True)
                if self.table == "measures":
                    self.run.refused.add((self.drafting.sheet.key, draft.place.row))
        self._give_up_numbers()
        tell_repeated(self.run, self.start, self.numbers)
        tell_unnumbered(self.run, self.drafting, self._taken)

    @property
    def start(self) -> Place:
        """Where the list begins."""
        return Place(sheet=self.drafting.sheet.label, row=self.drafting.header.row)

    def _next(self, keys: tuple[str, ...]) -> Row | None:
        """The entry for a key that may repeat: the first for its first row, and so on."""
        rows = self.target.find(self.match, keys)
        count = self._times[keys]
        self._times[keys] += 1
        return rows[count] if count < len(rows) else None

    def _meant(self, number: str, values: dict[str, str]) -> Row | None:
        """The entry that the mapping names for a number of the list; ``None`` for a new one."""
        entry = self.drafting.source.ids[plain(number)]
        if entry == NEW:
            same = self.target.find(self.match[:1], [number])
            title = self.title or ""
            return next((r for r in same if plain(r.get(title, "")) == plain(values[title])), None)
        rows = self.target.find(["id"], [entry])
        if not rows:
            raise KlarplanError(
                Text(
                    f"Unter „ids“ steht „{entry}“; das gibt es in „{self.schema.title}“ nicht.",
                    f"“ids” names “{entry}”, which is not in “{self.table}”.",
                ),
                Text(
                    f"Nennen Sie eine Kennung oder „{NEW}“ für einen neuen Eintrag.",
                    f"Name an id, or “{NEW}” for a new entry.",
                ),
                file=self.run.mapping.file,
                line=self.drafting.source.line,
            )
        return rows[0]

    def _give_up_numbers(self) -> None:
        """Take a number from entries that the list no longer has, where another one has it now."""
        for number in self.drafting.source.ids:
            rows = self.target.find(self.match[:1], [number])
            for row in rows if any(id(r) in self.seen for r in rows) else ():
                if id(row) not in self.seen:
                    self.run.change(self.table, row, self.match[0], "")
                    self.run.touch(self.table, row)

    def _found(self, values: dict[str, str]) -> Row | None:
        keys = [values.get(column, "") for column in self.match]
        numbered = self.match in (NUMBER_AND_TITLE, self.match[:1])
        if numbered and keys and plain(keys[0]) in self.drafting.source.ids:
            return self._meant(keys[0], values)
        if self.match == NUMBER_AND_TITLE:
            once = len(self.numbers.get(plain(keys[0]), ())) < 2
            return meant(self.target, keys[0], keys[1], self._here, once=once)
        if self.repeats:
            return self._next(tuple(map(plain, keys)))
        rows: list[Row] = []
        composite = self.match == self.schema.row_key and len(self.match) > 1
        if all(keys) or composite:
            rows = self.target.find(self.match, keys)
        elif self.schema.row_key and self.schema.row_key != ("id",):
            primary = self.schema.row_key
            rows = self.target.find(primary, [values.get(column, "") for column in primary])
        title = next((n for n in ("title", "name") if values.get(n)), None)
        if not rows and self.match in (("official_id",), ("id",)) and title:
            same = self.target.find([title], [values[title]])
            free = [row for row in same if not row.get(self.match[0])]
            rows = [row for row in free if not keys[0] or id(row) not in self._here]
        if len(rows) > 1 and self.table == "status_reports":
            return rows[-1]
        if len(rows) > 1:
            raise UnreadableError(
                Text(
                    "Zu dieser Zeile passen mehrere Einträge; es ist unklar, welcher gemeint ist.",
                    "Several entries fit this row; it is unclear which one is meant.",
                ),
                Text(
                    "Geben Sie der Zeile eine Nummer oder nennen Sie in der Zuordnung unter "
                    "„match“ weitere Spalten.",
                    "Give the row a number, or name more columns under “match” in the mapping.",
                ),
            )
        return rows[0] if rows else None

    def _take(self, draft: Draft) -> None:
        values = draft.values
        if self.table == "status_reports":
            refuse_future(values, self.run.today)
        own = self.drafting.source.own
        if not own:
            self._complete(values)
        row = self._found(values)
        if own and row is None:
            self._complete(values)
        if row is None:
            row = self._add(draft, values)
        else:
            self.seen.add(id(row))
            self._again(row, draft)
        self._taken.append((row, draft.place))
        self.seen.add(id(row))
        self._here.setdefault(id(row), draft.place)
        self.run.made[self.table, self.drafting.sheet.key, draft.place.row] = row
        for column, (made, text, place) in draft.later.items():
            self.later.append((row, column, made, text, place))

    def _complete(self, values: dict[str, str]) -> None:
        """Refuse rows without a required value, also where they exist: all rows are alike."""
        for name, column in self.schema.columns.items():
            given = name == "id" and self.schema.row_key == ("id",)
            if column.required and not values.get(name) and not given:
                dated = self.table == "status_reports" and name == "date"
                raise UnreadableError(
                    Text(
                        f"„{column.title}“ ist leer, muss aber angegeben sein.",
                        f"“{name}” is empty, but required.",
                    ),
                    as_of.CURE if dated else FILL,
                )

    def _add(self, draft: Draft, values: dict[str, str]) -> Row:
        schema = self.schema
        row = dict(values)
        nameless = schema.row_key == ("id",) and not row.get("id")
        if nameless:
            row = {"id": "", **row}
        key = () if nameless else schema.primary_key if self.repeats else schema.row_key
        keys = [row.get(column, "") for column in key]
        if key and (same := self.target.find(key, keys)):
            earlier = self._here.get(id(same[0]))
            raise duplicate(earlier, " · ".join(key for key in keys if key))
        self.run.add(self.table, row)
        for name in row:
            self.written[id(row), name] = draft.place
        return row

    def _again(self, row: Row, draft: Draft) -> None:
        earlier = self._here.get(id(row))
        if earlier is not None:
            if earlier.row == draft.place.row:
                return
            if not self.drafting.source.create:
                if self._says_more(row, draft):
                    raise duplicate(earlier, self._key(draft))
                tell_again(self.run, draft.place, earlier, self._key(draft))
                return
        differing = {c: v for c, v in draft.told.items() if not self._same(c, row.get(c, ""), v)}
        differing |= {p: "" for c, p in draft.days.items() if c in differing and row.get(p)}
        fresh = any((id(row), column) in self.written for column in row)
        if differing and self.table == "status_reports" and not self.update and not fresh:
            titles = [self.schema.titles_of(column) for column in differing]
            german = quoted(*(title.de for title in titles)).de
            english = quoted(*(title.en for title in titles)).en
            self.run.touch(self.table, row)
            raise UnreadableError(
                Text(
                    f"Zu diesem Zeitraum gibt es schon eine andere Meldung (anders: {german}).",
                    f"There already is another report for this period (different: {english}).",
                ),
                Text(
                    "Meldungen werden nicht überschrieben. Soll diese gelten, importieren Sie "
                    "mit --update.",
                    "Reports are not overwritten. If this one is right, import with --update.",
                ),
            )
        self.run.touch(self.table, row)
        number = draft.values.get("official_id", "")
        title = self.title or ""
        if self.match[:1] == ("official_id",) and title in differing:
            names = row.get(title, ""), differing[title]
            if plain(number) not in self.drafting.source.ids:
                tell_new_name(self.run, draft.place, row, names, number)
        for column, value in differing.items():
            self._set(row, column, value, draft.place)
        if self.drafting.source.create:
            for column in draft.told:
                self.written.setdefault((id(row), column), draft.place)

    def _says_more(self, row: Row, draft: Draft) -> bool:
        """Whether a further row of an entry says anything of it that the first one does not."""
        if self.schema.row_key != ("id",) or draft.later:
            return True
        return any(not self._same(c, row.get(c, ""), v) for c, v in draft.told.items())

    def _same(self, column: str, old: str, new: str) -> bool:
        """Whether two values are the same; 6.0 and 6 are the same number."""
        if old == new or not old or not new:
            return old == new
        known = self.schema.columns.get(column)
        if known is None or known.type not in ("number", "integer"):
            return False
        try:
            return Decimal(old) == Decimal(new)
        except InvalidOperation:
            return False

    def _key(self, draft: Draft) -> str:
        texts = [draft.values.get(column, "") for column in self.match]
        return " · ".join(text for text in texts if text)

    def _set(self, row: Row, column: str, value: str, place: Place) -> None:
        other = self.written.get((id(row), column))
        if other is not None and row.get(column):
            self.run.leave(
                place,
                line(value),
                Text(
                    f"„{self.schema.title_of(column)}“ hat in {other.sheet}, Zeile {other.row} "
                    "einen anderen Wert.",
                    f"“{column}” has another value in {other.sheet}, row {other.row}.",
                ),
                Text("Entscheiden Sie sich für einen.", "Decide for one of them."),
            )
            return
        self.run.change(self.table, row, column, value)
        self.written[id(row), column] = place

    def finish(self) -> None:
        """Look up the references to rows of the same table, now that all rows have their ids."""
        if self.schema.row_key == ("id",):
            tell_twins(self.run, self.schema, self._taken)
        for row, column, made, text, place in self.later:
            try:
                value = made.read(text).value
            except UnreadableError as error:
                self.run.leave(place, line(text), error.problem, error.cure)
                continue
            if value and row.get(column, "") != value:
                self._set(row, column, value, place)
