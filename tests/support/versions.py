"""Versions of the engine as small as can be, and forks of them, with real git."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from klarplan.own_files import PACKAGE
from klarplan.zip_files import zipped
from tests.support.git import committed, git

PROGRAM = """\
import json, os, pathlib, signal, sys, time
step, folder = sys.argv[1], pathlib.Path("klarplan")
print(f"{step} mit {sys.prefix}")
if step == "migrate":
    pathlib.Path("data/measures.csv").open("a").write("M-2,umgestellt\\n")
if (folder / f"{step}-fails").exists():
    print("strategy/vision.md:3: Fehler")
    sys.exit(1)
for name in ("SIGTERM", "SIGKILL"):
    if (folder / f"{step}-{name}").exists():
        os.kill(os.getppid(), getattr(signal, name))
        time.sleep(60)
"""
"""A program that migrates one table, and fails or has whoever runs it interrupted, as told."""

CHANGES = """\
# Änderungen

## {number}

### Für die Redaktion

- Neu für die Redaktion in {number},
  auf zwei Zeilen.

### Für Bürgerinnen und Bürger

- Neu auf der Website in {number}.

### Für Kommunen, die Klarplan übernehmen

- Neu für Kommunen in {number}.
"""
TOWN = {
    "data/measures.csv": "id,title\nM-1,WLAN\n",
    "strategy/vision.md": "# Vision\n\nUnser Satz.\n",
    "docs/index.md": "# Willkommen\n",
    "local/words.yml": "menu: {}\n",
    "README.md": "Unsere Strategie\n",
}
"""What a town writes."""


def version(number: str, more: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The files of a version; ``more`` are others, or none where ``None`` stands."""
    files: dict[str, str | None] = {
        "klarplan/__init__.py": f'__version__ = "{number}"\n',
        "klarplan/__main__.py": PROGRAM,
        "klarplan/ownership.yml": (PACKAGE / "ownership.yml").read_text("utf-8"),
        "klarplan/strategy/datapackage.json": "{}\n",
        "pyproject.toml": '[project]\nrequires-python = ">=3.11"\n',
        "requirements.lock": "",
        "CHANGELOG.md": CHANGES.format(number=number),
        "Makefile": "site:\n",
        "macros/start.py": "alt\n",
        "overrides/main.html": "<main>\n",
        **(more or {}),
    }
    return {name: text for name, text in files.items() if text is not None}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, and nothing else of what git keeps there."""
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.name != ".git":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return folder


def archive(path: Path, files: Mapping[str, str], top: str = "klarplan-1.0.0/") -> Path:
    """A ZIP file as hosts make them, all in one folder."""
    path.write_bytes(zipped({top + name: text.encode() for name, text in files.items()}))
    return path


class Upstream:
    """Klarplan's own repository, with a version after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def release(self, number: str, more: Mapping[str, str | None] | None = None) -> None:
        """Commit a version and tag it."""
        write(self.folder, version(number, more))
        if not (self.folder / ".git").exists():
            committed(self.folder)
        else:
            git(self.folder, "add", "--all")
            git(self.folder, "commit", "--quiet", "--message", number)
        git(self.folder, "tag", f"klarplan-v{number}")


def fork_of(upstream: Path, folder: Path) -> Path:
    """A fork with its history, in which the town has written its own."""
    git(folder.parent, "clone", "--quiet", str(upstream), str(folder))
    git(folder, "config", "user.name", "Amt")
    git(folder, "config", "user.email", "amt@example.org")
    for name, text in TOWN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return commit(folder)


def commit(folder: Path) -> Path:
    """Commit all that is in a fork."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Eigenes")
    return folder


def state(folder: Path) -> tuple[str, str, str, dict[str, bytes]]:
    """All that an update could change in a fork: commit, branches, worktrees, files."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    told = (("rev-parse", "HEAD"), ("branch", "--list"), ("worktree", "list"))
    head, branches, places = (git(folder, *words) for words in told)
    return head, branches, places, files
