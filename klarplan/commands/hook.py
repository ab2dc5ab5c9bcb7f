"""A check before every commit: of what will be committed, and only where the town wrote it."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.own_files import is_upstream
from klarplan.ownership import owners_of, read_table
from klarplan.processes import git

NAME = "pre-commit"
SIGN = "# klarplan hook"
"""Tells our hook from those of others."""
CHECKED = ("data", "strategy", "docs", "local", "mkdocs.yml")
"""What the check reads."""
ENGINE = ("overrides", "macros")
"""What it reads as well; where Klarplan runs from there, it finds them by itself."""
HANDBOOK = "docs/handbuch/"
_HEADING = re.compile(r"(?m)^#{1,6} .+$")

SCRIPT = """\
#!/bin/sh
{sign}: prüft vor jedem Commit, was Sie geändert haben.
# Fortnehmen: {python} -m klarplan hook --remove. Einmal übergehen: git commit --no-verify.
if [ ! -x {python} ]; then
  echo "Nicht geprüft: Klarplan ist nicht eingerichtet ({python} fehlt). Abhilfe: make setup" >&2
  exit 0
fi
exec {python} -m klarplan hook --staged --root {root}
"""
AT_ONCE = 200
"""So many files are named to git in one call, since calls must not be long."""


def hook_file(root: Path) -> Path:
    """Where git looks for the hook; ``KlarplanError`` (exit code 2) where git keeps nothing."""
    told = git(root, "rev-parse", "--git-path", f"hooks/{NAME}")
    if told is None:
        raise KlarplanError(
            Text(
                "Hier hält git keine Geschichte fest, oder git fehlt.",
                "Git keeps no history here, or is missing.",
            ),
            Text("Rufen Sie zuerst „git init“ auf.", "Call “git init” first."),
            exit_code=2,
        )
    return root.resolve() / told.decode().strip()


def install(root: Path) -> Path:
    """Write the hook; raises ``KlarplanError`` where there is another one."""
    path = hook_file(root)
    _refuse_others(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    below = shlex.quote(_below(root) or ".")
    script = SCRIPT.format(sign=SIGN, python=_python(), root=below)
    path.write_text(script, encoding="utf-8", newline="\n")
    path.chmod(0o755)
    return path


def _python() -> str:
    return shlex.quote(Path(sys.executable).as_posix())


def uninstall(root: Path) -> Path:
    """Take the hook away, where there is ours."""
    path = hook_file(root)
    _refuse_others(path)
    path.unlink(missing_ok=True)
    return path


def _refuse_others(path: Path) -> None:
    if path.exists() and SIGN not in path.read_text("utf-8", "replace"):
        # No shell of git knows the folder that a command of ours lies in.
        call = f"{_python()} -m klarplan hook --staged"
        raise KlarplanError(
            Text(f"„{path}“ gibt es schon.", f"“{path}” exists already."),
            Text(
                f"Schreiben Sie dort als letzte Zeile: {call}",
                f"Write there as the last line: {call}",
            ),
        )


def staged(root: Path) -> tuple[str, ...]:
    """The files of the next commit below ``root`` that the town writes."""
    told = git(root, "diff", "--cached", "--name-only", "--no-renames", "--relative", "-z")
    names = (told or b"").decode("utf-8", "replace").split("\0")
    return tuple(written_by_town(name for name in names if name))


def written_by_town(names: Iterable[str]) -> Sequence[str]:
    """Those of these files that are not the engine's."""
    table = read_table()
    return [name for name in names if "engine" not in owners_of(name, table)]


def _below(root: Path) -> str:
    """Where the strategy lies in its repository, with a slash at its end; empty at its top."""
    return (git(root, "rev-parse", "--show-prefix") or b"").decode().strip()


def copy_of_next_commit(root: Path, folder: Path) -> Path:
    """Write what git will commit into a folder; returns where the strategy lies there.

    Only what the check reads is written.

    Of the engine's handbook only headings are kept: nobody changes it, and links to it hold.
    """
    read = [*CHECKED, *(name for name in ENGINE if not is_upstream(root / name))]
    told = git(root, "ls-files", "-z", "--", *read) or b""
    names = [name for name in told.decode("utf-8", "replace").split("\0") if name]
    prefix = f"--prefix={folder.resolve().as_posix()}/"
    for first in range(0, len(names), AT_ONCE):
        git(root, "checkout-index", prefix, "--", *names[first : first + AT_ONCE])
    copy = folder / _below(root)
    for page in (copy / HANDBOOK).rglob("*.md"):
        headings = "\n\n".join(_HEADING.findall(page.read_text("utf-8", "replace")))
        page.write_text(f"{headings}\n", encoding="utf-8", newline="\n")
    return copy
