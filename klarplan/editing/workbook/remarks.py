"""What is told of a workbook that came back: the place, what is there, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klarplan.editing.workbook.base import MARK
from klarplan.messages import NOTHING, Lang, Text

LONGEST = 80
"""So many letters of a value are shown."""
FAULT = "e"
"""The type of a cell that shows an error."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told of a place in a workbook, with what to do about it."""

    place: str
    problem: Text
    cure: Text = NOTHING

    def told(self, lang: Lang) -> str:
        """The whole in one language."""
        place = f"{self.place}:" if self.place else ""
        return " ".join(filter(None, (place, self.problem.in_(lang), self.cure.in_(lang))))


def place_of(sheet: str, cell: str, title: str = "") -> str:
    """A cell as people find it: „Maßnahmen, D7 · Titel“."""
    return " · ".join(filter(None, (f"{sheet}, {cell}", title)))


def formula(place: str, kind: str, value: object) -> Remark:
    """A cell that holds a formula, or shows an error."""
    if kind == FAULT:
        return Remark(
            place,
            Text(
                f"Die Zelle zeigt einen Fehler ({value}).",
                f"The cell shows an error ({value}).",
            ),
            Text("Tragen Sie den Wert ein.", "Enter the value."),
        )
    return Remark(
        place,
        Text("Die Zelle enthält eine Formel.", "The cell holds a formula."),
        Text(
            "Ersetzen Sie sie durch ihren Wert (kopieren, dann „Inhalte einfügen: Werte“).",
            "Replace it by its value (copy, then “paste special: values”).",
        ),
    )


def two_readings(place: str, text: str, *, in_cell: bool = True) -> Remark:
    """A number as a text, in which the point may be of thousands or of decimals.

    What is typed into a form is no text ``in_cell``.
    """
    whole, decimal = text.replace(".", ""), text.replace(".", ",")
    there = Text(" steht dort als Text und", " is there as a text, and") if in_cell else NOTHING
    again = (
        Text("Tippen Sie die Zahl neu ein, ohne", "Type the number again, without")
        if in_cell
        else Text("Schreiben Sie die Zahl ohne", "Write the number without")
    )
    return Remark(
        place,
        Text(
            f"„{text}“{there.de} kann {whole} oder {decimal} heißen.",
            f"“{text}”{there.en} may mean {whole} or {text}.",
        ),
        Text(f"{again.de} Punkt für Tausender.", f"{again.en} a sign for thousands."),
    )


def year_as_day(place: str, day: dt.datetime, year: int) -> Remark:
    """A day long ago that a program made of a year."""
    return Remark(
        place,
        Text(
            f"Dort steht der {day:%d.%m.%Y}; vermutlich wurde nur das Jahr {year} eingetippt.",
            f"It says {day:%Y-%m-%d}; probably only the year {year} was typed.",
        ),
        Text(
            f"Tragen Sie einen Tag ein, zum Beispiel 31.12.{year}.",
            f"Enter a day, for example {year}-12-31.",
        ),
    )


def no_headings(sheet: str) -> Remark:
    """A sheet without the row by which its columns are known."""
    return Remark(
        sheet,
        Text(
            f"Die Zeile mit den technischen Namen fehlt, oder darin fehlt „{MARK}“ (verborgene "
            "erste Spalte).",
            f"The row with the technical names is missing, or lacks “{MARK}” (hidden first "
            "column).",
        ),
        Text(
            "Übertragen Sie Ihre Änderungen in eine neue Mappe aus „klarplan export“.",
            "Copy your changes into a new workbook from “klarplan export”.",
        ),
    )


def missing_sheet(name: str) -> Remark:
    """A sheet that is no longer there."""
    return Remark(
        "",
        Text(
            f"Das Blatt „{name}“ fehlt; seine Zeilen bleiben, wie sie sind.",
            f"The sheet “{name}” is missing; its rows stay as they are.",
        ),
    )


def renamed_sheet(before: str, name: str) -> Remark:
    """A sheet that has another name now."""
    return Remark(
        "",
        Text(
            f"Das Blatt „{before}“ heißt jetzt „{name}“; es wird trotzdem gelesen.",
            f"The sheet “{before}” is called “{name}” now; it is read all the same.",
        ),
    )


def foreign_sheet(name: str) -> Remark:
    """A sheet that somebody has added."""
    return Remark(
        "",
        Text(
            f"Das Blatt „{name}“ gehört zu keiner Tabelle und wird nicht übernommen.",
            f"The sheet “{name}” belongs to no table and is not taken over.",
        ),
    )


def foreign_column(sheet: str, letter: str) -> Remark:
    """A column that somebody has added."""
    return Remark(
        sheet,
        Text(
            f"Die Spalte {letter} gehört nicht zur Tabelle und wird nicht übernommen.",
            f"Column {letter} does not belong to the table and is not taken over.",
        ),
    )


def missing_column(sheet: str, name: str) -> Remark:
    """A column that is no longer there."""
    return Remark(
        sheet,
        Text(
            f"Die Spalte „{name}“ fehlt; ihre Werte bleiben, wie sie sind.",
            f"The column “{name}” is missing; its values stay as they are.",
        ),
    )


def _quoted(text: str) -> Text:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return Text(f"„{short}“", f"“{short}”") if text else Text("nichts", "nothing")


def changed_on_both_sides(place: str, sides: tuple[str, str, str]) -> Remark:
    """A cell before, now in the files, and in the workbook."""
    before, now, text = map(_quoted, sides)
    return Remark(
        place,
        Text(
            f"Vorher stand dort {before.de}. In Ihren Dateien steht jetzt {now.de}, in der Mappe "
            f"{text.de}.",
            f"Before, it was {before.en}. Your files now have {now.en}, the workbook has "
            f"{text.en}.",
        ),
    )


def row_gone(place: str) -> Remark:
    """A changed row that the files don't have any longer."""
    return Remark(
        place,
        Text(
            "Die Zeile wurde in der Mappe geändert, in Ihren Dateien aber inzwischen gelöscht "
            "oder umbenannt.",
            "The row was changed in the workbook, but deleted or renamed in your files meanwhile.",
        ),
        Text("Sie bleibt gelöscht.", "It stays deleted."),
    )


def id_changed(place: str, before: str) -> Remark:
    """An id that somebody has changed."""
    return Remark(
        place,
        Text(
            f"Die Kennung „{before}“ wurde geändert; Kennungen bleiben, denn andere Tabellen und "
            "Adressen der Website verweisen darauf.",
            f"The id “{before}” was changed; ids stay, for other tables and addresses refer to "
            "them.",
        ),
        Text(f"Schreiben Sie wieder „{before}“.", f"Write “{before}” again."),
    )


def cells_missing(place: str, titles: Sequence[str]) -> Remark:
    """A new row that lacks what every row must have."""
    listed = ", ".join(f"„{title}“" for title in titles)
    listed_en = ", ".join(f"“{title}”" for title in titles)
    return Remark(
        place,
        Text(
            f"In dieser neuen Zeile fehlt noch: {listed}.",
            f"This new row still lacks: {listed_en}.",
        ),
        Text("Ergänzen Sie es, oder leeren Sie die Zeile.", "Add it, or empty the row."),
    )


def id_again(place: str, identifier: str) -> Remark:
    """A new row with an id that once stood for something else."""
    return Remark(
        place,
        Text(
            f"Die Kennung „{identifier}“ gab es schon einmal, für etwas anderes.",
            f"The id “{identifier}” was used before, for something else.",
        ),
        Text(
            "Lassen Sie das Feld leer; beim Übernehmen wird eine neue vergeben.",
            "Leave the cell empty; a new one is given when the workbook is taken back.",
        ),
    )


def no_id(place: str) -> Remark:
    """A new row for which no id can be made."""
    return Remark(
        place,
        Text(
            "Die neue Zeile braucht eine Kennung; aus den vorhandenen ergibt sich keine.",
            "The new row needs an id; none follows from those that exist.",
        ),
        Text(
            "Tragen Sie eine kurze ein, zum Beispiel „bauamt“.",
            "Enter a short one, for example “works”.",
        ),
    )


def id_given(place: str, identifier: str) -> Remark:
    """A new row with its new id."""
    return Remark(
        place,
        Text(
            f"Die neue Zeile bekommt die Kennung {identifier}.",
            f"The new row gets the id {identifier}.",
        ),
    )


def row_lost(sheet: str, row: Mapping[str, str]) -> Remark:
    """A row that the workbook held and lost."""
    said = " · ".join(list(filter(None, row.values()))[:3])
    return Remark(
        sheet,
        Text(
            f"Die Zeile „{said}“ fehlt in der Mappe.",
            f"The row “{said}” is missing in the workbook.",
        ),
    )


def no_table(sheet: str, table: str) -> Remark:
    """A sheet whose table is not there."""
    return Remark(
        sheet,
        Text(
            f"Die Tabelle „{table}“ gibt es hier nicht.",
            f"There is no table “{table}” here.",
        ),
        Text(
            "Gehört die Mappe zu einer anderen Strategie? Nennen Sie deren Ordner mit --root.",
            "Does the workbook belong to another strategy? Name its folder with --root.",
        ),
    )


def no_column(place: str, title: str) -> Remark:
    """A cell that somebody has changed, of a column that the file does not have any longer."""
    return Remark(
        place,
        Text(
            f"Die Spalte „{title}“ gibt es in Ihren Dateien nicht mehr.",
            f"Your files have no column “{title}” any longer.",
        ),
        Text(
            "Erzeugen Sie eine neue Mappe mit „klarplan export“.",
            "Make a new workbook with “klarplan export”.",
        ),
    )
