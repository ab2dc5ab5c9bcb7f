"""Three sides compared: what a workbook was made from, what came back, and the files as they are.

Only what people changed changes. What both sides changed is never overwritten unless somebody
says so, and no row is deleted unless somebody says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from klarplan.comparison.rows import cells as key_cells
from klarplan.comparison.rows import filled, pair
from klarplan.comparison.state import line_ends
from klarplan.editing.kept_end import EXPECTED, is_plan, kept
from klarplan.editing.kept_end import TABLE as REPORTS
from klarplan.editing.kept_end import told as told_kept
from klarplan.editing.workbook.base import Held, HeldColumn
from klarplan.editing.workbook.new_rows import copied, meant_another, missing
from klarplan.editing.workbook.outcome import Decided, Merged
from klarplan.editing.workbook.read import Back, BackRow, BackSheet
from klarplan.editing.workbook.remarks import (
    Remark,
    cells_missing,
    changed_on_both_sides,
    id_again,
    id_changed,
    id_given,
    no_column,
    no_id,
    no_table,
    row_gone,
    row_lost,
)
from klarplan.editing.workbook.values import meant, shown
from klarplan.strategy.choices import Labels
from klarplan.strategy.csv_editor import Edits
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.model import Strategy
from klarplan.strategy.new_ids import Ids, Used
from klarplan.strategy.schema import Descriptor, TableSchema

Cells = Mapping[str, str]


def merge(  # noqa: PLR0913 (what is compared, and what was decided)
    back: Back,
    tables: Mapping[str, Table],
    descriptor: Descriptor,
    decided: Decided,
    used: Used,
    *,
    strategy: Strategy | None = None,
) -> Merged:
    """What a workbook changes in tables as they are now; nothing is written.

    No new row gets an id that was ``used`` before. With a ``strategy``, new reports that say
    nothing of the end keep what was expected last.
    """
    merged = Merged()
    for sheet in back.sheets:
        name = sheet.held.table
        if name not in tables or name not in descriptor.tables:
            merged.faults.append(no_table(sheet.held.sheet, name))
            continue
        edits = merged.edits.setdefault(name, Edits())
        schema = descriptor.tables[name]
        _Sheet(back, sheet, tables[name], schema, decided, merged, edits, used, strategy).merge()
    return merged


@dataclass
class _Sheet:
    """One sheet compared with its base and its table."""

    back: Back
    sheet: BackSheet
    table: Table
    schema: TableSchema
    decided: Decided
    merged: Merged
    edits: Edits
    used: Used
    strategy: Strategy | None
    held: Held = field(init=False)
    now: list[Cells] = field(init=False)
    base: list[Cells] = field(init=False)
    key: tuple[str, ...] = field(init=False)
    origin: dict[int, int] = field(init=False)
    free: list[int] = field(init=False)
    forms: dict[str, tuple[HeldColumn, Labels, Mapping[str, str]]] = field(init=False)
    seen: dict[int, BackRow] = field(default_factory=dict)
    added: list[BackRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.held = self.sheet.held
        self.now = [
            {n: line_ends(cells.get(n, "")) for n in self.held.names}
            for cells in (dict(zip(self.table.header, r, strict=False)) for r in self.table.records)
        ]
        self.base = [self.held.cells([*map(line_ends, row)]) for row in self.held.rows]
        every = ((c, self.back.base.labels(c)) for c in self.held.columns)
        self.forms = {c.name: (c, labels, self.back.values_of(c)) for c, labels in every}
        self.key = self.schema.row_key or ("id",)
        self.origin = {}
        if not self.held.reports:
            pair(self.now, self.base, filled, self.origin)
            pair(self.now, self.base, self._key_of, self.origin)
        taken = set(self.origin.values())
        self.free = [n for n in range(len(self.now)) if n not in taken]

    def _key_of(self, row: Cells) -> tuple[str, ...] | None:
        return key_cells(row, self.key)

    def merge(self) -> None:
        """Put what the sheet changes into the edits, and what is to be told beside them."""
        claimed, new = ({}, []) if self.held.reports else self._claimed()
        for number, row in claimed.items():
            self._compare(number, row)
        for row in [*self._new_reports()] if self.held.reports else new:
            self._add(row)
        if not self.held.reports:
            for number in range(len(self.base)):
                if number not in claimed:
                    self._lose(number)
        self._remember()

    def _remember(self) -> None:
        """Note where in the workbook the rows stand that the file will have."""
        stay = [place for place in range(len(self.now)) if place not in self.edits.removed]
        before = len(self.edits.added) - len(self.added)  # by another sheet of the same table
        rows = [(n, self.seen[p]) for n, p in enumerate(stay) if p in self.seen]
        rows += enumerate(self.added, len(stay) + before)
        for number, row in rows:
            self.merged.places[self.table.file, number] = self.sheet, row

    def _as_read(self, number: int, column: str) -> str:
        """What is read from a cell of the base that nobody has touched."""
        form, labels, values = self.forms[column]
        return meant(shown(self.base[number][column], form, labels), form, values)

    def _claimed(self) -> tuple[dict[int, BackRow], list[BackRow]]:
        """The rows that came back by their place in the base, and those that are new.

        A copied row has the mark of another one: the one that is nearest to the base is that row.
        """
        by_mark: dict[int, list[BackRow]] = {}
        others: list[BackRow] = []
        for row in self.sheet.rows:
            known = row.mark is not None and row.mark < len(self.base)
            if row.is_empty and not (known and self._reads_empty(row.mark or 0)):
                continue
            if known and row.mark is not None:
                by_mark.setdefault(row.mark, []).append(row)
            else:
                others.append(row)
        claimed: dict[int, BackRow] = {}
        for number, rows in by_mark.items():
            claimed[number] = best = self._nearest(number, rows)
            others += [copied(row, best) for row in rows if row is not best]
        keys: dict[tuple[str, ...] | None, int] = {
            self._key_of(row): n for n, row in enumerate(self.base) if n not in claimed
        }
        keys.pop(None, None)
        new: list[BackRow] = []
        for row in sorted(others, key=lambda row: row.number):
            key = self._key_of(row.cells)
            if key in keys:
                claimed[keys.pop(key)] = row
            else:
                new.append(row)
        return dict(sorted(claimed.items())), new

    def _reads_empty(self, number: int) -> bool:
        """Whether nothing can be read from a row that nobody has touched: control characters."""
        return not any(self._as_read(number, name) for name in self.held.names)

    def _nearest(self, number: int, rows: Sequence[BackRow]) -> BackRow:
        """The row of several that has most cells of a row of the base."""
        if len(rows) == 1:
            return rows[0]
        alike = [
            sum(text == self._as_read(number, name) for name, text in row.cells.items())
            for row in rows
        ]
        return rows[alike.index(max(alike))]

    def _changes(self, number: int, row: BackRow) -> dict[str, str]:
        changed = {}
        for name, said in row.cells.items():
            again = name == EXPECTED and self.held.table == REPORTS and is_plan(said)
            text = "" if again else said
            if text != self._as_read(number, name) and text != self.base[number][name]:
                changed[name] = text
        return changed

    def _compare(self, number: int, row: BackRow) -> None:
        if number in self.origin:
            self.seen[self.origin[number]] = row
        changed = self._changes(number, row)
        if changed.pop("id", ""):
            self.merged.faults.append(
                id_changed(self.sheet.place(row, "id"), self.base[number]["id"])
            )
            return
        if not changed:
            return
        if number not in self.origin:
            wanted = {**self.base[number], **changed}
            if not self._take_free(wanted, ()):
                self.merged.gone.append(row_gone(self.sheet.place(row)))
            return
        place = self.origin[number]
        now = self.now[place]
        for name, text in changed.items():
            if now[name] == text:
                continue
            if now[name] != self.base[number][name] and name in self.table.header:
                self._conflict(row, name, self.base[number][name], now[name], text)
                if not self.decided.overwrite:
                    continue
            self._write(place, name, text, row)

    def _write(self, place: int, name: str, text: str, row: BackRow) -> None:
        if name not in self.table.header:
            self._no_column(row, name)
            return
        self.edits.cells[place, name] = text

    def _no_column(self, row: BackRow, name: str) -> None:
        title = self.held.title_of(name)
        self.merged.faults.append(no_column(self.sheet.place(row, name), title))

    def _conflict(self, row: BackRow, name: str, before: str, now: str, text: str) -> None:
        labels = self.forms[name][1]
        sides = labels.get(before, before), labels.get(now, now), labels.get(text, text)
        remark = changed_on_both_sides(self.sheet.place(row, name), sides)
        self.merged.conflicts.append(remark)

    def _new_reports(self) -> Iterator[BackRow]:
        labels = self.forms["measure"][1] if "measure" in self.forms else {}
        for row in self.sheet.rows:
            said = {name: text for name, text in row.cells.items() if name != "measure"}
            if any(said.values()):
                known = row.mark is not None and row.mark < len(self.base)
                seen = row.cells.get("measure", "")
                # People report on what they see; the mark helps where that can't be read.
                by_mark = known and seen not in labels
                measure = self.base[row.mark or 0].get("measure", "") if by_mark else seen
                yield BackRow(mark=None, cells={"measure": measure, **said}, number=row.number)

    def _take_free(self, cells: Cells, without: Sequence[str]) -> bool:
        """Whether the table has this row already, in none that the workbook held."""
        wanted = {name: text for name, text in cells.items() if name not in without}
        for place in self.free:
            if all(self.now[place].get(name, "") == text for name, text in wanted.items()):
                self.free.remove(place)
                return True
        return False

    @cached_property
    def former(self) -> Mapping[str, Collection[str]]:
        """The ids that the table ever had, with the titles of their rows."""
        return self.used.former(self.held.table)

    @cached_property
    def ids(self) -> Ids:
        """The ids for new rows."""
        known = [cells.get("id", "") for cells in (*self.base, *self.now)]
        return Ids(known, [*self.used.adopted, *self.former])

    def _with_end(self, row: BackRow) -> tuple[BackRow, Cells]:
        """The row with the end that was expected last, and what it got of that.

        Only a new report gets it that says nothing of the end, not even that the plan holds again.
        """
        told = row.cells.get(EXPECTED)
        if self.held.table != REPORTS or told is None:
            return row, {}
        if is_plan(told):
            return replace(row, cells={**row.cells, EXPECTED: ""}), {}
        still = kept(self.strategy, row.cells) if self.strategy else {}
        still = {name: text for name, text in still.items() if name in row.cells}
        return replace(row, cells={**row.cells, **still}), still

    def _add(self, row: BackRow) -> None:
        row, still = self._with_end(row)
        cells = {name: text for name, text in row.cells.items() if text}
        unnamed = "id" in self.held.names and "id" not in cells
        own = unnamed and self.decided.again
        if not own and self._take_free(row.cells, ("id",) if unnamed else ()):
            return
        if unnamed:
            given = self.ids.next()
            if given is None:
                self.merged.faults.append(no_id(self.sheet.place(row, "id")))
                return
            cells["id"] = given
            self.merged.given.append(id_given(self.sheet.place(row), given))
        key = self._key_of(cells)
        same = next((p for p in self.free if key and self._key_of(self.now[p]) == key), None)
        if same is None:
            told = "" if unnamed else cells.get("id", "")
            if told and meant_another(self.former.get(told, ()), cells):
                self.merged.faults.append(id_again(self.sheet.place(row, "id"), told))
                return
            if lacking := missing(self.schema, self.back.base.lang, row, cells):
                self.merged.faults.append(cells_missing(self.sheet.place(row), lacking))
                return
            for name in cells.keys() - set(self.table.header):
                self._no_column(row, name)
            self.edits.added.append(cells)
            self.added.append(row)
            if still:
                place = self.sheet.place(row, EXPECTED)
                self.merged.kept_ends.append(Remark(place, told_kept(still)))
            return
        self.free.remove(same)
        self.seen[same] = row
        for name, text in row.cells.items():
            if self.now[same].get(name, "") != text:
                self._conflict(row, name, "", self.now[same].get(name, ""), text)
                if self.decided.overwrite:
                    self._write(same, name, text, row)

    def _lose(self, number: int) -> None:
        if number not in self.origin:
            return
        place = self.origin[number]
        if self.decided.delete and self.now[place] == self.base[number]:
            self.edits.removed.add(place)
            self.merged.removed.add(self.base[number].get("id", ""))
            return
        remarks = self.merged.lost if self.now[place] == self.base[number] else self.merged.kept
        remarks.append(row_lost(self.held.sheet, self.base[number]))
