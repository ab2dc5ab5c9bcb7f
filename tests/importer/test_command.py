"""The command ``klarplan import`` tells what it does and never shows a traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.importing import MEASURES, REPORTS, content, mapping, rows, strategy, workbook
from tests.support.project import klarplan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy with a list to take over and a mapping for it."""
    root = strategy(tmp_path / "s")
    workbook(root / "liste.xlsx", {"Maßnahmen": MEASURES, "Sachstand": REPORTS})
    mapping(root / "zuordnung.yml")
    return root


def take_over(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run in the folder of the strategy on a fixed day."""
    return klarplan("import", *arguments, cwd=root, SOURCE_DATE_EPOCH="1795219200", COLUMNS="200")


def test_a_dry_run_tells_all_and_writes_nothing(root: Path) -> None:
    """The account of a dry run names counts and examples; no file changes."""
    before = content(root)
    done = take_over(root, "liste.xlsx", "-m", "zuordnung.yml", "--dry-run")
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "Maßnahmen 3 0 0" in lines
    assert "M-001: Rat & Hilfe | vor Ort" in lines
    assert lines[-1] == "Probelauf: Es wurde nichts geschrieben."
    assert content(root) == before


def test_an_import_writes_and_says_what(root: Path) -> None:
    """The first import names the files it wrote, the second one that nothing has changed."""
    done = take_over(root, "liste.xlsx", "-m", "zuordnung.yml")
    assert done.returncode == 0, done.stderr
    assert "data/measures.csv" in done.stdout
    assert len(rows(root, "measures")) == 3
    again = take_over(root, "liste.xlsx", "-m", "zuordnung.yml", "--lang", "en")
    assert again.stdout.splitlines()[-1] == "Nothing has changed."


def test_what_stays_behind_is_told_with_its_cure(root: Path) -> None:
    """A row that can't be taken over is named, the rest is written, the exit code is 1."""
    reports = [*REPORTS, ["Ü1", "2019", "[bold]lila[/bold]", "Text"]]
    workbook(root / "liste.xlsx", {"Maßnahmen": MEASURES, "Sachstand": reports})
    done = take_over(root, "liste.xlsx", "-m", "zuordnung.yml")
    assert done.returncode == 1
    assert "Nicht übernommen (1):" in done.stdout
    assert "liste.xlsx/Sachstand, Zeile 5, Spalte „Ampel“ [[bold]lila[/bold]]" in done.stdout
    assert "Die ganze Zeile fehlt." in done.stdout
    assert "→ " in done.stdout
    assert len(rows(root, "status_reports")) == 3


def test_a_suggestion_is_written_and_works(root: Path) -> None:
    """The suggested mapping goes to a new file, or to the screen, and is never overwritten."""
    done = take_over(root, "liste.xlsx", "--suggest", "--mapping", "neu.yml")
    assert done.returncode == 0, done.stderr
    shown = take_over(root, "liste.xlsx", "--suggest")
    assert shown.stdout == (root / "neu.yml").read_text(encoding="utf-8")
    again = take_over(root, "liste.xlsx", "--suggest", "-o", "neu.yml")
    assert again.returncode == 2
    assert "gibt es schon" in again.stderr
    assert take_over(root, "liste.xlsx", "-m", "neu.yml").returncode == 0
    assert len(rows(root, "status_reports")) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["liste.xlsx"], 2, "Es fehlt die Zuordnung."),
        (["fehlt.xlsx", "-m", "zuordnung.yml"], 2, "gibt es nicht"),
        (["liste.xlsx", "-m", "fehlt.yml"], 2, "gibt es nicht"),
        (["liste.ods", "-m", "zuordnung.yml"], 2, "als .xlsx"),
        (["liste.xlsx", "-m", "falsch.yml"], 1, "falsch.yml:2: "),
        (["liste.xlsx", "-m", "zuordnung.yml", "--root", "leer"], 2, "keinen Ordner „data“"),
        ([], 2, ""),
    ],
)
def test_wrong_use_ends_with_a_message(
    root: Path, arguments: list[str], code: int, words: str
) -> None:
    """Missing files, other formats and broken mappings lead to a message and the right code."""
    (root / "liste.ods").write_bytes(b"PK")
    (root / "leer").mkdir()
    mapping(root / "falsch.yml", "sources:\n  - fron: Maßnahmen\n")
    before = content(root)
    done = take_over(root, *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert content(root) == before
