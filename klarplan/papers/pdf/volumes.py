"""The volumes that a paper is set in: how pieces are shared out, set and looked into."""

from __future__ import annotations

import datetime as dt
import json
import math
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pikepdf

from klarplan.moves import moved
from klarplan.papers.links import ENTRY
from klarplan.papers.pdf.headings import Title
from klarplan.papers.pdf.languages import SPOKEN
from klarplan.papers.pdf.tags import Rows
from klarplan.papers.pdf.typeset import PIECES, Finish, RefusedError, broken_pictures, set_volume
from klarplan.papers.pictures import Pictures

FULL = 500_000
"""So many characters of Typst make a volume, about 150 pages and 300 MB while it is set."""
SHORT = 20_000
"""So many characters at most are set in this process: the start of another would take longer."""
TOGETHER = 2
"""So many volumes are set at a time."""
LETTERS = 3500
"""About so many characters of Typst fill a page."""
COVER, LISTED = 2, 60
"""So many pages stand before the contents, and about so many entries on a page of those."""
SURE, LATER = 1.1, 1.5
"""By so much pages are counted higher, and those of volumes that are not known yet: a room too wide
for its number is better than one too narrow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of the print order, ready to be set."""

    level: int
    typst: str
    titles: Sequence[Title]
    tables: Sequence[Rows]
    fresh: bool = False
    """Whether it begins on a new page."""

    is_bare: bool = False
    """Whether it is a heading and nothing else, with which no page ends."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark of a volume: its title and goal as the PDF has them, and its page from 0."""

    title: bytes
    goal: bytes
    page: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a volume: for each page whether it is across; bookmarks; named places."""

    across: Sequence[bool]
    marks: Sequence[Mark]
    places: dict[str, int]
    """Name of a place to its page from 0."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume that is set: its file, the headings in it, and what else is in it."""

    file: Path
    titles: Sequence[Title]
    inside: Inside


@dataclass(slots=True)
class Press:
    """Takes pieces in the order of the paper and sets a volume whenever enough have come."""

    work: Path
    values: dict[str, Any]
    """What the template knows of the job; kept in ``job.json``."""
    pictures: Pictures
    day: dt.date
    lost: list[str] = field(default_factory=list)
    """Pictures that could not be read, by their file."""
    _waiting: list[Piece] = field(default_factory=list)
    _size: int = 0
    _count: int = 0
    _started: int = 0
    _before: float = 0.0
    """About so many pages are before those that wait."""
    _known: dict[str, int] = field(default_factory=dict)
    """About how many digits the pages of headings in earlier volumes have."""
    _volumes: deque[Future[Bound]] = field(default_factory=deque)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(TOGETHER))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def set(self, pieces: Iterable[Piece]) -> Iterator[Bound]:
        """The volumes in their order, each when it is set; raises ``RefusedError``."""
        for piece in pieces:
            self._take(piece)
            while self._volumes and self._volumes[0].done():
                yield self._volumes.popleft().result()
        if self._waiting:
            self._start()
        while self._volumes:
            yield self._volumes.popleft().result()

    def _take(self, piece: Piece) -> None:
        """Adds a piece; a volume ends best before a chapter, else before a section."""
        share = {1: 0.5, 2: 0.75}.get(piece.level, 1.0)
        if self._size >= FULL * share:
            self._start()
        self._waiting.append(piece)
        self._size += len(piece.typst)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> None:
        pieces, self._waiting, self._size = self._waiting, [], 0
        self._started += 1
        number = self._started
        name = f"volume-{number:03}"
        self._tell_places(name, pieces)
        lines = ['#import "design.typ": *', f'#show: volume.with(json("{name}.json"))']
        bare = False
        for piece in pieces:
            file = f"{PIECES}/{self._count:05}.typ"
            text = f'#import "/brochure.typ": *\n{piece.typst}'
            (self.work / file).write_text(text, encoding="utf-8", newline="\n")
            self._count += 1
            if piece.level <= 1:
                lines.append("#chapter()")
            elif piece.fresh and not bare:
                lines.append("#pagebreak(weak: true)")
            bare = piece.is_bare
            lines.append(f'#include "{file}"')
        (self.work / f"{name}.typ").write_text(
            "\n".join(lines) + "\n", encoding="utf-8", newline="\n"
        )
        self._volumes.append(self._pool.submit(self._set, name, number, pieces))

    def _tell_places(self, name: str, pieces: Sequence[Piece]) -> None:
        """Tells a volume about how many pages are before it, and where other volumes are.

        Only what does not depend on how fast volumes are set may be told.
        """
        scale = float(self.values["zoom"]) ** 2
        if self._started == 1:
            self._before = COVER + math.ceil(self.values["entries"] * scale / LISTED)
        told = {"before": int(self._before), "known": dict(self._known)}
        for piece in pieces:
            digits = len(str(int(self._before * SURE) + 1))
            self._known |= {t.label.split("--")[0]: digits for t in piece.titles if t.label}
            pages = len(piece.typst) * scale / LETTERS
            self._before += SURE * max(pages, 1 if piece.fresh else 0)
        told["later"] = len(str(int(self._before * LATER) + 1))
        (self.work / f"{name}.json").write_text(json.dumps(told), encoding="utf-8", newline="\n")

    def _set(self, name: str, number: int, pieces: Sequence[Piece]) -> Bound:
        """Sets one volume; a picture that can't be read is left out, and it is set again."""
        tables = [table for piece in pieces for table in piece.tables]
        titles = [title for piece in pieces for title in piece.titles]
        entries = any(ENTRY in piece.typst for piece in pieces)
        languages = any(SPOKEN in piece.typst for piece in pieces)
        finish = Finish(tables, f"v{number:03}-", entries=entries, languages=languages)
        short = sum(len(piece.typst) for piece in pieces) <= SHORT
        try:
            file = set_volume(self.work, name, self.day, finish, short=short)
        except RefusedError:
            if not self._leave_out_pictures():
                raise
            file = set_volume(self.work, name, self.day, finish, short=short)
        return Bound(file, titles, look_inside(file))

    def _leave_out_pictures(self) -> bool:
        """Tells the template which pictures to leave out; false where all can be read."""
        with self._lock:
            known = set(self.lost)
            names = [name for name in list(self.pictures.written) if name not in known]
            self.lost += broken_pictures(self.work, names)
            self.values["broken"] = [f"/{name}" for name in self.lost]
            write_values(self.work, self.values)
            return bool(self.lost)


def write_values(work: Path, values: dict[str, Any]) -> None:
    """Writes what the template knows of the job, all at once."""
    fresh = work / "job.json.new"
    fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8", newline="\n")
    moved(fresh, work / "job.json")


def look_inside(file: Path) -> Inside:
    """What is in a volume."""
    with pikepdf.open(file) as pdf:
        numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(pdf.pages)}
        boxes = [page.mediabox for page in pdf.pages]
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        places = pikepdf.NameTree(names).items() if names is not None else ()
        return Inside(
            [float(box[2]) > float(box[3]) for box in boxes],
            [
                Mark(item.Title.unparse(), item.Dest.unparse(), numbers[item.Dest[0].objgen])
                for item in _bookmarks(pdf.Root.get("/Outlines"))
            ],
            {str(name): numbers[goal[0].objgen] for name, goal in places},
        )


def _bookmarks(node: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    item = node.get("/First") if node is not None else None
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")
