"""Strategies of any size, for benchmarks and tests: made of plain rules, the same every time."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from klarplan.strategy.csv_writer import write_table

WORDS = [
    "Bürgerbüro",
    "Straße",
    "Gebäude",
    "Glasfaser",
    "Schule",
    "Rathaus",
    "Antrag",
    "Termin",
    "Büchereien",
    "Übung",
    "Öffnung",
    "Ortsteil",
    "Prüfung",
    "Fördermittel",
    "Anschluss",
    "Wartung",
    "Vergabe",
    "Planung",
    "Beteiligung",
    "Umzug",
]
BASELINE, START = ("baseline_date", "baseline_value"), ("2020-12-31", "16")
STATUSES = ("running", "running", "delayed", "done", "stopped")


def sentence(seed: int, length: int = 12) -> str:
    """Some German words that look like a sentence; equal for an equal seed, else different."""
    return " ".join(random.Random(seed).choices(WORDS, k=length)) + "."


def write_minimal(root: Path) -> None:
    """The least that is a strategy: three required tables, one measure, no text."""
    data = root / "data"
    data.mkdir(parents=True)
    (data / "fields_of_action.csv").write_text("id,title\nHF-1,Schule\n", "utf-8")
    (data / "measures.csv").write_text("id,title,field\nM-1,WLAN,HF-1\n", "utf-8")
    (data / "statuses.csv").write_text(
        "id,label,meaning,category\nlaufend,läuft,Es wird gearbeitet.,active\n", "utf-8"
    )


def write_strategy(root: Path, measures: int, *, reports: int = 3) -> None:
    """A strategy below ``root`` with reports, budget, milestones, goals and indicators."""
    data = root / "data"
    data.mkdir(parents=True, exist_ok=True)
    fields = [f"HF-{n:02}" for n in range(1, 9)]
    goals = [f"Z-{n:03}" for n in range(1, max(measures // 25, 1) + 1)]
    ids = [f"M-{n:04}" for n in range(1, measures + 1)]
    write_table(
        data / "fields_of_action.csv",
        ("id", "title", "summary", "order"),
        [
            (f, f"Feld {n}: {WORDS[n]}", sentence(90_000 + n), str(n))
            for n, f in enumerate(fields, 1)
        ],
    )
    write_table(
        data / "goals.csv",
        ("id", "title", "summary", "field", "target_date"),
        [
            (g, f"Ziel {n}: {WORDS[n % 20]}", sentence(80_000 + n), fields[n % 8], "2030-12-31")
            for n, g in enumerate(goals)
        ],
    )
    write_table(
        data / "statuses.csv",
        ("id", "label", "meaning", "category", "symbol", "colour"),
        [
            ("planned", "geplant", "Noch nicht begonnen.", "open", "○", "#4a5568"),
            ("running", "in Umsetzung", "Wird umgesetzt.", "active", "▶", "#1a5fb4"),
            ("delayed", "verzögert", "Dauert länger.", "delayed", "!", "#9c4500"),
            ("done", "abgeschlossen", "Ist umgesetzt.", "done", "✓", "#1b6e3c"),
            ("stopped", "eingestellt", "Wurde beendet.", "stopped", "✗", "#a51d2d"),
        ],
    )
    write_table(
        data / "organisations.csv",
        ("id", "name", "kind"),
        [(f"org-{n}", f"Fachbereich {WORDS[n]}", "department") for n in range(12)],
    )
    rows, links, reported, steps, money, who = [], [], [], [], [], []
    for n, identifier in enumerate(ids):
        start = dt.date(2022 + n % 3, 1 + n % 12, 1)
        end = dt.date(start.year + 2 + n % 4, 12, 31)
        final = STATUSES[n % 5]
        finished = "2026-06-30" if final in ("done", "stopped") else ""
        rows.append(
            (
                identifier,
                f"Maßnahme {n + 1}: {sentence(n, 4)}",
                sentence(n, 30),
                fields[n % 8],
                "project",
                str(n % 5 + 1),
                start.isoformat(),
                end.isoformat(),
                start.isoformat(),
                finished,
            )
        )
        links.append((identifier, goals[n % len(goals)]))
        who.append((identifier, f"org-{n % 12}", "lead"))
        who.append((identifier, f"org-{(n + 5) % 12}", "partner"))
        for r in range(reports):
            last = r == reports - 1
            day = dt.date(2026, 7, 15) if last else dt.date(2025, 9, 1) + dt.timedelta(60 * r)
            if last and finished:
                day = dt.date(2026, 6, 30)
            status = final if last else "running"
            progress = 100 if status == "done" else 20 + 10 * r
            reported.append(
                (
                    identifier,
                    day.isoformat(),
                    "2026" if last else f"{day:%Y-%m}",
                    status,
                    str(progress),
                    sentence(10_000 + 3 * n + r, 25),
                    sentence(20_000 + 3 * n + r, 8) if r == 1 else "",
                )
            )
        for s in range(2):
            steps.append(
                (f"MS-{n:04}-{s}", identifier, sentence(n + s, 4), f"{start.year + 1 + s}-06-30")
            )
        for year in range(2024, 2027):
            spent = str(900 * (n % 9 + 1)) if year < 2026 else ""
            money.append((identifier, str(year), str(1000 * (n % 9 + 1)), spent, "own"))
    write_table(
        data / "measures.csv",
        (
            "id",
            "title",
            "summary",
            "field",
            "type",
            "priority",
            "planned_start",
            "planned_end",
            "actual_start",
            "actual_end",
        ),
        rows,
    )
    write_table(data / "measure_goals.csv", ("measure", "goal"), links)
    write_table(data / "responsibilities.csv", ("measure", "organisation", "role"), who)
    write_table(
        data / "status_reports.csv",
        ("measure", "date", "period", "status", "progress", "text", "obstacles"),
        reported,
    )
    write_table(data / "milestones.csv", ("id", "measure", "title", "due"), steps)
    write_table(
        data / "budget.csv", ("measure", "year", "planned", "spent", "funding_source"), money
    )
    indicators = [f"K-{n:03}" for n in range(1, len(goals) + 1)]
    write_table(
        data / "indicators.csv",
        ("id", "title", "definition", "unit", "direction", "goal", *BASELINE),
        [
            (k, f"Kennzahl {n}", sentence(70_000 + n, 10), "Prozent", "increase", goals[n], *START)
            for n, k in enumerate(indicators)
        ],
    )
    for table, first, step in (("indicator_values", 2021, 4), ("indicator_targets", 2026, 15)):
        write_table(
            data / f"{table}.csv",
            ("indicator", "date", "value"),
            [(k, f"{first + y}-12-31", str(20 + y * step)) for k in indicators for y in range(5)],
        )
