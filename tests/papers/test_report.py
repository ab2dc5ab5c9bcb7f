"""The report to the council: what it says, as of when, from the sample to a thousand measures."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import re
import shutil
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from klarplan.check.run import check
from klarplan.pages.gather import Baker
from klarplan.pages.source import parts
from klarplan.strategy.load import load
from klarplan.strategy.periods import periods
from klarplan.strategy.public import public
from klarplan.words.hyphens import without
from macros.seal import Seal
from tests.support.klein import DAY, append, copied, replace
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import page_texts, plain, read
from tests.support.project import AS_OF, REPOSITORY, BuiltSample, klarplan
from tests.support.synthetic import write_strategy

TODAY = dt.date.fromisoformat(AS_OF)


def article(sample: BuiltSample, period: str) -> html.HtmlElement:
    """The main content of a report's page."""
    file = sample.site / "berichte" / period / "index.html"
    page = html.document_fromstring(without(file.read_text("utf-8")))
    return page.find_class("md-content__inner")[0]


def section(of: html.HtmlElement, title: str) -> str:
    """The words of a section, by the beginning of its heading."""
    heads = [h for h in of.iter("h2") if str(h.text_content()).startswith(title)]
    assert len(heads) == 1, title
    found = []
    node = heads[0].getnext()
    while node is not None and node.tag != "h2":
        found.append(str(node.text_content()))
        node = node.getnext()
    return " ".join(" ".join(found).split())


def baked(root: Path, day: dt.date) -> dict[str, str]:
    """The Markdown of all reports by period."""
    baker = Baker(public(load(root)), day, Seal.drawn())
    return {period.label: baker.report(period).text(baker.seal) for period in baker.periods}


def test_the_newest_report_says_what_the_period_brought(sample: BuiltSample) -> None:
    """The sample's newest report tells figures, results, delays, what was stopped, and money."""
    page = article(sample, "2026-h1")
    short = section(page, "Das Wichtigste")
    assert "Stand: 30. Juni 2026" in short
    assert "Für das 1. Halbjahr 2026 liegen Meldungen zu 32 von 40 Maßnahmen vor." in short
    assert "wurden 2 Maßnahmen abgeschlossen und 1 eingestellt" in short
    done = section(page, "Was erreicht wurde")
    assert "Funknetz für Umweltsensoren" in done
    assert "Landkreis prüft am Bildschirm mit" in done
    assert "im vorigen Bericht 57 %" in done
    late = section(page, "Was sich verzögert")
    assert "Elektronische Akte einführen" in late
    assert "Geplantes Ende: Juni 2026" in late
    assert "Grund: Das Einscannen der Altakten" in late
    assert "fehlt eine Meldung für diesen Zeitraum: DS-14 Fortbildungen für Lehrkräfte" in late
    stopped = section(page, "Was eingestellt wurde")
    assert "Parkleitsystem" in stopped
    assert "Beschluss: Einstellung des Parkleitsystems, 17. Juni 2026" in stopped
    assert "Chatbot" not in stopped
    assert "Fünf Sprachen" not in section(page, "Was wir gelernt haben")
    assert "in fünf Sprachen" in section(page, "Was wir gelernt haben")
    assert "10.880.000 € geplant" in section(page, "Geld")
    assert "Rufbus wird dauerhaftes Angebot" in section(page, "Was beschlossen wurde")
    coming = section(page, "Was als Nächstes kommt")
    assert "15.12.2026" in coming
    assert "Öffentliche Warnkarte" in coming


def test_an_old_report_speaks_as_of_its_period(sample: BuiltSample) -> None:
    """What was reported later does not reach an older report: statuses, delays, what was done."""
    page = article(sample, "2025-h2")
    assert "Stand: 31. Dezember 2025" in section(page, "Das Wichtigste")
    stopped = section(page, "Was eingestellt wurde")
    assert "Chatbot" in stopped
    assert "Parkleitsystem" not in stopped
    late = section(page, "Was sich verzögert")
    assert "Parkleitsystem" in late
    assert "Sozialbereich vollständig umgestellt (fällig 30. Juni 2025)" in late
    assert "Gebühren online bezahlen" in section(page, "Was erreicht wurde")
    assert "Funknetz für Umweltsensoren" in section(page, "Was erreicht wurde")
    assert "2026-H1" not in page.text_content()


def test_each_measure_is_finished_in_one_report(sample: BuiltSample) -> None:
    """Over all reports, a finished measure is told as finished once; a reopened one each time."""
    told: list[str] = []
    for period in ("2024-h2", "2025-h1", "2025-h2", "2026-h1"):
        for head in article(sample, period).xpath(".//h3[starts-with(.,'Abgeschlossene')]"):
            told += [str(a.text) for a in head.getnext().xpath(".//strong/a")]
    assert len(set(told)) == 7
    assert [title for title, times in Counter(told).items() if times > 1] == [
        "Leitlinie für offene Daten"
    ]


def test_the_editors_text_frames_the_figures(sample: BuiltSample) -> None:
    """The decisions asked for come first, then the introduction, then the figures."""
    page = article(sample, "2026-h1")
    titles = [str(h.text_content()).strip("¶ ") for h in page.iter("h2")]
    wanted = ["Worum wir den Rat bitten", "Worum es geht", "Das Wichtigste in Kürze"]
    assert titles[:3] == wanted
    text = str(page.text_content())
    assert "Das Wichtigste in Kürze" in text[text.index("zwei Gesichter") :]
    links = page.xpath(".//ol//a/@href")
    assert "../../massnahmen/m-016/" in links
    words = (REPOSITORY / "strategy/reports/2026-H1.md").read_text("utf-8").split()
    assert len(words) > 150


def test_a_report_is_a_proposal_where_the_settings_say_so(sample: BuiltSample) -> None:
    """Number, office, meetings, costs and climate stand above all; older reports have no such."""
    head = article(sample, "2026-h1").xpath("./table | ./div/table | ./h2")[0]
    words = " ".join(str(head.text_content()).replace("\u00a0", " ").split())
    for told in (
        *("Vorlage 2026/117", "Federführung Stabsstelle Digitalisierung"),
        *("15. September 2026: Ausschuss für Digitalisierung und Verwaltung", "30. September 2026"),
        *("20.000 Euro werden", "Auswirkungen auf das Klima"),
    ):
        assert told in words
    assert "Angaben zur Vorlage" not in str(article(sample, "2025-h2").text_content())


def test_what_is_not_told_of_a_proposal_has_no_place(tmp_path: Path) -> None:
    """Facts that are missing have no row, and without any there is no table."""
    root = copied(tmp_path)
    assert "Angaben zur Vorlage" not in baked(root, DAY)["2025"]
    append(root, "strategy/strategy.yml", 'proposals:\n  2025:\n    costs: "<b> | {{ 1 }}"\n')
    append(
        root,
        "strategy/reports/2025.md",
        "Erst.\n\n## Lage\n\nSo.\n\n## Beschlussvorschlag\n\n1. Ja.\n",
    )
    text = baked(root, DAY)["2025"]
    assert "Finanzielle Auswirkungen" in text
    assert "Beratungsfolge" not in text
    assert "<b>" not in text
    order = ("Angaben zur Vorlage", "## Beschlussvorschlag", "1. Ja.", "## Worum es geht", "Erst.")
    places = [text.index(part) for part in (*order, "## Das Wichtigste", "## Lage")]
    assert places == sorted(places)


def test_headings_in_code_do_not_part_a_text() -> None:
    """The second part begins at the first heading that is one; a text without any is one part."""
    text = "Vorweg.\n\n```\n## keine\n```\n\n## Bitte\n\nText.\n"
    assert parts(text) == ("Vorweg.\n\n```\n## keine\n```\n\n", "## Bitte\n\nText.\n")
    assert parts("Nur das.") == ("Nur das.", "")
    assert parts("") == ("", "")


def test_pages_of_a_report_follow_their_headings(sample: BuiltSample) -> None:
    """No level of heading is skipped on any report."""
    for period in ("2024-h2", "2025-h1", "2025-h2", "2026-h1"):
        levels = [int(h.tag[1]) for h in article(sample, period).iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


def test_the_pdf_is_a_sober_paper(sample: BuiltSample) -> None:
    """Page one names publisher, title, day, office and all sections; the file passes the gate."""
    file = sample.site / "umsetzungsbericht-2026-h1.pdf"
    first = plain(page_texts(file)[0])
    for text in (
        *("Stadt Musterstadt", "Umsetzungsbericht 1. Halbjahr 2026", "Digitalstrategie"),
        *("Stand der Meldungen: 30. Juni 2026", "Stabsstelle Digitalisierung", "Inhalt"),
        *("Was erreicht wurde", "Worum wir den Rat bitten", "Was als Nächstes kommt"),
    ):
        assert plain(text) in first, text
    assert plain("Vorlage 2026/117") in plain(page_texts(file)[1])
    assert failures(file) == []
    assert heads_without_scope(file) == []
    assert not [page for page in page_texts(file) if "example/massnahmen/" in page]
    heads = [(tag.kind, tag.text) for tag in read(file).find("H1", "H2")]
    assert ("H2", "Was sich verzögert, und warum") in heads


def test_a_short_head_is_not_broken(sample: BuiltSample) -> None:
    """„Maßnahmen“ above a column of small numbers stays whole where the page has room."""
    text = "\n".join(page_texts(sample.site / "umsetzungsbericht-2026-h1.pdf"))
    assert "Fortschritt im" in text
    assert not re.search(r"Maßnah\W?\s", text)


def test_other_papers_keep_their_contents(sample: BuiltSample) -> None:
    """The contents of the whole strategy list chapters, not the sections inside of pages."""
    first = plain("".join(page_texts(sample.site / "strategie.pdf")[1:3]))
    assert plain("Handlungsfelder") in first
    assert plain("So lesen Sie die Plaketten") not in first


def test_text_for_a_period_without_reports_is_told(tmp_path: Path) -> None:
    """A text for a period that nobody reported for is an error that names the nearest."""
    root = copied(tmp_path)
    append(root, "strategy/reports/2025.md", "Ein Text.\n\n## Bitte\n\nNoch einer.\n")
    assert [f for f in check(root, DAY) if f.file.startswith("strategy/reports")] == []
    append(root, "strategy/reports/2025-1.md", "Ein Text.\n")
    found = [f for f in check(root, DAY) if f.file.startswith("strategy/reports")]
    assert [(f.rule, f.file) for f in found] == [("KP705", "strategy/reports/2025-1.md")]
    assert found[0].cure.de == "Meinten Sie „2025“?"


def test_text_of_a_report_is_checked(tmp_path: Path) -> None:
    """Broken links, forbidden code and headings of the first level are found in reports too."""
    root = copied(tmp_path)
    append(
        root,
        "strategy/reports/2025.md",
        "# Titel\n\n[weg](../measures/A-99.md), [da](../measures/A-1.md) <script>1</script>\n",
    )
    found = {f.rule for f in check(root, DAY) if f.file == "strategy/reports/2025.md"}
    assert {"KP723"} < found
    assert len(found) >= 3
    append(root, "strategy/measures/A-2.md", "Siehe [Bericht](../reports/2025.md).\n")
    assert [f for f in check(root, DAY) if f.file == "strategy/measures/A-2.md"] == []


def test_without_reports_there_is_no_report(tmp_path: Path) -> None:
    """A strategy without status reports has no page; the command says what to fill, and exits 1."""
    root = copied(tmp_path)
    (root / "data" / "status_reports.csv").unlink()
    loaded = public(load(root))
    assert periods(loaded.strategy, DAY) == ()
    assert not [p.path for p in Baker(loaded, DAY, Seal.drawn()).papers() if "berichte" in p.path]
    result = klarplan("report", "--root", str(root), "--as-of", "2026-06-30")
    assert result.returncode == 1
    assert "noch keinen Zeitraum" in result.stderr
    assert "data/status_reports.csv" in result.stderr


def test_the_smallest_strategy_has_a_report(tmp_path: Path) -> None:
    """Required tables and one report are enough; what is not known has no section."""
    root = tmp_path / "winzig"
    write_strategy(root, 1, reports=1)
    for name in ("budget", "milestones", "goals", "measure_goals", "responsibilities"):
        (root / "data" / f"{name}.csv").unlink()
    for name in ("indicators", "indicator_values", "indicator_targets", "organisations"):
        (root / "data" / f"{name}.csv").unlink(missing_ok=True)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data" / "datapackage.json")
    (text,) = baked(root, TODAY).values()
    assert "Meldungen zu 1 von 1" in text
    assert "## Geld" not in text
    assert "## Was beschlossen wurde" not in text


NASTY = '<script>alert(1)</script> "Ä" | #let x = 1 {{ 7*7 }} ' + "Donau" * 30


def fill(root: Path, file: str, *columns: str) -> None:
    """Put text that could be taken for code into whole columns of a table."""
    path = root / "data" / file
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row.update(dict.fromkeys(columns, NASTY))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """The small strategy with such text in titles and reports."""
    root = copied(tmp_path)
    fill(root, "measures.csv", "title")
    fill(root, "milestones.csv", "title")
    fill(root, "decisions.csv", "title", "reference")
    fill(root, "fields_of_action.csv", "title")
    fill(root, "status_reports.csv", "text", "obstacles", "lessons")
    return root


def test_nothing_in_a_cell_becomes_code(nasty: Path) -> None:
    """Markup, macros and endless words in titles and texts stay text on the page."""
    (text,) = list(baked(nasty, DAY).values())[:1]
    assert "<script" not in text
    assert "{{" not in text
    assert "## Was erreicht wurde" in text
    assert "## Was wir gelernt haben" in text


def test_any_text_can_be_printed(nasty: Path, tmp_path: Path) -> None:
    """With such text in every cell, PDF and DOCX are valid and say it word for word."""
    options = ("--root", str(nasty), "--as-of", DAY.isoformat(), "--output", str(tmp_path))
    result = klarplan("report", *options, "--period", "2025")
    assert result.returncode == 0, result.stderr
    made = tmp_path / "umsetzungsbericht-2025.pdf"
    assert failures(made) == []
    assert plain('"Ä" | #let x = 1 {{ 7*7 }}') in plain("".join(page_texts(made)))
    assert (tmp_path / "umsetzungsbericht-2025.docx").stat().st_size > 20_000


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand measures with four reports each, all of their texts different."""
    root = tmp_path_factory.mktemp("report") / "gross"
    write_strategy(root, 1000, reports=4)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data" / "datapackage.json")
    path = root / "data" / "status_reports.csv"
    chance = random.Random(7)
    letters = "eeeennnniiissrrraattdhulcgmobwfkzüäöpv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        words = ["".join(chance.choices(letters, k=chance.randint(3, 12))) for _ in range(140)]
        row["text"], row["obstacles"] = " ".join(words[:60]), " ".join(words[60:110])
        row["lessons"] = " ".join(words[110:])
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return root


def test_a_thousand_measures_do_not_flood_the_page(wordy: Path) -> None:
    """With 1,000 measures and text without end a report is light, and counts what it leaves out."""
    texts = baked(wordy, TODAY)
    for text in texts.values():
        assert len(gzip.compress(text.encode(), 6)) < 75_000
    words = re.sub(r"<[^>]+>", "", texts["2026"])
    assert re.search(r"Dazu kommen \d+\s+weitere verzögerte Maßnahmen: Feld 1", words)
    assert "Übersicht aller Maßnahmen" in words
    # What a table leaves out is said above it, so that it never stands on a page of its own.
    left = re.compile(
        r"Die Tabelle nennt die \w+; dazu\s+komm\w+\s+\d+\s+weitere[^<]*: Feld 1[^<]*"
    )
    told = [
        m
        for text in texts.values()
        for m in re.finditer(left.pattern + "<a.{1,200}?<table", text, re.DOTALL)
    ]
    assert told
    assert len(told) == sum(len(left.findall(text)) for text in texts.values())


def calls(root: Path, measures: int) -> int:
    """How many functions are called while all reports on so many measures are written again."""
    write_strategy(root, measures, reports=4)
    shutil.copy(REPOSITORY / "data" / "datapackage.json", root / "data" / "datapackage.json")
    baker = Baker(public(load(root)), TODAY, Seal.drawn())
    called = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal called
        called += event == "call"

    for again in (False, True):  # the first time, what all reports share is computed
        sys.setprofile(note if again else None)
        for period in baker.periods:
            baker.report(period)
        sys.setprofile(None)
    return called


def test_the_work_for_reports_grows_with_the_measures(tmp_path: Path) -> None:
    """For four times as many measures reports take no more than four times the work."""
    assert calls(tmp_path / "200", 200) < 4 * calls(tmp_path / "50", 50)


@pytest.mark.long
def test_the_command_makes_any_report(sample: BuiltSample, tmp_path: Path) -> None:
    """PDF and DOCX of an older period go where they are wanted; the site stays as it is."""
    root = tmp_path / "fork"
    for name in ("data", "strategy", "docs", "overrides", "macros"):
        shutil.copytree(sample.root / name, root / name)
    shutil.copy(sample.root / "mkdocs.yml", root)
    options = ("--root", str(root), "--as-of", AS_OF, "--output", str(tmp_path / "aus gabe"))
    result = klarplan("report", *options, "--period", "2. Halbjahr 2025")
    assert result.returncode == 0, result.stderr
    assert "Umsetzungsbericht 2. Halbjahr 2025" in result.stdout.replace("\u00a0", " ")
    made = sorted(path.name for path in (tmp_path / "aus gabe").iterdir())
    assert made == [f"umsetzungsbericht-2025-h2.{kind}" for kind in ("docx", "pdf", "pptx")]
    assert not (root / "site").exists()
    assert failures(tmp_path / "aus gabe" / made[1]) == []
    newest = klarplan("report", *options)
    assert newest.returncode == 0, newest.stderr
    for ending in ("pdf", "docx", "pptx"):
        name = f"umsetzungsbericht-2026-h1.{ending}"
        assert (tmp_path / "aus gabe" / name).read_bytes() == (sample.site / name).read_bytes()


def test_an_unknown_period_is_told(sample: BuiltSample) -> None:
    """The command names the nearest period and some that there are, in both languages."""
    options = ("--root", str(sample.root), "--as-of", AS_OF, "--period", "2026-H11")
    result = klarplan("report", *options)
    assert result.returncode == 1
    assert "Meinten Sie „2026-H1“?" in result.stderr
    assert "2024-H2" in result.stderr
    assert "Did you mean “2026-H1”?" in klarplan("report", *options, "--lang", "en").stderr


def test_a_strategy_with_errors_makes_no_report(tmp_path: Path) -> None:
    """Errors in the tables are listed, and nothing is written."""
    root = copied(tmp_path)
    replace(root, "data/measures.csv", "A-1,Formulare", "A-1,")
    options = ("--root", str(root), "--as-of", "2026-06-30", "--output", str(tmp_path / "aus"))
    result = klarplan("report", *options)
    assert result.returncode == 1
    assert "data/measures.csv" in result.stderr
    assert not (tmp_path / "aus").exists()
