"""The strategy as StratML Part 1 (ISO 17469-1): vision, goals, and what is done for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from klarplan.open_data.changes import Changes
from klarplan.open_data.feeds.identity import lasting_id
from klarplan.open_data.xml_text import fit
from klarplan.pages.source import Source, read_text
from klarplan.strategy.addresses import on_web
from klarplan.strategy.chapters import CHAPTERS, chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Entry, FieldOfAction, Goal, Measure
from macros.excerpt import opening

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"


@dataclass(frozen=True, slots=True)
class _Aim:
    """A goal of the plan, with what its objectives are."""

    table: str
    row: Goal | FieldOfAction
    objectives: tuple[tuple[str, Goal | Measure], ...]


def stratml(loaded: Loaded, changes: Changes) -> bytes | None:
    """A *public* strategy as a strategic plan; ``None`` where it has neither goals nor measures.

    Goals that stand above all others are the plan's goals. Its objectives are the goals below
    them and the measures that contribute; measures without a goal stand below their field of
    action, so that each occurs once. Identifiers stay when titles and addresses change.
    """
    aims = list(_aims(loaded))
    if not aims:
        return None
    settings = loaded.strategy.settings
    usual: Any = {None: NAMESPACE}
    plan = etree.Element(f"{{{NAMESPACE}}}StrategicPlan", nsmap=usual)
    _put(plan, "Name", settings.title)
    _put(plan, "Description", settings.summary)
    _put(plan, "OtherInformation", settings.resolution)
    core = _put(plan, "StrategicPlanCore")
    organisation = _put(core, "Organization")
    _put(organisation, "Name", settings.municipality)
    _put(organisation, "Identifier", _identifier(loaded, "municipality", ""))
    for part in ("Vision", "Mission"):
        element = _put(core, part)
        _put(element, "Description", _vision(loaded) if part == "Vision" else settings.subtitle)
        _put(element, "Identifier", _identifier(loaded, part.lower(), ""))
    for number, aim in enumerate(aims, 1):
        _goal(loaded, core, aim, str(number))
    about = _put(plan, "AdministrativeInformation")
    _put(about, "StartDate", f"{settings.period_start}-01-01" if settings.period_start else "")
    _put(about, "EndDate", f"{settings.period_end}-12-31" if settings.period_end else "")
    _put(about, "PublicationDate", changes.last.isoformat() if changes.last else "")
    _put(about, "Source", on_web(settings.site_url, ""))
    if settings.contact_phone or settings.contact_email:
        submitter = _put(about, "Submitter")
        _put(submitter, "PhoneNumber", settings.contact_phone)
        _put(submitter, "EmailAddress", settings.contact_email)
    etree.indent(plan)
    return etree.tostring(plan, encoding="UTF-8", xml_declaration=True) + b"\n"


def _aims(loaded: Loaded) -> Iterator[_Aim]:
    strategy = loaded.strategy
    goals, measures = strategy.goal_by_id, strategy.measure_by_id
    above = {goal.id: _top(goals, goal) for goal in goals.values()}
    of_measure = {
        m: above[found[0].id] for m, found in strategy.goals_of_measure.items() if m in measures
    }
    for goal in goals.values():
        if above[goal.id] == goal.id:
            below = [("goals", g) for g in goals.values() if above[g.id] == goal.id and g != goal]
            acts = [("measures", m) for m in measures.values() if of_measure.get(m.id) == goal.id]
            yield _Aim("goals", goal, (*below, *acts))
    for field in strategy.field_by_id.values():
        rest = [m for m in measures.values() if m.field == field.id and m.id not in of_measure]
        if rest:
            yield _Aim("fields_of_action", field, tuple(("measures", m) for m in rest))


def _top(goals: dict[str, Goal], goal: Goal) -> str:
    """The goal above all others that a goal belongs to; in a circle, itself."""
    step, seen = goal, {goal.id}
    while step.parent in goals:
        step = goals[step.parent]
        if step.id in seen:
            return goal.id
        seen.add(step.id)
    return step.id


def _goal(loaded: Loaded, core: etree._Element, aim: _Aim, number: str) -> None:
    goal = _entry(loaded, core, "Goal", (aim.table, aim.row), number)
    for place, objective in enumerate(aim.objectives, 1):
        _entry(loaded, goal, "Objective", objective, f"{number}.{place}")


def _entry(
    loaded: Loaded, above: etree._Element, kind: str, entry: tuple[str, Entry], number: str
) -> etree._Element:
    table, row = entry
    element = _put(above, kind)
    _put(element, "Name", row.title or row.id)
    _put(element, "Description", getattr(row, "summary", None) or row.title or row.id)
    _put(element, "Identifier", _identifier(loaded, table, row.id))
    _put(element, "SequenceIndicator", number)
    return element


def _vision(loaded: Loaded) -> str:
    """How the vision begins, where the strategy shows one."""
    path = loaded.root / CHAPTERS["vision"].prose
    if "vision" not in chapters_present(loaded.strategy, loaded.root) or not path.is_file():
        return ""
    return "\n\n".join(opening(Source(read_text(path)).body))


def _identifier(loaded: Loaded, table: str, identifier: str) -> str:
    """A name for XML (``xsd:ID``), which may not begin with a digit."""
    return f"_{lasting_id(loaded.strategy.settings, table, identifier)}"


def _put(above: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """An element below another one; one that was to hold an empty text is left out."""
    element = etree.Element(f"{{{NAMESPACE}}}{name}")
    if text is None or (text := fit(text).strip()):
        element.text = text
        above.append(element)
    return element
