"""The sources of a suggested mapping while they are made, column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from klarplan.importer.as_of import ON_PAGES, stated
from klarplan.importer.grid import plain
from klarplan.importer.guess import Guess, is_partly, rule_for
from klarplan.importer.mapping_text import Proposal
from klarplan.importer.row_words import DASHES, is_amount
from klarplan.importer.shape import Shape
from klarplan.importer.suggest_fields import field_parts
from klarplan.importer.suggest_layout import fill_down, gaps, status_by_colour, unit_of
from klarplan.importer.suggest_ranks import rank_doubt, turned_ranks
from klarplan.importer.suggest_statuses import UNKNOWN, USUAL_MEANING, Meanings, meaning
from klarplan.importer.suggest_unread import horizons
from klarplan.importer.times_in_names import Time
from klarplan.importer.values import line
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Column, Descriptor

_CHECK: Mapping[str, str] = {
    "functional_email": "; bitte prüfen: nur Postfächer von Stellen, keine von Personen",
    "expected_end": "; geraten: nach der Überschrift der neue Termin",
}
"""What is to be looked at wherever a column is proposed."""


class Sources:
    """What is proposed for the lists so far, and for the one that is looked at."""

    def __init__(self, descriptor: Descriptor, statuses: Table | None, today: dt.date) -> None:
        self.descriptor = descriptor
        self.statuses = statuses
        self.today = today
        self.meanings = Meanings(statuses, today=today)
        self.all: list[Proposal] = []
        self.used: set[str] = set()
        """The ids of statuses that words or colours were given."""
        self.shape: Shape
        """The list that is looked at."""
        self.fields: Mapping[str, str] = {}
        """The titles of fields of action by title and number, where a list of them tells these."""
        self.offices: Mapping[str, str] = {}
        """The names of offices by what a list of them calls them for short (``plain``)."""
        self.repeated = ""
        """A number or title that stands at several measures, so that it names none."""
        self.times: Mapping[str, Time] = {}
        """By label of a sheet, for when its name says that it speaks."""
        self.unread: dict[str, str] = {}
        """Why the column with a header was not assigned."""

    def begin(self, found: Guess, table: str) -> Proposal:
        """Begin a source for a table; what follows is added to it."""
        sheet = found.sheet
        source = Proposal(name=sheet.name or sheet.file, table=table, header=found.header.row)
        self.all.append(source)
        return source

    def entry(self, found: Guess, table: str, target: str, position: int) -> bool:
        """Propose a column for the newest source; whether its cells can be read."""
        schema = self.descriptor.tables[table]
        column = schema.columns[target]
        texts = found.texts(position)
        title = found.header.titles[position]
        source = self.all[-1]
        if any(key.column == target for key in schema.foreign_keys):
            if is_partly(schema, target, title) and all(map(is_amount, texts)):
                return False  # “Ziel 2030” above numbers names no goal
            if target == "status" and self._is_puzzle(position, texts):
                why = "Zeichen, die nichts erklärt; als „status“ mit „values“ lassen sie sich lesen"
                self.unread[title] = f" ({why})"
                return False
            self._reference(source, found, target, position)
            return True
        made = rule_for(column, schema, title, texts)
        soon = horizons(texts, target) if column.type == "date" else ""
        if made is None and soon:
            self.unread[title] = f" ({soon})"
            return False
        if made is None:
            self.unread[title] = f" (zu wenig lesbar als „{column.title}“, etwa „{line(texts[0])}“)"
            return False
        rule, meanings = made
        source.notes += [f"Ohne Tag in „{title}“: {soon}"] if soon else []
        ranks = {}
        if target == "priority" and (doubt := rank_doubt(title, texts)):
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
        note += _CHECK.get(target, "")
        if unit:
            options["unit"] = unit
        self._put(source, column, options, note)
        return True

    def _is_puzzle(self, position: int, texts: Sequence[str]) -> bool:
        """Whether a column has nothing but signs, and none of them is known or explained."""
        signs = not any(char.isalnum() for text in texts for char in text)
        if not signs or status_by_colour(self.shape, position, meaning) is not None:
            return False
        known = (self.meanings.is_known(t) or self.meanings.of(t)[0] != UNKNOWN for t in texts)
        return bool(texts) and not any(known)

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
                words, reasons = self.meanings.values(found.texts(position))
                self.used |= {str(status) for status in words.values()}
                source.reasons |= reasons
                if words:
                    options["values"] = words
        note = ""
        if target == "field":
            if why := fill_down(self.shape, position):
                options["fill_down"] = True
                note = f"; geraten: {why}"
            elif empty := gaps(self.shape, position):
                source.notes.append(empty)
            note += self._apart(source, found, position, options)
        self._put(source, column, options, note)

    def _apart(
        self, source: Proposal, found: Guess, position: int, options: dict[str, object]
    ) -> str:
        """Propose what separates several fields of action in one cell; a comment about it."""
        if source.table != "measures" or "measure_fields" not in self.descriptor.tables:
            return ""
        note = self._parted(source, found, position, options, self.fields)
        return f"{note}, das erste führt" if note else ""

    def further_fields(self, found: Guess, position: int) -> tuple[dict[str, object], str]:
        """The options of a column of further fields for the newest source, and a comment on it."""
        leading = found.positions.get("field")
        texts = found.texts(leading) if leading is not None else []
        titles = {plain(text): line(text) for text in texts} | dict(self.fields)
        options: dict[str, object] = {"column": found.header.titles[position]}
        return options, self._parted(self.all[-1], found, position, options, titles)

    @staticmethod
    def _parted(
        source: Proposal,
        found: Guess,
        position: int,
        options: dict[str, object],
        titles: Mapping[str, str],
    ) -> str:
        parts = field_parts(found.header.body, position, titles)
        source.notes += parts.doubts
        if parts.split:
            options["split"] = parts.split
        if parts.values:
            options["values"] = parts.values
            source.reasons |= {
                word: "geraten: " + ("bleibt ganz" if word == title else "Nummer laut Liste")
                for word, title in parts.values.items()
            }
        return "; geraten: mehrere in einer Zelle" if parts.split else ""

    def measure(self, found: Guess) -> tuple[str, str | Mapping[str, object], str] | None:
        """The column of a source that names the measure of a row; ``None`` where nothing does."""
        number = found.positions.get("official_id")
        gaps = number is not None and any(
            plain(row.at(number)) in DASHES for row in found.header.body
        )
        if self.repeated or (gaps and found.table == "measures"):
            return "measure", {"row": True}, "Maßnahme derselben Zeile"
        for target in ("official_id", "title"):
            if target in found.positions:
                return "measure", found.header.titles[found.positions[target]], "Maßnahme"
        return None

    def dated(self, found: Guess, source: Proposal) -> None:
        """Say from where reports without a column for it have their date."""
        told = [options for target, options, _ in source.columns if target in ("date", "period")]
        if any(isinstance(options, str) or "value" not in options for options in told):
            return
        dated = stated(found.sheet, found.header, self.today)
        time = None if told else self.times.get(found.sheet.label)
        if dated is None and time is not None:
            title = self.descriptor.tables[source.table].title_of(time.target)
            why = f"{title}; geraten: nach dem Namen des Blatts"
            source.columns.append((time.target, {"value": time.value}, why))
        if dated is None and (time is None or time.open):
            source.notes.append(
                "Für welchen Tag gilt die Liste? Bitte ergänzen, sonst lehnt der Import sie ab:"
            )
            source.notes.append("as_of: JJJJ-MM-TT")
        elif dated is not None:
            where = " in der Kopf- oder Fußzeile der Seiten" if dated[0] == ON_PAGES else ""
            source.notes.append(
                f"Datum der Meldungen: {dated[2].isoformat()}, aus „{dated[1]}“{where}"
            )
