"""Every file has one owner; what a change touches decides which tests it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from klarplan.ownership import (
    Owner,
    changed_since,
    code_owners,
    main,
    owners_of,
    read_table,
    touched,
    warn,
    warnings,
)
from tests.support.git import git
from tests.support.project import REPOSITORY


def files_in_git() -> list[str]:
    """All files of the repository that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git repository")
    return [path for path in listed.stdout.split("\0") if path]


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A repository with one commit."""
    git(tmp_path, "init", "--quiet")
    for name in ("strategy/vision.md", "data/measures.csv", "macros/start.py"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("alt\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Anfang")
    return tmp_path


def change(folder: Path, *names: str) -> str:
    """Change files in a commit of their own; returns the commit before it."""
    before = git(folder, "rev-parse", "HEAD")
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Änderung")
    return before


def test_every_file_in_git_has_exactly_one_owner() -> None:
    """No file is forgotten, and none is claimed by two."""
    table = read_table()
    owners = {path: owners_of(path, table) for path in files_in_git()}
    assert {path: found for path, found in owners.items() if len(found) != 1} == {}
    assert {found[0] for found in owners.values()} == {"engine", "town", "merged"}


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("docs/index.md", "town"),
        ("docs/handbuch/index.md", "engine"),
        ("docs/handbuch.md", "town"),
        ("data/measures.csv", "town"),
        ("data/datapackage.json", "merged"),
        ("strategy/measures/M-001.md", "town"),
        ("local/macros.py", "town"),
        (".github/workflows/check.yml", "engine"),
        (".github/CODEOWNERS", "town"),
        ("requirements-dev.lock", "engine"),
        ("README.md", "town"),
        ("macros/README.md", "engine"),
    ],
)
def test_the_longest_pattern_names_the_owner(path: str, owner: str) -> None:
    """What lies in an engine's folder below a town's folder is the engine's, and the other way."""
    assert owners_of(path, read_table()) == (owner,)


@pytest.mark.parametrize("path", ["notizen.txt", "data/alt/measures.csv", "data", "Docs/index.md"])
def test_a_path_that_no_pattern_knows_has_no_owner(path: str) -> None:
    """An unknown file belongs to nobody, so that nobody overwrites it unasked."""
    assert owners_of(path, read_table()) == ()
    assert touched([path, "README.md"]) == {"town", "unknown"}


def test_contradicting_patterns_name_both_owners() -> None:
    """Two patterns of the same length for one path are no answer but a fault of the table."""
    table: dict[Owner, tuple[str, ...]] = {"engine": ("docs/*.md",), "town": (), "merged": ()}
    assert owners_of("docs/a.md", {**table, "town": ("docs/a*.md",)}) == ("town",)
    assert owners_of("docs/a.md", {**table, "town": ("docs/a*md",)}) == ("engine", "town")


def test_a_change_names_the_owners_that_it_touches(
    fork: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text is the town's; with a file of the engine in the change, both are named."""
    main(change(fork, "strategy/vision.md", "data/measures.csv", "docs/über uns.md"), fork)
    assert capsys.readouterr().out == "town\n"
    main(change(fork, "strategy/vision.md", "macros/start.py"), fork)
    assert capsys.readouterr().out == "engine town\n"


def test_the_towns_own_program_is_tested_like_klarplans(
    fork: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What lies in ``local/`` is the town's, but it is no text: ``make gate`` runs all tests."""
    main(change(fork, "local/macros.py", "strategy/vision.md"), fork)
    assert capsys.readouterr().out == "program town\n"
    main(change(fork, "local/words.yml", "local/synonyms.yml"), fork)
    assert capsys.readouterr().out == "town\n"


def test_moving_a_file_touches_both_places(fork: Path) -> None:
    """A macro that becomes a text is a change of the engine."""
    before = git(fork, "rev-parse", "HEAD")
    git(fork, "mv", "macros/start.py", "strategy/start.md")
    git(fork, "commit", "--quiet", "-m", "Verschoben")
    paths = changed_since(fork, before)
    assert paths is not None
    assert touched(paths) == {"engine", "town"}


@pytest.mark.parametrize("commit", ["", "0" * 40, "--output=x", "kein-stand"])
def test_what_git_cannot_tell_is_unknown(
    commit: str, fork: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a commit to compare with, nothing is taken for a change of texts alone."""
    main(commit, fork)
    assert capsys.readouterr().out == "unknown\n"


def test_without_git_the_owners_are_unknown(
    fork: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git is missing, every test is run."""
    before = change(fork, "strategy/vision.md")
    monkeypatch.setenv("PATH", "")
    main(before, fork)
    assert capsys.readouterr().out == "unknown\n"


@pytest.mark.parametrize(
    ("owners", "municipality", "tested"),
    [
        ("town", "Stadt Anderswo", False),
        ("town", "Stadt Musterstadt", True),
        ("engine town", "Stadt Anderswo", True),
        ("program town", "Stadt Anderswo", True),
        ("merged", "Stadt Anderswo", False),
        ("merged town", "Stadt Anderswo", False),
        ("merged program town", "Stadt Anderswo", True),
        ("unknown", "Stadt Anderswo", True),
        ("", "Stadt Anderswo", True),
    ],
)
def test_only_a_change_of_texts_in_a_fork_is_spared_the_tests(
    owners: str, municipality: str, tested: bool, tmp_path: Path
) -> None:
    """Where the sample is gone and only the town's files changed, ``make gate`` runs no test."""
    (tmp_path / "tests" / "tools").mkdir(parents=True)
    locks = ("requirements.lock", "requirements-dev.lock", "tests/tools/tools.lock")
    for name in ("Makefile", "pyproject.toml", *locks):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    (tmp_path / "strategy").mkdir()
    settings = tmp_path / "strategy" / "strategy.yml"
    settings.write_text(f'municipality: "{municipality}"\n', encoding="utf-8")
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho {owners}\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".venv" / "place").write_text(str(tmp_path), encoding="utf-8")
    (tmp_path / ".venv" / "runtime.stamp").touch()
    done = subprocess.run(
        ["make", "--dry-run", "gate", "SINCE=HEAD^1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("-m pytest" in done.stdout) is tested
    assert ("\nNur Texte und Tabellen" in done.stdout) is not tested


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("strategy/vision.md", False),
        ("data/measures.csv", False),
        ("data/datapackage.json", False),
        ("docs/assets/wappen.svg", False),
        ("local/words.yml", False),
        ("local/synonyms.yml", False),
        ("local/macros.py", True),
        ("local/rules.py", True),
        ("local/overrides/main.html", True),
        ("local/styles.css", True),
        ("local/vorlage.docx", True),
        ("local/teile/helfer.py", True),
        ("macros/start.py", True),
        ("mkdocs.yml", True),
        (".github/workflows/check.yml", True),
        ("requirements.lock", True),
        ("build/main.py", True),
        ("yaml.py", True),
        ("docs/handbuch/index.md", True),
    ],
)
def test_what_a_build_may_run_is_warned_of(path: str, told: bool) -> None:
    """The engine's files, the town's own programs, and what nobody knows; not texts and tables."""
    assert bool(warnings([path, "README.md"])) is told


def test_a_proposal_that_changes_the_program_is_warned_of(
    fork: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At GitHub as annotation, else in words and with exit code 1; texts alone pass."""
    before = change(fork, "strategy/vision.md")
    assert warn("github", before, fork) == 0
    assert capsys.readouterr().out == "Der Vorschlag ändert nur Texte und Tabellen.\n"
    before = change(fork, "local/macros.py", "docs/über uns.md", "x\n::error::y%0A.py")
    assert warn("github", before, fork) == 0
    said = capsys.readouterr().out
    assert said.startswith("::warning title=Programm geändert::Der Vorschlag ändert das Programm")
    assert ": local/macros.py, x?::error::y%250A.py. Lassen Sie" in said
    assert said.count("\n") == 1
    assert warn("text", before, fork) == 1
    assert capsys.readouterr().out.startswith("Achtung: Der Vorschlag ändert das Programm")
    assert warn("text", "0" * 40, fork) == 1
    assert "ließ sich nicht feststellen" in capsys.readouterr().out


def test_code_owners_follow_the_table() -> None:
    """Each of the engine's patterns has a line from the root; texts and tables have none."""
    lines = code_owners("@stadt/technik @amt").splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert all(line.startswith("/") and line.endswith(" @stadt/technik @amt") for line in rules)
    paths = {line.split()[0].removeprefix("/") for line in rules}
    assert set(read_table()["engine"]) < paths
    assert {"local/", ".github/CODEOWNERS"} < paths
    assert not paths & {"docs/", "strategy/", "data/*.csv", "README.md"}


@pytest.mark.parametrize("team", [" ", "stadt", "@", "@a\n* @b", "a@b.example", "@a/b/c", "@a *"])
def test_what_is_no_team_owns_nothing(team: str) -> None:
    """Only accounts and teams with @ are taken, so that no line can be slipped in."""
    with pytest.raises(ValueError, match=re.escape(team)):
        code_owners(team)
