"""A build that is ended at any moment: the site stays whole, and no process stays behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from klarplan.commands.build import STEPS
from tests.support.former import is_former, write_former
from tests.support.klein import copied
from tests.support.project import AS_OF, build

START = "Start"
"""Before the first step is announced."""
SHARES = {
    START: (0.1, 0.5, 0.9),
    "check": (0.0, 0.3, 0.6, 0.9),
    "site": (0.0, 0.3, 0.6, 0.9),
    "search": (0.0, 0.4, 0.8),
    "pdf": (0.0, 0.4, 0.8),
    "done": (0.0, 0.2, 0.9),
}
"""The moments in which a build is ended: shares of each step's usual time."""
MOMENTS = [(step, share) for step, shares in SHARES.items() for share in shares]
SIGNALS = ("SIGINT", "SIGTERM", "SIGKILL")
MARK = "KLARPLAN_ENDED_BY_TEST"
PATIENCE = 60
"""Seconds in which processes must be gone, on however busy a machine."""


@dataclass(frozen=True)
class Reference:
    """A build that nobody ended: its root, what it made, and how long each step took."""

    root: Path
    made: frozenset[str]
    seconds: dict[str, float]


@dataclass(frozen=True)
class Ended:
    """What was left when a build was told to end."""

    code: int
    said: str
    site: str
    """``former``, ``new`` (and whole), or ``lost``."""
    left_behind: tuple[int, ...]
    """Processes that outlived the build."""


def files(folder: Path) -> frozenset[str]:
    """The files below a folder by their names."""
    return frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def begun(root: Path, mark: str, command: str = "build") -> subprocess.Popen[str]:
    """A build that has just begun, with a mark in its environment and that of its children."""
    return subprocess.Popen(
        [sys.executable, "-m", "klarplan", command, "--root", str(root), "--as-of", AS_OF],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, MARK: mark, "PYTHONUNBUFFERED": "1"},
        # Whoever runs the tests in the background has told all of them to ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def measured(root: Path) -> Reference:
    """Build a root and note when each step begins and ends."""
    said = {text.de + " …": step for step, text in STEPS.items()}
    begin, now, seconds = time.monotonic(), START, {}
    process = begun(root, "whole")
    assert process.stdout
    for line in process.stdout:
        step = said.get(line.strip(), now)
        if step != now or line.startswith("Fertig"):
            seconds[now] = time.monotonic() - begin
            begin, now = time.monotonic(), step
    assert process.wait() == 0
    return Reference(root, files(root / "site"), seconds)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """A whole build of the small strategy, the second in its folder."""
    root = copied(tmp_path_factory.mktemp("interrupted"))
    build(root)
    yield measured(root)
    shutil.rmtree(root)


def processes_of(mark: str) -> tuple[int, ...]:
    """The processes, but for those that have ended, whose environment has this mark."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            marked = f"{MARK}={mark}".encode() in (entry / "environ").read_bytes()
            ended = (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        except OSError:
            continue
        if marked and not ended:
            found.append(int(entry.name))
    return tuple(found)


def end(reference: Reference, number: int, step: str, share: float) -> Ended:
    """Build with a former site in place, and send a signal in this share of a step."""
    site = reference.root / "site"
    shutil.rmtree(site, ignore_errors=True)
    write_former(site)
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    process = begun(reference.root, mark)
    assert process.stdout
    if step != START:
        for line in process.stdout:
            if line.strip() == STEPS[step].de + " …":
                break
    try:
        process.wait(timeout=reference.seconds[step] * share)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while (left := processes_of(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    whole = site.is_dir() and files(site) == reference.made
    state = "former" if site.is_dir() and is_former(site) else "new" if whole else "lost"
    return Ended(process.returncode, said, state, left)


CASES = [(name, *moment) for name in SIGNALS for moment in MOMENTS]
"""In three turns each moment has each signal; in one it has one, as three does not part MOMENTS."""


@pytest.mark.long
@pytest.mark.turns(3)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize(("name", "step", "share"), CASES)
def test_build_ended_at_any_moment_loses_nothing(
    reference: Reference, name: str, step: str, share: float
) -> None:
    """Whenever a signal ends a build, the site is the former or the new one, whole."""
    number = getattr(signal, name)
    ended = end(reference, number, step, share)
    assert ended.site in ("former", "new")
    assert ended.left_behind == ()
    if (step, share) == MOMENTS[0]:
        return  # Python itself may not be ready to answer yet
    assert "Traceback" not in ended.said
    if ended.code == 0:
        assert ended.site == "new"
    elif name != "SIGKILL":
        assert ended.code == 1
        assert "Abgebrochen." in ended.said


@pytest.mark.long
def test_build_after_a_killed_one_works(reference: Reference) -> None:
    """What a killed build leaves in its folder is in nobody's way."""
    end(reference, signal.SIGKILL, "pdf", 0.5)
    build(reference.root)
    assert files(reference.root / "site") == reference.made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_no_gap_between_the_work_and_the_end(name: str, strategy: Path) -> None:
    """However many signals come behind the first words, the exit code is Klarplan's own."""
    for _ in range(3):
        process = begun(strategy, "storm", "check")
        assert process.stdout
        process.stdout.readline()
        while process.poll() is None:
            process.send_signal(getattr(signal, name))
        _, said = process.communicate()
        assert (process.returncode, "Abgebrochen." in said) in {(0, False), (1, True)}
        assert "Traceback" not in said


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small strategy, without errors."""
    return copied(tmp_path_factory.mktemp("storm"))
