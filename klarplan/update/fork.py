"""The git repository of a fork: what it has committed, a place beside it to work, a new branch."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from klarplan.file_lock import held
from klarplan.messages import KlarplanError, Text, first_of
from klarplan.moves import removed_if_possible
from klarplan.os_errors import explained
from klarplan.own_files import LOCAL
from klarplan.processes import git
from klarplan.programs import program
from klarplan.strategy.committed import OF_THE_SYSTEM, not_committed
from klarplan.update.beginning import of_beginning
from klarplan.update.contents import LIST, Contents, read, together
from klarplan.update.news import CHANGELOG, news
from klarplan.update.plan import Plan, engines, outdated, planned
from klarplan.update.source import no_git
from klarplan.update.version import NUMBER, Number, Version, number_in

_QUIET = (
    *("-c", f"core.hooksPath={os.devnull}", "-c", "core.excludesFile="),
    *("-c", "commit.gpgSign=false", "-c", "advice.detachedHead=false"),
)
"""A commit that a program makes runs no hooks and asks for no key, and misses no file."""


def require_clean(root: Path) -> None:
    """Raise ``KlarplanError`` where git doesn't know all that is there, or nobody's name."""
    if program("git") is None:
        raise no_git()
    if git(root, "rev-parse", "--verify", "HEAD") is None:
        raise KlarplanError(
            Text(
                f"„{root}“ ist kein Git-Projekt mit mindestens einem Commit; eine neue Fassung "
                "kommt als eigener Zweig hinein.",
                f"“{root}” is no git repository with a commit; a new version comes as a branch.",
            ),
            Text(
                "Sichern Sie den Ordner mit „git init“, „git add .“ und „git commit“.",
                "Store the folder with “git init”, “git add .” and “git commit”.",
            ),
            exit_code=2,
        )
    names = not_committed(root, "--untracked-files=all", paths=(".",)) or []
    if changes := [name for name in names if name.rpartition("/")[2] not in OF_THE_SYSTEM]:
        listed = first_of(changes)
        raise KlarplanError(
            Text(
                f"Es gibt Änderungen, die git noch nicht kennt: {listed}.",
                f"There are changes that git does not know yet: {listed}.",
            ),
            Text(
                "Sichern Sie sie zuerst mit „git add .“ und „git commit“.",
                "Store them first with “git add .” and “git commit”.",
            ),
            exit_code=2,
        )
    if git(root, "var", "GIT_COMMITTER_IDENT") is None:
        raise KlarplanError(
            Text("Git kennt Ihren Namen noch nicht.", "Git doesn't know your name yet."),
            Text(
                "Nennen Sie ihn: git config user.name „Amt“ und git config user.email „amt@…“.",
                "Tell it: git config user.name “Office” and git config user.email “office@…”.",
            ),
            exit_code=2,
        )


def refuse_branch(root: Path, branch: str) -> None:
    """Raise ``KlarplanError`` where there is a branch of this name."""
    if git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") is not None:
        raise KlarplanError(
            Text(f"Den Zweig „{branch}“ gibt es schon.", f"There is a branch “{branch}” already."),
            Text(
                f"Übernehmen Sie ihn mit „git merge {branch}“, oder verwerfen Sie ihn mit "
                f"„git branch -D {branch}“.",
                f"Take it with “git merge {branch}”, or drop it with “git branch -D {branch}”.",
            ),
            exit_code=2,
        )


def engine_files(root: Path, version: Version) -> Mapping[str, bytes]:
    """The engine's files below ``root`` that git keeps, with what is in them.

    Raises ``KlarplanError`` where a link is in place of one, which would be written through.
    """
    names = engines(_listed(root), version.owners)
    places = {Path(name) for name in (*names, *engines(version.files, version.owners))}
    places |= {folder for place in places for folder in place.parents[:-1]}
    for place in sorted(places):
        if (root / place).is_symlink():
            raise _linked(place.as_posix())
    return {name: (root / name).read_bytes() for name in names if (root / name).is_file()}


def _listed(root: Path, *below: str) -> list[str]:
    """The files below ``root`` that git keeps."""
    told = git(root, "ls-files", "-z", "--", *below) or b""
    return [name for name in told.decode("utf-8", "surrogateescape").split("\0") if name]


def _linked(name: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"„{name}“ ist eine Verknüpfung (symbolischer Link) statt einer Datei oder eines "
            "Ordners von Klarplan.",
            f"“{name}” is a symbolic link instead of a file or folder of Klarplan's.",
        ),
        Text(
            f"Löschen Sie sie mit „git rm {name}“, und sichern Sie das.",
            f"Delete it with “git rm {name}”, and commit that.",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A fork beside a version: what it would do there, what it brings, which of them is newer."""

    plan: Plan
    known: Contents
    news: Mapping[str, tuple[str, ...]]
    own: Number | None
    """The number of the fork's version."""
    newer: bool
    """Whether the fork's version is the newer one."""


def compared(root: Path, version: Version) -> Compared:
    """Compare the fork below ``root`` with a version; raises as ``engine_files``."""
    there = engine_files(root, version)
    own = root / LIST
    known = together(version.known, read(own.read_text("utf-8")) if own.is_file() else {})
    known = known or of_beginning(root)
    before = there.get(CHANGELOG, b"").decode("utf-8", "replace")
    number = number_in(there.get(NUMBER, b"").decode("utf-8", "replace"))
    plan = planned(there, version, known)
    return Compared(
        plan=replace(plan, outdated=outdated(plan, _listed(root, LOCAL))),
        known=known,
        news=news(before, version.text(CHANGELOG)),
        own=number,
        newer=number is not None and version.number < number,
    )


_PREFIX = "klarplan-update-"
_IN_USE = "in-use"
"""The file in such a folder that is locked as long as an update works there."""


@contextlib.contextmanager
def beside(root: Path) -> Iterator[tuple[Path, Path]]:
    """A copy of the last commit to work in, as git keeps it, and a folder for what helps there.

    Both are gone afterwards, however that ends; in the fork nothing changes but by ``publish``.
    """
    top = Path((git(root, "rev-parse", "--show-toplevel") or b"").decode().rstrip("\n"))
    _clear_away()
    git(top, "worktree", "prune")
    with (
        TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder,
        held(Path(folder) / _IN_USE, 0),
    ):
        copy = Path(folder).resolve() / "copy"
        try:
            _asked(top, *_QUIET, "worktree", "add", "--quiet", "--detach", str(copy), "HEAD")
            yield copy / root.resolve().relative_to(top.resolve()), Path(folder)
        finally:
            git(top, "worktree", "remove", "--force", str(copy))
    git(top, "worktree", "prune")


def _clear_away() -> None:
    """Remove what an update has left that was ended by force: nobody uses it any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        used = folder / _IN_USE
        with contextlib.suppress(OSError):
            if used.is_file():
                with held(used, 0) as other:
                    left = other is None
                # Windows removes no folder with a file that is open.
                if left:
                    removed_if_possible(folder)


def publish(copy: Path, root: Path, branch: str, message: str) -> None:
    """Make one commit of what was done in the copy, and a branch of it in the fork."""
    _asked(copy, *_QUIET, "add", "--all")
    _asked(copy, *_QUIET, "commit", "--quiet", "--no-verify", "--message", message)
    commit = _asked(copy, "rev-parse", "HEAD").decode().strip()
    _asked(root, "branch", "--no-track", branch, commit)


def _asked(root: Path, *arguments: str) -> bytes:
    """What git says; ``KlarplanError`` with its words where it refuses."""
    found = program("git")
    if found is None:
        raise no_git()
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            [found, "-C", str(root), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise explained(error) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or "git"
        raise KlarplanError(
            Text(
                f"Git konnte das nicht: {said} Nichts ist geändert.",
                f"Git could not do that: {said} Nothing was changed.",
            ),
            Text(
                "Beheben Sie, was git nennt, und rufen Sie den Befehl noch einmal auf.",
                "Mend what git tells, and call the command again.",
            ),
        )
    return done.stdout
