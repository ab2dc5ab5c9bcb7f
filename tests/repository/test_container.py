"""The container: what its file says is true of this repository, and it runs without root."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.makefile import make_targets
from tests.support.project import REPOSITORY
from tests.support.servers import block

FILE = REPOSITORY / "Containerfile"


def instructions() -> list[tuple[str, str]]:
    """What the file orders, one after the other, lines that go on joined."""
    text = re.sub(r"^#.*\n", "", FILE.read_text("utf-8"), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def test_it_is_built_and_runs_without_root() -> None:
    """Both stages leave root before anything of the repository runs, and name whom they are."""
    stages: list[list[tuple[str, str]]] = []
    for name, value in instructions():
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, value))
    build, serve = stages
    names = [name for name, _ in build]
    assert names.index("USER") < names.index("COPY")
    assert "builder" in dict(build)["USER"]
    assert dict(serve)["USER"] == "101"
    assert int(dict(serve)["EXPOSE"]) > 1023
    assert not {"ADD", "ENV", "VOLUME"} & {name for name, _ in instructions()}


def test_images_have_a_name_with_host_and_version() -> None:
    """No image is looked for in several places or changes its kind, and SECURITY.md names each."""
    said = (REPOSITORY / "SECURITY.md").read_text("utf-8")
    images = [value.split()[0] for name, value in instructions() if name == "FROM"]
    assert len(images) == 2
    for image in images:
        host, _, rest = image.partition("/")
        assert "." in host
        assert not rest.endswith(":latest")
        assert ":" in rest
        assert f"`{rest.removeprefix('library/')}`" in said


def test_it_calls_make_and_copies_what_was_made() -> None:
    """The site is made as everywhere else; only it and the settings of nginx get into the image."""
    runs = [value for name, value in instructions() if name == "RUN"]
    called = [run.split() for run in runs if run.startswith("make ")]
    assert [words[1] in make_targets() for words in called] == [True]
    copied = [value for name, value in instructions() if name == "COPY" and "--from" in value]
    assert [value.split()[1].rpartition("/")[2] for value in copied] == ["nginx.conf", "site"]


@pytest.mark.parametrize("path", ["/", "/strategie/", "/digital/plan/"])
def test_nginx_gets_the_settings_of_the_handbook(tmp_path: Path, path: str) -> None:
    """What the file makes of the handbook differs from it in port and path alone."""
    (run,) = [value for name, value in instructions() if name == "RUN" and "nginx.conf" in value]
    (tmp_path / "build").mkdir()
    (tmp_path / "docs").symlink_to(REPOSITORY / "docs")
    subprocess.run(["sh", "-c", run], cwd=tmp_path, check=True, env={"SITE_PATH": path})
    made = (tmp_path / "build/nginx.conf").read_text("utf-8").splitlines()
    told = block("nginx").replace("    listen [::]:80;\n", "").splitlines()
    assert len(made) == len(told)
    differ = {line.strip() for line in set(made) - set(told)}
    places = {"listen 8080;"} | ({f"error_page 404 {path}404.html;"} if path != "/" else set())
    assert differ == places


def test_what_is_made_anew_stays_out() -> None:
    """Neither environment nor former site nor what tells passwords of git gets into the build."""
    left_out = (REPOSITORY / ".containerignore").read_text("utf-8").splitlines()
    assert {".venv", "build", "site", "dist", ".git/config"} <= set(left_out)
