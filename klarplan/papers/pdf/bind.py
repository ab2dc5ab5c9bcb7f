"""Binds front, volumes and margins to one PDF: pages, tags, bookmarks, links and named places."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from klarplan.papers.inner_links import NUMBER, PLACE
from klarplan.papers.pdf.numbers import Room, numbers_on
from klarplan.papers.pdf.objects import MARGIN, Amended, PdfWriter, Source, make_room
from klarplan.papers.pdf.trees import bookmarks, place_tree
from klarplan.papers.pdf.volumes import Inside
from klarplan.words.catalogue import Words

LEAF_ENTRY = re.compile(rb"(\d+) (\d+ 0 R|\[[^\]]*\])")
"""A key and its value in the tree of parents: an element, or an array of them."""
KEPT = ("/ViewerPreferences", "/MarkInfo", "/OutputIntents", "/Lang", "/AF")
"""What the catalog of the front says about the whole."""
PAGE_COUNT = re.compile(rb"(?<=<xmpTPg:NPages>)\d+(?=</xmpTPg:NPages>)|(?<=xmpTPg:NPages=\")\d+")
"""How many pages the metadata of the front know (XMP, paged text): those of the front alone."""


class BindingError(Exception):
    """The parts do not fit together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF of the paper with what was found in it, and the levels of its bookmarks."""

    pdf: bytes | Path
    inside: Inside
    levels: Sequence[int]
    front: Sequence[str] | None = None
    """In the front: for each page at its end, which only served to make the contents, the label of
    the heading that its entry leads to."""
    room: bool = False
    """Whether its pages still need room for margins."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of pages as they are printed, and for each room the page that fills it, from 0."""

    pdf: bytes
    pages: Sequence[int]


_Place = tuple[int, int] | str
"""A page by its object, or a place by its name."""


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
    marks: list[tuple[int, bytes, bytes]] = field(default_factory=list)
    """Bookmarks: level, title, goal."""
    places: list[tuple[str, bytes]] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)
    """For each page but the cover the form that shows its margin; none where there is no room."""
    numbers: list[tuple[int, Room]] = field(default_factory=list)
    """Forms that show the number of a page, with their room."""
    links: list[tuple[int, bytes, str | int]] = field(default_factory=list)
    """Links inside: number, source, and the label of their goal; of those that lead to it already,
    its page from 0 in all volumes."""


class Binder:
    """Takes the parts one after another and writes what joins them at the end.

    What only all parts together tell is written last: where links lead, and what stands around the
    pages. So a volume is copied while later ones are still being set.
    """

    def __init__(self, target: Path, rights: str, words: Words) -> None:
        self._target = target
        self._rights = rights
        self._words = words
        self._out = target.open("wb")
        self._writer = writer = PdfWriter(self._out)
        self._front, self._volumes = _Gathered(), _Gathered()
        self._roles: dict[str, str] = {}
        self._key = 0
        self._catalog = self._files = self._metadata = b""
        self._info = 0
        self._root = writer.reserve()
        self._pages = writer.reserve()
        self._tags = writer.reserve()
        self._document = writer.reserve()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._out.close()
        if kind is not None:
            self._target.unlink()

    def add(self, part: Part) -> None:
        """Copies a part: its pages, its tags, its bookmarks and places.

        Volumes come in their order, the front when it is known. Raises ``BindingError`` where
        bookmarks don't fit the headings.
        """
        content = part.pdf if isinstance(part.pdf, bytes) else part.pdf.read_bytes()
        if part.room:
            with Amended(content) as amended:
                make_room(amended, len(part.inside.across))
                content = amended.written()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            self._copy(Source(pdf, content), part)

    def rooms(self) -> list[Room]:
        """The rooms for numbers of pages, in the order in which they are filled."""
        return [room for _, room in self._front.numbers + self._volumes.numbers]

    def finish(
        self,
        margins: Path | None,
        goals: Mapping[str, tuple[str, int]],
        numbers: Numbers | None = None,
    ) -> int:
        """Writes what joins the parts; returns the number of pages.

        ``margins`` are as many pages as the parts have; ``numbers`` fill the rooms.
        ``goals`` are the labels that links lead to, each with the place that it stands for and
        its page. Raises ``BindingError`` where the margins don't fit.
        """
        front, volumes = self._front, self._volumes
        names = [name.name for name in fields(_Gathered)]
        whole = _Gathered(*(getattr(front, name) + getattr(volumes, name) for name in names))
        before = sum(number for _, number in front.pages)
        for link in whole.links:
            self._lead(*link, goals, before)
        if margins is not None:
            self._lay_margins(margins, whole.rooms)
        if numbers is not None:
            self._lay_numbers(numbers, [number for number, _ in whole.numbers])
        self._join(whole)
        return sum(number for _, number in whole.pages)

    def _copy(self, source: Source, part: Part) -> None:
        pdf = source.pdf
        writer = self._writer
        gathered = self._volumes if part.front is None else self._front
        tags = pdf.Root.StructTreeRoot
        document = next(iter(tags.K)) if isinstance(tags.K, Array) else tags.K
        pages = list(pdf.pages)[: len(part.inside.across)]
        node = writer.reserve()
        known = {pdf.Root.Pages.objgen[0]: node, tags.objgen[0]: self._tags}
        served = list(pdf.pages)[len(pages) :]
        first = sum(number for _, number in gathered.pages) if part.front is None else -len(pages)
        goals: dict[_Place, str | int] = {p.obj.objgen: first + n for n, p in enumerate(pages)}
        goals |= {name: first + n for name, n in part.inside.places.items()}
        goals |= {p.obj.objgen: label for p, label in zip(served, part.front or (), strict=True)}
        keys = self._prepare_pages(source, pages, goals, known, gathered)
        held = list(document.K)
        if part.front is not None:
            known[document.objgen[0]] = self._document
            for name in KEPT:
                if name in pdf.Root:
                    content = self._carry(source, pdf.Root[name].unparse(), known)
                    self._catalog += b"%b %b " % (name.encode(), content)
            state_rights(pdf, self._rights)
            self._metadata = pdf.Root.Metadata.read_bytes()
            self._info = self._number(self._carry(source, pdf.trailer.Info.unparse(), known))
            files = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles")
            self._files = b"" if files is None else self._carry(source, files.unparse(), known)
            gathered.elements.append(self._inner(source, held[: len(held) - len(served)], known))
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
        kids = self._inner(source, [page.obj for page in pages], known)
        head = b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [ %b ] >>"
        writer.put(node, head % (self._pages, len(pages), kids))
        gathered.pages.append((node, len(pages)))
        gathered.parents += self._add_parents(source, tags, keys, known)
        gathered.ids += self._add_ids(source, tags, known)
        self._roles |= {str(k): str(v) for k, v in tags.get("/RoleMap", Dictionary()).items()}
        marks = part.inside.marks[: len(part.levels)]
        if len(marks) != len(part.levels):
            raise BindingError(f"{len(part.levels)} headings, but {len(marks)} bookmarks")
        for level, mark in zip(part.levels, marks, strict=True):
            gathered.marks.append((level, mark.title, self._carry(source, mark.goal, known)))

    def _join(self, gathered: _Gathered) -> None:
        """Writes catalog, pages, tags, bookmarks and trees of names."""
        writer = self._writer
        kids = b" ".join(b"%d 0 R" % node for node, _ in gathered.pages)
        count = sum(number for _, number in gathered.pages)
        writer.put(self._pages, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (count, kids))
        held = b" ".join(gathered.elements)
        head = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>"
        writer.put(self._document, head % (self._tags, held))
        parents = b" ".join(b"%d 0 R" % node for _, _, node in sorted(gathered.parents))
        ids = b" ".join(b"%d 0 R" % node for _, _, node in sorted(gathered.ids))
        roles = b" ".join(f"{k} {v}".encode() for k, v in sorted(self._roles.items()))
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
        names = b"/Dests %d 0 R " % place_tree(writer, gathered.places)
        if self._files:
            names += b"/EmbeddedFiles %b " % self._files
        metadata = writer.reserve()
        told = PAGE_COUNT.sub(b"%d" % count, self._metadata)
        writer.put_stream(metadata, b"<< /Type /Metadata /Subtype /XML >>", told)
        writer.put(
            self._root,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R /Metadata "
            b"%d 0 R /Names << %b>> /PageLabels << /Nums [ 0 << /S /D >> ] >> %b>>"
            % (
                self._pages,
                self._tags,
                bookmarks(writer, gathered.marks),
                metadata,
                names,
                self._catalog,
            ),
        )
        writer.close(self._root, self._info)

    def _carry(self, source: Source, content: bytes, known: dict[int, int]) -> bytes:
        return self._writer.carry(source, content, known)

    def _inner(self, source: Source, items: Sequence[Object], known: dict[int, int]) -> bytes:
        return self._carry(source, b" ".join(item.unparse() for item in items), known)

    @staticmethod
    def _number(reference: bytes) -> int:
        return int(reference.split()[0])

    def _prepare_pages(
        self,
        source: Source,
        pages: Sequence[pikepdf.Page],
        goals: Mapping[_Place, str | int],
        known: dict[int, int],
        gathered: _Gathered,
    ) -> list[int]:
        """Gives numbers to what is written at the end, moves the keys of pages; the old keys.

        ``goals`` says of each place in the part which page of all volumes it is on, from 0; in the
        front before them it is below. A label stands for a page that is not taken over.
        """
        keys = []
        links: list[tuple[Object, str | int]] = []
        for page in pages:
            room = page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).get(MARGIN)
            if room is not None:
                known[room.objgen[0]] = self._writer.reserve()
                gathered.rooms.append(known[room.objgen[0]])
            holders: list[tuple[Object, str]] = [(page.obj, "/StructParents")]
            for form, own in numbers_on(page):
                known[form.objgen[0]] = self._writer.reserve()
                gathered.numbers.append((known[form.objgen[0]], own))
            notes = page.get("/Annots", Array())
            source.changed(notes)
            for note in notes:
                holders.append((note, "/StructParent"))
                goal = _goal(note, goals)
                if goal is not None:
                    known[note.objgen[0]] = self._writer.reserve()
                    links.append((note, goal))
            for holder, name in holders:
                source.changed(holder)
                if name in holder:
                    keys.append(int(holder[name]))
                    holder[name] = int(holder[name]) + self._key
        for note, goal in links:
            content = self._carry(source, note.unparse(resolved=True), known)
            gathered.links.append((known[note.objgen[0]], content, goal))
        return keys

    def _lead(
        self,
        number: int,
        link: bytes,
        goal: str | int,
        goals: Mapping[str, tuple[str, int]],
        before: int,
    ) -> None:
        """Writes a link inside, which leads to its place and says on which page that is.

        An entry of the contents says so already. ``before`` are the pages of the front.
        """
        held = b""
        if isinstance(goal, str):
            name, page = goals[goal]
            held = b"/Dest %b" % String(name).unparse()
        else:
            page = before + goal + 1
        if b"/Contents" not in link:
            words = String(self._words("print.to_page", page=str(page))).unparse()
            held += b" /Contents %b" % words
        self._writer.put(number, b"%b %b >>" % (link[:-3], held))

    def _lay_margins(self, margins: Path, rooms: Sequence[int]) -> None:
        """Writes the margin of each page into the room that was made for it; the cover has none."""
        with pikepdf.open(margins) as laid:
            if len(laid.pages) != len(rooms):
                raise BindingError(f"{len(laid.pages)} margins for {len(rooms)} pages")
            source, known = Source(laid), dict[int, int]()
            self._writer.put(rooms[0], b"<< >>")
            for page, room in list(zip(laid.pages, rooms, strict=True))[1:]:
                head, content = source.read(_as_form(page).objgen[0])
                assert content is not None
                self._writer.put_stream(room, self._carry(source, head, known), content)

    def _lay_numbers(self, numbers: Numbers, forms: Sequence[int]) -> None:
        """Writes the number of a page into each form that was made for one."""
        with pikepdf.open(io.BytesIO(numbers.pdf)) as laid:
            source, known = Source(laid), dict[int, int]()
            drawn = [source.read(_as_form(page).objgen[0]) for page in laid.pages]
            for form, at in zip(forms, numbers.pages, strict=True):
                head, content = drawn[at]
                assert content is not None
                self._writer.put_stream(form, self._carry(source, head, known), content)

    def _add_parents(
        self, source: Source, tags: Object, keys: Sequence[int], known: dict[int, int]
    ) -> Iterator[tuple[int, int, int]]:
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
        self._key += max(entries) + 1
        yield first, last, leaf

    def _add_ids(
        self, source: Source, tags: Object, known: dict[int, int]
    ) -> Iterator[tuple[bytes, bytes, int]]:
        names = tags.get("/IDTree", Dictionary()).get("/Names", Array())
        if not len(names):
            return
        first, last = names[0].unparse(), names[len(names) - 2].unparse()
        body = self._carry(source, names.unparse()[2:-2], known)
        leaf = self._writer.add(b"<< /Limits [ %b %b ] /Names [ %b ] >>" % (first, last, body))
        yield first, last, leaf


def _goal(note: Object, goals: Mapping[_Place, str | int]) -> str | int | None:
    """Where a link inside leads; what only the whole tells of that is taken from the link."""
    address = str(note.A.get("/URI", "")) if "/A" in note else ""
    place = note.get("/Dest")
    if address.startswith((PLACE, NUMBER)):
        taken = {"/A", "/Contents"}
        goal: str | int = address.removeprefix(PLACE).removeprefix(NUMBER)
    elif place is None:
        return None
    else:
        goal = goals[str(place) if isinstance(place, String) else place[0].objgen]
        # The typesetter tells pages of this part; only the contents tell those of the whole.
        taken = {"/Dest"} if isinstance(goal, str) else {"/Contents"}
    for name in taken & set(note.keys()):
        del note[name]
    return goal


def _as_form(page: pikepdf.Page) -> Object:
    """The content of a page as a form that other pages can show (ISO 32000-1, 8.10)."""
    content: Object = page.obj.Contents
    content.Type, content.Subtype = Name.XObject, Name.Form
    content.BBox, content.Resources = page.mediabox, page.obj.Resources
    return content


def _names(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Object]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        yield from ((str(name), goal) for name, goal in pikepdf.NameTree(names).items())


def state_rights(pdf: pikepdf.Pdf, rights: str) -> None:
    """Adds the licence to the metadata (XMP, Dublin Core)."""
    if rights:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:rights"] = rights
