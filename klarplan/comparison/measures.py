"""What changed for a measure: in its own row, and in the rows of other tables about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from klarplan.comparison.rows import RowChange
from klarplan.comparison.sides import Sides, subject
from klarplan.comparison.speech import Speech
from klarplan.comparison.state import Cells, State
from klarplan.comparison.told import Told
from klarplan.strategy.load import as_number

Teller = Callable[[Sides, RowChange], Iterator[Told]]
"""Tells of a row that differs."""
PLAN = ("planned_start", "planned_end")
"""The columns of the plan, which a decision moves."""
AMOUNTS: Mapping[str, tuple[str, str]] = {
    "planned": ("geplant", "planned"),
    "approved": ("bewilligt", "approved"),
    "spent": ("ausgegeben", "spent"),
}
"""The columns with money, as they are spoken of in German and English."""

REPORTED = ("measure", "date", "period", "status", "progress", "expected_end", "text")
"""The columns of a report that its sentences say in words of their own."""


def on_measures(sides: Sides) -> Iterator[Told]:
    """All that changed for measures, table by table."""
    for table, tell in ON_MEASURES.items():
        for change in sides.rows.get(table, ()):
            yield from tell(sides, change)


def _measure(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, row = sides.say, change.row
    about = ("measures", row.get("id", ""))
    if change.came:
        parent = row.get("parent", "")
        whole = sides.named("measures", parent)
        part_of = say.either(f"; Teil von {whole}", f"; part of {whole}") if parent else ""
        text = say.either(f"Neue Maßnahme{part_of}", f"New measure{part_of}")
        text += sides.rest(change, ("id", "title", "parent"))
        yield sides.told("measure_added", change, text, about)
        if sides.before.row("measures", parent):
            part = sides.named("measures", about[1])
            text = say.either(f"aufgeteilt; neuer Teil: {part}", f"split; new part: {part}")
            yield sides.told("measure_split", change, text, ("measures", parent))
    elif change.went:
        yield sides.told("measure_removed", change, sides.removed(change), about)
    else:
        for column in filter(change.differs, PLAN):
            yield sides.cell(change, column, column.removeprefix("planned_"))
        yield from sides.cells(change, but=PLAN)


def _report(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, row, about = sides.say, change.row, subject(change)
    when = say.value(sides.of(change), change.table, "date", row)
    period = f" {row['period']}" if row.get("period") else ""
    name = say.either(f"Meldung{period} vom {when}", f"report{period} of {when}")
    if change.went:
        yield sides.told(
            "report_removed", change, say.either(f"{name} entfällt", f"{name}: removed"), about
        )
    elif change.came:
        yield from _new_report(sides, change, say.either(f"Neue {name}", f"New {name}"))
    else:
        told = "; ".join(told.text for told in sides.cells(change))
        yield sides.told("report_changed", change, f"{name}: {told}", about)


def _new_report(sides: Sides, change: RowChange, name: str) -> Iterator[Told]:
    say, row, about = sides.say, change.row, subject(change)
    earlier = _earlier(sides.after, row)
    parts = [_now(sides, "status", row, earlier), _progress(sides, row, earlier)]
    text = f"{name}: {', '.join(filter(None, parts))}"
    if said := row.get("text", ""):
        text += f" – {say.quoted(' '.join(said.split()))}"
    text += sides.rest(change, REPORTED)
    yield sides.told("report_added", change, text, about)
    end, before = (
        _now(sides, "expected_end", one, {}) if one.get("expected_end") else ""
        for one in (row, earlier)
    )
    if end and end != before:
        known = sides.after.row("measures", about[1]) or {}
        plan = {
            "expected_end": known.get("planned_end", ""),
            "expected_end_precision": known.get("end_precision", ""),
        }
        moved = say.moved("expected_end", earlier if before else plan, row)
        than = "" if before or not moved else say.either(" als geplant", " than planned")
        text = say.either("erwartetes Ende: ", "expected end: ") + _now(
            sides, "expected_end", row, earlier
        )
        yield sides.told(
            "expected_end", change, text + (f", {moved}{than}" if moved else ""), about
        )
    elif before and not end:
        text = say.either(
            "nennt kein erwartetes Ende mehr; es gilt wieder der Plan",
            "names no expected end any more; the plan holds again",
        )
        yield sides.told("expected_end", change, text, about)


def _now(sides: Sides, column: str, row: Cells, earlier: Cells) -> str:
    """A value, and in brackets what it was in the report before."""
    now = sides.say.value(sides.after, "status_reports", column, row)
    if column == "status":
        status = sides.after.row("statuses", row.get("status", ""))
        now = sides.say.title(status or {}) or now
    then = _now(sides, column, earlier, {}) if earlier.get(column) else ""
    return now if then in ("", now) else f"{now} ({sides.say.either('zuvor', 'before:')} {then})"


def _progress(sides: Sides, row: Cells, earlier: Cells) -> str:
    new, old = row.get("progress", ""), earlier.get("progress", "")
    if not new:
        return ""
    before = (
        f" ({sides.say.either('zuvor', 'before:')} {_percent(sides.say, old)})"
        if old and old != new
        else ""
    )
    return f"{_percent(sides.say, new)}{before}"


def _percent(say: Speech, cell: str) -> str:
    """A share with its sign; what is no number stands as it was written."""
    try:
        return f"{say.words.number(as_number(cell))} %"
    except (ValueError, ArithmeticError):
        return cell


def _earlier(state: State, row: Cells) -> Cells:
    """The report on the same measure before this one; empty where there is none."""
    reports = state.reports.get(row.get("measure", ""), ())
    before = [r for r in reports if r.get("date", "") < row.get("date", "")]
    return before[-1] if before else {}


def _money(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, row = sides.say, change.row
    source = row.get("funding_source") and say.value(
        sides.of(change), "budget", "funding_source", row
    )
    more = ", ".join(filter(None, (source, row.get("programme", ""))))
    name = say.either("Geld ", "Money ") + row.get("year", "") + (f" ({more})" if more else "")
    none = say.either("nichts", "none")
    told = []
    for column, (de, en) in AMOUNTS.items():
        if change.differs(column):
            sums = [_amount(say, cells, column) for cells in (change.before, change.after)]
            whole = change.came or change.went
            moved = sums[change.came] if whole else " → ".join(one or none for one in sums)
            told.append(f"{say.either(de, en)} {moved}")
    if change.came:
        said = ("measure", "year", "currency", "funding_source", "programme", *AMOUNTS)
        told += filter(None, [sides.rest(change, said).removeprefix("; ")])
    elif not change.went:
        told += [told.text for told in sides.cells(change, but=tuple(AMOUNTS))]
    how = (
        say.either(" entfällt", " removed")
        if change.went
        else say.either(" neu", " new")
        if change.came
        else ""
    )
    yield sides.told(
        "money", change, ": ".join(filter(None, (name + how, "; ".join(told)))), subject(change)
    )


def _amount(say: Speech, row: Cells, column: str) -> str:
    try:
        return say.words.money(as_number(row[column]), row.get("currency") or "EUR")
    except (KeyError, ValueError, ArithmeticError):
        return row.get(column, "")


def _milestone(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, row = sides.say, change.row
    title = say.quoted(say.title(row) or row.get("id", ""))
    if change.went:
        text = say.either(f"Meilenstein {title} entfällt", f"Milestone {title} removed")
    elif change.came:
        due = row.get("due") and say.value(sides.after, "milestones", "due", row)
        text = say.either(f"Neuer Meilenstein {title}", f"New milestone {title}")
        text += say.either(f", Termin {due}", f", due {due}") if due else ""
        text += sides.rest(change, ("id", "measure", "title", "due"))
    else:
        told = "; ".join(told.text for told in sides.cells(change))
        text = say.either(f"Meilenstein {title}: {told}", f"Milestone {title}: {told}")
    yield sides.told("milestone", change, text, subject(change))


def _link(column: str, de: tuple[str, str], en: tuple[str, str], kind: str) -> Teller:
    """Tells of a row that links a measure with something: sentences for when it came and went."""

    def tell(sides: Sides, change: RowChange) -> Iterator[Told]:
        say = sides.say
        thing = say.value(sides.of(change), change.table, column, change.row)
        more = "".join(
            f" ({say.value(sides.of(change), change.table, c, change.row)})"
            for c in ("role", "effect", "type")
            if change.row.get(c)
        )
        if not (change.came or change.went):
            told = "; ".join(t.text for t in sides.cells(change))
            yield sides.told(
                kind, change, f"{say.either(de[0], en[0])} {thing}: {told}", subject(change)
            )
            return
        sentence = say.either(de[change.went], en[change.went])
        yield sides.told(kind, change, f"{sentence} {thing}{more}", subject(change))

    return tell


ON_MEASURES: Mapping[str, Teller] = {
    "measures": _measure,
    "successions": _link(
        "to",
        ("abgelöst durch", "nicht mehr abgelöst durch"),
        ("superseded by", "no longer superseded by"),
        "superseded",
    ),
    "status_reports": _report,
    "milestones": _milestone,
    "budget": _money,
    "responsibilities": _link(
        "organisation",
        ("zuständig:", "nicht mehr zuständig:"),
        ("responsible:", "no longer responsible:"),
        "responsibility",
    ),
    "measure_goals": _link(
        "goal",
        ("trägt bei zu", "trägt nicht mehr bei zu"),
        ("contributes to", "no longer contributes to"),
        "goal",
    ),
    "measure_fields": _link(
        "field",
        ("gehört auch zu", "gehört nicht mehr zu"),
        ("belongs to", "no longer belongs to"),
        "field",
    ),
    "measure_places": _link(
        "place", ("Ort:", "nicht mehr am Ort:"), ("place:", "no longer at"), "place"
    ),
    "measure_indicators": _link(
        "indicator",
        ("soll wirken auf", "soll nicht mehr wirken auf"),
        ("is to affect", "is no longer to affect"),
        "indicator",
    ),
    "dependencies": _link(
        "to",
        ("hängt zusammen mit", "hängt nicht mehr zusammen mit"),
        ("is connected with", "is no longer connected with"),
        "dependency",
    ),
}
"""How the rows of tables about measures are told, in the order in which they are."""
