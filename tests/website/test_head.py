"""The head of every page leaves room for what the page says, however long the names in it are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from klarplan.words.hyphens import softened

SHARE = 5
"""The head takes at most the fifth part of the screen."""
NAMES = {
    "usual": ("Stadt Musterstadt", "Digitalstrategie Musterstadt"),
    "both long": (
        "Samtgemeinde Bad Königshofen-Grabfeldgau",
        "Klimaanpassungs- und Nachhaltigkeitsstrategie",
    ),
    "one long word": ("Markt Au", "Fahrradverkehrsinfrastrukturentwicklungskonzept"),
    "many words": (
        "Zweckverband Regionale Entwicklung zwischen Elbe, Havel und Fläming",
        "Integriertes Konzept für Wohnen, Arbeit, Verkehr und Freizeit bis zum Jahr 2040",
    ),
}
HEIGHT = """([who, what]) => {
  document.querySelector('.kp-brand__who').textContent = who;
  document.querySelector('.kp-brand__what').textContent = what;
  const bar = document.querySelector('.kp-bar').getBoundingClientRect();
  const head = document.querySelector('.kp-header').getBoundingClientRect();
  return [Math.max(bar.bottom, head.bottom), document.documentElement.scrollWidth];
}"""


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(("width", "height"), [(320, 256), (360, 740), (640, 512)])
def test_head_takes_a_fifth_of_the_screen_at_most(
    browser: Browser, address: str, width: int, height: int, names: tuple[str, str]
) -> None:
    """Zoomed in (320 × 256 px are 400 %) or on a phone, names leave room for the page."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    found, wide = page.evaluate(HEIGHT, [softened(name, "de") for name in names])
    assert found <= height / SHARE
    assert wide <= width
    page.close()


def test_shortened_names_are_told_whole(browser: Browser, address: str) -> None:
    """Whoever hears the page hears both names, also where only one is seen."""
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.goto(address)
    brand = page.locator(".kp-brand").aria_snapshot()
    assert "Stadt Musterstadt Digitalstrategie Musterstadt" in brand.replace("\u00ad", "")
    page.close()
