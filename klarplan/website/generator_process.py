"""What the process of MkDocs or ProperDocs runs: load once, then render the pages in shares.

``python -m klarplan.website.generator_process mkdocs`` loads what it needs, and waits for a line:
the JSON list of settings and site. It reads the settings, and waits for an empty line: all pages
are written. It looks at them, and waits for another line: the list of the number of shares, the
only pages that are wanted, or ``null`` for all, and whether files beside pages are. Then it writes
the site, or tells each warning in a line and ends with 1. Without a line, it ends. Both programs
are one code under two names.
Only events for plugins are used: the process splits when all pages are known, and each part
renders its share.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from klarplan.processes import collect_seldom, end_with_parent
from klarplan.website.theme_mends import mended
from klarplan.words.hyphens import load_syllables

LOGGERS = ("mkdocs", "properdocs")
LOADED = ("mkdocs.commands.build", "mkdocs_macros.plugin", "klarplan.generator_door")
"""The modules that take long to load, and can be before the settings are known."""


class Collector(logging.Handler):
    """Keeps what the generator warns of, to be told in one order however pages are shared out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said."""
        self.said.append(self.format(record))


class Shares:
    """Waits for what is wanted, splits the process in so many shares, mends pages; a plugin."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.others: list[tuple[int, Connection]] = []
        """The processes that were split off, and where each answers."""
        self.first: Connection | None = None
        """Where a split process answers; ``None`` in the first."""

    def on_pre_build(self, *, config: Any) -> None:
        """The settings are known: load what they ask for, once for all shares, and wait."""
        env = _at_hand(config.theme.get_env())
        load_syllables(config.theme["language"])
        config.theme.get_env = lambda: env
        _line()

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:  # noqa: ARG002 - names of the event
        """Mend a page."""
        return mended(output)

    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:  # noqa: ARG002 - likewise
        """Mend a page that the theme makes by itself."""
        return mended(output) if template_name.endswith(".html") else output

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        """All pages are known: split, and leave out what is not wanted or not in the own share."""
        number, only, beside = _told()
        pages = list(files.documentation_pages())
        if only is not None:
            wanted = set(only)
            _leave_out(page for page in pages if page.src_uri not in wanted)
            pages = [page for page in pages if page.src_uri in wanted]
        if not beside:
            _leave_out_beside(config, files)
        if number > 1:
            # Long pages take long: dealt out by length, the shares come out even.
            pages.sort(key=lambda page: (-Path(page.abs_src_path).stat().st_size, page.src_uri))
            mine = self._split(number)
            _leave_out(page for n, page in enumerate(pages) if n % number != mine)
            if self.first:
                _leave_out_beside(config, files)
        return nav

    def _split(self, number: int) -> int:
        """Fork the other shares; returns the number of the share of the process that goes on."""
        for share in range(1, number):
            receiver, sender = Pipe(duplex=False)
            here = os.getpid()
            process = os.fork()
            if not process:
                end_with_parent(here)
                receiver.close()
                self.first, self.others = sender, []
                self.collector.said.clear()
                return share
            sender.close()
            self.others.append((process, receiver))
        return 0

    def on_post_build(self, *, config: Any) -> None:  # noqa: ARG002 - name of the event
        """Bring together the warnings of all shares."""
        if self.first:
            self.answer()
        while self.others:
            process, other = self.others[0]
            said = other.recv()
            os.waitpid(process, 0)
            del self.others[0]
            self.collector.said += said

    def end_others(self) -> None:
        """End the processes that were split off and have not answered yet."""
        for process, _ in self.others:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)

    def answer(self) -> None:
        """End a split process with what it warns of."""
        assert self.first
        self.first.send(self.collector.said)
        os._exit(0)


def _line() -> str:
    """The next line of the standard input; without one, the process ends."""
    line = sys.stdin.readline()
    if not line:
        sys.exit(1)
    return line


def _told() -> Any:
    """What the next line of the standard input says."""
    return json.loads(_line())


def _at_hand(env: Any) -> Any:
    """Templates of which each is looked for once, and compiled only where it has changed.

    Their globals become one mapping in place of a chain, which every page would walk many times.
    """
    from macros.render import compiled  # noqa: PLC0415

    env.bytecode_cache = compiled("theme")
    env.cache = {}
    env.make_globals = lambda given: {**env.globals, **(given or {})}
    return env


def _leave_out_beside(config: Any, files: Any) -> None:
    """Write no files but pages."""
    config.theme.static_templates = set()
    _leave_out(file for file in files if not file.is_documentation_page())


def _leave_out(files: Iterable[Any]) -> None:
    """Keep files known, so that links to them are right, but don't write them."""
    from mkdocs.structure.files import InclusionLevel  # noqa: PLC0415

    for file in files:
        file.inclusion = InclusionLevel.EXCLUDED


def _reuse_markdown(pages: Any) -> None:
    """Let the generator's module of pages make one instance of Markdown and use it again.

    It makes one for each page, which takes a tenth of its time.
    """
    original = pages.markdown
    made: list[Any] = []

    def again(**settings: Any) -> Any:
        if not made:
            made.append(original.Markdown(**settings))
        return made[0].reset()

    pages.markdown = ModuleType(original.__name__)
    vars(pages.markdown).update(vars(original), Markdown=again)


def _read_quickly(meta: Any) -> None:
    """Let the generator's reader of front matter take that of our pages as the JSON that it is.

    Any other it reads as usual; as YAML, it takes a twentieth of the generator's time.
    """
    usual = meta.get_data

    def get_data(text: str) -> tuple[str, dict[str, Any]]:
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        pairs = (line.partition(": ") for line in head.split("\n"))
        try:
            return body.lstrip("\n"), {name: json.loads(value) for name, _, value in pairs}
        except ValueError:
            told: tuple[str, dict[str, Any]] = usual(text)
            return told

    meta.get_data = get_data


def render(settings: str, target: str, shares: Shares) -> None:
    """Run the generator; ends within here in the processes that were split off."""
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.structure import pages  # noqa: PLC0415
    from mkdocs.utils import meta  # noqa: PLC0415

    _reuse_markdown(pages)
    _read_quickly(meta)
    said = shares.collector.said
    try:
        config = load_config(settings, site_dir=target)
        config.plugins["klarplan/shares"] = shares  # type: ignore[assignment]
        build(config)
    except (Exception, SystemExit) as error:  # the macros plugin ends the process
        if not said:
            said.append(f"ERROR   -  {type(error).__name__}: {error}")
        if shares.first:
            shares.answer()
        shares.end_others()


def main(arguments: Sequence[str]) -> int:
    """Render a website and tell what is wrong with it."""
    (name,) = arguments
    collect_seldom()
    if name == "properdocs":
        import_module("properdocs.replacement")  # from here on, ``mkdocs`` is ProperDocs
    collector = Collector()
    for logger in map(logging.getLogger, LOGGERS):
        logger.addHandler(collector)
        logger.setLevel(logging.WARNING)
    for module in LOADED:
        import_module(module)
    settings, target = _told()
    render(settings, target, Shares(collector))
    for line in sorted(collector.said):
        print(line, file=sys.stderr)
    return 1 if collector.said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
