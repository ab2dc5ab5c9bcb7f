"""What people come to do: what is due first, then tasks, each of which leads to a form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from klarplan.commands.new import begin
from klarplan.strategy.csv_writer import table_bytes
from tests.support.form import Form
from tests.support.klein import DAY, append, copied
from tests.support.synthetic import write_minimal, write_strategy

PACKAGE = Path(__file__).resolve().parents[3] / "klarplan/strategy/datapackage.json"


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The form of the small strategy."""
    return Form(copied(tmp_path))


def test_what_is_due_leads_to_its_form(form: Form) -> None:
    """A report that is due opens the form for it, with measure and day filled in."""
    append(form.root, "data/periods.csv", "label,first,last,due\n2026-H1,,,2026-07-10\n")
    links = form.get().links()
    found = next(words for words in links if "2026-H1" in words and "A-1" in words)
    values = form.get(links[found]).values()
    assert values["measure"] == "A-1"
    assert values["cell.date"] == "2026-06-30"
    assert values["cell.period"] == "2026-H1"


def test_only_what_an_office_owes(form: Form) -> None:
    """Somebody sees what is due in the own office, and in those below it."""
    every = form.get()
    offices = [o.attributes["value"] for o in every.tree.css("select[name=for] option")][1:]
    assert offices
    for office in offices:
        fewer = form.get(f"?for={office}")
        assert len(fewer.tree.css("#due ~ .rows li")) <= len(every.tree.css("#due ~ .rows li"))
        chosen = fewer.tree.css_first("option[selected]")
        assert chosen
        assert chosen.attributes["value"] == office


def test_a_measure_is_chosen_by_its_title(form: Form) -> None:
    """Words find rows, whatever their capitals; ids need not be known."""
    links = form.get("table?table=measures&task=report&q=glas+SCHULEN").links()
    assert "Glasfaser" in links
    assert "Zähler" not in links
    shown = form.get(links["Glasfaser"])
    assert "Stand melden: Glasfaser" in shown.text
    assert "Zwei Schulen sind am Netz." in shown.text


@pytest.mark.long
def test_an_expected_end_is_a_report(copy: Path) -> None:
    """The status that was reported last is still so; the end is asked for."""
    form = Form(copy)
    shown = form.get("row?table=status_reports&measure=M-002&task=end")
    values = shown.values()
    assert values["cell.status"]
    assert values["cell.expected_end"] == ""
    form.write(shown, expected_end="2029-12-31")
    added = (copy / "data/status_reports.csv").read_text("utf-8").splitlines()[-1]
    assert added.startswith("M-002,2026-06-30")
    assert "2029-12-31" in added


def test_tasks_that_cannot_be_done_are_not_offered(form: Form, tmp_path: Path) -> None:
    """Without a column for the expected end nobody is asked for one."""
    assert "Ein erwartetes Ende verschieben" not in form.get().links()
    root = tmp_path / "minimal"
    write_minimal(root)
    links = Form(root).get().links()
    assert "Eine Maßnahme ändern" in links


def test_what_can_be_begun_is_offered(form: Form, tmp_path: Path) -> None:
    """Each kind that the strategy knows, by its name; it opens with no cell filled in."""
    links = form.get().links()
    for words, table in (("Neue Maßnahme", "measures"), ("Neues Ziel", "goals")):
        shown = form.get(links[words])
        assert words in shown.text
        assert shown.values()["table"] == table
    assert "Neuer Beitrag" in links
    write_minimal(tmp_path / "minimal")
    fewer = Form(tmp_path / "minimal").get().links()
    assert "Neue Maßnahme" in fewer


def test_a_contribution_without_an_answer_is_offered(copy: Path) -> None:
    """Those that were answered are not in the list."""
    text = (copy / "data/feedback.csv").read_text("utf-8")
    number = len(Form(copy).get("table?table=feedback").tree.css(".rows li"))
    header = text.splitlines()[0].split(",")
    row = {"id": "B-99", "contribution": "Bitte mehr Bänke", "date": "2026-06-01"}
    append(copy, "data/feedback.csv", ",".join(row.get(n, "") for n in header) + "\n")
    shown = Form(copy).get("table?table=feedback&task=answer")
    assert len(shown.tree.css(".rows li")) <= number + 1
    assert "Bitte mehr Bänke" in shown.text or "B-99" in shown.text


def test_a_thousand_measures_stay_usable(tmp_path: Path) -> None:
    """The list comes in pages, and a word finds a row on any of them."""
    write_strategy(tmp_path, 1000)
    form = Form(tmp_path)
    shown = form.get("table?table=measures&task=report")
    assert len(shown.tree.css(".rows li")) == 50
    assert "Seite 1 von 20" in shown.text
    last = form.get("table?table=measures&task=report&page=99")
    words = list(last.links())[-2]
    assert "Seite 20 von 20" in last.text
    assert re.sub(r"\s+", " ", words) in form.get(f"table?table=measures&q={words}").links()


def test_an_english_strategy_is_edited_in_english(form: Form) -> None:
    """The form speaks the language of the strategy."""
    append(form.root, "strategy/strategy.yml", "lang: en\n")
    shown = form.get()
    assert "What would you like to do?" in shown.text
    assert shown.tree.css_matches("html[lang=en]")


def test_two_measures_are_merged(form: Form) -> None:
    """A task of its own, which goes on to how the former one ends."""
    shown = form.get(form.get().links()["Maßnahmen zusammenlegen"])
    told = form.sent(shown, "show", **{"from": "A-4", "to": "A-1"})
    assert "abgelöst durch" in told.text
    done = form.post("row", {**told.values(), "do": "write"})
    after = form.get(done.response.headers["Location"])
    more = form.get(
        after.links()["Noch ein Teil: eine weitere Maßnahme, in der „Glasfaser“ aufgeht"]
    )
    assert more.values()["cell.from"] == "A-4"
    assert "Geld bleibt bei der bisherigen" in more.text
    others = form.get(after.links()["Noch eine Maßnahme, die in „Formulare“ aufgeht"])
    assert others.values()["cell.to"] == "A-1"
    then = form.get(after.links()["Melden, wie die bisherige Maßnahme endet"])
    assert then.tree.css_matches("[name='cell.actual_end']")
    assert not then.tree.css_matches("details [name='cell.actual_end']")
    assert then.values()["measure"] == "A-4"
    assert "Stand melden: Glasfaser" in then.text


def test_what_belongs_to_something_new_is_the_next_step(form: Form) -> None:
    """Its text, and rows of other tables that name it, which is filled in; not after a change."""
    told = form.sent(form.get("row?table=indicators"), "show", title="Brunnen", unit="Stück")
    given = told.values()["announced"]
    done = form.post("row", {**told.values(), "do": "write"})
    links = form.get(done.response.headers["Location"]).links()
    text = form.get(links["Den ausführlichen Text dazu schreiben"])
    assert text.values()["id"] == given
    tables = form.site.editor.loaded.descriptor.tables
    for name in ("indicator_values", "indicator_targets"):
        shown = form.get(links[f"Eintragen: {tables[name].title}"])
        assert shown.values()["cell.indicator"] == given
    told = form.sent(shown, "show", date="2026-01-01", value="3")
    done = form.post("row", {**told.values(), "do": "write"})
    others = form.get(done.response.headers["Location"]).links()
    assert f"Eintragen: {tables['indicator_values'].title}" in others
    told = form.sent(form.get("row?table=indicators&row=0"), "show", title="Anders")
    done = form.post("row", {**told.values(), "do": "write"})
    assert "Eintragen" not in form.get(done.response.headers["Location"]).text


def test_what_hardly_anybody_fills_is_folded(form: Form) -> None:
    """It is open where something is wrong with it, or somebody has filled it; never of old rows."""
    new = form.get("row?table=measures")
    assert new.tree.css_matches("details.more:not([open]) [name='cell.priority']")
    assert not new.tree.css_matches("details [name='cell.title']")
    wrong = form.sent(new, "check", priority="9", title="Bänke", field="F-2")
    assert wrong.messages()["priority"]
    assert wrong.tree.css_matches("details.more[open] [name='cell.priority']")
    filled = form.sent(new, "show", priority="3", title="Bänke", field="F-2")
    back = form.post("row", {**filled.values(), "do": "edit"})
    assert back.tree.css_matches("details.more[open] [name='cell.priority']")
    assert not form.get("row?table=measures&row=0").tree.css_matches("details")


ENDS = "measure,date,period,status,progress,expected_end,expected_end_precision,text,obstacles\n"


def with_ends(root: Path, **more: str) -> Form:
    """The small strategy, whose reports can name an expected end; A-4 expects one."""
    told = {"measure": "A-4", "date": "2026-06-01", "status": "laeuft", "progress": "40"}
    report(root, **told, expected_end="2028-06-30", text="Es dauert länger.", **more)
    return Form(root)


def report(root: Path, **cells: str) -> None:
    """Somebody else adds a report."""
    path = root / "data/status_reports.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    told = [*(dict(zip(header, row, strict=True)) for row in rows), cells]
    names = [*header, *(n for n in ENDS.strip().split(",") if n not in header)]
    path.write_bytes(table_bytes(names, [[row.get(n, "") for n in names] for row in told]))


@pytest.mark.parametrize("status", ["fertig", "beendet"])
def test_a_field_of_the_same_form_is_named_alone(form: Form, status: str) -> None:
    """It says where the end belongs without naming a table that is another one."""
    form = with_ends(form.root)
    shown = form.get("row?table=status_reports&measure=A-4")
    told = form.sent(shown, "check", status=status, expected_end="2027-12-31").messages()
    assert "gehört in „Tatsächliches Ende“. " in told["expected_end"]


@pytest.mark.parametrize("measure", ["A-4", "A-1"])
def test_moving_an_end_asks_for_the_new_one(form: Form, measure: str) -> None:
    """Whether one was expected before or not; what has ended needs none."""
    form = with_ends(form.root)
    shown = form.get(f"row?table=status_reports&measure={measure}&task=end")
    assert shown.tree.css_matches("[name='cell.expected_end'][required]")
    told = form.sent(shown, "show")
    assert "das neue Ende" in told.messages()["expected_end"]
    assert "das neue Ende" in told.summary()
    over = form.sent(shown, "show", status="fertig", progress="")
    assert "expected_end" not in over.messages()
    form.write(shown, expected_end="2029-12-31")
    assert "2029-12-31" in (form.root / "data/status_reports.csv").read_text("utf-8")


def test_a_report_that_says_nothing_new_is_told(form: Form) -> None:
    """Before it is written; another progress, end or sentence is new."""
    form = with_ends(form.root)
    end = form.get("row?table=status_reports&measure=A-4&task=end")
    same = form.sent(end, "show", expected_end="2028-06-30")
    assert "1. Juni 2026 ist hiernach alles gleich" in same.text
    assert same.values()["announced"] == ""
    report = form.get("row?table=status_reports&measure=A-4&task=report")
    state = {"status": "laeuft", "expected_end": "2028-06-30"}
    assert "alles gleich" in form.sent(report, "check", **state).messages()["text"]
    for news in ({"progress": "41"}, {"text": "Zwei Kilometer."}, {"expected_end": "2028-07-31"}):
        assert "text" not in form.sent(report, "check", **{**state, **news}).messages()
    begun = begin(form.root, "report", [("measure", "A-4"), ("status", "laeuft")], DAY, "de")
    assert any("alles gleich" in note.de for note in begun.notes)


def test_how_exact_a_day_is_is_seen_beside_it(form: Form) -> None:
    """A quarter that was reported stays one only for days on which a quarter ends."""
    form = with_ends(form.root, expected_end_precision="quarter")
    shown = form.get("row?table=status_reports&measure=A-4&task=report")
    assert "2. Quartal 2028" in shown.text
    assert shown.tree.css_first("details [name='cell.expected_end_precision']") is None
    said = form.sent(shown, "check", expected_end="2028-08-15").messages()["expected_end"]
    assert "Das heißt 3. Quartal 2028. Meinen Sie genau den 15. August 2028" in said
    assert "expected_end" not in form.sent(shown, "check", expected_end="2028-09-30").messages()
    exact = {"expected_end": "2028-08-15", "expected_end_precision": "day"}
    assert "expected_end" not in form.sent(shown, "check", **exact).messages()


@pytest.mark.parametrize(("typed", "told"), [("2029", "2029"), ("03/2029", "März 2029")])
def test_a_time_that_is_typed_is_as_exact_as_it_is(form: Form, typed: str, told: str) -> None:
    """Whatever the form proposed of the last report, which nobody has looked at."""
    form = with_ends(form.root, expected_end_precision="quarter")
    shown = form.get("row?table=status_reports&measure=A-4&task=report")
    said = form.sent(shown, "show", status="laeuft", expected_end=typed)
    assert f"erwartetes Ende: {told} (zuvor 2. Quartal 2028)" in said.text


@pytest.mark.parametrize("precision", ["", "day"])
def test_another_precision_of_the_same_day_is_news(form: Form, precision: str) -> None:
    """It is told with what it was before; the day itself told twice is not."""
    form = with_ends(form.root, expected_end_precision="quarter")
    shown = form.get("row?table=status_reports&measure=A-4&task=report")
    told = form.sent(shown, "show", status="laeuft", expected_end_precision=precision)
    assert "erwartetes Ende: 30. Juni 2028 (zuvor 2. Quartal 2028)" in told.text
    assert "alles gleich" not in told.text
    again = form.sent(shown, "show", status="laeuft")
    assert "alles gleich" in again.text
    assert "erwartetes Ende:" not in again.text


@pytest.mark.parametrize("task", ["report", "end"])
def test_a_report_of_others_is_told_before_what_it_said_is_undone(form: Form, task: str) -> None:
    """What the form proposes of an older report is looked at again, once."""
    form = with_ends(form.root)
    shown = form.get(f"row?table=status_reports&measure=A-4&task={task}")
    state = {"status": "laeuft", "text": "Neues.", "expected_end": "2029-12-31"}
    report(form.root, measure="A-4", date="2026-06-20", status="beendet", text="Andere.")
    told = form.sent(shown, "show", **state)
    assert "hat jemand zu dieser Maßnahme etwas gemeldet" in told.summary()
    assert "20. Juni 2026" in told.summary()
    assert told.values()["cell.text"] == "Neues."
    assert "hat jemand" not in form.sent(told, "show").text


def test_a_contribution_is_answered_with_an_answer(copy: Path) -> None:
    """Nothing else makes it answered; where somebody changes another cell, none is asked for."""
    path = copy / "data/feedback.csv"
    header, first, *_ = csv.reader(io.StringIO(path.read_text("utf-8")))
    cells = {**dict(zip(header, first, strict=True)), "answer": "", "outcome": ""}
    path.write_bytes(table_bytes(header, [[cells[n] for n in header]]))
    form = Form(copy)
    links = form.get("table?table=feedback&task=answer").links()
    shown = form.get(next(to for to in links.values() if "row=0" in to))
    told = form.sent(shown, "show")
    assert "Antwort" in told.messages()["answer"]
    other = form.get("row?table=feedback&row=0")
    assert "answer" not in form.sent(other, "check").messages()


def test_a_new_measure_replaces_another(form: Form) -> None:
    """Told with it at once, by form and command; what the check says of it stands at its field."""
    shown = form.get("row?table=measures")
    told = form.sent(shown, "check", title="Netze", field="F-2", replaces="A-1")
    assert "noch in Arbeit" in told.messages()["replaces"]
    form.write(shown, title="Netze", field="F-2", replaces="A-4")
    assert (form.root / "data/successions.csv").read_text("utf-8").endswith("A-4,A-9\n")
    named = [("title", "Mehr Netze"), ("field", "F-2"), ("replaces", "A-4")]
    contents = begin(form.root, "measure", named, DAY, "de").contents
    assert contents[form.root / "data/successions.csv"].endswith(b"A-4,A-10\n")


def test_what_becomes_of_a_contribution_is_asked_for_at_once(form: Form) -> None:
    """Answer and outcome are not folded."""
    shown = form.get("row?table=feedback")
    for name in ("answer", "outcome"):
        assert shown.tree.css_matches(f"[name='cell.{name}']")
        assert not shown.tree.css_matches(f"details [name='cell.{name}']")


def test_errors_are_listed_as_their_fields_stand(form: Form) -> None:
    """Folded ones too: whoever mends one after the other goes down the page once."""
    shown = form.get("row?table=measures")
    wrong = {"actual_start": "2026-02-01", "actual_end": "2025-02-01", "lead": "niemand"}
    told = form.sent(shown, "check", title="Bänke", field="F-2", **wrong)
    fields = [n.attributes["id"] for n in told.tree.css("form [name^='cell.']")]
    named = [(a.attributes["href"] or "")[1:] for a in told.tree.css("#summary a")]
    assert len(named) == 2
    assert named == [one for one in fields if one in named]


def test_what_nobody_describes_is_not_asked(form: Form) -> None:
    """Without a table of organisations, none can ever lead a measure."""
    package = json.loads(PACKAGE.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "organisations"]
    path = form.root / "data/datapackage.json"
    path.write_text(json.dumps(package), "utf-8", newline="")
    shown = form.get("row?table=measures")
    assert "cell.title" in shown.values()
    assert "cell.lead" not in shown.values()


@pytest.mark.parametrize("asked", ["M-28", "m-028", "M-0028", "M-028"])
def test_noughts_before_a_number_make_no_difference(form: Form, asked: str) -> None:
    """They find the one that is meant, and not another one that begins alike."""
    path = form.root / "data/measures.csv"
    text = path.read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("A-4,"))
    rows = [first.replace("A-4,Glasfaser", f"M-{n},Nummer {n}") for n in ("028", "281", "128")]
    path.write_text(text + "".join(f"{row}\n" for row in rows), "utf-8", newline="")
    found = form.get(f"table?table=measures&q={asked}")
    numbers = [words for words in found.links() if words.startswith("Nummer")]
    assert numbers == ["Nummer 028"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("KL-2", ["Eins"]),  # an official number
        ("KL-2 eins", ["Eins"]),
        ("KL-21", ["Zwei"]),
        ("KL", ["Eins", "Zwei"]),
        ("M-2", ["Eins", "Zwei"]),  # of nobody: what begins alike
    ],
)
def test_a_whole_key_is_found_alone(form: Form, asked: str, names: list[str]) -> None:
    """Also among rows that only name it; what is no whole key finds all in which it stands."""
    table = form.site.editor.loaded.descriptor.tables["measures"]
    rows = [("M-21", "Eins", "KL-2"), ("M-22", "Zwei", "KL-21")]
    path = form.root / "data/measures.csv"
    cells = [
        {"id": i, "title": t, "official_id": o, "field": "F-1", "summary": ""} for i, t, o in rows
    ]
    content = [[row.get(name, "") for name in table.columns] for row in cells]
    path.write_bytes(table_bytes(tuple(table.columns), content))
    found = form.get(f"table?table=measures&q={asked}").links()
    assert [words for words in found if words in ("Eins", "Zwei")] == names


def test_what_names_a_key_is_found_alone_too(form: Form) -> None:
    """The milestones of a measure, not those of a measure that begins alike."""
    path = form.root / "data/milestones.csv"
    path.write_text("id,measure,title,due\nX-1,A-1,Eins,\nX-2,A-11,Elf,\n", "utf-8", newline="")
    links = form.get("table?table=milestones&q=A-1").links()
    assert "Eins" in links
    assert "Elf" not in links
