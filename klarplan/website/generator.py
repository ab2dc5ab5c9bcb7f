"""Runs the site generator on baked pages, in processes of its own: two where there are many pages.

The generator renders one page after the other on one core. Of a long strategy, a second process
renders the pages of most measures: both know all pages, so that links are the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from klarplan.messages import KlarplanError, Text
from klarplan.strategy.chapters import ROW_CHAPTERS

MANY = 300
"""From so many pages on, a second process is worth its start."""

SECOND = f"/{ROW_CHAPTERS['measures'].address}*[0-5].md"
"""The pages of the second process, as gitignore has it: six in ten measures.

The first has all other pages, some of which take longer.
"""

NOISE = re.compile(r"^(INFO|DEBUG)\s|^\s*$|\[macros\]")
TRACEBACK = re.compile(
    r"```\nTraceback.*?(?:```|\Z)|^Traceback.*?^(?=\S+Error)", re.DOTALL | re.MULTILINE
)

GENERATOR = (
    "from klarplan.processes import collect_seldom; collect_seldom(); "
    "from mkdocs.__main__ import cli; cli(prog_name='mkdocs')"
)
"""What Python runs as the generator."""

ANCHOR = re.compile(
    r"WARNING\s+-\s+Doc file '(?P<page>[^']+)' contains a link '[^'#]*(?P<anchor>#[^']*)', "
    r"but .*\banchor\b"
)
"""What the generator says of a link to a heading that is not there."""

UNUSED = ("print",)
"""Folders of ``overrides`` that the generator copies into the site, though no page needs them."""


def render_site(config: Path, target: Path, pages: int, *, only: str = "") -> None:
    """Build the website of ``config``, which has so many pages, into ``target``.

    ``only`` names the one page that is wanted, such as ``berichte/2025-h2/index.md``.
    Raises ``BrokenAnchorsError`` where links lead to headings that are not there, and
    ``KlarplanError`` with the generator's own words where it fails or warns otherwise.
    """
    beside = target.with_name(f"{target.name}-2")
    shutil.rmtree(beside, ignore_errors=True)
    if only:
        _generate([(_share(config, "only", ["*.md", f"!/{only}"]), target)])
    elif pages < MANY or (os.cpu_count() or 1) < 2:
        _generate([(config, target)])
    else:
        _generate(
            [
                (_share(config, "1", [SECOND]), target),
                (_share(config, "2", ["*", f"!{SECOND}"]), beside),
            ]
        )
        folder = ROW_CHAPTERS["measures"].address
        for page in sorted((beside / folder).glob("*/")):
            page.replace(target / folder / page.name)
        shutil.rmtree(beside)
    for name in UNUSED:
        shutil.rmtree(target / name, ignore_errors=True)


def _share(config: Path, name: str, excluded: Sequence[str]) -> Path:
    """Settings beside ``config`` that leave pages out."""
    path = config.with_name(f"{config.stem}-{name}{config.suffix}")
    lines = "".join(f"  {pattern}\n" for pattern in excluded)
    path.write_text(f"INHERIT: {config.name}\nexclude_docs: |\n{lines}", encoding="utf-8")
    return path


def _generate(shares: Sequence[tuple[Path, Path]]) -> None:
    """Run the generator on all settings at once; no process outlives a failure."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
    }
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        running: list[subprocess.Popen[str]] = []
        try:
            for config, target in shares:
                command = [sys.executable, "-c", GENERATOR, "build", "--strict"]
                command += ["--config-file", str(config.resolve())]
                command += ["--site-dir", str(target.resolve())]
                running.append(
                    subprocess.Popen(  # noqa: S603 - a fixed list of arguments, no shell
                        command,
                        env=environment,
                        stdin=subprocess.DEVNULL,
                        stdout=said,
                        stderr=said,
                        text=True,
                    )
                )
            failed = [process.wait() for process in running]
        finally:
            for process in running:
                process.kill()
                process.wait()
        if any(failed):
            said.seek(0)
            raise _failure(said.read())


class BrokenAnchorsError(KlarplanError):
    """Links lead to headings that their pages do not have."""

    def __init__(self, told: KlarplanError, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(told.problem, told.cure)
        self.found = tuple(found)
        """The file of each page below ``build/pages``, and the anchor with its „#“."""


def _failure(said: str) -> KlarplanError:
    told = _in_its_words(said)
    warnings = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR"))]
    anchors = [match for line in warnings if (match := ANCHOR.match(line))]
    if anchors and len(anchors) == len(warnings):
        return BrokenAnchorsError(told, [(match["page"], match["anchor"]) for match in anchors])
    return told


def _in_its_words(said: str) -> KlarplanError:
    lines = TRACEBACK.sub("", said).splitlines()
    told = "\n".join(line for line in lines if not NOISE.search(line))[-4000:]
    return KlarplanError(
        Text(
            f"Die Website ließ sich nicht bauen:\n{told}",
            f"The website could not be built:\n{told}",
        ),
        Text(
            "Beheben Sie, was oben steht; die letzte gute Website bleibt unverändert.",
            "Mend what is said above; the last good website stays as it is.",
        ),
    )
