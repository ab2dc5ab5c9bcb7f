"""A table of one's own is published as the handbook says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from klarplan.open_data.outputs import outputs
from klarplan.own_files import PACKAGE
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support import klein
from tests.support.project import REPOSITORY

HANDBOOK = REPOSITORY / "docs/handbuch/sichtbarkeit.md"


def with_trees(folder: Path, **more: object) -> Path:
    """The small strategy with the table that the handbook shows, one of whose rows is of A-2."""
    root = klein.copied(folder)
    (block,) = re.findall(r"```json\n(\{\n.+?)```", HANDBOOK.read_text("utf-8"), re.DOTALL)
    package = json.loads((PACKAGE.parent / "data/datapackage.json").read_text("utf-8"))
    package["resources"].append({**json.loads(block), **more})
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    rows = "id,measure,art,gepflanzt\nX-1,A-1,Linde,1899-11-02\nX-2,A-2,Eiche,\n"
    (root / "data/baeume.csv").write_text(rows, "utf-8")
    klein.replace(root, "strategy/strategy.yml", "published: false", "published: true")
    return root


def test_it_is_offered_in_each_form(tmp_path: Path) -> None:
    """The check finds no fault in it; CSV, JSON, schema and catalogue have it."""
    root = with_trees(tmp_path)
    assert [f for f in klein.errors(root) if "baeume" in f.file or "datapackage" in f.file] == []
    files = outputs(public(load(root)), klein.DAY)
    assert "X-2,A-2,Eiche," in files["daten/baeume.csv"].decode()
    rows = json.loads(files["api/v1/baeume.json"])["rows"]
    assert rows[0] == {"id": "X-1", "measure": "A-1", "art": "Linde", "gepflanzt": "1899-11-02"}
    assert "api/v1/schemas/baeume-list.json" in files
    assert "Bäume (CSV)" in files["catalog.ttl"].decode()


@pytest.mark.parametrize("internal", ["A-2", "A-1"])
def test_its_rows_of_internal_measures_are_kept_back(tmp_path: Path, internal: str) -> None:
    """A row that refers to an internal measure is in no file; the other one is."""
    root = with_trees(tmp_path)
    klein.keep_back(root, "measures", internal)
    files = outputs(public(load(root)), klein.DAY)
    kept, gone = ("Linde", "Eiche") if internal == "A-2" else ("Eiche", "Linde")
    for name in ("daten/baeume.csv", "api/v1/baeume.json"):
        assert kept in files[name].decode()
        assert gone not in files[name].decode()


def test_an_internal_one_is_nowhere(tmp_path: Path) -> None:
    """Marked as internal, neither its rows nor what it is called are in any file."""
    files = outputs(public(load(with_trees(tmp_path, visibility="internal"))), klein.DAY)
    assert not [name for name in files if "baeume" in name]
    assert not [name for name, text in files.items() if "Bäume".encode() in text]
