"""A page loads few style sheets, and each rule at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from klarplan.website.style_sheets import COLOURS, JOINED, SHEETS, join
from tests.support.project import REPOSITORY, BuiltSample, baked
from tests.support.some import first_of


def test_page_loads_four_style_sheets(sample: BuiltSample) -> None:
    """Two of the theme, the typeface, and one with all of ours, which comes last."""
    page = html.parse(str(sample.site / "massnahmen/m-001/index.html"))
    links = page.xpath("//link[@rel='stylesheet']/@href")
    assert [re.sub(r"\.\w+\.min", "", link.removeprefix("../../")) for link in links] == [
        "assets/stylesheets/main.css",
        "assets/stylesheets/palette.css",
        "assets/typeface.css",
        JOINED,
    ]


def test_one_file_holds_all_of_ours_in_order(sample: BuiltSample) -> None:
    """The colours come first, then each style sheet whole, in the order in which they hold."""
    joined = (sample.site / JOINED).read_text("utf-8")
    texts = [(REPOSITORY / "overrides/assets" / name).read_text("utf-8") for name in SHEETS]
    places = [joined.index(text) for text in texts]
    assert places == sorted(places)
    assert "--klarplan-link" in joined[: places[0]]


def test_other_files_stay(sample: BuiltSample) -> None:
    """What is joined is no file any more; a style sheet of the municipality's stays one."""
    files = {f"assets/{name}": name.encode() for name in SHEETS}
    files |= {COLOURS: b"colours", "assets/haus.css": b"haus"}
    join(files)
    assert files.keys() == {JOINED, "assets/haus.css"}
    assert files[JOINED].split() == [b"colours", *(name.encode() for name in SHEETS)]
    assert not (sample.site / "assets/base.css").exists()


@pytest.mark.parametrize("name", first_of(["base.css.eigene", "base.css.eigene-2", "base.css~"]))
def test_what_lies_beside_a_style_sheet_is_not_published(copy: Path, name: str) -> None:
    """What an update kept of a town's own, or an editor left, is none of the site's files."""
    (copy / "overrides/assets" / name).write_text("a {}", "utf-8")
    pages = baked(copy).parent / "pages"
    assert (pages / JOINED).is_file()
    assert not (pages / "assets" / name).exists()
