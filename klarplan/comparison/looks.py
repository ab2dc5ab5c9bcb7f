"""What somebody should look at, since it should not happen silently."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from klarplan.comparison.measures import PLAN
from klarplan.comparison.rows import RowChange
from klarplan.comparison.sides import Sides, subject
from klarplan.comparison.told import Told
from klarplan.pages.adopted import ADOPTED
from klarplan.strategy.addresses import page_of
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.load import as_number
from klarplan.strategy.redirects import REDIRECTS, as_row
from klarplan.strategy.schema import DESCRIPTOR, VISIBILITY

INTERNAL = "internal"
ALIKE = 0.4
"""Titles less alike than this (``difflib``) are of different things."""
LONGEST = 200
"""So many letters of titles are compared, which takes their square."""
SAID = ("status", "progress", "expected_end", "text", "obstacles", "lessons")
"""What a report said; a link or the role of its author may be mended."""


def worth_a_look(sides: Sides) -> Iterator[Told]:
    """Warnings: rewritten history, ids and addresses that are gone, softer targets, and so on."""
    yield from _rewritten(sides)
    yield from _ids(sides)
    yield from _softer(sides)
    yield from _undecided(sides)
    yield from _made_public(sides)


def _rewritten(sides: Sides) -> Iterator[Told]:
    say = sides.say
    for change in sides.rows.get("status_reports", ()):
        if change.came or not any(map(change.differs, (*SAID, "date", "measure"))):
            continue
        when = say.value(sides.before, "status_reports", "date", change.before)
        if change.went:
            gone = say.either("wurde gelöscht", "was deleted")
        elif any(map(change.differs, (*SAID, "date"))):
            gone = say.either("wurde umgeschrieben", "was rewritten")
        else:
            old = sides.named("measures", change.before.get("measure", ""))
            gone = say.either(f"stand bisher bei {old}", f"was with {old} so far")
        text = say.either(
            f"Die Meldung vom {when} {gone}; was schon veröffentlicht ist, berichtigt sonst eine "
            "neue Meldung",
            f"The report of {when} {gone}; what is published is usually corrected by a new report",
        )
        yield sides.told("report_rewritten", change, text, subject(change), look=True)
    for change in sides.rows.get("indicator_values", ()):
        if change.came or not any(map(change.differs, ("value", "date", "indicator"))):
            continue
        when = say.value(sides.before, "indicator_values", "date", change.before)
        old, new = (cells.get("value", "") for cells in (change.before, change.after))
        how = say.either("wurde gelöscht", "was deleted") if change.went else f"{old} → {new}"
        text = say.either(
            f"Ein früherer Wert ({when}) wurde geändert: {how}",
            f"An earlier value ({when}) was changed: {how}",
        )
        if change.went:
            text = say.either(
                f"Ein früherer Wert ({when}) {how}", f"An earlier value ({when}) {how}"
            )
        yield sides.told("value_rewritten", change, text, subject(change), look=True)


def _ids(sides: Sides) -> Iterator[Told]:
    for table in ROW_CHAPTERS:
        for change in sides.rows.get(table, ()):
            yield from _id(sides, change)


def _id(sides: Sides, change: RowChange) -> Iterator[Told]:
    say, table = sides.say, change.table
    old, new = change.before.get("id", ""), change.after.get("id", "")
    about = subject(change)
    if new and new != old and (other := _meant_before(sides, change)):
        text = say.either(
            f"Die Kennung {new} gab es schon einmal ({other}); Kennungen werden nicht wieder "
            "vergeben",
            f"The id {new} was used before ({other}); ids are not given again",
        )
        yield sides.told("id_reused", change, text, about, look=True)
    if change.came:
        return
    taken = sides.after.row(table, old) if old != new else None
    other = say.quoted(say.title(taken)) if taken else ""
    if change.went and taken:
        mine = say.quoted(say.title(change.before))
        text = say.either(
            f"Die Kennung {old} stand bisher für {mine}, was entfällt, und steht jetzt für {other}",
            f"The id {old} meant {mine} so far, which is removed, and now means {other}",
        )
        yield sides.told("id_reused", change, text, about, look=True)
    elif change.went and old:
        text = say.either(f"Die Kennung {old} gibt es nicht mehr", f"The id {old} is gone")
        yield sides.told("id_gone", change, text, about, look=True)
    elif old and old != new:
        text = say.either(f"Die Kennung {old} heißt jetzt {new}", f"The id {old} is {new} now")
        if taken:
            text += say.either(f", und {old} bezeichnet {other}", f", and {old} means {other}")
        text += say.either(
            "; Kennungen bleiben sonst, wie sie sind", "; ids usually stay as they are"
        )
        yield sides.told("id_reused" if taken else "id_gone", change, text, about, look=True)
    elif change.differs("title") and not alike(say.title(change.before), say.title(change.after)):
        moved = " → ".join(say.quoted(say.title(row)) for row in (change.before, change.after))
        text = say.either(
            f"Die Kennung {old} bezeichnet jetzt etwas anderes: {moved}",
            f"The id {old} means something else now: {moved}",
        )
        yield sides.told("id_reused", change, text, about, look=True)
    hidden = change.after.get(VISIBILITY) == INTERNAL or old != new
    if hidden and change.before.get(VISIBILITY) != INTERNAL:
        address = page_of(table, old)
        if address not in sides.after.redirected and not taken:
            cure = (
                f"{REDIRECTS}: {as_row(address, page_of(table, new) if new and new != old else '')}"
            )
            text = say.either(
                f"Die Adresse /{address} gibt es dann nicht mehr",
                f"The address /{address} will be gone",
            )
            if new and new != old:
                text += say.either(f"; so führt sie weiter: {cure}", f"; this leads it on: {cure}")
            yield sides.told("address_gone", change, text, about, look=True)


def _meant_before(sides: Sides, change: RowChange) -> str:
    """What says that the id of a row stood for something else before; empty where nothing does."""
    table, row = change.table, change.after
    if sides.before.row(table, row["id"]):
        return ""  # two rows with one id, which is an error of the check
    now = sides.say.title(row)
    promise = sides.before.adopted.get(page_of(table, row["id"]))
    if promise and not alike(promise.title, now):
        return ADOPTED
    titles = sides.before.former.get(table, {}).get(row["id"], ())
    known = titles and not any(alike(one, now) for one in titles)
    return sides.say.quoted(max(titles)) if known else ""


def alike(one: str, other: str) -> bool:
    """Whether two titles may be of the same thing."""
    if not one or not other:
        return True
    one, other = (text.casefold()[:LONGEST] for text in (one, other))
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _softer(sides: Sides) -> Iterator[Told]:
    say = sides.say
    for change in sides.rows.get("indicator_targets", ()):
        about = subject(change)
        if change.went:
            when = say.value(sides.before, change.table, "date", change.before)
            text = say.either(
                f"Der Zielwert zum {when} wurde gelöscht", f"The target of {when} was deleted"
            )
            yield sides.told("target_lowered", change, text, about, look=True)
        elif not change.came and _is_softer(sides, change):
            old, new = (cells.get("value", "") for cells in (change.before, change.after))
            text = say.either(
                f"Ein Zielwert wurde abgeschwächt: {old} → {new}",
                f"A target was lowered: {old} → {new}",
            )
            yield sides.told("target_lowered", change, text, about, look=True)
    for change in sides.rows.get("goals", ()):
        if (
            change.before.get("target_date")
            and change.after.get("target_date", "") > change.before["target_date"]
        ):
            moved = say.moved("target_date", change.before, change.after)
            text = say.either(
                f"Das Ziel soll erst {moved} erreicht werden", f"The goal is to be reached {moved}"
            )
            yield sides.told("target_lowered", change, text, subject(change), look=True)


def _is_softer(sides: Sides, change: RowChange) -> bool:
    """Whether a target is easier to reach than before: lower where it should rise, or later."""
    if change.after.get("date", "") > change.before.get("date", ""):
        return True
    indicator = sides.after.row("indicators", change.after.get("indicator", "")) or {}
    try:
        old, new = as_number(change.before["value"]), as_number(change.after["value"])
    except (KeyError, ValueError, ArithmeticError):
        return False
    falling = indicator.get("direction") == "decrease"
    return (
        new > old
        if falling
        else new < old
        if indicator.get("direction") == "increase"
        else new != old
    )


def _undecided(sides: Sides) -> Iterator[Told]:
    say = sides.say
    for change in sides.rows.get("measures", ()):
        if change.came or change.went or change.row.get("id", "") in sides.decided:
            continue
        moved = [c for c in PLAN if change.before.get(c) and change.differs(c)]
        if moved:
            name = say.quoted(say.column(sides.schema("status_reports"), "expected_end"))
            text = say.either(
                "Der Plan wurde geändert, ohne dass ein Beschluss dazu eingetragen ist; was ein "
                f"Amt erwartet, steht in der Meldung unter {name}",
                "The plan was changed, but no decision is entered for it; what an office expects "
                f"belongs into the report, as {name}",
            )
            yield sides.told("plan_moved", change, text, subject(change), look=True)


def _made_public(sides: Sides) -> Iterator[Told]:
    say = sides.say
    for changes in sides.rows.values():
        for change in changes:
            if (
                change.before.get(VISIBILITY) == INTERNAL
                and not change.went
                and change.after.get(VISIBILITY) != INTERNAL
            ):
                text = say.either(
                    "war intern und wird jetzt veröffentlicht",
                    "was internal and will be published now",
                )
                yield sides.told("made_public", change, text, subject(change), look=True)
    for table, schema in sides.before.descriptor.tables.items():
        now = sides.after.descriptor.tables.get(table)
        if now is None:
            continue
        shown = [schema.said(say.lang).title] if schema.internal and not now.internal else []
        shown += [
            f"{schema.said(say.lang).title}: {say.column(schema, name)}"
            for name, column in schema.columns.items()
            if column.internal and now.is_public(name)
        ]
        for name in shown:
            text = say.either(
                f"{name} war intern und wird jetzt veröffentlicht",
                f"{name} was internal and will be published now",
            )
            yield Told(kind="made_public", text=text, table=table, file=DESCRIPTOR, look=True)
