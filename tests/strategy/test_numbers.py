"""Numbers of rows: a list that counts itself needs no second count."""

from __future__ import annotations

import pytest

from klarplan.papers.job import Entry
from klarplan.strategy.model import Goal
from klarplan.strategy.numbers import count_themselves, in_order, numbers_before


@pytest.mark.parametrize(
    ("titles", "counted"),
    [
        (["1 Mobilität & Wege", "2 Klimaschutz", "3 Digitales Amt"], True),
        (["1.1 Radweg", "1.2 Bürgerbus", "1.10 Schulwege"], True),
        (["HF 1: Bauen", "HF 2: Wohnen"], True),
        (["Handlungsfeld I. Wege", "Handlungsfeld II. Energie"], True),
        (["A) Moor", "B) Meer"], True),
        (["100 Dächer", "200 Bäume"], False),
        (["1 Mobilität", "Klimaschutz"], False),
        (["1 Schule", "1 Bad"], False),
        (["2030 klimaneutral"], False),
        (["A Stadt für alle", "I Wege"], False),
        (["Wohnen", "Bauen"], False),
        ([], False),
    ],
)
def test_titles_that_count_themselves(titles: list[str], counted: bool) -> None:
    """A list counts itself where each title has a number, no two the same, and one is the first."""
    assert count_themselves(titles) is counted


@pytest.mark.parametrize(
    ("number", "title", "counted", "told"),
    [
        ("HF-01", "Mobilität", False, "HF-01 Mobilität"),
        ("HF-01", "1 Mobilität", True, "1 Mobilität"),
        ("1.1", "1.1 Radweg", False, "1.1 Radweg"),
        ("1.1", "1.10 Radweg", False, "1.1 1.10 Radweg"),
        ("", "Vision", False, "Vision"),
    ],
)
def test_a_heading_has_one_number(number: str, title: str, counted: bool, told: str) -> None:
    """The number of a row stands before its title, unless the title has one."""
    entry = Entry(level=2, title=title, number=number, counted=counted)
    assert entry.cited == told


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["Wege", "Netze"], ["Z-1", "Z-2"]),
        (["1.1 Wege", "1.2 Netze"], ["", ""]),
        (["Z-1 Wege", "Netze"], ["", "Z-2"]),
        (["Z-1: Wege", "Z-20 Netze", "Ende"], ["", "Z-2", "Z-3"]),
    ],
)
def test_goals_have_one_number(titles: list[str], told: list[str]) -> None:
    """The id of a goal stands before its title, unless the titles count themselves."""
    rows = [Goal(id=f"Z-{n}", title=title) for n, title in enumerate(titles, 1)]
    assert list(numbers_before(rows).values()) == told


def test_numbers_stand_as_people_count() -> None:
    """Digits count, however many; noughts before them don't, and any text has its place."""
    wanted = ["", "7", "10", "CS-007", "CS-10", "CS-10.2", "CS-10.10", "CS-" + "9" * 5000, "ä-1"]
    assert sorted(wanted, key=in_order) == wanted
