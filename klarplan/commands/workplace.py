"""The folder ``build`` of a root: marked as ours, and for one command at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from klarplan.check.obstacles import BUILD, TAG, foreign
from klarplan.commands.targets import refuse_links
from klarplan.commands.tracked import refuse_tracked
from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import full_disk, tells_of_full_disk

LOCK = "lock"
"""The file in ``BUILD`` that the system locks for one process; it names the process."""
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
"""The first line that the specification of cache directories asks for (bford.info/cachedir)."""
TOLD = f"""\
{SIGNATURE}
# Diesen Ordner hat Klarplan angelegt. Er entsteht bei jedem Bauen neu und kann gelöscht werden.
# Klarplan made this folder. Every build makes it anew; it can be deleted.
"""
NOTHING_LEFT = 64_000
"""Bytes; with fewer, whatever failed has failed for want of room."""
FAR = 1 << 20
"""Windows lets nobody read what is locked: the byte that is locked lies behind what is read."""
PAUSE = 0.1
"""Seconds between two tries, where the system can't wait."""


@contextlib.contextmanager
def workplace(root: Path, *, wait: bool = False) -> Iterator[Path]:
    """The folder where everything is made, for this process alone.

    Another process that works there is waited for, or else told in a ``KlarplanError``; one that
    has ended holds nothing back. ``KlarplanError`` too where the folder is not ours or came with
    the repository, and in place of any other where the disk has no room left.
    """
    refuse_links(root)
    refuse_tracked(root)
    work = root / BUILD
    _mark(work)
    with (work / LOCK).open("a+", encoding="utf-8") as file:
        if not _locked(file, wait=wait):
            raise _busy(file, work)
        try:
            _tell(file, f"{os.getpid()} {dt.datetime.now():%H:%M:%S}")
            yield work
        except KlarplanError as error:
            if _no_room(error, work):
                raise full_disk(work) from error
            raise
        finally:
            with contextlib.suppress(OSError):
                _tell(file, "")


def _mark(work: Path) -> None:
    """Make the folder where it is missing, and mark it."""
    if obstacle := foreign(work):
        raise obstacle.error()
    work.mkdir(parents=True, exist_ok=True)
    tag = work / TAG
    if not tag.is_file():
        tag.write_text(TOLD, "utf-8", newline="\n")


def _tell(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()


def _busy(file: IO[str], work: Path) -> KlarplanError:
    file.seek(0)
    process, _, since = file.read(40).partition(" ")
    who = f" (Prozess {process}, seit {since} Uhr)" if since else ""
    who_en = f" (process {process}, since {since})" if since else ""
    return KlarplanError(
        Text(
            f"In „{work.parent}“ baut schon ein anderes Klarplan{who}.",
            f"Another Klarplan is building in “{work.parent}” already{who_en}.",
        ),
        Text(
            "Warten Sie, bis es fertig ist, oder rufen Sie „klarplan build --wait“ auf.",
            "Wait until it is done, or call “klarplan build --wait”.",
        ),
    )


def _no_room(error: KlarplanError, work: Path) -> bool:
    if tells_of_full_disk(error.problem.en):
        return True
    return error.exit_code == 1 and shutil.disk_usage(work).free < NOTHING_LEFT


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[str], *, wait: bool) -> bool:
        """Lock a file until this process ends or closes it; false where another has it."""
        while True:
            file.seek(FAR)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(PAUSE)
            else:
                return True

else:
    import fcntl

    def _locked(file: IO[str], *, wait: bool) -> bool:
        """Lock a file until this process ends or closes it; false where another has it.

        Processes that are split off do not hold it (POSIX record locks).
        """
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except (BlockingIOError, PermissionError):
            return False
        return True
