"""Proposing what was edited: a branch with a commit of just these files; no program runs but git.

Hooks of the folder are not run, and nothing else in it is touched: what others have changed there
stays as it is, staged or not.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from klarplan.check.obstacles import BUILD
from klarplan.commands.candidate import candidate
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from klarplan.messages import KlarplanError, Lang, Text, first_of
from klarplan.processes import git, git_done
from klarplan.strategy.committed import is_kept, not_committed

BRANCHES = Text("vorschlag", "proposal")
"""The folder of branches that are proposals."""
SUBJECT = 72
"""So many letters has the first line of a message at most."""
SLUG = 40
PUSHING = 120
"""Seconds that another server may take."""
UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
"""What lies in git's folder while somebody is in the middle of something."""
_WITHOUT_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
_ADDRESS = re.compile(r"https://[^\s'\"<>]+")


@dataclass(slots=True, kw_only=True)
class Edited:
    """A file that a form has changed."""

    before: bytes | None
    after: bytes
    apart: bool
    """Whether git had its state before, so that nothing else is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What can be proposed, and what is to be said before."""

    files: Sequence[str]
    """Those of the proposal, from the root."""
    others: Sequence[str]
    """Other files that somebody has changed; they stay out of it."""
    remote: str
    """Where it can be sent; empty where no other place is known."""
    branch: str
    """The branch that somebody is on; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that was made."""

    branch: str
    message: str
    sent: bool = False
    address: str = ""
    """Where the other server wants it to be asked for; empty where it says nothing."""
    refusal: str = ""
    """What the other server, or git, said to being sent."""


def ready(root: Path, edited: Mapping[Path, Edited]) -> Ready:
    """What can be proposed; nothing is changed.

    Raises ``KlarplanError`` where git is missing, keeps nothing here, or is in the middle of
    something, and where more was changed in these files than by the form.
    """
    _refuse(root, edited)
    names = [file.relative_to(root).as_posix() for file in edited]
    changed = not_committed(root, "--untracked-files=all", paths=["."]) or []
    top = (git(root, "rev-parse", "--show-prefix") or b"").decode().strip()
    here = [name.removeprefix(top) for name in changed]
    remotes = (git(root, "remote") or b"").decode().split()
    return Ready(
        files=[name for name in names if name in here],
        others=[n for n in here if n not in names and not n.startswith(f"{BUILD}/")],
        remote="origin" if "origin" in remotes else next(iter(remotes), ""),
        branch=(git(root, "symbolic-ref", "--quiet", "--short", "HEAD") or b"").decode().strip(),
    )


def told(root: Path, edited: Mapping[Path, Edited], lang: Lang) -> Comparison:
    """What all that was edited means."""
    before = {file: e.before for file, e in edited.items() if e.before is not None}
    with candidate(root, before) as copy:
        return compare(read_state(copy, ""), read_state(root, ""), lang)


def message(comparison: Comparison) -> str:
    """What a commit says: the first sentence, or how many things changed, then all of them."""
    groups = [group for _, several in comparison.sections for group in several]
    lines = [
        " ".join(f"{group.name}: {one.text}".split()) for group in groups for one in group.told
    ]
    if not lines:
        return _NOTHING_TOLD.in_(comparison.lang) + "\n"
    names = " · ".join(dict.fromkeys(" ".join(group.name.split()) for group in groups))
    subject = lines[0] if len(lines) == 1 else names
    if len(subject) > SUBJECT:
        subject = subject[: SUBJECT - 2].rstrip() + " …"
    return "\n".join([subject, "", *(f"- {line}" for line in lines)]) + "\n"


def propose(
    root: Path, edited: Mapping[Path, Edited], lang: Lang, today: dt.date, *, send: bool
) -> Proposed:
    """Make a branch with a commit of the edited files, which the folder is on then.

    On a branch that is a proposal already, the commit is added to it. It is sent to the remote
    only where that is asked for. Raises ``KlarplanError`` as ``ready`` does, and where git refuses.
    """
    at = ready(root, edited)
    if not at.files:
        raise KlarplanError(_UNCHANGED)
    text = message(told(root, edited, lang))
    parent = _said(git_done(root, "rev-parse", "HEAD"))
    commit = _commit(root, parent, at.files, text)
    goes_on = at.branch.startswith(f"{BRANCHES.in_(lang)}/")
    branch = at.branch if goes_on else _free(root, lang, today, text)
    if goes_on:
        _said(git_done(root, *_WITHOUT_HOOKS, "update-ref", "HEAD", commit, parent))
    else:
        _said(git_done(root, *_WITHOUT_HOOKS, "branch", "--no-track", branch, commit))
        _said(git_done(root, *_WITHOUT_HOOKS, "symbolic-ref", "HEAD", f"refs/heads/{branch}"))
    _said(git_done(root, *_WITHOUT_HOOKS, "reset", "--quiet", "--", *at.files))
    if not send or not at.remote:
        return Proposed(branch=branch, message=text)
    return _sent(root, at.remote, branch, text)


def _commit(root: Path, parent: str, files: Sequence[str], text: str) -> str:
    """A commit of these files alone; it is on no branch yet, and the index stays as it is."""
    with TemporaryDirectory(prefix="klarplan-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        _said(git_done(root, "read-tree", parent, surroundings=index))
        _said(git_done(root, "update-index", "--add", "--", *files, surroundings=index))
        tree = _said(git_done(root, "write-tree", surroundings=index))
    return _said(git_done(root, "commit-tree", tree, "-p", parent, given=text.encode()))


def _sent(root: Path, remote: str, branch: str, text: str) -> Proposed:
    done = git_done(
        root,
        *_WITHOUT_HOOKS,
        *("push", "--set-upstream", remote, f"refs/heads/{branch}:refs/heads/{branch}"),
        surroundings={"GIT_TERMINAL_PROMPT": "0"},
        seconds=PUSHING,
    )
    said = (done.stderr if done else b"").decode("utf-8", "replace").strip()
    if done is None or done.returncode:
        return Proposed(branch=branch, message=text, refusal=said or "git push")
    found = _ADDRESS.search(said)
    return Proposed(branch=branch, message=text, sent=True, address=found[0] if found else "")


def _free(root: Path, lang: Lang, today: dt.date, text: str) -> str:
    """The name of a branch that there is not yet: the day, and what it is about."""
    subject = text.partition("\n")[0].casefold().translate(_UMLAUTS)
    letters = unicodedata.normalize("NFKD", subject)
    words = re.sub("[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode())[:SLUG].strip("-")
    name = "-".join(filter(None, (f"{BRANCHES.in_(lang)}/{today.isoformat()}", words)))
    taken = (git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads") or b"").decode()
    names, number, free = taken.split(), 1, name
    while free in names:
        number += 1
        free = f"{name}-{number}"
    return free


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _said(done: CompletedProcess[bytes] | None) -> str:
    """What a command of git says; ``KlarplanError`` where it refuses."""
    if done is not None and not done.returncode:
        return done.stdout.decode("utf-8", "replace").strip()
    said = (done.stderr if done else b"").decode("utf-8", "replace")
    if "user.email" in said or "user.name" in said:
        raise KlarplanError(_NOBODY, _INTRODUCE)
    first = next((line for line in said.splitlines() if line.strip()), "git")
    raise KlarplanError(Text(f"Git lehnt ab: {first}", f"Git refuses: {first}"), _STILL_THERE)


def _refuse(root: Path, edited: Mapping[Path, Edited]) -> None:
    """Raise ``KlarplanError`` where no proposal can be made."""
    if git_done(root, "--version") is None:
        raise KlarplanError(_NO_GIT, _STILL_THERE)
    if not is_kept(root):
        raise KlarplanError(_NOT_KEPT, _STILL_THERE)
    if git(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise KlarplanError(_NO_COMMIT, _STILL_THERE)
    inner = (git(root, "rev-parse", "--absolute-git-dir") or b"").decode().strip()
    if any((Path(inner) / name).exists() for name in UNDER_WAY):
        raise KlarplanError(_BUSY, _STILL_THERE)
    mixed = [
        file.name
        for file, one in edited.items()
        if not one.apart or not file.is_file() or file.read_bytes() != one.after
    ]
    if mixed:
        raise KlarplanError(
            Text(
                f"Nicht nur aus diesem Formular geändert: {first_of(mixed)}.",
                f"Changed not by this form alone: {first_of(mixed)}.",
            ),
            Text(
                "Sichern Sie diese Dateien selbst in git. Ihre Änderungen stehen darin.",
                "Commit these files to git yourself. Your changes are in them.",
            ),
        )


_STILL_THERE = Text(
    "Ihre Änderungen stehen in den Dateien; nichts geht verloren. Wer die Strategie pflegt, kann "
    "sie von dort übernehmen.",
    "Your changes are in the files; nothing is lost. Whoever keeps the strategy can take them from "
    "there.",
)
_NO_GIT = Text("Auf diesem Rechner fehlt git.", "Git is missing on this machine.")
_NOT_KEPT = Text("Dieser Ordner wird nicht mit git geführt.", "This folder is not kept with git.")
_NO_COMMIT = Text(
    "In git ist hier noch kein Stand gesichert.", "Nothing is committed to git here yet."
)
_BUSY = Text(
    "Git ist hier mitten in einer anderen Arbeit (Zusammenführen oder Umsetzen).",
    "Git is in the middle of something else here (a merge or a rebase).",
)
_NOBODY = Text("Git weiß nicht, wer Sie sind.", "Git does not know who you are.")
_INTRODUCE = Text(
    "Nennen Sie sich einmal auf der Befehlszeile: git config --global user.name NAME und "
    "git config --global user.email ADRESSE.",
    "Tell it once on the command line: git config --global user.name NAME and "
    "git config --global user.email ADDRESS.",
)
_UNCHANGED = Text(
    "Es gibt nichts vorzuschlagen: Die Dateien sind, wie git sie kennt.",
    "There is nothing to propose: the files are as git knows them.",
)
_NOTHING_TOLD = Text("Angaben der Strategie geändert", "Facts of the strategy changed")
