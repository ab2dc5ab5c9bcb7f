"""Rules on pages as files: what they belong to, and what stands in their front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from klarplan.check import texts
from klarplan.check.rules.registry import declare, rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page
from klarplan.messages import NOTHING, Finding, Text, did_you_mean, first_of, near
from klarplan.pages.file_names import same_but_for_case
from klarplan.pages.files import name_fault
from klarplan.pages.front_matter import KEYS
from klarplan.strategy.addresses import ROW_FOLDERS
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS
from klarplan.strategy.csv_reader import CONFLICT
from klarplan.strategy.periods import FOLDER, prose_name
from klarplan.strategy.settings import SETTINGS

declare(
    texts.UNREADABLE,
    Text("Seite nicht lesbar", "Page not readable"),
    Text(
        "Seiten sind in UTF-8 gespeichert und nicht länger als 300 kB.",
        "Pages are saved in UTF-8 and not longer than 300 kB.",
    ),
)
declare(
    texts.FRONT_MATTER_BROKEN,
    Text("Kopf der Seite fehlerhaft", "Front matter broken"),
    Text(
        "Der Kopf einer Seite steht am Anfang zwischen zwei Zeilen mit ---, und er ist gültiges "
        "YAML.",
        "The front matter of a page is at its beginning between two lines of ---, and valid YAML.",
    ),
)
declare(
    texts.NOT_RENDERED,
    Text("Seite nicht umwandelbar", "Page not rendered"),
    Text("Seiten lassen sich in HTML umwandeln.", "Pages can be rendered as HTML."),
)

declare(
    texts.TOO_MUCH,
    Text("Seite zu verwickelt", "Page too tangled"),
    Text(
        "Ein Absatz und eine Seite enthalten nicht mehr Klammern, Überschriften und Fußnoten, als "
        "ein Mensch lesen kann.",
        "A paragraph and a page hold no more brackets, headings and footnotes than people can "
        "read.",
    ),
)
declare(
    texts.TOO_MANY,
    Text("Zu viele Texte", "Too many texts"),
    Text(
        f"docs/ und strategy/ enthalten zusammen höchstens {texts.MOST_FILES} Dateien, davon "
        f"{texts.MOST_PAGES} Texte mit zusammen {texts.MOST_LETTERS // 1_000_000} MB.",
        f"docs/ and strategy/ together hold at most {texts.MOST_FILES} files, among them "
        f"{texts.MOST_PAGES} texts of together {texts.MOST_LETTERS // 1_000_000} MB.",
    ),
)


@rule(
    "KP704",
    title=Text("Angabe im Kopf ohne Wirkung", "Front matter without effect"),
    de="Der Kopf einer Seite nennt nur title, description und lang, jeweils als Text, der nicht "
    "mit # oder typografischen Anführungszeichen beginnt.",
    severity="warning",
    pages=True,
)
def front_matter_key(subject: Subject) -> Iterator[Finding]:
    """Front matter names title, description and lang only, as text without # or curly quotes."""
    for page in subject.pages:
        for key, (value, line) in page.meta.items():
            if slip := page.source.slip(key) if key in KEYS else None:
                yield Finding(
                    rule="",
                    file=page.file,
                    line=line,
                    value=shown(value or "") or None,
                    problem=slip.problem,
                    cure=slip.cure,
                    fix=slip.fix,
                )
                continue
            if key in KEYS and isinstance(value, str | None):
                continue
            guess = did_you_mean(key, KEYS)
            known = key in KEYS
            yield Finding(
                rule="",
                file=page.file,
                line=line,
                value=shown(key),
                problem=Text(
                    f"„{shown(key)}“ muss ein Text sein."
                    if known
                    else f"„{shown(key)}“ im Kopf der Seite hat keine Wirkung.",
                    f"“{shown(key)}” must be a text."
                    if known
                    else f"“{shown(key)}” in the front matter has no effect.",
                ),
                cure=Text("Setzen Sie ihn in Anführungszeichen.", "Put it into quotation marks.")
                if known
                else guess
                if guess != NOTHING
                else Text("Löschen Sie die Zeile.", "Delete the line."),
            )


@rule(
    "KP705",
    title=Text("Text ohne Eintrag", "Text without row"),
    de="Zu jedem Text in strategy/goals, fields, measures, indicators und decisions gibt es eine "
    "Zeile mit derselben Kennung, zu jedem in strategy/reports Meldungen für diesen Zeitraum.",
    pages=True,
)
def prose_without_row(subject: Subject) -> Iterator[Finding]:
    """Each text belongs to a row with the same id, or to a period that was reported for."""
    yield from _reports_without_period(subject)
    for page in subject.pages:
        for table, chapter in ROW_CHAPTERS.items():
            name = re.fullmatch(re.escape(chapter.folder) + r"/([^/]+)\.md", page.file)
            if name is None or name[1] == "index":
                continue
            ids = [row.id for row in getattr(subject.strategy, table)]
            if name[1] in ids or name_fault(page.path.name):
                continue
            guess = did_you_mean(name[1], ids)
            if same := same_but_for_case(name[1], ids):
                guess = Text(
                    f"Benennen Sie die Datei um in {same}.md; Groß- und Kleinbuchstaben zählen.",
                    f"Rename the file to {same}.md; capital and small letters are not the same.",
                )
            described = subject.loaded.descriptor.tables.get(table)
            path = described.path if described else f"{table}.csv"
            other = Text(
                f"Ergänzen Sie die Zeile in data/{path}, oder benennen Sie die Datei um.",
                f"Add the row to data/{path}, or rename the file.",
            )
            yield Finding(
                rule="",
                file=page.file,
                line=1,
                value=shown(name[1]),
                problem=Text(
                    f"Zu diesem Text gibt es in data/{path} keine Zeile „{shown(name[1])}“.",
                    f"There is no row “{shown(name[1])}” in data/{path} for this text.",
                ),
                cure=guess if guess != NOTHING else other,
                cause=("id", name[1]),
            )


def _reports_without_period(subject: Subject) -> Iterator[Finding]:
    names = {prose_name(r.period): None for r in subject.strategy.status_reports if r.period}
    for page in subject.pages:
        folder, _, name = page.file.rpartition("/")
        name = name.removesuffix(".md")
        if folder != FOLDER or name == "index" or name in names:
            continue
        guess = did_you_mean(name, names)
        listed = first_of(names)
        yield Finding(
            rule="",
            file=page.file,
            line=1,
            value=shown(name),
            problem=Text(
                f"Für den Zeitraum „{shown(name)}“ gibt es keine Meldung.",
                f"There is no status report for the period “{shown(name)}”.",
            ),
            cure=guess
            if guess != NOTHING
            else Text(
                f"Benennen Sie die Datei nach einem Zeitraum. Gemeldet wurde für: {shown(listed)}.",
                f"Name the file after a period. Reported periods: {shown(listed)}.",
            )
            if names
            else Text(
                "Füllen Sie die Spalte period in data/status_reports.csv, oder löschen Sie die "
                "Datei.",
                "Fill the column period of data/status_reports.csv, or delete the file.",
            ),
        )


STRATEGY = "strategy"
"""The folder of chapters; those below it belong to one table each."""


@rule(
    "KP706",
    title=Text("Seite wird nicht veröffentlicht", "Page is not published"),
    de="Seiten unter strategy/ tragen den Namen eines Kapitels oder eines Eintrags; "
    "andere werden nicht veröffentlicht.",
    severity="warning",
    pages=True,
)
def unpublished(subject: Subject) -> Iterator[Finding]:
    """Pages below strategy/ are named after a chapter or a row; others are not published."""
    known = {chapter.prose: name for name, chapter in CHAPTERS.items()}
    chapters = subject.strategy.settings.chapters
    for page in subject.pages:
        folder = page.file.rpartition("/")[0]
        chapter = known.get(page.file)
        if page.is_docs or chapter in chapters:
            continue
        rows = folder in (*ROW_FOLDERS, FOLDER)
        if chapter is None and rows and not page.file.endswith("/index.md"):
            continue
        guess = _place(subject, page) or _free(subject, page, known)
        if same := same_but_for_case(folder, (*ROW_FOLDERS, FOLDER)):
            guess = Text(
                f"Der Ordner heißt {same}, klein geschrieben; legen Sie die Datei dorthin.",
                f"The folder is called {same}, in small letters; move the file there.",
            )
        left_out = Text(
            f"Das Kapitel „{chapter}“ steht nicht unter chapters in strategy/strategy.yml.",
            f"The chapter “{chapter}” is not among the chapters of strategy/strategy.yml.",
        )
        yield Finding(
            rule="",
            file=page.file,
            line=1,
            cause=("folder", folder) if folder != STRATEGY and chapter is None else None,
            problem=Text(
                "Diese Seite gehört zu keinem Kapitel und wird nicht veröffentlicht.",
                "This page belongs to no chapter and is not published.",
            )
            if chapter is None
            else left_out,
            cure=guess
            if chapter is None
            else Text(
                "Ergänzen Sie es dort oder löschen Sie die Seite.", "Add it or delete the page."
            ),
        )


_COPY = re.compile(r"(?i)( ?\(\d+\)| ?[-_] ?(kopie|copy|neu|alt|new|old|v?\d+)( ?\(\d+\))?)+$")


def _free(subject: Subject, page: Page, known: Iterable[str]) -> Text:
    """What to do with a page that is called like no chapter; one that is there stays as it is."""
    by_stem = {PurePosixPath(file).stem: file for file in known if file.count("/") == 1}
    there = {s: f for s, f in by_stem.items() if (subject.loaded.root / f).exists()}
    if found := near(_COPY.sub("", page.path.stem), there):
        original = there[found[0]]
        return Text(
            f"{original} gibt es schon: Übernehmen Sie, was dort fehlt, und löschen Sie diese "
            "Datei.",
            f"{original} is there already: take over what it lacks, and delete this file.",
        )
    free = {s: f for s, f in by_stem.items() if s not in there}
    guess = did_you_mean(page.file, [free[stem] for stem in near(page.path.stem, free)])
    names = ", ".join(f"{name}.md" for name in free)
    if guess != NOTHING or page.file.count("/") > 1:
        return guess
    call = f"Benennen Sie die Datei nach ihrem Kapitel ({names}), oder übernehmen" if free else (
        "Übernehmen"
    )  # fmt: skip
    call_en = f"Call the file like its chapter ({names}), or take" if free else "Take"
    return Text(
        f"{call} Sie den Text in die Seite, zu der er gehört, und löschen Sie die Datei.",
        f"{call_en} the text over into the page that it belongs to, and delete the file.",
    )


def _place(subject: Subject, page: Page) -> Text | None:
    """Where a page belongs that is called like a row."""
    folder = page.file.rpartition("/")[0]
    name = page.path.name.removesuffix(".md")
    for table, chapter in ROW_CHAPTERS.items():
        if any(row.id == name for row in subject.strategy.entries(table)):
            right = f"{chapter.folder}/{page.path.name}"
            if folder != STRATEGY:
                return Text(
                    f"Benennen Sie den Ordner um in {chapter.folder}, oder verschieben Sie die "
                    "Datei dorthin.",
                    f"Rename the folder to {chapter.folder}, or move the file there.",
                )
            return Text(f"Verschieben Sie sie nach {right}.", f"Move it to {right}.")
    return None


@rule(
    "KP707",
    title=Text("Rest eines Git-Konflikts", "Left over from a git conflict"),
    de="Texte und Einstellungen enthalten keine Markierungen eines Git-Konflikts.",
    pages=True,
)
def conflict(subject: Subject) -> Iterator[Finding]:
    """Texts and settings hold no markers of a conflict in git."""
    for file, lines in subject.texts.items():
        if file == SETTINGS and any(f.rule == "KP707" for f in subject.loaded.findings):
            continue  # told as the reason why the settings can't be read
        for number, line in enumerate(lines, 1):
            if CONFLICT.match(line):
                yield Finding(
                    rule="",
                    file=file,
                    line=number,
                    value=shown(line),
                    cause=("conflict", file),
                    problem=Text(
                        "Hier ist eine Markierung eines Git-Konflikts stehen geblieben.",
                        "A marker of a git conflict was left here.",
                    ),
                    cure=Text(
                        "Entscheiden Sie sich für eine der beiden Fassungen und löschen Sie die "
                        "Zeilen mit <<<<<<<, ======= und >>>>>>>.",
                        "Choose one of the two versions and delete the lines with <<<<<<<, ======= "
                        "and >>>>>>>.",
                    ),
                )
