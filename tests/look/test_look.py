"""How the site looks: typefaces, colours, logo, pictures for links, and what programs look for."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser

from klarplan.check.run import check
from klarplan.look.colour import NEEDED, WHITE, contrast, from_lch, readable, to_lch, tone
from klarplan.look.logo import logo_width, shape
from klarplan.look.preview_pictures import PREVIEW, SYMBOL, letter, picture_files
from klarplan.look.typeface import FIRA, SOURCE, TYPEFACES
from klarplan.look.web_fonts import (
    FOLDER,
    LETTERS,
    SIGNS,
    SIGNS_FILE,
    cache_of,
    font_files,
    style_sheet,
    styles,
    subset,
)
from klarplan.messages import Finding
from klarplan.strategy.settings import Settings
from klarplan.website.root_files import robots, security
from klarplan.words.hyphens import without
from tests.support.browser import has_arial
from tests.support.klein import append, copied, errors
from tests.support.links import pages_of, whole_pages
from tests.support.project import AS_OF, BuiltSample, build
from tests.support.some import first_of

COLOURS = st.builds("#{:06x}".format, st.integers(0, 0xFFFFFF))
FONT_LIMIT = 35_000
FONTS_LIMIT = 100_000


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def test_typefaces_are_served_from_the_site_and_small(sample: BuiltSample) -> None:
    """Each typeface is a file of the site of at most 35 kB, all together at most 100 kB."""
    names = {SIGNS_FILE, *(name for name, _, _ in styles(TYPEFACES[FIRA]).values())}
    sizes = [(sample.site / FOLDER / name).stat().st_size for name in names]
    assert max(sizes) <= FONT_LIMIT
    assert sum(sizes) <= FONTS_LIMIT
    style = (sample.site / "assets/typeface.css").read_text("utf-8")
    named = set(re.findall(r'url\("schrift/([^"]+)"\)', style))
    assert named == names


def test_typefaces_go_with_their_licence(sample: BuiltSample) -> None:
    """The Open Font License lies beside the fonts."""
    for name in ("OFL-fira-sans.txt", "OFL-source-sans-3.txt"):
        text = (sample.site / FOLDER / name).read_text("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


@pytest.mark.long
def test_typefaces_hold_every_character_that_they_promise(tmp_path: Path) -> None:
    """No letter of German, no European name and no sign of a status lacks a glyph."""
    for face in TYPEFACES.values():
        files = font_files(tmp_path, face)
        for name, content in files.items():
            if name.endswith(".woff2"):
                wanted = SIGNS if name.endswith(SIGNS_FILE) else LETTERS
                assert set(TTFont(BytesIO(content)).getBestCmap()) >= wanted, name
    assert {ord(c) for c in "äöüßÄÖÜẞ„“‚‘–€ČčŁłŻž§²"} <= LETTERS


def test_signs_are_asked_for_where_the_style_sheet_says() -> None:
    """The range in the style sheet names exactly the signs in the file."""
    style = style_sheet(TYPEFACES[FIRA])
    found = re.search(r"unicode-range:([^;}]+)", style)
    assert found
    ranged: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", found[1]):
        ranged.update(range(int(first, 16), int(last or first, 16) + 1))
    assert ranged == SIGNS


@pytest.mark.long
def test_typefaces_are_made_once(tmp_path: Path) -> None:
    """A second build takes the typefaces from the cache, byte for byte."""
    first = font_files(tmp_path, TYPEFACES[FIRA])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert font_files(tmp_path, TYPEFACES[FIRA]) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert font_files(tmp_path / "another", TYPEFACES[FIRA]) == first


def test_typefaces_of_the_program_are_made_once_for_all_strategies(tmp_path: Path) -> None:
    """They are kept in the environment of the program, those of a town in its own folder."""
    face = TYPEFACES[FIRA]
    assert cache_of(face, tmp_path).is_relative_to(sys.prefix)
    assert cache_of(replace(face, family="Eigene"), tmp_path) == tmp_path / "fonts"


@pytest.mark.parametrize("prefix", [sys.base_prefix, "/nirgends"])
def test_without_an_environment_to_write_in_a_strategy_keeps_its_own(
    tmp_path: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written beside a program that the system, or somebody else, has installed."""
    monkeypatch.setattr(sys, "prefix", prefix)
    assert cache_of(TYPEFACES[FIRA], tmp_path) == tmp_path / "fonts"


def own_typeface(root: Path, *names: str) -> None:
    """Put fonts into a fork and name their folder in its settings."""
    folder = root / "docs/assets/hausschrift"
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(TYPEFACES[FIRA].folder / name, folder / name)
    append(root, "strategy/strategy.yml", 'font: "assets/hausschrift"\n')


@pytest.mark.long
def test_a_typeface_of_ones_own_is_used_on_the_site_and_on_paper(tmp_path: Path) -> None:
    """A folder with fonts, named in the settings, gives the typeface of pages and papers."""
    root = copied(tmp_path)
    own_typeface(root, "FiraSans-Light.ttf", "FiraSans-LightItalic.ttf", "FiraSans-Bold.ttf")
    build(root)
    style = (root / "site/assets/typeface.css").read_text("utf-8")
    assert 'font-family:"Fira Sans Light"' in style or 'font-family:"Fira Sans"' in style
    heads = (root / "site/index.html").read_text("utf-8")
    named = re.findall(r'href="assets/schrift/([^"]+)" as="font"', heads)
    assert len(named) == 2
    assert all((root / "site/assets/schrift" / name).is_file() for name in named)
    with pikepdf.open(root / "site/strategie.pdf") as pdf:
        fonts = {
            str(font.BaseFont) for page in pdf.pages[2:] for font in page.Resources.Font.values()
        }
    assert any("FiraSans-Light" in name for name in fonts)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (shutil.rmtree, "keine Schrift"),
        (lambda folder: (folder / "FiraSans-Bold.ttf").write_bytes(b"x"), "keine lesbare"),
        (lambda folder: (folder / "FiraSans-Bold.ttf").write_bytes(small_font()), "fehlen Zeichen"),
        (
            lambda folder: shutil.copy(TYPEFACES[SOURCE].regular, folder / "a.ttf"),
            "zwei Schriften",
        ),
    ],
    ids=["missing", "broken", "poor", "two"],
)
def test_a_typeface_that_cannot_be_used_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], told: str
) -> None:
    """The check names the line of the setting and what is wrong with the fonts."""
    root = copied(tmp_path)
    own_typeface(root, "FiraSans-Regular.ttf", "FiraSans-Bold.ttf")
    spoil(root / "docs/assets/hausschrift")
    found = [f for f in check(root, dt.date(2026, 11, 21), pages=False) if f.rule == "KP014"]
    assert len(found) == 1
    assert found[0].severity == "error"
    assert told in found[0].problem.de
    line = (root / "strategy/strategy.yml").read_text("utf-8").splitlines()[found[0].line - 1]
    assert line.startswith("font:")


def small_font() -> bytes:
    """A typeface that lacks most letters."""
    content = subset(TYPEFACES[FIRA].bold, frozenset(map(ord, "abc")), 600)
    font = TTFont(BytesIO(content))
    font.flavor = None
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def test_nothing_moves_when_the_typeface_arrives(browser: Browser, address: str) -> None:
    """The page keeps its layout while it loads (cumulative layout shift 0)."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for path in ("", "massnahmen/m-001/"):
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("document.fonts.check('16px \"Fira Sans\"')")
        shift = page.evaluate(
            """new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
                .observe({type: "layout-shift", buffered: true});
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift < 0.001, path
    page.close()


@pytest.mark.skipif(not has_arial(), reason="this machine has no typeface of Arial's widths")
def test_stand_in_is_as_wide_as_the_typeface(browser: Browser, address: str) -> None:
    """A German sentence in the device's own typeface is as long as in Fira Sans, within 3 %."""
    page = browser.new_page()
    page.goto(address, wait_until="networkidle")
    widths = page.evaluate(
        """["Fira Sans", "Fira Sans Ersatz"].map(family => {
          const line = document.createElement("span");
          line.textContent = "Die Stadt macht ihre Dienste einfacher und ihre Daten offen.";
          line.style.cssText = `font: 20px "${family}"; position: absolute; white-space: nowrap`;
          document.body.append(line);
          return line.getBoundingClientRect().width;
        })"""
    )
    page.close()
    assert widths[0] == pytest.approx(widths[1], rel=0.03)


def test_every_page_shows_logo_municipality_and_title(sample: BuiltSample) -> None:
    """The head of each page says who publishes what, with the coat of arms."""
    for url, page in whole_pages(sample.site):
        brand = page.xpath("//header//a[contains(@class,'kp-brand')]")
        assert len(brand) == 1, url
        text = " ".join(without(brand[0].text_content()).split())
        assert text == "Stadt Musterstadt Digitalstrategie Musterstadt", url
        assert brand[0].xpath("./img/@src")[0].endswith("assets/wappen.svg"), url


def test_nobody_advertises_on_the_site(sample: BuiltSample) -> None:
    """No page advertises the theme."""
    for url, page in pages_of(sample.site):
        assert "Material for MkDocs" not in page.text_content(), url


def test_start_page_opens_with_purpose_and_ways(browser: Browser, address: str) -> None:
    """The start page says what the strategy is for, and four buttons lead on."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    hero = page.locator(".hero")
    assert hero.get_by_role("heading", level=1).is_visible()
    assert hero.get_by_role("link").count() == 4
    hero.get_by_role("link", name="Alle Maßnahmen ansehen").click()
    assert page.url == address + "massnahmen/"
    page.close()


def test_fields_have_their_drawing(sample: BuiltSample) -> None:
    """Each field of action shows its icon, hidden from screen readers."""
    page = html.parse(str(sample.site / "index.html")).getroot()
    cards = page.xpath("//li[contains(@class,'card')]")
    icons = page.xpath("//li[contains(@class,'card')]/*[local-name()='svg']")
    assert len(icons) == len(cards) == 6
    assert all(icon.get("aria-hidden") == "true" for icon in icons)


def test_every_page_tells_messengers_what_it_is(sample: BuiltSample) -> None:
    """Each page has a description, its address, and picture, title and text for links to it."""
    for url, page in pages_of(sample.site):
        said = {m.get("property"): m.get("content") for m in page.xpath("//meta[@property]")}
        address = page.xpath("//link[@rel='canonical']/@href")
        assert address == [said["og:url"]], url
        assert len(page.xpath("//meta[@name='description']/@content")[0]) > 20, url
        assert said["og:description"], url
        assert said["og:title"], url
        assert said["og:locale"] == "de_DE"
        assert said["og:image"] == f"https://strategie.musterstadt.example/{PREVIEW}", url


def test_picture_for_links_has_the_usual_size(sample: BuiltSample) -> None:
    """The picture is 1200 by 630 pixels and not heavier than 300 kB; the symbol has its sizes."""
    assert png_size((sample.site / PREVIEW).read_bytes()) == (1200, 630)
    assert (sample.site / PREVIEW).stat().st_size < 300_000
    page = html.parse(str(sample.site / "index.html")).getroot()
    icons = {link.get("type"): link.get("href") for link in page.xpath("//link[@rel='icon']")}
    sizes = [png_size((sample.site / h).read_bytes()) for h in icons.values() if h.endswith("png")]
    assert (48, 48) in sizes
    assert icons["image/svg+xml"] == SYMBOL
    touch = page.xpath("//link[@rel='apple-touch-icon']/@href")[0]
    assert png_size((sample.site / touch).read_bytes()) == (180, 180)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(title="", municipality=""),
        Settings(municipality="Stadt „Ä“ <b>&", title="#set text(fill: red) *x* $y$ \\ " * 20),
        Settings(municipality="Gemeinde Ödland", logo="kaputt.svg"),
    ],
)
def test_pictures_are_made_whatever_the_settings_say(tmp_path: Path, settings: Settings) -> None:
    """Without a logo, with a broken one, with odd texts: there is a picture, the same each time."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "kaputt.svg").write_text("<svg", "utf-8")
    files = picture_files(tmp_path, settings, tmp_path / "a")
    assert png_size(files[PREVIEW]) == (1200, 630)
    assert picture_files(tmp_path, settings, tmp_path / "b") == files


def test_letter_stands_for_the_name() -> None:
    """Without a logo the symbol shows the first letter of the town's name, not of „Stadt“."""
    assert letter(Settings(municipality="Stadt Musterstadt")) == "M"
    assert letter(Settings(municipality="Gemeinde ödland")) == "Ö"
    assert letter(Settings(municipality="")) == "K"


def test_logo_keeps_its_shape(tmp_path: Path) -> None:
    """The place for a logo is reserved in its own proportions, whatever kind of file it is."""
    drawing = tmp_path / "a.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>', "utf-8")
    assert shape(drawing) == (20, 10)
    assert logo_width(drawing) == 96
    sized = tmp_path / "b.svg"
    sized.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="60mm"/>', "utf-8"
    )
    assert logo_width(sized) == 24
    bomb = tmp_path / "c.svg"
    bomb.write_text('<!DOCTYPE x [<!ENTITY a "b">]><svg viewBox="0 0 9 1">&a;</svg>', "utf-8")
    assert logo_width(bomb) == 48


def test_robots_may_see_everything_and_find_the_map(sample: BuiltSample) -> None:
    """robots.txt closes nothing and names the map, which lists every page but the one for 404."""
    text = (sample.site / "robots.txt").read_text("utf-8")
    assert "Disallow" not in text
    assert "Sitemap: https://strategie.musterstadt.example/sitemap.xml" in text
    listed = (sample.site / "sitemap.xml").read_text("utf-8")
    for url, page in pages_of(sample.site):
        assert f"<loc>{page.xpath('//link[@rel=$r]/@href', r='canonical')[0]}</loc>" in listed, url
    assert "Sitemap" not in robots(Settings())


def test_weaknesses_can_be_told(sample: BuiltSample) -> None:
    """security.txt names the address and expires within a year (RFC 9116)."""
    text = (sample.site / ".well-known/security.txt").read_text("utf-8")
    assert "Contact: mailto:digitalisierung@musterstadt.example\n" in text
    expires = re.search(r"Expires: (\d{4}-\d\d-\d\d)T00:00:00Z\n", text)
    assert expires
    left = dt.date.fromisoformat(expires[1]) - dt.date.fromisoformat(AS_OF)
    assert dt.timedelta(days=300) < left < dt.timedelta(days=366)
    assert security(Settings(), dt.date(2026, 1, 1)) == ""


def test_sources_of_the_print_stay_at_home(sample: BuiltSample) -> None:
    """Templates for the PDF are not published."""
    assert not list(sample.site.rglob("*.typ"))
    assert not list(sample.site.rglob("*.lua"))


def test_lost_visitors_are_helped(sample: BuiltSample) -> None:
    """The page for wrong addresses leads to the start page, the measures and a mailbox."""
    page = html.parse(str(sample.site / "404.html")).getroot()
    links = page.xpath("//article//a/@href")
    assert any(link.endswith("/massnahmen/") for link in links)
    assert any(link.startswith("mailto:") for link in links)
    assert len(links) > 8


@given(COLOURS, COLOURS)
def test_proposed_colour_can_be_read(colour: str, ground: str) -> None:
    """Whatever the colour, the one that is proposed stands out from the ground, if any does."""
    reachable = max(contrast(WHITE, ground), contrast("#000000", ground)) >= NEEDED
    proposed = readable(colour, ground)
    assert not reachable or contrast(proposed, ground) >= NEEDED
    if contrast(colour, ground) >= NEEDED:
        assert proposed == colour


@given(COLOURS)
def test_colours_survive_the_way_through_oklch(colour: str) -> None:
    """A colour turned into OKLCH and back is the same, give or take one step of a channel."""
    back = from_lch(*to_lch(colour))
    for at in (1, 3, 5):
        assert abs(int(colour[at : at + 2], 16) - int(back[at : at + 2], 16)) <= 1


@given(COLOURS)
def test_shades_for_the_dark_display_can_be_read(colour: str) -> None:
    """White text stands out from the dark band that is made of any colour."""
    assert contrast(WHITE, tone(readable(colour), 0.31, 0.07)) >= NEEDED


@pytest.mark.parametrize(
    ("old", "new", "told"),
    first_of(
        [
            ('primary_colour: "#1f4e79"', 'primary_colour: "#ffcc00"', "strategy/strategy.yml"),
            ('accent_colour: "#9a3b00"', 'accent_colour: "#f08030"', "strategy/strategy.yml"),
        ]
    ),
)
def test_pale_house_colours_are_refused(copy: Path, old: str, new: str, told: str) -> None:
    """A colour that white text can't be read on is an error, with the nearest that passes."""
    file = copy / "strategy/strategy.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    finding = pale(copy)
    assert finding.file == told
    assert finding.line == 1 + text[: text.index(old)].count("\n")
    assert finding.value == new[-8:-1]
    assert readable(new[-8:-1]) in finding.cure.de


def test_pale_colour_of_a_status_is_refused(copy: Path) -> None:
    """The same holds for the colour of a status, named by row and column."""
    file = copy / "data/statuses.csv"
    file.write_text(file.read_text("utf-8").replace("#1b6e3c", "#66cc88"), "utf-8")
    finding = pale(copy)
    assert (finding.file, finding.line) == ("data/statuses.csv", 6)
    assert "abgeschlossen" in finding.problem.de
    assert contrast(readable("#66cc88"), WHITE) >= NEEDED


def pale(root: Path) -> Finding:
    """The one finding on colours."""
    findings = [f for f in check(root, dt.date.fromisoformat(AS_OF)) if f.rule == "KP013"]
    assert len(findings) == 1
    assert findings[0].severity == "error"
    return findings[0]


@pytest.mark.parametrize("table", ["GSUB", "glyf", "loca", "maxp", "OS/2"])
def test_a_broken_font_is_told_by_the_check(tmp_path: Path, table: str) -> None:
    """A font with a broken table, needed early or late, is an error of the setting."""
    root = copied(tmp_path)
    folder = root / "docs" / "schrift"
    folder.mkdir()
    for source in (TYPEFACES[FIRA].regular, TYPEFACES[FIRA].bold):
        content = bytearray(source.read_bytes())
        entry = content.index(table.encode(), 12)
        at = int.from_bytes(content[entry + 8 : entry + 12], "big")
        if table == "OS/2":
            content[entry + 12 : entry + 16] = (3).to_bytes(4, "big")
        else:
            content[at : at + 900] = b"\x01\xff\xff" * 300
        (folder / source.name).write_bytes(content)
    append(root, "strategy/strategy.yml", "font: schrift\n")
    assert [f.rule for f in errors(root)] == ["KP014"]
