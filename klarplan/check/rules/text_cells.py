"""Rules on text in cells: what spreadsheets would run, and what pages would not show well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.cell_types import address_told
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.letters import BIDI, CONTROLS, UNSEEN
from klarplan.messages import Finding, Fix, Text
from klarplan.strategy.addresses import is_web

EXCEL_LIMIT = 32_767
"""So many characters a spreadsheet cell may have (Excel specifications and limits)."""

_CODE = re.compile(r"<[\s/]{0,9}(script|iframe|object|embed|style|svg)\b|\{\{|\{%", re.IGNORECASE)


@rule(
    "KP601",
    title=Text("Formel in einer Textzelle", "Formula in a text cell"),
    de="Texte beginnen nicht mit =, @, Tabulator oder Wagenrücklauf: "
    "Tabellenkalkulationen führten sie als Formel aus (CWE-1236).",
)
def formula(subject: Subject) -> Iterator[Finding]:
    """No text starts with =, @, tab or CR: spreadsheets would run it as a formula (CWE-1236)."""
    cure = Text(
        "Beginnen Sie den Text mit einem Wort.",
        "Begin the text with a word.",
    )
    for name, line, column, text in subject.text_cells:
        if text[0] in "=@\t\r":
            sign = {"\t": "Tabulator", "\r": "Wagenrücklauf"}.get(text[0], f"„{text[0]}“")
            sign_en = {"\t": "a tab", "\r": "a carriage return"}.get(text[0], f"“{text[0]}”")
            problem = Text(
                f"Der Text beginnt mit {sign}; eine Tabellenkalkulation nähme ihn als Formel.",
                f"The text begins with {sign_en}; a spreadsheet would take it for a formula.",
            )
            yield subject.cell(name, line, column, problem, cure)
    for table in subject.strategy.tables.values():
        for column in table.header:
            if column.startswith(("=", "@", "+", "-")):
                yield Finding(
                    rule="",
                    file=table.file,
                    line=table.header_line,
                    column=shown(column),
                    value=shown(column),
                    problem=Text(
                        "Der Name der Spalte sieht aus wie eine Formel.",
                        "The name of the column looks like a formula.",
                    ),
                    cure=Text("Benennen Sie die Spalte um.", "Rename the column."),
                )


@rule(
    "KP602",
    title=Text("Plus oder Minus am Anfang", "Plus or minus at the beginning"),
    de="Texte beginnen besser nicht mit + oder -: Tabellenkalkulationen können sie für eine "
    "Formel halten.",
    severity="warning",
)
def sign_first(subject: Subject) -> Iterator[Finding]:
    """Texts better not start with + or -, which spreadsheets may take for a formula."""
    for name, line, column, text in subject.text_cells:
        if text[0] in "+-":
            yield subject.cell(
                name,
                line,
                column,
                Text(
                    f"Der Text beginnt mit „{text[0]}“; eine Tabellenkalkulation kann ihn für eine "
                    "Formel halten.",
                    f"The text begins with “{text[0]}”; a spreadsheet may take it for a formula.",
                ),
                Text(
                    "Stellen Sie ein Wort voran oder verwenden Sie einen Gedankenstrich (–).",
                    "Put a word first or use a dash (–).",
                ),
            )


LINES = ("title", "name", "label", "label_en")
"""Columns whose text stands on one line wherever it is shown."""


@rule(
    "KP618",
    title=Text("Zeilenumbruch im Titel", "Line break in a title"),
    de="Titel, Namen und Bezeichnungen stehen auf einer Zeile.",
    severity="warning",
)
def broken_title(subject: Subject) -> Iterator[Finding]:
    """Titles, names and labels stand on one line."""
    for name, line, column, text in subject.text_cells:
        if column in LINES and len(text.splitlines()) > 1:
            one = " ".join(text.split())
            finding = subject.cell(
                name,
                line,
                column,
                Text(
                    "Der Text geht über mehrere Zeilen; gezeigt wird er auf einer.",
                    "The text goes over several lines; it is shown on one.",
                ),
                Text(f"Schreiben Sie: {shown(one)}", f"Write: {shown(one)}"),
            )
            yield replace(finding, value=shown(one), fix=Fix(text, one))


LONGEST_TITLE = 300
"""So many characters a title has at most; longer ones are texts in the wrong column."""


@rule(
    "KP620",
    title=Text("Titel zu lang", "Title too long"),
    de=f"Titel, Namen und Bezeichnungen haben höchstens {LONGEST_TITLE} Zeichen; sie stehen in "
    "Menü, Listen und Diagrammen.",
    severity="warning",
)
def endless_title(subject: Subject) -> Iterator[Finding]:
    """Titles, names and labels are short: they stand in the menu, in lists and in charts."""
    for name, line, column, text in subject.text_cells:
        if column in LINES and LONGEST_TITLE < len(text) <= EXCEL_LIMIT:
            yield subject.cell(
                name,
                line,
                column,
                Text(
                    f"Der Text hat {len(text)} Zeichen; als Titel sind höchstens {LONGEST_TITLE} "
                    "zu überblicken.",
                    f"The text has {len(text)} characters; as a title, nobody takes in more than "
                    f"{LONGEST_TITLE}.",
                ),
                Text(
                    "Kürzen Sie ihn. Einzelheiten gehören in die Beschreibung oder in den Text "
                    "der Seite.",
                    "Shorten it. Details belong into the description or the text of the page.",
                ),
            )


@rule(
    "KP604",
    title=Text("Adresse ohne https", "Address without https"),
    de="Adressen beginnen mit https:// oder http://.",
)
def web_address(subject: Subject) -> Iterator[Finding]:
    """Addresses begin with https:// or http://."""
    addresses = {
        (name, field["name"])
        for name, table in subject.loaded.descriptor.tables.items()
        for field in table.descriptor["schema"]["fields"]
        if field.get("format") == "uri"
    }
    for name, line, column, text in subject.text_cells:
        if (name, column) not in addresses:
            continue
        if not is_web(text) or any(c.isspace() or not c.isprintable() for c in text):
            problem, cure, new = address_told(shown(text))
            finding = subject.cell(name, line, column, problem, cure)
            yield replace(finding, fix=Fix(text, new) if new else None)


@rule(
    "KP605",
    title=Text("Text zu lang", "Text too long"),
    de=f"Ein Text hat höchstens {EXCEL_LIMIT} Zeichen; mehr fasst keine Zelle einer "
    "Tabellenkalkulation.",
)
def too_long(subject: Subject) -> Iterator[Finding]:
    """A text has at most as many characters as a spreadsheet cell can hold."""
    for name, line, column, text in subject.text_cells:
        if len(text) > EXCEL_LIMIT:
            yield subject.cell(
                name,
                line,
                column,
                Text(
                    f"Der Text hat {len(text)} Zeichen, möglich sind {EXCEL_LIMIT}.",
                    f"The text has {len(text)} characters, {EXCEL_LIMIT} are possible.",
                ),
                Text(
                    "Kürzen Sie ihn, oder schreiben Sie ihn in eine Datei unter strategy/. "
                    "Fehlt weiter oben ein Anführungszeichen?",
                    "Shorten it, or write it into a file below strategy/. "
                    "Is a quotation mark missing further up?",
                ),
            )


@rule(
    "KP606",
    title=Text("Programmcode in einer Zelle", "Code in a cell"),
    de="Zellen enthalten Text. HTML und Vorlagenzeichen darin werden nicht ausgeführt, "
    "sondern so gezeigt, wie sie dastehen.",
    severity="notice",
)
def code_in_cell(subject: Subject) -> Iterator[Finding]:
    """Cells hold text; HTML and template marks in them are not run, but shown as they stand."""
    for name, line, column, text in subject.text_cells:
        if ("<" in text or "{" in text) and _CODE.search(text):
            yield subject.cell(
                name,
                line,
                column,
                Text(
                    "Die Zelle enthält HTML oder Vorlagenzeichen; sie erscheinen wörtlich.",
                    "The cell has HTML or template marks in it; they appear literally.",
                ),
                Text("Schreiben Sie reinen Text.", "Write plain text."),
            )


@rule(
    "KP607",
    title=Text("Unsichtbare Steuerzeichen", "Invisible control characters"),
    de="Zellen enthalten keine unsichtbaren Steuerzeichen.",
)
def control_characters(subject: Subject) -> Iterator[Finding]:
    """Cells have no invisible control characters in them."""
    for name, line, column, text in subject.text_cells:
        if text.isprintable():
            continue
        found = _CONTROL.search(text)
        if found and text[0] not in "\t\r":
            bidi = _BIDI.match(found[0])
            problem = Text(
                f"Die Zelle enthält das unsichtbare Zeichen U+{ord(found[0]):04X}"
                + (", das die Schreibrichtung ändert." if bidi else "."),
                f"The cell has the invisible character U+{ord(found[0]):04X} in it"
                + (", which changes the direction of writing." if bidi else "."),
            )
            cure = Text("Löschen Sie es.", "Delete it.")
            yield subject.cell(name, line, column, problem, cure)


_BIDI = re.compile(f"[{BIDI}]")
_CONTROL = re.compile(f"[{CONTROLS}]")


@rule(
    "KP621",
    title=Text("Unsichtbare Zeichen in einer Zelle", "Invisible characters in a cell"),
    de="Zellen enthalten keine weichen Trennzeichen, keine Verbinder und Leerzeichen ohne Breite, "
    "keine Buchstaben, die für nichts stehen, keine Marken für Schreibrichtung oder Dateianfang: "
    "Wer danach sucht, findet den Text nicht.",
    severity="warning",
)
def unseen_letters(subject: Subject) -> Iterator[Finding]:
    """Cells have no soft hyphens, no joiners or spaces without width, no marks of files in them."""
    for name, line, column, text in subject.text_cells:
        if text.isascii() or _CONTROL.search(text):
            continue
        if found := UNSEEN.search(text):
            problem = Text(
                f"Die Zelle enthält das unsichtbare Zeichen U+{ord(found[0]):04X}.",
                f"The cell has the invisible character U+{ord(found[0]):04X} in it.",
            )
            cure = Text("Löschen Sie es.", "Delete it.")
            finding = subject.cell(name, line, column, problem, cure)
            yield replace(finding, fix=Fix(text, UNSEEN.sub("", text)))
