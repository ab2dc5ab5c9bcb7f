"""Writing a first mapping for spreadsheets that nobody has described yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from klarplan.importer.as_of import stated
from klarplan.importer.confidential import is_confidential, marks, why_closed
from klarplan.importer.grid import Sheet, letter, plain
from klarplan.importer.guess import (
    Guess,
    are_spans,
    is_partly,
    key_of,
    positions_of,
    rule_for,
)
from klarplan.importer.mapping_text import Proposal, mapping_text
from klarplan.importer.own_tables import own_table
from klarplan.importer.seen import seen
from klarplan.importer.shape import Shape, colours_of, repeats, shapes
from klarplan.importer.sheet_guesses import guesses as guesses_of
from klarplan.importer.suggest_layout import (
    field_of,
    fill_down,
    gaps,
    hidden_notes,
    merged_proposals,
    notes,
    parent_of,
    status_by_colour,
    unit_of,
)
from klarplan.importer.suggest_money import money_of, without_year
from klarplan.importer.suggest_offices import offices, role_of
from klarplan.importer.suggest_own import own_proposal
from klarplan.importer.suggest_periods import dated_reports
from klarplan.importer.suggest_ranks import rank_doubt, turned_ranks
from klarplan.importer.suggest_statuses import (
    USUAL_MEANING,
    are_numbers,
    are_statuses,
    has,
    meaning,
    permanent_words,
    status_values,
)
from klarplan.importer.values import line
from klarplan.importer.vocabulary import SPANS
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Column, Descriptor, TableSchema
from klarplan.strategy.usual_statuses import USUAL


class _Suggestion:
    def __init__(self, descriptor: Descriptor, statuses: Table | None, today: dt.date) -> None:
        self.descriptor = descriptor
        self.statuses = statuses
        self.today = today
        self.sources: list[Proposal] = []
        self.notes: list[str] = []
        self.used: set[str] = set()
        self.unread: dict[str, str] = {}
        """Why the column with a header was not assigned."""

    def _entry(self, found: Guess, table: str, target: str, position: int) -> bool:
        schema = self.descriptor.tables[table]
        column = schema.columns[target]
        texts = found.texts(position)
        title = found.header.titles[position]
        source = self.sources[-1]
        if any(key.column == target for key in schema.foreign_keys):
            self._reference(source, found, target, position)
            return True
        made = rule_for(column, schema, title, texts)
        if made is None:
            self.unread[title] = f" (zu wenig lesbar als „{column.title}“, etwa „{line(texts[0])}“)"
            return False
        rule, meanings = made
        ranks = {}
        if target == "priority" and not meanings and (doubt := rank_doubt(title, texts)):
            ranks = turned_ranks(title, texts)
            source.reasons |= dict.fromkeys(ranks, "geraten: 1 ist das Höchste")
            source.notes += [] if ranks else [doubt]
        options: dict[str, object] = {"column": title}
        if meanings or ranks:
            options["values"] = {**meanings, **ranks}
            source.reasons |= dict.fromkeys(meanings, USUAL_MEANING)
        if rule.brackets:
            options["brackets"] = True
        if rule.html:
            options["html"] = True
        unit, note = unit_of(schema, column, title, texts)
        if is_partly(schema, target, title):
            note += "; geraten: nach einem Wort der Überschrift"
        if unit:
            options["unit"] = unit
        self._put(source, column, options, note)
        return True

    @staticmethod
    def _put(
        source: Proposal, column: Column, options: Mapping[str, object], note: str = ""
    ) -> None:
        short = options["column"] if list(options) == ["column"] else options
        assert isinstance(short, str | Mapping)
        source.columns.append((column.name, short, column.title + note))

    def _reference(self, source: Proposal, found: Guess, target: str, position: int) -> None:
        column = self.descriptor.tables[source.table].columns[target]
        options: dict[str, object] = {"column": found.header.titles[position]}
        if target == "status":
            coloured = status_by_colour(self.shape, position, meaning)
            if coloured is not None:
                options, reasons = coloured
                source.reasons.update(reasons)
                values = options["values"]
                assert isinstance(values, Mapping)
                self.used |= set(values.values())
            else:
                words = status_values(found.texts(position), self.statuses)
                self.used |= {str(status) for status in words.values()}
                source.reasons |= {w: USUAL_MEANING for w, s in words.items() if s != "unknown"}
                if words:
                    options["values"] = words
        note = ""
        if target == "field":
            if why := fill_down(self.shape, position):
                options["fill_down"] = True
                note = f"; geraten: {why}"
            elif empty := gaps(self.shape, position):
                source.notes.append(empty)
        self._put(source, column, options, note)

    def _begin(self, found: Guess, table: str) -> Proposal:
        sheet = found.sheet
        source = Proposal(name=sheet.name or sheet.file, table=table, header=found.header.row)
        self.sources.append(source)
        return source

    def add(self, shape: Shape, measures: Sequence[Shape], *, reported: bool) -> None:
        """Propose the sources for one list; ``reported``: reports have a sheet of their own.

        ``measures`` are all lists of measures.
        """
        self.shape, found = shape, shape.found
        self.repeated = repeats(measures) if found.table == "measures" else ""
        schema = self.descriptor.tables[found.table]
        source = self._begin(found, found.table)
        self.unread = {}
        used: set[int] = set()
        for target in schema.columns:
            position = found.positions.get(target)
            if position is not None and self._entry(found, found.table, target, position):
                used.add(position)
        if found.table == "status_reports":
            self._dated(found, source)
        if found.table == "measures":
            if "field" not in [target for target, _, _ in source.columns]:
                source.columns.append(("field", *field_of(shape, measures)))
            if (parent := parent_of(shape, measures, schema)) is not None:
                source.columns.append(("parent", *parent))
            if self.repeated:
                source.match = ("field", "title")
                source.why = f"geraten: „{line(self.repeated)}“ steht mehrmals"
            used |= self._spans(found, source)
            used |= self._visibility(found, source)
            used |= self._roles(found)
            used |= self._reports(found, source, used, reported=reported)
            used |= self._money(found, set(range(len(found.header.titles))) - used)
        rest = [
            title
            for position, title in enumerate(found.header.titles)
            if title
            and position not in used
            and plain(title) not in dict(source.ignore)
            and found.texts(position)
        ]
        source.notes.extend(
            f"Nicht zugeordnet: {title}"
            f"{self.unread.get(title) or without_year(title) or why_closed(title)}"
            for title in rest
        )
        source.notes.extend(notes(shape, source))

    def _dated(self, found: Guess, source: Proposal) -> None:
        """Say from where reports without a column for it have their date."""
        if {"date", "period"} & {t for t, o, _ in source.columns if "value" not in o}:
            return
        dated = stated(found.header, self.today)
        if dated is None:
            source.notes.append(
                "Für welchen Tag gilt die Liste? Bitte ergänzen, sonst lehnt der Import sie ab:"
            )
            source.notes.append("as_of: JJJJ-MM-TT")
        else:
            source.notes.append(f"Datum der Meldungen: {dated[2].isoformat()}, aus „{dated[1]}“")

    def _spans(self, found: Guess, source: Proposal) -> set[int]:
        names = {target for target, _, _ in source.columns}
        for position, title in enumerate(found.header.titles):
            free = key_of(title) in SPANS and not names & {"planned_start", "planned_end"}
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
            self.unread[title] = " (sagt auch, was öffentlich ist)"
        for position, options in found_marks[:1]:
            why = "Sichtbarkeit; geraten: Die Spalte sagt, was öffentlich ist"
            source.columns.append(("visibility", options, why))
            return {position}
        return set()

    def _measure(self, found: Guess) -> tuple[str, str | Mapping[str, object], str] | None:
        if self.repeated:
            return "measure", {"row": True}, "Maßnahme derselben Zeile"
        for target in ("official_id", "title"):
            if target in found.positions:
                return "measure", found.header.titles[found.positions[target]], "Maßnahme"
        return None

    def _money(self, found: Guess, free: set[int]) -> set[int]:
        """Propose a source for each column with money, and say where a year is a guess."""
        measure, schema = self._measure(found), self.descriptor.tables.get("budget")
        used: set[int] = set()
        for money in money_of(found, free, self.today) if schema and measure else ():
            source = self._begin(found, "budget")
            assert measure is not None
            year = "Jahr" + (f"; {money.why}" if money.why else "")
            source.columns += [measure, ("year", money.year, year)]
            if self._entry(found, "budget", money.target, money.position):
                used.add(money.position)
            else:
                self.sources.remove(source)
        return used

    def _roles(self, found: Guess) -> set[int]:
        used: set[int] = set()
        measure = self._measure(found)
        for position, title in enumerate(found.header.titles):
            role, texts = role_of(title), found.texts(position)
            if role is None or measure is None or not texts or position in found.positions.values():
                continue
            source = self._begin(found, "responsibilities")
            columns, doubts = offices(title, texts, role)
            source.columns += [measure, *columns]
            source.notes.extend(doubts)
            used.add(position)
        return used

    def _reports(
        self, found: Guess, source: Proposal, used: set[int], *, reported: bool
    ) -> set[int]:
        schema = self.descriptor.tables.get("status_reports")
        measure = self._measure(found)
        if schema is None or measure is None:
            return set()
        titles = found.header.titles
        taken = set(found.positions.values()) | used
        dated: set[int] = set() if reported else self._side_by_side(found, schema, measure, taken)
        taken |= dated
        told = [
            title if found.texts(p) and p not in taken else "" for p, title in enumerate(titles)
        ]
        positions, _ = positions_of(schema, told)
        free = [title if p not in taken else "" for p, title in enumerate(titles)]
        positions = {**positions_of(schema, free)[0], **positions}
        positions = {
            target: p
            for target, p in positions.items()
            if p not in taken and (found.texts(p) or colours_of(self.shape, p))
        }
        for other in ("date", "progress", "text"):
            position = positions.get(other)
            if "status" in positions or position is None:
                continue
            if are_statuses(found.texts(position), self.statuses):
                positions["status"] = positions.pop(other)
        status = positions.get("status")
        if "progress" not in positions and status is not None and are_numbers(found.texts(status)):
            positions["progress"] = positions.pop("status")
        told = [t for t in ("status", "progress", "text") if t in positions]
        if not told or (told == ["text"] and not self._is_report(found, positions["text"])):
            return dated
        if reported and "status" in positions:
            title = found.header.titles[positions["status"]]
            source.ignore.append((plain(title), title))
            return {positions["status"]}
        if reported:
            return set()
        reports = self._begin(found, "status_reports")
        reports.columns.append(measure)
        used = {
            position
            for target, position in positions.items()
            if target != "measure" and self._entry(found, "status_reports", target, position)
        }
        self._dated(found, reports)
        self._permanent(found, source, positions.get("status"))
        return used | dated

    def _side_by_side(
        self,
        found: Guess,
        schema: TableSchema,
        measure: tuple[str, str | Mapping[str, object], str],
        taken: set[int],
    ) -> set[int]:
        """Propose a source for each period or day that headers name: “Status 2024”."""
        used: set[int] = set()
        for one in dated_reports(found, schema, self.statuses, self.today, taken):
            reports = self._begin(found, "status_reports")
            told = f"{schema.columns[one.target].title}; geraten: nach der Überschrift"
            reports.columns += [measure, (one.target, {"value": one.value}, told)]
            used |= {p for t, p in one.positions.items() if self._entry(found, schema.name, t, p)}
            if one.open:
                self._dated(found, reports)
        return used

    @staticmethod
    def _permanent(found: Guess, source: Proposal, position: int | None) -> None:
        """Take a permanent task from a status such as “Daueraufgabe” too, if nothing else tells."""
        if position is None or "type" in [target for target, _, _ in source.columns]:
            return
        permanent, others = permanent_words(found.texts(position))
        if permanent:
            options: dict[str, object] = {"column": found.header.titles[position]}
            options["values"] = dict.fromkeys(permanent, "permanent")
            if others:
                options["empty"] = others
            source.columns.append(("type", options, "Art; geraten: aus Wörtern des Status"))

    @staticmethod
    def _is_report(found: Guess, position: int) -> bool:
        """Whether a column of texts tells how a measure stands, more than “Bemerkungen” does."""
        return any(word in key_of(found.header.titles[position]) for word in ("stand", "bericht"))

    def text(self) -> str:
        """The suggestion as a mapping file."""
        missing = [
            row for id_, row in USUAL.items() if id_ in self.used and not has(id_, self.statuses)
        ]
        return mapping_text(self.sources, missing, self.notes)


def suggest_mapping(
    sheets: Sequence[Sheet], descriptor: Descriptor, statuses: Table | None, today: dt.date
) -> str:
    """A mapping for the sheets as YAML text, guessed from headers and values.

    ``statuses`` is the strategy's table of statuses; words that it knows need no meaning.
    """
    suggestion = _Suggestion(descriptor, statuses, today)
    suggestion.notes += [
        f"Ausgeblendetes Blatt: {sheet.name}; „hidden: {{sheets: take}}“ liest es mit."
        for sheet in sheets
        if sheet.marks.hidden
    ]
    whole = {sheet.label: sheet for sheet in sheets}
    sheets = [view for sheet in sheets if not sheet.marks.hidden if (view := seen(sheet, {})).rows]
    for sheet in sheets:
        if is_confidential(sheet.name):
            suggestion.notes.append(f"Nicht vorgeschlagen: {sheet.name} (nicht öffentlich)")
    sheets = [sheet for sheet in sheets if not is_confidential(sheet.name)]
    own = {id(s): table for s in sheets if (table := own_table(s, descriptor.tables))}
    for sheet in sheets:
        if id(sheet) in own:
            suggestion.sources.append(own_proposal(own[id(sheet)]))
    sheets = [sheet for sheet in sheets if id(sheet) not in own]
    guesses = guesses_of(sheets, descriptor)
    reported = any(found and found.table == "status_reports" for _, found in guesses)
    lists = [(sheet, shapes(found, descriptor.tables) if found else []) for sheet, found in guesses]
    measures = [one for _, found in lists for one in found if one.found.table == "measures"]
    for sheet, found in lists:
        if not found:
            columns = letter(max(len(row.cells) for row in sheet.rows) - 1)
            suggestion.notes.append(
                f"Nicht erkannt: {sheet.name or sheet.file} (Spalten A bis {columns})"
            )
        for shape in found:
            before = len(suggestion.sources)
            suggestion.add(shape, measures, reported=reported)
            suggestion.sources[before].notes.extend(hidden_notes(whole[sheet.label]))
    suggestion.sources = merged_proposals(suggestion.sources)
    return suggestion.text()
