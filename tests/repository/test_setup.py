"""Setting up with make: clear words on a machine that lacks something, and no work twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.project import REPOSITORY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds only what the set-up reads."""
    place = tmp_path / "Meine Strategie"
    place.mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, place / name)
    return place


def run_make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder and return what it printed."""
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def fake_python(folder: Path, script: str) -> str:
    """A program that stands in for Python."""
    program = folder / "python-fake"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return "PYTHON=./python-fake"


def pretend_environment(folder: Path, *, made_in: str) -> None:
    """What make looks at to tell whether an environment is there and up to date."""
    environment = folder / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(shutil.which("true") or "/bin/true")
    (environment / "place").write_text(made_in, encoding="utf-8")
    (environment / "runtime.stamp").touch()


def test_an_old_python_is_refused_with_its_version(folder: Path) -> None:
    """With Python 3.9, make says what it found and how to name another one."""
    old = fake_python(folder, 'test "$1" = --version && echo Python 3.9.18 || exit 1')
    done = run_make(folder, "setup", old)
    assert done.returncode == 2
    assert "Klarplan braucht Python 3.11 oder neuer. Gefunden: Python 3.9.18." in done.stderr
    assert "PYTHON=python3.12" in done.stderr
    assert not (folder / ".venv").exists()


def test_a_missing_python_is_named(folder: Path) -> None:
    """Without Python, make names the program that it looked for."""
    done = run_make(folder, "site", "PYTHON=python-that-is-not-there")
    assert done.returncode == 2
    assert "Gefunden: kein „python-that-is-not-there“." in done.stderr


def test_a_python_without_venv_is_told_how_to_get_it(folder: Path) -> None:
    """On a bare Debian, make names the package that is missing."""
    bare = fake_python(folder, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = run_make(folder, "setup", bare)
    assert done.returncode == 2
    assert "sudo apt-get install python3-venv" in done.stderr


def test_a_second_run_installs_nothing() -> None:
    """Once set up, ``make site`` goes straight to building."""
    planned = run_make(REPOSITORY, "--dry-run", "site").stdout
    assert planned.splitlines() == [".venv/bin/klarplan build"]


def test_a_newer_lock_file_is_installed(folder: Path) -> None:
    """After an update of the lock file, the next command installs it."""
    pretend_environment(folder, made_in=str(folder))
    assert run_make(folder, "--question", "setup").returncode == 0
    newer = (folder / ".venv" / "runtime.stamp").stat().st_mtime + 10
    os.utime(folder / "requirements.lock", (newer, newer))
    assert "--require-hashes -r requirements.lock" in run_make(folder, "--dry-run", "setup").stdout


def test_a_moved_folder_is_set_up_anew(folder: Path) -> None:
    """An environment that was made elsewhere is replaced, since its programs point there."""
    pretend_environment(folder, made_in="/somewhere/else")
    assert "-m venv --clear .venv" in run_make(folder, "--dry-run", "setup").stdout


def test_set_up_says_what_it_does_without_words_of_pip(folder: Path) -> None:
    """Each step of the set-up is announced in German, and pip tells nothing but errors."""
    planned = run_make(folder, "--dry-run", "setup").stdout.splitlines()
    installing = [number for number, line in enumerate(planned) if "pip install" in line]
    assert len(installing) == 2
    assert planned[installing[0] - 1].startswith("echo 'Die Programme, die Klarplan braucht")
    assert all("--quiet --quiet" in planned[number] for number in installing)
    assert planned[-2] == "echo 'Klarplan ist eingerichtet.'"
