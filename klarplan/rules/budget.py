"""Rules on money."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.messages import Finding, Text
from klarplan.rules.registry import rule
from klarplan.rules.subject import Subject


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
                    f"Ausgegeben sind {item.spent}, bewilligt nur {item.approved}.",
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
