"""Everybody can use every page of the sample: rules, behaviour and layout in a real browser.

One page of each kind is looked at every time, by turns on a phone in light and on a desk in dark
colours; in the long run all pages in all six combinations of width and colours, and in forced
colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from klarplan.website.policy import integrity, with_script
from tests.support.access import (
    MOVING,
    SCHEMES,
    WIDTHS,
    View,
    Visitor,
    axe,
    crawl,
    one_of_each_kind,
    pages_of,
    served,
)
from tests.support.project import BuiltSample
from tests.support.some import first_of
from tests.support.weight import too_heavy

PHONE = View("light", 320)
DESK = View("dark", 1280)
VIEWS = [View(scheme, width) for scheme in SCHEMES for width in WIDTHS]
SHARES = 6
"""Parts in which all pages are seen, so that several processes can do it."""
LOOKS = """() => [...document.querySelectorAll('body *')].map(e => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return [e.localName, e.checkVisibility(), style.color, style.backgroundColor,
    Math.round(box.width), Math.round(box.height)].join(' ');
})"""


def some_kinds(paths: list[str]) -> list[str]:
    """A page of every third kind."""
    return one_of_each_kind(paths)[::3]


@pytest.fixture(scope="module")
def site(sample: BuiltSample) -> Iterator[str]:
    """The sample's site, compressed as a good host sends it."""
    with served(sample.site) as address:
        yield address


def test_axe_is_the_newest_that_can_be_had() -> None:
    """The rules are those of axe-core 4.12 or later."""
    version = axe().split("axe v")[1].split("\n")[0].split(".")
    assert version[0] == "4"
    assert int(version[1]) >= 12


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(0, id="phone-light"),
        pytest.param(1, id="desk-dark", marks=pytest.mark.long),
        pytest.param(2, id="phone-light-others", marks=pytest.mark.long),
    ],
)
def test_pages_of_each_kind_are_without_fault(
    browser: Browser, sample: BuiltSample, site: str, turn: int
) -> None:
    """One page of each kind breaks no rule of axe, its policy or its width, and asks nobody."""
    paths = one_of_each_kind(pages_of(sample.site))
    assert len(paths) > 20
    assert crawl(browser, site, paths[turn::3], [(PHONE, DESK)[turn % 2]]) == {}


@pytest.mark.long
@pytest.mark.turns(3)
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_without_fault(
    browser: Browser, sample: BuiltSample, site: str, share: int
) -> None:
    """No page breaks a rule of axe, its policy or its width, or asks or keeps anything."""
    paths = pages_of(sample.site)
    assert len(paths) > 100
    assert crawl(browser, site, paths[share::SHARES], VIEWS) == {}


@pytest.mark.parametrize(
    "view",
    [v if v in (PHONE, DESK) else pytest.param(v, marks=pytest.mark.long) for v in VIEWS],
    ids=lambda view: f"{view.scheme}-{view.width}",
)
def test_views_are_what_a_page_opened_in_them_shows(
    browser: Browser, site: str, view: View
) -> None:
    """A page that was opened in another view and then seen in this one looks the same."""
    first = VIEWS[0] if view != VIEWS[0] else VIEWS[-1]
    changed = Visitor(browser, site, first)
    changed.open("massnahmen/m-001/")
    changed.look(view)
    opened = Visitor(browser, site, view)
    opened.open("massnahmen/m-001/")
    assert changed.page.evaluate(LOOKS) == opened.page.evaluate(LOOKS)
    changed.close()
    opened.close()


@pytest.mark.long
def test_pages_hold_in_forced_colours(browser: Browser, sample: BuiltSample, site: str) -> None:
    """In the colours that a reader forces on all pages nothing is lost."""
    paths = one_of_each_kind(pages_of(sample.site))
    assert crawl(browser, site, paths, [PHONE], forced_colors="active") == {}


@pytest.mark.parametrize("scheme", first_of(SCHEMES))
def test_open_menu_is_without_fault(browser: Browser, site: str, scheme: str) -> None:
    """The menu of a phone, opened, breaks no rule and is not wider than the screen."""
    visitor = Visitor(browser, site, View(scheme, 320))
    page = visitor.open("umsetzung/")
    page.locator("button.kp-menu").click()
    page.locator("#kp-navigation").get_by_role("link", name="Maßnahmen").wait_for()
    assert [*visitor.behaviour(), *visitor.layout(), *visitor.rules()] == []
    visitor.close()


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone-light", "desk-dark"])
def test_open_search_is_without_fault(browser: Browser, site: str, view: View) -> None:
    """The search, opened and with hits, breaks no rule and is not wider than the screen."""
    visitor = Visitor(browser, site, view)
    page = visitor.open("")
    page.locator("button.kp-search-open").click()
    page.locator("#kp-search-words").fill("Schule")
    page.locator(".kp-search__link").first.wait_for()
    assert [*visitor.behaviour(), *visitor.layout(), *visitor.rules()] == []
    visitor.close()


def test_planted_movement_is_found(browser: Browser, site: str) -> None:
    """What moves or fades although readers want no movement is found."""
    visitor = Visitor(browser, site, PHONE, reduced_motion="reduce")
    page = visitor.open("massnahmen/m-001/")
    assert page.evaluate(MOVING) == []
    page.evaluate("document.querySelector('h1').style.setProperty('transition', '1s', 'important')")
    assert len(page.evaluate(MOVING)) == 1
    visitor.close()


def test_header_leaves_room_when_zoomed(browser: Browser, site: str) -> None:
    """At 400 % zoom on a laptop (320 × 256 px) no bar stays over the text while scrolling."""
    visitor = Visitor(browser, site, View("light", 320, 256))
    page = visitor.open("massnahmen/m-001/")
    page.evaluate("scrollTo(0, 600)")
    assert page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom") <= 0
    visitor.close()


@pytest.mark.parametrize("chosen", [some_kinds, pytest.param(list, marks=pytest.mark.long)])
def test_content_needs_no_script(
    sample: BuiltSample, site: str, browser: Browser, chosen: Callable[[list[str]], list[str]]
) -> None:
    """Without JavaScript each page shows all its content, and menu and search are links."""
    page = browser.new_page(java_script_enabled=False, **PHONE.options())
    for path in chosen(pages_of(sample.site)):
        page.goto(site + path)
        assert page.locator("main h1").is_visible(), path
        hidden = page.locator(
            "main [hidden]:not(.md-sidebar):not(button):not(.screen-only):not(.kp-stale)"
            ":not(:has(select))"
        ).count()
        assert hidden == 0, path
    page.goto(site)
    page.locator("a.kp-menu").click()
    page.locator("#kp-navigation").get_by_role("link", name="Maßnahmen").click()
    assert page.url == site + "massnahmen/"
    assert page.locator("table tbody tr").count() >= 40
    page.close()


@dataclass(frozen=True)
class Planted:
    """A fault put into a good page, and the word by which it must be found."""

    old: str
    new: str
    found: str


HEAD, END = "</head>", "</main>"
SCRIPT_FAULTS = {
    "cookie": "document.cookie = 'a=1'",
    "kept in the browser": "localStorage.setItem('a', '1')",
    "script:": "throw new Error('x')",
    "foreign request": "fetch('http://127.0.0.2:9/x').catch(() => {})",
    "policy:": "fetch('http://127.0.0.2:9/x').catch(() => {})",
}
PLANTED = {
    "alt removed": Planted(END, "<img src='/assets/bilder/symbol-48.png'>" + END, "image-alt"),
    "contrast": Planted(END, "<p class='faint'>Kaum zu lesen</p>" + END, "color-contrast"),
    "nameless dialog": Planted(END, "<div role='dialog'>x</div>" + END, "aria-dialog-name"),
    "nameless button": Planted(END, "<button></button>" + END, "button-name"),
    "skipped heading": Planted(END, "<h6>Zu tief</h6>" + END, "heading-order"),
    "second main": Planted(END, "</main><main>x</main>", "landmark-no-duplicate-main"),
    "inline script": Planted(HEAD, "<script>alert(1)</script>" + HEAD, "policy: script-src"),
    "inline style": Planted(END, "<p style='color:red'>x</p>" + END, "policy: style-src"),
    "foreign image": Planted(
        END, "<img alt='' src='http://127.0.0.2:9/x.png'>" + END, "policy: img"
    ),
    "too wide": Planted(END, "<p class='wide'>x</p>" + END, "sideways by"),
    "wide with spacing": Planted(END, "<p class='snug'>Maßnahmenübersicht</p>" + END, "spacing"),
    "clipped": Planted(END, "<p class='cut'>Ein Text, der Platz braucht</p>" + END, "clipped"),
    "small target": Planted(END, "<button class='tiny'>x</button>" + END, "target"),
}


def plant(page_text: str, fault: Planted) -> str:
    """A page with a fault in it."""
    assert fault.old in page_text
    return page_text.replace(fault.old, fault.new, 1)


def find_planted(browser: Browser, built: BuiltSample, change: Callable[[str], str]) -> list[str]:
    """The faults of a measure's page after a change of its text."""
    text = change((built.site / "massnahmen/m-1/index.html").read_text("utf-8"))
    css = (
        ".faint{color:#999;background:#aaa}.wide{width:2000px}.tiny{width:9px;height:9px;padding:0}"
        ".snug{font:16px monospace;width:max-content;position:absolute;left:125px}"
        ".cut{height:12px;overflow:hidden;line-height:12px;font-size:10px;width:9em}"
    )
    files = {"planted.css": ("text/css", css)}
    for number, code in enumerate(SCRIPT_FAULTS.values()):
        files[f"planted-{number}.js"] = ("text/javascript", code)

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind, content = files.get(name, ("text/html; charset=utf-8", text))
        route.fulfill(body=content, content_type=kind)

    link = '<link rel="stylesheet" href="planted.css"></head>'
    text = text.replace(HEAD, link, 1)
    with served(built.site) as address:
        visitor = Visitor(browser, address, PHONE)
        for pattern in ("**/m-1/", "**/planted*"):
            visitor.page.route(pattern, answer)
        found = visitor.faults("massnahmen/m-1/")
        visitor.close()
    return found


def test_page_for_planting_is_good(browser: Browser, minimal: BuiltSample) -> None:
    """The page that faults are planted in has none of its own."""
    assert find_planted(browser, minimal, lambda text: text) == []


@pytest.mark.parametrize("name", first_of(PLANTED))
def test_planted_fault_is_found(browser: Browser, minimal: BuiltSample, name: str) -> None:
    """Each kind of fault, put into a good page, is found."""
    found = find_planted(browser, minimal, lambda text: plant(text, PLANTED[name]))
    assert any(PLANTED[name].found in fault for fault in found), found


@pytest.mark.parametrize("kind", first_of(SCRIPT_FAULTS))
def test_planted_misbehaviour_is_found(browser: Browser, minimal: BuiltSample, kind: str) -> None:
    """A script that keeps something, fails, or talks to another host is found out."""
    known = integrity(SCRIPT_FAULTS[kind].encode())
    name = f"planted-{list(SCRIPT_FAULTS).index(kind)}.js"
    script = f'<script src="{name}" integrity="{known}"></script></body>'

    def change(text: str) -> str:
        if kind == "foreign request":  # which the policy would stop
            text = text.replace('http-equiv="Content-Security-Policy"', 'name="none"', 1)
        text = with_script(text.encode(), known).decode()
        return text.replace("</body>", script, 1)

    assert any(kind in fault for fault in find_planted(browser, minimal, change))


def some(paths: list[str], number: int = 60) -> list[str]:
    """An even sample of pages, with one of each kind."""
    chosen = one_of_each_kind(paths)[:number]
    others = [path for path in paths if path not in chosen]
    wanted = min(number - len(chosen), len(others))
    return chosen + [others[n * len(others) // wanted] for n in range(wanted)]


def faults_of_some(browser: Browser, site: Path) -> dict[str, list[str]]:
    """What is wrong with 60 pages of a site on a phone in light colours, their weight included."""
    paths = some(pages_of(site))
    assert len(paths) == 60
    with served(site) as address:
        found = crawl(browser, address, paths, [PHONE])
    heavy = too_heavy(browser, site, paths)
    return found | {path: [f"{sent} bytes"] for path, sent in heavy.items()}


@pytest.mark.long
def test_large_strategy_is_without_fault(browser: Browser, thousand: BuiltSample) -> None:
    """60 pages of a strategy of 1,000 measures are without fault, and light."""
    assert faults_of_some(browser, thousand.site) == {}


@pytest.mark.long
def test_imported_strategy_is_without_fault(browser: Browser, imported: BuiltSample) -> None:
    """60 pages of a strategy imported from a real city's workbook are without fault, and light."""
    assert faults_of_some(browser, imported.site) == {}
