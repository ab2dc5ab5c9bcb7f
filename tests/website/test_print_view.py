"""Every page can be printed: its content whole, legible in black and white, and nothing else."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from klarplan.strategy.addresses import EMBEDDED
from tests.support.access import pages_of, served
from tests.support.project import BuiltSample
from tests.support.some import first_of

SHEET = {"width": 642, "height": 987}
"""What margins leave of A4, in CSS pixels."""

FAULTS = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length;
  const told = (what, e) => `${what}: ${e.outerHTML.slice(0, 100)}`;
  const all = rule => [...document.querySelectorAll(rule)].filter(seen);
  const found = [];
  const screen = 'nav, form, input, select, textarea, dialog, summary, .headerlink, .no-print, '
    + '.screen-only:not(.schedule), .md-sidebar, button:not(.term)';
  for (const e of all(screen)) found.push(told('for screens only', e));
  for (const e of all('body *')) {
    const style = getComputedStyle(e);
    if (['sticky', 'fixed'].includes(style.position)) found.push(told('does not move on paper', e));
    const box = e.getBoundingClientRect();
    const cut = box.right > innerWidth + 1 && !e.closest('svg') && style.clipPath === 'none'
      && ![...e.children].some(seen) && e.textContent.trim();
    if (cut) found.push(told('beyond the sheet', e));
    const clips = e.matches('div, td, th, p, li') && style.overflowX !== 'visible';
    if (clips && e.scrollWidth > box.width + 1) found.push(told('cut off', e));
  }
  for (const e of all('thead')) {
    if (getComputedStyle(e).display !== 'table-header-group') found.push(told('head once', e));
  }
  for (const e of all('tfoot')) {
    if (getComputedStyle(e).display !== 'table-row-group') found.push(told('sum often', e));
  }
  for (const e of document.querySelectorAll('details:not(.no-print, .screen-only)')) {
    const inner = [...e.children].find(c => c.tagName !== 'SUMMARY');
    if (inner && seen(e) && !seen(inner)) found.push(told('folded', e));
  }
  for (const rule of ['h1', '.kp-brand', '.kp-footer time']) {
    if (!all(rule).length) found.push(`missing: ${rule}`);
  }
  return found;
}"""


def printed(page: Page) -> list[str]:
    """The text of each sheet that the open page makes."""
    made = page.pdf(format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(BytesIO(made))
    return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]


def faults(browser: Browser, site: Path, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with pages on paper."""
    page = browser.new_page(viewport=SHEET)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    found = {}
    with served(site) as address:
        for path in paths:
            page.goto(address + path)
            found[path] = page.evaluate(FAULTS)
    page.close()
    return {path: told for path, told in found.items() if told}


@pytest.mark.long
def test_pages_hold_what_paper_needs(browser: Browser, sample: BuiltSample) -> None:
    """No menu, button, filter or sticky part; who, when and the title; nothing cut or folded."""
    paths = [path for path in pages_of(sample.site) if path != EMBEDDED]
    assert len(paths) > 100
    assert faults(browser, sample.site, paths) == {}


PLANTED = {
    "a menu": ("<nav>Menü</nav>", "for screens only"),
    "a button": ("<button>Filtern</button>", "for screens only"),
    "a sticky head": ("<p style='position:sticky;top:0'>Oben</p>", "does not move"),
    "a wide table": (
        "<table><tr><td style='white-space:nowrap'>" + "Donaudampfschiff " * 30 + "</table>",
        "beyond the sheet",
    ),
    "a fold that stays shut": (
        "<style>details::details-content{content-visibility:hidden !important}</style>"
        "<details><summary></summary><p>Mehr dazu</p></details>",
        "folded",
    ),
}


@pytest.mark.parametrize("name", first_of(PLANTED, 2))
def test_planted_faults_are_found(
    browser: Browser, sample: BuiltSample, tmp_path: Path, name: str
) -> None:
    """The look at a printed page finds each kind of fault, and only that."""
    planted, told = PLANTED[name]
    text = (sample.site / "vision/index.html").read_text("utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    (tmp_path / "vision").mkdir()
    (tmp_path / "vision/index.html").write_text(text.replace("</article>", planted + "</article>"))
    (tmp_path / "assets").symlink_to(sample.site / "assets")
    found = faults(browser, tmp_path, ["vision/"])
    assert any(told in fault for fault in found["vision/"]), found


def test_folded_parts_are_open_on_paper(
    browser: Browser, sample: BuiltSample, tmp_path: Path
) -> None:
    """What an author folds („???“) is printed whole, whether or not it is open on the screen."""
    text = (sample.site / "vision/index.html").read_text("utf-8")
    fold = (
        "<details class='note'><summary>Titel der Falte</summary><p>Inhalt der Falte</p></details>"
    )
    (tmp_path / "index.html").write_text(
        text.replace("</article>", fold + "</article>").replace("../assets", "assets")
    )
    (tmp_path / "assets").symlink_to(sample.site / "assets")
    page = browser.new_page()
    with served(tmp_path) as address:
        page.goto(address)
        sheets = "".join(printed(page))
    page.close()
    assert "Titel der Falte" in sheets
    assert "Inhalt der Falte" in sheets


def test_heads_of_tables_come_again_and_sums_do_not(browser: Browser, sample: BuiltSample) -> None:
    """Each sheet of a long table begins with its head; a sum stands once, below the last row."""
    page = browser.new_page()
    with served(sample.site) as address:
        page.goto(address + "massnahmen/")
        sheets = printed(page)
        page.goto(address + "ressourcen/")
        money = "".join(printed(page))
        sums = page.locator("tfoot th", has_text="Summe").count()
    page.close()
    rows = [sheet for sheet in sheets if re.search(r"^DS-\d\d", sheet, re.MULTILINE)]
    assert len(rows) > 2
    for sheet in rows:
        assert "Termin" in sheet.split("DS-")[0]
    assert "Filtern" not in "".join(sheets)
    assert sums > 2
    assert len(re.findall(r"^Summe\s+\d", money, re.MULTILINE)) == sums


def test_paper_says_where_the_page_stands(browser: Browser, sample: BuiltSample) -> None:
    """The address of a page is printed once, at the foot or, of one measure, at the top."""
    page = browser.new_page()
    with served(sample.site) as address:
        for path in ("umsetzung/", "massnahmen/m-001/"):
            page.goto(address + path)
            text = re.sub(r"\s", "", "".join(printed(page)))
            assert text.count(f"strategie.musterstadt.example/{path}") == 1, path
    page.close()
