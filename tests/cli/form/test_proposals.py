"""Proposing what was edited: a branch and a commit of just these files, sent only when asked."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from klarplan.commands import propose as program
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


def test_texts_are_shown_in_full(form: Form) -> None:
    """A changed sentence before and after, a new text whole, a long cell; nothing that stays."""
    path = form.root / "strategy/vision.md"
    path.write_text("# Vision\n\nBleibt stehen.\n\nAlle Wege sind lang.\n", "utf-8")
    git(form.root, "add", "strategy/vision.md")
    git(form.root, "commit", "--quiet", "--message", "Vision", "strategy/vision.md")
    path.write_text("# Vision\n\nBleibt stehen.\n\nAlle Wege sind kurz.\n", "utf-8")
    (form.root / "docs").mkdir(exist_ok=True)
    (form.root / "docs/neu.md").write_text("# Neu\n\nGanz neuer Absatz.\n", "utf-8")
    long = "Satz mit vielen Wörtern. " * 12
    form.write(form.get("row?table=measures&row=1"), summary=long.strip() + " Ende.")
    shown = form.get("propose")
    assert "Im Wortlaut" in shown.text
    gone = [one.text() for one in shown.tree.css(".wording del")]
    come = [one.text() for one in shown.tree.css(".wording ins")]
    assert gone == ["Gebühren werden online bezahlt.", "Alle Wege sind lang."]
    assert sorted(come) == sorted(
        ["Alle Wege sind kurz.", "# Neu", "Ganz neuer Absatz.", long.strip() + " Ende."]
    )
    titles = [one.text() for one in shown.tree.css(".wording h3")]
    assert len(titles) == 3
    assert "docs/neu.md" in " ".join(titles)


def test_what_sentences_tell_whole_is_not_told_again(form: Form) -> None:
    """A short cell needs no words of its own."""
    assert not form.get("propose").tree.css(".wording")


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


@pytest.fixture
def there(form: Form, tmp_path: Path) -> Path:
    """The other side."""
    path = tmp_path / "there.git"
    git(tmp_path, "init", "--quiet", "--bare", str(path))
    git(form.root, "remote", "add", "origin", str(path))
    return path


def offered(shown: Shown) -> list[str]:
    """The proposals for which there is a button to send them."""
    found = shown.tree.css("form[action$=send] input[name=branch]")
    return [one.attributes["value"] or "" for one in found]


def test_what_was_not_sent_can_be_sent_later(form: Form, there: Path) -> None:
    """With a button of its own, on every page that speaks of it; never without it."""
    done = propose(form)
    branch = git(form.root, "branch", "--show-current")
    assert "noch nicht gesendet" in done.text
    for shown in (done, form.get(""), form.get("propose"), Form(form.root).get("")):
        assert offered(shown) == [branch]
    assert git(there, "branch", "--list") == ""
    done = form.post("send", {"branch": branch})
    assert "Der Vorschlag ist gesendet" in done.text
    assert git(there, "rev-parse", branch) == git(form.root, "rev-parse", branch)
    assert [offered(form.get(at)) for at in ("", "propose")] == [[], []]
    assert "schon gesendet" in form.post("send", {"branch": branch}).text


def test_what_the_other_side_has_in_part_is_offered_too(form: Form, there: Path) -> None:
    """So is each of several, from whichever branch somebody looks at them."""
    propose(form, send="1")
    first = git(form.root, "branch", "--show-current")
    propose(edited(form, "Vordrucke"))
    assert offered(form.get("")) == [first]
    form.post("back", {})
    propose(edited(form, "Anders"))
    second = git(form.root, "branch", "--show-current")
    assert offered(form.get("")) == sorted([first, second])
    form.post("send", {"branch": first})
    assert offered(form.get("")) == [second]
    assert git(there, "rev-list", "--count", first) == "3"


def test_what_was_taken_over_there_is_not_offered(form: Form, there: Path) -> None:
    """Whether as it was or as another commit, with its branch gone; nor are others' branches."""
    propose(form, send="1")
    branch = git(form.root, "branch", "--show-current")
    git(there, "update-ref", "-d", f"refs/heads/{branch}")
    git(form.root, "fetch", "--quiet", "--prune", "origin")
    assert offered(form.get("")) == []
    form.post("back", {})
    propose(edited(form, "Vordrucke"))
    git(form.root, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    assert offered(form.get("")) == []
    git(form.root, "branch", "vorschlag/von-hand")
    git(form.root, "branch", "privat")
    assert offered(form.get("")) == []
    assert "schon gesendet" in form.post("send", {"branch": "privat"}).text
    assert git(there, "branch", "--format=%(refname:short)") == "main"


def test_without_another_side_nothing_is_offered(form: Form) -> None:
    """The proposal is made, and that is all."""
    done = propose(form)
    assert "gesendet" not in (done.tree.css_first("h1") or done.tree).text()
    assert offered(form.get("")) == []


HOOK = "#!/bin/sh\necho 'Nur das Bauamt.' >&2\nexit 1\n"


def test_a_refusal_is_told_in_plain_words(form: Form, there: Path) -> None:
    """With what to do; the words of the other side and of git stand below, apart."""
    (there / "hooks").mkdir(exist_ok=True)
    (there / "hooks/pre-receive").write_text(HOOK, "utf-8")
    (there / "hooks/pre-receive").chmod(0o755)
    done = propose(form, send="1")
    assert "angelegt, aber nicht gesendet" in done.tree.css_first("title").text()
    assert "eine Regel dort lehnt ihn ab" in done.summary()
    said = [one.text() for one in done.tree.css("#summary pre")]
    assert said[0] == "Nur das Bauamt."
    assert "hook declined" in said[1]
    assert "remote:" not in said[1]
    assert offered(done) == [git(form.root, "branch", "--show-current")]


def test_a_way_that_leads_nowhere_is_told(form: Form, tmp_path: Path) -> None:
    """The other side says nothing then; the proposal is made, and can be sent once it is there."""
    git(form.root, "remote", "add", "origin", str(tmp_path / "nirgends"))
    done = propose(form, send="1")
    assert "nicht zu erreichen" in done.summary()
    assert "Gegenstelle sagt" not in done.text
    assert "git sagt: fatal:" in done.summary()
    branch = git(form.root, "branch", "--show-current")
    assert branch.startswith("vorschlag/")
    done = form.post("send", {"branch": branch})
    assert "Der Vorschlag ist nicht gesendet" in done.tree.css_first("title").text()
    git(tmp_path, "init", "--quiet", "--bare", str(tmp_path / "nirgends"))
    assert "Der Vorschlag ist gesendet" in form.post("send", {"branch": branch}).text


def test_a_branch_of_that_name_is_not_written_over(form: Form, there: Path) -> None:
    """Where somebody else has sent one that is not known here, it is said how to go on."""
    propose(form)
    branch = git(form.root, "branch", "--show-current")
    git(there, "fetch", "--quiet", str(form.root), "HEAD")
    made = ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit-tree", "-m", "x")
    other = git(there, *made, git(there, "rev-parse", "FETCH_HEAD^{tree}"))
    git(there, "update-ref", f"refs/heads/{branch}", other)
    done = form.post("send", {"branch": branch})
    assert "gibt es dort schon" in done.summary()
    assert git(there, "rev-parse", branch) == other


def test_a_name_that_is_taken_over_there_gets_a_number(form: Form) -> None:
    """As far as git knows of it here, under any remote."""
    name = "vorschlag/2026-06-30-a-1-antraege"
    git(form.root, "update-ref", f"refs/remotes/amt/{name}", "HEAD")
    propose(form)
    assert git(form.root, "branch", "--show-current") == f"{name}-2"


SAID = {
    "fatal: unable to access 'x': Could not resolve host: x": "nicht zu erreichen",
    "ssh: connect to host x port 22: Connection refused": "nicht zu erreichen",
    "fatal: Authentication failed for 'x'": "lässt Sie nicht herein",
    "fatal: could not read Username for 'x': terminal prompts disabled": "lässt Sie nicht herein",
    "a@x: Permission denied (publickey).": "lässt Sie nicht herein",
    "fatal: unable to access 'x': The requested URL returned error: 403": "lässt Sie nicht herein",
    "ERROR: Repository not found.\nfatal: Could not read": "lässt Sie nicht herein",
    "remote: You are not allowed.\nfatal: Could not read": "lässt Sie nicht herein",
    "! x:x [remote rejected] (protected branch hook declined)": "eine Regel dort",
    "! x:x [rejected] (non-fast-forward)": "gibt es dort schon",
}


@pytest.mark.parametrize("said", SAID)
def test_usual_causes_are_known(
    form: Form, there: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """By what git says in its own language, whatever that of the machine is."""
    done = propose(form)
    asked = program.git_done

    def refused(root: Path, *words: str, **more: Any) -> CompletedProcess[bytes] | None:
        if "push" not in words:
            return asked(root, *words, **more)
        assert more["surroundings"]["LC_ALL"] == "C"
        return CompletedProcess(words, 128, b"", said.encode())

    monkeypatch.setattr(program, "git_done", refused)
    assert SAID[said] in form.post("send", {"branch": offered(done)[0]}).summary()


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
