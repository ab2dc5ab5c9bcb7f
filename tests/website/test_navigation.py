"""Where a page stands: tab, menu and breadcrumbs say the same on every page."""

from __future__ import annotations

from lxml import html

from tests.support.project import BuiltSample


def _page(sample: BuiltSample, url: str) -> html.HtmlElement:
    return html.parse(str(sample.site / url / "index.html")).getroot()


def _texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


TAB = "//nav[contains(@class, 'kp-tabs')]//a[@aria-current]"
HERE = "//nav[@id='kp-navigation']//li[contains(@class, '--here')]//a[@aria-current]"
CRUMBS = "//nav[contains(@class, 'crumbs')]//li"


def _first(sample: BuiltSample, folder: str) -> str:
    return next(
        p.parent.relative_to(sample.site)
        for p in sorted(sample.site.glob(f"{folder}/*/index.html"))
    ).as_posix()


def test_tab_and_menu_stay_on_pages_below(sample: BuiltSample) -> None:
    """Goal, measure, indicator, decision, field and report keep their chapter's tab and entry."""
    for folder, tab, entry in [
        ("ziele", "Strategie", "Ziele"),
        ("massnahmen", "Strategie", "Maßnahmen"),
        ("handlungsfelder", "Strategie", "Handlungsfelder"),
        ("kennzahlen", "Strategie", "Kennzahlen"),
        ("beschluesse", "Umsetzung", "Beschlüsse"),
        ("berichte", "Dokumente", "Dokumente zum Drucken"),
    ]:
        page = _page(sample, _first(sample, folder))
        assert _texts(page, TAB) == [tab], folder
        assert _texts(page, HERE) == [entry], folder
        assert _texts(page, CRUMBS)[:3] == ["Start", tab, entry], folder
    taking_part = _page(sample, "mitmachen")
    assert _texts(taking_part, TAB) == _texts(taking_part, HERE) == ["Beteiligung"]


def test_every_page_has_one_tab(sample: BuiltSample) -> None:
    """Each page has exactly one tab; what no menu names stands below the start page."""
    for file in sorted(sample.site.rglob("index.html")):
        page = html.parse(str(file)).getroot()
        if page.xpath("//nav[contains(@class, 'kp-tabs')]"):
            assert len(_texts(page, TAB)) == 1, file
    assert _texts(_page(sample, "suche"), TAB) == ["Start"]


def test_menu_crumbs_and_titles_agree(sample: BuiltSample) -> None:
    """A page is called the same in the menu, in its breadcrumbs and in its heading."""
    start = _page(sample, "")
    groups = start.xpath("//nav[@id='kp-navigation']/ul/li")
    links = [(group, link) for group in groups for link in group.xpath(".//a")][1:]
    assert links
    for group, link in links:
        title = " ".join(link.text_content().split())
        page = _page(sample, link.get("href"))
        way = ["Start", *(t for t in _texts(group, "./span") if t != title), title]
        assert [t.replace("\xad", "") for t in _texts(page, CRUMBS)] == way
        assert [t.removesuffix("¶").replace("\xad", "") for t in _texts(page, "//h1")] == [title]


def test_the_handbook_is_for_editors(sample: BuiltSample) -> None:
    """The handbook is neither in the menu nor in the search; the foot of each page leads there."""
    page = _page(sample, "handbuch/makros")
    assert not page.xpath("//nav[@id='kp-navigation']//a[contains(@href, 'handbuch')]")
    assert not page.xpath("//*[@data-pagefind-body]")
    assert page.xpath("//footer//a[contains(@href, '../')][contains(., 'Handbuch')]")
    assert _texts(page, CRUMBS)[:2] == ["Start", "Handbuch für die Redaktion"]
