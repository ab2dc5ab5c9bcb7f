"""Rules on pictures of measures, fields of action and events, and on their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.look.photos import sides
from klarplan.look.row_pictures import DRAWING, KINDS, PICTURE_FOLDER, picture_file
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.strategy.model import Picture

MOVE = Text(
    f"Legen Sie die Datei nach {PICTURE_FOLDER}/, und schreiben Sie hier nur ihren Namen.",
    f"Put the file into {PICTURE_FOLDER}/, and write only its name here.",
)


@rule(
    "KP219",
    title=Text("Bild ohne Datei", "Picture without file"),
    de=f"Jedes Bild nennt eine Datei in JPG, PNG, WebP oder SVG, die in {PICTURE_FOLDER}/ liegt.",
)
def picture_without_file(subject: Subject) -> Iterator[Finding]:
    """Each picture names a file in its folder that is a JPG, PNG, WebP or SVG."""
    for picture in subject.strategy.pictures:
        if picture.file and not subject.is_broken("pictures", picture.line):
            yield from _file(subject, picture)


def _file(subject: Subject, picture: Picture) -> Iterator[Finding]:
    name = picture.file
    told = (
        _misplaced(name) or _unknown_kind(name) or _missing(subject, name) or _moving(subject, name)
    )
    if told:
        yield subject.cell("pictures", picture.line, "file", *told, cause=("file", name))


def _misplaced(name: str) -> tuple[Text, Text] | None:
    """What is told of a name with folders, or with an address of the web."""
    if "/" not in name and "\\" not in name:
        return None
    if "://" in name:
        return (
            Text(
                "Bilder von anderen Servern zeigt Klarplan nicht: Sie erführen, wer hier liest.",
                "Klarplan shows no pictures of other servers: they would learn who reads the page.",
            ),
            Text(
                f"Speichern Sie das Bild, wenn seine Lizenz es erlaubt, in {PICTURE_FOLDER}/, und "
                "schreiben Sie hier nur seinen Namen.",
                f"Save the picture, if its licence permits, in {PICTURE_FOLDER}/, and write only "
                "its name here.",
            ),
        )
    return (
        Text(
            f"Das Bild liegt nicht in {PICTURE_FOLDER}/: „{shown(name)}“.",
            f"The picture is not in {PICTURE_FOLDER}/: “{shown(name)}”.",
        ),
        MOVE,
    )


def _unknown_kind(name: str) -> tuple[Text, Text] | None:
    if PurePosixPath(name).suffix.lower() in KINDS:
        return None
    return (
        Text(
            f"„{shown(name)}“ ist kein Bild in JPG, PNG, WebP oder SVG.",
            f"“{shown(name)}” is no picture in JPG, PNG, WebP or SVG.",
        ),
        Text(
            "Speichern Sie Fotos als JPG, Grafiken als PNG oder SVG, und schreiben Sie die Endung "
            "mit.",
            "Save photos as JPG, graphics as PNG or SVG, and write the ending, too.",
        ),
    )


def _missing(subject: Subject, name: str) -> tuple[Text, Text] | None:
    """What is told of a file that is not there under just this name."""
    folder = subject.loaded.root / PICTURE_FOLDER
    there = sorted(path.name for path in folder.glob("*") if path.suffix.lower() in KINDS)
    if name in there:
        return None
    guess = did_you_mean(name, there)
    return (
        Text(
            f"In {PICTURE_FOLDER}/ gibt es keine Datei „{shown(name)}“.",
            f"There is no file “{shown(name)}” in {PICTURE_FOLDER}/.",
        ),
        guess if guess != NOTHING else MOVE,
    )


def _moving(subject: Subject, name: str) -> tuple[Text, Text] | None:
    """What is told of a picture that moves; one that is damaged is told of by its file."""
    faulty = {found.file for found in subject.beside_pages if found.fault}
    file = picture_file(subject.loaded.root, name)
    if file is None or file.suffix.lower() == DRAWING or f"{PICTURE_FOLDER}/{name}" in faulty:
        return None
    if sides(file.read_bytes()):
        return None
    return (
        Text(
            "Das Bild bewegt sich oder lässt sich nicht in mehreren Größen zeigen.",
            "The picture moves, or can't be shown in several sizes.",
        ),
        Text("Speichern Sie es als JPG oder PNG.", "Save it as JPG or PNG."),
    )
