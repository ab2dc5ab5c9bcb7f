"""What comes back of an editors' workbook: only what people changed, and nothing without a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klarplan.commands.take_back import write
from klarplan.editing.workbook.base import Base, Held, HeldColumn, as_rows
from klarplan.editing.workbook.read import is_editors_workbook
from klarplan.editing.workbook.whose import whose
from klarplan.messages import KlarplanError
from klarplan.strategy.settings_file import read_settings
from tests.support.git import committed, git
from tests.support.klein import append, copied, replace
from tests.support.project import klarplan
from tests.support.workbooks import (
    changed,
    column,
    exported,
    lines,
    put,
    row_of,
    sentences,
    taken,
    written,
)

MEASURES = "Maßnahmen"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def with_title(title: object) -> Callable[[Any], None]:
    """A change: the measure A-4 gets another title."""

    def change(book: Any) -> None:
        put(book[MEASURES], row_of(book[MEASURES], "A-4"), {"title": title})

    return change


def test_a_new_row_gets_the_next_id_once(root: Path) -> None:
    """A row below the last one gets the next id, and the same workbook again changes nothing."""

    def add(book: Any) -> None:
        sheet = book[MEASURES]
        field = "F-3 Wasser"
        put(sheet, sheet.max_row + 3, {"title": "Brunnen", "field": field, "type": "Projekt"})

    path = changed(exported(root), add)
    before = lines(root, "measures")
    found = written(root, path)
    assert lines(root, "measures") == [*before, "A-9,Brunnen,,F-3,project,,,,,,,,,,,"]
    assert "A-9" in found.merged.given[0].told("de")
    assert not taken(root, path).contents


def test_the_id_of_an_adopted_page_is_not_given_again(root: Path) -> None:
    """A measure that is gone keeps its number, as far as its address was adopted."""
    append(root, "strategy/adressen.txt", "- /massnahmen/a-11/\tSchon vorbei\n")

    def add(book: Any) -> None:
        sheet = book[MEASURES]
        put(sheet, sheet.max_row + 1, {"title": "Brunnen", "field": "F-3 Wasser"})

    found = taken(root, changed(exported(root), add))
    assert "A-12" in found.merged.given[0].told("de")


def given_and_gone(root: Path) -> None:
    """Git keeps a measure A-11 „Alter Brunnen“ that is gone."""
    committed(root)
    for old, new in (("", "A-11,Alter Brunnen,,F-3\n"), ("A-11,Alter Brunnen,,F-3\n", "")):
        path = root / "data/measures.csv"
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new) if old else text + new, "utf-8")
        git(root, "commit", "--quiet", "--all", "--message", "weiter")


def test_an_id_that_git_remembers_is_not_given_again(root: Path) -> None:
    """A measure that is gone keeps its number, adopted or not."""
    given_and_gone(root)

    def add(book: Any) -> None:
        sheet = book[MEASURES]
        put(sheet, sheet.max_row + 1, {"title": "Brunnen", "field": "F-3 Wasser"})

    found = taken(root, changed(exported(root), add))
    assert "A-12" in found.merged.given[0].told("de")


@pytest.mark.parametrize(("title", "refused"), [("Radweg", True), ("Der alte Brunnen", False)])
def test_an_id_that_somebody_gives_again_by_hand_is_refused(
    root: Path, title: str, refused: bool
) -> None:
    """Unless the same thing comes back."""
    given_and_gone(root)

    def add(book: Any) -> None:
        sheet = book[MEASURES]
        put(sheet, sheet.max_row + 1, {"id": "A-11", "title": title, "field": "F-3 Wasser"})

    found = taken(root, changed(exported(root), add))
    told = [remark.told("de") for remark in found.merged.faults]
    assert any("„A-11“ gab es schon einmal" in text for text in told) is refused
    assert found.refused is refused


def test_a_copied_row_is_a_new_one(root: Path) -> None:
    """A row that was copied whole, with its hidden mark and id, is new; the first one stays."""

    def copy(book: Any) -> None:
        sheet = book["Meilensteine"]
        source, target = row_of(sheet, "S-2"), sheet.max_row + 1
        for at in range(1, sheet.max_column + 1):
            sheet.cell(target, at).value = sheet.cell(source, at).value
        put(sheet, target, {"title": "Zwanzig Anträge online", "due": dt.date(2027, 9, 30)})

    before = lines(root, "milestones")
    written(root, changed(exported(root), copy))
    assert lines(root, "milestones") == [
        *before,
        "S-5,A-1,Zwanzig Anträge online,2027-09-30,,planned",
    ]


def test_a_lost_row_is_asked_about(root: Path) -> None:
    """A row that the workbook lost stays and is told, until somebody asks to delete it."""
    path = changed(
        exported(root),
        lambda book: book["Meilensteine"].delete_rows(row_of(book["Meilensteine"], "S-3")),
    )
    found = taken(root, path)
    assert not found.contents
    assert "S-3 · A-4 · Erste Schule angeschlossen" in found.merged.lost[0].told("de")

    written(root, path, delete=True)
    assert [line[:3] for line in lines(root, "milestones")[1:]] == ["S-1", "S-2", "S-4"]
    assert not taken(root, path).merged.lost


def test_a_lost_row_that_others_changed_is_never_deleted(root: Path) -> None:
    """What somebody changed in the files meanwhile stays, even where deleting is asked for."""
    path = changed(
        exported(root),
        lambda book: book["Meilensteine"].delete_rows(row_of(book["Meilensteine"], "S-3")),
    )
    replace(root, "data/milestones.csv", "Erste Schule", "Die erste Schule")
    found = written(root, path, delete=True)
    assert not found.contents
    assert not found.merged.lost
    assert "S-3 · A-4" in found.merged.kept[0].told("de")


def test_rows_that_the_workbook_never_held_stay(root: Path) -> None:
    """Neither other offices' rows nor those added meanwhile are lost, even with deletion."""
    path = exported(root, office="werke")
    append(root, "data/milestones.csv", "S-9,A-6,Neu,,,planned\n")
    found = taken(root, path, delete=True)
    assert not found.contents
    assert not found.merged.lost


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_cell_that_both_sides_changed_is_decided(root: Path, overwrite: bool) -> None:
    """It is told with all three values, and overwritten only where somebody asks for it."""
    path = changed(exported(root), with_title("Glas für alle"))
    replace(root, "data/measures.csv", "A-4,Glasfaser,", "A-4,Schnelles Netz,")
    found = written(root, path, overwrite=overwrite)
    told = found.merged.conflicts[0].told("de")
    assert told.startswith("Maßnahmen, D6")
    assert all(f"„{text}“" in told for text in ("Glasfaser", "Schnelles Netz", "Glas für alle"))
    title = "Glas für alle" if overwrite else "Schnelles Netz"
    assert any(line.startswith(f"A-4,{title},") for line in lines(root, "measures"))


def test_both_sides_made_the_same_change(root: Path) -> None:
    """Where the files say already what the workbook says there is nothing to do."""
    path = changed(exported(root), with_title("Schnelles Netz"))
    replace(root, "data/measures.csv", "A-4,Glasfaser,", "A-4,Schnelles Netz,")
    found = taken(root, path)
    assert not found.contents
    assert not found.merged.conflicts


def test_a_row_that_others_deleted_stays_deleted(root: Path) -> None:
    """A change to a row that the files don't have any longer is told."""

    def change(book: Any) -> None:
        sheet = book["Meilensteine"]
        put(sheet, row_of(sheet, "S-4"), {"title": "Anders"})

    path = changed(exported(root), change)
    replace(root, "data/milestones.csv", "S-4,A-7,Sensor verworfen,2025-12-31,,dropped\n", "")
    for overwrite in (False, True):
        found = taken(root, path, overwrite=overwrite)
        assert not found.contents
        assert not found.merged.conflicts
        assert "gelöscht oder umbenannt" in found.merged.gone[0].told("de")


def test_a_report_is_about_the_measure_that_people_see(root: Path) -> None:
    """Rows whose hidden column stayed when the others were sorted report on what they show."""
    said = {"date": dt.date(2026, 6, 20), "status": "läuft", "text": "Gilt für A-6."}

    def swap(book: Any) -> None:
        sheet = book["Neue Meldungen"]
        six, seven = (row_of(sheet, name, "measure") for name in ("A-6 Zähler", "A-7 Lecksuche"))
        put(sheet, six, {"measure": "A-7 Lecksuche"})
        put(sheet, seven, {"measure": "A-6 Zähler", **said})

    written(root, changed(exported(root, office="werke"), swap))
    assert lines(root, "status_reports")[-1].startswith("A-6,2026-06-20,")


@pytest.mark.parametrize("shown", ["", "Lecksuche", "A-7 Lecksuche"])
def test_a_measure_that_can_not_be_read_is_known_by_its_row(root: Path, shown: str) -> None:
    """A name that was emptied or shortened does not lose the report."""

    def change(book: Any) -> None:
        sheet = book["Neue Meldungen"]
        cells = {"measure": shown, "date": dt.date(2026, 6, 20), "status": "läuft", "text": "Ja."}
        put(sheet, row_of(sheet, "A-7 Lecksuche", "measure"), cells)

    written(root, changed(exported(root, office="werke"), change))
    assert lines(root, "status_reports")[-1].startswith("A-7,2026-06-20,")


def test_order_of_rows_and_columns_does_not_count(root: Path) -> None:
    """A sheet sorted another way changes nothing but what was changed besides."""

    def turn(book: Any) -> None:
        with_title("Netze")(book)
        sheet = book[MEASURES]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        for number, row in enumerate(reversed(rows), 3):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value
        for number in range(1, sheet.max_row + 1):
            last = sheet.max_column
            first = sheet.cell(number, 4).value
            sheet.cell(number, 4).value = sheet.cell(number, last).value
            sheet.cell(number, last).value = first

    before = lines(root, "measures")
    written(root, changed(exported(root), turn))
    assert lines(root, "measures") == [
        line.replace("A-4,Glasfaser,", "A-4,Netze,") for line in before
    ]


HABITS: dict[str, dict[str, object]] = {
    "float": {"priority": 5.0, "impact": 5.0},
    "number as text": {"priority": "5", "impact": " 5 "},
    "truth": {"quick_win": False},
    "word of truth": {"quick_win": "FALSCH"},
    "spaces": {"title": "Glasfaser ", "summary": "Alle Schulen bekommen Glasfaser.\r\n"},
    "moment": {"planned_start": dt.datetime(2024, 6, 1)},
    "German date": {"planned_start": "01.06.2024", "planned_end": "31.3.2027"},
    "ISO date": {"planned_start": "2024-06-01"},
    "values for labels": {"type": "project", "field": "F-2", "start_precision": "quarter"},
}


@pytest.mark.parametrize("cells", HABITS.values(), ids=HABITS)
def test_habits_of_spreadsheet_programs_are_no_changes(
    root: Path, cells: dict[str, object]
) -> None:
    """Numbers, dates, truth values and texts that mean the same are the same."""
    path = changed(
        exported(root), lambda book: put(book[MEASURES], row_of(book[MEASURES], "A-4"), cells)
    )
    assert not taken(root, path).contents


def test_values_become_what_the_table_writes(root: Path) -> None:
    """Labels become values, German dates and numbers ISO, and percent a number."""

    def change(book: Any) -> None:
        sheet = book["Finanzierung"]
        row = row_of(sheet, "A-4 Glasfaser", "measure")
        put(
            sheet, row, {"spent": "171.500,50", "funding_source": "eigene Mittel", "staff_fte": 1.5}
        )
        reports = book["Sachstandsmeldungen"]
        new = reports.max_row + 1
        put(
            reports,
            new,
            {
                "measure": "A-4 Glasfaser",
                "date": "1.6.2026",
                "period": 2026.0,
                "status": "läuft",
                "progress": 0.6,
                "text": "Das Netz liegt.",
            },
        )
        reports.cell(new, column(reports, "progress")).number_format = "0%"

    found = written(root, changed(exported(root), change))
    assert [(f.file, f.cell, f.problem.de) for f in found.errors] == []
    assert "A-4,2025,200000,180000,171500.5,EUR,own,Schulnetz,1.5" in lines(root, "budget")
    assert lines(root, "status_reports")[-1] == "A-4,2026-06-01,2026,laeuft,60,Das Netz liegt.,,,,"


def test_a_formula_is_refused_with_its_place(root: Path) -> None:
    """Nothing is written of a workbook with a formula, and the cell is named."""
    found = written(root, changed(exported(root), with_title("=1+1")))
    assert found.refused
    assert found.back.faults[0].told("de").startswith("Maßnahmen, D6 · Bezeichnung: Die Zelle")
    assert any(line.startswith("A-4,Glasfaser,") for line in lines(root, "measures"))


def test_a_number_with_two_readings_is_refused(root: Path) -> None:
    """A pasted text „1.500“ is neither taken for 1.5 nor for 1500."""
    path = changed(
        exported(root),
        lambda book: put(
            book["Finanzierung"],
            row_of(book["Finanzierung"], "A-4 Glasfaser", "measure"),
            {"spent": "1.500"},
        ),
    )
    found = taken(root, path)
    assert found.refused
    assert "1500 oder 1,500" in found.back.faults[0].told("de")


def test_a_changed_id_is_refused(root: Path) -> None:
    """Ids stay; the message names the former one."""
    path = changed(
        exported(root),
        lambda book: put(book[MEASURES], row_of(book[MEASURES], "A-4"), {"id": "A-44"}),
    )
    found = taken(root, path)
    assert found.refused
    assert "Schreiben Sie wieder „A-4“" in found.merged.faults[0].told("de")


def test_an_error_is_told_where_it_stands_in_the_workbook(root: Path) -> None:
    """What the check would refuse is not written, and told with sheet and cell."""
    path = changed(
        exported(root),
        lambda book: put(book[MEASURES], row_of(book[MEASURES], "A-4"), {"planned_end": "bald"}),
    )
    found = written(root, path)
    assert found.refused
    places = {(finding.file, finding.cell) for finding in found.errors}
    assert ("mappe.xlsx, Maßnahmen", "J6") in places
    assert any(line.startswith("A-4,Glasfaser,") for line in lines(root, "measures"))


def test_errors_that_were_there_before_stop_nobody(root: Path) -> None:
    """Only what the workbook itself would break is told."""
    replace(root, "data/budget.csv", "A-7,2025,20000", "A-7,2025,zwanzig")
    found = written(root, changed(exported(root), with_title("Netze")))
    assert not found.errors
    assert any(line.startswith("A-4,Netze,") for line in lines(root, "measures"))


def test_sheets_and_columns_of_others_are_told(root: Path) -> None:
    """What somebody added is not taken over and told; what is missing changes nothing."""

    def change(book: Any) -> None:
        book.create_sheet("Notizen")["A1"] = "Zu klären"
        sheet = book[MEASURES]
        sheet.cell(6, sheet.max_column + 1).value = "fragen!"
        sheet.delete_cols(column(sheet, "summary"))
        del book["Beschlüsse"]

    found = taken(root, changed(exported(root), change), delete=True)
    told = " ".join(note.told("de") for note in found.back.notes)
    assert not found.contents
    assert "„Notizen“ gehört zu keiner Tabelle" in told
    assert "gehört nicht zur Tabelle" in told
    assert "„Kurzbeschreibung“ fehlt" in told
    assert "„Beschlüsse“ fehlt" in told


def test_a_hidden_sheet_that_was_changed_is_refused(root: Path) -> None:
    """Without what it was made from a workbook can't be compared; a sentence says so."""

    def change(book: Any) -> None:
        book["_klarplan"]["A2"] = "eJy" + book["_klarplan"]["A2"].value

    path = changed(exported(root), change)
    with pytest.raises(KlarplanError) as refused:
        taken(root, path)
    assert "wurde verändert" in refused.value.problem.de


STRANGE: dict[str, Held] = {
    "reports of no measure": Held(
        table="status_reports",
        sheet="Maßnahmen",
        columns=(HeldColumn(name="title", kind="string"),),
        rows=(("x",),),
        reports=True,
    ),
    "columns of no table": Held(
        table="measures",
        sheet="Maßnahmen",
        columns=(HeldColumn(name="title", kind="date"), HeldColumn(name="type", kind="?")),
        rows=(("x", "y"),),
    ),
    "another table": Held(
        table="budget",
        sheet="Maßnahmen",
        columns=(HeldColumn(name="id", kind="string", choices="?"),),
        rows=(),
    ),
    "no table": Held(table="../x", sheet="Maßnahmen", columns=(), rows=()),
    "no sheet": Held(table="measures", sheet="_klarplan", columns=(), rows=()),
}


@pytest.mark.parametrize("held", STRANGE.values(), ids=STRANGE)
def test_a_hidden_sheet_that_a_stranger_made_writes_nothing(root: Path, held: Held) -> None:
    """Even with a right checksum a made-up base is told in sentences, or shown as it is."""

    def change(book: Any) -> None:
        sheet = book["_klarplan"]
        sheet.delete_rows(1, sheet.max_row)
        of = whose(read_settings(root)[0])
        for row in as_rows(Base(lang="de", whose=of, sheets=(held,), lists={"?": {"a": "b"}})):
            sheet.append(row)

    before = {path.name: path.read_bytes() for path in (root / "data").iterdir()}
    found = written(root, changed(exported(root), change))
    assert found.refused
    assert {path.name: path.read_bytes() for path in (root / "data").iterdir()} == before


def test_a_workbook_of_another_version_is_refused(root: Path) -> None:
    """The sentence says that another version made it."""

    def change(book: Any) -> None:
        book["_klarplan"]["B1"] = "1"

    path = changed(exported(root), change)
    with pytest.raises(KlarplanError) as refused:
        taken(root, path)
    assert "anderen Fassung" in refused.value.problem.de


def test_without_the_hidden_sheet_a_workbook_needs_a_mapping(root: Path) -> None:
    """Such a workbook is like any other list; the message names what it lacks."""

    def change(book: Any) -> None:
        del book["_klarplan"]

    path = changed(exported(root), change)
    assert not is_editors_workbook(path)
    done = klarplan("import", str(path), "--root", str(root))
    assert done.returncode == 2
    assert "verborgenen Blatt" in done.stderr


def test_what_is_not_committed_is_not_overwritten(root: Path) -> None:
    """Where git has not yet what a file holds, nothing is written to it."""
    committed(root)
    path = changed(exported(root), with_title("Netze"))
    replace(root, "data/measures.csv", "A-2,Bezahlen,", "A-2,Zahlen,")
    with pytest.raises(KlarplanError) as refused:
        written(root, path)
    assert "data/measures.csv" in refused.value.problem.de
    assert any(line.startswith("A-4,Glasfaser,") for line in lines(root, "measures"))


def test_what_somebody_changes_in_that_moment_is_not_overwritten(root: Path) -> None:
    """Between comparing and writing nobody's change is lost."""
    found = taken(root, changed(exported(root), with_title("Netze")))
    replace(root, "data/measures.csv", "A-2,Bezahlen,", "A-2,Zahlen,")
    with pytest.raises(KlarplanError) as refused:
        write(root, found)
    assert "gerade von jemand anderem" in refused.value.problem.de
    assert any(line.startswith("A-4,Glasfaser,") for line in lines(root, "measures"))


@pytest.mark.parametrize("option", ["--overwrite", "--delete", "--renamed"])
def test_what_is_decided_is_for_workbooks_of_the_export(root: Path, option: str) -> None:
    """With a mapping these options would do nothing; that is told."""
    done = klarplan("import", "x.csv", "--mapping", "x.yml", option, "--root", str(root))
    assert done.returncode == 2
    assert option in done.stderr


def test_a_table_keeps_its_form(root: Path) -> None:
    """Delimiter, encoding, quotation marks and line ends stay; only the cell differs."""
    file = root / "data/measures.csv"
    text = file.read_text("utf-8").replace("A-5,Tafeln,", '"A-5",Tafeln,')
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))
    before = file.read_bytes()
    written(root, changed(exported(root), with_title("Netze; schnell, überall")))
    expected = 'A-4,"Netze; schnell, überall",'.encode()
    assert file.read_bytes() == before.replace(b"A-4,Glasfaser,", expected)


def test_line_ends_that_git_changed_are_no_change_of_others(root: Path) -> None:
    """A checkout on Windows ends lines otherwise, also within cells; no conflict comes of it."""

    def change(book: Any) -> None:
        put(book[MEASURES], row_of(book[MEASURES], "A-1"), {"summary": "Alle Anträge."})
        book["Sachstandsmeldungen"].delete_rows(4)

    path = changed(exported(root), change)
    for file in (root / "data").glob("*.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    found = taken(root, path, delete=True)
    assert not found.merged.conflicts
    assert not found.merged.lost
    assert found.merged.edits["status_reports"].removed == {1}


CONFLICT = "<<<<<<< HEAD\nA-4,x\n=======\nA-4,y\n>>>>>>> entwurf\n"


@pytest.mark.parametrize("table", ["measures", "milestones", "budget"])
def test_a_table_that_cannot_be_read_is_named_first(root: Path, table: str) -> None:
    """As after a merge that git could not finish; the workbook is not to blame."""
    path = changed(exported(root), with_title("Netze"))
    append(root, f"data/{table}.csv", CONFLICT)
    with pytest.raises(KlarplanError) as refused:
        taken(root, path)
    assert refused.value.file == f"data/{table}.csv"
    assert refused.value.line


def test_changes_are_told_in_sentences(root: Path) -> None:
    """What would change is told before anything is written."""
    path = changed(exported(root), with_title("Netze"))
    done = klarplan("import", str(path), "--root", str(root), "--as-of", "2026-06-30")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Netze" in done.stdout
    assert "Noch ist nichts geändert" in done.stdout
    assert sentences(taken(root, path))
    done = klarplan(
        *("import", str(path), "--root", str(root), "--as-of", "2026-06-30", "--write"),
        *("--lang", "en"),
    )
    assert "Written: data/measures.csv." in done.stdout
    done = klarplan("import", str(path), "--root", str(root), "--as-of", "2026-06-30")
    assert "Es gibt nichts zu übernehmen." in done.stdout
