"""What is new is what the newer list of changes has and the older has not."""

from __future__ import annotations

import re

from klarplan.update.news import CHANGELOG, news
from tests.support.project import REPOSITORY

BEFORE = """# Änderungen

## 1.0.0

### Für die Redaktion

- Alt.
"""
NOW = """# Änderungen

## 1.2.0

### Für die Redaktion

- Ganz neu,
  auf zwei Zeilen.

### Für Bürgerinnen und Bürger

- Neu zu sehen.

## 1.1.0

### Für die Redaktion

- Neu.

Ein Absatz, der kein Eintrag ist.

## 1.0.0

### Für die Redaktion

- Alt.
"""


def test_versions_that_were_passed_over_count_as_well() -> None:
    """What came in any version since is told, below the heading for whom it is."""
    assert news(BEFORE, NOW) == {
        "Für die Redaktion": ("Ganz neu, auf zwei Zeilen.", "Neu."),
        "Für Bürgerinnen und Bürger": ("Neu zu sehen.",),
    }


def test_nothing_new_is_nothing() -> None:
    """Equal lists, and an older one, bring nothing; without one all is new."""
    assert news(NOW, NOW) == {}
    assert news(NOW, BEFORE) == {}
    assert news("", BEFORE) == {"Für die Redaktion": ("Alt.",)}


def test_the_list_of_changes_speaks_to_three() -> None:
    """Every version in CHANGELOG.md says what changes for editors, citizens and forks only."""
    headings = re.findall(r"(?m)^### (.+)$", (REPOSITORY / CHANGELOG).read_text("utf-8"))
    assert set(headings) <= {
        *("Für die Redaktion", "Für Bürgerinnen und Bürger"),
        "Für Kommunen, die Klarplan übernehmen",
    }
    assert headings
