"""The page in Leichte Sprache speaks of the site as it is."""

from __future__ import annotations

from lxml import html

from klarplan.words.hyphens import without
from tests.support.project import BuiltSample


def words_of(element: html.HtmlElement) -> str:
    """The text of an element in one line."""
    return without(" ".join(element.text_content().split()))


def test_page_explains_the_menu_that_it_has(sample: BuiltSample) -> None:
    """The list of the menu's words is the menu; buttons are named as they are called."""
    page = html.parse(str(sample.site / "leichte-sprache/index.html")).getroot()
    menu = [words_of(link) for link in page.xpath("//nav[contains(@class,'kp-tabs')]//a")]
    explained = page.xpath("//article//h2[@id='so-finden-sie-etwas']/following-sibling::ul[1]/li")
    assert [words_of(entry.find("strong")) for entry in explained] == menu
    said = {words_of(strong) for strong in page.xpath("//div[@class='easy']/p/strong")}
    buttons = {words_of(button) for button in page.xpath("//header//button | //header//a")}
    assert said
    assert said <= buttons


def test_simple_sentences_are_not_called_leichte_sprache(sample: BuiltSample) -> None:
    """What a program says stands at the end, outside of what people wrote, and on the start."""
    for name in ("leichte-sprache/index.html", "index.html"):
        page = html.parse(str(sample.site / name)).getroot()
        (simple,) = page.xpath("//article//div[@class='simple']")
        assert not simple.xpath("ancestor::*[@lang]")[1:], name
        assert words_of(simple.getprevious()).startswith("In einfachen Worten")
        assert "40 Maßnahmen" in words_of(simple)
        assert "Leichte" not in words_of(simple)


def test_mail_and_phone_can_be_followed(sample: BuiltSample) -> None:
    """Who needs help writes or calls with one touch."""
    page = html.parse(str(sample.site / "leichte-sprache/index.html")).getroot()
    links = page.xpath("//div[@class='easy']//a/@href")
    assert [link.partition(":")[0] for link in links if ":" in link] == ["mailto", "tel"]
