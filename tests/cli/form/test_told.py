"""What the form shows before and after writing: the words, and what rows are called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from klarplan.check import run
from klarplan.editing.form.as_told import AsTold
from klarplan.editing.form.fields import told_apart
from klarplan.editing.form.rows import ListedRow, found, listed
from klarplan.editing.form.sheet import Filled
from klarplan.editing.workbook.outcome import Merged
from klarplan.messages import Finding, Lang, Text
from klarplan.strategy.schema import engine_descriptor
from tests.support.form import Form
from tests.support.klein import append, copied, replace

LANGS: tuple[Lang, ...] = ("de", "en")


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The form of a small strategy."""
    return Form(copied(tmp_path))


def test_long_words_stand_there_in_full(form: Form) -> None:
    """A text that a sentence only mentions is shown as it was and as it will be."""
    long = "Ein langer Satz über Formulare. " * 20 + "Ende."
    shown = form.get("row?table=measures&row=0")
    old = " ".join(shown.values()["cell.summary"].split())
    told = form.sent(shown, "show", summary=long).text
    assert long in told
    assert old in told


def test_paragraphs_stand_side_by_side(form: Form) -> None:
    """Of a text, the paragraphs that differ are shown; the others are not."""
    path = form.root / "strategy/foreword.md"
    path.write_text("# Vorwort\n\nBleibt so.\n\nAlte Worte.\n", "utf-8")
    values = form.get("text?file=strategy/foreword.md").values()
    text = values["text"].replace("Alte", "Neue")
    told = form.post("text", {**values, "text": text, "do": "show"})
    assert told.tree.css("del")[0].text() == "Alte Worte."
    assert told.tree.css("ins")[0].text() == "Neue Worte."
    assert "Bleibt so" not in told.text


def test_the_other_version_of_a_text_is_shown_before_it_is_replaced(form: Form) -> None:
    """Somebody who goes on knows what goes."""
    path = form.root / "strategy/foreword.md"
    path.write_text("# Vorwort\n\nAlte Worte.\n", "utf-8")
    values = form.get("text?file=strategy/foreword.md").values()
    path.write_text("# Vorwort\n\nWorte des Amts.\n", "utf-8")
    text = values["text"].replace("Alte", "Neue")
    told = form.post("text", {**values, "text": text, "do": "show"})
    assert "Worte des Amts." in told.text
    assert told.tree.css("del")[0].text() == "Worte des Amts."


def test_written_is_what_was_written_just_now(form: Form) -> None:
    """The page names the row, not a number of files since the start."""
    shown = form.get("row?table=measures&row=0")
    told = form.sent(shown, "show", title="Anträge")
    done = form.post("row", {**told.values(), "do": "write"})
    after = form.get(done.response.headers["Location"]).text
    assert "A-1" in after
    assert "Anträge" in after
    assert "Anträge" not in form.get("").text.partition("fällig")[0]


def test_the_same_report_from_two_windows_is_there_already(form: Form) -> None:
    """The second one is told so, not that something is written."""
    new = form.get("row?table=status_reports&measure=A-4")
    both = [form.sent(new, "show", status="laeuft", text="Der Bau läuft.") for _ in range(2)]
    first, second = (form.post("row", {**shown.values(), "do": "write"}) for shown in both)
    assert "Geschrieben ist: " in form.get(first.response.headers["Location"]).text
    after = form.get(second.response.headers["Location"]).text
    assert "steht schon so da" in after
    assert "Geschrieben ist" not in after
    third = form.sent(new, "show", status="laeuft", text="Der Bau läuft.")
    assert "steht schon da" in third.text


def test_another_id_than_announced_is_told(form: Form) -> None:
    """Two windows announce the same id; the second says which one it got."""
    new = form.get("row?table=goals")
    first, second = (form.sent(new, "show", title="Ein Ziel") for _ in range(2))
    announced = first.values()["announced"]
    assert announced == second.values()["announced"]
    for shown in (first, second):
        done = form.post("row", {**shown.values(), "do": "write"})
    after = form.get(done.response.headers["Location"]).text
    assert f"Angekündigt war die Kennung {announced}" in after


@pytest.mark.parametrize("asked", ["baum giessen", "Gießen Bäume", "BAEUME", "giessen baeume"])
def test_words_are_found_however_they_are_typed(tmp_path: Path, asked: str) -> None:
    """Umlauts by two letters, by one, or as they are; in any order."""
    root = copied(tmp_path)
    replace(root, "data/measures.csv", "Bezahlen,", "Bäume gießen,")
    editor = Form(root).site.editor
    schema = editor.loaded.descriptor.tables["measures"]
    rows: list[ListedRow] = [*listed(editor.maker, schema, editor.table(schema))]
    assert [row.title for row in found(rows, asked)] == ["Bäume gießen"]


NOT_SEEN = re.compile(r"\d{4}-\d{2}-\d{2}|\bZellen?\b|\bSpalten?\b|Zeile \d|\w+_\w+|\.csv")
"""What is in files and spreadsheets, and in no form."""
SEEN: dict[str, tuple[str, dict[str, str], str]] = {
    "a status": (
        "table=status_reports&measure=A-4",
        {"status": "fertig", "progress": "40"},
        "passt nicht zum Status „fertig“. Setzen Sie 100 oder leeren Sie das Feld",
    ),
    "a field": (
        "table=status_reports&measure=A-2",
        {"status": "laeuft", "progress": "1", "date": "2026-06-30"},
        "erklären Sie es im Feld „Sachstand“",
    ),
    "a day beside": (
        "table=status_reports&measure=A-4",
        {"status": "fertig", "progress": "100", "actual_end": "2020-01-01"},
        "Das Ende 01.01.2020 liegt vor dem Beginn 01.09.2024",
    ),
    "a day to come": (
        "table=status_reports&measure=A-4",
        {"status": "fertig", "progress": "100", "actual_end": "2029-01-31"},
        "31.01.2029 liegt aber in der Zukunft (geprüft wird zum 30.06.2026)",
    ),
    "another row": (
        "table=status_reports&measure=A-2",
        {"date": "2025-03-10", "status": "laeuft", "period": "2025"},
        "",
    ),
}


@pytest.mark.parametrize(("address", "cells", "told"), SEEN.values(), ids=SEEN)
def test_findings_speak_as_the_form_does(
    form: Form, address: str, cells: dict[str, str], told: str
) -> None:
    """Days and choices as the fields show them; no cell, no line, no name of a column or file."""
    shown = form.sent(form.get(f"row?{address}"), "check", **cells)
    said = " ".join([*shown.messages().values(), shown.summary()])
    assert told in said
    assert not NOT_SEEN.search(said), said


def test_a_new_row_is_called_by_its_kind(copy: Path) -> None:
    """Nobody knows the id that it will get; what is chosen is told as its field shows it."""
    shown = Form(copy).get("row?table=feedback")
    cells = {"contribution": "Mehr Bänke", "outcome": "adopted", "date": "2026-06-01"}
    told = Form(copy).sent(shown, "check", **cells)
    said = " ".join(told.messages().values())
    assert "Das Ergebnis zu „Neuer Beitrag“ steht fest („übernommen“)" in said
    assert not NOT_SEEN.search(said), said


def test_findings_tell_what_is_chosen_as_fields_show_it(form: Form) -> None:
    """Of every column with a choice: its label, in both languages, wherever a sentence names it."""
    editor = form.site.editor
    for schema in editor.loaded.descriptor.tables.values():
        fields = editor.fields(schema, {}, new=True)
        filled = Filled(schema=schema, fields=fields, told={}, new=True)
        seen = AsTold(
            given={},
            back=filled.back(editor.loaded, "de"),
            merged=Merged(),
            descriptor=editor.loaded.descriptor,
            read=lambda _: None,
        )
        for column in schema.columns.values():
            german, english = (dict(schema.said(x).columns[column.name].categories) for x in LANGS)
            for value in german:
                problem = Text(f"Auf „{value}“ oder leer.", f"To “{value}” or empty.")
                cure = Text(f"„{value}“ ({german[value]}).", "")
                finding = Finding(
                    rule="KP330",
                    file=f"data/{schema.path}",
                    column=column.name,
                    problem=problem,
                    cure=cure,
                )
                told = seen.told(finding)
                assert told.problem.de == f"Auf „{german[value]}“ oder leer."
                assert told.problem.en == f"To “{english[value]}” or empty."
                assert told.cure.de == f"„{german[value]}“."


def test_a_finding_of_a_group_names_it_as_its_field_does(form: Form) -> None:
    """Of a status that waits and counts as running; so in the summary of the changes."""
    shown = form.get("row?table=statuses&row=1")
    label = next(
        o.text() for o in shown.tree.css("[name='cell.category'] option[selected]") if o.text()
    )
    told = form.sent(shown, "check", label="verzögert", label_en="")
    message = told.messages()["category"]
    assert f"„{label}“" in message
    assert not re.search(r"active|delayed", message)


def test_sentences_set_what_is_chosen_in_quotation_marks() -> None:
    """So that it can be told from words wherever labels stand for it; in both languages."""
    values = {
        value
        for table in engine_descriptor().tables.values()
        for column in table.columns.values()
        for value, label in column.categories
        if value != label and value not in engine_descriptor().tables
    }
    bare = re.compile(r"(?<![\w/„“\"{.=-])([a-z_]+)(?![\w”“\".-])")
    files = Path(run.__file__).parent.rglob("*.py")
    for file in files:
        for german in _german(ast.parse(file.read_text("utf-8"))):
            assert not values.intersection(bare.findall(german)), (file.name, german)


def _german(tree: ast.AST) -> Iterator[str]:
    """The German sentences of a module; what is put into them stands as a dash."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text" and node.args:
            parts = ast.walk(node.args[0])
            yield "–".join(
                part.value
                for part in parts
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


@pytest.mark.parametrize(
    "title", ["Die Spalte der Woche", "Jede Zelle zählt in Zeile 3", "Akte 2026-01-10-zelle.pdf"]
)
def test_what_people_have_written_stays(form: Form, title: str) -> None:
    """Only our own words are told otherwise, not those of a title."""
    replace(form.root, "data/measures.csv", "A-1,Formulare,", f"A-1,{title},")
    shown = form.get("row?table=milestones")
    told = form.sent(shown, "check", measure="A-1", title="Start", due="2025-01-01")
    assert title in told.messages()["due"]
    assert "01.01.2025" in told.messages()["due"]


def test_a_long_title_is_cut_in_lists_and_whole_where_it_is_opened(form: Form) -> None:
    """So are choices, unless two of them would then be the same."""
    long = "Die Stadt plant und baut Wege, Brücken und Plätze für alle Menschen " * 4
    replace(form.root, "data/measures.csv", "A-1,Formulare", f'A-1,"{long.strip()}"')
    links = form.get("table?table=measures").links()
    (words,) = [one for one in links if one.startswith("Die Stadt plant")]
    assert words.endswith("…")
    assert len(words) < len(long) / 1.5
    row = form.get(links[words])
    assert long.strip() in row.text
    assert row.values()["cell.title"] == long.strip()
    options = form.get("row?table=milestones").tree.css("[name='cell.measure'] option")
    assert any(o.text().endswith("…") and o.attributes["value"] == "A-1" for o in options)
    alike = {"a": f"{long} eins", "b": f"{long} zwei", "c": "kurz"}
    assert told_apart(alike) == alike


def test_an_example_in_a_rule_is_no_row(form: Form) -> None:
    """Where a row has the key that an example has, the example stays as it is."""
    for file in (form.root / "data").glob("*.csv"):
        text = file.read_text("utf-8")
        file.write_text(text.replace("A-4", "M-012"), "utf-8", newline="")
    shown = form.sent(form.get("row?table=organisations"), "check", id="Bäder & Co", name="Bäder")
    assert "zum Beispiel M-012." in shown.messages()["id"]


@pytest.mark.parametrize("key", ["Schulamt", "neu-1"])
def test_codes_stay_where_titles_do_not_tell_rows_apart(form: Form, key: str) -> None:
    """Two of one name: a sentence on both names them by their keys; nothing is to be deleted."""
    shown = form.sent(form.get("row?table=organisations"), "check", id=key, name="Schulamt")
    said = shown.messages()["name"]
    assert f"Geben Sie „{key}“ oder „schulamt“ einen anderen Namen." in said
    assert "lassen Sie diesen Eintrag weg." in said


def test_a_row_that_is_there_is_taken_out_in_the_file(form: Form) -> None:
    """The form deletes none, and says where that is done; a row that is not yet there is left."""
    append(form.root, "data/organisations.csv", "neu-1,Bauhof,,,,\n")
    rows = len((form.root / "data/organisations.csv").read_text("utf-8").splitlines()) - 1
    page = form.get(f"row?table=organisations&row={rows - 1}")
    said = form.sent(page, "check", name="Schulamt").messages()["name"]
    assert "nehmen Sie eine der beiden Zeilen in der Datei heraus" in said
    new = form.get("row?table=successions")
    said = form.sent(new, "check", **{"from": "A-1", "to": "A-3"}).messages()["from"]
    assert "oder lassen Sie diesen Eintrag weg, bis es so weit ist." in said
