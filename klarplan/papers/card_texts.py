"""What the card of a measure says: the same facts, in the same words, as its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klarplan.papers.field_colours import field_colours
from klarplan.strategy import addresses, derive, parts, slips
from klarplan.strategy.model import Measure
from klarplan.words.catalogue import Words
from macros.excerpt import split
from macros.registry import Badge, Context, Link

SENTENCES = 12
"""So many sentences are tried on a card at most."""
GOALS = 3
"""So many goals are named on a card at most, the others counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One measure in brief; texts are plain and of any length."""

    title: str
    number: str
    field: str
    colour: str
    """The colour of its field of action."""
    status: Badge
    facts: Sequence[tuple[str, str]]
    """Each fact by the last part of its key in the catalogue, „print.card.…“."""
    summary: Sequence[str]
    """What it is about, by its sentences."""
    goals: Sequence[Sequence[str]]
    """What it is for: ways to say it, the longest first."""
    brief_goals: Sequence[str]
    """The same in one line, for where no title has room: the numbers, then how many."""
    address: str
    """The address of the measure's page, or nothing where the site has none."""


def cards_of(ctx: Context) -> list[Card]:
    """The cards of all measures, by field of action as in the whole strategy."""
    strategy = ctx.strategy
    return [
        _card(ctx, measure, colour)
        for field, colour in field_colours(strategy).items()
        for measure in strategy.measures_of_field.get(field, ())
    ]


def _card(ctx: Context, measure: Measure, colour: str) -> Card:
    strategy = ctx.strategy
    field = strategy.field_by_id[measure.field]
    goals = strategy.goals_of_measure.get(measure.id, ())
    numbers = [strategy.number_of_goal[goal.id] for goal in goals]
    return Card(
        title=measure.title,
        number=measure.number,
        field=field.title,
        colour=colour,
        status=ctx.badge(derive.status_of(strategy, measure, ctx.as_of)),
        facts=_facts(ctx, measure),
        summary=split(measure.summary or "")[:SENTENCES],
        goals=_goals(
            strategy.words,
            [_cited(number, goal.title) for number, goal in zip(numbers, goals, strict=True)],
        ),
        brief_goals=_brief_goals(strategy.words, numbers),
        address=addresses.on_web(
            strategy.settings.site_url, addresses.page_of("measures", measure.id)
        ),
    )


def _goals(words: Words, titles: Sequence[str]) -> list[list[str]]:
    """The titles, then ever fewer of them with the number of the others."""
    ways = []
    for named in range(min(len(titles), GOALS), 0, -1):
        more = len(titles) - named
        rest = [words("print.cards.more_goals", n=more)] if more else []
        ways.append([*titles[:named], *rest])
    return ways


def _brief_goals(words: Words, numbers: Sequence[str]) -> list[str]:
    """The numbers, if each goal has one, then how many goals there are; nothing without goals."""
    count = len(numbers)
    told = words("print.cards.goal_numbers", n=count, numbers=words.listed(numbers))
    return [*([told] if all(numbers) else []), words("field.goals", n=count)] if count else []


def _titles(words: Words, links: Sequence[Link]) -> str:
    return words.listed([_cited(link.number, link.title) for link in links])


def _cited(number: str, title: str) -> str:
    return f"{number} {title}".strip()


def _facts(ctx: Context, measure: Measure) -> list[tuple[str, str]]:
    strategy, words = ctx.strategy, ctx.words
    money = [
        words(
            "money.for_years",
            amount=words.money(amount.planned, amount.currency),
            years=words.years(amount.planned_years),
        )
        for amount in derive.totals(strategy.budget_of_measure.get(measure.id, ()))
        if amount.planned is not None
    ]
    by_parts = derive.told_by_parts(strategy, measure, ctx.as_of)
    parent, successors = ctx.link("measures", measure.parent), ctx.successors(measure)
    facts = {
        "parts": parts.states(strategy, measure, ctx.as_of) if by_parts else "",
        "superseded_by": _titles(words, successors),
        "part_of": _titles(words, [parent] if parent else []),
        "also_in": _titles(words, ctx.further_fields(measure)),
        "lead": words.listed(ctx.leads(measure.id)),
        "period": slips.planned_period(words, measure),
        "timeliness": "" if successors else slips.wording(strategy, measure, ctx.as_of),
        "money": ", ".join(money),
        "place": ", ".join(p.name for p in strategy.places_of_measure.get(measure.id, ())),
    }
    return [(name, text) for name, text in facts.items() if text]
