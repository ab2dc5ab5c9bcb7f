"""States of a strategy that git keeps: a revision unpacked, and what people name as one."""

from __future__ import annotations

import contextlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from klarplan.comparison.state import FOLDERS, State, read_state
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.processes import git

HERE = Text("Ihre Dateien", "your files")
"""What the state is called that is in the folder, committed or not."""


@contextlib.contextmanager
def states(root: Path, asked: str | None, lang: Lang) -> Iterator[tuple[State, State]]:
    """The two states that somebody asks for, the earlier first.

    ``A..B`` are two revisions, ``A...B`` what both have in common and ``B``, ``A`` or ``A..`` a
    revision and the folder as it is; nothing is the last commit and the folder. An existing folder
    may stand for a revision. Raises ``KlarplanError`` (exit code 2) where git does not know a
    revision, or it holds no strategy.
    """
    first, second = _named(root, asked)
    with contextlib.ExitStack() as kept:
        sides = [kept.enter_context(_state(root, name, lang)) for name in (first, second)]
        yield sides[0], sides[1]


def _named(root: Path, asked: str | None) -> tuple[str, str]:
    if asked and "..." in asked:
        one, _, other = asked.partition("...")
        common = git(root, "merge-base", "--end-of-options", one or "HEAD", other or "HEAD")
        if common is None:
            raise _unknown(asked)
        return common.decode().split()[0], other or "HEAD"
    if asked and (Path(asked) / "data").is_dir():
        return asked, ""
    first, _, second = (asked or "HEAD").partition("..")
    return first or "HEAD", second


@contextlib.contextmanager
def _state(root: Path, name: str, lang: Lang) -> Iterator[State]:
    if not name:
        yield read_state(root, HERE.in_(lang), (root, ""))
    elif (Path(name) / "data").is_dir():
        yield read_state(Path(name), name, (Path(name), ""))
    else:
        with TemporaryDirectory(prefix="klarplan-") as folder:
            sha = _unpacked(root, name, Path(folder))
            yield read_state(Path(folder), name, (root, sha))


def _unpacked(root: Path, revision: str, folder: Path) -> str:
    """Unpack what a town writes, as it was in a revision; nothing else, and no links.

    Returns the commit.
    """
    commit = git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if commit is None:
        raise _unknown(revision) if revision != "HEAD" else _nothing_yet()
    sha = commit.decode().strip()
    listed = git(root, "ls-tree", "--name-only", "-z", sha) or b""
    there = [name for name in listed.decode().split("\0") if name in FOLDERS]
    packed = git(root, "archive", "--format=tar", sha, "--", *there) if there else None
    if packed is None:
        raise _unknown(revision)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = [member for member in archive if member.isfile()]
        archive.extractall(folder, files, filter="data")
    return sha


def _nothing_yet() -> KlarplanError:
    return KlarplanError(
        Text(
            "Hier ist noch nichts in git gesichert, womit sich vergleichen ließe.",
            "Nothing is committed to git here yet that could be compared.",
        ),
        Text(
            "Sichern Sie den Stand (git commit), oder nennen Sie den Ordner einer anderen Fassung.",
            "Commit what there is, or name the folder of another version.",
        ),
        exit_code=2,
    )


def _unknown(revision: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"Git kennt hier keine Strategie mit dem Stand „{revision}“.",
            f"Git knows no strategy here at “{revision}”.",
        ),
        Text(
            "Nennen Sie einen Zweig, eine Fassung oder eine Commit-Nummer; „git log --oneline“ "
            "zeigt, was es gibt.",
            "Name a branch, a tag or a commit; “git log --oneline” shows what there is.",
        ),
        exit_code=2,
    )
