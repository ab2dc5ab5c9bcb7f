"""The doctor says how a fork is, and what helps, without changing anything."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from klarplan import __version__
from klarplan.check.run import examine
from klarplan.commands.diagnosis import Diagnosis
from klarplan.commands.doctor import doctor
from tests.support.git import committed, git
from tests.support.klein import DAY, append, copied
from tests.support.project import klarplan
from tests.support.versions import version, write


def found(root: Path, subject: str, day: dt.date = DAY, **more: object) -> Diagnosis:
    """What is said of one thing."""
    told = doctor(root, day, may_ask=lambda host: host == "127.0.0.1", **more)  # type: ignore[arg-type]
    return next(one for one in told if one.subject.de.startswith(subject))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small strategy."""
    return copied(tmp_path)


def setting(root: Path, name: str, value: str) -> None:
    """Give a setting a value."""
    path = root / "strategy/strategy.yml"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{name}:")]
    path.write_text("\n".join([*kept, f"{name}: {value}", ""]), "utf-8")


class Site(BaseHTTPRequestHandler):
    """A site of Klarplan's as of a day, which its path names."""

    def do_GET(self) -> None:
        """Answer with a page that says its day, but for one that isn't Klarplan's."""
        day = self.path.strip("/")
        page = f'<p data-as-of="{day}">' if day[:1].isdigit() else "<p>Baustelle"
        self.send_response(404 if day == "weg" else 200)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A server with sites."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_everything_unwell_has_a_cure(root: Path) -> None:
    """Whatever is not in order, or was not looked at, says what helps, in two languages."""
    for one in doctor(root, DAY):
        assert one.told.de
        assert one.told.en
        if one.state != "well":
            assert one.cure.de
            assert one.cure.en


def test_the_version_is_named(root: Path) -> None:
    """Klarplan and Python are named."""
    assert f"Klarplan {__version__}, Python 3." in found(root, "Fassung").told.de


@pytest.mark.parametrize(
    ("lock", "state"),
    [
        ("jinja2==0.1 \\\n    --hash=sha256:00\n", "unwell"),
        ("gibt-es-nicht==1.0 \\\n    --hash=sha256:00\n", "well"),
        ('jinja2==0.1 ; sys_platform == "win32" \\\n    --hash=sha256:00\n', "well"),
    ],
    ids=["other version", "other system", "marker"],
)
def test_programs_that_are_not_those_of_the_lock(root: Path, lock: str, state: str) -> None:
    """A package in another version than the lock says is told, with how to set up again."""
    (root / "requirements.lock").write_text(lock, "utf-8")
    told = found(root, "Fassung")
    assert told.state == state
    assert ("make setup" in told.cure.de) is (state == "unwell")


@pytest.mark.parametrize(
    ("number", "state"), [("9.9.9", "unwell"), ("1.0.0", "well"), ("0.9.0", "well")]
)
def test_what_is_new(tmp_path: Path, number: str, state: str) -> None:
    """A newer version is told with the number of its changes, and how to read them."""
    root = write(tmp_path / "fork", {**version("1.0.0"), "data/x.csv": "id\n"})
    source = write(tmp_path / "source", version(number))
    committed(root)
    told = found(root, "Neues", source=str(source))
    assert told.state == state
    if state == "unwell":
        assert "Klarplan 9.9.9 ist da (Neuerungen: 3;" in told.told.de
        assert "--dry-run" in told.cure.de


def test_own_versions_beside_the_engine(root: Path) -> None:
    """What an update kept beside is told until somebody has looked at it."""
    assert not [o for o in doctor(root, DAY) if o.subject.de == "Eigene Fassungen"]
    append(root, "overrides/main.html.eigene", "unser\n")
    append(root, "macros/start.py.eigene-2", "unser\n")
    committed(root)
    told = found(root, "Eigene Fassungen")
    assert "macros/start.py.eigene-2, overrides/main.html.eigene" in told.told.de


@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("primary_colour", '"#ffff00"', "Kontrast"),
        ("contact_email", '""', "Rechtliche Seiten"),
        ("site_url", '"nirgends"', "Einstellungen"),
    ],
)
def test_settings_that_are_wrong(root: Path, name: str, value: str, subject: str) -> None:
    """Contrast, what the law asks for, and all else are told apart."""
    setting(root, name, value)
    assert found(root, subject).state == "unwell"


@pytest.mark.parametrize(("public", "state"), [("true", "well"), ("false", "unwell")])
def test_whether_it_is_public(root: Path, public: str, state: str) -> None:
    """A draft is told as one."""
    setting(root, "published", public)
    assert found(root, "Öffentlich").state == state


@pytest.mark.parametrize(
    ("address", "file", "days", "state", "words"),
    [
        ("", "", 0, "unknown", "nirgends"),
        ("https://github.com/stadt/plan.git", "", 0, "unwell", "publish.yml“ fehlt"),
        ("git@github.com:stadt/plan", ".github/workflows/publish.yml", 0, "well", "GitHub"),
        ("git@github.com:stadt/plan", ".github/workflows/publish.yml", 61, "unwell", "60 Tagen"),
        ("https://gitlab.opencode.de/stadt/plan.git", "", 0, "unwell", "gitlab-ci.yml“ fehlt"),
        ("https://gitlab.opencode.de/stadt/plan.git", ".gitlab-ci.yml", 61, "well", "GitLab"),
        ("git@git.kreis.example:plan.git", "", 0, "unknown", "sagt seine Adresse nicht"),
        ("https://github.evil.example/a/b", "", 0, "unknown", "sagt seine Adresse nicht"),
    ],
)
def test_workflows_of_the_host(  # noqa: PLR0917 - one case
    root: Path, address: str, file: str, days: int, state: str, words: str
) -> None:
    """Workflows are there, and GitHub has not switched off the nightly run."""
    if file:
        append(root, file, "name: Veröffentlichen\n")
    committed(root)
    if address:
        git(root, "remote", "add", "origin", address)
    day = dt.date.fromisoformat(git(root, "log", "-1", "--format=%cs")) + dt.timedelta(days=days)
    told = found(root, "Arbeitsabläufe", day)
    assert (told.state, words in told.told.de) == (state, True), told


@pytest.mark.parametrize(
    ("remote", "branch", "told", "cure"),
    [
        (
            "git@github.com:stadt/plan",
            "hauptzweig",
            "nur der Zweig „main“",
            "branch -m hauptzweig main",
        ),
        ("git@github.com:stadt/plan", "main", "letzter Commit", ""),
        ("git@gitlab.com:stadt/plan", "hauptzweig", "führt ins Leere", "ein: branch: hauptzweig"),
        ("git@gitlab.com:stadt/plan", "main", "letzter Commit", ""),
    ],
)
def test_a_main_branch_of_another_name(
    root: Path, remote: str, branch: str, told: str, cure: str
) -> None:
    """GitHub publishes one branch only; links to edit a page need its name on each host."""
    for name in (".github/workflows/publish.yml", ".gitlab-ci.yml"):
        append(root, name, "x: 1\n")
    committed(root)
    git(root, "remote", "add", "origin", remote)
    git(root, "update-ref", f"refs/remotes/origin/{branch}", "HEAD")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{branch}")
    said = found(root, "Arbeitsabläufe")
    assert told in said.told.de
    assert cure in said.cure.de
    assert bool(said.cure.de) is bool(cure)


def test_the_settings_tell_the_kind_of_a_host_of_ones_own(root: Path) -> None:
    """A GitLab of a district's own is known by the setting, as for the links to edit a page."""
    setting(root, "repository_host", "gitlab")
    committed(root)
    git(root, "remote", "add", "origin", "git@git.kreis.example:plan.git")
    told = found(root, "Arbeitsabläufe")
    assert (told.state, "gitlab-ci.yml“ fehlt" in told.told.de) == ("unwell", True), told


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (DAY.isoformat(), "well"),
        ((DAY - dt.timedelta(days=2)).isoformat(), "well"),
        ((DAY - dt.timedelta(days=3)).isoformat(), "unwell"),
        ("baustelle", "unwell"),
        ("weg", "unwell"),
    ],
)
def test_the_public_site_is_made_every_night(root: Path, host: str, page: str, state: str) -> None:
    """The date on the public site shows whether the nightly run is on."""
    setting(root, "site_url", f'"{host}/{page}/"')
    told = found(root, "Website", online=True)
    assert told.state == state
    assert ("Enable workflow" in told.cure.de) is (state == "unwell")


@pytest.mark.parametrize(
    ("kind", "told", "other"),
    [("github", "Enable workflow", "GitLab"), ("gitlab", "Pipeline schedules", "GitHub")],
)
def test_the_way_of_the_own_host_is_told(
    root: Path, host: str, kind: str, told: str, other: str
) -> None:
    """Whoever publishes on one host is not told how it is done on the other."""
    setting(root, "site_url", f'"{host}/baustelle/"')
    setting(root, "repository", '"https://git.kreis.example/stadt/plan"')
    setting(root, "repository_host", kind)
    cure = found(root, "Website", online=True).cure.de
    assert told in cure
    assert other not in cure


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://127.0.0.2:9/"])
def test_a_site_that_does_not_answer_is_not_called_another(root: Path, address: str) -> None:
    """Without an answer nobody knows what stands there: the connection may be missing."""
    setting(root, "site_url", f'"{address}"')
    told = found(root, "Website", online=True)
    assert told.state == "unwell"
    assert "kommt keine Seite" in told.told.de
    assert "im Browser" in told.cure.de


def test_warnings_are_counted_as_the_check_counts_them(root: Path) -> None:
    """What stops nothing is well, with its number and where it is told."""
    told = found(root, "Einstellungen")
    assert (told.state, told.told.de, told.cure.de) == ("well", "In Ordnung.", "")
    path = root / "data/responsibilities.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    told = found(root, "Einstellungen")
    counted = sum(f.severity == "warning" for f in examine(root, DAY).findings)
    assert counted
    assert told.told.de == f"Keine Fehler; Warnungen: {counted}."
    assert "klarplan check" in told.cure.de


def test_nothing_is_asked_without_being_told_so(root: Path, host: str) -> None:
    """Without --online no address is asked."""
    setting(root, "site_url", f'"{host}/weg/"')
    assert found(root, "Website").state == "unknown"


def test_the_command_says_it_in_lines(root: Path) -> None:
    """Each line has a sign and a cure below; the result is 1 where something is unwell."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    setting(root, "published", "false")
    done = klarplan("doctor", "--root", str(root), "--as-of", DAY.isoformat())
    assert done.returncode == 1
    assert "✗ Öffentlich: Nein, ein Entwurf.\n    → " in done.stdout
    assert before.keys() == {path for path in root.rglob("*") if path.is_file()}
