"""Spreadsheets arrive in the tables as they are meant, and a second time changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klarplan.check.run import check
from klarplan.importer.outcome import Outcome
from klarplan.messages import KlarplanError
from tests.support.importing import (
    LISTS,
    MEASURES,
    REPORTS,
    TODAY,
    content,
    german_csv,
    problems,
    rows,
    strategy,
    take,
    workbook,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def lists(
    folder: Path, measures: list[list[Any]] = MEASURES, reports: list[list[Any]] = REPORTS
) -> list[Path]:
    """The lists of a town hall as one workbook."""
    return [workbook(folder / "liste.xlsx", {"Maßnahmen": measures, "Sachstand": reports})]


def edited(table: list[list[Any]], row: int, column: int, value: Any) -> list[list[Any]]:
    """A list with one cell changed."""
    copy = [list(cells) for cells in table]
    copy[row][column] = value
    return copy


def counts(outcome: Outcome) -> dict[str, tuple[int, int, int]]:
    """New, changed and unchanged rows of each table."""
    return {t.name: (len(t.new), t.changed, t.unchanged) for t in outcome.tables}


def test_measures_arrive_with_ids_fields_and_clean_cells(root: Path) -> None:
    """Ids are created, official numbers kept, fields of action derived, odd cells put right."""
    take(root, lists(root))
    fields = [(f["id"], f["title"], f["order"]) for f in rows(root, "fields_of_action")]
    assert fields == [("HF-01", "Übergreifend", "1"), ("HF-02", "Bauen; Wohnen", "2")]
    first, second, third = rows(root, "measures")
    assert (first["id"], first["official_id"], first["field"]) == ("M-001", "Ü1", "HF-01")
    assert first["title"] == "Rat & Hilfe | vor Ort"
    assert first["summary"] == 'Ein "Rat" für alle'
    assert (first["impact"], first["planned_end"]) == ("5", "2025-12-31")
    assert (second["title"], second["summary"]) == ("Dächer begrünen", "Zeile eins\nZeile zwei")
    assert (second["impact"], second["planned_end"]) == ("", "2027-12-31")
    assert (second["end_precision"], first["end_precision"]) == ("year", "")
    assert third["title"] == "Straßenbahn für die Süd\u00adstadt"


def test_reports_are_attached_by_official_number(root: Path) -> None:
    """Reports find their measure, their period has one spelling and its last day as date."""
    take(root, lists(root))
    told = [
        (r["measure"], r["date"], r["period"], r["status"]) for r in rows(root, "status_reports")
    ]
    assert told == [
        ("M-001", "2013-12-31", "2013", "running"),
        ("M-001", "2016-12-31", "2015/2016", "done"),
        ("M-002", "2016-12-31", "2015/2016", "unknown"),
    ]


def test_a_workbook_and_csv_files_give_the_same_bytes(tmp_path: Path) -> None:
    """Numbers and dates of a workbook arrive exactly as those of the CSV saved from it."""
    measures = edited(MEASURES, 1, 6, dt.datetime(2025, 12, 31))
    measures = edited(edited(measures, 2, 6, 2027), 1, 4, 5.0)
    book = strategy(tmp_path / "a")
    take(book, lists(book, measures))
    files = strategy(tmp_path / "b")
    paths = [
        german_csv(files / "2026-massnahmen.csv", MEASURES),
        german_csv(files / "2026-sachstand.csv", REPORTS),
    ]
    take(files, paths)
    assert content(book) == content(files)


def test_an_imported_strategy_passes_the_check(root: Path) -> None:
    """After an import the check finds no error, whatever was odd in the list."""
    take(root, lists(root))
    assert [f for f in check(root, TODAY) if f.severity == "error"] == []


def test_a_second_import_changes_nothing(root: Path) -> None:
    """Importing the same file again finds every row unchanged and writes no file."""
    take(root, lists(root))
    before = content(root)
    again = take(root, lists(root))
    assert content(root) == before
    assert again.files == {}
    assert counts(again)["measures"] == (0, 0, 3)
    assert counts(again)["status_reports"] == (0, 0, 3)


def test_a_changed_cell_updates_its_row_and_only_that(root: Path) -> None:
    """A new title arrives under the old id; the account names old and new."""
    take(root, lists(root))
    outcome = take(root, lists(root, edited(MEASURES, 1, 2, "Rat und Hilfe")))
    (change,) = next(t for t in outcome.tables if t.name == "measures").changes
    assert (change.key, change.old) == ("M-001", "Rat & Hilfe | vor Ort")
    assert rows(root, "measures")[0]["title"] == "Rat und Hilfe"
    assert list(outcome.files) == ["measures.csv"]


def test_nothing_is_deleted_or_emptied(root: Path) -> None:
    """Rows that left the list and cells that are empty now keep what the strategy knows."""
    take(root, lists(root))
    take(root, lists(root, edited(MEASURES[:2], 1, 3, None), REPORTS[:1]))
    assert rows(root, "measures")[0]["summary"] == 'Ein "Rat" für alle'
    assert len(rows(root, "measures")) == 3
    assert len(rows(root, "status_reports")) == 3


def test_a_report_is_not_overwritten_unless_asked_to(root: Path) -> None:
    """Other content for a period that has its report is listed; --update takes it over."""
    take(root, lists(root))
    reports = edited(REPORTS, 1, 3, "Ganz anders")
    outcome = take(root, lists(root, reports=reports))
    assert problems(outcome)[0][:2] == ("liste.xlsx/Sachstand", 2)
    assert "„Sachstand“" in outcome.left_out[0].problem.de
    assert rows(root, "status_reports")[0]["text"] == "Läuft gut; siehe Vorlage V/0815"
    assert take(root, lists(root, reports=reports), update=True).left_out == ()
    assert rows(root, "status_reports")[0]["text"] == "Ganz anders"
    assert len(rows(root, "status_reports")) == 3


def test_a_rating_given_by_hand_survives_an_empty_cell(root: Path) -> None:
    """Where the list has no rating, one that an editor added later is no conflict."""
    take(root, lists(root))
    path = root / "data" / "status_reports.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("unknown", "running"), encoding="utf-8"
    )
    assert take(root, lists(root)).left_out == ()
    assert rows(root, "status_reports")[2]["status"] == "running"


def test_a_new_period_is_appended(root: Path) -> None:
    """A report for another period comes after those that exist."""
    take(root, lists(root))
    take(root, lists(root, reports=[*REPORTS, ["Vneu", "1. Halbjahr 2026", "grün", "Beginn"]]))
    last = rows(root, "status_reports")[-1]
    assert (last["measure"], last["date"], last["period"]) == ("M-003", "2026-06-30", "2026-H1")


def test_what_cannot_be_taken_over_is_listed_row_by_row(root: Path) -> None:
    """Sheet, row, column and value are named for every cell and row that stays behind."""
    measures = [
        ["Maßnahmenliste der Stadt", None, None, None, None, None, None],
        [],
        *MEASURES,
        ["Ü1", "Übergreifend", "Schon wieder", "", "", "", ""],
        ["X1", "Übergreifend", "Neu", "=Summe", "12", "viel", "demnächst"],
        ["X2", "Übergreifend", None, "ohne Titel", "", "", ""],
    ]
    measures[2] = [*measures[2], "Kosten"]
    measures[3] = [*measures[3], "1.000 €"]
    reports = [
        *REPORTS,
        ["Ü1", "2019", "lila", "Unklar"],
        ["Ü99", "2019", "grün", "Fremd"],
        ["Vneu", "irgendwann", "grün", "Wann?"],
        ["Ü1", "2013", "grün", "Doppelt"],
        ["Vneu", "2030", "grün", "Zukunft"],
    ]
    notes = {"Notizen": [["bitte"], ["beachten"]]}
    path = workbook(root / "liste.xlsx", {"Maßnahmen": measures, "Sachstand": reports, **notes})
    book = openpyxl.load_workbook(path)
    book["Maßnahmen"]["D8"].data_type = "s"
    book.save(path)
    outcome = take(root, [path])
    sheet, other = "liste.xlsx/Maßnahmen", "liste.xlsx/Sachstand"
    assert sorted(problems(outcome), key=str) == sorted(
        [
            (sheet, 7, None, "Ü1 · Übergreifend · Schon wieder"),
            (sheet, 8, "Beschreibung", "=Summe"),
            (sheet, 8, "Priorität", "12"),
            (sheet, 8, "CO2-Potenzial", "viel"),
            (sheet, 8, "Ende", "demnächst"),
            (sheet, 9, None, "X2 · Übergreifend · ohne Titel"),
            (other, 5, "Ampel", "lila"),
            (other, 6, "Nr.", "Ü99"),
            (other, 7, "Zeitraum", "irgendwann"),
            (other, 8, None, "Ü1 · 2013 · grün"),
            (other, 9, None, "Vneu · 2030 · grün"),
        ],
        key=str,
    )
    whole = {(o.place.sheet, o.place.row) for o in outcome.left_out if o.whole_row}
    assert whole == {(sheet, 7), (sheet, 9), *((other, n) for n in range(5, 10))}
    assert all(o.problem.de and o.cure.de for o in outcome.left_out)
    unused = [(u.sheet, u.column, u.cells) for u in outcome.unused]
    assert unused == [(sheet, "Kosten", 1), ("liste.xlsx/Notizen", None, 2)]
    assert [
        (p.row, "Maßnahmenliste der Stadt" in t.de, "„Bauen; Wohnen“" in t.de)
        for p, t in outcome.remarks
    ] == [(1, True, False), (5, False, True)]
    assert [m["official_id"] for m in rows(root, "measures")] == ["Ü1", "B5+6", "Vneu", "X1"]


def test_a_formula_without_result_is_listed(root: Path) -> None:
    """A cell whose formula was never computed is named, not taken for an empty one."""
    outcome = take(root, lists(root, edited(MEASURES, 2, 4, "=2+3")))
    assert problems(outcome) == [("liste.xlsx/Maßnahmen", 3, "Priorität", "=2+3")]
    assert "Formel" in outcome.left_out[0].problem.de


def test_a_row_left_out_leaves_no_field_of_action_behind(root: Path) -> None:
    """A line of totals does not create a field of action called “Summe”."""
    take(root, lists(root, [*MEASURES, [None, "Summe", None, None, "12", None, None]]))
    assert len(rows(root, "fields_of_action")) == 2
    third = [*MEASURES, ["N1", "Verkehr", "Radwege", "", "", "", ""]]
    take(root, lists(root, third))
    assert [f["id"] for f in rows(root, "fields_of_action")] == ["HF-01", "HF-02", "HF-03"]


def test_existing_rows_are_found_and_ids_continue(root: Path) -> None:
    """Fields are found by title and measures by title where they have no number yet."""
    (root / "data" / "fields_of_action.csv").write_text("id,title\nHF-07,ÜBERGREIFEND\n")
    (root / "data" / "measures.csv").write_text(
        "id,title,field,stadtteil,official_id\nM-0007,Dächer begrünen,HF-07,Süd,\n"
    )
    take(root, lists(root))
    measures = rows(root, "measures")
    assert [(m["id"], m["official_id"]) for m in measures] == [
        *(("M-0007", "B5+6"), ("M-0008", "Ü1"), ("M-0009", "Vneu"))
    ]
    assert [m["stadtteil"] for m in measures] == ["Süd", "", ""]
    assert [f["id"] for f in rows(root, "fields_of_action")] == ["HF-07", "HF-08"]


def test_the_columns_of_the_schema_come_first_and_own_ones_stay(root: Path) -> None:
    """A file that is rewritten has its columns in the schema's order, its own ones last."""
    (root / "data" / "fields_of_action.csv").write_text("farbe;title;id\nrot;Verkehr;HF-01\n")
    take(root, lists(root))
    written = (root / "data" / "fields_of_action.csv").read_text(encoding="utf-8").splitlines()
    assert written[:2] == ["id,title,order,farbe", "HF-01,Verkehr,,rot"]


def test_headers_are_found_below_titles_and_in_two_rows(root: Path) -> None:
    """Headers may follow a title and take two rows, as with merged cells."""
    top = ["Nr.", "Handlungsfeld", "Maßnahme", "Beschreibung", "Bewertung", None, "Termin"]
    below = [None, None, None, None, "Priorität", "CO2-Potenzial", "Ende"]
    take(root, lists(root, [["Liste 2026"], [None], top, below, *MEASURES[1:]]))
    assert [m["priority"] for m in rows(root, "measures")] == ["5", "3", "4"]


def test_a_header_that_stands_twice_is_addressed_by_number(root: Path) -> None:
    """The second column of the same name is called “Ende (2)”."""
    measures = [[*row, "Ende" if n == 0 else "2030"] for n, row in enumerate(MEASURES)]
    text = LISTS.replace("planned_end: Ende", "planned_end: Ende (2)")
    outcome = take(root, lists(root, measures), text)
    assert {m["planned_end"] for m in rows(root, "measures")} == {"2030-12-31"}
    assert [u.column for u in outcome.unused] == ["Ende"]


def test_a_repeated_header_is_no_measure(root: Path) -> None:
    """Headers that a list repeats on each printed page are skipped."""
    outcome = take(root, lists(root, [*MEASURES[:2], MEASURES[0], *MEASURES[2:]]))
    assert outcome.left_out == ()
    assert len(rows(root, "measures")) == 3


def test_merged_cells_are_filled_down(root: Path) -> None:
    """With fill_down an empty cell means the one above it."""
    measures = edited(edited(MEASURES, 2, 1, None), 3, 1, None)
    text = LISTS.replace("field: Handlungsfeld", "field: {column: Handlungsfeld, fill_down: true}")
    assert take(root, lists(root, measures), text).left_out == ()
    assert {m["field"] for m in rows(root, "measures")} == {"HF-01"}


def test_a_column_that_is_missing_stops_the_import(root: Path) -> None:
    """A header that the list does not have is told with the mapping's line and the nearest one."""
    with pytest.raises(KlarplanError) as caught:
        take(root, lists(root), LISTS.replace("priority: Priorität", "priority: Prioritaet"))
    assert (caught.value.file, caught.value.line) == ("zuordnung.yml", 9)
    assert "Meinten Sie „Priorität“?" in caught.value.cure.de


def test_a_status_that_the_strategy_lacks_stops_the_import(root: Path) -> None:
    """A misspelt status in the mapping is told with its line."""
    with pytest.raises(KlarplanError) as caught:
        take(root, lists(root), LISTS.replace("grün: running", "grün: runing"))
    assert caught.value.line == 17
    assert "Meinten Sie „running“?" in caught.value.cure.de


def test_a_mapping_that_fits_no_sheet_stops_the_import(root: Path) -> None:
    """If no sheet has the expected name, the message lists the sheets there are."""
    with pytest.raises(KlarplanError) as caught:
        take(root, [workbook(root / "a.xlsx", {"Tabelle1": MEASURES})])
    assert "Tabelle1" in caught.value.problem.de


def test_statuses_of_the_mapping_are_added_once(root: Path) -> None:
    """A status that the mapping defines is added to the list where its id is missing."""
    defined = "statuses:\n  - {id: kritisch, label: kritisch, meaning: Rot., category: active}\n"
    text = defined + LISTS.replace("blau: done", "blau: kritisch")
    take(root, lists(root), text)
    take(root, lists(root), text)
    assert [s["id"] for s in rows(root, "statuses")][-1] == "kritisch"
    assert len(rows(root, "statuses")) == 5


def test_an_empty_rating_needs_no_preparation(root: Path) -> None:
    """If the list of statuses has none for “unknown”, one is added."""
    path = root / "data" / "statuses.csv"
    kept = [row for row in path.read_text(encoding="utf-8").splitlines() if "unknown" not in row]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    take(root, lists(root))
    assert rows(root, "statuses")[-1]["label"] == "ohne Bewertung"


def test_a_period_that_is_not_over_needs_the_day_of_the_list(root: Path) -> None:
    """Reports on the running year are never dated today: “as_of” says for which day they speak."""
    reports = [*REPORTS, ["Vneu", "2026", "grün", "Läuft"]]
    outcome = take(root, lists(root, reports=reports))
    assert problems(outcome)[0][:2] == ("liste.xlsx/Sachstand", 5)
    assert "as_of: " in outcome.left_out[0].cure.de
    text = LISTS.replace("status_reports\n", "status_reports\n    as_of: 31.10.2026\n")
    assert take(root, lists(root, reports=reports), text).left_out == ()
    dates = [report["date"] for report in rows(root, "status_reports")]
    assert dates == ["2013-12-31", "2016-12-31", "2016-12-31", "2026-10-31"]
    assert take(root, lists(root, reports=reports), text).files == {}


MANY = """\
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr
      title: Titel
      field: {value: Alles}
      parent: Gehört zu
      quick_win: Sofort
  - from: Liste
    table: responsibilities
    columns:
      measure: Nr
      organisation: {column: Amt, create: true}
      role: {value: lead}
  - from: Liste
    table: responsibilities
    columns:
      measure: Nr
      organisation: {column: Partner, create: true, split: ";"}
      role: {value: partner}
  - from: Liste
    table: budget
    columns:
      measure: Nr
      year: {value: 2026}
      planned: Ansatz 2026
  - from: Liste
    table: budget
    columns:
      measure: Nr
      year: {value: 2027}
      planned: Ansatz 2027
  - from: Schritte
    table: milestones
    columns:
      measure: Nr
      title: Schritt
      due: Bis
      state: Stand
  - from: Ziele
    table: goals
    columns:
      title: Ziel
      parent: Oberziel
      level: {column: Ebene, values: {oben: guiding}}
  - from: Ziele
    table: measure_goals
    columns:
      goal: Ziel
      measure: {column: Maßnahmen, split: ","}
"""


def test_every_table_can_be_filled(root: Path) -> None:
    """Organisations, money by year, milestones, goals and links arrive from the same lists."""
    head = [
        "Nr",
        "Titel",
        "Gehört zu",
        "Sofort",
        "Amt",
        "Partner",
        "Ansatz 2026",
        "Ansatz 2027",
    ]
    sheets: dict[str, list[list[Any]]] = {
        "Liste": [
            head,
            [1, "Eins", "2", "x", "Amt für Umwelt", "Stadtwerke; Verein", "1.000,50 €", None],
            [2, "Zwei", None, "nein", "amt für  umwelt", "-", 250, 300.25],
        ],
        "Schritte": [["Nr", "Schritt", "Bis", "Stand"], [1, "Start", "Q1 2026", "erreicht"]],
        "Ziele": [
            ["Ziel", "Oberziel", "Ebene", "Maßnahmen"],
            ["Weniger Lärm", "Lebenswert", "operatives Ziel", "1, 2"],
            ["Lebenswert", None, "oben", None],
        ],
    }
    outcome = take(root, [workbook(root / "a.xlsx", sheets)], MANY)
    assert outcome.left_out == ()
    assert outcome.unused == ()
    assert [(m["id"], m["parent"], m["quick_win"]) for m in rows(root, "measures")] == [
        *(("M-001", "M-002", "true"), ("M-002", "", "false"))
    ]
    names = [o["name"] for o in rows(root, "organisations")]
    assert names == ["Amt für Umwelt", "Stadtwerke", "Verein"]
    assert [tuple(r.values()) for r in rows(root, "responsibilities")] == [
        ("M-001", "ORG-01", "lead"),
        ("M-002", "ORG-01", "lead"),
        ("M-001", "ORG-02", "partner"),
        ("M-001", "ORG-03", "partner"),
    ]
    money = [(b["measure"], b["year"], b["planned"]) for b in rows(root, "budget")]
    assert money == [
        ("M-001", "2026", "1000.5"),
        ("M-002", "2026", "250"),
        ("M-002", "2027", "300.25"),
    ]
    (milestone,) = rows(root, "milestones")
    assert (milestone["id"], milestone["due"], milestone["state"]) == (
        *("MS-001", "2026-03-31", "reached"),
    )
    goals = [(g["id"], g["parent"], g["level"]) for g in rows(root, "goals")]
    assert goals == [("Z-01", "Z-02", "operational"), ("Z-02", "", "guiding")]
    assert [tuple(g.values()) for g in rows(root, "measure_goals")] == [
        *(("M-001", "Z-01"), ("M-002", "Z-01"))
    ]
    assert take(root, [root / "a.xlsx"], MANY).files == {}


def test_two_lists_may_complete_each_other_but_not_contradict(root: Path) -> None:
    """A second list adds what the first lacks; another value for the same cell is listed."""
    more = [["Nr.", "Maßnahme", "Beginn"], ["Ü1", "Anders", "2020"]]
    text = LISTS + (
        "  - from: Termine\n    table: measures\n    columns:\n"
        "      {official_id: Nr., title: Maßnahme, field: {value: x}, planned_start: Beginn}\n"
    )
    path = workbook(root / "a.xlsx", {"Maßnahmen": MEASURES, "Sachstand": REPORTS, "Termine": more})
    outcome = take(root, [path], text)
    assert problems(outcome) == [("a.xlsx/Termine", 2, None, "Anders")]
    assert rows(root, "measures")[0]["planned_start"] == "2020-01-01"


def test_a_table_that_cannot_be_read_is_not_overwritten(root: Path) -> None:
    """A broken file in data/ stops the import before anything is written."""
    path = root / "data" / "measures.csv"
    path.write_text('id,title\nM-001,"offen\n', encoding="utf-8")
    before = content(root)
    with pytest.raises(KlarplanError) as caught:
        take(root, lists(root))
    assert caught.value.file == "data/measures.csv"
    assert content(root) == before


def test_a_row_with_too_many_cells_stops_the_import(root: Path) -> None:
    """Cells beyond the header would be lost on rewriting; so nothing is rewritten."""
    path = root / "data" / "measures.csv"
    path.write_text("id,title,field\nM-001,A,HF-01,zu viel\n", encoding="utf-8")
    with pytest.raises(KlarplanError) as caught:
        take(root, lists(root))
    assert (caught.value.file, caught.value.line) == ("data/measures.csv", 2)


def test_if_a_file_cannot_be_written_nothing_changes(root: Path) -> None:
    """When one table can't be put in place, the others keep their old content."""
    (root / "data" / "status_reports.csv").mkdir()
    (root / "data" / "status_reports.csv" / "voll").write_text("")
    before = sorted(path.name for path in (root / "data").iterdir())
    with pytest.raises(KlarplanError, match="can't be written"):
        take(root, lists(root))
    assert sorted(path.name for path in (root / "data").iterdir()) == before


def test_an_organisation_of_an_unknown_measure_is_not_created(root: Path) -> None:
    """A row that stays behind for one reason creates nothing for another of its cells."""
    text = LISTS + (
        "  - from: Ämter\n    table: responsibilities\n    columns:\n"
        "      {measure: Nr., organisation: {column: Amt, create: true}, role: {value: lead}}\n"
    )
    offices = [["Nr.", "Amt"], ["Ü1", "Bauamt"], ["fremd", "Forstamt"], ["Vneu", "Amt 61"]]
    sheets = {"Maßnahmen": MEASURES, "Sachstand": REPORTS, "Ämter": offices}
    outcome = take(root, [workbook(root / "a.xlsx", sheets)], text)
    assert problems(outcome) == [("a.xlsx/Ämter", 3, "Nr.", "fremd")]
    names = [(o["id"], o["name"]) for o in rows(root, "organisations")]
    assert names == [("ORG-01", "Bauamt"), ("ORG-02", "Amt 61")]


def test_two_lists_may_tell_of_the_same_report(root: Path) -> None:
    """In one import a second list adds to reports that the first one brought."""
    text = LISTS + (
        "  - from: Fortschritt\n    table: status_reports\n"
        "    columns: {measure: Nr., period: Zeitraum, progress: Prozent}\n"
    )
    progress = [["Nr.", "Zeitraum", "Prozent"], ["Ü1", "2013", "40 %"]]
    sheets = {"Maßnahmen": MEASURES, "Sachstand": REPORTS, "Fortschritt": progress}
    path = workbook(root / "a.xlsx", sheets)
    assert take(root, [path], text).left_out == ()
    assert rows(root, "status_reports")[0]["progress"] == "40"
    assert take(root, [path], text).files == {}


def test_names_are_compared_without_case_blanks_and_soft_hyphens(root: Path) -> None:
    """“Bau\u00adamt” and “bauamt ” are the same; headers and words of the mapping as well."""
    measures = edited(MEASURES, 2, 1, " über\u00adgreifend")
    measures[0][4] = "Prio\u00adrität"
    outcome = take(root, lists(root, measures, edited(REPORTS, 1, 2, "GRÜN ")))
    assert outcome.left_out == ()
    assert {m["field"] for m in rows(root, "measures")} == {"HF-01"}
    assert rows(root, "measures")[0]["priority"] == "5"


def test_numbers_in_brackets_are_only_read_where_allowed(root: Path) -> None:
    """Without “brackets” a number like (5) is listed, for it may mean a negative amount."""
    outcome = take(root, lists(root), LISTS.replace(", brackets: true", ""))
    assert problems(outcome) == [("liste.xlsx/Maßnahmen", 2, "CO2-Potenzial", "(5)")]


def test_a_description_without_measures_is_told(root: Path) -> None:
    """If data/datapackage.json lacks a required table, the message names it."""
    path = root / "data" / "datapackage.json"
    path.write_text('{"resources": []}', encoding="utf-8")
    with pytest.raises(KlarplanError) as caught:
        take(root, lists(root))
    assert "fields_of_action" in caught.value.problem.de


@pytest.mark.parametrize(("by", "taken"), [("", None), ("official_id", "M-002"), ("id", "M-001")])
def test_a_number_that_is_the_id_of_another_measure_is_asked_for(
    root: Path, tmp_path: Path, by: str, taken: str | None
) -> None:
    """A report goes to none of the two unless the mapping says by what measures are named."""
    take(root, lists(tmp_path, reports=REPORTS[:1]))
    file = root / "data/measures.csv"
    file.write_text(file.read_text("utf-8").replace("B5+6", "M-1"), "utf-8")
    number = "M-001" if by == "id" else "M-1"
    text = LISTS.replace("measure: Nr.", f"measure: {{column: Nr., by: {by}}}") if by else LISTS
    reports = [REPORTS[0], [number, "2013", "grün", "Läuft."]]
    outcome = take(root, lists(tmp_path, MEASURES[:1], reports), text)
    assert [row["measure"] for row in rows(root, "status_reports")] == ([taken] if taken else [])
    told = " ".join(one.problem.de for one in outcome.left_out)
    assert ("(Kennung M-001) oder „M-1 Dächer begrünen“ (Kennung M-002)" in told) is not taken
