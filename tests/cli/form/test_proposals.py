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
    """See what is proposed, and press the button."""
    shown = form.get("propose")
    stand = shown.tree.css_first("input[name=stand]")
    if stand is None:
        return shown
    return form.post("propose", {"stand": stand.attributes["value"] or "", **ticked})


def test_a_proposal_is_a_branch_with_just_these_files(form: Form) -> None:
    """The message is what ``klarplan diff`` says; the folder is on the branch and clean."""
    shown = form.get("propose")
    assert "data/measures.csv" in shown.text
    assert "Anträge" in shown.text
    assert "origin" not in shown.text
    before = git(form.root, "rev-parse", "HEAD")
    done = propose(form)
    assert "eigener Zweig" in shown.text
    branch = git(form.root, "branch", "--show-current")
    assert branch.startswith("vorschlag/2026-06-30-a-1")
    assert branch in done.text
    assert git(form.root, "rev-parse", "HEAD^") == before
    assert git(form.root, "show", "--name-only", "--format=", "HEAD") == "data/measures.csv"
    assert "Anträge" in git(form.root, "log", "-1", "--format=%B")
    assert state(form.root) == []
    assert "nichts vorzuschlagen" in form.get("propose").text


NAMED = {
    "Kernstadt neu Ä": "a-1-kernstadt-neu-ae",
    "Straßenbegleitgrün und Bäume für die Innenstadt": "a-1-strassenbegleitgruen-und-baeume-fuer",
    "Donaudampfschifffahrtsgesellschaftskapitänsverordnung": "a-1",
    "Ы": "a-1",
}


@pytest.mark.parametrize("title", NAMED)
def test_a_branch_is_called_in_whole_words(form: Form, title: str) -> None:
    """By what it is about, not by the sentence; one change is told once in its commit."""
    git(form.root, "restore", ".")
    propose(edited(form, title))
    assert git(form.root, "branch", "--show-current") == f"vorschlag/2026-06-30-{NAMED[title]}"
    subject, *more = git(form.root, "log", "-1", "--format=%B").splitlines()
    assert len(subject) <= 72
    assert subject.endswith(" …") == bool(more)
    assert title in "".join(more or [subject])
    if more:
        assert more[1].startswith("- " + subject.removesuffix(" …") + " ")


def test_a_branch_of_several_things_says_how_many(form: Form) -> None:
    """The first by name."""
    form.write(form.get("row?table=measures&row=1"), title="Anders")
    form.write(form.get("row?table=goals&row=0"), title="Ziele")
    propose(form)
    branch = git(form.root, "branch", "--show-current")
    assert branch == "vorschlag/2026-06-30-a-1-antraege-und-2-weitere"
    assert len(git(form.root, "log", "-1", "--format=%b").splitlines()) == 3


def test_a_second_proposal_goes_on(form: Form) -> None:
    """On a branch that is a proposal already, a commit is added, and that is said before."""
    propose(form)
    branch = git(form.root, "branch", "--show-current")
    edited(form, "Vordrucke")
    asked = form.get("propose").text
    assert "eigener Zweig" not in asked
    assert branch in asked
    assert "dazugekommen" in propose(form).text
    assert git(form.root, "branch", "--show-current") == branch
    assert git(form.root, "rev-list", "--count", "HEAD") == "3"


def test_other_changes_are_told_and_left_alone(form: Form) -> None:
    """Nothing happens unasked; what others have changed, staged or not, stays as it is."""
    (form.root / "neu.txt").write_text("x", "utf-8")
    (form.root / "strategy/list.txt").write_text("x", "utf-8")
    git(form.root, "add", "strategy/list.txt")
    before = state(form.root)
    shown = propose(form)
    assert "neu.txt" in shown.text
    assert "strategy/list.txt" in shown.text
    assert "Vorgeschlagen ist noch nichts" in shown.summary()
    assert state(form.root) == before
    done = propose(form, apart="1").text
    assert "Nicht im Vorschlag" in done
    assert "neu.txt" in done
    assert git(form.root, "show", "--name-only", "--format=", "HEAD") == "data/measures.csv"
    assert state(form.root) == ["A  strategy/list.txt", "?? neu.txt"]


def test_a_file_with_changes_of_others_is_shown_as_a_whole(form: Form) -> None:
    """What is proposed is all that differs from the last commit, and it is told before."""
    path = form.root / "data/measures.csv"
    path.write_bytes(path.read_bytes().replace(b"Bezahlen", b"Zahlen"))
    shown = form.get("propose")
    assert "Zahlen" in shown.text
    assert "Anträge" in shown.text
    propose(form)
    assert state(form.root) == []
    assert "Zahlen" in git(form.root, "log", "-1", "--format=%B")


def test_after_a_restart_the_next_change_is_proposed_with_the_first(form: Form) -> None:
    """The form remembers nothing: what counts is what git says."""
    again = Form(form.root)
    assert "vorschlagen" in again.get("").text
    again.write(again.get("row?table=measures&row=1"), title="Anders")
    shown = again.get("propose")
    assert "Anträge" in shown.text
    assert "Anders" in shown.text
    propose(again)
    assert state(form.root) == []


def test_what_was_taken_back_by_git_hinders_nothing(form: Form) -> None:
    """After ``git restore``, and with a new text gone again, the next change is proposed alone."""
    git(form.root, "restore", ".")
    assert "nichts vorzuschlagen" in propose(form).text
    propose(edited(form, "Vordrucke"))
    body = git(form.root, "log", "-1", "--format=%B")
    assert "Vordrucke" in body
    assert "Anträge" not in body


def test_what_was_not_shown_is_not_proposed(form: Form) -> None:
    """Where a file changes between the page and the button, the page is shown once more."""
    values = form.get("propose").values()
    edited(form, "Vordrucke")
    assert "noch einmal" in form.post("propose", values).summary()
    assert git(form.root, "rev-list", "--count", "HEAD") == "1"


def test_a_new_text_is_told_and_proposed(form: Form) -> None:
    """A file of which git knows nothing belongs to it, if the form can write it; no other does."""
    for name in ("strategy/neu.md", "strategy/neu.txt"):
        (form.root / name).write_text("# Neues Kapitel\n\nText.\n", "utf-8")
    shown = form.get("propose")
    assert "Neues Kapitel" in shown.text
    propose(form, apart="1")
    assert state(form.root) == ["?? strategy/neu.txt"]


def test_files_of_others_alone_are_named(form: Form) -> None:
    """Where nothing can be proposed but something is changed, it is said whose work that is."""
    git(form.root, "restore", ".")
    (form.root / "data/goals.csv").unlink()
    assert "data/goals.csv" in form.get("propose").text
    assert not form.get("propose").tree.css("form")


def test_there_is_a_way_back(form: Form) -> None:
    """A button leads to the branch from which the first began; the next proposal is its own."""
    start = git(form.root, "branch", "--show-current")
    propose(form)
    first = git(form.root, "branch", "--show-current")
    assert first in form.get("").text
    assert f"Zurück zu „{start}“" in form.get("").text
    done = form.post("back", {})
    assert start in form.get(done.response.headers["Location"]).text
    assert git(form.root, "branch", "--show-current") == start
    assert "A-1,Anträge" not in (form.root / "data/measures.csv").read_text("utf-8")
    propose(edited(form, "Vordrucke"))
    assert git(form.root, "branch", "--show-current") != first
    assert git(form.root, "rev-list", "--count", "HEAD") == "2"


def test_the_way_back_loses_nothing(form: Form) -> None:
    """What is not proposed yet keeps somebody on the branch; what lies elsewhere comes along."""
    propose(form)
    branch = git(form.root, "branch", "--show-current")
    (form.root / "neu.txt").write_text("x", "utf-8")
    edited(form, "Vordrucke")
    assert "sobald vorgeschlagen ist" in form.get("").text
    assert "data/measures.csv" in form.post("back", {}).text
    assert git(form.root, "branch", "--show-current") == branch
    propose(form, apart="1")
    form.post("back", {})
    assert git(form.root, "branch", "--show-current") != branch
    assert state(form.root) == ["?? neu.txt"]


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
