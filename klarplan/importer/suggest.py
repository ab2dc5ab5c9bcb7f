"""Writing a first mapping for spreadsheets that nobody has described yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from klarplan.check.places import letters
from klarplan.importer.confidential import is_confidential, marks, why_closed
from klarplan.importer.dittos import with_dittos
from klarplan.importer.grid import Sheet, plain
from klarplan.importer.guess import (
    Guess,
    are_spans,
    is_span,
    key_of,
)
from klarplan.importer.legends import texts_beside
from klarplan.importer.mapping_file import given_without_column
from klarplan.importer.mapping_text import Proposal, mapping_text
from klarplan.importer.own_tables import own_table
from klarplan.importer.repeated import NUMBER_AND_TITLE, is_mistake, rows_by_number
from klarplan.importer.seen import seen
from klarplan.importer.shape import Shape, repeats, shapes
from klarplan.importer.sheet_guesses import guesses as guesses_of
from klarplan.importer.suggest_ends import with_only_end, with_spanned_end
from klarplan.importer.suggest_fields import names_further, numbered_fields
from klarplan.importer.suggest_layout import (
    field_of,
    hidden_notes,
    merged_proposals,
    notes,
    parent_of,
)
from klarplan.importer.suggest_money import money_of, open_year
from klarplan.importer.suggest_offices import offices, role_of, short_names
from klarplan.importer.suggest_own import own_proposal
from klarplan.importer.suggest_reports import reports, with_told_stand
from klarplan.importer.suggest_sources import Sources
from klarplan.importer.suggest_statuses import (
    has,
)
from klarplan.importer.suggest_titles import with_own_titles
from klarplan.importer.suggest_unread import why_unread
from klarplan.importer.suggest_versions import by_title, is_aside, name_of, versions
from klarplan.importer.values import line
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Descriptor
from klarplan.strategy.usual_statuses import USUAL


class _Suggestion:
    """A proposed mapping while it is made."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.notes: list[str] = []

    def add(self, shape: Shape, measures: Sequence[Shape], *, reported: bool) -> None:
        """Propose the sources for one list; ``reported``: reports have a sheet of their own.

        ``measures`` are all lists of measures.
        """
        tables = self.sources.descriptor.tables
        found = with_spanned_end(shape.found, tables[shape.found.table])
        found = with_only_end(found, tables.get("status_reports"))
        found = with_told_stand(found)
        self.sources.shape = shape
        self.sources.repeated = repeats(measures) if found.table == "measures" else ""
        schema = self.sources.descriptor.tables[found.table]
        source = self.sources.begin(found, found.table)
        self.sources.unread = {}
        used: set[int] = set()
        for target in schema.columns:
            position = found.positions.get(target)
            if position is not None and self.sources.entry(found, found.table, target, position):
                used.add(position)
        if lacks := self._lacking(source):
            self.sources.all.remove(source)
            self.notes.append(f"Nicht vorgeschlagen: {name_of(shape.sheet)} (es fehlt: {lacks})")
            return
        if found.table == "status_reports":
            self.sources.dated(found, source)
        if found.table == "measures":
            if "field" not in [target for target, _, _ in source.columns]:
                source.columns.append(("field", *field_of(shape, measures)))
            if (parent := parent_of(shape, measures, schema)) is not None:
                source.columns.append(("parent", *parent))
            if self.sources.repeated:
                source.match = ("field", "title")
                source.why = f"geraten: „{line(self.sources.repeated)}“ steht mehrmals"
                number = found.positions.get("official_id")
                if number is not None and len(measures) == 1:
                    numbers = rows_by_number(found.header.body, number)
                    source.match = NUMBER_AND_TITLE if is_mistake(numbers) else source.match
            used |= self._spans(found, source)
            used |= self._visibility(found, source)
            used |= self._roles(found)
            used |= self._other_fields(found, source)
            used |= reports(self.sources, found, source, used, reported=reported)
            used |= self._money(found, set(range(len(found.header.titles))) - used)
        ignored = dict(source.ignore)
        for position in range(max([len(row.cells) for row in found.header.body], default=0)):
            title = found.header.name(position)
            if position in used or plain(title) in ignored or not found.texts(position):
                continue
            why = self.sources.unread.get(title) or why_unread(found, position, title)
            why = why or why_closed(title)
            source.notes.append(f"Nicht zugeordnet: {title}{why}")
        source.notes.extend(notes(shape, source))

    def _lacking(self, source: Proposal) -> str:
        """What every row of a source needs and nothing tells, by its title; empty if all is told.

        The field of action of measures is told for all of them.
        """
        schema = self.sources.descriptor.tables[source.table]
        told = {target for target, _, _ in source.columns} | given_without_column(schema)
        told |= {"field"} if source.table == "measures" else set()
        needed = (name for name, column in schema.columns.items() if column.required)
        return ", ".join(schema.title_of(name) for name in needed if name not in told)

    def meant(self, sheets: Sequence[Sheet], *, first: bool) -> Sequence[Sheet]:
        """The sheets that may be read: none that call themselves internal, drafts or copies.

        Drafts and copies are read where no other sheet holds a list.
        """
        for sheet in sheets:
            if is_confidential(sheet.name):
                self.notes.append(f"Nicht vorgeschlagen: {sheet.name} (nicht öffentlich)")
        sheets = [sheet for sheet in sheets if not is_confidential(sheet.name)]
        kept = [sheet for sheet in sheets if not is_aside(sheet)]
        if len(kept) == len(sheets):
            return sheets
        guesses = guesses_of(kept, self.sources.descriptor, first=first)
        if not any(found for _, found in guesses):
            return sheets
        self.notes += [
            f"Nicht vorgeschlagen: {name_of(sheet)} (nach dem Namen Entwurf, Kopie oder alt)"
            for sheet in sheets
            if sheet not in kept
        ]
        return kept

    def add_earlier(self, shape: Shape, measures: Sequence[Shape], newer: str) -> None:
        """Propose only the reports of an earlier version of a list of ``measures``."""
        tables = self.sources.descriptor.tables
        found = by_title(with_spanned_end(shape.found, tables[shape.found.table]), measures)
        self.sources.shape, self.sources.repeated, self.sources.unread = shape, "", {}
        name = name_of(shape.sheet)
        dropped = Proposal(name=name, table="measures", header=found.header.row)
        read = reports(self.sources, found, dropped, set(), reported=False)
        what = "Davon nur die Meldungen" if read else "Nicht vorgeschlagen"
        self.notes.append(f"{what}: {name} (frühere Fassung von „{newer}“)")

    def _spans(self, found: Guess, source: Proposal) -> set[int]:
        names = {target for target, _, _ in source.columns}
        for position, title in enumerate(found.header.titles):
            free = is_span(key_of(title)) and not names & {"planned_start", "planned_end"}
            if free and are_spans(found.texts(position)):
                source.columns.append(("planned_start", title, "Geplanter Beginn"))
                source.columns.append(("planned_end", title, "Geplantes Ende"))
                return {position}
        return set()

    def _visibility(self, found: Guess, source: Proposal) -> set[int]:
        """Propose to hide the rows that the list marks as not public."""
        titles = found.header.titles
        found_marks = marks(titles, [found.texts(p) for p in range(len(titles))])
        for title in [titles[position] for position, _ in found_marks[1:]]:
            self.sources.unread[title] = " (sagt auch, was öffentlich ist)"
        for position, options in found_marks[:1]:
            why = "Sichtbarkeit; geraten: Die Spalte sagt, was öffentlich ist"
            source.columns.append(("visibility", options, why))
            return {position}
        return set()

    def _money(self, found: Guess, free: set[int]) -> set[int]:
        """Propose a source for each column with money, and ask for a year that is not told."""
        measure, schema = self.sources.measure(found), self.sources.descriptor.tables.get("budget")
        used: set[int] = set()
        for money in money_of(found, free) if schema and measure else ():
            source = self.sources.begin(found, "budget")
            assert measure is not None
            source.columns.append(measure)
            if money.year is None:
                source.asked += open_year(found.header.full(money.position))
            else:
                source.columns.append(("year", money.year, "Jahr"))
            if self.sources.entry(found, "budget", money.target, money.position):
                used.add(money.position)
            else:
                self.sources.all.remove(source)
        return used

    def _roles(self, found: Guess) -> set[int]:
        used: set[int] = set()
        measure = self.sources.measure(found)
        for position, title in enumerate(found.header.titles):
            role, texts = role_of(title), found.texts(position)
            if role is None or measure is None or not texts or position in found.positions.values():
                continue
            source = self.sources.begin(found, "responsibilities")
            columns, doubts = offices(title, texts, role, self.sources.offices)
            source.columns += [measure, *columns]
            source.notes.extend(doubts)
            used.add(position)
        return used

    def _other_fields(self, found: Guess, source: Proposal) -> set[int]:
        """Propose sources for further fields of action, in cells with several or in a column."""
        used: set[int] = set()
        if "measure_fields" not in self.sources.descriptor.tables:
            return used
        measure = self.sources.measure(found)
        options = next((o for target, o, _ in source.columns if target == "field"), "")
        if measure is not None and isinstance(options, Mapping) and "split" in options:
            others = self.sources.begin(found, "measure_fields")
            others.columns += [measure, ("field", options, "Weitere Handlungsfelder")]
            others.reasons = source.reasons
        for position, title in enumerate(found.header.titles):
            if measure is None or not found.texts(position) or not names_further(title):
                continue
            others = self.sources.begin(found, "measure_fields")
            further, why = self.sources.further_fields(found, position)
            others.columns += [measure, ("field", further, "Weitere Handlungsfelder" + why)]
            used.add(position)
        return used

    def text(self) -> str:
        """The suggestion as a mapping file."""
        used, known = self.sources.used, self.sources.statuses
        missing = [row for id_, row in USUAL.items() if id_ in used and not has(id_, known)]
        return mapping_text(self.sources.all, missing, self.notes)


def suggest_mapping(
    sheets: Sequence[Sheet],
    descriptor: Descriptor,
    statuses: Table | None,
    today: dt.date,
    *,
    first: bool = False,
) -> str:
    """A mapping for the sheets as YAML text, guessed from headers and values.

    ``statuses`` is the strategy's table of statuses; words that it knows need no meaning.
    ``first`` says that the strategy has no measures yet, so that reports have to bring them.
    """
    sources = Sources(descriptor, statuses, today)
    suggestion = _Suggestion(sources)
    suggestion.notes += [
        f"Ausgeblendetes Blatt: {sheet.name}; „hidden: {{sheets: take}}“ liest es mit."
        for sheet in sheets
        if sheet.marks.hidden
    ]
    whole = {sheet.label: sheet for sheet in sheets}
    sheets = [view for sheet in sheets if not sheet.marks.hidden if (view := seen(sheet, {})).rows]
    sheets = [with_dittos(sheet) for sheet in suggestion.meant(sheets, first=first)]
    own = {id(s): table for s in sheets if (table := own_table(s, descriptor.tables))}
    for sheet in sheets:
        if id(sheet) in own:
            sources.all.append(own_proposal(own[id(sheet)]))
    sheets = [sheet for sheet in sheets if id(sheet) not in own]
    guesses = [
        (sheet, found and with_own_titles(found))
        for sheet, found in guesses_of(sheets, descriptor, first=first)
    ]
    sources.fields = numbered_fields([found for _, found in guesses if found])
    sources.offices = short_names([found for _, found in guesses if found])
    reported = any(found and found.table == "status_reports" for _, found in guesses)
    lists = [(sheet, shapes(found, descriptor.tables) if found else []) for sheet, found in guesses]
    measures = [one for _, found in lists for one in found if one.found.table == "measures"]
    earlier = versions(measures, today)
    sources.times = earlier.times
    measures = [one for one in measures if one.sheet.label not in earlier.older]
    known = [(one.sheet.label, one.found.header) for _, found in lists for one in found]
    rows = {(label, row.number) for label, header in known for row in header.body}
    rows |= {(label, header.row - up) for label, header in known for up in range(2)}
    sources.meanings.legends = texts_beside(sheets, frozenset(rows))
    for sheet, found in lists:
        if not found:
            columns = letters(max(len(row.cells) for row in sheet.rows) - 1)
            suggestion.notes.append(
                f"Nicht erkannt: {sheet.name or sheet.file} (Spalten A bis {columns})"
            )
        for shape in found:
            before = len(sources.all)
            newer = earlier.older.get(sheet.label, "") if shape.found.table == "measures" else ""
            if newer:
                suggestion.add_earlier(shape, measures, newer)
            else:
                suggestion.add(shape, measures, reported=reported)
            for source in sources.all[before : before + 1]:
                source.notes.extend(hidden_notes(whole[sheet.label]))
    sources.all = merged_proposals(sources.all)
    return suggestion.text()
