"""Proposing what differs from the last commit: a branch with a commit of just these files.

No program runs but git, hooks of the folder neither, and nothing else in it is touched: what others
have changed there stays as it is, staged or not. What can be proposed is what git says; nothing is
remembered but, in git's settings, from which branch a proposal began.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from textwrap import shorten

from klarplan.check.obstacles import BUILD
from klarplan.commands.candidate import candidate
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from klarplan.letters import plain_letters
from klarplan.messages import KlarplanError, Lang, Text, first_of
from klarplan.processes import git, git_done
from klarplan.strategy.committed import is_kept, not_committed

BRANCHES = Text("vorschlag", "proposal")
"""The folder of branches that are proposals."""
SUBJECT = 72
"""So many letters has the first line of a message at most."""
SLUG = 40
"""So many letters of what a proposal is about its branch has at most, but for a long first word."""
WORD = 100
PUSHING = 120
"""Seconds that another server may take."""
UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
"""What lies in git's folder while somebody is in the middle of something."""
_WITHOUT_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
_ADDRESS = re.compile(r"https://[^\s'\"<>]+")


FROM = "klarplanfrom"
"""The setting of a branch that says from which one it began."""
USUAL = ("main", "master")
"""What the branch is called that people go back to where no setting says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The proposal that the folder is on, and the way back from it."""

    branch: str
    back: str
    """The branch to go back to; empty where none is known."""
    held: Sequence[str]
    """Files that would be lost on the way, since they are not proposed yet."""


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
    proposal: bool
    """Whether that is a proposal already, to which this one is added."""
    stand: str
    """What tells whether the files have changed since."""


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


def ready(root: Path, ours: Callable[[str], bool]) -> Ready:
    """What can be proposed: all that differs from the last commit in files that are ``ours``.

    Nothing is changed. Files that are gone and links are left to people. Raises ``KlarplanError``
    where git is missing, keeps nothing here, or is in the middle of something.
    """
    _refuse(root)
    here = changed(root)
    files = [n for n in here if ours(n) and (root / n).is_file() and not (root / n).is_symlink()]
    remotes = (git(root, "remote") or b"").decode().split()
    branch = _branch(root)
    digest = hashlib.sha256()
    for name in files:
        digest.update(f"{name}\0".encode() + hashlib.sha256((root / name).read_bytes()).digest())
    return Ready(
        files=files,
        others=[name for name in here if name not in files],
        remote="origin" if "origin" in remotes else next(iter(remotes), ""),
        branch=branch,
        proposal=_is_proposal(branch),
        stand=digest.hexdigest(),
    )


def changed(root: Path) -> list[str]:
    """The files below ``root`` that differ from the last commit, without those that are made.

    There are none where git can't be asked.
    """
    found = not_committed(root, "--untracked-files=all", paths=["."]) or []
    top = (git(root, "rev-parse", "--show-prefix") or b"").decode().strip()
    names = (name.removeprefix(top) for name in found)
    return [name for name in names if not name.startswith(f"{BUILD}/")]


def told(root: Path, files: Sequence[str], lang: Lang) -> Comparison:
    """What all that differs from the last commit in these files means."""
    shown = {root / name: git(root, "show", f"HEAD:./{name}") for name in files}
    before = {file: content for file, content in shown.items() if content is not None}
    with candidate(root, before) as copy:
        for file in shown.keys() - before.keys():
            (copy / file.relative_to(root)).unlink(missing_ok=True)
        return compare(read_state(copy, ""), read_state(root, ""), lang)


def way(root: Path) -> Way | None:
    """The way back from the proposal that the folder is on; nothing where it is on none."""
    branch = _branch(root)
    if not _is_proposal(branch):
        return None
    told = (git(root, "config", "--get", f"branch.{branch}.{FROM}") or b"").decode().strip()
    there = (
        name
        for name in (told, *USUAL)
        if name and git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}") is not None
    )
    back = next(there, "")
    if not back:
        return Way(branch=branch, back="", held=())
    differs = git(root, "diff", "--name-only", "--relative", "-z", "HEAD", f"refs/heads/{back}")
    names = {*(differs or b"").decode("utf-8", "replace").split("\0")}
    return Way(branch=branch, back=back, held=[name for name in changed(root) if name in names])


def go_back(root: Path) -> str:
    """Go back from a proposal to the branch from which it began, which is returned.

    What is not proposed yet comes along. Raises ``KlarplanError`` where it would be lost, and
    where the folder is on no proposal.
    """
    _refuse(root)
    found = way(root)
    if found is None or not found.back:
        raise KlarplanError(_NO_WAY)
    if found.held:
        names = first_of(found.held)
        raise KlarplanError(
            Text(f"Noch nicht vorgeschlagen ist: {names}.", f"Not proposed yet: {names}."),
            Text(
                "Schlagen Sie das zuerst vor; dann führt der Weg zurück.",
                "Propose that first; then the way leads back.",
            ),
        )
    _said(git_done(root, *_WITHOUT_HOOKS, "switch", "--quiet", "--no-guess", found.back))
    return found.back


def _branch(root: Path) -> str:
    """The branch that the folder is on; empty where it is on none."""
    said = git(root, "symbolic-ref", "--quiet", "--short", "HEAD") or b""
    return said.decode("utf-8", "replace").strip()


def _is_proposal(branch: str) -> bool:
    """Whether a branch is a proposal, made by a form in any language."""
    return branch.startswith(tuple(f"{folder}/" for folder in BRANCHES))


def message(comparison: Comparison) -> str:
    """What a commit says: the only sentence, or what it is about, then all that this leaves out."""
    groups = [group for _, several in comparison.sections for group in several]
    lines = [
        " ".join(f"{group.name}: {one.text}".split()) for group in groups for one in group.told
    ]
    if not lines:
        return _NOTHING_TOLD.in_(comparison.lang) + "\n"
    subject = lines[0] if len(lines) == 1 else " · ".join(_about(comparison))
    if len(subject) > SUBJECT:
        whole = shorten(subject, SUBJECT - 2, placeholder="", break_on_hyphens=False)
        subject = (whole or subject)[: SUBJECT - 2].rstrip() + " …"
    if lines == [subject]:
        return f"{subject}\n"
    return "\n".join([subject, "", *(f"- {line}" for line in lines)]) + "\n"


def _about(comparison: Comparison) -> list[str]:
    """The names of what has changed, each once."""
    groups = (group for _, several in comparison.sections for group in several)
    return [*dict.fromkeys(" ".join(group.name.split()) for group in groups if group.told)]


def propose(
    root: Path, ours: Callable[[str], bool], lang: Lang, today: dt.date, *, send: bool
) -> Proposed:
    """Make a branch with a commit of all that differs in files that are ``ours``, and go there.

    On a branch that is a proposal already, the commit is added to it. It is sent to the remote
    only where that is asked for. Raises ``KlarplanError`` as ``ready`` does, and where git refuses.
    """
    at = ready(root, ours)
    if not at.files:
        raise KlarplanError(_UNCHANGED)
    comparison = told(root, at.files, lang)
    text = message(comparison)
    parent = _said(git_done(root, "rev-parse", "HEAD"))
    commit = _commit(root, parent, at.files, text)
    branch = at.branch if at.proposal else _free(root, today, comparison)
    if at.proposal:
        _said(git_done(root, *_WITHOUT_HOOKS, "update-ref", "HEAD", commit, parent))
    else:
        _said(git_done(root, *_WITHOUT_HOOKS, "branch", "--no-track", branch, commit))
        if at.branch:
            _said(git_done(root, "config", f"branch.{branch}.{FROM}", at.branch))
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


def _free(root: Path, today: dt.date, comparison: Comparison) -> str:
    """The name of a branch that there is not yet: the day, and in whole words what it is about."""
    lang = comparison.lang
    about, *others = _about(comparison) or [_NOTHING_TOLD.in_(lang)]
    first, *rest = re.findall("[a-z0-9]+", plain_letters(about)) or [""]
    words = first[:WORD]
    for word in rest:
        if len(words) + len(word) >= SLUG:
            break
        words = f"{words}-{word}"
    more = _others(len(others)).in_(lang) if others else ""
    name = "-".join(filter(None, (f"{BRANCHES.in_(lang)}/{today.isoformat()}", words, more)))
    taken = (git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads") or b"").decode()
    names, number, free = taken.split(), 1, name
    while free in names:
        number += 1
        free = f"{name}-{number}"
    return free


def _others(number: int) -> Text:
    return Text(f"und-{number}-weitere", f"and-{number}-more")


def _said(done: CompletedProcess[bytes] | None) -> str:
    """What a command of git says; ``KlarplanError`` where it refuses."""
    if done is not None and not done.returncode:
        return done.stdout.decode("utf-8", "replace").strip()
    said = (done.stderr if done else b"").decode("utf-8", "replace")
    if "user.email" in said or "user.name" in said:
        raise KlarplanError(_NOBODY, _INTRODUCE)
    first = next((line for line in said.splitlines() if line.strip()), "git")
    raise KlarplanError(Text(f"Git lehnt ab: {first}", f"Git refuses: {first}"), _STILL_THERE)


def _refuse(root: Path) -> None:
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
_NO_WAY = Text(
    "Ihr Ordner steht auf keinem Vorschlag, von dem ein Weg zurück bekannt ist.",
    "Your folder is on no proposal from which a way back is known.",
)
_NOTHING_TOLD = Text("Angaben der Strategie geändert", "Facts of the strategy changed")
