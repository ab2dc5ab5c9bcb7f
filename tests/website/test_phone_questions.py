"""Questions of a citizen on a phone, each answered on the first or second screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

FARTHEST = 1600
"""So many pixels below where a link of the start page leads an answer may begin."""


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The start page on a phone of 360 pixels, as who asks sees it first."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(address)
    yield page
    page.close()


def follow(page: Page, name: str | re.Pattern[str], *, within: str = "article") -> None:
    """Touch a link of the start page; what it leads to stands at the top of the screen."""
    before = page.url
    page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
    expect(page).not_to_have_url(before)
    page.wait_for_load_state()


def answered(answer: Locator) -> None:
    """The answer stands at most two screens below what is on the screen now."""
    expect(answer.first).to_be_visible()
    box = answer.first.bounding_box()
    assert box
    assert -1 <= box["y"] <= FARTHEST, f"the answer begins {box['y']:.0f} pixels further down"


def test_what_is_late_and_why(phone: Page) -> None:
    """What is late, and why?"""
    figure = phone.locator(".glance__item--late a")
    figure.click()
    answered(phone.locator("ul.cases > li").filter(has_text="Grund:"))


def test_how_much_of_the_approved_money_is_spent(phone: Page) -> None:
    """How much of the approved money is spent?"""
    phone.locator(".glance__item", has_text="ausgegeben").get_by_role("link").click()
    answered(phone.locator("p.standing", has_text=re.compile(r"von .* bewilligt.*66\s%")))


def test_who_is_responsible(phone: Page) -> None:
    """Who is responsible for a measure, and how do I reach them?"""
    follow(phone, "Fortbildungen für Lehrkräfte")
    lead = phone.locator(".now div", has=phone.locator("dt", has_text="Zuständig"))
    answered(lead)
    answered(lead.locator("a[href^='mailto:']"))


def test_what_changed_since_the_last_report(phone: Page) -> None:
    """What changed since the last report?"""
    follow(phone, re.compile("neu verzögert oder überfällig"))
    section = phone.locator("#seit-dem-letzten-bericht ~ ul, #seit-dem-letzten-bericht ~ div")
    answered(section.get_by_role("link"))


def test_what_became_of_my_contribution(phone: Page) -> None:
    """What became of my contribution?"""
    follow(phone, "Was aus Vorschlägen wurde")
    first = phone.locator("[id^='beitrag-']").first
    answered(first.locator("td"))
    answered(first.locator(".outcome"))
    phone.locator("#filter-text").fill("chatbot")
    own = phone.locator("[id^='beitrag-']:not([hidden])")
    expect(own).to_have_count(1)
    answered(own.locator(".outcome"))
    expect(own).to_contain_text("abgeschaltet")


def test_what_happens_in_my_place(phone: Page) -> None:
    """What happens in my Ortsteil?"""
    follow(phone, "In Ihrem Ortsteil")
    answered(phone.locator("h2 ~ ul.cases > li").first.locator(".badge"))
    phone.get_by_role("navigation", name="Orte").get_by_role("link", name="Oberlohe").click()
    here = phone.locator("#ort-o-04 ~ ul.cases").first.locator("li").first
    answered(here.locator(".badge"))
    expect(here).to_contain_text("Glasfaser")
    around = phone.locator("#ort-o-04 + p").get_by_role("link", name="Ortsteile")
    answered(around)


def test_how_do_i_get_news(phone: Page) -> None:
    """How do I get news?"""
    phone.evaluate("location.hash = 'neues-aus-den-massnahmen'")
    answered(phone.get_by_role("link", name="Neues abonnieren"))


def test_what_does_delayed_mean(phone: Page) -> None:
    """What does „verzögert“ mean?"""
    badge = phone.locator("ul.news li", has=phone.locator(".badge--delayed"))
    badge.first.get_by_role("link").first.click()
    answered(phone.locator(".lead__status .lead__meaning"))
    expect(phone.locator(".lead__status")).to_contain_text("verzögert")


def test_what_was_stopped_and_why(phone: Page) -> None:
    """What was stopped, and why?"""
    follow(phone, re.compile("eingestellt"))
    case = phone.locator("#was-eingestellt-wurde ~ ul.cases > li").first
    answered(case)
    answered(case.get_by_text("Was behindert hat:"))


def test_what_comes_next(phone: Page) -> None:
    """What comes next?"""
    phone.get_by_role("button", name="Menü").click()
    follow(phone, "Zeitplan", within="#kp-navigation")
    answered(phone.locator("#was-als-naechstes-ansteht ~ .table-scroll tbody tr"))


def test_how_does_a_measure_stand_that_i_know_by_its_number(phone: Page) -> None:
    """How does DS-30 stand?"""
    follow(phone, "Alle Maßnahmen ansehen")
    phone.locator("#filter-text").fill("ds30")
    row = phone.locator("table.measures tbody tr:not([hidden])")
    expect(row).to_have_count(1)
    answered(row.locator(".badge"))
