"""What several tests share: copies of the sample, one built site, a server, a browser."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch_options

REPOSITORY = Path(__file__).resolve().parent.parent
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


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSample:
    """The sample, built once with website, PDF and data."""
    root = copy_of_sample(tmp_path_factory.mktemp("sample") / "muster stadt")
    return BuiltSample(root, build(root).stdout)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    return copy_of_sample(tmp_path / "fork")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""


@pytest.fixture(scope="session")
def address(sample: BuiltSample) -> Iterator[str]:
    """The sample's site on a local server, below a path as on many hosts."""
    handler = functools.partial(QuietHandler, directory=str(sample.site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**launch_options())
        yield started
        started.close()
