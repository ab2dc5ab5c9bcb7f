"""What has one reading is mended, each change is shown, and what was lost is not guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from klarplan.check.run import examine
from klarplan.commands.repair import Repaired, repair, write
from tests.support.git import committed
from tests.support.klein import DAY, append, copied
from tests.support.project import copy_of_sample, klarplan


def contents(root: Path) -> dict[str, bytes]:
    """All files of a strategy."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def mended(root: Path, *tables: str) -> Repaired:
    """A repair that was written."""
    made = repair(root, DAY, tables)
    write(made)
    return made


def saved(root: Path, name: str, change: Callable[[str], str], **form: str) -> None:
    """Save a table as a spreadsheet program would: cells changed, in another form."""
    path = root / f"data/{name}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if form.get("quotes") else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=form.get("delimiter", ";"), quoting=quoting)
    writer.writerows([[change(cell) for cell in row] for row in rows])
    path.write_bytes(out.getvalue().encode(form.get("encoding", "cp1252"), "replace"))


def german(cell: str) -> str:
    """A cell as a German Excel shows it."""
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{day[3]}.{day[2]}.{day[1]}"
    return {"true": "WAHR", "false": "FALSCH"}.get(cell, cell)


@pytest.mark.parametrize("name", ["measures", "milestones", "decisions", "organisations"])
@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "encoding": "cp1252"},
        {"delimiter": "\t", "encoding": "utf-8-sig"},
        {"delimiter": ",", "encoding": "utf-8", "quotes": "all"},
    ],
    ids=["semicolon", "tab", "quotes"],
)
def test_a_table_that_went_through_a_spreadsheet_comes_back(
    name: str, form: dict[str, str], tmp_path: Path
) -> None:
    """Delimiter, encoding, quotes, dates and truth values come back byte for byte."""
    root = copied(tmp_path)
    before = contents(root)
    saved(root, name, german, **form)
    assert contents(root) != before

    mended(root)

    assert contents(root) == before


def test_nothing_is_written_without_being_asked(tmp_path: Path) -> None:
    """A dry run shows every change and leaves the files alone."""
    root = copied(tmp_path)
    saved(root, "measures", german)
    before = contents(root)

    shown = klarplan("repair", "--root", str(root), "--as-of", DAY.isoformat())

    assert shown.returncode == 0
    assert "H2 · planned_end: 30.06.2027 → 2027-06-30" in shown.stdout
    assert "Trennzeichen: Semikolon → Komma" in shown.stdout
    assert "--write" in shown.stdout
    assert contents(root) == before


@pytest.mark.parametrize("whole", [False, True], ids=["small", "sample"])
def test_a_sound_strategy_is_left_alone(whole: bool, tmp_path: Path) -> None:
    """Where nothing is to be mended, nothing is changed."""
    root = copy_of_sample(tmp_path / "fork") if whole else copied(tmp_path)
    made = mended(root)
    assert (made.changes, made.contents) == ((), {})


@pytest.mark.parametrize("lost", ["########", "01. Jan", "1,23E+05"])
def test_what_is_lost_is_offered_from_git(lost: str, tmp_path: Path) -> None:
    """A cell whose content is lost stays, and the committed version is named."""
    root = copied(tmp_path)
    committed(root)
    path = root / "data/measures.csv"
    cell = f'"{lost}"' if "," in lost else lost
    path.write_text(path.read_text("utf-8").replace("2027-06-30", cell, 1), "utf-8")

    made = mended(root)

    (left,) = made.left
    assert (left.finding.value, left.before) == (lost, "2027-06-30")
    assert not made.contents
    shown = klarplan("repair", "--root", str(root), "--as-of", DAY.isoformat())
    assert "Zuletzt gesichert war dort: 2027-06-30" in shown.stdout


@pytest.mark.parametrize(
    ("column", "old", "new", "then"),
    [
        ("budget", "50000", '"50.000,00 €"', "50000.00"),
        ("budget", "50000", '"50.000"', "50.000"),
        ("budget", "50000", '"50,000"', "50,000"),
        ("measures", "true", "ja", "true"),
        ("measures", "2027-06-30", "30.6.27", "2027-06-30"),
        ("measures", "2027-06-30", "2027-6-30", "2027-06-30"),
        ("measures", "2027-06-30", "31.06.2027", "31.06.2027"),
    ],
)
def test_only_what_has_one_reading_is_changed(
    column: str, old: str, new: str, then: str, tmp_path: Path
) -> None:
    """A number that two languages read in two ways, or a day that isn't, stays as it is."""
    root = copied(tmp_path)
    path = root / f"data/{column}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    mended(root)

    assert then in path.read_text("utf-8")


def test_one_mistake_may_hide_another(tmp_path: Path) -> None:
    """A renamed column is given its name again, and then its cells are mended."""
    root = copied(tmp_path)
    before = contents(root)
    saved(root, "milestones", lambda cell: {"title": "Titel"}.get(cell, german(cell)))

    mended(root)

    assert contents(root) == before


def test_only_the_named_tables_are_touched(tmp_path: Path) -> None:
    """With names, other tables stay as they are; a wrong name is told with the nearest."""
    root = copied(tmp_path)
    saved(root, "measures", german)
    saved(root, "decisions", german)
    other = (root / "data/decisions.csv").read_bytes()

    mended(root, "measures")

    assert (root / "data/decisions.csv").read_bytes() == other
    wrong = klarplan("repair", "--root", str(root), "mesures")
    assert wrong.returncode == 2
    assert "Meinten Sie „measures“?" in wrong.stdout + wrong.stderr


def test_files_that_can_not_be_read_are_left_to_the_editor(tmp_path: Path) -> None:
    """A missing quotation mark or a conflict has several readings: told, not touched."""
    root = copied(tmp_path)
    append(root, "data/bodies.csv", '"offen,\n')
    before = contents(root)

    made = mended(root)

    assert contents(root) == before
    assert [lost.finding.rule for lost in made.left] == ["KP005"]


def test_a_repaired_strategy_has_no_new_findings(tmp_path: Path) -> None:
    """After a repair, no finding is there that was not there before."""
    root = copied(tmp_path)
    clean = {(f.rule, f.file) for f in examine(root, DAY).single}
    for name in ("measures", "goals", "decisions", "budget", "status_reports"):
        saved(root, name, german)

    mended(root)

    assert {(f.rule, f.file) for f in examine(root, DAY).single} <= clean
