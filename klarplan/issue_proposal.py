"""The last step from an issue to a proposal: a change that was made elsewhere becomes a commit.

It runs with the right to write, so it runs nothing but git, imports nothing but the standard
library (``python3 -I klarplan/issue_proposal.py``), and takes only what ``klarplan inbox`` can have
made: rows added to tables, texts begun. What it is given counts as a stranger's: the change is
judged by what git says of it, before and after it is applied, and its words stand where no forge
takes them for more.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PATCH, SUMMARY, BODY = "vorschlag.patch", "zusammenfassung.txt", "text.md"
"""The files of a proposal: what it changes, what that means, what is said of it to people."""
MOST_BYTES = 500_000
MOST_LETTERS = 20_000
"""So much of what it means is shown."""
MOST_FILES = 4
PLAIN = "100644"
_PATH = re.compile(r"data/[\w-]{1,80}\.csv|strategy/(?:[\w-]{1,80}/){0,3}[\w-][\w.-]{0,80}\.md")
_COUNTED = re.compile(r"(\d+)\t(\d+)\t(.+)", re.DOTALL)
_CREATED = re.compile(rf" create mode {PLAIN} .+")
_RAW = re.compile(rf":(?:{PLAIN}|0{{6}}) {PLAIN} [0-9a-f]+ [0-9a-f]+ [AM]")
_WHO = {
    "NAME": "github-actions[bot]",
    "EMAIL": "41898282+github-actions[bot]@users.noreply.github.com",
}


class RefusedError(Exception):
    """The change is none that ``klarplan inbox`` can have made."""


def propose(root: Path, folder: Path, number: str) -> None:
    """Commit the change in ``folder`` to the repository ``root``, and write what to say of it.

    ``number`` is that of the issue. Raises ``RefusedError``; then nothing is committed.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        raise RefusedError("Die Nummer des Issues fehlt.")
    patch = folder.resolve() / PATCH
    expected = judged(root, patch)
    _git(root, "apply", "--index", "--whitespace=nowarn", "--", str(patch))
    made = _git(root, "diff", "--cached", "--raw", "-z", "--no-renames", "--no-ext-diff", "HEAD")
    words = made.split("\0")[:-1]
    states, paths = words[::2], words[1::2]
    if sorted(paths) != sorted(expected) or not all(map(_RAW.fullmatch, states)):
        raise RefusedError("Angewandt ändert der Vorschlag anderes, als er angibt.")
    _git(root, "commit", "--quiet", "--no-verify", "-m", f"Übernimmt die Meldung aus #{number}")
    told = (folder / SUMMARY).read_text("utf-8", "replace")
    (folder / BODY).write_text(body(told, number), "utf-8", newline="\n")


def judged(root: Path, patch: Path) -> list[str]:
    """The paths that a patch changes; raises ``RefusedError`` where it does more than it may."""
    if not patch.is_file() or patch.is_symlink() or not 0 < patch.stat().st_size <= MOST_BYTES:
        raise RefusedError("Der Vorschlag fehlt, oder er ist zu groß.")
    counted = _git(root, "apply", "--numstat", "-z", "--", str(patch)).split("\0")[:-1]
    if not 0 < len(counted) <= MOST_FILES:
        raise RefusedError("Der Vorschlag ändert keine oder zu viele Dateien.")
    paths = []
    for entry in counted:
        found = _COUNTED.fullmatch(entry)
        # A row behind a last line without an end changes that line.
        if not found or int(found[2]) > 1:
            raise RefusedError("Der Vorschlag fügt nicht nur hinzu.")
        path = found[3]
        if not _PATH.fullmatch(path) or ".." in path:
            raise RefusedError(f"Der Vorschlag ändert mehr als Texte und Tabellen: {path!a}.")
        place = root / path
        if any(part.is_symlink() for part in (place, *place.parents) if part != root):
            raise RefusedError(f"Auf dem Weg liegt eine Verknüpfung: {path!a}.")
        paths.append(path)
    for line in _git(root, "apply", "--summary", "--", str(patch)).splitlines():
        if not _CREATED.fullmatch(line):
            raise RefusedError("Der Vorschlag ändert Namen oder Rechte von Dateien.")
    return paths


def body(told: str, number: str) -> str:
    """What is said of a proposal; words of the issue stand where nothing in them means anything."""
    return (
        f"Übernommen aus dem Issue #{number}. Bitte lesen, Prüfungen freigeben, dann annehmen.\n\n"
        f"Closes #{number}\n\n{fenced(told)}"
    )


def fenced(told: str) -> str:
    """A text as a block of code, which nothing in it can end."""
    lines = told[:MOST_LETTERS].splitlines()
    text = "\n".join("".join(c if c.isprintable() else "�" for c in line) for line in lines)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}\n"


def _git(root: Path, *arguments: str) -> str:
    """What git says; neither hooks nor the settings of anybody else are heeded."""
    who = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in _WHO.items()}
    safe = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603 (arguments are fixed, paths behind --)
        ["git", "-c", f"core.hooksPath={os.devnull}", *arguments],  # noqa: S607
        cwd=root,
        env={**os.environ, **who, **safe},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError(f"git {arguments[0]}: {done.stderr.decode('utf-8', 'replace')[:500]!a}")
    return done.stdout.decode("utf-8", "replace")


def main(arguments: Sequence[str]) -> int:
    """``fence FILE`` prints a text as a block of code; ``propose FOLDER NUMBER`` commits."""
    if arguments[:1] == ["fence"]:
        sys.stdout.buffer.write(fenced(Path(arguments[1]).read_text("utf-8", "replace")).encode())
        return 0
    try:
        propose(Path.cwd(), Path(arguments[1]), arguments[2])
    except RefusedError as error:
        print(f"Nicht übernommen: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
