"""What a new report says of the end: nothing takes back a delay that nobody took back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from klarplan.strategy.load import load
from tests.commands.test_inbox import inbox, issue
from tests.commands.test_new import last, new
from tests.support.form import Form
from tests.support.klein import copied
from tests.support.workbooks import changed, column, exported, put, row_of, taken, written

HEAD = "measure,date,period,status,progress,text,expected_end,expected_end_precision\n"
REPORT = "A-4,2026-05-01,,laeuft,72,Es dauert.,2027-09-30,month\n"
CALL = ("report", "--measure", "A-4", "--text", "Weiter.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy, in which A-4 is expected to end later than planned."""
    root = copied(tmp_path)
    (root / "data/status_reports.csv").write_text(HEAD + REPORT, "utf-8")
    return root


def expected(root: Path) -> tuple[str, str]:
    """What the newest row says of the end."""
    row = last(root, "status_reports")
    assert row["text"] == "Weiter."
    return row.get("expected_end", ""), row.get("expected_end_precision", "")


@pytest.mark.parametrize("status", ["laeuft", "offen"])
def test_an_end_that_nobody_names_stays(root: Path, status: str) -> None:
    """By command: what was expected last is in the row, and the command says so."""
    told = new(root, *CALL, "--status", status).replace("\u00a0", " ")
    assert expected(root) == ("2027-09-30", "month")
    assert "bleibt bei September 2027, wie zuletzt gemeldet" in told
    assert "progress" not in last(root, "status_reports")


def test_an_issue_without_an_answer_keeps_the_end(root: Path) -> None:
    """By issue, in words and as Markdown: an empty answer takes back nothing."""
    text = issue(Maßnahme="A-4", Status="läuft", Sachstand="Weiter.", Jetzt_erwartetes_Ende="")
    said = inbox(root, text, "--format", "markdown", "--write").replace("\u00a0", " ")
    assert "bleibt bei September 2027" in said
    assert expected(root) == ("2027-09-30", "month")


@pytest.mark.parametrize("answer", ["wie geplant", "Wie  geplant.", "as planned"])
def test_the_plan_holds_again_where_somebody_says_so(root: Path, answer: str) -> None:
    """Going back to the plan is an answer of its own."""
    text = issue(Maßnahme="A-4", Status="läuft", Sachstand="Weiter.", Jetzt_erwartetes_Ende=answer)
    assert "bleibt bei" not in inbox(root, text, "--write")
    assert expected(root) == ("", "")


@pytest.mark.parametrize("answer", ["wie geplant", "Wie geplant", "as planned"])
def test_the_plan_holds_again_by_command(root: Path, answer: str) -> None:
    """The comparison says that the plan holds again."""
    told = new(root, *CALL, "--status", "laeuft", "--set", f"expected_end={answer}")
    assert "es gilt wieder der Plan" in told
    assert expected(root) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (("--status", "fertig"), ("", "")),
        (("--status", "beendet"), ("", "")),
        (("--status", "laeuft", "--set", "expected_end=2028-01-31"), ("2028-01-31", "")),
        (("--status", "laeuft", "--date", "2026-04-01"), ("", "")),
    ],
)
def test_nothing_is_kept_that_does_not_hold(
    root: Path, arguments: tuple[str, ...], end: tuple[str, str]
) -> None:
    """Not of what is over, not beside another end, not from a report that came later."""
    assert "bleibt bei" not in new(root, *CALL, *arguments)
    assert expected(root) == end


@pytest.mark.parametrize(
    ("answer", "cells"),
    [
        ("Dezember 2027", ("2027-12-31", "month")),
        ("4. Quartal 2027", ("2027-12-31", "quarter")),
        ("2. Halbjahr 2027", ("2027-12-31", "half")),
        ("2027", ("2027-12-31", "year")),
        ("31.12.2027", ("2027-12-31", "")),
    ],
)
def test_a_month_or_a_year_is_as_exact_as_it_is(
    root: Path, answer: str, cells: tuple[str, str]
) -> None:
    """What plainly means one stretch of time is taken, and told."""
    text = issue(Maßnahme="A-4", Status="läuft", Sachstand="Weiter.", Jetzt_erwartetes_Ende=answer)
    said = inbox(root, text, "--write")
    assert expected(root) == cells
    assert ("genau" in said) == bool(cells[1])


def reporting(root: Path, office: str, **cells: object) -> Path:
    """A workbook in which an office reports on A-4: in its own sheet, or below all reports."""

    def fill(book: Any) -> None:
        sheet = book["Neue Meldungen" if office else "Sachstandsmeldungen"]
        row = row_of(sheet, "A-4 Glasfaser", "measure") if office else sheet.max_row + 1
        told = {"date": dt.date(2026, 6, 15), "status": "läuft", "text": "Weiter.", **cells}
        put(sheet, row, told if office else {"measure": "A-4 Glasfaser", **told})

    return changed(exported(root, office=office), fill)


@pytest.mark.parametrize("own", [True, False])
def test_a_workbook_without_an_end_keeps_it(root: Path, own: bool) -> None:
    """It is told where; the same workbook a second time changes nothing."""
    path = reporting(root, the_lead(root) if own else "")
    found = written(root, path)
    assert expected(root) == ("2027-09-30", "month")
    (remark,) = found.merged.kept_ends
    assert "bleibt bei September 2027" in remark.told("de").replace("\u00a0", " ")
    again = taken(root, path)
    assert not again.contents
    assert not again.merged.conflicts
    assert not again.merged.kept_ends


def the_lead(root: Path) -> str:
    """The office that leads A-4."""
    return load(root).strategy.leads_of_measure["A-4"][0].id


@pytest.mark.parametrize("answer", ["wie geplant", "Wie geplant.", "as planned"])
def test_the_plan_holds_again_by_workbook(root: Path, answer: str) -> None:
    """A new report that says so takes the delay back; nothing is told to stay."""
    path = reporting(root, "", expected_end=answer)
    found = written(root, path)
    assert expected(root) == ("", "")
    assert not found.merged.kept_ends
    assert not taken(root, path).contents


@pytest.mark.parametrize("text", [None, "wie geplant"])
def test_an_emptied_cell_of_a_report_is_a_change(root: Path, text: str | None) -> None:
    """Whoever empties what was reported means it."""

    def empty(book: Any) -> None:
        put(book["Sachstandsmeldungen"], 3, {"expected_end": text, "expected_end_precision": None})

    found = written(root, changed(exported(root), empty))
    assert not found.merged.kept_ends
    assert "expected_end" not in last(root, "status_reports")


def test_a_workbook_lets_people_write_that_the_plan_holds(root: Path) -> None:
    """Programs warn, but let the words stand where else there are days only."""
    sheet = openpyxl.load_workbook(exported(root))["Sachstandsmeldungen"]
    letter = get_column_letter(column(sheet, "expected_end"))
    (rule,) = (r for r in sheet.data_validations.dataValidation if str(r.sqref).startswith(letter))
    assert rule.errorStyle == "warning"
    assert "wie geplant" in sheet[f"{letter}1"].comment.text


def test_the_form_begins_with_the_end_that_was_expected(root: Path) -> None:
    """Whoever reports in the form sees what stays, and may empty it: then the plan holds again."""
    form = Form(root)
    shown = form.get("row?table=status_reports&measure=A-4&task=report")
    values = shown.values()
    assert values["cell.expected_end"] == "2027-09-30"
    assert values["cell.expected_end_precision"] == "month"
    form.write(shown, status="laeuft", text="Weiter.")
    assert expected(root) == ("2027-09-30", "month")
    shown = form.get("row?table=status_reports&measure=A-4&task=report")
    emptied = {"expected_end": "", "expected_end_precision": ""}
    form.write(shown, status="laeuft", text="Weiter.", date="2026-06-15", **emptied)
    assert expected(root) == ("", "")


def form_about(root: Path, address: str, **cells: str) -> dict[str, str]:
    """The newest report, once it has been written in the form."""
    form = Form(root)
    form.write(form.get(f"row?table=status_reports{address}"), **cells)
    return last(root, "status_reports")


def test_a_form_is_about_the_measure_that_was_chosen(root: Path) -> None:
    """What it begins with is of that measure, so that no other one gets it."""
    shown = Form(root).get("row?table=status_reports&measure=A-4&task=report")
    assert shown.values()["cell.expected_end"] == "2027-09-30"
    assert "cell.measure" not in shown.values()
    row = form_about(root, "&measure=A-4", text="Weiter.", status="laeuft")
    assert (row["measure"], row["expected_end"]) == ("A-4", "2027-09-30")


@pytest.mark.parametrize("address", ["", "&measure=gibt-es-nicht"])
def test_an_end_that_nobody_saw_in_the_form_is_kept(root: Path, address: str) -> None:
    """Where the measure is chosen in the form."""
    chosen = {"measure": "A-4", "date": "2026-06-01"}
    row = form_about(root, address, text="Weiter.", status="laeuft", **chosen)
    assert (row["expected_end"], row["expected_end_precision"]) == ("2027-09-30", "month")


def test_an_end_that_is_emptied_in_the_form_is_taken_back(root: Path) -> None:
    """Where it stood there before."""
    row = form_about(
        root, "&measure=A-4", text="Weiter.", status="laeuft", expected_end="",
        expected_end_precision="",
    )  # fmt: skip
    assert row.get("expected_end", "") == ""
