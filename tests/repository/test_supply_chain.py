"""What is installed and run by others is pinned: packages by hash, actions by commit."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.makefile import make_targets
from tests.support.project import REPOSITORY
from tests.tools.sbom import bill

LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "tests/tools/tools.lock",
    "tests/tools/clients.lock",
]
WHEELS = LOCKS[:-1]
"""Those that are installed from wheels only. Some programs of others, which read our data in the
long run and touch nothing that is published, come as source."""
INSTALLED = {canonicalize_name(found.name) for found in distributions()}
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


def project() -> dict[str, Any]:
    """The table ``[project]`` of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return table


def locked(lock: str) -> dict[str, Requirement]:
    """The requirements of a lock file by name, with their hashes cut off."""
    text = (REPOSITORY / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash")[0] for line in text.splitlines()]
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def steps(workflow: Path) -> list[dict[str, Any]]:
    """All steps of all jobs of a workflow."""
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    """Each package of a lock file is pinned to one version and to the hashes of its files."""
    text = (REPOSITORY / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[\w.-]+==[\w.!+]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *$", line), (
            line
        )


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_names_a_server(lock: str) -> None:
    """Lock files work with every package index: no address, index or local path in them."""
    text = (REPOSITORY / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|index-url|find-links|trusted-host| @ |^-e|^/", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])],
)
def test_lock_files_are_in_step_with_the_project(lock: str, extras: list[str]) -> None:
    """Whatever pyproject.toml asks for is in the lock file, in a version that fits."""
    wanted = project()["dependencies"] + [
        line for extra in extras for line in project()["optional-dependencies"][extra]
    ]
    pinned = locked(lock)
    for requirement in map(Requirement, wanted):
        found = pinned[canonicalize_name(requirement.name)]
        (version,) = found.specifier
        assert requirement.specifier.contains(version.version), requirement.name


def test_development_uses_the_versions_that_are_published_with() -> None:
    """Tests run with exactly the packages that a municipality installs."""
    runtime, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: str(development.get(name)) for name in runtime} == {
        name: str(requirement) for name, requirement in runtime.items()
    }


def test_what_shapes_the_pdf_is_pinned_exactly() -> None:
    """Pandoc, Typst and the font decide what the PDF looks like: one version each."""
    pins = {
        Requirement(line).name: str(Requirement(line).specifier)
        for line in project()["dependencies"]
    }
    for name in ("pypandoc_binary", "typst", "fontpkg-source-sans-3"):
        assert re.fullmatch(r"==[\d.]+", pins[name])


def test_mkdocs_stays_below_version_2() -> None:
    """MkDocs 2 drops plugins, so only 1.x from 1.6 on may be installed."""
    (mkdocs,) = [line for line in project()["dependencies"] if Requirement(line).name == "mkdocs"]
    assert set(mkdocs.removeprefix("mkdocs").split(",")) == {">=1.6", "<2"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_with_the_version_beside(workflow: Path) -> None:
    """A moved tag of somebody's action can't change what runs here."""
    uses = [line for line in workflow.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert uses
    for line in uses:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_no_rights_but_those_a_job_names(workflow: Path) -> None:
    """No job inherits rights, and no checkout leaves a token behind."""
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert content["permissions"] == {}
    assert all("permissions" in job for job in content["jobs"].values())
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_only_make(workflow: Path) -> None:
    """What runs at GitHub is what anybody can run at home."""
    commands = [step["run"] for step in steps(workflow) if "run" in step]
    assert commands
    assert_only_make(commands)


def test_gitlab_runs_only_make() -> None:
    """What runs at openCode is what anybody can run at home."""
    jobs = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    commands = [line for job in jobs.values() if "script" in job for line in job["script"]]
    assert_only_make(commands)
    assert {"make gate", "make gate TARGET=test-long", "make site PACKED=1"} <= set(commands)


def test_ci_runs_all_tests() -> None:
    """The one script of the gate runs both parts of the tests, and fails where one of them does."""
    script = REPOSITORY / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    assert script.read_text(encoding="utf-8").splitlines()[-4:] == [
        "code=0",
        "make test || code=$?",
        "make test-long || code=$?",
        'exit "$code"',
    ]


def assert_only_make(commands: list[str]) -> None:
    """Each command is one call of an existing make target."""
    for command in commands:
        called = re.fullmatch(r"make ([a-z-]+)( [A-Z]+=[\w-]+)*", command.strip())
        assert called, command
        assert called[1] in make_targets(), command


def test_nothing_is_built_while_it_is_installed() -> None:
    """Locks are made and installed from wheels only: no package's own set-up runs here."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    installed = [line for line in makefile.splitlines() if "--require-hashes" in line]
    assert len(installed) == len(WHEELS)
    assert all("--only-binary :all:" in line for line in installed)
    assert " --no-build\n" in makefile


def test_what_is_built_of_a_proposal_is_named_untrusted() -> None:
    """Nobody takes the preview of a proposal for the site, and SECURITY.md knows its name."""
    gitlab = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    inputs = [step.get("with", {}) for workflow in WORKFLOWS for step in steps(workflow)]
    uploads = [given["name"] for given in inputs if "name" in given]
    names = {*uploads, gitlab["strategy"]["artifacts"]["name"]}
    assert names == {"vorschau-ungeprueft", "vorschlag-ungeprueft"}
    said = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in said for name in names)


def test_a_proposal_that_touches_the_program_is_warned_of() -> None:
    """Both hosts run the warning, and it never stops a proposal of texts."""
    commands = [step["run"] for w in WORKFLOWS for step in steps(w) if "run" in step]
    assert "make touched FORMAT=github" in commands
    gitlab = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["touched"]["script"] == ["make touched"]
    assert gitlab["touched"]["allow_failure"] is True


def test_what_has_no_digest_is_named() -> None:
    """SECURITY.md names every image that is known by its tag alone."""
    text = (REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8")
    images = re.findall(r"^\s*image: (\S+)$", text, re.MULTILINE)
    said = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    assert images
    assert [i for i in images if "@sha256:" not in i and f"`{i}`" not in said] == []


def test_the_bill_of_materials_lists_the_lock() -> None:
    """Every package is there with version, hashes and licence; equal locks give equal files."""
    text = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    made = bill(text)
    assert made == bill(text)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    listed = {part["name"]: part for part in made["components"]}
    pinned = locked("requirements.lock")
    assert {n: f"{n}=={part['version']}" for n, part in listed.items()} == {
        name: f"{name}{requirement.specifier}" for name, requirement in pinned.items()
    }
    assert text.count("--hash=sha256:") == sum(len(part["hashes"]) for part in listed.values())
    assert all(part["purl"] == f"pkg:pypi/{n}@{part['version']}" for n, part in listed.items())
    unknown = [n for n, part in listed.items() if not part.get("licenses") and n in INSTALLED]
    assert unknown == []
