"""Which contents the engine's files had in any version: so a file is known that a town changed.

The list is made of Klarplan's own history, when a version is released or taken from git. It is no
part of that history: there each change would change it, too, and two changes would be in conflict.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.processes import git

Contents = Mapping[str, frozenset[str]]
"""The hashes of all contents by path; shortened to ``LENGTH`` digits."""
LIST = "klarplan/update/contents.txt"
"""Where a released version keeps its list, and a fork the list of what it took so far."""
LENGTH = 16


def hashes(content: bytes) -> frozenset[str]:
    """The hashes of a file as git keeps it, with the line ends that it has and with plain ones."""
    return frozenset(_hash(text) for text in (content, content.replace(b"\r\n", b"\n")))


def _hash(content: bytes) -> str:
    head = f"blob {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()[:LENGTH]


def of_history(repository: Path, commit: str) -> Contents:
    """The contents that files had in any commit up to this one.

    Raises ``KlarplanError`` where git can't tell: without it, all would seem to be a town's own.
    """
    told = git(
        *(repository, "log", "-m", "--raw", "--no-abbrev", "--no-renames", "--format=", "-z"),
        *("--end-of-options", commit),
    )
    if told is None:
        raise KlarplanError(
            Text(
                "Git kann die Geschichte von Klarplan nicht lesen.",
                "Git can't read the history of Klarplan.",
            ),
            Text(
                "Nehmen Sie die ZIP-Datei der Vorlage dieser Fassung.",
                "Take the ZIP file of this version's template.",
            ),
        )
    words = told.decode("utf-8", "replace").split("\0")
    found = defaultdict[str, set[str]](set)
    for entry, path in zip(words[::2], words[1::2], strict=False):
        _, _, _, after, _ = entry.split(" ")
        found[path].add(after[:LENGTH])
    return {path: frozenset(some) for path, some in found.items()}


def together(*lists: Contents) -> Contents:
    """All that any of these lists knows."""
    paths = {path for one in lists for path in one}
    return {path: frozenset().union(*(one.get(path, ()) for one in lists)) for path in paths}


def read(text: str) -> Contents:
    """A list from the text of its file; lines that are none are passed over."""
    parts = (line.split("\t") for line in text.splitlines())
    return {part[0]: frozenset(part[1].split()) for part in parts if len(part) == 2}


def written(known: Contents, paths: Iterable[str]) -> bytes:
    """The file of a list, with these paths only; equal lists give equal files."""
    lines = [f"{path}\t{' '.join(sorted(known[path]))}\n" for path in sorted(paths)]
    return "".join(lines).encode("utf-8")
