"""A row changed or begun in the form: read as the workbook is, told in sentences, then written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest

from klarplan.check.run import check
from klarplan.cli.form.asked import Request
from klarplan.commands.inbox import take_in
from klarplan.commands.new import begin, write
from klarplan.editing.issue_text import NONE
from klarplan.strategy.csv_reader import read
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.issue_forms import questions
from klarplan.strategy.load import load
from klarplan.words.catalogue import GERMAN
from tests.support.form import OURS, Form
from tests.support.klein import DAY, append, copied, replace
from tests.support.some import first_of
from tests.support.workbooks import changed, exported, lines, put, row_of, written


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The form of the small strategy."""
    return Form(copied(tmp_path))


def own_table(root: Path, fields: list[dict[str, object]], rows: list[list[str]]) -> None:
    """Describe a table of the fork's own, and write it."""
    path = root / "data/datapackage.json"
    engine = Path(__file__).resolve().parents[3] / "klarplan/strategy/datapackage.json"
    package = json.loads(engine.read_text("utf-8"))
    resource = {"name": "eigene", "title": "Eigene Tabelle", "path": "eigene.csv"}
    package["resources"].append({**resource, "schema": {"fields": fields}})
    path.write_text(json.dumps(package), "utf-8", newline="")
    names = [str(one["name"]) for one in fields]
    (root / "data/eigene.csv").write_bytes(table_bytes(names, rows))


REPORT = {"date": "2026-06-30", "period": "2026-H1", "progress": "37"}


PERCENT = ("37 %", "37%", "37 Prozent", "37,0 %", " 37 percent")


@pytest.mark.parametrize("told", first_of(PERCENT, 2))
def test_a_number_with_its_unit_is_read_alike_by_all_ways(tmp_path: Path, told: str) -> None:
    """Form, workbook, command and issue read the same number."""
    for way in WAYS:
        (tmp_path / way.__name__).mkdir()
        root = asked(tmp_path / way.__name__)
        way(root, "Läuft.", told)
        assert lines(root, "status_reports")[-1].startswith("A-4,2026-06-30,2026-H1,laeuft,37,")


@pytest.mark.parametrize("period", first_of(["2026-h1", " 2026-h1 ", "2026-H1"]))
def test_a_period_is_read_in_any_case_by_all_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, period: str
) -> None:
    """It is written as it is usual."""
    monkeypatch.setitem(REPORT, "period", period)
    for way in WAYS:
        (tmp_path / way.__name__).mkdir()
        root = asked(tmp_path / way.__name__)
        way(root, "Läuft.")
        assert lines(root, "status_reports")[-1].startswith("A-4,2026-06-30,2026-H1,laeuft,37,")


@pytest.mark.parametrize("told", ["8 4", "8\u00a04 %", "1'0"])
def test_digits_with_a_gap_are_no_number(form: Form, told: str) -> None:
    """Only thousands are parted so; „Prüfen“ says it, too."""
    shown = form.get("row?table=status_reports&measure=A-4")
    said = form.sent(shown, "check", status="laeuft", progress=told).messages()["progress"]
    assert "keine ganze Zahl" in said


@pytest.mark.parametrize("told", ["150 %", "150", "150 Prozent"])
def test_too_great_a_number_is_told_with_the_greatest(form: Form, told: str) -> None:
    """It is neither proposed nor written."""
    shown = form.get("row?table=status_reports&measure=A-4")
    said = form.sent(shown, "show", status="laeuft", progress=told).messages()["progress"]
    assert "höchstens 100" in said
    assert "Tragen Sie" not in said


@pytest.mark.parametrize("told", ["3 €", "3 EUR", "3,0 Euro"])
def test_what_is_counted_is_no_money(form: Form, told: str) -> None:
    """Only sums have the sign left out; a value that is none is asked back, as with per cent."""
    new = form.get("row?table=indicator_values")
    shown = form.sent(new, "show", indicator="K-1", date="2026-01-31", value=told)
    assert "Meinten Sie 3" in shown.messages()["value"]
    money = {"measure": "A-4", "year": "2026", "planned": "1.500,00 €", "funding_source": "own"}
    form.write(form.get("row?table=budget"), **money)
    assert ",1500," in (form.root / "data/budget.csv").read_text("utf-8")


def by_form(root: Path, text: str, progress: str = "37") -> None:
    """Report on a measure in the form."""
    form = Form(root)
    shown = form.get("row?table=status_reports&measure=A-4")
    form.write(shown, **{**REPORT, "progress": progress}, status="laeuft", text=text)


def by_workbook(root: Path, text: str, progress: str | int = 37) -> None:
    """Report on a measure in a workbook."""

    def fill(book: Any) -> None:
        sheet = book["Sachstandsmeldungen"]
        named = {"measure": "A-4 Glasfaser", "status": "läuft", "text": text.replace("\r", "")}
        put(sheet, sheet.max_row + 1, {**REPORT, **named, "progress": progress})

    written(root, changed(exported(root), fill))


def by_command(root: Path, text: str, progress: str = "37") -> None:
    """Report on a measure with ``klarplan new``."""
    told = {**REPORT, "measure": "A-4", "status": "laeuft", "progress": progress, "text": text}
    write(begin(root, "report", [*told.items()], DAY, "de"))


def by_issue(root: Path, text: str, progress: str = "37") -> None:
    """Report on a measure in the form for issues, as GitHub writes it down."""
    told = {"measure": "A-4", "status": "läuft", "date": "30.06.2026", "progress": progress}
    issue = "\r\n\r\n".join(
        f"### {question.label}\r\n\r\n{({**told, 'text': text}).get(question.name, NONE)}"
        for question in questions(load(root), "report", GERMAN)
    )
    write(take_in(root, issue, "issue.md", DAY, "de"))


def asked(folder: Path) -> Path:
    """The small strategy in which reports on a period are asked for, which no issue names."""
    root = copied(folder)
    append(root, "data/periods.csv", "label,first,last,due\n2026-H1,,,2026-07-10\n")
    return root


WAYS = (by_form, by_workbook, by_command, by_issue)
"""All ways in which the same can be reported."""


TEXTS = (
    "Der Bau läuft.",
    "Straße „Ä“, \"B\" | 'C'; <b>x</b> &amp; {{ y }}",
    "Zwei Zeilen:\r\ndie zweite. ",
)


@pytest.mark.parametrize("text", first_of(TEXTS, 2))
def test_all_ways_write_the_same_bytes(tmp_path: Path, text: str) -> None:
    """The same report by any way gives the same files."""
    roots = [tmp_path / way.__name__ for way in WAYS]
    for way, folder in zip(WAYS, roots, strict=True):
        folder.mkdir()
        way(asked(folder), text)
    first, *others = ({f.relative_to(r): f.read_bytes() for f in people(r)} for r in roots)
    assert all(other == first for other in others)


UNSEEN = (
    "Über die Krisen\u00adstabs\u00adübung\u200b ist\ufeff ent\u202eschie\u2066den.",
    "Über\u2060 die\u2061 Krisen\u200estabsübung\u200f ist\u180e ent\u2064schie\u061cden\u206a.",
    "Über\u3164 die\u200d Krisen\u200cstabs\u034fübung\uffa0 ist\u115f ent\U000e0041schieden.",
    "\u200dÜber\u2800 die\u1160 Krisenstabsübung ist ent\u200d\u200cschieden.\u200c",
    "U\u0308ber die Krisenstabsu\u0308bung ist\x07 entschieden\x7f.",
    "Über die Krisenstabsübung ist entschieden.",
)


@pytest.mark.parametrize("text", first_of(UNSEEN, 3))
def test_what_nobody_sees_is_left_out_by_all_ways(tmp_path: Path, text: str) -> None:
    """Soft hyphens, marks and controls that come with what is copied, and letters in two parts."""
    for way in WAYS:
        (tmp_path / way.__name__).mkdir()
        root = asked(tmp_path / way.__name__)
        # No workbook can hold a control, but as its number.
        by_number = way is by_workbook
        way(root, text.replace("\x07", "_x0007_") if by_number else text)
        assert (
            "laeuft,37,Über die Krisenstabsübung ist entschieden.,"
            in (lines(root, "status_reports")[-1])
        )


@pytest.mark.parametrize(
    "text", ["👩\u200d👧 im Bad", "می\u200cخواهم", "🏳\ufe0f\u200d🌈", "⠓\u2800⠊"]
)
def test_what_changes_words_and_pictures_stays(form: Form, text: str) -> None:
    """A joiner makes one picture of two, and what parts letters makes another word."""
    shown = form.sent(form.get("row?table=measures&row=3"), "show", summary=text)
    assert "weggelassen" not in shown.text
    form.post("row", {**shown.values(), "do": "write"})
    assert text in (form.root / "data/measures.csv").read_text("utf-8")


def test_what_is_left_out_is_told_beside_its_field(form: Form) -> None:
    """Which letters it was; what was in the table before and nobody has touched is no news."""
    replace(form.root, "data/measures.csv", "A-4,Glasfaser", "A-4,Glas\u00adfaser")
    shown = form.sent(form.get("row?table=measures&row=3"), "check", summary="a\u200b\0b")
    told = "Hinweis: Unsichtbare Zeichen sind weggelassen (U+0000, U+200B)."
    assert shown.messages()["summary"] == told
    assert "weggelassen" not in shown.messages().get("title", "")
    asked = form.sent(form.get("row?table=measures&row=3"), "show", summary="a\u200bb")
    assert "Unsichtbare Zeichen sind weggelassen (U+200B)." in asked.text


def test_a_workbook_tells_what_is_left_out_of_what_was_changed(tmp_path: Path) -> None:
    """With its cell; soft hyphens that the table had and nobody has touched stay."""
    root = copied(tmp_path)
    replace(root, "data/measures.csv", "A-4,Glasfaser", "A-4,Glas\u00adfaser")

    def fill(book: Any) -> None:
        sheet = book["Maßnahmen"]
        put(sheet, row_of(sheet, "A-4"), {"summary": "Tief\u00adbau"})

    notes = [note.told("de") for note in written(root, changed(exported(root), fill)).back.notes]
    (told,) = [note for note in notes if "weggelassen" in note]
    assert "Kurzbeschreibung: Unsichtbare Zeichen sind weggelassen (U+00AD)." in told
    row = next(line for line in lines(root, "measures") if line.startswith("A-4"))
    assert "Glas\u00adfaser" in row
    assert "Tiefbau" in row


COPIED = "Donaudampfschifffahrtsgesellschaftskapitänsverordnung"


def test_no_page_puts_hyphens_into_what_is_copied(form: Form) -> None:
    """Sentences of a change, other versions, faults, headings: browsers part words themselves."""
    place = "row?table=measures&row=3"
    opened = form.get(place)
    pages = [
        form.sent(opened, "show", title=COPIED, summary=f"{COPIED} {COPIED}"),
        form.sent(opened, "check", planned_end=COPIED),
    ]
    form.write(opened, title=COPIED)
    pages += [form.sent(opened, "show", title="Anders"), form.get(place)]
    pages.append(form.get("table?table=measures"))
    for page in pages:
        assert COPIED in page.response.content.decode()
        assert "\u00ad" not in page.response.content.decode()


def people(root: Path) -> Iterator[Path]:
    """What people write below a folder."""
    yield from (f for part in ("data", "strategy") for f in root.glob(f"klein/{part}/**/*.*"))


def test_a_changed_row_is_the_same_bytes_as_in_a_workbook(tmp_path: Path) -> None:
    """A date and an emptied cell."""
    (tmp_path / "form").mkdir()
    form, root = Form(copied(tmp_path / "form")), copied(tmp_path)
    form.write(form.get("row?table=measures&row=3"), planned_end="2027-12-31", priority="")

    def fill(book: Any) -> None:
        sheet = book["Maßnahmen"]
        put(sheet, row_of(sheet, "A-4"), {"planned_end": "31.12.2027", "priority": None})

    written(root, changed(exported(root), fill))
    file = "data/measures.csv"
    assert (form.root / file).read_bytes() == (root / file).read_bytes()


def test_only_the_changed_cell_is_another(form: Form) -> None:
    """All other bytes stay, also those of cells that no form would write so."""
    before = lines(form.root, "measures")
    told = form.write(form.get("row?table=measures&row=0"), title="Anträge")
    assert "Titel: „Formulare“ → „Anträge“" in told.text or "Anträge" in told.text
    after = lines(form.root, "measures")
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [1]
    assert after[1] == before[1].replace("Formulare", "Anträge")


def test_nothing_is_written_before_it_is_confirmed(form: Form) -> None:
    """Looking at the changes changes nothing, and the way back keeps what was typed."""
    before = (form.root / "data/measures.csv").read_bytes()
    told = form.sent(form.get("row?table=measures&row=0"), "show", title="Anträge")
    assert told.text.startswith("Das ändert sich")
    back = form.post("row", {**told.values(), "do": "edit"})
    assert back.values()["cell.title"] == "Anträge"
    assert (form.root / "data/measures.csv").read_bytes() == before
    assert "nichts geändert" in form.sent(form.get("row?table=measures&row=0"), "show").text


def test_a_page_that_came_of_a_form_is_asked_for_again(form: Form) -> None:
    """A browser is led on, so nothing is sent twice; after a restart it is told where to begin."""
    values = {**form.get("row?table=measures").values(), "do": "check"}
    body = urlencode(values).encode()
    request = Request(method="POST", target="/token/row", headers=OURS, body=body)
    led = form.site.answer(request)
    assert led.status == 303
    again = [form.get(led.headers["Location"]) for _ in range(2)]
    assert again[0].messages()["title"] == again[1].messages()["title"]
    assert Form(form.root).get(led.headers["Location"]).response.status == 404


def test_what_is_confirmed_twice_is_written_once(form: Form) -> None:
    """A second click on the button, or one after „back“, adds no second measure."""
    shown = form.get("row?table=measures")
    told = form.sent(shown, "show", title="Bänke", field="F-2")
    first, second = (form.post("row", {**told.values(), "do": "write"}) for _ in range(2))
    assert first.response.headers == second.response.headers
    assert (form.root / "data/measures.csv").read_text("utf-8").count("Bänke") == 1
    another = form.sent(shown, "show", title="Brunnen", field="F-2")
    assert form.post("row", {**another.values(), "do": "write"}).response.status == 303
    assert lines(form.root, "measures")[-1].startswith("A-10,Brunnen")


def test_what_lacks_is_told_at_its_field(form: Form) -> None:
    """A new row without what it must have is not written; the summary leads to the field."""
    shown = form.sent(form.get("row?table=measures"), "show", planned_start="2027-01-01")
    assert {"title", "field"} <= shown.messages().keys()
    link = shown.tree.css_first("#summary a")
    assert link
    target = shown.tree.css_first(link.attributes["href"] or "")
    assert target
    assert target.attributes["aria-invalid"] == "true"
    assert f"{target.attributes['id']}-messages" in (target.attributes["aria-describedby"] or "")
    assert shown.values()["cell.planned_start"] == "2027-01-01"
    assert "A-9" not in (form.root / "data/measures.csv").read_text("utf-8")


def test_what_a_rule_finds_is_told_at_its_field(form: Form) -> None:
    """An end before the start is told beside it, by the page and by the script."""
    shown = form.get("row?table=measures&row=0")
    checked = form.sent(shown, "check", planned_end="2020-01-01")
    assert "planned_end" in checked.messages() or "planned_start" in checked.messages()
    values = {**shown.values(), "cell.planned_end": "2020-01-01"}
    told = json.loads(form.post("check", values).response.content)
    assert {name.removeprefix("cell.") for name in told} & checked.messages().keys()


def test_what_was_wrong_before_stops_nobody(form: Form) -> None:
    """An old mistake in another cell is a note; the change is written."""
    replace(form.root, "data/measures.csv", "A-5,Tafeln", "A-5,")
    replace(form.root, "data/measures.csv", "2024-01-01,2025-12-31", "2024-01-01,irgendwann")
    form.write(form.get("row?table=measures&row=4"), title="Tafeln")
    assert "A-5,Tafeln" in (form.root / "data/measures.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "cell"), [("1.234", None), ("1.234,5", "1234.5"), ("12,50", "12.5"), ("0.5", "0.5")]
)
def test_a_number_is_read_in_one_way_or_asked_for(
    tmp_path: Path, typed: str, cell: str | None
) -> None:
    """A thousand or one and a bit: nobody guesses."""
    root = copied(tmp_path)
    own_table(root, [{"name": "zahl", "type": "number"}], [["7"]])
    form = Form(root)
    if cell is None:
        shown = form.sent(form.get("row?table=eigene&row=0"), "show", zahl=typed)
        assert "„1.234“ kann 1234 oder 1,234 heißen" in shown.messages()["zahl"]
        return
    form.write(form.get("row?table=eigene&row=0"), zahl=typed)
    assert lines(root, "eigene")[1] == cell


@pytest.mark.parametrize(
    ("typed", "day", "exact"),
    [
        ("Q3 2027", "2027-09-30", "quarter"),
        ("12/2027", "2027-12-31", "month"),
        ("2028", "2028-12-31", "year"),
        ("15.08.2027", "2027-08-15", "month"),
    ],
)
def test_a_stretch_of_time_tells_how_exact_its_end_is(
    form: Form, typed: str, day: str, exact: str
) -> None:
    """Who types a quarter instead of a day need not choose that it is one, unless it is a day."""
    form.write(form.get("row?table=measures&row=0"), planned_end=typed)
    cells = next(csv.DictReader(io.StringIO((form.root / "data/measures.csv").read_text("utf-8"))))
    assert (cells["planned_end"], cells["end_precision"]) == (day, exact)


def test_how_exact_an_end_is_stays_as_somebody_chose_it(form: Form) -> None:
    """What was chosen beside a stretch of time holds."""
    form.write(form.get("row?table=measures&row=0"), planned_end="2028", end_precision="half")
    assert "2028-12-31,2024-02-01,,month,half" in lines(form.root, "measures")[3]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\u2028"])
def test_a_break_of_line_of_another_program_parts_words(form: Form, sign: str) -> None:
    """It is a new line in a text, and a space in a line; nothing is said to be left out."""
    shown = form.get("row?table=measures&row=0")
    told = {"title": f"Amt{sign}online", "summary": f"Eins{sign}zwei"}
    assert "weggelassen" not in form.sent(shown, "show", **told).text
    form.write(shown, **told)
    cells = next(csv.DictReader(io.StringIO((form.root / "data/measures.csv").read_text("utf-8"))))
    assert (cells["title"], cells["summary"]) == ("Amt online", "Eins\nzwei")


@pytest.mark.parametrize(
    ("table", "column", "empty"),
    [
        ("indicators", "goal", "goals"),
        ("goals", "parent", "goals"),
        ("measures", "field", "fields_of_action"),
    ],
)
def test_what_has_no_choice_yet_is_no_text(form: Form, table: str, column: str, empty: str) -> None:
    """An empty list with the way to the first entry stands where nothing can be chosen."""
    path = form.root / f"data/{empty}.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8", newline="")
    shown = form.get(f"row?table={table}").tree
    assert [o.attributes["value"] for o in shown.css(f"select[name='cell.{column}'] option")] == [
        ""
    ]
    assert shown.css_matches(f".field a[href$='row?table={empty}']")


@pytest.mark.parametrize(("typed", "near"), [("50,5", "51"), ("40.4 %", "40"), ("99,9", "100")])
def test_a_part_of_a_percent_is_to_be_rounded(form: Form, typed: str, near: str) -> None:
    """What is needed is said, and which number is the nearest."""
    shown = form.get("row?table=status_reports&measure=A-4")
    said = form.sent(shown, "check", status="laeuft", progress=typed).messages()["progress"]
    assert f"Runden Sie auf eine ganze Zahl. Meinten Sie {near}?" in said


@pytest.mark.parametrize("typed", ["12.000,-", "12000,--", "12.000,– €"])
def test_a_sum_without_cents_is_a_sum(form: Form, typed: str) -> None:
    """People write it with a dash."""
    shown = form.get("row?table=budget")
    form.write(shown, measure="A-4", year="2027", planned=typed)
    assert "12000" in (form.root / "data/budget.csv").read_text("utf-8").splitlines()[-1]


def test_a_change_beside_another_one_stays(form: Form) -> None:
    """Two people change different cells of a row: both changes hold."""
    shown = form.get("row?table=measures&row=0")
    replace(form.root, "data/measures.csv", "A-1,Formulare", "A-1,Vordrucke")
    form.write(shown, planned_end="2027-09-30")
    assert "A-1,Vordrucke" in (form.root / "data/measures.csv").read_text("utf-8")
    assert "2027-09-30" in lines(form.root, "measures")[3]


def test_the_same_cell_changed_by_others_is_told(form: Form) -> None:
    """Nobody's change is overwritten in silence; what is typed stays, and may be confirmed."""
    shown = form.get("row?table=measures&row=0")
    replace(form.root, "data/measures.csv", "A-1,Formulare", "A-1,Vordrucke")
    replace(form.root, "data/measures.csv", "2024-01-01,2027-06-30", "2024-01-01,2027-07-31")
    told = form.sent(shown, "write", title="Anträge")
    assert told.response.status == 200
    assert "„Vordrucke“" in told.messages()["title"]
    assert "Inzwischen geändert" in told.summary()
    assert "Fehler" not in told.text
    assert told.values()["cell.title"] == "Anträge"
    assert told.values()["cell.planned_end"] == "2027-07-31"
    assert "Vordrucke" in (form.root / "data/measures.csv").read_text("utf-8")
    form.write(told)
    text = (form.root / "data/measures.csv").read_text("utf-8")
    assert "A-1,Anträge" in text
    assert "2027-07-31" in text


def test_a_row_that_is_gone_is_told(form: Form) -> None:
    """A form of a row that somebody has deleted writes nothing."""
    shown = form.get("row?table=milestones&row=0")
    path = form.root / "data/milestones.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]))
    before = path.read_bytes()
    told = form.sent(shown, "write", title="Anders")
    assert "gelöscht" in told.summary()
    assert path.read_bytes() == before


def test_what_was_typed_is_shown_where_its_table_is_gone(form: Form) -> None:
    """A page whose table somebody has taken out meanwhile loses nothing that was typed."""
    own_table(form.root, [{"name": "wort", "title": "Ein Wort"}, {"name": "satz"}], [["a", "b"]])
    shown = form.get("row?table=eigene&row=0")
    (form.root / "data/datapackage.json").unlink()
    told = form.sent(shown, "show", wort="Mühsam „getippt“", satz="b")
    assert told.response.status == 404
    assert [t.text().strip() for t in told.tree.css("textarea")] == ["Mühsam „getippt“"]


def test_what_was_typed_can_be_sent_again_once_files_are_mended(form: Form) -> None:
    """A table that can't be read just now costs nobody a word."""
    shown = form.get("row?table=measures&row=0")
    path = form.root / "data/measures.csv"
    good = path.read_bytes()
    path.write_bytes(b"\xff\xfe" + good)
    told = form.sent(shown, "show", title="Anträge")
    assert told.text.startswith("Das ging nicht")
    assert [t.text().strip() for t in told.tree.css("textarea")] == ["Anträge"]
    path.write_bytes(good)
    again = form.post("row", {n: v for n, v in told.values().items() if n})
    assert again.text.startswith("Das ändert sich")


def test_a_column_that_is_gone_is_told_with_what_was_typed(form: Form) -> None:
    """Nothing is dropped in silence."""
    shown = form.get("row?table=measures&row=0")
    path = form.root / "data/measures.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    at = rows[0].index("summary")
    path.write_bytes(
        table_bytes(
            [n for n in rows[0] if n != "summary"],
            [[c for n, c in enumerate(r) if n != at] for r in rows[1:]],
        )
    )
    told = form.sent(shown, "show", title="Anträge", summary="Neue Worte.")
    assert "Neue Worte." in told.summary()
    assert "Anträge" in form.sent(told, "show").text


def test_a_row_that_moved_is_still_the_same(form: Form) -> None:
    """It is known by what it says, not by its place."""
    shown = form.get("row?table=measures&row=3")
    replace(form.root, "data/measures.csv", "A-1,", "A-0,Neu,,F-1" + "," * 12 + "\nA-1,")
    form.write(shown, title="Glasfasern")
    assert "A-4,Glasfasern" in (form.root / "data/measures.csv").read_text("utf-8")


def test_a_new_row_gets_the_next_id_and_a_text(form: Form) -> None:
    """As ``klarplan new`` does it."""
    told = form.write(form.get("row?table=measures"), title="Bänke", field="F-2")
    assert "Text begonnen, noch leer" in told.text
    assert lines(form.root, "measures")[-1].startswith("A-9,Bänke,,F-2")
    assert (form.root / "strategy/measures/A-9.md").is_file()


def test_a_new_measure_has_lead_and_goal_at_once(tmp_path: Path) -> None:
    """The same bytes as by command; what is left empty adds no row."""
    (tmp_path / "form").mkdir()
    (tmp_path / "leer").mkdir()
    form, root, bare = Form(copied(tmp_path / "form")), copied(tmp_path), tmp_path / "leer"
    lead = (root / "data/organisations.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    goal = (root / "data/goals.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    told = {"title": "Bänke", "field": "F-2", "lead": lead, "goal": goal}
    shown = form.get("row?table=measures")
    assert shown.text.startswith("Anfang › Maßnahmen Neue Maßnahme")
    form.write(shown, **told)
    write(begin(root, "measure", [*told.items()], DAY, "de"))
    for file in ("measures", "responsibilities", "measure_goals"):
        assert lines(form.root, file)[-1].startswith("A-9"), file
    assert [f.read_bytes() for f in people(form.root.parent)] == [
        f.read_bytes() for f in people(root.parent)
    ]
    without = Form(copied(bare))
    before = (without.root / "data/responsibilities.csv").read_bytes()
    without.write(without.get("row?table=measures"), title="Bänke", field="F-2")
    assert (without.root / "data/responsibilities.csv").read_bytes() == before


def test_what_the_check_would_tell_is_told_at_its_field(form: Form) -> None:
    """Of a new measure: nobody leads it, it has no goal, there is one of its title already."""
    shown = form.get("row?table=measures")
    checked = form.sent(shown, "check", title="GLASFASER", field="F-2")
    told = checked.messages()
    assert "A-4" in told["title"]
    assert "federführend" in told["lead"]
    assert "Wählen Sie es im Formular" in told["lead"]
    assert "Ziel" in told["goal"]
    assert ".csv" not in checked.text
    assert not checked.summary()
    changes = form.sent(shown, "show", title="GLASFASER", field="F-2").text
    assert "Federführung: " in changes
    assert "Bezeichnung: „Glasfaser“ gibt es schon" in changes
    whole = {n: form.site.editor.loaded.strategy.tables[t].records[0][0] for n, t in TARGETS}
    assert not form.sent(shown, "check", title="Bänke", field="F-2", **whole).messages()


def test_what_lacks_hides_nothing_else(form: Form) -> None:
    """Days that can't be are told before the title is there; none is made up of what lacks."""
    new = form.get("row?table=measures")
    told = form.sent(new, "check", planned_start="2027-05-01", planned_end="2026-01-01")
    assert "vor dem Beginn" in told.messages()["planned_end"]
    assert "ausfüllen" not in told.messages()["planned_end"]
    assert {*told.messages()} == {"title", "field", "planned_end"}
    due = form.sent(form.get("row?table=milestones"), "check", due="2017-01-01")
    assert {*due.messages()} == {"measure", "title"}


def test_what_is_chosen_is_told_as_it_is_chosen(form: Form) -> None:
    """No word of a file that the field does not show."""
    shown = form.get("row?table=milestones")
    told = form.sent(shown, "check", measure="A-1", title="Start", due="2025-01-01")
    labels = [o.text() for o in told.tree.css("[name='cell.state'] option")]
    assert "reached" not in told.messages()["due"]
    assert any(f"auf „{label}“" in told.messages()["due"] for label in labels)


def test_one_mistake_is_counted_and_named_once(form: Form) -> None:
    """In words, without the word for it before each."""
    told = form.sent(form.get("row?table=milestones&row=0"), "show", title="")
    assert told.summary() == (
        "Bitte beheben Sie einen Fehler Bezeichnung: Bitte füllen Sie dieses Feld aus."
    )
    shown = form.get("row?table=status_reports&measure=A-4")
    told = form.sent(shown, "show", status="laeuft", period="irgendwann")
    assert "(" not in told.messages()["period"]
    twice = form.sent(
        form.get("row?table=status_reports&measure=A-2"), "show", date="2025-03-10", status="laeuft"
    )
    assert twice.summary().count("Fehler") == 1


def test_a_day_is_listed_as_people_write_it(form: Form) -> None:
    """And found by both ways."""
    listed = form.get("table?table=status_reports")
    assert "10.01.2026" in listed.text
    assert "2026-01-10" not in listed.text
    for asked in ("10.01.2026", "2026-01-10"):
        assert "Glasfaser" in form.get(f"table?table=status_reports&q={asked}").text


def test_a_title_is_told_twice_only_where_it_is_new(form: Form) -> None:
    """Whoever changes something else hears nothing of old namesakes."""
    append(form.root, "data/measures.csv", "A-9,Glasfaser,,F-2" + "," * 12 + "\n")
    shown = form.get("row?table=measures&row=3")
    assert "title" not in form.sent(shown, "check", planned_end="2027-12-31").messages()
    other = form.get("row?table=measures&row=0")
    assert "A-4" in form.sent(other, "check", title="Glasfaser").messages()["title"]


TARGETS = (("lead", "organisations"), ("goal", "goals"))


def test_what_is_wrong_beside_a_new_row_is_told_at_its_field(form: Form) -> None:
    """An organisation that is gone meanwhile; nothing is written."""
    before = {file: file.read_bytes() for file in people(form.root.parent)}
    shown = form.get("row?table=measures")
    told = form.sent(shown, "show", title="Bänke", field="F-2", lead="niemand")
    assert "niemand" in told.messages()["lead"]
    assert {file: file.read_bytes() for file in people(form.root.parent)} == before
    lacking = form.sent(shown, "show", lead="niemand", title="Bänke")
    assert "field" in lacking.messages()


def test_what_nothing_can_be_chosen_for_says_where_to_begin(form: Form) -> None:
    """In a new strategy, an office is entered before a measure is led by it."""
    path = form.root / "data/organisations.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    (form.root / "data/responsibilities.csv").unlink()
    (form.root / "data/budget.csv").unlink(missing_ok=True)
    shown = form.get("row?table=measures")
    assert "„Organisationen“ hat keine Zeile" in shown.text
    assert shown.tree.css_matches("select[name='cell.lead']")
    begun = form.get(shown.links()["Neue Zeile in „Organisationen“"])
    assert begun.values()["table"] == "organisations"


def test_a_report_ends_its_measure(form: Form) -> None:
    """The last day is a cell of the measure; the end before the start is told at its field."""
    shown = form.get("row?table=status_reports&measure=A-4")
    told = form.sent(shown, "show", status="fertig", actual_end="2020-01-01")
    assert "actual_end" in told.messages()
    form.write(told, actual_end="2026-06-29")
    (measure,) = (line for line in lines(form.root, "measures") if line.startswith("A-4"))
    assert "2026-06-29" in measure


def test_a_report_that_is_there_is_not_added_twice(form: Form) -> None:
    """The same measure and day once more: the row is there already."""
    shown = form.get("row?table=status_reports&measure=A-2")
    told = form.sent(shown, "show", date="2025-03-10", status="laeuft")
    assert "gibt es schon" in told.summary()


@pytest.mark.parametrize("status", ["fertig", "beendet"])
def test_a_report_of_an_end_asks_for_its_day(form: Form, status: str) -> None:
    """At its field, as long as nobody has told it; the report is written all the same."""
    shown = form.get("row?table=status_reports&measure=A-4")
    cells = {"status": status, "text": "Der Rat hat es so beschlossen."}
    assert (
        "an welchem Tag sie endete" in form.sent(shown, "check", **cells).messages()["actual_end"]
    )
    told = form.sent(shown, "check", **cells, actual_end="2026-06-29").messages()
    assert "actual_end" not in told
    assert "actual_end" not in form.sent(shown, "check", status="laeuft").messages()
    begun = begin(form.root, "report", [("measure", "A-4"), *cells.items()], DAY, "de")
    notes = [*begun.notes, *(f.problem for f in begun.warnings)]
    assert len([n for n in notes if "Ende" in n.de and "erwartete" not in n.de]) == 1


@pytest.mark.parametrize(
    ("table", "column", "cells"),
    [
        ("goals", "target_date", {"title": "Mehr Bänke"}),
        ("measures", "planned_end", {"title": "Bänke", "field": "F-2"}),
    ],
)
def test_something_new_lies_ahead(
    form: Form, table: str, column: str, cells: dict[str, str]
) -> None:
    """A day that is past is asked back; a row that is there may have one."""
    shown = form.get(f"row?table={table}")
    past = form.sent(shown, "check", **cells, **{column: "2020-01-01"})
    assert "1. Januar 2020 ist schon vorbei" in past.messages()[column]
    ahead = form.sent(shown, "check", **cells, **{column: "2029-01-01"})
    assert column not in ahead.messages()
    kind = {"goals": "goal", "measures": "measure"}[table]
    begun = begin(form.root, kind, [*cells.items(), (column, "2020-01-01")], DAY, "de")
    assert any("schon vorbei" in note.de for note in begun.notes)


def test_a_row_that_is_there_is_told_at_its_key(form: Form) -> None:
    """While somebody types, too: the same succession once more."""
    row = lines(form.root, "successions")[-1].split(",")
    shown = form.get("row?table=successions&task=merge")
    told = form.sent(shown, "check", **{"from": row[0], "to": row[1]})
    assert "gibt es schon" in told.messages()["to"]


CELLS = (
    'a "b" c',
    "a | b",
    "Übergröße",
    "<script>alert(1)</script>",
    "</textarea><b>",
    "a\nb\n\nc",
)


@pytest.mark.parametrize("text", CELLS)
def test_any_cell_is_shown_as_it_is_and_stays(tmp_path: Path, text: str) -> None:
    """Whatever stands in every cell, the form shows it as text, and sending it changes nothing."""
    root = copied(tmp_path)
    names = ("titel", "wort", "prosa", "zahl", "tag", "id")
    kinds = ("string", "string", "string", "number", "date", "string")
    fields: list[dict[str, object]] = [
        {"name": n, "type": k, "title": f"{n} {text}", "description": text}
        for n, k in zip(names, kinds, strict=True)
    ]
    own_table(root, fields, [[text] * 6, ["kurz"] * 6])
    form = Form(root)
    listed = form.get("table?table=eigene")
    assert " ".join(text.split()) in listed.text
    shown = form.get("row?table=eigene&row=0")
    assert not shown.tree.css("main script, main b:not(.summary b)")
    cells = {n: v.replace("\r\n", "\n") for n, v in shown.values().items() if "cell." in n}
    assert set(cells.values()) == {text}
    again = form.sent(shown, "show")
    assert "nichts geändert" in again.text
    form.write(shown, wort="anders")
    table = list(csv.reader(io.StringIO((root / "data/eigene.csv").read_text("utf-8"), newline="")))
    assert table[1] == [text, "anders", *[text] * 4]


def test_own_tables_and_columns_come_by_themselves(tmp_path: Path) -> None:
    """What a fork describes has a form: its title, its help, its choices, its kind of field."""
    root = copied(tmp_path)
    fields: list[dict[str, object]] = [
        {"name": "art", "title": "Art", "categories": [{"value": "a", "label": "Ämter"}]},
        {
            "name": "muss",
            "title": "Muss",
            "constraints": {"required": True},
            "description": "Hilf.",
        },
        {"name": "stufe", "constraints": {"enum": ["hoch", "tief"]}},
        {"name": "tag", "type": "date"},
    ]
    own_table(root, fields, [["a", "x", "hoch", "2026-01-01"]])
    form = Form(root)
    assert "Eigene Tabelle" in form.get("tables").links()
    shown = form.get("row?table=eigene&row=0")
    assert "Ämter" in shown.text
    assert "Hilf." in shown.text
    options = [o.attributes["value"] for o in shown.tree.css("select[name='cell.stufe'] option")]
    assert options == ["", "hoch", "tief"]
    assert shown.tree.css_matches("input[type=date][name='cell.tag']")
    assert shown.tree.css_matches("[name='cell.muss'][required]")
    assert "muss" in form.sent(shown, "show", muss="").messages()


def test_what_is_usually_written_is_suggested(form: Form) -> None:
    """Periods that are known or have just ended, and what others have written more than once."""
    append(form.root, "data/periods.csv", "label,first,last,due\n2025/26,2025-08-01,2026-07-31,\n")
    shown = form.get("row?table=status_reports&measure=A-4")
    lists = {
        node.attributes["name"]: [
            option.attributes["value"]
            for option in shown.tree.css(f"datalist[id='{node.attributes.get('list')}'] option")
        ]
        for node in shown.tree.css("input[list]")
    }
    periods = lists["cell.period"]
    assert periods[0] == "2025/26"
    assert {"2025", "2026-H1", "2025-H2", "2026-Q2", "2026"} <= {*periods}
    assert len(periods) == len({*periods})
    assert lists["cell.author_role"][0] == "Rathaus"


def test_a_table_without_a_file_is_begun(form: Form) -> None:
    """The first row of an optional table makes its file."""
    assert not (form.root / "data/feedback.csv").exists()
    shown = form.get("row?table=feedback")
    form.write(shown, contribution="Mehr Bänke!", date="2026-06-01")
    table, _ = read(form.root / "data/feedback.csv", "feedback", "feedback")
    assert table
    assert "Mehr Bänke!" in table.records[0]


def test_every_table_has_its_pages(form: Form) -> None:
    """List, first row and new row of each, without a word of the language missing."""
    for name in form.site.editor.loaded.descriptor.tables:
        for address in (f"table?table={name}", f"row?table={name}"):
            assert form.get(address).response.status == 200, address
        if form.site.editor.loaded.strategy.tables.get(name):
            assert form.get(f"row?table={name}&row=0").response.status == 200, name


BROKEN = {
    "data/measures.csv": b'M-900,"offen,HF-01\n',
    "data/fields_of_action.csv": b"F-9,\0\n",
    "data/datapackage.json": b"{",
}


@pytest.mark.parametrize("file", BROKEN)
def test_the_look_needs_no_strategy_that_can_be_read(form: Form, file: str) -> None:
    """Pages that tell what is broken have style and script."""
    path = form.root / file
    path.write_bytes((path.read_bytes() if path.is_file() else b"") + BROKEN[file])
    assert form.get().response.status == 422
    for name in ("form.css", "form.js"):
        assert form.get(name).response.status == 200, name
    assert b"--klarplan-band" in form.get("form.css").response.content


def test_an_unreadable_table_is_told(form: Form) -> None:
    """A broken file is named with its cure, on a page, never by a traceback."""
    (form.root / "data/measures.csv").write_bytes(b"id,title\n\x00")
    told = form.get()
    assert told.response.status == 422
    assert "data/measures.csv" in told.text


def test_what_was_wrong_before_is_looked_for_once_while_somebody_types(form: Form) -> None:
    """Until a file changes; an error that somebody else has made since is no news of this form."""
    values = form.get("row?table=measures&row=3").values()
    wrong = {**values, "cell.planned_end": "2001-01-01"}

    def told() -> tuple[int, dict[str, list[list[object]]]]:
        with mock.patch("klarplan.commands.edit.check", wraps=check) as counted:
            answer = form.post("check", wrong).response.content
        return counted.call_count, json.loads(answer)

    first, again = told(), told()
    assert (first[0], again[0]) == (1, 0)
    assert first[1] == again[1]
    assert first[1]["cell.planned_end"][0][1] is True
    append(form.root, "data/measure_goals.csv", "A-1,G-99\n")
    number, after = told()
    assert number == 1
    assert after == first[1]
    assert told()[0] == 0
