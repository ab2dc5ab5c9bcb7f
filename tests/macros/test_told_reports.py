"""Reports as they are told: late, corrected, with an expected end, at rest, without a newer one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.entwined import context_of
from tests.support.project import REPOSITORY

DAY = dt.date(2026, 11, 21)
STATUSES = """id,label,meaning,category,symbol,colour
offen,geplant,Es beginnt noch.,open,○,#4a5568
laeuft,in Umsetzung,Es läuft.,active,▶,#1a5fb4
spaet,verzögert,Es dauert.,delayed,!,#9c4500
ruht,ruht,Es ruht.,paused,–,#6b3fa0
fertig,abgeschlossen,Es ist fertig.,done,✓,#1b6e3c
aus,eingestellt,Es endet.,stopped,✗,#a51d2d
"""
MEASURES = "id,title,field,type,planned_start,planned_end,end_precision,actual_start,actual_end"
REPORTS = "measure,date,period,status,progress,expected_end,expected_end_precision,text,obstacles"


def written(
    root: Path,
    measures: Sequence[str],
    reports: Sequence[str],
    head: str = MEASURES,
    told: str = REPORTS,
) -> Context:
    """What macros are given for these measures and reports."""
    (root / "data").mkdir(parents=True)
    tables = {
        "fields_of_action": ("id,title,order", "F-1,Wege,1"),
        "measures": (head, *measures),
        "status_reports": (told, *reports),
    }
    for name, lines in tables.items():
        (root / f"data/{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (root / "data/statuses.csv").write_text(STATUSES, encoding="utf-8")
    return context_of(root, DAY)


def shown(context: Context, name: str, **arguments: Any) -> str:
    """What a macro shows, as one line of plain text."""
    found = render(environment(REPOSITORY), context, MACROS[name], **arguments)
    found = re.sub(r"(</t[dhr]>|</p>)", r" \1", found)
    return " ".join(html.fromstring(f"<div>{found}</div>").text_content().split())


RUNNING = "A,Anbau,F-1,project,2024-01-01,2027-12-31,,2024-01-01,"


# -- late and corrected


def test_news_say_what_they_are_for(tmp_path: Path) -> None:
    """A late report or a correction among the news names its period; others need none."""
    context = written(
        tmp_path,
        [RUNNING, "B,Bus,F-1,project,2024-01-01,2027-12-31,,2024-01-01,"],
        [
            "A,2026-01-20,2025-H2,laeuft,40,,,Es geht voran.,",
            "B,2026-07-20,2026-H1,laeuft,40,,,Ein Bus fährt.,",
            "A,2026-08-20,2025-H2,laeuft,30,,,Verrechnet.,",
            "B,2026-10-20,2025-H2,laeuft,20,,,Spät gesagt.,",
        ],
    )
    news = shown(context, "newest_reports")
    assert "20. Oktober 2026, nachgemeldet für: 2. Halbjahr 2025 B Bus" in news
    assert "20. August 2026, berichtigt für: 2. Halbjahr 2025 A Anbau" in news
    assert "20. Juli 2026 B Bus" in news


@pytest.mark.parametrize(
    ("reports", "head"),
    [
        pytest.param(
            ("A,2026-01-20,2025-H2,laeuft,40,,,Eins.,", "A,2026-02-20,2025-H2,laeuft,30,,,Zwei.,"),
            "20. Januar 2026 Zeitraum: 2. Halbjahr 2025, frühere Fassung, berichtigt am "
            "20. Februar 2026",
            id="once",
        ),
        pytest.param(
            (
                "A,2026-01-20,2025-H2,laeuft,40,,,Eins.,",
                "A,2026-02-20,2025-H2,laeuft,30,,,Zwei.,",
                "A,2026-03-20,H2 2025,laeuft,20,,,Drei.,",
            ),
            "20. Februar 2026 Zeitraum: 2. Halbjahr 2025, frühere Fassung, berichtigt am "
            "20. März 2026",
            id="twice, and the period written in another way",
        ),
        pytest.param(
            ("A,2026-01-20,2025-H2,laeuft,40,,,Eins.,", "A,2026-02-20,,laeuft,30,,,Zwei.,"),
            "20. Januar 2026 Zeitraum: 2. Halbjahr 2025 ▶ in Umsetzung",
            id="a report on no period corrects nothing",
        ),
    ],
)
def test_a_corrected_report_says_so(reports: tuple[str, ...], head: str, tmp_path: Path) -> None:
    """The first version stays to be read, with the day on which it was corrected."""
    assert head in shown(written(tmp_path, [RUNNING], reports), "status_timeline", measure="A")


def test_a_report_of_a_period_is_remarked_on_once(tmp_path: Path) -> None:
    """The remark stands alone, without another word for the report."""
    reports = ("A,2026-01-20,2025-H2,laeuft,40,,,Eins.,", "A,2026-02-20,2025-H2,laeuft,45,,,Zwei.,")
    text = shown(written(tmp_path, [RUNNING], reports), "report_achieved", period="2025-H2")
    assert "Anbau ▶ in Umsetzung berichtigt am 20. Februar 2026" in text


# -- expected ends


def test_the_newest_expectation_is_not_of_old(tmp_path: Path) -> None:
    """Only earlier reports tell what was expected then."""
    reports = (
        "A,2026-01-20,2025-H2,spaet,40,2028-03-31,quarter,Eins.,",
        "A,2026-07-20,2026-H1,spaet,45,2028-09-30,quarter,Zwei.,",
    )
    text = shown(written(tmp_path, [RUNNING], reports), "status_timeline", measure="A")
    assert "Zwei. Erwartetes Ende: 3. Quartal 2028" in text
    assert "Eins. Damals erwartetes Ende: 1. Quartal 2028" in text


@pytest.mark.parametrize(
    ("planned", "expected", "said"),
    [
        pytest.param("2026-12-31", "2027-12-31,half", "", id="planned soon, expected later"),
        pytest.param(
            "2026-06-30",
            "2027-03-31,quarter",
            "1. Quartal 2027 A Anbau Erwartetes Ende",
            id="planned before, expected soon",
        ),
        pytest.param(
            "2028-06-30",
            "2026-12-15,day",
            "15.12.2026 A Anbau Erwartetes Ende",
            id="expected early",
        ),
        pytest.param("2026-12-31", ",", "31.12.2026 A Anbau Geplantes Ende", id="nothing expected"),
    ],
)
def test_what_comes_is_what_is_expected(
    planned: str, expected: str, said: str, tmp_path: Path
) -> None:
    """Nobody is told to look out for a planned end once the office expects another one."""
    measure = f"A,Anbau,F-1,project,2024-01-01,{planned},,2024-01-01,"
    report = f"A,2026-07-20,2026-H1,laeuft,45,{expected},Zwei.,"
    text = shown(written(tmp_path, [measure], [report]), "coming")
    assert said in text if said else "Anbau" not in text


def test_a_report_tells_the_end_that_was_expected_on_its_day(tmp_path: Path) -> None:
    """What is to come by a report is what was expected at its time; later ones know more."""
    measure = "A,Anbau,F-1,project,2024-01-01,2026-05-31,month,2024-01-01,"
    reports = (
        "A,2026-01-20,2025-H2,laeuft,40,2026-06-30,month,Eins.,",
        "A,2026-07-20,2026-H1,laeuft,45,2026-12-31,month,Zwei.,",
    )
    context = written(tmp_path, [measure], reports)
    old = shown(context, "report_next", period="2025-H2")
    assert "Juni 2026 A Anbau Erwartetes Ende" in old
    assert "Geplantes Ende" not in old
    new = shown(context, "report_next", period="2026-H1")
    assert "Dezember 2026 A Anbau Erwartetes Ende" in new


# -- at rest, silent, reopened


def test_what_rests_is_no_progress(tmp_path: Path) -> None:
    """A measure at rest within its plan stands under what rests, with its reason, not under
    progress or missed milestones."""
    reports = ("A,2026-07-20,2026-H1,ruht,40,,,Die Stelle ist frei.,Niemand bewirbt sich.",)
    context = written(tmp_path, [RUNNING], reports)
    step = "id,measure,title,due,completed,state\nS-1,A,Fundament,2026-03-31,,planned\n"
    (tmp_path / "data/milestones.csv").write_text(step, encoding="utf-8")
    context = context_of(tmp_path, DAY)
    late = shown(context, "report_late", period="2026-H1")
    assert "Was ruht A Anbau – ruht Termin offen. Geplantes Ende: 31. Dezember 2027." in late
    assert "Grund: Niemand bewirbt sich." in late
    assert "Verpasste Meilensteine" not in late
    assert "verzögert oder überfällig" not in late
    assert MACROS["report_achieved"].select(context, period="2026-H1") is None


def test_what_rests_beyond_its_plan_is_late(tmp_path: Path) -> None:
    """Once its plan is past it is counted and told among the late ones, and only there."""
    measure = "A,Anbau,F-1,project,2024-01-01,2026-05-31,month,2024-01-01,"
    reports = ("A,2026-07-20,2026-H1,ruht,40,,,Die Stelle ist frei.,",)
    context = written(tmp_path, [measure], reports)
    assert "Anbau – ruht Termin offen" in shown(context, "late_measures")
    late = shown(context, "report_late", period="2026-H1")
    assert "1 Maßnahme ist verzögert oder überfällig." in late
    assert "Was ruht" not in late
    assert late.count("Anbau") == 1


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        pytest.param(
            ("A,Anbau,F-1,project,2024-01-01,2026-12-31,,2024-01-01,",),
            "Zu 1 Maßnahme liegt keine Meldung über die letzten 12 Monate vor. A Anbau",
            id="silent only",
        ),
        pytest.param(
            ("A,Anbau,F-1,project,2024-01-01,2025-12-31,,2024-01-01,",),
            "Zu 1 Maßnahme liegt keine Meldung über die letzten 12 Monate vor. Davon ist auch "
            "verzögert oder überfällig: A Anbau.",
            id="overdue as well",
        ),
        pytest.param(
            (
                "A,Anbau,F-1,project,2024-01-01,2025-12-31,,2024-01-01,",
                "B,Bus,F-1,project,2024-01-01,2025-12-31,,2024-01-01,",
                "C,Caf,F-1,project,2024-01-01,2026-12-31,,2024-01-01,",
            ),
            "Zu 3 Maßnahmen liegt keine Meldung über die letzten 12 Monate vor. Davon sind auch "
            "verzögert oder überfällig: A Anbau, B Bus. C Caf",
            id="both kinds",
        ),
    ],
)
def test_all_silent_measures_are_counted(
    measures: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """The number of measures without a current report counts those that are late as well."""
    reports = [f"{m[0]},2025-07-20,2025-H1,laeuft,40,,,Es geht voran.," for m in measures]
    context = written(tmp_path, measures, reports)
    assert shown(context, "late_measures", timeliness="stale").startswith(said)


def test_no_report_knows_a_later_end(tmp_path: Path) -> None:
    """A measure that was done, reopened and done again: its first report names no later day."""
    measure = "A,Anbau,F-1,project,2024-01-01,2025-06-30,,2024-01-01,2026-03-24"
    reports = (
        "A,2025-07-15,2025-H1,fertig,100,,,Fertig.,",
        "A,2026-01-20,2025-H2,laeuft,90,,,Doch noch etwas.,",
        "A,2026-07-14,2026-H1,fertig,100,,,Wieder fertig.,",
    )
    context = written(tmp_path, [measure], reports)
    assert "Abgeschlossen:" not in shown(context, "report_achieved", period="2025-H1")
    new = shown(context, "report_achieved", period="2026-H1")
    assert "Abgeschlossen: 24. März 2026" in new


# -- the schedule


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("A,Anbau,F-1,permanent,2024-01-01,,,2024-02-01,", "ab 1. Februar 2024 auf Dauer"),
        ("A,Anbau,F-1,project,2024-01-01,,,2024-02-01,", "in Umsetzung ab 1. Februar 2024"),
        ("A,Anbau,F-1,project,,2027-12-31,year,,", "▶ in Umsetzung bis 2027"),
        ("A,Anbau,F-1,project,2024-01-01,2027-12-31,year,2024-02-01,", "1. Februar 2024 bis 2027"),
    ],
)
def test_the_schedule_says_from_when_to_when(measure: str, said: str, tmp_path: Path) -> None:
    """Where an end or a begin is missing, none is made up."""
    report = "A,2026-07-20,2026-H1,laeuft,45,,,Zwei.,"
    text = shown(written(tmp_path, [measure], [report]), "schedule")
    assert said in text
    assert "auf Dauer" not in text or "permanent" in measure


# -- ends that nobody told, and expectations that are past


def test_a_report_on_a_period_before_the_end_was_told(tmp_path: Path) -> None:
    """A period's report stands although a measure ended in it and only the next one says so."""
    context = written(
        tmp_path,
        [
            "A,Anbau,F-1,project,2025-01-01,2025-09-30,,2025-01-01,2025-12-15",
            "B,Bus,F-1,project,2025-01-01,2025-11-30,month,2025-01-01,2025-12-31",
            "C,Chor,F-1,project,2025-01-01,2025-09-30,,2025-01-01,2025-12-15",
        ],
        [
            "A,2025-12-10,2025-H2,laeuft,90,,,Fast fertig.,",
            "A,2026-07-10,2026-H1,fertig,100,,,Fertig.,",
            "B,2026-01-20,2025-H2,spaet,80,,,Es dauert.,",
        ],
    )
    told = shown(context, "report_late", period="2025-H2")
    assert "2 Maßnahmen sind verzögert oder überfällig." in told
    assert "Überfällig seit 3 Monaten" in told.replace("\u00a0", " ")
    assert "Chor" not in told.split("Ohne Meldung")[0]


def test_an_expected_end_that_is_past_is_no_longer_expected(tmp_path: Path) -> None:
    """Once the expected end is past, a page says what was expected last, not what is now."""
    context = written(
        tmp_path,
        [
            "A,Anbau,F-1,project,2024-01-01,2027-12-31,,2024-01-01,",
            "B,Bus,F-1,project,2024-01-01,2027-12-31,,2024-01-01,",
            "C,Chor,F-1,project,2024-01-01,2027-12-31,,2024-01-01,",
        ],
        [
            "A,2026-02-01,,ruht,,2026-03-31,quarter,Es ruht.,",
            "B,2026-02-01,,laeuft,,2026-03-31,quarter,Es läuft.,",
            "C,2026-02-01,,laeuft,,2026-12-31,quarter,Es läuft.,",
        ],
    )
    for measure, word in (("A", "zuletzt"), ("B", "zuletzt"), ("C", "jetzt")):
        lead = shown(context, "measure_lead", measure=measure)
        assert f"{word} erwartet {'4' if measure == 'C' else '1'}. Quartal 2026" in lead
        plan = shown(context, "measure_schedule", measure=measure)
        assert f"{word.capitalize()} erwartetes Ende:" in plan
    assert "ruht Es ruht. Der erwartete Termin ist verstrichen" in shown(
        context, "measure_lead", measure="A"
    )


def test_what_is_undated_is_counted_by_one_question(tmp_path: Path) -> None:
    """„Ohne Termin“ are the measures that neither the plan nor the newest report gives an end."""
    context = written(
        tmp_path,
        [
            "A,Anbau,F-1,project,2024-01-01,,,2024-01-01,",
            "B,Bus,F-1,project,2024-01-01,,,2024-01-01,",
            "C,Chor,F-1,permanent,2024-01-01,,,2024-01-01,",
        ],
        [
            "A,2026-11-01,,laeuft,,2027-03-31,quarter,Es läuft.,",
            "B,2026-11-01,,laeuft,,,,Es läuft.,",
        ],
    )
    assert "ohne Termin 1 33 % B Bus" in shown(context, "data_quality").replace("\u00a0", " ")
    overview = shown(context, "measures_overview")
    assert overview.count("Ende nicht angegeben") == 2, "in the filter, and of one measure"


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (("fertig", "aus"), "wurde 1 Maßnahme abgeschlossen und 1 eingestellt."),
        (("fertig", "fertig"), "wurden 2 Maßnahmen abgeschlossen und keine eingestellt."),
        (("aus", "laeuft"), "wurde 1 Maßnahme eingestellt und keine abgeschlossen."),
        (("laeuft", "laeuft"), "wurde keine Maßnahme abgeschlossen oder eingestellt."),
    ],
)
def test_what_ended_is_counted_in_one_sentence(
    tmp_path: Path, statuses: tuple[str, str], told: str
) -> None:
    """Completed and stopped measures are told as one would say it, whichever there are."""
    context = written(
        tmp_path,
        [RUNNING, RUNNING.replace("A,Anbau", "B,Brücke")],
        [f"{m},2025-12-31,2025,{s},,,,," for m, s in zip("AB", statuses, strict=True)],
    )
    assert f"Bis dahin {told}" in shown(context, "report_figures", period="2025")


# -- numbers


@pytest.mark.parametrize("official", ["DS-24", "3.1/7", ""])
def test_lists_name_measures_by_their_number(official: str, tmp_path: Path) -> None:
    """News, dates, late and stopped ones, and the report cite a measure by its one number, once."""
    context = written(
        tmp_path,
        [
            f"A,Anbau,F-1,project,2024-01-01,2026-05-31,month,2024-01-01,,{official}",
            f"B,Bus,F-1,project,2024-01-01,2027-12-31,,2024-01-01,,{official and official + 'b'}",
            f"C,Chor,F-1,project,2024-01-01,2026-12-31,,2024-01-01,,{official and official + 'c'}",
        ],
        [
            "A,2026-07-20,2026-H1,spaet,40,,,Es dauert.,",
            "B,2026-07-20,2026-H1,aus,40,,,Zu teuer.,",
            "C,2026-07-20,2026-H1,laeuft,40,,,Es klingt.,",
        ],
        f"{MEASURES},official_id",
    )
    late, stopped = official or "A", (official + "b") if official else "B"
    going = (official + "c") if official else "C"
    lists: list[tuple[str, str, dict[str, str]]] = [
        (f"{going} Chor", "newest_reports", {}),
        (f"{going} Chor", "coming", {}),
        (f"{late} Anbau", "late_measures", {}),
        (f"{stopped} Bus", "stopped_measures", {}),
        (f"{late} Anbau", "report_late", {"period": "2026-H1"}),
        (f"{stopped} Bus", "report_stopped", {"period": "2026-H1"}),
        (f"{going} Chor", "report_achieved", {"period": "2026-H1"}),
        (f"{going} Chor", "report_next", {"period": "2026-H1"}),
        (f"{going} Chor", "brief_measures", {}),
    ]
    for cited, name, arguments in lists:
        text = shown(context, name, **arguments)
        assert text.count(cited) == 1, (name, text)
        assert text.count(cited.split()[0] + " ") == 1, (name, text)


# -- money


@pytest.mark.parametrize(
    ("spent", "told"),
    [
        ("500", "Ausgegeben sind 500 €, das sind 50 % der geplanten Mittel."),
        ("1000", "Ausgegeben sind 1.000 €, das sind 100 % der geplanten Mittel."),
        ("1001", "Ausgegeben sind 1.001 €, 1 € mehr als geplant."),
        ("", "Für 2026 sind 1.000 € geplant."),
    ],
)
def test_more_than_planned_is_told_as_that(tmp_path: Path, spent: str, told: str) -> None:
    """A share of 100 percent hides no euro that was spent beyond the plan."""
    root = tmp_path / "s"
    written(root, (RUNNING,), ("A,2026-02-01,2026,laeuft,40,,,Es läuft.,",))
    head = "measure,year,planned,approved,spent,currency,funding_source"
    (root / "data/budget.csv").write_text(f"{head}\nA,2026,1000,,{spent},EUR,own\n", "utf-8")
    text = shown(context_of(root, DAY), "report_money", period="2026").replace("\u00a0", " ")
    assert told in text
    assert ("geplanten Mittel" in text) is told.endswith("geplanten Mittel.")


def test_delays_are_told_the_longest_first(tmp_path: Path) -> None:
    """By how long the planned end has passed, or the planned begin of what has not begun, as exact
    as the plan is; then by how much later the end is expected. One sentence says so."""
    measures = (
        "A,Monat,F-1,,2025-01-01,2026-08-31,,2025-01-01,",
        "B,Jahr,F-1,,2024-01-01,2025-01-01,year,2024-01-01,",
        "C,Bald,F-1,,2025-01-01,2027-06-30,,2025-01-01,",
        "D,Bald und länger,F-1,,2025-01-01,2027-06-30,,2025-01-01,",
        "E,Nicht begonnen,F-1,,2026-02-01,2028-12-31,,,",
        "G,Tage,F-1,,2025-01-01,2026-11-01,,2025-01-01,",
    )
    reports = [f"{m},2026-06-15,,spaet,,,,Es dauert.," for m in "ABG"]
    reports += ["C,2026-06-15,,spaet,,2027-09-30,,Es dauert.,"]
    reports += ["D,2026-06-15,,spaet,,2028-09-30,,Es dauert.,", "E,2026-06-15,,offen,,,,Es fehlt.,"]
    context = written(tmp_path, measures, reports)
    found = MACROS["late_measures"].select(context)
    assert found is not None
    assert [row["link"].id for row in found["rows"]] == ["B", "E", "A", "G", "D", "C"]
    said = "Die am längsten überfälligen stehen zuerst."
    assert said in shown(context, "late_measures")
    alone = written(tmp_path / "alone", measures[:1], reports[:1])
    assert said not in shown(alone, "late_measures")


@pytest.mark.parametrize(
    ("report", "begun", "progress"),
    [
        ("A,2026-06-15,2026-H1,offen,0,,,Der Beginn verschiebt sich.,", "", False),
        ("A,2026-06-15,2026-H1,offen,,,,Der Beginn verschiebt sich.,", "", False),
        ("A,2026-06-15,2026-H1,offen,10,,,Der Beginn verschiebt sich.,", "", True),
        ("A,2026-06-15,2026-H1,offen,0,,,Der Beginn verschiebt sich.,", "2026-06-01", True),
        ("A,2026-06-15,2026-H1,laeuft,0,,,Der Beginn verschiebt sich.,", "", True),
    ],
)
def test_what_has_not_begun_is_no_progress(
    report: str, begun: str, progress: bool, tmp_path: Path
) -> None:
    """What is still planned is told where it is told what comes next, and nowhere twice."""
    measures = (f"A,Anbau,F-1,,2026-12-01,2027-12-31,,{begun},", RUNNING.replace("A,", "B,", 1))
    context = written(tmp_path, measures, (report, "B,2026-06-15,2026-H1,laeuft,5,,,Gut.,"))
    achieved = shown(context, "report_achieved", period="2026-H1")
    ahead = shown(context, "report_next", period="2026-H1")
    assert ("Der Beginn verschiebt sich" in achieved) is progress
    assert ("Der Beginn verschiebt sich" in ahead) is not progress
    assert ("Was noch nicht begonnen hat" in ahead) is not progress


def test_dates_stand_by_the_last_day_that_is_meant(tmp_path: Path) -> None:
    """A month counts up to its last day, whichever day is written, and so do quarters and years.

    Of the same day the lower number comes first, as people count.
    """
    ends = {
        "CS-10": ("2026-12-31", ""),
        "CS-7": ("2026-12-01", "month"),
        "CS-8": ("2026-12-30", ""),
        "CS-9": ("2026-01-01", "year"),
        "CS-3": ("2027-01-15", "quarter"),
        "CS-1": ("2027-02-28", "day"),
        "CS-2": ("2027-01-01", "year"),
    }
    measures = [f"{m},Titel,F-1,,2025-01-01,{d},{e},2025-01-01," for m, (d, e) in ends.items()]
    context = written(tmp_path, measures, [f"{m},2026-06-20,2026-H1,laeuft,,,,Gut.," for m in ends])
    order = ["CS-8", "CS-7", "CS-9", "CS-10", "CS-1", "CS-3"]
    for name, arguments in (("coming", {}), ("report_next", {"period": "2026-H1"})):
        found = MACROS[name].select(context, **arguments)
        assert found is not None
        shown_ids = [row["link"].id for row in found["rows"]]
        assert shown_ids == (order if name == "coming" else order[:4])


def test_a_page_tells_an_obstacle_once(tmp_path: Path) -> None:
    """What keeps a measure is the reason in the list of late or silent ones; what was learned from
    it follows without telling it again. An obstacle that no list tells stays with its lesson."""
    context = written(
        tmp_path,
        [
            "A,Anbau,F-1,project,2024-01-01,2026-06-30,,2024-01-01,",
            "B,Bus,F-1,project,2024-01-01,2027-12-31,,2024-01-01,",
            "C,Chor,F-1,project,2024-01-01,2027-12-31,,2024-01-01,",
            "D,Dach,F-1,project,2024-01-01,2026-06-30,,2024-01-01,",
        ],
        [
            "A,2026-10-01,,spaet,,,,Es dauert.,Amtsleiden,Neue Amtslehre",
            "B,2026-10-01,,laeuft,,,,Es fährt.,Busleiden,Neue Buslehre",
            "C,2025-01-01,,laeuft,,,,Es singt.,Chorleiden,Neue Chorlehre",
            "D,2026-05-01,,laeuft,,,,Es regnet.,Altleiden,Neue Dachlehre",
            "D,2026-10-01,,spaet,,,,Es regnet noch.,Neuleiden,",
        ],
        told=f"{REPORTS},lessons",
    )
    late = shown(context, "late_measures", timeliness="late")
    late += shown(context, "late_measures", timeliness="stale")
    learned = shown(context, "lessons", stopped=False, reasons=False)
    for kind in ("Amts", "Chor", "Bus", "Alt", "Neu"):
        assert (late + learned).count(f"{kind}leiden") == 1, kind
    assert all(f"Neue {kind}lehre" in learned for kind in ("Amts", "Bus", "Chor", "Dach"))
    assert "Amtsleiden" in shown(context, "lessons")
