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

from tests.support.former import is_former, write_former
from tests.support.klein import copied
from tests.support.project import AS_OF, build

MOMENTS = 20
SIGNALS = ("SIGINT", "SIGTERM", "SIGKILL")
PATIENCE = 60
"""Seconds in which processes must be gone, on however busy a machine."""


@dataclass(frozen=True)
class Reference:
    """A build that nobody ended: its root, what it made, and how long it took."""

    root: Path
    made: frozenset[str]
    seconds: float


@dataclass(frozen=True)
class Ended:
    """What was left when a build was told to end."""

    code: int
    said: str
    step: str
    """The last step that was announced."""
    site: str
    """``former``, ``new`` (and whole), or ``lost``."""
    left_behind: tuple[int, ...]
    """Processes that outlived the build."""


def files(folder: Path) -> frozenset[str]:
    """The files below a folder by their names."""
    return frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """A whole build of the small strategy."""
    root = copied(tmp_path_factory.mktemp("interrupted"))
    begin = time.monotonic()
    build(root)
    yield Reference(root, files(root / "site"), time.monotonic() - begin)
    shutil.rmtree(root)


def processes_of(session: str) -> tuple[int, ...]:
    """The processes, but for those that have ended, whose environment has this mark."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            marked = session.encode() in (entry / "environ").read_bytes()
            ended = (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        except OSError:
            continue
        if marked and not ended:
            found.append(int(entry.name))
    return tuple(found)


def end(reference: Reference, number: int, moment: float) -> Ended:
    """Build with a former site in place, and send a signal at this share of a build's time."""
    site = reference.root / "site"
    shutil.rmtree(site, ignore_errors=True)
    write_former(site)
    mark = f"KLARPLAN_TEST={os.getpid()}-{time.monotonic_ns()}"
    name, _, value = mark.partition("=")
    process = subprocess.Popen(
        [sys.executable, "-m", "klarplan", "build", "--root", reference.root, "--as-of", AS_OF],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, name: value, "PYTHONUNBUFFERED": "1"},
        # Whoever runs the tests in the background has told all of them to ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        process.wait(timeout=reference.seconds * moment)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    told, said = process.communicate(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while (left := processes_of(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    whole = site.is_dir() and files(site) == reference.made
    state = "former" if site.is_dir() and is_former(site) else "new" if whole else "lost"
    return Ended(process.returncode, said, (told.splitlines() or [""])[-1], state, left)


CASES = [
    pytest.param(name, moment, marks=[] if moment == 9 else pytest.mark.long)
    for name in SIGNALS
    for moment in range(MOMENTS)
]


@pytest.mark.xdist_group("interruption")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize(("name", "moment"), CASES)
def test_build_ended_at_any_moment_loses_nothing(
    reference: Reference, name: str, moment: int
) -> None:
    """Whenever a signal ends a build, the site is the former or the new one, whole."""
    number = getattr(signal, name)
    # From the first moment after Python's own start to the exchange.
    ended = end(reference, number, 0.02 + moment / MOMENTS)
    assert ended.site in ("former", "new")
    assert ended.left_behind == ()
    assert "Traceback" not in ended.said
    if ended.code == 1:
        assert "Abgebrochen." in ended.said
    elif ended.code == 0:
        assert ended.site == "new"
    else:
        assert ended.code == -number
        assert name == "SIGKILL" or moment == 0, "only Python's own start can't answer"


def test_build_after_a_killed_one_works(reference: Reference) -> None:
    """What a killed build leaves in its folder is in nobody's way."""
    end(reference, signal.SIGKILL, 0.6)
    build(reference.root)
    assert files(reference.root / "site") == reference.made
