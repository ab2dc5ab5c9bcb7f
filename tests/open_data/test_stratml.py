"""The strategy as StratML, judged by the standard's own schema."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from klarplan.open_data.changes import UNKNOWN, Changes
from klarplan.open_data.stratml import NAMESPACE, stratml
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.model import FieldOfAction, Goal, Measure, MeasureGoal
from klarplan.strategy.public import public
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

SCHEMA = REPOSITORY.parent / "shared/standards/StrategicPlanISOVersion20140401.xsd"
SAMPLE = public(load(REPOSITORY))
SMALL = public(load(KLEIN))
CHANGES = Changes(dt.date(2025, 3, 1), dt.date(2026, 11, 20))


@cache
def schema() -> etree.XMLSchema:
    """The schema of ISO 17469-1."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of StratML is not here (../shared/standards)")
    return etree.XMLSchema(etree.parse(SCHEMA))


def plan_of(loaded: Loaded, changes: Changes = CHANGES) -> etree._Element:
    """The plan, parsed."""
    text = stratml(loaded, changes)
    assert text
    return etree.fromstring(text)


def small(**rows: object) -> Loaded:
    """A small strategy with other rows."""
    return replace(SMALL, strategy=replace(SMALL.strategy, **rows))  # type: ignore[arg-type]


def names(plan: etree._Element, kind: str) -> list[str | None]:
    """What goals or objectives are called, in order."""
    found = plan.iter(f"{{{NAMESPACE}}}{kind}")
    return [element.findtext(f"{{{NAMESPACE}}}Name") for element in found]


@pytest.mark.parametrize("loaded", [SAMPLE, SMALL], ids=["sample", "small"])
@pytest.mark.parametrize("changes", [CHANGES, UNKNOWN], ids=["dated", "undated"])
def test_the_plan_is_valid(loaded: Loaded, changes: Changes) -> None:
    """lxml finds nothing against the schema of ISO 17469-1."""
    schema().assertValid(plan_of(loaded, changes))


@pytest.mark.parametrize("name", ["Name", "StrategicPlanCore"])
def test_a_planted_fault_is_found(name: str) -> None:
    """Without what is mandatory a plan is not valid, so that the validation can fail."""
    plan = plan_of(SAMPLE)
    plan.remove(plan.find(f"{{{NAMESPACE}}}{name}"))
    assert not schema().validate(plan)


def test_each_goal_and_each_measure_occurs_once() -> None:
    """Nothing is missing, whether it has a goal, a parent or neither."""
    plan = plan_of(SAMPLE)
    found = names(plan, "Goal") + names(plan, "Objective")
    strategy = SAMPLE.strategy
    told = {row.title for row in (*strategy.goals, *strategy.measures)}
    assert told <= set(found)
    fields = {field.title for field in strategy.fields_of_action}
    assert sorted(n for n in found if n not in fields) == sorted(
        row.title for row in (*strategy.goals, *strategy.measures)
    )


def test_objectives_stand_below_their_goal() -> None:
    """A lower goal and its measure stand below the goal above; others below their field."""
    plan = plan_of(
        small(
            goals=(Goal(id="Z-1", title="oben"), Goal(id="Z-2", title="unten", parent="Z-1")),
            fields_of_action=(FieldOfAction(id="F-1", title="Feld"),),
            measures=(
                Measure(id="M-1", title="mit Ziel", field="F-1"),
                Measure(id="M-2", title="ohne Ziel", field="F-1"),
            ),
            measure_goals=(MeasureGoal(measure="M-1", goal="Z-2"),),
        )
    )
    goals = list(plan.iter(f"{{{NAMESPACE}}}Goal"))
    assert [names(goal, "Objective") for goal in goals] == [["unten", "mit Ziel"], ["ohne Ziel"]]
    assert names(plan, "Goal") == ["oben", "Feld"]


@pytest.mark.parametrize(
    "goals", [(), (Goal(id="Z-1", parent="Z-2"), Goal(id="Z-2", parent="Z-1"))]
)
def test_goals_in_a_circle_and_none_at_all(goals: tuple[Goal, ...]) -> None:
    """Neither is a plan that the schema refuses."""
    plan = plan_of(small(goals=goals, measure_goals=()))
    schema().assertValid(plan)
    assert len(names(plan, "Goal")) >= len(goals)


def test_identifiers_stay() -> None:
    """Other titles and another address change no identifier."""
    settings = replace(SAMPLE.strategy.settings, site_url="https://neu.example/", title="Neu")
    goals = tuple(replace(goal, title=f"Neu {goal.id}") for goal in SAMPLE.strategy.goals)
    moved = replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=settings, goals=goals))
    before, after = (
        [e.text for e in plan_of(loaded).iter(f"{{{NAMESPACE}}}Identifier")]
        for loaded in (SAMPLE, moved)
    )
    assert before == after
    assert len(set(before)) == len(before)


def test_letters_that_xml_lacks_break_nothing() -> None:
    """A control character in a title is left out."""
    measure = Measure(id="M-1", title="a\x0bb", field=SMALL.strategy.fields_of_action[0].id)
    assert "ab" in names(plan_of(small(measures=(measure,), measure_goals=())), "Objective")


def test_a_strategy_of_nothing_is_no_plan() -> None:
    """The norm asks for a goal; without goals and measures there is no file."""
    assert stratml(small(goals=(), measures=(), measure_goals=()), CHANGES) is None
