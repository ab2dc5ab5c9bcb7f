"""``klarplan diff`` compares what git keeps, and the folder as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klarplan.commands.revisions import states
from klarplan.comparison.compare import compare
from klarplan.messages import KlarplanError
from tests.support.git import committed, git
from tests.support.klein import append, copied, replace
from tests.support.project import klarplan

M = "data/measures.csv"


def renamed(root: Path, old: str, new: str) -> None:
    """Give the measure A-4 another title."""
    replace(root, M, f"A-4,{old},", f"A-4,{new},")


def titles(root: Path, asked: str | None) -> tuple[str, str]:
    """The titles of A-4 in the two states that are compared."""
    with states(root, asked, "de") as sides:
        before, after = ((side.row("measures", "A-4") or {})["title"] for side in sides)
        return before, after


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two commits, a tag, and a change that is not committed."""
    made = copied(tmp_path)
    committed(made)
    git(made, "tag", "fassung-1")
    renamed(made, "Glasfaser", "Glasfaser zwei")
    git(made, "commit", "--quiet", "--all", "--message", "zwei")
    renamed(made, "Glasfaser zwei", "Glasfaser drei")
    return made


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        (None, ("Glasfaser zwei", "Glasfaser drei")),
        ("fassung-1", ("Glasfaser", "Glasfaser drei")),
        ("fassung-1..", ("Glasfaser", "Glasfaser drei")),
        ("fassung-1..HEAD", ("Glasfaser", "Glasfaser zwei")),
        ("HEAD..fassung-1", ("Glasfaser zwei", "Glasfaser")),
        ("HEAD~1", ("Glasfaser", "Glasfaser drei")),
        ("fassung-1...HEAD", ("Glasfaser", "Glasfaser zwei")),
        ("HEAD...fassung-1", ("Glasfaser", "Glasfaser")),
    ],
)
def test_two_states_are_compared(root: Path, asked: str | None, sides: tuple[str, str]) -> None:
    """Two revisions, or one and the folder; without any, what is not committed yet."""
    assert titles(root, asked) == sides


def test_a_strategy_may_lie_in_a_part_of_the_repository(tmp_path: Path) -> None:
    """Only what lies below the root counts, and it is found there."""
    root = copied(tmp_path / "amt")
    committed(tmp_path)
    renamed(root, "Glasfaser", "Netz")
    assert titles(root, None) == ("Glasfaser", "Netz")


def test_another_folder_is_compared_without_git(tmp_path: Path) -> None:
    """The folder of another version may stand for a revision."""
    old, new = copied(tmp_path / "alt"), copied(tmp_path / "neu")
    renamed(new, "Glasfaser", "Netz")
    assert titles(new, str(old)) == ("Glasfaser", "Netz")


@pytest.mark.parametrize(
    "asked", ["gibtsnicht", "--output=x", "HEAD...gibtsnicht", "HEAD:data", ""]
)
def test_an_unknown_state_is_told(root: Path, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git does not know ends with a word, and nothing that looks like an option is one."""
    monkeypatch.chdir(root)
    if not asked:
        assert titles(root, asked) == titles(root, None)
        return
    with pytest.raises(KlarplanError, match="Git knows no strategy") as told:
        titles(root, asked)
    assert told.value.exit_code == 2
    assert not (root / "x").exists()


@pytest.mark.parametrize("with_git", [False, True])
def test_before_the_first_commit_there_is_nothing_to_compare(
    tmp_path: Path, with_git: bool
) -> None:
    """The message says so, and that another folder may be named."""
    root = copied(tmp_path)
    if with_git:
        git(root, "init", "--quiet")
    with pytest.raises(KlarplanError) as told:
        titles(root, None)
    assert "noch nichts in git gesichert" in told.value.problem.de


def test_links_in_a_revision_are_not_followed(root: Path, tmp_path: Path) -> None:
    """A link that somebody committed leads out of no revision."""
    (tmp_path / "geheim.csv").write_text("id,title\nX,geheim\n", "utf-8")
    (root / "data/risks.csv").unlink(missing_ok=True)
    (root / "data/risks.csv").symlink_to(tmp_path / "geheim.csv")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "drei")
    with states(root, "fassung-1..HEAD", "de") as (before, after):
        assert not any(row.get("id") == "X" for row in after.rows("risks"))
        assert compare(before, after).told


def looks(root: Path, asked: str | None) -> list[str]:
    """The sentences that somebody should look at."""
    with states(root, asked, "de") as (before, after):
        return [told.text for told in compare(before, after).told if told.look]


@pytest.mark.parametrize(
    ("title", "again"), [("Brunnen", False), ("Der Brunnen", False), ("Radweg", True)]
)
@pytest.mark.parametrize("stored", [False, True])
def test_an_id_that_is_given_again_is_told(
    root: Path, title: str, again: bool, stored: bool
) -> None:
    """What an earlier revision had and what was gone in between comes back as the same thing."""
    git(root, "checkout", "--quiet", "--", ".")
    before = (root / M).read_text("utf-8")
    for text in (f"{before}A-9,Brunnen,,F-3\n", before):
        (root / M).write_text(text, "utf-8")
        git(root, "commit", "--quiet", "--all", "--message", "weiter")
    append(root, M, f"A-9,{title},,F-3\n")
    if stored:
        git(root, "commit", "--quiet", "--all", "--message", "noch einmal")
    told = looks(root, "HEAD~1.." if stored else None)
    assert (
        "Die Kennung A-9 gab es schon einmal („Brunnen“); Kennungen werden nicht wieder vergeben"
        in told
    ) is again


def test_an_id_that_is_taken_by_renaming_is_told(root: Path) -> None:
    """A measure that gets the id of a former one is told with both faults."""
    git(root, "checkout", "--quiet", "--", ".")
    before = (root / M).read_text("utf-8")
    for text in (before + "A-9,Brunnen,,F-3\n", before):
        (root / M).write_text(text, "utf-8")
        git(root, "commit", "--quiet", "--all", "--message", "weiter")
    replace(root, M, "A-4,Glasfaser zwei,", "A-9,Glasfaser zwei,")
    told = looks(root, None)
    assert any(text.startswith("Die Kennung A-4 heißt jetzt A-9") for text in told)
    assert any("gab es schon einmal („Brunnen“)" in text for text in told)


def test_the_command_tells_it_in_each_form(root: Path) -> None:
    """Text for people, Markdown for pull requests, JSON for programs; German or English."""
    asked = ("diff", "fassung-1..HEAD", "--root", str(root))
    text = klarplan(*asked)
    assert text.returncode == 0, text.stderr
    assert text.stdout.startswith("fassung-1 → HEAD: 1 Änderung, davon betroffen: 1 Maßnahme\n")
    assert "- Bezeichnung: „Glasfaser“ → „Glasfaser zwei“" in text.stdout
    english = klarplan(*asked, "--lang", "en", "--format", "markdown").stdout
    assert "## Measures" in english
    (change,) = json.loads(klarplan(*asked, "--format", "json").stdout)["changes"]
    assert (change["table"], change["id"]) == ("measures", "A-4")
    assert klarplan("diff", "gibtsnicht", "--root", str(root)).returncode == 2
