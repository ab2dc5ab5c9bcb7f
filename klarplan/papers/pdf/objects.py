"""Writes one PDF from objects of several: ISO 32000-1, sections 7.5.7 and 7.5.8.

Objects are copied as they are, only their numbers change, so that memory holds one source at a
time. All objects but streams go into compressed object streams.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Self

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

PER_STREAM = 200
"""Objects in one object stream; readers unpack a whole one to read one object."""
WAITING = 20
"""So many object streams may wait to be written while they are packed."""
STRING = rb"\((?:[^()\\]|\\.)*\)"
REFERENCE = re.compile(STRING + rb"|<[0-9a-fA-F]*>|(?<![^\s\[>)])(\d+) 0 R\b", re.DOTALL)
"""Strings, which are passed over, or a reference to an object."""

LENGTH = re.compile(rb"/Length \d+( 0 R)?")


PLAIN_REFERENCE = re.compile(rb"(?<![^\s\[>)])(\d+) 0 R\b")
"""The same where there are no strings that could look like one."""
NESTED = re.compile(rb"\((?:[^()\\]|\\.)*\(", re.DOTALL)
BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)


class Source:
    """A PDF whose objects are copied.

    Objects of a file that nobody changed are read as they stand there, which takes a tenth of the
    time that asking for each does.
    """

    def __init__(self, pdf: pikepdf.Pdf, file: bytes = b"") -> None:
        self.pdf = pdf
        self.told: dict[bytes, bytes] = {}
        """Numbers of objects as they stand here, to the references that are written for them."""
        self._plain = plain_objects(file) if file else {}

    def changed(self, item: Object) -> None:
        """Says that an object is no longer as it stands in the file."""
        self._plain.pop(item.objgen[0], None)

    def read(self, number: int) -> tuple[bytes, bytes | None]:
        """The source of an object, and what it holds where it is a stream."""
        if number in self._plain:
            return self._plain[number], None
        item = self.pdf.get_object(number, 0)
        if isinstance(item, Stream):
            return item.stream_dict.unparse(), item.read_raw_bytes()
        return item.unparse(resolved=True), None


def plain_objects(file: bytes) -> dict[int, bytes]:
    """The sources of all objects but streams, by number, of a PDF that has them one by one.

    The typesetter writes such. Brackets in strings are escaped, so that ``STRING`` finds their end.
    """
    found = {}
    for number, at, end in _places(file):
        head = b"%d 0 obj\n" % number
        content = file[at:end].rstrip()
        if not content.startswith(head) or not content.endswith(b"\nendobj"):
            raise ValueError(f"object {number} is not written plainly")
        if not content.endswith(b"endstream\nendobj"):
            source = content[len(head) : -len(b"\nendobj")]
            found[number] = _unnested(source) if NESTED.search(source) else source
    return found


def _unnested(source: bytes) -> bytes:
    """An object's source in which every bracket inside a string is escaped (7.3.4.2)."""
    depth = 0

    def escaped(found: re.Match[bytes]) -> bytes:
        nonlocal depth
        sign = found[0]
        depth -= sign == b")"
        inside = depth > 0
        depth += sign == b"("
        return b"\\" + sign if inside and len(sign) == 1 else sign

    return BRACKET.sub(escaped, source)


def rewritten(file: bytes, changes: Mapping[int, bytes]) -> bytes:
    """A PDF of ``plain_objects`` with other sources of some; those behind its last are new."""
    size, places = size_of(file), _places(file)
    parts = [file[: places[0][1]]]
    at = len(parts[0])
    found = {}
    known = [(number, file[begin:end]) for number, begin, end in places]
    for number, content in [*known, *((n, b"") for n in sorted(changes) if n >= size)]:
        found[number] = at
        fresh = changes.get(number)
        parts.append(content if fresh is None else b"%d 0 obj\n%b\nendobj\n\n" % (number, fresh))
        at += len(parts[-1])
    last = max(size, *(number + 1 for number in found))
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % last)
    parts += [b"%010d 00000 n \n" % found[number] for number in range(1, last)]
    trailer = file[file.rindex(b"trailer") : file.rindex(b"startxref")]
    parts.append(trailer.replace(b"/Size %d" % size, b"/Size %d" % last, 1))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)


def size_of(file: bytes) -> int:
    """The number that comes next to the last one of such a PDF."""
    start = int(file[file.rindex(b"startxref") :].split()[1])
    return int(file[start:].split(maxsplit=3)[2])


def _places(file: bytes) -> list[tuple[int, int, int]]:
    """Each object of a file with its number, its begin and its end, in the order of the file."""
    start = int(file[file.rindex(b"startxref") :].split()[1])
    _, _, count, entries = file[start:].split(maxsplit=3)
    places = sorted(
        (int(entries[at : at + 10]), at // ENTRY)
        for at in range(0, int(count) * ENTRY, ENTRY)
        if entries[at + 17 : at + 18] == b"n"
    )
    ends = [*(at for at, _ in places[1:]), start]
    return [(number, at, end) for (at, number), end in zip(places, ends, strict=True)]


ENTRY = 20
"""Bytes of an entry in a table of objects (7.5.4)."""


PLACE = struct.Struct(">BIH")
"""An entry in the table of objects: kind, place or stream, index in that (7.5.8.3)."""
FREE = PLACE.pack(0, 0, 65535)
"""The entry of an object that is not written."""
MARGIN = "/Margin"
"""The name of the form in a page's resources that shows what stands around the page."""


_Layer = tuple[Mapping[str, int], bytes]
"""Forms that a page shows, by name, and what shows them."""


class Amended:
    """A PDF of the typesetter that is read by pikepdf, and stays as it is but for some objects.

    pikepdf would read and write every object of it, which takes as long as all that is changed.
    """

    def __init__(self, file: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(file))
        self._file = file
        self._sources: dict[int, bytes] = {}
        self._size = size_of(file)
        self._painted: dict[int, list[_Layer]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    def add(self, source: bytes) -> int:
        """Adds an object; returns its number. No object of pikepdf can refer to it."""
        number = self._size
        self._size += 1
        self._sources[number] = source
        return number

    def change(self, item: Object) -> None:
        """Says that an object is no longer as it stands in the file."""
        if not item.is_indirect:
            raise ValueError("what stands inside an object changes with that")
        self._sources[item.objgen[0]] = item.unparse(resolved=True)

    def paint(self, at: int, forms: Mapping[str, int], content: bytes) -> None:
        """Makes a page, by its place from 0, show ``content`` and its forms over its own."""
        self._painted.setdefault(at, []).append((forms, content))

    def written(self) -> bytes:
        """The PDF as it has become."""
        save = self._add_stream(b"q\n") if self._painted else 0
        for at, layers in self._painted.items():
            page = self.pdf.pages[at].obj
            self._sources[page.objgen[0]] = self._page(page, layers, save)
        return rewritten(self._file, self._sources)

    def _page(self, page: Object, layers: Sequence[_Layer], save: int) -> bytes:
        held = page.get("/Resources", Dictionary())
        shown = _inside(held.get("/XObject", Dictionary()))
        added = [b"%b %d 0 R" % (k.encode(), n) for forms, _ in layers for k, n in forms.items()]
        own = page.Contents
        drawn = own.unparse(resolved=True)[1:-1] if isinstance(own, Array) else own.unparse()
        over = self._add_stream(b"\nQ\n" + b"".join(content for _, content in layers))
        return b"<<%b/Resources <<%b/XObject <<%b %b >> >> /Contents [ %d 0 R %b %d 0 R ] >>" % (
            _inside(page, "/Resources", "/Contents"),
            _inside(held, "/XObject"),
            shown,
            b" ".join(added),
            save,
            drawn,
            over,
        )

    def _add_stream(self, content: bytes) -> int:
        return self.add(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))


def _inside(item: Object, *without: str) -> bytes:
    """The source of a dictionary between its brackets, but for some keys."""
    return Dictionary({k: v for k, v in item.items() if k not in without}).unparse()[2:-2]


def make_room(amended: Amended, pages: int) -> None:
    """Makes so many pages show a form of their own over all; the form itself is still empty."""
    for at in range(pages):
        amended.paint(at, {MARGIN: amended.add(b"<< >>")}, b"q /Margin Do Q\n")


class PdfWriter:
    """A PDF in the making; numbers of objects are given out before the objects are written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._table = bytearray(FREE)
        self._packers = ThreadPoolExecutor(1)
        self._packed: deque[tuple[int, bytes, Future[bytes]]] = deque()
        self._pack: list[tuple[int, bytes]] = []
        self._last = 0
        self._hash = hashlib.sha256()
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._last += 1
        self._table += FREE
        return self._last

    def put(self, number: int, content: bytes) -> None:
        """Writes an object that is no stream."""
        self._pack.append((number, content))
        if len(self._pack) >= PER_STREAM:
            self._flush()

    def add(self, content: bytes) -> int:
        """Writes an object that is no stream; returns its number."""
        number = self.reserve()
        self.put(number, content)
        return number

    def copy(self, source: Source, roots: Iterable[int], known: dict[int, int]) -> None:
        """Copies objects, by their numbers in the source, and all that they refer to.

        ``known`` are numbers in the source and here: those in it already are not copied but
        referred to, and every object copied is added.
        """
        self.carry(source, b" ".join(b"%d 0 R" % root for root in roots), known)

    def carry(self, source: Source, content: bytes, known: dict[int, int]) -> bytes:
        """An object's source for use here, after all that it refers to has been copied."""
        waiting: list[int] = []
        told = source.told

        def change(match: re.Match[bytes]) -> bytes:
            text = match[1]
            if not text:
                return match[0]
            reference = told.get(text)
            if reference is None:
                number = int(text)
                if number not in known:
                    known[number] = self.reserve()
                    waiting.append(number)
                reference = told[text] = b"%d 0 R" % known[number]
            return reference

        made = REFERENCE.sub(change, content)
        while waiting:
            number = waiting.pop()
            head, held = source.read(number)
            pattern = REFERENCE if b"(" in head else PLAIN_REFERENCE
            head = pattern.sub(change, head)
            if held is None:
                self.put(known[number], head)
            else:
                self.put_stream(known[number], head, held)
        return made

    def close(self, root: int, info: int) -> None:
        """Writes the table of objects; ``root`` and ``info`` are catalog and document info."""
        self._flush()
        self._write_packed(0)
        self._packers.shutdown()
        number, start = self.reserve(), self._out.tell()
        self._place(number, 1, start, 0)
        name = self._hash.hexdigest()[:32].encode()
        head = (
            b"<< /Type /XRef /Size %d /W [ 1 4 2 ] /Root %d 0 R /Info %d 0 R "
            b"/ID [ <%b> <%b> ] /Filter /FlateDecode >>"
        )
        # A higher level takes a second and more for a long table, and saves a thousandth.
        packed = zlib.compress(self._table, 5)
        self.put_stream(number, head % (number + 1, root, info, name, name), packed)
        self._emit(b"startxref\n%d\n%%%%EOF\n" % start)

    def put_stream(self, number: int, head: bytes, content: bytes) -> None:
        """Writes a stream.

        One whose last byte is a carriage return reads as one byte too short where a line feed
        follows, and checks of PDF/A take that for a wrong length. Such a stream gets one more
        byte, which no filter reads.
        """
        self._hash.update(content)
        if content.endswith(b"\r") and b"/Filter" in head:
            content += b"\n"
        head = LENGTH.sub(b"", head, count=1)[:-2] + b"/Length %d >>" % len(content)
        self._place(number, 1, self._out.tell(), 0)
        self._emit(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, content))

    def _place(self, number: int, kind: int, place: int, index: int) -> None:
        """Notes in the table where an object is."""
        PLACE.pack_into(self._table, number * PLACE.size, kind, place, index)

    def _flush(self) -> None:
        """Writes the objects that wait as one object stream."""
        if not self._pack:
            return
        pack, self._pack = self._pack, []
        offset, index = 0, []
        stream = self.reserve()
        for at, (number, content) in enumerate(pack):
            index.append(b"%d %d" % (number, offset))
            offset += len(content) + 1
            self._place(number, 2, stream, at)
        first = b" ".join(index) + b"\n"
        body = b"\n".join([*(content for _, content in pack), b""])
        self._hash.update(body)
        head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode >>" % (len(pack), len(first))
        # zlib works without the interpreter's lock, so that the next objects are copied meanwhile.
        self._packed.append((stream, head, self._packers.submit(zlib.compress, first + body, 6)))
        self._write_packed(WAITING)

    def _write_packed(self, most: int) -> None:
        """Writes object streams, in their order, until no more than so many wait."""
        while len(self._packed) > most:
            number, head, content = self._packed.popleft()
            self.put_stream(number, head, content.result())

    def _emit(self, content: bytes) -> None:
        self._out.write(content)


def write_whole(pdf: pikepdf.Pdf, out: BinaryIO) -> None:
    """Writes a PDF as it is: its objects, whose streams any reader finds as long as they say."""
    writer, known = PdfWriter(out), dict[int, int]()
    root, info = pdf.Root.objgen[0], pdf.trailer["/Info"].objgen[0]
    writer.copy(Source(pdf), (root, info), known)
    writer.close(known[root], known[info])
