"""A version of the engine read from a folder, a ZIP file or a git repository, all from outside.

Nothing of it is unpacked or run here: what is read stays in memory until its names, kinds and
sizes have been looked at.
"""

from __future__ import annotations

import io
import os
import stat
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import explained
from klarplan.ownership import TABLE, as_table
from klarplan.processes import GIT_SETTINGS, Child, git
from klarplan.programs import program
from klarplan.update.contents import of_history
from klarplan.update.version import (
    LARGEST,
    MOST_BYTES,
    MOST_FILES,
    File,
    Version,
    link,
    no_version,
    number_of,
    refuse_name,
    too_much,
)

TAG = "klarplan-v"
"""What the tags of versions begin with; a strategy's own are called otherwise."""
_MADE = ("__pycache__", "node_modules")
"""Folders that programs make beside the engine's files."""
_OWNERSHIP = f"klarplan/{TABLE.name}"


def read_version(named: str, wanted: str | None = None) -> Version:
    """The version that a folder, ZIP file or git repository holds.

    ``wanted`` is the version to take from a repository (``v1.2.3``), otherwise the newest that was
    released, else its newest commit. Raises ``KlarplanError`` where there is none, or where it
    holds what no version may have: links, paths that lead elsewhere, more than is allowed.
    """
    place = Path(named)
    repository = not place.exists() or (place / ".git").exists() or (place / "HEAD").is_file()
    if wanted is not None and not repository:
        raise KlarplanError(
            Text(
                f"--to wählt eine Fassung aus einem Git-Projekt; „{named}“ ist keines.",
                f"--to chooses a version of a git project, and “{named}” is none.",
            ),
            Text("Lassen Sie --to weg.", "Leave out --to."),
            exit_code=2,
        )
    if repository:
        return _of_git(named, wanted)
    try:
        found = _of_folder(place) if place.is_dir() else _of_zip(place)
        return Version(dict(_bounded(found)), {})
    except OSError as error:
        raise explained(error) from error


def _bounded(files: Iterable[tuple[str, File]]) -> Iterator[tuple[str, File]]:
    """Files as they are read, as long as names and sizes are those of a version."""
    names: set[str] = set()
    total = 0
    for name, file in files:
        refuse_name(name)
        if name.casefold() in names:  # where capitals don't count, one would replace the other
            raise no_version()
        names.add(name.casefold())
        total += len(file.content)
        if len(names) > MOST_FILES or total > MOST_BYTES or len(file.content) > LARGEST:
            raise too_much()
        yield name, file


def _of_folder(folder: Path) -> Iterator[tuple[str, File]]:
    """The files of an unpacked version; what else lies in the folder is not looked at."""
    try:
        table = as_table(yaml.safe_load((folder / _OWNERSHIP).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise no_version() from error
    names = {pattern.split("/")[0] for pattern in table["engine"]}
    for top in sorted(path for name in names for path in folder.glob(name)):
        yield from _walked(top, folder)


def _walked(place: Path, folder: Path) -> Iterator[tuple[str, File]]:
    name = place.relative_to(folder).as_posix()
    if place.is_symlink():
        raise link(name)
    if place.is_dir():
        for entry in sorted(place.iterdir()):
            if entry.name not in _MADE and entry.suffix != ".egg-info":
                yield from _walked(entry, folder)
    elif place.is_file():
        if place.stat().st_size > LARGEST:
            raise too_much()
        yield name, File(place.read_bytes(), bool(place.stat().st_mode & stat.S_IXUSR))


def _of_zip(path: Path) -> Iterator[tuple[str, File]]:
    """The files of a ZIP file, without the one folder in which archives of hosts put them."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > MOST_BYTES:
                raise too_much()
            names = {entry.filename for entry in entries}
            top = next((n.split("/")[0] + "/" for n in names if n.endswith(f"/{_OWNERSHIP}")), "")
            if len(names) < len(entries) or not all(name.startswith(top) for name in names):
                raise no_version()
            for entry in entries:
                mode = entry.external_attr >> 16
                name = entry.filename.removeprefix(top)
                refuse_name(name)
                if stat.S_ISLNK(mode):
                    raise link(name)
                with archive.open(entry) as file:
                    content = file.read(LARGEST + 1)
                yield name, File(content, bool(mode & stat.S_IXUSR))
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError),
        *(NotImplementedError, RuntimeError, ValueError),
    ) as error:
        raise no_version() from error


def _of_git(named: str, wanted: str | None) -> Version:
    with TemporaryDirectory(prefix="klarplan-") as folder:
        copy = Path(folder) / "version.git"
        _copied(named, copy)
        commit = _commit(copy, wanted, named)
        packed = git(copy, "archive", "--format=tar", commit)
        if packed is None:
            raise no_version()
        return Version(dict(_bounded(_of_tar(packed))), of_history(copy, commit))


def _copied(named: str, target: Path) -> None:
    """Fetch a repository with its history, without any file of it being written out."""
    found = program("git")
    if found is None:
        raise no_git()
    done = Child(
        [found, *GIT_SETTINGS, "clone", "--quiet", "--bare", "--", named, str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
    )
    _, said = done.heard()
    if done.returncode:
        last = (said.strip().splitlines() or ["git"])[-1]
        raise KlarplanError(
            Text(
                f"„{named}“ ist weder Ordner noch ZIP-Datei, und git erreicht dort kein Projekt "
                f"({last}).",
                f"“{named}” is neither folder nor ZIP file, and git reaches no project there "
                f"({last}).",
            ),
            Text(
                "Prüfen Sie den Namen, die Adresse und die Verbindung.",
                "Check the name, the address and the connection.",
            ),
            exit_code=2,
        )


def no_git() -> KlarplanError:
    """What to say where there is no git."""
    return KlarplanError(
        Text("Dafür braucht Klarplan git.", "Klarplan needs git for this."),
        Text("Installieren Sie git.", "Install git."),
        exit_code=2,
    )


def _commit(copy: Path, wanted: str | None, named: str) -> str:
    """The commit of a version, by its tag."""
    listed = (git(copy, "tag", "--list", f"{TAG}*") or b"").decode("utf-8", "replace")
    tags = {number: tag for tag in listed.splitlines() if (number := number_of(tag))}
    if wanted is None:
        name = f"refs/tags/{tags[max(tags)]}" if tags else "HEAD"
    elif (number := number_of(wanted)) in tags and number is not None:
        name = f"refs/tags/{tags[number]}"
    else:
        there = [tags[number].removeprefix("klarplan-") for number in sorted(tags, reverse=True)]
        raise KlarplanError(
            Text(
                f"Die Fassung „{wanted}“ gibt es in „{named}“ nicht.",
                f"There is no version “{wanted}” in “{named}”.",
            ),
            Text(
                f"Es gibt: {', '.join(there[:8])}." if there else "Lassen Sie --to weg.",
                f"There are: {', '.join(there[:8])}." if there else "Leave out --to.",
            ),
            exit_code=2,
        )
    found = git(copy, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if found is None:
        raise no_version()
    return found.decode().strip()


def _of_tar(packed: bytes) -> Iterator[tuple[str, File]]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            if member.issym() or member.islnk():
                raise link(member.name)
            if member.isfile():
                if member.size > LARGEST:
                    raise too_much()
                file = archive.extractfile(member)
                assert file is not None
                yield member.name, File(file.read(), bool(member.mode & stat.S_IXUSR))
