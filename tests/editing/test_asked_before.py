"""``klarplan diff`` of a workbook says what its import would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.klein import copied, replace
from tests.support.project import klarplan
from tests.support.workbooks import changed, exported, put, row_of, taken

AS_OF = ("--as-of", "2026-06-30")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def mended(book: Any) -> None:
    """A change: the measure A-4 gets another title, the milestone S-3 is lost."""
    sheet = book["Maßnahmen"]
    put(sheet, row_of(sheet, "A-4"), {"title": "Netze"})
    book["Meilensteine"].delete_rows(row_of(book["Meilensteine"], "S-3"))


def test_a_workbook_is_told_as_its_import_tells_it(root: Path) -> None:
    """The sentences are those of the import, nothing is written, and the next step is named."""
    path = changed(exported(root), mended)
    before = (root / "data/measures.csv").read_bytes()
    asked = klarplan("diff", str(path), "--root", str(root), *AS_OF)
    shown = klarplan("import", str(path), "--root", str(root), *AS_OF)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.splitlines()[:-1] == shown.stdout.splitlines()[:-1]
    assert asked.stdout.splitlines()[-1].endswith(f"klarplan import {path} --root {root} --write")
    assert (root / "data/measures.csv").read_bytes() == before


def test_a_workbook_is_told_in_each_form(root: Path) -> None:
    """Markdown for a proposal, JSON for programs; both with what is still to be decided."""
    path = changed(exported(root), mended)
    replace(root, "data/measures.csv", "A-4,Glasfaser,", "A-4,Kabel,")
    asked = ("diff", str(path), "--root", str(root), *AS_OF)
    told = json.loads(klarplan(*asked, "--format", "json").stdout)
    assert [change["text"] for change in told["changes"]] == [
        one.text for one in taken(root, path).comparison.told
    ]
    assert [remark["kind"] for remark in told["remarks"]] == ["conflict", "lost"]
    marked = klarplan(*asked, "--format", "markdown", "--lang", "en").stdout
    assert "## Changed on both sides" in marked
    assert "S-3 · A-4" in marked


def test_what_would_be_refused_is_told(root: Path) -> None:
    """An error that the tables would have is told with its cell, in every form."""

    def change(book: Any) -> None:
        sheet = book["Maßnahmen"]
        put(sheet, row_of(sheet, "A-4"), {"planned_end": "bald"})

    path = changed(exported(root), change)
    asked = ("diff", str(path), "--root", str(root), *AS_OF)
    for form in ("text", "markdown", "json"):
        said = klarplan(*asked, "--format", form).stdout.replace("\\", "")
        assert "mappe.xlsx, Maßnahmen, J6 · Geplantes Ende: " in said


@pytest.mark.parametrize("name", ["fehlt.xlsx", "kaputt.xlsx", "fremd.XLSM"])
def test_what_is_no_workbook_of_ours_is_told(root: Path, name: str) -> None:
    """A file that is not there, one that is broken, and one that is another list."""
    path = root.parent / name
    if name.startswith("kaputt"):
        path.write_bytes(exported(root).read_bytes()[:2000])
    if name.startswith("fremd"):
        made = changed(exported(root), lambda book: book.__delitem__("_klarplan"))
        made.rename(path)
    done = klarplan("diff", str(path), "--root", str(root))
    assert done.returncode in (1, 2)
    said = {"f": "gibt es nicht", "k": "als Arbeitsmappe (XLSX) lesen", "F": "keine Arbeitsmappe"}
    assert said["F" if name.startswith("fremd") else name[0]] in done.stderr
