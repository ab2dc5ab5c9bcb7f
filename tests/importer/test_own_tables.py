"""The tables of Klarplan, as they are published, are a list like any other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.open_data.data_package import published
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, content, german_csv, rows, take, workbook
from tests.support.project import REPOSITORY, UNCOPIED


def emptied(root: Path) -> Path:
    """A fork of the sample without any table."""
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data")
    shutil.copytree(REPOSITORY / "strategy", root / "strategy", ignore=UNCOPIED)
    return root


def filled(root: Path) -> Path:
    """A fork of the sample."""
    shutil.copytree(REPOSITORY / "data", emptied(root) / "data", dirs_exist_ok=True)
    return root


def imported(root: Path, files: list[Path]) -> Outcome:
    """What comes of importing files by the mapping suggested for them."""
    text = suggest_mapping(read_sheets(files), read_descriptor(root), None, TODAY)
    return take(root, files, text)


def table(name: str) -> list[list[str]]:
    """A table of the sample, header first."""
    text = (REPOSITORY / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def counts(outcome: Outcome) -> dict[str, tuple[int, int, int]]:
    """New, changed and unchanged rows of each table."""
    return {t.name: (len(t.new), t.changed, t.unchanged) for t in outcome.tables}


def test_published_tables_give_the_same_publication(tmp_path: Path) -> None:
    """All tables of the open data, imported into an emptied fork, are published byte for byte;
    importing and publishing them once more changes nothing."""
    files = published(public(load(REPOSITORY)))
    (tmp_path / "daten").mkdir()
    for name, raw in files.items():
        (tmp_path / "daten" / name).write_bytes(raw)
    root = emptied(tmp_path / "s")
    outcome = imported(root, sorted((tmp_path / "daten").glob("*.csv")))
    assert outcome.left_out == ()
    assert outcome.unused == ()
    again = published(public(load(root)))
    assert {name for name in files if files[name] != again.get(name)} == set()
    assert set(again) == set(files)
    before = content(root)
    once_more = imported(root, sorted((tmp_path / "daten").glob("*.csv")))
    assert {changed[:2] for changed in counts(once_more).values()} == {(0, 0)}
    assert content(root) == before
    assert published(public(load(root))) == again


def test_an_edited_title_is_one_change(tmp_path: Path) -> None:
    """Measures are found by their id: one row changes, all others stay, whatever their names."""
    root = filled(tmp_path / "s")
    measures = table("measures")
    title = measures[0].index("title")
    measures[3][title] = "Termine beim Amt im Netz buchen"
    outcome = imported(root, [german_csv(tmp_path / "measures.csv", measures, "utf-8")])
    assert counts(outcome) == {"measures": (0, 1, len(measures) - 2)}
    (change,) = outcome.tables[0].changes
    assert (change.key, change.new) == (measures[3][0], "Termine beim Amt im Netz buchen")


def german(text: str) -> str:
    """A cell as a German spreadsheet program saves it."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return f"{match[3]}.{match[2]}.{match[1]}"
    if re.fullmatch(r"-?\d+\.\d+", text):
        return text.replace(".", ",")
    return {"true": "WAHR", "false": "FALSCH"}.get(text, text)


def typed(text: str) -> Any:
    """A cell as a workbook holds it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.datetime.fromisoformat(text)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    return {"true": True, "false": False}.get(text, text)


@pytest.mark.parametrize("name", ["measures", "indicator_targets", "budget", "goals"])
@pytest.mark.parametrize("form", ["german", "workbook", "titles"])
def test_tables_saved_by_a_spreadsheet_program_change_nothing(
    tmp_path: Path, name: str, form: str
) -> None:
    """German dates and decimals, cells of a workbook and German headers mean the same rows."""
    root = filled(tmp_path / "s")
    data = table(name)
    schema = read_descriptor(root).tables[name]
    if form == "titles":
        data[0] = [schema.columns[column].title for column in data[0]]
    cell: Callable[[str], Any] = typed if form == "workbook" else german
    made = [data[0], *([cell(text) for text in row] for row in data[1:])]
    if form == "workbook":
        path = workbook(tmp_path / "liste.xlsx", {name: made})
    else:
        path = german_csv(tmp_path / f"{name}.csv", made, "utf-8")
    before = content(root)
    outcome = imported(root, [path])
    assert outcome.left_out == ()
    assert counts(outcome) == {name: (0, 0, len(data) - 1)}
    assert content(root) == before


def test_a_point_in_our_numbers_is_a_decimal_point(tmp_path: Path) -> None:
    """4.125 in our tables is no number in the thousands."""
    root = filled(tmp_path / "s")
    values = table("indicator_values")
    values[1][2] = "4.125"
    imported(root, [german_csv(tmp_path / "indicator_values.csv", values, "utf-8")])
    assert rows(root, "indicator_values")[0]["value"] == "4.125"


def test_a_reference_to_nothing_is_told(tmp_path: Path) -> None:
    """Measures alone create no field of action called “HF-01”; each row is named instead."""
    root = emptied(tmp_path / "s")
    outcome = imported(root, [REPOSITORY / "data" / "measures.csv"])
    assert len(outcome.left_out) == len(table("measures")) - 1
    assert not (root / "data" / "fields_of_action.csv").exists()


def test_columns_of_a_town_are_named(tmp_path: Path) -> None:
    """A column that the schema does not know is neither dropped in silence nor in the way."""
    root = filled(tmp_path / "s")
    measures = [[*row, "Süd" if n else "stadtteil"] for n, row in enumerate(table("measures"))]
    outcome = imported(root, [german_csv(tmp_path / "measures.csv", measures, "utf-8")])
    assert [(u.column, u.cells) for u in outcome.unused] == [("stadtteil", len(measures) - 1)]
    assert counts(outcome) == {"measures": (0, 0, len(measures) - 1)}


def test_some_of_our_columns_are_enough_for_what_exists(tmp_path: Path) -> None:
    """Ids with new titles change the titles of measures that exist; new rows need the rest."""
    root = filled(tmp_path / "s")
    data = table("measures")
    title = data[0].index("title")
    made = [["id", "title"], *([row[0], row[title]] for row in data[1:])]
    made[2][1] = "Akten im Rechner führen"
    made.append(["M-999", "Etwas Neues"])
    outcome = imported(root, [german_csv(tmp_path / "liste.csv", made, "utf-8")])
    assert counts(outcome) == {"measures": (0, 1, len(data) - 2)}
    assert [(o.place.row, o.whole_row) for o in outcome.left_out] == [(len(data) + 1, True)]
