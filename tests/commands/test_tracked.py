"""A folder ``build`` that came with the repository puts nothing onto the site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klarplan.check.obstacles import TAG
from klarplan.cli.preview import serve
from klarplan.commands.tracked import KEPT
from klarplan.commands.workplace import TOLD, workplace
from klarplan.look.typeface import FIRA, TYPEFACES
from klarplan.look.web_fonts import font_files
from klarplan.messages import KlarplanError
from tests.support.git import git
from tests.support.klein import copied
from tests.support.project import klarplan

FOREIGN = b"@import url(//x.example/a.css);"


def repository(folder: Path, within: str, file: str) -> Path:
    """A repository whose part ``within`` is a strategy with a committed file below ``build``."""
    (folder / within).mkdir(parents=True, exist_ok=True)
    root = copied(folder / within)
    (root / "build").mkdir()
    (root / "build" / TAG).write_text(TOLD, encoding="utf-8")
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_bytes(FOREIGN)
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    return root


@pytest.mark.parametrize(
    ("within", "file"),
    [
        ("", "build/fonts/0123456789ab-typeface.css"),
        ("teil/davon", "build/pictures/0123456789ab-vorschau.png"),
        ("", "build/pages/index.md"),
        ("", "build/preview/index.html"),
    ],
)
def test_a_committed_build_folder_is_refused(tmp_path: Path, within: str, file: str) -> None:
    """The build stops before its work and names the file and what to do."""
    root = repository(tmp_path, within, file)

    result = klarplan("build", "--root", str(root), "--no-pdf")

    assert result.returncode == 1
    assert "git rm -r -f build" in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert not (root / "site").exists()
    assert (root / file).read_bytes() == FOREIGN


def test_the_preview_shows_no_committed_one(tmp_path: Path) -> None:
    """A preview that came with the repository is not served either."""
    root = repository(tmp_path, "", "build/preview/index.html")

    with pytest.raises(KlarplanError):
        serve(root, "de", as_of=None, port=0, pdf=False)


@pytest.mark.parametrize(
    "broken", ["no git", pytest.param("broken repository", marks=pytest.mark.long)]
)
def test_where_git_cannot_be_asked_nothing_kept_is_used(
    tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files under the very names that Klarplan keeps are made anew, not published."""
    root = copied(tmp_path)
    fonts = root / "build/fonts"
    made = font_files(fonts, TYPEFACES[FIRA])
    for name in KEPT:
        (root / "build" / name).mkdir(exist_ok=True)
    for file in fonts.iterdir():
        file.write_bytes(FOREIGN)
    (root / "build" / TAG).write_text(TOLD, encoding="utf-8")
    if broken == "no git":
        git(root, "init", "-q")
        monkeypatch.setattr(shutil, "which", lambda _: None)
    else:
        (root / ".git").write_text("gitdir: /nirgends\n", encoding="utf-8")

    with workplace(root):
        assert font_files(fonts, TYPEFACES[FIRA]) == made


def test_what_an_own_build_kept_is_used_again(tmp_path: Path) -> None:
    """In a repository that leaves the folder out, fonts and pictures stay from build to build."""
    root = copied(tmp_path)
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    with workplace(root) as work:
        font_files(work / "fonts", TYPEFACES[FIRA])
        kept = {file: file.stat().st_mtime_ns for file in (work / "fonts").iterdir()}
    with workplace(root) as work:
        font_files(work / "fonts", TYPEFACES[FIRA])
        assert {file: file.stat().st_mtime_ns for file in (work / "fonts").iterdir()} == kept
