"""The tags of tables: which heads a cell has, as ISO 32000-1 (14.8.5.7) and PDF/UA-1 (7.5) want it.

The typesetter marks heads of columns only. Heads of rows are marked here, and every cell of a
table with both gets the list of its heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectType, String

Place = tuple[int, int, int, str]
"""Where a cell stands: column, rows and columns that it spans, and what it is a head of."""
Rows = Sequence[Sequence[Place]]
"""A table as rows of places."""


_RowHead = tuple[int, int, String]
"""A head of a row: the columns from and up to which it stands, and its id."""


class TagsError(Exception):
    """The tables of the PDF are not those that were set."""


def complete_tags(pdf: pikepdf.Pdf, tables: Sequence[Rows], prefix: str) -> None:
    """Completes the tags of all tables; ids begin with ``prefix``, so that volumes stay apart.

    ``tables`` are in the order of the document. Raises ``TagsError`` where they don't match.
    """
    root = pdf.Root.StructTreeRoot
    ids = _renamed(root, prefix)
    # Few tables stand inside others; looking into every cell for them takes half the time.
    found = list(_tables(root, inside=False))
    if len(found) != len(tables):
        found = list(_tables(root, inside=True))
    if len(found) != len(tables):
        raise TagsError(f"the PDF has {len(found)} tables, not {len(tables)}")
    for number, (table, rows) in enumerate(zip(found, tables, strict=True), start=1):
        _complete(table, rows, f"{prefix}t{number}", ids)
    ids.sort(key=lambda pair: pair[0].encode())
    flat = [item for name, element in ids for item in (String(name), element)]
    root.IDTree = pdf.make_indirect(Dictionary(Names=Array(flat)))


def _renamed(root: Object, prefix: str) -> list[tuple[str, Object]]:
    """The elements with an id (notes and heads), each with its new one."""
    if "/IDTree" not in root:
        return []
    found = []
    for _, element in pikepdf.NameTree(root.IDTree).items():
        name = prefix + str(element.ID)
        element.ID = String(name)
        found.append((name, element))
    return found


def _elements(node: Object) -> list[tuple[str, Object]]:
    """The elements right below one, each with its type; every question to a PDF takes time."""
    kids: Any = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Object) and kid._type_code == ObjectType.dictionary:
            kind = kid.get("/S")
            if kind is not None:
                found.append((str(kind), kid))
    return found


def _tables(root: Object, *, inside: bool) -> Iterator[Object]:
    """All tables in reading order, an outer one before those inside it, if those are wanted."""
    stack = _elements(root)[::-1]
    while stack:
        kind, node = stack.pop()
        table = kind == "/Table"
        if table:
            yield node
        if kind not in LEAVES and (inside or not table):
            stack += _elements(node)[::-1]


LEAVES = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Figure", "/Link", "/Span"))
"""Elements that hold lines of text; no table stands in them."""


def _rows(table: Object) -> list[Object]:
    rows = []
    for kind, kid in _elements(table):
        if kind == "/TR":
            rows.append(kid)
        elif kind in ("/THead", "/TBody", "/TFoot"):
            rows += [row for below, row in _elements(kid) if below == "/TR"]
    return rows


def _complete(table: Object, places: Rows, prefix: str, ids: list[tuple[str, Object]]) -> None:
    cells = _cells(table, places, prefix)
    kinds = {place[3] for _, _, place in cells}
    told = kinds >= {"column", "row"} or any(_in_groups(row) for row in places)
    of_columns: dict[int, list[String]] = {}
    of_rows: dict[int, list[_RowHead]] = {}
    for cell, y, (x, down, across, head) in cells:
        if not head:
            continue
        cell.S = Name.TH
        own = _attributes(cell)
        own["/Scope"] = Name.Row if head == "row" else Name.Column
        if not told:
            if "/Headers" in own:
                del own["/Headers"]
            continue
        if "/ID" not in cell:
            cell.ID = String(f"{prefix}r{y}c{x}")
            ids.append((str(cell.ID), cell))
        name = String(str(cell.ID))
        if head == "row":
            for at in range(y, y + down):
                of_rows.setdefault(at, []).append((x, x + across, name))
        else:
            for at in range(x, x + across):
                of_columns.setdefault(at, []).append(name)
    for cell, y, (x, down, across, head) in cells:
        above = [name for at in range(x, x + across) for name in of_columns.get(at, [])]
        rows = [sorted(of_rows.get(at, []), key=lambda it: it[0]) for at in range(y, y + down)]
        beside = [name for row in rows for name in _nearest(row, x)]
        names = above if head == "row" else [] if head else above + beside
        if names:
            _attributes(cell)["/Headers"] = Array(list(dict.fromkeys(names)))
        elif "/A" in cell and "/Headers" in _attributes(cell):
            del _attributes(cell)["/Headers"]


def _in_groups(row: Sequence[Place]) -> bool:
    """Whether a cell stands between two heads of a row."""
    heads = [at for at, place in enumerate(row) if place[3] == "row"]
    return bool(heads) and heads[-1] - heads[0] >= len(heads)


def _nearest(heads: Sequence[_RowHead], x: int) -> list[String]:
    """The heads that a cell of a row has: those side by side before it, else all of the row."""
    group: list[_RowHead] = []
    for head in reversed([head for head in heads if head[0] < x]):
        if group and head[1] != group[0][0]:
            break
        group.insert(0, head)
    return [name for _, _, name in group or heads]


def _cells(table: Object, places: Rows, name: str) -> list[tuple[Object, int, Place]]:
    """The cells of a table, each with its row and its place."""
    rows = _rows(table)
    if len(rows) != len(places):
        raise TagsError(f"table {name} has {len(rows)} rows, not {len(places)}")
    cells: list[tuple[Object, int, Place]] = []
    for y, (row, expected) in enumerate(zip(rows, places, strict=True)):
        found = [cell for kind, cell in _elements(row) if kind in ("/TH", "/TD")]
        if len(found) != len(expected):
            raise TagsError(f"table {name}, row {y + 1}: {len(found)} cells, not {len(expected)}")
        cells += [(cell, y, place) for cell, place in zip(found, expected, strict=True)]
    return cells


def _attributes(cell: Object) -> Object:
    """The attributes of a cell that concern tables; made where there are none."""
    held = cell.get("/A")
    if held is None:
        cell.A = Dictionary(O=Name.Table)
        made: Object = cell.A
        return made
    owners = held if isinstance(held, Array) else [held]
    for owner in owners:
        if isinstance(owner, Dictionary) and str(owner.get("/O")) == "/Table":
            found: Object = owner
            return found
    cell.A = Array([*owners, Dictionary(O=Name.Table)])
    last: Object = cell.A[len(cell.A) - 1]
    return last
