"""Ten questions of a citizen, each answered within three clicks or by one search."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect


class Visit:
    """A citizen on the start page, whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Locator) -> None:
        """One click; a fourth would be too many."""
        self.clicks += 1
        assert self.clicks <= 3
        target.first.click()

    def menu(self, name: str) -> None:
        """Click an entry of the main menu."""
        self.click(self.page.locator(".md-tabs").get_by_role("link", name=name, exact=True))

    def side(self, name: str) -> None:
        """Click an entry of the menu beside the text."""
        sidebar = self.page.locator(".md-sidebar--primary")
        self.click(sidebar.get_by_role("link", name=name, exact=True))

    @property
    def text(self) -> Locator:
        """The content of the page."""
        return self.page.locator("article")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit to the start page on a wide screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    yield Visit(page)
    page.close()


def test_what_is_the_goal(visit: Visit) -> None:
    """What is the goal?"""
    visit.menu("Strategie")
    visit.side("Ziele")
    expect(visit.text).to_contain_text("Digitale Angebote erleichtern den Alltag aller Menschen")


def test_which_measures_are_late_and_why(visit: Visit) -> None:
    """Which measures are late, and why?"""
    visit.menu("Umsetzung")
    late = visit.text.locator("ul.cases > li").filter(has_text="Elektronische Akte einführen")
    expect(late.first).to_contain_text("überfällig")
    expect(late.first).to_contain_text("Grund:")


def test_what_happens_for_schools(visit: Visit) -> None:
    """What happens for schools?"""
    visit.click(visit.text.get_by_role("link", name="Bildung und Schulen"))
    expect(visit.text.get_by_role("link", name="WLAN in allen Klassenräumen").first).to_be_visible()


def test_what_does_it_cost_and_who_pays(visit: Visit) -> None:
    """What does it cost, and who pays?"""
    visit.menu("Umsetzung")
    visit.side("Ressourcen")
    expect(visit.text).to_contain_text("Geld nach Jahren")
    expect(visit.text).to_contain_text("Woher das Geld kommt")
    expect(visit.text).to_contain_text("Bund")


def test_who_decides(visit: Visit) -> None:
    """Who decides?"""
    visit.menu("Umsetzung")
    visit.side("Steuerung")
    expect(visit.text.get_by_role("heading", name=re.compile("Gremien"))).to_be_visible()
    expect(visit.text.locator("table").first).to_contain_text("Rat")


def test_what_became_of_proposals(visit: Visit) -> None:
    """What became of the citizens' proposals?"""
    visit.menu("Beteiligung")
    expect(visit.text).to_contain_text("Was aus den Beiträgen wurde")
    expect(visit.text).to_contain_text("nicht übernommen")


def test_what_was_stopped(visit: Visit) -> None:
    """What was stopped?"""
    visit.menu("Strategie")
    visit.side("Maßnahmen")
    status = visit.page.locator("[data-facet=status]")
    status.locator("summary").click()
    status.get_by_label("eingestellt", exact=True).check()
    rows = visit.page.locator("table.measures tbody tr:not([hidden])")
    expect(rows).to_have_count(4)
    visit.click(rows.get_by_role("link"))
    expect(visit.text).to_contain_text("eingestellt")


def test_what_comes_next_quarter(visit: Visit) -> None:
    """What comes next quarter?"""
    visit.menu("Umsetzung")
    visit.side("Zeitplan")
    expect(visit.text.get_by_role("heading", name=re.compile("Was als Nächstes"))).to_be_visible()
    expect(visit.text.locator("table").first).to_contain_text(".2027")


def test_how_does_the_town_compare_with_its_targets(visit: Visit) -> None:
    """How does my town compare with its own targets?"""
    visit.menu("Strategie")
    visit.side("Kennzahlen")
    card = visit.text.get_by_role("listitem").filter(has_text="Online verfügbare Leistungen")
    expect(card).to_contain_text("57\u00a0%")
    expect(card).to_contain_text("100\u00a0%")
    expect(card).to_contain_text("auf Kurs")


def test_where_to_complain_about_a_barrier(visit: Visit) -> None:
    """Where can I complain about a barrier?"""
    visit.click(visit.page.get_by_role("contentinfo").get_by_role("link", name="Barriere melden"))
    expect(visit.text).to_contain_text("digitalisierung@musterstadt.example")
    expect(visit.text).to_contain_text("Durchsetzungsstelle")
