"""The check tells what would be published though the whole that it is a part of is internal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.own_files import PACKAGE
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support import klein


def told(root: Path) -> list[Finding]:
    """What the rule finds."""
    return [f for f in check(root, klein.DAY, pages=False) if f.rule == "KP220"]


def own_table(root: Path) -> None:
    """A table of one's own whose rows are parts of each other."""
    package = json.loads((PACKAGE.parent / "data/datapackage.json").read_text("utf-8"))
    names = ("id", "parent", "visibility")
    package["resources"].append(
        {
            "name": "bezirke",
            "path": "bezirke.csv",
            "title": "Bezirke",
            "schema": {
                "fields": [{"name": name, "type": "string"} for name in names],
                "primaryKey": ["id"],
                "foreignKeys": [
                    {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}
                ],
            },
        }
    )
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    (root / "data/bezirke.csv").write_text("id,parent,visibility\nX-1,,\nX-2,,\n", "utf-8")


@pytest.mark.parametrize(
    ("table", "part", "whole"),
    [("measures", "A-2", "A-1"), ("goals", "G-2", "G-1"), ("bezirke", "X-2", "X-1")],
)
def test_a_public_part_of_an_internal_row_is_told(
    tmp_path: Path, table: str, part: str, whole: str
) -> None:
    """It names the cell; the part is published without the reference, as the finding says."""
    root = klein.copied(tmp_path)
    if table == "bezirke":
        own_table(root)
    klein.keep_back(root, table, whole, parent={part: whole})
    findings = [f for f in told(root) if f.value == whole and f.problem.de.startswith(part)]
    (finding,) = findings
    assert (finding.severity, finding.file) == ("warning", f"data/{table}.csv")
    assert finding.column == "parent"
    assert "visibility" in finding.cure.de
    shown = public(load(root)).strategy.tables[table]
    rows = {record[shown.header.index("id")]: record for record in shown.records}
    assert whole not in rows
    assert rows[part][shown.header.index("parent")] == ""


@pytest.mark.parametrize(
    ("internal", "part", "whole"),
    [((), "A-2", "A-1"), (("A-1", "A-2"), "A-2", "A-1"), (("A-2",), "A-2", "A-1")],
    ids=["all public", "both internal", "only the part"],
)
def test_what_is_kept_back_as_a_whole_is_not_told(
    tmp_path: Path, internal: tuple[str, ...], part: str, whole: str
) -> None:
    """Nothing is odd where whole and part are public or internal alike, or the part alone is."""
    root = klein.copied(tmp_path)
    klein.keep_back(root, "measures", *internal, parent={part: whole})
    assert told(root) == []


def hidden(root: Path) -> list[Finding]:
    """What the rule on what something internal hides finds."""
    return [f for f in check(root, klein.DAY, pages=False) if f.rule == "KP222"]


@pytest.mark.parametrize(
    ("table", "identifier", "file", "problem"),
    [
        (
            "organisations",
            "stadt",
            "responsibilities",
            "stadt ist intern; deshalb fehlt bei A-4: Organisation auf der Website.",
        ),
        ("organisations", "schulamt", "fields_of_action", "schulamt ist intern; deshalb fehlt F-2"),
        ("goals", "G-3", "measure_goals", "G-3 ist intern; deshalb fehlt bei A-4: Ziel"),
        ("fields_of_action", "F-2", "measures", "F-2 ist intern; deshalb fehlt A-4 auf der"),
    ],
)
def test_what_an_internal_row_hides_is_told(
    tmp_path: Path, table: str, identifier: str, file: str, problem: str
) -> None:
    """A public measure would lack who is responsible, or not be there, and nothing else says so."""
    root = klein.copied(tmp_path)
    assert not hidden(root)
    klein.keep_back(root, table, identifier)
    found = [f for f in hidden(root) if f.file == f"data/{file}.csv"]
    assert any(f.problem.de.startswith(problem) for f in found), found
    assert {f.severity for f in found} == {"warning"}


def test_what_belongs_to_an_internal_measure_hides_nothing(tmp_path: Path) -> None:
    """That its own links are not published is what was wanted."""
    root = klein.copied(tmp_path)
    klein.keep_back(root, "measures", "A-4", "A-8")
    assert not hidden(root)
