"""What lies in a root and keeps builds from working there, whatever the strategy says.

Builds refuse it before they begin, and the check tells it in the same words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from klarplan.messages import Finding, KlarplanError, Text
from klarplan.processes import git

IN_THE_WAY = "KP050"
SITE = "site"
"""The usual folder of the site, in the root."""
BUILD = "build"
"""The folder in the root where everything is made."""
TAG = "CACHEDIR.TAG"
"""Marks ``BUILD`` as ours; programs for backups know it and leave the folder out."""
OLDER = ("mkdocs.yml", "pages")
"""What shows that an older Klarplan made ``BUILD``, without a mark."""

MADE = ("index.html", "assets/typeface.css", "pagefind/pagefind.js")
"""Files that are in every site that Klarplan made, and together in no other folder."""

NO_LINKS = (BUILD, SITE, "mkdocs.yml", "overrides", "macros", "local")
"""What must lie in the root itself: written by builds, or read as code and templates."""

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's list of what is mounted where; it knows folders mounted within one disk as well."""

OUTPUT = Text(
    "Löschen Sie es selbst, wenn Sie es nicht mehr brauchen, oder nennen Sie mit "
    "--output einen neuen Ordner, zum Beispiel --output ../website.",
    "Delete it yourself if you need it no more, or name a new folder with --output, "
    "for example --output ../website.",
)
"""What helps where something is in the way of a site."""


class Obstacle(NamedTuple):
    """A file or folder below the root that keeps builds from working."""

    file: str
    problem: Text
    cure: Text

    def error(self) -> KlarplanError:
        """What a build says of it."""
        return KlarplanError(self.problem, self.cure)

    def finding(self) -> Finding:
        """What the check says of it."""
        return Finding(rule=IN_THE_WAY, file=self.file, problem=self.problem, cure=self.cure)


def obstacles(root: Path) -> tuple[Finding, ...]:
    """All that a build into the usual folder would refuse before it looks at the strategy."""
    site = in_the_way(root / SITE)
    found = [Obstacle(SITE, site, OUTPUT)] if site else []
    found += links(root, [name for name in NO_LINKS if not site or name != SITE])
    if not any(link.file.split("/")[0] == BUILD for link in found):
        if work := foreign(root / BUILD):
            found.append(work)
        elif tracked := known_to_git(root):
            found.append(committed(tracked[0]))
    return tuple(obstacle.finding() for obstacle in found)


def links(root: Path, names: Iterable[str] = NO_LINKS, *, below: bool = True) -> Iterator[Obstacle]:
    """These, where they are links, and if so wanted the links ``below`` them.

    A link leads builds out of the root: to files of others that would be emptied or published.
    """
    for name in names:
        place = root / name
        if is_link(place):
            yield _link(name)
        elif below and name != SITE and place.is_dir():
            for entry in contents(place):
                if is_link(entry):
                    yield _link(Path(entry.path).relative_to(root).as_posix())


def _link(name: str) -> Obstacle:
    return Obstacle(
        name,
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


def is_link(place: Path | os.DirEntry[str]) -> bool:
    """Whether a place is a symbolic link, or a junction of Windows."""
    junction = getattr(place, "is_junction", None)
    return place.is_symlink() or bool(junction and junction())


def contents(folder: Path) -> Iterator[os.DirEntry[str]]:
    """All that is below a folder; links are named, never followed."""
    with os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False) and not is_link(entry):
                yield from contents(Path(entry.path))


def in_the_way(target: Path) -> Text | None:
    """Why a place can't be taken by a site: something is there that Klarplan has not made."""
    if is_link(target):
        return Text(
            f"„{target}“ ist eine Verknüpfung (symbolischer Link); gebraucht wird ein Ordner.",
            f"“{target}” is a symbolic link; a folder is needed.",
        )
    if target.exists() and not target.is_dir():
        return _file(target)
    if target.exists() and _holds_mounts(target):
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


def _file(place: Path) -> Text:
    return Text(
        f"„{place}“ ist eine Datei; gebraucht wird ein Ordner.",
        f"“{place}” is a file; a folder is needed.",
    )


def made_by_us(folder: Path) -> bool:
    """Whether a folder is a site that Klarplan made, and nobody's working copy of git."""
    return all((folder / name).is_file() for name in MADE) and not (folder / ".git").exists()


def _holds_mounts(folder: Path) -> bool:
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


def foreign(work: Path) -> Obstacle | None:
    """Why builds can't work in ``BUILD``: a file, or a folder that is not ours."""
    problem = None
    if work.exists() and not work.is_dir():
        problem = _file(work)
    elif work.is_dir() and not (work / TAG).is_file():
        found = {path.name for path in work.iterdir()}
        if found and not found.issuperset(OLDER):
            problem = Text(
                f"Im Ordner „{work}“ arbeitet Klarplan, dort liegt aber schon etwas anderes.",
                f"Klarplan works in the folder “{work}”, but something else is there already.",
            )
    if problem is None:
        return None
    cure = Text(
        f"Benennen Sie „{work}“ um, oder löschen Sie es selbst, wenn Sie es nicht mehr brauchen.",
        f"Rename “{work}”, or delete it yourself if you need it no more.",
    )
    return Obstacle(BUILD, problem, cure)


def known_to_git(root: Path) -> list[str] | None:
    """The files in ``BUILD`` that git keeps; ``None`` where it can't be asked."""
    folder = root.resolve()
    if not any((place / ".git").exists() for place in (folder, *folder.parents)):
        return []
    listed = git(folder, "ls-files", "-z", "--", BUILD)
    if listed is None:
        return None
    return [name for name in listed.decode("utf-8", "replace").split("\0") if name]


def committed(file: str) -> Obstacle:
    """A file in ``BUILD`` that came with the repository: nobody has looked at it."""
    return Obstacle(
        file,
        Text(
            f"Im Ordner „{BUILD}“ liegt eine Datei, die zum Repository gehört: „{file}“. "
            "Was dort liegt, veröffentlicht Klarplan sonst ungeprüft.",
            f"In the folder “{BUILD}” is a file that belongs to the repository: “{file}”. "
            "Klarplan would publish it unchecked.",
        ),
        Text(
            f"Löschen Sie den Ordner mit „git rm -r -f {BUILD}“ und prüfen Sie, wer ihn "
            "hinzugefügt hat.",
            f"Delete the folder with “git rm -r -f {BUILD}”, and look who has added it.",
        ),
    )
