"""Rules on files that do nothing where they lie: empty pages, lost documents, old tables."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.pages.file_names import LEFTOVERS
from klarplan.pages.files import told
from klarplan.processes import git
from klarplan.strategy.addresses import ROW_FOLDERS

_TABLES = (".csv", ".tsv", ".xlsx", ".ods")
_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf")


@rule(
    "KP055",
    title=Text("Tabelle in einem Unterordner", "Table in a folder of its own"),
    de="Tabellen liegen in data/ selbst; was in einem Ordner darunter liegt, wird nicht gelesen.",
    severity="warning",
)
def table_below(subject: Subject) -> Iterator[Finding]:
    """Tables lie in data/ itself; those in a folder below it are not read."""
    root = subject.loaded.root
    for path in sorted((root / "data").glob("*/**/*")):
        if path.suffix.lower() not in _TABLES or LEFTOVERS.fullmatch(path.name):
            continue
        file, there = path.relative_to(root).as_posix(), root / "data" / path.name
        cure = Text(f"Verschieben Sie sie nach data/{path.name}.", f"Move it to data/{path.name}.")
        if there.exists():
            cure = Text(
                f"Gelesen wird data/{path.name}. Löschen Sie die alte Fassung; git bewahrt "
                "sie auf.",
                f"data/{path.name} is read. Delete the old version; git keeps each of them.",
            )
        yield Finding(
            rule="",
            file=file,
            problem=Text(
                "Tabellen in Ordnern unter data/ werden nicht gelesen und nicht veröffentlicht.",
                "Tables in folders below data/ are neither read nor published.",
            ),
            cure=cure,
            cause=("folder", path.parent.relative_to(root).as_posix(), str(there.exists())),
        )


@rule(
    "KP749",
    title=Text("Dokument ohne Link", "Document without link"),
    de="Zu einem Dokument aus einer Textverarbeitung unter docs/ führt ein Link; eine Seite wird "
    "nicht daraus.",
    severity="warning",
    pages=True,
)
def unlinked_document(subject: Subject) -> Iterator[Finding]:
    """A link leads to each document of a word processor below docs/; it becomes no page."""
    found = [
        beside
        for beside in subject.beside_pages
        if beside.file.startswith("docs/") and beside.path.suffix.lower() in _DOCUMENTS
    ]
    if not found:
        return
    texts = (*(page.text for page in subject.pages), *(cell.text for cell in subject.text_cells))
    shown = told(texts)
    for beside in found:
        if beside.fault or beside.path.name.casefold() in shown:
            continue
        link = f"[{beside.path.stem}]({beside.file.removeprefix('docs/')})"
        yield Finding(
            rule="",
            file=beside.file,
            problem=Text(
                "Zu diesem Dokument führt kein Link; es wird veröffentlicht, aber niemand findet "
                "es.",
                "No link leads to this document; it is published, but nobody will find it.",
            ),
            cure=Text(
                "Soll sein Text eine Seite werden, übernehmen Sie ihn in "
                f"{beside.file.rpartition('.')[0]}.md. Soll man es herunterladen, setzen Sie auf "
                f"einer Seite einen Link: {link}",
                "If its text is to become a page, take it over into "
                f"{beside.file.rpartition('.')[0]}.md. If people are to download it, put a link on "
                f"a page: {link}",
            ),
        )


@rule(
    "KP759",
    title=Text("Leere Seite", "Empty page"),
    de="Eine Seite hat Text; eine zu einem Eintrag darf auch nur eine Beschreibung haben.",
    severity="warning",
    pages=True,
)
def empty_page(subject: Subject) -> Iterator[Finding]:
    """A page has text; one of a row may have nothing but a description."""
    for page in subject.pages:
        of_row = page.file.rpartition("/")[0] in ROW_FOLDERS
        if page.source.body.strip() or page.source.meta_fault or (of_row and page.meta):
            continue
        size = git(subject.loaded.root, "cat-file", "-s", f"HEAD:./{page.file}") or b"0"
        cure = Text(
            "Schreiben Sie den Text, oder löschen Sie die Datei.",
            "Write the text, or delete the file.",
        )
        if int(size) > len(page.text.encode()):
            cure = Text(
                f"Holen Sie den Text zurück: git checkout HEAD -- {page.file}",
                f"Get the text back: git checkout HEAD -- {page.file}",
            )
        yield Finding(
            rule="",
            file=page.file,
            problem=Text("Diese Seite hat keinen Text.", "This page has no text."),
            cure=cure,
        )
