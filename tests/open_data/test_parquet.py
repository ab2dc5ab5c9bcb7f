"""Tables as Parquet, where someone asks for them."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from klarplan.open_data import parquet as module
from klarplan.open_data.outputs import outputs
from klarplan.open_data.parquet import parquet
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.safety.test_internal import SECRETS, write_with_texts
from tests.support import clients, klein
from tests.support.project import REPOSITORY, klarplan

SAMPLE = public(load(REPOSITORY))


@pytest.fixture
def arrow() -> Iterator[Any]:
    """What reads Parquet, from the environment of the programs of others."""
    sys.path.append(str(clients.packages()))
    try:
        import pyarrow.parquet  # noqa: PLC0415

        yield pyarrow.parquet
    finally:
        sys.path.pop()


@pytest.mark.long
def test_each_table_keeps_its_cells_and_types(arrow: Any) -> None:
    """Dates are dates, amounts keep their digits, an empty cell is null; titles are there."""
    files = parquet(SAMPLE)
    assert len(files) == len(SAMPLE.strategy.tables)
    for name, table in SAMPLE.strategy.tables.items():
        read = arrow.read_table(io.BytesIO(files[f"daten/{name}.parquet"]))
        assert read.num_rows == len(table.records)
        columns = SAMPLE.descriptor.tables[name].columns
        assert set(read.column_names) == {c for c in table.header if c in columns}
        for column in read.column_names:
            cells = [record[table.header.index(column)] for record in table.records]
            values = read.column(column).to_pylist()
            assert [value is None for value in values] == [cell == "" for cell in cells]
            for value, cell in zip(values, cells, strict=True):
                if isinstance(value, Decimal):
                    assert value == Decimal(cell)
                elif isinstance(value, dt.date):
                    assert value.isoformat() == cell
                elif isinstance(value, str):
                    assert value == cell
    budget = arrow.read_table(io.BytesIO(files["daten/budget.parquet"])).schema
    assert str(budget.field("spent").type).startswith("decimal128")
    assert "Ausgegeben" in budget.field("spent").metadata[b"title"].decode()


@pytest.mark.long
def test_the_same_tables_are_the_same_bytes(arrow: Any) -> None:
    """Two runs make the same files."""
    assert parquet(SAMPLE) == parquet(SAMPLE)


@pytest.mark.long
def test_nothing_internal_is_in_them(arrow: Any, tmp_path: Path) -> None:
    """Internal tables, columns and rows are left out, whatever the compression hides."""
    root = tmp_path / "stadt"
    root.mkdir()
    write_with_texts(root)
    for name, content in parquet(public(load(root))).items():
        read = arrow.read_table(io.BytesIO(content))
        told = f"{name} {read.schema.to_string(show_field_metadata=True)} {read.to_pylist()}"
        assert not any(secret in told for secret in SECRETS), name


def test_parquet_is_made_only_where_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A usual build has none; who asks for it without the package is told what to install."""
    root = klein.copied(tmp_path)
    assert not [name for name in outputs(public(load(root)), klein.DAY) if "parquet" in name]
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    told = klarplan("build", "--root", str(root), "--parquet")
    assert told.returncode == 2
    assert "klarplan[parquet]" in told.stderr
    assert not (root / "site").exists()
