"""Tables are written as CSV in one canonical form, all or none."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.messages import KlarplanError
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_writer import replace_files, table_bytes, write_table

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1)
)


@given(TABLE)
def test_whatever_is_written_reads_back_the_same(rows: list[list[str]]) -> None:
    """Every text comes back from the file as it was written, whatever characters it has."""
    written = table_bytes(rows[0], rows[1:]).decode("utf-8")
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == rows


def test_only_what_needs_it_is_quoted() -> None:
    """Commas, quotation marks and line breaks are quoted; umlauts, pipes and blanks are not."""
    row = ["a|b", " c ", "d,e", 'f"g', "h\ni", "ü;"]
    written = table_bytes(["1", "2", "3", "4", "5", "6"], [row])
    assert written == '1,2,3,4,5,6\na|b, c ,"d,e","f""g","h\ni",ü;\n'.encode()


def test_short_rows_are_filled_up_and_long_ones_refused() -> None:
    """A row has as many cells as the header; one with more of them is a mistake of the caller."""
    assert table_bytes(["a", "b"], [["1"]]) == b"a,b\n1,\n"
    with pytest.raises(ValueError, match="row of 2 cells"):
        table_bytes(["a"], [["1", "2"]])


def test_a_written_table_can_be_loaded(tmp_path: Path) -> None:
    """The reader of the project understands what its writer writes."""
    path = tmp_path / "data" / "x.csv"
    write_table(path, ["id", "title"], [["1", "zwei\nZeilen, mit Komma"]])
    table, findings = csv_reader.read(path, "x", "data/x.csv")
    assert findings == []
    assert table is not None
    assert table.records == (("1", "zwei\nZeilen, mit Komma"),)


def test_if_one_file_cannot_be_written_none_is_changed(tmp_path: Path) -> None:
    """When the second of two files fails, the first keeps its old content and no rest is left."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("alt\n")
    second.mkdir()
    (second / "voll").write_text("")
    with pytest.raises(KlarplanError) as caught:
        replace_files({first: b"neu\n", tmp_path / "c.csv": b"neu\n", second: b"neu\n"})
    assert "b.csv" in caught.value.problem.de
    assert first.read_text() == "alt\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Replacing a file does not change who may read it."""
    path = tmp_path / "a.csv"
    path.write_text("alt")
    path.chmod(0o640)
    replace_files({path: b"neu"})
    assert path.stat().st_mode & 0o777 == 0o640
