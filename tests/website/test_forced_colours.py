"""What holds where readers choose their own colours, or less motion."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

ADDRESSES = ("", "umsetzung/", "massnahmen/", "zeitplan/")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide screen with the colours of the reader."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, forced_colors="active")
    yield opened
    opened.close()


def colours(page: Page, selector: str) -> int:
    """How many colours the picture of an element has along its middle, edges left out."""
    picture = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    row = [picture.getpixel((x, picture.height // 2)) for x in range(4, picture.width - 4)]
    return len(set(row))


def test_a_progress_bar_shows_how_far(page: Page, address: str) -> None:
    """The filled part of a bar differs from the rest."""
    page.goto(address)
    assert page.locator("progress.bar").first.get_attribute("value") not in ("0", "100")
    assert colours(page, "progress.bar") >= 2


def test_only_the_active_tab_is_underlined(page: Page, address: str) -> None:
    """The line below a tab that is not active has the colour of the ground."""
    page.goto(address + "massnahmen/")
    lines = page.locator(".kp-tabs .md-tabs__item").evaluate_all(
        """all => all.map(item => [item.classList.contains("md-tabs__item--active"),
          getComputedStyle(item.querySelector("a")).borderBottomColor
            !== getComputedStyle(document.body).backgroundColor])"""
    )
    assert [active for active, _ in lines].count(True) == 1
    assert all(active == underlined for active, underlined in lines)


def test_parts_of_a_bar_keep_words_and_textures(page: Page, address: str) -> None:
    """The letters, the texture and the edge of a part have another colour than the part."""
    page.goto(address + "umsetzung/")
    found = page.evaluate(
        """() => {
          const all = (name, property) => [...document.querySelectorAll(`.chart__${name}`)]
            .map(e => getComputedStyle(e)[property]);
          return [all("part", "fill"),
            [...all("inside", "fill"), ...all("texture", "stroke"), ...all("part", "stroke")]];
        }"""
    )
    grounds, inks = map(set, found)
    assert grounds
    assert inks
    assert not grounds & inks


@pytest.mark.parametrize("path", ADDRESSES)
def test_less_motion_is_none(browser: Browser, address: str, path: str) -> None:
    """Who wants less motion sees nothing move: no transition, no animation, no smooth scrolling."""
    page = browser.new_page(reduced_motion="reduce")
    page.goto(address + path)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => {
          const s = getComputedStyle(e);
          return s.animationName !== "none" || s.scrollBehavior === "smooth"
            || s.transitionDuration.split(",").some(t => parseFloat(t) > 0);
        }).map(e => e.outerHTML.slice(0, 80))"""
    )
    page.close()
    assert not moving


@pytest.mark.parametrize("path", ["ressourcen/", "umsetzung/"])
def test_legends_hold_in_light_and_dark(browser: Browser, address: str, path: str) -> None:
    """No legend of a chart speaks of light and dark, which change places in the dark scheme."""
    page = browser.new_page()
    page.goto(address + path)
    told = " ".join(page.locator("figcaption").all_inner_texts()).lower()
    page.close()
    assert told
    assert not any(word in told for word in ("hell", "dunk", "blau", "grau"))
