"""Numbers of one kind look alike: decimals of an indicator, cents of money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from klarplan.own_files import PACKAGE
from klarplan.strategy.load import load
from klarplan.words.catalogue import GERMAN
from klarplan.words.formats import NBSP
from macros.indicators import sayer, sentence
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.klein import DAY, KLEIN, append, copied
from tests.support.klein import replace as put


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("12.5", "12,50 €"),
        ("1000", "1.000 €"),
        ("1000.00", "1.000 €"),
        ("58000.499", "58.000,50 €"),
        ("-0.5", "−0,50 €"),
        ("999.999", "1.000 €"),
    ],
)
def test_money_has_two_decimals_or_none(amount: str, shown: str) -> None:
    """Cents are shown with both digits, and not at all where there are none."""
    assert GERMAN.money(Decimal(amount)).replace(NBSP, " ") == shown


def context(root: Path) -> Context:
    """What macros are given for a strategy."""
    loaded = load(root)
    return Context(strategy=loaded.strategy, descriptor=loaded.descriptor, as_of=DAY)


def test_values_of_an_indicator_have_the_same_decimals(tmp_path: Path) -> None:
    """Beside 6,5 stands 6,0: in the sentence, the table, the facts and the chart."""
    root = copied(tmp_path)
    put(root, "data/indicator_values.csv", "K-2,2025-12-31,11.5", "K-2,2025-12-31,6.5")
    append(root, "data/indicator_values.csv", "K-2,2024-12-31,6,\n")
    put(root, "data/indicators.csv", "Messung,,,", "Messung,2020-12-31,9.00,")
    ctx = context(root)
    env = environment(PACKAGE.parent)
    said = sentence(ctx, ctx.strategy.indicator_by_id["K-2"])
    assert "8,0" in said
    assert "6,5" in said
    for name, arguments in (
        ("indicator_chart", ["K-2"]),
        ("indicator_facts", ["K-2"]),
        ("indicators_table", []),
    ):
        markup = render(env, ctx, MACROS[name], *arguments).replace("&nbsp;", NBSP)
        for short in ("6", "8", "9"):
            assert f">{short}{NBSP}%" not in markup, name
            assert f" {short}{NBSP}%" not in markup, name
    assert f"6,0{NBSP}%" in render(env, ctx, MACROS["indicator_chart"], "K-2")


@pytest.mark.parametrize(
    ("unit", "values", "shown"),
    [
        ("Stück", ("6", "7.0"), ["6", "7"]),
        ("Stück", ("6", "7.125"), ["6,000", "7,125"]),
        ("Euro", ("6", "7.5"), ["6,00", "7,50"]),
        ("Euro", ("6", "1200"), ["6", "1.200"]),
    ],
)
def test_decimals_follow_the_most_exact_value(
    unit: str, values: tuple[str, str], shown: list[str]
) -> None:
    """As many decimals as the value that has most of them; an indicator in euros has two."""
    loaded: Any = load(KLEIN)
    indicator = replace(loaded.strategy.indicators[0], unit=unit, baseline_value=None, id="K-0")
    row = loaded.strategy.indicator_values[0]
    rows = tuple(replace(row, indicator="K-0", value=Decimal(v)) for v in values)
    strategy = replace(loaded.strategy, indicator_values=rows, indicator_targets=())
    say = sayer(strategy, indicator)
    assert [say(Decimal(v)).split(NBSP)[0] for v in values] == shown
