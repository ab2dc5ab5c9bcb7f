"""The list of rules that the reference page is made of."""

from __future__ import annotations

import re
from pathlib import Path

from klarplan.check.rules.registry import Rule, rules
from klarplan.own_files import PACKAGE
from tests.support.project import REPOSITORY

RULES = rules()


def test_ids_are_unique_and_in_order() -> None:
    """Every rule has an id of its own, and the list is ordered by them."""
    ids = [rule.id for rule in RULES]

    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"KP\d{3}", id_) for id_ in ids)


def test_every_rule_is_explained_in_both_languages() -> None:
    """Every rule has a title and a sentence in German and English."""

    def explained(rule: Rule) -> bool:
        sentences = rule.explanation
        return all(rule.title) and all(len(s) > 15 and s.rstrip().endswith(".") for s in sentences)

    assert [rule.id for rule in RULES if not explained(rule)] == []


def test_every_id_in_the_code_is_a_rule() -> None:
    """No finding has an id that the list of rules lacks."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(PACKAGE).rglob("*.py")
        if "importer" not in path.parts
    )

    assert set(re.findall(r'"(KP\d{3})"', code)) == {rule.id for rule in RULES}


def test_every_rule_is_tested() -> None:
    """Every rule of the check is named by a test that breaks it."""
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py")
    )

    checked = [rule.id for rule in RULES if not rule.id.startswith("KP9")]
    assert [id_ for id_ in checked if f'"{id_}"' not in tests] == []
