"""Rules on cells whose content slipped into a neighbour, or stands in the other's column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text

_NOTES = frozenset(("note", "text", "comment", "obstacles", "lessons", "programme"))
"""Columns of free text, where a bare number tells nothing."""
_SWAPPED = (("title", "summary"), ("title", "definition"), ("title", "text"))


@rule(
    "KP610",
    title=Text("Zahl in zwei Zellen zerfallen", "Number split into two cells"),
    de="Hinter einer Zahl steht keine Zelle nur mit Ziffern, in die Text gehört: Ein Komma ohne "
    "Anführungszeichen teilt 70,5 in 70 und 5.",
    severity="warning",
)
def split_number(subject: Subject) -> Iterator[Finding]:
    """No cell of text behind a number is bare digits: a comma without quotes splits 70,5."""
    for name, table in subject.strategy.tables.items():
        columns = subject.loaded.descriptor.tables[name].columns
        for position, (number, note) in enumerate(
            zip(table.header, table.header[1:], strict=False)
        ):
            known = columns.get(number), columns.get(note)
            if known[0] is None or known[1] is None or note not in _NOTES:
                continue
            if known[0].type not in ("number", "integer") or known[1].type != "string":
                continue
            for record, line in zip(table.records, table.lines, strict=True):
                cells = record[position : position + 2]
                if len(cells) < 2 or not re.fullmatch(r"-?\d+", cells[0].strip()):
                    continue
                if not re.fullmatch(r"\d{1,3}", cells[1].strip()):
                    continue
                whole, rest = (cell.strip() for cell in cells)
                yield subject.cell(
                    name,
                    line,
                    note,
                    Text(
                        f"Veröffentlicht würde {whole}, und „{rest}“ als Text dahinter. War "
                        f"{whole},{rest} gemeint?",
                        f"{whole} would be published, and “{rest}” as a text behind it. Was "
                        f"{whole}.{rest} meant?",
                    ),
                    Text(
                        f"Schreiben Sie {whole}.{rest} in „{number}“ und leeren Sie „{note}“. In "
                        "der Datei trennt ein Komma die Zellen.",
                        f"Write {whole}.{rest} into “{number}” and empty “{note}”. In the file, a "
                        "comma separates the cells.",
                    ),
                )


@rule(
    "KP613",
    title=Text("Titel und Kurzbeschreibung vertauscht", "Title and summary swapped"),
    de="Titel sind kurz, Beschreibungen sind Sätze; ist es in den meisten Zeilen umgekehrt, sind "
    "die Spalten vertauscht.",
    severity="warning",
)
def swapped(subject: Subject) -> Iterator[Finding]:
    """Titles are short, summaries are sentences; else the columns are swapped."""
    for table in subject.strategy.tables.values():
        for title, summary in _SWAPPED:
            first, second = table.column(title), table.column(summary)
            if first is None or second is None:
                continue
            pairs = [
                (record[first].strip(), record[second].strip())
                for record in table.records
                if len(record) > max(first, second) and record[first] and record[second]
            ]
            wrong = [(a, b) for a, b in pairs if _is_sentence(a) and not _is_sentence(b)]
            if len(wrong) < 2 or len(wrong) * 2 <= len(pairs):
                continue
            yield Finding(
                rule="",
                file=table.file,
                line=table.header_line,
                column=title,
                value=title,
                problem=Text(
                    f"In {len(wrong)} von {len(pairs)} Zeilen stehen in „{title}“ ganze Sätze und "
                    f"in „{summary}“ kurze Wörter: Die Spalten sind wohl vertauscht.",
                    f"In {len(wrong)} of {len(pairs)} rows “{title}” has whole sentences and "
                    f"“{summary}” short words: the columns are probably swapped.",
                ),
                cure=Text(
                    f"Tauschen Sie in Zeile {table.header_line} die Namen „{title}“ und "
                    f"„{summary}“.",
                    f"Swap the names “{title}” and “{summary}” in line {table.header_line}.",
                ),
            )


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and text.count(" ") >= 3
