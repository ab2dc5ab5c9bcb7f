"""The project as tests use it: its folders, copies of the sample, its command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-21"
SAMPLE = 'municipality: "Stadt Musterstadt"'
CONTENT = ("data", "strategy", "docs", "overrides", "macros", "mkdocs.yml")


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
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


def klarplan(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "klarplan", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        timeout=600,
    )


def build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build a root for the tests' day; the output is shown where it fails."""
    result = klarplan("build", "--root", str(root), "--as-of", AS_OF, *options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@dataclass(frozen=True)
class BuiltSample:
    """The sample with its site, and what the build said."""

    root: Path
    output: str

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.root / "site"
