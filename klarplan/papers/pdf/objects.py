"""Writes one PDF from objects of several: ISO 32000-1, sections 7.5.7 and 7.5.8.

Objects are copied as they are, only their numbers change, so that memory holds one source at a
time. All objects but streams go into compressed object streams.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import pikepdf
from pikepdf import Object, Stream

PER_STREAM = 200
"""Objects in one object stream; readers unpack a whole one to read one object."""
REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>|(?<![^\s\[])(\d+) 0 R\b", re.DOTALL)
"""Strings, which are passed over, or a reference to an object."""

LENGTH = re.compile(rb"/Length \d+( 0 R)?")


class PdfWriter:
    """A PDF in the making; numbers of objects are given out before the objects are written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._places: dict[int, tuple[int, int, int]] = {}
        self._pack: list[tuple[int, bytes]] = []
        self._last = 0
        self._hash = hashlib.sha256()
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._last += 1
        return self._last

    def put(self, number: int, content: bytes) -> None:
        """Writes an object that is no stream."""
        self._hash.update(content)
        self._pack.append((number, content))
        if len(self._pack) >= PER_STREAM:
            self._flush()

    def add(self, content: bytes) -> int:
        """Writes an object that is no stream; returns its number."""
        number = self.reserve()
        self.put(number, content)
        return number

    def copy(self, pdf: pikepdf.Pdf, roots: Iterable[Object], known: dict[int, int]) -> None:
        """Copies objects and all that they refer to.

        ``known`` are numbers in the source and here: those in it already are not copied but
        referred to, and every object copied is added.
        """
        waiting = [root.objgen[0] for root in roots if root.objgen[0] not in known]
        for number in waiting:
            known[number] = self.reserve()
        while waiting:
            number = waiting.pop()
            item = pdf.get_object(number, 0)
            stream = isinstance(item, Stream)
            head = item.stream_dict.unparse() if stream else item.unparse(resolved=True)
            for match in REFERENCE.finditer(head):
                if match[1] and int(match[1]) not in known:
                    known[int(match[1])] = self.reserve()
                    waiting.append(int(match[1]))
            head = renumbered(head, known)
            if stream:
                self._stream(known[number], head, item.read_raw_bytes())
            else:
                self.put(known[number], head)

    def carry(self, pdf: pikepdf.Pdf, content: bytes, known: dict[int, int]) -> bytes:
        """An object's source for use here, after all that it refers to has been copied."""
        numbers = [int(m[1]) for m in REFERENCE.finditer(content) if m[1]]
        self.copy(pdf, [pdf.get_object(n, 0) for n in dict.fromkeys(numbers)], known)
        return renumbered(content, known)

    def close(self, root: int, info: int) -> None:
        """Writes the table of objects; ``root`` and ``info`` are catalog and document info."""
        self._flush()
        number, start = self.reserve(), self._out.tell()
        self._places[number] = (1, start, 0)
        free = (0, 0, 65535)
        table = b"".join(
            kind.to_bytes(1) + where.to_bytes(4) + index.to_bytes(2)
            for kind, where, index in (self._places.get(n, free) for n in range(number + 1))
        )
        name = self._hash.hexdigest()[:32].encode()
        head = (
            b"<< /Type /XRef /Size %d /W [ 1 4 2 ] /Root %d 0 R /Info %d 0 R "
            b"/ID [ <%b> <%b> ] /Filter /FlateDecode >>"
        )
        self._stream(number, head % (number + 1, root, info, name, name), zlib.compress(table, 9))
        self._emit(b"startxref\n%d\n%%%%EOF\n" % start)

    def _stream(self, number: int, head: bytes, content: bytes) -> None:
        """Writes a stream.

        One whose last byte is a carriage return reads as one byte too short where a line feed
        follows, and checks of PDF/A take that for a wrong length. Such a stream gets one more
        byte, which no filter reads.
        """
        self._hash.update(content)
        if content.endswith(b"\r") and b"/Filter" in head:
            content += b"\n"
        head = LENGTH.sub(b"", head, count=1)[:-2] + b"/Length %d >>" % len(content)
        self._places[number] = (1, self._out.tell(), 0)
        self._emit(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, content))

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
            self._places[number] = (2, stream, at)
        first = b" ".join(index) + b"\n"
        body = b"".join(content + b"\n" for _, content in pack)
        head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode >>"
        self._stream(stream, head % (len(pack), len(first)), zlib.compress(first + body, 6))

    def _emit(self, content: bytes) -> None:
        self._out.write(content)


def renumbered(content: bytes, numbers: Mapping[int, int]) -> bytes:
    """An object's source with its references changed; those to unknown objects become null."""

    def change(match: re.Match[bytes]) -> bytes:
        if not match[1]:
            return match[0]
        number = numbers.get(int(match[1]))
        return b"null" if number is None else b"%d 0 R" % number

    return REFERENCE.sub(change, content)
