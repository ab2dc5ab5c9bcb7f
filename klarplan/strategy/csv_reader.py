"""Reading CSV files as town halls save them, and knowing the line of every record."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from klarplan.messages import Finding, Text
from klarplan.os_errors import reason

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
"""What a table may have; the reports of 1,000 measures of 25 years are below."""

csv.field_size_limit(MOST_BYTES)

DELIMITERS = (",", ";", "\t")
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
"""How git marks the versions between which it could not decide."""

AS_UTF_8 = Text("Speichern Sie die Datei als UTF-8.", "Save the file as UTF-8.")
_UMLAUT = re.compile("[äöüÄÖÜß]")
_OLDER = re.compile(r"\w*[^\W\d_][„”™§†Ÿ][^\W\d_]\w*")
"""What umlauts of a Mac or of DOS become when read as Windows-1252: “Ma§nahme”, “Gr”áe”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One CSV file as text: header, records, and the line on which each record begins."""

    name: str
    file: str
    header: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_line: int = 1

    def column(self, name: str) -> int | None:
        """The position of a column, or ``None`` where the file lacks it."""
        return self.header.index(name) if name in self.header else None

    def only(self, keep: list[bool]) -> Table:
        """The same table with the records that ``keep`` marks."""
        return replace(
            self,
            records=tuple(r for r, k in zip(self.records, keep, strict=True) if k),
            lines=tuple(n for n, k in zip(self.lines, keep, strict=True) if k),
        )


def decode(raw: bytes, file: str) -> tuple[str | None, list[Finding]]:
    """Text of a file that is UTF-8 (with or without byte order mark) or else Windows-1252.

    Encodings are never guessed: what is not UTF-8 is read as Windows-1252, with a notice.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        return None, [
            Finding(
                rule="KP002",
                file=file,
                problem=Text(
                    "Die Datei ist keine Textdatei in UTF-8 (sondern UTF-16 oder binär).",
                    "The file is not a text file in UTF-8 (but UTF-16 or binary).",
                ),
                cure=Text(
                    "Speichern Sie sie in Ihrer Tabellenkalkulation als „CSV UTF-8“.",
                    "Save it as “CSV UTF-8” in your spreadsheet program.",
                ),
            )
        ]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        return None, [
            Finding(
                rule="KP002",
                file=file,
                line=raw[: error.start].count(b"\n") + 1,
                problem=Text(
                    "Die Zeichen dieser Zeile sind weder UTF-8 noch Windows-1252.",
                    "The characters of this line are neither UTF-8 nor Windows-1252.",
                ),
                cure=AS_UTF_8,
            )
        ]
    if (broken := _OLDER.search(text)) and not _UMLAUT.search(text):
        return None, [
            Finding(
                rule="KP002",
                file=file,
                line=text[: broken.start()].count("\n") + 1,
                value=broken[0],
                problem=Text(
                    "Die Datei ist weder in UTF-8 noch in Windows-1252 gespeichert: In den "
                    "Wörtern stehen Zeichen statt Umlauten.",
                    "The file is saved neither in UTF-8 nor in Windows-1252: there are signs in "
                    "the place of umlauts.",
                ),
                cure=AS_UTF_8,
            )
        ]
    return text, [
        Finding(
            rule="KP003",
            severity="notice",
            file=file,
            line=line,
            problem=Text(
                "Die Datei ist in Windows-1252 gespeichert und wurde so gelesen.",
                "The file is saved in Windows-1252 and was read as such.",
            ),
            cure=Text("Besser ist UTF-8.", "UTF-8 is better."),
        )
    ]


def sniff_delimiter(text: str) -> str:
    """The delimiter of the header: comma, semicolon or tab, whichever cuts it most often."""
    start = text.lstrip("\r\n")
    counts = {
        d: len(next(csv.reader(io.StringIO(start, newline=""), delimiter=d), []))
        for d in DELIMITERS
    }
    return max(DELIMITERS, key=lambda d: counts[d])


def parse(text: str, name: str, file: str) -> tuple[Table | None, list[Finding]]:
    """A table from the text of a CSV file; blank records are skipped.

    Lines are physical lines of the file, also after cells that contain line breaks.
    """
    skipped = 0
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
        skipped = 1
    if not text.strip():
        return None, [
            Finding(
                rule="KP004",
                file=file,
                problem=Text("Die Datei ist leer.", "The file is empty."),
                cure=Text(
                    "Die erste Zeile muss die Spaltennamen nennen. "
                    "Eine Tabelle, die Sie nicht brauchen, löschen Sie ganz.",
                    "The first line must name the columns. Delete a table that you don't need.",
                ),
            )
        ]
    if conflict := _conflict(text, file, skipped):
        return None, [conflict]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(text), strict=True)
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    header: tuple[str, ...] | None = None
    header_line = begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if header is None:
                    header = tuple(cell.strip() for cell in cells)
                    header_line = begin + skipped
                else:
                    records.append(tuple(cell.strip(" ") for cell in cells))
                    lines.append(begin + skipped)
                if len(cells) > MOST_COLUMNS or len(records) > MOST_ROWS:
                    return None, [_too_large(file, begin + skipped)]
            begin = reader.line_num + 1
    except csv.Error as error:
        return None, [
            Finding(
                rule="KP005",
                file=file,
                line=begin + skipped,
                problem=_quotes(error, begin + skipped, reader.line_num + skipped),
                cure=Text(
                    "Jedes öffnende Anführungszeichen braucht ein schließendes, "
                    'und ein Anführungszeichen im Text wird verdoppelt ("").',
                    "Each opening quotation mark needs a closing one, "
                    'and a quotation mark within a text is doubled ("").',
                ),
            )
        ]
    table = Table(
        name=name,
        file=file,
        header=header or (),
        records=tuple(records),
        lines=tuple(lines),
        header_line=header_line,
    )
    return table, []


def _quotes(error: csv.Error, begin: int, end: int) -> Text:
    """What is wrong with quotation marks, in words (errors as of Python's module ``csv``)."""
    if "end of data" in str(error):
        return Text(
            "Ein Anführungszeichen, das ab dieser Zeile öffnet, schließt bis zum Ende der Datei "
            "nicht.",
            "A quotation mark that opens from this line on is not closed by the end of the file.",
        )
    if end > begin:
        return Text(
            f"Ein Anführungszeichen, das ab dieser Zeile öffnet, schließt in Zeile {end}, und dort "
            "geht es mit Text weiter.",
            f"A quotation mark that opens from this line on closes in line {end}, and text "
            "follows there.",
        )
    return Text(
        "In dieser Zeile geht es hinter einem schließenden Anführungszeichen mit Text weiter.",
        "In this line text follows a closing quotation mark.",
    )


def _conflict(text: str, file: str, skipped: int) -> Finding | None:
    """The error of a table in which git left two versions side by side."""
    for number, line in enumerate(text.splitlines(), 1 + skipped):
        if CONFLICT.match(line):
            return Finding(
                rule="KP707",
                file=file,
                line=number,
                value=line[:60],
                problem=Text(
                    "Ab hier stehen zwei Fassungen der Tabelle untereinander (Git-Konflikt).",
                    "From here on two versions of the table stand one below the other "
                    "(git conflict).",
                ),
                cure=Text(
                    "Entscheiden Sie sich zeilenweise für eine der beiden Fassungen, und löschen "
                    "Sie die Zeilen, die mit <<<<<<<, ======= und >>>>>>> beginnen.",
                    "Choose one of the two versions line by line, and delete the lines that begin "
                    "with <<<<<<<, ======= and >>>>>>>.",
                ),
            )
    return None


def _unreadable(file: str, error: OSError) -> Finding:
    if isinstance(error, IsADirectoryError):
        problem = Text("Das ist ein Ordner und keine Datei.", "This is a folder and no file.")
    else:
        problem = Text(
            f"Die Datei lässt sich nicht öffnen: {reason(error).de}.",
            f"The file can't be opened: {reason(error).en}.",
        )
    cure = Text("Prüfen Sie ihren Namen und ihre Rechte.", "Check its name and its rights.")
    return Finding(rule="KP007", file=file, problem=problem, cure=cure)


def _too_large(file: str, line: int | None) -> Finding:
    return Finding(
        rule="KP006",
        file=file,
        line=line,
        problem=Text(
            f"Die Tabelle ist zu groß; erlaubt sind {MOST_BYTES // 1_000_000} MB, "
            f"{MOST_ROWS} Zeilen und {MOST_COLUMNS} Spalten.",
            f"The table is too large; allowed are {MOST_BYTES // 1_000_000} MB, "
            f"{MOST_ROWS} rows and {MOST_COLUMNS} columns.",
        ),
        cure=Text(
            "Löschen Sie leere Zeilen und Spalten, oder teilen Sie die Tabelle auf.",
            "Delete empty rows and columns, or split the table.",
        ),
    )


def read(path: Path, name: str, file: str) -> tuple[Table | None, list[Finding]]:
    """A table from a CSV file; ``None`` with findings where it can't be read at all."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None, [_too_large(file, None)]
        raw = path.read_bytes()
    except OSError as error:
        return None, [_unreadable(file, error)]
    text, findings = decode(raw, file)
    if text is None:
        return None, findings
    table, more = parse(text, name, file)
    return table, findings + more
