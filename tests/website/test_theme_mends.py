"""Each mend of the theme's pages: what it answers, and that it is still needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from klarplan.website import theme_mends
from klarplan.website.policy import SCRIPTS
from tests.support.project import BuiltSample


@pytest.fixture(scope="module")
def raw(sample: BuiltSample, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A measure's page as the theme writes it, before anything is mended."""
    site = tmp_path_factory.mktemp("raw")
    config = sample.root / "build" / "mkdocs.yml"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(site)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (site / "massnahmen/m-001/index.html").read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("mend", theme_mends.MENDS, ids=lambda mend: mend.__name__)
def test_every_mend_is_needed(raw: str, mend: theme_mends.Mend) -> None:
    """The theme still has each fault that is mended; a mend that changes nothing can go."""
    assert mend(raw) != raw


@pytest.mark.parametrize("mend", theme_mends.MENDS, ids=lambda mend: mend.__name__)
@pytest.mark.long
def test_mending_twice_changes_nothing_more(raw: str, mend: theme_mends.Mend) -> None:
    """A mended page stays as it is."""
    assert mend(mend(raw)) == mend(raw)


def test_toggles_go(raw: str) -> None:
    """No checkbox with ``autocomplete`` and no label for what is not there is left."""
    assert 'autocomplete="off"' in raw.partition("<header")[0]
    page = theme_mends.without_toggles(raw)
    assert 'type="checkbox" id="__' not in page
    assert "md-overlay" not in page


def test_skip_link_leads_to_the_content(raw: str) -> None:
    """The first link leads to the content, which can take the focus."""
    page = theme_mends.with_goal_of_skip_link(raw)
    assert page.index('<a class="md-skip" href="#inhalt">') < page.index("<header")
    assert '<div class="md-content" data-md-component="content" id="inhalt" tabindex="-1">' in page


def test_empty_boxes_go(raw: str) -> None:
    """Boxes that nothing fills are gone, and those with content stay."""
    page = theme_mends.without_empty_elements(raw)
    assert "md-dialog" not in page
    assert 'data-md-component="announce"' not in page
    full = '<div data-md-component="announce"><p>Neu</p></div>'
    assert theme_mends.without_empty_elements(full) == full


def test_the_theme_brings_no_script(raw: str) -> None:
    """The theme's script and its settings are not there; Klarplan's scripts all are."""
    assert "assets/javascripts/" not in raw
    assert "__config" not in raw
    for name in SCRIPTS:
        assert f"assets/{name}" in raw


def test_generator_goes(raw: str) -> None:
    """No page names the versions that made it; other descriptions stay."""
    page = theme_mends.without_generator(raw)
    assert 'name="generator"' not in page
    assert 'name="description"' in page


def test_code_keeps_its_blank_lines() -> None:
    """Blank lines go, but not in code, which is shown as typed."""
    page = "<p>\n\n  \n</p>\n<pre>a\n\n\nb</pre>\n\n<p>c</p>"
    assert theme_mends.without_blank_lines(page) == "<p>\n</p>\n<pre>a\n\n\nb</pre>\n\n<p>c</p>"


def test_all_pages_of_a_folder_are_mended(tmp_path: Path, raw: str) -> None:
    """Pages in folders below are mended, umlauts included; other files are left alone."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("404.html", "a/b/index.html", "a/text.txt"):
        (tmp_path / name).write_text(raw, "utf-8")
    theme_mends.clean_up(tmp_path)
    assert (tmp_path / "404.html").read_text("utf-8") == theme_mends.mended(raw)
    assert (tmp_path / "a/b/index.html").read_text("utf-8") == theme_mends.mended(raw)
    assert (tmp_path / "a/text.txt").read_text("utf-8") == raw
