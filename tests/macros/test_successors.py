"""A superseded measure leads on from every list, and from the day on that it was taken over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from klarplan.strategy import derive
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.entwined import DAY, context_of, write_entwined
from tests.support.project import REPOSITORY

OTHERS = {
    "decisions": ("id,date,title,measure", "B-1,2026-01-15,Ende,S-1", "B-2,2026-01-16,Netz,N-1"),
    "risks": ("id,title,measure", "R-1,Geld fehlt,S-1"),
    "feedback": (
        "id,date,contribution,outcome,measure",
        "FB-1,2026-01-20,Er irrt.,adopted,S-1",
    ),
    "indicators": ("id,title,unit,kind", "K-1,Fragen,Stück,output"),
    "measure_indicators": ("measure,indicator,effect", "S-1,K-1,Er antwortet"),
    "dependencies": ("from,to,type", "N-1,S-1,complements"),
    "organisations": ("id,name", "amt,Amt"),
    "responsibilities": ("measure,organisation,role", "S-1,amt,lead"),
    "milestones": ("id,measure,title,completed,state", "MS-1,S-1,Start,2025-03-01,reached"),
}
"""Tables in which a superseded measure (S-1) stands beside others."""
SAID = "abgelöst durch S-2 Suche und S-3 Telefon"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entwined strategy with further tables."""
    found = write_entwined(tmp_path_factory.mktemp("successors"))
    for name, lines in OTHERS.items():
        (found / f"data/{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    reports = found / "data/status_reports.csv"
    text = reports.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{'Erst fragen.' if row.startswith('S-1') else ''}" for row in text[1:]]
    reports.write_text("\n".join([f"{text[0]},lessons", *rows]) + "\n", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def context(root: Path) -> Context:
    """What macros are given for it."""
    return context_of(root)


def shown(context: Context, name: str, **arguments: Any) -> str:
    """What a macro shows, as one line of plain text."""
    found = render(environment(REPOSITORY), context, MACROS[name], **arguments)
    found = found.replace("</t", " </t")
    return " ".join(html.fromstring(f"<div>{found}</div>").text_content().split())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("decisions", {}),
        ("decision_facts", {"decision": "B-1"}),
        ("risks", {}),
        ("feedback", {}),
        ("feedback_outcomes", {}),
        ("indicator_facts", {"indicator": "K-1"}),
        ("dependencies", {"measure": "N-1"}),
        ("organisation_index", {}),
        ("newest_reports", {"count": 20}),
        ("lessons", {}),
        ("stopped_measures", {}),
        ("measures_table", {"field": "F-2"}),
        ("report_stopped", {"period": "2025"}),
        ("report_lessons", {"period": "2025"}),
        ("report_achieved", {"period": "2025"}),
    ],
)
def test_every_list_names_the_successors(
    name: str, arguments: dict[str, str], context: Context
) -> None:
    """Wherever a superseded measure is listed, what took it over stands behind it, once."""
    text = shown(context, name, **arguments)
    assert text.lower().count(SAID.lower()) == text.count("Chatbot")


def test_others_are_followed_by_nothing(context: Context) -> None:
    """A measure that nothing took over is listed by its name alone."""
    assert "abgelöst" not in shown(context, "decision_facts", decision="B-2")


def test_its_own_page_says_it_once(context: Context) -> None:
    """The head of its page leads on instead of judging a plan that holds no more."""
    lead = shown(context, "measure_lead", measure="S-1")
    assert "A" + SAID[1:] in lead
    assert "geplant" not in lead
    assert f"Termintreue {SAID}" in shown(context, "measure_facts", measure="S-1")


@pytest.mark.parametrize(
    ("measures", "reports", "day", "superseded"),
    [
        pytest.param((), ("2024-12-31,,laeuft", "2025-12-31,,weg"), "2025-06-30", False, id="ran"),
        pytest.param((), ("2024-12-31,,laeuft", "2025-12-31,,weg"), "2025-12-31", True, id="ended"),
        pytest.param(
            (),
            ("2025-01-10,,weg", "2026-01-10,,weg"),
            "2025-06-30",
            True,
            id="a word afterwards changes nothing",
        ),
        pytest.param((), ("2025-01-10,,laeuft",), "2025-06-30", True, id="the newest word"),
        pytest.param((), (), "2025-06-30", True, id="never reported on"),
        pytest.param((), ("2026-01-10,,weg",), "2025-06-30", False, id="reported on later only"),
        pytest.param(
            ("2025-09-15",), ("2025-12-31,,weg",), "2025-09-14", False, id="before its actual end"
        ),
        pytest.param(
            ("2025-09-15",), ("2025-12-31,,weg",), "2025-09-15", True, id="from its actual end on"
        ),
    ],
)
def test_it_is_superseded_from_its_end_on(
    measures: tuple[str, ...],
    reports: tuple[str, ...],
    day: str,
    superseded: bool,
    tmp_path: Path,
) -> None:
    """A succession changes nothing for days on which the measure still went on."""
    root = write_entwined(tmp_path)
    end = measures[0] if measures else ""
    (root / "data/measures.csv").write_text(
        f"id,title,field,planned_end,actual_end\nM-1,Eins,F-1,2027-12-31,{end}\n"
        "M-2,Zwei,F-1,2027-12-31,\n",
        encoding="utf-8",
    )
    rows = "".join(f"M-1,{row}\n" for row in reports)
    (root / "data/status_reports.csv").write_text(
        f"measure,date,period,status\n{rows}", encoding="utf-8"
    )
    (root / "data/successions.csv").write_text("from,to\nM-1,M-2\n", encoding="utf-8")
    for name in ("measure_fields", "budget", "measure_places"):
        (root / f"data/{name}.csv").unlink()
    context = context_of(root)
    measure = context.strategy.measure_by_id["M-1"]
    on = dt.date.fromisoformat(day)
    assert derive.is_superseded(context.strategy, measure, on) is superseded
    case = derive.timeliness(context.strategy, measure, on)
    assert (case == "superseded") is superseded


def test_an_older_report_does_not_know_of_it_yet(tmp_path: Path) -> None:
    """What was late in a half-year stays in its report, and nothing is said of a successor."""
    root = write_entwined(
        tmp_path,
        status_reports=("S-1,2025-07-20,2025-H1,spaet,40,Er irrt.",),
        statuses=("spaet,verzögert,Es dauert.,delayed,!,#9c4500",),
    )
    context = context_of(root, DAY)
    late = shown(context, "report_late", period="2025-H1")
    assert "Chatbot ! verzögert" in late
    assert "abgelöst" not in late
    assert SAID in shown(context, "report_stopped", period="2025")
