"""The list of measures and the schedule: filtered, sorted, shared, downloaded, and plain."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.all_measures import next_quarter
from macros.timetable import place
from tests.support.project import BuiltSample


def visible(page: Page) -> int:
    """How many measures are shown."""
    return page.locator("table.measures tbody tr:not([hidden])").count()


def choose(page: Page, facet: str, *names: str) -> None:
    """Choose values of a facet by what they are called."""
    panel = page.locator("details.filters__facet").filter(
        has=page.locator(".filters__label", has_text=re.compile(f"^{facet}$"))
    )
    panel.locator("summary").click()
    for name in names:
        panel.get_by_label(name, exact=True).check()
    page.keyboard.press("Escape")


def ask(page: Page, words: str) -> None:
    """Type into the field of the filters."""
    page.locator("#filter-text").fill(words)


def downloaded(page: Page) -> list[list[str]]:
    """The rows of the selection, with their head."""
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    text = download.value.path().read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.fixture
def overview(browser: Browser, address: str) -> Page:
    """The list of measures on a wide screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page.goto(address + "massnahmen/")
    return page


def test_filters_narrow_the_list_and_tell_the_number(overview: Page) -> None:
    """Choosing a field and a case of the schedule shows fewer measures and tells how many."""
    count = overview.get_by_role("status").filter(has_text="Maßnahmen")
    expect(count).to_have_text("40 von 40 Maßnahmen")
    choose(overview, "Handlungsfeld", "Bildung und Schulen")
    field = visible(overview)
    assert 0 < field < 40
    expect(count).to_have_text(f"{field} von 40 Maßnahmen")
    expect(overview.locator("table.measures caption")).to_have_text(f"{field} von 40 Maßnahmen")
    choose(overview, "Termintreue", "überfällig")
    assert 0 < visible(overview) < field
    overview.close()


def test_several_values_of_a_facet_add_up(overview: Page) -> None:
    """Two values of one facet show what has either; the facet names both."""
    choose(overview, "Status", "abgeschlossen")
    done = visible(overview)
    choose(overview, "Status", "eingestellt")
    assert visible(overview) == done + 4
    chosen = overview.locator("[data-facet=status] .filters__chosen")
    expect(chosen).to_have_text("abgeschlossen, eingestellt")
    overview.close()


def test_a_place_finds_measures_of_smaller_places(overview: Page) -> None:
    """Choosing a place shows also what happens in places within it, and a smaller one less."""
    choose(overview, "Ort", "Kernstadt")
    whole = visible(overview)
    overview.get_by_role("button", name="Alle zurücksetzen").click()
    choose(overview, "Ort", "– Innenstadt")
    assert 0 < visible(overview) < whole
    overview.close()


def test_a_field_finds_measures_that_another_one_leads(overview: Page) -> None:
    """Choosing a field shows also measures for which it is a further one."""
    choose(overview, "Handlungsfeld", "Wirtschaft und Netzausbau")
    expect(overview.get_by_role("link", name="Schulen an das Glasfasernetz")).to_be_visible()
    overview.close()


def test_filters_can_be_shared_and_reset(overview: Page) -> None:
    """Filters stand in the address; opened again it shows the same, and one button clears all."""
    choose(overview, "Status", "abgeschlossen", "ruht")
    ask(overview, "burgerburo")
    expect(overview).to_have_url(re.compile(r"\?text=burgerburo&status=paused&status=done$"))
    shown = visible(overview)
    assert shown == 1
    overview.goto(overview.url)
    assert visible(overview) == shown
    expect(overview.locator("[data-facet=status] .filters__chosen")).to_have_text(
        "ruht, abgeschlossen"
    )
    overview.get_by_role("button", name="Alle zurücksetzen").click()
    expect(overview).to_have_url(re.compile(r"massnahmen/$"))
    assert visible(overview) == 40
    overview.close()


def test_back_undoes_one_choice_after_the_other(overview: Page) -> None:
    """A choice, a sorting and what was typed are steps that „Back“ takes back one by one."""
    choose(overview, "Status", "abgeschlossen")
    done = visible(overview)
    overview.locator("table.measures thead").get_by_role("button", name="Maßnahme").click()
    overview.locator("#filter-text").press_sequentially("online", delay=20)
    expect(overview).to_have_url(re.compile(r"\?text=online&status=done&sortierung=massnahme$"))
    overview.go_back()
    expect(overview).to_have_url(re.compile(r"\?status=done&sortierung=massnahme$"))
    expect(overview.locator("#filter-text")).to_have_value("")
    expect(overview.locator("table.measures [aria-sort=ascending]")).to_have_count(1)
    overview.go_back()
    expect(overview).to_have_url(re.compile(r"\?status=done$"))
    expect(overview.locator("table.measures [aria-sort]")).to_have_count(0)
    assert visible(overview) == done
    overview.go_back()
    expect(overview).to_have_url(re.compile(r"massnahmen/$"))
    assert visible(overview) == 40
    overview.go_forward()
    expect(overview.locator("[data-facet=status] .filters__chosen")).to_have_text("abgeschlossen")
    assert visible(overview) == done
    overview.close()


@pytest.mark.parametrize(
    "name",
    [
        *("feld", "termin"),
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in ("ort", "ziel", "status", "organisation", "jahr", "wirkung")
        ),
    ],
)
def test_every_choice_has_hits(overview: Page, name: str) -> None:
    """Each choice of each filter shows at least one measure."""
    boxes = overview.locator(f"[data-facet={name}] input")
    overview.locator(f"[data-facet={name}] summary").click()
    assert boxes.count() > 1
    for box in boxes.all():
        box.check()
        assert visible(overview) > 0, (name, box.get_attribute("value"))
        box.uncheck()
    overview.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("buergerbuero", "Termine im Bürgerbüro online buchen"),
        ("BÜRGERBÜRO", "Termine im Bürgerbüro online buchen"),
        ("Strassenleuchten", "Straßenbeleuchtung"),
        ("Anwohnerparkausweis", "Serviceportal ausbauen"),  # in the summary alone
        ("Oberlohe", "Glasfaser"),  # a place
        ("Landesministerium digitales", "Serviceportal ausbauen"),  # an office that takes part
    ],
)
def test_words_are_found_wherever_a_measure_has_them(
    overview: Page, asked: str, found: str
) -> None:
    """Title, summary, place and office are searched, and „ue“ finds „ü“ as „ss“ does „ß“."""
    ask(overview, asked)
    rows = overview.locator("table.measures tbody tr:not([hidden])")
    expect(rows.filter(has_text=found).first).to_be_visible()
    assert visible(overview) < 15
    overview.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("E-Akte", "Elektronische Akte einführen"),
        ("gestoppt", "Chatbot auf der städtischen Website"),
        ("verspätung lehrkräfte", "Fortbildungen für Lehrkräfte"),  # one word of two
    ],
)
def test_words_that_mean_the_same_are_found_as_in_the_search(
    overview: Page, asked: str, found: str
) -> None:
    """What the search takes for the same finds a measure in the list, too."""
    ask(overview, asked)
    rows = overview.locator("table.measures tbody tr:not([hidden])")
    expect(rows.filter(has_text=found).first).to_be_visible()
    assert visible(overview) < 15
    overview.close()


def test_without_its_list_of_same_words_the_filter_finds_what_was_typed(
    browser: Browser, address: str
) -> None:
    """Where words that mean the same do not come, the list is narrowed by what was typed."""
    page = browser.new_page()
    page.route("**/synonyms.json", lambda route: route.abort())
    page.goto(address + "massnahmen/?text=chatbot")
    expect(page.locator("table.measures tbody tr:not([hidden])")).to_have_count(1)
    ask(page, "gestoppt")
    expect(page.locator("table.measures")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("asked", ["M-012", "m12", "M 012", "DS-12", "ds12", "Ds-012"])
def test_either_number_finds_the_measure(overview: Page, asked: str) -> None:
    """The id and the official number find one measure, however they are written."""
    ask(overview, asked.replace("M 0", "M-0"))
    expect(overview.locator("table.measures tbody tr:not([hidden])")).to_have_count(1)
    expect(overview.locator("table.measures tbody tr:not([hidden])")).to_contain_text("Leihgeräte")
    overview.close()


def test_no_hit_says_what_to_do(overview: Page) -> None:
    """A search without hits says so and offers to begin again."""
    ask(overview, "xyzzy")
    told = overview.locator(".filters__none")
    expect(told).to_contain_text("Keine Maßnahme passt zu allem, was Sie gewählt haben.")
    expect(overview.locator("table.measures caption")).to_have_text("0 von 40 Maßnahmen")
    expect(overview.locator("table.measures")).to_be_hidden()  # no heads above nothing
    told.get_by_role("button", name="Alle zurücksetzen").click()
    expect(told).to_be_hidden()
    expect(overview.locator("table.measures")).to_be_visible()
    assert visible(overview) == 40
    expect(overview.locator("#filter-text")).to_be_focused()
    overview.close()


def test_what_has_no_date_comes_last(overview: Page) -> None:
    """Sorted by date, up or down, measures without one stand at the end."""
    column = overview.locator("table.measures thead th", has_text="Termin")
    orders = []
    for _ in ("up", "down"):
        column.get_by_role("button").click()
        keys = overview.locator("table.measures tbody td[data-sort]").evaluate_all(
            "all => all.map(cell => cell.dataset.sort)"
        )
        dated = [key for key in keys if key]
        assert keys == dated + [""] * (len(keys) - len(dated))
        assert len(dated) < len(keys)
        orders.append(dated)
    assert orders[0] == sorted(orders[0])
    assert orders[1] == sorted(orders[0], reverse=True)
    overview.close()


def test_a_facet_opens_and_closes_by_keyboard(overview: Page) -> None:
    """Enter opens a facet, space chooses, Escape closes it and leaves the focus on it."""
    facet = overview.locator("[data-facet=status]")
    facet.locator("summary").press("Enter")
    facet.locator("input").first.press("Space")
    expect(facet.locator("input").first).to_be_checked()
    overview.keyboard.press("Escape")
    expect(facet.locator("input").first).to_be_hidden()
    expect(facet.locator("summary")).to_be_focused()
    facet.locator("summary").press("Enter")
    overview.locator("h1").click()
    expect(facet.locator("input").first).to_be_hidden()
    overview.close()


def test_filters_are_folded_on_a_phone(browser: Browser, address: str) -> None:
    """On a phone one button opens the filters and tells how many are active; the first measure
    stands on the first screen."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + "massnahmen/?status=done&status=paused&feld=HF-01")
    button = page.get_by_role("button", name=re.compile("^Filter"))
    expect(button).to_have_text("Filtern und sortieren (2 aktiv)")
    title = page.locator("table.measures tbody tr:not([hidden]) th").first.bounding_box()
    assert title
    assert title["y"] + title["height"] < 740
    status = page.locator("[data-facet=status] summary")
    expect(status).to_be_hidden()
    expect(page.get_by_role("button", name="Termin")).to_be_hidden()
    button.click()
    expect(status).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Termin")).to_be_visible()
    page.close()


def test_every_column_sorts(overview: Page) -> None:
    """Each column sorts up and down by its button, and says so."""
    heads = overview.locator("table.measures thead th")
    for n in range(heads.count()):
        button = heads.nth(n).get_by_role("button")
        button.click()
        expect(heads.nth(n)).to_have_attribute("aria-sort", "ascending")
        first = overview.locator("table.measures tbody tr").first.inner_text()
        button.click()
        expect(heads.nth(n)).to_have_attribute("aria-sort", "descending")
        assert overview.locator("table.measures tbody tr").first.inner_text() != first
    overview.close()


def test_selection_downloads_as_csv(overview: Page) -> None:
    """What is shown comes in its order as CSV that a German Excel opens, with real columns."""
    choose(overview, "Handlungsfeld", "Bürgernahe Verwaltung")
    overview.locator("table.measures thead").get_by_role("button", name="Nr.").click()
    overview.locator("table.measures thead").get_by_role("button", name="Nr.").click()
    head, *rows = downloaded(overview)
    shown = overview.locator("table.measures tbody tr:not([hidden]) td:first-child")
    assert [row[head.index("Amtliche Nummer")] for row in rows] == shown.all_inner_texts()
    cells = dict(zip(head, next(row for row in rows if row[0] == "M-002"), strict=True))
    assert cells["Maßnahme"] == "Elektronische Akte einführen"
    assert cells["Status"] == "verzögert"
    assert cells["Geplanter Beginn"] == "2023-07-01"
    assert cells["Geplantes Ende"] == "2026-06-30"
    assert cells["Erwartetes Ende"] == "2027-12-31"
    assert cells["Termintreue"].startswith("überfällig seit 4\u00a0Monaten".replace("\u00a0", " "))
    assert cells["Fortschritt in Prozent"] == "51"
    assert cells["Mittel bewilligt"] == "1340000"
    assert cells["Federführung"] == "Fachbereich Zentrale Dienste und Personal"
    assert cells["Adresse"].endswith("/massnahmen/m-002/")
    overview.close()


def test_a_list_that_does_not_come_is_told(overview: Page) -> None:
    """Where the table can't be fetched, the list still filters, and the download says so."""
    overview.route("**/stand/massnahmen.csv", lambda route: route.abort())
    ask(overview, "DS-12")
    assert visible(overview) == 1
    overview.get_by_role("button", name=re.compile("CSV")).click()
    expect(overview.locator(".filters__count")).to_contain_text("lässt sich gerade nicht laden")
    overview.close()


def test_list_is_whole_without_scripts(browser: Browser, address: str) -> None:
    """Without JavaScript the list shows all measures and no dead controls."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "massnahmen/?status=done")
    assert page.locator("table.measures tbody tr").count() == 40
    expect(page.locator("form.filters")).to_be_hidden()
    assert page.locator("table.measures button").count() == 0
    expect(page.locator("table.measures caption")).to_be_visible()
    expect(page.get_by_role("link", name="Alle Maßnahmen als Tabelle")).to_be_visible()
    page.close()


@pytest.mark.parametrize("years", [7, 13])
def test_any_number_of_years_fits_a_phone(browser: Browser, address: str, years: int) -> None:
    """The axis of the schedule is as wide as the screen, and its years don't run together."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(address + "zeitplan/")
    shown = page.evaluate(
        """years => {
          for (const axis of document.querySelectorAll('.schedule__years')) {
            axis.replaceChildren(...Array.from({length: years}, (_, n) => {
              const year = document.createElement('span')
              year.textContent = 2022 + n
              return year
            }))
          }
          const seen = e => getComputedStyle(e).visibility === 'visible'
          const all = [...document.querySelector('.schedule__years').children].filter(seen)
          const range = document.createRange()
          return all.map(e => {
            range.selectNodeContents(e)
            const box = range.getBoundingClientRect()
            return [box.left, box.right]
          })
        }""",
        years,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(shown) == 7
    assert all(end < begin for (_, end), (begin, _) in pairwise(shown))
    page.close()


def test_rows_become_cards_on_a_phone(browser: Browser, address: str) -> None:
    """On a phone each measure is a card with labels, and still a table for screen readers."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address + "massnahmen/")
    row = page.locator("table.measures tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "flex"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Filtern und sortieren").click()
    assert page.get_by_role("table").get_by_role("row").count() == 41
    page.close()


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("massnahmen/", 768),
        ("handlungsfelder/hf-01/", 360),
        ("zeitplan/", 360),
        ("steuerung/", 360),
    ],
)
def test_lists_are_cards_where_they_have_no_room(
    browser: Browser, address: str, path: str, width: int
) -> None:
    """A list that is wider than its room is cards, none of which has to be moved sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + path)
    lists = page.locator(".as-cards")
    assert lists.count()
    for number in range(lists.count()):
        found = lists.nth(number)
        assert found.evaluate("e => e.scrollWidth <= e.clientWidth")
        row = found.locator("tbody tr").first
        assert row.evaluate("e => getComputedStyle(e).display") == "flex"
        labels = row.locator("td").evaluate_all(
            "all => all.map(e => getComputedStyle(e, '::before').content)"
        )
        assert all(label.endswith(': "') for label in labels)
        assert found.get_by_role("table").count() == 1
    page.close()


def test_a_list_with_room_is_a_table(browser: Browser, address: str) -> None:
    """On a desk, and on paper, lists have columns."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "massnahmen/")
    row = page.locator("table.measures tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "table-row"
    page.set_viewport_size({"width": 600, "height": 800})
    page.emulate_media(media="print")
    assert row.evaluate("e => getComputedStyle(e).display") == "table-row"
    page.close()


def test_schedule_shows_every_dated_measure(browser: Browser, address: str) -> None:
    """The schedule has a row for each measure, overdue time drawn, a key, and a zoom."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "zeitplan/")
    rows = page.locator(".schedule__table tbody tr")
    assert rows.count() == rows.locator("svg").count() == 40
    assert page.locator(".schedule__cell .schedule__bar--over").count() > 0
    assert page.locator(".schedule__key li").count() >= 9
    before = page.locator(".schedule__cell svg").first.get_attribute("viewBox")
    page.get_by_label("Zeitraum").select_option("2026")
    after = page.locator(".schedule__cell svg").first.get_attribute("viewBox")
    assert after != before
    expect(page.locator(".schedule__years").first.locator("span:visible")).to_have_count(1)
    page.close()


def test_a_year_is_a_year() -> None:
    """Days stand where they belong: a year is as long as the next, whatever its days."""
    assert place(dt.date(2024, 1, 1), 2024) == 0
    assert place(dt.date(2025, 1, 1), 2024) == 100
    assert place(dt.date(2024, 7, 2), 2024) == 50
    assert place(dt.date(2027, 12, 31), 2024) == 399.7


@pytest.mark.long
def test_thousand_measures_stay_light(thousand: BuiltSample) -> None:
    """The list of 1,000 measures weighs at most 200 kB compressed."""
    page = (thousand.site / "massnahmen/index.html").read_bytes()
    assert len(gzip.compress(page, 6)) <= 200_000


def test_sample_names_the_schedule_in_its_menu(sample: BuiltSample) -> None:
    """The menu leads to the schedule."""
    assert 'href="zeitplan/"' in (sample.site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-11-21", "2027-01-01", "2027-03-31"),
        ("2026-01-01", "2026-04-01", "2026-06-30"),
        ("2026-06-30", "2026-07-01", "2026-09-30"),
        ("2026-09-30", "2026-10-01", "2026-12-31"),
    ],
)
def test_next_quarter(day: str, first: str, last: str) -> None:
    """The next quarter begins after the one that the day is in."""
    found = next_quarter(dt.date.fromisoformat(day))
    assert [d.isoformat() for d in found] == [first, last]


def test_schedule_begins_with_what_comes_next(browser: Browser, address: str) -> None:
    """The schedule first lists, in order, what is due until the end of the next quarter."""
    page = browser.new_page()
    page.goto(address + "zeitplan/")
    days = page.locator("#was-als-naechstes-ansteht ~ .table-scroll").first.locator(
        "tbody td.nowrap"
    )
    exact = [day for day in days.all_inner_texts() if day[0].isdigit() and day.count(".") == 2]
    shown = [dt.datetime.strptime(day, "%d.%m.%Y").date() for day in exact]
    assert shown
    assert shown == sorted(shown)
    assert min(shown) >= dt.date(2026, 11, 21)
    assert max(shown) <= dt.date(2027, 3, 31)
    page.close()
