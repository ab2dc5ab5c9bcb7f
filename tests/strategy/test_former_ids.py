"""Git's history tells which ids were ever given, for as long as the strategy is one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klarplan.strategy.former_ids import former_ids
from tests.support.git import committed, git
from tests.support.klein import append, copied, replace

MEASURES = {"measures": "data/measures.csv"}
M = MEASURES["measures"]


def titles(root: Path, identifier: str, revision: str = "") -> set[str]:
    """What a measure's id ever meant."""
    return former_ids(root, MEASURES, revision).get("measures", {}).get(identifier, set())


def keep(root: Path) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "weiter")


def given_and_gone(root: Path, row: str = "A-9,Brunnen,,F-3\n", encoding: str = "utf-8") -> None:
    """A measure that was there in one commit only."""
    before = (root / M).read_bytes()
    (root / M).write_bytes(before + row.encode(encoding))
    keep(root)
    (root / M).write_bytes(before)
    keep(root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of the small strategy."""
    made = copied(tmp_path)
    committed(made)
    return made


def test_an_id_that_is_gone_is_known(root: Path) -> None:
    """With what it was called; ids that are there are known as well."""
    given_and_gone(root)
    assert titles(root, "A-9") == {"Brunnen"}
    assert titles(root, "A-4") == {"Glasfaser"}
    assert titles(root, "A-9", git(root, "rev-parse", "HEAD~2")) == set()


def merged(root: Path, ours: str, both: str) -> None:
    """A branch adds A-9 „Brunnen“; here something else is done, and the merge ends as ``both``."""
    main, before = git(root, "branch", "--show-current"), (root / M).read_text("utf-8")
    git(root, "switch", "--quiet", "--create", "entwurf")
    append(root, M, "A-9,Brunnen,,F-3\n")
    keep(root)
    git(root, "switch", "--quiet", main)
    (root / M).write_text(before + ours, "utf-8")
    (root / "notiz.txt").write_text("hier", "utf-8")
    keep(root)
    git(root, "merge", "--no-commit", "--strategy", "ours", "entwurf")
    (root / M).write_text(before + both, "utf-8")
    keep(root)


def test_an_id_that_a_merge_dropped_is_known(root: Path) -> None:
    """Where two branches gave the same id, both things had it."""
    merged(root, "A-9,Dächer,,F-3\n", "A-9,Dächer,,F-3\nA-10,Brunnen,,F-3\n")
    assert titles(root, "A-9") == {"Brunnen", "Dächer"}


def test_what_a_merge_left_aside_as_a_whole_does_not_count(root: Path) -> None:
    """A fork that takes over the engine only has none of the ids of upstream's strategy."""
    merged(root, "", "")
    assert titles(root, "A-9") == set()


@pytest.mark.parametrize(
    ("row", "encoding"),
    [
        ("A-9,Bäche,,F-3\r\n", "utf-8"),
        ("A-9,Bäche,,F-3\n", "cp1252"),
        ('"A-9","Bäche","lang\nund breit"\n', "utf-8"),
    ],
)
def test_the_form_of_a_file_does_not_count(root: Path, row: str, encoding: str) -> None:
    """Line ends, encoding and quotation marks may have been others."""
    given_and_gone(root, row, encoding)
    assert titles(root, "A-9") == {"Bäche"}


def test_the_order_of_columns_may_have_been_another(root: Path) -> None:
    """Each line is read by the header that its file had; also with semicolons."""
    before = (root / M).read_bytes()
    (root / M).write_bytes("\ufefftitle;id\nBrunnen;A-9\n".encode())
    keep(root)
    (root / M).write_bytes(before)
    keep(root)
    assert titles(root, "A-9") == {"Brunnen"}


def test_the_ids_of_another_municipality_do_not_count(root: Path) -> None:
    """A fork's history begins with somebody else's strategy."""
    given_and_gone(root)
    replace(root, "strategy/strategy.yml", "municipality: ", "municipality: Neu-")
    assert former_ids(root, MEASURES) == {}
    keep(root)
    assert titles(root, "A-9") == set()
    assert titles(root, "A-4") == {"Glasfaser"}
    given_and_gone(root, "A-8,Neues,,F-3\n")
    assert titles(root, "A-8") >= {"Neues"}


def test_a_name_written_another_way_is_the_same_municipality(root: Path) -> None:
    """Quotation marks around it begin no new history."""
    given_and_gone(root)
    path = root / "strategy/strategy.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("municipality: "))
    lines[at] = 'municipality: "' + lines[at].split(": ", 1)[1].strip().strip('"') + '"  # Name\n'
    path.write_text("".join(lines), "utf-8")
    keep(root)
    assert titles(root, "A-9") == {"Brunnen"}


def test_settings_of_git_do_not_count(root: Path) -> None:
    """Neither somebody's own form of changes nor one for these files hides anything."""
    given_and_gone(root)
    for name, value in (
        ("diff.noprefix", "true"),
        ("log.showRoot", "false"),
        ("color.ui", "always"),
        ("diff.external", "false"),
    ):
        git(root, "config", name, value)
    append(root, ".gitattributes", "*.csv -diff\n")
    assert titles(root, "A-9") == {"Brunnen"}
    assert titles(root, "A-4") == {"Glasfaser"}


def test_a_strategy_in_a_folder_of_the_repository_has_its_own_history(tmp_path: Path) -> None:
    """Only what lies below the root counts."""
    one, two = copied(tmp_path / "eins"), copied(tmp_path / "zwei")
    committed(tmp_path)
    given_and_gone(one)
    assert titles(one, "A-9") == {"Brunnen"}
    assert titles(two, "A-9") == set()


def test_nothing_is_known_without_git_or_where_the_history_is_cut_off(
    root: Path, tmp_path: Path
) -> None:
    """Then no word is said, since what is missing can't be told from what never was."""
    given_and_gone(root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "flach")
    assert former_ids(tmp_path / "flach", MEASURES) == {}
    shutil.rmtree(root / ".git")
    assert former_ids(root, MEASURES) == {}


def test_nothing_is_known_before_the_first_commit(tmp_path: Path) -> None:
    """An empty repository has no history."""
    root = copied(tmp_path)
    git(root, "init", "--quiet")
    assert titles(root, "A-4") == set()
