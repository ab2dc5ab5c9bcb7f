"""Processes: work done beside the main course, and how often garbage is looked for."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")

OBJECTS = 100_000
"""New objects between two looks for garbage; Python's own 700 cost a sixth of a build's time."""


def collect_seldom() -> None:
    """Make this process look for garbage seldom, since a build keeps most of what it makes."""
    gc.set_threshold(OBJECTS, 20, 100)


def _work(work: Callable[[], object], answer: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        answer.send(work())
    answer.close()


@contextlib.contextmanager
def aside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Start ``work`` and go on; what is yielded waits for its result.

    Where the system can't fork, or the work fails there, it is done (again) here when its result
    is asked for, so that errors are raised as usual.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sender), daemon=True)
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
        process.terminate()
        process.join()
