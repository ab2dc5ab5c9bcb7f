"""Builds that can't succeed: what is said, and that the former site stays."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.former import is_former, write_former
from tests.support.klein import copied
from tests.support.project import AS_OF, klarplan


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A copy of the small strategy with a site from an earlier build."""
    root = copied(tmp_path)
    write_former(root / "site")
    return root


def run(
    root: Path, *options: str, before: Callable[[], None] | None = None, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Build a root in circumstances of the test's making."""
    environment = dict(os.environ)
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "klarplan",
            "build",
            "--root",
            str(root),
            "--as-of",
            AS_OF,
            *options,
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
        preexec_fn=before,
        timeout=600,
    )


def refused(root: Path) -> subprocess.CompletedProcess[str]:
    """Build a root that can't be built, in this process."""
    return klarplan("build", "--root", str(root), "--as-of", AS_OF)


def untouched(root: Path) -> bool:
    """Whether the former site is what it was."""
    return is_former(root / "site")


@pytest.mark.long
def test_full_disk_leaves_the_site(fork: Path) -> None:
    """When no file can be written any more, the build says so and the site stays."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    result = run(fork, before=no_room)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "Die Datei ist zu groß" in result.stderr
    assert untouched(fork)


def test_folder_in_the_way_is_told(fork: Path) -> None:
    """A file where a folder must be made is named, without a traceback."""
    (fork / "build").write_text("")
    result = refused(fork)
    assert result.returncode == 1
    assert "build" in result.stderr
    assert "Traceback" not in result.stderr
    assert untouched(fork)


def test_missing_folder_is_told(tmp_path: Path) -> None:
    """A root without data is a usage error that names the cure."""
    result = refused(tmp_path)
    assert result.returncode == 2
    assert "--root" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.long
def test_works_without_git(fork: Path) -> None:
    """Without git the build works; pages and PDF then name no commit."""
    result = run(fork, path="/nonexistent")
    assert result.returncode == 0, result.stderr
    assert (fork / "site/strategie.pdf").is_file()


def test_broken_site_settings_are_told(fork: Path) -> None:
    """A broken mkdocs.yml is told in the generator's words, without a traceback."""
    (fork / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    result = refused(fork)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert untouched(fork)


def test_wrong_use_is_told() -> None:
    """A wrong option or date ends with 2 and a word of help."""
    assert klarplan("build", "--as-of", "gestern").returncode == 2
    assert klarplan("build", "--farbe").returncode == 2
    assert klarplan("baue").returncode == 2
    assert klarplan("check", "--lang", "fr").returncode == 2


def test_english_on_request(tmp_path: Path) -> None:
    """Messages come in English with --lang en."""
    result = klarplan("build", "--root", str(tmp_path), "--lang", "en")
    assert result.returncode == 2
    assert "There is no folder" in result.stderr


@pytest.mark.long
def test_site_is_not_left_half_exchanged(fork: Path) -> None:
    """A fork copied while a build is kept has no trace of temporary folders in its site."""
    assert run(fork, "--no-pdf").returncode == 0
    assert not (fork / "build/site").exists()
    assert not (fork / "build/site-alt").exists()
    shutil.rmtree(fork / "build")
    assert (fork / "site/index.html").is_file()


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("{% if %}", ""),
        ("{{ gibt_es_nicht.wert }}", "gibt_es_nicht"),
        ('{{ say("at_a_glance.nirgends") }}', "klarplan/words/de"),
    ],
    ids=["syntax", "name", "sentence"],
)
def test_broken_template_of_a_fork_is_told(fork: Path, mistake: str, told: str) -> None:
    """A mistake in a template is told with file and line, without a traceback."""
    template = fork / "overrides/macros/at_a_glance.html"
    template.parent.mkdir(parents=True)
    template.write_text("<p>Auf einen Blick</p>\n" + mistake, "utf-8")
    result = refused(fork)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    said = re.sub(r"\s+", "", result.stderr)
    assert "overrides/macros/at_a_glance.html:2" in said
    assert told in said
    assert untouched(fork)
