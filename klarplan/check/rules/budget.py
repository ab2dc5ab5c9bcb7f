"""Rules on money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan import german
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text


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
                    f"Ausgegeben sind {german.number(item.spent)}, bewilligt nur "
                    f"{german.number(item.approved)}.",
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
)
def year_outside(subject: Subject) -> Iterator[Finding]:
    """Budget years are within the period of the strategy (period_start, period_end)."""
    settings = subject.strategy.settings
    first, last = settings.period_start, settings.period_end
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


THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")


@rule(
    "KP503",
    title=Text("Tausenderpunkt", "Point between thousands"),
    de="Beträge stehen ohne Tausenderpunkt in der Tabelle; ein Punkt trennt Euro und Cent.",
)
def thousands(subject: Subject) -> Iterator[Finding]:
    """Amounts have no point between thousands; a point separates euros and cents."""
    for item in subject.strategy.budget:
        for column in ("planned", "approved", "spent"):
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
                    f"„{text}“ hieße {german.number(amount)}: In Tabellen trennt "
                    "ein Punkt Euro und Cent.",
                    f"“{text}” would mean {amount.normalize():f}: in tables a point "
                    "separates euros and cents.",
                ),
                Text(f"Schreiben Sie {meant}.", f"Write {meant}."),
            )
