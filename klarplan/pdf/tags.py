"""The tags of tables: which heads a cell has, as ISO 32000-1 (14.8.5.7) and PDF/UA-1 (7.5) want it.

The typesetter marks heads of columns only. Heads of rows are marked here, and every cell of a
table with both gets the list of its heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from klarplan.pdf.compact import write_compact
from klarplan.pdf.tables import Heads

Row = tuple[tuple[int, int, int, str], ...]


class TagsError(Exception):
    """The tables of the PDF are not those that were set."""


def tag_tables(source: Path, target: Path, tables: Sequence[Heads], licence: str) -> int:
    """Copies a PDF with complete tags of its tables; returns its number of pages.

    ``tables`` are in the order of the document. Raises ``TagsError`` where they don't match.
    """
    with pikepdf.open(source) as pdf:
        root = pdf.Root.StructTreeRoot
        found = _tables(root)
        named: list[tuple[str, Object]] = []
        for number, heads in enumerate(tables):
            table = next(found, None)
            if table is None:
                raise TagsError(f"table {number + 1} of {len(tables)} has no tag")
            _tag(table, heads, f"t{number + 1}", named)
        if next(found, None) is not None:
            raise TagsError(f"the PDF has more than {len(tables)} tables")
        _register(pdf, root, named)
        if licence:
            _state_licence(pdf, licence)
        pages = len(pdf.pages)
        write_compact(pdf, target)
    return pages


def _kids(node: Object) -> list[Object]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(node: Object) -> Iterator[Object]:
    return (kid for kid in _kids(node) if isinstance(kid, Dictionary) and "/S" in kid)


def _tables(root: Object) -> Iterator[Object]:
    """All tables in reading order, an outer one before those inside it."""
    stack = list(_elements(root))[::-1]
    while stack:
        node = stack.pop()
        if str(node.S) == "/Table":
            yield node
        stack.extend(list(_elements(node))[::-1])


def _rows(table: Object) -> list[Object]:
    rows = []
    for kid in _elements(table):
        if kid.S == Name.TR:
            rows.append(kid)
        elif kid.S in (Name.THead, Name.TBody, Name.TFoot):
            rows.extend(row for row in _elements(kid) if row.S == Name.TR)
    return rows


def _tag(table: Object, heads: Heads, prefix: str, named: list[tuple[str, Object]]) -> None:
    rows = _rows(table)
    if len(rows) != len(heads.rows):
        raise TagsError(f"table {prefix} has {len(rows)} rows, not {len(heads.rows)}")
    of_columns: dict[int, list[str]] = {}
    of_rows: dict[int, list[str]] = {}
    cells: list[tuple[Object, int, tuple[int, int, int, str]]] = []
    for y, (row, expected) in enumerate(zip(rows, heads.rows, strict=True)):
        found = [cell for cell in _elements(row) if cell.S in (Name.TH, Name.TD)]
        if len(found) != len(expected):
            raise TagsError(f"table {prefix}, row {y + 1}: {len(found)} cells")
        cells += [(cell, y, place) for cell, place in zip(found, expected, strict=True)]
    both = {place[3] for _, _, place in cells} >= {"column", "row"}
    for cell, y, (x, down, across, head) in cells:
        if not head:
            continue
        cell.S = Name.TH
        _set(cell, "/Scope", Name.Row if head == "row" else Name.Column)
        if both:
            if "/ID" not in cell:
                cell.ID = String(f"{prefix}r{y}c{x}")
                named.append((str(cell.ID), cell))
            name = str(cell.ID)
            lists, first, count = (of_rows, y, down) if head == "row" else (of_columns, x, across)
            for at in range(first, first + count):
                lists.setdefault(at, []).append(name)
    if not both:
        return
    for cell, y, (x, down, across, head) in cells:
        if head:
            continue
        names = [n for at in range(x, x + across) for n in of_columns.get(at, [])]
        names += [n for at in range(y, y + down) for n in of_rows.get(at, [])]
        if names:
            _set(cell, "/Headers", Array([String(n) for n in dict.fromkeys(names)]))


def _set(cell: Object, key: str, value: Object) -> None:
    """Sets an attribute of the table kind, beside those that the cell has."""
    attributes = cell.get("/A")
    if attributes is None:
        cell.A = Dictionary(O=Name.Table)
        cell.A[key] = value
        return
    owners = list(attributes) if isinstance(attributes, Array) else [attributes]
    for owner in owners:
        if isinstance(owner, Dictionary) and owner.get("/O") == Name.Table:
            owner[key] = value
            return
    cell.A = Array([*owners, Dictionary({"/O": Name.Table, key: value})])


def _register(pdf: pikepdf.Pdf, root: Object, named: Sequence[tuple[str, Object]]) -> None:
    """Enters the ids in the tree of ids (ISO 32000-1, 7.9.6: sorted, in leaves of limits)."""
    old = pikepdf.NameTree(root.IDTree) if "/IDTree" in root else pikepdf.NameTree.new(pdf)
    for name, cell in named:
        old[name] = cell
    root.IDTree = old.obj


def _state_licence(pdf: pikepdf.Pdf, licence: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:rights"] = licence
