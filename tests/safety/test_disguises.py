"""What a proposal brings under a name that is not its own: tables, caches, pages, settings."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from klarplan.look.kept import NOTE, kept
from klarplan.look.typeface import FIRA, TYPEFACES
from klarplan.look.web_fonts import font_files
from klarplan.pages.page import Page
from klarplan.strategy.schema import DESCRIPTOR
from macros.seal import Seal
from tests.support.klein import copied, errors
from tests.support.project import REPOSITORY

FOREIGN = b"@import '//fremd.example/x.css';"


def describe(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Put a changed description of the tables into a strategy."""
    package = json.loads((REPOSITORY / DESCRIPTOR).read_text(encoding="utf-8"))
    change(package)
    (root / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")


def table(path: str) -> dict[str, Any]:
    """A table of one column, in a file of this name."""
    return {"name": "x", "path": path, "schema": {"fields": [{"name": "a", "type": "string"}]}}


@pytest.mark.parametrize(
    "path",
    ["x.html", "x.svg", "x.php", "x.csv.html", "datapackage.json", "con.csv", "x\n.csv", "x?.csv"],
)
def test_table_is_published_as_csv_only(tmp_path: Path, path: str) -> None:
    """No table may be called like a page, a program or a drawing: it would be published as one."""
    root = copied(tmp_path)
    (root / "data" / path).write_text("a\n<script>hit()</script>\n", encoding="utf-8")
    describe(root, lambda package: package["resources"].append(table(path)))
    assert [f.file for f in errors(root)] == [DESCRIPTOR]


@pytest.mark.parametrize("path", ["MEASURES.csv", "measures.CSV", "measures.csv"])
def test_two_tables_are_never_one_file(tmp_path: Path, path: str) -> None:
    """Two tables whose files some systems take for one are an error."""
    root = copied(tmp_path)
    describe(root, lambda package: package["resources"].append(table(path)))
    assert [f.file for f in errors(root) if f.rule == "KP040"] == [DESCRIPTOR]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("decisions", "url"),
        ("status_reports", "evidence_url"),
        ("organisations", "functional_email"),
    ],
)
def test_addresses_stay_addresses(tmp_path: Path, name: str, column: str) -> None:
    """A description that no longer calls a column an address is an error."""

    def loosened(package: dict[str, Any]) -> None:
        for resource in package["resources"]:
            for field in resource["schema"]["fields"]:
                if (resource["name"], field["name"]) == (name, column):
                    del field["format"]

    root = copied(tmp_path)
    describe(root, loosened)
    assert [(f.rule, f.value, f.column) for f in errors(root)] == [("KP044", name, column)]


def test_kept_files_are_made_once(tmp_path: Path) -> None:
    """What was made here is not made again."""
    assert kept(tmp_path, ["a", "b"], lambda: [b"1", b"2"]) == [b"1", b"2"]
    assert kept(tmp_path, ["a", "b"], list) == [b"1", b"2"]


Made = tuple[Path, dict[str, bytes]]


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A folder in which files of typefaces were made, and the files."""
    folder = tmp_path_factory.mktemp("fonts")
    return folder, font_files(folder, TYPEFACES[FIRA])


@pytest.mark.parametrize(
    "note",
    ["restored", *(pytest.param(n, marks=pytest.mark.long) for n in (None, "0", "copied"))],
)
def test_kept_files_of_others_do_not_count(fonts: Made, tmp_path: Path, note: str | None) -> None:
    """A style sheet that a proposal brings into the folder ``build`` is never published."""
    folder, made = fonts
    cache = tmp_path / "cache"
    shutil.copytree(folder, cache, copy_function=shutil.copy2)
    for file in cache.iterdir():
        if file.suffix == NOTE:
            continue
        beside = file.with_name(file.name + NOTE)
        if note != "copied":
            file.write_bytes(FOREIGN)
        if note == "restored":  # archives bring the time of the last writing along
            os.utime(file, ns=(10**18, 10**18))
            beside.write_text(str(10**18), encoding="ascii")
        elif note is None:
            beside.unlink()
        elif note != "copied":
            beside.write_text(note, encoding="ascii")
    assert font_files(cache, TYPEFACES[FIRA]) == made


@pytest.mark.parametrize(
    "file",
    [
        *("robots.txt.md", "sitemap.xml.md", "strategie.pdf/index.md", "index.html.md"),
        *("form/index.md", "macros.md", "pages/index.md", "print/x.md"),
        *("staticwebapp.config.json", "a/Vercel.json", "firebase.json"),
    ],
)
def test_names_that_are_taken(tmp_path: Path, file: str) -> None:
    """A page or file at the place of what programs and web servers look for is refused."""
    root = copied(tmp_path)
    path = root / "docs" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}" if file.endswith(".json") else "# Titel\n", encoding="utf-8")
    assert {f.rule for f in errors(root)} == {"KP742"}


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\x7f", "\x01"])
def test_title_never_breaks_the_head_of_a_page(letter: str) -> None:
    """A title with what YAML does not take goes without it, and the head of the page is read."""
    title = f"Mit{letter}machen"
    page = Page(path="x/index.md", title=title, description=title, body="Text", source="docs/x.md")
    body, head = get_data(page.text(Seal.drawn()))
    assert (head["title"], head["description"]) == ("Mitmachen", "Mitmachen")
    assert "title" not in body
