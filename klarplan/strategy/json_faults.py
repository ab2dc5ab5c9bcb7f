"""What is wrong with a JSON text, in words, at the line where an editor finds it."""

from __future__ import annotations

import json

from klarplan.messages import KlarplanError, Text
from klarplan.strategy.csv_reader import CONFLICT

_MISTAKES: tuple[tuple[str, Text], ...] = (
    (
        "Expecting ',' delimiter",
        Text(
            "Hier fehlt ein Komma oder eine schließende Klammer.",
            "A comma or a closing bracket is missing here.",
        ),
    ),
    (
        "Expecting ':' delimiter",
        Text("Hier fehlt ein Doppelpunkt.", "A colon is missing here."),
    ),
    (
        "Expecting property name",
        Text(
            "Hinter diesem Zeichen fehlt ein Name in geraden Anführungszeichen; meist steht ein "
            "Komma zu viel.",
            "A name in straight quotation marks is missing behind this; mostly there is a comma "
            "too many.",
        ),
    ),
    (
        "Expecting value",
        Text(
            "Hinter diesem Zeichen fehlt ein Wert; meist steht ein Komma zu viel, oder der Text "
            "steht nicht in geraden Anführungszeichen.",
            "A value is missing behind this; mostly there is a comma too many, or the text is not "
            "in straight quotation marks.",
        ),
    ),
    (
        "Unterminated string",
        Text(
            "Ein Anführungszeichen in dieser Zeile schließt nicht.",
            "A quotation mark in this line is not closed.",
        ),
    ),
    (
        "Invalid control character",
        Text(
            "Ein Text in dieser Zeile geht in der nächsten weiter; meist fehlt ein "
            "Anführungszeichen.",
            "A text in this line goes on in the next; mostly a quotation mark is missing.",
        ),
    ),
    (
        "Extra data",
        Text("Hinter der letzten Klammer steht noch etwas.", "Something follows the last bracket."),
    ),
)
"""How messages of Python's module ``json`` begin, and what they mean."""


def broken(error: json.JSONDecodeError, file: str) -> KlarplanError:
    """What is wrong with a JSON text, at the line of the last character that can be read."""
    usual = Text(
        "Ab hier ist die Datei nicht lesbar.",
        "From here on the file can't be read.",
    )
    marker = next((n for n, row in enumerate(error.doc.splitlines(), 1) if CONFLICT.match(row)), 0)
    if marker:
        return KlarplanError(
            Text(
                "Ab hier stehen zwei Fassungen der Datei untereinander (Git-Konflikt).",
                "From here on two versions of the file stand one below the other (git conflict).",
            ),
            Text(
                "Entscheiden Sie sich für eine der beiden, und löschen Sie die Zeilen, die mit "
                "<<<<<<<, ======= und >>>>>>> beginnen.",
                "Choose one of them, and delete the lines that begin with <<<<<<<, ======= and "
                ">>>>>>>.",
            ),
            file=file,
            line=marker,
        )
    if not error.doc.strip():
        return KlarplanError(
            Text("Die Datei ist leer.", "The file is empty."),
            Text(
                f"Holen Sie sie zurück: git checkout HEAD -- {file}",
                f"Get it back: git checkout HEAD -- {file}",
            ),
            file=file,
        )
    text = next((told for begin, told in _MISTAKES if error.msg.startswith(begin)), usual)
    before = error.doc[: error.pos].rstrip() if error.msg.startswith("Expecting") else ""
    return KlarplanError(
        text,
        Text(
            "Vergleichen Sie die Stelle mit den Einträgen davor. Die letzte gesicherte Fassung "
            f"zeigt: git show HEAD:{file}",
            f"Compare it with the entries before. git show HEAD:{file} shows the last "
            "committed version.",
        ),
        file=file,
        line=before.count("\n") + 1 if before else error.lineno,
    )
