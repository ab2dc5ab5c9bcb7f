"""Writes a PDF small: all objects but streams in object streams (ISO 32000-1, 7.5.7 and 7.5.8).

A stream whose last byte is a carriage return reads as one byte too short where a line feed
follows it, and checks of PDF/A take that for a wrong length; such streams end with one more byte,
which no filter reads.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Name, Object, Stream

PER_STREAM = 200
"""Objects in one object stream; readers unpack a whole one to read one object."""


def write_compact(pdf: pikepdf.Pdf, target: Path) -> None:
    """Writes all objects of a PDF under their numbers; the same objects give the same bytes."""
    places: dict[int, tuple[int, int, int]] = {}
    size = 1 + max(item.objgen[0] for item in pdf.objects)
    packed: list[tuple[int, bytes]] = []
    with target.open("wb") as out:
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for item in pdf.objects:
            number = item.objgen[0]
            if isinstance(item, Stream):
                places[number] = (1, out.tell(), 0)
                head = pikepdf.Dictionary(dict(item.stream_dict.items()))
                out.write(_stream(number, head, item.read_raw_bytes()))
            else:
                packed.append((number, item.unparse(resolved=True)))
        for numbers, content, first in _packs(packed):
            for index, number in enumerate(numbers):
                places[number] = (2, size, index)
            head = pikepdf.Dictionary(
                Type=Name.ObjStm, N=len(numbers), First=first, Filter=Name.FlateDecode
            )
            places[size] = (1, out.tell(), 0)
            out.write(_stream(size, head, zlib.compress(content, 9)))
            size += 1
        start = out.tell()
        places[size] = (1, start, 0)
        out.write(_stream(size, _trailer(pdf, size + 1), _cross_references(places, size + 1)))
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _stream(number: int, head: Object, content: bytes) -> bytes:
    if content.endswith(b"\r") and "/Filter" in head:
        content += b"\n"
    head.Length = len(content)
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head.unparse(), content)


def _packs(packed: list[tuple[int, bytes]]) -> Iterator[tuple[list[int], bytes, int]]:
    """Object streams: the numbers of their objects, their content, and where the objects begin."""
    for at in range(0, len(packed), PER_STREAM):
        part = packed[at : at + PER_STREAM]
        offset, index = 0, []
        for number, content in part:
            index.append(b"%d %d" % (number, offset))
            offset += len(content) + 1
        head = b" ".join(index) + b"\n"
        body = b"".join(content + b"\n" for _, content in part)
        yield [number for number, _ in part], head + body, len(head)


def _cross_references(places: dict[int, tuple[int, int, int]], size: int) -> bytes:
    free = (0, 0, 65535)
    rows = (places.get(number, free) for number in range(size))
    return zlib.compress(
        b"".join(
            kind.to_bytes(1) + where.to_bytes(4) + index.to_bytes(2) for kind, where, index in rows
        ),
        9,
    )


def _trailer(pdf: pikepdf.Pdf, size: int) -> Object:
    head = pikepdf.Dictionary(
        Type=Name.XRef, Size=size, W=pikepdf.Array([1, 4, 2]), Filter=Name.FlateDecode
    )
    for key in ("/Root", "/Info", "/ID"):
        if key in pdf.trailer:
            head[key] = pdf.trailer[key]
    return head
