"""A mapping is read strictly: each mistake is told with its line and a cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.importer.mapping import ImportMapping
from klarplan.importer.mapping_file import RULE_KEYS, SOURCE_KEYS, read_mapping
from klarplan.importer.values import FORMATS
from klarplan.messages import KlarplanError
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import LISTS, REPOSITORY, mapping, strategy

HANDBOOK = REPOSITORY / "docs" / "handbuch"


def read(tmp_path: Path, text: str) -> ImportMapping:
    """The mapping with this text, for a strategy whose measures have a column of their own."""
    root = strategy(tmp_path / "s")
    return read_mapping(
        mapping(tmp_path / "z.yml", text), read_descriptor(root), {"measures": ("id", "stadtteil")}
    )


def test_a_mapping_says_which_column_goes_where(tmp_path: Path) -> None:
    """Short and long forms of a column mean the same."""
    measures = read(tmp_path, LISTS).sources[0]
    title, impact = measures.rule("title"), measures.rule("impact")
    assert title is not None
    assert (title.column, title.brackets) == ("Maßnahme", False)
    assert impact is not None
    assert (impact.column, impact.brackets) == ("CO2-Potenzial", True)


def test_words_are_read_as_written(tmp_path: Path) -> None:
    """Numbers, dates and yes in a mapping stay the words that they are in the spreadsheet."""
    text = LISTS.replace("priority: Priorität", "priority: {column: 2025, values: {no: 1, 08: 2}}")
    rule = read(tmp_path, text).sources[0].rule("priority")
    assert rule is not None
    assert (rule.column, rule.values) == ("2025", {"no": "1", "08": "2"})


def test_the_forks_own_columns_can_be_filled(tmp_path: Path) -> None:
    """A column that only the file of the strategy has may be named."""
    text = LISTS.replace("      priority:", "      stadtteil:")
    assert read(tmp_path, text).sources[0].rule("stadtteil") is not None


Mistake = tuple[str, str, int | None, str, str]

MISTAKES: list[Mistake] = [
    ("sources:", "quellen:", 1, "„quellen“ gibt es hier nicht", "Möglich sind: sources"),
    ("table: measures", "table: measure", 3, "„measure“ gibt es", "Meinten Sie „measures“?"),
    ("      priority:", "      prioritty:", 9, "„prioritty“", "Meinten Sie „priority“?"),
    ("brackets: true", "bracket: true", 10, "„bracket“", "Meinten Sie „brackets“?"),
    ("brackets: true", "brackets: vielleicht", 10, "weder true noch false", ""),
    ("      title: Maßnahme\n", "", 5, "fehlt die Pflichtspalte „title“", ""),
    ("      title: Maßnahme\n", "      title: A\n      title: B\n", 7, "zweimal", ""),
    ("{column: CO2-Potenzial, ", "{", 10, "„column“ (Spalte) oder „value“", ""),
    ("period: Zeitraum", "period: {column: A, format: perio}", 16, "„perio“", "„period“?"),
    ("Ende\n", "{column: Ende, format: text}\n", 11, "„text“", "Möglich sind: begin, end."),
    ("title: Maßnahme", "title: {column: A, create: true}", 6, "„create“ gilt nur", ""),
    ("title: Maßnahme", "title: [A, B]", 6, "Zeilen „Name: Wert“", ""),
    ("    table: measures\n", "", 2, "fehlt „table“", ""),
    ("table: measures", "table: measures\n    header: null", 4, "Nummer einer Zeile", ""),
    ("table: measures", "table: measures\n    match: [nummer]", 4, "„nummer“", "Möglich sind"),
    ("sources:", "sources: [", 2, "Klammer", "Anführungszeichen"),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_mapping_is_told_with_its_line(tmp_path: Path, mistake: Mistake) -> None:
    """Misspelt names, missing columns and wrong values name line, problem and cure."""
    old, new, line, problem, cure = mistake
    assert old in LISTS
    with pytest.raises(KlarplanError) as caught:
        read(tmp_path, LISTS.replace(old, new, 1))
    assert problem in caught.value.problem.de
    assert cure in caught.value.cure.de
    assert caught.value.file == "z.yml"
    if line is not None:
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{id: x, label: X, category: active}", "braucht „meaning“"),
        ("{id: x, label: X, meaning: M, category: activ}", "„activ“"),
        ("{id: rot!, label: X, meaning: M, category: active}", "„rot!“"),
        ("{id: x, label: X, meaning: M, category: active, colour: rot}", "„rot“"),
    ],
)
def test_a_status_in_the_mapping_must_be_complete_and_valid(
    tmp_path: Path, entry: str, problem: str
) -> None:
    """A status without meaning, with an unknown category or a colour in words is refused."""
    with pytest.raises(KlarplanError) as caught:
        read(tmp_path, f"statuses:\n  - {entry}\n{LISTS}")
    assert problem in caught.value.problem.de
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "text", ["", "# nur ein Kommentar\n", "[" * 5000, "a: &a [*a]", "sources: 1"]
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    """Empty files, endless brackets and circles end with a message."""
    with pytest.raises(KlarplanError):
        read(tmp_path, text)


def test_the_example_of_the_handbook_is_valid(tmp_path: Path) -> None:
    """The mapping that the handbook offers can be read."""
    example = (HANDBOOK / "beispiel-zuordnung.yml").read_text(encoding="utf-8")
    tables = [source.table for source in read(tmp_path, example).sources]
    assert tables[:2] == ["measures", "responsibilities"]


def test_the_handbook_explains_every_word_of_a_mapping() -> None:
    """Each name that a mapping may use stands in the handbook."""
    page = (HANDBOOK / "import.md").read_text(encoding="utf-8")
    words = {*SOURCE_KEYS, *RULE_KEYS, *FORMATS, "sources", "statuses", "ignore_sheets"}
    assert {word for word in words if f"`{word}`" not in page} == set()
