"""A file that the system locks for one process, and that names the process."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from klarplan.messages import Text

FAR = 1 << 20
"""Windows lets nobody read what is locked: the byte that is locked lies behind what is read."""
PAUSE = 0.1
"""Seconds between two tries."""


@contextlib.contextmanager
def held(path: Path, patience: float) -> Iterator[Text | None]:
    """Hold the lock of a file, whose folder is there, until this process ends or is done with it.

    Yields ``None`` where it is held; where another process has it for longer than ``patience``
    seconds, what is known of that one, to follow its name: `` (Prozess 12, seit 9:30:00 Uhr)``.
    """
    with path.open("a+", encoding="utf-8") as file:
        until = time.monotonic() + patience
        while not _locked(file):
            if time.monotonic() >= until:
                yield _holder(file)
                return
            time.sleep(PAUSE)
        try:
            _tell(file, f"{os.getpid()} {dt.datetime.now():%H:%M:%S}")
            yield None
        finally:
            with contextlib.suppress(OSError):
                _tell(file, "")


def _tell(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()


def _holder(file: IO[str]) -> Text:
    file.seek(0)
    process, _, since = file.read(40).partition(" ")
    return Text(
        f" (Prozess {process}, seit {since} Uhr)" if since else "",
        f" (process {process}, since {since})" if since else "",
    )


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[str]) -> bool:
        """Lock a file until this process ends or closes it; false where another has it."""
        file.seek(FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        """Lock a file until this process ends or closes it; false where another has it.

        Processes that are split off do not hold it (POSIX record locks).
        """
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
