"""The handbook's recipes do what they say, as they stand."""

from __future__ import annotations

from pathlib import Path

from klarplan.check.run import check
from tests.support import recipes as cookbook
from tests.support.recipes import DAY, Reader, carry_out

RECIPES = cookbook.recipes()


def test_recipes_are_carried_out_and_lead_to_what_they_say(copy: Path) -> None:
    """All recipes one after the other: the check finds nothing new, and each result is seen."""
    before = {(f.rule, f.file, f.line) for f in check(copy, DAY)}
    untouched = Reader(copy)
    seen = [(r, s) for r in RECIPES for s in r.seen() if s.page]
    idle = [(r.title, s) for r, s in seen if untouched.shows(s)]
    assert idle == []
    for recipe in RECIPES:
        said = carry_out(copy, recipe)
        missing = [s.text for s in recipe.seen() if not s.page and s.text not in said]
        assert missing == [], (recipe.title, said)
    told = [f for f in check(copy, DAY) if (f.rule, f.file, f.line) not in before]
    assert [(f.rule, f.file, f.line, f.problem.de) for f in told] == []
    after = Reader(copy)
    assert [(r.title, s) for r, s in seen if not after.shows(s)] == []
