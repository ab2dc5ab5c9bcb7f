"""The sample's files, rows and sentences, known by hashes: in another strategy they are an error.

Sentences that Klarplan gives to everybody, such as those of its pages and templates, are none of
them, nor is what is short enough to be written by anybody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from klarplan.strategy.csv_writer import as_line
from klarplan.strategy.settings import Settings

LIST = Path(__file__).with_name("sample.txt")
"""The hashes, one a line; ``make renew`` writes them."""
MUNICIPALITY = "Stadt Musterstadt"
KEY = "09999999"
"""The municipality of the sample and its key: whoever has one of them is the sample."""
FOLDERS = ("data", "strategy")
"""Where the sample lies; what is in ``docs`` comes with Klarplan for everybody."""
LEAST_LETTERS = 40
LEAST_WORDS = 6
"""A sentence that is shorter may be written by anybody."""
MOST_LETTERS = 2_000
"""No sentence of the sample is longer, and nobody waits for what a stranger may have written."""
KEPT = ("data/statuses.csv", "strategy/strategy.yml")
"""Files that a strategy of one's own begins with, and whose texts are nobody's."""
_LENGTH = 12
_ENDS = re.compile(r"(?<=[.!?:])[*_“”\"»)]*\s+")
_CALL = re.compile(r"\{\{.*?\}\}")


class Sample(NamedTuple):
    """A sentence, row or file of the sample: the line where it is, if it isn't a whole file."""

    line: int
    text: str


def is_sample(settings: Settings) -> bool:
    """Whether a strategy is the sample itself."""
    return settings.municipality == MUNICIPALITY or settings.key == KEY


@cache
def known() -> frozenset[str]:
    """The hashes of all that is the sample's."""
    return frozenset(LIST.read_text("utf-8").split())


def digest(content: bytes) -> str:
    """The hash of a file, whatever its line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:_LENGTH]


def sentences(line: str) -> Iterator[tuple[str, str]]:
    """The sentences of a line that only the one has written who did: as they stand, and bare."""
    if len(line) < LEAST_LETTERS:
        return
    for sentence in _ENDS.split(line.strip()):
        if not LEAST_LETTERS <= len(sentence) <= MOST_LETTERS:
            continue
        words = re.findall(r"\w+", _CALL.sub(" ", sentence).casefold())
        bare = " ".join(words)
        if len(bare) >= LEAST_LETTERS and len(words) >= LEAST_WORDS:
            yield sentence, bare


def sentence_digests(text: str) -> Iterator[str]:
    """The hashes of all sentences of a text."""
    for line in text.splitlines():
        for _, bare in sentences(line):
            yield digest(bare.encode())


def row_digest(cells: Sequence[str]) -> str | None:
    """The hash of a row; nothing for one that has no sentence, which may be anybody's."""
    if any(True for cell in cells for _ in sentences(cell)):
        return digest(as_line(cells).encode())
    return None


def is_row(cells: Sequence[str]) -> bool:
    """Whether a row is the sample's as it is."""
    return digest(as_line(cells).encode()) in known()


def found_in(line: str) -> tuple[str, ...]:
    """The sentences of a line that are the sample's, as they stand there."""
    return tuple(sentence for sentence, bare in sentences(line) if digest(bare.encode()) in known())


def whole_files(root: Path) -> Iterator[Path]:
    """The files below ``root`` that are the sample's as they are."""
    for name in FOLDERS:
        for path in sorted((root / name).rglob("*")):
            kept = path.relative_to(root).as_posix() in KEPT
            if not kept and path.is_file() and digest(path.read_bytes()) in known():
                yield path


def without(line: str, some: Iterable[str]) -> str:
    """A line without these sentences; nothing where only marks are left."""
    for sentence in some:
        line = line.replace(sentence, "")
    return line.rstrip() if re.search(r"\w", line) else ""
