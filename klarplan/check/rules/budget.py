"""Rules on money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from klarplan.check.rules.cycles import cycles, parts
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.model import SUMS, BudgetItem, Strategy
from klarplan.words.catalogue import GERMAN


@rule(
    "KP501",
    title=Text("Mehr ausgegeben als bewilligt", "More spent than approved"),
    de="Die Ausgaben eines Jahres überschreiten die bewilligten Mittel nicht.",
    severity="warning",
)
def overspent(subject: Subject) -> Iterator[Finding]:
    """The spending of a year does not exceed what was approved."""
    for item in subject.strategy.budget:
        if item.approved is not None and item.spent is not None and item.spent > item.approved:
            yield subject.cell(
                "budget",
                item.line,
                "spent",
                Text(
                    f"Ausgegeben sind {GERMAN.number(item.spent)}, bewilligt nur "
                    f"{GERMAN.number(item.approved)}.",
                    f"{item.spent} were spent, only {item.approved} approved.",
                ),
                Text(
                    "Prüfen Sie beide Beträge, oder erklären Sie es im Sachstand.",
                    "Check both amounts, or explain it in a status report.",
                ),
            )


@rule(
    "KP502",
    title=Text("Jahr außerhalb der Laufzeit", "Year outside the period"),
    de="Die Jahre der Finanzierung liegen in der Laufzeit der Strategie "
    "(period_start und period_end).",
    severity="warning",
)
def year_outside(subject: Subject) -> Iterator[Finding]:
    """Budget years are within the period of the strategy (period_start, period_end)."""
    settings = subject.strategy.settings
    first, last = settings.period_start, settings.period_end
    if first and last and last < first:
        return  # told where the years are set
    for item in subject.strategy.budget:
        if item.year is None or not 1000 <= item.year <= 9999:
            continue
        if (first and item.year < first) or (last and item.year > last):
            yield subject.cell(
                "budget",
                item.line,
                "year",
                Text(
                    f"{item.year} liegt außerhalb der Laufzeit {first or '…'}–{last or '…'}.",
                    f"{item.year} is outside the period {first or '…'}–{last or '…'}.",
                ),
                Text(
                    "Prüfen Sie das Jahr, oder ändern Sie die Laufzeit in strategy/strategy.yml.",
                    "Check the year, or change the period in strategy/strategy.yml.",
                ),
            )


SAME = ("measure", "year", "funding_source", "programme")
"""What tells the rows of the budget apart."""


@rule(
    "KP504",
    title=Text("Zeile doppelt", "Row twice"),
    de="Zu Maßnahme, Jahr, Mittelherkunft und Programm gibt es eine Zeile. Zwei solche Zeilen sind "
    "eine Warnung; stimmen sie in allem überein, zählte das Geld doppelt, und es ist ein Fehler.",
)
def row_twice(subject: Subject) -> Iterator[Finding]:
    """Measure, year, source and programme have one row; equal rows are an error, alike ones not."""
    first: dict[tuple[str, ...], int] = {}
    equal: dict[tuple[str, ...], int] = {}
    for item in subject.strategy.budget:
        record = subject.record("budget", item.line)
        key = tuple(subject.written("budget", item.line, column) for column in SAME)
        before = first.setdefault(key, item.line)
        same = equal.setdefault(record, item.line)
        if before == item.line:
            continue
        told = same if same != item.line else before
        problem = Text(
            f"Doppelt? Zeile {told} nennt dieselbe Maßnahme mit demselben Jahr, derselben "
            "Mittelherkunft und demselben Programm.",
            f"Twice? Line {told} has the same measure, year, source and programme.",
        )
        cure = Text(
            "Fassen Sie die Zeilen zusammen, oder unterscheiden Sie sie durch das Programm.",
            "Join the rows, or tell them apart by their programme.",
        )
        if same != item.line:
            cure = Text(f"Löschen Sie Zeile {item.line}.", f"Delete line {item.line}.")
            problem = Text(
                f"Die Zeile stimmt in allem mit Zeile {told} überein; das Geld zählte doppelt.",
                f"The row equals line {told}; the money would count twice.",
            )
        finding = subject.cell("budget", item.line, "measure", problem, cure)
        yield finding if same != item.line else replace(finding, severity="warning")


FACTOR = 500
"""Amounts that belong together and differ by more are not in the same unit."""


@rule(
    "KP508",
    title=Text("Tausendfacher Betrag", "Thousand times the amount"),
    de=f"Beträge derselben Zeile und derselben Maßnahme unterscheiden sich nicht um das "
    f"{FACTOR}-Fache und mehr: Einer stünde in Euro, der andere in Tausend Euro.",
    severity="warning",
)
def other_unit(subject: Subject) -> Iterator[Finding]:
    """Amounts of a row, and of a measure, don't differ so much that their units must differ."""
    for items in subject.strategy.budget_of_measure.values():
        for item in items:
            if told := _odd_amount(item, items):
                column, amount, other = told
                written = [subject.written("budget", item.line, c) for c in ("planned", "approved")]
                if any(THOUSANDS.fullmatch(text.strip()) for text in written):
                    continue  # a point between thousands is the cause
                yield subject.cell(
                    "budget",
                    item.line,
                    column,
                    Text(
                        f"{GERMAN.number(amount)} passt nicht zu {GERMAN.number(other)}: Steht "
                        "einer der Beträge in Tausend Euro?",
                        f"{amount:f} does not go with {other:f}: is one of the amounts in "
                        "thousands of euros?",
                    ),
                    Text(
                        "Schreiben Sie alle Beträge in ganzen Euro.",
                        "Write all amounts in whole euros.",
                    ),
                )


def _odd_amount(
    item: BudgetItem, items: Iterable[BudgetItem]
) -> tuple[str, Decimal, Decimal] | None:
    """A column whose amount is far from another of the row, or else from all other years."""
    planned, approved = item.planned, item.approved
    if planned and approved and not 1 / FACTOR < abs(planned / approved) < FACTOR:
        return "planned", planned, approved
    for column in ("planned", "approved"):
        amount = getattr(item, column)
        others = [
            getattr(i, column)
            for i in items
            if i is not item and i.funding_source == item.funding_source and getattr(i, column)
        ]
        if amount and len(others) > 1:
            far = [not 1 / FACTOR < abs(amount / other) < FACTOR for other in others]
            if all(far):
                return column, amount, others[0]
    return None


THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")


@rule(
    "KP503",
    title=Text("Tausenderpunkt", "Point between thousands"),
    de="Beträge stehen ohne Tausenderpunkt in der Tabelle; ein Punkt trennt Euro und Cent.",
)
def thousands(subject: Subject) -> Iterator[Finding]:
    """Amounts have no point between thousands; a point separates euros and cents."""
    for item in subject.strategy.budget:
        for column in SUMS:
            text = subject.written("budget", item.line, column).strip()
            amount = getattr(item, column)
            if amount is None or not THOUSANDS.fullmatch(text):
                continue
            meant = text.replace(".", "")
            yield subject.cell(
                "budget",
                item.line,
                column,
                Text(
                    f"„{text}“ hieße {GERMAN.number(amount)}: In Tabellen trennt "
                    "ein Punkt Euro und Cent.",
                    f"“{text}” would mean {amount.normalize():f}: in tables a point "
                    "separates euros and cents.",
                ),
                Text(f"Schreiben Sie {meant}.", f"Write {meant}."),
            )


@rule(
    "KP506",
    title=Text("Doppelt gezählt?", "Counted twice?"),
    de="Maßnahme und Teilmaßnahme haben nicht beide Beträge für dasselbe Jahr aus derselben "
    "Quelle: Summen zählen beide.",
    severity="warning",
)
def counted_twice(subject: Subject) -> Iterator[Finding]:
    """A measure and its part don't both have amounts for one year and source: sums count both."""
    strategy = subject.strategy
    column = subject.loaded.descriptor.tables.get("budget")
    circling = {identifier for ring in cycles(parts(subject)) for identifier in ring}
    for owner, below in strategy.parts_of_measure.items():
        above = _sources(strategy, owner) if owner not in circling else {}
        for part in below:
            both = {key: item for key, item in _sources(strategy, part.id).items() if key in above}
            if not both:
                continue
            first = next(iter(both.values()))
            label = column.columns["funding_source"].label if column else str
            said = [f"{year} ({label(source)})" if source else str(year) for year, source in both]
            yield subject.cell(
                "budget",
                first.line,
                "measure",
                Text(
                    f"{part.id} ist ein Teil von {owner}, und beide haben Beträge für "
                    f"{GERMAN.listed(said)}. Zählt die Summe etwas doppelt?",
                    f"{part.id} is a part of {owner}, and both have amounts for "
                    f"{', '.join(said)}. Does the sum count something twice?",
                ),
                Text(
                    "Lassen Sie jeden Betrag nur an einer Stelle stehen: bei der Maßnahme oder bei "
                    "ihrem Teil.",
                    "Keep each amount in one place only: with the measure or with its part.",
                ),
            )


def _sources(strategy: Strategy, measure: str) -> dict[tuple[int, str], BudgetItem]:
    """The first row of each year and source for which a measure has an amount."""
    found: dict[tuple[int, str], BudgetItem] = {}
    for item in strategy.budget_of_measure.get(measure, ()):
        if item.year and any((item.planned, item.approved, item.spent)):
            found.setdefault((item.year, item.funding_source or ""), item)
    return found


AMOUNTS = (*SUMS, "staff_fte")


@rule(
    "KP507",
    title=Text("Zeile ohne Betrag", "Row without amount"),
    de="Jede Zeile der Finanzierung nennt einen Betrag oder Vollzeitstellen.",
    severity="warning",
)
def no_amount(subject: Subject) -> Iterator[Finding]:
    """Each row of the budget has an amount or full-time posts."""
    for item in subject.strategy.budget:
        told = any(subject.written("budget", item.line, column).strip() for column in AMOUNTS)
        if told or item.extra:
            continue
        when = f" für {item.year}" if item.year else ""
        when_en = f" for {item.year}" if item.year else ""
        header = subject.strategy.tables["budget"].header
        yield subject.cell(
            "budget",
            item.line,
            next((column for column in AMOUNTS if column in header), "measure"),
            Text(
                f"Die Zeile zu {item.measure}{when} nennt keinen Betrag; sie zählt nirgends mit.",
                f"The row of {item.measure}{when_en} has no amount; it counts nowhere.",
            ),
            Text(
                "Tragen Sie einen Betrag ein (0, wenn nichts vorgesehen ist), oder löschen Sie die "
                "Zeile.",
                "Enter an amount (0 if nothing is meant), or delete the row.",
            ),
        )
