"""Pages stay light."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.access import pages_of
from tests.support.project import BuiltSample
from tests.support.weight import first_loads, too_heavy


@pytest.mark.long
def test_no_page_is_heavy(browser: Browser, sample: BuiltSample) -> None:
    """No page is more than 60 kB of HTML, and none makes a browser fetch more than 300 kB."""
    paths = pages_of(sample.site)
    assert len(paths) > 100
    assert too_heavy(browser, sample.site, paths) == {}


def test_planted_weight_is_found(browser: Browser, tmp_path: Path) -> None:
    """A picture of 400 kB, or a page of 70 kB once compressed, is too heavy."""
    (tmp_path / "big.png").write_bytes(bytes(400_000))
    (tmp_path / "index.html").write_text("<!doctype html><img alt='' src='big.png'>", "utf-8")
    many = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(40_000))
    (tmp_path / "long.html").write_text(f"<!doctype html><p>{many}", "utf-8")
    (tmp_path / "good.html").write_text("<!doctype html><p>Gut", "utf-8")
    assert set(too_heavy(browser, tmp_path, ["", "long.html", "good.html"])) == {"", "long.html"}
    assert first_loads(browser, tmp_path, ["good.html"])["good.html"] < 1000


def test_what_pages_share_is_counted_for_each(browser: Browser, tmp_path: Path) -> None:
    """A page's first load holds what an earlier page made the browser fetch already."""
    (tmp_path / "both.png").write_bytes(bytes(9_000))
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<!doctype html><img alt='' src='both.png'>", "utf-8")
    assert min(first_loads(browser, tmp_path, ["a.html", "b.html"]).values()) > 9_000
