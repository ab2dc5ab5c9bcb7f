"""Files that take long to make, kept in a folder from one build to the next.

A stranger's proposal may bring that folder along, with other contents under the right names. So a
file counts only where the system's own time of its last change is the one noted when it was made:
neither git nor an archive can set that time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from klarplan.moves import moved

NOTE = ".zeit"
"""Ends the name of the file that notes the time, in nanoseconds."""


def kept(folder: Path, names: Sequence[str], make: Callable[[], Iterable[bytes]]) -> list[bytes]:
    """The contents of these files of ``folder``; made, all of them, where one does not count."""
    files = [folder / name for name in names]
    if not all(map(_counts, files)):
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in zip(files, make(), strict=True):
            # Another build may be reading it, or making the same.
            aside = file.with_name(f"{file.name}.{os.getpid()}")
            aside.write_bytes(content)
            moved(aside, file)
            _note(file).write_text(str(file.stat().st_ctime_ns), encoding="ascii", newline="\n")
    return [file.read_bytes() for file in files]


def _note(file: Path) -> Path:
    return file.with_name(file.name + NOTE)


def _counts(file: Path) -> bool:
    try:
        return _note(file).read_bytes() == str(file.stat().st_ctime_ns).encode()
    except OSError:
        return False
