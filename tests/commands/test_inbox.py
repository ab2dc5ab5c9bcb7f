"""``klarplan inbox``: the text of an issue becomes the row that ``klarplan new`` would make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klarplan.editing.issue_text import LONGEST, MOST, NONE, answers
from klarplan.messages import KlarplanError
from tests.commands.test_new import AS_OF, last, new, state
from tests.support.klein import copied
from tests.support.project import klarplan
from tests.support.workbooks import changed, exported, put, row_of, written


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def issue(**told: str) -> str:
    """The text that GitHub makes of a form, with these answers by question (``_`` is a blank)."""
    return "\n\n".join(
        f"### {question.replace('_', ' ')}\n\n{answer or NONE}" for question, answer in told.items()
    )


REPORT = issue(
    Maßnahme="A-4",
    Status="läuft",
    Datum="",
    Fortschritt_in_Prozent="60",
    Sachstand="Der Bau hat begonnen.\n\n- Tor\n- Zaun",
    Hemmnisse="",
)
MEASURE = issue(Bezeichnung="Bänke", Handlungsfeld="F-2 Schule", Kurzbeschreibung="")


def inbox(root: Path, text: str | bytes, *options: str, code: int = 0) -> str:
    """Take in a text, which ends as expected; what is said."""
    file = root.parent / "issue.md"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = klarplan("inbox", str(file), "--root", str(root), *AS_OF, *options)
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout + result.stderr


def test_a_report_is_the_row_of_klarplan_new(root: Path) -> None:
    """Every byte is the same; without --write nothing is changed."""
    before = state(root)
    assert "Neue Meldung" in inbox(root, REPORT)
    assert state(root) == before
    assert "Geschrieben: data/status_reports.csv" in inbox(root, REPORT, "--write")
    taken = state(root)
    other = copied(root.parent / "other")
    new(
        other,
        *("report", "--measure", "A-4", "--status", "laeuft"),
        *("--set", "progress=60", "--text", "Der Bau hat begonnen.\n\n- Tor\n- Zaun"),
    )
    assert taken == state(other)


def test_a_report_is_the_row_of_the_workbook(root: Path) -> None:
    """Whoever reports by form and whoever reports by workbook leave the same bytes."""
    other = copied(root.parent / "other")
    text = 'Der "Bau", A | B; ja\n\nzweiter Absatz'

    def fill(book: object) -> None:
        sheet = book["Neue Meldungen"]  # type: ignore[index]
        row = row_of(sheet, "A-4 Glasfaser", "measure")
        cells = {"date": "2026-06-12", "status": "läuft", "progress": 60, "text": text}
        put(sheet, row, {**cells, "period": None})

    written(other, changed(exported(other, office="schulamt"), fill))
    told = {"Maßnahme": "A-4", "Status": "läuft", "Datum": "12.6.2026"}
    told |= {"Fortschritt in Prozent": "60", "Sachstand": text.replace("\n", "\r\n")}
    inbox(root, issue(**told), "--write")
    assert state(root) == state(other)
    assert last(root, "status_reports")["text"] == text


def test_a_measure_gets_its_id_and_its_text(root: Path) -> None:
    """As with klarplan new; an id in the text is refused, since it would name a file."""
    inbox(root, MEASURE, "--write")
    row = last(root, "measures")
    assert row == {"id": row["id"], "title": "Bänke", "field": "F-2"}
    assert (root / f"strategy/measures/{row['id']}.md").is_file()
    told = inbox(root, MEASURE + "\n\n### Kennung\n\n../../x", code=1)
    assert "„### Kennung“ gehört zu keiner Frage" in told


def test_the_questions_may_be_english(root: Path) -> None:
    """Titles and choices are understood in the language that the form speaks."""
    text = issue(Title="Benches", Field_of_action="F-2 Schule", Summary="Sit down.")
    assert "Benches" in inbox(root, text, "--lang", "en", "--write")
    text = issue(Measure="Glasfaser", Status="laeuft", Report="Goes on.")
    inbox(root, text, "--write")
    assert last(root, "status_reports")["text"] == "Goes on."


def test_gitlab_leaves_hints_and_blank_lines(root: Path) -> None:
    """Hints of a template and questions that nobody has answered count for nothing."""
    text = "<!-- Bitte ausfüllen. -->\n\n### Maßnahme\n<!-- Nummer -->\nA-4\n### Status\nläuft\n\n"
    inbox(root, f"{text}### Sachstand\n\n<!-- Was ist geschehen? -->\n\n", "--write")
    assert "text" not in last(root, "status_reports")


def test_the_text_may_come_in_through_a_pipe(root: Path) -> None:
    """With - the standard input is read; an empty one is no form."""
    told = klarplan("inbox", "-", "--root", str(root), *AS_OF)
    assert told.returncode == 1
    assert "Issue: Der Text ist kein ausgefülltes Formular" in told.stderr


REFUSED: dict[str, tuple[str, list[str]]] = {
    "no form": ("Hallo", ["kein ausgefülltes Formular"]),
    "above": ("\nHallo\n\n### Status\n\nläuft", ["issue.md:2", "Über der ersten"]),
    "nothing": ("\n\n", ["kein ausgefülltes Formular", "mit allen Überschriften"]),
    "another form": (issue(Fehler="x", Ort="y"), ["Keine Überschrift", "„### Maßnahme“"]),
    "a question is missing": (issue(Maßnahme="A-4"), ["Es fehlt: „### Status“"]),
    "an answer is missing": (issue(Maßnahme="A-4", Status=""), ["Nicht beantwortet: „Status“"]),
    "nearly a question": (
        issue(Maßnahme="A-4", Status="läuft", Sachstant="x"),
        ["issue.md:9", "„### Sachstant“ gehört zu keiner Frage", "Meinten Sie „Sachstand“?"],
    ),
    "nearly a measure": (
        issue(Maßnahme="Glasphaser", Status="läuft"),
        ["issue.md:1", "Meinten Sie „A-4 Glasfaser“?"],
    ),
    "nearly a status": (issue(Maßnahme="A-4", Status="leuft"), ["issue.md:5", "Meinten Sie"]),
    "two reports": (f"{REPORT}\n\n{REPORT}", ["steht schon in Zeile 1", "ein eigenes"]),
    "a question in an answer": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="Gut.\n\n### Status\n\nerledigt"),
        ["„### Status“ steht schon in Zeile 5"],
    ),
    "a question in code": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="```\n### Status\n```"),
        ["„### Status“ steht schon in Zeile 5"],
    ),
    "one column twice": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="x", Report="y"),
        ["„### Report“ steht schon in Zeile 9"],
    ),
    "a heading in an answer": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="### Anlass\n\nx"),
        ["„### Anlass“ gehört zu keiner Frage"],
    ),
    "too long": (issue(Maßnahme="A-4", Status="läuft", Sachstand="x" * 50_000), [str(LONGEST)]),
    "much too long": ("### Maßnahme\n" + "x" * 8 * MOST, [f"mehr als {MOST} Zeichen"]),
    "a long choice": (issue(Maßnahme="A" * 9_000, Status="läuft"), ["A…“ gibt es bei"]),
    "a choice of several lines": (
        issue(Maßnahme="A-4\n::stop-commands::x", Status="läuft"),
        ["„A-4 ::stop-commands::x“ gibt es bei"],
    ),
    "unseen": (issue(Maßnahme="A-\ue0004", Status="läuft"), ["issue.md:3", "U+E000"]),
    "unseen, as Excel writes it": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="a_xE000_b"),
        ["issue.md:9", "U+E000"],
    ),
    "a formula": (
        issue(Maßnahme="A-4", Status="läuft", Sachstand="=cmd|' /C calc'!A0"),
        ["issue.md:9", "Es ist nichts geändert"],
    ),
    "a day that is none": (
        issue(Maßnahme="A-4", Status="läuft", Datum="bald"),
        ["issue.md:9", "„bald“", "31.12.2027"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_leaves_a_choice_is_refused(root: Path, case: str) -> None:
    """The message names the line and the cure, and every file stays."""
    text, told = REFUSED[case]
    before = state(root)
    said = inbox(root, text, "--write", code=1)
    assert all(part in said for part in told), said
    assert state(root) == before


def test_what_nobody_sees_is_left_out_of_questions_and_answers_and_told(root: Path) -> None:
    """A choice is found without it; as Excel writes it, too."""
    text = issue(Maßnahme="A-\u200b4", Status="läuft", Sachstand="a_x202E_b").replace(
        "### Maßnahme", "### Maß\u00adnahme"
    )
    said = inbox(root, text, "--write")
    assert "Maßnahme: Unsichtbare Zeichen sind weggelassen (U+200B)." in said
    assert "weggelassen (U+202E)." in said
    assert last(root, "status_reports")["text"] == "ab"


def test_a_folder_is_called_a_folder(root: Path) -> None:
    """It is there, but no file."""
    for command in (["inbox", "data"], ["import", "data"]):
        result = klarplan(*command, "--root", str(root), cwd=root)
        assert result.returncode == 2
        assert "„data“ ist ein Ordner, gebraucht wird eine Datei." in result.stderr


def test_what_means_something_elsewhere_is_text(root: Path) -> None:
    """Mentions, HTML, paths, links and templates are a cell's text; told, they call nobody."""
    text = "Für @amt, Closes #12, GH-3 <b onclick=x>../../etc</b> [x](javascript:y) $(id) `id`"
    said = inbox(root, issue(Maßnahme="A-4", Status="läuft", Sachstand=text), "--write")
    assert text in said
    assert last(root, "status_reports")["text"] == text
    said = inbox(
        root, issue(Maßnahme="A-4", Status="läuft", Sachstand=text), "--format", "markdown", code=1
    )
    assert not any(call in said for call in ("@amt", "#12", "GH-3", " <b", "[x]", " `id`"))


def test_what_is_no_utf8_is_told(root: Path) -> None:
    """A file of another character set is no riddle."""
    assert "kein Text in UTF-8" in inbox(root, "### Maßnahme".encode("latin-1"), code=1)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=6), st.text())
@example([("\x1b", "")], "")
@example([("\u00ad ", "x"), ("a", "b")], "")
@example([("a\ufeff ", "b")], "")
def test_any_text_is_read_or_refused(pairs: list[tuple[str, str]], rest: str) -> None:
    """Whatever comes in: questions with answers, or a message with its cure."""
    text = rest + "\n".join(f"### {question}\n\n{answer}" for question, answer in pairs)
    try:
        found = answers(text)
    except KlarplanError as error:
        told = (*error.problem, *error.cure)
    else:
        told = ()
        assert found
        assert all(a.question.strip() and a.text == a.text.strip() for a in found)
        json.dumps([a.text for a in found], ensure_ascii=False).encode()
    assert all(told)


UNCLEAR: dict[str, tuple[dict[str, str], list[str]]] = {
    "a month as day": ({"Datum": "Juni 2026"}, [":13:", "einzelner Tag", "31.12.2027"]),
    "words": ({"Fortschritt in Prozent": "fast fertig"}, [":13:", "„fast fertig“", "0 bis 100"]),
    "too much": ({"Fortschritt in Prozent": "250"}, [":13", "250 liegt außerhalb"]),
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_a_mistake_is_told_at_its_line_of_the_issue(root: Path, case: str) -> None:
    """No message names a row that is not there, or a column that nobody is asked for."""
    told, parts = UNCLEAR[case]
    before = state(root)
    text = issue(Maßnahme="A-4", Status="läuft", Sachstand="Gut.", **told)
    said = inbox(root, text, "--write", code=1)
    assert all(part in said for part in ("issue.md", *parts)), said
    assert "status_reports.csv" not in said
    assert "_precision" not in said
    assert state(root) == before


@pytest.mark.parametrize("end", ["bald 2027", "2027 oder 2028", "Ende 27"])
def test_an_end_that_nobody_understands_is_told_with_what_is_understood(
    root: Path, end: str
) -> None:
    """The cure is an answer that can be given in the issue."""
    text = issue(Bezeichnung="Bänke", Handlungsfeld="F-2 Schule", Geplantes_Ende=end)
    told = inbox(root, text, code=1)
    assert "issue.md:9: " in told
    assert "ein Monat (Dezember 2027)" in " ".join(told.split())


def test_ninety_percent_are_ninety(root: Path) -> None:
    """A sign that can mean one thing is understood, and it is said how."""
    told = inbox(
        root, issue(Maßnahme="A-4", Status="läuft", Fortschritt_in_Prozent="90 %"), "--write"
    )
    assert "„90 %“ ist verstanden als 90." in told
    assert last(root, "status_reports")["progress"] == "90"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Satz. <!-- nur für uns: krank -->", "Satz."),
        ("Ein <!-- krank --> Satz.<!-->", "Ein  Satz."),
        ("Satz.\n\n<!-- nur\n\nkrank -->\n\nNoch einer.", "Satz.\n\n\n\nNoch einer."),
        ("```\n<!-- krank -->x\n```\nSatz `<!-- krank -->`.", "```\nx\n```\nSatz ``."),
        ("<!-- krank --> Satz. <!-- krank -->", "Satz."),
    ],
)
def test_comments_of_an_issue_stay_there(root: Path, text: str, left: str) -> None:
    """What nobody sees in the issue is not published, wherever it stands, and it is told."""
    said = inbox(root, issue(Maßnahme="A-4", Status="läuft", Sachstand=text), "--write")
    assert last(root, "status_reports")["text"] == left
    assert "krank" not in said
    assert "nicht übernommen" in said


@pytest.mark.parametrize(
    "text",
    ["Satz. <!-- krank", "Satz. <!-- a <!-- b --> krank -->", "<!-- a\n\nSatz.\n"],
    ids=["unended", "nested", "a block"],
)
def test_a_comment_with_an_open_end_is_refused(root: Path, text: str) -> None:
    """Where it is open what belongs to a comment, nothing is taken."""
    before = state(root)
    said = inbox(root, issue(Maßnahme="A-4", Status="läuft", Sachstand=text), "--write", code=1)
    assert "issue.md:9: " in said
    assert "Kommentar" in said
    assert state(root) == before


@pytest.mark.parametrize("title", ["Glasfaser", "  GLASFASER ", "glasfaser"])
def test_a_measure_of_a_title_that_is_there_is_told(root: Path, title: str) -> None:
    """Two rows of one title stand for good; whoever begins one learns of the other."""
    told = inbox(root, issue(Bezeichnung=title, Handlungsfeld="F-2 Schule"))
    assert "gibt es schon: A-4" in told
    assert "gibt es schon: A-4" in new(root, "measure", "--title", title, "--field", "F-1")


def test_what_the_check_would_tell_is_told_with_the_issue(root: Path) -> None:
    """In text and in Markdown, with and without writing: who leads it, a title twice, markup."""
    text = issue(
        Bezeichnung="Glasfaser", Handlungsfeld="F-2", Kurzbeschreibung="<script>x</script> {{ y }}"
    )
    for options in ((), ("--format", "markdown"), ("--write",)):
        told = inbox(root, text, *options)
        assert "niemand federführend" in told
        assert "gibt es schon: A-4" in told
        assert told.count("erscheinen wörtlich") == 1


def test_a_report_that_is_there_already_is_told_so(root: Path) -> None:
    """A second issue with the same words changes nothing, and no proposal comes of it."""
    inbox(root, REPORT, "--write")
    before = state(root)
    for options in ((), ("--write",)):
        told = inbox(root, REPORT, *options, code=1)
        assert "Genau das steht schon da." in told
        assert "data/status_reports.csv:" in told
        assert "Geschrieben" not in told
    assert state(root) == before
    assert "KP307" in inbox(root, REPORT.replace("60", "61"), code=1)
