"""The strategy as frozen data: one class per table, one object for the whole.

Field names are the column names of ``data/datapackage.json``; a test holds the two together.
A cell that is empty, or that could not be read, is ``None``; ``check`` reports the latter.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.numbers import beginnings, by_number, numbers_before
from klarplan.strategy.time_spans import days_of_label
from klarplan.words.catalogue import GERMAN, Words

if TYPE_CHECKING:
    from klarplan.strategy.csv_reader import Table
    from klarplan.strategy.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has besides its columns: its place in the file and the fork's own columns."""

    line: int = 0
    extra: tuple[tuple[str, str], ...] = ()
    """Columns that only the fork's descriptor knows, as (title, text), without empty cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Row):
    """A row that has a page of its own."""

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOfAction(Entry):
    """A field of action (Handlungsfeld)."""

    summary: str | None = None
    order: int | None = None
    icon: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Entry):
    """A goal (Ziel)."""

    summary: str | None = None
    parent: str | None = None
    level: str | None = None
    field: str | None = None
    target_date: dt.date | None = None
    sdgs: str | None = None

    @property
    def sdg_numbers(self) -> tuple[int, ...]:
        """The sustainable development goals of the United Nations that it serves, 1 to 17."""
        numbers = (int(part) for part in (self.sdgs or "").split() if part.isdecimal())
        return tuple(number for number in dict.fromkeys(numbers) if number in range(1, 18))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """A measure (Maßnahme). Its status is its latest report, never a column."""

    summary: str | None = None
    field: str = ""
    parent: str | None = None
    type: str | None = None
    priority: int | None = None
    planned_start: dt.date | None = None
    planned_end: dt.date | None = None
    actual_start: dt.date | None = None
    actual_end: dt.date | None = None
    start_precision: str | None = None
    end_precision: str | None = None
    impact: int | None = None
    climate_effect: str | None = None
    demography_effect: str | None = None
    quick_win: bool | None = None
    cost_benefit: int | None = None
    official_id: str | None = None
    visibility: str | None = None
    next_review: dt.date | None = None

    @property
    def number(self) -> str:
        """What people call it by: the official number where there is one, else its id."""
        return self.official_id or self.id

    @property
    def end(self) -> dt.date | None:
        """When it ended, else when it is to end by the plan."""
        return self.actual_end or self.planned_end

    @property
    def exactness_of_end(self) -> str | None:
        """How exact ``end`` is: what ended did so on a day."""
        return "day" if self.actual_end else self.end_precision


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureField(Row):
    """A field of action that a measure belongs to besides its leading one."""

    measure: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Row):
    """A measure that another one took over: several to a measure split it, several from merge."""

    from_: str = field(default="", metadata={"column": "from"})
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGoal(Row):
    """A measure contributes to a goal."""

    measure: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency(Row):
    """A measure blocks, requires or complements another."""

    from_: str = field(default="", metadata={"column": "from"})
    to: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Row):
    """A step of a measure (Meilenstein)."""

    id: str
    measure: str = ""
    title: str = ""
    due: dt.date | None = None
    completed: dt.date | None = None
    state: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to come: neither reached nor missed nor dropped."""
        return not self.completed and self.state in (None, "planned")

    def is_missed(self, as_of: dt.date) -> bool:
        """Whether its day passed without it, or it was told as missed."""
        passed = self.is_open and self.due is not None and self.due < as_of
        return passed or (not self.completed and self.state == "missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport(Row):
    """What was reported on a measure (Sachstandsmeldung); progress in percent."""

    measure: str = ""
    date: dt.date | None = None
    period: str | None = None
    status: str = ""
    progress: int | None = None
    expected_end: dt.date | None = None
    expected_end_precision: str | None = None
    text: str | None = None
    obstacles: str | None = None
    lessons: str | None = None
    evidence_url: str | None = None
    author_role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Row):
    """One entry of the code list of statuses."""

    id: str
    label: str = ""
    label_en: str | None = None
    meaning: str = ""
    category: str = ""
    symbol: str | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDates(Row):
    """Days of a period of reports whose label does not tell them, and when reports are due."""

    label: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Entry):
    """An indicator (Kennzahl); values are in ``unit``."""

    definition: str | None = None
    unit: str | None = None
    kind: str | None = None
    direction: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    source: str | None = None
    method: str | None = None
    baseline_date: dt.date | None = None
    baseline_value: Decimal | None = None
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPoint(Row):
    """A measured value or a target of an indicator on a day."""

    indicator: str = ""
    date: dt.date | None = None
    value: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue(IndicatorPoint):
    """A measured value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTarget(IndicatorPoint):
    """A target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureIndicator(Row):
    """A measure acts on an indicator."""

    measure: str = ""
    indicator: str = ""
    effect: str | None = None


SUMS = ("planned", "approved", "spent")
"""The columns of money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetItem(Row):
    """Money of a measure in one year; amounts in ``currency`` (EUR where empty)."""

    measure: str = ""
    year: int | None = None
    planned: Decimal | None = None
    approved: Decimal | None = None
    spent: Decimal | None = None
    currency: str | None = None
    funding_source: str | None = None
    programme: str | None = None
    staff_fte: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Row):
    """A place, a district or a quarter."""

    id: str
    name: str = ""
    parent: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePlace(Row):
    """A measure acts in a place."""

    measure: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Row):
    """Who is responsible or takes part."""

    id: str
    name: str = ""
    parent: str | None = None
    kind: str | None = None
    url: str | None = None
    functional_email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Row):
    """An organisation's role in a measure."""

    measure: str = ""
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Row):
    """A body that steers the strategy (Gremium)."""

    id: str
    name: str = ""
    task: str | None = None
    cycle: str | None = None
    chair_role: str | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entry):
    """A decision (Beschluss)."""

    date: dt.date | None = None
    body: str | None = None
    summary: str | None = None
    reference: str | None = None
    url: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(Row):
    """A group that the strategy concerns."""

    id: str
    name: str = ""
    interest: str | None = None
    involvement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationEvent(Row):
    """An event or a survey."""

    id: str
    title: str = ""
    date: dt.date | None = None
    format: str | None = None
    participants: int | None = None
    summary: str | None = None
    result_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Row):
    """A contribution and what became of it."""

    id: str
    participation: str | None = None
    date: dt.date | None = None
    contribution: str = ""
    answer: str | None = None
    outcome: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentItem(Row):
    """A strength, weakness, opportunity or threat."""

    id: str
    category: str = ""
    text: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityItem(Row):
    """A component of e-government and whether it is in use."""

    id: str
    component: str = ""
    state: str = ""
    note: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Row):
    """What could endanger the strategy."""

    id: str
    title: str = ""
    probability: str | None = None
    effect: str | None = None
    counter_measure: str | None = None
    owner: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Row):
    """A document that belongs to a row of another table."""

    id: str
    owner_table: str = ""
    owner: str = ""
    title: str = ""
    url: str = ""
    kind: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Row):
    """A picture of a row of another table; ``file`` is a name in ``strategy/pictures``."""

    id: str
    owner_table: str = ""
    owner: str = ""
    file: str = ""
    alt: str = ""
    caption: str | None = None
    credit: str = ""
    licence: str = ""
    licence_url: str | None = None
    order: int | None = None


MODEL: Mapping[str, type[Row]] = {
    "fields_of_action": FieldOfAction,
    "goals": Goal,
    "measures": Measure,
    "measure_fields": MeasureField,
    "successions": Succession,
    "measure_goals": MeasureGoal,
    "dependencies": Dependency,
    "milestones": Milestone,
    "status_reports": StatusReport,
    "statuses": Status,
    "periods": PeriodDates,
    "indicators": Indicator,
    "indicator_values": IndicatorValue,
    "indicator_targets": IndicatorTarget,
    "measure_indicators": MeasureIndicator,
    "budget": BudgetItem,
    "places": Place,
    "measure_places": MeasurePlace,
    "organisations": Organisation,
    "responsibilities": Responsibility,
    "bodies": Body,
    "decisions": Decision,
    "stakeholders": Stakeholder,
    "participation": ParticipationEvent,
    "feedback": Feedback,
    "assessment": AssessmentItem,
    "maturity": MaturityItem,
    "risks": Risk,
    "documents": Document,
    "pictures": Picture,
}
"""Table name to the class of its rows."""

REQUIRED_TABLES = ("fields_of_action", "measures", "statuses")

R = TypeVar("R", bound=Row)


def grouped(rows: Iterable[R], column: str) -> dict[str, tuple[R, ...]]:
    """Rows by the text in one column, in file order; rows without it are left out."""
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        key = getattr(row, column)
        if key:
            groups[key].append(row)
    return {key: tuple(members) for key, members in groups.items()}


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A whole strategy: settings, rows of every table, and look-ups that are made on first use.

    An absent table and an empty one both are empty tuples here; ``has(name)`` tells them apart.
    """

    settings: Settings
    tables: Mapping[str, Table]
    """Every table as text, the fork's own included, in the order of the descriptor."""
    words: Words = GERMAN
    """The language that site and papers speak, with the municipality's forms and own sentences."""
    fields_of_action: tuple[FieldOfAction, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    measure_fields: tuple[MeasureField, ...] = ()
    successions: tuple[Succession, ...] = ()
    measure_goals: tuple[MeasureGoal, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    status_reports: tuple[StatusReport, ...] = ()
    statuses: tuple[Status, ...] = ()
    periods: tuple[PeriodDates, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    indicator_values: tuple[IndicatorValue, ...] = ()
    indicator_targets: tuple[IndicatorTarget, ...] = ()
    measure_indicators: tuple[MeasureIndicator, ...] = ()
    budget: tuple[BudgetItem, ...] = ()
    places: tuple[Place, ...] = ()
    measure_places: tuple[MeasurePlace, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    bodies: tuple[Body, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    participation: tuple[ParticipationEvent, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    assessment: tuple[AssessmentItem, ...] = ()
    maturity: tuple[MaturityItem, ...] = ()
    risks: tuple[Risk, ...] = ()
    documents: tuple[Document, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def has(self, table: str) -> bool:
        """Whether the table exists, be it empty."""
        return table in self.tables

    @cached_property
    def offered(self) -> Mapping[str, Table]:
        """The tables that open data are made of: those with rows.

        The code list of statuses says something only where there is a measure to have one.
        """
        return {
            name: table
            for name, table in self.tables.items()
            if table.records and (name != "statuses" or self.measures)
        }

    def entries(self, table: str) -> tuple[Entry, ...]:
        """The rows of a table whose rows have a page each."""
        rows: tuple[Entry, ...] = getattr(self, table)
        return rows

    @cached_property
    def _entries_by_id(self) -> dict[str, dict[str, Entry]]:
        return {table: self.by_id(self.entries(table)) for table in ROW_CHAPTERS}

    def entry(self, table: str, identifier: str) -> Entry | None:
        """The row of a table whose rows have a page each, or nothing where there is none."""
        return self._entries_by_id[table].get(identifier)

    @cached_property
    def known_timeliness(self) -> dict[tuple[int, dt.date], tuple[Measure, Any]]:
        """What ``derive.timeliness`` found, by ``id`` and day; it keeps what has that ``id``."""
        return {}

    def by_id(self, rows: tuple[R, ...]) -> dict[str, R]:
        """The rows of one table by id; the first wins where ids repeat."""
        found: dict[str, R] = {}
        for row in rows:
            found.setdefault(row.id, row)  # type: ignore[attr-defined]
        return found

    @cached_property
    def field_by_id(self) -> dict[str, FieldOfAction]:
        """Fields of action by id."""
        return self.by_id(self.fields_of_action)

    @cached_property
    def goal_by_id(self) -> dict[str, Goal]:
        """Goals by id."""
        return self.by_id(self.goals)

    @cached_property
    def measure_by_id(self) -> dict[str, Measure]:
        """Measures by id."""
        return self.by_id(self.measures)

    @cached_property
    def status_by_id(self) -> dict[str, Status]:
        """Statuses by id."""
        return self.by_id(self.statuses)

    @cached_property
    def indicator_by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return self.by_id(self.indicators)

    @cached_property
    def organisation_by_id(self) -> dict[str, Organisation]:
        """Organisations by id."""
        return self.by_id(self.organisations)

    @cached_property
    def body_by_id(self) -> dict[str, Body]:
        """Bodies by id."""
        return self.by_id(self.bodies)

    @cached_property
    def decision_by_id(self) -> dict[str, Decision]:
        """Decisions by id."""
        return self.by_id(self.decisions)

    @cached_property
    def participation_by_id(self) -> dict[str, ParticipationEvent]:
        """Participation events by id."""
        return self.by_id(self.participation)

    @cached_property
    def feedback_of_measure(self) -> dict[str, tuple[Feedback, ...]]:
        """Contributions by the measure that took them up."""
        return grouped(self.feedback, "measure")

    @cached_property
    def measure_by_number(self) -> dict[str, Measure]:
        """Measures by each word that means one of them in a text: its id, its number."""
        return by_number(self.measures)

    @cached_property
    def number_of_goal(self) -> dict[str, str]:
        """What goals are cited by, by their ids; nothing where their titles count themselves."""
        return numbers_before(self.goals)

    @cached_property
    def number_beginnings(self) -> tuple[str, ...]:
        """How these words begin, up to their first digit."""
        return beginnings(self.measure_by_number)

    @cached_property
    def measures_of_field(self) -> dict[str, tuple[Measure, ...]]:
        """Measures by field of action."""
        return grouped(self.measures, "field")

    @cached_property
    def further_fields_of_measure(self) -> dict[str, tuple[FieldOfAction, ...]]:
        """Fields of action that a measure belongs to besides its leading one."""
        measures, fields = self.measure_by_id, self.field_by_id
        return {
            m: found
            for m, rows in grouped(self.measure_fields, "measure").items()
            if m in measures
            and (
                found := tuple(
                    fields[f]
                    for f in dict.fromkeys(row.field for row in rows)
                    if f in fields and f != measures[m].field
                )
            )
        }

    @cached_property
    def further_measures_of_field(self) -> dict[str, tuple[Measure, ...]]:
        """Measures that belong to a field of action too, but are led and counted in another."""
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure in self.measure_by_id.values():
            for field_ in self.further_fields_of_measure.get(measure.id, ()):
                found[field_.id].append(measure)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def parts_of_measure(self) -> dict[str, tuple[Measure, ...]]:
        """Measures by the measure that they are part of."""
        parts = (m for m in self.measures if m.parent != m.id and m.parent in self.measure_by_id)
        return grouped(parts, "parent")

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return self.by_id(self.places)

    @cached_property
    def places_of_measure(self) -> dict[str, tuple[Place, ...]]:
        """Places that a measure acts in, as they were entered."""
        places = self.place_by_id
        return {
            m: tuple(places[p] for p in dict.fromkeys(row.place for row in rows) if p in places)
            for m, rows in grouped(self.measure_places, "measure").items()
        }

    @cached_property
    def measures_of_place(self) -> dict[str, tuple[Measure, ...]]:
        """Measures by the place that they were entered for; not those of smaller places."""
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure in self.measure_by_id.values():
            for place in self.places_of_measure.get(measure.id, ()):
                found[place.id].append(measure)
        return {key: tuple(rows) for key, rows in found.items()}

    def around(self, place: Place) -> tuple[Place, ...]:
        """A place and those that it lies in, the smallest first; a circle is left once round."""
        found: dict[str, Place] = {}
        step: Place | None = place
        while step is not None and step.id not in found:
            found[step.id] = step
            step = self.place_by_id.get(step.parent or "")
        return tuple(found.values())

    @cached_property
    def predecessors_of_measure(self) -> dict[str, tuple[Measure, ...]]:
        """Measures that a measure took over, wholly or in part."""
        return self._joined(self.successions, "to", "from_")

    @cached_property
    def successors_of_measure(self) -> dict[str, tuple[Measure, ...]]:
        """Measures that took over a measure; one that has any is superseded."""
        return self._joined(self.successions, "from_", "to")

    def _joined(self, rows: Iterable[Row], key: str, value: str) -> dict[str, tuple[Measure, ...]]:
        """By the id in one column, the measures whose ids stand in another."""
        measures = self.measure_by_id
        found = {
            one: tuple(measures[i] for row in links if (i := getattr(row, value)) in measures)
            for one, links in grouped(rows, key).items()
        }
        return {one: several for one, several in found.items() if several}

    @cached_property
    def _place_in_field(self) -> dict[str, int]:
        return {m.id: n for rows in self.measures_of_field.values() for n, m in enumerate(rows)}

    def neighbours_of_measure(self, measure: Measure, count: int) -> tuple[Measure, ...]:
        """Up to ``count`` measures that stand around a measure in its field, itself included."""
        rows = self.measures_of_field.get(measure.field, ())
        begin = max(0, min(self._place_in_field.get(measure.id, 0) - count // 2, len(rows) - count))
        return rows[begin : begin + count]

    def beside_in_field(self, measure: Measure) -> tuple[Measure | None, Measure | None]:
        """The measures before and after a measure in its field."""
        rows = self.measures_of_field.get(measure.field, ())
        place = self._place_in_field.get(measure.id, 0)
        before = rows[place - 1] if place else None
        return before, rows[place + 1] if place + 1 < len(rows) else None

    @cached_property
    def goals_of_field(self) -> dict[str, tuple[Goal, ...]]:
        """Goals by field of action."""
        return grouped(self.goals, "field")

    @cached_property
    def goals_of_parent(self) -> dict[str, tuple[Goal, ...]]:
        """Goals by the goal above them."""
        return grouped(self.goals, "parent")

    @cached_property
    def goals_of_measure(self) -> dict[str, tuple[Goal, ...]]:
        """Goals that a measure contributes to."""
        links = grouped(self.measure_goals, "measure")
        goals = self.goal_by_id
        return {
            m: tuple(goals[x.goal] for x in rows if x.goal in goals) for m, rows in links.items()
        }

    @cached_property
    def measures_of_goal(self) -> dict[str, tuple[Measure, ...]]:
        """Measures that contribute to a goal."""
        links = grouped(self.measure_goals, "goal")
        measures = self.measure_by_id
        return {
            g: tuple(measures[x.measure] for x in rows if x.measure in measures)
            for g, rows in links.items()
        }

    @cached_property
    def reports_of_measure(self) -> dict[str, tuple[StatusReport, ...]]:
        """Reports of a measure in the order of the days that they speak for, the oldest first.

        Where two speak for the same day, the one with the later date is the newer one, and of
        two with the same date the one further down. Those without a readable date are left out.
        """
        dated = [r for r in self.status_reports if r.date]
        dated.sort(key=lambda r: (self.day_of(r) or dt.date.min, r.date or dt.date.min))
        return grouped(dated, "measure")

    @cached_property
    def days_of_reports(self) -> dict[str, tuple[tuple[dt.date, StatusReport], ...]]:
        """Reports of a measure, the newest first, each with the day that it speaks for."""
        return {
            measure: tuple((day, r) for r in reversed(reports) if (day := self.day_of(r)))
            for measure, reports in self.reports_of_measure.items()
        }

    @cached_property
    def reports_of_period(self) -> dict[tuple[dt.date, dt.date], dict[str, StatusReport]]:
        """By the days of a period, the newest report of each measure on it."""
        found: dict[tuple[dt.date, dt.date], dict[str, StatusReport]] = {}
        for measure, reports in self.reports_of_measure.items():
            for report in reports if measure in self.measure_by_id else ():
                if days := self.days_of_period(report.period):
                    found.setdefault(days, {})[measure] = report
        return found

    @cached_property
    def periods_of_reports(self) -> tuple[tuple[tuple[dt.date, dt.date], str, dt.date], ...]:
        """The period of each report by its days and its label, with the day that the report
        speaks for; in file order, each once."""
        found = (
            (days, " ".join((report.period or "").split()), day)
            for report in self.status_reports
            if (days := self.days_of_period(report.period)) and (day := self.day_of(report))
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def _days_of_labels(self) -> dict[str, tuple[dt.date, dt.date] | None]:
        rows = {" ".join(row.label.split()): row for row in reversed(self.periods)}
        labels = {" ".join(r.period.split()) for r in self.status_reports if r.period}
        found: dict[str, tuple[dt.date, dt.date] | None] = {}
        for label in labels | rows.keys():
            row, told = rows.get(label), days_of_label(label)
            first = (row and row.first) or (told and told[0])
            last = (row and row.last) or (told and told[1])
            found[label] = (first, last) if first and last and first <= last else None
        return found

    def days_of_period(self, label: str | None) -> tuple[dt.date, dt.date] | None:
        """First and last day of a period of reports, by ``periods``, else as its label tells."""
        return self._days_of_labels.get(" ".join((label or "").split()))

    def due_of_period(self, label: str | None) -> dt.date | None:
        """Until when reports on a period are due, where ``periods`` says so."""
        plain = " ".join((label or "").split())
        rows = (row for row in self.periods if " ".join(row.label.split()) == plain)
        return next((row.due for row in rows if row.due), None)

    @cached_property
    def _first_reports(self) -> tuple[tuple[dt.date, dt.date], ...]:
        first: dict[dt.date, dt.date] = {}
        for report in self.status_reports:
            days = self.days_of_period(report.period)
            if days and report.date:
                first[days[1]] = min(report.date, first.get(days[1], report.date))
        return tuple(first.items())

    def first_report_after(self, last: dt.date) -> dt.date | None:
        """The day of the first report on any period that ends after a day."""
        return min((day for end, day in self._first_reports if end > last), default=None)

    def day_of(self, report: StatusReport) -> dt.date | None:
        """The day that a report speaks for: its date, at most the last day of its period."""
        days = self.days_of_period(report.period)
        return min(report.date, days[1]) if report.date and days else report.date

    @cached_property
    def milestones_of_measure(self) -> dict[str, tuple[Milestone, ...]]:
        """Milestones of a measure, by due date; undated ones last."""
        rows = sorted(self.milestones, key=lambda m: m.due or dt.date.max)
        return grouped(rows, "measure")

    @cached_property
    def budget_of_measure(self) -> dict[str, tuple[BudgetItem, ...]]:
        """Budget items of a measure, by year."""
        rows = sorted(self.budget, key=lambda b: b.year or 0)
        return grouped(rows, "measure")

    @cached_property
    def responsibilities_of_measure(self) -> dict[str, tuple[Responsibility, ...]]:
        """Who does what in a measure."""
        return grouped(self.responsibilities, "measure")

    @cached_property
    def leads_of_measure(self) -> dict[str, tuple[Organisation, ...]]:
        """The organisations that lead a measure, in the order of the table."""
        known = self.organisation_by_id
        return {
            measure: tuple(
                known[r.organisation] for r in rows if r.role == "lead" and r.organisation in known
            )
            for measure, rows in self.responsibilities_of_measure.items()
        }

    @cached_property
    def responsibilities_of_organisation(self) -> dict[str, tuple[Responsibility, ...]]:
        """What an organisation does."""
        return grouped(self.responsibilities, "organisation")

    @cached_property
    def indicators_of_goal(self) -> dict[str, tuple[Indicator, ...]]:
        """Indicators of a goal."""
        return grouped(self.indicators, "goal")

    @cached_property
    def values_of_indicator(self) -> dict[str, tuple[IndicatorValue, ...]]:
        """Measured values of an indicator, oldest first."""
        dated = [v for v in self.indicator_values if v.date and v.value is not None]
        dated.sort(key=lambda v: v.date or dt.date.min)
        return grouped(dated, "indicator")

    @cached_property
    def targets_of_indicator(self) -> dict[str, tuple[IndicatorTarget, ...]]:
        """Targets of an indicator, oldest first."""
        dated = [t for t in self.indicator_targets if t.date and t.value is not None]
        dated.sort(key=lambda t: t.date or dt.date.min)
        return grouped(dated, "indicator")

    @cached_property
    def indicators_of_measure(self) -> dict[str, tuple[MeasureIndicator, ...]]:
        """Indicators that a measure acts on."""
        return grouped(self.measure_indicators, "measure")

    @cached_property
    def measures_of_indicator(self) -> dict[str, tuple[MeasureIndicator, ...]]:
        """Measures that act on an indicator."""
        return grouped(self.measure_indicators, "indicator")

    @cached_property
    def dependencies_of_measure(self) -> dict[str, tuple[Dependency, ...]]:
        """Dependencies that start at a measure."""
        return grouped(self.dependencies, "from_")

    @cached_property
    def dependents_of_measure(self) -> dict[str, tuple[Dependency, ...]]:
        """Dependencies that point at a measure."""
        return grouped(self.dependencies, "to")

    @cached_property
    def decisions_of_measure(self) -> dict[str, tuple[Decision, ...]]:
        """Decisions on a measure."""
        return grouped(self.decisions, "measure")

    @cached_property
    def pictures_of(self) -> dict[tuple[str, str], tuple[Picture, ...]]:
        """Pictures by (table, id) of their owner, in their order."""
        groups: defaultdict[tuple[str, str], list[Picture]] = defaultdict(list)
        for picture in sorted(self.pictures, key=lambda p: (p.order is None, p.order or 0)):
            groups[picture.owner_table, picture.owner].append(picture)
        return {key: tuple(rows) for key, rows in groups.items()}

    @cached_property
    def documents_of(self) -> dict[tuple[str, str], tuple[Document, ...]]:
        """Documents by (table, id) of their owner."""
        groups: defaultdict[tuple[str, str], list[Document]] = defaultdict(list)
        for document in self.documents:
            groups[document.owner_table, document.owner].append(document)
        return {key: tuple(rows) for key, rows in groups.items()}
