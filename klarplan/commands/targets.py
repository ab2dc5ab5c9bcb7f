"""Which folders a command may replace or write into; everything else is refused before the work.

A folder is replaced only where it is missing, empty, or a site that Klarplan made. Such a site is
known by files that every build writes, so that the published site needs no mark of its own.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from klarplan.check.obstacles import BUILD, NO_LINKS, OUTPUT, contents, in_the_way, links
from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import explained
from klarplan.own_files import PACKAGE, upstream

PREVIEW = "preview"
"""The one folder of a site in ``BUILD``."""

INPUTS = (
    *("data", "strategy", "docs", "local", "overrides", "macros", "mkdocs.yml", "klarplan"),
    *("tests", "entscheidungen", "LICENSES", ".git", ".github", ".gitlab", ".ci", ".vscode"),
)
"""What a build reads or a repository needs; nothing is written there."""

LEAST_ROOM = 8_000_000
"""Bytes that even a small site takes, with all that is made on the way."""


def refuse_links(root: Path, names: Iterable[str] = NO_LINKS, *, below: bool = True) -> None:
    """Raise ``KlarplanError`` where one of these is a link or, if so wanted, a link lies ``below``.

    A link leads builds out of the root: to files of others that would be emptied or published.
    """
    for link in links(root, names, below=below):
        raise link.error()


def refuse_target(root: Path, target: Path, *, given: bool) -> None:
    """Raise ``KlarplanError`` where ``target`` can't be replaced by a site.

    ``given`` tells that someone asked for this folder; the exit code is then 2.
    """
    code = 2 if given else 1
    if given:
        refuse_inputs(root, target)
    refuse_foreign(target, code)
    refuse_unwritable(target)


def refuse_inputs(root: Path, target: Path, *, replaced: bool = True) -> None:
    """Raise ``KlarplanError`` where ``target`` holds, is or lies in what Klarplan reads.

    Where nothing is ``replaced``, only new files are written: the root itself is then right.
    """
    place = target.resolve()
    inputs = [root / name for name in INPUTS]
    inputs += [PACKAGE, *(upstream(root, name) for name in ("docs", "overrides", "macros"))]
    work = root / BUILD
    if place != (work / PREVIEW).resolve():
        inputs.append(work)
    above = {_identity(folder) for folder in (place, *place.parents)} - {None}
    here = _identity(place)
    held = [*inputs, Path(sys.prefix)] if replaced else []
    if replaced:
        with contextlib.suppress(RuntimeError):  # not everyone has a home
            held.append(Path.home())
    whole = [one.resolve() for one in held]
    holds = {_identity(folder) for one in whole for folder in (one, *one.parents)}
    within = any(_identity(one) in above for one in inputs)
    # What does not exist has no identity yet.
    named = any(place.is_relative_to(one.resolve()) for one in inputs)
    if within or named or (here is not None and here in holds):
        raise KlarplanError(
            Text(
                f"„{target}“ kann nicht das Ziel sein: Dort liegt, was Klarplan selbst braucht.",
                f"“{target}” can't be the target: what Klarplan itself needs is there.",
            ),
            Text(
                "Nennen Sie mit --output einen neuen Ordner, zum Beispiel --output ../website.",
                "Name a new folder with --output, for example --output ../website.",
            ),
            exit_code=2,
        )


def _identity(place: Path) -> tuple[int, int] | None:
    """What the system knows a file or folder by, however it is spelt."""
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_foreign(target: Path, code: int = 1) -> None:
    """Raise ``KlarplanError`` where something is at ``target`` that Klarplan has not made."""
    problem = in_the_way(target)
    if problem is not None:
        raise KlarplanError(problem, OUTPUT, exit_code=code)


def refuse_unwritable(target: Path) -> None:
    """Raise ``KlarplanError`` where no folder could be put beside ``target``."""
    parent = next(folder for folder in target.absolute().parents if folder.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".klarplan-", dir=parent):
            pass
    except FileNotFoundError as error:  # the folder is there, but is none of a disk, as /proc
        raise KlarplanError(
            Text(
                f"In „{parent}“ lässt sich kein Ordner anlegen.",
                f"No folder can be made in “{parent}”.",
            ),
            Text("Nennen Sie mit --output einen anderen.", "Name another one with --output."),
        ) from error
    except OSError as error:
        raise explained(OSError(error.errno, error.strerror, str(parent))) from error


def refuse_full(place: Path, former: Path | None = None) -> None:
    """Raise ``KlarplanError`` where a site like the ``former`` has no room at ``place``."""
    needed = LEAST_ROOM
    if former is not None and former.is_dir():
        files = (entry for entry in contents(former) if entry.is_file(follow_symlinks=False))
        needed = max(needed, sum(entry.stat(follow_symlinks=False).st_size for entry in files))
    folder = next(one for one in (place.absolute(), *place.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise KlarplanError(
            Text(
                f"Dafür fehlt der Platz: In „{folder}“ sind {free // 1_000_000} MB frei, "
                f"nötig sind {needed // 1_000_000} MB.",
                f"There is no room for this: in “{folder}” {free // 1_000_000} MB are free, "
                f"{needed // 1_000_000} MB are needed.",
            ),
            Text(
                "Schaffen Sie Platz, und rufen Sie den Befehl noch einmal auf. "
                "Die bisherige Website bleibt unverändert.",
                "Make room, and call the command again. The former website stays as it is.",
            ),
        )
