"""The rule on chapters: none that a table fills is missing from the site unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.chapters import CHAPTERS
from klarplan.words.catalogue import ENGLISH, GERMAN


@rule(
    "KP019",
    title=Text("Kapitel nicht aufgezählt", "Chapter not listed"),
    de="Zählt strategy/strategy.yml die Kapitel auf (chapters), ist keines vergessen, "
    "für das es Zeilen in einer Tabelle gibt.",
    severity="notice",
)
def left_out(subject: Subject) -> Iterator[Finding]:
    """If strategy/strategy.yml lists chapters, none is forgotten that a table has rows for."""
    if "chapters" in subject.told_settings:
        return  # the list is not known
    tables, listed = subject.strategy.tables, subject.strategy.settings.chapters
    shown = {table for name in listed for table in CHAPTERS[name].tables}
    for chapter in CHAPTERS.values():
        filled = [
            f"data/{subject.loaded.descriptor.tables[table].path}"
            for table in chapter.tables
            if table not in shown and table in tables and tables[table].records
        ]
        if chapter.name in listed or not filled:
            continue
        key = f"chapter.{chapter.name}.title"
        finding = subject.setting(
            "chapters",
            Text(
                f"Das Kapitel „{GERMAN(key)}“ ({chapter.name}) erscheint nicht, obwohl in "
                f"{', '.join(filled)} etwas dafür steht.",
                f"The chapter “{ENGLISH(key)}” ({chapter.name}) does not appear, though "
                f"{', '.join(filled)} has something for it.",
            ),
            Text(
                f"Nehmen Sie {chapter.name} in die Liste auf, wenn es erscheinen soll.",
                f"Add {chapter.name} to the list if it is to appear.",
            ),
        )
        yield replace(finding, value=chapter.name)
