"""Rules against going round in circles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import pairwise

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text

Graph = Mapping[str, Mapping[str, int]]
"""From node to node, with the line that says so."""


def cycles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Cycles such that every node on any cycle is on one of them; each node at most in one."""
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        cycle = _shortest(graph, start)
        if cycle and not done & set(cycle):
            done |= set(cycle)
            yield cycle


def _shortest(graph: Graph, start: str) -> tuple[str, ...] | None:
    """The shortest way from a node back to itself."""
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for target in graph.get(node, ()):
            if target == start:
                path = [node]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return tuple(reversed(path))
            if target not in came:
                came[target] = node
                queue.append(target)
    return None


def _findings(subject: Subject, table: str, column: str, graph: Graph) -> Iterator[Finding]:
    for cycle in cycles(graph):
        ring = (*cycle, cycle[0])
        line = max(graph[a][b] for a, b in pairwise(ring))
        way = " → ".join(ring)
        yield subject.cell(
            table,
            line,
            column,
            Text(f"Die Verweise laufen im Kreis: {way}.", f"The references form a circle: {way}."),
            Text(
                "Löschen oder ändern Sie einen dieser Verweise.",
                "Delete or change one of these references.",
            ),
        )


@rule(
    "KP203",
    title=Text("Ziele im Kreis", "Circle of goals"),
    de="Kein Ziel ist sich selbst übergeordnet, auch nicht über andere Ziele.",
)
def goals_in_circle(subject: Subject) -> Iterator[Finding]:
    """No goal is above itself, not even by way of other goals."""
    graph = {g.id: {g.parent: g.line} for g in subject.strategy.goals if g.parent}
    yield from _findings(subject, "goals", "parent", graph)


@rule(
    "KP204",
    title=Text("Abhängigkeiten im Kreis", "Circle of dependencies"),
    de="Keine Maßnahme wartet auf sich selbst, auch nicht über andere Maßnahmen. "
    "Es zählen „requires“ und „blocks“; auch ergänzt sich keine Maßnahme selbst.",
)
def dependencies_in_circle(subject: Subject) -> Iterator[Finding]:
    """No measure waits for itself by ``requires`` and ``blocks``, nor complements itself."""
    graph: dict[str, dict[str, int]] = {}
    for row in subject.strategy.dependencies:
        waits, for_ = (row.to, row.from_) if row.type == "blocks" else (row.from_, row.to)
        if waits and for_ and (row.type != "complements" or waits == for_):
            graph.setdefault(waits, {})[for_] = row.line
    yield from _findings(subject, "dependencies", "to", graph)


@rule(
    "KP205",
    title=Text("Ablösung im Kreis", "Circle of supersession"),
    de="Keine Maßnahme wird am Ende durch sich selbst ersetzt.",
)
def supersession_in_circle(subject: Subject) -> Iterator[Finding]:
    """No measure is superseded by itself in the end."""
    yield from _findings(subject, "successions", "to", successions(subject))


def parts(subject: Subject) -> Graph:
    """From each measure to that which it is a part of, with the line that says so."""
    return {m.id: {m.parent: m.line} for m in subject.strategy.measures if m.parent}


def successions(subject: Subject) -> Graph:
    """Which measures supersede which, with the lines that say so."""
    graph: dict[str, dict[str, int]] = {}
    for row in subject.strategy.successions:
        if row.from_ and row.to:
            graph.setdefault(row.from_, {})[row.to] = row.line
    return graph


@rule(
    "KP210",
    title=Text("Maßnahmen im Kreis", "Circle of measures"),
    de="Keine Maßnahme ist Teil ihrer selbst, auch nicht über andere Maßnahmen.",
)
def measures_in_circle(subject: Subject) -> Iterator[Finding]:
    """No measure is part of itself, not even by way of others."""
    yield from _findings(subject, "measures", "parent", parts(subject))


@rule(
    "KP206",
    title=Text("Organisationen im Kreis", "Circle of organisations"),
    de="Keine Organisation gehört zu sich selbst, auch nicht über andere Organisationen.",
)
def organisations_in_circle(subject: Subject) -> Iterator[Finding]:
    """No organisation is part of itself, not even by way of others."""
    graph = {o.id: {o.parent: o.line} for o in subject.strategy.organisations if o.parent}
    yield from _findings(subject, "organisations", "parent", graph)


@rule(
    "KP213",
    title=Text("Orte im Kreis", "Circle of places"),
    de="Kein Ort liegt in sich selbst, auch nicht über andere Orte.",
)
def places_in_circle(subject: Subject) -> Iterator[Finding]:
    """No place lies in itself, not even by way of other places."""
    graph = {p.id: {p.parent: p.line} for p in subject.strategy.places if p.parent}
    yield from _findings(subject, "places", "parent", graph)
