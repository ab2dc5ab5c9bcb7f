"""Several builds in one folder: one works, the others are told; nothing is mixed."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from klarplan.commands.workplace import LOCK, workplace
from klarplan.messages import KlarplanError
from tests.commands.test_interruption import files
from tests.support.klein import copied
from tests.support.project import AS_OF, build, klarplan

PAIRS = 4


def work(root: Path, began: Event, end: Event) -> None:
    """Hold the folder of a root, as a build does."""
    with workplace(root):
        began.set()
        end.wait(60)


@pytest.fixture
def busy(tmp_path: Path) -> tuple[Path, multiprocessing.Process, Event]:
    """A root in which another process works, that process, and what ends its work."""
    root = copied(tmp_path)
    context = multiprocessing.get_context("spawn")
    began, end = context.Event(), context.Event()
    process = context.Process(target=work, args=(root, began, end), daemon=True)
    process.start()
    assert began.wait(60)
    return root, process, end  # type: ignore[return-value]


def test_second_build_is_told_who_builds(
    busy: tuple[Path, multiprocessing.Process, Event],
) -> None:
    """A build in a folder where another works ends at once and names its process and time."""
    root, process, end = busy
    arguments = ("--root", str(root), "--as-of", AS_OF)
    result = klarplan("build", *arguments)
    assert result.returncode == 1
    assert f"Prozess {process.pid}, seit " in result.stderr
    assert "--wait" in result.stderr
    assert "Prüfen" not in result.stdout
    said = klarplan("report", *arguments, "--lang", "en").stderr
    assert f"process {process.pid}, since " in said
    end.set()
    process.join()


def test_lock_of_a_killed_process_is_taken_over(
    busy: tuple[Path, multiprocessing.Process, Event],
) -> None:
    """What a process that is gone has locked is free, though its name still stands there."""
    root, process, _ = busy
    process.kill()
    process.join()
    assert str(process.pid) in (root / "build" / LOCK).read_text()
    with workplace(root) as folder:
        assert str(os.getpid()) in (folder / LOCK).read_text()
    assert (root / "build" / LOCK).read_text() == ""


def test_waiting_for_another_build(busy: tuple[Path, multiprocessing.Process, Event]) -> None:
    """Who asks to wait works when the other is done."""
    root, process, end = busy
    with pytest.raises(KlarplanError), workplace(root):
        pass
    end.set()
    with workplace(root, wait=True):
        pass
    process.join()


@pytest.mark.long
def test_pairs_of_builds_at_once(tmp_path: Path) -> None:
    """Of two builds at once one makes a whole site, the other does too or is told."""
    root = copied(tmp_path)
    build(root, "--no-pdf")
    whole = files(root / "site")
    command = [sys.executable, "-m", "klarplan", "build", "--root", str(root), "--as-of", AS_OF]
    for _ in range(PAIRS):
        both = [
            subprocess.Popen(
                [*command, "--no-pdf"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            for _ in range(2)
        ]
        said = [process.communicate(timeout=300)[1] for process in both]
        codes = [process.returncode for process in both]
        assert 0 in codes
        assert set(codes) <= {0, 1}
        for code, text in zip(codes, said, strict=True):
            assert code == 0 or "baut schon ein anderes Klarplan" in text
        assert files(root / "site") == whole
