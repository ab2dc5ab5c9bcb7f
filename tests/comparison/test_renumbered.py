"""A row that got another id is told as that, and nothing that names it as rewritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from tests.support.klein import KLEIN, copied, replace


def renumbered(root: Path, ids: dict[str, str]) -> None:
    """Somebody replaces ids in all tables and in the names of texts, all at once."""
    for path in (root / "data").glob("*.csv"):
        text = path.read_text("utf-8")
        known = re.compile(rf"(?<![\w-])(?:{'|'.join(ids)})(?![\w-])")
        path.write_text(known.sub(lambda found: ids[found[0]], text), "utf-8", newline="")
    for path in [*(root / "strategy").rglob("*.md")]:
        if path.stem in ids:
            path.rename(path.with_name(f"{path.stem}.neu"))
    for path in [*(root / "strategy").rglob("*.neu")]:
        path.rename(path.with_name(f"{ids[path.stem]}.md"))


def compared(root: Path) -> Comparison:
    """What changed since the small strategy."""
    return compare(read_state(KLEIN, "alt"), read_state(root, "neu"))


def test_a_renumbered_measure_is_told_once(tmp_path: Path) -> None:
    """Its reports, milestones, money and texts only name it by its new id."""
    root = copied(tmp_path)
    renumbered(root, {"A-4": "A-44"})
    told = [(one.kind, one.text) for one in compared(root).told]
    assert told == [
        (
            "id_gone",
            "Die Kennung A-4 heißt jetzt A-44; Kennungen bleiben sonst, wie sie sind",
        ),
        (
            "address_gone",
            "Die Adresse /massnahmen/a-4/ gibt es dann nicht mehr; so führt sie weiter: "
            "strategy/redirects.csv: /massnahmen/a-4/,/massnahmen/a-44/",
        ),
        ("cell", "Kennung: „A-4“ → „A-44“"),
    ]


@pytest.mark.parametrize("file", ["fields_of_action", "goals", "indicators"])
def test_any_row_may_be_renumbered(tmp_path: Path, file: str) -> None:
    """What belongs to it is not told as changed."""
    root = copied(tmp_path)
    old = (root / f"data/{file}.csv").read_text("utf-8").splitlines()[1].partition(",")[0]
    renumbered(root, {old: f"{old}7"})
    assert {(t.table, t.kind) for t in compared(root).told} <= {
        (file, "id_gone"),
        (file, "address_gone"),
        (file, "cell"),
    }


def test_rows_that_moved_up_by_one_are_told_by_their_numbers(tmp_path: Path) -> None:
    """Where one is deleted and the next ones get its number, none is taken for rewritten."""
    root = copied(tmp_path)
    for file in (root / "data").glob("*.csv"):
        kept = [line for line in file.read_text("utf-8").split("\n") if "A-6" not in line]
        file.write_text("\n".join(kept), "utf-8", newline="")
    (root / "strategy/measures/A-6.md").unlink(missing_ok=True)
    renumbered(root, {"A-7": "A-6", "A-8": "A-7"})
    found = compared(root)
    looked = [one.text for group in found.look for one in group.told]
    told = (
        "Die Kennung A-6 stand bisher für „Zähler“, was entfällt, und steht jetzt für „Lecksuche“"
    )
    assert told in looked
    assert any(
        text.startswith("Die Kennung A-7 heißt jetzt A-6, und A-7 bezeichnet „Entwurf Leitstelle“")
        for text in looked
    )
    assert not [text for text in looked if "umgeschrieben" in text]
    assert "„Zähler“ entfällt" in [one.text for one in found.told]


def test_a_row_that_was_renumbered_and_mended_is_known_by_its_title(tmp_path: Path) -> None:
    """Another date does not make a new measure of it."""
    root = copied(tmp_path)
    renumbered(root, {"A-5": "A-55"})
    replace(root, "data/measures.csv", "Elektronische Tafeln", "Große Tafeln")
    told = [one.text for one in compared(root).told]
    assert any(text.startswith("Die Kennung A-5 heißt jetzt A-55") for text in told)
    assert not [text for text in told if "Neue Maßnahme" in text or "umgeschrieben" in text]


def test_a_report_that_moves_to_another_measure_is_told_so(tmp_path: Path) -> None:
    """Its words are the same; what it is about is not."""
    root = copied(tmp_path)
    replace(root, "data/status_reports.csv", "A-6,2026-01-15", "A-8,2026-01-16")
    replace(root, "data/status_reports.csv", "A-8,2026-01-16", "A-5,2026-01-15")
    (one,) = compared(root).look[0].told
    assert one.text.startswith("Die Meldung vom 15. Januar 2026 stand bisher bei A-6 „Zähler“;")
