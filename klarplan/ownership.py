"""Whose file is it: the engine's, the town's, or one that both write."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, get_args

import yaml

Owner = Literal["engine", "town", "merged"]
OWNERS: tuple[Owner, ...] = get_args(Owner)
TABLE = Path(__file__).with_name("ownership.yml")


def read_table(path: Path = TABLE) -> Mapping[Owner, tuple[str, ...]]:
    """The patterns of each owner, in the order of the table."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {owner: tuple(table[owner]) for owner in OWNERS}


def _fits(path: str, pattern: str) -> bool:
    """Whether a pattern means this path; its ``*`` does not cross a slash."""
    wanted, given = pattern.rstrip("/").split("/"), path.split("/")
    if len(given) < len(wanted) or pattern.endswith("/") != (len(given) > len(wanted)):
        return False
    return all(fnmatchcase(name, part) for name, part in zip(given, wanted, strict=False))


def owners_of(path: str, table: Mapping[Owner, tuple[str, ...]]) -> tuple[Owner, ...]:
    """Who owns a path (relative to the root, with slashes): one owner if the table is sound.

    The longest pattern decides; several owners mean that patterns of the same length contradict
    each other, none that no pattern knows the path.
    """
    fitting = {
        owner: max((len(p) for p in patterns if _fits(path, p)), default=0)
        for owner, patterns in table.items()
    }
    longest = max(fitting.values())
    return tuple(owner for owner, length in fitting.items() if length == longest > 0)


def touched(paths: Iterable[str]) -> set[str]:
    """The owners of these paths; ``unknown`` for a path that hasn't exactly one."""
    table = read_table()
    found = (owners_of(path, table) for path in paths)
    return {owners[0] if len(owners) == 1 else "unknown" for owners in found}


def changed_since(root: Path, commit: str) -> list[str] | None:
    """Paths that differ between a commit and HEAD, both names of what was renamed.

    ``None`` where git is missing, or doesn't know the commit.
    """
    git = shutil.which("git")
    if git is None or not commit or commit.startswith("-"):
        return None
    done = subprocess.run(  # noqa: S603 (fixed program; the commit is no option)
        [git, "-C", str(root), "diff", "--name-only", "--no-renames", "-z", f"{commit}...HEAD"],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        return None
    return [path for path in done.stdout.decode("utf-8", "replace").split("\0") if path]


def main(commit: str = "", root: Path | None = None) -> None:
    """Print the owners of what changed since a commit, else ``unknown``."""
    paths = changed_since(root or Path.cwd(), commit)
    print(" ".join(sorted(touched(paths))) if paths else "unknown")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
