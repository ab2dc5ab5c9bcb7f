"""The subjects that the tables are published by: a data package and a dataset for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klarplan.strategy.load import Loaded

_TABLES: Mapping[str, tuple[str, ...]] = {
    "measures": (
        *("fields_of_action", "measures", "measure_fields", "successions", "dependencies"),
        *("milestones", "status_reports", "statuses", "periods", "places", "measure_places"),
        "pictures",
    ),
    "goals": (
        *("goals", "measure_goals", "indicators", "indicator_values", "indicator_targets"),
        "measure_indicators",
    ),
    "money": ("budget",),
    "governance": (
        *("organisations", "responsibilities", "bodies", "decisions", "documents"),
        *("assessment", "maturity", "risks"),
    ),
    "participation": ("stakeholders", "participation", "feedback"),
}
OWN = "own"
"""The subject of the tables that only this municipality has."""

ADDRESS: Mapping[str, str] = {
    "measures": "massnahmen",
    "goals": "ziele",
    "money": "finanzierung",
    "governance": "steuerung",
    "participation": "beteiligung",
    OWN: "weitere",
}
"""What a subject is called in addresses."""

OF_TABLE: Mapping[str, str] = {
    table: subject for subject, tables in _TABLES.items() for table in tables
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject with the tables of it that a strategy has, in the order of the descriptor."""

    name: str
    title: str
    text: str
    tables: tuple[str, ...]

    @property
    def package(self) -> str:
        """The file with its data package, beside the tables."""
        return package_of(self.name)


def package_of(subject: str) -> str:
    """The file with the data package of a subject, beside the tables."""
    return f"datapackage-{ADDRESS[subject]}.json"


def subject_of(table: str) -> str:
    """The subject of a table."""
    return OF_TABLE.get(table, OWN)


def subjects(loaded: Loaded) -> tuple[Subject, ...]:
    """The subjects of a *public* strategy that have any table with rows."""
    return tuple(_subjects(loaded, loaded.strategy.offered))


def _subjects(loaded: Loaded, tables: Iterable[str]) -> Iterable[Subject]:
    words, settings = loaded.strategy.words, loaded.strategy.settings
    of = {table: subject_of(table) for table in tables}
    for name in (*_TABLES, OWN):
        if name in of.values():
            yield Subject(
                name=name,
                title=words(f"data.subject.{name}.title", strategy=settings.title),
                text=words(f"data.subject.{name}.text"),
                tables=tuple(table for table, subject in of.items() if subject == name),
            )
