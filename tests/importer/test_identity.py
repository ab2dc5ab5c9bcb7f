"""A measure keeps its name and its history, however a list is numbered."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.importer.outcome import Outcome
from klarplan.messages import KlarplanError
from tests.support.importing import content, german_csv, rows, strategy, take

LIST = """\
sources:
  - from: liste.csv
    table: measures
    columns: {official_id: Nr, title: Titel, field: Feld}
"""
OLD = [("1", "Radwege", "Verkehr"), ("2", "Busse", "Verkehr"), ("3", "Schule", "Bildung")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A strategy with three numbered measures."""
    root = strategy(tmp_path / "s")
    again(root, OLD)
    return root


def again(root: Path, table: list[tuple[str, str, str]], ids: str = "") -> Outcome:
    """Import a list, with “ids” in the mapping."""
    path = german_csv(root / "liste.csv", [("Nr", "Titel", "Feld"), *table])
    return take(root, [path], LIST + (f"    ids: {ids}\n" if ids else ""))


def names(root: Path) -> list[tuple[str, str, str]]:
    """Id, number and title of all measures."""
    return [(m["id"], m["official_id"], m["title"]) for m in rows(root, "measures")]


def told(outcome: Outcome) -> str:
    """All remarks."""
    return "\n".join(text.de for _, text in outcome.remarks)


@pytest.mark.parametrize(
    ("table", "ids", "expected"),
    [
        (
            [("1", "Busse", "Verkehr"), ("2", "Schule", "Bildung")],
            "{1: M-002, 2: M-003}",
            [("M-001", "", "Radwege"), ("M-002", "1", "Busse"), ("M-003", "2", "Schule")],
        ),
        (
            [("1", "Busse", "Verkehr"), ("2", "Radwege", "Verkehr"), ("3", "Schule", "Bildung")],
            "{1: M-002, 2: M-001}",
            [("M-001", "2", "Radwege"), ("M-002", "1", "Busse"), ("M-003", "3", "Schule")],
        ),
        (
            [*OLD[:1], ("2", "Bäder", "Sport"), ("3", "Busse", "Verkehr"), ("4", "Schule", "Neu")],
            "{2: new, 3: M-002, 4: M-003}",
            [
                *(("M-001", "1", "Radwege"), ("M-002", "3", "Busse")),
                *(("M-003", "4", "Schule"), ("M-004", "2", "Bäder")),
            ],
        ),
        (
            [*OLD[:2], ("3a", "Schule", "Bildung")],
            "{3a: M-003}",
            [("M-001", "1", "Radwege"), ("M-002", "2", "Busse"), ("M-003", "3a", "Schule")],
        ),
    ],
    ids=["removed", "swapped", "inserted", "lettered"],
)
def test_a_renumbered_list_stops_and_says_what_to_write(
    root: Path,
    table: list[tuple[str, str, str]],
    ids: str,
    expected: list[tuple[str, str, str]],
) -> None:
    """Nothing is renamed; the line that the message prints maps old to new, once and again."""
    before = content(root)
    with pytest.raises(KlarplanError) as caught:
        again(root, table)
    assert content(root) == before
    proposed = caught.value.cure.de.partition("„ids: ")[2].partition("“")[0]
    assert proposed.replace('"', "") == ids
    assert caught.value.line == 2
    again(root, table, proposed)
    assert names(root) == expected
    before = content(root)
    assert again(root, table, proposed).files == {}
    assert content(root) == before


def test_a_renumbered_measure_with_an_edited_title_keeps_its_history(root: Path) -> None:
    """The line that the message prints maps it to the entry whose title resembles the new one."""
    table = [("1", "Busse", "Verkehr"), ("2", "Schulen", "Bildung"), ("3", "Bühne", "Kultur")]
    with pytest.raises(KlarplanError) as caught:
        again(root, table)
    proposed = caught.value.cure.de.partition("„ids: ")[2].partition("“")[0]
    assert proposed.replace('"', "") == "{1: M-002, 2: M-003, 3: new}"
    again(root, table, proposed)
    assert ("M-003", "2", "Schulen") in names(root)
    assert len(names(root)) == 4


def test_an_old_answer_does_not_fit_a_new_list(root: Path) -> None:
    """“ids” that a mapping kept from an earlier list don't rename a measure either."""
    ids = "{1: M-002, 2: M-003}"
    again(root, [("1", "Busse", "Verkehr"), ("2", "Schule", "Bildung")], ids)
    with pytest.raises(KlarplanError, match="numbers have changed"):
        again(root, [("1", "Schule", "Bildung"), ("2", "Busse", "Verkehr")], ids)
    with pytest.raises(KlarplanError, match="M-001"):
        again(root, OLD[:1], ids)
    again(root, [("1", "Busse und Bahnen", "Verkehr"), ("2", "Schule", "Bildung")], ids)
    assert names(root)[1] == ("M-002", "1", "Busse und Bahnen")


def test_a_corrected_title_is_no_new_measure(root: Path) -> None:
    """A title that only changes its wording is one change; a quite different one is told."""
    outcome = again(root, [("1", "Radwege ausbauen", "Verkehr"), ("2", "Schwimmbad", "Verkehr")])
    assert names(root)[:2] == [("M-001", "1", "Radwege ausbauen"), ("M-002", "2", "Schwimmbad")]
    assert "M-002 heißt jetzt „Schwimmbad“ statt „Busse“" in told(outcome)
    assert "M-001 heißt" not in told(outcome)


def test_the_same_title_under_several_numbers_is_no_new_number(root: Path) -> None:
    """Measures that share a title are told apart by their numbers, and named."""
    table = [*OLD, ("4", "Busse", "Bildung"), ("5", "Busse", "Sport")]
    outcome = again(root, table)
    assert [title for _, _, title in names(root)].count("Busse") == 3
    assert told(outcome).count("„Busse“ steht auch in liste.csv, Zeile 3") == 2
    again(root, [*table, ("6", "Busse", "Neu")])
    assert [title for _, _, title in names(root)].count("Busse") == 4


def test_what_left_the_list_is_named(root: Path) -> None:
    """Measures that a new list lacks stay, and the result names them."""
    outcome = again(root, OLD[:1])
    assert "nicht in der Liste (2)" in told(outcome)
    assert "M-002 „Busse“; M-003 „Schule“" in told(outcome)
    assert len(rows(root, "measures")) == 3


@pytest.mark.parametrize("number", ["M-099", "m"])
def test_an_id_that_does_not_exist_is_told(root: Path, number: str) -> None:
    """“ids” may only name entries that exist."""
    with pytest.raises(KlarplanError, match=number):
        again(root, OLD, f"{{1: {number}}}")


def test_a_renamed_field_is_told(root: Path) -> None:
    """If all measures of a field move to a new one, the result says how to keep the old one."""
    outcome = again(root, [("1", "Radwege", "Mobilität"), ("2", "Busse", "Mobilität"), OLD[2]])
    assert "„Mobilität: HF-01“" in told(outcome)
    assert "Handlungsfeld" not in told(again(root, [*OLD[:1], ("2", "Busse", "Sport"), OLD[2]]))
