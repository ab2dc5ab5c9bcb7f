"""Builds on disks that are full, read-only, foreign, or on which rights are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from klarplan.commands.targets import LEAST_ROOM
from tests.support.former import is_former, write_former
from tests.support.klein import copied
from tests.support.project import AS_OF, klarplan

ROOT = os.name == "posix" and os.geteuid() == 0
needs_mount = pytest.mark.skipif(
    not ROOT or sys.platform != "linux", reason="only the superuser of Linux can mount a small disk"
)
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if ROOT else []
"""What makes a superuser as weak as anybody else."""


def run(
    root: Path, *options: str, before: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    """Build without the superuser's rights."""
    command = [sys.executable, "-m", "klarplan", "build", "--root", str(root), "--as-of", AS_OF]
    return subprocess.run(
        [*WITHOUT_RIGHTS, *command, *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=before,
        timeout=600,
    )


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A small disk of its own."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    if said.returncode:
        pytest.skip(f"no disk can be mounted here: {said.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, left: int) -> None:
    """Leave only so many bytes on a disk."""
    with (disk / "voll").open("wb") as file:
        size = shutil.disk_usage(disk).free - left
        while size > 0:
            size -= file.write(b"\0" * min(size, 1_000_000))


def told(result: subprocess.CompletedProcess[str], words: str) -> None:
    """A failed build has said so in words, with a cure."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) >= 2, "a cure is missing"


@needs_mount
def test_too_little_room_is_told_before_the_work(tmp_path: Path) -> None:
    """A disk that can't hold the site is told before anything is done."""
    with mounted(tmp_path / "disk", "size=30m") as disk:
        root = copied(disk)
        write_former(root / "site")
        fill(disk, LEAST_ROOM // 2)
        result = run(root)
        told(result, "fehlt der Platz")
        assert result.stdout == ""
        assert is_former(root / "site")


@needs_mount
@pytest.mark.long
@pytest.mark.parametrize("more", [100_000, 2_500_000], ids=["early", "late"])
def test_disk_that_runs_full_is_told(tmp_path: Path, more: int) -> None:
    """Wherever the work finds no room any more, that is what is said, and the site stays."""
    with mounted(tmp_path / "disk", "size=30m") as disk:
        root = copied(disk)
        write_former(root / "site")
        fill(disk, LEAST_ROOM + more)
        told(run(root), "Der Datenträger ist voll")
        assert is_former(root / "site")


@pytest.mark.long
@needs_mount
def test_read_only_disk_is_told(tmp_path: Path) -> None:
    """A disk on which nothing can be written is told before the work."""
    with mounted(tmp_path / "disk", "size=30m") as disk:
        root = copied(disk)
        write_former(root / "site")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        result = run(root)
        told(result, "schreibgeschützt")
        assert result.stdout == ""
        assert is_former(root / "site")


@pytest.mark.long
@needs_mount
def test_mounted_site_is_told(tmp_path: Path) -> None:
    """A disk in the place of the site can't be exchanged, and what is on it stays."""
    root = copied(tmp_path)
    with mounted(root / "site", "size=1m") as disk:
        result = run(root)
        told(result, "eingehängt")
        assert result.stdout == ""
        assert list(disk.iterdir()) == []
    with mounted(write_former(root / "site2") / "bilder", "size=1m") as disk:
        (disk / "foto").touch()
        result = run(root, "--output", str(root / "site2"))
        assert result.returncode == 2
        assert "eingehängt" in result.stderr
        assert (disk / "foto").exists()


@pytest.mark.long
def test_missing_rights_are_told(tmp_path: Path) -> None:
    """A root and a target that may not be written are told before the work."""
    root = copied(tmp_path)
    write_former(root / "site")
    (tmp_path / "zu").mkdir()
    for folder, options in (
        (root, ()),
        (tmp_path / "zu", ("--output", str(tmp_path / "zu/website"))),
    ):
        folder.chmod(0o555)
        try:
            result = run(root, *options)
        finally:
            folder.chmod(0o755)
        told(result, "Das Recht dafür fehlt")
        assert result.stdout == ""
        assert str(folder) in result.stderr
        assert is_former(root / "site")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second disk")
@pytest.mark.long
def test_site_on_another_disk(tmp_path: Path) -> None:
    """A site on another disk than the root is made and replaced, with rights for everyone."""
    root, target = copied(tmp_path), Path("/dev/shm") / f"klarplan-{os.getpid()}"
    arguments = ("build", "--root", str(root), "--as-of", AS_OF, "--no-pdf")
    try:
        write_former(target / "website")
        former = os.umask(0o077)
        try:
            result = klarplan(*arguments, "--output", str(target / "website"))
        finally:
            os.umask(former)
        assert result.returncode == 0, result.stderr
        assert [p.name for p in target.iterdir()] == ["website"]
        assert (target / "website/massnahmen/index.html").is_file()
        assert {
            (p.is_dir(), oct(p.stat().st_mode & 0o777)) for p in (target / "website").rglob("*")
        } == {(True, "0o755"), (False, "0o644")}
    finally:
        shutil.rmtree(target)
