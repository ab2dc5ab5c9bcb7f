"""Lists that stand side by side on one sheet: each is read as if the others were not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.guess import Guess, is_name_of, positions_of
from klarplan.importer.headers import Header, bare_title
from klarplan.importer.mapping import Source
from klarplan.strategy.schema import TableSchema

_NAMING = ("title", "name", "official_id", "measure")
Bounds = tuple[int, int]
"""The first and the last position of the columns of a list."""


def cropped(sheet: Sheet, bounds: Bounds) -> Sheet:
    """The sheet with nothing in it but the columns of one list."""
    return replace(sheet, rows=_rows(sheet.rows, bounds), first=bounds[0])


def _rows(rows: Sequence[SheetRow], bounds: Bounds) -> tuple[SheetRow, ...]:
    first, last = bounds
    kept = [
        SheetRow(row.number, ("",) * min(first, len(row.cells)) + row.cells[first : last + 1])
        for row in rows
    ]
    return tuple(row for row in kept if any(cell.strip() for cell in row.cells))


def _base(title: str) -> str:
    return plain(bare_title(title))


def _is_gap(header: Header, position: int) -> bool:
    """Whether a column has neither header nor cells."""
    title = header.titles[position] if position < len(header.titles) else ""
    return not title and not any(row.at(position).strip() for row in header.body)


def beside(found: Guess, tables: Mapping[str, TableSchema]) -> list[Guess]:
    """The lists of one row of headers, of which ``found`` is the guess for all of them.

    A list begins where the first header of the first list comes again, or after an empty column,
    and has a header of its own for what names its entries.
    """
    titles = found.header.titles
    starts = [p for p, title in enumerate(titles) if title]
    cuts = [
        p
        for p in starts[1:]
        if _base(titles[p]) == _base(titles[starts[0]]) or _is_gap(found.header, p - 1)
    ]
    lists: list[Bounds] = []
    schema = tables[found.table]
    for first, end in zip([0, *cuts], [*cuts, len(titles)], strict=True):
        named = any(is_name_of(schema, title) for title in titles[first:end])
        if lists and not named:
            lists[-1] = lists[-1][0], end - 1
        else:
            lists.append((first, end - 1))
    named_all = all(any(is_name_of(schema, t) for t in titles[a : b + 1]) for a, b in lists)
    if len(lists) < 2 or not named_all:
        return [found]
    return [_part(found, schema, bounds) for bounds in lists]


def _part(found: Guess, schema: TableSchema, bounds: Bounds) -> Guess:
    first, last = bounds
    titles = tuple(
        title if first <= p <= last else "" for p, title in enumerate(found.header.titles)
    )
    header = replace(found.header, titles=titles, body=_rows(found.header.body, bounds))
    bare = [bare_title(title) for title in titles]
    return replace(
        found,
        sheet=cropped(found.sheet, bounds),
        header=header,
        positions=positions_of(schema, bare)[0],
    )


def _groups(sources: Sequence[Source], header: Header) -> list[tuple[set[int], list[Source]]]:
    """Sources that read a column in common, with the positions of all their columns."""
    groups: list[tuple[set[int], list[Source]]] = []
    for source in sources:
        read = {p for t in source.headers() if (p := header.position(t)) is not None}
        here = [source]
        for group in [g for g in groups if g[0] & read]:
            read, here = read | group[0], [*group[1], *here]
            groups.remove(group)
        groups.append((read, here))
    return groups


def _names(group: tuple[set[int], list[Source]], header: Header) -> Iterator[str]:
    for source in group[1]:
        for rule in source.rules:
            if rule.target in _NAMING and rule.column is not None:
                position = header.position(plain(rule.column))
                if position is not None:
                    yield _base(header.titles[position])


def bounds_of(source: Source, sources: Sequence[Source], header: Header) -> Bounds | None:
    """The columns of the list that a source reads; ``None`` where the headers belong to one list.

    ``sources`` are all that read below the same headers. Sources read different lists where they
    have no column in common, and the headers that name entries come again or an empty column
    stands between them.
    """
    groups = [g for g in _groups(sources, header) if any(_names(g, header))]
    groups.sort(key=lambda group: min(group[0]))
    for before, after in pairwise(groups):
        end, start = max(before[0]), min(after[0])
        again = set(_names(before, header)) & set(_names(after, header))
        if end >= start or not (again or any(_is_gap(header, p) for p in range(end + 1, start))):
            return None
    starts = [min(read) for read, _ in groups][1:]
    mine = {p for t in source.headers() if (p := header.position(t)) is not None}
    width = max([len(header.titles), *(len(row.cells) for row in header.body)])
    for first, end in zip([0, *starts], [*starts, width], strict=True):
        if starts and mine and first <= min(mine) and max(mine) < end:
            return first, end - 1
    return None
