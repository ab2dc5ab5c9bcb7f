"""The sentences that a fork says in its own way: ``local/words.yml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.strategy.own_words import read_words
from klarplan.strategy.settings import Settings
from klarplan.words.kinds import KINDS


def read(root: Path, text: str, **settings: object) -> tuple[object, list[str]]:
    """The sentence „count.measures“ of two, and the findings, each with its line."""
    (root / "local").mkdir()
    (root / "local" / "words.yml").write_text(text, encoding="utf-8")
    words, findings = read_words(root, Settings(**settings))  # type: ignore[arg-type]
    assert {f.rule for f in findings} <= {"KP047"}
    return words, [f"{f.line}: {f.problem.de} {f.cure.de}" for f in findings]


def test_any_sentence_can_be_said_otherwise(tmp_path: Path) -> None:
    """One's own sentence takes the place of the catalogue's, forms and all; others stay."""
    text = (
        "count:\n  measures:\n    one: ein Vorhaben\n    other: '{n} Vorhaben'\n"
        "chapter.vision.title: Leitbild\nmenu:\n  start: 'Zu {the_town:dat}'\n"
    )
    words, findings = read(tmp_path, text, municipality="Landkreis Muster")
    assert findings == []
    assert callable(words)
    assert words("count.measures", n=2) == "2 Vorhaben"
    assert words("chapter.vision.title") == "Leitbild"
    assert words("menu.start") == "Zu dem Kreis"
    assert words("chapter.goals.title") == "Ziele"


def test_the_kind_of_the_settings_wins_over_the_name(tmp_path: Path) -> None:
    """Where the name begins with one kind and the settings say another, the settings hold."""
    words, _ = read(
        tmp_path, "menu.start: '{The_town}'", municipality="Stadt M", kind=KINDS["Region"]
    )
    assert callable(words)
    assert words("menu.start") == "Die Region"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("menu:\n  stat: Los", "2: Den Satz „menu.stat“ gibt es nicht. Meinten Sie „menu.start“?"),
        ("menu.start: '{name}'", "1: {name} gibt es in diesem Satz nicht."),
        ("menu.start: '{n.__class__}'", "1: Der Satz lässt sich nicht lesen."),
        ("menu.start:\n  one: a\n  other: b", "2: Dieser Satz zählt nichts."),
        ("count.measures:\n  one: a", "2: Dem Satz fehlt „other“"),
        ("menu.start: [a]", "1: Der Satz lässt sich nicht lesen."),
        ("- a", "1: "),
    ],
)
def test_what_does_not_fit_is_named_and_left_out(tmp_path: Path, text: str, told: str) -> None:
    """An unknown key, an unknown slot, a broken brace: named with its line, and German stays."""
    words, findings = read(tmp_path, text)
    assert len(findings) == 1
    assert findings[0].startswith(told)
    assert callable(words)
    assert words("menu.start") == "Start"
