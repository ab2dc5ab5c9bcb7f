"""Proposing what differs from the last commit: a branch with a commit of just these files.

No program runs but git, hooks of the folder neither, and nothing else in it is touched: what others
have changed there stays as it is, staged or not. What can be proposed is what git says; nothing is
remembered but, in git's settings, from which branch a proposal began and what of it was sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from textwrap import shorten

from klarplan.check.obstacles import BUILD
from klarplan.commands.candidate import candidate
from klarplan.commands.edit import Wording
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.prose import paragraphs_changed
from klarplan.comparison.rows import changed_rows
from klarplan.comparison.speech import LONGEST, Speech
from klarplan.comparison.state import State, read_state
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
_THERE = "remote:"
"""With this begins each line that git hands on from the other server."""
_STRANGER = re.compile(
    r"Authentication failed|Permission denied|could not read (?:Username|Password)"
    r"|Host key verification failed|returned error: 40[13]|^ERROR:",
    re.MULTILINE,
)
"""What git, ssh and what is behind it say where the other server does not let somebody in."""


FROM = "klarplanfrom"
"""The setting of a branch that says from which one it began."""
SENT = "klarplansent"
"""The setting of a branch that was proposed here: which of its commits was sent, if any."""
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
class Unsent:
    """A proposal that was made here and that the remote lacks, or has without its last commits."""

    branch: str
    subject: str
    """The first line of its last message."""
    remote: str
    """Where it can be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a proposal was not sent."""

    problem: Text
    cure: Text
    there: str
    """What the other server says; empty where it was not reached, or says nothing."""
    here: str
    """What git says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that was made."""

    branch: str
    message: str
    remote: str
    """Where it can be sent; empty where no other place is known."""
    sent: bool = False
    address: str = ""
    """Where the other server wants it to be asked for; empty where it says nothing."""
    refusal: Refusal | None = None
    """Why it was not sent, though that was asked for."""


def ready(root: Path, ours: Callable[[str], bool]) -> Ready:
    """What can be proposed: all that differs from the last commit in files that are ``ours``.

    Nothing is changed. Files that are gone and links are left to people. Raises ``KlarplanError``
    where git is missing, keeps nothing here, or is in the middle of something.
    """
    _refuse(root)
    here = changed(root)
    files = [n for n in here if ours(n) and (root / n).is_file() and not (root / n).is_symlink()]
    branch = _branch(root)
    digest = hashlib.sha256()
    for name in files:
        digest.update(f"{name}\0".encode() + hashlib.sha256((root / name).read_bytes()).digest())
    return Ready(
        files=files,
        others=[name for name in here if name not in files],
        remote=_remote(root),
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


def told(root: Path, files: Sequence[str], lang: Lang) -> tuple[Comparison, list[Wording]]:
    """What all that differs from the last commit in these files means, and texts in full."""
    shown = {root / name: git(root, "show", f"HEAD:./{name}") for name in files}
    before = {file: content for file, content in shown.items() if content is not None}
    with candidate(root, before) as copy:
        for file in shown.keys() - before.keys():
            (copy / file.relative_to(root)).unlink(missing_ok=True)
        old, new = read_state(copy, ""), read_state(root, "")
        comparison = compare(old, new, lang)
        return comparison, [
            *_wordings_of_rows(old, new, files, comparison),
            *_wordings_of_texts(old, new, files, comparison),
        ]


def _wordings_of_texts(
    old: State, new: State, files: Sequence[str], comparison: Comparison
) -> Iterator[Wording]:
    """The paragraphs in which texts differ; the first of each text has its title."""
    groups = [group for _, several in comparison.sections for group in several]
    names = {one.file: group.name for group in groups for one in group.told if one.file}
    for file in files:
        title = names.get(file, file)
        for both in paragraphs_changed(old.texts.get(file, ""), new.texts.get(file, "")):
            yield Wording(title, *both)
            title = ""


def _wordings_of_rows(
    old: State, new: State, files: Sequence[str], comparison: Comparison
) -> Iterator[Wording]:
    """Long cells that no sentence has in full."""
    say, sentences = Speech(comparison.lang), [one.text for one in comparison.told]
    for name, schema in new.descriptor.tables.items():
        if f"data/{schema.path}" not in files or name in (*old.unread, *new.unread):
            continue
        for change in changed_rows(old, new, name):
            if change.went:
                continue
            row = say.thing(new, name, change.row["id"]) if change.row.get("id") else ""
            for column in change.columns:
                both = change.before.get(column, ""), change.after.get(column, "")
                title = f"{row or say.table(schema, name)}: {say.column(schema, column)}"
                one = Wording(title, *both)
                if max(map(len, both)) > LONGEST and not one.is_told(sentences):
                    yield one


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


def unsent(root: Path) -> list[Unsent]:
    """The proposals made here of which the remote lacks something, as far as git knows.

    Nobody is asked for it over the net. What was taken over there is lacking no more.
    """
    if not (remote := _remote(root)):
        return []
    asked = "--format=%(refname:lstrip=2)%00%(objectname)%00%(contents:subject)"
    folders = [f"refs/heads/{folder}/" for folder in BRANCHES]
    found = []
    for line in (git(root, "for-each-ref", asked, *folders) or b"").splitlines():
        branch, commit, subject = line.decode("utf-8", "replace").split("\0")
        came, sent = (git(root, "config", "--get", f"branch.{branch}.{n}") for n in (FROM, SENT))
        if (came is None and sent is None) or (sent or b"").decode().strip() == commit:
            continue
        if git(root, "rev-list", "--max-count=1", commit, "--not", f"--remotes={remote}"):
            found.append(Unsent(branch=branch, subject=subject, remote=remote))
    return found


def send_later(root: Path, branch: str) -> Proposed:
    """Send a proposal that is not sent yet; ``KlarplanError`` where the branch is none."""
    if branch not in (one.branch for one in unsent(root)):
        raise KlarplanError(_SENT)
    text = _said(git_done(root, "log", "-1", "--format=%B", f"refs/heads/{branch}"))
    return _sent(root, _remote(root), branch, text)


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


def _remote(root: Path) -> str:
    """Where proposals can be sent; empty where no other place is known."""
    remotes = (git(root, "remote") or b"").decode().split()
    return "origin" if "origin" in remotes else next(iter(remotes), "")


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
    comparison, _ = told(root, at.files, lang)
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
    _said(git_done(root, "config", f"branch.{branch}.{SENT}", ""))
    if not send or not at.remote:
        return Proposed(branch=branch, message=text, remote=at.remote)
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
    """Send a proposal. What git says is asked for in its own words, by which causes are known."""
    commit = (git(root, "rev-parse", f"refs/heads/{branch}") or b"").decode().strip()
    done = git_done(
        root,
        *_WITHOUT_HOOKS,
        *("push", "--porcelain", "--set-upstream", remote),
        f"refs/heads/{branch}:refs/heads/{branch}",
        surroundings={"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        seconds=PUSHING,
    )
    lines = (done.stderr if done else b"").decode("utf-8", "replace").splitlines()
    there = "\n".join(n.removeprefix(_THERE).strip() for n in lines if n.startswith(_THERE))
    if done is not None and not done.returncode:
        git(root, "config", f"branch.{branch}.{SENT}", commit)
        found = _ADDRESS.search(there)
        address = found[0] if found else ""
        return Proposed(branch=branch, message=text, remote=remote, sent=True, address=address)
    stands = (done.stdout if done else b"").decode("utf-8", "replace").splitlines()
    here = [one.strip() for one in (*stands, *lines) if not one.startswith((_THERE, "To ", "Done"))]
    problem, cure = _why("\n".join(here), there, remote)
    refusal = Refusal(problem=problem, cure=cure, there=there.strip(), here="\n".join(here))
    return Proposed(branch=branch, message=text, remote=remote, refusal=refusal)


def _why(said: str, there: str, remote: str) -> tuple[Text, Text]:
    """Why git could not send, and what to do: by what it says of the branch, else of the way.

    Where the other side says anything, it was reached.
    """
    if "[remote rejected]" in said:
        return _FORBIDDEN
    if "[rejected]" in said:
        return _TAKEN
    if there.strip() or _STRANGER.search(said):
        return _UNKNOWN
    return _away(remote)


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
    said = git(root, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes") or b""
    # A remote may have a name of several words, too.
    taken, number, free = [f"{ref}/" for ref in said.decode().split()], 1, name
    while any(f"/{free}/" in ref for ref in taken):
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
_SENT = Text(
    "Diesen Vorschlag gibt es hier nicht, oder er ist schon gesendet.",
    "There is no such proposal here, or it is sent already.",
)
_FORBIDDEN = (
    Text(
        "Die Gegenstelle nimmt den Vorschlag nicht an: Sie dürfen dort keinen solchen Zweig "
        "anlegen oder ändern, oder eine Regel dort lehnt ihn ab.",
        "The other side does not take the proposal: you may not make or change such a branch "
        "there, or a rule there refuses it.",
    ),
    Text(
        "Bitten Sie die Stelle, die die Ablage der Strategie betreut, um das Recht, Zweige "
        "anzulegen, oder zeigen Sie ihr, was unten steht. Danach senden Sie noch einmal.",
        "Ask whoever looks after the repository of the strategy for the right to make branches, or "
        "show them what stands below. Then send it once more.",
    ),
)
_TAKEN = (
    Text(
        "Einen Zweig mit diesem Namen gibt es dort schon, mit Änderungen, die hier fehlen.",
        "There is a branch of this name there already, with changes that are missing here.",
    ),
    Text(
        "Überschrieben wird er nicht. Ist es derselbe Vorschlag, holen Sie ihn auf der "
        "Befehlszeile mit „git pull“ und senden dann noch einmal. Ist es ein anderer, geben Sie "
        "Ihrem mit „git branch -m“ einen neuen Namen.",
        "It is not written over. If it is the same proposal, fetch it on the command line with "
        "“git pull”, then send once more. If it is another one, give yours a new name with "
        "“git branch -m”.",
    ),
)
_UNKNOWN = (
    Text(
        "Die Gegenstelle lässt Sie nicht herein: Die Anmeldung fehlt oder gilt nicht mehr, oder "
        "Sie haben dort kein Recht zu schreiben.",
        "The other side does not let you in: you are not signed in, or no longer, or you have no "
        "right to write there.",
    ),
    Text(
        "Rufen Sie auf der Befehlszeile einmal „git push“ auf: Dort fragt git nach der Anmeldung. "
        "Hilft das nicht, bitten Sie die Stelle, die die Ablage betreut, um das Recht zu "
        "schreiben. Danach senden Sie noch einmal.",
        "Call “git push” on the command line once: there git asks you to sign in. If that does not "
        "help, ask whoever looks after the repository for the right to write. Then send it once "
        "more.",
    ),
)


def _away(remote: str) -> tuple[Text, Text]:
    return (
        Text(
            "Die Gegenstelle ist nicht zu erreichen, oder unter ihrer Adresse gibt es nichts.",
            "The other side can't be reached, or there is nothing at its address.",
        ),
        Text(
            "Prüfen Sie die Verbindung zum Netz, auch ein VPN, und senden Sie später noch einmal. "
            f"Bleibt es dabei, stimmt vielleicht die Adresse nicht: „git remote get-url {remote}“ "
            "nennt sie.",
            "Look whether you are connected, also to a VPN, and send it once more later. If that "
            f"does not help, the address may be wrong: “git remote get-url {remote}” tells it.",
        ),
    )


_NOTHING_TOLD = Text("Angaben der Strategie geändert", "Facts of the strategy changed")
