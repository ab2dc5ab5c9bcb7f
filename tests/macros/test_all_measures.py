"""The list of measures and the schedule: filtered, sorted, shared, downloaded, and plain."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.all_measures import next_quarter
from macros.timetable import place
from tests.support.project import BuiltSample


def visible(page: Page) -> int:
    """How many measures are shown."""
    return page.locator("table.measures tbody tr:not([hidden])").count()


@pytest.fixture
def overview(browser: Browser, address: str) -> Page:
    """The list of measures on a wide screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page.goto(address + "massnahmen/")
    return page


def test_filters_narrow_the_list_and_tell_the_number(overview: Page) -> None:
    """Choosing a field and a status shows fewer measures and announces how many."""
    count = overview.get_by_role("status").filter(has_text="Maßnahmen")
    expect(count).to_have_text("40 von 40 Maßnahmen")
    overview.locator("form.filters").get_by_label("Handlungsfeld").select_option(
        label="Bildung und Schulen"
    )
    field = visible(overview)
    assert 0 < field < 40
    expect(count).to_have_text(f"{field} von 40 Maßnahmen")
    overview.locator("form.filters").get_by_label("Termintreue").select_option(label="überfällig")
    assert 0 < visible(overview) < field
    overview.close()


def test_a_place_finds_measures_of_smaller_places(overview: Page) -> None:
    """Choosing a place shows also what happens in places within it, and a smaller one less."""
    places = overview.locator("form.filters").get_by_label("Ort")
    places.select_option(label="Kernstadt")
    whole = visible(overview)
    places.select_option(label="– Innenstadt")
    assert 0 < visible(overview) < whole
    overview.close()


def test_a_field_finds_measures_that_another_one_leads(overview: Page) -> None:
    """Choosing a field shows also measures for which it is a further one."""
    fields = overview.locator("form.filters").get_by_label("Handlungsfeld")
    fields.select_option(label="Wirtschaft und Netzausbau")
    expect(overview.get_by_role("link", name="Schulen an das Glasfasernetz")).to_be_visible()
    overview.close()


def test_filters_can_be_shared_and_reset(overview: Page) -> None:
    """Filters stand in the address; opened again it shows the same, and one button clears all."""
    overview.locator("form.filters").get_by_label("Status", exact=True).select_option("done")
    overview.locator("form.filters").get_by_label(re.compile("^Suchen")).fill("burgerburo")
    expect(overview).to_have_url(
        re.compile(r"status=done.*text=burgerburo|text=burgerburo.*status=done")
    )
    shown = visible(overview)
    assert shown == 1
    overview.goto(overview.url)
    assert visible(overview) == shown
    expect(overview.locator("form.filters").get_by_label("Status", exact=True)).to_have_value(
        "done"
    )
    overview.get_by_role("button", name="Alle zurücksetzen").click()
    expect(overview).to_have_url(re.compile(r"massnahmen/$"))
    assert visible(overview) == 40
    overview.close()


@pytest.mark.parametrize(
    "name", ["feld", "ziel", "status", "termin", "organisation", "jahr", "wirkung"]
)
def test_every_choice_has_hits(overview: Page, name: str) -> None:
    """Each choice of each filter shows at least one measure."""
    select = overview.locator(f"#filter-{name}")
    for value in select.locator("option").evaluate_all("all => all.map(o => o.value)"):
        select.select_option(value)
        assert visible(overview) > 0, (name, value)
    overview.close()


def test_no_hit_is_said(overview: Page) -> None:
    """A search without hits says so."""
    overview.locator("form.filters").get_by_label(re.compile("^Suchen")).fill("xyzzy")
    expect(overview.get_by_text("Keine Maßnahme passt zu dieser Auswahl.")).to_be_visible()
    overview.close()


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
    """The filtered rows come as CSV that a German Excel opens, with address."""
    overview.locator("form.filters").get_by_label("Handlungsfeld").select_option(
        label="Bildung und Schulen"
    )
    with overview.expect_download() as download:
        overview.get_by_role("button", name=re.compile("CSV")).click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["Nr.", "Maßnahme", "Handlungsfeld"]
    assert len(rows) - 1 == visible(overview)
    assert all("Bildung und Schulen" in row[2] for row in rows[1:])
    assert all("/massnahmen/m-" in row[-1] for row in rows[1:])
    overview.close()


def test_list_is_whole_without_scripts(browser: Browser, address: str) -> None:
    """Without JavaScript the list shows all measures and no dead controls."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "massnahmen/?status=done")
    assert page.locator("table.measures tbody tr").count() == 40
    expect(page.locator("form.filters")).to_be_hidden()
    assert page.locator("table.measures button").count() == 0
    context.close()


def test_rows_become_cards_on_a_phone(browser: Browser, address: str) -> None:
    """On a phone each measure is a card with labels, and still a table for screen readers."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address + "massnahmen/")
    row = page.locator("table.measures tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "flex"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("table").get_by_role("row").count() == 41
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
    shown = [dt.datetime.strptime(d, "%d.%m.%Y").date() for d in days.all_inner_texts()]
    assert shown
    assert shown == sorted(shown)
    assert min(shown) >= dt.date(2026, 11, 21)
    assert max(shown) <= dt.date(2027, 3, 31)
    page.close()
