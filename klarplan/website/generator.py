"""Runs a site generator on baked pages, in a process of its own.

``GENERATORS`` is the one list of those that can be chosen; what each must be told stands here and
in the other modules ``generator_*`` of this room, and nowhere else.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from klarplan.messages import KlarplanError, Text
from klarplan.moves import removed
from klarplan.pages.files import EMPTIED
from klarplan.processes import Child
from klarplan.website.generator_log import failure
from klarplan.website.theme_mends import clean_up

MANY = 300
"""From so many pages on, a second process is worth its start."""

PROCESS = "klarplan.website.generator_process"
"""What runs MkDocs or ProperDocs: it loads them, then waits for what it is told."""


def _zensical(name: str, config: Path, target: Path) -> list[str]:
    """Zensical, which always makes all pages and takes the place of its site from the settings."""
    settings = config.with_name(f"{config.stem}-{name}{config.suffix}")
    site = Path(os.path.relpath(target, config.parent)).as_posix()
    # It looks for links in the texts as they are written, not as our extension sets them.
    links = "".join(f"    {kind}: ignore\n" for kind in ("not_found", "unrecognized_links"))
    lines = f"INHERIT: {config.name}\nsite_dir: {site}\nvalidation:\n  links:\n{links}"
    settings.write_text(lines, encoding="utf-8", newline="\n")
    return ["build", "--strict", "--clean", "--config-file", str(settings)]


GENERATORS: Mapping[str, Callable[[str, Path, Path], list[str]] | None] = {
    "mkdocs": None,
    "properdocs": None,
    "zensical": _zensical,
}
"""The generators by their package, with the arguments of those that ``PROCESS`` doesn't run."""

USUAL = "mkdocs"
"""The generator of whoever chooses none."""

UNUSED = (*(name.rstrip("/") for name in EMPTIED), "search.json")
"""What generators put into the site, though no page needs it."""


def chosen(generator: str) -> str:
    """The generator if it can be used; ``KlarplanError`` where it is unknown or not installed."""
    if generator not in GENERATORS:
        names = ", ".join(GENERATORS)
        raise KlarplanError(
            Text(
                f"Den Generator „{generator}“ kennt Klarplan nicht.",
                f"Klarplan knows no generator “{generator}”.",
            ),
            Text(f"Möglich sind: {names}.", f"Possible are: {names}."),
            exit_code=2,
        )
    if find_spec(generator) is None:
        install = f'{sys.executable} -m pip install "klarplan[{generator}]"'
        raise KlarplanError(
            Text(
                f"Der Generator „{generator}“ ist nicht installiert.",
                f"The generator “{generator}” is not installed.",
            ),
            Text(f"Installieren Sie ihn: {install}", f"Install it: {install}"),
            exit_code=2,
        )
    return generator


class Generator:
    """A generator that was started for one website; see ``started``."""

    def __init__(self, name: str, start: Callable[..., Child], said: IO[str]) -> None:
        self._name = name
        self._start = start
        self._said = said
        self._arguments = GENERATORS[name]
        self._waiting = None if self._arguments else start(PROCESS, name)
        self._place: tuple[Path, Path] | None = None
        self._looked = False

    def prepare(self, config: Path, target: Path) -> None:
        """Let it read the settings ``config`` of a website that will be made in ``target``.

        The folders that they name are there; pages may still be written.
        """
        self._place = (config.resolve(), target.resolve())
        self._tell(json.dumps([str(place) for place in self._place]))

    def look(self) -> None:
        """Let it look at the pages, which are all written."""
        self._tell("")
        self._looked = True

    def _tell(self, line: str) -> None:
        if self._waiting:
            assert self._waiting.stdin
            with contextlib.suppress(BrokenPipeError):  # why it has ended is told below
                self._waiting.stdin.write(f"{line}\n")
                self._waiting.stdin.flush()

    def render(
        self, pages: int, *, only: Collection[str] | None = None, beside: bool = True
    ) -> None:
        """Build what was prepared, once: so many pages, in two processes where these are many.

        Faults of the theme are mended.

        ``only`` names those that are wanted, such as ``berichte/2025-h2/index.md``; with
        ``beside`` false, no files are written beside them.
        Raises ``KlarplanError`` with the generator's own words where it fails or warns.
        """
        assert self._place
        if not self._looked:
            self.look()
        config, target = self._place
        shares = 2 if pages >= MANY and hasattr(os, "fork") and (os.cpu_count() or 1) > 1 else 1
        told = json.dumps([shares, None if only is None else sorted(only), beside])
        arguments = self._arguments(self._name, config, target) if self._arguments else ()
        process = self._waiting or self._start(self._name, *arguments)
        process.communicate(f"{told}\n")
        if process.returncode:
            self._said.seek(0)
            raise failure(self._said.read())
        for name in UNUSED:
            if (target / name).is_dir():
                removed(target / name)
            else:
                (target / name).unlink(missing_ok=True)
        if self._arguments:
            clean_up(target)


@contextlib.contextmanager
def started(generator: str = USUAL) -> Iterator[Generator]:
    """Start a generator, so that it loads while pages are still written; no process outlives it."""
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        contextlib.ExitStack() as at_end,
    ):

        def start(*command: str) -> Child:
            process = _start(command, said)
            at_end.callback(_end, process)
            return process

        yield Generator(generator, start, said)


def render_site(
    config: Path,
    target: Path,
    pages: int,
    *,
    only: Collection[str] | None = None,
    generator: str = USUAL,
) -> None:
    """Start a generator, and build the website of ``config`` with it into ``target`` beside it."""
    with started(generator) as made:
        made.prepare(config, target)
        made.render(pages, only=only)


def _start(command: Sequence[str], said: IO[str]) -> Child:
    """Start a module; with -P, those in the working folder are not taken for installed ones."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
        # The macros plugin asks git twelve times for what no page shows; it does without.
        "PATH": os.devnull,
    }
    return Child(
        [sys.executable, "-P", "-m", *command],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=said,
        encoding="utf-8",
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and those that it has split off; nothing happens to one that has ended."""
    if process.poll() is None and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
