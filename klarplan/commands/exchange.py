"""Putting a new site in the place of the former one: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from klarplan.check.obstacles import contents, is_link
from klarplan.commands.targets import refuse_foreign
from klarplan.messages import KlarplanError, Text
from klarplan.moves import moved, removed, removed_if_possible
from klarplan.processes import uninterrupted

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Numbers of Linux's ``renameat2``, which lets two folders change places in one step."""

FOLDER, FILE = 0o755, 0o644
"""Everyone may read what is published, whatever the builder's own files are like."""


def complete(fresh: Path, expected: Iterable[str]) -> Mapping[str, int]:
    """All files of a new site with their sizes; rights are set so that everyone may read them.

    Raises ``KlarplanError`` where an ``expected`` file is missing or anything is a link.
    """
    found: dict[str, int] = {}
    above = len(str(fresh)) + 1
    _give(fresh, FOLDER)
    for entry in contents(fresh):
        name = entry.path[above:].replace(os.sep, "/")
        if is_link(entry):
            raise _incomplete(name)
        state = entry.stat(follow_symlinks=False)
        folder = entry.is_dir(follow_symlinks=False)
        if state.st_mode & 0o777 != (FOLDER if folder else FILE):
            _give(Path(entry.path), FOLDER if folder else FILE)
        if not folder:
            found[name] = state.st_size
    for name in expected:
        if name not in found:
            raise _incomplete(name)
    return found


def _give(place: Path, rights: int) -> None:
    # Disks such as USB sticks know no rights and refuse to change them.
    with contextlib.suppress(PermissionError):
        place.chmod(rights)


def _copy(fresh: Path, beside: Path, names: Iterable[str]) -> None:
    """Copy these files, in the place of what an interrupted copy has left."""
    removed(beside)
    for name in names:
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(fresh / name, beside / name)


def _incomplete(name: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"Die neue Website ist nicht vollständig: „{name}“ fehlt oder wurde verändert.",
            f"The new website is not complete: “{name}” is missing or was changed.",
        ),
        Text(
            "Vermutlich hat ein anderes Programm im Ordner „build“ etwas geändert. Bauen Sie noch "
            "einmal; die bisherige Website bleibt unverändert.",
            "Another program has probably changed something in the folder “build”. Build once "
            "more; the former website stays as it is.",
        ),
    )


def exchange(fresh: Path, site: Path, made: Mapping[str, int], code: int = 1) -> None:
    """Put the folder ``fresh``, which holds what was ``made``, in the place of ``site``.

    On another disk it is copied beside ``site`` first. What fails leaves ``site`` as it was.
    Raises ``KlarplanError`` where the site is not complete or something foreign is in the way.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    refuse_foreign(site, code)
    recover(site)
    beside = fresh
    try:
        if fresh.stat().st_dev != site.parent.stat().st_dev:
            beside = _new(site)
            _copy(fresh, beside, made)
        if (there := complete(beside, made)) != made:
            differ = sorted(set(there.items()) ^ set(made.items()))
            raise _incomplete(differ[0][0])
        with uninterrupted():
            swap(beside, site)
            # Where both changed places, the former site is here now.
            removed_if_possible(beside)
    finally:
        if beside is not fresh:
            removed_if_possible(beside)
    removed_if_possible(fresh)


def recover(site: Path) -> None:
    """Bring back a former site that an exchange without ``renameat2`` has left set aside."""
    old = _old(site)
    if old.is_dir() and not is_link(old):
        if site.exists():
            removed_if_possible(old)
        else:
            moved(old, site)


def _new(site: Path) -> Path:
    return site.with_name(f".{site.name}.klarplan-neu")


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.klarplan-alt")


def swap(fresh: Path, site: Path) -> None:
    """Let ``fresh`` be ``site``, in one step where the system can, else undone where it fails.

    Where both changed places, the former one is then ``fresh``.
    """
    if not site.exists():
        moved(fresh, site)
        return
    if _swapped_at_once(fresh, site):
        return
    old = _old(site)
    moved(site, old)
    try:
        moved(fresh, site)
    except BaseException:
        moved(old, site)
        raise
    removed_if_possible(old)


def _swapped_at_once(one: Path, other: Path) -> bool:
    """Let two folders change places; false where the system or its disk can't."""
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - other systems do without

    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(call(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
