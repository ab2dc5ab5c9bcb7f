"""Editing rows in a form: what a form would change is told, checked, and then written."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from klarplan.check.run import check, examine
from klarplan.commands.candidate import candidate
from klarplan.commands.new_errors import only_new
from klarplan.commands.repair import FOLDERS
from klarplan.commands.revisions import HERE
from klarplan.commands.targets import refuse_links
from klarplan.commands.unread import refuse_unread
from klarplan.commands.writing import replace_unchanged, writing
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from klarplan.editing.asked_back import asked_back
from klarplan.editing.form.as_told import AsTold
from klarplan.editing.form.fields import Field, fields, fields_beside
from klarplan.editing.form.rows import told_cell
from klarplan.editing.form.sheet import Filled, Outcome, outcome
from klarplan.editing.namesakes import TITLE, namesakes
from klarplan.editing.unseen import left_out
from klarplan.editing.workbook.maker import Maker
from klarplan.editing.workbook.outcome import Merged
from klarplan.editing.workbook.remarks import Remark
from klarplan.editing.workbook.values import unescaped
from klarplan.messages import NOTHING, Finding, Lang, Text, together
from klarplan.ownership import owners_of, read_table
from klarplan.pages.own_text import own_text
from klarplan.pages.used_ids import used_before
from klarplan.strategy import csv_reader
from klarplan.strategy.addresses import prose_file
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.csv_editor import Edits, edited
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.former_ids import TITLES
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.new_kinds import KIND_OF, KINDS, Askable, Beside
from klarplan.strategy.schema import TableSchema
from klarplan.words.catalogue import Words, spoken

LANGS: tuple[Lang, ...] = ("de", "en")
TEXTS = ("docs/", "strategy/")
"""Where texts stand that a form can write."""
NO_MORE: Mapping[str, Beside] = {}
"""Nothing is told besides."""
DIGITS = 7
"""The number of a row has fewer."""
NEEDED = Text("Bitte füllen Sie dieses Feld aus.", "Please fill in this field.")
_GONE = Text(
    "Diese Zeile wurde inzwischen gelöscht oder umbenannt. Öffnen Sie die Tabelle noch einmal.",
    "This row has been deleted or renamed meanwhile. Open the table once more.",
)
_THERE = Text(
    "Diesen Eintrag gibt es schon. Öffnen Sie ihn in der Tabelle, um ihn zu ändern.",
    "This entry exists already. Open it in the table to change it.",
)
_HERE = Text(
    "Wählen Sie es im Formular, sobald es feststeht.", "Choose it in the form once it is known."
)
_SAME = Text(
    "Ist dasselbe gemeint, ändern Sie dieses, statt es noch einmal anzulegen.",
    "If the same is meant, change that one instead of beginning it anew.",
)
_ALIKE = Text(
    "So heißt schon ein Teil weiter oben. Geben Sie jedem seinen eigenen Namen.",
    "A part above is called the same. Give each a name of its own.",
)
_ALIKE_KEY = Text(
    "Diese Kennung hat schon ein Teil weiter oben. Geben Sie jedem seine eigene.",
    "A part above has this id. Give each one of its own.",
)
_CHANGED = Text(
    "Jemand anderes hat diese Zeile geändert, während Sie sie geöffnet hatten. Es ist nichts "
    "geschrieben.",
    "Somebody else has changed this row while you had it open. Nothing is written.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told of a form, at a field or, without a name, of the whole."""

    field: str
    text: str
    stops: bool = False
    """Whether nothing is written before that is mended."""

    def of(self, part: str) -> Message:
        """The same, told in a part of a form."""
        return replace(self, field=f"{part}{self.field}" if self.field else "")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text before and after; empty where there was or is none."""

    title: str
    before: str
    after: str
    part: str = ""
    """The part of a form that it is of."""

    def is_told(self, sentences: Iterable[str]) -> bool:
        """Whether a sentence has all of it already."""
        both = [" ".join(text.split()) for text in (self.before, self.after)]
        return any(all(text in sentence for text in both) for sentence in sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a row of a form would become."""

    filled: Filled
    told: Outcome
    row: Mapping[str, str]
    """The row that would be new; empty where one is changed."""
    asked: Askable | None
    """What can be told of it beside it, where it has all that it must."""

    @property
    def whole(self) -> Mapping[str, str]:
        """All that is told of it."""
        return {**self.filled.cells_beside, **self.row}

    @property
    def edits(self) -> Mapping[str, Edits]:
        """What changes in tables, by their names."""
        beside = self.asked.edits_beside(self.whole) if self.asked else {}
        return {self.filled.schema.name: self.told.edits, **beside}

    def field_of(self, finding: Finding, copy: Path, table: Table | None) -> str | None:
        """The field of a finding in the ``copy`` where its ``table`` is so; empty for the row.

        Nothing where it is about another row.
        """
        place = self.told.place
        known = table is not None and place is not None and place < len(table.lines)
        line = table.lines[place] if table and known and place is not None else None
        own = f"data/{self.filled.schema.path}" == finding.file
        if own and finding.line is not None and finding.line == line:
            return self.lack(finding) or finding.column or ""
        cell = finding.file, finding.line, finding.column
        there = (
            self.asked.name_beside(cell, _tables(copy, self.asked), self.whole)
            if self.asked
            else ""
        )
        return there or None

    def lack(self, finding: Finding) -> str:
        """The field of what should have been told beside the row; empty where that is not it."""
        return self.asked.name_of_lack(finding.rule) if self.asked else ""


@dataclass(kw_only=True)
class Examined:
    """What a form would change, in words and in bytes, and what stands in its way."""

    messages: list[Message] = field(default_factory=list)
    comparison: Comparison | None = None
    before: Mapping[Path, bytes] = field(default_factory=dict)
    contents: Mapping[Path, bytes] = field(default_factory=dict)
    stale: bool = False
    """Whether somebody else has changed the same since the form was opened."""
    wordings: Sequence[Wording] = ()
    """Texts that sentences only mention, in full."""
    theirs: str | None = None
    """What somebody else has made of a text meanwhile."""
    given: tuple[str, ...] = ()
    """The ids of new rows."""
    place: int | None = None
    """Where in the table the row stands now."""

    @property
    def refused(self) -> bool:
        """Whether nothing may be written."""
        return any(message.stops for message in self.messages)


class Editor:
    """The tables below ``root``, read again whenever a file has changed."""

    def __init__(self, root: Path, as_of: dt.date, lang: Lang | None = None) -> None:
        self.root, self.as_of = root.resolve(), as_of
        self._lang = lang
        self._read: tuple[object, Loaded, Maker] | None = None
        self._checked: tuple[object, Sequence[Finding]] | None = None
        self._lock = threading.Lock()

    def _stand(self) -> object:
        """What tells whether anything was changed."""
        places = [self.root / "strategy/strategy.yml", *sorted((self.root / "data").glob("*.*"))]
        states = ((p, p.stat()) for p in places if p.is_file())
        return [(str(p), s.st_size, s.st_mtime_ns) for p, s in states]

    def _now(self) -> tuple[Loaded, Maker]:
        with self._lock:
            stand = self._stand()
            if self._read is None or self._read[0] != stand:
                refuse_links(self.root, FOLDERS)
                loaded = load(self.root)
                refuse_unread(self.root, loaded.descriptor, loaded.strategy.tables)
                spoken = self._lang or ("en" if loaded.strategy.settings.lang == "en" else "de")
                self._read = stand, loaded, Maker(loaded, self.as_of, spoken)
            return self._read[1], self._read[2]

    @property
    def loaded(self) -> Loaded:
        """The strategy as it is now; ``KlarplanError`` where it can't be read."""
        return self._now()[0]

    @property
    def maker(self) -> Maker:
        """What makes the columns of a table, and what is chosen from."""
        return self._now()[1]

    @property
    def lang(self) -> Lang:
        """The language of the form: that of the strategy."""
        return self.maker.lang

    @property
    def spoken(self) -> Lang:
        """The same where the strategy may be unreadable: German, unless it was read before."""
        return self._read[2].lang if self._read else self._lang or "de"

    def schema(self, table: str) -> TableSchema | None:
        """What is described of a table; nothing where there is none of that name."""
        return self.loaded.descriptor.tables.get(table)

    def table(self, schema: TableSchema) -> Table:
        """The table as it is now; an empty one where there is no file yet."""
        there = self.loaded.strategy.tables.get(schema.name)
        return there or Table(
            name=schema.name,
            file=f"data/{schema.path}",
            header=tuple(schema.columns),
            records=(),
            lines=(),
        )

    def cells(self, schema: TableSchema, number: str) -> dict[str, str] | None:
        """The cells of a row by its place in the table, as an address tells it."""
        table = self.table(schema)
        at = int(number) if number.isascii() and number.isdecimal() and len(number) < DIGITS else -1
        if not 0 <= at < len(table.records):
            return None
        return dict(zip(table.header, table.records[at], strict=False))

    def writes(self, file: str) -> bool:
        """Whether a file, told from the root, is one that the form can write: a table or a text."""
        tables = self.loaded.descriptor.tables.values()
        text = file.startswith(TEXTS) and file.endswith(".md")
        if text:
            return "engine" not in owners_of(file, read_table())
        return file in {f"data/{table.path}" for table in tables}

    def fields(self, schema: TableSchema, cells: Mapping[str, str], *, new: bool) -> list[Field]:
        """The fields for a row of a table with these cells."""
        return [*fields(self.maker, schema, self.table(schema), cells, new=new)]

    def asked(self, schema: TableSchema, further: Mapping[str, Beside] = NO_MORE) -> Askable | None:
        """What can be told of a new row of a table; nothing where it is none that is begun.

        ``further`` is what can be told of other tables besides.
        """
        kind, now = KIND_OF.get(schema.name), self.loaded
        if kind is None:
            return None
        asked = replace(KINDS[kind], beside={**KINDS[kind].beside, **further})
        return Askable(asked, now.descriptor, now.strategy.tables, self.lang)

    def fields_beside(
        self, schema: TableSchema, further: Mapping[str, Beside] = NO_MORE
    ) -> list[Field]:
        """The fields for what is told of other tables with a new row."""
        row = self.asked(schema, further)
        return [*fields_beside(self.maker, row, self.table)] if row else []

    def examine(self, *forms: Filled, pages: bool = True) -> Examined:
        """What a form would change, and what is wrong with it; nothing is written.

        A form may have several rows, each of which knows of those before it.
        Without ``pages`` only tables are checked, which is done at once, and nothing is compared.
        """
        # Before anything is compared: what somebody changes from now on must not be written over.
        seen = {f: f.read_bytes() for f in (self.root / "data").rglob("*.csv")}
        lang, found = self.lang, Examined()
        made = [*self._made(forms, found)]
        all_edits: dict[str, Edits] = {}
        for one in made:
            for name, edits in one.edits.items():
                all_edits.setdefault(name, Edits()).add(edits)
        found.contents = self._contents(all_edits)
        found.before = {f: content for f, content in seen.items() if f in found.contents}
        if not found.contents:
            found.wordings = ()
        with candidate(self.root, found.contents) as copy:
            self._check(copy, made, found, pages=pages)
            wrong = {message.field for message in found.messages if message.stops}
            hints = (
                Message(field=name, text=whole.in_(lang)).of(form.part)
                for form in forms
                for name, whole in form.wider()
            )
            found.messages += [hint for hint in hints if hint.field not in wrong]
            if pages:
                before = read_state(self.root, HERE.in_(lang), (self.root, ""))
                found.comparison = compare(before, read_state(copy, HERE.in_(lang)), lang)
                told_whole = [told.text for told in found.comparison.told]
                found.wordings = [w for w in found.wordings if not w.is_told(told_whole)]
        return found

    def _made(self, forms: Sequence[Filled], found: Examined) -> Iterator[Made]:
        """What comes of each row of a form; what is told of them is put into ``found``."""
        loaded = self.loaded
        tables = {**loaded.strategy.tables}
        used = used_before(self.root, loaded.descriptor)
        for filled in forms:
            name = filled.schema.name
            table = tables.setdefault(name, self.table(filled.schema))
            told = outcome(filled, loaded, tables, self.lang, used)
            messages = [
                *self._typed(filled, forms),
                *(self._twin(filled, forms) or self._merged(filled, told.merged, told.place)),
            ]
            found.messages += [message.of(filled.part) for message in messages]
            found.stale = found.stale or bool(told.merged.conflicts)
            found.place = told.place if found.place is None else found.place
            cells = filled.cells
            found.wordings = [
                *found.wordings,
                *(
                    Wording(f.title, "" if filled.new else f.text, cells[f.name], filled.part)
                    for f in filled.fields
                    if f.kind == "text" and cells[f.name] != ("" if filled.new else f.text)
                ),
            ]
            row = next(iter(told.edits.added), {})
            if row.get("id"):
                found.given = (*found.given, row["id"])
            # What lacks is told first; until then nothing can refer to the row.
            whole = row and filled.new and not filled.lacking()
            asked = self.asked(filled.schema, filled.further) if whole else None
            yield Made(filled=filled, told=told, row=row, asked=asked)
            if row:
                record = tuple(row.get(column, "") for column in table.header)
                tables[name] = replace(
                    table, records=(*table.records, record), lines=(*table.lines, 0)
                )

    def write(self, examined: Examined) -> None:
        """Write what a form changes, or nothing.

        Raises ``KlarplanError`` where somebody has changed the file in the meantime.
        """
        if examined.refused or not examined.contents:
            return
        with writing(self.root):
            replace_unchanged(examined.before, examined.contents)

    def _typed(self, filled: Filled, forms: Sequence[Filled]) -> Iterator[Message]:
        """What lacks, and what can't be read in one way."""
        for lacking in filled.lacking():
            text = lacking.need or NEEDED.in_(self.lang)
            yield Message(field=lacking.name, text=text, stops=True)
        for name, text in filled.lost().items():
            yield Message(field="", text=_lost(name, text).in_(self.lang), stops=True)
        if filled.new or any(f.name == TITLE and f.changed(filled.shown(f)) for f in filled.fields):
            table = self.table(filled.schema)
            rows = (dict(zip(table.header, record, strict=False)) for record in table.records)
            for said in namesakes(filled.schema.name, filled.cells, rows):
                text = together(said, _SAME if filled.new else NOTHING).in_(self.lang)
                yield Message(field=TITLE, text=text)
        if filled.new:
            others = (f for f in forms[: forms.index(filled)] if f.schema is filled.schema)
            above = ({**f.cells, "id": f.part} for f in others)
            if any(namesakes(filled.schema.name, filled.cells, above)):
                yield Message(field=TITLE, text=_ALIKE.in_(self.lang))
            told = filled.schema.name, {**filled.cells_beside, **filled.cells}
            for name, said in asked_back(*told, self.loaded.strategy, self.as_of):
                yield Message(field=name, text=said.in_(self.lang))
        for one in filled.every:
            shown = filled.shown(one)
            said = left_out(unescaped(shown)) if one.changed(shown) else NOTHING
            if said != NOTHING:
                yield Message(field=one.name, text=said.in_(self.lang))
        for remark in filled.doubts():
            yield Message(field=remark.place, text=_told(remark, self.lang), stops=True)

    def _twin(self, filled: Filled, forms: Sequence[Filled]) -> list[Message]:
        """That a part of the form above has the id of this one, which nobody could open."""
        identifier = filled.cells.get("id", "")
        above = (f for f in forms[: forms.index(filled)] if f.schema is filled.schema)
        if not identifier or all(f.cells.get("id") != identifier for f in above):
            return []
        return [Message(field="id", text=_ALIKE_KEY.in_(self.lang), stops=True)]

    def _merged(self, filled: Filled, merged: Merged, place: int | None) -> Iterator[Message]:
        """What the comparison with the file as it is now has brought to light."""
        for remark in merged.faults:
            yield Message(field=remark.place, text=_told(remark, self.lang), stops=True)
        if merged.gone:
            yield Message(field="", text=_GONE.in_(self.lang), stops=True)
        told = any(filled.cells.values()) and not merged.faults
        same = told and not merged.edits.get(filled.schema.name)
        if filled.new and (merged.conflicts or same):
            key = [f.name for f in filled.fields if f.name in filled.schema.row_key]
            text, stops = _THERE.in_(self.lang), bool(merged.conflicts)
            yield Message(field=key[-1] if key else "", text=text, stops=stops)
        elif merged.conflicts:
            yield Message(field="", text=_CHANGED.in_(self.lang), stops=True)
            record = self.table(filled.schema).records[place] if place is not None else ()
            now = dict(zip(self.table(filled.schema).header, record, strict=False))
            held = {f.name: f for f in filled.fields}
            for remark in merged.conflicts:
                cell, one = now.get(remark.place, ""), held[remark.place]
                cell = one.labels.get(cell) or told_cell(cell, one.held, self.maker)
                text = _others(cell).in_(self.lang)
                yield Message(field=remark.place, text=text, stops=True)

    def _contents(self, all_edits: Mapping[str, Edits]) -> dict[Path, bytes]:
        """The files with what is edited, and with the texts of new rows that have none yet."""
        made: dict[Path, bytes] = {}
        for name, edits in all_edits.items():
            table = self.table(self.loaded.descriptor.tables[name])
            file = self.root / table.file
            if edits and file.is_file():
                made[file] = edited(file, table.file, edits)
            elif edits:
                rows = [[row.get(n, "") for n in table.header] for row in edits.added]
                made[file] = table_bytes(table.header, rows)
        for name, edits in all_edits.items():
            for row in edits.added:
                if name in ROW_CHAPTERS and row.get("id"):
                    text = self.root / prose_file(name, row["id"])
                    if not text.exists():
                        made[text] = own_text(Words(self.loaded.strategy.settings.lang)).encode()
        return made

    def _check(self, copy: Path, made: Sequence[Made], found: Examined, *, pages: bool) -> None:
        """Add what the check finds in the rows, and the errors that the form would bring about."""
        names = {self.table(one.filled.schema).file: one.filled.schema.name for one in made}
        now = {f: csv_reader.read(copy / f, name, f)[0] for f, name in names.items()}
        called = {one.row["id"]: self._called(one.filled) for one in made if one.row.get("id")}
        given = {
            f"{one.filled.part}{f.name}"
            for one in made
            for f in one.filled.fields
            if one.filled.new and f.kind == "fixed"
        }
        typed = {message.field for message in found.messages if message.stops} - {""} | given
        checked = examine(copy, self.as_of, pages=pages)
        before = None if pages else self._found
        new = only_new(checked.findings, self.root, self.as_of, before=before)

        def placed(finding: Finding) -> tuple[Made, str | None]:
            fields = ((one, one.field_of(finding, copy, now.get(finding.file))) for one in made)
            return next((f for f in fields if f[1] is not None), (made[0], None))

        for first in checked.findings:
            # Of what is told once of many rows, that of a row of the form is told.
            also = {*first.also}
            at = [f for f in checked.single if also and f.rule == first.rule and f.place in also]
            finding = next((f for f in (first, *at) if placed(f)[1] is not None), first)
            one, field = placed(finding)
            name = f"{one.filled.part}{field}" if field else ""
            if name in typed or (field is None and first not in new):
                continue
            seen = AsTold(
                given=called,
                here={lang: _here(one, lang) for lang in LANGS},
                back=one.told.back,
                merged=one.told.merged,
                descriptor=self.loaded.descriptor,
                read=now.get,
            )
            shown = seen.told(finding)
            cure = _HERE if field and field == one.lack(finding) else shown.cure
            text = _told(Remark("", shown.problem, cure), self.lang)
            text = text if field is not None else f"{self._of_another(finding)}: {text}"
            # What was wrong before keeps nobody from mending something else.
            found.messages.append(Message(field=name, text=text, stops=first in new))

    def _found(self) -> Sequence[Finding]:
        """What the check of tables finds in the files as they are, kept until one changes.

        Whoever types asks again and again; before anything is written, all is looked at anew.
        """
        stand = [*_states(self.root)]
        if self._checked is None or self._checked[0] != stand:
            self._checked = stand, check(self.root, self.as_of, pages=False)
        return self._checked[1]

    def _called(self, filled: Filled) -> str:
        """What a new row is called while nobody knows its id: by its title, else by its kind."""
        cells, kind = filled.cells, KIND_OF.get(filled.schema.name, "row")
        title = next((cells[name] for name in TITLES if cells.get(name)), "")
        return title or spoken(self.lang)(f"form.new.{kind}" if kind != "row" else "form.new_row")

    def _of_another(self, finding: Finding) -> str:
        """The table that a finding is about, where it is none of the row."""
        tables = self.loaded.descriptor.tables.values()
        found = (t for t in tables if f"data/{t.path}" == finding.file)
        return next((t.said(self.lang).title or t.name for t in found), finding.file or "")


def _states(root: Path) -> Iterator[tuple[str, int, int]]:
    """The files that a check of tables may look at, and what tells whether they were changed."""
    for name in (*FOLDERS, "local"):
        for path in sorted((root / name).rglob("*")):
            state = path.lstat()
            yield str(path), state.st_size, state.st_mtime_ns


def _here(made: Made, lang: Lang) -> dict[str, str]:
    """The fields for columns of other tables, as sentences name those, and by their name alone."""
    marks, found = "“”" if lang == "en" else "„“", dict[str, str]()
    row = made.asked
    if row is None or not made.filled.beside:
        return found
    for name, one in row.beside.items():
        said = row.described[one.table].said(lang)
        column = f"{marks[0]}{said.title_of(one.column)}{marks[1]}"
        of = f"{column} {'of' if lang == 'en' else 'von'} {marks[0]}{said.title}{marks[1]}"
        found[of] = f"{marks[0]}{row.titles(name).in_(lang)}{marks[1]}"
    return found


def _tables(root: Path, row: Askable) -> Mapping[str, Table]:
    """The tables below ``root`` that a row is told beside."""
    found = {}
    for name in {one.table for one in row.beside.values()}:
        file = f"data/{row.described[name].path}"
        table = csv_reader.read(root / file, name, file)[0] if (root / file).is_file() else None
        if table:
            found[name] = table
    return found


def _told(remark: Remark, lang: Lang) -> str:
    return " ".join(filter(None, (remark.problem.in_(lang), remark.cure.in_(lang))))


def _lost(name: str, text: str) -> Text:
    return Text(
        f"Die Spalte „{name}“ gibt es nicht mehr. Eingetragen hatten Sie: „{text}“. Kopieren Sie "
        "es, wenn Sie es noch brauchen; gehen Sie weiter, fällt es weg.",
        f"There is no column “{name}” any more. You had typed: “{text}”. Copy it if you still "
        "need it; if you go on, it is left out.",
    )


def _others(now: str) -> Text:
    de, en = (f"„{now}“", f"“{now}”") if now else ("nichts mehr", "nothing any more")
    return Text(
        f"In der Datei steht hier jetzt {de}. Was Sie eingegeben haben, ersetzt das, wenn Sie es "
        "stehen lassen.",
        f"The file now has {en} here. What you have typed replaces it if you leave it.",
    )
