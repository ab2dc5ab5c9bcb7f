"""Macros on the strategy as a whole: figures, fields, money, steering, taking part, data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.contact import phone_link
from macros.bar_charts import Part, band
from macros.registry import (
    BODY,
    DECISION,
    FIELD,
    Context,
    inline_macro,
    known,
    macro,
    one_of,
)
from macros.sections import section_anchor
from macros.subscriptions import dates_of, news_of

Data = Mapping[str, Any]

SWOT = ("strength", "weakness", "opportunity", "threat")
"""The groups of an assessment, in their order."""


@inline_macro
def as_of_date(ctx: Context) -> Data:
    """Nennt im Satz den Stichtag, für den alles berechnet ist."""
    return {"as_of": ctx.as_of}


@inline_macro
def setting(ctx: Context, name: str) -> Data:
    """Nennt im Satz eine Angabe aus strategy/strategy.yml, zum Beispiel title.

    Den Namen der Kommune nennt the_municipality mit Artikel, am Satzanfang The_municipality;
    the_town sagt „die Stadt“ oder „der Landkreis“. Andere Fälle stehen hinter einem Doppelpunkt,
    zum Beispiel the_municipality:dat (gen, dat, acc). contact_email, contact_phone und Adressen von
    Websites werden Links.
    """
    settings = ctx.strategy.settings
    forms = ctx.words.named
    names = {f.name: f.name for f in fields(settings)}
    names.update(licence_name="Name der Lizenz", licence_url="Adresse der Lizenz")
    names.update({form: form for form in forms})
    known = one_of(names, name, Text("Die Einstellung", "setting"))
    value = forms.get(known) or getattr(settings, known)
    return {
        "name": known,
        "value": value if isinstance(value, str | int) else None,
        "dial": phone_link(settings.contact_phone, settings.country),
    }


@macro
def at_a_glance(ctx: Context) -> Data:
    """Zeigt die wichtigsten Zahlen der Strategie auf einen Blick."""
    strategy = ctx.strategy
    running = [m for m in strategy.measures if m.id not in strategy.successors_of_measure]
    late = derive.late(strategy, ctx.as_of)
    dates = [r.date for r in strategy.status_reports if r.date and r.date <= ctx.as_of]
    on_track, judged = derive.on_track(strategy, strategy.indicators, ctx.as_of)
    counts = derive.status_counts(strategy, strategy.measures, ctx.as_of)
    badges = [ctx.badge(c.status) for c in counts]
    parts = [Part(c.count, b.colour, b.symbol) for c, b in zip(counts, badges, strict=True)]
    return {
        "measures": len(strategy.measures),
        "band": [area for _, area in band(parts, 0, 20)],
        "statuses": [
            {"badge": b, "count": c.count, "url": _told_at(ctx, c.status)}
            for c, b in zip(counts, badges, strict=True)
        ],
        "late": len(late)
        if late or any(m.planned_start or m.planned_end for m in running)
        else None,
        "money": derive.totals(strategy.budget)[:2],
        "goals": len(strategy.goals),
        "indicators": judged,
        "on_track": on_track,
        "last_report": max(dates, default=None),
        "measures_url": ctx.url(CHAPTERS["measures"].address),
        "late_url": f"{ctx.url(CHAPTERS['implementation'].address)}#"
        + section_anchor("late.heading"),
        **{
            f"{name}_url": ctx.url(CHAPTERS[chapter].address) if chapter in ctx.chapters else ""
            for name, chapter in (
                ("goals", "goals"),
                ("indicators", "indicators"),
                ("money", "resources"),
            )
        },
        "as_of": ctx.as_of,
    }


def _told_at(ctx: Context, status: str | None) -> str:
    """Where measures of a status are told: stopped ones with the reasons, others in the list."""
    row = ctx.strategy.status_by_id.get(status or "")
    if row and row.category == "stopped" and "implementation" in ctx.chapters:
        chapter = ctx.url(CHAPTERS["implementation"].address)
        return f"{chapter}#{section_anchor('implementation.stopped')}"
    return f"{ctx.url(CHAPTERS['measures'].address)}?{urlencode({'status': ctx.badge(status).id})}"


@macro
def field_cards(ctx: Context) -> Data:
    """Zeigt alle Handlungsfelder als Karten."""
    strategy = ctx.strategy
    fields = sorted(
        enumerate(strategy.fields_of_action),
        key=lambda pair: (pair[1].order if pair[1].order is not None else 10**6, pair[0]),
    )
    return {
        "cards": [
            {
                "field": f,
                "link": ctx.link("fields_of_action", f.id),
                "measures": len(strategy.measures_of_field.get(f.id, ())),
                "counts": _counts(ctx, f.id),
                "progress": derive.progress_of(
                    strategy, strategy.measures_of_field.get(f.id, ()), ctx.as_of
                ),
            }
            for _, f in fields
        ],
        "chapter": "fields" in ctx.chapters,
    }


def _counts(ctx: Context, field: str) -> list[str]:
    """How many goals and measures a field has, without those that it has none of."""
    goals = ctx.strategy.goals_of_field.get(field, ())
    own = ctx.strategy.measures_of_field.get(field, ())
    further = ctx.strategy.further_measures_of_field.get(field, ())
    said = [ctx.words("field.goals", n=len(goals))] if goals else []
    measures = ctx.words("count.measures", n=len(own))
    if further:
        said.append(ctx.words("field.with_further", measures=measures, n=len(further)))
    elif own:
        said.append(measures)
    return said


@macro
def field_summary(ctx: Context, field: str) -> Data:
    """Fasst ein Handlungsfeld zusammen: Stand der Maßnahmen, Geld und Federführung."""
    strategy = ctx.strategy
    row = known(strategy.field_by_id, field, FIELD)
    measures = strategy.measures_of_field.get(row.id, ())
    items = [b for m in measures for b in strategy.budget_of_measure.get(m.id, ())]
    return {
        "field": row,
        "measures": len(measures),
        "further": len(strategy.further_measures_of_field.get(row.id, ())),
        "statuses": [
            {"badge": ctx.badge(c.status), "count": c.count, "url": _told_at(ctx, c.status)}
            for c in derive.status_counts(strategy, measures, ctx.as_of)
        ],
        "progress": derive.progress_of(strategy, measures, ctx.as_of),
        "late": sum(derive.is_late(strategy, m, ctx.as_of) for m in measures),
        "lead": ctx.organisation(row.lead),
        "money": derive.totals(items),
        "documents": strategy.documents_of.get(("fields_of_action", row.id), ()),
        "news": news_of(ctx, row),
        "calendar": dates_of(ctx, row),
    }


@macro
def swot(ctx: Context, field: str | None = None) -> Data | None:
    """Zeigt Stärken, Schwächen, Chancen und Risiken, auf Wunsch nur zu einem Handlungsfeld."""
    strategy = ctx.strategy
    if field is not None:
        known(strategy.field_by_id, field, FIELD)
    items = [a for a in strategy.assessment if field is None or a.field == field]
    if not items:
        return None
    return {
        "groups": [
            {
                "title": ctx.words(f"swot.{kind}"),
                "kind": kind,
                "items": [
                    {
                        "text": a.text,
                        "field": ctx.link("fields_of_action", a.field) if field is None else None,
                    }
                    for a in items
                    if a.category == kind
                ],
            }
            for kind in SWOT
            if any(a.category == kind for a in items)
        ]
    }


@macro
def maturity(ctx: Context) -> Data | None:
    """Zeigt, welche Bausteine im Einsatz sind."""
    rows = ctx.strategy.maturity
    if not rows:
        return None
    in_use = sum(r.state in ("available", "partly") for r in rows)
    return {
        "rows": [{"item": r, "state": ctx.label("maturity", "state", r.state)} for r in rows],
        "in_use": in_use,
        "digital": ctx.strategy.settings.topic == "digital",
    }


@macro
def risks(ctx: Context) -> Data | None:
    """Zeigt die Risiken mit Wahrscheinlichkeit, Auswirkung und Gegenmaßnahme."""
    rows = [
        {
            "risk": r,
            "probability": ctx.label("risks", "probability", r.probability),
            "effect": ctx.label("risks", "effect", r.effect),
            "owner": ctx.organisation(r.owner),
            "measure": ctx.link("measures", r.measure),
        }
        for r in ctx.strategy.risks
    ]
    return {"rows": rows} if rows else None


@macro
def bodies(ctx: Context) -> Data | None:
    """Zeigt die Gremien mit Aufgabe, Sitzungsrhythmus und Vorsitz."""
    rows = sorted(ctx.strategy.bodies, key=lambda b: b.order if b.order is not None else 10**6)
    return {"rows": rows} if rows else None


@macro
def organisations(ctx: Context) -> Data | None:
    """Zeigt die beteiligten Organisationen und wie viele Maßnahmen sie verantworten."""
    rows = [
        {
            "organisation": o,
            "kind": ctx.label("organisations", "kind", o.kind),
            "parent": ctx.organisation(o.parent),
            "lead": sum(
                r.role == "lead"
                for r in ctx.strategy.responsibilities_of_organisation.get(o.id, ())
            ),
            "partner": sum(
                r.role != "lead"
                for r in ctx.strategy.responsibilities_of_organisation.get(o.id, ())
            ),
        }
        for o in ctx.strategy.organisations
    ]
    return {"rows": rows} if rows else None


@macro
def decisions(ctx: Context, body: str | None = None) -> Data:
    """Zeigt Beschlüsse, die neuesten zuerst, auf Wunsch nur die eines Gremiums."""
    if body is not None:
        known(ctx.strategy.body_by_id, body, BODY)
    rows = sorted(
        (d for d in ctx.strategy.decisions if body is None or d.body == body),
        key=lambda d: (d.date is not None, d.date),
        reverse=True,
    )
    return {"rows": [_decision(ctx, d) for d in rows]}


def _decision(ctx: Context, decision: Any) -> Data:
    owner = ctx.strategy.body_by_id.get(decision.body or "")
    return {
        "decision": decision,
        "link": ctx.link("decisions", decision.id),
        "body": owner.name if owner else None,
        "measure": ctx.link("measures", decision.measure),
        "documents": ctx.strategy.documents_of.get(("decisions", decision.id), ()),
    }


@macro
def decision_facts(ctx: Context, decision: str) -> Data:
    """Zeigt die Eckdaten eines Beschlusses."""
    return _decision(ctx, known(ctx.strategy.decision_by_id, decision, DECISION))


@macro
def chapters(ctx: Context) -> Data:
    """Zeigt die Kapitel der Strategie mit je einem Satz."""
    return {
        "rows": [
            {
                "title": ctx.words(f"chapter.{name}.title"),
                "text": ctx.words(f"chapter.{name}.blurb"),
                "url": ctx.url(CHAPTERS[name].address),
            }
            for name in ctx.chapters
        ]
    }
