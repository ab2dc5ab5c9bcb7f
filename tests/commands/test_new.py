"""``klarplan new``: one row and its text, checked before they are written; nothing else changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from unittest import mock

import pytest

from klarplan.pages.own_text import own_text
from klarplan.strategy.csv_reader import read
from klarplan.words.catalogue import GERMAN
from tests.support.git import committed
from tests.support.klein import DAY, append, copied
from tests.support.project import klarplan

AS_OF = ("--as-of", DAY.isoformat())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def state(root: Path) -> dict[str, bytes]:
    """Every file that people write."""
    files = (f for folder in ("data", "strategy") for f in (root / folder).rglob("*"))
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in files if f.is_file()}


def last(root: Path, table: str) -> dict[str, str]:
    """The last row of a table, with what is filled."""
    found, _ = read(root / f"data/{table}.csv", table, table)
    assert found
    cells = dict(zip(found.header, found.records[-1], strict=False))
    return {name: text for name, text in cells.items() if text}


def new(root: Path, *arguments: str, code: int = 0) -> str:
    """Call the command, which ends as expected; what it says."""
    result = klarplan("new", *arguments, "--root", str(root), *AS_OF)
    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    "title", ["Bänke", 'Haus "Linde", Nr. 3', "A | B; 'c'\nzweite Zeile {{ x }} --> <b>"]
)
def test_a_measure_gets_the_next_id_and_a_text(root: Path, title: str) -> None:
    """All other bytes stay; the row is the last one, and its text holds comments alone."""
    before = state(root)
    told = new(root, "measure", "--title", title, "--field", "Schule", "--set", "Art=Projekt")
    after = state(root)
    row = last(root, "measures")
    assert row == {"id": row["id"], "title": title, "field": "F-2", "type": "project"}
    text = f"strategy/measures/{row['id']}.md"
    assert after.pop(text).decode() == own_text(GERMAN)
    assert after.pop("data/measures.csv").startswith(before.pop("data/measures.csv"))
    assert after == before
    assert row["id"] in told
    assert f"Geschrieben: data/measures.csv, {text}" in told


def test_an_id_that_git_remembers_is_not_given_again(root: Path) -> None:
    """A measure that was there and was deleted keeps its number."""
    new(root, "measure", "--title", "Kurz da", "--field", "F-1")
    gone = last(root, "measures")["id"]
    committed(root)
    path = root / "data/measures.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    (root / f"strategy/measures/{gone}.md").unlink()
    new(root, "measure", "--title", "Ganz anderes", "--field", "F-1")
    assert last(root, "measures")["id"] != gone
    assert "vergeben" in new(
        root, "measure", "--title", "X", "--field", "F-1", "--set", f"id={gone}", code=2
    )


@pytest.mark.parametrize(
    ("kind", "table", "given", "cells"),
    [
        (
            "goal",
            "goals",
            ["--title", "Ruhe", "--set", "level=Strategisches Ziel"],
            {"level": "strategic"},
        ),
        ("indicator", "indicators", ["--title", "Lärm", "--set", "unit=dB"], {"unit": "dB"}),
        (
            "decision",
            "decisions",
            ["--title", "Etat", "--date", "1.6.2026", "--measure", "A-1"],
            {"date": "2026-06-01", "measure": "A-1"},
        ),
        ("contribution", "feedback", ["--set", "contribution=Mehr Bänke"], {"id": "FB-01"}),
    ],
)
def test_every_kind_goes_into_its_table(
    root: Path, kind: str, table: str, given: list[str], cells: dict[str, str]
) -> None:
    """Words and days are taken as people write them; a table that is not there yet is begun."""
    new(root, kind, *given)
    assert cells.items() <= last(root, table).items()


def test_a_report_is_of_the_day_and_the_period_that_is_asked_for(root: Path) -> None:
    """The date is the as-of date, the period the newest one with a day for its reports."""
    append(root, "data/periods.csv", "label,first,last,due\n2026-Q1,,,2026-07-15\n")
    new(root, "report", "--measure", "A-1", "--status", "laeuft", "--text", "Es geht voran.")
    row = last(root, "status_reports")
    assert (row["date"], row["period"], row["measure"]) == (DAY.isoformat(), "2026-Q1", "A-1")
    assert "id" not in row
    new(root, "report", "--measure", "A-1", "--status", "laeuft", "--set", "period=2026-Q2")
    assert last(root, "status_reports")["period"] == "2026-Q2"


@pytest.mark.parametrize(
    ("table", "arguments", "told"),
    [
        ("goals", ["measure", "--title", "X", "--field", "F-1", "--set", "goal=Z-1"], "new goal"),
        ("organisations", ["measure", "--title", "X", "--set", "lead=bauamt"], "klarplan edit"),
        ("measures", ["report", "--measure", "A-1", "--status", "laeuft"], "new measure"),
    ],
)
def test_an_empty_table_is_named_with_the_way_to_begin(
    root: Path, table: str, arguments: list[str], told: str
) -> None:
    """Nobody is told to restore what there never was."""
    path = root / f"data/{table}.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    said = " ".join(new(root, *arguments, code=2).split())
    assert "hat noch keine Zeile" in said
    assert told in said


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["measure", "--title", "X"], 2, ["Handlungsfeld (field)", "--set field="]),
        (["report", "--measure", "A-1"], 2, ["Es fehlt: Status (status)"]),
        (["measure", "--title", "X", "--field", "Schuhle"], 2, ["Meinten Sie", "Schule"]),
        (["measure", "--title", "X", "--field", "F-99"], 2, ["F-99", "F-1"]),
        (["goal", "--title", "X", "--set", "lewel=x"], 2, ["Meinten Sie", "level"]),
        (["goal", "--title", "X", "--text", "x"], 2, ["keine Spalte „text“"]),
        (["goal", "--title", "X", "--set", "level"], 2, ["--set SPALTE=WERT"]),
        (
            ["measure", "--title", "X", "--field", "F-1", "--set", "priority=9"],
            2,
            ["--set priority: ", "9 liegt außerhalb"],
        ),
        (
            ["decision", "--title", "X", "--date", "bald"],
            2,
            ["--date: ", "„bald“", "31.12.2027"],
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    root: Path, arguments: list[str], code: int, told: list[str]
) -> None:
    """Missing and wrong values are told with what can be done, and every file stays."""
    before = state(root)
    said = new(root, *arguments, code=code)
    assert all(part in said for part in told), said
    assert state(root) == before


def test_a_dry_run_shows_and_writes_nothing(root: Path) -> None:
    """With --dry-run the sentences are the same, in English too, and every file stays."""
    before = state(root)
    given = ("measure", "--title", "Benches", "--field", "F-1")
    said = new(root, *given, "--dry-run", "--lang", "en")
    assert "Benches" in said
    assert "Nothing is changed yet" in said
    assert state(root) == before


def test_in_a_terminal_what_is_missing_is_asked_for(root: Path) -> None:
    """Wrong answers are asked for again; what need not be filled may stay empty."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["Bänke", "Nirgends", "Schule", "", "", "", "Schulamt", "Schnelle Netze"])
    with (
        mock.patch("typer.prompt", side_effect=answers),
        mock.patch("io.StringIO", Terminal),
    ):
        told = new(root, "measure")
    assert "Nirgends" in told
    row = last(root, "measures")
    assert row.items() >= {"title": "Bänke", "field": "F-2"}.items()
    lead = {"measure": row["id"], "organisation": "schulamt", "role": "lead"}
    assert last(root, "responsibilities") == lead
    assert last(root, "measure_goals") == {"measure": row["id"], "goal": "G-3"}


def test_the_form_of_the_file_stays(root: Path) -> None:
    """A file with semicolons, a byte order mark and Windows line ends gets its row in that form."""
    path = root / "data/goals.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    raw = "\ufeff".encode() + written.getvalue().encode()
    path.write_bytes(raw)
    new(root, "goal", "--title", "Ruhe; Stille")
    assert path.read_bytes().removeprefix(raw).startswith(b"G-")
    assert b'"Ruhe; Stille"' in path.read_bytes().removeprefix(raw)
    assert path.read_bytes().endswith(b"\r\n")


def test_a_report_can_say_when_its_measure_ended(root: Path) -> None:
    """The day goes into the measure's own row, and nothing else there changes."""
    before = state(root)
    call = ("report", "--measure", "A-7", "--status", "beendet", "--text", "Kein Geld mehr.")
    new(root, *call, "--set", "Tatsächliches Ende=29.06.2026")
    after = state(root)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"data/measures.csv", "data/status_reports.csv"}
    line = b"A-7,Lecksuche,Sensoren horchen am Rohr.,F-3,pilot,3,2025-03-01,2026-12-31,2025-03-01,"
    mended = after["data/measures.csv"].replace(line + b"2026-06-29,", line + b",")
    assert mended == before["data/measures.csv"]


def test_a_report_changes_no_plan_of_its_measure(root: Path) -> None:
    """What was planned stays; the command says which columns there are."""
    before = state(root)
    call = ("report", "--measure", "A-7", "--status", "laeuft", "--set", "planned_end=2027-12-31")
    told = new(root, *call, code=2)
    assert "planned_end" in told
    assert "actual_end" in told
    assert state(root) == before


def test_what_the_check_would_tell_of_it_is_told_before(root: Path) -> None:
    """Who leads it, and for which goal; a title that is there already; not what others lack."""
    told = new(root, "measure", "--title", "Glasfaser", "--field", "F-2", "--dry-run")
    assert "KP208" in told
    assert "KP209" in told
    assert "„Glasfaser“ gibt es schon: A-4" in told
    assert told.count("Warnung") == 3  # the last line counts them
    lead = last(root, "organisations")["id"]
    goal = last(root, "goals")["id"]
    whole = ("--title", "Bänke", "--field", "F-2", "--set", f"lead={lead}", "--set", f"goal={goal}")
    assert "KP20" not in new(root, "measure", *whole)


def test_signs_of_programs_are_told_to_be_shown_as_they_stand(root: Path) -> None:
    """One hint, at the option, for each of two rows that have the same."""
    for day in ("2026-06-28", "2026-06-29"):
        text = ("--text", "<script>x</script> {{ y }}")
        told = new(root, "report", "--measure", "A-4", "--status", "laeuft", *text, "--date", day)
        assert told.count("KP606") == 1
        assert "--text: Hinweis" in told
        assert "[ (" not in told
