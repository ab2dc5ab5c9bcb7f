"""Klarplan's own repository and a fork of it, both with the real engine and real git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from klarplan.check.sample import digest, sentence_digests
from tests.support.forks import FORK_FILES, GEMEINDE
from tests.support.git import git
from tests.support.project import AS_OF, REPOSITORY
from tests.support.versions import commit

SAMPLE_LIST = "klarplan/check/sample.txt"
DESCRIPTORS = ("klarplan/strategy/datapackage.json", "data/datapackage.json")


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program that is in a fork, on the tests' day, and no other."""
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "80"}
    day = dict.fromkeys(("build", "check"), ("--as-of", AS_OF)).get(arguments[0], ())
    return subprocess.run(
        [sys.executable, "-m", "klarplan", *arguments, *day],
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
        timeout=600,
    )


def done(root: Path, *arguments: str) -> str:
    """What a command says that succeeds."""
    result = run(root, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def upstream(folder: Path) -> Path:
    """Klarplan's repository with a first version: all that git keeps here, but the tests."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        if not name.startswith("tests/") and (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    for name in ("user.name", "user.email"):
        git(folder, "config", name, "klarplan@example.org")
    return release(folder, "1.0.0", {})


def release(folder: Path, number: str, edits: Mapping[str, tuple[str, str]]) -> Path:
    """Publish a version: in each file, the first text becomes the second (a new file: all)."""
    for name, (old, new) in edits.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else ""
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        if name.startswith("strategy/"):
            texts = [digest(path.read_bytes()), *sentence_digests(path.read_text("utf-8"))]
            with (folder / SAMPLE_LIST).open("a", encoding="utf-8") as known:
                known.write("".join(f"{one}\n" for one in texts))
    first = folder / "klarplan/__init__.py"
    head, _, _ = first.read_text("utf-8").partition("__version__")
    first.write_text(f'{head}__version__ = "{number}"\n', "utf-8")
    changes = folder / "CHANGELOG.md"
    text = f"\n## {number}\n\n### Für die Redaktion\n\n- Neu in {number}.\n"
    changes.write_text(changes.read_text("utf-8") + text, "utf-8")
    commit(folder)
    git(folder, "tag", f"klarplan-v{number}")
    return folder


def described(folder: Path, table: str, field: Mapping[str, object]) -> None:
    """Add a column to the description of a table: the engine's own, and that of its sample."""
    for name in DESCRIPTORS:
        path = folder / name
        package = json.loads(path.read_text("utf-8"))
        (found,) = (one for one in package["resources"] if one["name"] == table)
        found["schema"]["fields"].append(field)
        path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def fork_of(folder: Path, target: Path) -> Path:
    """A town's fork with its own strategy, made as the handbook says."""
    git(folder.parent, "clone", "--quiet", str(folder), str(target))
    return own_strategy(target)


def own_strategy(fork: Path) -> Path:
    """Begin a strategy of its own in a clone, and enter its tables and texts."""
    for name in ("user.name", "user.email"):
        git(fork, "config", name, "amt@auental.example")
    done(fork, "init", "--yes", *GEMEINDE.init, "--site-url", "", "--repository", "")
    shutil.copytree(FORK_FILES / GEMEINDE.name, fork, dirs_exist_ok=True)
    return commit(fork)
