"""Processes: work done beside the main course, how it ends, how long it may take; git; garbage.

Whoever tells Klarplan to end does so by Ctrl-C, by a signal, or by closing the terminal; all are
one ``KeyboardInterrupt``. No process that Klarplan starts outlives it, as far as the system helps.
"""

from __future__ import annotations

import _thread
import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from klarplan.programs import program

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

OBJECTS = 100_000
"""New objects between two looks for garbage; Python's own 700 cost a sixth of a build's time."""

ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""The signals that tell a process to end and that it may answer."""

PR_SET_PDEATHSIG = 1
"""The option of Linux's ``prctl`` for the signal that comes when the parent has ended."""


GIT_SETTINGS = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false")
"""The folder's own settings must not make git start a program, nor its owner make it refuse."""


def collect_seldom() -> None:
    """Make this process look for garbage seldom, since a build keeps most of what it makes."""
    gc.set_threshold(OBJECTS, 20, 100)


class TooLongError(Exception):
    """A piece of work took longer than it may."""


@contextlib.contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise ``TooLongError`` in a piece of work that takes longer; it is the last fence only.

    What may take long is bounded by size before. Where the system has no alarm, or beside the main
    thread, nothing is limited.
    """
    alarm = getattr(signal, "SIGALRM", None)
    if alarm is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: object) -> None:
        raise TooLongError

    former = signal.signal(alarm, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(alarm, former)


class _Told:
    """Whether this process was told to end; code that drops exceptions can't drop this."""

    yes = False
    command = 0
    """Counts commands, so that what was meant for one ends no later one."""


class Over:
    """Whether the work of this process is over, so that no signal ends it any more.

    Set directly: within a call, a signal could still strike before it has done anything.
    """

    yes = False


PATIENCE = 10
"""Seconds within which a process that was told to end has ended, whatever it waits for."""


class EndedError(KeyboardInterrupt):
    """This process was told to end.

    A class of its own, since Python ends itself by a signal, whatever exit code is asked for,
    where a plain ``KeyboardInterrupt`` has struck within ``exec``.
    """


def _end(_signal: int, _frame: FrameType | None) -> None:
    if Over.yes:
        return
    if not _Told.yes:
        _Told.yes = True
        # Without threading's own locks, which may be held by what was interrupted.
        _thread.start_new_thread(_end_at_last, (_Told.command,))
    raise EndedError


def _hear_nothing() -> None:
    """Keep signals to end from this thread, where the system can.

    Python complains of a signal to a function that strikes just when it is to be ignored.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)


def _end_at_last(command: int) -> None:
    """The last fence: what was interrupted may wait for ever; what it began ends with it."""
    _hear_nothing()
    time.sleep(PATIENCE)
    if _Told.yes and _Told.command == command:
        os.write(2, b"Abgebrochen.\n")
        os._exit(1)


def _answer(answer: Any) -> dict[int, Any]:
    """Answer the ending signals in this way, but for those ignored; returns the former answers."""
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, former in before.items():
        if former is not signal.SIG_IGN:
            signal.signal(number, answer)
    return before


@contextlib.contextmanager
def _answered(answer: Any) -> Iterator[None]:
    """Answer the ending signals in this way for a while."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = _answer(answer)
    try:
        yield
    finally:
        # What a signal has interrupted just here is closed when Python ends.
        for number, former in before.items() if not Over.yes else ():
            signal.signal(number, former)


def end_by_signals() -> None:
    """From now on, every signal to end is a ``KeyboardInterrupt``, as Ctrl-C is."""
    _answer(_end)


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """For a while, every signal to end is a ``KeyboardInterrupt``, as Ctrl-C is."""
    _Told.yes = False
    _Told.command += 1
    with _answered(_end):
        yield


def _come_too_late(_signal: int, _frame: FrameType | None) -> None:
    """A signal that nobody answers any more."""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """What stands within is done as a whole: a signal before it ends it, a later one is too late.

    Only for what takes a moment.
    """
    with _answered(_come_too_late):
        if _Told.yes:
            raise EndedError
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A signal to end waits until what stands within is done: the start of a process.

    Python holds locks of its own while it forks; an exception there would leave them held.
    """

    def note(_signal: int, _frame: FrameType | None) -> None:
        _Told.yes = True

    told = _Told.yes
    with _answered(note):
        yield
    if _Told.yes and not told:
        _Told.yes = False
        _end(0, None)


class Child(subprocess.Popen[str]):
    """A program that is started here: its start is not disturbed, and it ends with this process."""

    def __init__(self, command: Sequence[str], **options: Any) -> None:
        with undisturbed():
            super().__init__(command, preexec_fn=_tie(os.getpid()), **options)

    def heard(self) -> tuple[str, str]:
        """What it says to its end, in output and errors; it is killed where waiting is ended."""
        try:
            while True:
                # A signal that comes just before waiting begins is answered when waiting ends.
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return self.communicate(timeout=1)
        except BaseException:
            self.kill()
            raise


def no_longer_ended() -> None:
    """The work is done: a signal that comes while Python ends does not change the exit code."""
    _hear_nothing()
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def end_with_parent(parent: int) -> None:
    """Let the system end this process when its ``parent`` has ended, however that ended.

    Only Linux can do this; elsewhere nothing happens.
    """
    if tie := _tie(parent):
        tie()


def _tie(parent: int) -> Callable[[], None] | None:
    """What a child does to end with its ``parent``; nothing where the system can't.

    All is looked up before the child is split off: there another thread may hold an import.
    """
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - not every process has children

    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _work(work: Callable[[], object], answer: Connection, parent: int) -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    end_with_parent(parent)
    with contextlib.suppress(Exception):
        answer.send(work())
    answer.close()


@contextlib.contextmanager
def aside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Start ``work`` and go on; what is yielded waits for its result.

    Where the system can't fork, or the work fails there, it is done (again) here when its result
    is asked for, so that errors are raised as usual.
    """
    import multiprocessing  # noqa: PLC0415 - this module is the first that a command loads

    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sender, os.getpid()), daemon=True)
    with undisturbed():
        process.start()
    sender.close()

    def result() -> T:
        try:
            answer: T = receiver.recv()
        except EOFError:
            return work()
        return answer

    try:
        yield result
    finally:
        receiver.close()
        process.kill()
        process.join()


def git(root: Path, *arguments: str) -> bytes | None:
    """What a git command says below ``root``; ``None`` where it can't be asked or refuses."""
    done = git_done(root, *arguments)
    return None if done is None or done.returncode else done.stdout


def git_done(
    root: Path,
    *arguments: str,
    given: bytes = b"",
    surroundings: Mapping[str, str] | None = None,
    seconds: float = 30,
) -> subprocess.CompletedProcess[bytes] | None:
    """A git command that has ended below ``root``; ``None`` where it can't be asked.

    ``given`` is its standard input, ``surroundings`` are variables beside those of this process.
    """
    found = program("git")
    if found is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - fixed arguments
            [found, *GIT_SETTINGS, "-C", str(root.resolve()), *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=seconds,
            env={**os.environ, **surroundings} if surroundings else None,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
