"""Rules on indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.model import Indicator


@rule(
    "KP401",
    title=Text("Zielwert ohne Wert", "Target without value"),
    de="Eine Kennzahl mit Zielwerten hat mindestens einen gemessenen Wert oder einen Ausgangswert.",
    severity="warning",
)
def target_without_value(subject: Subject) -> Iterator[Finding]:
    """An indicator that has targets has a measured value or a baseline as well."""
    strategy = subject.strategy
    measured = {v.indicator for v in strategy.indicator_values}
    told: set[str] = set()
    for target in strategy.indicator_targets:
        indicator = strategy.indicator_by_id.get(target.indicator)
        if indicator is None or indicator.id in measured or indicator.id in told:
            continue
        if not subject.written("indicators", indicator.line, "baseline_value"):
            told.add(indicator.id)
            yield subject.cell(
                "indicator_targets",
                target.line,
                "indicator",
                Text(
                    f"{indicator.id} hat einen Zielwert, aber weder gemessene Werte noch einen "
                    "Ausgangswert.",
                    f"{indicator.id} has a target, but neither measured values nor a baseline.",
                ),
                Text(
                    "Ergänzen Sie einen Wert in data/indicator_values.csv oder den Ausgangswert "
                    "in data/indicators.csv.",
                    "Add a value to data/indicator_values.csv or the baseline to "
                    "data/indicators.csv.",
                ),
            )


def _outside(indicator: Indicator, value: Decimal | None) -> Text | None:
    low, high = indicator.minimum, indicator.maximum
    if value is None or (low is not None and high is not None and low > high):
        return None
    if low is not None and value < low:
        return Text(
            f"{value} ist kleiner als der kleinste mögliche Wert von {indicator.id} ({low}).",
            f"{value} is below the smallest possible value of {indicator.id} ({low}).",
        )
    if high is not None and value > high:
        return Text(
            f"{value} ist größer als der größte mögliche Wert von {indicator.id} ({high}).",
            f"{value} is above the greatest possible value of {indicator.id} ({high}).",
        )
    return None


_RANGE_CURE = Text(
    "Prüfen Sie den Wert und die Grenzen in data/indicators.csv.",
    "Check the value and the bounds in data/indicators.csv.",
)


@rule(
    "KP402",
    title=Text("Wert außerhalb des Möglichen", "Value out of range"),
    de="Gemessene Werte, Zielwerte und Ausgangswerte liegen in den Grenzen der Kennzahl.",
    severity="warning",
)
def value_out_of_range(subject: Subject) -> Iterator[Finding]:
    """Measured values, targets and baselines keep to the bounds of their indicator."""
    strategy = subject.strategy
    for name in ("indicator_values", "indicator_targets"):
        for point in getattr(strategy, name):
            indicator = strategy.indicator_by_id.get(point.indicator)
            problem = _outside(indicator, point.value) if indicator else None
            if problem:
                yield subject.cell(name, point.line, "value", problem, _RANGE_CURE)
    for indicator in strategy.indicators:
        problem = _outside(indicator, indicator.baseline_value)
        if problem:
            yield subject.cell("indicators", indicator.line, "baseline_value", problem, _RANGE_CURE)


@rule(
    "KP403",
    title=Text("Grenzen vertauscht", "Bounds swapped"),
    de="Der kleinste mögliche Wert einer Kennzahl ist nicht größer als der größte.",
)
def bounds_swapped(subject: Subject) -> Iterator[Finding]:
    """The smallest possible value of an indicator is not above the greatest."""
    for indicator in subject.strategy.indicators:
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            yield subject.cell(
                "indicators",
                indicator.line,
                "minimum",
                Text(f"{low} ist größer als {high}.", f"{low} is greater than {high}."),
                Text(
                    "Prüfen Sie beide Werte: In „minimum“ gehört der kleinste mögliche, in "
                    "„maximum“ der größte.",
                    "Check both values: the smallest possible belongs into “minimum”, the "
                    "greatest into “maximum”.",
                ),
            )
