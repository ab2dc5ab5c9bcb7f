"""The timetable on paper: one sheet of A3 for usual sizes, more where there are many measures."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from klarplan.papers.make import Order, make_paper
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import TIMETABLE, papers
from klarplan.strategy.public import public
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import page_texts, plain, read
from tests.support.project import AS_OF, REPOSITORY, BuiltSample
from tests.support.structure import structure_faults
from tests.support.synthetic import write_strategy

DAY = dt.date.fromisoformat(AS_OF)
NASTY = '<b> "Ä" | #let x = 1 {{ 7*7 }} ' + "Donau" * 30


def root_of(folder: Path, measures: int, **cells: str) -> Path:
    """A strategy with so many measures, some columns of which hold the same."""
    root = folder / "s"
    write_strategy(root, measures, reports=1)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data" / "datapackage.json")
    path = root / "data" / "measures.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return root


def timetable(root: Path, folder: Path) -> Path:
    """The timetable of a root."""
    shown = public(load(root))
    site = folder / "site"
    site.mkdir()
    order = Order(shown=shown, chapters=("measures",), site=site, work=folder / "work", as_of=DAY)
    (paper,) = (p for p in papers(shown.strategy, DAY) if p.name == TIMETABLE)
    make_paper(order, paper)
    return site / TIMETABLE


def test_the_samples_timetable_is_one_sheet(sample: BuiltSample) -> None:
    """One sheet of A3 tells each measure with number, status and period, in a table that has
    heads of columns and rows."""
    file = sample.site / TIMETABLE
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(n)) for n in pdf.pages[0].mediabox] == [0, 0, 1191, 842]
    (page,) = page_texts(file)
    for words in (
        *("Zeitplan: Digitalstrategie Musterstadt", "40 Maßnahmen", "Bürgernahe Verwaltung"),
        *("DS-02 Elektronische Akte einführen", "läuft mit Verzug", "heute (21.11.2026)"),
        *("nicht erreichter Meilenstein", "kommender Meilenstein", "erreichter Meilenstein"),
        *("verzögert; 1. September 2023 bis Juni 2026; überfällig seit 4 Monaten", "2028"),
    ):
        assert plain(words) in plain(page), words
    assert failures(file) == []
    assert heads_without_scope(file) == []
    assert structure_faults(file) == []
    heads = list(read(file).find("TH"))
    assert len(heads) == 3 + 40


@pytest.mark.parametrize(
    ("measures", "cells", "told"),
    [
        (1, {}, False),
        (2, {}, True),
        (
            2,
            dict.fromkeys(("planned_start", "planned_end", "actual_start", "actual_end"), ""),
            False,
        ),
    ],
)
def test_two_measures_with_dates_make_a_timetable(
    measures: int, cells: dict[str, str], told: bool, tmp_path: Path
) -> None:
    """With fewer there is none, and no page offers one."""
    shown = public(load(root_of(tmp_path, measures, **cells)))
    assert (TIMETABLE in [p.name for p in papers(shown.strategy, DAY)]) is told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"planned_end": "", "actual_end": ""}, True),
        ({"planned_end": "2060-01-01"}, True),
        ({"planned_start": "2026-01-01", "planned_end": "2026-12-31"}, False),
    ],
)
def test_a_bar_without_an_end_is_open(cells: dict[str, str], told: bool, tmp_path: Path) -> None:
    """What has no end, or one beyond the years shown, is drawn open, and the key says so."""
    root = root_of(tmp_path, 3, **{"actual_start": "", "actual_end": "", **cells})
    (root / "data" / "status_reports.csv").write_text("measure,date,status\n", "utf-8")
    page = page_texts(timetable(root, tmp_path))[0]
    assert (plain("geht weiter: ohne festes Ende") in plain(page)) is told


def test_any_title_can_be_shown(tmp_path: Path) -> None:
    """Quotes, pipes, code and endless words stay words, and the file is valid."""
    file = timetable(root_of(tmp_path, 3, title=NASTY), tmp_path)
    assert failures(file) == []
    assert plain('<b> "Ä" | #let x = 1 {{ 7*7 }}') in plain(page_texts(file)[0])


def test_hundreds_of_measures_take_several_sheets(tmp_path: Path) -> None:
    """Each sheet repeats the years, type is as large as on one, and none is lost."""
    file = timetable(root_of(tmp_path, 300), tmp_path)
    pages = page_texts(file)
    assert 5 <= len(pages) <= 9
    assert all(str(DAY.year) in page and f"Seite {n}" in page for n, page in enumerate(pages, 1))
    assert failures(file) == []
    assert len({tag.text for tag in read(file).find("TH")}) >= 300


@pytest.mark.parametrize("measures", [83, 120])
def test_each_sheet_can_be_read_alone(measures: int, tmp_path: Path) -> None:
    """Each sheet has the key, begins with the field that goes on, and ends with no bare heading."""
    root = root_of(
        tmp_path, measures, title="Maßnahme mit einem Titel, der zwei Zeilen braucht, ja"
    )
    fields = {plain(field.title) for field in public(load(root)).strategy.field_by_id.values()}
    pages = [plain(page) for page in page_texts(timetable(root, tmp_path))]
    assert len(pages) > 1
    for page in pages:
        assert plain("heute (21.11.2026)") in page
        heads = (plain("heute (21.11.2026)"), plain("Stand und Zeitraum"))
        rows = page[max(page.rindex(head) + len(head) for head in heads) :]
        rows = rows.partition(plain("Stand: 21. November"))[0]
        begun = re.sub(r"^\d+", "", rows)
        assert any(begun.startswith(field) for field in fields), rows[:80]
        assert not any(rows.endswith(field) for field in fields), rows[-80:]
