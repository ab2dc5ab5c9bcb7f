"""Rules on indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.model import Indicator, IndicatorPoint


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
    strategy = subject.strategy
    for indicator in strategy.indicators:
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            values = strategy.values_of_indicator.get(indicator.id, ())
            known = [value.value for value in values if value.value is not None]
            above = bool(known) and min(known) >= low
            wrong = "maximum" if above else "minimum"
            yield subject.cell(
                "indicators",
                indicator.line,
                wrong,
                Text(
                    f"Der kleinste mögliche Wert ({low}) ist größer als der größte ({high}).",
                    f"The smallest possible value ({low}) is above the greatest ({high}).",
                ),
                Text(
                    f"In „maximum“ gehört der größte mögliche Wert, mindestens {max(known)}."
                    if above
                    else f"In „minimum“ gehört der kleinste mögliche Wert, höchstens {min(known)}.",
                    f"The greatest possible value belongs into “maximum”, at least {max(known)}."
                    if above
                    else "The smallest possible value belongs into “minimum”, at most "
                    f"{min(known)}.",
                )
                if above or (known and max(known) <= high)
                else Text(
                    "Prüfen Sie beide Werte: In „minimum“ gehört der kleinste mögliche, in "
                    "„maximum“ der größte.",
                    "Check both values: the smallest possible belongs into “minimum”, the "
                    "greatest into “maximum”.",
                ),
            )


@rule(
    "KP404",
    title=Text("Zielwert gegen die Richtung", "Target against the direction"),
    de="Die Zielwerte einer Kennzahl liegen auf der Seite des Ausgangswerts, in die „direction“ "
    "weist: Was steigen soll, hat höhere Ziele, was sinken soll, niedrigere.",
    severity="warning",
)
def target_against_direction(subject: Subject) -> Iterator[Finding]:
    """Targets lie above the baseline of what is to increase, and below that of what is not."""
    strategy = subject.strategy
    for indicator in strategy.indicators:
        start, sign = indicator.baseline_value, _SIGNS.get(indicator.direction or "")
        if start is None or sign is None:
            continue
        targets = strategy.targets_of_indicator.get(indicator.id, ())
        wrong = [t for t in targets if t.value is not None and (t.value - start) * sign < 0]
        aim, aim_en = ("steigen", "increase") if sign > 0 else ("sinken", "decrease")
        other = "decrease" if sign > 0 else "increase"
        if wrong and len(wrong) == len(targets):
            yield subject.cell(
                "indicators",
                indicator.line,
                "direction",
                Text(
                    f"{indicator.id} soll {aim}, aber {_all(len(wrong)).de} auf der anderen Seite "
                    f"des Ausgangswerts {start} ({_listed(wrong)}).",
                    f"{indicator.id} is to {aim_en}, but {_all(len(wrong)).en} on the other side "
                    f"of the baseline {start} ({_listed(wrong)}).",
                ),
                Text(
                    f"Schreiben Sie {other}, oder prüfen Sie Ausgangswert und Zielwerte.",
                    f"Write {other}, or check baseline and targets.",
                ),
            )
            continue
        for target in wrong:
            yield subject.cell(
                "indicator_targets",
                target.line,
                "value",
                Text(
                    f"{indicator.id} soll {aim}, dieser Zielwert ist aber "
                    f"{'kleiner' if sign > 0 else 'größer'} als der Ausgangswert {start}.",
                    f"{indicator.id} is to {aim_en}, but this target is "
                    f"{'below' if sign > 0 else 'above'} the baseline {start}.",
                ),
                Text(
                    "Prüfen Sie den Zielwert; der Ausgangswert steht in data/indicators.csv.",
                    "Check the target; the baseline stands in data/indicators.csv.",
                ),
            )


_SIGNS = {"increase": 1, "decrease": -1}


def _all(count: int) -> Text:
    one = count == 1
    return Text(
        "ihr Zielwert liegt" if one else "alle Zielwerte liegen",
        "its target lies" if one else "all targets lie",
    )


def _listed(targets: Iterable[IndicatorPoint]) -> str:
    return ", ".join(str(target.value) for target in targets)


@rule(
    "KP405",
    title=Text("Kennzahl ohne Einheit", "Indicator without unit"),
    de="Eine Kennzahl mit Werten oder Zielwerten nennt ihre Einheit, außer ihr Titel nennt sie.",
    severity="warning",
)
def no_unit(subject: Subject) -> Iterator[Finding]:
    """An indicator with values or targets has a unit, unless its title names it."""
    strategy = subject.strategy
    table = strategy.tables.get("indicators")
    if table is None or "unit" not in table.header:
        return  # a column that is gone is told as such
    points = (*strategy.indicator_values, *strategy.indicator_targets)
    used = {point.indicator for point in points if point.value is not None}
    for indicator in strategy.indicators:
        if indicator.unit or indicator.id not in used or _UNIT.search(indicator.title):
            continue
        yield subject.cell(
            "indicators",
            indicator.line,
            "unit",
            Text(
                f"{indicator.id} hat Werte, aber keine Einheit; gezeigt würden nur Zahlen.",
                f"{indicator.id} has values, but no unit; the site would show bare numbers.",
            ),
            Text(
                "Tragen Sie sie in „unit“ ein, zum Beispiel Prozent, Tage, Euro oder Anzahl.",
                "Enter it in “unit”, for example percent, days, euros or number.",
            ),
        )


_UNIT = re.compile(
    r"%|\([^()]+\)|\bin [\w€]+$|\b(?:\w*zahl|Summe|Index|Note|Number|Score)\b", re.IGNORECASE
)
"""What in a title tells what its numbers count: “Anteil in %”, “Zahl der Anträge”."""


@rule(
    "KP406",
    title=Text("Ausgangswert ohne Tag", "Baseline without day"),
    de="Zu einem Ausgangswert gehört der Tag, für den er gilt, und umgekehrt; sonst erscheint er "
    "nicht.",
    severity="warning",
)
def half_baseline(subject: Subject) -> Iterator[Finding]:
    """A baseline has both its value and the day that it is for; else it is not shown."""
    for indicator in subject.strategy.indicators:
        for has, lacks in (
            ("baseline_value", "baseline_date"),
            ("baseline_date", "baseline_value"),
        ):
            given, missing = (
                subject.written("indicators", indicator.line, column).strip()
                for column in (has, lacks)
            )
            if given and not missing:
                day = lacks == "baseline_date"
                yield subject.cell(
                    "indicators",
                    indicator.line,
                    has,
                    Text(
                        f"Zum Ausgangswert von {indicator.id} fehlt "
                        f"{'der Tag' if day else 'der Wert'}; so erscheint er nicht.",
                        f"The baseline of {indicator.id} lacks its {'day' if day else 'value'}; it "
                        "would not appear.",
                    ),
                    Text(
                        f"Tragen Sie in „{lacks}“ ein, "
                        + ("wann er galt, zum Beispiel 2023-12-31." if day else "wie hoch er war."),
                        f"Enter in “{lacks}” "
                        + ("when it held, for example 2023-12-31." if day else "how high it was."),
                    ),
                )
