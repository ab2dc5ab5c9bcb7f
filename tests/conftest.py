"""What several tests share: built sites, copies of the sample, a server, a browser; and order."""

from __future__ import annotations

import functools
import gc
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from itertools import groupby
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import is_hypothesis_test
from playwright.sync_api import Browser, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.support import sites
from tests.support.browser import Pages, launch_options
from tests.support.fuzz import in_turn, register_profiles
from tests.support.importing import REAL, import_real
from tests.support.project import BuiltSample, QuietHandler, copy_of_sample
from tests.support.synthetic import write_minimal, write_strategy

register_profiles()

QUICK = ("check", "cli", "importer", "look", "macros", "strategy")
"""Rooms whose tests take no time, but those that need one of these fixtures."""
SLOW = {"sample", "minimal", "three_hundred", "thousand", "imported", "browser", "copy"}
SPREAD = (
    "test_access_pages.py",
    "test_any_files.py",
    "test_attacks.py",
    "test_bad_circumstances.py",
    "test_disks.py",
    "test_gates.py",
    "test_keyboard.py",
    "test_modules.py",
    "test_pdf_any_text.py",
    "test_properties.py",
    "test_recipes.py",
    "test_site.py",
    "test_weight.py",
)
"""Files with long tests that share nothing but kept sites: any process takes any of their tests."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare ``-m quick`` the imports of rooms in which nothing is quick."""
    parts = collection_path.relative_to(Path(__file__).parent).parts
    quick = not parts or parts[0] in QUICK
    return True if config.option.markexpr == "quick" and not quick else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Deal out whole files, so that one process makes what their tests share."""
    return ByFile(config, log)


class ByFile(LoadScopeScheduling):
    """Deals out tests by their share, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


def share_of(test: str) -> str:
    """What is dealt out together with a test: its file, or itself where the file is spread."""
    file = test.partition("::")[0]
    return test if file.rpartition("/")[2] in SPREAD else file


def pytest_collection_finish() -> None:
    """What is there before the first test stays: nobody looks through it for garbage again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as ``quick`` what needs no built site, browser or arbitrary input; it comes last."""
    late = others_turn(items, config.option.hypothesis_seed)
    config.hook.pytest_deselected(items=late)
    items[:] = [item for item in items if item not in late]
    here = Path(__file__).parent
    for item in items:
        room = item.path.relative_to(here).parts[0]
        fixtures = set(getattr(item, "fixturenames", ()))
        slow = item.get_closest_marker("long") or item.get_closest_marker("builds")
        arbitrary = is_hypothesis_test(getattr(item, "obj", None))
        if room in QUICK and not fixtures & SLOW and not slow and not arbitrary:
            item.add_marker("quick")
    # What takes a second ends the run, so that no process waits long for another.
    items.sort(key=lambda item: item.get_closest_marker("quick") is not None)


def others_turn(items: list[pytest.Item], seed: str | None) -> list[pytest.Item]:
    """The cases of tests in turns that are not this seed's; without a seed all are tried."""
    late: list[pytest.Item] = []
    in_turns = (item for item in items if item.get_closest_marker("turns"))
    for _, group in groupby(in_turns, lambda item: item.nodeid.partition("[")[0]):
        cases = list(group)
        (of,) = cases[0].get_closest_marker("turns").args
        now = in_turn(cases, of, seed)
        late += (item for item in cases if item not in now)
    return late


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> str | None:
    """What the long run draws its input from: each commit has another; ``None`` is all of it."""
    told: str | None = request.config.option.hypothesis_seed
    return told


@pytest.fixture(scope="session")
def sample() -> BuiltSample:
    """The sample with website, papers and data."""
    return sites.kept("sample", copy_of_sample)


@pytest.fixture(scope="session")
def minimal() -> BuiltSample:
    """The least that is a strategy, with website, papers and data."""
    return sites.kept("minimal", write_minimal)


@pytest.fixture(scope="session")
def three_hundred() -> BuiltSample:
    """A strategy of 300 measures, with website, papers and data."""
    return sites.kept("three_hundred", lambda root: write_strategy(root, 300))


@pytest.fixture(scope="session")
def thousand() -> BuiltSample:
    """A strategy of 1,000 measures, with website, papers and data."""
    return sites.kept("thousand", lambda root: write_strategy(root, 1000))


@pytest.fixture(scope="session")
def imported() -> BuiltSample:
    """A real city's list of measures, imported, with website, papers and data."""
    if not (REAL / "muenster.xlsx").is_file():
        pytest.skip("the real lists are not part of the repository; put them into ../shared/real")
    return sites.kept("imported", import_real)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    return copy_of_sample(tmp_path / "fork")


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
    """A real browser, whose pages of the same options share what was fetched.

    ``new_page`` hands out a page that another test has closed, where there is one, since a new one
    takes a second of work; ``new_context`` opens a page to which the browser is new. What is
    expected of a page may take a minute to come, on however busy a machine.
    """
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**launch_options())
        started.new_page = Pages(started).new_page  # type: ignore[method-assign]
        yield started
        started.close()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what others read of the open data, and what keeps papers from PDF/UA-2."""
    passed = terminalreporter.stats.get("passed", ())
    for key, title, head in (
        ("client", "open data, read by others", ("client", "version", "read")),
        ("pdf/ua-2", "what keeps PDF/UA-2 away", ("paper", "times", "what")),
    ):
        told = [value for report in passed for name, value in report.user_properties if name == key]
        if not told:
            continue
        table = [head, *(line.split("\t") for line in sorted(told))]
        widths = [max(len(row[place]) for row in table) for place in range(2)]
        terminalreporter.section(title)
        for first, second, what in table:
            line = f"{first:<{widths[0]}}  {second:<{widths[1]}}  {what}"
            terminalreporter.write_line(line)
