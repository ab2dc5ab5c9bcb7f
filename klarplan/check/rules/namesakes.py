"""Rules against two rows that readers can't tell apart: the same name, the same official number."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import NOTHING, Finding, Text, together
from klarplan.strategy.choices import bare_key
from klarplan.strategy.model import Measure

NAMES = (
    ("statuses", "label"),
    ("statuses", "label_en"),
    ("fields_of_action", "title"),
    ("indicators", "title"),
    ("organisations", "name"),
    ("bodies", "name"),
)
"""What readers choose from by its name alone; measures and goals show their ids, too."""


@rule(
    "KP217",
    title=Text("Zwei mit demselben Namen", "Two of the same name"),
    de="Status, Handlungsfelder, Kennzahlen, Organisationen und Gremien heißen verschieden: "
    "Filter, Legenden und Listen zeigen nur ihren Namen.",
    severity="warning",
)
def same_name(subject: Subject) -> Iterator[Finding]:
    """Statuses, fields, indicators, organisations and bodies differ in what readers see."""
    for name, column in NAMES:
        if name not in subject.strategy.tables:
            continue
        first: dict[str, tuple[int, str]] = {}
        for line in subject.strategy.tables[name].lines:
            written = " ".join(subject.written(name, line, column).split())
            key = subject.written(name, line, "id")
            if not written:
                continue
            other_line, other = first.setdefault(written.casefold(), (line, key))
            if other == key:
                continue  # this row, or one that repeats its id, which is told already
            yield subject.cell(
                name,
                line,
                column,
                Text(
                    f"„{other}“ in Zeile {other_line} heißt genauso; auf der Website sind beide "
                    "nicht zu unterscheiden.",
                    f"“{other}” on line {other_line} has the same name; on the site, nobody can "
                    "tell them apart.",
                ),
                Text(
                    f"Geben Sie „{key}“ oder „{other}“ einen anderen Namen. Ist dasselbe gemeint, "
                    "behalten Sie nur eine der beiden Zeilen.",
                    f"Give “{key}” or “{other}” another name. If the same is meant, keep one of "
                    "the two rows only.",
                ),
            )


@rule(
    "KP218",
    title=Text("Amtliche Nummer doppelt", "Official number twice"),
    de="Eine amtliche Nummer (official_id) gehört zu einer Maßnahme; nur ihre Teile und ihre "
    "Nachfolger dürfen sie auch tragen.",
    severity="warning",
)
def official_number_twice(subject: Subject) -> Iterator[Finding]:
    """An official number belongs to one measure; its parts and successors may bear it, too."""
    first: dict[str, Measure] = {}
    for measure in subject.strategy.measures:
        number = _number(measure)
        other = first.setdefault(bare_key(number), measure) if number else measure
        if other.id == measure.id or _related(subject, measure, other):
            continue
        yield subject.cell(
            "measures",
            measure.line,
            "official_id",
            together(
                Text(
                    f"Die amtliche Nummer „{number}“ trägt auch {other.id} in Zeile {other.line}.",
                    f"The official number “{number}” is also that of {other.id} on line "
                    f"{other.line}.",
                ),
                _written(number, _number(other)),
            ),
            Text(
                "Prüfen Sie, zu welcher Maßnahme sie gehört, und berichtigen Sie sie bei der "
                "anderen.",
                "Check to which measure it belongs, and correct that of the other.",
            ),
        )


@rule(
    "KP223",
    title=Text("Amtliche Nummer wie eine Kennung", "Official number like an id"),
    de="Keine amtliche Nummer (official_id) ist die Kennung einer anderen Maßnahme, auch nicht in "
    "anderer Schreibung: Was zu der einen gemeldet wird, träfe die andere. "
    "Gemeldet wird es einmal.",
    severity="warning",
)
def number_is_key(subject: Subject) -> Iterator[Finding]:
    """No official number is the id of another measure; capitals, signs and noughts don't count.

    A list whose own numbers look like ids has many such: all have one cause.
    """
    keys = {bare_key(measure.id): measure for measure in reversed(subject.strategy.measures)}
    for measure in subject.strategy.measures:
        other = keys.get(bare_key(number := _number(measure)))
        if other is None or bare_key(other.id) == bare_key(measure.id):
            continue
        yield subject.cell(
            "measures",
            measure.line,
            "official_id",
            Text(
                f"Die amtliche Nummer „{number}“ ist die Kennung einer anderen Maßnahme, "
                f"{other.id} (Zeile {other.line}); niemand wüsste, welche gemeint ist.",
                f"The official number “{number}” is the id of another measure, {other.id} "
                f"(line {other.line}); nobody would know which is meant.",
            ),
            Text(
                "Tragen Sie die amtliche Nummer so ein, dass sie sich von jeder Kennung "
                "unterscheidet, zum Beispiel mit dem Kürzel ihres Plans, oder lassen Sie sie leer.",
                "Enter the official number so that it differs from every id, for example with "
                "the short name of its plan, or leave it empty.",
            ),
            cause=("official_id",),
        )


def _number(measure: Measure) -> str:
    """The official number as people see it; empty where there is none."""
    return " ".join((measure.official_id or "").split())


def _written(number: str, other: str) -> Text:
    """That a number is the same as another one that is written otherwise."""
    if number.casefold() == other.casefold():
        return NOTHING
    return Text(
        f"Dort ist sie „{other}“ geschrieben; ohne Nullen und Zeichen ist es dieselbe.",
        f"There, it is written “{other}”; without noughts and signs, it is the same.",
    )


def _related(subject: Subject, one: Measure, other: Measure) -> bool:
    """Whether one is a part of the other, or took it over, or both are parts of a third."""
    part = {one.id, other.id} & {one.parent, other.parent} or (
        one.parent is not None and one.parent == other.parent
    )
    heirs = subject.strategy.successors_of_measure
    return bool(part) or one in heirs.get(other.id, ()) or other in heirs.get(one.id, ())
