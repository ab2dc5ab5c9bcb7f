"""Which folders a command may replace or write into; everything else is refused before the work.

A folder is replaced only where it is missing, empty, or a site that Klarplan made. Such a site is
known by files that every build writes, so that the published site needs no mark of its own.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import explained
from klarplan.own_files import PACKAGE, upstream
from klarplan.strategy.addresses import PACKAGE as DATA_PACKAGE

SITE = "site"
"""The usual folder of the site, in the root."""
BUILD = "build"
"""The folder in the root where everything is made."""
PREVIEW = "preview"
"""The one folder of a site in ``BUILD``."""

MADE = ("index.html", DATA_PACKAGE, "pagefind/pagefind.js")
"""Files that are in every site that Klarplan made, and together in no other folder."""

INPUTS = (
    *("data", "strategy", "docs", "local", "overrides", "macros", "mkdocs.yml", "klarplan"),
    *("tests", "entscheidungen", "LICENSES", ".git", ".github", ".gitlab", ".ci", ".vscode"),
)
"""What a build reads or a repository needs; nothing is written there."""

NO_LINKS = (BUILD, SITE, "mkdocs.yml", "overrides", "macros", "local")
"""What must lie in the root itself: written by builds, or read as code and templates."""

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's list of what is mounted where; it knows folders mounted within one disk as well."""

LEAST_ROOM = 8_000_000
"""Bytes that even a small site takes, with all that is made on the way."""


def contents(folder: Path) -> Iterator[os.DirEntry[str]]:
    """All that is below a folder; links are named, never followed."""
    with os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False) and not is_link(entry):
                yield from contents(Path(entry.path))


def is_link(place: Path | os.DirEntry[str]) -> bool:
    """Whether a place is a symbolic link, or a junction of Windows."""
    junction = getattr(place, "is_junction", None)
    return place.is_symlink() or bool(junction and junction())


def made_by_us(folder: Path) -> bool:
    """Whether a folder is a site that Klarplan made, and nobody's working copy of git."""
    return all((folder / name).is_file() for name in MADE) and not (folder / ".git").exists()


def holds_mounts(folder: Path) -> bool:
    """Whether a folder is the place of a mounted disk, or one is below it."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return folder.is_mount()
    place = folder.resolve()
    mounts = (re.sub(r"\\([0-7]{3})", _letter, line.split(" ")[4]) for line in lines)
    return any(Path(mount).is_relative_to(place) for mount in mounts)


def _letter(octal: re.Match[str]) -> str:
    return chr(int(octal[1], 8))


def refuse_links(root: Path, names: Iterable[str] = NO_LINKS, *, below: bool = True) -> None:
    """Raise ``KlarplanError`` where one of these is a link or, if so wanted, a link lies ``below``.

    A link leads builds out of the root: to files of others that would be emptied or published.
    """
    for name in names:
        place = root / name
        if is_link(place):
            raise _link(name)
        if below and name != SITE and place.is_dir():
            for entry in contents(place):
                if is_link(entry):
                    raise _link(Path(entry.path).relative_to(root).as_posix())


def _link(name: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"„{name}“ ist eine Verknüpfung (symbolischer Link). Klarplan folgt ihr nicht, "
            "denn sie könnte zu fremden Dateien führen.",
            f"“{name}” is a symbolic link. Klarplan does not follow it, "
            "since it could lead to files of others.",
        ),
        Text(
            f"Löschen Sie die Verknüpfung „{name}“. Was Klarplan braucht, muss als Datei oder "
            "Ordner dort liegen.",
            f"Delete the link “{name}”. What Klarplan needs must be there as a file or folder.",
        ),
    )


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
    problem = _in_the_way(target)
    if problem is not None:
        raise KlarplanError(
            problem,
            Text(
                "Löschen Sie es selbst, wenn Sie es nicht mehr brauchen, oder nennen Sie mit "
                "--output einen neuen Ordner, zum Beispiel --output ../website.",
                "Delete it yourself if you need it no more, or name a new folder with --output, "
                "for example --output ../website.",
            ),
            exit_code=code,
        )


def _in_the_way(target: Path) -> Text | None:
    if is_link(target):
        return Text(
            f"„{target}“ ist eine Verknüpfung (symbolischer Link); gebraucht wird ein Ordner.",
            f"“{target}” is a symbolic link; a folder is needed.",
        )
    if target.exists() and not target.is_dir():
        return Text(
            f"„{target}“ ist eine Datei; gebraucht wird ein Ordner.",
            f"“{target}” is a file; a folder is needed.",
        )
    if target.exists() and holds_mounts(target):
        return Text(
            f"„{target}“ ist oder enthält einen eingehängten Datenträger und lässt sich nicht "
            "austauschen.",
            f"“{target}” is or holds a mounted disk and can't be exchanged.",
        )
    if target.exists() and any(target.iterdir()) and not made_by_us(target):
        return Text(
            f"In „{target}“ liegt etwas, das Klarplan nicht gemacht hat; "
            "es wird nicht überschrieben.",
            f"There is something in “{target}” that Klarplan has not made; it is not overwritten.",
        )
    return None


def refuse_unwritable(target: Path) -> None:
    """Raise ``KlarplanError`` where no folder could be put beside ``target``."""
    parent = next(folder for folder in target.absolute().parents if folder.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".klarplan-", dir=parent):
            pass
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
