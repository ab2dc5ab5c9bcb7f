"""A measure is split in one step: its parts, what they take over, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.support.form import Form, Shown
from tests.support.klein import DAY, append, copied

PLACE = "row?table=measures&task=split&measure="
PACKAGE = Path(__file__).resolve().parents[3] / "klarplan/strategy/datapackage.json"
TODAY = DAY.isoformat()
OFFICES = ("schulamt,lead", "stadt,funder")
"""Who is responsible for A-4."""


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
    offices = [f"{part},{rest}" for part in ("A-9", "A-10") for rest in OFFICES]
    assert last(form.root, "responsibilities", 4) == offices
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
    assert "Teil 1: Bezeichnung Nord Teil 2: Bezeichnung Süd Anfang" in shown.text
    assert "Geplantes Ende" not in shown.text


def test_parts_belong_where_the_measure_belonged(copy: Path) -> None:
    """Part of a larger measure, they stay part of it; what they lack is asked for all the same."""
    measures = csv.DictReader(io.StringIO((copy / "data/measures.csv").read_text("utf-8")))
    one = next(row for row in measures if row["parent"])
    values = Form(copy).get(f"{PLACE}{one['id']}").values()
    assert values["cell.measures.2.parent"] == one["parent"]
    assert values["cell.measures.2.field"] == one["field"]
    assert values["cell.measures.2.title"] == ""


def ending(text: str) -> dict[str, str]:
    """A report that ends the measure in words of its own."""
    return {"status_reports.1.text": text}


def test_what_others_did_meanwhile_is_told_and_nothing_typed_is_lost(form: Form) -> None:
    """Two pages split one measure: the second is told so, keeps its report, and goes on by will."""
    page = form.get(f"{PLACE}A-4")
    mine = form.post("row", {**titled(page, "Nord", "Süd", **ending("Meins.")), "do": "show"})
    others = form.post("row", {**titled(page, "Ost", "West", **ending("Andere.")), "do": "show"})
    form.post("row", {**others.values(), "do": "write"})
    before = last(form.root, "measures", 99)
    told = form.post("row", {**mine.values(), "do": "write"})
    assert "Abgelöst ist sie schon durch A-9 Ost und A-10 West." in told.summary()
    assert "Geendet hat sie am 30. Juni 2026: beendet." in told.summary()
    assert told.values()["cell.status_reports.1.text"] == "Meins."
    assert last(form.root, "measures", 99) == before
    # There is a report of that day; whoever means another one tells another day.
    values = {**told.values(), "cell.status_reports.1.date": "2026-06-29"}
    values["cell.status_reports.1.actual_end"] = "2026-06-29"
    shown = form.post("row", {**values, "do": "show"})
    assert "Meins." in shown.text
    form.post("row", {**shown.values(), "do": "write"})
    assert "Meins." in last(form.root, "status_reports", 1)[0]
    assert last(form.root, "successions", 2) == ["A-4,A-11", "A-4,A-12"]


def test_an_end_that_others_reported_is_told(form: Form) -> None:
    """While the form is only filled in; a report that was typed stays, an emptied one goes."""
    page = form.get(f"{PLACE}A-4")
    append(form.root, "data/status_reports.csv", "A-4,2026-06-20,,beendet,,Andere.,,,,\n")
    bare = form.post("row", {**titled(page, "Nord", "Süd"), "do": "show"})
    assert "Geendet hat sie am 20. Juni 2026" in bare.summary()
    told = form.post("row", {**titled(page, "Nord", "Süd", **ending("Meins.")), "do": "check"})
    assert "Geendet hat sie am 20. Juni 2026" in told.summary()
    assert told.values()["cell.status_reports.1.text"] == "Meins."
    shown = form.post("row", {**told.values(), "do": "show"})
    assert "Das ändert sich" in shown.text
    assert "Meins." in shown.text
    without = {**told.values(), "cell.status_reports.1.text": "", "do": "show"}
    shown = form.post("row", without)
    assert "Das ändert sich" in shown.text
    assert not any("status_reports" in name for name in shown.values())


def test_equal_parts_are_parts_of_their_own(form: Form) -> None:
    """Of one title, with different offices or with the same: each is a row, and is told so."""
    page = form.get(f"{PLACE}A-4")
    shown = form.post("row", {**titled(page, "Nord", "Nord", **ending("Zwei.")), "do": "show"})
    assert "So heißt schon ein Teil" in shown.text
    assert "gibt es schon" not in shown.text
    form.post("row", {**shown.values(), "do": "write"})
    assert [row.split(",")[:2] for row in last(form.root, "measures", 2)] == [
        ["A-9", "Nord"],
        ["A-10", "Nord"],
    ]
    offices = [f"{part},{rest}" for part in ("A-9", "A-10") for rest in OFFICES]
    assert last(form.root, "responsibilities", 4) == offices


def test_a_key_of_two_parts_is_told_where_keys_are_typed(form: Form) -> None:
    """Where keys are words, two parts need two; nobody is sent to a row that is not there."""
    for file in (form.root / "data").glob("*.csv"):
        words = re.sub(
            r"\bA-(\d)\b", lambda m: f"Plan{'abcdefghij'[int(m[1])]}", file.read_text("utf-8")
        )
        file.write_text(words, "utf-8", newline="")
    page = form.get(f"{PLACE}Plane")
    keys = {"measures.1.id": "Nord", "measures.2.id": "Nord"}
    shown = form.post("row", {**titled(page, "Nord", "Nord", **keys), "do": "check"})
    assert "Diese Kennung hat schon ein Teil" in shown.messages()["measures.2.id"]
    assert "Öffnen Sie ihn" not in shown.text


def test_only_keys_that_were_taken_are_named(form: Form) -> None:
    """One of two is taken meanwhile: it is named alone."""
    page = form.get(f"{PLACE}A-4")
    shown = form.post("row", {**titled(page, "Nord", "Süd", **ending("Zwei.")), "do": "show"})
    form.write(form.get("row?table=measures"), title="Andere", field="F-1")
    done = form.post("row", {**shown.values(), "do": "write"})
    text = form.get(done.response.headers["Location"]).text
    assert "Angekündigt war die Kennung A-9; sie ist inzwischen vergeben." in text


def test_what_is_split_or_over_is_told_before(form: Form) -> None:
    """In the list, and above the form; nothing of it where neither is so."""
    listed = form.get("table?table=measures&task=split").text
    assert "A-2 · hat geendet" in listed
    assert "A-4 ·" not in listed
    assert "Geendet hat sie am 28. Februar 2025: fertig." in form.get(f"{PLACE}A-2").text
    assert "Geendet" not in form.get(f"{PLACE}A-4").text


def test_what_is_told_of_a_part_names_it(form: Form) -> None:
    """Texts in full, hints, and what is saved from a page that nothing can come of."""
    page = form.get(f"{PLACE}A-4")
    more = {"measures.2.summary": "- eins\r\n- zwei", "measures.2.title": "Süd\u00ad"}
    mine = titled(page, "Nord", "Süd", **more, **ending("Zwei."))
    shown = form.post("row", {**mine, "do": "show"})
    titles = [h.text() for h in shown.tree.css(".wording h3")]
    assert titles == ["Teil 2: Kurzbeschreibung"]
    assert "Teil 2: Bezeichnung: Unsichtbare Zeichen" in shown.text
    assert not [li for li in shown.tree.css("li") if li.text().startswith("Löst ab")]
    append(form.root, "data/measures.csv", '"\n')
    saved = form.post("row", {**mine, "do": "show"})
    assert "Teil 1: Bezeichnung Nord Teil 2: Bezeichnung Süd" in saved.text


def test_long_titles_are_cut_in_headings_and_links(form: Form) -> None:
    """The heading of the form, and the links to the texts of the parts."""
    long = "Ein sehr langer Titel mit vielen Wörtern " * 12
    page = form.get(f"{PLACE}A-4")
    shown = form.post("row", {**titled(page, long, "Süd", **ending("Zwei.")), "do": "show"})
    done = form.post("row", {**shown.values(), "do": "write"})
    links = form.get(done.response.headers["Location"]).links()
    assert any(words.startswith("Text zu A-9") and words.endswith("…") for words in links)
    assert all(len(words) < 160 for words in links)
    heading = form.get(f"{PLACE}A-9").tree.css_first("h1")
    assert heading
    assert len(heading.text()) < 200


def test_money_is_moved_by_a_link(form: Form) -> None:
    """The page that says that money is moved by hand leads there."""
    assert form.get(f"{PLACE}A-4").links()["Finanzierung"].endswith("table?table=budget")


@pytest.fixture
def linked(form: Form) -> Form:
    """A measure with partners, two goals, a further field and two places."""
    data = form.root / "data"
    (data / "places.csv").write_text("id,title\nO-1,Markt\nO-2,Ufer\nO-3,Berg\n", "utf-8")
    (data / "measure_places.csv").write_text("measure,place\nA-4,O-1\nA-4,O-2\n", "utf-8")
    (data / "measure_fields.csv").write_text("measure,field\nA-4,F-1\n", "utf-8")
    append(form.root, "data/responsibilities.csv", "A-4,werke,partner\nA-4,rathaus,partner\n")
    append(form.root, "data/measure_goals.csv", "A-4,G-1\n")
    return form


LINKED = {
    "responsibilities": [*OFFICES, "werke,partner", "rathaus,partner"],
    "measure_goals": ["G-3", "G-1"],
    "measure_fields": ["F-1"],
    "measure_places": ["O-1", "O-2"],
}
"""All that is linked with A-4."""


def links(root: Path, measure: str) -> dict[str, list[str]]:
    """All that is linked with a measure, by table."""
    rows = {table: last(root, table, 99) for table in LINKED}
    start = f"{measure},"
    return {t: [r.removeprefix(start) for r in rs if r.startswith(start)] for t, rs in rows.items()}


def split(form: Form, values: dict[str, str]) -> None:
    """Show what changes, and write it."""
    told = form.post("row", {**values, "do": "show"})
    assert form.post("row", {**told.values(), "do": "write"}).response.status == 303


def test_parts_take_over_all_that_is_linked(linked: Form) -> None:
    """Every office in its role, every goal, field and place; none of it stands in front."""
    page = linked.get(f"{PLACE}A-4")
    folded = page.tree.css("details.more [name^='cell.measures.1.']")
    names = {(n.attributes["name"] or "").removeprefix("cell.measures.1.") for n in folded}
    assert names >= {"responsibilities-partner-1", "responsibilities-partner-2", "measure_goals--2"}
    labels = {" ".join(label.text().split()) for label in page.tree.css("details.more label")}
    assert labels >= {"Organisation (beteiligt)", "Organisation (beteiligt) 2", "Ziel 2", "Ort"}
    split(linked, titled(page, "Nord", "Süd"))
    for part in ("A-9", "A-10"):
        found = {table: sorted(rows) for table, rows in links(linked.root, part).items()}
        assert found == {table: sorted(rows) for table, rows in LINKED.items()}
    assert links(linked.root, "A-4") == LINKED


def test_a_part_may_have_less_or_others(linked: Form) -> None:
    """What is emptied or chosen anew is so for that part alone."""
    own = {
        "measures.1.measure_places--1": "",
        "measures.1.measure_places--2": "O-3",
        "measures.2.responsibilities-funder-1": "",
        "measures.2.measure_fields--2": "",
    }
    split(linked, titled(linked.get(f"{PLACE}A-4"), "Nord", "Süd", **own))
    north, south = links(linked.root, "A-9"), links(linked.root, "A-10")
    assert north["measure_places"] == ["O-3"]
    assert south["measure_places"] == ["O-1", "O-2"]
    assert "stadt,funder" in north["responsibilities"]
    assert "stadt,funder" not in south["responsibilities"]
    assert (north["measure_fields"], south["measure_fields"]) == (["F-1"], [])


@pytest.mark.parametrize(
    ("own", "at"),
    [
        ({"measure_places--1": "O-2"}, "measure_places"),
        ({"lead": "rathaus", "responsibilities-partner-1": "rathaus"}, "responsibilities-partner"),
        ({"goal": "G-1"}, "goal"),
    ],
)
def test_a_link_chosen_twice_is_told_at_its_field(
    linked: Form, own: dict[str, str], at: str
) -> None:
    """The part that has one place, goal or office of a role twice is told; nothing is written."""
    own = {f"measures.2.{name}": value for name, value in own.items()}
    values = titled(linked.get(f"{PLACE}A-4"), "Nord", "Süd", **own)
    shown = linked.post("row", {**values, "do": "show"})
    assert any(name.startswith(f"measures.2.{at}") for name in shown.messages())
    assert not links(linked.root, "A-9")["measure_places"]


def test_links_that_others_change_meanwhile_lose_nothing(linked: Form) -> None:
    """The page keeps what it began with, however many rows there are now."""
    page = linked.get(f"{PLACE}A-4")
    data = linked.root / "data"
    (data / "measure_places.csv").write_text("measure,place\nA-4,O-2\n", "utf-8")
    append(linked.root, "data/measure_goals.csv", "A-4,G-4\n")
    split(linked, titled(page, "Nord", "Süd"))
    assert links(linked.root, "A-9")["measure_places"] == ["O-1", "O-2"]
    assert links(linked.root, "A-9")["measure_goals"] == ["G-3", "G-1"]
