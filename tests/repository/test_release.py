"""What a release is made of, when it is made, and that forks can take it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from klarplan.check.run import check
from klarplan.ownership import read_table
from klarplan.update.contents import hashes
from klarplan.update.plan import engines
from klarplan.update.source import read_version
from tests.support.git import committed, git
from tests.support.project import REPOSITORY
from tests.support.versions import version, write
from tests.tools import release

WORKFLOWS = REPOSITORY / ".github" / "workflows"


def triggers(name: str) -> Mapping[str, Any]:
    """What starts a workflow at GitHub."""
    read: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    found: Mapping[str, Any] = read[True]  # YAML 1.1 reads “on” as a truth value
    return found


def test_only_versions_of_the_strategy_are_published() -> None:
    """A strategy's own tags and main publish the site; a tag of the program never does."""
    assert triggers("publish.yml")["push"] == {"branches": ["main"], "tags": ["fassung-*"]}
    gitlab = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text("utf-8"))
    for rules in (gitlab["workflow"]["rules"], gitlab["pages"]["rules"]):
        tags = [rule["if"] for rule in rules if "CI_COMMIT_TAG" in rule["if"]]
        assert tags == ["$CI_COMMIT_TAG =~ /^fassung-/"]


def test_only_versions_of_the_program_are_released() -> None:
    """A tag of the program makes a release; nothing else does."""
    assert triggers("release.yml") == {"push": {"tags": ["klarplan-v*"]}}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as small as can be that is released from."""
    root = write(tmp_path / "project", version("1.2.0"))
    committed(root)
    monkeypatch.setattr(release, "REPOSITORY", root)
    return root


def test_what_is_not_committed_is_not_released(project: Path, tmp_path: Path) -> None:
    """A release is what git keeps."""
    (project / "Makefile").write_text("anders\n", "utf-8")
    with pytest.raises(release.NotReadyError, match="git commit"):
        release.main(tmp_path / "dist", branch=False)
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("klarplan-v1.3.0", "\n## 1.3.0\n", "nennt sich 1.2.0, der Tag heißt klarplan-v1.3.0"),
        ("klarplan-v1.2.0", "\n## Unveröffentlicht\n", "fehlt der Abschnitt „## 1.2.0“"),
    ],
)
def test_tag_and_version_and_changes_are_one(
    project: Path, tag: str, text: str, words: str
) -> None:
    """What is tagged calls itself so and says what is new in it."""
    (project / "CHANGELOG.md").write_text(f"# Änderungen\n{text}", "utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "Änderungen")
    git(project, "tag", tag)
    with pytest.raises(release.NotReadyError, match=re.escape(words)):
        release.released(project)


@pytest.mark.parametrize("tag", ["klarplan-v1.2.0", "fassung-2026", None])
def test_a_version_that_fits_is_released(project: Path, tag: str | None) -> None:
    """Its own tag, and none at all, is right; a strategy's own is no matter of it."""
    if tag:
        git(project, "tag", tag)
    assert release.released(project) == "1.2.0"


@pytest.mark.long
def test_a_release_is_the_same_each_time_and_can_be_taken(tmp_path: Path) -> None:
    """Made twice it is equal; its empty strategy is a version that knows all engine's files."""
    epoch = git(REPOSITORY, "log", "-1", "--format=%ct")
    files = release.made(tmp_path / "one", epoch)
    assert files == release.made(tmp_path / "other", epoch)
    assert [name.rpartition(".")[2] for name in files] == ["whl", "gz", "zip", "json", "SHA256SUMS"]

    (name,) = (name for name in files if name.endswith("vorlage.zip"))
    (tmp_path / name).write_bytes(files[name])
    taken = read_version(str(tmp_path / name))
    for path in engines(taken.files, read_table()):
        if not path.endswith("update/contents.txt"):
            assert hashes(taken.files[path].content) & taken.known[path], path
    with zipfile.ZipFile(tmp_path / name) as archive:
        archive.extractall(tmp_path / "fork")
    (root,) = (tmp_path / "fork").iterdir()
    told = check(root, dt.date(2026, 11, 21))
    assert not [f for f in told if f.severity == "error" or f.file.startswith("docs/handbuch/")]
    assert (root / "data/measures.csv").read_text("utf-8").count("\n") == 1
