"""What pages weigh: the bytes that a browser fetches for them, compressed as a host sends them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Response

from tests.support.access import View, served

FIRST_LOAD = 300_000
"""Bytes of a page with all that it needs, for a browser that knows nothing of the site."""
PAGE = {"massnahmen/": 200_000}
"""Bytes of HTML of the list of all measures."""
OTHER_PAGE = 60_000
"""Bytes of HTML of any other page."""


def sent(file: Path) -> int:
    """The bytes of a file, compressed."""
    return len(gzip.compress(file.read_bytes(), 6))


def first_loads(browser: Browser, site: Path, paths: Sequence[str]) -> dict[str, int]:
    """The bytes that a browser without a cache receives for each page and all that it needs."""
    loads: dict[str, int] = {}
    here = ""

    def note(answer: Response) -> None:
        loads[here] += int(answer.headers.get("content-length", "0"))

    context = browser.new_context(**View("light", 1280).options())
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", note)
    with served(site) as address:
        for here in paths:
            loads[here] = 0
            page.goto(address + here)
            page.evaluate("document.fonts.ready.then(() => true)")
            page.goto("about:blank")  # lets go of what the page holds
            assert loads[here]
    context.close()
    return loads


def too_heavy(browser: Browser, site: Path, paths: Sequence[str]) -> dict[str, int]:
    """The pages whose HTML or first load is above its limit, with the bytes of the latter."""
    return {
        path: load
        for path, load in first_loads(browser, site, paths).items()
        if load > FIRST_LOAD or sent(file_of(site, path)) > PAGE.get(path, OTHER_PAGE)
    }


def file_of(site: Path, path: str) -> Path:
    """The file of a page."""
    return site / path / "index.html" if path.endswith("/") or not path else site / path
