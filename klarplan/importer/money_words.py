"""Words in headers that say whether an amount is planned, approved or spent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klarplan.importer.grid import plain

_SURE: Mapping[str, frozenset[str]] = {
    "spent": frozenset(
        (
            *("ist", "istkosten", "istausgaben", "verausgabt", "verausgabte", "ausgegeben"),
            *("abgeflossen", "abgeflossene", "abfluss", "mittelabfluss", "ergebnis", "tatsächlich"),
            *("rechnungsergebnis", "tatsächliche", "abgerechnet", "spent", "actual"),
        )
    ),
    "approved": frozenset(
        ("bewilligt", "bewilligte", "bewilligung", "genehmigt", "genehmigte", "approved")
    ),
    "planned": frozenset(
        (
            *("plan", "geplant", "geplante", "plankosten", "ansatz", "planansatz", "soll"),
            *("haushaltsansatz", "geschätzt", "geschätzte", "kostenschätzung", "planned"),
        )
    ),
}
"""Words that say wherever they stand what an amount is: “Kosten 2025 (Ist)”, “Ausgaben geplant”."""


AMOUNTS = tuple(_SURE)


def told_amounts(title: str) -> list[str]:
    """The columns of the budget that the words of a header name; two for “Plan/Ist”."""
    words = set(re.findall(r"[^\W\d_]+", plain(title)))
    return [target for target, sure in _SURE.items() if sure & words]
