"""Macros on one measure: why, who, when, with what and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from klarplan.strategy import addresses, contact, derive, slips
from klarplan.strategy.code_hosts import git_project
from klarplan.strategy.model import Measure
from klarplan.strategy.place_names import place_address
from klarplan.words.room import cut
from macros.indicators import shown
from macros.registry import MEASURE, Context, known, macro, screen_macro
from macros.subscriptions import dates_of

Data = Mapping[str, Any]

LONGEST_TITLE = 120
"""So much room a title has in the subject of a letter."""


def slips_of(ctx: Context, measure: Measure) -> list[dict[str, Any]]:
    """Plan against reality in words, each with whether it is late."""
    return [
        {"kind": s.kind, "text": slips.in_words(ctx.words, s), "late": s.late}
        for s in slips.slips(ctx.strategy, measure, ctx.as_of)
    ]


def _expected(ctx: Context, measure: Measure) -> Data | None:
    """When the office now expects the end of a measure, and how much later than planned.

    ``case`` is what the key of the sentence ends in.
    """
    expected = derive.expected_end(ctx.strategy, measure, ctx.as_of)
    if expected is None or derive.is_over(ctx.strategy, measure, ctx.as_of):
        return None
    gap = slips.expected_later(measure, expected)
    later = slips.gap_in_words(ctx.words, gap) if gap else ""
    past = derive.expected_is_past(ctx.strategy, measure, ctx.as_of)
    return {
        "day": expected[0],
        "precision": expected[1],
        "later": later,
        "case": f"{'_past' if past else ''}{'_later' if later else ''}",
    }


@macro
def measure_lead(ctx: Context, measure: str) -> Data:
    """Zeigt den Kopf einer Maßnahme: Status, seine Bedeutung, Termintreue und
    Kurzbeschreibung."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    badge = ctx.badge_of(row)
    return {
        "measure": row,
        "badge": badge,
        "timeliness": slips.wording(ctx.strategy, row, ctx.as_of, beside=badge.label),
        "late": derive.is_late(ctx.strategy, row, ctx.as_of),
        "slips": [s for s in slips_of(ctx, row) if s["kind"].startswith("begun")],
        "expected": _expected(ctx, row),
        "successors": ctx.successors(row),
        "reason": reason_of(ctx, row),
    }


def reason_of(ctx: Context, measure: Measure) -> Data | None:
    """Why a measure is late, rests or was ``stopped``, where its newest report says it."""
    strategy = ctx.strategy
    state = derive.category(strategy, measure, ctx.as_of)
    stopped = state == "stopped"
    if not (stopped or state == "paused" or derive.is_late(strategy, measure, ctx.as_of)):
        return None
    report = derive.obstacle(strategy, measure, ctx.as_of)
    if report is None:
        return None
    return {"text": report.obstacles, "day": report.date, "stopped": stopped}


@macro
def measure_facts(ctx: Context, measure: str) -> Data:
    """Zeigt die Eckdaten einer Maßnahme als Tabelle."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)

    def label(column: str) -> str | None:
        value = getattr(row, column)
        return ctx.label("measures", column, value) if value else None

    return {
        "measure": row,
        "report": derive.latest_report(strategy, row.id, ctx.as_of),
        "progress": derive.last_progress(strategy, row, ctx.as_of),
        "by_parts": derive.told_by_parts(strategy, row, ctx.as_of),
        "timeliness": slips.wording(strategy, row, ctx.as_of),
        "late": derive.is_late(strategy, row, ctx.as_of),
        "field": ctx.link("fields_of_action", row.field),
        "further": ctx.further_fields(row),
        "parent": ctx.link("measures", row.parent),
        "places": [
            {
                "link": {"url": ctx.url(place_address(place.id)), "title": place.name},
                "within": [p.name for p in strategy.around(place)[1:]],
            }
            for place in strategy.places_of_measure.get(row.id, ())
        ],
        "leads": ctx.leads(row.id),
        "successors": ctx.successors(row),
        "predecessors": ctx.links(
            "measures", (m.id for m in strategy.predecessors_of_measure.get(row.id, ()))
        ),
        "type": label("type"),
        "climate": label("climate_effect"),
        "demography": label("demography_effect"),
        "money": derive.totals(strategy.budget_of_measure.get(row.id, ())),
    }


@macro
def measure_why(ctx: Context, measure: str) -> Data | None:
    """Zeigt, welchen Zielen eine Maßnahme dient und auf welche Kennzahlen sie wirkt."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)
    goals = [
        {"goal": g, "link": ctx.link("goals", g.id)}
        for g in strategy.goals_of_measure.get(row.id, ())
    ]
    indicators = [
        {**shown(ctx, strategy.indicator_by_id[x.indicator]), "effect": x.effect}
        for x in strategy.indicators_of_measure.get(row.id, ())
        if x.indicator in strategy.indicator_by_id
    ]
    return {"goals": goals, "indicators": indicators} if goals or indicators else None


@macro
def measure_schedule(ctx: Context, measure: str) -> Data | None:
    """Zeigt Plan und Wirklichkeit einer Maßnahme: Beginn, Ende und Abweichung in Worten."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    found = {s["kind"].partition("_")[0]: s for s in slips_of(ctx, row)}
    begin = found.get("begun") or found.get("not")
    end = found.get("ended") or found.get("overdue") or found.get("due")
    rows = [
        {
            "what": ctx.words(f"plan.{what}"),
            "planned": planned,
            "precision": exact,
            "actual": actual,
            "slip": slip,
        }
        for what, planned, exact, actual, slip in (
            ("begin", row.planned_start, row.start_precision, row.actual_start, begin),
            ("end", row.planned_end, row.end_precision, row.actual_end, end),
        )
        if planned or actual
    ]
    if not rows and not row.next_review:
        return None
    return {"measure": row, "rows": rows, "expected": _expected(ctx, row)}


@macro
def measure_links(ctx: Context, measure: str) -> Data | None:
    """Zeigt Beschlüsse und Dokumente zu einer Maßnahme."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)
    decisions = [
        {"link": ctx.link("decisions", d.id), "decision": d}
        for d in strategy.decisions_of_measure.get(row.id, ())
    ]
    documents = strategy.documents_of.get(("measures", row.id), ())
    return {"decisions": decisions, "documents": documents} if decisions or documents else None


@macro
def milestones(ctx: Context, measure: str) -> Data | None:
    """Zeigt die Meilensteine einer Maßnahme mit Termin und Stand."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    found = ctx.strategy.milestones_of_measure.get(row.id, ())
    if not found:
        return None
    rows = []
    for step in found:
        late = step.is_open and step.is_missed(ctx.as_of)
        state = "reached" if step.completed and not step.state else step.state or "planned"
        rows.append(
            {
                "milestone": step,
                "state": (
                    ctx.words("milestone.overdue")
                    if late
                    else ctx.label("milestones", "state", state)
                ),
                "late": late,
            }
        )
    return {"measure": row, "rows": rows, "calendar": dates_of(ctx, row)}


BACKWARDS: Mapping[str, str] = {
    "blocks": "blocked",
    "requires": "required",
    "complements": "complemented",
}
"""What a kind of dependency is called, seen from the other measure."""
PHRASES = frozenset(chain(*BACKWARDS.items()))


@macro
def dependencies(ctx: Context, measure: str) -> Data | None:
    """Zeigt, von welchen Maßnahmen eine Maßnahme abhängt und welche auf sie warten."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)
    rows = [(edge.type, edge.to) for edge in strategy.dependencies_of_measure.get(row.id, ())]
    rows += [
        (BACKWARDS.get(edge.type, ""), edge.from_)
        for edge in strategy.dependents_of_measure.get(row.id, ())
    ]
    lines = [
        {
            "phrase": ctx.words(f"dependency.{phrase}") if phrase in PHRASES else "",
            "link": ctx.link("measures", other),
            "badge": ctx.badge_of(strategy.measure_by_id[other]),
        }
        for phrase, other in rows
        if other in strategy.measure_by_id
    ]
    return {"measure": row, "rows": lines} if lines else None


@macro
def responsibilities(ctx: Context, measure: str) -> Data | None:
    """Zeigt, welche Organisation bei einer Maßnahme welche Rolle hat."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    rows = [
        {
            "role": ctx.label("responsibilities", "role", r.role),
            "organisation": ctx.strategy.organisation_by_id[r.organisation],
        }
        for r in sorted(
            ctx.strategy.responsibilities_of_measure.get(row.id, ()),
            key=lambda r: (
                ("lead", "partner", "funder").index(r.role)
                if r.role in ("lead", "partner", "funder")
                else 3
            ),
        )
        if r.organisation in ctx.strategy.organisation_by_id
    ]
    return {"measure": row, "rows": rows} if rows else None


@screen_macro
def similar_measures(ctx: Context, measure: str, count: int = 5) -> Data | None:
    """Zeigt andere Maßnahmen zum selben Ziel, dann aus demselben Handlungsfeld."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)
    near: dict[str, Measure] = {}
    for goal in strategy.goals_of_measure.get(row.id, ()):
        for other in strategy.measures_of_goal.get(goal.id, ()):
            if len(near) <= count and other.id not in strategy.successors_of_measure:
                near.setdefault(other.id, other)
    for other in strategy.neighbours_of_measure(row, count + 1):
        if len(near) <= count and other.id not in strategy.successors_of_measure:
            near.setdefault(other.id, other)
    near.pop(row.id, None)
    rows = [
        {"link": ctx.link("measures", m.id), "badge": ctx.badge_of(m)}
        for m in list(near.values())[:count]
    ]
    return {"rows": rows} if rows else None


@screen_macro
def measure_feedback(ctx: Context, measure: str) -> Data | None:
    """Zeigt, wie man zu einer Maßnahme Rückmeldung gibt, mit vorbereiteter Nachricht, und die
    Kurzadresse der Seite."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    settings = ctx.strategy.settings
    page = addresses.page_of("measures", row.id)
    address = addresses.on_web(settings.site_url, page)
    short = cut(row.title, LONGEST_TITLE)
    words = ctx.words
    subject = words("respond.subject", number=row.number, title=short)
    body = "\n\n\n\n" + words("respond.about", number=row.number, title=row.title) + "\n"
    body += words("respond.page", address=address) + "\n" if address else ""
    letter = f"{words('respond.greeting')}\n\n{words('respond.mine')}{body}"
    mail = contact.mailto(settings.contact_email, subject, letter) if settings.contact_email else ""
    alone = words("respond.mine_alone") + body
    form = git_project(settings).issue(subject, alone)
    if not (mail or form or address):
        return None
    return {
        "mail": mail,
        "email": settings.contact_email,
        "form": form,
        "address": address,
        "page": ctx.url(page),
    }


@screen_macro
def measure_neighbours(ctx: Context, measure: str) -> Data | None:
    """Führt zur vorigen und zur nächsten Maßnahme im selben Handlungsfeld."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    before, after = ctx.strategy.beside_in_field(row)
    if before is None and after is None:
        return None
    return {
        "field": ctx.link("fields_of_action", row.field),
        "before": ctx.link("measures", before.id) if before else None,
        "after": ctx.link("measures", after.id) if after else None,
    }
