"""The handbook's examples of own additions work as they stand."""

from __future__ import annotations

import shutil
from pathlib import Path

from klarplan.check.run import check
from klarplan.own_files import PACKAGE
from macros.local_macros import macros_of
from tests.support import own
from tests.support.additions import add, examples
from tests.support.klein import DAY, copied

FILES = {
    *("data/datapackage.json", "data/twinnings.csv", "docs/partner.md", "strategy/strategy.yml"),
    *("local/words.yml", "local/synonyms.yml", "local/macros.py", "local/rules.py"),
    *("local/overrides/macros/partner_towns.html", "local/styles.css", ""),
}


def test_every_addition_has_an_example() -> None:
    """Column, table, page, menu, words, macro with markup, rule, template, style sheet."""
    assert {file for file, _ in examples()} == FILES


def test_the_check_finds_nothing_wrong_with_the_examples(tmp_path: Path) -> None:
    """Put into a strategy of its own, they leave nothing to be mended."""
    root = copied(tmp_path)
    shutil.copy(PACKAGE / "strategy/datapackage.json", root / "data/datapackage.json")
    before = {(f.rule, f.file) for f in check(root, DAY)}
    add(root)
    told = [f for f in check(root, DAY) if (f.rule, f.file) not in before]
    assert [(f.rule, f.file, f.line, f.problem.de) for f in told] == []
    assert "partner_towns" in macros_of(root)


def test_the_rule_of_the_example_finds_what_it_says(tmp_path: Path) -> None:
    """A twin town without a name is told at its cell."""
    root = copied(tmp_path)
    shutil.copy(PACKAGE / "strategy/datapackage.json", root / "data/datapackage.json")
    own.put(add(root), {"data/twinnings.csv": "id,title\nP-1,\n"})
    (told,) = (f for f in check(root, DAY) if f.rule == "EIGEN-1")
    assert (told.file, told.line, told.column) == ("data/twinnings.csv", 2, "title")
