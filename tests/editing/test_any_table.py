"""Property: any table goes out into a workbook and comes back unchanged."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.strategy.csv_writer import table_bytes
from tests.support.fuzz import examples
from tests.support.klein import copied
from tests.support.office import as_workbook
from tests.support.workbooks import changed, exported, taken

KINDS = ("string", "date", "integer", "number", "boolean")
texts = st.one_of(
    st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [
            "2026-01-31",
            "31.12.2026",
            "1,5",
            "1.0",
            "007",
            "true",
            "FALSE",
            "ja",
            "=1+1",
            "'x",
            "#1#",
        ]
    ),
)


@examples(8, deadline=None)
@given(
    rows=st.lists(st.lists(texts, min_size=len(KINDS), max_size=len(KINDS)), max_size=6),
    keyed=st.booleans(),
)
def test_any_table_comes_back_unchanged(rows: list[list[str]], keyed: bool) -> None:
    """Whatever cells hold, opening and saving a workbook changes no byte and loses no row."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        own_table(root, rows, keyed=keyed)
        path = exported(root)
        for again in (path, changed(path, lambda book: None)):
            found = taken(root, again, delete=True, overwrite=True)
            assert not found.contents
            assert not found.merged.lost
            assert not found.merged.conflicts
            assert not found.back.notes
            assert not found.back.faults


@pytest.mark.long
def test_odd_texts_come_back_from_libreoffice(tmp_path: Path) -> None:
    """What looks like a formula, a number, a date or an escape is no change after saving."""
    root = copied(tmp_path)
    kinds = len(KINDS)
    rows = [[text] * kinds for text in ODD] + [["", *[text] * (kinds - 1)] for text in ODD]
    own_table(root, rows, keyed=False)
    found = taken(root, as_workbook(exported(root), tmp_path / "zurück"), delete=True)
    assert not found.contents
    assert not found.merged.lost
    assert not found.back.faults


ODD = (
    *("=1+1", "+1", "-1", "@x", "'x", "''", "007", "1e5", "1,5", "1.000", "12.5", "0.1", "1/2"),
    *("2026-01-31", "31.12.2026", "1899-01-01", "9999-12-31", "12:30", "50%", "5 €", "TRUE"),
    *("WAHR", "ja", "true", "false", "0", "1", "#REF!", "#N/A", "_x000B_", "a\nb", "a\n\n", "\ta"),
    *("a  b", "\x01", "\x0bx", "ä€😀", "<b>&amp;", '"', "123456789012345678", "x" * 40_000, "#1#"),
)


def own_table(root: Path, rows: list[list[str]], *, keyed: bool) -> None:
    """Describe a table of the fork's own with a column of each type, and write it."""
    path = root / "data/datapackage.json"
    if not path.is_file():
        engine = Path(__file__).resolve().parents[2] / "klarplan/strategy/datapackage.json"
        path.write_bytes(engine.read_bytes())
    package = json.loads(path.read_text("utf-8"))
    names = [f"c{n}" for n in range(len(KINDS))]
    fields = [{"name": n, "type": kind} for n, kind in zip(names, KINDS, strict=True)]
    schema = {"fields": fields, **({"primaryKey": ["c0"]} if keyed else {})}
    package["resources"].append({"name": "eigene", "path": "eigene.csv", "schema": schema})
    path.write_text(json.dumps(package), "utf-8")
    (root / "data/eigene.csv").write_bytes(table_bytes(names, rows))
