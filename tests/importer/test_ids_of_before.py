"""An id that there once was is not given again by the import of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.importer.plan import plan_import
from klarplan.importer.take import Options
from tests.support.git import committed, git
from tests.support.klein import DAY, append, copied, replace

LIST = "sources:\n  - from: ['liste.csv']\n    table: measures\n    columns: {title: T, field: F}\n"


def added(root: Path) -> list[str]:
    """The measures that a list adds: the beginnings of their lines."""
    (root.parent / "liste.csv").write_text("T,F\nBrunnen,F-3\nTeich,F-3\n", "utf-8")
    (root.parent / "z.yml").write_text(LIST, "utf-8")
    files = [root.parent / "liste.csv"]
    outcome = plan_import(root, files, root.parent / "z.yml", Options(today=DAY))
    return [line[:12] for line in outcome.files["measures.csv"].decode("utf-8").splitlines()[-2:]]


@pytest.mark.parametrize(
    ("known", "ids"),
    [("git", ("A-12", "A-13")), ("adopted", ("A-12", "A-13")), ("", ("A-9", "A-10"))],
)
def test_a_number_of_before_is_left_out(tmp_path: Path, known: str, ids: tuple[str, str]) -> None:
    """Whether git or an adopted address remembers it; without either the next one is given."""
    root = copied(tmp_path)
    if known == "git":
        append(root, "data/measures.csv", "A-11,Alter Brunnen,,F-3\n")
        committed(root)
        replace(root, "data/measures.csv", "A-11,Alter Brunnen,,F-3\n", "")
        git(root, "commit", "--quiet", "--all", "--message", "weiter")
    if known == "adopted":
        append(root, "strategy/adressen.txt", "- /massnahmen/a-11/\tSchon vorbei\n")
    assert [line.partition(",")[0] for line in added(root)] == [*ids]
