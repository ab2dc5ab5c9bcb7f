"""``klarplan hook``: what will be committed is checked, and only where the town wrote it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from klarplan import own_files
from klarplan.commands.hook import copy_of_next_commit, hook_file, staged, written_by_town
from tests.support import own
from tests.support.git import committed, git
from tests.support.klein import append, copied, replace
from tests.support.project import klarplan

BROKEN = "A-9,Bänke,,F-99,project,4,2024-01-01,,,,,,,,,\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy, kept by git."""
    root = copied(tmp_path)
    committed(root)
    return root


def checked(root: Path) -> subprocess.CompletedProcess[str]:
    """What the hook says of the next commit."""
    return klarplan("hook", "--staged", "--root", str(root), "--as-of", "2026-06-30")


def test_an_error_in_what_is_staged_stops_the_commit(root: Path) -> None:
    """It is told as the check tells it."""
    append(root, "data/measures.csv", BROKEN)
    git(root, "add", "--all")
    done = checked(root)
    assert done.returncode == 1
    assert "data/measures.csv:" in done.stderr
    assert "F-99" in done.stderr
    assert "--no-verify" in done.stderr


def test_only_what_is_staged_counts(root: Path) -> None:
    """An error that is not to be committed stops nothing; nor does one that is mended by now."""
    replace(root, "data/goals.csv", "Wege sparen", "Wege kürzen")
    git(root, "add", "--all")
    append(root, "data/measures.csv", BROKEN)
    assert checked(root).returncode == 0
    git(root, "add", "--all")
    git(root, "restore", "--source", "HEAD", "--worktree", "data/measures.csv")
    assert checked(root).returncode == 1


def test_what_the_engine_owns_is_not_checked(root: Path) -> None:
    """A commit of its files alone passes at once, whatever stands in the others."""
    append(root, "data/measures.csv", BROKEN)
    git(root, "commit", "--quiet", "--all", "--message", "Fehler")
    own.put(root, {"Makefile": b"all:\n", "docs/handbuch/neu.md": b"# Neu\n"})
    git(root, "add", "--all")
    assert staged(root) == ()
    assert checked(root).returncode == 0
    assert written_by_town(["klarplan/x.py", "docs/a.md", "data/datapackage.json"]) == [
        *("docs/a.md", "data/datapackage.json")
    ]


def test_the_hook_is_put_in_place_and_taken_away(root: Path) -> None:
    """Twice does no harm; another's hook stays, and one is told what to add there."""
    for _ in range(2):
        assert klarplan("hook", "--root", str(root)).returncode == 0
    assert "klarplan hook --staged" in hook_file(root).read_text("utf-8")
    assert f"{sys.executable} -m klarplan hook --remove" in hook_file(root).read_text("utf-8")
    assert klarplan("hook", "--remove", "--root", str(root)).returncode == 0
    assert not hook_file(root).exists()
    hook_file(root).write_text("#!/bin/sh\nexit 0\n", "utf-8")
    for call in (("hook",), ("hook", "--remove")):
        done = klarplan(*call, "--root", str(root))
        assert done.returncode == 1
        told = "".join(done.stderr.split())
        assert f"{sys.executable}-mklarplanhook--staged" in told
    assert hook_file(root).read_text("utf-8") == "#!/bin/sh\nexit 0\n"


def test_without_git_there_is_no_hook(tmp_path: Path) -> None:
    """The command says what is missing."""
    done = klarplan("hook", "--root", str(copied(tmp_path)))
    assert done.returncode == 2
    assert "git init" in done.stderr


def test_a_missing_environment_lets_the_commit_pass_and_says_so(root: Path) -> None:
    """Nobody is kept from working by a folder that was tidied away."""
    klarplan("hook", "--root", str(root))
    script = hook_file(root)
    lines = script.read_text("utf-8").splitlines()
    python = lines[-1].split()[1]
    script.write_text("\n".join(lines).replace(python, "/nirgends/python") + "\n", "utf-8")
    replace(root, "data/goals.csv", "Wege sparen", "Wege kürzen")
    told = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-a", "-m", "x"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Nicht geprüft" in told.stderr
    assert "make setup" in told.stderr


@pytest.mark.long
def test_git_itself_asks_the_hook(tmp_path: Path) -> None:
    """A real commit is stopped, and passes when mended; also where the strategy is a folder."""
    root = copied(tmp_path / "Ein Haus & Hof")
    committed(root.parent)
    klarplan("hook", "--root", str(root))
    append(root, "data/measures.csv", BROKEN)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(root, "commit", "--all", "--message", "Bänke")
    assert "F-99" in stopped.value.stderr
    replace(root, "data/measures.csv", BROKEN, BROKEN.replace("F-99", "F-1"))
    git(root, "commit", "--all", "--message", "Bänke")


def test_where_klarplan_runs_from_the_folder_all_of_the_town_is_checked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own templates are found by themselves; tables and texts are those of the next commit."""
    own.put(root, {"overrides/macros/eigen.html": b"{{ x }}", "klarplan/x.py": b""})
    append(root, "data/measures.csv", BROKEN)
    git(root, "add", "--all")
    copies = {}
    for name, package in {"elsewhere": tmp_path / "klarplan", "here": root / "klarplan"}.items():
        monkeypatch.setattr(own_files, "PACKAGE", package.resolve())
        copy = copy_of_next_commit(root, tmp_path / name)
        copies[name] = {f.relative_to(copy) for f in copy.rglob("*") if f.is_file()}
        assert BROKEN in (copy / "data/measures.csv").read_text("utf-8")
    engine = {file for file in copies["elsewhere"] if file.parts[0] == "overrides"}
    assert engine
    assert copies["here"] == copies["elsewhere"] - engine
