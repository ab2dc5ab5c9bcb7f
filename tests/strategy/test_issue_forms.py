"""The forms for issues ask in the words of the tables, and what they make is understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from klarplan.check.run import check
from klarplan.strategy.issue_forms import FORMS, GITHUB, GITLAB, issue_forms
from klarplan.strategy.load import load
from klarplan.strategy.new_kinds import KINDS, Askable
from klarplan.strategy.public import public
from klarplan.words.catalogue import Words
from tests.support.klein import DAY, append, copied, keep_back, replace
from tests.support.project import REPOSITORY, SAMPLE, klarplan

AS_OF = ("--as-of", DAY.isoformat())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy, with its forms."""
    root = copied(tmp_path)
    assert "report.yml" in klarplan("inbox", "--forms", "--write", "--root", str(root)).stdout
    return root


def form(root: Path, kind: str) -> list[dict[str, Any]]:
    """The questions of a form of GitHub."""
    read = yaml.safe_load((root / GITHUB / f"{kind}.yml").read_text("utf-8"))
    assert {"name", "description", "body"} == set(read)
    return [field for field in read["body"] if field["type"] != "markdown"]


def filled(fields: list[dict[str, Any]], told: dict[str, str]) -> str:
    """What GitHub makes of a form with these answers by id."""
    answers = {f["attributes"]["label"]: told.get(f["id"], "_No response_") for f in fields}
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items())


def test_the_forms_of_the_repository_are_those_of_its_strategy() -> None:
    """Nobody has changed a table and forgotten its form."""
    if SAMPLE not in (REPOSITORY / "strategy/strategy.yml").read_text("utf-8"):
        pytest.skip("whose forms these are is told by the check")
    loaded = public(load(REPOSITORY))
    for file, text in issue_forms(loaded, Words(loaded.strategy.settings.lang)).items():
        assert (REPOSITORY / file).read_text("utf-8") == text


def test_every_kind_of_form_is_one_that_can_be_begun(root: Path) -> None:
    """Forms and klarplan new know the same kinds, and all that a form asks for."""
    loaded = load(root)
    for kind, asked in FORMS.items():
        row = Askable(KINDS[kind], loaded.descriptor, loaded.strategy.tables, "de")
        assert {*asked.asked} <= {*row.names, *row.schema.columns}


@pytest.mark.parametrize("by", ["title", "id", "number and title"])
def test_lead_and_goal_come_with_a_new_measure(root: Path, by: str) -> None:
    """Both are named in the form, as the website names them; a list of them would age."""
    fields = form(root, "measure")
    chosen = {f["id"]: f["attributes"].get("options") for f in fields}
    assert chosen["lead"] is chosen["goal"] is None
    strategy = load(root).strategy
    lead, goal = strategy.organisations[-1], strategy.goals[0]
    said = {"title": goal.title, "id": goal.id, "number and title": f"{goal.id} {goal.title}"}
    told = {"title": "Bänke", "field": chosen["field"][0], "goal": said[by]}
    told["lead"] = (lead.id if by == "id" else lead.name) or ""
    file = root.parent / "issue.md"
    file.write_text(filled(fields, told), "utf-8")
    done = klarplan("inbox", str(file), "--root", str(root), "--write", *AS_OF)
    assert done.returncode == 0, done.stdout + done.stderr
    strategy = load(root).strategy
    assert [o.id for o in strategy.leads_of_measure["A-9"]] == [lead.id]
    assert [link.goal for link in strategy.measure_goals if link.measure == "A-9"] == [goal.id]
    file.write_text(filled(fields, {**told, "lead": f"{lead.name}x"}), "utf-8")
    done = klarplan("inbox", str(file), "--root", str(root), *AS_OF)
    assert f"Meinten Sie „{lead.name}“?" in done.stderr


def test_no_form_asks_for_what_a_strategy_does_not_describe(root: Path) -> None:
    """Without a table for goals of measures, nobody is asked for a goal."""
    package = json.loads((REPOSITORY / "klarplan/strategy/datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "measure_goals"]
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8", newline="")
    (root / "data/measure_goals.csv").unlink(missing_ok=True)
    klarplan("inbox", "--forms", "--write", "--root", str(root))
    asked = {f["id"] for f in form(root, "measure")}
    assert "lead" in asked
    assert "goal" not in asked


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_a_form_makes_is_understood(root: Path, lang: str) -> None:
    """Every status and field that can be chosen is taken in, in the language of the strategy."""
    if lang == "en":
        append(root, "strategy/strategy.yml", "\nlang: en\n")
        klarplan("inbox", "--forms", "--write", "--root", str(root))
    told: dict[str, dict[str, str]] = {
        "report": {"measure": "A-4", "text": "Ja.", "date": "2026-06-12"},
        "measure": {"title": "Bänke"},
    }
    for kind, chosen in (("report", "status"), ("measure", "field")):
        fields = form(root, kind)
        (options,) = [f["attributes"]["options"] for f in fields if f["id"] == chosen]
        assert len(options) == len(set(options)) >= 3
        for option in options:
            file = root.parent / "issue.md"
            file.write_text(filled(fields, {**told[kind], chosen: option}), "utf-8")
            done = klarplan("inbox", str(file), "--root", str(root), *AS_OF)
            assert done.returncode == 0, done.stdout + done.stderr


def test_gitlabs_templates_are_understood(root: Path) -> None:
    """They ask the same as GitHub's forms, and their hints are no answers."""
    text = (root / GITLAB / "Sachstand melden.md").read_text("utf-8")
    labels = [line[4:] for line in text.splitlines() if line.startswith("### ")]
    assert labels == [f["attributes"]["label"] for f in form(root, "report")]
    file = root.parent / "issue.md"
    text = text.replace("### Maßnahme\n", "### Maßnahme\n\nA-4\n", 1)
    file.write_text(text.replace("### Status\n", "### Status\n\nläuft\n", 1), "utf-8")
    done = klarplan("inbox", str(file), "--root", str(root), *AS_OF)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Neue Meldung" in done.stdout


def test_forms_hold_what_tables_hold_and_nothing_internal(root: Path) -> None:
    """Labels with signs of YAML and HTML stay what they are; what is internal is not shown."""
    label = """ja: "nein" # 'x' | - {y} --> <b>"""
    quoted = label.replace('"', '""')
    append(root, "data/statuses.csv", f'neu,"{quoted}",,Ein neuer Status.,open,○,#4a5568\n')
    keep_back(root, "fields_of_action", "F-3")
    klarplan("inbox", "--forms", "--write", "--root", str(root))
    chosen = {f["id"]: f["attributes"].get("options") for f in form(root, "report")}
    assert label in chosen["status"]
    assert chosen["measure"] is None
    text = (root / GITLAB / "Sachstand melden.md").read_text("utf-8")
    assert all(line.count("-->") == 1 for line in text.splitlines() if line.startswith("<!--"))
    assert "Wasser" not in (root / GITHUB / "measure.yml").read_text("utf-8")


def test_a_form_that_shows_other_choices_is_told(root: Path) -> None:
    """Whoever changes a code list learns that the form is of before, and how to renew it."""
    file = f"{GITHUB}/report.yml"
    assert not [f for f in check(root, DAY) if f.rule == "KP075"]
    replace(root, "data/statuses.csv", ",fertig,", ",erledigt,")
    (finding,) = [f for f in check(root, DAY) if f.rule == "KP075"]
    assert (finding.file, finding.value, finding.severity) == (file, "fertig", "warning")
    for broken in ("a: [", "body: 3\n", "body: [1]\n", "\udce4"):
        (root / file).write_text(broken, "utf-8", "surrogateescape")
        assert not [f for f in check(root, DAY) if f.rule == "KP075"]


def test_a_strategy_without_fields_has_a_form(root: Path) -> None:
    """What can't be chosen yet is written; a table that nobody describes has no form."""
    (root / "data/fields_of_action.csv").write_text("id,title\n", "utf-8")
    klarplan("inbox", "--forms", "--write", "--root", str(root))
    (field,) = [f for f in form(root, "measure") if f["id"] == "field"]
    assert field["type"] == "input"
