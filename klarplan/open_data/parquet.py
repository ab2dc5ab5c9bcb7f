"""The tables as Parquet, for those who analyse much at once: only where someone asks for it."""

from __future__ import annotations

import io
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from klarplan.messages import KlarplanError, Text
from klarplan.strategy.addresses import parquet_file
from klarplan.strategy.load import CAST, Loaded
from klarplan.strategy.schema import Column

if TYPE_CHECKING:
    import pyarrow as pa

_DIGITS = 38
"""So many digits a decimal number of Parquet has at most."""


def require_parquet() -> None:
    """Raise ``KlarplanError`` (exit code 2) where the package that writes Parquet is missing."""
    if find_spec("pyarrow") is None:
        raise KlarplanError(
            Text(
                "Für Parquet fehlt ein Zusatzpaket.",
                "An additional package for Parquet is missing.",
            ),
            Text(
                'Installieren Sie es: python -m pip install "klarplan[parquet]"',
                'Install it: python -m pip install "klarplan[parquet]"',
            ),
            exit_code=2,
        )


def parquet(loaded: Loaded) -> dict[str, bytes]:
    """Each table of a *public* strategy as Parquet, by its place below the site.

    Columns are those of the CSV file, with the types of the schema: dates are dates, decimal
    numbers keep all their digits where 38 are enough, an empty cell is null. The schema's titles
    and descriptions stand in the file.
    """
    return {
        parquet_file(loaded.descriptor.tables[name].path): _table(loaded, name)
        for name in loaded.strategy.tables
    }


def _table(loaded: Loaded, name: str) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - not part of every installation
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema, content = loaded.descriptor.tables[name], loaded.strategy.tables[name]
    fields, arrays = [], []
    for column in schema.columns.values():
        place = content.column(column.name)
        if place is None:
            continue
        cells = [record[place] if place < len(record) else "" for record in content.records]
        array = _array(pa, column, cells)
        about = {"title": column.title, "description": column.description}
        fields.append(pa.field(column.name, array.type, metadata=about))
        arrays.append(array)
    settings = loaded.strategy.settings
    about = {
        "title": schema.title,
        "description": schema.description,
        "publisher": settings.municipality,
        "licence": settings.licence_url,
    }
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about))
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _array(pa: Any, column: Column, cells: list[str]) -> pa.Array:
    """The cells of a column with its type; one that can't be read is null."""
    values = [_value(column.type, cell) for cell in cells]
    if column.type == "number":
        return pa.array(values, type=_number(pa, [v for v in values if v is not None]))
    types = {"integer": pa.int64(), "date": pa.date32(), "boolean": pa.bool_()}
    return pa.array(values, type=types.get(column.type, pa.string()))


def _value(kind: str, cell: str) -> Any:
    cast = CAST.get(kind)
    if not cell or cast is None:
        return cell or None
    try:
        return cast(cell)
    except (ValueError, InvalidOperation):
        return None


def _number(pa: Any, values: list[Decimal]) -> Any:
    """A decimal type that holds all digits of these numbers, or that of floating point."""
    parts = [value.as_tuple() for value in values]
    behind = max((-int(p.exponent) for p in parts if int(p.exponent) < 0), default=0)
    before = max((max(value.adjusted() + 1, 1) for value in values), default=1)
    if before + behind > _DIGITS:
        return pa.float64()
    return pa.decimal128(_DIGITS, behind)
