"""Rules on measures that take over others, stand in several fields, and act in places."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.cycles import cycles, successions
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy import derive
from klarplan.strategy.model import Measure
from klarplan.strategy.place_names import has_places
from klarplan.words.catalogue import GERMAN


@rule(
    "KP211",
    title=Text("Abgelöst und zugleich in Arbeit", "Superseded and under way at once"),
    de="Zu einer abgelösten Maßnahme sagt die jüngste Meldung nicht, dass an ihr gearbeitet wird.",
    severity="warning",
)
def superseded_under_way(subject: Subject) -> Iterator[Finding]:
    """The latest report on a superseded measure does not say that it is under way."""
    strategy = subject.strategy
    for measure, line in _superseded(subject):
        if derive.category(strategy, measure, subject.as_of) not in ("active", "delayed"):
            continue
        others = [m.id for m in strategy.successors_of_measure[measure.id]]
        yield subject.cell(
            "successions",
            line,
            "from",
            Text(
                f"{measure.id} ist durch {GERMAN.listed(others)} abgelöst, nach der jüngsten "
                "Meldung aber noch in Arbeit.",
                f"{measure.id} is superseded by {', '.join(others)}, yet its latest report says "
                "that it is under way.",
            ),
            Text(
                "Melden Sie, wie sie geendet hat, oder löschen Sie die Zeile, bis es so weit ist.",
                "Report how it ended, or delete the row until that is so.",
            ),
        )


@rule(
    "KP212",
    title=Text("Nur intern abgelöst", "Superseded by internal measures only"),
    de="Eine öffentliche Maßnahme ist nicht allein durch interne abgelöst: Die Öffentlichkeit sähe "
    "sie weiter als offen, laufend oder überfällig.",
    severity="warning",
)
def superseded_in_secret(subject: Subject) -> Iterator[Finding]:
    """A public measure is not superseded by internal ones only: the public would see it go on."""
    strategy = subject.strategy
    for measure, line in _superseded(subject):
        others = strategy.successors_of_measure[measure.id]
        state = derive.category(strategy, measure, subject.as_of)
        shown = measure.visibility != "internal" and not derive.is_finished(state)
        if not shown or any(m.visibility != "internal" for m in others):
            continue
        yield subject.cell(
            "successions",
            line,
            "to",
            Text(
                f"{measure.id} ist nur durch Internes abgelöst. Auf der Website steht davon "
                "nichts; dort bleibt es bei der jüngsten Meldung und beim Plan.",
                f"{measure.id} is superseded by internal measures only. The website tells nothing "
                "of that; it goes on showing the latest report and the plan.",
            ),
            Text(
                f"Melden Sie zu {measure.id}, dass sie eingestellt oder abgeschlossen ist, oder "
                "nennen Sie eine öffentliche Maßnahme.",
                f"Report that {measure.id} was stopped or done, or name a public measure.",
            ),
        )


def _superseded(subject: Subject) -> Iterator[tuple[Measure, int]]:
    """The superseded measures, each with the first line that says so.

    Those that supersede one another are left out: that is the cause.
    """
    strategy = subject.strategy
    circling = {identifier for ring in cycles(successions(subject)) for identifier in ring}
    lines: dict[str, int] = {}
    for row in strategy.successions:
        lines.setdefault(row.from_, row.line)
    for measure in strategy.measure_by_id.values():
        if measure.id in strategy.successors_of_measure and measure.id not in circling:
            yield measure, lines[measure.id]


@rule(
    "KP214",
    title=Text("Orte ohne Maßnahme", "Places without measures"),
    de="Sind Orte eingetragen, wirkt in einem von ihnen eine Maßnahme.",
    severity="notice",
)
def unused_places(subject: Subject) -> Iterator[Finding]:
    """Where there are places, a measure acts in one of them."""
    strategy = subject.strategy
    if strategy.places and not has_places(strategy):
        yield subject.cell(
            "places",
            strategy.places[0].line,
            "id",
            Text("In keinem Ort wirkt eine Maßnahme.", "No measure acts in any of the places."),
            Text(
                "Ergänzen Sie Zeilen in data/measure_places.csv; sonst erscheinen die Orte "
                "nirgends.",
                "Add rows to data/measure_places.csv; otherwise the places are shown nowhere.",
            ),
        )


@rule(
    "KP215",
    title=Text("Weiteres Handlungsfeld ist das federführende", "Further field is the leading one"),
    de="Als weiteres Handlungsfeld einer Maßnahme steht nicht ihr federführendes.",
    severity="warning",
)
def leading_field_again(subject: Subject) -> Iterator[Finding]:
    """A further field of a measure is not its leading one."""
    for row in subject.strategy.measure_fields:
        measure = subject.strategy.measure_by_id.get(row.measure)
        if measure and row.field == measure.field:
            yield subject.cell(
                "measure_fields",
                row.line,
                "field",
                Text(
                    f"{row.field} ist schon das federführende Handlungsfeld von {measure.id}.",
                    f"{row.field} is the leading field of {measure.id} already.",
                ),
                Text("Löschen Sie die Zeile.", "Delete the row."),
            )
