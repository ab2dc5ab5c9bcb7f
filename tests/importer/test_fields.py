"""Several fields of action in one cell: one leads, the others are further fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importer.test_suggest import imported
from tests.support.importing import rows, strategy, take

HEAD: list[Any] = ["Nr", "Maßnahme", "Handlungsfeld"]
KNOWN: list[list[Any]] = [
    [8, "Treff", "Soziales"],
    [9, "Schule", "Bildung"],
    [10, "Dach", "Klima, Energie und Umwelt"],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def fields(root: Path) -> dict[str, list[str]]:
    """The titles of the fields of each measure by its number, the leading one first."""
    names = {row["id"]: row["title"] for row in rows(root, "fields_of_action")}
    others = rows(root, "measure_fields")
    return {
        m["official_id"]: [
            names[m["field"]],
            *(names[row["field"]] for row in others if row["measure"] == m["id"]),
        ]
        for m in rows(root, "measures")
    }


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Soziales, Bildung", ["Soziales", "Bildung"]),
        ("Bildung / Soziales", ["Bildung", "Soziales"]),
        ("Soziales\nBildung (FF)", ["Bildung", "Soziales"]),
        ("Bildung; federführend: Soziales", ["Soziales", "Bildung"]),
        ("Bildung und Soziales", ["Bildung", "Soziales"]),
        ("Soziales, Klima, Energie und Umwelt", ["Soziales", "Klima, Energie und Umwelt"]),
        ("Klima, Energie und Umwelt / Soziales", ["Klima, Energie und Umwelt", "Soziales"]),
    ],
)
def test_fields_that_stand_alone_elsewhere_are_parted(
    root: Path, cell: str, told: list[str]
) -> None:
    """The first field or the one marked leads, the others are further ones; whole titles stay."""
    text, outcome = imported(root, {"Maßnahmen": [HEAD, [1, "Rad", cell], *KNOWN]})
    assert outcome.left_out == ()
    assert fields(root) == {
        "1": told,
        "8": ["Soziales"],
        "9": ["Bildung"],
        "10": ["Klima, Energie und Umwelt"],
    }
    assert "geraten: mehrere in einer Zelle" in text
    assert take(root, [root / "liste.xlsx"], text).files == {}


@pytest.mark.parametrize("cell", ["1, 3", "1;3", "1\n3"])
def test_numbers_of_fields_are_read_by_the_list_of_fields(root: Path, cell: str) -> None:
    """“1, 3” means the fields with these numbers, where a sheet lists them."""
    listed = [["Nr", "Handlungsfeld"], [1, "Mobilität"], [2, "Klima"], [3, "Bildung"]]
    measures = [HEAD, ["M1", "Rad", cell], ["M2", "Dach", "2"], ["M3", "Bus", "1"]]
    imported(root, {"Handlungsfelder": listed, "Maßnahmen": measures})
    assert fields(root) == {"M1": ["Mobilität", "Bildung"], "M2": ["Klima"], "M3": ["Mobilität"]}
    assert [f["title"] for f in rows(root, "fields_of_action")] == ["Mobilität", "Klima", "Bildung"]


@pytest.mark.parametrize("label", ["HF {}", "Handlungsfeld {}", "Themenfeld {}"])
def test_labels_of_fields_are_read_by_the_list_of_fields(root: Path, label: str) -> None:
    """“HF 1, HF 3” means the fields with these labels; a list of labels has no sections."""
    names = ["Mobilität", "Klima", "Bildung", "Sport"]
    listed = [["Nr", "Handlungsfeld"], *([label.format(n), t] for n, t in enumerate(names, 1))]
    one, three = label.format(1), label.format(3)
    measures = [HEAD, ["M1", "Rad", f"{one}, {three}"], ["M2", "Bus", one]]
    _, outcome = imported(root, {"Handlungsfelder": listed, "Maßnahmen": measures})
    assert outcome.skipped == ()
    assert [f["title"] for f in rows(root, "fields_of_action")] == names
    assert fields(root) == {"M1": ["Mobilität", "Bildung"], "M2": ["Mobilität"]}


def test_fields_are_parted_by_the_sheet_of_fields(root: Path) -> None:
    """Fields that no measure has alone are known from their own sheet."""
    listed = [["Handlungsfeld", "Beschreibung"], ["Mobilität", "Wege"], ["Klima", "Luft"]]
    measures = [HEAD, [1, "Rad", "Mobilität / Klima"], [2, "Bus", "Mobilität/Klima"]]
    imported(root, {"Handlungsfelder": listed, "Maßnahmen": measures})
    assert fields(root) == {"1": ["Mobilität", "Klima"], "2": ["Mobilität", "Klima"]}


@pytest.mark.parametrize(
    ("cell", "split"),
    [("Sport, Kultur", ","), ("Klima / Energie", "/"), ("Soziales; Kultur", ";")],
)
def test_what_may_be_several_fields_is_told_with_its_rows(
    root: Path, cell: str, split: str
) -> None:
    """Where a part is no field of its own, the cell stays one field and both places tell it."""
    table = [HEAD, [1, "A", cell], [2, "B", "Soziales"], [3, "C", cell]]
    text, outcome = imported(root, {"Maßnahmen": table})
    assert fields(root) == {"1": [cell], "2": ["Soziales"], "3": [cell]}
    assert f"„{cell}“ (Zeilen 2, 4) gilt als ein Handlungsfeld" in text
    notes = [place.row for place, note in outcome.remarks if f'["{split}"]' in note.de]
    assert notes == [2, 4]


def test_many_doubtful_fields_are_told_in_short(root: Path) -> None:
    """The first few are named one by one, of the others their number and rows."""
    table = [HEAD, *([n, f"V{n}", f"Feld {n}, Teil {n}"] for n in range(1, 10))]
    text, outcome = imported(root, {"Maßnahmen": table})
    assert text.count("gilt als ein Handlungsfeld") == 6
    assert "# Ebenso 3 weitere (Zeilen 8, 9, 10)." in text
    assert len([note for _, note in outcome.remarks if "split" in note.de]) == 9


def test_a_title_that_always_stands_whole_is_never_parted(root: Path) -> None:
    """Beside cells that are parted by commas, “Klima, Energie und Umwelt” stays one field."""
    table = [HEAD, [1, "A", "Soziales, Bildung"], *KNOWN, [11, "B", "Klima, Energie und Umwelt"]]
    text, _ = imported(root, {"Maßnahmen": table})
    assert fields(root)["10"] == fields(root)["11"] == ["Klima, Energie und Umwelt"]
    assert '"Klima, Energie und Umwelt": "Klima, Energie und Umwelt"  # geraten' in text


@pytest.mark.parametrize(
    ("title", "cell", "told"),
    [
        ("Weitere Handlungsfelder", "Bildung, Soziales", ["Bildung", "Soziales"]),
        ("Berührte Handlungsfelder", "Klima, Energie und Umwelt", ["Klima, Energie und Umwelt"]),
        ("weiteres Handlungsfeld", "Soziales", ["Soziales"]),
        ("Weitere Themenfelder", "Bildung / Sport", ["Bildung / Sport"]),
    ],
)
def test_a_column_of_further_fields_is_taken(
    root: Path, title: str, cell: str, told: list[str]
) -> None:
    """Fields in a column of their own are further ones; they are parted by the same rule."""
    known = [[*row, ""] for row in KNOWN]
    table = [[*HEAD, title], [1, "Rad", "Verkehr", cell], *known]
    _, outcome = imported(root, {"Maßnahmen": table})
    assert (outcome.left_out, outcome.unused) == ((), ())
    assert fields(root)["1"] == ["Verkehr", *told]
