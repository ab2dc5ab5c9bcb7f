"""Titles of tables and columns of an English site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klarplan.check.run import check
from klarplan.commands.migrate import migrate
from klarplan.messages import Finding
from klarplan.strategy.renewal import engine_package
from klarplan.strategy.settings import SETTINGS
from tests.support.klein import DAY, append, copied

DESCRIPTOR = "data/datapackage.json"


def told(root: Path) -> list[Finding]:
    """What the check says of titles."""
    return [f for f in check(root, DAY, pages=False) if f.rule == "KP053"]


def german(value: Any) -> Any:
    """A description without anything in English, as an earlier version wrote it."""
    if isinstance(value, dict):
        return {key: german(held) for key, held in value.items() if not key.endswith("_en")}
    return [german(held) for held in value] if isinstance(value, list) else value


def rewrite(root: Path, package: Any) -> None:
    """Write the description of the tables."""
    (root / DESCRIPTOR).write_text(json.dumps(package, ensure_ascii=False, indent=2), "utf-8")


def test_german_titles_of_an_english_site_are_one_warning(tmp_path: Path) -> None:
    """Titles that the engine knows in English come with ``klarplan migrate``."""
    root = copied(tmp_path)
    rewrite(root, german(engine_package()))
    assert told(root) == [], "a German site needs none"
    append(root, SETTINGS, "lang: en\n")
    (finding,) = told(root)
    assert (finding.file, finding.severity) == (DESCRIPTOR, "warning")
    assert "klarplan migrate" in finding.cure.de
    migrate(root)
    assert told(root) == []


@pytest.mark.parametrize("internal", [False, True])
def test_titles_of_a_fork_are_its_own_to_write(tmp_path: Path, *, internal: bool) -> None:
    """A column of a fork's own is named where it is published, and only there."""
    root = copied(tmp_path)
    append(root, SETTINGS, "lang: en\n")
    package = engine_package()
    (measures,) = [table for table in package["resources"] if table["name"] == "measures"]
    own = {"name": "district", "title": "Ortsteil", "type": "string"}
    measures["schema"]["fields"].append({**own, **({"visibility": "internal"} if internal else {})})
    rewrite(root, package)
    assert [f.value for f in told(root)] == ([] if internal else ["measures.district"])
