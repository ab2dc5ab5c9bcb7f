"""Macros of the brief version: what matters most, and never more than a few pages of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from klarplan.look import qr_code
from klarplan.strategy import addresses, derive
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.contact import phone_link
from klarplan.strategy.model import Goal, Measure, Strategy
from klarplan.strategy.paper_list import BRIEF, BRIEF_PAGE, STRATEGY
from klarplan.words.room import cut, room
from macros import implementation, resources
from macros.bar_charts import Part, band
from macros.excerpt import first_sentence, sentences
from macros.indicators import indicators_on_track
from macros.pictures import pictures_of
from macros.registry import Badge, Context, inline_macro, macro, screen_macro
from macros.strategy import at_a_glance

Data = Mapping[str, Any]

MEASURES, GOALS, FIELDS, STATUSES, YEARS = 12, 8, 6, 8, 6
"""As many of each the brief version shows."""
REST_COLOUR = "#4a5568"
"""Of all statuses that have no part of their own."""
FEW_MEASURES = 6
"""As many measures where there are neither goals nor money: all fits on one folded sheet."""
SUMMARY, GOAL, MEASURE, NAME, LABEL, SENTENCE, LINE = 440, 200, 150, 72, 24, 200, 100
FIELD = 60
"""As much room, in letters, it gives a summary, titles, the name of a field in a chart and on a
card, the label of a status, a sentence, a line of an address. Sentences are never cut."""
TAKE_PART = "mitmachen/"
"""The page about how to take part."""
TOGETHER = 6
"""So many cards of measures stand on a page; more of them are shared out evenly."""
PAGE_OF_GOALS = 1800
"""Titles and sentences of goals that together take more room are too much for a page."""
LEVELS = ("guiding", "strategic", None, "operational")
"""Levels of goals, the highest first."""


@inline_macro
def brief_link(ctx: Context, text: str = "") -> Data:
    """Verweist im Satz auf die Seite mit der Kurzfassung, mit eigenem Text oder „Die Kurzfassung
    online lesen“."""
    return {"url": ctx.url(BRIEF_PAGE), "text": text or ctx.words("brief.read")}


@screen_macro
def brief_download(ctx: Context) -> Data | None:
    """Verweist auf die Kurzfassung als Heft zum Falten."""
    return {"url": ctx.url(BRIEF), "name": BRIEF} if ctx.papers else None


@macro
def brief_lead(ctx: Context) -> Data | None:
    """Zeigt als Vorspann, worum es in der Strategie geht, aus strategy/strategy.yml."""
    summary = ctx.strategy.settings.summary
    return {"text": sentences(summary, SUMMARY) or cut(summary, SUMMARY)} if summary else None


@macro
def brief_figures(ctx: Context, badges: bool = True) -> Data:
    """Zeigt die wichtigsten Zahlen der Strategie wie at_a_glance, mit höchstens acht Status oder,
    wenn ein Diagramm folgt, ohne sie (badges=False)."""
    found = dict(at_a_glance(ctx))
    ranked = sorted(found["statuses"], key=lambda s: -s["count"])
    most = ranked[:STATUSES] if badges else []
    others = [s for s in found["statuses"] if s not in most]
    found["statuses"] = [
        {**s, "badge": _brief(ctx, s["badge"])} for s in found["statuses"] if s in most
    ]
    if most and others:
        count = sum(s["count"] for s in others)
        rest = {"badge": _rest(ctx, len(others)), "count": count, "url": found["measures_url"]}
        found["statuses"].append(rest)
    parts = [Part(s["count"], s["badge"].colour, s["badge"].symbol) for s in found["statuses"]]
    found["band"] = [area for _, area in band(parts, 0, 20)]
    found["money"] = found["money"][:1]
    return found


def _brief(ctx: Context, badge: Badge) -> Badge:
    short = ctx.words("status.in_parts") if badge.id == derive.IN_PARTS else cut(badge.label, LABEL)
    return replace(badge, label=short, symbol=cut(badge.symbol, 2))


def _rest(ctx: Context, statuses: int) -> Badge:
    """What stands for all statuses for which there is no room."""
    return Badge("rest", ctx.words("brief.more_statuses", n=statuses), "+", "", REST_COLOUR)


@macro
def brief_status(ctx: Context) -> Data | None:
    """Zeigt den Stand der Maßnahmen als Balken: alle und die Handlungsfelder mit den meisten
    Maßnahmen, höchstens sechs."""
    found = implementation.status_by_field(ctx)
    if found is None:
        return None
    badges = [_brief(ctx, b) for b in found["badges"]]
    every = [r for r in found["rows"] if r["total"]]
    most = {id(r) for r in sorted(every, key=lambda r: -r["total"])[:FIELDS]}
    rows = [r for r in every if id(r) in most]
    drawn = [(cut(r["title"], NAME), r["total"], r["counts"]) for r in rows]
    if len(every) > 1:
        drawn.insert(0, (ctx.words("by_field.all_fields"), found["total"], found["sums"]))
    shown, sums, bars = badges, found["sums"], drawn
    if more := len(badges[STATUSES:]):
        shown = [*badges[:STATUSES], _rest(ctx, more)]
        sums = _with_rest(sums)
        bars = [(title, whole, _with_rest(counts)) for title, whole, counts in drawn]
    return {
        "badges": list(zip(shown, sums, strict=True)),
        "heads": badges,
        "rows": drawn,
        "chart": implementation.status_chart(ctx.words, shown, bars),
        "progress": found["progress"],
        "more": len(every) - len(rows),
        "place": _place(ctx, "implementation", "fields"),
    }


def _with_rest(counts: Sequence[int]) -> list[int]:
    return [*counts[:STATUSES], sum(counts[STATUSES:])]


@macro
def brief_goals(ctx: Context) -> Data | None:
    """Zeigt höchstens acht Ziele, die übergeordneten zuerst, jedes mit einem Satz zum Stand."""
    goals = ctx.strategy.goals
    if not goals:
        return None
    ranked = sorted(goals, key=lambda g: LEVELS.index(g.level if g.level in LEVELS else None))
    kept = ranked[:GOALS]
    titles = [cut(g.title or g.id, GOAL) for g in kept]
    about = [first_sentence(g.summary or "", SENTENCE) for g in kept]
    numbers = [ctx.strategy.number_of_goal[g.id] for g in kept]
    fits = sum(map(room, [*numbers, *titles, *about])) <= PAGE_OF_GOALS
    return {
        "rows": [
            {
                "link": ctx.link("goals", g.id),
                "title": title,
                "about": text if fits else "",
                "level": _capital(ctx.label("goals", "level", g.level)),
                "sentence": _standing(ctx, g),
            }
            for g, title, text in zip(kept, titles, about, strict=True)
        ],
        "more": len(goals) - len(kept),
        "place": _place(ctx, "goals"),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _standing(ctx: Context, goal: Goal) -> str:
    """How a goal stands: its indicators on track, its measures done."""
    words, strategy = ctx.words, ctx.strategy
    indicators = strategy.indicators_of_goal.get(goal.id, ())
    good, judged = derive.on_track(strategy, indicators, ctx.as_of)
    measures = strategy.measures_of_goal.get(goal.id, ())
    parts = []
    if judged:
        parts.append(words("brief.indicators_on_track", good=good, n=judged))
    if measures:
        done = sum(derive.category(strategy, m, ctx.as_of) == "done" for m in measures)
        parts.append(words("brief.measures_done", done=done, n=len(measures)))
    return ", ".join(parts) + "." if parts else words("brief.without_both")


def chosen(ctx: Context) -> list[Measure]:
    """The measures that matter most, few enough for the paper, in the order of their fields.

    Neither stopped nor superseded ones, unless there are no others. The higher priority comes
    first, then the higher impact, then the more planned money. Each field gives its first one,
    then each its second, and so on; where places run out, the order above decides.
    """
    strategy = ctx.strategy
    going = [
        m
        for m in strategy.measures
        if m.id not in strategy.successors_of_measure
        and derive.category(strategy, m, ctx.as_of) != "stopped"
    ] or list(strategy.measures)

    def rank(measure: Measure) -> tuple[int, int, Decimal]:
        sums = derive.totals(strategy.budget_of_measure.get(measure.id, ()))
        planned = next((m.planned for m in sums if m.planned is not None), Decimal(0))
        return (-(measure.priority or 0), -(measure.impact or 0), -planned)

    turns: dict[str, int] = {}
    ranked = []
    for measure in sorted(going, key=rank):
        turns[measure.field] = turns.get(measure.field, -1) + 1
        ranked.append((turns[measure.field], measure))
    ranked.sort(key=lambda pair: pair[0])
    fields = {f.id: n for n, f in enumerate(strategy.fields_of_action)}
    return sorted(
        (measure for _, measure in ranked[: most_measures(strategy)]),
        key=lambda m: (fields.get(m.field, len(fields)), rank(m)),
    )


@macro
def brief_indicators(ctx: Context) -> Data | None:
    """Zeigt in einem Balken, wie viele Kennzahlen auf Kurs sind."""
    return indicators_on_track(ctx)


def most_measures(strategy: Strategy) -> int:
    """As many measures the brief version of a strategy shows."""
    return MEASURES if strategy.goals or strategy.budget else FEW_MEASURES


@macro
def brief_measures(ctx: Context) -> Data | None:
    """Zeigt die wichtigsten Maßnahmen, höchstens zwölf, ohne Ziele und Finanzdaten sechs.

    Ausgewählt wird nach Priorität, Wirkung und Geld, verteilt auf die Handlungsfelder; eingestellte
    und ersetzte kommen nur vor, wenn es keine anderen gibt.
    """
    strategy = ctx.strategy
    kept = chosen(ctx)
    if not kept:
        return None
    groups = -(-len(kept) // TOGETHER)
    each = -(-len(kept) // groups)
    each += each % 2  # cards stand in pairs
    return {
        "groups": [
            [_measure(ctx, measure) for measure in kept[at : at + each]]
            for at in range(0, len(kept), each)
        ],
        "more": len(strategy.measures) - len(kept),
        "place": _place(ctx, "measures"),
    }


def _measure(ctx: Context, measure: Measure) -> Data:
    """A card of a measure: what it is, how it stands, where more is told."""
    strategy = ctx.strategy
    field = strategy.field_by_id.get(measure.field)
    page = addresses.page_of("measures", measure.id)
    return {
        "link": ctx.link("measures", measure.id),
        "title": cut(measure.title or measure.id, MEASURE),
        "field": cut(field.title, FIELD) if field else "",
        "picture": next(iter(pictures_of(ctx, "measures", measure.id)), None),
        "address": addresses.on_web(strategy.settings.site_url, page),
        "badge": _brief(ctx, ctx.badge_of(measure)),
        "end": measure.end,
        "precision": measure.exactness_of_end or "day",
        "over": bool(measure.actual_end),
        "sentence": first_sentence(measure.summary or "", SENTENCE),
    }


@macro
def brief_money(ctx: Context) -> Data | None:
    """Zeigt, was die Strategie kostet: die Summen und die sechs Handlungsfelder mit dem meisten
    Geld."""
    strategy = ctx.strategy
    sums = derive.totals(strategy.budget)
    if not sums:
        return None
    rows = []
    for field in strategy.fields_of_action:
        mine = {m.id for m in strategy.measures_of_field.get(field.id, ())}
        found = derive.totals([i for i in strategy.budget if i.measure in mine])
        rows += [(cut(field.title, NAME), m) for m in found if m.currency == sums[0].currency]
    size = {id(m): max(m.planned or 0, m.approved or 0, m.spent or 0) for _, m in rows}
    most = {id(m) for _, m in sorted(rows, key=lambda row: -size[id(row[1])])[:FIELDS]}
    drawn = [(name, m) for name, m in rows if id(m) in most]
    return {
        "sums": sums[:2],
        "charts": resources.charts_of(ctx.words, drawn, ctx.words("money.by.field")),
        "rows": drawn,
        "more": len(rows) - len(drawn),
        "place": _place(ctx, "resources"),
    }


@macro
def brief_years(ctx: Context) -> Data | None:
    """Zeigt als Diagramm, wie viel Geld in jedem Jahr geplant, bewilligt und ausgegeben ist,
    höchstens für die letzten sechs Jahre."""
    years = sorted({i.year for i in ctx.strategy.budget if i.year})
    rows = [
        (str(year), m)
        for year in years[-YEARS:]
        for m in derive.totals([i for i in ctx.strategy.budget if i.year == year])[:1]
    ]
    charts = resources.charts_of(ctx.words, rows, ctx.words("money.by.year"))
    place = _place(ctx, "resources")
    return {"charts": charts, "rows": rows, "place": place} if charts else None


@macro
def brief_talk(ctx: Context, page: bool = True) -> Data:
    """Lädt ein, mitzureden, und nennt, wenn es sie gibt (page), die Seite dazu."""
    return {"place": _address(ctx, TAKE_PART) if page else None}


@macro
def brief_more(ctx: Context, data: bool = True) -> Data | None:
    """Nennt, wo mehr über die Strategie steht: Maßnahmen, Kennzahlen, Umsetzung, Beteiligung, das
    ganze PDF und, wenn es die Seite dazu gibt (data), die offenen Daten."""
    chapters = ("measures", "indicators", "implementation", "participation")
    places = {chapter: _place(ctx, chapter) for chapter in chapters if chapter in ctx.chapters}
    if ctx.papers:
        places["strategy"] = _address(ctx, STRATEGY)
    if data:
        places["data"] = _address(ctx, addresses.DATA)
    if not places:
        return None
    return {
        "rows": [
            {
                "title": ctx.words(f"brief.more.{name}"),
                "text": ctx.words(f"brief.more.{name}_text"),
                **address,
            }
            for name, address in places.items()
        ]
    }


@macro
def brief_contact(ctx: Context) -> Data:
    """Nennt, wer Auskunft gibt, unter welcher Adresse die Strategie steht und wie man sie
    weiterverwenden darf."""
    settings = ctx.strategy.settings
    lines = [settings.contact_name, settings.street, settings.place]
    return {
        "settings": settings,
        "dial": _dialled(ctx),
        "municipality": cut(settings.municipality, LINE),
        "lines": [cut(line, LINE) for line in lines if line],
        "site": {**_address(ctx, ""), "words": _bare(settings.site_url)},
        "as_of": ctx.as_of,
    }


def _dialled(ctx: Context) -> str:
    settings = ctx.strategy.settings
    return phone_link(settings.contact_phone, settings.country)


def _place(ctx: Context, *chapters: str) -> dict[str, str]:
    """The first of these chapters that the strategy has, else its start page."""
    found = next((CHAPTERS[c].address for c in chapters if c in ctx.chapters), "")
    return _address(ctx, found)


def _address(ctx: Context, page: str) -> dict[str, str]:
    """A page: its address from here, and in words as it stands on paper, if it is known."""
    address = addresses.on_web(ctx.strategy.settings.site_url, page)
    return {"url": ctx.url(page), "words": _bare(address)}


def _bare(address: str) -> str:
    return qr_code.short(address).rstrip("/")
