"""Indicators as small multiples, and the names of the Sustainable Development Goals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from klarplan.strategy.model import Indicator, IndicatorTarget, IndicatorValue
from klarplan.words.catalogue import Words
from macros.registry import MACROS, Context
from macros.render import environment, render
from macros.small_multiples import BOTTOM, HEIGHT, TOP, sparkline
from tests.support.entwined import context_of
from tests.support.klein import KLEIN, copied, errors
from tests.support.klein import replace as put
from tests.support.project import REPOSITORY

TODAY = dt.date(2026, 6, 30)
SMALL = context_of(KLEIN, TODAY)
Numbers = Sequence[tuple[int, str]]


def end(year: int) -> dt.date:
    """The last day of a year."""
    return dt.date(year, 12, 31)


def points(numbers: Numbers) -> list[tuple[dt.date, Decimal]]:
    """Numbers at the ends of years."""
    return [(end(year), Decimal(number)) for year, number in numbers]


def with_indicator(indicator: Indicator, values: Numbers = (), targets: Numbers = ()) -> Context:
    """The small strategy with one indicator alone."""
    name = indicator.id
    strategy = replace(
        SMALL.strategy,
        indicators=(indicator,),
        indicator_values=tuple(
            IndicatorValue(indicator=name, date=d, value=n) for d, n in points(values)
        ),
        indicator_targets=tuple(
            IndicatorTarget(indicator=name, date=d, value=n) for d, n in points(targets)
        ),
    )
    return replace(SMALL, strategy=strategy)


def card(context: Context) -> str:
    """The markup of the cards on the overview, without the table to open."""
    markup = render(environment(REPOSITORY), context, MACROS["indicators_table"])
    return markup.replace("\u00a0", " ").partition("<details")[0]


def said(markup: str) -> str:
    """Its words."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


EMISSIONS = Indicator(
    id="X",
    title="Emissionen",
    unit="Tonnen",
    direction="decrease",
    baseline_date=end(2020),
    baseline_value=Decimal(900),
    goal="G-1",
)


def test_a_card_says_value_period_target_and_judgement_in_words() -> None:
    """Newest value with unit and day, baseline, target with its day, how it stands."""
    text = said(card(with_indicator(EMISSIONS, [(2023, "800"), (2025, "610")], [(2030, "400")])))
    assert "auf Kurs 610 Tonnen (Ende 2025)" in text
    assert "Ausgangswert 900 Tonnen (Ende 2020), Ziel 400 Tonnen (bis Ende 2030)" in text


def test_an_indicator_behind_says_what_the_plan_asked_for() -> None:
    """The value of the path on the day of the newest value stands beside the judgement."""
    text = said(card(with_indicator(EMISSIONS, [(2025, "850")], [(2030, "400")])))
    assert "im Rückstand (nach Plan 650" in text


@pytest.mark.parametrize(
    ("values", "targets", "shown", "hidden"),
    [
        ([(2025, "7")], [], "ohne Zielwert 7 Tonnen (Ende 2025)", "Ziel "),
        ([], [(2030, "4")], "noch ohne Wert", "(Ende 2025)"),
        ([], [], "noch ohne Wert", "Ausgangswert"),
        ([(2027, "3")], [(2030, "4")], "noch ohne Wert", "3 Tonnen"),
    ],
    ids=["no-target", "no-value", "nothing", "value-to-come"],
)
def test_what_is_missing_is_left_out(
    values: Numbers, targets: Numbers, shown: str, hidden: str
) -> None:
    """Without target, value or both, the card says so and shows no empty place."""
    bare = replace(EMISSIONS, baseline_date=None, baseline_value=None)
    markup = card(with_indicator(bare, values, targets)).partition('<p class="quiet">')[0]
    assert shown in said(markup)
    assert hidden not in said(markup)
    assert ("<svg" in markup) == bool([v for v in values if v[0] < 2026] or targets)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ([(2020, "900"), (2025, "610")], [(2020, "900"), (2030, "400")]),
        ([(2020, "90"), (2021, "90"), (2025, "90")], [(2030, "90")]),
        ([(2025, "1")], []),
        ([], [(2020, "-5"), (2030, "3.5")]),
        ([(2020, "1234567890123"), (2025, "-987654321098.5")], [(2030, "0")]),
        ([(1990 + n, str(n * n)) for n in range(36)], [(2030, "2000")]),
    ],
    ids=["falls", "flat", "one-value", "no-value", "huge", "forty-years"],
)
def test_a_sparkline_stays_inside_its_drawing(values: Numbers, path: Numbers) -> None:
    """Whatever the numbers are, lines and dots lie above the years and inside the width."""
    drawn = sparkline(points(values), points(path), "Name")
    assert drawn is not None
    heights = [d.y for d in drawn.dots] + [y for a in drawn.lines[1:] for y in (a.y1, a.y2)]
    assert all(TOP <= y <= BOTTOM for y in heights)
    assert all(0 <= d.x <= 100 for d in drawn.dots)
    assert all(w.y < HEIGHT for w in drawn.words)
    kinds = [dot.kind for dot in drawn.dots]
    assert kinds.count("path") == bool(path)
    assert kinds.count("value") == min(len(values), 2)


def test_a_better_value_that_is_lower_stands_lower() -> None:
    """The line of an indicator that is to fall falls; nothing is turned round."""
    drawn = sparkline(points([(2020, "900"), (2025, "610")]), points([(2030, "400")]), "Name")
    assert drawn is not None
    first, last = (dot.y for dot in drawn.dots if dot.kind == "value")
    assert first < last


def test_the_drawing_tells_its_values_to_screen_readers() -> None:
    """The accessible name has each value with its day, and the path."""
    markup = card(with_indicator(EMISSIONS, [(2025, "610")], [(2030, "400")]))
    label = re.findall(r'aria-label="([^"]*)"', markup)[0]
    assert label.startswith("Emissionen. Gemessen: Ende 2020 900 Tonnen; Ende 2025 610 Tonnen.")
    assert "Zielpfad: Ende 2020 900 Tonnen; Ende 2030 400 Tonnen." in label


def test_a_goal_shows_its_indicators_once_and_values_folded() -> None:
    """A goal has a card for each indicator, and the tables of values below, closed."""
    context = with_indicator(EMISSIONS, [(2025, "610")], [(2030, "400")])
    markup = render(environment(REPOSITORY), context, MACROS["goal_indicators"], goal="G-1")
    assert markup.count('role="listitem"') == 1
    before, _, folded = markup.partition("<details")
    assert "<table" not in before
    assert "<table" in folded


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("de", ["11 Nachhaltige Städte und Gemeinden", "16 Frieden, Gerechtigkeit"]),
        ("en", ["11 Sustainable cities and communities", "16 Peace, justice"]),
    ],
)
def test_development_goals_are_named(lang: str, shown: Sequence[str]) -> None:
    """A goal names the Sustainable Development Goals that it serves, in the site's language."""
    words = Words(lang)
    context = replace(SMALL, strategy=replace(SMALL.strategy, words=words))
    markup = render(environment(REPOSITORY, words), context, MACROS["goal_facts"], goal="G-2")
    for name in shown:
        assert name in said(markup)


@pytest.mark.parametrize("cell", ["18", "0 4", "11 170"])
def test_a_number_no_development_goal_has_is_told(tmp_path: Path, cell: str) -> None:
    """The check names the number that does not exist, and its cell."""
    root = copied(tmp_path)
    put(root, "data/goals.csv", "F-1,2027-12-31,11 16", f"F-1,2027-12-31,{cell}")
    (found,) = errors(root)
    assert (found.file, found.line, found.column) == ("data/goals.csv", 3, "sdgs")
    assert "1 bis 17" in found.problem.de
