"""What a suggestion says about the layout of lists: fields, tree, colours, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from klarplan.check.places import letters
from klarplan.importer.amounts import are_shares, is_percent
from klarplan.importer.colours import name_of
from klarplan.importer.grid import Sheet
from klarplan.importer.mapping_text import Proposal
from klarplan.importer.seen import inks, shades
from klarplan.importer.shape import (
    Shape,
    colours_of,
    is_block,
    is_nameless,
    legend,
    tree_of,
)
from klarplan.importer.units import UnclearUnitError, unit_of_heading
from klarplan.importer.values import line
from klarplan.messages import first_of
from klarplan.strategy.schema import Column, TableSchema

LISTED = 6
"""How many rows are named in a comment."""
_WORDS = {
    "total": "Summen",
    "note": "Fußnoten und Texte",
    "template": "leere Vorlagen",
    "header": "wiederholte Kopfzeilen",
    "section": "Abschnitte",
    "struck": "durchgestrichene Einträge",
}


def listed(rows: Sequence[int]) -> str:
    """Rows in words, the first few of them by number."""
    return f"{'Zeile' if len(rows) == 1 else 'Zeilen'} {first_of(rows, LISTED)}"


def field_of(shape: Shape, measures: Sequence[Shape]) -> tuple[Mapping[str, object], str]:
    """From where the field of action of entries comes that have no column for it, and why."""
    named = [one for one in measures if not is_nameless(one.sheet)]
    sheets = {one.sheet.label for one in named}
    if len(sheets) > 1 and len(named) == len(measures):
        return {"sheet": True}, "Handlungsfeld; geraten: für jedes gibt es ein Blatt"
    if rows := shape.sections:
        options: dict[str, object] = {"section": 1}
        entries = shape.found.header.body
        if any(not shape.rows.sections.get(row.number) for row in entries):
            options["if_empty"] = "Maßnahmen"
        return options, f"Handlungsfeld; geraten: Zwischenüberschriften ({listed(rows)})"
    return {"value": "Maßnahmen"}, "Handlungsfeld; geraten: Die Liste nennt keines"


def fill_down(shape: Shape, position: int) -> str:
    """Why a column is to be filled down; empty where it is not."""
    return is_block(shape, position)


def gaps(shape: Shape, position: int) -> str:
    """A note on empty cells of a column that is not filled down."""
    rows = [row.number for row in shape.found.header.body if not row.at(position).strip()]
    if not rows:
        return ""
    title = shape.found.header.name(position)
    return (
        f"„{title}“ ist leer in {listed(rows)}; gilt dort der Wert darüber, hilft "
        "„fill_down: true“."
    )


def parent_of(
    shape: Shape, measures: Sequence[Shape], schema: TableSchema
) -> tuple[Mapping[str, object], str] | None:
    """How the parent of entries is found, where the list is a tree and the table has parents.

    A list that is laid out like another one is read like it.
    """
    itself = {k.column for k in schema.foreign_keys if k.table == schema.name}
    alike = [one for one in measures if one.found.header.titles == shape.found.header.titles]
    found = next((known for one in (shape, *alike) if (known := tree_of(one)) is not None), None)
    if "parent" not in itself or "parent" in shape.found.positions or found is None:
        return None
    tree, position, count = found
    how = {"number": "Nummern wie 1 und 1.1", "indent": "Einzug", "outline": "gruppierte Zeilen"}
    options = {"column": shape.found.header.name(position), "tree": tree}
    below = "1 Eintrag liegt" if count == 1 else f"{count} Einträge liegen"
    return options, f"geraten: {below} unter einem anderen ({how[tree]})"


def status_by_colour(
    shape: Shape, position: int, meaning: Callable[[str], str]
) -> tuple[dict[str, object], dict[str, str]] | None:
    """Statuses by the colours of a column that says nothing else, and the reason of each guess.

    ``meaning`` gives the id of the status for a word such as “grün”.
    """
    how, colours = colours_of(shape, position)
    if not colours:
        return None
    values: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for colour, count in colours.items():
        told = legend(shape, colour, how)
        status = meaning(told) if told else "unknown"
        by_legend = status != "unknown"
        values[colour] = status if by_legend else meaning(name_of(colour))
        cells = "1 Zelle" if count == 1 else f"{count} Zellen"
        why = f"Legende „{line(told)}“" if by_legend else f"{name_of(colour)}, {cells}"
        reasons[colour] = f"geraten: {why}"
    column = shape.found.header.name(position)
    return {"column": column, "read": how, "values": values}, reasons


def unit_of(
    schema: TableSchema, column: Column, title: str, texts: Sequence[str]
) -> tuple[str, str]:
    """The unit to write for a column, empty for none, and a comment about the unit it has."""
    if column.type not in ("number", "integer"):
        return "", ""
    try:
        unit = unit_of_heading(title)
    except UnclearUnitError as error:
        return "", f"; Einheit „{error.text}“ unklar, bitte „unit:“ ergänzen"
    if is_percent(schema, column) and are_shares(texts):
        return "Anteil", "; geraten: Anteile, 0,5 für 50 %"
    if unit is not None and unit.factor > 1:
        return "", f"; Einheit {unit.name} laut Überschrift"
    return "", ""


def notes(shape: Shape, source: Proposal) -> Iterator[str]:
    """What of a list is no entry, or was not to be seen, for the comments of a suggestion."""
    reads = {
        str(name)
        for _, options, _ in source.columns
        if isinstance(options, Mapping)
        for name in options
    }
    for kind, word in _WORDS.items():
        rows = sorted(n for n, k in shape.rows.kinds.items() if k == kind)
        if not rows or (kind == "section" and "section" in reads):
            continue
        yield f"Kein Eintrag: {word} ({listed(rows)})"
    marks = shape.sheet.marks
    if marks.comments:
        columns = sorted({letters(position) for _, position in marks.comments})
        many = len(marks.comments)
        what = "1 Kommentar" if many == 1 else f"{many} Kommentare"
        yield f"{what} an Zellen (Spalte {', '.join(columns)}); „read: comment“ liest sie."
    entries = {row.number for row in shape.found.header.body}
    for how, marked in (
        ("fill", shades(shape.sheet, entries)),
        ("font", inks(shape.sheet, entries)),
    ):
        for position in sorted({position for _, position in marked} if "read" not in reads else ()):
            name = shape.found.header.name(position)
            colours = sorted({c for (_, p), c in marked.items() if p == position})
            words = ", ".join(f"{name_of(c)} {c}" for c in colours[:LISTED])
            what = "Farben" if how == "fill" else "Schriftfarben"
            yield f"{what} in „{name}“ ({words}); „read: {how}“ liest sie."


def hidden_notes(whole: Sheet) -> Iterator[str]:
    """What of a sheet was hidden and is therefore not in the suggestion."""
    marks = whole.marks
    if marks.hidden_rows:
        rows = sorted(marks.hidden_rows)
        yield f"Ausgeblendet oder gefiltert: {listed(rows)}; „hidden: {{rows: take}}“ liest mit."
    columns = [p for p in sorted(marks.hidden_columns) if any(r.at(p).strip() for r in whole.rows)]
    if columns:
        names = ", ".join(letters(position) for position in columns)
        yield f"Ausgeblendet: Spalte {names}; „hidden: {{columns: take}}“ liest mit."
    if marks.kept:
        rows = sorted({row for row, _ in marks.kept})
        yield f"Durchgestrichen, unsichtbar: {listed(rows)}; „hidden: {{struck: take}}“ liest mit."


def merged_proposals(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of sheets that are read alike, put together as one with all their names."""
    found: dict[object, Proposal] = {}
    for one in proposals:
        shape = tuple(
            (
                target,
                options
                if isinstance(options, str)
                else tuple((k, str(v)) for k, v in options.items() if k != "values"),
            )
            for target, options, _ in one.columns
        )
        key = one.table, one.header, one.own, tuple(one.match), shape
        known = found.get(key)
        if known is None or known.name == one.name:
            found[key if known is None else (key, id(one))] = one
            continue
        known.also.append(one.name)
        known.reasons.update(one.reasons)
        known.notes += [f"{one.name}: {note}" for note in one.notes if note not in known.notes]
        known.ignore += [pair for pair in one.ignore if pair not in known.ignore]
        for number, (target, options, title) in enumerate(known.columns):
            more = one.columns[number][1]
            if isinstance(options, Mapping) and isinstance(more, Mapping) and "values" in more:
                mine, others = options.get("values", {}), more["values"]
                assert isinstance(mine, Mapping)
                assert isinstance(others, Mapping)
                known.columns[number] = target, {**options, "values": {**mine, **others}}, title
    return list(found.values())
