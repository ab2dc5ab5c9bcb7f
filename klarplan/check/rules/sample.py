"""What is the sample's in the strategy of somebody else: a merge may have brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.sample import (
    KEPT,
    found_in,
    is_row,
    is_sample,
    whole_files,
)
from klarplan.messages import Finding, Text

_CURE = Text(
    "Was Sie nicht selbst geschrieben haben, entfernt „klarplan repair --sample --write“; ohne "
    "--write zeigt der Befehl es nur.",
    "“klarplan repair --sample --write” removes what is not your own; without --write it only "
    "shows it.",
)


SAMPLE = "KP060"
"""Of a file that is the sample's as a whole, nothing else is told."""


@rule(
    SAMPLE,
    title=Text("Inhalt des Beispiels", "Content of the sample"),
    de="In der Strategie einer anderen Kommune steht nichts aus dem Beispiel „Stadt "
    "Musterstadt“: keine Datei, keine Zeile einer Tabelle, kein Satz.",
    pages=True,
)
def content_of_the_sample(subject: Subject) -> Iterator[Finding]:
    """In another municipality's strategy is nothing of the sample: no file, row or sentence."""
    if is_sample(subject.strategy.settings):
        return
    root = subject.loaded.root
    whole = {path.relative_to(root).as_posix() for path in whole_files(root)}
    for file in sorted(whole):
        yield replace(_told(_FILE, file), cause=(SAMPLE,))
    for page in subject.pages:
        lines = enumerate(page.text.split("\n"), 1)
        for number, line in lines if page.file not in whole else ():
            for sentence in found_in(line):
                yield _told(_SENTENCE, page.file, number, sentence)
    yield from _in_tables(subject, {*whole, *KEPT})


def _in_tables(subject: Subject, left_out: set[str]) -> Iterator[Finding]:
    """Rows that are the sample's, and cells with one of its sentences in rows that are not."""
    told = set()
    for table in subject.strategy.tables.values():
        for line, record in zip(table.lines, table.records, strict=True):
            if table.file not in left_out and is_row(record):
                told.add((table.file, line))
                yield _told(_ROW, table.file, line, record[0])
    for cell in subject.text_cells:
        file = subject.strategy.tables[cell.table].file
        if file not in left_out and (file, cell.line) not in told and found_in(cell.text):
            yield subject.cell(cell.table, cell.line, cell.column, _SENTENCE, _CURE)


_FILE = Text(
    "Diese Datei gehört zum Beispiel „Stadt Musterstadt“, nicht zu Ihrer Strategie.",
    "This file is part of the sample “Stadt Musterstadt”, not of your strategy.",
)
_ROW = Text(
    "Diese Zeile steht im Beispiel „Stadt Musterstadt“.",
    "This row is one of the sample “Stadt Musterstadt”.",
)
_SENTENCE = Text(
    "Dieser Satz steht im Beispiel „Stadt Musterstadt“.",
    "This sentence is one of the sample “Stadt Musterstadt”.",
)


def _told(what: Text, file: str, line: int | None = None, value: str | None = None) -> Finding:
    value = shown(value) if value else None
    return Finding(rule="", file=file, line=line, value=value, problem=what, cure=_CURE)
