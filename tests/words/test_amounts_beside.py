"""Amounts that stand beside each other are written alike: in words, over bars, in tables."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klarplan.strategy.derive import Money
from klarplan.words.catalogue import Words
from macros.resources import amounts, drawn

GERMAN = Words("de")
AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


def pair(one: str, other: str) -> list[str]:
    """Two amounts as headlines write them beside each other, with plain spaces."""
    both = Decimal(one), Decimal(other)
    return [GERMAN.short_money(n, "EUR", both).replace("\u00a0", " ") for n in both]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("812940", "1700000", ["0,81 Mio. €", "1,70 Mio. €"]),
        ("1200000", "47005000", ["1,2 Mio. €", "47,0 Mio. €"]),
        ("95000", "1000000", ["95.000 €", "1.000.000 €"]),
        ("960000", "2000000", ["0,96 Mio. €", "2,00 Mio. €"]),
        ("1", "47000000", ["1 €", "47.000.000 €"]),
        ("0", "1700000", ["0 €", "1,7 Mio. €"]),
        ("-812940", "1700000", ["−0,81 Mio. €", "1,70 Mio. €"]),
        ("1700000", "1700000", ["1,7 Mio. €", "1,7 Mio. €"]),
        ("1000000", "1000001", ["1.000.000 €", "1.000.001 €"]),
        ("20000", "1712345.67", ["20.000 €", "1.712.346 €"]),
        ("0.4", "2000000", ["0,40 €", "2.000.000,00 €"]),
        ("12.5", "100", ["12,50 €", "100,00 €"]),
    ],
)
def test_two_amounts_of_a_pair_have_one_precision(one: str, other: str, told: list[str]) -> None:
    """Both in millions with as many decimals, or both written out; none becomes 0."""
    assert pair(one, other) == told
    assert pair(other, one) == told[::-1]


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_amounts_beside_each_other_keep_their_difference(values: list[Decimal]) -> None:
    """Amounts that differ never read the same, and but for 0 all have as many decimals."""
    told = {n: GERMAN.short_money(n, "EUR", values) for n in values}
    assert len(set(told.values())) == len(set(values))
    forms = {
        (len(re.sub(r"\D", "", text.partition(",")[2])), "Mio." in text)
        for n, text in told.items()
        if n
    }
    assert len(forms) <= 1


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
@example([Decimal(95_000), Decimal(1_000_000)])
@example([Decimal(95_000), Decimal(7_100_000), Decimal(960_000)])
def test_no_amount_is_rounded_by_more_than_a_twentieth(values: list[Decimal]) -> None:
    """What readers see differs from the amount by less than they would call wrong."""
    for value in values:
        told = GERMAN.short_money(value, "EUR", values)
        figures = re.sub(r"[^\d,]", "", told.partition("\u00a0")[0]).replace(",", ".")
        shown = Decimal(figures) * (1_000_000 if "Mio." in told else 1)
        assert abs(shown - abs(value)) <= max(abs(value) / 20, Decimal("0.5"))


@given(st.one_of(st.none(), AMOUNTS), AMOUNTS, AMOUNTS)
@example(None, Decimal("95000.00"), Decimal("1000000.00"))
@example(None, Decimal(0), Decimal("1700000"))
@example(None, Decimal("0.4"), Decimal("2000000"))
def test_a_bar_and_its_alternative_say_both_amounts_alike(
    approved: Decimal | None, planned: Decimal, spent: Decimal
) -> None:
    """Over a bar both amounts have one unit, told once, but for a 0 beside millions; its
    alternative gives cents to all amounts of a row or to none."""
    money = Money("EUR", planned, approved, spent)
    over = drawn(GERMAN, money)
    assert over.count("€") == 1 or (not (planned and spent) and over.count("Mio.") == 1)
    cents = re.findall(r"[\d.]+(,\d\d)?\u00a0€", amounts(GERMAN, money))
    assert len(cents) == 2 + (approved is not None)
    assert len({bool(found) for found in cents}) == 1
