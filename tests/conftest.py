"""What several tests share: copies of the sample, one built site, a server, a browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import launch_options
from tests.support.project import BuiltSample, build, copy_of_sample


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
