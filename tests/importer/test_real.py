"""A real city's lists arrive whole, from the workbook and from the CSV files alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.importer.files import read_sheets
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import REAL, TODAY, content, rows, strategy, take

BOOK = [REAL / "muenster.xlsx"]
FILES = [REAL / "muenster_massnahmen.csv", REAL / "muenster_sachstand.csv"]

pytestmark = pytest.mark.skipif(
    not all(path.is_file() for path in [*BOOK, *FILES]),
    reason="the real lists are not part of the repository; put them into ../shared/real",
)


@pytest.fixture(params=[BOOK, FILES], ids=["workbook", "csv"])
def imported(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, list[Path], str]:
    """A strategy with the lists taken over by the suggested mapping, unchanged."""
    root = strategy(tmp_path / "s")
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    paths: list[Path] = request.param
    text = suggest_mapping(read_sheets(paths), read_descriptor(root), statuses, TODAY)
    outcome = take(root, paths, text)
    assert outcome.left_out == ()
    assert [(u.column, u.on_purpose) for u in outcome.unused] == [("Ampel (letzter Stand)", True)]
    return root, paths, text


def test_all_measures_fields_and_reports_arrive(imported: tuple[Path, list[Path], str]) -> None:
    """54 measures in 5 fields and 162 reports over 3 periods arrive, odd numbers included."""
    root, _, _ = imported
    measures, reports = rows(root, "measures"), rows(root, "status_reports")
    assert (len(measures), len(rows(root, "fields_of_action")), len(reports)) == (54, 5, 162)
    assert {"Ü1", "B5+6", "Üneu1", "Vneu"} <= {m["official_id"] for m in measures}
    assert {r["period"] for r in reports} == {"2013", "2015/2016", "2017/2018"}
    assert {r["date"] for r in reports} == {"2013-12-31", "2016-12-31", "2018-12-31"}
    assert [r["status"] for r in reports].count("unknown") == 1
    assert all("\n" not in m["title"] for m in measures)
    assert not any("<br" in r["text"] for r in reports)
    assert {m["impact"] for m in measures} == {"", "1", "2", "3", "4", "5"}


def test_a_second_import_of_real_lists_changes_nothing(
    imported: tuple[Path, list[Path], str],
) -> None:
    """Every measure and report is found again."""
    root, paths, text = imported
    before = content(root)
    assert take(root, paths, text).files == {}
    assert content(root) == before


def test_the_real_strategy_passes_the_check(imported: tuple[Path, list[Path], str]) -> None:
    """The check finds no error in it."""
    root, _, _ = imported
    assert [f for f in check(root, TODAY) if f.severity == "error"] == []


def test_workbook_and_csv_files_agree(tmp_path: Path) -> None:
    """Both give the same bytes, but for characters that the CSV files lost before they got here.

    Windows-1252 has no combining accent; where the workbook has one, they hold a question mark.
    """
    made = []
    for name, paths in (("book", BOOK), ("files", FILES)):
        root = strategy(tmp_path / name)
        text = suggest_mapping(read_sheets(paths), read_descriptor(root), None, TODAY)
        take(root, paths, text)
        made.append(content(root))
    book, files = made
    assert book.keys() == files.keys()
    lost = {name for name in book if book[name] != files[name]}
    assert lost <= {"status_reports.csv"}
    for name in lost:
        saved = book[name].decode("utf-8").encode("cp1252", "replace").decode("cp1252")
        assert saved == files[name].decode("utf-8")


GOETTINGEN = REAL / "goettingen.xlsx"


@pytest.mark.skipif(not GOETTINGEN.is_file(), reason="needs ../shared/real/goettingen.xlsx")
def test_section_rows_of_a_real_list_are_its_fields(tmp_path: Path) -> None:
    """34 measures in the fields that stand as rows between them; the footnote is named."""
    root = strategy(tmp_path / "s")
    (sheet,) = read_sheets([GOETTINGEN])
    text = suggest_mapping([sheet], read_descriptor(root), None, TODAY)
    text = text.replace("# as_of: JJJJ-MM-TT", "as_of: 2026-01-01")
    outcome = take(root, [GOETTINGEN], text)
    assert outcome.left_out == ()
    wide = {area[0] for area in sheet.marks.merged if area[0] > 3}
    headings = [row.cells[0] for row in sheet.rows if row.number in wide]
    entries = [row for row in sheet.rows if row.number > 3 and len(row.cells) > 1]
    assert [row["title"] for row in rows(root, "fields_of_action")] == headings
    assert [row["official_id"] for row in rows(root, "measures")] == [r.cells[0] for r in entries]
    assert len(entries) == 34
    notes = [item for item in outcome.skipped if item.rows == (44,)]
    assert [item.texts for item in notes] == [("* Anteil in Fahrrädern (von 10)",)]
