"""The lists that the sources of a mapping read: what is seen of each sheet, headers, entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from klarplan.check.places import letters
from klarplan.importer.dittos import with_dittos
from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.headers import Header, find_header
from klarplan.importer.labels import with_labels
from klarplan.importer.list_rows import Columns, RowKinds
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.row_kinds import read_rows
from klarplan.importer.seen import seen
from klarplan.importer.side_lists import bounds_of, cropped
from klarplan.importer.state import Run
from klarplan.messages import KlarplanError, Text, did_you_mean


@dataclass(frozen=True, slots=True)
class ListView:
    """One list as one source reads it."""

    source: Source
    whole: Sheet
    """The sheet with all that is hidden."""
    sheet: Sheet
    """What the source sees of it."""
    header: Header
    rows: RowKinds

    @property
    def entries(self) -> list[SheetRow]:
        """The rows that are entries."""
        return [row for row in self.header.body if row.number not in self.rows.kinds]

    @property
    def beside(self) -> list[str]:
        """The texts above the headers and below the list."""
        rows = [*self.header.above]
        rows += [row for row in self.header.body if self.rows.kinds.get(row.number) == "note"]
        return [cell for row in rows for cell in row.cells if cell.strip()]


def header_of(run: Run, source: Source, whole: Sheet, sheet: Sheet) -> Header:
    """Where the headers of a source stand in a sheet.

    Raises ``KlarplanError`` with the line of the mapping where one of them is missing.
    """
    wanted = [*source.headers(), *source.ignore]
    header = find_header(sheet, wanted, source.header)
    for rule in source.rules:
        for title in (rule.column, *rule.marked):
            if title is None:
                continue
            if header is None or header.position(plain(title)) is None:
                raise _missing(run, source, whole, sheet, replace(rule, column=title))
    if header is None:
        raise KlarplanError(
            Text(
                f"In „{sheet.label}“ gibt es keine Kopfzeile.",
                f"In “{sheet.label}” there is no row of headers.",
            ),
            Text("Nennen Sie ihre Zeile unter „header“.", "Name its row under “header”."),
            file=run.mapping.file,
            line=source.line,
        )
    return header


def _missing(run: Run, source: Source, whole: Sheet, sheet: Sheet, rule: Rule) -> KlarplanError:
    column = rule.column or ""
    header = find_header(sheet, [*source.headers(), *source.ignore], source.header)
    hidden = find_header(whole, [plain(column)], source.header)
    position = hidden.position(plain(column)) if hidden else None
    if position is not None and position in whole.marks.hidden_columns:
        return KlarplanError(
            Text(
                f"Die Spalte „{column}“ ist in „{sheet.label}“ ausgeblendet "
                f"(Spalte {letters(position)}).",
                f"The column “{column}” is hidden in “{sheet.label}” (column {letters(position)}).",
            ),
            Text(
                "Nehmen Sie sie aus der Zuordnung, oder schreiben Sie bei dieser Quelle "
                "„hidden: {columns: take}“.",
                "Remove it from the mapping, or write “hidden: {columns: take}” for this source.",
            ),
            file=run.mapping.file,
            line=rule.line,
        )
    if header is None:
        return KlarplanError(
            Text(
                f"In „{sheet.label}“ gibt es keine Kopfzeile mit „{column}“.",
                f"In “{sheet.label}” there is no row of headers with “{column}”.",
            ),
            Text(
                "Prüfen Sie in der Zuordnung die Namen der Spalten und „header“.",
                "Check the names of columns and “header” in the mapping.",
            ),
            file=run.mapping.file,
            line=source.line,
        )
    titles = [title for title in header.titles if title]
    guess, listed = did_you_mean(column, titles), ", ".join(titles)
    return KlarplanError(
        Text(
            f"In „{sheet.label}“ gibt es keine Spalte „{column}“.",
            f"There is no column “{column}” in “{sheet.label}”.",
        ),
        Text(
            f"{guess.de} Vorhanden sind: {listed}.".strip(),
            f"{guess.en} There are: {listed}.".strip(),
        ),
        file=run.mapping.file,
        line=rule.line,
    )


_Found = tuple[Source, Sheet, Sheet, Header]


def lists_of(run: Run, sources: Sequence[Source], sheets: Sequence[Sheet]) -> list[ListView]:
    """The lists of all sources, in the order of the sources.

    Hidden sheets are left out unless a source takes them in. Raises ``KlarplanError`` where a
    source and a sheet that it names don't fit together.
    """
    found: list[_Found] = []
    for source in sources:
        for whole in sheets:
            if not any(whole.matches(pattern) for pattern in source.patterns):
                continue
            if whole.marks.hidden and source.hidden.get("sheets", "leave") == "leave":
                continue
            sheet = seen(whole, source.hidden)
            sheet = sheet if source.own else with_dittos(sheet)
            found.append((source, whole, sheet, header_of(run, source, whole, sheet)))
    found = [_lower(found, item) for item in found]
    found = [_beside(found, item) for item in found]
    found = [(s, whole, part, with_labels(run, s, part, h)) for s, whole, part, h in found]
    return [
        ListView(
            source,
            whole,
            sheet,
            header,
            RowKinds() if source.own else read_rows(sheet, header, _columns(found, item)),
        )
        for item in found
        for source, whole, sheet, header in (item,)
    ]


def _lower(found: Sequence[_Found], item: _Found) -> _Found:
    """The list with the lower half of its headers, where another source reads that."""
    source, whole, sheet, header = item
    for _, other, _, lower in found:
        below = other is whole and lower.row == header.row + 1 and lower.over
        if below and all(lower.position(title) is not None for title in source.headers()):
            return source, whole, sheet, lower
    return item


def _beside(found: Sequence[_Found], item: _Found) -> _Found:
    """The list without those that stand beside it."""
    source, whole, sheet, header = item
    here = [s for s, other, _, h in found if other is whole and h.row == header.row]
    bounds = bounds_of(source, here, header)
    if bounds is None:
        return item
    part = cropped(sheet, bounds)
    inside = {row.number: row for row in part.rows}
    body = tuple(inside[row.number] for row in header.body if row.number in inside)
    return source, whole, part, replace(header, body=body)


def _columns(found: Sequence[_Found], item: _Found) -> Columns:
    """What all sources that read the same list know of it."""
    _, whole, sheet, header = item
    here = [
        (s, h)
        for s, w, part, h in found
        if w is whole and h.row == header.row and part.first == sheet.first
    ]
    others = {h.row for _, w, _, h in found if w is whole and h.row > header.row}
    rules = [(s, rule, h) for s, h in here for rule in s.rules if rule.column is not None]
    titles = [
        h.position(plain(rule.column or ""))
        for s, rule, h in rules
        if rule.target in ("title", "name") and rule.read == "text" and not rule.fill_down
    ]
    ids = {
        h.position(plain(rule.column or ""))
        for _, rule, h in rules
        if rule.target in ("official_id", "id", "measure")
    }
    columns = Columns(
        ids=frozenset(position for position in ids if position is not None),
        title=titles[0] if titles else None,
        sections=any(rule.section for s, _ in here for rule in s.rules),
        keep=frozenset(number for s, _ in here for number in s.keep),
        skip=frozenset(number for s, _ in here for number in s.skip),
    )
    blocks = len({h.row for _, w, _, h in found if w is whole}) > 1
    return replace(columns, ends=frozenset({min(others)} if others else ()), blocks=blocks)
