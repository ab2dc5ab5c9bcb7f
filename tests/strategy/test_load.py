"""From files to the model and its public part: nothing is lost, nothing secret is left."""

from __future__ import annotations

import copy
import json
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from frictionless import Field
from hypothesis import given, settings
from hypothesis import strategies as st

from klarplan.check.run import check_loaded
from klarplan.check.tables import validate
from klarplan.own_files import PACKAGE
from klarplan.strategy.csv_reader import Table, decode, parse
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.load import CAST, Loaded, kinds, load, strategy_from
from klarplan.strategy.model import MODEL
from klarplan.strategy.public import internal_ids, public
from klarplan.strategy.schema import read_descriptor, table_schema
from klarplan.words.catalogue import Words
from tests.support.fuzz import examples
from tests.support.klein import DAY, KLEIN

SHIPPED = read_descriptor(PACKAGE.parent)

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from('äß|",;\n\r=')
    ),
    max_size=30,
).map(lambda text: text.strip(" "))
ROW = st.lists(TEXT, min_size=3, max_size=3).filter(lambda row: any(c.strip() for c in row))


@given(st.lists(ROW, max_size=8))
@settings(deadline=None)
def test_texts_survive_writing_and_reading(rows: list[list[str]]) -> None:
    """Umlauts, pipes, quotes and line breaks in cells are the same after writing and reading."""
    header = ["id", "title", "summary"]
    written = table_bytes(header, rows)

    text, problems = decode(written, "data/x.csv")
    assert text is not None
    table, more = parse(text, "x", "data/x.csv")

    assert [*problems, *more] == []
    assert table is not None
    assert [list(r) for r in table.records] == rows
    assert table_bytes(table.header, table.records) == written


@given(st.lists(ROW, min_size=1, max_size=6))
@settings(deadline=None)
def test_lines_of_rows_are_those_of_an_editor(rows: list[list[str]]) -> None:
    """The line told for a row is the one on which an editor shows its beginning."""
    plain = [[cell.replace("\r", "\n") for cell in row] for row in rows]
    written = table_bytes(["id", "title", "summary"], plain).decode()

    table, _ = parse(written, "x", "data/x.csv")

    assert table is not None
    for line, row in zip(table.lines, plain, strict=True):
        before = "\n".join(written.split("\n")[: line - 1]) + "\n"
        assert written.startswith(table_bytes(row, []).decode(), len(before))


CELL = st.one_of(
    st.text(st.sampled_from("0123456789+-.eE_ ,T:Ztruefalsn٣１"), min_size=1, max_size=8),
    st.from_regex(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}", fullmatch=True),
    st.sampled_from(["true", "True", "FALSE", "0", "1", "yes", "NaN", "inf", "1e5", "1_000"]),
    st.dates().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.integers().map(str),
)


@pytest.mark.parametrize("kind", ["date", "integer", "number", "boolean"])
@given(cell=CELL)
@examples(100)
def test_what_klarplan_reads_frictionless_reads_as_the_same(kind: str, cell: str) -> None:
    """A cell that Klarplan takes as a date, number or truth value is the same to Frictionless."""
    theirs = Field.from_descriptor({"name": "x", "type": kind}).create_cell_reader()
    try:
        ours = CAST[kind](cell)
    except (ValueError, InvalidOperation):
        return

    value, notes = theirs(cell)

    assert not notes
    assert value == ours


@pytest.mark.parametrize("kind", ["date", "integer", "number", "boolean"])
@given(cell=CELL)
@examples(4)
def test_what_is_not_read_is_told(kind: str, cell: str) -> None:
    """A cell is either read or reported; none is dropped in silence."""
    table, column = {
        "date": ("goals", "target_date"),
        "integer": ("fields_of_action", "order"),
        "number": ("indicators", "baseline_value"),
        "boolean": ("measures", "quick_win"),
    }[kind]
    cell = cell.strip(" ")
    try:
        CAST[kind](cell)
        read = True
    except (ValueError, InvalidOperation):
        read = cell == ""
    strategy = LOADED.strategy
    kept = strategy.tables[table]
    position = kept.column(column)
    assert position is not None
    record = (*kept.records[0][:position], cell, *kept.records[0][position + 1 :])
    rows = (record, *kept.records[1:])
    changed = {**strategy.tables, table: replace(kept, records=rows)}

    assert _told(changed, kept.file, kept.lines[0]) == (not read)


LOADED = load(KLEIN)


def _told(tables: dict[str, Table], file: str, line: int) -> bool:
    """Whether the check reports a value of the wrong type in a line."""
    strategy = strategy_from(LOADED.strategy.settings, tables, LOADED.descriptor)
    found, _ = validate(replace(LOADED, strategy=strategy))
    return any(f.rule == "KP030" and (f.file, f.line) == (file, line) for f in found)


def test_the_model_has_the_columns_of_the_description() -> None:
    """Every column that Klarplan describes is a field of the model, and the other way round."""
    described = {name: set(table.columns) for name, table in SHIPPED.tables.items()}
    modelled = {
        name: {
            f.metadata.get("column", f.name) for f in fields(row) if f.name not in ("line", "extra")
        }
        for name, row in MODEL.items()
    }

    assert described == modelled


def test_the_model_has_the_types_of_the_description() -> None:
    """Every column has the same type in the description and in the model."""
    described = {
        name: {column.name: column.type for column in table.columns.values()}
        for name, table in SHIPPED.tables.items()
    }

    assert described == kinds()


def test_every_column_has_a_german_title_and_description() -> None:
    """No column of the description is without the words that editors read."""
    bare = [
        f"{table.name}.{column.name}"
        for table in SHIPPED.tables.values()
        for column in table.columns.values()
        if column.title == column.name or not column.description
    ]

    assert bare == []


def test_a_loaded_row_has_types() -> None:
    """Dates, numbers and truth values are read as such, and texts as they stand."""
    measure = LOADED.strategy.measure_by_id["A-2"]

    assert (str(measure.planned_start), measure.priority, measure.quick_win) == (
        "2024-03-01",
        4,
        True,
    )
    assert LOADED.strategy.budget[1].spent == Decimal("58000.50")
    assert LOADED.strategy.measure_by_id["A-3"].summary == 'Die Bücherei leiht auch "E-Books" aus.'
    assert measure.line == 5


MEASURES = sorted(LOADED.strategy.measure_by_id)


def _marked(hidden: set[str]) -> dict[str, Table]:
    """The tables of the small strategy with marked measures, some of them internal."""
    tables: dict[str, Table] = {}
    for name, table in LOADED.strategy.tables.items():
        rows: list[tuple[str, ...]] = []
        for record in table.records:
            row = [f"x{c}x" if c in MEASURES else c for c in record]
            if name == "measures":
                row[1] = f"{row[1]} x{record[0]}x"
                row[table.header.index("visibility")] = (
                    "internal" if record[0] in hidden else "public"
                )
            rows.append(tuple(row))
        tables[name] = replace(table, records=tuple(rows))
    return tables


@given(st.sets(st.sampled_from(MEASURES)))
@settings(deadline=None)
def test_internal_measures_are_nowhere_in_the_public_part(hidden: set[str]) -> None:
    """Neither id nor title of an internal measure is left in any public table or row."""
    tables = _marked(hidden)
    strategy = strategy_from(LOADED.strategy.settings, tables, LOADED.descriptor)
    loaded = replace(LOADED, strategy=strategy)

    shown = public(loaded)

    rows: Any = [getattr(shown.strategy, name) for name in MODEL]
    everything = repr((shown.strategy.tables, rows))
    assert [m for m in MEASURES if f"x{m}x" in everything] == [
        m for m in MEASURES if m not in hidden
    ]
    assert internal_ids(loaded, shown) >= {f"x{m}x" for m in hidden}


@given(st.sets(st.sampled_from(MEASURES)))
@examples(4)
def test_the_public_part_is_a_valid_strategy(hidden: set[str]) -> None:
    """What is left without internal measures has no reference into the void."""
    tables = _marked(hidden)
    strategy = strategy_from(LOADED.strategy.settings, tables, LOADED.descriptor)

    shown = public(replace(LOADED, strategy=strategy))
    found = check_loaded(shown, shown, DAY, pages=False)

    assert [f for f in found if f.severity == "error"] == []


def _internal(table: str, column: str | None = None) -> Loaded:
    """The small strategy with a table, or one of its columns, marked as internal."""
    package = copy.deepcopy(dict(LOADED.descriptor.package))
    (resource,) = (r for r in package["resources"] if r["name"] == table)
    fields = resource["schema"]["fields"]
    marked = next((f for f in fields if f["name"] == column), resource)
    marked["visibility"] = "internal"
    tables = {r["name"]: table_schema(r) for r in package["resources"]}
    return replace(LOADED, descriptor=replace(LOADED.descriptor, package=package, tables=tables))


def test_documents_of_an_internal_table_are_internal() -> None:
    """Without its table a document has no owner, and its address could tell of it."""
    loaded = _internal("goals")
    assert any(d.owner_table == "goals" for d in loaded.strategy.documents)
    shown = public(loaded).strategy
    assert not shown.has("goals")
    assert not shown.measure_goals
    assert [d.owner_table for d in shown.documents] == ["measures"]


def test_an_internal_column_is_not_in_the_model() -> None:
    """Pages compute without what is internal, and the description doesn't name it."""
    shown = public(_internal("measures", "priority"))
    assert {m.priority for m in shown.strategy.measures} == {None}
    assert "priority" not in shown.strategy.tables["measures"].header
    assert "priority" not in shown.descriptor.tables["measures"].columns
    assert '"priority"' not in json.dumps(shown.descriptor.package)


def test_a_visibility_that_is_not_known_hides_the_row() -> None:
    """Whatever is neither empty nor public stays back, a slip of the pen included."""
    measures = LOADED.strategy.tables["measures"]
    position = measures.header.index("visibility")
    words = ("public", "", "intern", "Internal")
    records = tuple(
        (*r[:position], word, *r[position + 1 :])
        for r, word in zip(measures.records, words, strict=False)
    )
    tables = {"measures": replace(measures, records=records, lines=measures.lines[:4])}
    strategy = strategy_from(LOADED.strategy.settings, tables, LOADED.descriptor)
    shown = public(replace(LOADED, strategy=strategy)).strategy
    assert [m.id for m in shown.measures] == [r[0] for r in records[:2]]


def test_statuses_are_called_by_their_english_label_where_english_is_spoken() -> None:
    """``label_en`` is what English pages show; German ones show ``label``."""
    read = LOADED.strategy
    english = strategy_from(read.settings, read.tables, LOADED.descriptor, Words("en"))
    assert [s.label for s in english.statuses] == [s.label_en or s.label for s in read.statuses]
    assert read.statuses[0].label != read.statuses[0].label_en
