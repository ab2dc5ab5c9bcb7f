"""Sites that several tests read: each built once for what stands in the repository, then kept.

They lie beside the environment and serve every later run in which no file has changed. Nobody
writes into them: a test that changes a site works on a copy of it.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.support.project import REPOSITORY, BuiltSample, build

FOLDER = Path(sys.prefix) / "sites"
KEPT = 3
"""States of the repository whose sites are kept, so that runs side by side lose none."""


def fingerprint(repository: Path) -> str:
    """One hash over all files that git doesn't ignore, those it doesn't know yet included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    total = hashlib.sha256(sys.version.encode())
    for name in sorted(set(listed.stdout.split(b"\0")) - {b""}):
        path = repository / os.fsdecode(name)
        if path.is_file():  # git goes on listing what was deleted
            total.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


@functools.cache
def _now() -> str:
    return fingerprint(REPOSITORY)


def kept(
    name: str,
    prepare: Callable[[Path], object],
    *options: str,
    folder: Path = FOLDER,
    state: str | None = None,
) -> BuiltSample:
    """The site of the strategy that ``prepare`` writes, built unless it is there already.

    ``name`` tells apart what is built of one ``state``, by default that of the repository.
    Processes that ask at once wait for the first of them.
    """
    entry = folder / (state or _now())
    entry.mkdir(parents=True, exist_ok=True)
    root, said = entry / name / "eine stadt", entry / f"{name}.txt"
    with FileLock(entry / f"{name}.lock"):
        if not said.is_file():
            shutil.rmtree(root.parent, ignore_errors=True)
            root.mkdir(parents=True)
            prepare(root)
            # Git must not take the site for a part of the repository that it lies in.
            result = build(root, *options, GIT_CEILING_DIRECTORIES=str(folder.resolve()))
            said.write_text(result.stdout, "utf-8")
    _forget_others(folder, entry)
    return BuiltSample(root, said.read_text("utf-8"))


def _forget_others(folder: Path, entry: Path) -> None:
    """Remove the sites of all but the last states."""
    os.utime(entry)
    states = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in states[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
