"""How citizens get news, see how old a page is, find its parts, and copy its words."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.subscriptions import has_dates
from tests.support.access import View, served
from tests.support.project import BuiltSample
from tests.support.some import first_of


def _page(sample: BuiltSample, url: str) -> html.HtmlElement:
    return html.parse(str(sample.site / url / "index.html")).getroot()


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("", "neues/strategie.atom"),
        ("massnahmen/m-012", "neues/massnahme-m-012.atom"),
        ("handlungsfelder/hf-01", "neues/feld-hf-01.atom"),
    ],
)
def test_news_are_offered_where_they_stand(sample: BuiltSample, url: str, feed: str) -> None:
    """Start page, measure and field lead to their feed and say in a sentence what a feed is."""
    page = _page(sample, url)
    (link,) = page.xpath("//p[contains(@class, 'subscribe')]/a[@type='application/atom+xml']")
    assert (sample.site / url / link.get("href")).resolve() == (sample.site / feed).resolve()
    assert "Ein Feed ist" in link.getparent().text_content()


def test_every_page_names_the_feed_in_its_head(sample: BuiltSample) -> None:
    """Readers of feeds find that of the strategy on whatever page they are given."""
    for url in ("", "massnahmen", "massnahmen/m-012", "suche"):
        (link,) = _page(sample, url).xpath("//head/link[@rel='alternate']")
        assert (sample.site / url / link.get("href")).is_file()


def test_the_calendar_stands_beside_dates(sample: BuiltSample) -> None:
    """The timetable and a measure's milestones lead to a calendar that is there."""
    for url in ("zeitplan", "massnahmen/m-012"):
        (link,) = _page(sample, url).xpath(
            "//p[contains(@class, 'subscribe')]/a[@type='text/calendar']"
        )
        assert (sample.site / url / link.get("href")).is_file()


def test_a_measure_has_a_calendar_where_one_was_written(sample: BuiltSample) -> None:
    """What pages take for a measure with dates is what the calendars are made from."""
    strategy = public(load(sample.root)).strategy
    written = {p.stem.removeprefix("massnahme-") for p in (sample.site / "termine").glob("m*.ics")}
    as_of = dt.date.fromisoformat(_page(sample, "").xpath("//footer//time")[0].get("datetime"))
    assert written == {m.id.lower() for m in strategy.measures if has_dates(strategy, m, as_of)}


@pytest.mark.parametrize(
    ("days", "shown"), first_of([(14, False), (16, True), (0, False), (400, True)], 2)
)
def test_an_old_page_says_so(sample: BuiltSample, browser: Browser, days: int, shown: bool) -> None:
    """From the fifteenth day on a page says that nobody has renewed it."""
    start = _page(sample, "").xpath("//footer//time")[0].get("datetime")
    context = browser.new_context(**View("light", 360).options())  # All its pages have one clock.
    page = context.new_page()
    page.clock.install(time=f"{start}T12:00:00Z")
    page.clock.fast_forward(days * 86_400_000)
    with served(sample.site) as address:
        page.goto(address + "massnahmen/m-012/")
        expect(page.locator(".kp-stale")).to_be_visible(visible=shown)
    context.close()


@pytest.mark.parametrize(
    ("url", "width", "shown"),
    [
        ("massnahmen/m-012/", 360, True),
        ("massnahmen/m-012/", 768, True),
        ("massnahmen/m-012/", 1280, False),
        ("umsetzung/", 1280, True),
    ],
)
def test_the_parts_of_a_page_are_listed(
    sample: BuiltSample, browser: Browser, url: str, width: int, shown: bool
) -> None:
    """Where no list of the headings stands beside a long page, one can be folded out above."""
    page = browser.new_page(**View("light", width).options())
    with served(sample.site) as address:
        page.goto(address + url)
        parts = page.locator("details.kp-contents")
        expect(parts).to_be_visible(visible=shown)
        if shown:
            parts.locator("summary").press("Enter")
            expect(parts.get_by_role("link").first).to_be_visible()
    page.close()


def test_copied_text_has_no_soft_hyphens(sample: BuiltSample, browser: Browser) -> None:
    """What is copied from a page with places to part is whole, as text and as markup."""
    page = browser.new_page(**View("light", 360).options())
    with served(sample.site) as address:
        page.goto(address + "barrierefreiheit/")
        copied = page.evaluate(
            "() => { getSelection().selectAllChildren(document.querySelector('article'));"
            " const data = new DataTransfer();"
            " const event = new ClipboardEvent('copy',"
            " {clipboardData: data, bubbles: true, cancelable: true});"
            " document.querySelector('article h1').dispatchEvent(event);"
            " return [getSelection().toString(), data.getData('text/plain'),"
            " data.getData('text/html')]; }"
        )
    page.close()
    selected, text, markup = copied
    assert "\xad" in selected
    assert text == selected.replace("\xad", "")
    assert markup
    assert "\xad" not in markup
