"""Whose file is it: the engine's, the town's, or one that both write."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from klarplan.programs import program

Owner = Literal["engine", "town", "merged"]
OWNERS: tuple[Owner, ...] = get_args(Owner)
TABLE = Path(__file__).with_name("ownership.yml")
EXTENSIONS = ("local/",)
"""Where a town may keep programs of its own: the town's, and looked at like the engine's."""
NO_PROGRAM = ("local/words.yml", "local/synonyms.yml")
"""What lies there and says nothing but words."""
PROGRAM = "program"
"""What is touched besides the town where a proposal changes programs of its own."""
CODE_OWNERS = ".github/CODEOWNERS"
CODE_OWNERS_HEAD = """\
# Wer Änderungen am Programm freigibt. GitHub fragt dieses Team, und mit der Regel „Require review
# from Code Owners“ für den Zweig main kommt ohne seine Zustimmung nichts davon hinein.
# Texte und Tabellen stehen nicht hier; wer sie freigibt, regeln Sie selbst."""


def read_table(path: Path = TABLE) -> Mapping[Owner, tuple[str, ...]]:
    """The patterns of each owner, in the order of the table."""
    return as_table(yaml.safe_load(path.read_text(encoding="utf-8")))


def as_table(read: Any) -> Mapping[Owner, tuple[str, ...]]:
    """The patterns of each owner from a table as YAML reads it.

    ``KeyError`` or ``TypeError`` where it is none.
    """
    return {owner: tuple(read[owner]) for owner in OWNERS}


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
    """The owners of these paths; ``unknown`` for a path that hasn't exactly one.

    With ``PROGRAM`` where one of them is the town's own program, so that it is tested, too.
    """
    table = read_table()
    changed = [*paths]
    found = (owners_of(path, table) for path in changed)
    owners = {owners[0] if len(owners) == 1 else "unknown" for owners in found}
    return owners | ({PROGRAM} if any(map(_is_own_program, changed)) else set())


def changed_since(root: Path, commit: str) -> list[str] | None:
    """Paths that differ between a commit and HEAD, both names of what was renamed.

    ``None`` where git is missing, or doesn't know the commit.
    """
    git = program("git")
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


def _is_own_program(path: str) -> bool:
    return path not in NO_PROGRAM and any(_fits(path, pattern) for pattern in EXTENSIONS)


def is_program(path: str) -> bool:
    """Whether a path may hold what a build runs or trusts: more than texts, tables, pictures."""
    return _is_own_program(path) or owners_of(path, read_table()) not in (("town",), ("merged",))


def warnings(paths: Iterable[str]) -> list[str]:
    """The paths of a proposal that somebody who knows the program has to look at."""
    return sorted({path for path in paths if is_program(path)})


def code_owners(team: str) -> str:
    """The text of ``CODEOWNERS``: this team approves what changes the program.

    Raises ``ValueError`` where ``team`` isn't one or more of ``@name``, ``@group/name``, separated
    by blanks.
    """
    names = team.split()
    if not names or not all(re.fullmatch(r"@[\w-]+(/[\w.-]+)?", name) for name in names):
        raise ValueError(team)
    table = read_table()
    lines = [
        f"/{pattern} {' '.join(names)}"
        for pattern in (*table["engine"], *table["merged"], *EXTENSIONS, CODE_OWNERS)
    ]
    return "\n".join([CODE_OWNERS_HEAD, *lines]) + "\n"


def main(commit: str = "", root: Path | None = None) -> None:
    """Print the owners of what changed since a commit, else ``unknown``."""
    paths = changed_since(root or Path.cwd(), commit)
    print(" ".join(sorted(touched(paths))) if paths else "unknown")


def warn(style: str, commit: str = "", root: Path | None = None) -> int:
    """Warn of a proposal that changes the program, at GitHub as annotation; 1 where it does."""
    paths = changed_since(root or Path.cwd(), commit)
    if paths is None:
        told = "Was der Vorschlag ändert, ließ sich nicht feststellen."
    elif found := warnings(paths):
        listed = ", ".join(map(_printable, found[:20])) + (" …" if len(found) > 20 else "")
        told = f"Der Vorschlag ändert das Programm, nicht nur Texte und Tabellen: {listed}."
    else:
        print("Der Vorschlag ändert nur Texte und Tabellen.")
        return 0
    told += " Lassen Sie ihn von jemandem lesen, der das Programm kennt (SECURITY.md)."
    if style == "github":
        escaped = told.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        print(f"::warning title=Programm geändert::{escaped}")
        return 0
    print(f"Achtung: {told}")
    return 1


def _printable(path: str) -> str:
    """A path on one line: a name may hold what a terminal or a workflow takes for a command."""
    return "".join(letter if letter.isprintable() else "?" for letter in path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--warn"]:
        style, commit = [*sys.argv[2:4], "", ""][:2]
        sys.exit(warn(style, commit))
    main(sys.argv[1] if len(sys.argv) > 1 else "")
