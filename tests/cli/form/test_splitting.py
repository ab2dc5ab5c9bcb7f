"""A measure is split in one step: its parts, what they take over, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.form import Form, Shown
from tests.support.klein import DAY, append, copied

PLACE = "row?table=measures&task=split&measure="
PACKAGE = Path(__file__).resolve().parents[3] / "klarplan/strategy/datapackage.json"
TODAY = DAY.isoformat()


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The form of the small strategy."""
    return Form(copied(tmp_path))


def titled(shown: Shown, *titles: str, **more: str) -> dict[str, str]:
    """The values of the form with titles of its parts, and other cells."""
    named = {f"cell.measures.{n}.title": title for n, title in enumerate(titles, 1)}
    cells = {f"cell.{name}": text for name, text in more.items()}
    values = shown.values()
    assert values.keys() >= {*named, *cells}
    return {**values, **named, **cells}


def last(root: Path, table: str, number: int) -> list[str]:
    """The last rows of a table."""
    return (root / f"data/{table}.csv").read_text("utf-8").splitlines()[-number:]


def test_a_measure_is_split_on_four_pages(form: Form) -> None:
    """Start, choice, form, changes: then parts, successions and the last report are written."""
    chosen = form.get(form.get().links()["Eine Maßnahme teilen"])
    shown = form.get(chosen.links()["Glasfaser"])
    assert "Teilen: Glasfaser" in shown.text
    values = titled(shown, "Glasfaser Nord", "Glasfaser Süd", **{"status_reports.1.text": "Zwei."})
    told = form.post("row", {**values, "do": "show"})
    assert told.text.count("abgelöst durch") == 2
    done = form.post("row", {**told.values(), "do": "write"})
    north, south = last(form.root, "measures", 2)
    assert north.startswith("A-9,Glasfaser Nord,,F-2,")
    assert south.startswith("A-10,Glasfaser Süd,,F-2,")
    # The end is that of the former one; a start that is past is today.
    assert f",{TODAY},2027-03-31," in north
    assert last(form.root, "successions", 2) == ["A-4,A-9", "A-4,A-10"]
    assert last(form.root, "responsibilities", 2) == ["A-9,schulamt,lead", "A-10,schulamt,lead"]
    assert last(form.root, "measure_goals", 2) == ["A-9,G-3", "A-10,G-3"]
    assert last(form.root, "status_reports", 1)[0].startswith(f"A-4,{TODAY},,beendet,,Zwei.")
    former = next(line for line in last(form.root, "measures", 10) if line.startswith("A-4,"))
    assert f",{TODAY}," in former
    assert (form.root / "strategy/measures/A-10.md").is_file()
    links = form.get(done.response.headers["Location"]).links()
    assert any("A-9" in words and "Glasfaser Nord" in words for words in links)


def test_parts_are_added_and_empty_ones_left_out(form: Form) -> None:
    """Up to six; what was typed stays, and a part in which nobody typed is none."""
    shown = form.get(f"{PLACE}A-4")
    for number in range(2, 6):
        assert f"cell.measures.{number + 1}.title" not in shown.values()
        shown = form.post("row", {**titled(shown, "Nord", "Süd"), "do": "more"})
    assert shown.values()["cell.measures.1.title"] == "Nord"
    assert "Noch ein Teil" not in shown.text
    assert [h.text() for h in shown.tree.css("#last")] == ["Teil 6"]
    named = {"cell.measures.4.title": "West"}
    told = form.post("row", {**titled(shown, "Nord", "Süd"), **named, "do": "show"})
    form.post("row", {**told.values(), "do": "write"})
    assert [row.split(",")[1] for row in last(form.root, "measures", 3)] == ["Nord", "Süd", "West"]


def test_each_part_is_told_its_own_mistakes(form: Form) -> None:
    """Titles that lack, days that are none, and one title for two parts; nothing is written."""
    before = {file: file.read_bytes() for file in form.root.rglob("*.csv")}
    shown = form.post("row", {**form.get(f"{PLACE}A-4").values(), "do": "show"})
    assert "Teil 2: Bezeichnung" in shown.summary()
    assert {"measures.1.title", "measures.2.title"} <= shown.messages().keys()
    wrong = titled(shown, "Nord", "Nord", **{"measures.2.priority": "9"})
    shown = form.post("row", {**wrong, "do": "check"})
    assert "So heißt schon ein Teil" in shown.messages()["measures.2.title"]
    assert "gibt es schon" not in shown.text
    assert "measures.1.title" not in shown.messages()
    assert "measures.1.priority" not in shown.messages()
    assert shown.tree.css_matches("details[open] [name='cell.measures.2.priority']")
    assert not shown.tree.css_matches("details[open] [name='cell.measures.1.priority']")
    assert {file: file.read_bytes() for file in form.root.rglob("*.csv")} == before


def test_what_is_internal_or_over_stays_so(form: Form) -> None:
    """Parts of an internal measure are internal; one that is over is not ended again."""
    assert form.get(f"{PLACE}A-8").values()["cell.measures.1.visibility"] == "internal"
    over = form.get(f"{PLACE}A-2")
    assert not any("status_reports" in name for name in over.values())
    told = form.post("row", {**titled(over, "Karte", "Rechnung"), "do": "show"})
    form.post("row", {**told.values(), "do": "write"})
    assert last(form.root, "successions", 1) == ["A-2,A-10"]


def test_nothing_is_split_that_is_not_there(form: Form) -> None:
    """A measure that nobody knows, and a strategy without successions, have no such page."""
    assert form.get(f"{PLACE}A-99").response.status == 404
    package = json.loads(PACKAGE.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "successions"]
    (form.root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    (form.root / "data/successions.csv").unlink()
    assert "Eine Maßnahme teilen" not in form.get().links()
    assert form.get(f"{PLACE}A-4").response.status == 404


def test_what_was_typed_is_shown_where_nothing_can_come_of_it(form: Form) -> None:
    """By its title, and only what differs from what the parts began with."""
    values = titled(form.get(f"{PLACE}A-4"), "Nord", "Süd")
    append(form.root, "data/measures.csv", '"\n')
    shown = form.post("row", {**values, "do": "show"})
    assert "Bezeichnung Nord Bezeichnung Süd Anfang" in shown.text
    assert "Geplantes Ende" not in shown.text


def test_parts_belong_where_the_measure_belonged(copy: Path) -> None:
    """Part of a larger measure, they stay part of it; what they lack is asked for all the same."""
    measures = csv.DictReader(io.StringIO((copy / "data/measures.csv").read_text("utf-8")))
    one = next(row for row in measures if row["parent"])
    values = Form(copy).get(f"{PLACE}{one['id']}").values()
    assert values["cell.measures.2.parent"] == one["parent"]
    assert values["cell.measures.2.field"] == one["field"]
    assert values["cell.measures.2.title"] == ""
