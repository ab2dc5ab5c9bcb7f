"""What changed beside measures: goals, indicators, decisions, contributions, any other table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from klarplan.comparison.measures import ON_MEASURES, Teller
from klarplan.comparison.rows import RowChange
from klarplan.comparison.sides import Sides, subject
from klarplan.comparison.told import Told
from klarplan.strategy.former_ids import TITLES


def on_others(sides: Sides) -> Iterator[Told]:
    """All that changed in tables that are not about measures."""
    for table, changes in sides.rows.items():
        if table not in ON_MEASURES:
            for change in changes:
                yield from _TELLERS.get(table, _row)(sides, change)


def _row(sides: Sides, change: RowChange) -> Iterator[Told]:
    """A row of any table: new, removed, or cell by cell."""
    say, about = sides.say, subject(change)
    # A row without id is told by what stands in it.
    content = "" if about[1] else f": {_content(sides, change)}"
    if change.came:
        if about[1]:
            content = sides.rest(change, ("id", _title_column(change))).replace("; ", ": ", 1)
        yield sides.told("row_added", change, say.either("neu", "new") + content, about)
    elif change.went:
        yield sides.told("row_removed", change, sides.removed(change) + content, about)
    elif about[1]:
        yield from sides.cells(change)
    else:
        told = "; ".join(told.text for told in sides.cells(change))
        yield sides.told("row_changed", change, told, about)


def _title_column(change: RowChange) -> str:
    """The column by which the row is called; empty where it has none."""
    return next((name for name in TITLES if change.row.get(name)), "")


def _content(sides: Sides, change: RowChange) -> str:
    state = sides.of(change)
    shown = [
        sides.say.value(state, change.table, c, change.row) for c in change.row if change.row[c]
    ]
    return ", ".join(shown[:4]) + (" …" if len(shown) > 4 else "")


def _measured(kind: str, de: str, en: str) -> Teller:
    """Tells of a value or target of an indicator on a day."""

    def tell(sides: Sides, change: RowChange) -> Iterator[Told]:
        say, about = sides.say, subject(change)
        day = say.value(sides.of(change), change.table, "date", change.row)
        name = say.either(f"{de} zum {day}", f"{en} of {day}")
        if change.came or change.went:
            unit = (sides.of(change).row(*about) or {}).get("unit", "")
            value = say.measured(change.row.get("value", ""), unit)
            gone = say.either(" entfällt", " removed") if change.went else ""
            rest = sides.rest(change, ("indicator", "date", "value"))
            yield sides.told(kind, change, f"{name}: {value}{gone}{rest}", about)
            return
        unit = (sides.after.row(*about) or {}).get("unit", "")
        old, new = (
            say.measured(side.get("value", ""), unit) for side in (change.before, change.after)
        )
        moved = [f"{old} → {new}"] if change.differs("value") else []
        told = "; ".join([*moved, *(t.text for t in sides.cells(change, but=("value",)))])
        yield sides.told(kind, change, f"{name}: {told}", about)

    return tell


def _contribution(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, about = sides.say, subject(change)
    if change.went or change.came:
        text = say.quoted(say.beginning(change.row.get("contribution", "")))
        text += sides.rest(change, ("id", "contribution", "answer", "outcome"))
        sentence = (
            say.either(f"Beitrag entfällt: {text}", f"contribution removed: {text}")
            if change.went
            else say.either(f"Neuer Beitrag: {text}", f"New contribution: {text}")
        )
        yield sides.told("contribution", change, sentence, about)
    outcome = change.after.get("outcome", "")
    if change.after.get("answer") and not change.before.get("answer"):
        known = say.value(sides.after, change.table, "outcome", change.after) if outcome else ""
        answered = say.either("beantwortet", "answered") + (f": {known}" if known else "")
        yield sides.told("contribution_answered", change, answered, about)
        if not change.came:
            yield from sides.cells(change, but=("answer", "outcome"))
    elif not (change.came or change.went):
        yield from sides.cells(change)


def _decision(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, row = sides.say, change.row
    if not change.came:
        yield from _row(sides, change)
        return
    parts = [
        say.value(sides.after, "decisions", column, row)
        for column in ("body", "date")
        if row.get(column)
    ]
    measure = row.get("measure", "")
    about = f", {say.either('zu', 'on')} {sides.named('measures', measure)}" if measure else ""
    text = say.either("Neuer Beschluss", "New decision") + (
        f" ({', '.join(parts)})" if parts else ""
    )
    about += sides.rest(change, ("id", "title", "body", "date", "measure"))
    yield sides.told("decision", change, text + about, subject(change))


_TELLERS: Mapping[str, Teller] = {
    "indicator_values": _measured("indicator_value", "Wert", "Value"),
    "indicator_targets": _measured("indicator_target", "Zielwert", "Target"),
    "feedback": _contribution,
    "decisions": _decision,
}
"""How the rows of some tables are told; those of all others as they stand."""
