"""Small strategies, workbooks and CSV files for the tests of the import."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.plan import plan_import, write_import
from klarplan.importer.suggest import suggest_mapping
from klarplan.importer.take import Options
from klarplan.strategy.schema import read_descriptor
from tests.support.project import AS_OF, REPOSITORY, klarplan

TODAY = dt.date(2026, 11, 21)
STATUSES = """\
id,label,label_en,meaning,category,symbol,colour
planned,geplant,planned,Noch nicht begonnen.,open,○,#4a5568
running,in Umsetzung,in progress,Es wird gearbeitet.,active,▶,#1a5fb4
done,abgeschlossen,completed,Fertig.,done,✓,#1b6e3c
unknown,ohne Bewertung,not assessed,Nicht beurteilt.,unknown,?,#5e5c64
"""

LISTS = """\
sources:
  - from: [Maßnahmen, "*massnahmen.csv"]
    table: measures
    columns:
      official_id: Nr.
      title: Maßnahme
      summary: Beschreibung
      field: Handlungsfeld
      priority: Priorität
      impact: {column: CO2-Potenzial, brackets: true}
      planned_end: Ende
  - from: [Sachstand, "*sachstand.csv"]
    table: status_reports
    columns:
      measure: Nr.
      period: Zeitraum
      status: {column: Ampel, values: {grün: running, blau: done}}
      text: Sachstand
"""
"""A mapping for the lists that ``town_hall`` makes."""

MEASURES: list[list[Any]] = [
    ["Nr.", "Handlungsfeld", "Maßnahme", "Beschreibung", "Priorität", "CO2-Potenzial", "Ende"],
    ["Ü1", "Übergreifend", "Rat & Hilfe | vor Ort", 'Ein "Rat" für alle', "5", "(5)", "31.12.2025"],
    ["B5+6", "Bauen; Wohnen", "Dächer\nbegrünen", "Zeile eins\nZeile zwei", "3", "-", "2027"],
    ["Vneu", "Übergreifend", "Straßenbahn für die Süd\u00adstadt", "", "4", "2", ""],
]
REPORTS: list[list[Any]] = [
    ["Nr.", "Zeitraum", "Ampel", "Sachstand"],
    ["Ü1", "2013", "grün", "Läuft gut; siehe Vorlage V/0815"],
    ["Ü1", "2015 / 2016", "blau", "Fertig"],
    ["B5+6", "2015/2016", "", "Kein neuer Sachstand"],
]


def strategy(root: Path) -> Path:
    """An empty strategy: the descriptor and a list of statuses."""
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data")
    (root / "data" / "statuses.csv").write_text(STATUSES, encoding="utf-8")
    return root


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these rows on its sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def german_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "cp1252") -> Path:
    """A CSV file as a German Excel writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def mapping(path: Path, text: str = LISTS) -> Path:
    """A mapping file."""
    path.write_text(text, encoding="utf-8")
    return path


def take(root: Path, files: Sequence[Path], text: str = LISTS, *, update: bool = False) -> Outcome:
    """Import files into a strategy and write the result."""
    where = mapping(root / "zuordnung.yml", text)
    outcome = plan_import(root, files, where, Options(today=TODAY, update=update))
    write_import(root, outcome)
    return outcome


class Suggested(NamedTuple):
    """A strategy made with the suggested mapping, that mapping, and the account of the import."""

    root: Path
    text: str
    outcome: Outcome


def suggested(
    folder: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    edited: Callable[[str], str] = str,
) -> Suggested:
    """Take over a workbook with these sheets by the mapping that is suggested, once edited."""
    path = workbook(folder / "a.xlsx", sheets)
    root = strategy(folder / "s")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
    return Suggested(root, text, take(root, [path], edited(text)))


def with_year(text: str, year: int = 2026) -> str:
    """A suggested mapping in which a person told the year of all amounts that it asks for."""
    assert "# year: {value: JJJJ}" in text
    return text.replace("# year: {value: JJJJ}", f"year: {{value: {year}}}")


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as they stand in its file; none where there is no file."""
    path = root / "data" / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(root: Path) -> dict[str, bytes]:
    """The bytes of all files of a strategy's data."""
    return {path.name: path.read_bytes() for path in sorted((root / "data").iterdir())}


def problems(outcome: Outcome) -> list[tuple[str, int, str | None, str]]:
    """What was left out, as (sheet, row, column, value)."""
    return [(o.place.sheet, o.place.row, o.place.column, o.value) for o in outcome.left_out]


REAL = REPOSITORY.parent / "shared" / "real"
NEEDS_REAL = pytest.mark.skipif(
    not (REAL / "muenster.xlsx").is_file(),
    reason="the real lists are not part of the repository; put them into ../shared/real",
)


def import_real(root: Path) -> None:
    """A strategy below ``root`` from a real city's workbook, by the suggested mapping."""
    strategy(root)
    mapped = str(root / "mapping.yml")
    for options in (("--suggest", "--output", mapped), ("--mapping", mapped)):
        book = str(REAL / "muenster.xlsx")
        result = klarplan("import", book, "--root", str(root), "--as-of", AS_OF, *options)
        assert result.returncode == 0, result.stderr
