"""Makes all files of a release from the last commit: twice, compared byte by byte.

Wheel and source of the package, a ZIP file of the engine with an empty strategy (``vorlage``), the
bill of materials, and checksums of all. With ``--branch``, the branch ``vorlage`` gets a commit of
the same files, which forks can follow by plain merges.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from klarplan.commands.init import make_empty
from klarplan.ownership import read_table
from klarplan.update.contents import LIST, of_history, written
from klarplan.update.plan import engines
from klarplan.update.source import TAG
from klarplan.update.version import NUMBER, number_in
from klarplan.zip_files import zipped
from tests.support.project import REPOSITORY, SAMPLE
from tests.tools.sbom import bill

BRANCH = "vorlage"
EMPTY = {"municipality": "Ihre Kommune", "key": "", "kind": "Gemeinde", "title": "Ihre Strategie"}
"""What the empty strategy calls itself until ``klarplan init``."""


class NotReadyError(Exception):
    """Why nothing can be released."""


def git(*arguments: str, **environment: str) -> bytes:
    """What git says in the repository; ``CalledProcessError`` where it refuses."""
    command = ["git", "-C", str(REPOSITORY), *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(command, check=True, capture_output=True, env=env).stdout


def unpacked(folder: Path) -> Path:
    """The files of the last commit, in a folder of their own."""
    with tarfile.open(fileobj=io.BytesIO(git("archive", "--format=tar", "HEAD"))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def empty(folder: Path) -> Path:
    """The engine with an empty strategy, and what it knows of its former contents."""
    unpacked(folder)
    if SAMPLE not in (folder / "strategy/strategy.yml").read_text("utf-8"):
        raise NotReadyError("Veröffentlicht wird aus Klarplans eigenem Git-Projekt.")
    made = make_empty(folder, EMPTY)
    for path in sorted(made.backup.rglob("*"), reverse=True) if made.backup else ():
        path.rmdir() if path.is_dir() else path.unlink()
    if made.backup:
        made.backup.rmdir()
    known = of_history(REPOSITORY, "HEAD")
    (folder / LIST).write_bytes(written(known, engines(known, read_table())))
    return folder


def made(folder: Path, epoch: str) -> Mapping[str, bytes]:
    """All files of a release by name; they depend on the commit and on nothing else."""
    source = unpacked(folder / "source")
    name = released(source)
    for kind in ("sdist", "wheel"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder / "dist")],
            cwd=source,
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
        )
    files = {path.name: path.read_bytes() for path in sorted((folder / "dist").iterdir())}
    template = empty(folder / "template")
    paths = sorted(path for path in template.rglob("*") if path.is_file())
    top = f"klarplan-{name}"
    files[f"{top}-{BRANCH}.zip"] = zipped(
        {f"{top}/{path.relative_to(template).as_posix()}": path.read_bytes() for path in paths},
        frozenset(
            f"{top}/{path.relative_to(template).as_posix()}"
            for path in paths
            if os.access(path, os.X_OK)
        ),
    )
    lock = (source / "requirements.lock").read_text("utf-8")
    parts = json.dumps(bill(lock), ensure_ascii=False, indent=2) + "\n"
    files[f"{top}.cdx.json"] = parts.encode("utf-8")
    sums = (f"{sha256(content).hexdigest()}  {file}\n" for file, content in files.items())
    return {**files, "SHA256SUMS": "".join(sums).encode()}


def released(source: Path) -> str:
    """The number of the version, which its changes name and its tag has, if there is one."""
    number = number_in((source / NUMBER).read_text("utf-8"))
    assert number is not None
    name = ".".join(map(str, number))
    tags = git("tag", "--points-at", "HEAD", "--list", f"{TAG}*").decode().split()
    if tags and f"{TAG}{name}" not in tags:
        raise NotReadyError(f"Das Programm nennt sich {name}, der Tag heißt {tags[0]}.")
    if tags and f"\n## {name}" not in (source / "CHANGELOG.md").read_text("utf-8"):
        raise NotReadyError(f"In CHANGELOG.md fehlt der Abschnitt „## {name}“.")
    return name


def onto_branch(epoch: str) -> str:
    """Commit the empty strategy to its branch, behind what is there; returns the commit."""
    when = f"{epoch} +0000"
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "Klarplan"), ("EMAIL", "klarplan@localhost"), ("DATE", when))
    }
    with TemporaryDirectory() as folder:
        template = empty(Path(folder) / "template")
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git("--work-tree", str(template), "add", "--all", "--force", ".", **index)
        tree = git("write-tree", **index).decode().strip()
    name = released(REPOSITORY)
    refs = (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}")
    former = git("for-each-ref", "--format=%(objectname)", *refs).decode().split()
    parents = ["-p", former[0]] if former else []
    commit = git("commit-tree", tree, *parents, "-m", f"Klarplan {name}", **who).decode().strip()
    git("update-ref", f"refs/heads/{BRANCH}", commit)
    return commit


def main(target: Path, *, branch: bool) -> None:
    """Make the release twice, compare, and write it."""
    if git("status", "--porcelain", "--untracked-files=no"):
        raise NotReadyError("Sichern Sie zuerst alle Änderungen mit „git commit“.")
    epoch = git("log", "-1", "--format=%ct").decode().strip()
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        files = made(Path(one), epoch)
        umask = os.umask(0o077)
        again = made(Path(other), epoch)
        os.umask(umask)
    different = [name for name in files if files[name] != again.get(name)]
    if different:
        raise NotReadyError(f"Zweimal hergestellt, sind verschieden: {', '.join(different)}")
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
        print(target / name)
    if branch:
        print(f"{BRANCH}: {onto_branch(epoch)}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), branch="--branch" in sys.argv[2:])
    except NotReadyError as error:
        sys.exit(str(error))
