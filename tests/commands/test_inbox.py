"""``klarplan inbox``: the text of an issue becomes the row that ``klarplan new`` would make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klarplan.editing.issue_text import LONGEST, MOST, NONE, read
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
    "above": (f"\nHallo\n\n{REPORT}", ["issue.md:2", "Über der ersten"]),
    "above, without its question": (
        "\nA-4\n\n### Status\n\nläuft",
        ["issue.md:2", "Es fehlt: „### Maßnahme“. Hier steht wohl eine Antwort darauf."],
    ),
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
        found = read(text)
    except KlarplanError as error:
        faults = [error]
    else:
        faults = [*found.faults, *filter(None, [found.above])]
        assert found.answers
        assert all(a.question.strip() and a.text == a.text.strip() for a in found.answers)
        texts = [] if faults else [a.text for a in found.answers]
        json.dumps(texts, ensure_ascii=False).encode()
    assert all(part for fault in faults for part in (*fault.problem, *fault.cure))


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


@pytest.fixture
def asked(root: Path) -> Path:
    """The small strategy with its forms, which ask for all that a report can tell."""
    (root / "data/status_reports.csv").write_text(HEAD, "utf-8")
    assert klarplan("inbox", "--forms", "--write", "--root", str(root)).returncode == 0
    return root


HEAD = "measure,date,period,status,progress,text,obstacles,expected_end,expected_end_precision\n"
FULL = {
    "Maßnahme": "A-4",
    "Status": "läuft",
    "Datum": "",
    "Fortschritt in Prozent": "60",
    "Sachstand": "Läuft gut.",
    "Hemmnisse": "",
    "Jetzt erwartetes Ende": "Dezember 2027",
}


def without(*headings: str) -> str:
    """A report as GitHub writes it, in which headings are deleted and their answers are left."""
    text = issue(**FULL)
    for heading in headings:
        text = text.replace(f"### {heading}\n\n", "")
    return text


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Maßnahme", 1),
        ("Datum", 9),
        ("Sachstand", 13),
        ("Hemmnisse", 21),
        ("Jetzt erwartetes Ende", 25),
    ],
)
def test_an_answer_is_not_taken_for_another_where_its_heading_is_gone(
    asked: Path, heading: str, line: int
) -> None:
    """Forms send all headings: one that lacks is told alone, once, and nothing is written."""
    before = state(asked)
    said = inbox(asked, without(heading), "--write", code=1)
    assert said.count("Fehler: ") == 1, said
    assert f"issue.md:{line}: Es fehlt: „### {heading}“." in said
    assert state(asked) == before


def test_two_headings_that_are_gone_are_one_message(asked: Path) -> None:
    """Also where each left its answer."""
    said = inbox(asked, without("Hemmnisse", "Jetzt erwartetes Ende"), code=1)
    assert said.count("Fehler: ") == 1, said
    assert "Es fehlt: „### Hemmnisse“, „### Jetzt erwartetes Ende“." in said


@pytest.mark.parametrize("left", ["Gut.\n\n_No response_", "_No response_\n\nBald."])
def test_no_response_within_an_answer_is_refused(root: Path, left: str) -> None:
    """Also where nobody knows the form; within a sentence it is text."""
    said = inbox(root, issue(Maßnahme="A-4", Status="läuft", Sachstand=left), code=1)
    assert "issue.md:13: In der Antwort auf „Sachstand“ steht „_No response_“" in said
    inbox(root, issue(Maßnahme="A-4", Status="läuft", Sachstand="Es steht _No response_ da."))


def test_a_form_of_the_municipality_says_which_headings_a_text_has(asked: Path) -> None:
    """What the own form does not ask, no text lacks; the template of GitLab counts, too."""
    form = asked / ".github/ISSUE_TEMPLATE/report.yml"
    told = form.read_text("utf-8").partition("- type: textarea\n  id: obstacles")[0]
    form.write_text(told, "utf-8")
    short = {name: FULL[name] for name in [*FULL][:5]}
    assert "Im Text fehlt" not in inbox(asked, issue(**short))
    inbox(asked, issue(**FULL))
    assert "Es fehlt: „### Sachstand“" in inbox(
        asked, issue(**{**short, "Sachstand": ""}).replace("### Sachstand\n\n", ""), code=1
    )
    form.unlink()
    assert "„### Hemmnisse“" in inbox(asked, issue(**short), code=1)


def test_what_a_text_does_not_ask_is_told_where_there_is_no_form(root: Path) -> None:
    """It counts as not answered, so nothing is refused."""
    assert "Im Text fehlt: „### Datum“" in inbox(root, issue(Maßnahme="A-4", Status="läuft"))


def test_headings_in_another_order_are_told(asked: Path) -> None:
    """Each answer still belongs to the heading above it."""
    turned = issue(**dict(reversed(FULL.items())))
    assert "in anderer Reihenfolge" in inbox(asked, turned)
    assert "Reihenfolge" not in inbox(asked, issue(**FULL))


def test_a_wrong_heading_explains_the_one_that_lacks(asked: Path) -> None:
    """One cause, one message."""
    said = inbox(asked, issue(**FULL).replace("### Hemmnisse", "### Hemnisse"), code=1)
    assert said.count("Fehler: ") == 1, said
    assert "Meinten Sie „Hemmnisse“?" in said


def test_all_that_is_wrong_is_told_at_once(asked: Path) -> None:
    """In the order of the text, each once; what is fine is not told."""
    wrong = {
        "Maßnahme": "Schwimmbad",
        "Status": "fast",
        "Datum": "bald",
        "Fortschritt in Prozent": "250",
        "Jetzt erwartetes Ende": "irgendwann",
    }
    said = inbox(asked, issue(**{**FULL, **wrong}), "--write", code=1)
    lines = [line.split(":")[2] for line in said.splitlines() if line.startswith("Fehler: ")]
    assert lines == ["1", "5", "9", "13", "25"], said


def test_faults_of_the_text_and_of_answers_are_told_together(asked: Path) -> None:
    """A doubled heading, a comment without an end, a missing answer and a wrong day."""
    text = issue(**{**FULL, "Maßnahme": "", "Datum": "bald", "Hemmnisse": "<!-- x"})
    said = inbox(asked, f"{text}\n\n### Status\n\nruht", code=1)
    for part in ("Nicht beantwortet: „Maßnahme“", "„bald“", "Kommentar", "steht schon in Zeile 5"):
        assert part in said
    assert said.count("Fehler: ") == 4, said
    assert inbox(asked, f"{text}\n\n{text}", code=1).count("steht schon in Zeile") == 1


NAMED = {
    "a 4": "A-4 Glasfaser",
    "A-4 Breitband": "A-4 Glasfaser",
    "- A-4": "A-4 Glasfaser",
    "A-4: Glas …": "A-4 Glasfaser",
    "„Glasfaser“": "A-4 Glasfaser",
    "https://stadt.example/massnahmen/a-4/": "A-4 Glasfaser",
}


@pytest.mark.parametrize("told", NAMED)
def test_a_measure_that_can_only_be_one_is_asked_back(root: Path, told: str) -> None:
    """It is never taken silently."""
    said = inbox(root, issue(Maßnahme=told, Status="läuft"), "--write", code=1)
    assert f"Meinten Sie „{NAMED[told]}“?" in said


@pytest.mark.parametrize("told", ["A-4 und A-2", "a-4, A-2", "A-4 Bezahlen", "A-4/A-2"])
def test_two_measures_in_one_issue_are_told_with_how_to_go_on(root: Path, told: str) -> None:
    """Both are named, and no list of others."""
    said = inbox(root, issue(Maßnahme=told, Status="läuft"), code=1)
    assert "Ein Issue meldet eine Maßnahme." in said
    assert "A-4 Glasfaser" in said
    assert "A-2 Bezahlen" in said
    assert "Möglich sind" not in said


def test_a_number_behind_a_number_is_no_guess(root: Path) -> None:
    """Nobody knows whether it is another measure."""
    assert "Meinten" not in inbox(root, issue(Maßnahme="A-4, 2", Status="läuft"), code=1)


ENDS = {
    "Ende März 2027": "März 2027",
    "Ende 2026": "2026",
    "bis Ende 2027": "2027",
    "31.03.2027 (wegen Personal)": "31.03.2027",
    "Anfang 2027": "",
    "Ende 2026 oder 2027": "",
}


@pytest.mark.parametrize("told", ENDS)
def test_an_end_of_one_reading_is_asked_back(asked: Path, told: str) -> None:
    """The beginning of a year is no end of it."""
    said = inbox(asked, issue(**{**FULL, "Jetzt erwartetes Ende": told}), code=1)
    assert (f"Meinten Sie „{ENDS[told]}“?" in said) if ENDS[told] else ("Meinten" not in said)


def test_a_status_with_a_stop_behind_it_is_asked_back(root: Path) -> None:
    """With its label."""
    said = inbox(root, issue(Maßnahme="A-4", Status="Läuft."), code=1)
    assert "Meinten Sie „läuft“?" in said
