"""No page of a chapter is empty: where there is nothing yet, it says what will stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.pages.gather import Baker
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.load import load
from macros.seal import Seal
from tests.support.klein import DAY, append, copied
from tests.support.project import REPOSITORY


def page_of(root: Path, chapter: str) -> str:
    """The body of a chapter's page."""
    baker = Baker(load(root), DAY, Seal.drawn())
    assert chapter in baker.chapters
    return baker.chapter(CHAPTERS[chapter]).body


def emptied(root: Path, *tables: str) -> None:
    """Leave the heads of these tables only, as a draft has them."""
    for table in tables:
        head = (REPOSITORY / f"data/{table}.csv").read_text("utf-8").partition("\n")[0]
        (root / f"data/{table}.csv").write_text(head + "\n", "utf-8")


@pytest.mark.parametrize(
    ("chapter", "tables", "said"),
    [
        ("resources", ("budget",), "Hier steht bald mehr dazu: Was es kostet und wer bezahlt."),
        (
            "governance",
            ("bodies", "organisations", "responsibilities"),
            "Hier steht bald mehr dazu: Wer entscheidet.",
        ),
        (
            "participation",
            ("participation", "feedback", "stakeholders"),
            "Hier steht bald mehr dazu: Was Bürgerinnen und Bürger eingebracht haben.",
        ),
    ],
)
def test_a_chapter_without_rows_says_what_will_stand_there(
    tmp_path: Path, chapter: str, tables: tuple[str, ...], said: str
) -> None:
    """In a draft with empty tables, the page holds a sentence below its heading."""
    root = copied(tmp_path)
    emptied(root, *tables)
    assert said in page_of(root, chapter)


def test_a_text_or_a_row_stands_alone(tmp_path: Path) -> None:
    """Where an author or a table says something, nothing is announced."""
    root = copied(tmp_path)
    assert "Hier steht bald" not in page_of(root, "resources")
    emptied(root, "budget")
    append(root, "strategy/resources.md", "# Geld\n\nDer Rat entscheidet im Herbst.\n")
    body = page_of(root, "resources")
    assert "Hier steht bald" not in body
    assert "im Herbst" in body
