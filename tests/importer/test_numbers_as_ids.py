"""A town's own numbers that look like ids are the ids: one number for a measure everywhere."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.messages import KlarplanError
from klarplan.strategy.new_ids import counted
from tests.support.fuzz import examples
from tests.support.git import committed, git
from tests.support.importing import german_csv, rows, strategy, take

LIST = """\
sources:
  - from: liste.csv
    table: measures
    columns: {official_id: Nr, title: Titel, summary: Text, field: {value: Alles}}
"""
TWICE = "    match: [official_id, title]\n"
GOALS = """\
sources:
  - from: liste.csv
    table: goals
    columns: {id: Nr, title: Titel, summary: Text}
"""
Listed = Sequence[tuple[str, str]]


def ids(root: Path, listed: Listed, text: str = LIST) -> list[str]:
    """The ids of all measures once a list of numbers and titles is taken over."""
    table = [("Nr", "Titel", "Text"), *((number, title, "Bald.") for number, title in listed)]
    take(root, [german_csv(root / "liste.csv", table)], text)
    return [row["id"] for row in rows(root, "goals" if text is GOALS else "measures")]


def titled(*numbers: str) -> list[tuple[str, str]]:
    """Numbers, each with a title."""
    titles = ("Radwege", "Busse", "Schule", "Hallenbad", "Glasfaser")
    return [*zip(numbers, titles, strict=False)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("M-3", "M-1", "M-2"), ["M-3", "M-1", "M-2"]),
        (("M3", "M12"), ["M3", "M12"]),
        (("M 3", "M 12"), ["M-3", "M-12"]),
        (("M-003", "M-001"), ["M-003", "M-001"]),
        (("m-3", "M.2", "M–1"), ["m-3", "M-2", "M-1"]),
        (("", "M-1", "", "M-9"), ["M-10", "M-1", "M-11", "M-9"]),
        (("1.1", "DS-30", "M-2"), ["M-3", "M-4", "M-2"]),
        (("M1.1", "MA-1", "Ü1"), ["M-001", "M-002", "M-003"]),
    ],
)
def test_a_number_that_looks_like_an_id_is_the_id(
    tmp_path: Path, numbers: Sequence[str], expected: list[str]
) -> None:
    """As the town writes it, as far as an id may; other rows get numbers behind all of these."""
    root = strategy(tmp_path / "s")
    assert ids(root, titled(*numbers)) == expected
    assert [row["official_id"] for row in rows(root, "measures")] == [*numbers]
    assert ids(root, titled(*numbers)) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [(("M-1", "M-2", "M-2"), ["M-1", "M-3", "M-4"]), (("M-2", "M-02"), ["M-003", "M-004"])],
)
def test_a_number_of_two_rows_is_the_id_of_none(
    tmp_path: Path, numbers: Sequence[str], expected: list[str]
) -> None:
    """Nobody would know which is meant; those rows are counted on."""
    root = strategy(tmp_path / "s")
    assert ids(root, titled(*numbers), LIST + TWICE) == expected
    assert ids(root, titled(*numbers), LIST + TWICE) == expected


def test_ids_that_exist_stay(tmp_path: Path) -> None:
    """Measures once counted keep their ids; a new one has its number if that means no other."""
    root = strategy(tmp_path / "s")
    before = ids(root, titled("", "", ""))
    assert before == ["M-001", "M-002", "M-003"]
    assert ids(root, titled("M-3", "M-1", "M-2")) == before
    assert ids(root, titled("M-3", "M-1", "M-2", "M-7")) == [*before, "M-7"]
    kept = [*before, "M-7"]
    assert ids(root, [*titled("M-3", "M-1", "M-2", "M-7"), ("", "Park")]) == [*kept, "M-008"]
    later = [*titled("M-3", "M-1", "M-2", "M-7"), ("", "Park"), ("M-8", "Wald"), ("M-9", "Teich")]
    assert ids(root, later) == [*kept, "M-008", "M-010", "M-9"]


def test_a_number_that_another_measure_had_is_not_given_again(tmp_path: Path) -> None:
    """What git remembers as the id of a measure stays its id, also when it is gone."""
    root = strategy(tmp_path / "s")
    (root / "strategy").mkdir()
    (root / "strategy" / "strategy.yml").write_text("municipality: {name: X}\n", "utf-8")
    (root / "data" / "measures.csv").write_text("id,title,field\nM-002,Brunnen,HF-01\n", "utf-8")
    committed(root)
    (root / "data" / "measures.csv").write_text("id,title,field\n", "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", "weiter")
    assert ids(root, titled("M-1", "M-2", "M-3")) == ["M-1", "M-4", "M-3"]


def test_other_tables_keep_the_ids_of_their_list(tmp_path: Path) -> None:
    """A row without an id gets one that no later row of the list has."""
    root = strategy(tmp_path / "s")
    assert ids(root, titled("", "Z-01", "Z-2"), GOALS) == ["Z-03", "Z-01", "Z-2"]


def test_reports_of_the_same_list_find_their_measure(tmp_path: Path) -> None:
    """A number that is the id of its row means this row in other lists, whatever their order."""
    root = strategy(tmp_path / "s")
    text = LIST + (
        "  - from: liste.csv\n    table: status_reports\n"
        "    columns: {measure: Nr, text: Titel, period: {value: 2026-H1}}\n"
    )
    ids(root, titled("M-3", "M-1", "M-2"), text)
    reports = rows(root, "status_reports")
    assert [(r["measure"], r["text"]) for r in reports] == titled("M-3", "M-1", "M-2")


NUMBERS = st.one_of(
    st.just(""),
    st.builds(
        "{}{}".format,
        st.sampled_from(("M-", "M ", "M", "m-", "M-0", "M-00", "X-", "")),
        st.integers(1, 12),
    ),
)
LISTS = st.lists(
    st.tuples(NUMBERS, st.sampled_from([*"abcdefghijkl"])), max_size=8, unique_by=lambda r: r[1]
)
ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")


@examples(25)
@given(LISTS, LISTS, st.sampled_from(["", TWICE]))
def test_ids_of_any_list_mean_one_row_and_stay(first: Listed, later: Listed, match: str) -> None:
    """Ids are distinct and valid, none given is the number of another row, and none changes."""
    with tempfile.TemporaryDirectory() as folder:
        root = strategy(Path(folder) / "s")
        before: list[str] = []
        for listed in (first, first, [*first, *later], later, first):
            try:
                now = ids(root, listed, LIST + match)
            except KlarplanError:
                continue  # numbers changed places: the import asks and has written nothing
            assert now[: len(before)] == before
            assert all(ID.fullmatch(one) for one in now)
            assert len({*map(counted, now)}) == len(now)
            numbers = [counted(row["official_id"]) for row in rows(root, "measures")]
            for place, one in enumerate(now[len(before) :], len(before)):
                assert counted(one) not in (*numbers[:place], *numbers[place + 1 :])
                own = numbers[place]
                if own and own[0] == "m" and numbers.count(own) == 1:
                    assert counted(one) == own or own in map(counted, before)
            before = now
