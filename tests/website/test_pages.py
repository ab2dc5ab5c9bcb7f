"""Pages of measures, goals, indicators, the dashboard, resources and taking part."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from klarplan.look.letter_widths import pixels
from klarplan.strategy import contact
from klarplan.strategy.code_hosts import git_project
from klarplan.strategy.derive import Money
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import GERMAN
from klarplan.words.hyphens import without
from macros import bar_charts, line_chart, resources
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support import klein
from tests.support.project import REPOSITORY, BuiltSample
from tests.support.some import first_of

DAY = dt.date(2025, 3, 1)


def page_of(sample: BuiltSample, url: str) -> html.HtmlElement:
    """The article of a built page, without soft hyphens."""
    text = (sample.site / url / "index.html").read_text("utf-8")
    article = html.document_fromstring(without(text)).find(".//article")
    assert article is not None
    return article


def text_of(node: html.HtmlElement) -> str:
    """The words of a part, on one line, with plain spaces."""
    return " ".join(node.text_content().split())


def section(article: html.HtmlElement, heading: str) -> html.HtmlElement:
    """What stands between a heading of the second level and the next one."""
    part = html.fromstring("<div></div>")
    (head,) = (h for h in article.iter("h2") if text_of(h).startswith(heading))
    node = head.getnext()
    while node is not None and node.tag != "h2":
        following = node.getnext()
        part.append(node)
        node = following
    return part


def shown(root: Path, name: str, *args: str, **kwargs: str) -> str:
    """What a macro shows of a strategy, on some page."""
    loaded = public(load(root))
    context = Context(
        strategy=loaded.strategy,
        descriptor=loaded.descriptor,
        as_of=DAY,
        page_url="massnahmen/m-1/",
    )
    return render(environment(REPOSITORY), context, MACROS[name], *args, **kwargs)


def test_measure_page_answers_in_order(sample: BuiltSample) -> None:
    """A measure's page says what happened, when, what it costs, why and who, facts last."""
    article = page_of(sample, "massnahmen/m-002")
    heads = [text_of(h).rstrip("¶").strip() for h in article.iter("h2")]
    wanted = [
        "Was ist bisher geschehen?",
        "Meilensteine",
        "Wann geschieht es?",
        "Was kostet das?",
        "Warum machen wir das?",
        "Aufwand und Wirkung",
        "Wer macht mit?",
        "Abhängigkeiten",
        "Beschlüsse und Dokumente",
        "Eckdaten",
        "Ähnliche Maßnahmen",
        "Rückmeldung geben",
    ]
    assert [h for h in heads if h in wanted] == wanted


def test_measure_page_tells_slippage(sample: BuiltSample) -> None:
    """A late measure says so in words, at the top and beside the plan."""
    article = page_of(sample, "massnahmen/m-002")
    lead = text_of(article.find_class("lead")[0])
    assert "Überfällig seit 4 Monaten (jetzt erwartet Dezember 2027)" in lead
    assert "2 Monate später als geplant begonnen" in lead
    assert "seit 4 Monaten überfällig" in text_of(section(article, "Wann geschieht es?"))


def test_measure_page_gives_reasons(sample: BuiltSample) -> None:
    """The goals stand with their sentence, the indicators with their state."""
    why = text_of(section(page_of(sample, "massnahmen/m-002"), "Warum machen wir das?"))
    assert "Alle Fachbereiche arbeiten bis Ende 2027 mit der elektronischen Akte." in why
    assert "zuletzt 42 % (Ende 2025); nach Plan wären es 65 %." in why


def test_history_is_newest_first(sample: BuiltSample) -> None:
    """Reports stand newest first, with what hindered and what was learned."""
    part = section(page_of(sample, "massnahmen/m-001"), "Was ist bisher geschehen?")
    days = part.xpath(".//ol/li//time/@datetime")
    assert days == sorted(days, reverse=True)
    assert len(days) > 2
    assert "Was wir gelernt haben:" in text_of(part)


def test_letter_is_prefilled(sample: BuiltSample) -> None:
    """The letter names number, title and address; the form has the same text."""
    part = section(page_of(sample, "massnahmen/m-001"), "Rückmeldung geben")
    mail, form = part.xpath(".//div/ul/li/a/@href")
    fields = parse_qs(urlsplit(mail).query, strict_parsing=True)
    assert urlsplit(mail).path == "digitalisierung@musterstadt.example"
    assert fields["subject"] == ["Rückmeldung zu DS-01: Serviceportal ausbauen"]
    address = "https://strategie.musterstadt.example/massnahmen/m-001/"
    assert address in fields["body"][0]
    assert "\r\n" in fields["body"][0]
    query = parse_qs(urlsplit(form).query, strict_parsing=True)
    assert query["title"] == fields["subject"]
    assert address in query["body"][0]
    assert form.startswith("https://github.com/musterstadt-example/digitalstrategie/issues/new?")
    (short,) = part.find_class("short-address")
    assert text_of(short) == address


@pytest.mark.parametrize(
    "title", ["Straßen & Wege", "50 % mehr?", "C# für Größere", 'Das „A" + B', "a\nb\rc"]
)
def test_letter_carries_any_title(title: str) -> None:
    """Umlauts, &, #, %, quotes and line ends arrive in the letter as they were."""
    link = contact.mailto("stadt@ort.example", title, f"Zu: {title}\nEnde")
    assert re.fullmatch(r"mailto:stadt@ort\.example\?[A-Za-z0-9%&=._~-]+", link)
    fields = {k: unquote(v) for k, v in (p.split("=") for p in link.split("?")[1].split("&"))}
    assert fields["subject"] == title
    assert fields["body"].endswith("\r\nEnde")
    assert "\n" not in fields["body"].replace("\r\n", "")


@pytest.mark.parametrize(
    ("repository", "begin"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b/issues/new?title=T%26&body=B"),
        (
            "https://gitlab.opencode.de/a/b",
            "https://gitlab.opencode.de/a/b/-/issues/new?issue%5Btitle%5D=T%26",
        ),
        ("https://github.com.evil.example/a/b", None),
        ("", None),
    ],
)
def test_form_of_known_hosts(repository: str, begin: str | None) -> None:
    """GitHub and GitLab get a prefilled form; another host gets none."""
    form = git_project(Settings(repository=repository)).issue("T&", "B")
    assert form is None if begin is None else form and form.startswith(begin)


def test_neighbours_lead_through_the_field(sample: BuiltSample) -> None:
    """From the first measure of a field, „next“ leads through all to the last one."""
    seen = ["m-001"]
    while True:
        article = page_of(sample, f"massnahmen/{seen[-1]}")
        found = article.xpath(".//nav//a[@rel='next']/@href")
        if not found:
            break
        seen.append(found[0].strip("/").rpartition("/")[2])
        back = page_of(sample, f"massnahmen/{seen[-1]}").xpath(".//nav//a[@rel='prev']/@href")
        assert back[0].strip("/").endswith(seen[-2])
    assert len(seen) == 10


def charts_of_site(sample: BuiltSample) -> list[tuple[str, html.HtmlElement]]:
    """Every chart of the site with its page."""
    found = []
    for path in sorted(sample.site.rglob("index.html")):
        page = html.parse(str(path)).getroot()
        found += [(str(path), svg) for svg in page.find_class("chart__picture")]
    return found


def test_every_chart_says_its_values(sample: BuiltSample) -> None:
    """Every chart is a picture with a text that names its values, drawn without styles."""
    found = charts_of_site(sample)
    assert len(found) > 60
    for page, svg in found:
        assert svg.get("role") == "img", page
        label = svg.get("aria-label")
        assert len(re.findall(r"\d", label)) > 1, (page, label)
        assert ":" in label
        assert int(svg.get("font-weight")) >= 500
        assert not svg.xpath("descendant-or-self::*[@style]"), page


def test_every_chart_has_a_table_beside_it(sample: BuiltSample) -> None:
    """After every chart, or else right before it, stands a table before the next chart or heading;
    beside small multiples one for all of them."""
    kinds = "*[self::table or self::h2 or self::svg[@role='img']]"
    for page, svg in charts_of_site(sample):
        whole = (svg.xpath("ancestor::*[contains(@class, 'multiples')]") or [svg])[0]
        after = whole.xpath(f"following::{kinds}[1]")
        before = whole.xpath(f"preceding::{kinds}[1]")
        assert "table" in [element.tag for element in (*after, *before)], page


def test_indicator_chart_tells_message_and_values(sample: BuiltSample) -> None:
    """The text of an indicator's chart holds the judgement, the values and the path."""
    article = page_of(sample, "kennzahlen/k-02")
    label = " ".join(article.find_class("chart__picture")[0].get("aria-label").split())
    assert "Ziel 60 % bis Ende 2028, zuletzt 24 % (Ende 2025): im Rückstand" in label
    assert "Gemessen: Ende 2022 9 %;" in label
    assert label.endswith("Ende 2028 60 %.")


def test_dashboard_names_late_measures_and_why(sample: BuiltSample) -> None:
    """The dashboard lists late measures with their delay and the reason that was reported."""
    part = text_of(section(page_of(sample, "umsetzung"), "Verzögerte oder überfällige Maßnahmen"))
    assert "Elektronische Akte einführen" in part
    assert "überfällig seit 4 Monaten (jetzt erwartet Dezember 2027)" in part
    assert "Grund: Das Einscannen der Altakten bindet mehr Zeit als geplant" in part


def test_dashboard_tells_what_was_stopped(sample: BuiltSample) -> None:
    """Stopped measures stand there with what hindered and what was learned."""
    part = text_of(section(page_of(sample, "umsetzung"), "Was eingestellt wurde"))
    assert "Chatbot" in part
    assert "Was wir gelernt haben:" in part


def test_dashboard_counts_add_up(sample: BuiltSample) -> None:
    """In the stacked bars, the parts of each field are as many as its measures."""
    part = section(page_of(sample, "umsetzung"), "Stand nach Handlungsfeld")
    label = part.find_class("chart__picture")[0].get("aria-label")
    rows = label.split("Status. ")[1].split("; ")
    whole, *fields = (sum(map(int, re.findall(r"(\d+) ", row))) for row in rows)
    assert whole == sum(fields) == 40


def test_data_quality_shows_shares(sample: BuiltSample) -> None:
    """What is missing stands there with number and share."""
    part = section(page_of(sample, "umsetzung"), "Was in unseren Angaben noch fehlt")
    rows = {text_of(tr[0]): text_of(tr[2]) for tr in part.xpath(".//tbody/tr")}
    assert set(rows) >= {"ohne Meldung", "ohne Termin", "ohne Federführung", "ohne Ziel"}
    assert all(re.fullmatch(r"\d+ %", share) for share in rows.values())


def test_participation_says_what_it_changed(sample: BuiltSample) -> None:
    """The counts of contributions add up, and the measures that took them up are linked."""
    part = section(page_of(sample, "beteiligung"), "Was aus den Beiträgen wurde")
    assert "30 Beiträge sind eingegangen" in text_of(part)
    assert "Über 3 davon ist noch nicht entschieden." in text_of(part)
    assert sum(int(td.text_content()) for td in part.xpath(".//tbody//td")) == 30
    assert part.xpath(".//ul/li/a[contains(@href, 'massnahmen/m-')]")


CHARTS = """() => [...document.querySelectorAll('.chart__picture')].map(chart => [
  parseFloat(chart.getAttribute('height')), chart.getBoundingClientRect().toJSON(),
  [...chart.querySelectorAll('text')].map(
    text => [text.textContent, text.getBoundingClientRect().toJSON()])])"""
"""Of each chart of a page its height as it says, its frame, and its words with theirs."""


@pytest.mark.parametrize("width", first_of([320, 1280]))
def test_letters_of_charts_keep_their_size(address: str, browser: Browser, width: int) -> None:
    """On a phone and on a desk, charts fill their column, letters stay, and nothing sticks out."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    for url in ("umsetzung/", "ressourcen/", "massnahmen/m-002/", "kennzahlen/k-02/"):
        page.goto(address + url)
        for height, frame, words in page.evaluate(CHARTS):
            assert abs(frame["height"] - height) < 1, url
            for text, box in words:
                assert box["height"] >= 14, url
                assert box["left"] >= frame["left"] - 1, (url, text)
                assert box["right"] <= frame["right"] + 1, (url, text)
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_boxes_of_authors_are_as_legible_as_text(
    address: str, browser: Browser, width: int
) -> None:
    """What authors put in a box is never smaller than 14 px, and no wider than their text."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    for url in ("beteiligung/", "umsetzung/", "handlungsfelder/hf-01/"):
        page.goto(address + url)
        sizes = page.eval_on_selector_all(
            ".admonition p", "all => all.map(p => parseFloat(getComputedStyle(p).fontSize))"
        )
        assert len(sizes) >= 2, url
        assert min(sizes) >= 14, url
        ends = page.eval_on_selector_all(
            ".md-typeset > p:first-of-type, .md-typeset > .admonition",
            "all => all.map(e => Math.round(e.getBoundingClientRect().right))",
        )
        assert max(ends) <= ends[0] + 1, url
    page.close()


def test_what_a_row_is_about_has_room_on_a_phone(address: str, browser: Browser) -> None:
    """In tables that move sideways, first columns are not broken into syllables."""
    page = browser.new_page(viewport={"width": 360, "height": 900})
    for url in ("massnahmen/m-001/", "ressourcen/"):
        page.goto(address + url)
        widths = page.eval_on_selector_all(
            ".table-scroll tbody th[scope=row]:not(.nowrap)",
            "all => all.map(th => th.getBoundingClientRect().width)",
        )
        assert widths, url
        assert min(widths) >= 130, url
    page.close()


def test_the_list_without_a_script_is_whole_on_a_phone(address: str, browser: Browser) -> None:
    """Without a script, what the list of measures is called stands on one line above its cards."""
    page = browser.new_page(viewport={"width": 360, "height": 900}, java_script_enabled=False)
    page.goto(address + "massnahmen/")
    box = page.locator(".overview caption").first.bounding_box()
    assert box
    assert box["height"] < 40
    page.close()


def test_one_value_is_a_dot() -> None:
    """An indicator with a single value gets a chart with one point and no line but the grid."""
    chart = line_chart.line_chart(GERMAN, [(DAY, Decimal(5))], [], "Stück", "Ein Wert")
    assert len(chart.dots) == 1
    assert {line.kind for line in chart.lines} == {"grid"}


def test_words_keep_off_the_path() -> None:
    """The newest value's words stand below its point where it lies below the path, else above."""
    path = [(DAY, Decimal(0)), (DAY.replace(year=2029), Decimal(80))]
    for value, below in ((Decimal(10), True), (Decimal(70), False)):
        values = [(DAY, Decimal(5)), (DAY.replace(year=2027), value)]
        chart = line_chart.line_chart(GERMAN, values, path, "%", "")
        (words,) = (w for w in chart.words if w.kind == "strong")
        assert (words.y > chart.dots[-1].y) is below


def test_negative_values_stay_inside() -> None:
    """Values below zero get an axis below zero, and bars that stay within the chart."""
    chart = line_chart.line_chart(
        GERMAN, [(DAY, Decimal(-5)), (DAY.replace(year=2026), Decimal(3))], [], None, ""
    )
    assert any(w.text.startswith("\u2212") for w in chart.words)
    drawn = bar_charts.bars(
        GERMAN, [("Zugang", Decimal(4), "4"), ("Abgang", Decimal(-2), "−2")], ""
    )
    for area in drawn.areas:
        assert area.x >= 0
        assert area.x + area.width <= 100.01


def test_currencies_are_not_added_up() -> None:
    """Amounts in different currencies get a chart each."""
    rows = [
        ("2024", Money("EUR", Decimal(5), None, Decimal(3))),
        ("2024", Money("CHF", Decimal(7), None, Decimal(1))),
    ]
    drawn = resources.charts_of(GERMAN, rows, "Mittel nach Jahren")
    labels = [chart.label for chart, _ in drawn]
    assert len(labels) == 2
    assert "CHF" not in labels[0]
    assert "€" not in labels[1]


LONG = "Sehr langer Name eines Handlungsfelds mit vielen Wörtern darin"
ROWS_OF = {
    "bars": lambda name: bar_charts.bars(
        GERMAN, [(name, Decimal(4), "4"), ("Kurz", Decimal(2), "2")], ""
    ),
    "stacks": lambda name: bar_charts.stacks(
        GERMAN, [(name, "4", [bar_charts.Part(4, "#1b6e3c", "✓")]), ("Kurz", "0", [])], ""
    ),
    "bullets": lambda name: bar_charts.bullets(
        GERMAN,
        [
            bar_charts.Bullet(name, Decimal(9), Decimal(7), Decimal(3), "3 € ausgegeben"),
            bar_charts.Bullet("Kurz", Decimal(1), None, None, "1 € geplant"),
        ],
        "",
    ),
}


@pytest.mark.parametrize("kind", ROWS_OF)
def test_long_names_stand_whole_above_their_bar(kind: str) -> None:
    """A long name stands in lines as wide as a phone above what is said about it; none is cut, and
    no word lies on a bar or on another."""
    drawn = ROWS_OF[kind](LONG)
    names = [w for w in drawn.words if w.kind == "strong"]
    assert " ".join(w.text for w in names) == f"{LONG} Kurz"
    assert all(pixels(w.text) <= line_chart.NARROW for w in names)
    above = [w for w in drawn.words if w.kind != "inside"]
    assert all(w.anchor == "start" for w in above)
    heights = [w.y for w in above]
    assert all(after - before >= 18 for before, after in pairwise(heights))
    for area in drawn.areas:
        assert not any(area.y < y - 3 < area.y + area.height for y in heights)
        assert area.y + area.height <= drawn.height


def test_many_rows_are_cut() -> None:
    """A chart shows the first rows only; its table has all."""
    rows = [(str(n), Decimal(n), str(n)) for n in range(40)]
    assert len(bar_charts.bars(GERMAN, rows, "").areas) == bar_charts.ROWS


def test_small_parts_carry_their_sign_alone() -> None:
    """A part too narrow for its number carries its sign; the others carry both."""
    parts = [bar_charts.Part(99, "#1b6e3c", "✓"), bar_charts.Part(1, "#9c4500", "!")]
    inside = [
        w.text
        for w in bar_charts.stacks(GERMAN, [("Alle", "100", parts)], "").words
        if w.kind == "inside"
    ]
    assert inside == ["✓ 99", "!"]


def test_without_money_nothing_is_shown(tmp_path: Path) -> None:
    """A strategy without a budget has no blocks on money, and no address leads nowhere."""
    root = klein.copied(tmp_path)
    (root / "data" / "budget.csv").unlink(missing_ok=True)
    assert not shown(root, "budget")
    assert not shown(root, "budget_drawn")
    assert not shown(root, "staff_by_year")
