"""When the tables changed: git tells it, unless it knows a part of its history only."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from klarplan.commands.last_change import changes_of


def _git(folder: Path, *arguments: str, day: str = "2026-11-01") -> None:
    moment = f"{day}T12:00:00+01:00"
    who = ("-c", "user.name=X", "-c", "user.email=x@example.org")
    subprocess.run(
        ["git", "-C", str(folder), *who, *arguments],
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Tables changed in March and May, a text in June."""
    root = tmp_path / "ort"
    (root / "data").mkdir(parents=True)
    _git(root, "init")
    for file, day in (
        ("data/a.csv", "2025-03-01"),
        ("data/a.csv", "2025-05-02"),
        ("b", "2025-06-03"),
    ):
        (root / file).write_text(day, "utf-8")
        _git(root, "add", "-A")
        _git(root, "commit", "-m", day, day=day)
    return root


def test_only_changes_of_tables_count(repository: Path) -> None:
    """A later change of a text makes no data new."""
    changes = changes_of(repository)
    assert changes
    assert (changes.first, changes.last) == (dt.date(2025, 3, 1), dt.date(2025, 5, 2))


def test_a_shallow_clone_tells_nothing(repository: Path, tmp_path: Path) -> None:
    """Its only commit seems to have changed everything."""
    _git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "flach")
    assert changes_of(tmp_path / "flach") is None


def test_without_git_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that git does not know has no history."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert changes_of(tmp_path) is None
