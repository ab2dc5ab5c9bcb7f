"""Moving and removing what another program may just be looking at, as Windows does not allow.

There, a file that someone has open can be neither replaced nor removed, nor the folder that it
lies in: for a moment that is a virus scanner or an index, for longer a program of the user's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

WINDOWS = os.name == "nt"
PATIENCE = 5.0
"""Seconds for which Windows is asked again."""
PAUSE = 0.05
"""Seconds between two tries."""


def moved(old: Path, new: Path) -> None:
    """Give a file or folder another name; a file that has it is replaced.

    Raises ``OSError`` where the system refuses, on Windows only after some patience.
    """
    _tried(lambda: old.replace(new))


def removed(folder: Path) -> None:
    """Remove a folder with all that it holds, also files that are write-protected.

    Raises ``OSError`` as ``moved`` does.
    """
    _tried(lambda: shutil.rmtree(folder, onerror=_unprotected) if folder.exists() else None)


def removed_if_possible(folder: Path) -> None:
    """The same for what does no harm where it stays."""
    with contextlib.suppress(OSError):
        removed(folder)


def _tried(work: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            work()
        except PermissionError:
            if not WINDOWS or time.monotonic() >= until:
                raise
            time.sleep(PAUSE)
        else:
            return


def _unprotected(again: Callable[[str], object], name: str, _error: object) -> None:
    """What Windows refuses for a file that is write-protected, as those of git are."""
    if not WINDOWS:
        raise  # noqa: PLE0704 - within the handling of the error, as ``rmtree`` says
    Path(name).chmod(stat.S_IWRITE)
    again(name)
