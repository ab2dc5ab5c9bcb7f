"""The folder ``build`` of a root: marked as ours, and for one command at a time."""

from __future__ import annotations

import contextlib
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

from klarplan.check.obstacles import BUILD, TAG, foreign
from klarplan.commands.targets import refuse_links
from klarplan.commands.tracked import refuse_tracked
from klarplan.file_lock import held
from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import full_disk, tells_of_full_disk

LOCK = "lock"
"""The file in ``BUILD`` that is locked while something is made."""
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
"""The first line that the specification of cache directories asks for (bford.info/cachedir)."""
TOLD = f"""\
{SIGNATURE}
# Diesen Ordner hat Klarplan angelegt. Er entsteht bei jedem Bauen neu und kann gelöscht werden.
# Klarplan made this folder. Every build makes it anew; it can be deleted.
"""
NOTHING_LEFT = 64_000
"""Bytes; with fewer, whatever failed has failed for want of room."""


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
    mark(work)
    with held(work / LOCK, math.inf if wait else 0) as other:
        if other is not None:
            raise _busy(other, work)
        try:
            yield work
        except KlarplanError as error:
            if _no_room(error, work):
                raise full_disk(work) from error
            raise


def mark(work: Path) -> None:
    """Make the folder where it is missing, and mark it."""
    if obstacle := foreign(work):
        raise obstacle.error()
    work.mkdir(parents=True, exist_ok=True)
    tag = work / TAG
    if not tag.is_file():
        tag.write_text(TOLD, "utf-8", newline="\n")


def _busy(other: Text, work: Path) -> KlarplanError:
    return KlarplanError(
        Text(
            f"In „{work.parent}“ baut schon ein anderes Klarplan{other.de}.",
            f"Another Klarplan is building in “{work.parent}” already{other.en}.",
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
