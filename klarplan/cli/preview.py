"""A preview that follows edits: texts and viewed pages at once, the rest by a build behind them.

All work is done in processes of its own (``preview_worker``), so that edits in ``macros`` count as
well. What fails leaves the last good preview in place, with a message over it.
"""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from watchfiles import watch

from klarplan.check.obstacles import BUILD
from klarplan.cli.as_of import as_of as day
from klarplan.cli.options import console
from klarplan.cli.preview_server import State, server
from klarplan.cli.preview_tables import Tables
from klarplan.cli.preview_worker import Order, Outcome
from klarplan.commands.targets import PREVIEW
from klarplan.commands.tracked import refuse_tracked
from klarplan.messages import Lang, Text
from klarplan.processes import Child
from klarplan.strategy.load import require_data

WATCHED = ("strategy", "data", "docs", "local", "macros", "overrides", "mkdocs.yml")
TEXTS = ("docs", "strategy")
"""Folders whose Markdown files are shown at once."""
PAUSE = 1.5
"""Seconds after the last text until all is built."""

BUILDING = Text("Baue …", "Building …")
DONE = Text("Fertig.", "Done.")
SHOWN = Text("Gezeigt; der Rest folgt.", "Shown; the rest follows.")
BROKEN = Text(
    "Der Bau ist von selbst abgebrochen. Speichern Sie noch einmal.",
    "The build broke off by itself. Save once more.",
)


class Worker:
    """A process that builds the preview, then shows texts; see ``preview_worker``."""

    def __init__(self, order: Order) -> None:
        command = [sys.executable, "-P", "-m", "klarplan.cli.preview_worker"]
        self._process = Child(
            [*command, json.dumps(asdict(order))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.stopped = False

    def outcome(self) -> Outcome | None:
        """Wait for the next that came of the build, or of texts; ``None`` where it has ended."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        return Outcome(**json.loads(line)) if line else None

    def show(self, files: Iterable[str]) -> Outcome | None:
        """Show texts."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(sorted(files)) + "\n")
            self._process.stdin.flush()
        except OSError:
            return None
        return self.outcome()

    def stop(self) -> None:
        """Let the process end, whatever it does."""
        self.stopped = True
        self._process.terminate()

    def end(self) -> None:
        """Let the process end, and wait for it."""
        self.stop()
        self._process.wait()


class Follower:
    """Brings the preview up to date with what changes."""

    def __init__(self, root: Path, order: Order, state: State, lang: Lang) -> None:
        self._root = root
        self._order = order
        self._state = state
        self._lang = lang
        self._noted: queue.Queue[set[Path]] = queue.Queue()
        self._changed: set[Path] = set()
        """What has changed since the build that is shown."""
        self._known: set[Path] = set()
        """The files that were there when the last build began."""
        self._shown: Worker | None = None
        """The process whose build is shown."""
        self._building: Worker | None = None
        self._ended = False
        self._lock = threading.Lock()

    def note(self, paths: Iterable[Path]) -> None:
        """Take note of changes; a build that would miss them ends."""
        # Editors write files of their own beside a text, and take them away at once.
        changed = {path for path in paths if path.exists() or path in self._known}
        if not changed:
            return
        with self._lock:
            self._noted.put(changed)
            # Elsewhere, what the build has started itself would not end with it.
            if self._building and sys.platform != "win32":
                self._building.stop()

    def follow(self) -> None:
        """Build, and go on with every change; never ends."""
        behind = self._build()
        while True:
            try:
                self._changed |= self._noted.get(timeout=PAUSE if behind else None)
            except queue.Empty:
                behind = self._build(shown=True)
                continue
            while not self._noted.empty():
                self._changed |= self._noted.get()
            behind = self._show() if self._are_texts() else self._build()

    def _are_texts(self) -> bool:
        """Whether nothing but texts has changed since the build that is shown."""
        folders = [self._root / name for name in TEXTS]
        return all(
            path.suffix == ".md"
            and any(folder in path.parents for folder in folders)
            and path.is_file()
            and not path.is_symlink()
            for path in self._changed
        )

    def _show(self) -> bool:
        """Show the texts that have changed; returns whether a build has to follow."""
        files = {path.relative_to(self._root).as_posix() for path in self._changed}
        outcome = self._shown.show(files) if self._shown else None
        if outcome is None or outcome.unknown:
            return self._build()
        self._tell(outcome, SHOWN)
        return not outcome.mistake

    def _build(self, *, shown: bool = False) -> bool:
        """Build all, or stop where there is news; returns whether a build has to follow.

        Viewed pages come first, unless what has changed is ``shown`` already.
        """
        self._known = set(self._files())
        if self._shown and not self._are_texts():
            self._shown.end()  # it knows nothing of the rest, and may still set up the search
            self._shown = None
        with self._lock:
            if self._ended or not self._noted.empty():
                return not self._ended
            viewed = () if shown else self._state.viewed()
            worker = self._building = Worker(replace(self._order, viewed=viewed))
        self._say(BUILDING)
        if not shown:
            self._state.shown(())
        outcome = worker.outcome()
        if outcome and outcome.shown:
            self._tell(outcome, SHOWN)
            outcome = worker.outcome()
        with self._lock:
            self._building = None
        if outcome is None and worker.stopped:
            worker.end()
            return not self._ended
        if outcome is None or outcome.mistake:
            worker.end()
            self._tell(outcome or Outcome(mistake=BROKEN.in_(self._lang)), DONE)
            return False
        self._changed.clear()
        former, self._shown = self._shown, worker
        if former:
            former.end()
        self._tell(outcome, DONE)
        return False

    def _files(self) -> Iterator[Path]:
        for place in watched(self._root):
            yield place
            for folder, _, names in os.walk(place):
                yield Path(folder)
                yield from (Path(folder, name) for name in names)

    def _tell(self, outcome: Outcome, done: Text) -> None:
        if outcome.shown:
            self._state.shown(outcome.shown)
        else:
            self._state.built(outcome.mistake)
        self._say(Text(outcome.mistake, outcome.mistake) if outcome.mistake else done)

    def _say(self, said: Text) -> None:
        console().print(said.in_(self._lang), markup=False)

    def end(self) -> None:
        """End all processes."""
        with self._lock:
            self._ended = True
            workers = [worker for worker in (self._shown, self._building) if worker]
        for worker in workers:
            worker.end()


def watched(root: Path) -> list[Path]:
    """The places below ``root`` whose changes count."""
    return [root / name for name in WATCHED if (root / name).exists()]


def serve(root: Path, lang: Lang, *, as_of: str | None, port: int, pdf: bool) -> None:
    """Serve a preview on 127.0.0.1 until interrupted.

    Raises ``KlarplanError`` at once where ``root`` is no strategy, ``as_of`` no date, or the
    ``port`` not free.
    """
    root = root.resolve()
    today = day(as_of)
    require_data(root)
    refuse_tracked(root)
    preview = root / BUILD / PREVIEW
    state = State()
    serving = server(port, preview, state, Tables(root, today, lang))
    order = Order(
        root=str(root),
        preview=str(preview),
        lang=lang,
        as_of=as_of,
        pdf=pdf,
        session=secrets.token_hex(),
    )
    follower = Follower(root, order, state, lang)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    console().print(f"http://127.0.0.1:{serving.server_port}/", markup=False)
    threading.Thread(target=follower.follow, daemon=True).start()
    try:
        for changes in watch(*watched(root), raise_interrupt=True):
            follower.note(Path(path) for _, path in changes)
    finally:
        follower.end()
        serving.shutdown()
