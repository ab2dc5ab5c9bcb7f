"""Rules on published texts and cells that call something internal by its id or number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from klarplan.check.rules.links import linked_files, row_of
from klarplan.check.rules.menu import HANDBOOK
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text

_TELLING = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_]).{3,}")
"""An id that no word of a sentence is: it has a letter and a digit."""


@rule(
    "KP221",
    title=Text("Internes in einer Zelle genannt", "Something internal named in a cell"),
    de="Eine veröffentlichte Zelle nennt keine Kennung und keine amtliche Nummer eines internen "
    "Eintrags.",
    severity="warning",
)
def named_in_cells(subject: Subject) -> Iterator[Finding]:
    """A published cell names neither the id nor the official number of an internal row."""
    pattern = _pattern(_names(subject))
    if pattern is None:
        return
    for table, line, column, text in subject.public_text_cells:
        if found := pattern.search(text):
            yield subject.cell(table, line, column, *_told(found[0]))


@rule(
    "KP772",
    title=Text("Internes in einem Text genannt", "Something internal named in a text"),
    de="Eine öffentliche Seite nennt keine Kennung und keine amtliche Nummer eines internen "
    "Eintrags.",
    severity="warning",
    pages=True,
)
def named_in_pages(subject: Subject) -> Iterator[Finding]:
    """A public page names neither the id nor the official number of an internal row.

    A link to it is told by a rule of its own.
    """
    names = _names(subject)
    for page in subject.pages if names else ():
        if row_of(page.file) in subject.internal or page.file.startswith(HANDBOOK) or not page.seen:
            continue
        linked = set(map(row_of, linked_files(page)))
        pattern = _pattern({name: row for name, row in names.items() if row not in linked})
        said = page.words(page.seen.article)
        for name in dict.fromkeys(pattern.findall(said)) if pattern else ():
            problem, cure = _told(name)
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(name),
                value=name,
                problem=problem,
                cure=cure,
            )


def _names(subject: Subject) -> Mapping[str, str]:
    """Ids and official numbers of internal rows to their ids, if nothing public is called so."""
    names = {identifier: identifier for identifier in subject.internal}
    shown = {m.official_id for m in subject.public.strategy.measures}
    for measure in subject.strategy.measures:
        if measure.id in subject.internal and measure.official_id not in shown:
            names[measure.official_id or ""] = measure.id
    return {name: row for name, row in names.items() if _TELLING.fullmatch(name)}


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    listed = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])") if listed else None


def _told(name: str) -> tuple[Text, Text]:
    return (
        Text(
            f"„{name}“ ist intern; wer das liest, erfährt davon.",
            f"“{name}” is internal; who reads this gets to know of it.",
        ),
        Text(
            "Streichen Sie die Nennung, oder beantworten Sie die Warnung.",
            "Leave it out, or answer the warning.",
        ),
    )
