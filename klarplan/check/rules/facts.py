"""Rules on facts: what has happened lies in the past, and one thing after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text, did_you_mean
from klarplan.strategy.load import as_date, as_integer
from klarplan.strategy.schema import DESCRIPTOR, TableSchema

FACT = "fact"
"""The key of a field that tells of what has happened: ``error`` or ``warning`` if it lies ahead."""
FACT_DATE = "factDate"
"""The key beside it that names the column with its date or year, unless it is a date itself."""

_CURE = Text(
    "Prüfen Sie die Angabe. Was erst geplant oder erwartet ist, gehört in eine andere Spalte.",
    "Check it. What is only planned or expected belongs into another column.",
)


_TESTED = "accessibility_tested"


def _problem(what: Text, when: str, as_of: dt.date) -> Text:
    return Text(
        f"„{what.de}“ sagt, was geschehen ist; {when} liegt aber in der Zukunft (geprüft wird zum "
        f"{as_of}).",
        f"“{what.en}” tells what has happened, but {when} is in the future (checked as of "
        f"{as_of}).",
    )


def _is_ahead(text: str, as_of: dt.date) -> bool:
    """Whether a date or year is later than the as-of date; False for what can't be read."""
    try:
        if len(text) == 4:
            return as_integer(text) > as_of.year
        return as_date(text) > as_of
    except ValueError:
        return False


@rule(
    "KP110",
    title=Text("Geschehenes in der Zukunft", "Past fact in the future"),
    de="Was geschehen ist, liegt nicht nach dem Stichtag: Meldungen, Beschlüsse, Veranstaltungen, "
    "Beiträge, erreichte Meilensteine, tatsächliche Daten, Messwerte und ausgegebenes Geld. "
    "In data/datapackage.json tragen solche Spalten „fact“, für das Geld nennt „factDate“ das "
    "Jahr. Wo auch Angekündigtes stehen kann, ist das nur eine Warnung.",
)
def fact_ahead(subject: Subject) -> Iterator[Finding]:
    """What has happened is not after the as-of date; a warning where it may be announced."""
    for name, table in subject.strategy.tables.items():
        schema = subject.loaded.descriptor.tables[name]
        for field in schema.descriptor["schema"]["fields"]:
            if not field.get(FACT):
                continue
            dated = str(field.get(FACT_DATE) or field["name"])
            if dated not in schema.columns:
                yield _no_column(schema, field, dated)
            for line in table.lines:
                when = subject.written(name, line, dated)
                stated = subject.written(name, line, field["name"])
                if dated != field["name"] and (table.file, line) in subject.broken:
                    continue  # the year itself is wrong, which is told already
                if stated.strip("0.") and _is_ahead(when, subject.as_of):
                    what = schema.titles_of(field["name"])
                    problem = _problem(what, when, subject.as_of)
                    finding = subject.cell(name, line, field["name"], problem, _CURE)
                    mild = field[FACT] == "warning"
                    yield replace(finding, severity="warning") if mild else finding
    tested = subject.strategy.settings.accessibility_tested
    if tested and tested > subject.as_of:
        problem = _problem(Text(_TESTED, _TESTED), tested.isoformat(), subject.as_of)
        cure = Text(
            "Tragen Sie den Tag der letzten Prüfung ein.", "Enter the day of the latest test."
        )
        yield subject.setting(_TESTED, problem, cure)


def _no_column(schema: TableSchema, field: Mapping[str, Any], dated: str) -> Finding:
    return Finding(
        rule="",
        file=DESCRIPTOR,
        column=field["name"],
        value=dated,
        problem=Text(
            f"„{FACT_DATE}“ nennt die Spalte „{dated}“, die es in „{schema.name}“ nicht gibt.",
            f"“{FACT_DATE}” names the column “{dated}” that “{schema.name}” does not have.",
        ),
        cure=did_you_mean(dated, schema.columns),
    )


@rule(
    "KP111",
    title=Text("Beitrag vor der Veranstaltung", "Contribution before its event"),
    de="Ein Beitrag liegt nicht vor der Veranstaltung, aus der er stammt.",
    severity="warning",
)
def feedback_before_event(subject: Subject) -> Iterator[Finding]:
    """A contribution is not older than the event that it comes from."""
    begins = {event.id: event.date for event in subject.strategy.participation}
    for item in subject.strategy.feedback:
        begin = begins.get(item.participation or "")
        if item.date and begin and item.date < begin:
            yield subject.cell(
                "feedback",
                item.line,
                "date",
                Text(
                    f"Der Beitrag vom {item.date} liegt vor der Veranstaltung {item.participation} "
                    f"({begin}).",
                    f"The contribution of {item.date} is before the event {item.participation} "
                    f"({begin}).",
                ),
                Text("Prüfen Sie beide Angaben.", "Check both dates."),
            )


@rule(
    "KP619",
    title=Text("Beitrag ohne Antwort", "Contribution without answer"),
    de="Ein Beitrag, dessen Ergebnis feststeht, hat auch eine Antwort.",
    severity="warning",
)
def contribution_unanswered(subject: Subject) -> Iterator[Finding]:
    """A contribution whose outcome is settled has an answer, too."""
    for item in subject.strategy.feedback:
        if item.answer or item.outcome in (None, "open"):
            continue
        yield subject.cell(
            "feedback",
            item.line,
            "answer" if "answer" in subject.strategy.tables["feedback"].header else "outcome",
            Text(
                f"Das Ergebnis zu {item.id} steht fest („{item.outcome}“), es fehlt aber die "
                "Antwort: Warum?",
                f"The outcome of {item.id} is settled (“{item.outcome}”), but the answer is "
                "missing: why?",
            ),
            Text(
                "Schreiben Sie in „answer“ einen Satz dazu. Ist noch nichts entschieden, setzen "
                "Sie „outcome“ auf „open“.",
                "Write a sentence on it in “answer”. If nothing is decided yet, set “outcome” to "
                "“open”.",
            ),
        )


@rule(
    "KP112",
    title=Text("Zielwert vor dem Ausgangswert", "Target before the baseline"),
    de="Ein Zielwert gilt für einen Tag nach dem Ausgangswert der Kennzahl.",
    severity="warning",
)
def target_before_baseline(subject: Subject) -> Iterator[Finding]:
    """A target is for a day after the baseline of its indicator."""
    for target in subject.strategy.indicator_targets:
        indicator = subject.strategy.indicator_by_id.get(target.indicator)
        baseline = indicator.baseline_date if indicator else None
        if baseline and target.date and target.date <= baseline:
            yield subject.cell(
                "indicator_targets",
                target.line,
                "date",
                Text(
                    f"Der Zielwert für den {target.date} liegt nicht nach dem Ausgangswert von "
                    f"{target.indicator} ({baseline}).",
                    f"The target for {target.date} is not after the baseline of {target.indicator} "
                    f"({baseline}).",
                ),
                Text(
                    "Prüfen Sie beide Tage; der Ausgangswert steht in data/indicators.csv.",
                    "Check both days; the baseline stands in data/indicators.csv.",
                ),
            )
