"""What the slides on a report say: the same facts, in the same words, in few of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from lxml.html import HtmlElement

from klarplan.look.colour import legible
from klarplan.papers.pptx import Bars, Row, Slide, Table
from klarplan.papers.pptx.slides import breakable, fitted
from klarplan.papers.slide_asked import asked_slides
from klarplan.strategy.periods import Period
from klarplan.words.catalogue import Words
from klarplan.words.room import cut
from macros.excerpt import excerpt
from macros.period_report import (
    report_achieved,
    report_decisions,
    report_figures,
    report_late,
    report_money,
    report_next,
    report_status,
    report_stopped,
    view,
)
from macros.registry import Context, Link

REASON = 150
"""So many characters of a reason."""
TITLES = (240, 180, 140, 110, 85, 60)
"""So much room each title may have: as much as leaves no more rows out than the least does."""
MOST = 9
"""So many slides stand behind the first one."""
FIELDS = 7
"""So many fields of action stand below the bar of all measures."""


def slides_of(ctx: Context, period: Period, article: HtmlElement) -> list[Slide]:
    """The slides on a report in order; ``article`` is its page. What is not told has none."""
    label = period.label
    made = [
        _figures(ctx, label),
        _status(ctx, label),
        _achieved(ctx, label),
        _late(ctx, label),
        _stopped(ctx, label),
        _money(ctx, label),
        _decisions(ctx, label),
        _next(ctx, label),
    ]
    told = [slide for slide in made if slide]
    return [*asked_slides(ctx.words, article, MOST - len(told)), *told]


def _figures(ctx: Context, label: str) -> Slide:
    told = report_figures(ctx, label)
    words = ctx.words
    before = told["before"]
    head = [words("report.numbers.head"), told["period"], *([before] if before else [])]
    rows = tuple(
        Row((name, str(now), *([str(then)] if before else []))) for name, now, then in told["rows"]
    )
    shares = (3.0, 1.4, 1.4)[: len(head)]
    table = Table(head=head, rows=rows, shares=shares, numbers=(1, 2))
    return _slide(ctx, "figures", lambda _: table)


def _status(ctx: Context, label: str) -> Slide | None:
    told = report_status(ctx, label)
    if told is None:
        return None
    words = ctx.words
    seen = view(ctx, label)
    badges = [seen.ctx.badge_of(measure) for measure in seen.strategy.measures]
    counts = Counter((b.id, "" if b.symbol == "+" else b.label) for b in badges)
    first = {(b.id, "" if b.symbol == "+" else b.label): b for b in reversed(badges)}
    order = [status.id for status in seen.strategy.statuses]
    place = {identifier: number for number, identifier in enumerate(order)}
    known = sorted(counts, key=lambda key: place.get(key[0], len(place)))
    parts = [
        (first[key].label, first[key].symbol, counts[key], legible(first[key].colour))
        for key in known
    ]
    said = "; ".join(f"{name}: {words.number(count)}" for name, _, count, _ in parts)
    bars = Bars(parts=parts, alt=f"{words('report.by_field.caption')}: {said}.")
    fields = told["rows"]
    head = [words("by_field.field")]
    head += [words(f"report.by_field.{name}") for name in ("measures", "done", "late")]

    def table(most: int) -> Table:
        rows = [
            Row((cut(r["title"], most), *map(words.number, (r["total"], r["done"], r["late"]))))
            for r in fields[:FIELDS]
        ]
        return Table(
            head=head,
            rows=tuple(rows),
            shares=(3.0, 1.0, 1.2, 1.8),
            numbers=(1, 2, 3),
            more=max(len(fields) - FIELDS, 0),
        )

    if len(fields) > 1:
        return _slide(ctx, "status", table, bars)
    title = words("report.heading.status")
    return Slide(title=title, content=(bars,), section=title)


def _achieved(ctx: Context, label: str) -> Slide | None:
    told = report_achieved(ctx, label)
    if told is None or not (told["done"] or told["steps"]):
        return None
    words = ctx.words

    def table(most: int) -> Table:
        rows = [
            Row(
                (_cited(row["link"], most), words.short_day(row["end"]) if row["end"] else "–"),
                row["link"].number,
            )
            for row in told["done"]
        ]
        for step in told["steps"]:
            link, title = step["link"], cut(step["step"].title, most)
            named = title
            if link:
                named = words("print.slides.step", step=title, measure=_cited(link, most))
            rows.append(Row((named, words.short_day(step["day"])), link.number if link else ""))
        return Table(
            head=[words("print.slides.reached"), words("report.decided.day")],
            rows=tuple(rows),
            shares=(5.0, 1.6),
            more=_count(told["done_rest"]) + _count(told["more_steps"]),
        )

    return _slide(ctx, "achieved", table)


def _late(ctx: Context, label: str) -> Slide | None:
    told = report_late(ctx, label)
    if told is None or not told["rows"]:
        return None
    words = ctx.words

    def table(most: int) -> Table:
        rows = tuple(
            Row(
                (_cited(row["link"], most), _capital(row["how"]), _reason(words, row)),
                row["link"].number,
            )
            for row in told["rows"]
        )
        return Table(
            head=[words(f"print.slides.{name}") for name in ("measure", "how", "reason")],
            rows=rows,
            shares=(2.2, 2.0, 3.2),
            more=_count(told["rest"]),
        )

    return _slide(ctx, "late", table)


def _reason(words: Words, row: Mapping[str, Any]) -> str:
    """The obstacle that the newest report names, else what it tells, and that it tells it."""
    if reason := row["reason"]:
        return excerpt(reason.obstacles, REASON)
    text = row["told"].text if row["told"] else ""
    return excerpt(f"{words('late.told')} {text}", REASON) if text else "–"


def _stopped(ctx: Context, label: str) -> Slide | None:
    told = report_stopped(ctx, label)
    if told is None:
        return None
    words = ctx.words

    def table(most: int) -> Table:
        rows = (Row((_cited(r["link"], most), _why(r)), r["link"].number) for r in told["rows"])
        return Table(
            head=[words("print.slides.measure"), words("print.slides.reason")],
            rows=tuple(rows),
            shares=(2.2, 5.0),
            more=_count(told["rest"]),
        )

    return _slide(ctx, "stopped", table)


def _why(row: Mapping[str, Any]) -> str:
    report = row["report"]
    text = (report.obstacles or report.text) if report else ""
    return excerpt(text, 2 * REASON) if text else "–"


def _money(ctx: Context, label: str) -> Slide | None:
    told = report_money(ctx, label)
    if told is None:
        return None
    words = ctx.words

    everything = [*(each["money"] for each in told["rows"]), *told["totals"]]

    def row(name: str, money: Any, most: int) -> Row:
        mine = [m for m in everything if m.currency == money.currency]
        beside = [n for m in mine for n in (m.planned, m.spent)]
        planned, spent = (
            "–" if value is None else words.short_money(value, money.currency, beside)
            for value in (money.planned, money.spent)
        )
        return Row((cut(name, most), planned, spent))

    def table(most: int) -> Table:
        rows = [row(each["name"], each["money"], most) for each in told["rows"]]
        if len(rows) > 1:
            rows += [row(words("by_field.all"), money, most) for money in told["totals"]]
        last = 1 if len(rows) > 1 else 0
        kept = (*rows[: FIELDS + 2], *rows[FIELDS + 2 :][-last:]) if last else tuple(rows)
        return Table(
            head=[told["title"], words("print.slides.planned"), words("print.slides.spent")],
            rows=kept,
            shares=(3.4, 1.4, 1.4),
            numbers=(1, 2),
            more=len(rows) - len(kept),
        )

    return _slide(ctx, "money", table)


def _decisions(ctx: Context, label: str) -> Slide | None:
    told = report_decisions(ctx, label)
    if told is None:
        return None
    words = ctx.words

    def table(most: int) -> Table:
        rows = tuple(
            Row(
                (
                    cut(row["decision"].title, 2 * most),
                    cut(row["body"] or "–", most),
                    words.short_day(row["decision"].date),
                )
            )
            for row in told["rows"]
        )
        return Table(
            head=[words(f"report.decided.{name}") for name in ("decision", "body", "day")],
            rows=rows,
            shares=(3.6, 2.4, 1.2),
            more=_count(told["more"]),
        )

    return _slide(ctx, "decisions", table)


def _next(ctx: Context, label: str) -> Slide | None:
    told = report_next(ctx, label)
    if told is None or not told["rows"]:
        return None
    words = ctx.words

    def table(most: int) -> Table:
        rows = tuple(
            Row(
                (
                    words.term(row["day"], row["precision"]),
                    _cited(row["link"], most),
                    cut(f"{row['what']}: {row['title']}" if row["title"] else row["what"], most),
                ),
                row["link"].number,
            )
            for row in told["rows"]
        )
        return Table(
            head=[words(f"report.coming.{name}") for name in ("day", "measure", "what")],
            rows=rows,
            shares=(1.4, 3.0, 3.0),
            more=_count(told["more"]),
        )

    return _slide(ctx, "next", table)


def _slide(ctx: Context, section: str, table_of: Callable[[int], Table], *before: Bars) -> Slide:
    """A slide with a table, whose titles are cut only where there is no room for them.

    ``table_of`` makes it with titles that take so much room at most.
    """
    title = ctx.words(f"report.heading.{section}")

    def made(most: int) -> Slide:
        return Slide(title=title, content=(*before, table_of(most)), section=title)

    def left_out(slide: Slide) -> int:
        return fitted(breakable(slide, ctx.words.lang)).more

    shortest = made(TITLES[-1])
    least = left_out(shortest)
    whole = (slide for slide in map(made, TITLES[:-1]) if left_out(slide) <= least)
    return next(whole, shortest)


def _cited(link: Link | None, most: int) -> str:
    """A measure by its number and title, in so much room at most."""
    if link is None:
        return "–"
    return cut(f"{link.number} {link.title}" if link.number else link.title, most)


def _count(rest: Mapping[str, Any] | None) -> int:
    return int(rest["count"]) if rest else 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text else "–"
