"""What to write in place of an address in a page that names no page and no file."""

from __future__ import annotations

import re

from klarplan.messages import Text

_QUOTES = "„“”‟«»‚‘’\"'"
_WEB = re.compile(r"(?:www\.|(?:[\w-]+\.)+(?:de|eu|org|com|net|info|example)(?:/|$))\S*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TABLE = re.compile(r"(?:\.\./)*(?:data/)?[\w-]+\.csv")
_LOCAL = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:")

EMPTY = Text("Der Link hat keine Adresse.", "The link has no address.")
EMPTY_CURE = Text(
    "Schreiben Sie in die runden Klammern, wohin er führt, oder löschen Sie die Klammern.",
    "Write into the round brackets where it leads, or delete the brackets.",
)
NO_PICTURE = Text("Der Pfad des Bildes fehlt.", "The path of the picture is missing.")
NO_PICTURE_CURE = Text(
    "Schreiben Sie in die runden Klammern, wo das Bild liegt, oder löschen Sie die Stelle.",
    "Write into the round brackets where the picture is, or delete the place.",
)


def slip_of_address(written: str) -> tuple[Text, Text] | None:
    """Problem and cure of an address that is a path only by mistake; ``None`` for real paths."""
    bare = written.strip(_QUOTES + " ")
    if bare != written and bare:
        return (
            Text("Die Adresse steht in Anführungszeichen.", "The address is in quotation marks."),
            Text(f"Schreiben Sie ({bare}).", f"Write ({bare})."),
        )
    if "\\" in written and not _LOCAL.match(written):
        right = written.replace("\\", "/")
        return (
            Text(
                "In der Adresse trennt ein umgekehrter Schrägstrich (\\) die Ordner.",
                "In the address a backslash (\\) divides the folders.",
            ),
            Text(f"Schreiben Sie {right}", f"Write {right}"),
        )
    if _MAIL.fullmatch(written):
        return (
            Text(
                "Vor der E-Mail-Adresse fehlt mailto:.",
                "The e-mail address lacks mailto: before it.",
            ),
            Text(f"Schreiben Sie (mailto:{written}).", f"Write (mailto:{written})."),
        )
    if _WEB.fullmatch(written):
        return (
            Text("Vor der Adresse fehlt https://.", "The address lacks https:// before it."),
            Text(f"Schreiben Sie (https://{written}).", f"Write (https://{written})."),
        )
    if _TABLE.fullmatch(written):
        return (
            Text(
                "Die Tabellen in data/ selbst kommen nicht auf die Website.",
                "The tables in data/ themselves are not put on the site.",
            ),
            Text(
                "Verlinken Sie die Seite docs/daten.md; dort lassen sich alle Daten herunterladen.",
                "Link to the page docs/daten.md, where all data can be downloaded.",
            ),
        )
    return None


def foreign_cause(address: str) -> Text | None:
    """Why a picture can't be shown that is not in the folder of the strategy."""
    if _LOCAL.match(address):
        return Text(
            "Das Bild liegt auf Ihrem Rechner; auf der Website gäbe es es nicht.",
            "The picture is on your computer; the site would not have it.",
        )
    if address.lower().startswith("data:"):
        return Text(
            "Das Bild steht als Zeichenfolge im Text, statt in einer Datei.",
            "The picture stands in the text as a string of letters, not in a file.",
        )
    return None
