"""Chapters that the settings leave out, though a table has rows for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.settings import SETTINGS
from tests.support.klein import DAY, append, copied, replace


def told(root: Path, *chapters: str) -> list[Finding]:
    """What the check says where the settings list these chapters only."""
    append(root, SETTINGS, f"chapters: [{', '.join(chapters)}]\n")
    return [f for f in check(root, DAY, pages=False) if f.rule == "KP019"]


def test_a_chapter_with_rows_that_is_not_listed_is_told(tmp_path: Path) -> None:
    """A forgotten chapter is named with its table, at the line of the list, and hinders nobody."""
    rest = [name for name in CHAPTERS if name != "decisions"]
    (finding,) = told(copied(tmp_path), *rest)
    assert (finding.file, finding.severity) == (SETTINGS, "notice")
    assert finding.line
    assert finding.value == "decisions"
    assert "(decisions)" in finding.problem.de
    assert "data/decisions.csv" in finding.problem.de


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ("implementation", "its table fills another chapter that is listed"),
        ("participation", "it has no table"),
        ("vision", "it has a text only, which has a rule of its own"),
    ],
)
def test_a_chapter_whose_tables_appear_may_be_left_out(
    tmp_path: Path, without: str, why: str
) -> None:
    """Nothing is said where no row stays unseen."""
    assert told(copied(tmp_path), *(name for name in CHAPTERS if name != without)) == [], why


def test_a_table_without_rows_asks_for_no_chapter(tmp_path: Path) -> None:
    """A table of headers alone is not missed."""
    root = copied(tmp_path)
    decisions = root / "data/decisions.csv"
    decisions.write_text(decisions.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert told(root, *(name for name in CHAPTERS if name != "decisions")) == []


INTERNAL = "id,date,body,title,visibility\nB-1,2024-01-01,rat,Geheim,internal\n"
EMPTY = "id,date,body,title\n"


@pytest.mark.parametrize("rows", [INTERNAL, EMPTY])
def test_a_link_to_a_chapter_that_has_no_page_is_told(tmp_path: Path, rows: str) -> None:
    """No public row, no page on a public site; what the build would refuse is told before."""
    root = copied(tmp_path)
    (root / "data/decisions.csv").write_text(rows, "utf-8")
    append(root, "strategy/vision.md", "\nMehr [dazu](decisions/index.md).\n")
    broken = {f.file for f in check(root, DAY) if f.rule == "KP711"}
    assert "strategy/vision.md" not in broken, "a draft says what is to come"
    replace(root, SETTINGS, "published: false", "published: true")
    told = [f for f in check(root, DAY) if f.rule == "KP711" and f.file == "strategy/vision.md"]
    assert ["Zeilen" in f.cure.de for f in told] == [True]


@pytest.mark.parametrize(("chapters", "number"), [("vision, measures", 0), ("vision", 1)])
def test_a_link_to_the_timetable_needs_measures(tmp_path: Path, chapters: str, number: int) -> None:
    """Without the chapter of measures there is no timetable, though its text is there."""
    root = copied(tmp_path)
    append(root, "docs/zeitplan.md", "# Zeitplan\n")
    append(root, SETTINGS, f"chapters: [{chapters}]\n")
    append(root, "strategy/vision.md", "\nMehr [dazu](../docs/zeitplan.md).\n")
    found = [f for f in check(root, DAY) if f.rule == "KP711" and f.file == "strategy/vision.md"]
    assert len(found) == number
