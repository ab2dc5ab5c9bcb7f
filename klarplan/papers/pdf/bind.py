"""Binds front, volumes and margins to one PDF: pages, tags, bookmarks, links and named places."""

from __future__ import annotations

import contextlib
import io
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from klarplan.papers.links import NUMBER, PLACE
from klarplan.papers.pdf.objects import MARGIN, PdfWriter, Source, make_room
from klarplan.papers.pdf.volumes import Inside

LEAF = 200
"""Entries in one leaf of a tree of names."""
LEAF_ENTRY = re.compile(rb"(\d+) (\d+ 0 R|\[[^\]]*\])")
"""A key and its value in the tree of parents: an element, or an array of them."""
KEPT = ("/ViewerPreferences", "/MarkInfo", "/OutputIntents", "/Lang", "/Metadata", "/AF")
"""What the catalog of the front says about the whole."""


class BindingError(Exception):
    """The parts do not fit together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF of the paper with what was found in it, and the levels of its bookmarks."""

    pdf: bytes | Path
    inside: Inside
    levels: Sequence[int]
    front: int | None = None
    """In the front: how many headings at its end only served to make the contents."""


@dataclass(slots=True)
class _Gathered:
    """What the parts give to the whole, as source text with its new references."""

    pages: list[tuple[int, int]] = field(default_factory=list)
    """Nodes of pages, each with the number of its pages."""
    elements: list[bytes] = field(default_factory=list)
    """What the document holds, in reading order."""
    parents: list[tuple[int, int, int]] = field(default_factory=list)
    """Leaves of the tree of parents with their first and last key."""
    ids: list[tuple[bytes, bytes, int]] = field(default_factory=list)
    """Leaves of the tree of ids with their first and last name."""
    roles: dict[str, str] = field(default_factory=dict)
    marks: list[tuple[int, bytes, bytes]] = field(default_factory=list)
    """Bookmarks: level, title, goal."""
    places: list[tuple[str, bytes]] = field(default_factory=list)


def bind(
    target: Path,
    parts: Sequence[Part],
    margins: bytes,
    goals: Mapping[str, tuple[str, int]],
    rights: str,
) -> int:
    """Writes the whole paper; returns its number of pages.

    The first part is the front; ``margins`` may be empty. ``goals`` are the labels that links lead
    to, each with the place that it stands for and its page. Raises ``BindingError`` where the parts
    don't fit.
    """
    count = sum(len(part.inside.across) for part in parts)
    with (
        target.open("wb") as out,
        pikepdf.open(io.BytesIO(margins)) if margins else contextlib.nullcontext() as laid,
    ):
        if laid is not None and len(laid.pages) != count:
            raise BindingError(f"{len(laid.pages)} margins for {count} pages")
        binder = _Binder(PdfWriter(out), Source(laid) if laid is not None else None, goals)
        for part in parts:
            content = part.pdf if isinstance(part.pdf, bytes) else part.pdf.read_bytes()
            with pikepdf.open(io.BytesIO(content)) as pdf:
                if part.front is not None and margins:
                    make_room(pdf)
                source = Source(pdf, b"" if part.front is not None else content)
                binder.add(source, part, rights)
        binder.finish()
    return count


class _Binder:
    """Takes the parts one after another and writes what joins them at the end."""

    def __init__(
        self,
        writer: PdfWriter,
        margins: Source | None,
        goals: Mapping[str, tuple[str, int]],
    ) -> None:
        self._writer = writer
        self._margins = margins
        self._of_margins: dict[int, int] = {}
        self._goals = goals
        self._gathered = _Gathered()
        self._page = 0
        self._key = 0
        self._catalog = b""
        self._info = 0
        self._root = writer.reserve()
        self._pages = writer.reserve()
        self._tags = writer.reserve()
        self._document = writer.reserve()

    def add(self, source: Source, part: Part, rights: str) -> None:
        """Copies a part: its pages with their margins, its tags, its bookmarks and places."""
        pdf = source.pdf
        gathered, writer = self._gathered, self._writer
        tags = pdf.Root.StructTreeRoot
        document = next(iter(tags.K)) if isinstance(tags.K, Array) else tags.K
        while len(pdf.pages) > len(part.inside.across):
            del pdf.pages[-1]
        node = writer.reserve()
        known = {pdf.Root.Pages.objgen[0]: node, tags.objgen[0]: self._tags}
        keys = self._prepare_pages(source, known)
        held = list(document.K)
        if part.front is not None:
            known[document.objgen[0]] = self._document
            for name in KEPT:
                if name == "/Metadata":
                    state_rights(pdf, rights)
                if name in pdf.Root:
                    content = self._carry(source, pdf.Root[name].unparse(), known)
                    self._catalog += b"%b %b " % (name.encode(), content)
            self._info = self._number(self._carry(source, pdf.trailer.Info.unparse(), known))
            files = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles")
            self._files = b"" if files is None else self._carry(source, files.unparse(), known)
            gathered.elements.append(self._inner(source, held[: len(held) - part.front], known))
        else:
            volume = writer.reserve()
            known[document.objgen[0]] = volume
            kids = self._inner(source, held, known)
            head = b"<< /Type /StructElem /S /Part /P %d 0 R /K [ %b ] >>"
            writer.put(volume, head % (self._document, kids))
            gathered.elements.append(b"%d 0 R" % volume)
            gathered.places += [
                (name, self._carry(source, goal.unparse(), known)) for name, goal in _names(pdf)
            ]
        kids = self._inner(source, [page.obj for page in pdf.pages], known)
        head = b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [ %b ] >>"
        writer.put(node, head % (self._pages, len(pdf.pages), kids))
        gathered.pages.append((node, len(pdf.pages)))
        self._add_parents(source, tags, keys, known)
        self._add_ids(source, tags, known)
        gathered.roles |= {str(k): str(v) for k, v in tags.get("/RoleMap", Dictionary()).items()}
        marks = part.inside.marks[: len(part.levels)]
        if len(marks) != len(part.levels):
            raise BindingError(f"{len(part.levels)} headings, but {len(marks)} bookmarks")
        for level, mark in zip(part.levels, marks, strict=True):
            gathered.marks.append((level, mark.title, self._carry(source, mark.goal, known)))

    def finish(self) -> None:
        """Writes what joins the parts: catalog, pages, tags, bookmarks and trees of names."""
        gathered, writer = self._gathered, self._writer
        kids = b" ".join(b"%d 0 R" % node for node, _ in gathered.pages)
        count = sum(number for _, number in gathered.pages)
        writer.put(self._pages, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (count, kids))
        held = b" ".join(gathered.elements)
        head = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>"
        writer.put(self._document, head % (self._tags, held))
        parents = b" ".join(b"%d 0 R" % node for _, _, node in gathered.parents)
        ids = b" ".join(b"%d 0 R" % node for _, _, node in gathered.ids)
        roles = b" ".join(f"{k} {v}".encode() for k, v in sorted(gathered.roles.items()))
        writer.put(
            self._tags,
            b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree << /Kids [ %b ] >> "
            b"/ParentTreeNextKey %d /IDTree << %b >> /RoleMap << %b >> >>"
            % (
                self._document,
                parents,
                self._key,
                b"/Kids [ %b ]" % ids if ids else b"/Names [ ]",
                roles,
            ),
        )
        names = b"/Dests %d 0 R " % self._place_tree()
        if self._files:
            names += b"/EmbeddedFiles %b " % self._files
        writer.put(
            self._root,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R "
            b"/Names << %b>> /PageLabels << /Nums [ 0 << /S /D >> ] >> %b>>"
            % (self._pages, self._tags, self._bookmarks(), names, self._catalog),
        )
        writer.close(self._root, self._info)

    def _carry(self, source: Source, content: bytes, known: dict[int, int]) -> bytes:
        return self._writer.carry(source, content, known)

    def _inner(self, source: Source, items: Sequence[Object], known: dict[int, int]) -> bytes:
        return self._carry(source, b" ".join(item.unparse() for item in items), known)

    @staticmethod
    def _number(reference: bytes) -> int:
        return int(reference.split()[0])

    def _prepare_pages(self, source: Source, known: dict[int, int]) -> list[int]:
        """Lays the margins over the pages, leads their links, moves their keys; the old keys."""
        keys = []
        for page in source.pdf.pages:
            if self._page and self._margins is not None:
                self._lay_margin(page, known)
            self._page += 1
            holders: list[tuple[Object, str]] = [(page.obj, "/StructParents")]
            notes = page.get("/Annots", Array())
            source.changed(notes)
            for note in notes:
                holders.append((note, "/StructParent"))
                self._lead(note)
            for holder, name in holders:
                source.changed(holder)
                if name in holder:
                    keys.append(int(holder[name]))
                    holder[name] = int(holder[name]) + self._key
        return keys

    def _lay_margin(self, page: pikepdf.Page, known: dict[int, int]) -> None:
        """Puts the margin of the page into the room that was made for it."""
        assert self._margins is not None
        form = _as_form(self._margins.pdf.pages[self._page]).objgen[0]
        self._writer.copy(self._margins, [form], self._of_margins)
        room = page.Resources.XObject[MARGIN]
        known[room.objgen[0]] = self._of_margins[form]

    def _lead(self, note: Object) -> None:
        """Makes a link to another page in the print lead to its place."""
        address = str(note.A.get("/URI", "")) if "/A" in note else ""
        if not address.startswith((PLACE, NUMBER)):
            return
        label = address.removeprefix(PLACE).removeprefix(NUMBER)
        name, page = self._goals[label]
        del note["/A"]
        note.Dest = String(name)
        note.Contents = String(f"Seite {page}")

    def _add_parents(
        self, source: Source, tags: Object, keys: Sequence[int], known: dict[int, int]
    ) -> None:
        found = LEAF_ENTRY.finditer(tags.ParentTree.Nums.unparse())
        entries = {int(entry[1]): entry[2] for entry in found}
        shown = sorted(set(keys) & set(entries))
        if not shown:
            return
        body = b" ".join(
            b"%d %b" % (key + self._key, self._carry(source, entries[key], known)) for key in shown
        )
        first, last = shown[0] + self._key, shown[-1] + self._key
        leaf = self._writer.add(b"<< /Limits [ %d %d ] /Nums [ %b ] >>" % (first, last, body))
        self._gathered.parents.append((first, last, leaf))
        self._key += max(entries) + 1

    def _add_ids(self, source: Source, tags: Object, known: dict[int, int]) -> None:
        names = tags.get("/IDTree", Dictionary()).get("/Names", Array())
        if not len(names):
            return
        first, last = names[0].unparse(), names[len(names) - 2].unparse()
        body = self._carry(source, names.unparse()[2:-2], known)
        leaf = self._writer.add(b"<< /Limits [ %b %b ] /Names [ %b ] >>" % (first, last, body))
        self._gathered.ids.append((first, last, leaf))

    def _place_tree(self) -> int:
        """The tree of named places (ISO 32000-1, 7.9.6)."""
        places = sorted(self._gathered.places)
        leaves = []
        for at in range(0, len(places), LEAF):
            part = [(String(name).unparse(), goal) for name, goal in places[at : at + LEAF]]
            body = b" ".join(b"%b %b" % pair for pair in part)
            head = b"<< /Limits [ %b %b ] /Names [ %b ] >>"
            leaves.append(self._writer.add(head % (part[0][0], part[-1][0], body)))
        return self._writer.add(b"<< /Kids [ %b ] >>" % b" ".join(b"%d 0 R" % n for n in leaves))

    def _bookmarks(self) -> int:
        """The tree of bookmarks, each below the last one of a higher level (12.3.3)."""
        marks = self._gathered.marks
        numbers = [self._writer.reserve() for _ in marks]
        root = self._writer.reserve()
        above = [root, *([root] * len(marks))]
        children: dict[int, list[int]] = {root: []}
        open_: list[tuple[int, int]] = []
        for at, (level, _, _) in enumerate(marks):
            while open_ and open_[-1][0] >= level:
                open_.pop()
            parent = open_[-1][1] if open_ else root
            above[at] = parent
            children[parent].append(numbers[at])
            children[numbers[at]] = []
            open_.append((level, numbers[at]))
        for at, (_, title, goal) in enumerate(marks):
            own, siblings = numbers[at], children[above[at]]
            place = bisect_left(siblings, own)
            entry = b"<< /Title %b /Parent %d 0 R /Dest %b" % (title, above[at], goal)
            if place:
                entry += b" /Prev %d 0 R" % siblings[place - 1]
            if place + 1 < len(siblings):
                entry += b" /Next %d 0 R" % siblings[place + 1]
            self._writer.put(own, entry + _kids(children[own], shut=True) + b" >>")
        self._writer.put(root, b"<< /Type /Outlines" + _kids(children[root], shut=False) + b" >>")
        return root


def _as_form(page: pikepdf.Page) -> Object:
    """The content of a page as a form that other pages can show (ISO 32000-1, 8.10)."""
    content: Object = page.obj.Contents
    content.Type, content.Subtype = Name.XObject, Name.Form
    content.BBox, content.Resources = page.mediabox, page.obj.Resources
    return content


def _kids(numbers: Sequence[int], *, shut: bool) -> bytes:
    if not numbers:
        return b""
    count = -len(numbers) if shut else len(numbers)
    return b" /First %d 0 R /Last %d 0 R /Count %d" % (numbers[0], numbers[-1], count)


def _names(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Object]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        yield from ((str(name), goal) for name, goal in pikepdf.NameTree(names).items())


def state_rights(pdf: pikepdf.Pdf, rights: str) -> None:
    """Adds the licence to the metadata (XMP, Dublin Core)."""
    if rights:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:rights"] = rights
