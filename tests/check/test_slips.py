"""Slips in tables, in their description and around pictures, each told once at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.strategy.renewal import engine_package
from tests.support.git import git
from tests.support.klein import DAY, append, copied, replace

DESCRIPTION = "data/datapackage.json"
MEASURES = "data/measures.csv"
REPORTS = "data/status_reports.csv"
VISION = "strategy/vision.md"


def told(root: Path, *, but: str = "KP748") -> list[Finding]:
    """What the check finds, but for that a picture of the small strategy is shown no more."""
    return [f for f in check(root, DAY) if f.rule != but]


@pytest.mark.parametrize(
    ("file", "old", "written", "right"),
    [
        (MEASURES, "Bezahlen,", "Gebühren\nbezahlen", "Gebühren bezahlen"),
        ("data/organisations.csv", "stadt,Kleinstadt,", "Stadt\r\n Amt 1", "Stadt Amt 1"),
        ("data/goals.csv", "Wege sparen,", "\nWege sparen", "Wege sparen"),
    ],
)
def test_a_line_break_in_a_title_is_told(
    tmp_path: Path, file: str, old: str, written: str, right: str
) -> None:
    """Titles and names are shown on one line; the cure is the text on one."""
    root = copied(tmp_path)
    before = old.rpartition(",")[0].rpartition(",")[0]
    replace(root, file, old, f'{before}{"," if before else ""}"{written}",')
    line = (root / file).read_bytes().decode().split('"' + written)[0].count("\n") + 1

    (finding,) = told(root)

    assert (finding.rule, finding.severity, finding.file) == ("KP618", "warning", file)
    assert finding.fix
    assert (finding.line, finding.fix.new) == (line, right)


@pytest.mark.parametrize(
    ("old", "new"),
    [("laeuft,60", "laeuft,100"), ("laeuft,40", "laeuft,100"), ("laeuft,30", "laeuft,100")],
)
def test_all_done_and_still_under_way_is_told(tmp_path: Path, old: str, new: str) -> None:
    """A progress of 100 percent does not go with a status of what is still worked on."""
    root = copied(tmp_path)
    replace(root, REPORTS, old, new)

    assert [(f.rule, f.column) for f in told(root)] == [("KP305", "progress")]


def described(root: Path, change: dict[str, Any]) -> None:
    """Give the small strategy a description of its tables, its first column changed."""
    package = engine_package()
    field = package["resources"][0]["schema"]["fields"][0]
    for key, value in change.items():
        field.pop({"titel": "title", "constrains": "constraints"}.get(key, ""), None)
        field[key] = value
    (root / DESCRIPTION).write_text(json.dumps(package, indent=2), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "value", "right", "severity"),
    [
        ({"titel": "Kennung"}, "titel", "title", "warning"),
        ({"constrains": {}}, "constrains", "constraints", "warning"),
        ({"constraints": {"requird": True}}, "requird", "required", "error"),
        ({"visibilty": "internal"}, "visibilty", "visibility", "error"),
        ({"Visibility": "internal"}, "Visibility", "visibility", "error"),
    ],
)
def test_a_misspelt_key_of_the_description_is_told(
    tmp_path: Path, change: dict[str, Any], value: str, right: str, severity: str
) -> None:
    """A key that is nearly a known one has no effect; where it was to hide something, it errs."""
    root = copied(tmp_path)
    described(root, change)

    (finding,) = told(root)

    assert (finding.rule, finding.file, finding.value) == ("KP049", DESCRIPTION, value)
    assert finding.severity == severity
    assert f'"{right}"' in finding.cure.de
    lines = (root / DESCRIPTION).read_text("utf-8").split("\n")
    assert f'"{value}"' in lines[(finding.line or 0) - 1]


@pytest.mark.parametrize("key", ["quelle", "klarplan:farbe", "einheit", "x-titles", "unit"])
def test_keys_of_ones_own_are_left_alone(tmp_path: Path, key: str) -> None:
    """The standard lets anyone add keys; what is like no known one is meant."""
    root = copied(tmp_path)
    described(root, {key: "x"})

    assert told(root) == []


@pytest.mark.parametrize("table", [MEASURES, "data/goals.csv", "data/budget.csv"])
def test_a_described_column_that_is_missing_is_told(tmp_path: Path, table: str) -> None:
    """A column that only the town describes is told where its table lacks it."""
    root = copied(tmp_path)
    package = engine_package()
    (resource,) = (r for r in package["resources"] if f"data/{r['path']}" == table)
    resource["schema"]["fields"].append({"name": "quartier", "title": "Quartier", "type": "string"})
    (root / DESCRIPTION).write_text(json.dumps(package, indent=2), encoding="utf-8")

    (finding,) = told(root)

    assert (finding.rule, finding.file, finding.value) == ("KP027", table, "quartier")


@pytest.mark.parametrize("column", ["next_review", "impact", "type"])
def test_a_column_that_was_deleted_is_told(tmp_path: Path, column: str) -> None:
    """A column that the last commit had is told, until the change is committed."""
    root = copied(tmp_path)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Stand")
    lines = (root / MEASURES).read_text("utf-8")
    (root / MEASURES).write_text(without(lines, column), encoding="utf-8")

    found = [(f.rule, f.file, f.value) for f in told(root)]

    assert ("KP027", MEASURES, column) in found
    git(root, "commit", "-q", "-a", "-m", "Spalte entfällt")
    assert all(f.rule != "KP027" for f in told(root))


def without(text: str, column: str) -> str:
    """A table without one of its columns."""
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    rows = list(csv.reader(io.StringIO(text)))
    position = rows[0].index(column)
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(
        [cell for n, cell in enumerate(row) if n != position] for row in rows
    )
    return made.getvalue()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[Drei Kreise](kreise.svg)\n", 1),
        ("Satz.\n\n[Drei Kreise in Blau](kreise.svg)\n", 3),
        ("- Punkt\n\n    [Kreise](kreise.svg)\n", 3),
    ],
)
def test_a_picture_without_exclamation_mark_is_told(tmp_path: Path, text: str, line: int) -> None:
    """A link to a picture that stands alone was probably to be the picture itself."""
    root = copied(tmp_path)
    (root / VISION).write_text(text, encoding="utf-8")

    (finding,) = told(root)

    assert (finding.rule, finding.line, finding.value) == ("KP728", line, "kreise.svg")
    assert "![" in finding.cure.de


@pytest.mark.parametrize(
    "text",
    [
        "Mehr zeigen [drei Kreise](kreise.svg) im Plan.\n",
        "[Bild mit drei Kreisen öffnen](kreise.svg)\n",
        "![Drei Kreise](kreise.svg)\n\n[In voller Breite](kreise.svg)\n",
        "[![Drei Kreise](kreise.svg)](kreise.svg)\n",
    ],
)
def test_links_to_pictures_may_be_meant(tmp_path: Path, text: str) -> None:
    """A link amid a sentence, one that says what it opens, or one beside the picture is meant."""
    root = copied(tmp_path)
    (root / VISION).write_text(text, encoding="utf-8")

    assert told(root) == []


@pytest.mark.parametrize("rows", ["A-3,A-1\nA-1,A-3\n", "A-1,A-3\nA-3,A-4\nA-4,A-1\n", "A-1,A-1\n"])
def test_measures_that_supersede_one_another_are_told_once(tmp_path: Path, rows: str) -> None:
    """The circle is the cause; that its measures are under way is no second message."""
    root = copied(tmp_path)
    append(root, "data/successions.csv", rows)

    assert [f.rule for f in told(root)] == ["KP205"]
