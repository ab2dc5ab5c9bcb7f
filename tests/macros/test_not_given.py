"""What nobody gave is no fact: sums name their years, and a missing column tells nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from klarplan.papers.card_texts import cards_of
from klarplan.strategy.model import BudgetItem
from klarplan.strategy.slips import planned_period
from klarplan.words.catalogue import ENGLISH, GERMAN
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.macros.test_told_reports import shown, written
from tests.support.entwined import context_of
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

SMALL = context_of(KLEIN, dt.date(2026, 11, 26))
MEASURE = SMALL.strategy.measures[0]


def with_money(*rows: tuple[int, str], **more: Any) -> Context:
    """The small strategy with these planned amounts of its first measure and no others."""
    budget = tuple(
        BudgetItem(measure=MEASURE.id, year=year, planned=Decimal(planned), **more)
        for year, planned in rows
    )
    of_measure = {MEASURE.id: budget}
    strategy = replace(SMALL.strategy, budget=budget)
    strategy.__dict__["budget_of_measure"] = of_measure
    return replace(SMALL, strategy=strategy)


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        ([(2026, "1000"), (2027, "500")], "2026 bis 2027"),
        ([(2026, "1500")], "2026"),
        ([(2024, "700"), (2026, "300"), (2027, "300"), (2028, "200")], "2024 und 2026 bis 2028"),
    ],
)
def test_a_planned_sum_says_of_which_years_it_is(rows: list[tuple[int, str]], years: str) -> None:
    """What the entered years come to is no total: every place names these years."""
    context = with_money(*rows)
    glance = shown(context, "at_a_glance").replace("\u00a0", " ")
    assert f"Geplante Mittel für {years}1.500 €" in glance
    assert f"Für {years} sind 1.500 € geplant." in shown(context, "money_spent").replace(
        "\u00a0", " "
    )
    assert f"Für {years} sind 1.500 Euro geplant." in shown(context, "in_simple_words").replace(
        "\u00a0", " "
    )
    facts = shown(context, "measure_facts", measure=MEASURE.id).replace("\u00a0", " ")
    assert f"1.500 € für {years}" in facts
    now = shown(context, "measure_now", measure=MEASURE.id).replace("\u00a0", " ")
    assert f"1.500 € geplant für {years}" in now
    field = shown(context, "field_summary", field=MEASURE.field).replace("\u00a0", " ")
    assert f"1.500 € für {years}" in field
    by_field = MACROS["budget"].select(context, by="field")
    assert by_field is not None
    assert by_field["title"] == f"Mittel nach Handlungsfeldern für {years}"
    card = next(card for card in cards_of(context) if card.title == MEASURE.title)
    told = {text.replace("\u00a0", " ") for _, text in card.facts}
    assert f"1.500 € für {years}" in told


def test_years_without_a_planned_amount_are_not_named() -> None:
    """A year of which only the spending is known is no year of the plan."""
    context = with_money((2026, "1500"))
    spent = BudgetItem(measure=MEASURE.id, year=2025, spent=Decimal(7))
    context = replace(
        context, strategy=replace(context.strategy, budget=(*context.strategy.budget, spent))
    )
    assert "Für 2026 sind 1.500 € geplant." in shown(context, "money_spent").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("approved", "spent", "told", "together"),
    [
        ("800", "400", "50 %", "50 %"),
        ("800", "900", "113 %", "100 %"),
        (None, "400", "–", "–"),
        ("800", None, "–", "10 %"),
    ],
)
def test_a_share_of_money_says_of_what(
    approved: str | None, spent: str | None, told: str, together: str
) -> None:
    """What is spent is compared with what is approved, and its column says so.

    In a sum that nobody can compare, there is no share, and no sentence says "of".
    """
    last = SMALL.strategy.fields_of_action[-1].id
    other = next(m for m in SMALL.strategy.measures if m.field == last)
    assert other.field != MEASURE.field
    given, used = approved and Decimal(approved), spent and Decimal(spent)
    budget = (
        BudgetItem(measure=MEASURE.id, approved=given or None, spent=used or None),
        BudgetItem(measure=other.id, approved=Decimal(200), spent=Decimal(100)),
    )
    context = replace(SMALL, strategy=replace(SMALL.strategy, budget=budget))
    found = html.fromstring(render(environment(REPOSITORY), context, MACROS["budget_drawn"]))
    table = found.xpath("//table")[0]
    assert ("von" in found.xpath("//p")[0].text_content()) == (together != "–")
    heads = [head.text_content() for head in table.xpath("./thead//th")]
    rows = [
        [cell.text_content().replace("\u00a0", " ") for cell in row.xpath("./td")]
        for row in table.xpath("./tbody/tr|./tfoot/tr")
    ]
    assert heads[-1] == "Ausgegeben vom Bewilligten"
    assert rows[0][-1] == told
    assert rows[1][-1] == "50 %"
    assert rows[-1][-1] == together


@pytest.mark.parametrize("by", ["programme", "source"])
def test_money_without_any_source_is_not_told_to_have_none(by: str) -> None:
    """A list without a column for it does not say that there is no funding."""
    assert MACROS["budget"].select(with_money((2026, "1500")), by=by) is None


@pytest.mark.parametrize(
    ("by", "given", "untold"),
    [
        ("programme", {"programme": "Städtebau"}, "Förderprogramm nicht angegeben"),
        ("source", {"funding_source": "state"}, "Herkunft nicht angegeben"),
    ],
)
def test_what_is_not_given_of_some_is_called_so(
    by: str, given: dict[str, str], untold: str
) -> None:
    """Where some money has a source, the rest is “not stated”, never “without”."""
    context = with_money((2026, "1500"))
    more = BudgetItem(measure=MEASURE.id, year=2026, planned=Decimal(9), **given)
    strategy = replace(context.strategy, budget=(*context.strategy.budget, more))
    found = MACROS["budget"].select(replace(context, strategy=strategy), by=by)
    assert found is not None
    assert untold in {row["name"] for row in found["rows"]}


LATE = "A,Anbau,F-1,project,2024-01-01,2025-12-31,,2024-01-01,"


def test_without_obstacles_the_newest_report_is_told(tmp_path: Path) -> None:
    """A list with one column of remarks may name the reason there; nothing says it is missing."""
    context = written(
        tmp_path,
        [LATE, LATE.replace("A,Anbau", "B,Bus")],
        ["A,2026-09-24,,spaet,10,,,Die Anordnung fehlt.,", "B,2026-09-24,,spaet,10,,,,"],
    )
    told = shown(context, "late_measures")
    assert "Zuletzt gemeldet: Die Anordnung fehlt. (Meldung vom 24.09.2026)" in told
    assert told.count("Ein Hemmnis als eigene Angabe nennt keine der jüngsten Meldungen") == 1
    assert "nicht gemeldet" not in told
    assert "Als Grund" not in told


def test_beside_obstacles_both_are_explained_once(tmp_path: Path) -> None:
    """Where some reports name an obstacle, the page says what stands where, once."""
    context = written(
        tmp_path,
        [LATE, LATE.replace("A,Anbau", "B,Bus")],
        [
            "A,2026-09-24,,spaet,10,,,Es stockt.,Es fehlt Personal.",
            "B,2026-09-24,,spaet,10,,,Der Bus fehlt.,",
        ],
    )
    told = shown(context, "late_measures")
    assert "Grund: Es fehlt Personal." in told
    assert "Zuletzt gemeldet: Der Bus fehlt." in told
    assert told.count("Als Grund steht hier") == told.count("Nennt sie kein Hemmnis") == 1


def test_obstacles_alone_need_no_word_on_others(tmp_path: Path) -> None:
    """Where every late measure has its reason, nothing is said of missing ones."""
    context = written(tmp_path, [LATE], ["A,2026-09-24,,spaet,10,,,Es stockt.,Personal."])
    assert "Nennt sie kein Hemmnis" not in shown(context, "late_measures")


@pytest.mark.parametrize(
    ("begin", "end", "exact", "told", "told_en"),
    [
        ("2025-01-01", "2025-12-31", "year", "2025", "2025"),
        ("2026-10-01", "2026-12-31", "quarter", "4. Quartal 2026", "4th quarter of 2026"),
        ("2026-05-04", "2026-05-04", "day", "4. Mai 2026", "4 May 2026"),
        ("2025-01-01", "2026-12-31", "year", "2025 bis 2026", "2025 to 2026"),
    ],
)
def test_a_period_of_one_name_is_told_once(
    begin: str, end: str, exact: str, told: str, told_en: str
) -> None:
    """“2025 bis 2025” is 2025, in every precision, in the facts and in the timetable."""
    measure = replace(
        MEASURE,
        planned_start=dt.date.fromisoformat(begin),
        planned_end=dt.date.fromisoformat(end),
        actual_start=None,
        actual_end=None,
        start_precision=exact,
        end_precision=exact,
    )
    assert planned_period(GERMAN, measure).replace("\u00a0", " ") == told
    assert planned_period(ENGLISH, measure).replace("\u00a0", " ") == told_en
    context = replace(SMALL, strategy=replace(SMALL.strategy, measures=(measure,)))
    facts = shown(context, "measure_facts", measure=measure.id).replace("\u00a0", " ")
    assert f"Zeitraum nach Plan {told}" in facts
    rows = MACROS["schedule"].select(context)["groups"]  # type: ignore[index]
    assert rows[0]["rows"][0]["period"].replace("\u00a0", " ") == told


BEFORE = "A,2026-02-05,2026-H1,{},10,,,Es stockt.,Die Pläne fehlen."
NOW = "A,2026-09-24,2026-H2,{},10,,,Ruht.,"


@pytest.mark.parametrize(
    "reports",
    [
        (BEFORE.format("spaet"), NOW.format("spaet")),
        (BEFORE.format("ruht"), NOW.format("ruht")),
        (BEFORE.format("ruht"), "A,2026-06-30,2026-H1,laeuft,,,,Weiter.,", NOW.format("ruht")),
    ],
    ids=["late", "paused", "begun anew"],
)
def test_an_earlier_obstacle_is_no_reason_of_what_is_now(
    tmp_path: Path, reports: tuple[str, ...]
) -> None:
    """Why a measure is late or rests is told by its newest report, or by nobody."""
    context = written(tmp_path, [LATE], [*reports])
    lists = [
        shown(context, "late_measures"),
        shown(context, "measure_lead", measure="A"),
        shown(context, "report_late", period="2026-H2"),
    ]
    assert not [text for text in lists if "Grund" in text or "Pläne" in text]
    assert "Zuletzt gemeldet: Ruht. (Meldung vom 24.09.2026)" in lists[0]
    now = shown(context, "measure_now", measure="A")
    assert "Ruht." in now
    assert "Pläne" not in now
    assert "Die Pläne fehlen." in shown(context, "status_timeline", measure="A")


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ((BEFORE.format("laeuft"), NOW.format("laeuft").replace(",10,", ",20,")), "Fortschritt 20"),
        (
            (BEFORE.format("laeuft"), NOW.format("laeuft").replace(",10,", ",,")),
            "10 % (Meldung vom 05.02.2026)",
        ),
        ((NOW.format("laeuft").replace(",10,", ",0,"),), "Fortschritt 0"),
    ],
    ids=["newest", "earlier", "none yet"],
)
def test_a_report_without_progress_loses_none(
    tmp_path: Path, reports: tuple[str, ...], told: str
) -> None:
    """What was reported last of the progress is shown, with its day where a later one is silent."""
    text = shown(written(tmp_path, [LATE], [*reports]), "measure_facts", measure="A")
    assert told in text
    assert ("Meldung vom" in text) == ("Meldung vom" in told)
