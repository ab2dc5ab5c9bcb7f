"""Proposing what was edited: a branch and a commit of just these files, sent only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.form import Form, Shown
from tests.support.git import committed, git
from tests.support.klein import copied

pytestmark = pytest.mark.long


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """The form of a small strategy in git, with one change written."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Amt")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "amt@example.org")
    root = copied(tmp_path)
    committed(root)
    return edited(Form(root))


def edited(form: Form, title: str = "Anträge") -> Form:
    """The form after a change of a measure."""
    form.write(form.get("row?table=measures&row=0"), title=title)
    return form


def state(root: Path) -> list[str]:
    """What git sees as changed, without the folder that Klarplan has made."""
    lines = git(root, "status", "--porcelain").splitlines()
    return [line.strip() for line in lines if line != "?? build/"]


def propose(form: Form, **ticked: str) -> Shown:
    """Press the button."""
    return form.post("propose", ticked)


def test_a_proposal_is_a_branch_with_just_these_files(form: Form) -> None:
    """The message is what ``klarplan diff`` says; the folder is on the branch and clean."""
    shown = form.get("propose")
    assert "data/measures.csv" in shown.text
    assert "Anträge" in shown.text
    assert "origin" not in shown.text
    before = git(form.root, "rev-parse", "HEAD")
    done = propose(form)
    branch = git(form.root, "branch", "--show-current")
    assert branch.startswith("vorschlag/2026-06-30-a-1")
    assert branch in done.text
    assert git(form.root, "rev-parse", "HEAD^") == before
    assert git(form.root, "show", "--name-only", "--format=", "HEAD") == "data/measures.csv"
    assert "Anträge" in git(form.root, "log", "-1", "--format=%B")
    assert state(form.root) == []
    assert "nichts vorzuschlagen" in form.get("propose").text


def test_a_second_proposal_goes_on(form: Form) -> None:
    """On a branch that is a proposal already, a commit is added."""
    propose(form)
    branch = git(form.root, "branch", "--show-current")
    propose(edited(form, "Vordrucke"))
    assert git(form.root, "branch", "--show-current") == branch
    assert git(form.root, "rev-list", "--count", "HEAD") == "3"


def test_other_changes_are_told_and_left_alone(form: Form) -> None:
    """Nothing happens unasked; what others have changed, staged or not, stays as it is."""
    (form.root / "neu.txt").write_text("x", "utf-8")
    (form.root / "data/goals.csv").write_bytes((form.root / "data/goals.csv").read_bytes() + b"\n")
    git(form.root, "add", "data/goals.csv")
    before = state(form.root)
    shown = propose(form)
    assert "neu.txt" in shown.text
    assert "data/goals.csv" in shown.text
    assert state(form.root) == before
    propose(form, apart="1")
    assert git(form.root, "show", "--name-only", "--format=", "HEAD") == "data/measures.csv"
    assert state(form.root) == ["M  data/goals.csv", "?? neu.txt"]


def test_a_file_with_changes_of_others_is_not_proposed(form: Form) -> None:
    """What the form did not write is not passed off as its own."""
    path = form.root / "data/measures.csv"
    path.write_bytes(path.read_bytes().replace(b"Bezahlen", b"Zahlen"))
    assert "nicht nur" in propose(form).text.lower()
    assert git(form.root, "rev-list", "--count", "HEAD") == "1"


def test_sending_is_asked_for(form: Form, tmp_path: Path) -> None:
    """A remote gets the branch only where somebody ticks it."""
    there = tmp_path / "there.git"
    git(tmp_path, "init", "--quiet", "--bare", str(there))
    git(form.root, "remote", "add", "origin", str(there))
    propose(form)
    assert git(there, "branch", "--list") == ""
    done = propose(edited(form, "Vordrucke"), send="1")
    assert "gesendet" in done.text
    assert git(there, "branch", "--list").strip() == git(form.root, "branch", "--show-current")


def test_what_the_other_side_says_is_told(form: Form, tmp_path: Path) -> None:
    """The proposal is made all the same."""
    git(form.root, "remote", "add", "origin", str(tmp_path / "nirgends"))
    done = propose(form, send="1")
    assert "Gesendet ist er nicht" in done.text
    assert git(form.root, "branch", "--show-current").startswith("vorschlag/")


def test_no_program_of_the_folder_is_run(form: Form, tmp_path: Path) -> None:
    """Hooks that somebody has put there do nothing."""
    hooks = form.root / ".git/hooks"
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "pre-push"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", "utf-8")
        (hooks / name).chmod(0o755)
    propose(form)
    assert not (tmp_path / "ran").exists()


def test_without_git_nothing_is_lost(tmp_path: Path) -> None:
    """It is said plainly; the change stays in the files."""
    form = edited(Form(copied(tmp_path)))
    told = propose(form)
    assert "nicht mit git" in told.text
    assert "Anträge" in (form.root / "data/measures.csv").read_text("utf-8")


def test_in_the_middle_of_a_merge_nothing_is_done(form: Form) -> None:
    """Somebody else's work is not mixed with it."""
    (form.root / ".git/MERGE_HEAD").write_text(git(form.root, "rev-parse", "HEAD") + "\n", "utf-8")
    assert "mitten in einer anderen Arbeit" in propose(form).text
    assert git(form.root, "rev-list", "--count", "HEAD") == "1"
