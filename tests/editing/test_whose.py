"""A workbook of another strategy, whose ids are the same, is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.messages import KlarplanError
from tests.support.klein import append, copied, replace
from tests.support.project import klarplan
from tests.support.workbooks import exported, taken

SETTINGS = "strategy/strategy.yml"
TITLE, BODY = 'title: "Kleinstadt digital"', 'municipality: "Stadt Kleinstadt"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (TITLE, 'title: "Klimaplan"', "„Klimaplan“ (Stadt Kleinstadt)"),
        (BODY, 'municipality: "Stadt Großstadt"', "„Kleinstadt digital“ (Stadt Großstadt)"),
        (TITLE, 'title: "Kleinstadt \\"digital\\" | 2030"', '„Kleinstadt "digital" | 2030“'),
    ],
)
def test_a_workbook_of_another_strategy_is_refused(
    root: Path, old: str, new: str, named: str
) -> None:
    """Both are named: the one that it was made of, and the one that is here."""
    path = exported(root)
    replace(root, SETTINGS, old, new)
    with pytest.raises(KlarplanError) as refused:
        taken(root, path)
    assert "anderen Strategie: „Kleinstadt digital“ (Stadt Kleinstadt)" in refused.value.problem.de
    assert f"Hier ist es {named}" in refused.value.problem.de
    assert f"klarplan import {path} --renamed" in refused.value.cure.de


def test_two_bodies_of_one_name_are_told_apart_by_their_keys(root: Path) -> None:
    """There are many places called Neustadt; the sentence names the keys."""
    append(root, SETTINGS, 'key: "05515000"\n')
    path = exported(root)
    replace(root, SETTINGS, "05515000", "09162000")
    with pytest.raises(KlarplanError) as refused:
        taken(root, path)
    assert "05515000" in refused.value.problem.de
    assert "09162000" in refused.value.problem.de


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BODY, BODY + '\nkey: "05515000"'),
        (TITLE, 'title: "kleinstadt  Digital"'),
        (TITLE, TITLE + '\nsubtitle: "bis 2030"'),
    ],
)
def test_the_same_strategy_is_taken(root: Path, old: str, new: str) -> None:
    """One that got its key meanwhile, is written another way, or has another subtitle."""
    path = exported(root)
    replace(root, SETTINGS, old, new)
    assert not taken(root, path).refused


def test_a_body_with_a_key_may_get_another_name(root: Path) -> None:
    """Its key says that it is the same one."""
    append(root, SETTINGS, 'key: "05515000"\n')
    path = exported(root)
    replace(root, SETTINGS, BODY, 'municipality: "Kleinstadt am Fluss"')
    assert not taken(root, path).refused


def test_a_strategy_that_was_renamed_is_taken_when_somebody_says_so(root: Path) -> None:
    """``--renamed`` does; ``diff`` names the same way out."""
    path = exported(root)
    replace(root, SETTINGS, TITLE, 'title: "Kleinstadt 2030"')
    refused = klarplan("diff", str(path), "--root", str(root))
    assert refused.returncode == 2
    assert f"klarplan import {path} --renamed" in refused.stderr
    done = klarplan("import", str(path), "--renamed", "--root", str(root))
    assert done.returncode == 0, done.stderr
    assert "Es gibt nichts zu übernehmen." in done.stdout
