"""A whole list after the shape of public ones arrives by the suggestion: counts and sums agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from klarplan.check.run import check
from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, content, rows, strategy, take

GREEN, YELLOW, RED, BLUE = "00B050", "FFC000", "FF0000", "0070C0"
STATUSES = {GREEN: "running", YELLOW: "delayed", RED: "critical", BLUE: "done"}


@dataclass(frozen=True)
class Entry:
    """One measure as the source has it; amounts in thousands of euros."""

    number: str
    title: str
    colour: str
    costs: tuple[float, float]
    progress: int
    office: str
    hidden: bool = False


FIELDS: dict[str, list[Entry]] = {
    "Mobilität": [
        Entry("1", "Radverkehrsnetz", GREEN, (250, 300.5), 40, "Amt 66"),
        Entry("1.1", "Radweg Nord", YELLOW, (120, 0), 20, "Amt 66"),
        Entry("1.1.1", "Planung Radweg Nord", BLUE, (30, 0), 100, "Amt 61"),
        Entry("1.2", "Fahrradparkhaus", RED, (1200, 800), 5, "Amt 65"),
        Entry("2", "Buslinien verdichten", GREEN, (75.25, 75.25), 60, "Stadtwerke"),
    ],
    "Energie & Gebäude": [
        Entry("1", "Solar auf Schulen", GREEN, (500, 500), 55, "Amt 65"),
        Entry("2", "Gesamtkonzept Wärme", YELLOW, (90, 10), 30, "Stadtwerke"),
        Entry("3", "Ankauf Heizwerk", RED, (4000, 0), 0, "Kämmerei", hidden=True),
    ],
    "Stadtgrün": [
        Entry("1", "1.000 Bäume", GREEN, (60, 60), 45, "Amt 67"),
        Entry("1.1", "Baumkataster", BLUE, (15, 0), 100, "Amt 67"),
    ],
}


def _sheet(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str, entries: list[Entry]) -> None:
    sheet.append([f"Klimaschutzkonzept – Handlungsfeld {name}"])
    sheet.merge_cells("A1:H1")
    sheet.append(["Stand: 30.06.2026"])
    sheet.append([])
    sheet.append(
        ["Nr.", "Maßnahme", "Ampel", "Kosten (T€)", None, "Umsetzung in %", "Federführung"]
    )
    sheet.append([None, None, None, "Ansatz 2026", "Ansatz 2027"])
    for area in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5", "G4:G5"):
        sheet.merge_cells(area)
    for title in sheet["A4:G5"]:
        for cell in title:
            cell.fill = PatternFill("solid", fgColor="D9E1F2")
            cell.font = Font(bold=True)
    for entry in entries:
        progress = entry.progress / 100
        sheet.append([entry.number, entry.title, None, *entry.costs, progress, entry.office, None])
        row = sheet.max_row
        sheet.cell(row, 2).alignment = Alignment(indent=entry.number.count("."))
        sheet.cell(row, 3).fill = PatternFill("solid", fgColor=entry.colour)
        sheet.cell(row, 6).number_format = "0%"
        sheet.row_dimensions[row].hidden = entry.hidden
    last = sheet.max_row
    sheet.append([None, "Summe", None, f"=SUM(D6:D{last})", f"=SUM(E6:E{last})"])
    sheet.append(["9"])
    sheet.append([])
    sheet.append(["* Kosten ohne Personal"])
    sheet.append(["Quelle: Stabsstelle Klimaschutz"])
    sheet.cell(6, 2).comment = Comment("Rückfrage beim Dezernenten", "Amt 61")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook: a sheet for each field, and a hidden one."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, entries in FIELDS.items():
        _sheet(made.create_sheet(name), name, entries)
    secret = made.create_sheet("Grundstücke")
    secret.append(["Nr.", "Maßnahme"])
    secret.append(["7", "Ankauf Flurstück 12"])
    secret.sheet_state = "veryHidden"
    made.save(tmp_path / "klima.xlsx")
    return tmp_path / "klima.xlsx"


@pytest.fixture
def imported(tmp_path: Path, book: Path) -> tuple[Path, Outcome]:
    """An empty strategy with the workbook taken over by the suggestion, without any edit."""
    root = strategy(tmp_path / "strategie")
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    text = suggest_mapping(read_sheets([book]), read_descriptor(root), statuses, TODAY)
    outcome = take(root, [book], text)
    before = content(root)
    assert take(root, [book], text).files == {}
    assert content(root) == before
    return root, outcome


def _public() -> list[tuple[str, Entry]]:
    return [(name, e) for name, entries in FIELDS.items() for e in entries if not e.hidden]


def test_counts_and_sums_equal_the_source(imported: tuple[Path, Outcome]) -> None:
    """Measures, fields, statuses, progress, offices and amounts are those of the workbook."""
    root, outcome = imported
    source = _public()
    assert outcome.left_out == ()
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    fields = {row["id"]: row["title"] for row in rows(root, "fields_of_action")}
    assert [(fields[row["field"]], row["title"]) for row in rows(root, "measures")] == [
        (name, entry.title) for name, entry in source
    ]
    reports = rows(root, "status_reports")
    assert Counter(r["status"] for r in reports) == Counter(STATUSES[e.colour] for _, e in source)
    assert {titles[r["measure"]]: r["progress"] for r in reports} == {
        e.title: str(e.progress) for _, e in source
    }
    assert {r["date"] for r in reports} == {"2026-06-30"}
    for number, year in enumerate(("2026", "2027")):
        amounts = [float(r["planned"]) for r in rows(root, "budget") if r["year"] == year]
        assert sum(amounts) == sum(e.costs[number] * 1000 for _, e in source)
    names = {row["id"]: row["name"] for row in rows(root, "organisations")}
    leads = Counter(names[row["organisation"]] for row in rows(root, "responsibilities"))
    assert leads == Counter(e.office for _, e in source)


def test_the_tree_equals_the_source(imported: tuple[Path, Outcome]) -> None:
    """Each number has its parent within its own sheet, although numbers repeat."""
    root, _ = imported
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    found = {row["title"]: titles.get(row["parent"], "") for row in rows(root, "measures")}
    wanted = {}
    for name, entry in _public():
        above = entry.number.rpartition(".")[0]
        wanted[entry.title] = next((e.title for e in FIELDS[name] if e.number == above), "")
    assert found == wanted


def test_all_that_is_left_out_is_named(imported: tuple[Path, Outcome]) -> None:
    """Totals, templates, notes, the hidden row and sheet and the comments are told, with rows."""
    _, outcome = imported
    reasons = Counter(item.reason.de for item in outcome.skipped)
    assert reasons == {
        "Summenzeile": 3,
        "leere Vorlage ohne Titel": 3,
        "Fußnote oder Text neben der Liste": 3,
        "ausgeblendete Zeile": 1,
        "Kommentare an Zellen": 3,
    }
    assert [(item.sheet, item.hidden) for item in outcome.unused] == [
        ("klima.xlsx/Grundstücke", True)
    ]


def test_the_result_passes_the_check(imported: tuple[Path, Outcome]) -> None:
    """The check finds no error in what was taken over."""
    root, _ = imported
    assert [f for f in check(root, TODAY) if f.severity == "error"] == []
