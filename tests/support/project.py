"""The project as tests use it: its folders, copies of the sample, its command line."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from unittest import mock

import pytest

from klarplan.cli import main
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.website.write import bake

REPOSITORY = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-21"
SAMPLE = 'municipality: "Stadt Musterstadt"'
CONTENT = ("data", "strategy", "docs", "overrides", "macros", "mkdocs.yml")

UNCOPIED = shutil.ignore_patterns("__pycache__", "adressen.txt")
"""What copies of the sample do without: who deletes rows of a copy gives up no adopted address."""


def copy_of_sample(target: Path) -> Path:
    """The sample strategy with all that a fork has, in a folder of its own.

    A municipality that replaced the sample by its own strategy skips the tests that need it.
    """
    if SAMPLE not in (REPOSITORY / "strategy" / "strategy.yml").read_text("utf-8"):
        pytest.skip("the sample strategy has been replaced")
    target.mkdir(parents=True, exist_ok=True)
    for name in CONTENT:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=UNCOPIED)
        else:
            shutil.copy(source, target / name)
    return target


def run_klarplan(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "klarplan", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=600,
    )


def klarplan(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in this process: what it says and returns, without the start."""
    out, err = io.StringIO(), io.StringIO()
    thresholds = gc.get_threshold()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(cwd or Path.cwd()),
        mock.patch.object(sys, "argv", ["klarplan", *arguments]),
        mock.patch.object(sys, "stdin", io.StringIO()),
        mock.patch.dict(os.environ, {"COLUMNS": "80", **environment}),
    ):
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        finally:
            gc.set_threshold(*thresholds)
    return subprocess.CompletedProcess(
        ["klarplan", *arguments], code, out.getvalue(), err.getvalue()
    )


def build(root: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a root for the tests' day; the output is shown where it fails."""
    arguments = ("build", "--root", str(root), "--as-of", AS_OF, *options)
    result = run_klarplan(*arguments, **environment)
    assert result.returncode == 0, result.stdout + result.stderr
    return result


def baked(root: Path) -> Path:
    """Write the pages of a root as a build does; returns the settings for the site generator."""
    day = dt.date.fromisoformat(AS_OF)
    return bake(public(load(root)), day, root / "build").config


@dataclass(frozen=True)
class BuiltSample:
    """A strategy with its site, and what the build said."""

    root: Path
    output: str

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.root / "site"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""
