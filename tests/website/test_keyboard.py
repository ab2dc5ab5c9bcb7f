"""The keyboard alone reaches and works everything, in the order in which it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from tests.support.access import View, Visitor, one_of_each_kind, pages_of, served
from tests.support.project import BuiltSample
from tests.support.some import first_of

VIEWS = [View("light", 320), View("dark", 1280)]
FEW = 4
"""So many pages are walked through every time."""

EXPECTED = """() => {
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const usable = [...document.querySelectorAll(all)].filter(e => e.tabIndex >= 0 && !e.disabled
    && e.checkVisibility({visibilityProperty: true}) && !e.closest('[inert]')
    && !(e.type === 'radio' && !e.checked
      && document.querySelector(`input[name="${e.name}"]:checked`)));
  usable.forEach((e, n) => { e.dataset.stop = n; });
  return usable.map(e => e.outerHTML.slice(0, 100));
}"""

KINDS = """() => [...document.querySelectorAll('[data-stop]')].map(e =>
  [e, e.parentElement].map(p => [p.localName, ...p.classList].join('.')).join(' < '))"""
"""The kinds of what Tab should reach: what it is and what it stands in; asked after EXPECTED."""

WATCH = """() => {
  window.__focused = [];
  const focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const inner = e.getClientRects()[0] ?? box;
    const seen = document.elementFromPoint(
      Math.min(Math.max(inner.x + inner.width / 2, 1), innerWidth - 1),
      Math.min(Math.max(inner.y + inner.height / 2, 1), innerHeight - 1));
    const zone = e.closest('dialog, header.md-header, .md-tabs, .md-sidebar, .md-content, footer');
    return {
      stop: e.dataset.stop === undefined ? -1 : Number(e.dataset.stop),
      html: e.outerHTML.slice(0, 100),
      zone: zone ? zone.className || zone.localName : '',
      left: box.left + scrollX, top: box.top + scrollY,
      right: box.right + scrollX, bottom: box.bottom + scrollY,
      ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      covered: !(seen && (e.contains(seen) || seen.contains(e))),
    };
  };
  addEventListener('keyup', () => window.__focused.push(focused()), true);
}"""
"""Notes after each key where the focus is; asking from outside each time took twice as long."""


def walk(page: Page) -> list[str]:
    """Press Tab through a page; returns what is unreachable, out of order, covered or unmarked."""
    expected: list[str] = page.evaluate(EXPECTED)
    page.evaluate(WATCH)
    for _ in range(len(expected) + 1):
        page.keyboard.press("Tab")
    found: list[str] = []
    reached: set[int] = set()
    before: dict[str, Any] | None = None
    for now in page.evaluate("window.__focused"):
        if now is None:
            break
        if before and now["html"] == before["html"] and now["top"] == before["top"]:
            found.append(f"trap: {now['html']}")
            break
        if now["stop"] in reached:
            break
        reached.add(now["stop"])
        if not now["ring"]:
            found.append(f"focus not visible: {now['html']}")
        if now["covered"]:
            found.append(f"focus covered: {now['html']}")
        if before and before["zone"] == now["zone"] and _goes_back(before, now):
            found.append(f"order: {before['html']} before {now['html']}")
        before = now
    missed = set(range(len(expected))) - reached
    return found + [f"not reached: {expected[number]}" for number in sorted(missed)]


def _goes_back(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the focus moved up, other than to the top of a column further right."""
    up = bool(now["bottom"] <= before["top"] + 1)
    return up and now["left"] < before["right"] - 1


@pytest.fixture(scope="module")
def site(sample: BuiltSample) -> Iterator[str]:
    """The sample's site."""
    with served(sample.site) as address:
        yield address


def richest(site: Path, paths: list[str]) -> list[str]:
    """The few pages that together have the most kinds of controls, the richest first."""
    left = {path: written_kinds(site / path) for path in paths}
    chosen = list[str]()
    for _ in range(FEW):
        chosen.append(max(left, key=lambda path: len(left[path])))
        known = left.pop(chosen[-1])
        left = {path: kinds - known for path, kinds in left.items()}
    return chosen


def written_kinds(page: Path) -> set[str]:
    """The kinds of controls in the text of a page, about as KINDS tells them of those seen."""
    file = page / "index.html" if page.is_dir() else page
    found = html.fromstring(file.read_bytes()).xpath(
        "//*[self::a[@href] or self::button or self::input or self::select or self::textarea"
        " or self::summary or @tabindex]"
    )
    return {
        " < ".join(f"{e.tag}.{e.get('class', '')}" for e in (one, one.getparent())) for one in found
    }


@pytest.mark.parametrize(
    ("view", "every_page"),
    [
        pytest.param(VIEWS[0], False, id="phone-light"),
        pytest.param(VIEWS[0], True, id="phone-light-each-kind-of-page", marks=pytest.mark.long),
        pytest.param(VIEWS[1], True, id="desk-dark", marks=pytest.mark.long),
    ],
)
def test_tab_reaches_everything_in_order(
    sample: BuiltSample, site: str, browser: Browser, view: View, every_page: bool
) -> None:
    """Tab reaches each link and control of a page, visibly, in order, to the end.

    Every time on the few pages that together have the most kinds of controls, in the long run on
    one page of each kind.
    """
    visitor = Visitor(browser, site, view, reduced_motion="reduce")
    wrong, known = {}, set[str]()
    paths = one_of_each_kind(pages_of(sample.site))
    for path in paths if every_page else richest(sample.site, paths):
        page = visitor.open(path)
        page.evaluate(EXPECTED)
        known |= set(page.evaluate(KINDS))
        if found := walk(page):
            wrong[path] = found
    visitor.close()
    assert len(known) > 20
    assert wrong == {}


@pytest.mark.parametrize(
    ("script", "kind"),
    first_of(
        [
            (
                "addEventListener('keydown', e => e.key === 'Tab' && e.preventDefault())",
                "not reached",
            ),
            (
                "addEventListener('focusin', e => e.target.closest('.crumbs') &&"
                " document.querySelector('.kp-brand').focus())",
                "not reached",
            ),
            (
                "addEventListener('keydown', e => document.activeElement.closest('.crumbs')"
                " && e.preventDefault())",
                "trap",
            ),
            (
                "document.querySelector('.crumbs').style.cssText ="
                " 'position:absolute;top:2000px;right:0'",
                "order",
            ),
            (
                "document.querySelector('article a').style"
                ".setProperty('outline', 'none', 'important')",
                "focus not visible",
            ),
            (
                "document.querySelector('.md-header').style.cssText ="
                " 'position:fixed;inset:0;z-index:99'",
                "focus covered",
            ),
        ]
    ),
    ids=["deaf-to-tab", "loop", "trap", "order", "no-ring", "covered"],
)
def test_planted_obstacle_is_found(browser: Browser, site: str, script: str, kind: str) -> None:
    """A trap, a loop, a jump, a hidden ring and a covered focus are found."""
    visitor = Visitor(browser, site, VIEWS[1], reduced_motion="reduce")
    page = visitor.open("massnahmen/m-001/")
    page.evaluate(f"() => {{ {script} }}")
    assert any(fault.startswith(kind) for fault in walk(page))
    visitor.close()


def test_skip_link_leads_past_the_menus(browser: Browser, site: str) -> None:
    """The first press of Tab shows the skip link; after Enter, Tab goes on in the content."""
    visitor = Visitor(browser, site, VIEWS[1])
    page = visitor.open("massnahmen/m-001/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#inhalt') !== null")
    visitor.close()


def test_menu_opens_closes_and_gives_the_focus_back(browser: Browser, site: str) -> None:
    """Enter opens the menu, Tab walks through it, Escape closes it, leaving it closes it too."""
    visitor = Visitor(browser, site, VIEWS[0])
    page = visitor.open("umsetzung/")
    opener = page.get_by_role("button", name="Menü")
    menu = page.locator("#kp-navigation")
    expect(menu).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Start")).to_be_focused()
    expect(menu.locator("[aria-current=page]")).to_have_text("Umsetzung")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(menu.get_by_role("link").count() + 1):
        page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    visitor.close()


def test_search_opens_and_escape_closes_it(browser: Browser, site: str) -> None:
    """Enter opens the search with the cursor in its field; Escape closes it."""
    visitor = Visitor(browser, site, VIEWS[0])
    page = visitor.open("umsetzung/")
    opener = page.locator("button.kp-search-open")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#kp-search-words")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.kp-search")).to_be_hidden()
    expect(opener).to_be_focused()
    visitor.close()


def test_scheme_is_kept_only_when_chosen(browser: Browser, site: str) -> None:
    """The button switches the colours, says so, and the choice holds on the next page."""
    visitor = Visitor(browser, site, VIEWS[0])
    page = visitor.open("")
    button = page.get_by_role("button", name="Dunkle Darstellung")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert visitor.behaviour() == []
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page = visitor.open("ziele/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_role("button", name="Dunkle Darstellung")).to_have_attribute(
        "aria-pressed", "true"
    )
    visitor.close()
