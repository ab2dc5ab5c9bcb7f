"""Pages stay light: what a browser fetches for the first page, compressed as a host sends it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from tests.access import View, pages_of, served
from tests.conftest import BuiltSample, build
from tests.synthetic import write_strategy

FIRST_LOAD = 300_000
MEASURE_PAGE = 60_000
OVERVIEW = 200_000


def sent(file: Path) -> int:
    """The bytes of a file, compressed."""
    return len(gzip.compress(file.read_bytes(), 6))


def first_load(browser: Browser, address: str, path: str) -> int:
    """The bytes that a browser with an empty cache receives for a page and all it needs."""
    context = browser.new_context(**View("light", 1280).options())
    page = context.new_page()
    received: list[int] = []

    def note(answer: Response) -> None:
        received.append(int(answer.headers.get("content-length", "0")))

    page.on("response", note)
    page.goto(address + path)
    page.evaluate("document.fonts.ready.then(() => true)")
    context.close()
    assert received
    return sum(received)


def test_first_load_of_any_page_is_light(sample: BuiltSample, browser: Browser) -> None:
    """No page of the sample makes a browser fetch more than 300 kB."""
    with served(sample.site) as address:
        weights = {path: first_load(browser, address, path) for path in pages_of(sample.site)}
    assert {path: weight for path, weight in weights.items() if weight > FIRST_LOAD} == {}
    assert min(weights.values()) > 10_000


def test_pages_of_measures_are_light(sample: BuiltSample) -> None:
    """No page of a measure is more than 60 kB of HTML."""
    pages = list((sample.site / "massnahmen").glob("*/index.html"))
    assert len(pages) == 39
    assert {page.parent.name: sent(page) for page in pages if sent(page) > MEASURE_PAGE} == {}


@pytest.mark.parametrize("measures", [1000])
def test_overview_of_many_measures_is_light(tmp_path: Path, measures: int) -> None:
    """The overview of 1,000 measures is at most 200 kB of HTML."""
    write_strategy(tmp_path, measures)
    build(tmp_path, "--no-pdf")
    assert sent(tmp_path / "site/massnahmen/index.html") <= OVERVIEW


def test_planted_weight_is_found(sample: BuiltSample, tmp_path: Path, browser: Browser) -> None:
    """A picture of 400 kB on a page makes its first load too heavy."""
    (tmp_path / "big.png").write_bytes(bytes(400_000))
    (tmp_path / "index.html").write_text("<!doctype html><img alt='' src='big.png'>", "utf-8")
    with served(tmp_path) as address:
        assert first_load(browser, address, "") > FIRST_LOAD
