"""Lighthouse finds nothing to mend in what does not depend on the machine's speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import lighthouse
from tests.support.access import served
from tests.support.lighthouse import STEADY, judged
from tests.support.project import BuiltSample

NEEDED = pytest.mark.skipif(not lighthouse.is_there(), reason="Lighthouse needs npm and a browser")


@NEEDED
@pytest.mark.long
@pytest.mark.parametrize("path", ["", "massnahmen/", "massnahmen/m-001/", "leichte-sprache/"])
def test_page_has_full_scores(sample: BuiltSample, tmp_path: Path, path: str) -> None:
    """Accessibility, good practice and search engines: 100 of 100 on start, list and measure."""
    with served(sample.site) as address:
        page = judged(address + path, tmp_path, steady=True)
    assert page.failed() == []
    assert page.scores == dict.fromkeys(STEADY, 100)


@NEEDED
@pytest.mark.long
def test_planted_faults_are_found(tmp_path: Path) -> None:
    """A picture without a text, a page without a description and a broken script cost scores."""
    page = (
        "<!doctype html><html lang=de><title>x</title><h1>x</h1><img src=a.png><script src=weg.js>"
    )
    (tmp_path / "index.html").write_text(page, "utf-8")
    with served(tmp_path) as address:
        found = judged(address, tmp_path, steady=True)
    assert {"image-alt", "meta-description", "errors-in-console"} <= set(found.failed())
    assert max(found.scores.values()) < 100
