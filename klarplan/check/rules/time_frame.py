"""The rule on dates that lie far from the strategy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.load import as_date

BEFORE = 60
"""So many years before the strategy a value or decision may be that it builds on."""
BEHIND = 15
"""So many years behind its end a date may lie: measures outlast their strategy."""
FAR_GOALS = 35
"""The same for targets: climate goals reach far."""
_TARGETS = ("indicator_targets", "goals")


@rule(
    "KP116",
    title=Text("Jahr weit außerhalb der Strategie", "Year far from the strategy"),
    de=f"Daten liegen höchstens {BEFORE} Jahre vor und {BEHIND} Jahre nach der Laufzeit der "
    f"Strategie (period_start und period_end), Zielwerte höchstens {FAR_GOALS} Jahre danach.",
    severity="warning",
)
def far_year(subject: Subject) -> Iterator[Finding]:
    """No date is far from the period of the strategy: a digit of its year may be wrong."""
    settings = subject.strategy.settings
    first = settings.period_start or subject.as_of.year
    last = settings.period_end or max(first, subject.as_of.year)
    for name, table in subject.strategy.tables.items():
        columns = subject.loaded.descriptor.tables[name].columns
        most = last + (FAR_GOALS if name in _TARGETS else BEHIND)
        for position, column in enumerate(table.header):
            if column not in columns or columns[column].type != "date":
                continue
            for record, line in zip(table.records, table.lines, strict=True):
                day = _date(record[position]) if position < len(record) else None
                if day is None or first - BEFORE <= day.year <= most:
                    continue
                meant = likely_year(day.year, range(first, last + 1))
                yield subject.cell(
                    name,
                    line,
                    column,
                    Text(
                        f"Das Jahr {day.year} liegt weit außerhalb der Strategie ({first} bis "
                        f"{last}).",
                        f"The year {day.year} is far from the strategy ({first} to {last}).",
                    ),
                    Text(
                        f"Meinten Sie {day.isoformat().replace(str(day.year), str(meant), 1)}?",
                        f"Did you mean {day.isoformat().replace(str(day.year), str(meant), 1)}?",
                    )
                    if meant
                    else Text("Prüfen Sie die Jahreszahl.", "Check the year."),
                )


def likely_year(written: int, years: range) -> int | None:
    """The year of ``years`` that a slip of the keyboard made ``written`` of, if there is one.

    Two neighbouring digits changed their places; else one digit was missed.
    """
    digits = f"{written:04}"
    turned = {
        int(digits[:n] + b + a + digits[n + 2 :]) for n, (a, b) in enumerate(pairwise(digits))
    }
    found = sorted(turned & set(years))
    if not found:
        found = [y for y in years if sum(a != b for a, b in zip(str(y), digits, strict=True)) == 1]
    return found[0] if len(found) == 1 else None


def _date(text: str) -> dt.date | None:
    try:
        return as_date(text)
    except ValueError:
        return None
