"""What a reader wants to know first: on a measure, since the last report, effort and effect."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml import html

from klarplan.strategy import derive
from klarplan.strategy.model import Risk, StatusReport
from macros.excerpt import excerpt
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.entwined import context_of
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

TODAY = dt.date(2026, 11, 26)
SMALL = context_of(KLEIN, TODAY)


def said(name: str, context: Context = SMALL, **arguments: Any) -> str:
    """The words that a macro shows."""
    markup = render(environment(REPOSITORY), context, MACROS[name], **arguments)
    return " ".join(re.sub(r"<[^>]+>", " ", markup).replace("\u00a0", " ").split())


def with_reports(*reports: StatusReport) -> Context:
    """The small strategy with these reports alone."""
    strategy = replace(SMALL.strategy, status_reports=reports)
    return replace(SMALL, strategy=strategy, chapters=("implementation",))


def test_a_running_measure_tells_what_comes_next_who_and_how_much() -> None:
    """Next milestone, end, lead with address, spent of approved in percent, newest report."""
    text = said("measure_now", measure="A-1")
    assert "Was als Nächstes kommt Zwölf Anträge online, bis 30. Juni 2027" in text
    assert "Ende geplant Juni 2027" in text
    assert "Zuständig Bürgerdienste" in text
    assert "102.000,50 € von 105.000,00 € bewilligten Mitteln ausgegeben (97 %)" in text
    assert "Acht Anträge sind online." in text
    assert "Es fehlt Personal." in text


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({}, "Letzte Meldung 1. Oktober 2026"),
        ({"text": "Es läuft."}, "Gemeldet am 01.10.2026 Es läuft."),
        (
            {"obstacles": "Es fehlt Geld."},
            "Gemeldet am 01.10.2026 Was behindert hat: Es fehlt Geld.",
        ),
    ],
)
def test_a_report_without_text_is_told_by_its_day(told: dict[str, str], shown: str) -> None:
    """No name of a row stands beside an empty cell."""
    report = StatusReport(measure="A-1", date=dt.date(2026, 10, 1), status="running", **told)
    assert shown in said("measure_now", with_reports(report), measure="A-1")


@pytest.mark.parametrize("given", [{}, {"effect": "high"}, {"counter_measure": "Wir werben."}])
def test_what_is_not_known_of_a_risk_has_a_dash(given: dict[str, str]) -> None:
    """No cell of a risk is empty; its measure stands behind a point, free of brackets."""
    risk = Risk(id="R-1", title="Geld fehlt", measure="A-1", **given)
    context = replace(SMALL, strategy=replace(SMALL.strategy, risks=(risk,)))
    table = html.fromstring(render(environment(REPOSITORY), context, MACROS["risks"]))
    cells = [str(cell.text_content()) for cell in table.iter("td")]
    assert cells.count("–") == 4 - len(given)
    assert "" not in cells
    (head,) = table.xpath("//tbody//th")
    assert re.match(r"Geld fehlt · \S+ [^()]+$", head.text_content())


def test_a_finished_measure_has_no_next_step() -> None:
    """What is over has neither a next milestone nor an end to come."""
    text = said("measure_now", measure="A-2")
    assert "Was als Nächstes kommt" not in text
    assert "Ende" not in text
    assert "Alle Gebühren lassen sich online zahlen." in text


def test_a_dropped_milestone_is_not_next() -> None:
    """Milestones that were dropped or reached are not what comes next."""
    assert "Sensor verworfen" not in said("measure_now", measure="A-7")


@pytest.mark.parametrize(
    ("spent", "approved", "percent"),
    [("1", "3", 33), ("1", "2", 50), ("2", "3", 67), ("5", "0", None), (None, "5", None)],
)
def test_shares_are_rounded_and_nothing_is_divided_by_nothing(
    spent: str | None, approved: str, percent: int | None
) -> None:
    """A share needs both amounts; what is over a half counts as a whole percent."""
    part = None if spent is None else Decimal(spent)
    assert derive.share(part, Decimal(approved)) == percent


def report(day: str, status: str, period: str, measure: str = "A-6", **more: Any) -> StatusReport:
    """A report on a measure."""
    date = dt.date.fromisoformat(day)
    return StatusReport(measure=measure, date=date, status=status, period=period, line=2, **more)


def test_changes_since_the_last_report_are_counted_and_named() -> None:
    """What was running at the end of the period and is done now is told, with its name."""
    context = with_reports(
        report("2026-06-20", "laeuft", "2026-H1"), report("2026-10-01", "fertig", "2026-H2")
    )
    text = said("since_last_report", context)
    assert "(1. Halbjahr 2026, bis 30. Juni 2026 )" in text
    assert "1 Maßnahme abgeschlossen A-6 Zähler" in text
    assert "eingestellt" not in text


def test_what_was_so_before_is_no_change() -> None:
    """A measure that was done at the end of the period already is not told again."""
    context = with_reports(
        report("2026-06-20", "fertig", "2026-H1"), report("2026-10-01", "fertig", "2026-H2")
    )
    assert "abgeschlossen" not in said("since_last_report", context)


def test_a_report_that_came_late_changes_nothing_since() -> None:
    """A report of today for the finished period speaks for that period."""
    context = with_reports(
        report("2026-06-20", "laeuft", "2026-H1"), report("2026-11-20", "fertig", "2026-H1")
    )
    assert "abgeschlossen" not in said("since_last_report", context)


def test_without_a_finished_period_nothing_is_compared() -> None:
    """A strategy without reports, or with those of the current period only, shows nothing."""
    assert said("since_last_report", with_reports()) == ""
    assert said("since_last_report", with_reports(report("2026-10-01", "laeuft", "2026-H2"))) == ""


def test_a_late_measure_says_why_at_once() -> None:
    """The obstacle of the newest report stands under the status, an earlier one does not."""
    text = said("measure_lead", measure="A-4")
    assert "Grund:" not in text
    late = with_reports(
        report("2026-01-01", "laeuft", "2025", "A-3", obstacles="Kein Geld."),
        report(
            "2026-11-01",
            "laeuft",
            "2026-H2",
            "A-3",
            expected_end=dt.date(2027, 9, 30),
            obstacles="Kein Raum.",
        ),
    )
    assert "Grund: Kein Raum. (Meldung vom 01.11.2026)" in said("measure_lead", late, measure="A-3")


def test_a_stopped_measure_says_why_at_once() -> None:
    """As the reason of that, not of a late beginning; a mere text is told as what was reported."""
    stopped = report("2026-11-01", "beendet", "2026-H2", "A-5", obstacles="Kein Anbieter.")
    text = said("measure_lead", with_reports(stopped), measure="A-5")
    assert "Grund der Einstellung: Kein Anbieter. (Meldung vom 01.11.2026)" in text
    assert "Grund" not in said("measure_lead", measure="A-5")
    assert "Die Mittel gingen an das Netz." in said("measure_now", measure="A-5")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ein Satz.", "Ein Satz."),
        ("Ein kurzer Satz. Und noch einer.", "Ein kurzer Satz.\u00a0[…]"),
        ("Ein Satz ohne Ende und ohne Punkt", "Ein Satz ohne\u00a0…"),
        ("Am 1. Mai um 9 Uhr, z. B. im Rathaus.", "Am 1. Mai um 9\u00a0…"),
        ("", ""),
    ],
)
def test_lists_give_whole_sentences(text: str, shown: str) -> None:
    """No sentence is cut that has room, and what is left out is marked."""
    assert excerpt(text, 22) == shown


@pytest.mark.parametrize("measure", ["A-3", "A-5"])
def test_the_screen_tells_a_reason_once(measure: str) -> None:
    """Late or stopped: on screen the reason stands under the status, in papers in the table."""
    late = report("2026-11-01", "laeuft", "2026-H2", "A-3", expected_end=dt.date(2027, 9, 30))
    stopped = report("2026-11-01", "beendet", "2026-H2", "A-5")
    context = with_reports(*(replace(told, obstacles="Kein Raum.") for told in (late, stopped)))
    assert said("measure_lead", context, measure=measure).count("Kein Raum.") == 1
    markup = render(environment(REPOSITORY), context, MACROS["measure_now"], measure=measure)
    now = html.fragment_fromstring(f"<div>{markup}</div>")
    assert now.text_content().count("Kein Raum.") == 1
    for row in now.find_class("paper-only"):
        row.drop_tree()
    assert "Kein Raum." not in now.text_content()


def test_effort_and_effect_stand_side_by_side_without_a_ratio() -> None:
    """Money spent and indicators are told; no amount is divided by an effect."""
    text = said("effort", table="measures", id="A-1")
    assert "Bisher ausgegeben 102.000,50 € von 105.000,00 € bewilligten Mitteln" in text
    assert "Was sich bewegt hat" in text
    assert said("effort", table="measures", id="A-2") == ""
