"""A measure has one number for people, wherever they meet it: the official one, if it has one."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from klarplan.commands.inbox import take_in
from klarplan.commands.new import begin
from klarplan.commands.part import make_parts
from klarplan.messages import KlarplanError
from klarplan.strategy.load import load
from klarplan.strategy.owed import owed
from tests.support.form import Form
from tests.support.klein import DAY, copied
from tests.support.workbooks import changed, exported, put, taken


def numbered(folder: Path, numbers: dict[str, str]) -> Path:
    """The small strategy in which some measures have official numbers."""
    root = copied(folder)
    path = root / "data/measures.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0], "official_id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "official_id": numbers.get(row["id"], "")} for row in rows)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return root


@pytest.mark.parametrize("number", ["DS-04", "4.2 | „a“", "A-5"])
def test_people_read_the_official_number(tmp_path: Path, number: str) -> None:
    """In lists, drop-downs, deadlines and what changed; one without has its id."""
    root = numbered(tmp_path, {"A-4": number})
    form = Form(root)
    rows = [" ".join(li.text().split()) for li in form.get("table?table=measures").tree.css("li")]
    assert f"Glasfaser {number}" in rows
    assert "Zähler A-6" in rows
    report = form.get("row?table=status_reports&measure=A-4")
    choices = form.get("row?table=status_reports")
    options = {o.attributes["value"]: o.text() for o in choices.tree.css("option")}
    assert options["A-4"] == f"{number} Glasfaser"
    assert options["A-6"] == "A-6 Zähler"
    assert "A-4" not in form.sent(report, "show", status="laeuft").text
    due = {one.text.de for one in owed(load(root).strategy, DAY, DAY.replace(year=2030))}
    assert f"Geplantes Ende von {number} Glasfaser" in due
    assert not any("A-4" in text for text in due)


@pytest.mark.parametrize("number", ["DS-04", "4.2 | „a“", ""])
def test_findings_name_measures_as_people_know_them(tmp_path: Path, number: str) -> None:
    """Beside the field and in the workbook; what was typed stays as it was typed."""
    root = numbered(tmp_path, {"A-4": number})
    form, called = Form(root), f"„{number or 'A-4'} Glasfaser“"
    shown = form.get("row?table=status_reports&measure=A-4")
    told = form.sent(shown, "check", date="2024-01-01", status="laeuft")
    assert f"vor dem Beginn von {called}" in told.messages()["date"]
    choices = form.get("row?table=status_reports")
    wrong = form.sent(choices, "check", measure="A-4 Glassfaser", status="laeuft")
    assert "„A-4 Glassfaser“ gibt es" in wrong.messages()["measure"]

    def fill(book: Any) -> None:
        sheet = book["Sachstandsmeldungen"]
        put(sheet, sheet.max_row + 1, {"measure": "A-4", "date": "2020-01-01", "status": "xyz"})

    errors = taken(root, changed(exported(root), fill)).errors
    assert errors
    assert not any("A-4 " in error.problem.de.replace(called, "") for error in errors)


@pytest.mark.parametrize(
    "told", ["DS-04", "ds-04", "A-4", "a-4", "Glasfaser", "DS-04 Glasfaser", "A-4 Glasfaser"]
)
def test_a_measure_is_meant_by_number_id_and_title(tmp_path: Path, told: str) -> None:
    """On the command line, in an issue and in a workbook; the row has the id."""
    root = numbered(tmp_path, {"A-4": "DS-04"})
    row = begin(root, "report", [("measure", told), ("status", "laeuft")], DAY, "de").row
    assert row.cells["measure"] == "A-4"
    text = f"### Maßnahme\n\n{told}\n\n### Status\n\nläuft\n"
    assert take_in(root, text, "issue.md", DAY, "de").row.cells["measure"] == "A-4"
    found = taken(root, reported(root, told))
    assert not found.errors
    assert [row["measure"] for row in found.merged.edits["status_reports"].added] == ["A-4"]


def reported(root: Path, measure: str, name: str = "mappe.xlsx") -> Path:
    """A workbook with a new report on what somebody calls a measure."""

    def fill(book: Any) -> None:
        sheet = book["Sachstandsmeldungen"]
        cells = {"measure": measure, "date": "2026-06-29", "status": "läuft"}
        put(sheet, sheet.max_row + 1, cells)

    return changed(exported(root, name), fill)


@pytest.mark.parametrize("told", ["DS-4", "Glasphaser", "DS-04 Glassfaser", "A-04", "DS04"])
def test_a_measure_that_is_nearly_meant_is_guessed(tmp_path: Path, told: str) -> None:
    """By the same words on every way: number and title, so that people can tell."""
    root = numbered(tmp_path, {"A-4": "DS-04"})
    guess = "Meinten Sie „DS-04 Glasfaser“?"
    with pytest.raises(KlarplanError) as new:
        begin(root, "report", [("measure", told), ("status", "laeuft")], DAY, "de")
    assert new.value.cure.de.startswith(guess)
    text = f"### Maßnahme\n\n{told}\n\n### Status\n\nläuft\n"
    with pytest.raises(KlarplanError) as issue:
        take_in(root, text, "issue.md", DAY, "de")
    assert issue.value.cure == new.value.cure
    assert guess in " ".join(error.cure.de for error in taken(root, reported(root, told)).errors)
    form = Form(root)
    shown = form.get("row?table=status_reports")
    said = form.sent(shown, "show", measure=told, date="2026-06-29", status="laeuft")
    assert guess in said.messages()["measure"]


@pytest.mark.parametrize("file", ["measures", "fields_of_action", "statuses"])
def test_a_table_that_is_missing_is_the_cause(tmp_path: Path, file: str) -> None:
    """No way says that a row is not in it, or begins a second table in its place."""
    root = copied(tmp_path)
    path = reported(root, "A-4")
    (root / f"data/{file}.csv").unlink()
    text = "### Maßnahme\n\nA-4\n\n### Status\n\nläuft\n"
    given = [("title", "Bänke"), ("field", "F-2")]
    for way in (
        lambda: begin(root, "report", [("measure", "A-4"), ("status", "laeuft")], DAY, "de"),
        lambda: begin(root, "measure", given, DAY, "de"),
        lambda: take_in(root, text, "issue.md", DAY, "de"),
        lambda: taken(root, path),
    ):
        with pytest.raises(KlarplanError) as told:
            way()
        assert told.value.file == f"data/{file}.csv"
        assert "fehlt" in told.value.problem.de
        assert "git checkout" in told.value.cure.de
    assert f"data/{file}.csv" in Form(root).get().text


@pytest.mark.parametrize("told", ["A-1", "a-1", "A1", "A-01", "DS-04"])
def test_a_number_that_may_mean_two_measures_is_refused(tmp_path: Path, told: str) -> None:
    """By command, issue, workbook and paper, with both by number and title; these are understood.

    The number of two measures is one, and so is an id that another one has as its number.
    """
    root = numbered(tmp_path, {"A-4": "DS-04", "A-6": "DS-04", "A-7": "A-1", "A-1": "7.1"})
    ids = {"A-4": "DS-04 Glasfaser", "A-6": "DS-04 Zähler"}
    if told != "DS-04":
        ids = {"A-1": "7.1 Formulare", "A-7": "A-1 Lecksuche"}
    with pytest.raises(KlarplanError) as new:
        begin(root, "report", [("measure", told), ("status", "laeuft")], DAY, "de")
    text = f"### Maßnahme\n\n{told}\n\n### Status\n\nläuft\n"
    with pytest.raises(KlarplanError) as issue:
        take_in(root, text, "issue.md", DAY, "de")
    with pytest.raises(KlarplanError) as paper:
        make_parts(root, DAY, tmp_path / "out", measures=[told])
    (fault,) = taken(root, reported(root, told)).back.faults
    for said in (new.value.problem, issue.value.problem, paper.value.problem, fault.problem):
        assert all(f"„{called}“ (Kennung {one})" in said.de for one, called in ids.items())
    for one, called in ids.items():
        row = begin(root, "report", [("measure", called), ("status", "laeuft")], DAY, "de").row
        assert row.cells["measure"] == one
        found = taken(root, reported(root, called, f"{one}.xlsx"))
        assert [row["measure"] for row in found.merged.edits["status_reports"].added] == [one]


@pytest.mark.parametrize("told", ["A-2", "A-4", "DS-07", "A-3 Lesesaal"])
def test_what_can_mean_one_measure_only_is_understood(tmp_path: Path, told: str) -> None:
    """A measure's own id as its number is one reading; so is an id like nobody's number."""
    root = numbered(tmp_path, {"A-2": "A-2", "A-4": "A-04", "A-7": "DS-07"})
    row = begin(root, "report", [("measure", told), ("status", "laeuft")], DAY, "de").row
    assert row.cells["measure"] == told.replace("DS-07", "A-7").removesuffix(" Lesesaal")


@pytest.mark.parametrize("number", ["A-2", "a 2", "A02"])
def test_a_number_stays_as_it_was_typed(tmp_path: Path, number: str) -> None:
    """A finding names the other measure by its title, and what was typed as it was typed.

    It is that of the row, also where others have the same fault.
    """
    form = Form(numbered(tmp_path, {"A-1": "A-3", "A-6": "A-4", "A-2": "4.2"}))
    told = form.sent(form.get("row?table=measures&row=6"), "check", official_id=number)
    said = told.messages()["official_id"]
    assert f"Die amtliche Nummer „{number}“ ist die Kennung" in said
    assert "„4.2 Bezahlen“" in said
    assert "Ebenso" not in said
