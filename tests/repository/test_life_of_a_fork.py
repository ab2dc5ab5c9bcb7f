"""The whole life of a fork with real git: nothing of it is lost, and it builds after each step."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.support.git import git
from tests.support.life import described, done, fork_of, own_strategy, release, run, upstream
from tests.support.versions import commit
from tests.tools import release as release_tool

pytestmark = pytest.mark.long

FIELD = {
    "name": "room",
    "title": "Zimmer im Rathaus",
    "type": "string",
    "description": "Wo die Akte liegt.",
}
TABLE = {
    "name": "twinnings",
    "path": "twinnings.csv",
    "title": "Partnerstädte",
    "description": "Mit welchen Städten wir verbunden sind.",
    "schema": {
        "fields": [
            {
                "name": "id",
                "title": "Kennung",
                "type": "string",
                "description": "Eindeutige, bleibende Kennung.",
                "constraints": {"required": True},
            },
            {
                "name": "title",
                "title": "Partnerstadt",
                "type": "string",
                "description": "Name der Stadt, wie sie selbst sich nennt.",
            },
        ],
        "missingValues": [""],
        "primaryKey": ["id"],
    },
}
MACRO = '''"""The town's own macro."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.registry import Context, macro


@macro
def our_greeting(ctx: Context) -> Mapping[str, Any]:
    """Grüßt mit der Zahl der Maßnahmen."""
    return {"number": len(ctx.strategy.measures)}
'''
GREETING = '<p class="own">Grüß Gott: {{ number }}</p>\n'
PAGE = "# Unsere Partner\n\nGemeinsam geht es leichter.\n\n{{ our_greeting() }}\n"
TEMPLATE = "overrides/macros/measures_table.html"
CHANGED = (TEMPLATE, "docs/handbuch/import.md", "overrides/assets/base.css")
"""Files of the engine that the town changes, and the first release, too."""
OURS = "<!-- unser Zusatz -->\n"
MIGRATION = """

def _tidy_titles(tables: Tables) -> None:
    table = tables.read("measures")
    position = table.column("title") if table else None
    if table is None or position is None:
        return
    for row in table.rows[1:]:
        if row[position].endswith(" dämmen"):
            row[position] = row[position].replace(" dämmen", " sanieren")
            tables.changed["measures"] = table


MIGRATIONS = (*MIGRATIONS, Migration("1.2.0", _tidy_titles))
"""


@pytest.fixture
def klarplan(tmp_path: Path) -> Path:
    """Klarplan's own repository."""
    return upstream(tmp_path / "upstream")


def own(fork: Path) -> None:
    """What the town adds: column, table, macro, template, page, menu, words."""
    path = fork / "data/datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    measures = next(one for one in package["resources"] if one["name"] == "measures")
    measures["schema"]["fields"].insert(3, FIELD)
    package["resources"].append(TABLE)
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")
    table = fork / "data/measures.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([[*row, "room" if n == 0 else "R 12"] for n, row in enumerate(rows)])
    written = {
        "data/twinnings.csv": "id,title\nP-1,Oława\n",
        "macros/own.py": MACRO,
        "overrides/macros/our_greeting.html": GREETING,
        "docs/partner.md": PAGE,
        "local/words.yml": "menu.glossary: Wörterbuch\n",
    }
    for name, text in written.items():
        (fork / name).parent.mkdir(exist_ok=True)
        (fork / name).write_text(text, "utf-8")
    settings = fork / "strategy/strategy.yml"
    text = re.sub(r"(?m)^menu:.*$", "menu:\n  - docs/partner.md", settings.read_text("utf-8"))
    settings.write_text(text, "utf-8")
    for name in CHANGED:
        with (fork / name).open("a", encoding="utf-8") as file:
            file.write("/* unser Zusatz */\n" if name.endswith(".css") else OURS)


def towns(fork: Path) -> dict[str, bytes]:
    """The town's files with what is in them."""
    names = git(fork, "ls-files", "data", "docs", "local", "strategy", "README.md").splitlines()
    mine = [name for name in names if not name.startswith("docs/handbuch/")]
    return {name: (fork / name).read_bytes() for name in mine if not name.startswith('"')}


def is_whole(fork: Path) -> None:
    """Assert that the fork builds and shows all that the town has added."""
    done(fork, "build", "--no-pdf")
    site = fork / "site"
    partner = (site / "partner/index.html").read_text("utf-8")
    assert re.search(r"Grüß Gott: \d", partner)
    measure = (site / "massnahmen/m-001/index.html").read_text("utf-8")
    assert "Zimmer im Rathaus" in measure
    assert "R 12" in measure
    assert "Oława" in (site / "daten/twinnings.csv").read_text("utf-8")
    assert "Wörterbuch" in (site / "index.html").read_text("utf-8")
    assert list(site.rglob("*.eigene*")) == []


def update(fork: Path, source: Path, number: str) -> str:
    """Take a version by the command, and merge its branch; returns what the command said."""
    said = done(fork, "update", "--from", str(source))
    assert git(fork, "status", "--porcelain") == ""
    git(fork, "merge", "--quiet", f"klarplan-update-v{number}")
    return said


def test_a_fork_lives_through_three_releases(klarplan: Path, tmp_path: Path) -> None:
    """Own column, table, macro, template, page and words outlive updates by git and ZIP file."""
    fork = fork_of(klarplan, tmp_path / "fork")
    done(fork, "check")
    own(fork)
    commit(fork)
    is_whole(fork)
    git(fork, "switch", "--quiet", "--create", "redaktion")
    with (fork / "strategy/vision.md").open("a", encoding="utf-8") as file:
        file.write("\nAuental bleibt lebenswert.\n")
    commit(fork)
    git(fork, "switch", "--quiet", "main")
    git(fork, "merge", "--quiet", "redaktion")
    before = towns(fork)

    # First release: a template that the town has changed, and more of the sample.
    sentence = "Musterstadt baut im kommenden Jahr drei neue Spielplätze am Fluss.\n"
    edits = {
        **dict.fromkeys(CHANGED[:2], ("", "<!-- neu in 1.1.0 -->\n")),
        CHANGED[2]: ("", "/* neu in 1.1.0 */\n"),
        "strategy/measures/M-099.md": ("", sentence),
    }
    release(klarplan, "1.1.0", edits)
    said = update(fork, klarplan, "1.1.0")
    assert [name for name in CHANGED if f"„{name}.eigene“" not in said] == []
    assert "Neu in 1.1.0." in said
    assert (fork / f"{TEMPLATE}.eigene").read_text("utf-8").endswith(OURS)
    assert "neu in 1.1.0" in (fork / TEMPLATE).read_text("utf-8")
    assert towns(fork) == before
    is_whole(fork)

    # Second release: a new column, and a migration of data.
    described(klarplan, "measures", {**FIELD, "name": "motto", "title": "Motto"})
    release(klarplan, "1.2.0", {"klarplan/commands/migrations.py": ("", MIGRATION)})
    update(fork, klarplan, "1.2.0")
    after = towns(fork)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {"data/datapackage.json", "data/measures.csv"}
    expected = before["data/measures.csv"].replace(" dämmen".encode(), b" sanieren")
    assert after["data/measures.csv"] == expected
    package = json.loads(after["data/datapackage.json"])
    measures = next(one for one in package["resources"] if one["name"] == "measures")
    assert {"room", "motto"} <= {field["name"] for field in measures["schema"]["fields"]}
    assert TABLE["name"] in {one["name"] for one in package["resources"]}
    is_whole(fork)

    # Third release, by ZIP file: a file of the engine goes.
    git(klarplan, "rm", "--quiet", "entscheidungen/0003-pagefind.md")
    release(klarplan, "1.3.0", {"overrides/assets/base.css": ("", "/* neu in 1.3.0 */\n")})
    packed = tmp_path / "klarplan-1.3.0.zip"
    prefix = "--prefix=klarplan-1.3.0/"
    git(klarplan, "archive", "--format=zip", prefix, f"--output={packed}", "klarplan-v1.3.0")
    said = update(fork, packed, "1.3.0")
    assert said.count(".eigene") == 0
    assert not (fork / "entscheidungen/0003-pagefind.md").exists()
    assert (fork / "macros/own.py").read_text("utf-8") == MACRO
    assert towns(fork) == after
    is_whole(fork)


def test_a_plain_merge_is_caught(klarplan: Path, tmp_path: Path) -> None:
    """What ``git merge`` brings of the sample is named file by file, and one command removes it."""
    fork = fork_of(klarplan, tmp_path / "fork")
    before = towns(fork)
    sentence = "Musterstadt baut im kommenden Jahr {} neue Spielplätze am Fluss.\n"
    files = [f"strategy/measures/M-09{n}.md" for n in range(3)]
    edits = {name: ("", sentence.format(n)) for n, name in enumerate(files)}
    release(klarplan, "1.1.0", edits)
    git(fork, "pull", "--quiet", "--no-rebase", "origin", "main")

    checked = run(fork, "check")
    assert checked.returncode == 1
    for name in files:
        assert name in checked.stdout
    assert "KP060" in checked.stdout
    assert run(fork, "build", "--no-pdf").returncode == 1

    done(fork, "repair", "--sample", "--write")
    done(fork, "check")
    assert towns(commit(fork)) == before


def test_the_template_branch_is_followed_by_plain_merges(
    klarplan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fork of the branch without the sample merges a release without conflict or sample."""
    monkeypatch.setattr(release_tool, "REPOSITORY", klarplan)
    release_tool.onto_branch("1700000000")
    git(tmp_path, "clone", "--quiet", "--branch", "vorlage", str(klarplan), "fork")
    fork = own_strategy(tmp_path / "fork")
    before = towns(fork)
    edits = {
        TEMPLATE: ("", "<!-- neu in 1.1.0 -->\n"),
        "strategy/measures/M-001.md": ("", "Musterstadt hat hier etwas Neues zu sagen.\n"),
    }
    release(klarplan, "1.1.0", edits)
    release_tool.onto_branch("1700000001")

    git(fork, "pull", "--quiet", "--no-rebase", "origin", "vorlage")

    assert "neu in 1.1.0" in (fork / TEMPLATE).read_text("utf-8")
    assert towns(fork) == before
    done(fork, "check")
    git(klarplan, "switch", "--quiet", "vorlage")
    assert git(klarplan, "log", "--format=%s") == "Klarplan 1.1.0\nKlarplan 1.0.0"
