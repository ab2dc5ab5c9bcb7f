"""The site ships nothing that no page uses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klarplan.website.unused import leave_out_unused
from tests.support.project import REPOSITORY, BuiltSample
from tests.support.shipped import missing, unused

HEAD = '<link rel="stylesheet" href="assets/main.css">'
STYLE = "a{background:url(bilder/a.png)}"


def test_every_shipped_file_is_used(sample: BuiltSample, minimal: BuiltSample) -> None:
    """A page, style sheet or script names every file below ``assets``; licences lie beside."""
    assert unused(sample.site) == []
    # Its settings name no logo, but the municipality's own files stay.
    assert unused(minimal.site) == ["assets/wappen.svg"]
    assert missing(sample.site) == missing(minimal.site) == []


def test_only_assets_of_the_templates_are_on_the_site(sample: BuiltSample) -> None:
    """What papers, macros and the form need beside their templates is not the site's."""
    folders = {path.name for path in (REPOSITORY / "overrides").iterdir() if path.is_dir()}
    assert {name for name in folders if (sample.site / name).exists()} == {"assets"}


def test_unused_files_would_be_found(sample: BuiltSample, tmp_path: Path) -> None:
    """A script, a picture and a source map that nothing names are told, each by its place."""
    site = tmp_path / "site"
    shutil.copytree(sample.site, site, ignore=shutil.ignore_patterns("*.pdf"))
    for name in ("a.js", "bilder/b.png", "main.css.map"):
        (site / "assets" / name).write_text("x", "utf-8")
    assert unused(site) == ["assets/a.js", "assets/bilder/b.png", "assets/main.css.map"]


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> Path:
    """A site of one page, with what a theme brings along and what the municipality put there."""
    files = {
        "site/index.html": HEAD,
        "site/assets/main.css": f"{STYLE}\n/*# sourceMappingURL=main.css.map */",
        "site/assets/main.css.map": "{}",
        "site/assets/bilder/a.png": "a",
        "site/assets/bilder/b.png": "b",
        "site/assets/suche/de/worker.js": "//# sourceMappingURL=worker.js.map",
        "site/assets/plan.js": "1\n//# sourceMappingURL=plan.js.map",
        "pages/assets/plan.js": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def left(folder: Path) -> list[str]:
    """What lies below the site's ``assets``, folders too."""
    assets = folder / "site" / "assets"
    return sorted(path.relative_to(assets).as_posix() for path in assets.rglob("*"))


def test_what_only_a_style_sheet_names_stays(made: Path) -> None:
    """What no page leads to is gone, with its folders; a picture of a style sheet stays."""
    leave_out_unused(made / "site", made / "pages")
    assert left(made) == ["bilder", "bilder/a.png", "main.css", "plan.js"]


def test_source_maps_are_not_named_any_more(made: Path) -> None:
    """A style sheet of the theme leads to no source map; files of others are as they were."""
    leave_out_unused(made / "site", made / "pages")
    assert (made / "site/assets/main.css").read_text("utf-8") == STYLE
    assert (made / "site/assets/plan.js").read_text("utf-8").endswith("plan.js.map")


@pytest.mark.parametrize(
    "page",
    [
        f'{HEAD}<img src="assets/bilder/b.png">',
        f'{HEAD}<img srcset="x.png 1x, assets/bilder/b.png 2x">',
        f"{HEAD}<p style=\"background:url('assets/bilder/b.png')\">",
        f'{HEAD}<meta content="https://example.org/x/assets/bilder/b.png?v=1">',
    ],
)
def test_what_any_page_names_stays(made: Path, page: str) -> None:
    """A file stays however a page names it, however deep the page lies."""
    deep = made / "site" / "massnahmen" / "m-001" / "index.html"
    deep.parent.mkdir(parents=True)
    deep.write_text(page.replace("assets/", "../../assets/"), "utf-8")
    leave_out_unused(made / "site", made / "pages")
    assert "bilder/b.png" in left(made)


def test_own_files_stay(made: Path) -> None:
    """A file that the municipality put below ``docs/assets`` stays, though no page names it."""
    for folder in ("site", "pages"):
        (made / folder / "assets" / "merkblatt.txt").write_text("für alle", "utf-8")
    leave_out_unused(made / "site", made / "pages")
    assert "merkblatt.txt" in left(made)
