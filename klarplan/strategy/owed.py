"""Who owes what by when: reports, milestones, reviews, ends, answers, the accessibility statement.

It is for the people who work on a strategy, so that internal rows count as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from klarplan.messages import KlarplanError, Text, did_you_mean
from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Organisation, Strategy
from klarplan.strategy.numbers import in_order
from klarplan.words.catalogue import ENGLISH, GERMAN, Words
from klarplan.words.formats import NBSP
from klarplan.words.room import cut

Kind = Literal["report", "milestone", "review", "end", "contribution", "accessibility"]
ANSWER_MONTHS = 3
"""So long a contribution may wait for its answer."""
SAID = 60
"""So much of a contribution tells which one it is."""
STATEMENT_MONTHS = 12
"""So long an accessibility statement holds (EU 2018/1523, Annex)."""
OPEN = ("", "open")
"""Outcomes of contributions that nobody has decided on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What somebody owes: by which day, on which measure, if on one."""

    kind: Kind
    id: str
    """What names it among its kind, from one day to the next."""
    day: dt.date
    text: Text
    measure: Measure | None = None
    organisations: tuple[Organisation, ...] = ()
    """Those that lead the measure; empty where the office of the strategy answers."""


def owed(strategy: Strategy, as_of: dt.date, until: dt.date) -> tuple[Owed, ...]:
    """All that is due by ``until``, what is overdue included, by day.

    A report is due on the day that ``periods`` names for the newest period that has ended, else
    when the review cycle since the last report is over.
    """
    found = [*_of_measures(strategy, as_of), *_contributions(strategy), *_statement(strategy)]
    due = [one for one in found if one.day <= until]
    return tuple(sorted(due, key=lambda one: (one.day, one.kind, in_order(one.id))))


def mailbox(strategy: Strategy, organisation: Organisation) -> str:
    """The mailbox of an organisation, else of the nearest one above it that has one."""
    seen: set[str] = set()
    at: Organisation | None = organisation
    while at and at.id not in seen:
        if at.functional_email:
            return at.functional_email
        seen.add(at.id)
        at = strategy.organisation_by_id.get(at.parent or "")
    return ""


def below(strategy: Strategy, identifier: str) -> frozenset[str]:
    """The ids of an organisation and of all below it.

    Raises ``KlarplanError`` (exit code 2) where it is not known.
    """
    if identifier not in strategy.organisation_by_id:
        raise KlarplanError(
            Text(
                f"Eine Organisation „{identifier}“ steht nicht in data/organisations.csv.",
                f"There is no organisation “{identifier}” in data/organisations.csv.",
            ),
            did_you_mean(identifier, strategy.organisation_by_id),
            exit_code=2,
        )
    found, ahead = {identifier}, [identifier]
    while ahead:
        above = ahead.pop()
        more = {o.id for o in strategy.organisations if o.parent == above} - found
        found |= more
        ahead += more
    return frozenset(found)


def _of_measures(strategy: Strategy, as_of: dt.date) -> Iterator[Owed]:
    for measure in strategy.measures:
        if not derive.is_over(strategy, measure, as_of):
            who = strategy.leads_of_measure.get(measure.id, ())
            yield from _report(strategy, measure, as_of, who)
            yield from _milestones(strategy, measure, who)
            yield from _end(strategy, measure, as_of, who)
            if measure.next_review:
                text = Text(
                    f"Wiedervorlage von {_called(measure)}", f"Review of {_called(measure)}"
                )
                yield _on("review", measure.next_review, measure, who, text)


def _on(
    kind: Kind, day: dt.date, measure: Measure, who: tuple[Organisation, ...], text: Text
) -> Owed:
    return Owed(kind=kind, id=measure.id, day=day, text=text, measure=measure, organisations=who)


def _called(measure: Measure) -> str:
    return " ".join(part for part in (measure.number, measure.title) if part)


def _report(
    strategy: Strategy, measure: Measure, as_of: dt.date, who: tuple[Organisation, ...]
) -> Iterator[Owed]:
    if derive.told_by_parts(strategy, measure, as_of):
        return
    begun = measure.actual_start or measure.planned_start
    latest = derive.latest_report(strategy, measure.id, as_of)
    last = latest and strategy.day_of(latest)
    if last is None and (begun is None or begun > as_of):
        return
    label, day = asked_period(strategy, measure, as_of)
    if day is None:
        since = last or begun
        assert since
        day = derive.months_before(since, -strategy.settings.review_months)
    told = last and (_day(GERMAN, last), _day(ENGLISH, last))
    period = f" {label}" if label else ""
    text = Text(
        f"Meldung{period} zu {_called(measure)} "
        f"({f'zuletzt zum {told[0]}' if told else 'noch keine'})",
        f"Report{period} on {_called(measure)} ({f'last for {told[1]}' if told else 'none yet'})",
    )
    yield replace(_on("report", day, measure, who, text), id=f"{measure.id}/{label}")


def asked_period(
    strategy: Strategy, measure: Measure, as_of: dt.date
) -> tuple[str, dt.date | None]:
    """The newest period that has ended and for which reports are due on a day, if one is missing.

    ``None`` where no period says so, and the review cycle counts.
    """
    ended = [
        (days[1], period.label, period.due)
        for period in strategy.periods
        if period.due and (days := strategy.days_of_period(period.label)) and days[1] <= as_of
    ]
    for _, label, due in sorted(ended, reverse=True)[:1]:
        reports = strategy.reports_of_measure.get(measure.id, ())
        if not any(" ".join((r.period or "").split()) == label for r in reports):
            return label, due
    return "", None


def _milestones(
    strategy: Strategy, measure: Measure, who: tuple[Organisation, ...]
) -> Iterator[Owed]:
    for milestone in strategy.milestones_of_measure.get(measure.id, ()):
        if milestone.due and milestone.is_open:
            title = milestone.title or milestone.id
            text = Text(
                f"Meilenstein „{title}“ von {_called(measure)}",
                f"Milestone “{title}” of {_called(measure)}",
            )
            yield replace(_on("milestone", milestone.due, measure, who, text), id=milestone.id)


def _end(
    strategy: Strategy, measure: Measure, as_of: dt.date, who: tuple[Organisation, ...]
) -> Iterator[Owed]:
    expected = derive.expected_end(strategy, measure, as_of)
    planned = (measure.planned_end, measure.end_precision) if measure.planned_end else None
    end = expected or planned
    if end:
        de, en = ("Erwartetes", "Expected") if expected else ("Geplantes", "Planned")
        text = Text(f"{de} Ende von {_called(measure)}", f"{en} end of {_called(measure)}")
        yield _on("end", derive.last_day(*end), measure, who, text)


def _contributions(strategy: Strategy) -> Iterator[Owed]:
    for row in strategy.feedback:
        if row.date and not row.answer and (row.outcome or "") in OPEN:
            measure = strategy.measure_by_id.get(row.measure or "")
            said = cut(row.contribution or row.id, SAID).replace(NBSP, " ")
            on = (
                Text(f" zu {_called(measure)}", f" on {_called(measure)}")
                if measure
                else Text("", "")
            )
            yield Owed(
                kind="contribution",
                id=row.id,
                day=derive.months_before(row.date, -ANSWER_MONTHS),
                text=Text(
                    f"Antwort auf den Beitrag „{said}“{on.de}",
                    f"Answer to the contribution “{said}”{on.en}",
                ),
                measure=measure,
                organisations=strategy.leads_of_measure.get(row.measure or "", ()),
            )


def _statement(strategy: Strategy) -> Iterator[Owed]:
    tested = strategy.settings.accessibility_tested
    if tested:
        yield Owed(
            kind="accessibility",
            id="accessibility",
            day=derive.months_before(tested, -STATEMENT_MONTHS),
            text=Text(
                f"Erklärung zur Barrierefreiheit überprüfen (zuletzt am {_day(GERMAN, tested)})",
                f"Review the accessibility statement (last on {_day(ENGLISH, tested)})",
            ),
        )


def _day(words: Words, day: dt.date) -> str:
    return words.day(day).replace(NBSP, " ")
