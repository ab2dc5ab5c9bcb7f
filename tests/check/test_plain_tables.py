"""What is called plain without Frictionless, Frictionless calls right as well."""

from __future__ import annotations

import datetime as dt
import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.check import tables
from klarplan.check.plain_tables import is_plain
from klarplan.check.tables import _errors, _part
from klarplan.strategy.load import load
from tests.support.project import REPOSITORY

ODD = ("", " ", "x", "-0", "007", "1e3", "1_000", "NaN", "٣", "true", "True", "2026-02-30", "a\nb")
CELLS = st.one_of(
    st.sampled_from(ODD),
    st.integers(-200, 20_000).map(str),
    st.decimals(-100, 100, places=2).map(str),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map(str),
    st.sampled_from(("http://a.de", "https://a.example/b/c.d", "https://ä.de", "http://", "a.de")),
    st.sampled_from(("a.b@c-d.de", "a@b", "a..b@c.de", "A@b.de", "a@b.c1.de", "-a@b.de")),
    st.text(string.printable, max_size=4),
)
NUMBERS = st.one_of(st.integers(-10, 100), st.sampled_from((0.5, "1", None, True)))
CONSTRAINTS = st.fixed_dictionaries(
    {},
    optional={
        "required": st.sampled_from((True, False, "x")),
        "enum": st.lists(CELLS, max_size=4),
        "minimum": NUMBERS,
        "maximum": NUMBERS,
        "maxLength": st.sampled_from((0, 1, 3, -1, "2")),
        "minLength": st.integers(0, 2),
    },
)
FIELDS = st.fixed_dictionaries(
    {"type": st.sampled_from(("string", "integer", "number", "date", "boolean", "year", "x"))},
    optional={
        "format": st.sampled_from(("default", "uri", "email", "uuid")),
        "title": st.sampled_from(("Titel", 7)),
        "constraints": st.one_of(CONSTRAINTS, st.just({}), st.just([])),
        "categories": st.sampled_from(([], [{"value": "a", "label": "A"}], ["a"])),
        "missingValues": st.just(["-"]),
    },
)


def errors(resource: dict[str, Any]) -> tuple[object, ...]:
    """What Frictionless finds."""
    try:
        return _errors(json.dumps(resource))
    except Exception as error:  # whatever it refuses
        return (error,)


@st.composite
def resources(draw: st.DrawFn) -> dict[str, Any]:
    """A table of up to three columns, often with a key."""
    fields = draw(st.lists(FIELDS, min_size=1, max_size=3))
    names = [f"c{n}" for n in range(len(fields))]
    width = len(fields)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4))
    schema: dict[str, Any] = {
        "fields": [{"name": n, **f} for n, f in zip(names, fields, strict=True)]
    }
    schema |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "primaryKey": st.sampled_from((["c0"], ["c0", "c1"], "c0", [])),
                "missingValues": st.sampled_from(([""], ["", "-"])),
            },
        )
    )
    return {"name": "t", "data": [names, *rows], "schema": schema}


@given(resources())
def test_what_is_plain_is_right(resource: dict[str, Any]) -> None:
    """Any columns, any cells."""
    if is_plain(resource):
        assert errors(resource) == ()


@pytest.mark.parametrize("kind", ["string", "integer", "number", "date", "boolean"])
@pytest.mark.parametrize("form", ["default", "uri", "email"])
@given(st.lists(CELLS, min_size=1, max_size=1))
def test_a_cell_that_is_plain_is_right(kind: str, form: str, cells: list[str]) -> None:
    """Of each type and form."""
    field = {"name": "c", "type": kind} | ({"format": form} if form != "default" else {})
    resource = {"name": "t", "data": [["c"], cells], "schema": {"fields": [field]}}
    if is_plain(resource):
        assert errors(resource) == ()


def test_a_usual_strategy_is_plain() -> None:
    """All tables of the sample are, so that its check asks nobody else; one odd cell is not."""
    sample = load(REPOSITORY)
    parts = [_part(sample, name).resource for name in sample.strategy.tables]
    doubtful = [part["name"] for part in parts if not is_plain(part)]
    assert doubtful == []
    measures = next(part for part in parts if part["name"] == "measures")
    at = measures["data"][0].index("planned_start")
    row = measures["data"][1]
    measures["data"][1] = [*row[:at], "1. April 2023", *row[at + 1 :]]
    assert not is_plain(measures)
    assert tables._run([measures])["measures"]
