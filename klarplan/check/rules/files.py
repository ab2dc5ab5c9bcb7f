"""Rules on files beside the pages: what lies in docs/ and strategy/ is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.pages.file_kinds import FONTS
from klarplan.pages.files import Fault

FOLDERS = ("data", "docs", "strategy")


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            yield path, path.relative_to(root).as_posix()


@rule(
    "KP741",
    title=Text("Symbolischer Link", "Symbolic link"),
    de="Unter data/, docs/ und strategy/ liegen keine symbolischen Links: Was sie zeigen, wäre "
    "nicht geprüft oder nicht öffentlich.",
)
def symbolic_link(subject: Subject) -> Iterator[Finding]:
    """Below data/, docs/ and strategy/ there are no symbolic links to the unchecked or secret."""
    root = subject.loaded.root.resolve()
    folders = [
        (path, name)
        for name in FOLDERS
        if not (path := subject.loaded.root / name).resolve().is_relative_to(root)
    ]
    for path, name in (*folders, *_files(subject.loaded.root)):
        if path.is_symlink():
            yield Finding(
                rule="",
                file=name,
                problem=Text(
                    "Die Datei ist ein symbolischer Link.", "The file is a symbolic link."
                ),
                cure=Text(
                    "Ersetzen Sie ihn durch die Datei selbst.", "Replace it by the file itself."
                ),
            )


@rule(
    "KP742",
    title=Text("Datei, die nicht veröffentlicht wird", "File that is not published"),
    de="Unter docs/ und strategy/ liegen nur Seiten, Bilder, Dokumente, Tabellen, Töne und Filme "
    "bekannter Arten; ihr Inhalt passt zu ihrer Endung, und ihre Namen sind einfach.",
    pages=True,
)
def unknown_file(subject: Subject) -> Iterator[Finding]:
    """Below docs/ and strategy/ are only pages and files of known kinds, under plain names."""
    for found in subject.beside_pages:
        if subject.settings_unread and found.path.suffix.lower() in FONTS:
            continue  # nobody knows whether this is the folder of a typeface
        if found.fault and not (found.is_drawing and found.path.is_file()):
            yield _finding(found.file, found.fault)


@rule(
    "KP743",
    title=Text("Mehr als ein Standbild", "More than a still picture"),
    de="SVG-Bilder enthalten nur, was ein Standbild braucht: keinen Programmcode, keine Bewegung "
    "und keine Verweise.",
    pages=True,
)
def active_image(subject: Subject) -> Iterator[Finding]:
    """SVG images hold what a still picture needs: no code, no motion, no links."""
    for found in subject.beside_pages:
        if found.fault and found.is_drawing and found.path.is_file():
            yield _finding(found.file, found.fault)


def _finding(file: str, fault: Fault) -> Finding:
    return Finding(rule="", file=file, line=fault.line, problem=fault.problem, cure=fault.cure)


@rule(
    "KP744",
    title=Text("Tabelle ohne Beschreibung", "Table without description"),
    de="Jede CSV-Datei unter data/ ist in data/datapackage.json beschrieben.",
    severity="warning",
)
def undescribed(subject: Subject) -> Iterator[Finding]:
    """Each CSV file below data/ is described in data/datapackage.json."""
    known = [table.path for table in subject.loaded.descriptor.tables.values()]
    for path in sorted((subject.loaded.root / "data").glob("*")):
        if path.suffix.lower() not in (".csv", ".tsv", ".xlsx", ".ods") or path.name in known:
            continue
        guess = did_you_mean(path.name, known)
        yield Finding(
            rule="",
            file=f"data/{path.name}",
            problem=Text(
                "Diese Datei ist nicht beschrieben und wird nirgends veröffentlicht.",
                "This file is not described and published nowhere.",
            ),
            cure=guess
            if guess != NOTHING
            else Text(
                "Beschreiben Sie sie in data/datapackage.json oder löschen Sie sie.",
                "Describe it in data/datapackage.json or delete it.",
            ),
            cause=("file", f"data/{path.name}"),
        )
