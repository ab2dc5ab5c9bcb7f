"""The program means the same on every system: encodings, line ends and processes are named."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.project import REPOSITORY

MODULES = sorted(p for name in ("klarplan", "macros") for p in (REPOSITORY / name).rglob("*.py"))


def calls(module: Path) -> Iterator[tuple[ast.Call, str, set[str]]]:
    """Each call of a module, the name of what is called, and the names of what it is given."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield node, name, {keyword.arg or "" for keyword in node.keywords}


def literal(node: ast.expr | None) -> object:
    """The value of a literal; nothing for whatever else."""
    return node.value if isinstance(node, ast.Constant) else None


def places(module: Path) -> Iterator[tuple[int, str]]:
    """Lines of a module in which what is read or written would depend on the machine."""
    for call, name, given in calls(module):
        first = call.args[0] if call.args else None
        if name == "write_text" and (
            "newline" not in given or not ("encoding" in given or len(call.args) > 1)
        ):
            yield call.lineno, name
        if name == "read_text" and not ("encoding" in given or call.args):
            yield call.lineno, name
        if name == "open" and isinstance(call.func, ast.Attribute):
            mode = str(literal(first) or "r")
            text = re.fullmatch(r"[rwax]\+?", mode) and isinstance(call.func.value, ast.Name)
            if text and call.func.value.id in ("path", "file", "FILE") and "encoding" not in given:  # type: ignore[attr-defined]
                yield call.lineno, name
        flags = {keyword.arg: literal(keyword.value) for keyword in call.keywords}
        if flags.get("text") is True and "encoding" not in given:
            yield call.lineno, "text=True"
        binary = "b" in str(literal(first) or "w+b")
        if name.endswith("TemporaryFile") and not binary and "encoding" not in given:
            yield call.lineno, name


@pytest.mark.parametrize("room", sorted({p.relative_to(REPOSITORY).parts[1] for p in MODULES}))
def test_texts_have_one_encoding_and_one_line_end(room: str) -> None:
    """No text is read or written in the machine's own code page or with its own line ends."""
    modules = [p for p in MODULES if p.relative_to(REPOSITORY).parts[1] == room]
    found = [(p.name, *place) for p in modules for place in places(p)]
    assert found == []


def test_the_search_for_them_finds_some(tmp_path: Path) -> None:
    """It would find each kind, and takes no other for one."""
    module = tmp_path / "x.py"
    module.write_text(
        "path.write_text(a, 'utf-8')\npath.write_text(a, newline='')\npath.read_text()\n"
        "path.open()\npath.open('a+')\nrun(a, text=True)\nTemporaryFile('w+')\n"
        "path.write_text(a, 'utf-8', newline='\\n')\npath.read_text('utf-8')\npath.open('rb')\n"
        "run(a, text=True, encoding='utf-8')\nTemporaryFile()\n",
        "utf-8",
    )
    assert [line for line, _ in places(module)] == [1, 2, 3, 4, 5, 6, 7]


def test_git_and_other_programs_are_looked_for_in_one_place() -> None:
    """No module finds programs by itself, nor lets the system look in the working folder."""
    for module in MODULES:
        text = module.read_text("utf-8")
        assert "shutil.which" not in text or module.name == "programs.py", module
        # That one runs by itself, without any other module, at GitHub and under Linux alone.
        alone = module.name == "issue_proposal.py"
        assert alone or not re.search(r"\[\s*\"git\", ", text), module


def test_folders_are_moved_and_removed_with_patience() -> None:
    """No module moves or removes a folder but by ``moves``, which asks Windows again."""
    found = [
        (module.name, call.lineno, name)
        for module in MODULES
        if module.name != "moves.py"
        for call, name, given in calls(module)
        if name in ("rmtree", "rename", "move")
        # That of a text takes two arguments, that of a path one.
        or (name == "replace" and len(call.args) == 1 and not given)
    ]
    assert found == []


def test_git_gives_everyone_the_same_line_ends() -> None:
    """Texts of the repository end their lines alike on each system, and none breaks the rule."""
    assert "* text=auto eol=lf\n" in (REPOSITORY / ".gitattributes").read_text("utf-8")
    listed = subprocess.run(
        ["git", "ls-files", "--eol"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    found = [line for line in listed.stdout.splitlines() if re.match(r"i/(crlf|mixed)", line)]
    assert found == []


def test_windows_runs_the_quick_tests() -> None:
    """GitHub runs on Windows what needs neither site nor browser, without a right but reading."""
    text = (REPOSITORY / ".github/workflows/windows.yml").read_text("utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    assert job["runs-on"].startswith("windows-")
    assert job["permissions"] == {"contents": "read"}
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make test-quick"]
