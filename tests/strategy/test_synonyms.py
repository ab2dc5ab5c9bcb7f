"""Words that mean the same for the search: Klarplan's own, and those of the municipality."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.strategy.synonyms import SYNONYMS, read_synonyms, usual_synonyms


def own(root: Path, text: str) -> Path:
    """A strategy that has words of its own."""
    path = root / SYNONYMS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(("lang", "word"), [("de", "gestoppt"), ("en", "cancelled")])
def test_usual_words_are_known_without_a_file(tmp_path: Path, lang: str, word: str) -> None:
    """Every site knows the usual words of its language."""
    found, findings = read_synonyms(tmp_path, lang)
    assert found == usual_synonyms(lang)
    assert found[word]
    assert not findings


def test_own_words_come_first_and_take_usual_ones_away(tmp_path: Path) -> None:
    """A word or a list of words stands for one; an empty list takes a usual one away."""
    own(tmp_path, "Rathaus-App: Serviceportal\nBad: [Freibad, Hallenbad]\nGESTOPPT: []\n")
    found, findings = read_synonyms(tmp_path, "de")
    assert not findings
    assert found["Rathaus-App"] == ("Serviceportal",)
    assert found["Bad"] == ("Freibad", "Hallenbad")
    assert "gestoppt" not in found
    assert "E-Akte" in found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A: B\nBad:\n", 2),
        ('Bad: ""\n', 1),
        ("Bad: [Freibad, ]\nBus: [~]\n", 2),
        ("Bad: {eins: zwei}\n", 1),
        ("Bad: [[Freibad]]\n", 1),
        ("Bad: bad\n", 1),
        (f"Bad: {'x' * 81}\n", 1),
        ("- Bad\n- Freibad\n", 1),
        ("Bad = Freibad\n", 1),
        ("Bad: Freibad\nBad: Hallenbad\n", 2),
        ("Bad: &x Freibad\n", 1),
    ],
)
def test_another_shape_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """What is neither a word nor a list of words is a finding with file, line and cure."""
    _, (finding,) = read_synonyms(own(tmp_path, text), "de")
    assert (finding.rule, finding.file, finding.line) == ("KP056", SYNONYMS, line)
    assert finding.problem.de
    assert finding.problem.en


def test_one_odd_line_leaves_the_others(tmp_path: Path) -> None:
    """A line that can't be read takes no other with it."""
    found, findings = read_synonyms(own(tmp_path, "Bad:\nBus: ÖPNV\n"), "de")
    assert found["Bus"] == ("ÖPNV",)
    assert len(findings) == 1
