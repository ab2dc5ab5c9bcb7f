"""Macros of the report to the council: what a period brought, as of its last day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from klarplan.messages import Text
from klarplan.strategy import derive, slips
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import BudgetItem, Measure, Milestone, StatusReport, Strategy
from klarplan.strategy.numbers import in_order
from klarplan.strategy.periods import ONE_DAY, Period, periods, remark
from klarplan.words.catalogue import Words
from macros.all_measures import sooner
from macros.bar_charts import ROWS
from macros.implementation import status_by_field
from macros.registry import Context, known, macro
from macros.resources import charts_of

Data = Mapping[str, Any]
T = TypeVar("T")

PERIOD = Text("Den Zeitraum", "period")
MOST = 30
"""A list names no more; what is beyond is counted by field of action."""
MOST_OF_FIELD, MOST_PROGRESS = 6, 48
"""So many reports on progress are shown of a field, and of all fields together."""


@dataclass(frozen=True, slots=True)
class View:
    """A period as it was on its last day, by what was reported on it until today."""

    ctx: Context
    period: Period
    before: Period | None
    reports: Mapping[str, StatusReport]
    """The report of each measure on the period."""

    @property
    def strategy(self) -> Strategy:
        """The strategy, with reports of later periods too."""
        return self.ctx.strategy

    @property
    def active(self) -> list[Measure]:
        """The measures that were neither finished, stopped nor superseded."""
        return [
            m
            for m in self.strategy.measures
            if not derive.is_over(self.strategy, m, self.ctx.as_of)
        ]

    def newly(self, category: str) -> list[Measure]:
        """The measures that came into a category since the report before."""
        found = []
        for measure in self.strategy.measures:
            if derive.category(self.strategy, measure, self.ctx.as_of) != category:
                continue
            if self.before is None:
                old = measure.actual_end is not None and measure.actual_end < self.period.first
            else:
                old = derive.category(self.strategy, measure, self.before.as_of) == category
            if not old:
                found.append(measure)
        return sorted(found, key=lambda m: m.actual_end or self.period.as_of)

    def reached(self) -> list[Milestone]:
        """The milestones that were reached within the period, in their order."""
        last = min(self.period.last, self.ctx.as_of)
        found = [
            m
            for m in self.strategy.milestones
            if m.completed and self.period.first <= m.completed <= last
        ]
        return sorted(found, key=lambda m: m.completed or last)

    def open_steps(self, measure: Measure) -> list[Milestone]:
        """The milestones of a measure that were not reached yet, in their order."""
        found = [
            m
            for m in self.strategy.milestones_of_measure.get(measure.id, ())
            if m.due and m.state != "dropped" and not _before(m.completed, self.ctx.as_of)
        ]
        return sorted(found, key=lambda m: m.due or self.ctx.as_of)

    def paused(self) -> list[Measure]:
        """The measures that rested within their plan; beyond it they are late."""
        return [
            m
            for m in self.strategy.measures
            if derive.timeliness(self.strategy, m, self.ctx.as_of) == "paused"
            and not derive.is_late(self.strategy, m, self.ctx.as_of)
        ]

    def silent(self) -> list[Measure]:
        """The measures under way that nothing was reported on for the period."""
        return [
            m
            for m in self.active
            if m.id not in self.reports
            and _before(m.actual_start, self.period.last)
            and not derive.told_by_parts(self.strategy, m, self.ctx.as_of)
        ]

    def money(self) -> list[BudgetItem]:
        """The money of the years that the period touches."""
        return [i for i in self.strategy.budget if i.year in self.period.years]

    def rest(self, measures: Iterable[Measure]) -> Data | None:
        """Measures that a list leaves out, counted by field of action."""
        counts = Counter(m.field for m in measures)
        if not counts:
            return None
        fields = [(f.title, counts.pop(f.id, 0)) for f in self.strategy.fields_of_action]
        return {
            "count": sum(n for _, n in fields) + sum(counts.values()),
            "fields": [(title, n) for title, n in fields if n],
            "url": self.ctx.url(CHAPTERS["measures"].address),
        }

    def rest_of(self, measures: Iterable[str]) -> Data | None:
        """What a list leaves out of these measures by their ids, one for each entry."""
        known = self.strategy.measure_by_id
        return self.rest(known[each] for each in measures if each in known)

    def line(self, measure: Measure) -> dict[str, Any]:
        """What every list says of a measure."""
        several = len(self.strategy.fields_of_action) > 1
        return {
            "link": self.ctx.link("measures", measure.id),
            "badge": self.ctx.badge_of(measure),
            "field": self.ctx.link("fields_of_action", measure.field) if several else None,
            "report": (report := self.reports.get(measure.id)),
            "remark": remark(self.strategy, report) if report else "",
        }


def _before(day: dt.date | None, last: dt.date) -> bool:
    """Whether something had happened by a day."""
    return day is not None and day <= last


def view(ctx: Context, label: str) -> View:
    """A period as it was on its last day; raises ``MacroError`` where there is no such period."""
    listed = periods(ctx.strategy, ctx.as_of)
    period = known({p.label: p for p in listed}, label, PERIOD)
    older = [p for p in listed if p.last < period.first]
    return View(
        replace(ctx, as_of=period.as_of),
        period,
        older[0] if older else None,
        ctx.strategy.reports_of_period.get((period.first, period.last), {}),
    )


def _cut(items: Sequence[T], most: int = MOST) -> tuple[Sequence[T], Sequence[T]]:
    """What is shown and what is left out."""
    return items[:most], items[most:]


def _numbers(seen: View) -> list[tuple[str, str]]:
    """The figures of a period with their names."""
    strategy, words, as_of = seen.strategy, seen.ctx.words, seen.ctx.as_of
    counts = {
        "reported": len(seen.reports),
        "done": len(seen.newly("done")),
        "stopped": len(seen.newly("stopped")),
        "late": len(derive.late(strategy, as_of)),
    }
    if strategy.milestones:
        counts["milestones"] = len(seen.reached())
    figures = [(words(f"report.numbers.{name}"), words.number(n)) for name, n in counts.items()]
    progress = derive.progress_of(strategy, strategy.measures, as_of)
    told = words.percent(progress) if progress is not None else "–"
    return [*figures, (words("by_field.mean_progress"), told)]


@macro
def report_figures(ctx: Context, period: str) -> Data:
    """Fasst einen Zeitraum in Worten und Zahlen zusammen: Meldungen, Abschlüsse, Verzug und Geld,
    mit dem Zeitraum davor im Vergleich."""
    seen = view(ctx, period)
    before = view(ctx, seen.before.label) if seen.before else None
    then = dict(_numbers(before)) if before else {}
    sums = derive.totals(seen.money())
    return {
        "as_of": seen.period.as_of,
        "period": seen.period.name(ctx.words),
        "whole": seen.period.whole(ctx.words),
        "before": seen.before.name(ctx.words) if seen.before else "",
        "total": len(seen.strategy.measures),
        "reported": len(seen.reports),
        "done": len(seen.newly("done")),
        "stopped": len(seen.newly("stopped")),
        "late": len(derive.late(seen.strategy, seen.ctx.as_of)),
        "years": _years(ctx.words, seen.period),
        "money": [m for m in sums if m.planned is not None or m.spent is not None],
        "rows": [(name, now, then.get(name, "–")) for name, now in _numbers(seen)],
    }


def _years(words: Words, period: Period) -> str:
    return words.years(period.years)


@macro
def report_status(ctx: Context, period: str) -> Data | None:
    """Zeigt den Stand der Maßnahmen nach Handlungsfeld am Ende eines Zeitraums: Zahl, Abschlüsse,
    Verzug und Fortschritt."""
    seen = view(ctx, period)
    shown = status_by_field(seen.ctx)
    if shown is None:
        return None
    done = Counter(
        m.field
        for m in seen.strategy.measures
        if derive.category(seen.strategy, m, seen.ctx.as_of) == "done"
    )
    late = Counter(m.field for m in derive.late(seen.strategy, seen.ctx.as_of))
    fields = [f.id for f in seen.strategy.fields_of_action]
    rows = [
        {**row, "done": done[field], "late": late[field]}
        for field, row in zip(fields, shown["rows"], strict=True)
    ]
    return {**shown, "rows": rows, "done": done.total(), "late": late.total()}


@macro
def report_achieved(ctx: Context, period: str) -> Data | None:
    """Zeigt, was in einem Zeitraum erreicht wurde: abgeschlossene Maßnahmen, Meilensteine und
    Fortschritte nach Handlungsfeld."""
    seen = view(ctx, period)
    day = seen.ctx.as_of
    done, more_done = _cut(seen.newly("done"))
    steps, more_steps = _cut(seen.reached())
    groups, left = _progress(seen)
    if not (done or steps or groups):
        return None
    return {
        "done": [
            {**seen.line(m), "end": m.actual_end if _before(m.actual_end, day) else None}
            for m in done
        ],
        "done_rest": seen.rest(more_done),
        "steps": [
            {"step": s, "link": ctx.link("measures", s.measure), "day": s.completed} for s in steps
        ],
        "more_steps": seen.rest_of(s.measure for s in more_steps),
        "groups": groups,
        "rest": seen.rest(left),
        "within": seen.period.within(ctx.words),
    }


def _progress(seen: View) -> tuple[list[Data], list[Measure]]:
    """Reports on measures under way by field, the greatest progress first; and those left out."""
    elsewhere = {m.id for m in (*derive.late(seen.strategy, seen.ctx.as_of), *seen.paused())}
    fields = seen.strategy.fields_of_action
    most = max(1, min(MOST_OF_FIELD, MOST_PROGRESS // max(len(fields), 1)))
    groups: list[Data] = []
    left: list[Measure] = []
    active = {m.id for m in seen.active}
    for number, field in enumerate(fields):
        found: list[tuple[int, Measure, dict[str, Any]]] = []
        for measure in seen.strategy.measures_of_field.get(field.id, ()):
            report = seen.reports.get(measure.id)
            if report is None or measure.id not in active or measure.id in elsewhere:
                continue
            if not _begun(seen, measure, report):
                continue
            told = _told_before(seen, report)
            gain = (report.progress or 0) - (told or 0)
            if report.text:
                found.append((gain, measure, {**seen.line(measure), "before": told}))
            else:
                left.append(measure)
        found.sort(key=lambda each: (-each[0], -(each[1].priority or 0)))
        shown, rest = _cut(found, most if number < MOST_PROGRESS else 0)
        left += [measure for _, measure, _ in rest]
        if shown:
            groups.append({"field": field, "rows": [row for _, _, row in shown]})
    return groups, left


def _begun(seen: View, measure: Measure, report: StatusReport) -> bool:
    """Whether work on a measure had begun by its report: what is still planned made no progress."""
    day = seen.ctx.as_of
    planned = derive.category(seen.strategy, measure, day) == "open"
    return not planned or _before(measure.actual_start, day) or bool(report.progress)


def _waiting(seen: View) -> list[Measure]:
    """The measures that were reported on and had not begun, unless they are told as late."""
    elsewhere = {m.id for m in (*derive.late(seen.strategy, seen.ctx.as_of), *seen.paused())}
    return [
        m
        for m in seen.active
        if (report := seen.reports.get(m.id))
        and report.text
        and m.id not in elsewhere
        and not _begun(seen, m, report)
    ]


def _told_before(seen: View, report: StatusReport) -> int | None:
    """The progress that was told in the report before."""
    if seen.before is None:
        return None
    earlier = derive.latest_report(seen.strategy, report.measure, seen.before.as_of)
    return earlier.progress if earlier and earlier is not report else None


def _missed(seen: View, measure: Measure) -> list[Milestone]:
    """The milestones of a measure that were due and not reached, in their order."""
    return [s for s in seen.open_steps(measure) if s.due and s.due < seen.ctx.as_of]


def _by_weight(measures: Iterable[Measure]) -> list[Measure]:
    """Measures with the most important first, then by their planned end, then by number."""

    def weight(measure: Measure) -> tuple[int, dt.date, tuple[tuple[int, str], ...]]:
        planned = measure.planned_end
        end = derive.last_day(planned, measure.end_precision) if planned else dt.date.max
        return -(measure.priority or 0), end, in_order(measure.number)

    return sorted(measures, key=weight)


def _case(seen: View, measure: Measure) -> dict[str, Any]:
    steps = [s for s in seen.open_steps(measure) if s.due and s.due >= seen.ctx.as_of]
    told = seen.line(measure)
    beside = told["badge"].label
    return {
        **told,
        "how": slips.wording(seen.strategy, measure, seen.ctx.as_of, beside=beside),
        "late": derive.is_late(seen.strategy, measure, seen.ctx.as_of),
        "measure": measure,
        "missed": _missed(seen, measure)[-2:],
        "next": steps[0] if steps else None,
        "reason": derive.obstacle(seen.strategy, measure, seen.ctx.as_of),
        "told": derive.latest_report(seen.strategy, measure.id, seen.ctx.as_of),
    }


@macro
def report_late(ctx: Context, period: str) -> Data | None:
    """Zeigt, was sich in einem Zeitraum verzögert hat: Plan, Verzug, Grund und nächster Termin;
    dazu, was ruht, verpasste Meilensteine anderer Maßnahmen, und wozu eine Meldung fehlt."""
    seen = view(ctx, period)
    day = seen.ctx.as_of
    late: Sequence[Measure] = derive.late(seen.strategy, day)
    late = sorted(_by_weight(late), key=lambda m: slips.delay(seen.strategy, m, day), reverse=True)
    shown, left = _cut(late)
    paused, more_paused = _cut(_by_weight(seen.paused()))
    told = {m.id for m in (*late, *seen.paused())}
    missed = [m for m in seen.active if m.id not in told and _missed(seen, m)]
    steps, more_steps = _cut(_by_weight(missed), MOST // 2)
    silent, more = _cut(seen.silent(), MOST // 3)
    if not (late or paused or missed or silent):
        return None
    return {
        "rows": [_case(seen, m) for m in shown],
        "count": len(late),
        "rest": seen.rest(left),
        "paused": [_case(seen, m) for m in paused],
        "more_paused": seen.rest(more_paused),
        "steps": [_case(seen, m) for m in steps],
        "more_steps": seen.rest(more_steps),
        "silent": ctx.links("measures", (m.id for m in silent)),
        "more_silent": len(more),
    }


@macro
def report_stopped(ctx: Context, period: str) -> Data | None:
    """Zeigt, welche Maßnahmen in einem Zeitraum eingestellt wurden, warum, was daraus gelernt und
    was dazu beschlossen wurde."""
    seen = view(ctx, period)
    shown, left = _cut(seen.newly("stopped"), MOST // 2)
    rows = [
        {
            **seen.line(m),
            "report": derive.latest_report(seen.strategy, m.id, seen.ctx.as_of),
            "decisions": [
                {"decision": d, "link": ctx.link("decisions", d.id)}
                for d in seen.strategy.decisions_of_measure.get(m.id, ())
                if _before(d.date, seen.ctx.as_of)
            ],
        }
        for m in shown
    ]
    return {"rows": rows, "rest": seen.rest(left)} if rows else None


@macro
def report_lessons(ctx: Context, period: str) -> Data | None:
    """Zeigt, was die Meldungen eines Zeitraums an Gelerntem nennen."""
    seen = view(ctx, period)
    stopped = {m.id for m in seen.newly("stopped")}
    found = [
        seen.strategy.measure_by_id[r.measure]
        for r in seen.reports.values()
        if r.lessons and r.measure not in stopped
    ]
    shown, left = _cut(sorted(found, key=lambda m: -(m.priority or 0)), MOST // 2)
    return {"rows": [seen.line(m) for m in shown], "rest": seen.rest(left)} if shown else None


@macro
def report_money(ctx: Context, period: str) -> Data | None:
    """Zeigt geplante, bewilligte und ausgegebene Mittel der Jahre eines Zeitraums nach
    Handlungsfeld."""
    seen = view(ctx, period)
    items = seen.money()
    if not items:
        return None
    of_field: dict[str, list[BudgetItem]] = {}
    for item in items:
        owner = seen.strategy.measure_by_id.get(item.measure)
        of_field.setdefault(owner.field if owner else "", []).append(item)
    rows = [
        (field.title, money)
        for field in seen.strategy.fields_of_action
        for money in derive.totals(of_field.get(field.id, ()))
    ]
    years = _years(ctx.words, seen.period)
    title = ctx.words("report.money.title", years=years)
    sums = derive.totals(items)
    return {
        "head": ctx.words("by_field.field"),
        "title": title,
        "of_measure": False,
        "charts": charts_of(ctx.words, rows, title),
        "rows": [{"name": name, "money": money} for name, money in rows],
        "more": max(len(rows) - ROWS, 0),
        "totals": sums,
        "years": years,
        "count": len(seen.period.years),
        "shares": [
            (m, derive.spent_share(items, m, "planned")) for m in sums if m.planned is not None
        ],
        "sources": "",
        "programmes": [],
        "staff": None,
    }


@macro
def report_decisions(ctx: Context, period: str) -> Data | None:
    """Zeigt die Beschlüsse eines Zeitraums."""
    seen = view(ctx, period)
    found = [
        d
        for d in seen.strategy.decisions
        if d.date and seen.period.first <= d.date <= seen.period.last
    ]
    found.sort(key=lambda d: d.date or seen.period.first)
    shown, left = _cut(found)
    rows = []
    for decision in shown:
        body = seen.strategy.body_by_id.get(decision.body or "")
        link = ctx.link("decisions", decision.id)
        rows.append({"decision": decision, "link": link, "body": body.name if body else ""})
    within = seen.period.within(ctx.words)
    more = {"count": len(left), "fields": (), "url": ctx.url(CHAPTERS["decisions"].address)}
    return {"rows": rows, "more": more if left else None, "within": within} if rows else None


@macro
def report_next(ctx: Context, period: str) -> Data | None:
    """Zeigt, was im halben Jahr nach einem Zeitraum ansteht: Beginn, Meilensteine und Ende; dazu,
    was von Maßnahmen gemeldet ist, die noch nicht begonnen haben."""
    seen = view(ctx, period)
    first, last = seen.period.next
    first = max(first, seen.ctx.as_of + ONE_DAY)
    found: list[dict[str, Any]] = []
    for measure in seen.active:
        dates: list[tuple[str, dt.date | None, str | None, str]] = [
            (ctx.words("report.coming.step"), s.due, "day", s.title)
            for s in seen.open_steps(measure)
        ]
        if not _before(measure.actual_start, seen.ctx.as_of):
            begin = measure.planned_start, measure.start_precision
            dates.append((ctx.words("report.coming.planned_start"), *begin, ""))
        dates.append((*slips.end_ahead(seen.strategy, measure, seen.ctx.as_of), ""))
        found += [
            {
                "day": day,
                "precision": exact,
                "what": what,
                "title": title,
                "measure": measure.id,
                "link": ctx.link("measures", measure.id),
            }
            for what, day, exact, title in dates
            if day and first <= derive.last_day(day, exact) <= last
        ]
    found.sort(key=sooner)
    shown, left = _cut(found)
    waiting, more_waiting = _cut(_by_weight(_waiting(seen)), MOST // 2)
    if not (shown or waiting):
        return None
    return {
        "rows": shown,
        "more": seen.rest_of(x["measure"] for x in left),
        "until": last,
        "waiting": [seen.line(m) for m in waiting],
        "more_waiting": seen.rest(more_waiting),
    }
