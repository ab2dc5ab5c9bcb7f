"""Which folders a build replaces, and which it leaves alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from klarplan.check.obstacles import TAG
from klarplan.commands.exchange import complete, exchange, recover
from klarplan.commands.targets import refuse_target
from klarplan.messages import KlarplanError
from tests.support.former import is_former, write_former
from tests.support.klein import copied
from tests.support.project import AS_OF, klarplan

INPUTS = ("data", "strategy", "docs", "overrides", "macros", "local", "klarplan", ".git", "build")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small strategy, with all folders that a fork may have."""
    root = copied(tmp_path / "haus")
    for name in INPUTS:
        (root / name).mkdir(exist_ok=True)
    return root


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder but those of ``build``."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "build" not in path.parts
    }


def refused(root: Path, *options: str, code: int = 2, cwd: Path | None = None) -> str:
    """What is said of a build that must not begin; nothing changes."""
    before = everything(root.parent)
    result = klarplan("build", "--root", str(root), "--as-of", AS_OF, *options, cwd=cwd)
    assert result.returncode == code, result.stderr
    assert "Prüfen" not in result.stdout
    assert "Traceback" not in result.stderr
    assert everything(root.parent) == before
    return result.stderr


@pytest.mark.parametrize(
    "target", [*INPUTS, ".", "..", "/", "data/neu", "docs/../data", "build/pages", "build/site"]
)
def test_inputs_are_no_target(root: Path, target: str) -> None:
    """Neither a folder that is read nor one that holds it can be replaced by a site."""
    assert "kann nicht das Ziel sein" in refused(root, "--output", str(root / target))


def test_home_is_no_target(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The home folder is never replaced, even an empty one."""
    home = tmp_path / "daheim"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert "kann nicht das Ziel sein" in refused(root, "--output", str(home))


def test_link_to_an_input_is_no_target(root: Path, tmp_path: Path) -> None:
    """A way around by a link leads to the same refusal."""
    (tmp_path / "weg").symlink_to(root / "data")
    refused(root, "--output", str(tmp_path / "weg"))


def test_foreign_folder_is_no_target(root: Path, tmp_path: Path) -> None:
    """A folder with files that Klarplan has not made is not replaced, and the cure is named."""
    (tmp_path / "fotos").mkdir()
    (tmp_path / "fotos/index.html").write_text("meins")
    said = refused(root, "--output", str(tmp_path / "fotos"))
    assert "nicht gemacht" in said
    assert "Löschen Sie es selbst" in said
    assert (tmp_path / "fotos/index.html").read_text() == "meins"


def test_working_copy_of_git_is_no_target(root: Path, tmp_path: Path) -> None:
    """A site that lies in a repository of its own would lose its history."""
    (write_former(tmp_path / "seiten") / ".git").write_text("gitdir: woanders")
    assert "nicht gemacht" in refused(root, "--output", str(tmp_path / "seiten"))


def test_usual_folder_is_no_exception(root: Path) -> None:
    """What somebody has put into ``site`` by hand stays; in English on request."""
    (root / "site").mkdir()
    (root / "site/notizen.txt").write_text("wichtig")
    assert "has not made" in refused(root, "--lang", "en", code=1)


@pytest.mark.parametrize("name", ["site", "build", "overrides", "macros", "local"])
def test_links_are_refused(root: Path, tmp_path: Path, name: str) -> None:
    """A link in the place of a folder that is written or run is refused, and not followed."""
    (tmp_path / "fremd").mkdir()
    (tmp_path / "fremd/datei.txt").write_text("fremd")
    shutil.rmtree(root / name, ignore_errors=True)
    (root / name).symlink_to(tmp_path / "fremd")
    assert "Verknüpfung" in refused(root, code=1)
    assert [p.name for p in (tmp_path / "fremd").iterdir()] == ["datei.txt"]


def test_link_of_the_settings_is_refused(root: Path, tmp_path: Path) -> None:
    """A link in the place of the site's settings is refused."""
    (root / "mkdocs.yml").symlink_to(tmp_path / "fremd.yml")
    assert "mkdocs.yml" in refused(root, code=1)


@pytest.mark.parametrize("place", ["pages", "site", "pages/daten", "papers"])
def test_links_below_build_are_refused(root: Path, tmp_path: Path, place: str) -> None:
    """A link that was committed below ``build`` empties and overwrites nothing."""
    (root / "build" / place).parent.mkdir(parents=True, exist_ok=True)
    (root / "build/mkdocs.yml").touch()
    (root / "build" / place).symlink_to(root / "data")
    assert f"build/{place}" in refused(root, code=1)


def test_file_is_no_target_and_the_next_build_works(root: Path) -> None:
    """A file named ``site`` is told before the work; once it is gone, the build works."""
    (root / "site").write_text("")
    assert "ist eine Datei" in refused(root, code=1)
    (root / "site").unlink()
    result = klarplan("build", "--root", str(root), "--as-of", AS_OF, "--no-pdf")
    assert result.returncode == 0, result.stderr
    assert (root / "build" / TAG).is_file()
    assert {p.stat().st_mode & 0o777 for p in (root / "site").rglob("*") if p.is_file()} == {0o644}


def test_foreign_build_is_left_alone(root: Path) -> None:
    """A folder ``build`` of another program is not worked in."""
    (root / "build/pages").mkdir()
    (root / "build/pages/roman.txt").write_text("Kapitel 1")
    assert "schon etwas anderes" in refused(root, code=1)
    assert (root / "build/pages/roman.txt").read_text() == "Kapitel 1"


def test_target_on_which_nothing_can_be_written_is_told(root: Path) -> None:
    """Where no folder can be put, that is told before the work; not that one is missing."""
    told = refused(root, "--output", "/proc/website", code=1)
    assert "Fehler: In „/proc“ lässt sich kein Ordner anlegen." in told


def test_sites_and_empty_folders_are_replaced(root: Path, tmp_path: Path) -> None:
    """A site of Klarplan's, an empty folder, and none at all are targets; also below ``build``."""
    (tmp_path / "leer").mkdir()
    write_former(tmp_path / "alt")
    for target in ("leer", "alt", "neu", "tief/unten/neu"):
        refuse_target(root, tmp_path / target, given=True)
    refuse_target(root, root / "build/preview", given=True)
    refuse_target(root, root / "public", given=True)


def made(folder: Path, text: str = "neu") -> Path:
    """A new site."""
    write_former(folder)
    (folder / "index.html").write_text(text)
    return folder


@pytest.mark.parametrize("at_once", [True, False])
def test_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool) -> None:
    """The new site is in the place of the former, and nothing else is left."""
    if not at_once:
        monkeypatch.setattr("klarplan.commands.exchange._swapped_at_once", lambda *_: False)
    write_former(tmp_path / "site")
    fresh = made(tmp_path / "fresh")
    exchange(fresh, tmp_path / "site", complete(fresh, ()))
    assert (tmp_path / "site/index.html").read_text() == "neu"
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208 - hidden ones too


def test_failed_exchange_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new site can't be put in its place, the former one is there again."""
    monkeypatch.setattr("klarplan.commands.exchange._swapped_at_once", lambda *_: False)
    site, fresh = write_former(tmp_path / "site"), made(tmp_path / "fresh")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self == fresh:
            raise PermissionError(13, "Permission denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(PermissionError):
        exchange(fresh, site, complete(fresh, ()))
    assert is_former(site)


def test_site_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    """What a killed exchange has set aside is the site again at the next build."""
    write_former(tmp_path / ".site.klarplan-alt")
    recover(tmp_path / "site")
    assert is_former(tmp_path / "site")


def test_incomplete_site_is_not_published(tmp_path: Path) -> None:
    """A site that lacks a page, or changes after it was made, is not put in place."""
    site, fresh = write_former(tmp_path / "site"), made(tmp_path / "fresh")
    with pytest.raises(KlarplanError, match=r"ziele/index\.html"):
        complete(fresh, ["ziele/index.html"])
    listed = complete(fresh, ())
    (fresh / "index.html").unlink()
    with pytest.raises(KlarplanError, match=r"index\.html"):
        exchange(fresh, site, listed)
    assert is_former(site)


def test_rights_do_not_depend_on_the_builder(tmp_path: Path) -> None:
    """Everyone may read the site, whatever rights the builder gives to new files."""
    former = os.umask(0o077)
    try:
        fresh = made(tmp_path / "fresh")
        exchange(fresh, tmp_path / "site", complete(fresh, ()))
    finally:
        os.umask(former)
    places = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    assert {(p.is_dir(), oct(p.stat().st_mode & 0o777)) for p in places} == {
        (True, "0o755"),
        (False, "0o644"),
    }


def test_git_ignores_what_builds_make(tmp_path: Path) -> None:
    """Folders and links named ``build`` and ``site`` are never committed by accident."""
    shutil.copy(Path(__file__).resolve().parents[2] / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "build").symlink_to(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a").touch()
    status = ["git", "-C", tmp_path, "status", "--porcelain"]
    said = subprocess.run(status, check=True, capture_output=True, text=True).stdout
    assert said.split() == ["??", ".gitignore"]


@pytest.mark.parametrize("target", ["data", "docs", "strategy/neu"])
def test_report_is_not_written_into_inputs(root: Path, target: str) -> None:
    """A report is not put where the next build would read it."""
    result = klarplan("report", "--root", str(root), "--output", str(root / target))
    assert result.returncode == 2
    assert "kann nicht das Ziel sein" in result.stderr
