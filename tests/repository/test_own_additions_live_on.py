"""All additions of the handbook outlive two updates with real git, and are seen after each."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest

from tests.support import own
from tests.support.additions import SHADOWED, add, examples, first_line
from tests.support.git import git
from tests.support.life import done, fork_of, release, run, upstream
from tests.support.versions import commit

pytestmark = pytest.mark.long

MINE = f"local/{SHADOWED}"
FOOTER = "overrides/partials/klarplan-footer.html"
RULE = "EIGEN-1"


def text(fork: Path, name: str) -> str:
    """A file of the built site."""
    return unescape((fork / "site" / name).read_text("utf-8"))


def letterhead(fork: Path) -> str:
    """The headers of the newest report as a Word document."""
    (report, *_) = sorted((fork / "site").glob("umsetzungsbericht-*.docx"), reverse=True)
    with zipfile.ZipFile(report) as archive:
        heads = [name for name in archive.namelist() if "header" in name and "rels" not in name]
        return "".join(archive.read(name).decode() for name in heads)


def warned(fork: Path) -> str:
    """What the check says of a twin town without a name, which is put right again."""
    path = fork / "data/twinnings.csv"
    before = path.read_bytes()
    path.write_bytes(before + b"P-9,\n")
    said = run(fork, "check").stdout
    path.write_bytes(before)
    return said


SEEN: Mapping[str, Callable[[Path], bool]] = {
    "column": lambda f: all(
        said in text(f, "massnahmen/m-001/index.html") for said in ("Zimmer im Rathaus", "R 12")
    ),
    "table": lambda f: "Saint-Étienne" in text(f, "daten/twinnings.csv"),
    "page": lambda f: "Gemeinsam geht es leichter" in text(f, "partner/index.html"),
    "menu": lambda f: "Unsere Partnerstädte" in text(f, "ziele/index.html"),
    "macro": lambda f: re.search(r"Oława</li>", text(f, "partner/index.html")) is not None,
    "template": lambda f: "Unser Stichtag" in text(f, "partner/index.html"),
    "theme": lambda f: "Unser Fuß" in text(f, "index.html"),
    "rule": lambda f: RULE in warned(f),
    "words": lambda f: "Wörterbuch" in text(f, "index.html"),
    "synonyms": lambda f: "Städtepartnerschaft" in text(f, "assets/synonyms.json"),
    "styles": lambda f: text(f, "assets/site.css").rstrip().endswith(examples()[-1][1].rstrip()),
    "letterhead": lambda f: "Rathaus Auental" in letterhead(f),
    "handbook": lambda f: "partner_towns(" in text(f, "handbuch/makros/index.html"),
    "handbook of rules": lambda f: RULE in text(f, "handbuch/regeln/index.html"),
}


def is_whole(fork: Path) -> None:
    """Assert that the fork builds, papers too, and shows every addition."""
    done(fork, "build")
    assert [name for name, seen in SEEN.items() if not seen(fork)] == []


def additions(fork: Path) -> dict[str, bytes]:
    """The files that the town has added, with what is in them."""
    listed = git(fork, "ls-files", "local", "data", "docs/partner.md", "strategy").splitlines()
    return {name: (fork / name).read_bytes() for name in listed}


def shadow(fork: Path, name: str, change: Callable[[str], str]) -> None:
    """Copy a template of Klarplan's, change it, and write the line that the check asks for."""
    place = f"local/{name}"
    own.put(fork, {place: change((fork / name).read_text("utf-8"))})
    line = first_line(run(fork, "check").stdout)
    own.put(fork, {place: f"{line}\n{(fork / place).read_text('utf-8')}"})
    assert "KP072" not in run(fork, "check").stdout


def test_additions_outlive_two_updates(tmp_path: Path) -> None:
    """By git and by ZIP file: not a letter is lost, and the site shows all of it each time."""
    klarplan = upstream(tmp_path / "upstream")
    fork = add(fork_of(klarplan, tmp_path / "fork"))
    page = fork / "docs/partner.md"
    page.write_text(page.read_text("utf-8") + "\nStand {{ as_of_date() }}.\n", "utf-8")
    shadow(fork, SHADOWED, lambda old: f"Unser Stichtag {old}")
    shadow(fork, FOOTER, lambda old: old.replace("<footer", "<p>Unser Fuß</p><footer", 1))
    commit(fork)
    done(fork, "check")
    is_whole(fork)
    before = additions(fork)

    # An update that changes one of the originals, a style sheet, and words.
    edits = {
        SHADOWED: ("", "{# neu #}\n"),
        "overrides/assets/print.css": ("", "/* neu */\n"),
        "klarplan/words/de/site.yml": ("", "# neu\n"),
    }
    release(klarplan, "1.1.0", edits)
    said = done(fork, "update", "--from", str(klarplan))
    assert f"„{MINE}“ ersetzt eine Vorlage" in said
    assert FOOTER not in said
    git(fork, "merge", "--quiet", "klarplan-update-v1.1.0")
    assert additions(fork) == before
    is_whole(fork)
    told = run(fork, "check").stdout
    assert told.count("KP072") == 1
    old = (fork / MINE).read_text("utf-8").partition("\n")[2]
    own.put(fork, {MINE: f"{first_line(told)}\n{old}"})
    assert "KP072" not in run(fork, "check").stdout
    before = additions(commit(fork))

    # Another one, by ZIP file.
    release(klarplan, "1.2.0", {"macros/start.py": ("", "# neu\n")})
    packed = tmp_path / "klarplan-1.2.0.zip"
    prefix = "--prefix=klarplan-1.2.0/"
    git(klarplan, "archive", "--format=zip", prefix, f"--output={packed}", "klarplan-v1.2.0")
    said = done(fork, "update", "--from", str(packed))
    assert "ersetzt eine Vorlage" not in said
    git(fork, "merge", "--quiet", "klarplan-update-v1.2.0")
    assert additions(fork) == before
    is_whole(fork)


def test_an_update_that_own_macros_do_not_survive_changes_nothing(tmp_path: Path) -> None:
    """Where a name is gone that they use, file and line are told, and no branch appears."""
    klarplan = upstream(tmp_path / "upstream")
    fork = commit(add(fork_of(klarplan, tmp_path / "fork")))
    edits = {"macros/registry.py": ("def macro(", "def makro(")}
    path = klarplan / "macros"
    for file in sorted(path.glob("*.py")):
        old = file.read_text("utf-8")
        new = re.sub(
            r"(?m)^@macro$", "@makro", re.sub(r"(import [^\n(]*)\bmacro\b", r"\1makro", old)
        )
        new = re.sub(r"(?m)^    macro,$", "    makro,", new)
        file.write_text(new, "utf-8")
    release(klarplan, "1.1.0", edits)
    failed = run(fork, "update", "--from", str(klarplan))
    said = " ".join((failed.stdout + failed.stderr).split())
    assert failed.returncode == 1
    assert "local/macros.py" in said
    assert "KP070" in said
    assert "cannot import name 'macro'" in said
    assert "Traceback" not in said
    assert git(fork, "branch", "--list", "klarplan-update*") == ""
