"""Each kind of mistake, planted alone in a valid strategy, is found, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support.klein import DAY, KLEIN, append, copied, replace


@dataclass(frozen=True)
class Mistake:
    """One change of one file, and the finding that it must lead to."""

    name: str
    file: str
    old: str
    new: str
    rule: str
    line: int | None
    column: str | None = None
    value: str | None = None
    severity: str = "error"
    cure: str = ""
    found_in: str = ""


MEASURES = "data/measures.csv"
REPORTS = "data/status_reports.csv"
BUDGET = "data/budget.csv"
VISION = "strategy/vision.md"
TEXT = "strategy/measures/A-1.md"

TABLE_MISTAKES = [
    Mistake(
        "end before start",
        MEASURES,
        "2024-03-01,2025-03-31",
        "2024-03-01,2024-02-01",
        "KP101",
        5,
        "Geplantes Ende",
        "2024-02-01",
    ),
    Mistake(
        "actual end before actual start",
        MEASURES,
        "2024-03-01,2025-02-28",
        "2024-03-01,2023-02-28",
        "KP101",
        5,
        "Tatsächliches Ende",
        "2023-02-28",
    ),
    Mistake(
        "unknown field of action",
        MEASURES,
        "online bezahlt.,F-1",
        "online bezahlt.,F-11",
        "KP037",
        5,
        "Handlungsfeld",
        "F-11",
        cure="Meinten Sie „F-1“?",
    ),
    Mistake(
        "unknown goal",
        "data/measure_goals.csv",
        "A-4,G-3",
        "A-4,G-33",
        "KP037",
        5,
        "Ziel",
        "G-33",
        cure="Meinten Sie „G-3“?",
    ),
    Mistake(
        "unknown parent goal",
        "data/goals.csv",
        "online.,G-1",
        "online.,G-9",
        "KP037",
        3,
        "Übergeordnetes Ziel",
        "G-9",
    ),
    Mistake(
        "unknown measure",
        "data/milestones.csv",
        "S-3,A-4",
        "S-3,A-44",
        "KP037",
        4,
        "Maßnahme",
        "A-44",
        cure="Meinten Sie „A-4“?",
    ),
    Mistake(
        "unknown organisation",
        "data/responsibilities.csv",
        "A-3,rathaus",
        "A-3,ratshaus",
        "KP037",
        4,
        "Organisation",
        "ratshaus",
        cure="Meinten Sie „rathaus“?",
    ),
    Mistake(
        "unknown status, after a cell with a line break",
        REPORTS,
        "A-3,2026-01-20,2025,laeuft",
        "A-3,2026-01-20,2025,läuft",
        "KP037",
        6,
        "Status",
        "läuft",
        cure="Meinten Sie „laeuft“?",
    ),
    Mistake(
        "circle of goals",
        "data/goals.csv",
        "ins Rathaus.,,guiding",
        "ins Rathaus.,G-2,guiding",
        "KP203",
        3,
        "Übergeordnetes Ziel",
        "G-1",
    ),
    Mistake(
        "goal above itself",
        "data/goals.csv",
        "bemerkt.,,operational",
        "bemerkt.,G-4,operational",
        "KP203",
        5,
        "Übergeordnetes Ziel",
        "G-4",
    ),
    Mistake(
        "circle of dependencies",
        "data/dependencies.csv",
        "A-7,A-6,blocks\n",
        "A-7,A-6,blocks\nA-1,A-2,requires\n",
        "KP204",
        5,
        "Bezieht sich auf",
        "A-2",
    ),
    Mistake(
        "superseded by itself",
        "data/successions.csv",
        "A-5,A-4",
        "A-5,A-5",
        "KP205",
        2,
        "Abgelöst durch",
        "A-5",
    ),
    Mistake(
        "delayed by its label",
        "data/statuses.csv",
        "laeuft,läuft,",
        "laeuft,läuft verzögert,",
        "KP330",
        3,
        "Gruppe",
        "active",
        "warning",
    ),
    Mistake(
        "circle of organisations",
        "data/organisations.csv",
        "stadt,Kleinstadt,,",
        "stadt,Kleinstadt,rathaus,",
        "KP206",
        3,
        "Gehört zu",
        "stadt",
    ),
    Mistake(
        "document of nobody",
        "data/documents.csv",
        "goals,G-2",
        "goals,G-22",
        "KP207",
        3,
        "Gehört zu (Kennung)",
        "G-22",
        cure="Meinten Sie „G-2“?",
    ),
    Mistake(
        "measure without lead",
        "data/responsibilities.csv",
        "A-3,rathaus,lead",
        "A-3,rathaus,partner",
        "KP208",
        6,
        "Kennung",
        "A-3",
        "warning",
        found_in=MEASURES,
    ),
    Mistake(
        "measure without goal",
        "data/measure_goals.csv",
        "A-6,G-4\n",
        "",
        "KP209",
        9,
        "Kennung",
        "A-6",
        "warning",
        found_in=MEASURES,
    ),
    Mistake(
        "done without actual end",
        MEASURES,
        "2024-03-01,2025-02-28,day",
        "2024-03-01,,day",
        "KP103",
        5,
        "Tatsächliches Ende",
        severity="warning",
    ),
    Mistake(
        "actual start in the future",
        MEASURES,
        "2026-09-01,2028-06-30,,,",
        "2026-09-01,2028-06-30,2026-09-01,,",
        "KP110",
        9,
        "Tatsächlicher Beginn",
        "2026-09-01",
    ),
    Mistake(
        "actual end, but still running",
        MEASURES,
        "2025-01-15,,month",
        "2025-01-15,2026-02-01,month",
        "KP104",
        6,
        "Tatsächliches Ende",
        "2026-02-01",
        "warning",
    ),
    Mistake(
        "milestone reached in the future",
        "data/milestones.csv",
        "2025-07-15,reached",
        "2026-07-15,reached",
        "KP110",
        2,
        "Erreicht am",
        "2026-07-15",
    ),
    Mistake(
        "decision in the future",
        "data/decisions.csv",
        "B-2,2024-05-06",
        "B-2,2027-05-06",
        "KP110",
        3,
        "Datum",
        "2027-05-06",
    ),
    Mistake(
        "money spent in a year to come",
        "data/budget.csv",
        "A-7,2025,",
        "A-7,2027,",
        "KP110",
        5,
        "Ausgegeben",
        "19000",
    ),
    Mistake(
        "baseline measured in the future",
        "data/indicators.csv",
        "Zählung,2023-12-31",
        "Zählung,2026-12-31",
        "KP110",
        2,
        "Datum des Ausgangswerts",
        "2026-12-31",
        "warning",
    ),
    Mistake(
        "target before the baseline",
        "data/indicator_targets.csv",
        "K-1,2027-12-31",
        "K-1,2022-12-31",
        "KP112",
        2,
        "Stichtag",
        "2022-12-31",
        "warning",
    ),
    Mistake(
        "accessibility tested in the future",
        "strategy/strategy.yml",
        "published: false",
        "published: false\naccessibility_tested: 2026-07-01",
        "KP110",
        9,
        None,
        "2026-07-01",
    ),
    Mistake(
        "milestone planned, but reached",
        "data/milestones.csv",
        "2025-08-20,reached",
        "2025-08-20,planned",
        "KP106",
        4,
        "Stand",
        "planned",
    ),
    Mistake(
        "review in the past",
        MEASURES,
        "public,2027-01-15",
        "public,2026-01-15",
        "KP107",
        2,
        "Nächste Überprüfung",
        "2026-01-15",
        "notice",
    ),
    Mistake(
        "progress of 145 percent",
        REPORTS,
        "2026-01-10,2025,laeuft,45",
        "2026-01-10,2025,laeuft,145",
        "KP034",
        8,
        "Fortschritt in Prozent",
        "145",
        cure="Möglich ist höchstens 100.",
    ),
    Mistake(
        "progress below nothing",
        REPORTS,
        "2026-01-10,2025,laeuft,45",
        "2026-01-10,2025,laeuft,-45",
        "KP034",
        8,
        "Fortschritt in Prozent",
        "-45",
        cure="Möglich ist mindestens 0.",
    ),
    Mistake(
        "falling progress",
        REPORTS,
        "A-4,2026-01-10,2025,laeuft,45,Zwei Schulen sind am Netz.",
        "A-4,2026-01-10,2025,laeuft,5,",
        "KP304",
        8,
        "Fortschritt in Prozent",
        "5",
        "warning",
    ),
    Mistake(
        "done with 90 percent",
        REPORTS,
        "fertig,100",
        "fertig,90",
        "KP305",
        5,
        "Fortschritt in Prozent",
        "90",
        "warning",
    ),
    Mistake(
        "report in the future",
        REPORTS,
        "A-7,2026-01-15",
        "A-7,2026-07-15",
        "KP110",
        11,
        "Datum",
        "2026-07-15",
    ),
    Mistake(
        "report before the start",
        REPORTS,
        "A-4,2025-01-10",
        "A-4,2024-07-10",
        "KP302",
        7,
        "Datum",
        "2024-07-10",
        "warning",
    ),
    Mistake(
        "report long before the strategy",
        REPORTS,
        "A-6,2026-01-15",
        "A-6,2006-01-15,2006,offen,0,Geplant.,,,,Werke\nA-6,2026-01-15",
        "KP302",
        10,
        "Datum",
        "2006-01-15",
        "warning",
    ),
    Mistake(
        "period without days",
        REPORTS,
        "A-4,2026-01-10,2025",
        "A-4,2026-01-10,Runde 3",
        "KP320",
        8,
        "Berichtszeitraum",
        "Runde 3",
    ),
    Mistake(
        "no such half-year",
        REPORTS,
        "A-4,2026-01-10,2025",
        "A-4,2026-01-10,2025-H3",
        "KP320",
        8,
        "Berichtszeitraum",
        "2025-H3",
    ),
    Mistake(
        "budget year",
        REPORTS,
        "A-4,2026-01-10,2025",
        "A-4,2026-01-10,2024/25",
        "KP321",
        8,
        "Berichtszeitraum",
        "2024/25",
        "notice",
    ),
    Mistake(
        "reopened without a word",
        REPORTS,
        "A-6,2026-01-15,2025",
        "A-2,2026-01-10,2025,laeuft,,,,,,\nA-2,2026-03-10,2026,fertig,,,,,,\nA-6,2026-01-15,2025",
        "KP308",
        10,
        "Status",
        "laeuft",
        "warning",
    ),
    Mistake(
        "ended after what its report speaks for",
        REPORTS,
        "A-2,2025-03-10,2025",
        "A-2,2025-03-10,2024",
        "KP311",
        5,
        "Berichtszeitraum",
        "2024",
        "warning",
    ),
    Mistake(
        "report before its period",
        REPORTS,
        "A-4,2026-01-10,2025",
        "A-4,2026-01-10,2027",
        "KP323",
        8,
        "Berichtszeitraum",
        "2027",
        "warning",
    ),
    Mistake(
        "stale measure",
        REPORTS,
        "A-7,2026-01-15,2025,",
        "A-7,2025-05-15,,",
        "KP306",
        10,
        "Kennung",
        "A-7",
        "warning",
        found_in=MEASURES,
    ),
    Mistake(
        "stale by a date long before the end of its period",
        REPORTS,
        "A-7,2026-01-15,2025,",
        "A-7,2025-05-15,2025,",
        "KP306",
        11,
        "Datum",
        "2025-05-15",
        "warning",
        cure="Prüfen Sie das Datum.",
    ),
    Mistake(
        "target row without value",
        "data/indicator_targets.csv",
        "K-1,2027-12-31,12",
        "K-1,2027-12-31,",
        "KP031",
        2,
        "Wert",
    ),
    Mistake(
        "target of an indicator that has no value",
        "data/indicator_values.csv",
        "K-2,2025-12-31,11.5,Hauptnetz\n",
        "",
        "KP401",
        3,
        "Kennzahl",
        "K-2",
        severity="warning",
        found_in="data/indicator_targets.csv",
    ),
    Mistake(
        "value outside the indicator's range",
        "data/indicator_values.csv",
        "11.5",
        "111.5",
        "KP402",
        4,
        "Wert",
        "111.5",
        severity="warning",
    ),
    Mistake(
        "bounds swapped",
        "data/indicators.csv",
        "increase,0,200",
        "increase,200,0",
        "KP403",
        2,
        "Kleinster möglicher Wert",
        "200",
    ),
    Mistake(
        "measured value in the future",
        "data/indicator_values.csv",
        "K-1,2025-12-31",
        "K-1,2026-12-31",
        "KP110",
        3,
        "Stichtag",
        "2026-12-31",
        "warning",
    ),
    Mistake(
        "more spent than approved",
        BUDGET,
        "180000,170000",
        "180000,190000",
        "KP501",
        4,
        "Ausgegeben",
        "190000",
        "warning",
    ),
    Mistake(
        "year outside the period",
        BUDGET,
        "A-7,2025",
        "A-7,2020",
        "KP502",
        5,
        "Jahr",
        "2020",
        severity="warning",
    ),
    Mistake(
        "personal e-mail address",
        "data/organisations.csv",
        "schulamt@kleinstadt",
        "erika.muster@kleinstadt",
        "KP603",
        4,
        "Funktionspostfach",
        "erika.muster@kleinstadt.example",
        "warning",
    ),
    Mistake(
        "personal e-mail address on a page",
        "docs/mitmachen.md",
        "[digital@kleinstadt.example](mailto:digital@kleinstadt.example)",
        "e.muster@kleinstadt.example",
        "KP603",
        5,
        None,
        "e.muster@kleinstadt.example",
        "warning",
    ),
    Mistake(
        "text that calls itself not public",
        REPORTS,
        "Die Ausleihe läuft.",
        "Anfrage liegt vor (vertraulich)",
        "KP609",
        6,
        "Sachstand",
        "Anfrage liegt vor (vertraulich)",
        "warning",
    ),
    Mistake(
        "person named in a report",
        REPORTS,
        "Die Ausleihe läuft.",
        "Frau Klein ist krank.",
        "KP608",
        6,
        "Sachstand",
        "Frau Klein ist krank.",
        "warning",
    ),
    Mistake(
        "formula in a cell",
        REPORTS,
        "Die Ausleihe läuft.",
        "=HYPERLINK(A1)",
        "KP601",
        6,
        "Sachstand",
        "=HYPERLINK(A1)",
    ),
    Mistake(
        "at sign first",
        REPORTS,
        "Die Ausleihe läuft.",
        "@SUM(A1)",
        "KP601",
        6,
        "Sachstand",
        "@SUM(A1)",
    ),
    Mistake(
        "tab first",
        REPORTS,
        "Die Ausleihe läuft.",
        "\t=1",
        "KP601",
        6,
        "Sachstand",
        "\t=1",
    ),
    Mistake(
        "carriage return first",
        REPORTS,
        "Die Ausleihe läuft.",
        '"\r=1"',
        "KP601",
        6,
        "Sachstand",
        "\r=1",
    ),
    Mistake(
        "formula as column name",
        "data/bodies.csv",
        "chair_role,order\nrat,Rat,Er beschließt.,monatlich,Bürgermeisteramt,1",
        "chair_role,order,=x\nrat,Rat,Er beschließt.,monatlich,Bürgermeisteramt,1,2",
        "KP601",
        1,
        "=x",
        "=x",
    ),
    Mistake(
        "plus first",
        REPORTS,
        "Die Ausleihe läuft.",
        "+12 Prozent",
        "KP602",
        6,
        "Sachstand",
        "+12 Prozent",
        "warning",
    ),
    Mistake(
        "hyphen first",
        REPORTS,
        "Die Ausleihe läuft.",
        "- Ausleihe läuft",
        "KP602",
        6,
        "Sachstand",
        "- Ausleihe läuft",
        "warning",
    ),
    Mistake(
        "script as address",
        "data/documents.csv",
        "https://www.kleinstadt.example/liste.pdf",
        "javascript:alert(1)",
        "KP604",
        3,
        "Adresse",
        "javascript:alert(1)",
    ),
    Mistake(
        "address without scheme",
        "data/decisions.csv",
        "https://www.kleinstadt.example/v12",
        "www.kleinstadt.example/v12",
        "KP030",
        2,
        "Adresse",
        "www.kleinstadt.example/v12",
        cure="Schreiben Sie https://www.kleinstadt.example/v12",
    ),
    Mistake(
        "script in a cell",
        REPORTS,
        "Die Ausleihe läuft.",
        "<script>alert(1)</script>",
        "KP606",
        6,
        "Sachstand",
        "<script>alert(1)</script>",
        "notice",
    ),
    Mistake(
        "template in a cell",
        REPORTS,
        "Die Ausleihe läuft.",
        "{{ 7*7 }}",
        "KP606",
        6,
        "Sachstand",
        "{{ 7*7 }}",
        "notice",
    ),
    Mistake(
        "control character",
        REPORTS,
        "Die Ausleihe läuft.",
        "Die\x07 Ausleihe",
        "KP607",
        6,
        "Sachstand",
        "Die\x07 Ausleihe",
    ),
    Mistake(
        "misspelt category",
        MEASURES,
        "F-2,project,5",
        "F-2,projekt,5",
        "KP032",
        7,
        "Art",
        "projekt",
        cure="Meinten Sie „project“?",
    ),
    Mistake(
        "German name of a category",
        "data/milestones.csv",
        "2025-12-31,,dropped",
        "2025-12-31,,entfallen",
        "KP032",
        5,
        "Stand",
        "entfallen",
        cure="Meinten Sie „dropped“?",
    ),
    Mistake(
        "German date",
        MEASURES,
        "2024-03-01,2025-03-31",
        "2024-03-01,31.3.2025",
        "KP030",
        5,
        "Geplantes Ende",
        "31.3.2025",
        cure="Schreiben Sie 2025-03-31.",
    ),
    Mistake(
        "31 February",
        MEASURES,
        "2024-03-01,2025-03-31",
        "2024-03-01,31.02.2025",
        "KP030",
        5,
        "Geplantes Ende",
        "31.02.2025",
        cure="2026-03-31",
    ),
    Mistake(
        "31 February, ISO",
        MEASURES,
        "2024-03-01,2025-03-31",
        "2024-03-01,2025-02-31",
        "KP030",
        5,
        "Geplantes Ende",
        "2025-02-31",
        cure="Prüfen Sie Tag und Monat.",
    ),
    Mistake(
        "decimal comma",
        BUDGET,
        "58000.50",
        '"58.000,50"',
        "KP030",
        3,
        "Ausgegeben",
        "58.000,50",
        cure="Schreiben Sie 58000.50",
    ),
    Mistake(
        "German truth value",
        MEASURES,
        "day,3,true",
        "day,3,ja",
        "KP030",
        5,
        "Schneller Erfolg",
        "ja",
        cure="Schreiben Sie true.",
    ),
    Mistake(
        "id with a path in it",
        "data/milestones.csv",
        "S-2,A-1",
        "../S-2,A-1",
        "KP033",
        3,
        "Kennung",
        "../S-2",
        cure="M-012",
    ),
    Mistake(
        "empty title",
        MEASURES,
        "A-3,Lesesaal",
        "A-3,",
        "KP031",
        6,
        "Bezeichnung",
    ),
    Mistake(
        "colour by name",
        "data/statuses.csv",
        "active,▶,#1a5fb4",
        "active,▶,blue",
        "KP033",
        3,
        "Farbe",
        "blue",
    ),
    Mistake(
        "duplicate id",
        "data/milestones.csv",
        "S-2,A-1",
        "S-1,A-1",
        "KP036",
        3,
        "Kennung",
        "S-1",
    ),
    Mistake(
        "duplicate composite key",
        "data/measure_goals.csv",
        "A-7,G-4",
        "A-6,G-4",
        "KP036",
        8,
        "Maßnahme, Ziel",
        "A-6, G-4",
    ),
    Mistake(
        "two reports on one day",
        REPORTS,
        "A-4,2026-01-10,2025,laeuft,45",
        "A-4,2025-01-10,2024,laeuft,45",
        "KP307",
        8,
        "Datum",
        "2025-01-10",
    ),
    Mistake(
        "short row",
        "data/responsibilities.csv",
        "A-6,werke,lead",
        "A-6,werke",
        "KP024",
        8,
        None,
        "werke",
    ),
    Mistake(
        "long row",
        "data/responsibilities.csv",
        "A-6,werke,lead",
        "A-6,werke,lead,Anna",
        "KP025",
        8,
        None,
        "Anna",
    ),
    Mistake(
        "column missing",
        "data/responsibilities.csv",
        "measure,organisation,role",
        "measure,organisation,rolle",
        "KP020",
        1,
        "rolle",
        "rolle",
        cure="Benennen Sie „rolle“ um in „role“.",
    ),
    Mistake(
        "symbol lost",
        "data/statuses.csv",
        "active,▶,",
        "active,?,",
        "KP332",
        3,
        "Zeichen",
        "?",
        severity="warning",
        cure="zum Beispiel ▶",
    ),
    Mistake(
        "column twice",
        "data/bodies.csv",
        "chair_role,order",
        "task,order",
        "KP022",
        1,
        "Aufgabe",
        "task",
    ),
    Mistake(
        "huge number",
        BUDGET,
        "A-7,2025,20000",
        "A-7," + "9" * 60 + ",20000",
        "KP034",
        5,
        "Jahr",
        "9" * 60,
    ),
    Mistake(
        "unknown setting",
        "strategy/strategy.yml",
        "municipality:",
        "municipalty:",
        "KP011",
        2,
        None,
        "municipalty",
        cure="Meinten Sie „municipality“?",
    ),
    Mistake(
        "setting that does not fit",
        "strategy/strategy.yml",
        "period_end: 2028",
        "period_end: bald",
        "KP012",
        4,
        None,
        "bald",
    ),
    Mistake(
        "broken YAML",
        "strategy/strategy.yml",
        'title: "Kleinstadt digital"',
        'title: "Kleinstadt digital',
        "KP010",
        1,
        cure='title: "Kleinstadt digital"',
    ),
]

PAGE_MISTAKES = [
    Mistake(
        "broken link",
        TEXT,
        "](A-2.md)",
        "](A-22.md)",
        "KP711",
        11,
        None,
        "A-22.md",
        cure="Meinten Sie „A-2.md“?",
    ),
    Mistake(
        "link to a file that is not on the site",
        TEXT,
        "](A-2.md)",
        "](../../data/measures.csv)",
        "KP711",
        11,
        None,
        "../../data/measures.csv",
    ),
    Mistake(
        "absolute link",
        TEXT,
        "](A-2.md)",
        "](/massnahmen/a-2/)",
        "KP711",
        11,
        None,
        "/massnahmen/a-2/",
    ),
    Mistake(
        "link to an internal measure",
        TEXT,
        "](A-2.md)",
        "](A-8.md)",
        "KP713",
        11,
        None,
        "A-8.md",
    ),
    Mistake(
        "link as HTML",
        TEXT,
        "[Bezahlen](A-2.md)",
        '<a href="A-2.md">Bezahlen</a>',
        "KP714",
        11,
        None,
        "A-2.md",
    ),
    Mistake(
        "missing anchor",
        TEXT,
        "#so-geht-es",
        "#so-gehts",
        "KP715",
        13,
        None,
        "../../docs/mitmachen.md#so-gehts",
        cure="Meinten Sie „so-geht-es“?",
    ),
    Mistake(
        "broken image",
        VISION,
        "](kreise.svg)",
        "](kreis.svg)",
        "KP712",
        11,
        None,
        "kreis.svg",
        cure="Meinten Sie „kreise.svg“?",
    ),
    Mistake(
        "image outside",
        VISION,
        "](kreise.svg)",
        "](../../kreise.svg)",
        "KP712",
        11,
        None,
        "../../kreise.svg",
    ),
    Mistake(
        "image from elsewhere",
        VISION,
        "](kreise.svg)",
        "](https://bilder.example/kreise.svg)",
        "KP734",
        11,
        None,
        "https://bilder.example/kreise.svg",
    ),
    Mistake(
        "image from elsewhere without scheme",
        VISION,
        "](kreise.svg)",
        "](//bilder.example/kreise.svg)",
        "KP734",
        11,
        None,
        "//bilder.example/kreise.svg",
    ),
    Mistake(
        "image as data",
        VISION,
        "](kreise.svg)",
        "](data:image/svg+xml;base64,PHN2Zz4=)",
        "KP734",
        11,
        None,
        "data:image/svg+xml;base64,PHN2Zz4=",
    ),
    Mistake(
        "missing alternative text",
        VISION,
        "![Drei Kreise: Rathaus, Schule und Wasser.]",
        "![]",
        "KP721",
        11,
        None,
        "kreise.svg",
    ),
    Mistake(
        "empty alternative text by attribute",
        VISION,
        "](kreise.svg)",
        '](kreise.svg){ alt="" }',
        "KP721",
        11,
        None,
        "kreise.svg",
    ),
    Mistake(
        "skipped heading level",
        VISION,
        "### Was zuerst kommt",
        "#### Was zuerst kommt",
        "KP722",
        13,
        None,
        "Was zuerst kommt",
        cure="Schreiben Sie ### Was zuerst kommt.",
    ),
    Mistake(
        "first heading too low",
        TEXT,
        "## Der Anlass",
        "### Der Anlass",
        "KP722",
        1,
        None,
        "Der Anlass",
    ),
    Mistake(
        "heading of the first level in prose",
        TEXT,
        "## Der Weg",
        "# Der Weg",
        "KP723",
        9,
        None,
        "Der Weg",
    ),
    Mistake(
        "second title of a page",
        "docs/mitmachen.md",
        "## So geht es",
        "# So geht es",
        "KP723",
        3,
        None,
        "So geht es",
    ),
    Mistake("link without text", TEXT, "[Bezahlen]", "[]", "KP724", 11, None, "A-2.md"),
    Mistake(
        "script",
        TEXT,
        "Viele Menschen",
        "<script>alert(1)</script>Viele Menschen",
        "KP731",
        3,
        None,
        "<script",
    ),
    Mistake(
        "frame",
        TEXT,
        "Viele Menschen",
        '<IFRAME title="x"></IFRAME>Viele Menschen',
        "KP731",
        3,
        None,
        "<iframe",
    ),
    Mistake("form", TEXT, "Viele Menschen", "<form></form>Viele", "KP731", 3, None, "<form"),
    Mistake("svg", TEXT, "Viele Menschen", "<svg></svg>Viele", "KP731", 3, None, "<svg"),
    Mistake("style", TEXT, "Viele Menschen", "<style>p{}</style>Viele", "KP731", 3, None, "<style"),
    Mistake(
        "event handler",
        TEXT,
        "Viele Menschen",
        '<span onclick="alert(1)">Viele</span> Menschen',
        "KP732",
        3,
        None,
        "onclick",
    ),
    Mistake(
        "event handler by attribute list",
        TEXT,
        "## Der Weg",
        "## Der Weg {: onclick=alert(1) }",
        "KP732",
        9,
        None,
        "onclick",
    ),
    Mistake(
        "style that loads",
        TEXT,
        "Viele Menschen",
        '<span style="background:url(https://x.example/a.png)">Viele</span> Menschen',
        "KP732",
        3,
        None,
        "background:url(https://x.example/a.png)",
    ),
    Mistake(
        "javascript link",
        TEXT,
        "](A-2.md)",
        "](javascript:alert(1))",
        "KP733",
        11,
        None,
        "javascript:alert(1)",
    ),
    Mistake(
        "javascript link in disguise",
        TEXT,
        "[Bezahlen](A-2.md)",
        '<a href=" jAva&#115;cript&colon;alert(1)">Bezahlen</a>',
        "KP733",
        11,
        None,
        " jAvascript:alert(1)",
    ),
    Mistake(
        "data link",
        TEXT,
        "](A-2.md)",
        "](data:text/html;base64,PHNjcmlwdD4=)",
        "KP733",
        11,
        None,
        "data:text/html;base64,PHNjcmlwdD4=",
    ),
    Mistake(
        "vbscript link",
        TEXT,
        "](A-2.md)",
        "](VBScript:x)",
        "KP733",
        11,
        None,
        "VBScript:x",
    ),
    Mistake(
        "element not closed",
        TEXT,
        "Viele Menschen",
        "Viele <b>Menschen",
        "KP735",
        3,
        None,
        "<b",
    ),
    Mistake(
        "computation",
        VISION,
        '{{ status_badge("A-1") }}',
        "{{ 7*7 }}",
        "KP801",
        15,
        None,
        "{{ 7*7 }}",
    ),
    Mistake(
        "attribute access",
        VISION,
        '{{ status_badge("A-1") }}',
        '{{ "".__class__ }}',
        "KP801",
        15,
        None,
        '{{ "".__class__ }}',
    ),
    Mistake(
        "include",
        VISION,
        '{{ status_badge("A-1") }}',
        '{% include "/etc/passwd" %}',
        "KP801",
        15,
        None,
        '{% include "/etc/passwd" %}',
    ),
    Mistake(
        "set", VISION, "Die Anträge", "{% set x = 1 %}Die", "KP801", 15, None, "{% set x = 1 %}"
    ),
    Mistake(
        "filter",
        VISION,
        '{{ status_badge("A-1") }}',
        '{{ status_badge("A-1") | upper }}',
        "KP801",
        15,
        None,
        '{{ status_badge("A-1") | upper }}',
    ),
    Mistake(
        "unknown name",
        VISION,
        '{{ status_badge("A-1") }}',
        "{{ config }}",
        "KP801",
        15,
        None,
        "{{ config }}",
    ),
    Mistake(
        "template marks not closed",
        VISION,
        '{{ status_badge("A-1") }}',
        '{{ status_badge("A-1") }',
        "KP801",
        15,
        None,
        '{{ status_badge("A-1") }.',
    ),
    Mistake(
        "unknown macro",
        VISION,
        "status_badge",
        "status_bagde",
        "KP803",
        15,
        None,
        "status_bagde",
        cure="Meinten Sie „status_badge“?",
    ),
    Mistake(
        "macro with an unknown id",
        VISION,
        'status_badge("A-1")',
        'status_badge("A-11")',
        "KP804",
        15,
        None,
        "A-11",
        cure="Meinten Sie „A-1“?",
    ),
    Mistake(
        "macro without argument",
        VISION,
        'status_badge("A-1")',
        "status_badge()",
        "KP804",
        15,
        None,
        "status_badge",
    ),
    Mistake(
        "macro with an unknown id",
        "strategy/fields/F-3.md",
        "A-7",
        "A-77",
        "KP804",
        4,
        None,
        "A-77",
    ),
    Mistake(
        "internal measure in a macro",
        VISION,
        'status_badge("A-1")',
        'status_badge("A-8")',
        "KP805",
        15,
        None,
        "A-8",
    ),
    Mistake(
        "macro in an address",
        TEXT,
        "](A-2.md)",
        ']({{ setting("title") }})',
        "KP732",
        11,
        None,
        "href",
    ),
    Mistake(
        "broken front matter",
        VISION,
        'description: "Was',
        'description: x: "Was',
        "KP702",
        2,
    ),
    Mistake(
        "unknown key in front matter",
        VISION,
        "description:",
        "beschreibung:",
        "KP704",
        2,
        None,
        "beschreibung",
        "warning",
    ),
]


FOREIGN = re.compile(
    r"\b(?:expected|expecting|unexpected|argument|keyword|positional|invalid|missing|required"
    r"|delimiter|token|mapping|block|None|NoneType|Python|Jinja|regex)\b|\^\[|\\[dw]",
    re.IGNORECASE,
)
"""Words of programs and of other languages, which no German message has."""


def _found(root: Path, severity: str) -> list[Finding]:
    ranks = ["error", "warning", "notice"]
    counted = ranks[: ranks.index(severity) + 1]
    return [f for f in check(root, DAY) if f.severity in counted]


def test_the_small_strategy_is_clean() -> None:
    """The strategy in which mistakes are planted has neither errors nor warnings nor notices."""
    assert check(KLEIN, DAY) == ()


@pytest.mark.parametrize("mistake", TABLE_MISTAKES + PAGE_MISTAKES, ids=lambda m: m.name)
def test_a_planted_mistake_is_the_only_one_found(mistake: Mistake, tmp_path: Path) -> None:
    """A planted mistake is found once, with rule, file, line, column, value and cure."""
    root = copied(tmp_path)
    replace(root, mistake.file, mistake.old, mistake.new)

    found = _found(root, mistake.severity)

    assert [(f.rule, f.severity) for f in found] == [(mistake.rule, mistake.severity)]
    (finding,) = found
    assert finding.file == (mistake.found_in or mistake.file)
    assert finding.line == mistake.line
    assert (finding.title.de if finding.title else None) == mistake.column
    assert finding.value == mistake.value
    assert mistake.cure in finding.cure.de
    assert not FOREIGN.search(f"{finding.problem.de} {finding.cure.de}")
    assert finding.problem.de
    assert finding.problem.en


def test_prose_without_a_row_is_found(tmp_path: Path) -> None:
    """A text on a measure that the table does not have is an error that names the nearest id."""
    root = copied(tmp_path)
    append(root, "strategy/measures/A-11.md", "Ein Text.\n")

    (finding,) = _found(root, "error")

    assert (finding.rule, finding.file, finding.line) == ("KP705", "strategy/measures/A-11.md", 1)
    assert finding.cure.de == "Meinten Sie „A-1“?"


def test_a_page_of_no_chapter_is_a_warning(tmp_path: Path) -> None:
    """A misspelt name of a chapter's file is told, as the page would not be published."""
    root = copied(tmp_path)
    append(root, "strategy/visoin.md", "Ein Text.\n")

    (finding,) = _found(root, "warning")

    assert (finding.rule, finding.file) == ("KP706", "strategy/visoin.md")
    assert finding.cure.de.startswith("strategy/vision.md gibt es schon: Übernehmen Sie")


def test_ids_that_differ_only_in_case_are_found(tmp_path: Path) -> None:
    """Two goals whose ids differ only in case would have the same address."""
    root = copied(tmp_path)
    line = append(root, "data/goals.csv", "g-4,Noch ein Ziel,,,operational,F-3,2026-12-31,\n")

    (finding,) = _found(root, "error")

    assert (finding.rule, finding.line, finding.value) == ("KP201", line, "g-4")


def test_an_id_named_index_is_found(tmp_path: Path) -> None:
    """The id "index" would take the address of the section's own page."""
    root = copied(tmp_path)
    append(root, "data/goals.csv", "index,Noch ein Ziel,,,operational,F-3,2026-12-31,\n")

    (finding,) = _found(root, "error")

    assert (finding.rule, finding.value) == ("KP201", "index")


def test_a_longer_circle_is_told_as_a_whole(tmp_path: Path) -> None:
    """A circle of three dependencies is one finding that names all its measures."""
    root = copied(tmp_path)
    append(root, "data/dependencies.csv", "A-1,A-3,requires\nA-3,A-2,requires\n")

    (finding,) = _found(root, "error")

    assert finding.rule == "KP204"
    assert {"A-1", "A-2", "A-3"} <= set(finding.problem.de.replace(".", "").split())


def test_done_without_dates_in_the_whole_table_is_only_a_warning(tmp_path: Path) -> None:
    """A list that keeps no dates of completion at all is warned, not refused."""
    root = copied(tmp_path)
    replace(root, "data/measures.csv", "2024-03-01,2025-02-28,day", "2024-03-01,,day")
    replace(root, "data/measures.csv", "2024-01-01,2025-01-31,month", "2024-01-01,,month")

    found = _found(root, "warning")

    assert [f.rule for f in found] == ["KP103"]
    assert found[0].severity == "warning"


def test_a_point_between_thousands(tmp_path: Path) -> None:
    """An amount as a German spreadsheet shows it would be a thousandth of what was meant."""
    root = copied(tmp_path)
    table = root / BUDGET
    header, first, *rest = table.read_text("utf-8").splitlines()
    cells = first.split(",")
    cells[header.split(",").index("planned")] = "1.250.000"
    table.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", "utf-8")
    assert [f.line for f in check(root, DAY) if f.severity == "error"] == [2]
    cells[header.split(",").index("planned")] = "90.000"
    table.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", "utf-8")
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP503")
    assert (finding.file, finding.line, finding.value) == (BUDGET, 2, "90.000")
    assert (finding.severity, finding.cure.de) == ("error", "Schreiben Sie 90000.")


@pytest.mark.parametrize(("file", "places"), [(VISION, (0, 4)), ("strategy/strategy.yml", (0,))])
def test_left_over_from_a_conflict(tmp_path: Path, file: str, places: tuple[int, ...]) -> None:
    """Markers of a conflict in git are found in texts and settings, before they are published."""
    root = copied(tmp_path)
    line = append(root, file, "\n<<<<<<< HEAD\nA: 1\n=======\nA: 2\n>>>>>>> anders\n") + 1
    found = [f for f in check(root, DAY) if f.severity == "error"]
    [finding] = found
    told = (finding.place, *finding.also)
    assert finding.rule == "KP707"
    assert [(place.file, place.line) for place in told] == [(file, line + n) for n in places]
    assert "<<<<<<<" in finding.cure.de


def test_a_missing_logo(tmp_path: Path) -> None:
    """A logo that is not there is an error with the file that may be meant."""
    root = copied(tmp_path)
    (root / "docs/assets").mkdir(parents=True)
    (root / "docs/assets/wappen.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    line = append(root, "strategy/strategy.yml", 'logo: "assets/wapen.svg"\n')
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP015")
    assert (finding.line, finding.value) == (line, "assets/wapen.svg")
    assert finding.cure.de.startswith("Meinten Sie „assets/wappen.svg“?")


def test_settings_in_windows_encoding(tmp_path: Path) -> None:
    """The message says that the encoding is wrong, and from which line on."""
    root = copied(tmp_path)
    path = root / "strategy/strategy.yml"
    line = append(root, "strategy/strategy.yml", "# Änderung\n")
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    finding = next(f for f in check(root, DAY) if f.rule == "KP010")
    assert finding.line is not None
    assert finding.line <= line
    assert "UTF-8" in finding.problem.de
