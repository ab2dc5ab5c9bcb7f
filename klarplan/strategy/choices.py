"""What people choose from in a workbook or a form: labels by value, each label once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Column, Descriptor

Labels = Mapping[str, str]
"""What people choose from: labels by value."""
TRUTH = "boolean"
"""The name of the list for truth values."""


def lists(descriptor: Descriptor, tables: Mapping[str, Table], lang: str) -> dict[str, Labels]:
    """All lists by name: ids of tables, categories of columns (``table.column``), yes and no."""
    found: dict[str, Labels] = {TRUTH: _truth(lang)}
    for name, schema in descriptor.tables.items():
        if name in tables:
            found[name] = _rows(tables[name], lang)
        for column in schema.columns.values():
            if column.categories:
                found[f"{name}.{column.name}"] = _unique(_categories(column, lang))
    return {name: labels for name, labels in found.items() if labels}


def _truth(lang: str) -> Labels:
    return {"true": "yes", "false": "no"} if lang == "en" else {"true": "ja", "false": "nein"}


def _categories(column: Column, lang: str) -> Iterable[tuple[str, str]]:
    return ((value, column.label(value, lang)) for value, _ in column.categories)


def _rows(table: Table, lang: str) -> Labels:
    """Rows by id: id and title where there is a title, else what they are called.

    In English they are called as a column with that ending says, such as ``label_en``.
    """
    at = {name: n for n, name in reversed([*enumerate(table.header)])}
    if "id" not in at:
        return {}

    def cell(record: tuple[str, ...], name: str) -> str:
        names = (f"{name}_en", name) if lang == "en" else (name,)
        cells = (record[at[n]] for n in names if n in at and at[n] < len(record))
        return next(filter(None, cells), "")

    pairs = []
    for record in table.records:
        identifier, title = cell(record, "id"), cell(record, "title")
        called = cell(record, "label") or cell(record, "name")
        pairs.append((identifier, f"{identifier} {title}" if title else called or identifier))
    return _unique(pairs)


def _unique(pairs: Iterable[tuple[str, str]]) -> Labels:
    """Labels on one line; where two are alike, the later one names its value."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for value, label in pairs:
        if not value or value in found:
            continue
        text = " ".join(label.split()) or value
        if text in taken:
            text = f"{text} ({value})"
        found[value] = text
        taken.add(text)
    return found
