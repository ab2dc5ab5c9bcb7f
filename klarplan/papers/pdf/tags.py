"""The tags of tables: which heads a cell has, as ISO 32000-1 (14.8.5.7) and PDF/UA-1 (7.5) want it.

The typesetter marks heads of columns only. Heads of rows are marked here, and every cell of a
table with both gets the list of its heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from klarplan.papers.pdf.objects import STRING, plain_objects, rewritten, size_of

Place = tuple[int, int, int, str]
"""Where a cell stands: column, rows and columns that it spans, and what it is a head of."""
NO_HEAD = "none"
"""Said of a cell that only the typesetter takes for a head."""
Rows = Sequence[Sequence[Place]]
"""A table as rows of places."""
_RowHead = tuple[int, int, bytes]
"""A head of a row: the columns from and up to which it stands, and its id."""

KIND = re.compile(rb"<</Type/StructElem/S/(\w+)")
"""How the typesetter begins an element of the structure; this and the next are as it writes it."""
KIDS = re.compile(rb"/K(\[[^\]]*\]| \d+ 0 R)|" + STRING, re.DOTALL)
REFERENCE = re.compile(rb"(\d+) 0 R")
ID = re.compile(rb"/ID\(([^()\\]*)\)|" + STRING, re.DOTALL)
OWN = re.compile(rb"<</O/Table((?:/Headers\[[^\]]*\]|/Scope/\w+|/(?:Row|Col)Span \d+)*)>>")
"""The attributes of a cell that concern tables."""
SPAN = re.compile(rb"/(?:Row|Col)Span \d+")
SCOPE = re.compile(rb"/Scope/\w+")
TREE = re.compile(rb"/IDTree<</Names\[[^\]]*\]>>")
ROOTS = (re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/StructTreeRoot (\d+) 0 R"))
LEAVES = frozenset((b"P", b"H1", b"H2", b"H3", b"H4", b"H5", b"H6", b"Figure", b"Link", b"Span"))
"""Elements that hold lines of text; no table stands in them."""

LINES = re.compile(
    rb"<</O/Layout/BorderColor\[(?:\[[^][]*\])*[^][]*\]"
    rb"/BorderStyle\[[^][]*\]/BorderThickness\[[^][]*\]>>"
)
"""What the typesetter tells of the lines around a cell (14.8.5.4.3).

Nothing is read out of that, but all else would take a quarter longer.
"""


class TagsError(Exception):
    """The tables of the PDF are not those that were set."""


def complete_tags(file: bytes, tables: Sequence[Rows], prefix: str) -> bytes:
    """A PDF of the typesetter with the tags of all its tables completed.

    Ids begin with ``prefix``, so that volumes stay apart. ``tables`` are in the order of the
    document. Raises ``TagsError`` where they don't match.
    """
    tags = _Tags(plain_objects(file), prefix.encode())
    root = _first(ROOTS[1], tags.objects[_first(ROOTS[0], file[file.rindex(b"trailer") :])])
    # Few tables stand inside others; looking into every cell for them takes half the time.
    found = list(tags.tables(root, inside=False))
    if len(found) != len(tables):
        found = list(tags.tables(root, inside=True))
    if len(found) != len(tables):
        raise TagsError(f"the PDF has {len(found)} tables, not {len(tables)}")
    for number, (table, rows) in enumerate(zip(found, tables, strict=True), start=1):
        tags.complete(table, rows, b"%bt%d" % (tags.prefix, number))
    tree = size_of(file)
    names = b" ".join(b"(%b) %d 0 R" % pair for pair in sorted(tags.ids))
    tags.changes[tree] = b"<< /Names [ %b ] >>" % names
    bare = TREE.sub(b"", tags.objects[root])
    tags.changes[root] = b"<</IDTree %d 0 R" % tree + bare[2:]
    return rewritten(file, tags.changes)


def _first(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    if found is None:
        raise TagsError(f"the PDF has nothing like {pattern.pattern!r}")
    return int(found[1])


def _told(pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes] | None:
    """Where a key stands in an object, outside of strings."""
    return next((found for found in pattern.finditer(text) if found[1]), None)


class _Tags:
    """The elements of a PDF by number, and what becomes of them."""

    def __init__(self, objects: dict[int, bytes], prefix: bytes) -> None:
        self.objects = objects
        self.prefix = prefix
        self.kinds: dict[int, bytes] = {}
        self.names: dict[int, bytes] = {}
        """The ids of elements that have one (notes and heads)."""
        self.changes: dict[int, bytes] = {}
        for number, text in objects.items():
            kind = KIND.match(text)
            if kind is None:
                continue
            self.kinds[number] = kind[1]
            held = _told(ID, text) if b"/ID(" in text else None
            if held is not None:
                self.names[number] = prefix + held[1]
                fresh = b"/ID(%b)" % self.names[number]
                self.changes[number] = text[: held.start()] + fresh + text[held.end() :]
        self.ids = [(name, number) for number, name in self.names.items()]

    def below(self, number: int) -> list[int]:
        """The elements right below one."""
        kids = _told(KIDS, self.objects[number])
        found = map(int, REFERENCE.findall(kids[1])) if kids else ()
        return [kid for kid in found if kid in self.kinds]

    def tables(self, root: int, *, inside: bool) -> Iterator[int]:
        """All tables in reading order, an outer one before those inside it, if those are wanted."""
        stack = self.below(root)[::-1]
        while stack:
            node = stack.pop()
            table = self.kinds[node] == b"Table"
            if table:
                yield node
            if self.kinds[node] not in LEAVES and (inside or not table):
                stack += self.below(node)[::-1]

    def _rows(self, table: int) -> list[int]:
        rows = []
        for kid in self.below(table):
            if self.kinds[kid] == b"TR":
                rows.append(kid)
            elif self.kinds[kid] in (b"THead", b"TBody", b"TFoot"):
                rows += [row for row in self.below(kid) if self.kinds[row] == b"TR"]
        return rows

    def _cells(self, table: int, places: Rows, name: bytes) -> list[tuple[int, int, Place]]:
        """The cells of a table, each with its row and its place."""
        rows = self._rows(table)
        where = f"table {name.decode()}"
        if len(rows) != len(places):
            raise TagsError(f"{where} has {len(rows)} rows, not {len(places)}")
        cells: list[tuple[int, int, Place]] = []
        for y, (row, expected) in enumerate(zip(rows, places, strict=True)):
            found = [cell for cell in self.below(row) if self.kinds[cell] in (b"TH", b"TD")]
            if len(found) != len(expected):
                raise TagsError(f"{where}, row {y + 1}: {len(found)} cells, not {len(expected)}")
            cells += [(cell, y, place) for cell, place in zip(found, expected, strict=True)]
        return cells

    def complete(self, table: int, places: Rows, prefix: bytes) -> None:
        """Says of every cell of a table what it is a head of, and which heads it has."""
        cells = self._cells(table, places, prefix)
        kinds = {place[3] for _, _, place in cells}
        told = kinds >= {"column", "row"} or any(_in_groups(row) for row in places)
        of_columns: dict[int, list[bytes]] = {}
        of_rows: dict[int, list[_RowHead]] = {}
        for cell, y, (x, down, across, head) in cells:
            if head in ("", NO_HEAD) or not told:
                continue
            if cell not in self.names:
                self._name(cell, b"%br%dc%d" % (prefix, y, x))
            name = self.names[cell]
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
            names = above if head in ("row", NO_HEAD) else [] if head else above + beside
            self._describe(cell, head, list(dict.fromkeys(names)))

    def _name(self, cell: int, name: bytes) -> None:
        self.names[cell] = name
        self.ids.append((name, cell))
        self.changes[cell] = b"<</ID(%b)%b" % (name, self.objects[cell][2:])

    def _describe(self, cell: int, head: str, names: Sequence[bytes]) -> None:
        """Writes the heads of a cell into its attributes, and makes it a head if it is one."""
        text = LINES.sub(b"", self.changes.get(cell, self.objects[cell]))
        own = OWN.search(text)
        if own is None:
            raise TagsError(f"cell {cell} has no attributes of tables")
        told = SPAN.findall(own[1])
        if head == NO_HEAD:
            text = text.replace(b"/S/TH", b"/S/TD", 1)
        elif head:
            told.append(b"/Scope/Row" if head == "row" else b"/Scope/Column")
            text = text.replace(b"/S/TD", b"/S/TH", 1)
        else:
            told += SCOPE.findall(own[1])
        if names:
            told.append(b"/Headers[%b]" % b"".join(b"(%b)" % name for name in names))
        made = b"<</O/Table%b>>" % b"".join(told)
        self.changes[cell] = text.replace(own[0], made, 1)


def _in_groups(row: Sequence[Place]) -> bool:
    """Whether a cell stands between two heads of a row."""
    heads = [at for at, place in enumerate(row) if place[3] == "row"]
    return bool(heads) and heads[-1] - heads[0] >= len(heads)


def _nearest(heads: Sequence[_RowHead], x: int) -> list[bytes]:
    """The heads that a cell of a row has: those side by side before it, else all of the row."""
    group: list[_RowHead] = []
    for head in reversed([head for head in heads if head[0] < x]):
        if group and head[1] != group[0][0]:
            break
        group.insert(0, head)
    return [name for _, _, name in group or heads]
