"""Runs the site generator on baked pages, in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from klarplan.messages import KlarplanError, Text

NOISE = re.compile(r"^(INFO|DEBUG)\s|^\s*$|\[macros\]")
TRACEBACK = re.compile(
    r"```\nTraceback.*?(?:```|\Z)|^Traceback.*?^(?=\S+Error)", re.DOTALL | re.MULTILINE
)

UNUSED = ("print",)
"""Folders of ``overrides`` that the generator copies into the site, though no page needs them."""


def render_site(config: Path, target: Path) -> None:
    """Build the website of ``config`` into ``target``.

    Raises ``KlarplanError`` with the generator's own words where it fails or warns.
    """
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
    }
    # The words are the generator's: a fixed list of arguments, no shell.
    result = subprocess.run(  # noqa: S603
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--config-file",
            str(config.resolve()),
            "--site-dir",
            str(target.resolve()),
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        lines = TRACEBACK.sub("", result.stderr + "\n" + result.stdout).splitlines()
        told = "\n".join(line for line in lines if not NOISE.search(line))[-4000:]
        raise KlarplanError(
            Text(
                f"Die Website ließ sich nicht bauen:\n{told}",
                f"The website could not be built:\n{told}",
            ),
            Text(
                "Beheben Sie, was oben steht; die letzte gute Website bleibt unverändert.",
                "Mend what is said above; the last good website stays as it is.",
            ),
        )
    for name in UNUSED:
        shutil.rmtree(target / name, ignore_errors=True)
