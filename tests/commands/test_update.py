"""An update replaces the engine, loses no word of the town, and leaves the folder as it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.git import git
from tests.support.own import put
from tests.support.project import klarplan, run_klarplan
from tests.support.versions import (
    TOWN,
    Upstream,
    archive,
    commit,
    fork_of,
    state,
    version,
    write,
)

BRANCH = "klarplan-update-v1.1.0"


@pytest.fixture
def upstream(tmp_path: Path) -> Upstream:
    """Klarplan's repository with its first version."""
    made = Upstream(tmp_path / "upstream")
    made.release("1.0.0")
    return made


@pytest.fixture
def fork(upstream: Upstream, tmp_path: Path) -> Path:
    """A fork of the first version."""
    return fork_of(upstream.folder, tmp_path / "fork")


def update(fork: Path, source: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Call the command."""
    return klarplan("update", "--root", str(fork), "--from", str(source), *more)


def at(fork: Path, name: str, branch: str = BRANCH) -> str | None:
    """A file on the branch of the update; ``None`` where it is gone."""
    try:
        return git(fork, "show", f"{branch}:{name}")
    except subprocess.CalledProcessError:
        return None


def test_an_update_is_one_commit_on_a_branch(fork: Path, upstream: Upstream) -> None:
    """The branch has one commit more, and nothing else in the fork is other than before."""
    upstream.release("1.1.0", {"macros/start.py": "neu\n", "macros/more.py": "dazu\n"})
    before = state(fork)

    done = update(fork, upstream.folder)

    assert done.returncode == 0, done.stderr
    assert BRANCH in done.stdout
    assert git(fork, "rev-list", "--count", f"HEAD..{BRANCH}") == "1"
    assert git(fork, "rev-parse", f"{BRANCH}~1") == before[0]
    after = state(fork)
    assert (after[0], after[2], after[3]) == (before[0], before[2], before[3])
    assert at(fork, "macros/start.py") == "neu"
    assert at(fork, "macros/more.py") == "dazu"


def test_what_the_town_wrote_stays(fork: Path, upstream: Upstream) -> None:
    """Texts, tables and own additions are as before, but for what the new program migrates."""
    files = dict.fromkeys(TOWN, "Upstream\n")
    upstream.release("1.1.0", {**files, "macros/start.py": "neu\n"})

    assert update(fork, upstream.folder).returncode == 0

    for name, text in TOWN.items():
        migrated = "M-2,umgestellt\n" if name == "data/measures.csv" else ""
        assert at(fork, name) == (text + migrated).strip()


@pytest.mark.parametrize("kind", ["repository", "zip"])
def test_a_changed_file_of_the_engine_is_kept_beside(
    fork: Path, upstream: Upstream, tmp_path: Path, kind: str
) -> None:
    """The town's version of a template stays as NAME.eigene and is named, in text and commit."""
    upstream.release("1.1.0", {"overrides/main.html": "<main class='neu'>\n"})
    (fork / "overrides/main.html").write_text("<main id='unser'>\n", "utf-8")
    commit(fork)
    source = upstream.folder
    if kind == "zip":
        source = archive(tmp_path / "v.zip", version("1.1.0", {"overrides/main.html": "neu\n"}))

    done = update(fork, source)

    assert "„overrides/main.html.eigene“" in done.stdout
    assert at(fork, "overrides/main.html.eigene") == "<main id='unser'>"
    assert "neu" in (at(fork, "overrides/main.html") or "")
    message = git(fork, "log", "-1", "--format=%B", BRANCH)
    assert "- overrides/main.html → overrides/main.html.eigene" in message


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_template_of_the_town_whose_original_changes_is_named(
    fork: Path, upstream: Upstream, dry: tuple[str, ...]
) -> None:
    """Only those in ``local/overrides`` that this version concerns, in text and commit."""
    upstream.release("1.1.0", {"overrides/main.html": "<main class='neu'>\n"})
    own = {"main.html": "unser\n", "404.html": "unser\n", "macros/grüße.html": "unser\n"}
    put(fork, {f"local/overrides/{name}": text for name, text in own.items()})
    commit(fork)

    done = update(fork, upstream.folder, *dry)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("local/overrides/") == 1
    assert "„local/overrides/main.html“ ersetzt eine Vorlage" in done.stdout
    if not dry:
        assert at(fork, "local/overrides/main.html") == "unser"
        message = git(fork, "log", "-1", "--format=%B", BRANCH)
        assert "Eigene Vorlagen nachsehen:\n- local/overrides/main.html" in message


def test_an_unchanged_file_is_known_without_shared_history(
    upstream: Upstream, tmp_path: Path
) -> None:
    """A fork that began with a download knows from upstream's history what it has not changed."""
    fork = tmp_path / "fork"
    write(fork, {**version("1.0.0"), **TOWN})
    git(fork, "init", "--quiet", "--initial-branch", "main")
    for name in ("user.name", "user.email"):
        git(fork, "config", name, "amt@example.org")
    commit(fork)
    upstream.release("1.1.0", {"overrides/main.html": "neu\n", "macros/start.py": None})

    done = update(fork, upstream.folder)

    assert ".eigene" not in done.stdout
    assert at(fork, "overrides/main.html") == "neu"
    assert at(fork, "macros/start.py") is None


def test_what_an_update_brought_is_known_to_the_next(
    fork: Path, upstream: Upstream, tmp_path: Path
) -> None:
    """After an update by git, one by ZIP file knows which files the town has changed since."""
    upstream.release("1.1.0", {"overrides/main.html": "neu\n", "macros/more.py": "dazu\n"})
    assert update(fork, upstream.folder).returncode == 0
    git(fork, "merge", "--quiet", BRANCH)
    (fork / "macros/start.py").write_text("unser\n", "utf-8")
    commit(fork)
    files = version("1.2.0", {"overrides/main.html": "neuer\n", "macros/start.py": "neuer\n"})

    done = update(fork, archive(tmp_path / "v.zip", files))

    assert done.stdout.count(".eigene") == 1
    branch = "klarplan-update-v1.2.0"
    assert at(fork, "macros/start.py.eigene", branch) == "unser"
    assert at(fork, "macros/more.py", branch) is None


SAMPLE = "municipality: Stadt Musterstadt\nkey: '09999999'\n"
"""Settings of the sample."""


@pytest.mark.parametrize("kind", ["zip", "folder"])
@pytest.mark.parametrize("below", ["", "plan"])
def test_a_download_without_a_list_asks_the_forks_own_history(
    tmp_path: Path, kind: str, below: str
) -> None:
    """What was there before the strategy became the town's own is no change of the town's; what
    it changed since is kept beside."""
    top = write(tmp_path / "fork", {})
    fork = top / below
    write(fork, {**version("1.0.0", {"macros/old.py": "alt\n"}), "strategy/strategy.yml": SAMPLE})
    git(top, "init", "--quiet", "--initial-branch", "hauptzweig")
    for name in ("user.name", "user.email"):
        git(top, "config", name, "amt@example.org")
    commit(top)
    put(fork, {**TOWN, "strategy/strategy.yml": "municipality: Amt Süd\nkey: '010545439'\n"})
    commit(top)
    (fork / "overrides/main.html").write_text("unser\n", "utf-8")
    commit(top)
    files = version("1.1.0", {"overrides/main.html": "neu\n", "macros/start.py": "neu\n"})
    source = tmp_path / "v.zip"
    source = archive(source, files) if kind == "zip" else write(tmp_path / "v", files)

    done = update(fork, source)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count(".eigene") == 1
    inside = f"{below}/" if below else ""
    assert at(top, f"{inside}overrides/main.html.eigene") == "unser"
    assert at(top, f"{inside}macros/start.py") == "neu"
    assert at(top, f"{inside}macros/old.py") is None


def test_what_was_kept_once_is_not_overwritten(fork: Path, upstream: Upstream) -> None:
    """A second change of the same file gets a name of its own."""
    for number, text in (("1.1.0", "unser"), ("1.2.0", "wieder unser")):
        upstream.release(number, {"overrides/main.html": number})
        (fork / "overrides/main.html").write_text(text, "utf-8")
        commit(fork)
        assert update(fork, upstream.folder).returncode == 0
        git(fork, "merge", "--quiet", f"klarplan-update-v{number}")
    kept = {p.name: p.read_text("utf-8") for p in (fork / "overrides").iterdir()}
    assert kept == {
        "main.html": "1.2.0",
        "main.html.eigene": "unser",
        "main.html.eigene-2": "wieder unser",
    }


def test_files_that_are_gone_upstream(fork: Path, upstream: Upstream) -> None:
    """Gone is what is unchanged; what the town changed is kept beside, what it added stays."""
    upstream.release("1.1.0", {"macros/start.py": None, "overrides/main.html": None})
    (fork / "overrides/main.html").write_text("unser\n", "utf-8")
    (fork / "overrides/own.html").write_text("dazu\n", "utf-8")
    commit(fork)

    done = update(fork, upstream.folder)

    assert at(fork, "macros/start.py") is None
    assert at(fork, "overrides/main.html") is None
    assert at(fork, "overrides/main.html.eigene") == "unser"
    assert at(fork, "overrides/own.html") == "dazu"
    assert "overrides/own.html" in done.stdout


def test_an_own_file_whose_name_upstream_takes_is_kept_beside(
    fork: Path, upstream: Upstream
) -> None:
    """Where a new file of the engine has the name of a town's own, both are there afterwards."""
    upstream.release("1.1.0", {"macros/places.py": "neu\n"})
    (fork / "macros/places.py").write_text("unser\n", "utf-8")
    commit(fork)
    assert "„macros/places.py.eigene“" in update(fork, upstream.folder).stdout
    assert at(fork, "macros/places.py") == "neu"
    assert at(fork, "macros/places.py.eigene") == "unser"


def test_a_strategy_below_the_top_of_its_repository(upstream: Upstream, tmp_path: Path) -> None:
    """A strategy in a folder of a larger repository is updated there, all else stays."""
    top = tmp_path / "top"
    write(top / "plan", {**version("1.0.0"), **TOWN})
    (top / "anderes.txt").write_text("anderes\n", "utf-8")
    git(top, "init", "--quiet", "--initial-branch", "main")
    for name in ("user.name", "user.email"):
        git(top, "config", name, "amt@example.org")
    commit(top)
    upstream.release("1.1.0", {"macros/start.py": "neu\n"})

    assert update(top / "plan", upstream.folder).returncode == 0

    assert at(top, "plan/macros/start.py") == "neu"
    assert at(top, "anderes.txt") == "anderes"
    assert at(top, "macros/start.py") is None


def test_windows_line_ends_are_no_change(fork: Path, upstream: Upstream) -> None:
    """A file that was only saved with other line ends is replaced."""
    upstream.release("1.1.0", {"overrides/main.html": "neu\n"})
    (fork / "overrides/main.html").write_bytes(b"<main>\r\n")
    commit(fork)
    assert ".eigene" not in update(fork, upstream.folder).stdout
    assert at(fork, "overrides/main.html") == "neu"


@pytest.mark.parametrize("step", ["migrate", "check", "build"])
def test_a_step_that_fails_changes_nothing(fork: Path, upstream: Upstream, step: str) -> None:
    """Whichever step of the new program fails: it is named with what it said, all is as before."""
    upstream.release("1.1.0", {f"klarplan/{step}-fails": ""})
    before = state(fork)

    done = update(fork, upstream.folder)

    assert done.returncode == 1
    assert "strategy/vision.md:3: Fehler" in done.stderr
    assert "Nichts ist geändert" in " ".join(done.stderr.split())
    assert state(fork) == before


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("step", [pytest.param("migrate", marks=pytest.mark.long), "build"])
def test_an_update_that_is_interrupted_changes_nothing(  # noqa: PLR0917 - one case
    fork: Path,
    upstream: Upstream,
    step: str,
    signal: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Interrupted, even by force, it leaves the fork as it was; the next try succeeds."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    upstream.release("1.1.0", {f"klarplan/{step}-{signal}": ""})
    before = state(fork)

    done = run_klarplan("update", "--root", str(fork), "--from", str(upstream.folder))

    assert done.returncode != 0
    after = state(fork)
    assert (after[0], after[1], after[3]) == (before[0], before[1], before[3])
    if signal == "SIGTERM":
        assert after == before
    upstream.release("1.1.1", {})
    assert update(fork, upstream.folder).returncode == 0
    assert git(fork, "worktree", "list").count("\n") == 0
    assert [*temporary.iterdir()] == []


@pytest.mark.long
def test_new_programs_are_set_up_from_the_new_lock(fork: Path, upstream: Upstream) -> None:
    """Where the lock changes, the new program runs in an environment of its own."""
    upstream.release("1.1.0", {"requirements.lock": "# nichts\n"})
    done = update(fork, upstream.folder)
    assert done.returncode == 0, done.stderr
    assert "migrate mit" in done.stdout
    assert "klarplan-update-" in done.stdout.split("migrate mit")[1]


@pytest.mark.long
def test_modules_in_the_strategy_are_not_run(
    fork: Path, upstream: Upstream, tmp_path: Path
) -> None:
    """Python files beside the strategy run neither with the new program nor with its set-up."""
    upstream.release("1.1.0", {"requirements.lock": "# nichts\n"})
    for module in ("json.py", "yaml.py", "venv.py", "pip/__main__.py"):
        (fork / module).parent.mkdir(exist_ok=True)
        text = f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(1)\n"
        (fork / module).write_text(text, "utf-8")
    commit(fork)
    done = update(fork, upstream.folder)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.long
def test_a_lock_that_cannot_be_installed_changes_nothing(fork: Path, upstream: Upstream) -> None:
    """A package without its hash is not installed, and the fork stays as it was."""
    upstream.release("1.1.0", {"requirements.lock": "klarplan-gibt-es-nicht==1.0\n"})
    before = state(fork)
    done = update(fork, upstream.folder)
    assert done.returncode == 1
    assert "Programme einrichten" in done.stderr
    assert state(fork) == before


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_dry_run_tells_what_it_brings_for_whom(fork: Path, upstream: Upstream, lang: str) -> None:
    """Editors, citizens and forks read what is new since their version; nothing is changed."""
    upstream.release("1.1.0", {"macros/start.py": "neu\n"})
    before = state(fork)

    done = update(fork, upstream.folder, "--dry-run", "--lang", lang)

    assert done.returncode == 0
    for heading in ("Für die Redaktion", "Für Bürgerinnen und Bürger", "Für Kommunen"):
        assert heading in done.stdout
    assert "  - Neu für die Redaktion in 1.1.0, auf zwei Zeilen." in done.stdout
    assert "1.0.0" not in done.stdout
    assert state(fork) == before


def test_nothing_to_do(fork: Path, upstream: Upstream) -> None:
    """The version that is there already makes no branch."""
    before = state(fork)
    done = update(fork, upstream.folder)
    assert "Nichts zu tun" in done.stdout
    assert state(fork) == before


def uncommitted(fork: Path) -> None:
    """Change a text without telling git."""
    (fork / "strategy/vision.md").write_text("anders\n", "utf-8")


def untracked(fork: Path) -> None:
    """Add a file that git does not know."""
    (fork / "strategy/neu.md").write_text("neu\n", "utf-8")


def branched(fork: Path) -> None:
    """Have a branch of the name that the update would take."""
    git(fork, "branch", BRANCH)


def linked(fork: Path) -> None:
    """Have a link in place of a folder of the engine."""
    (fork / "macros/start.py").unlink()
    (fork / "macros").rmdir()
    (fork / "macros").symlink_to("/tmp")
    commit(fork)


def newer(fork: Path) -> None:
    """Have a newer version than the one that is offered."""
    (fork / "klarplan/__init__.py").write_text('__version__ = "1.2.0"\n', "utf-8")
    commit(fork)


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (uncommitted, "git noch nicht kennt: strategy/vision.md"),
        (untracked, "git noch nicht kennt: strategy/neu.md"),
        (branched, f"Den Zweig „{BRANCH}“ gibt es schon"),
        (linked, "„macros“ ist eine Verknüpfung"),
        (newer, "älter als Ihre Fassung (1.2.0)"),
    ],
)
def test_what_an_update_refuses(fork: Path, upstream: Upstream, plant: object, words: str) -> None:
    """It begins only where nothing can be lost, and says what to do before."""
    upstream.release("1.1.0", {"macros/start.py": "neu\n"})
    assert callable(plant)
    plant(fork)
    before = state(fork)

    done = update(fork, upstream.folder)

    assert done.returncode in (1, 2)
    assert words in " ".join(done.stderr.split())
    assert state(fork) == before


def test_a_folder_without_git_is_told_how_to_begin(tmp_path: Path) -> None:
    """Without git there is nothing that could keep the former state."""
    fork = write(tmp_path / "fork", {**version("1.0.0"), **TOWN})
    source = write(tmp_path / "source", version("1.1.0"))
    done = update(fork, source)
    assert done.returncode == 2
    assert "git init" in done.stderr


def test_a_python_that_is_too_old_is_told(fork: Path, upstream: Upstream) -> None:
    """A version that needs a newer Python is refused before anything is done."""
    upstream.release("1.1.0", {"pyproject.toml": '[project]\nrequires-python = ">=3.99"\n'})
    done = update(fork, upstream.folder)
    assert done.returncode == 2
    assert "Python 3.99" in done.stderr


def test_hooks_of_the_fork_do_not_stop_it(fork: Path, upstream: Upstream) -> None:
    """What runs at each commit of an editor is not asked by an update."""
    upstream.release("1.1.0", {"macros/start.py": "neu\n"})
    hook = fork / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    assert update(fork, upstream.folder).returncode == 0
