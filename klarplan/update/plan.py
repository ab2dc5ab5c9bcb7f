"""What an update does to the files of a fork: each as a whole, by who owns it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.moves import moved
from klarplan.own_files import LOCAL, OVERRIDES
from klarplan.ownership import Owner, owners_of
from klarplan.update.contents import LIST, Contents, hashes, together, written
from klarplan.update.version import File, Version

BESIDE = ".eigene"
"""Behind the name of an engine's file that a town had changed, kept beside the new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Files that are written, those kept beside (by their new name), removed, and left alone.

    All are the engine's; what belongs to the town is in no plan.
    """

    written: Mapping[str, File]
    kept: Mapping[str, str]
    removed: tuple[str, ...]
    own: tuple[str, ...]
    """Files that the town has added to folders of the engine: they stay."""
    outdated: tuple[str, ...] = ()
    """Templates of the town whose originals this changes or removes; they stay as they are."""

    @property
    def changes(self) -> bool:
        """Whether anything would be other than before."""
        return bool(self.written or self.removed or self.kept)


def engines(paths: Iterable[str], table: Mapping[Owner, tuple[str, ...]]) -> list[str]:
    """Those paths that are the engine's."""
    return [path for path in paths if owners_of(path, table) == ("engine",)]


def planned(there: Mapping[str, bytes], version: Version, known: Contents) -> Plan:
    """What turns the engine's files of a fork, by path, into those of a version.

    ``known`` are contents that the engine once had; what isn't among them, the town has changed.
    """
    new = {path: version.files[path] for path in engines(version.files, version.owners)}
    old = {path: there[path] for path in engines(there, version.owners) if path != LIST}
    kept, removed, own = {}, [], []
    for path, content in old.items():
        if path in new and hashes(content) & hashes(new[path].content):
            del new[path]
        elif hashes(content).isdisjoint(known.get(path, ())):
            if path in known or path in new:
                kept[path] = _beside(path, there)
            else:
                own.append(path)
        elif path not in new:
            removed.append(path)
    return Plan(
        written=new,
        kept=kept,
        removed=tuple(removed),
        own=tuple(path for path in own if BESIDE not in path.rpartition("/")[2]),
    )


def outdated(plan: Plan, towns: Iterable[str]) -> tuple[str, ...]:
    """Those of the town's files that take the place of a template which a plan changes."""
    changed = {*plan.written, *plan.removed}
    return tuple(
        path
        for path in sorted(towns)
        if path.startswith(f"{LOCAL}/{OVERRIDES}/") and path.removeprefix(f"{LOCAL}/") in changed
    )


def _beside(path: str, there: Iterable[str]) -> str:
    """A name beside a file that nothing has yet: what an earlier update kept stays, too."""
    number, name = 1, path + BESIDE
    while name in there:
        number += 1
        name = f"{path}{BESIDE}-{number}"
    return name


def carry_out(plan: Plan, contents: bytes, root: Path) -> None:
    """Do to the files below ``root`` what was planned, and write the list of ``contents``."""
    for path, name in plan.kept.items():
        moved(root / path, root / name)
    for path in plan.removed:
        (root / path).unlink()
        for folder in (root / path).parents:
            if folder == root or any(folder.iterdir()):
                break
            folder.rmdir()
    for path, file in {**plan.written, LIST: File(contents)}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if file.executable:
            target.chmod(0o755)


def taken(version: Version, known: Contents) -> bytes:
    """The list of contents that a fork keeps, so that it knows its changes at the next update."""
    new = engines(version.files, version.owners)
    own = {path: hashes(version.files[path].content) for path in new}
    every = together(known, own)
    return written(every, engines(every, version.owners))
