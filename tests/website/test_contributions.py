"""What became of contributions: each has an address, is found by its outcome, and fits a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support.brief import baker_of, content, minimal, tables
from tests.support.project import REPOSITORY, BuiltSample


@pytest.fixture
def contributions(browser: Browser, address: str) -> Iterator[Page]:
    """The page on taking part, on a wide screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "beteiligung/")
    yield page
    page.close()


def shown(page: Page) -> Locator:
    """The contributions that are shown."""
    return page.locator("table[data-filterable] tbody tr:not([hidden])")


def test_every_contribution_has_an_address(
    sample: BuiltSample, browser: Browser, address: str
) -> None:
    """Behind ``#`` stands its id, which also is a link, so that it can be passed on."""
    text = (sample.site / "beteiligung" / "index.html").read_text("utf-8")
    rows = public(load(REPOSITORY)).strategy.feedback
    assert rows
    for row in rows:
        anchor = f"beitrag-{row.id.lower()}"
        assert text.count(f'id="{anchor}"') == 1
        assert f'<a href="#{anchor}">{row.id}</a>' in text
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + "beteiligung/#beitrag-fb-20")
    box = page.locator("#beitrag-fb-20").bounding_box()
    assert box
    assert 0 <= box["y"] < 740
    page.close()


def test_contributions_are_found_by_what_became_of_them(contributions: Page) -> None:
    """Several outcomes at once; each choice stands in the address and „Back“ undoes it."""
    facet = contributions.locator("[data-facet=ergebnis]")
    facet.locator("summary").click()
    facet.get_by_label("nicht übernommen", exact=True).check()
    expect(shown(contributions)).to_have_count(3)
    expect(contributions.locator(".filters__count")).to_have_text("3 von 30 Beiträgen")
    facet.get_by_label("noch offen", exact=True).check()
    expect(shown(contributions)).to_have_count(6)
    expect(contributions).to_have_url(re.compile(r"\?ergebnis=rejected&ergebnis=open$"))
    contributions.go_back()
    expect(shown(contributions)).to_have_count(3)
    contributions.keyboard.press("Escape")
    contributions.get_by_role("button", name="Alle zurücksetzen").first.click()
    expect(shown(contributions)).to_have_count(30)
    expect(contributions.locator("table[data-filterable] button")).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("fb-7", "Führt bitte Wahlen"),
        ("Rollstuhlfahrer", "Vorlesetaste"),
        ("jugendforum handys", "Kann man Handys"),
        ("oeffnet", "Öffnet die Lernwerkstatt"),
    ],
)
def test_a_contribution_is_found_by_its_words(contributions: Page, asked: str, found: str) -> None:
    """Number, words of contribution and reply, and the event find it; „oe“ finds „ö“."""
    contributions.locator("#filter-text").fill(asked)
    expect(shown(contributions)).to_have_count(1)
    expect(shown(contributions)).to_contain_text(found)


def test_no_contribution_says_what_to_do(contributions: Page) -> None:
    """A search without hits says so and offers to begin again."""
    contributions.locator("#filter-text").fill("xyzzy")
    told = contributions.locator(".filters__none")
    expect(told).to_contain_text("Kein Beitrag passt")
    told.get_by_role("button").click()
    expect(shown(contributions)).to_have_count(30)


def test_contributions_are_cards_on_a_phone(browser: Browser, address: str) -> None:
    """Each is a card with labels, as wide as the screen, and a table for screen readers."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + "beteiligung/")
    row = shown(page).first
    assert row.evaluate("e => getComputedStyle(e).display") == "flex"
    labels = row.locator("td").evaluate_all(
        "all => all.map(e => getComputedStyle(e, '::before').content)"
    )
    assert [re.sub("[^a-zA-Zäöüß]", "", label) for label in labels] == [
        "Antwort",
        "Ergebnis",
        "Maßnahme",
    ]
    box = row.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Filtern").click()
    expect(page.get_by_text("Sortieren nach")).to_have_count(0)
    page.close()


def test_a_phone_shows_a_few_and_more_at_a_touch(browser: Browser, address: str) -> None:
    """The list begins with eight; a button shows more, as does the address of one, and the filters
    go through all of them."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + "beteiligung/")
    expect(shown(page)).to_have_count(8)
    expect(page.get_by_role("status").filter(has_text="30 von 30 Beiträgen")).to_be_visible()
    more = page.get_by_role("button", name="Weitere Beiträge zeigen (noch 22)")
    more.click()
    expect(shown(page)).to_have_count(16)
    page.locator("#filter-text").fill("chatbot")
    expect(shown(page)).to_have_count(1)
    expect(page.locator(".list__more")).to_be_hidden()
    page.goto(address + "beteiligung/#beitrag-fb-30")
    expect(page.locator("#beitrag-fb-30")).to_be_in_viewport()
    page.close()


def test_a_wide_screen_shows_all(contributions: Page) -> None:
    """Where there is room, all stand there, without a button."""
    expect(shown(contributions)).to_have_count(30)
    expect(contributions.locator(".list__more")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("beteiligung/", "Beiträge nach Ergebnis"),
        ("ressourcen/", "Mittel nach Jahren"),
        ("umsetzung/", "Ausgegebene Mittel nach Handlungsfeldern"),
    ],
)
def test_what_a_chart_says_is_not_said_again_below_it(
    browser: Browser, address: str, path: str, table: str
) -> None:
    """The table of a chart's numbers is folded below it, and open in print."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + path)
    found = page.locator("table", has=page.locator("caption", has_text=table))
    expect(found).to_have_count(1)
    expect(found).to_be_hidden()
    page.locator("details.values", has=found).locator("summary").click()
    expect(found).to_be_visible()
    page.close()


def test_all_contributions_are_there_without_scripts(browser: Browser, address: str) -> None:
    """Without JavaScript all stand there, and no dead controls."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "beteiligung/?ergebnis=rejected")
    expect(shown(page)).to_have_count(30)
    expect(page.locator("form.filters")).to_be_hidden()
    page.close()


def told(root: Path, outcomes: tuple[str, ...]) -> str:
    """The page on taking part of a small strategy with a contribution for each outcome."""
    minimal(root)
    rows = [
        {"id": f"FB-{n}", "contribution": f"Wunsch {n}", "answer": "", "outcome": outcome}
        for n, outcome in enumerate(outcomes)
    ]
    tables(root, {"feedback": rows})
    baker = baker_of(root)
    page = next(page for page in baker.pages() if page.kind == "participation")
    return str(content(baker, page).text_content())


def test_one_outcome_needs_no_filter(tmp_path: Path) -> None:
    """Where all came to the same there is nothing to choose; without an outcome it is open."""
    text = told(tmp_path, ("", "open"))
    assert "Beiträge filtern" not in text
    assert "Suchen nach" not in text
    assert text.count("noch offen") >= 2


def test_an_outcome_of_ones_own_is_a_choice(tmp_path: Path) -> None:
    """What the schema does not know is offered as it was written."""
    text = told(tmp_path, ("adopted", "vertagt"))
    assert text.count("vertagt") >= 2
