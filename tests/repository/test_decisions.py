"""Decision records: short, complete, listed, and never published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.klein import copied
from tests.support.project import REPOSITORY, build

FOLDER = REPOSITORY / "entscheidungen"
RECORDS = sorted(FOLDER.glob("0*.md"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_record_says_why_what_and_what_else(record: Path) -> None:
    """Each record has its number, state and date, and its four parts, on one page."""
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {record.name[:4]}: ")
    assert re.search(r"^- Stand: .+\n- Datum: \d+\. [A-Z][a-zä]+ \d{4}$", text, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Kontext", "Entscheidung", "Folgen", "Alternativen"]
    assert 25 <= len(text.splitlines()) <= 45


def test_the_index_lists_every_record() -> None:
    """The overview links to each record once, in the order of the numbers."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", index) == [path.name for path in RECORDS]
    numbers = [path.name[:4] for path in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


def test_the_threat_model_names_places_that_exist() -> None:
    """The threat model is short, says what does not hold, and each place in the code exists."""
    text = (FOLDER / "bedrohungsmodell.md").read_text(encoding="utf-8")
    assert "](bedrohungsmodell.md)" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^- Stand: .+\n- Datum: \d+\. [A-Z][a-zä]+ \d{4}$", text, re.MULTILINE)
    assert len(text.splitlines()) <= 120
    assert text.count("**hält nicht**") >= 5
    rows = re.findall(r"^\|(?: [^|]+ \|){2} ([^|]+) \|$", text, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w./*]+/[\w./*]*)`", row)]
    assert len(named) > 20
    assert [name for name in named if not list(REPOSITORY.glob(name))] == []


@pytest.mark.long
def test_records_are_never_published(tmp_path: Path) -> None:
    """A build takes nothing from the folder, though it lies beside the strategy."""
    root = copied(tmp_path)
    shutil.copytree(FOLDER, root / "entscheidungen")
    record = root / "entscheidungen" / "0001-generator.md"
    record.write_text("# Zwetschgenrot\n", encoding="utf-8")
    build(root, "--no-pdf")
    site = root / "site"
    assert (site / "index.html").is_file()
    assert [path for path in site.rglob("*") if "entscheidungen" in path.name] == []
    files = [path for path in site.rglob("*") if path.is_file()]
    assert [path for path in files if b"Zwetschgenrot" in path.read_bytes()] == []
