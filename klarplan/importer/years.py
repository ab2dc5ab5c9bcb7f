"""The year of amounts: asked for where neither the list nor the mapping tells it."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.importer.draft import Drafting
from klarplan.importer.money_words import AMOUNTS
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import Text

_SHOWN = 3
"""So many amounts of a column are shown where its year is asked for."""


def lacks_year(run: Run, drafting: Drafting) -> bool:
    """Whether the amounts of a list have no year, which is told; none of them is to be taken."""
    source = drafting.source
    if source.table != "budget" or source.rule("year") is not None:
        return False
    for place, position in _amounts(drafting):
        texts = [text for row in drafting.entries if (text := line(row.at(position)))]
        if not texts:
            continue
        shown = " · ".join([*texts[:_SHOWN], *(["…"] if len(texts) > _SHOWN else [])])
        name = place.column
        run.leave(
            place,
            shown,
            Text(
                f"„{name}“ nennt kein Jahr, und die Zuordnung auch nicht; deshalb wird kein Betrag "
                "der Spalte übernommen.",
                f"“{name}” names no year, and neither does the mapping; so no amount of the column "
                "is taken over.",
            ),
            Text(
                f"Gelten alle für ein Jahr, ergänzen Sie in der Zuordnung bei der Quelle in Zeile "
                f"{source.line} unter „columns“ die Zeile „year: {{value: JJJJ}}“. Sind es "
                "Gesamtbeträge über mehrere Jahre, löschen Sie diese Quelle.",
                f"If all are for one year, add in the mapping to the source in line {source.line} "
                "under “columns” the line “year: {value: YYYY}”. If they are totals of several "
                "years, delete this source.",
            ),
        )
    return True


def tell_year(run: Run, drafting: Drafting) -> None:
    """Remark amounts whose year only the mapping tells: a total would be said to be of one year."""
    year = drafting.source.rule("year")
    if drafting.source.table != "budget" or year is None or year.value is None:
        return
    for place, position in _amounts(drafting):
        if year.value not in drafting.header.full(position):
            run.remark(
                place,
                Text(
                    f"„{place.column}“ nennt kein Jahr; nach der Zuordnung gelten alle Beträge für "
                    f"{year.value}, und so stehen sie auf der Website. Ist es ein Gesamtbetrag "
                    "über mehrere Jahre, nehmen Sie die Quelle heraus.",
                    f"“{place.column}” names no year; by the mapping all amounts are for "
                    f"{year.value}, and the site says so. If it is a total of several years, "
                    "remove the source.",
                ),
            )


def _amounts(drafting: Drafting) -> Iterator[tuple[Place, int]]:
    """The columns with amounts: where their header stands, and their position."""
    for rule in drafting.source.rules:
        position = drafting.position_of(rule.target)
        if rule.target in AMOUNTS and position is not None:
            name = drafting.header.name(position)
            yield (
                Place(sheet=drafting.sheet.label, row=drafting.header.row, column=name),
                position,
            )
