"""Whatever text a cell holds arrives, by workbook and by CSV alike."""

from __future__ import annotations

import itertools
import re
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fuzz import examples
from tests.support.importing import german_csv, problems, rows, strategy, take

LIST = """\
sources:
  - from: [Liste, liste.csv]
    table: measures
    columns: {official_id: Nr, title: Titel, summary: Text, field: {value: Alles}}
"""
HEAD = ["Nr", "Titel", "Text"]

# What a workbook can hold: no control characters but tab and line feed, nothing outside of XML.
CHARACTERS = st.one_of(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"
    ),
    st.sampled_from("\n\t \u00a0\u00ad|;,\"'äöüßÄÖÜẞ„“–€<>&{}=@+-()"),
)
TEXTS = st.text(CHARACTERS, max_size=60)


def written(folder: Path, title: str, text: str) -> list[Path]:
    """A workbook and a CSV file with one measure."""
    row = ["1", title, text]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Liste"
    for number, values in enumerate([HEAD, row], start=1):
        for position, value in enumerate(values, start=1):
            cell = sheet.cell(number, position)
            cell.value = value or None
            if value:
                cell.data_type = "s"
    book.save(folder / "liste.xlsx")
    return [folder / "liste.xlsx", german_csv(folder / "liste.csv", [HEAD, row], "utf-8")]


def visible(text: str) -> str:
    """A text without white space and without the marks that turn the direction of writing."""
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "".join(c for c in text if not c.isspace() and c not in marks)


def seen(text: str) -> bool:
    """Whether a text has letters that are seen; soft hyphens alone name nothing."""
    return bool(visible(text).strip("\u00ad"))


@examples(15)
@given(TEXTS.filter(seen), TEXTS)
def test_texts_arrive_whole_by_workbook_and_by_csv(title: str, text: str) -> None:
    """No character is lost but white space as documented; formulas are listed instead."""
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in written(Path(folder), title, text):
            root = strategy(Path(folder) / path.suffix)
            outcome = take(root, [path], LIST)
            measures = rows(root, "measures") if outcome.files.get("measures.csv") else []
            left = [(column, value) for _, _, column, value in problems(outcome)]
            told[path.suffix] = (measures, left)
    assert told[".xlsx"] == told[".csv"]
    measures, left = told[".csv"]
    refused = {column for column, _ in left}
    assert refused == {
        name
        for name, value in (("Titel", title), ("Text", text))
        if visible(value)[:1] in ("=", "@")
    }
    if "Titel" in refused:
        assert measures == []
        return
    (measure,) = measures
    assert visible(measure["title"]) == visible(title)
    assert not re.search(r"[\n\t]|  |^ | $", measure["title"])
    if "Text" not in refused:
        assert visible(measure["summary"]) == visible(text)


@pytest.mark.parametrize("title", ["\u00ad", " \u00ad\u00ad", "\u00ad\n"])
@pytest.mark.parametrize("text", ["1", "Ein Radweg"])
def test_a_title_that_nobody_sees_is_none(tmp_path: Path, title: str, text: str) -> None:
    """A row with such a title is told and not taken over, as one without any."""
    for path in written(tmp_path, title, text):
        root = strategy(tmp_path / path.suffix)
        outcome = take(root, [path], LIST)
        assert len(problems(outcome)) == 1
        assert "measures.csv" not in outcome.files


@examples(15)
@given(st.lists(st.text(CHARACTERS.filter(lambda c: not c.isspace()), min_size=1), min_size=1))
def test_texts_without_odd_white_space_arrive_unchanged(words: list[str]) -> None:
    """Words with single blanks and line breaks between them are taken over to the letter."""
    between = itertools.cycle(" \n")
    text = "A" + "".join(f"{next(between)}{visible(word) or 'x'}" for word in words)
    with tempfile.TemporaryDirectory() as folder:
        for path in written(Path(folder), "Titel", text):
            root = strategy(Path(folder) / path.suffix)
            take(root, [path], LIST)
            assert rows(root, "measures")[0]["summary"] == text
