"""YAML that people write: plain names and values, everything else is told with its line."""

from __future__ import annotations

import pytest

from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml


def test_names_have_values_and_lines() -> None:
    """A text becomes names with values, and each name is found again by its line."""
    found = read_yaml("# Kopf\ntitle: Grün\nchapters:\n  - vision\n")

    assert found.values == {"title": "Grün", "chapters": ["vision"]}
    assert found.lines == {"title": 2, "chapters": 3}
    assert read_yaml("").values == {}


@pytest.mark.parametrize("value", ["01067", "2.10", "2026-13-45", "yes", "12:30:00", "1_000"])
def test_values_stay_as_they_are_written(value: str) -> None:
    """No number, day or word of a language becomes anything but the text that it is."""
    assert read_yaml(f"a: {value}\nb: [{value}]\n").values == {"a": value, "b": [value]}
    assert read_yaml(f"a: '{value}'\n").values == {"a": value}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x", 1),
        ("a: 1\nb: !!int ''", 2),
        ("a: !!timestamp x", 1),
        ("a: !!python/object/apply:os.system [id]", 1),
        ("a: 1\nb: 2\na: 3", 3),
        ("a: " + "[" * 5_000, 1),
        ("- eins", 1),
        ("nur Text", 1),
        ("a: b: c", 1),
        ("a: \x00", 1),
        ("a: " + "9" * 5_000, 1),
        ("x" * 200_000, None),
    ],
)
def test_all_else_is_one_fault(text: str, line: int | None) -> None:
    """Aliases, tags, repeated names, deep nesting and what no parser takes end in one fault."""
    with pytest.raises(YamlFaultError) as told:
        read_yaml(text)
    assert told.value.line == line
    assert told.value.problem.de
