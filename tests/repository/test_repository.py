"""The documents at the root say only what is true of this repository."""

from __future__ import annotations

import re
import subprocess
from urllib.parse import unquote

import pytest
import typer.main
import yaml
from typer.core import TyperGroup

import klarplan
from klarplan.cli import app
from tests.support.makefile import make_targets
from tests.support.project import REPOSITORY

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def all_code_spans() -> list[str]:
    """What readers of the documents may type: lines of shell blocks, and inline code."""
    spans: list[str] = []
    for path in [
        *(REPOSITORY / name for name in DOCUMENTS),
        *sorted((REPOSITORY / "docs").rglob("*.md")),
    ]:
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            spans += block.splitlines()
        spans += re.findall(r"`([^`\n]+)`", FENCED.sub("", text))
    return [span.strip() for span in spans if span.strip()]


def test_every_make_command_in_a_document_exists() -> None:
    """Documents name only make targets that the Makefile has."""
    spans = [span for span in all_code_spans() if span.startswith("make ")]
    named = {word for span in spans for word in span.split()[1:] if "=" not in word}
    assert {"site", "test", "test-quick", "test-long", "check", "serve"} <= named <= make_targets()


def test_the_overview_of_make_lists_every_target() -> None:
    """``make`` alone explains each target; only the inner steps are left out."""
    overview = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    explained = set(re.findall(r"^make ([a-z-]+) ", overview, re.MULTILINE))
    inner = {"help", "style", "types", "browser", "node", "office", "clients", "servers"}
    assert explained == make_targets() - inner


def test_every_klarplan_command_in_a_document_exists() -> None:
    """Documents name only commands and options that the program has."""
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    calls = [span.removeprefix(".venv/bin/").split() for span in all_code_spans()]
    calls = [call[1:] for call in calls if call[0] == "klarplan" and len(call) > 1]
    assert {"init", "import"} <= {verb for verb, *_ in calls}
    for verb, *rest in calls:
        assert verb in program.commands, f"klarplan {verb} does not exist"
        known = {name for option in program.commands[verb].params for name in option.opts}
        used = {word.split("=")[0] for word in rest if word.startswith("--")}
        assert used <= known, f"klarplan {verb} has no {used - known}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_in_a_document_leads_somewhere(document: str) -> None:
    """Files that a document at the root links to exist."""
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    targets = re.findall(r"\[[^]]+\]\(([^)#\s]+)", text)
    local = [unquote(target) for target in targets if "://" not in target]
    assert [target for target in local if not (REPOSITORY / target).exists()] == []


def test_the_tour_names_existing_folders() -> None:
    """Each folder of the tour in the README exists."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    tour = text.split("## Rundgang")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|", tour, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(named) >= 8
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_keep_one_sentence_per_line(document: str) -> None:
    """A comparison of versions shows the one sentence that changed."""
    text = re.sub(
        r"^```.*?^```", "", (REPOSITORY / document).read_text(encoding="utf-8"), flags=re.M | re.S
    )
    prose = [line for line in text.splitlines() if not line.startswith("|")]
    assert [line for line in prose if re.search(r"[a-zäöüß)“`][.!?] [A-ZÄÖÜ]", line)] == []


def test_publiccode_has_every_mandatory_key() -> None:
    """Catalogues of public software can read publiccode.yml (standard 0.4, core schema)."""
    entry = yaml.safe_load((REPOSITORY / "publiccode.yml").read_text(encoding="utf-8"))
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= entry.keys()
    assert entry["publiccodeYmlVersion"] == "0.4"
    assert entry["legal"]["license"] == "EUPL-1.2"
    assert entry["maintenance"]["contacts"]
    assert entry["localisation"].keys() == {"localisationReady", "availableLanguages"}
    for texts in entry["description"].values():
        assert 0 < len(texts["shortDescription"]) <= 150
        assert 500 <= len(texts["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in texts["features"])
        assert len(texts["genericName"]) <= 35


def test_publiccode_names_the_version_of_the_program() -> None:
    """The version in publiccode.yml is the program's."""
    entry = yaml.safe_load((REPOSITORY / "publiccode.yml").read_text(encoding="utf-8"))
    assert entry["softwareVersion"] == klarplan.__version__


def where_to_find() -> dict[str, list[str]]:
    """The usual changes that CONTRIBUTING lists, each with its files."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("## Wo finde ich was?")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|`]+) \| (.*`.*) \|$", table, re.MULTILINE)
    return {change: re.findall(r"`([^`]+)`", files) for change, files in rows}


def test_usual_changes_touch_few_files() -> None:
    """Ten usual changes, none with more than five files in three folders, beside words; but a
    table with a page of its own may have seven."""
    changes = where_to_find()
    assert len(changes) == 10
    for change, files in changes.items():
        folders = {file.rpartition("/")[0] for file in files}
        if change.startswith("eine Tabelle mit Seite"):
            assert len(files) == 7
        else:
            assert len(files) <= 5, change
            assert len(folders) <= 3, change


def test_the_record_of_the_house_names_every_room() -> None:
    """Who reads why the rooms are as they are finds each of them, and none that is gone."""
    text = (REPOSITORY / "entscheidungen/0007-das-haus.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"(?m)^\d+\. ([^:]+):", text))))
    rooms = {path.parent.name for path in (REPOSITORY / "klarplan").glob("*/__init__.py")}
    assert told == rooms | {"macros"}


def test_usual_changes_name_existing_places() -> None:
    """Each file of the list exists; one that is still to be named has its like beside it."""
    for files in where_to_find().values():
        for file in files:
            assert list(REPOSITORY.glob(file.replace("<name>", "*"))), file
