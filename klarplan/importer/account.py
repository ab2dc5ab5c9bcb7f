"""The account of an import for people: what is new, what changes, what stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from klarplan.importer.outcome import LeftOut, Outcome, Place, Skipped, TableCount, Unused
from klarplan.importer.values import line
from klarplan.messages import Lang, Text, first_of, quoted

EXAMPLES = 3
"""How many new rows of a table are named."""
CHANGES = 20
"""How many changed cells of a table are named."""
ROWS = 8
"""How many rows are named where one value stands in several."""
LONGEST = 100
"""So many characters of a value are shown."""


def _short(text: str) -> str:
    plain = line(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _place(places: Sequence[Place], lang: Lang, value: str = "") -> str:
    """A cell or row with its value; for several cells of one column the value and their rows."""
    place, rows = places[0], list(dict.fromkeys(place.row for place in places))
    column = ""
    if place.column:
        column = Text(f", Spalte „{place.column}“", f", column “{place.column}”").in_(lang)
    told = f" [{_short(value)}]" if value else ""
    if len(rows) == 1:
        row = Text(f", Zeile {place.row}", f", row {place.row}").in_(lang)
        return f"{place.sheet}{row}{column}{told}"
    listed = first_of(rows, ROWS)
    times = Text(
        f" ({len(rows)}-mal, Zeilen {listed})", f" ({len(rows)} times, rows {listed})"
    ).in_(lang)
    return f"{place.sheet}{column}{told}{times}"


_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


def _folded(
    items: Iterable[_Item], key: Callable[[_Item], _Key]
) -> Iterator[tuple[_Key, list[_Item]]]:
    """Items with the same key together, in the order of the first of them."""
    found: dict[_Key, list[_Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    yield from found.items()


def _counts(tables: tuple[TableCount, ...], lang: Lang) -> Iterator[str]:
    heads = ("Tabelle", "neu", "geändert", "unverändert")
    if lang == "en":
        heads = ("Table", "new", "changed", "unchanged")
    rows = [
        (t.title if lang == "de" else t.name, len(t.new), t.changed, t.unchanged) for t in tables
    ]
    width = max(len(str(row[0])) for row in [heads, *rows]) + 2
    for name, new, changed, unchanged in [heads, *rows]:
        yield f"{name:<{width}}{new:>6}{changed:>11}{unchanged:>14}"


def _details(table: TableCount, lang: Lang) -> Iterator[str]:
    if table.new:
        yield Text(f"Neu in „{table.title}“:", f"New in “{table.name}”:").in_(lang)
        for row in table.new[:EXAMPLES]:
            yield f"  {_short(row)}"
        if (rest := len(table.new) - EXAMPLES) > 0:
            yield Text(f"  … und {rest} weitere", f"  … and {rest} more").in_(lang)
    if table.changes:
        yield Text(f"Geändert in „{table.title}“:", f"Changed in “{table.name}”:").in_(lang)
        for change in table.changes[:CHANGES]:
            old = (
                quoted(_short(change.old)).in_(lang)
                if change.old
                else Text("leer", "empty").in_(lang)
            )
            new = (
                quoted(_short(change.new)).in_(lang)
                if change.new
                else Text("leer", "empty").in_(lang)
            )
            yield f"  {change.key}, {change.column.in_(lang)}: {old} → {new}"
        if (rest := len(table.changes) - CHANGES) > 0:
            yield Text(f"  … und {rest} weitere", f"  … and {rest} more").in_(lang)


def _left_out(items: tuple[LeftOut, ...], lang: Lang) -> Iterator[str]:
    yield Text(f"Nicht übernommen ({len(items)}):", f"Not taken over ({len(items)}):").in_(lang)
    for _, same in _folded(items, lambda i: replace(i, place=replace(i.place, row=0))):
        item, places = same[0], [other.place for other in same]
        scope = ""
        if item.whole_row and len(same) > 1:
            scope = Text(" Diese Zeilen fehlen ganz.", " These rows are missing.").in_(lang)
        elif item.whole_row:
            scope = Text(" Die ganze Zeile fehlt.", " The whole row is missing.").in_(lang)
        where = _place(places, lang, item.value)
        yield f"  {where}: {line(item.problem.in_(lang))}{scope}"
        if cure := item.cure.in_(lang):
            yield f"    → {cure}"


def _numbers(rows: Sequence[int], lang: Lang) -> str:
    """Row numbers, runs of them in short: Zeilen 4, 9–12."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    word = Text("Zeile", "row") if len(rows) == 1 else Text("Zeilen", "rows")
    return f"{word.in_(lang)} {', '.join(parts)}"


def _skipped(items: tuple[Skipped, ...], lang: Lang) -> Iterator[str]:
    yield Text(
        "Nicht gelesen, weil kein Eintrag oder verborgen:",
        "Not read, being no entry or hidden:",
    ).in_(lang)
    for item in items:
        where = item.sheet
        if item.column:
            column = Text(f", Spalte {item.column.de}", f", column {item.column.en}")
            where += column.in_(lang)
        if item.rows:
            where += f", {_numbers(item.rows, lang)}"
        told = "; ".join(quoted(_short(text)).in_(lang) for text in item.texts[:ROWS] if text)
        more = "; …" if len(item.texts) > ROWS else ""
        cells = ""
        if item.cells > 1:
            cells = Text(f" ({item.cells} Zellen)", f" ({item.cells} cells)").in_(lang)
        yield f"  {where}{cells}{f' [{told}{more}]' if told else ''}: {item.reason.in_(lang)}"
        if cure := item.cure.in_(lang):
            yield f"    → {cure}"


def _unused(items: tuple[Unused, ...], lang: Lang) -> Iterator[str]:
    yield Text(
        "Spalten und Blätter, die die Zuordnung nicht liest:",
        "Columns and sheets that the mapping does not read:",
    ).in_(lang)
    for item in items:
        name = item.sheet
        if item.column:
            name += f", {quoted(item.column).in_(lang)}"
        cells = Text(f"{item.cells} gefüllte Zellen", f"{item.cells} filled cells").in_(lang)
        if item.cells == 1:
            cells = Text("1 gefüllte Zelle", "1 filled cell").in_(lang)
        purpose = Text(" (so gewollt)", " (on purpose)").in_(lang) if item.on_purpose else ""
        if item.hidden:
            purpose += Text(" (ausgeblendetes Blatt)", " (hidden sheet)").in_(lang)
        yield f"  {name}: {cells}{purpose}"
        if item.hidden and not item.on_purpose:
            cure = Text(
                "„hidden: {sheets: take}“ liest es mit, „hidden: {sheets: internal}“ nur intern.",
                "“hidden: {sheets: take}” reads it, “hidden: {sheets: internal}” as internal.",
            )
            yield f"    → {cure.in_(lang)}"


def account(outcome: Outcome, lang: Lang, *, dry_run: bool) -> Iterator[str]:
    """The lines that tell what an import did, or would do."""
    yield from _counts(outcome.tables, lang)
    for table in outcome.tables:
        if table.new or table.changes:
            yield ""
            yield from _details(table, lang)
    if outcome.left_out:
        yield ""
        yield from _left_out(outcome.left_out, lang)
    if outcome.skipped:
        yield ""
        yield from _skipped(outcome.skipped, lang)
    if outcome.unused:
        yield ""
        yield from _unused(outcome.unused, lang)
    if outcome.remarks:
        yield ""
        yield Text("Hinweise:", "Remarks:").in_(lang)
        for (_, text), same in _folded(outcome.remarks, lambda r: (replace(r[0], row=0), r[1])):
            yield f"  {_place([place for place, _ in same], lang)}: {line(text.in_(lang))}"
    yield ""
    if dry_run:
        yield Text("Probelauf: Es wurde nichts geschrieben.", "Dry run: nothing was written.").in_(
            lang
        )
    elif not outcome.files:
        yield Text("Es hat sich nichts geändert.", "Nothing has changed.").in_(lang)
    else:
        files = ", ".join(f"data/{name}" for name in outcome.files)
        yield Text(
            f"Geschrieben: {files}. Prüfen Sie jetzt mit „klarplan check“.",
            f"Written: {files}. Now check with “klarplan check”.",
        ).in_(lang)
