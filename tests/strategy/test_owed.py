"""Who owes what by when is found for each office, internal measures included."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar

from klarplan.strategy.load import load
from klarplan.strategy.owed import owed
from tests.support.klein import append, copied, replace
from tests.support.project import klarplan

TODAY = dt.date(2026, 6, 30)


def found(root: Path, until: dt.date, today: dt.date = TODAY) -> dict[tuple[str, str], str]:
    """What is owed by kind and id, with its day."""
    strategy = load(root).strategy
    return {(one.kind, one.id): one.day.isoformat() for one in owed(strategy, today, until)}


def test_each_kind_is_due_on_its_day(tmp_path: Path) -> None:
    """Reports by the review cycle, milestones, reviews and ends of what is not over."""
    root = copied(tmp_path)
    due = found(root, dt.date(2027, 6, 30))
    assert due["report", "A-1/"] == "2026-12-15"
    assert due["milestone", "S-2"] == "2027-06-30"
    assert due["review", "A-1"] == "2027-01-15"
    assert due["end", "A-4"] == "2027-03-31"
    assert not [key for key in due if key[1].startswith("A-2")], "what is done owes nothing"
    assert ("milestone", "S-1") not in due, "what is reached is owed no more"
    assert ("report", "A-1/") not in found(root, dt.date(2026, 12, 14))


def test_a_period_says_by_when_its_reports_are_due(tmp_path: Path) -> None:
    """The newest period that has ended counts, until there is a report on it."""
    root = copied(tmp_path)
    append(
        root,
        "data/periods.csv",
        "label,first,last,due\n2026-H1,,,2026-07-31\n2026-H2,,,2027-01-31\n",
    )
    today = dt.date(2026, 7, 1)
    assert found(root, dt.date(2026, 7, 31), today)["report", "A-1/2026-H1"] == "2026-07-31"
    append(root, "data/status_reports.csv", "A-1,2026-07-01,2026-H1,laeuft,70,Gut.,,,,Rathaus\n")
    assert not [key for key in found(root, dt.date(2026, 7, 31), today) if key[1].startswith("A-1")]


def test_contributions_and_the_statement_wait_so_long(tmp_path: Path) -> None:
    """An answer is due after three months, a new look at accessibility after twelve."""
    root = copied(tmp_path)
    head = "id,participation,date,contribution,answer,outcome,measure\n"
    (root / "data/feedback.csv").write_text(head, "utf-8")
    append(root, "data/feedback.csv", "R-8,,2026-04-15,Bitte mehr Bäume.,,open,A-4\n")
    append(root, "data/feedback.csv", "R-9,,2026-04-15,Danke.,Gern.,noted,\n")
    append(root, "strategy/strategy.yml", "accessibility_tested: 2025-09-01\n")
    due = found(root, dt.date(2026, 9, 1))
    assert due["contribution", "R-8"] == "2026-07-15"
    assert ("contribution", "R-9") not in due
    assert due["accessibility", "accessibility"] == "2026-09-01"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bitte mehr Bäume.", "Antwort auf den Beitrag „Bitte mehr Bäume.“"),
        ("Bitte mehr Bäume am Markt: Dort ist es im Sommer viel zu heiß.", "im …“"),
        ('"Zwei\n\nAbsätze | mit ""Zeichen"""', '„Zwei Absätze | mit "Zeichen"“'),
    ],
)
def test_a_contribution_is_known_by_what_it_says(tmp_path: Path, text: str, told: str) -> None:
    """By its beginning, on one line; nobody knows its id."""
    root = copied(tmp_path)
    head = "id,participation,date,contribution,answer,outcome,measure\n"
    (root / "data/feedback.csv").write_text(head, "utf-8")
    append(root, "data/feedback.csv", f"R-8,,2026-04-15,{text},,open,A-4\n")
    found = owed(load(root).strategy, TODAY, dt.date(2026, 9, 1))
    (one,) = (one.text.de for one in found if one.kind == "contribution")
    assert told in one
    assert one.endswith("“ zu A-4 Glasfaser")
    assert "R-8" not in one


def test_internal_measures_count(tmp_path: Path) -> None:
    """What is not published is owed as well."""
    root = copied(tmp_path)
    replace(
        root, "data/measures.csv", "month,month,4,false,public,", "month,month,4,false,internal,"
    )
    assert ("report", "A-1/") in found(root, dt.date(2027, 6, 30))


def due(root: Path, *more: str) -> str:
    """What the command prints of the small strategy."""
    done = klarplan("due", "--root", str(root), "--as-of", TODAY.isoformat(), *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_names_office_and_mailbox(tmp_path: Path) -> None:
    """Each office has its list below its name and mailbox; one office may ask for its own."""
    root = copied(tmp_path)
    whole = due(root, "--within", "12m")
    assert "Bürgerdienste · buerger.dienste@kleinstadt.example\n" in whole
    assert "Schulamt" in whole
    own = due(root, "--within", "12m", "--for", "rathaus")
    assert "Schulamt" not in own
    assert "Wiedervorlage von A-1 Formulare" in own
    above = due(root, "--within", "12m", "--for", "stadt")
    assert "Bürgerdienste" in above, "a lower office belongs to the one above it"


@pytest.mark.parametrize(
    ("mailbox", "line"),
    [
        ("buerger.dienste@kleinstadt.example", "<buerger.dienste@kleinstadt.example>"),
        ("amt_2-sued@kleinstadt.example", "<amt_2-sued@kleinstadt.example>"),
        ("amt@<b>x</b>", "amt@\\<b\\>x\\</b\\>"),
    ],
)
def test_a_mailbox_in_markdown_can_be_copied(tmp_path: Path, mailbox: str, line: str) -> None:
    """An address stays whole as a link; what is none means nothing to Markdown."""
    root = copied(tmp_path)
    replace(root, "data/organisations.csv", "buerger.dienste@kleinstadt.example", mailbox)
    assert line in due(root, "--within", "12m", "--format", "markdown").splitlines()


def test_dates_and_ids_in_markdown_can_be_read(tmp_path: Path) -> None:
    """What means nothing to Markdown is not escaped: points, hyphens, brackets."""
    root = copied(tmp_path)
    lines = due(root, "--within", "12m", "--format", "markdown").splitlines()
    assert lines[0].startswith("# Fällig bis ")
    assert any("bis 15.01.2027: Wiedervorlage von A-1" in line for line in lines)
    assert "\\" not in "".join(lines)


def test_english_markdown_and_calendar(tmp_path: Path) -> None:
    """The list is a checklist in Markdown, a calendar of whole days in ICS, English if asked."""
    root = copied(tmp_path)
    assert "- \\[" not in due(root, "--within", "12m", "--format", "markdown")
    assert "- [ ] by 15 Jan 2027" in due(
        root, "--within", "12m", "--format", "markdown", "--lang", "en"
    ).replace("\\", "")
    events = Calendar.from_ical(due(root, "--within", "12m", "--format", "ics")).walk("VEVENT")
    days = {str(event["SUMMARY"]): event["DTSTART"].dt for event in events}
    assert days["Wiedervorlage von A-1 Formulare"] == dt.date(2027, 1, 15)
    assert len({str(event["UID"]) for event in events}) == len(events)


@pytest.mark.parametrize(
    "wrong", [("--within", "bald"), ("--within", "0d"), ("--for", "schulampt"), ("--within", "-3d")]
)
def test_wrong_use_is_told(tmp_path: Path, wrong: tuple[str, str]) -> None:
    """A time that is none and an office that is not there end with 2 and a cure."""
    root = copied(tmp_path)
    done = klarplan("due", "--root", str(root), *wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    if wrong[0] == "--for":
        assert "Meinten Sie „schulamt“?" in done.stderr
