"""Rules on Markdown that would be published as it was typed, or would hide what was written."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.literal.view import Kind
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text


def _findings(subject: Subject, kind: Kind) -> Iterator[Finding]:
    for page in subject.pages:
        for slip in subject.literal_markdown[page.file]:
            if slip.kind == kind:
                yield Finding(
                    rule="",
                    severity=slip.severity,
                    file=page.file,
                    line=slip.line,
                    value=shown(slip.value),
                    problem=slip.problem,
                    cure=slip.cure,
                    fix=slip.fix,
                )


@rule(
    "KP761",
    title=Text("Liste erscheint als Fließtext", "List appears as running text"),
    de="Vor einer Liste steht eine leere Zeile; ihre Punkte beginnen mit -, * oder 1. und einem "
    "Leerzeichen.",
    pages=True,
)
def list_as_text(subject: Subject) -> Iterator[Finding]:
    """Before a list stands an empty line; its points begin with -, * or 1. and a blank."""
    yield from _findings(subject, "list")


@rule(
    "KP762",
    title=Text("Ebene einer Liste geht verloren", "Level of a list is lost"),
    de="Jede weitere Ebene einer Liste ist um vier Leerzeichen eingerückt.",
    pages=True,
)
def lost_level(subject: Subject) -> Iterator[Finding]:
    """Each further level of a list is indented by four blanks."""
    yield from _findings(subject, "nesting")


@rule(
    "KP763",
    title=Text("Nummer ändert sich", "Number changes"),
    de="Eine nummerierte Liste beginnt mit 1. und zählt ohne Lücke; eine Zeile, die mit einer "
    r"anderen Zahl und einem Punkt beginnt („3. Quartal“), schreibt davor einen Schrägstrich: 3\.; "
    "zwischen einer Liste mit und einer ohne Nummern steht ein Satz.",
    pages=True,
)
def other_number(subject: Subject) -> Iterator[Finding]:
    """A numbered list counts from 1; another number at the start of a line has a backslash;
    a sentence is between a list with numbers and one without."""
    yield from _findings(subject, "number")


@rule(
    "KP764",
    title=Text("Tabelle erscheint als Fließtext", "Table appears as running text"),
    de="Vor einer Tabelle steht eine leere Zeile und unter den Namen der Spalten |---|---|.",
    pages=True,
)
def table_as_text(subject: Subject) -> Iterator[Finding]:
    """Before a table stands an empty line, and below the names of its columns |---|---|."""
    yield from _findings(subject, "table")


@rule(
    "KP765",
    title=Text("Zelle zu viel oder zu wenig", "Cell too many or too few"),
    de="Jede Zeile einer Tabelle hat so viele Zellen wie die Tabelle Spalten; was darüber hinaus "
    "dasteht, erschiene nicht. Eine Zelle zu wenig ist eine Warnung.",
    pages=True,
)
def cells(subject: Subject) -> Iterator[Finding]:
    """Each row of a table has one cell a column; more would not appear, fewer are a warning."""
    yield from _findings(subject, "cells")


@rule(
    "KP766",
    title=Text("Link erscheint als Text", "Link appears as text"),
    de="Ein Link ist [Text](Adresse), ohne Leerzeichen dazwischen und mit allen Klammern.",
    pages=True,
)
def link_as_text(subject: Subject) -> Iterator[Finding]:
    """A link is [text](address), without a blank between and with all brackets."""
    yield from _findings(subject, "link")


@rule(
    "KP767",
    title=Text("Zeichen der Hervorhebung sichtbar", "Signs of emphasis visible"),
    de="Vor und hinter Hervorgehobenem stehen dieselben Zeichen ohne Leerzeichen: **fett**, "
    r"*kursiv*. Ein Stern in einem Wort hat einen Schrägstrich: Bürger\*innen.",
    pages=True,
)
def emphasis(subject: Subject) -> Iterator[Finding]:
    """The same signs stand on both sides of what is emphasised, and none within a word."""
    yield from _findings(subject, "emphasis")


@rule(
    "KP768",
    title=Text("Überschrift oder Text?", "Heading or text?"),
    de="Eine Überschrift beginnt ganz links mit ## und einem Leerzeichen; eine fette Zeile und ein "
    "Text über einer Linie aus Strichen sind keine.",
    pages=True,
)
def heading_or_text(subject: Subject) -> Iterator[Finding]:
    """A heading begins at the left with ## and a blank; a bold line is none, nor text over ---."""
    yield from _findings(subject, "heading")


@rule(
    "KP769",
    title=Text("Text erscheint als Programmtext", "Text appears as code"),
    de="Nach einer leeren Zeile beginnt Text ganz links, außer in Listen.",
    pages=True,
)
def text_as_code(subject: Subject) -> Iterator[Finding]:
    """Behind an empty line, text begins at the very left, unless it belongs to a list."""
    yield from _findings(subject, "code")


@rule(
    "KP770",
    title=Text("Zeichen der Auszeichnung sichtbar", "Markup visible"),
    de="Im fertigen Text stehen keine Zeichen von Markdown, Bausteinen oder HTML. Was wörtlich "
    "gemeint ist, steht in `Gravis-Zeichen` oder hat einen Schrägstrich davor.",
    pages=True,
)
def visible_markup(subject: Subject) -> Iterator[Finding]:
    """No signs of Markdown, macros or HTML are left in the text; what is meant is in backticks."""
    yield from _findings(subject, "rest")


@rule(
    "KP771",
    title=Text("Zeile erscheint nicht", "Line does not appear"),
    de="Eine Zeile wie „[Name]: Adresse“ steht nur dort, wo ein Link der Seite [Name] nennt: Als "
    "Text erschiene sie nicht.",
    pages=True,
)
def vanished(subject: Subject) -> Iterator[Finding]:
    """A line such as “[name]: address” is named by a link; as a text it would not appear."""
    yield from _findings(subject, "vanished")
