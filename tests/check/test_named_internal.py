"""The check tells where public words call something internal by its id or number."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support import klein


def told(root: Path) -> list[Finding]:
    """What the two rules find."""
    return [f for f in check(root, klein.DAY) if f.rule in ("KP221", "KP772")]


def hidden(folder: Path, *ids: str) -> Path:
    """The small strategy with internal measures, the first of which has an official number."""
    root = klein.copied(folder)
    path = root / "data/measures.csv"
    head, *lines = path.read_text("utf-8").splitlines()
    lines = [f"{line},{'DS-77' if line.startswith('A-2,') else ''}" for line in lines]
    path.write_text("\n".join([f"{head},official_id", *lines]) + "\n", "utf-8")
    klein.keep_back(root, "measures", *ids)
    return root


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Übergabe an A-2.", "A-2"),
        ("Siehe DS-77, bitte.", "DS-77"),
        ("Mit (A-2) verzahnt.", "A-2"),
    ],
)
def test_a_public_cell_that_names_it_is_told(tmp_path: Path, text: str, name: str) -> None:
    """The finding names the cell and what it gives away."""
    root = hidden(tmp_path, "A-2")
    klein.keep_back(root, "measures", "A-2", title={"A-4": text})
    (finding,) = [f for f in told(root) if f.rule == "KP221"]
    assert (finding.severity, finding.file) == ("warning", "data/measures.csv")
    assert finding.column == "title"
    lines = (root / "data/measures.csv").read_text("utf-8").splitlines()
    assert lines[(finding.line or 0) - 1].startswith("A-4,")
    assert f"„{name}“ ist intern" in finding.problem.de


@pytest.mark.parametrize(
    "text", ["Wie in A-2 und DS-77.", "- Punkt A-2\n- und DS-77", "*A-2*, DS-77"]
)
def test_a_public_page_that_names_it_is_told_with_each_name(tmp_path: Path, text: str) -> None:
    """Id and number are told with their lines, as often as there are different ones."""
    root = hidden(tmp_path, "A-2")
    klein.append(root, "strategy/vision.md", f"\n\n{text}\n")
    findings = [f for f in told(root) if f.rule == "KP772"]
    assert {f.value for f in findings} == {"A-2", "DS-77"}
    assert {f.file for f in findings} == {"strategy/vision.md"}
    lines = (root / "strategy/vision.md").read_text("utf-8").splitlines()
    assert all(f.line and str(f.value) in lines[f.line - 1] for f in findings)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("strategy/vision.md", "Zimmer A-21, Akte BA-2 und A-2-3."),
        ("strategy/vision.md", "Davor.\n\n<!-- A-2 noch klären -->\n\nDanach."),
        ("strategy/measures/A-2.md", "Zu A-2 selbst."),
        ("docs/handbuch/beispiel.md", "# Beispiel\n\nZum Beispiel A-2."),
    ],
    ids=["another word", "a comment", "its own text", "the handbook"],
)
def test_what_gives_nothing_away_is_not_told(tmp_path: Path, file: str, text: str) -> None:
    """Longer words, comments, the internal text itself and examples of the handbook are silent."""
    root = hidden(tmp_path, "A-2")
    klein.append(root, file, f"\n\n{text}\n" if file.startswith("strategy") else text)
    assert told(root) == []


def test_a_link_is_told_by_its_own_rule_alone(tmp_path: Path) -> None:
    """One cause, one message; and where nothing is internal, there is none at all."""
    root = hidden(tmp_path, "A-2")
    klein.append(root, "strategy/vision.md", "\n\nSiehe [A-2](measures/A-2.md) (DS-77).\n")
    assert told(root) == []
    assert [f.rule for f in check(root, klein.DAY) if f.value == "measures/A-2.md"] == ["KP713"]
    klein.keep_back(root, "measures")
    assert told(root) == []
