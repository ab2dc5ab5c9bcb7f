"""Rules on files beside the pages: what lies in docs/ and strategy/ is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from klarplan.check.rules.links import linked_files
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.photos import LONGEST_SIDE, MOST_BYTES, SHRINKABLE
from klarplan.look.row_pictures import PICTURE_FOLDER
from klarplan.messages import NOTHING, Finding, Text, did_you_mean, near
from klarplan.pages.file_names import LEFTOVERS, in_address
from klarplan.pages.files import Fault, name_fault, names, told
from klarplan.strategy.addresses import page_url
from klarplan.strategy.chapters import ROW_CHAPTERS

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
    told = Finding(rule="", file=file, line=fault.line, problem=fault.problem, cure=fault.cure)
    return replace(told, cause=("file", file))


@rule(
    "KP744",
    title=Text("Tabelle ohne Beschreibung", "Table without description"),
    de="Jede Tabelle unter data/ ist in data/datapackage.json beschrieben und heißt genau so, wie "
    "es dort steht.",
)
def undescribed(subject: Subject) -> Iterator[Finding]:
    """Each table below data/ is described in data/datapackage.json, and called as it says."""
    data = subject.loaded.root / "data"
    known = [table.path for table in subject.loaded.descriptor.tables.values()]
    yield from _elsewhere(subject.loaded.root, known)
    for path in sorted(data.glob("*")):
        if path.name in known or not _TABLE.fullmatch(path.name) or LEFTOVERS.fullmatch(path.name):
            continue
        table = _table(path.name)
        meant = next((k for k in known if k.casefold() == table), None)
        missing = [name for name in known if not (data / name).exists()]
        guess = near(path.stem, [Path(name).stem for name in missing])
        problem, cure = _NOT_DESCRIBED, did_you_mean(path.name, [f"{name}.csv" for name in guess])
        there = [Path(name).stem for name in known if name not in missing]
        if meant is None and cure == NOTHING and (same := near(path.stem, there)):
            meant = f"{same[0]}.csv"
        lost = False
        if meant is not None and (data / meant).is_file():
            problem, cure = _beside(meant)
        elif meant is not None and _COPY.sub("", path.stem) == path.stem:
            problem, cure = _called(path, meant)
            lost = path.suffix.lower() in (".csv", ".txt")
        elif cure == NOTHING:
            cure = _DESCRIBE
        yield Finding(
            rule="",
            severity="error" if lost else "warning",
            file=f"data/{path.name}",
            problem=problem,
            cure=cure,
            cause=("file", f"data/{path.name}"),
        )


def _elsewhere(root: Path, known: Iterable[str]) -> Iterator[Finding]:
    """Tables that lie beside data/ and are missing there."""
    for name in known:
        for folder in () if (root / "data" / name).exists() else ("", "strategy/", "docs/"):
            if (root / f"{folder}{name}").is_file():
                yield Finding(
                    rule="",
                    severity="error",
                    file=f"{folder}{name}",
                    problem=Text(
                        "Die Tabelle wird hier nicht gelesen; Tabellen liegen in data/.",
                        "The table is not read here; tables are in data/.",
                    ),
                    cure=Text(f"Verschieben Sie sie nach data/{name}.", f"Move it to data/{name}."),
                    cause=("file", f"{folder}{name}"),
                )


_TABLE = re.compile(r".*\.(csv|tsv|xlsx|ods)(\.(txt|csv))?", re.IGNORECASE)
_COPY = re.compile(
    r"( ?\(\d+\)| ?[-_] ?(kopie|copy)( ?\(\d+\))?|[-_ ](neu|alt|new|old|v?\d+))+$", re.IGNORECASE
)


def _table(name: str) -> str:
    """The table, in small letters, that a copy or a file in another format is of."""
    stem = re.sub(r"(?i)(\.(csv|tsv|xlsx|ods|txt))+$", "", name)
    return f"{_COPY.sub('', stem)}.csv".casefold()


def _beside(meant: str) -> tuple[Text, Text]:
    return (
        Text(
            f"Neben {meant} liegt eine zweite Fassung; sie wird nicht gelesen.",
            f"Beside {meant} lies a second version; it is not read.",
        ),
        Text(
            f"Übernehmen Sie, was in {meant} fehlt, und löschen Sie diese Datei.",
            f"Take over what {meant} lacks, and delete this file.",
        ),
    )


def _called(path: Path, meant: str) -> tuple[Text, Text]:
    if path.suffix.lower() in (".xlsx", ".ods"):
        return (
            Text(
                f"Gelesen wird nur CSV; die Tabelle heißt {meant}.",
                f"Only CSV is read; the table is called {meant}.",
            ),
            Text(
                f"Speichern Sie das Blatt als „CSV UTF-8“ unter dem Namen {meant}.",
                f"Save the sheet as “CSV UTF-8” under the name {meant}.",
            ),
        )
    return (
        Text(
            f"Die Datei wird nicht gelesen: Die Tabelle heißt {meant}, genau so geschrieben.",
            f"The file is not read: the table is called {meant}, written exactly so.",
        ),
        Text(f"Benennen Sie sie um in {meant}.", f"Rename it to {meant}."),
    )


_NOT_DESCRIBED = Text(
    "Diese Datei ist nicht beschrieben und wird nirgends veröffentlicht.",
    "This file is not described and published nowhere.",
)
_DESCRIBE = Text(
    "Beschreiben Sie sie in data/datapackage.json oder löschen Sie sie.",
    "Describe it in data/datapackage.json or delete it.",
)
_DOCUMENTS = (".docx", ".odt", ".txt")


@rule(
    "KP745",
    title=Text("Text in einem Dokument", "Text in a document"),
    de="Der Text zu einem Eintrag steht in einer Datei mit der Endung .md, nicht in einem "
    "Dokument, das so heißt wie der Eintrag.",
    pages=True,
)
def text_in_document(subject: Subject) -> Iterator[Finding]:
    """The text of a row is in a file that ends in .md, not in a document called like the row."""
    linked = {target for page in subject.pages for target in linked_files(page)}
    for table, chapter in ROW_CHAPTERS.items():
        ids = {row.id.casefold(): row.id for row in subject.strategy.entries(table)}
        for path in sorted((subject.loaded.root / chapter.folder).glob("*")):
            identifier = ids.get(path.stem.casefold())
            file = f"{chapter.folder}/{path.name}"
            if identifier is None or path.suffix.lower() not in _DOCUMENTS or file in linked:
                continue
            text = f"{chapter.folder}/{identifier}.md"
            there = (subject.loaded.root / text).is_file()
            yield Finding(
                rule="",
                severity="warning" if there else "error",
                file=file,
                problem=Text(
                    f"Ein Dokument ist nicht der Text zu {identifier}; als Text gelesen wird nur "
                    f"{text}.",
                    f"A document is not the text of {identifier}; only {text} is read as text.",
                ),
                cure=Text(
                    f"Übernehmen Sie seinen Text in {text}, und löschen Sie das Dokument; soll man "
                    "es herunterladen können, setzen Sie in einem Text einen Link darauf.",
                    f"Take its text over into {text}, and delete the document; if people are to "
                    "download it, link to it in a text.",
                ),
            )


@rule(
    "KP746",
    title=Text("Adresse mit Umlaut oder Leerzeichen", "Address with umlaut or space"),
    de="Seiten und Ordner unter docs/ heißen so, dass ihre Adresse ohne Umlaute und Leerzeichen "
    "auskommt.",
    severity="warning",
    pages=True,
)
def awkward_address(subject: Subject) -> Iterator[Finding]:
    """Pages and folders below docs/ are called so that addresses do without umlauts and spaces."""
    for page in subject.pages:
        better = in_address(page.file)
        if page.is_docs and better != page.file and name_fault(page.path.name) is None:
            address = page_url(page.file.removeprefix("docs/"))
            yield Finding(
                rule="",
                file=page.file,
                problem=Text(
                    f"Die Adresse der Seite wäre „{address}“; mit Umlauten und Leerzeichen lässt "
                    "sie sich schlecht drucken und weitergeben.",
                    f"The address of the page would be “{address}”; with umlauts and spaces it is "
                    "hard to print and to pass on.",
                ),
                cure=Text(
                    f"Benennen Sie die Datei um in {better}, und passen Sie Links auf sie an.",
                    f"Rename the file to {better}, and adapt links to it.",
                ),
            )


_PICTURES = (*SHRINKABLE, ".gif", ".avif")


@rule(
    "KP747",
    title=Text("Großes Bild", "Heavy picture"),
    de=f"Bilder über {MOST_BYTES // 1_000_000} MB werden verkleinert veröffentlicht; die Datei "
    "bleibt, wie sie ist. Bewegte Bilder lassen sich nicht verkleinern.",
    severity="warning",
    pages=True,
)
def heavy_picture(subject: Subject) -> Iterator[Finding]:
    """Pictures above 8 MB are published smaller, the file stays; moving ones can't be made so."""
    for found in subject.beside_pages:
        ending = found.path.suffix.lower()
        if found.fault or ending not in _PICTURES or not found.path.is_file():
            continue
        megabytes = found.path.stat().st_size / 1_000_000
        if megabytes <= MOST_BYTES / 1_000_000:
            continue
        size = Text(f"{megabytes:.1f} MB".replace(".", ","), f"{megabytes:.1f} MB")
        shrinks = ending in SHRINKABLE
        yield Finding(
            rule="",
            severity="notice" if shrinks else "warning",
            file=found.file,
            problem=Text(
                f"Das Bild hat {size.de}; "
                + ("veröffentlicht wird es kleiner." if shrinks else "das lädt lange."),
                f"The picture has {size.en}; "
                + ("it is published smaller." if shrinks else "it takes long to load."),
            ),
            cure=Text(
                f"Zu tun ist nichts; {LONGEST_SIDE} Bildpunkte an der längeren Seite genügen.",
                f"Nothing is to be done; {LONGEST_SIDE} pixels on the longer side are enough.",
            )
            if shrinks
            else Text("Speichern Sie es kleiner, oder als MP4.", "Save it smaller, or as MP4."),
        )


@rule(
    "KP748",
    title=Text("Bild ohne Text", "Picture without text"),
    de="Zu jedem Bild und jeder anderen Datei unter strategy/ gibt es einen Text oder eine Zeile "
    "von pictures.csv, die sie nennen; veröffentlicht wird sie nur, wenn diese öffentlich sind.",
    severity="warning",
    pages=True,
)
def unnamed_file(subject: Subject) -> Iterator[Finding]:
    """A text or a picture names each file below strategy/; what no public one names stays here."""
    shown = told(page.text for page in subject.pages)
    pictures = {f"{PICTURE_FOLDER}/{picture.file}" for picture in subject.strategy.pictures}
    documents = {finding.file for finding in text_in_document(subject)}
    for found in subject.beside_pages:
        known = found.file in documents or found.file in pictures
        if not (found.fault or known or names(shown, found.file)):
            row = found.file.startswith(f"{PICTURE_FOLDER}/")
            yield Finding(
                rule="",
                file=found.file,
                problem=Text(
                    "Keine Zeile von pictures.csv und kein Text nennt dieses Bild; es wird nicht "
                    "veröffentlicht.",
                    "No row of pictures.csv and no text names this picture; it is not published.",
                )
                if row
                else Text(
                    "Kein Text nennt diese Datei; sie wird nicht veröffentlicht.",
                    "No text names this file; it is not published.",
                ),
                cure=Text(
                    "Tragen Sie es in data/pictures.csv ein, oder löschen Sie die Datei.",
                    "Enter it in data/pictures.csv, or delete the file.",
                )
                if row
                else Text(
                    "Verweisen Sie in einem Text darauf, oder löschen Sie die Datei. Was ohne Text "
                    "veröffentlicht werden soll, gehört nach docs/.",
                    "Link to it in a text, or delete it. What is to be published without a text "
                    "belongs into docs/.",
                ),
                cause=("file", found.file),
            )
