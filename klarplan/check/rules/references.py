"""Rules on ids and on what must refer to something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.pages.file_names import is_device
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.words.catalogue import GERMAN


@rule(
    "KP201",
    title=Text("Kennungen zu ähnlich", "Ids too similar"),
    de="Kennungen einer Tabelle unterscheiden sich nicht nur in Groß- und Kleinschreibung, "
    "und keine heißt „index“ oder wie ein Gerät unter Windows („con“, „aux“): Jede Kennung wird zu "
    "einer Internetadresse.",
)
def same_address(subject: Subject) -> Iterator[Finding]:
    """Ids of a table differ in more than case, and none is "index" or a device of Windows'."""
    for name in ROW_CHAPTERS:
        seen: dict[str, tuple[str, int]] = {}
        for row in getattr(subject.strategy, name):
            first, line = seen.setdefault(row.id.lower(), (row.id, row.line))
            reserved = row.id.lower() == "index" or is_device(row.id)
            if first == row.id and not reserved:
                continue
            yield subject.cell(
                name,
                row.line,
                "id",
                Text(
                    f"„{row.id}“ taugt nicht als Kennung: Der Name ist vergeben.",
                    f"“{row.id}” is no id: the name is reserved.",
                )
                if reserved
                else Text(
                    f"„{row.id}“ und „{first}“ (Zeile {line}) ergäben dieselbe Internetadresse.",
                    f"“{row.id}” and “{first}” (line {line}) would make the same address.",
                ),
                Text("Vergeben Sie eine andere Kennung.", "Choose another id."),
            )


@rule(
    "KP202",
    title=Text("Kennung taugt nicht als Adresse", "Id no good as an address"),
    de="Kennungen, zu denen es Seiten gibt, bestehen aus Buchstaben, Ziffern und Bindestrichen, "
    "auch wenn das Schema anderes erlaubt.",
)
def id_as_address(subject: Subject) -> Iterator[Finding]:
    """Ids that have pages consist of letters, digits and hyphens, whatever the schema allows."""
    for name in ROW_CHAPTERS:
        for row in getattr(subject.strategy, name):
            if not re.fullmatch(r"\w[\w-]{0,79}", row.id):
                yield subject.cell(
                    name,
                    row.line,
                    "id",
                    Text(
                        f"„{shown(row.id)}“ kann nicht Teil einer Internetadresse sein.",
                        f"“{shown(row.id)}” can't be part of an address.",
                    ),
                    Text("Vergeben Sie eine Kennung wie M-012.", "Choose an id such as M-012."),
                )


OWNERS = (*ROW_CHAPTERS, "participation")
"""Tables whose rows may have documents or pictures."""


@rule(
    "KP207",
    title=Text("Dokument oder Bild ohne Eintrag", "Document or picture without owner"),
    de="Ein Dokument und ein Bild gehören zu einer Zeile, die es gibt.",
)
def owner(subject: Subject) -> Iterator[Finding]:
    """A document and a picture belong to a row that exists."""
    strategy = subject.strategy
    for table in ("documents", "pictures"):
        for row in getattr(strategy, table):
            if row.owner_table not in OWNERS or not row.owner:
                continue
            ids = [each.id for each in getattr(strategy, row.owner_table)]
            if row.owner in ids:
                continue
            described = subject.loaded.descriptor.tables.get(row.owner_table)
            title = described.title if described else row.owner_table
            guess = did_you_mean(row.owner, ids)
            yield subject.cell(
                table,
                row.line,
                "owner",
                Text(
                    f"„{row.owner}“ gibt es in „{title}“ nicht.",
                    f"“{row.owner}” is not in table “{row.owner_table}”.",
                ),
                guess
                if guess != NOTHING
                else Text(
                    "Prüfen Sie Kennung und Art des Eintrags.", "Check id and table of the owner."
                ),
                cause=("id", row.owner),
            )


@rule(
    "KP208",
    title=Text("Maßnahme ohne Federführung", "Measure without lead"),
    de="Jede Maßnahme hat eine federführende Organisation.",
    severity="warning",
)
def without_lead(subject: Subject) -> Iterator[Finding]:
    """Each measure has an organisation that leads it."""
    strategy = subject.strategy
    if not strategy.has("responsibilities"):
        return
    led = {
        r.measure
        for r in strategy.responsibilities
        if r.role == "lead" or subject.is_broken("responsibilities", r.line)
    }
    for measure in strategy.measures:
        if measure.id not in led and measure.id not in strategy.successors_of_measure:
            yield subject.cell(
                "measures",
                measure.line,
                "id",
                Text(
                    f"Für {measure.id} ist niemand federführend.",
                    f"Nobody leads {measure.id}.",
                ),
                Text(
                    "Ergänzen Sie in data/responsibilities.csv eine Zeile mit der Rolle lead.",
                    "Add a row with the role lead to data/responsibilities.csv.",
                ),
            )


@rule(
    "KP209",
    title=Text("Maßnahme ohne Ziel", "Measure without goal"),
    de="Jede Maßnahme trägt zu einem Ziel bei.",
    severity="warning",
)
def without_goal(subject: Subject) -> Iterator[Finding]:
    """Each measure contributes to a goal."""
    strategy = subject.strategy
    if not strategy.goals or not strategy.has("measure_goals"):
        return
    linked = {link.measure for link in strategy.measure_goals}
    for measure in strategy.measures:
        if measure.id not in linked and measure.id not in strategy.successors_of_measure:
            yield subject.cell(
                "measures",
                measure.line,
                "id",
                Text(f"{measure.id} trägt zu keinem Ziel bei.", f"{measure.id} has no goal."),
                Text(
                    "Ergänzen Sie in data/measure_goals.csv eine Zeile.",
                    "Add a row to data/measure_goals.csv.",
                ),
            )


@rule(
    "KP216",
    title=Text("Mehrere federführend", "Several leads"),
    de="Federführend ist für jede Maßnahme eine einzige Organisation.",
    severity="warning",
)
def several_leads(subject: Subject) -> Iterator[Finding]:
    """Each measure is led by a single organisation."""
    strategy = subject.strategy
    for measure, rows in strategy.responsibilities_of_measure.items():
        leads = {r.organisation: r for r in reversed(rows) if r.role == "lead"}
        if len(leads) < 2 or measure not in strategy.measure_by_id:
            continue
        names = [
            strategy.organisation_by_id[o].name if o in strategy.organisation_by_id else o
            for o in reversed(leads)
        ]
        yield subject.cell(
            "responsibilities",
            [*reversed(leads.values())][1].line,
            "role",
            Text(
                f"Für {measure} sind {GERMAN.listed(names)} federführend. Wer antwortet, wenn "
                "jemand fragt?",
                f"{measure} is led by {', '.join(names)}. Who answers if somebody asks?",
            ),
            Text(
                "Lassen Sie „lead“ bei einer Organisation stehen, und tragen Sie bei den anderen "
                "„partner“ ein.",
                "Keep “lead” for one organisation, and enter “partner” for the others.",
            ),
        )
