"""The site in a real browser: looks, width, dark mode, live preview."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.support.klein import copied
from tests.support.project import AS_OF, REPOSITORY, BuiltSample, klarplan

KEY_PAGES = (
    "",
    "massnahmen/",
    "massnahmen/m-001/",
    "massnahmen/m-020/",
    "ziele/",
    "ziele/z-03/",
    "handlungsfelder/hf-01/",
    "kennzahlen/k-01/",
    "umsetzung/",
    "ressourcen/",
    "steuerung/",
    "beteiligung/",
    "ausgangslage/",
    "daten/",
    "handbuch/felder/",
)


@pytest.mark.long  # at 320 px, pages of each kind are looked at every time: test_access_pages
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "light"),
        (360, "dark"),
        (1280, "light"),
        (1280, "dark"),
    ],
)
def test_pages_fit_the_screen(browser: Browser, address: str, width: int, scheme: str) -> None:
    """No page scrolls sideways, fails a script, or asks another host."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    failures: list[str] = []
    strangers: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            strangers.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: failures.append(str(error)))
    for path in KEY_PAGES:
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path}: {wide} px"
    assert not failures
    assert not strangers
    assert not context.cookies()
    context.close()


def test_measure_tells_its_status_in_words(browser: Browser, address: str) -> None:
    """A measure's page shows status, meaning, facts and reports, newest first."""
    page = browser.new_page()
    page.goto(address + "massnahmen/m-001/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("Ser\u00ad?vice\u00ad?por\u00ad?tal ausbauen")
    )
    expect(page.locator(".lead .badge")).to_contain_text("in Umsetzung")
    dates = page.locator("ol.timeline time").evaluate_all("all => all.map(t => t.dateTime)")
    assert dates == sorted(dates, reverse=True)
    assert len(dates) >= 3
    page.close()


def test_table_leads_to_measures(browser: Browser, address: str) -> None:
    """The overview lists all public measures, and a click leads to one."""
    page = browser.new_page()
    page.goto(address + "massnahmen/")
    expect(page.locator("table.measures tbody tr")).to_have_count(40)
    page.get_by_role("link", name="Elektronische Akte einführen").click()
    expect(page).to_have_url(re.compile("massnahmen/m-002/$"))
    page.close()


def test_search_finds_a_measure(browser: Browser, address: str) -> None:
    """The search finds a measure by a word of its title."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.get_by_role("button", name="Suche", exact=True).click()
    page.keyboard.type("Serviceportal")
    expect(page.locator(".kp-search__link").first).to_contain_text("Serviceportal")
    page.close()


TEMPLATE = "overrides/macros/measure_facts.html"


@contextmanager
def served(root: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """The address of a running ``klarplan serve``, and the lines that it goes on to say."""
    options = ("--root", str(root), "--port", "0", "--as-of", AS_OF)
    process = subprocess.Popen(
        [sys.executable, "-m", "klarplan", "serve", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout
    try:
        said = process.stdout.readline()
        found = re.fullmatch(r"(http://127\.0\.0\.1:\d+/)\n", said)
        assert found, said
        yield found[1], iter(process.stdout)
    finally:
        process.terminate()
        process.stdout.close()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A running ``klarplan serve`` on a copy of the small strategy with a template of its own."""
    root = copied(tmp_path_factory.mktemp("preview"))
    (root / TEMPLATE).parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / TEMPLATE, root / TEMPLATE)
    with served(root) as (url, lines):
        finished(lines)
        yield root, url


def finished(lines: Iterator[str]) -> None:
    """Wait until all is built; a mistake ends the waiting with what is said of it."""
    for line in lines:
        if line == "Fertig.\n":
            return
        assert not line.startswith("Fehler"), line + next(lines, "")
    pytest.fail("The preview has ended.")


def fetched(address: str) -> str:
    """A page of the preview, without the places where words may part."""
    with urlopen(address) as answer:
        read: bytes = answer.read()
    return read.decode("utf-8").replace("\u00ad", "").replace("&shy;", "")


def replace(file: Path, old: str, new: str) -> None:
    """Change a text in a file; it must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.long  # always: texts in test_at_once, and how a browser is told below
def test_preview_follows_edits_of_texts(browser: Browser, preview: tuple[Path, str]) -> None:
    """An edit of a text shows up in the open browser."""
    root, url = preview
    page = browser.new_page()
    page.goto(url + "massnahmen/a-1/")
    (root / "strategy/measures/A-1.md").write_text("## Ganz neuer Abschnitt\n\nText.\n", "utf-8")
    expect(page.get_by_text("Ganz neuer Abschnitt").first).to_be_visible()
    page.close()


@pytest.mark.long  # every time, a mistake in a table and its cure are seen
def test_preview_follows_edits(browser: Browser, preview: tuple[Path, str]) -> None:
    """Edits in data and templates show up in the open browser."""
    root, url = preview
    page = browser.new_page()
    page.goto(url + "massnahmen/a-1/")
    title = page.get_by_role("heading", level=1)
    replace(root / "data/measures.csv", "A-1,Formulare", "A-1,Portal für alle")
    expect(title).to_contain_text("Portal für alle")
    replace(root / TEMPLATE, "</table>", "</table><p>Ganz neu</p>")
    expect(page.get_by_text("Ganz neu", exact=True)).to_be_visible()
    page.close()


@pytest.mark.long
def test_the_viewed_page_is_new_before_all_is_built(tmp_path: Path) -> None:
    """A cell, a setting and a template show on the page last asked for, then everywhere."""
    root = copied(tmp_path)
    (root / TEMPLATE).parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / TEMPLATE, root / TEMPLATE)
    changes = (
        (root / "data/measures.csv", "A-1,Formulare", "A-1,Vordrucke"),
        (root / "strategy/strategy.yml", "Kleinstadt digital", "Kleinstadt im Netz"),
        (root / TEMPLATE, "</table>", "</table><p>Neues</p>"),
    )
    with served(root) as (url, lines):
        finished(lines)
        for file, old, new in changes:
            assert old.split(",")[-1] in fetched(url + "massnahmen/a-1/")
            replace(file, old, new)
            said = iter(lines)
            while (line := next(said)) != "Gezeigt; der Rest folgt.\n":
                assert line == "Baue …\n"
            assert new.split(",")[-1] in fetched(url + "massnahmen/a-1/")
            while (line := next(said)) != "Fertig.\n":
                assert line in {"Baue …\n", "Gezeigt; der Rest folgt.\n"}
            assert new.split(",")[-1] in fetched(url + "massnahmen/a-1/")


def test_preview_shows_mistakes_and_keeps_the_site(
    browser: Browser, preview: tuple[Path, str]
) -> None:
    """A mistake appears as a message over the last good page, and goes when it is mended."""
    root, url = preview
    page = browser.new_page()
    page.goto(url + "massnahmen/a-2/")
    title = page.get_by_role("heading", level=1)
    replace(root / "data/measures.csv", "2025-02-28", "2025-02-31")
    mistake = page.locator("#klarplan-mistake")
    expect(mistake).to_contain_text("2025-02-31")
    expect(mistake).to_contain_text("data/measures.csv")
    expect(title).to_contain_text("Bezahlen")
    replace(root / "data/measures.csv", "2025-02-31", "2025-02-28")
    expect(mistake).to_have_count(0)
    page.close()


@pytest.mark.long
def test_what_others_show_of_a_text_follows(browser: Browser, preview: tuple[Path, str]) -> None:
    """A new heading and a new page can be linked to, right after they were written."""
    root, url = preview
    page = browser.new_page()
    page.goto(url + "mitmachen/")
    replace(root / "docs/mitmachen.md", "# Mitmachen", "# Gemeinsam anpacken")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Gemeinsam anpacken")
    (root / "docs/neu.md").write_text("# Ganz neu\n\nEine neue Seite.\n", "utf-8")
    link = "[Neu](neu.md) und [anpacken](mitmachen.md#gemeinsam-anpacken)."
    (root / "docs/index.md").write_text(f"# Willkommen\n\n{link}\n", "utf-8")
    page.goto(url)
    page.get_by_role("link", name="Neu", exact=True).click(timeout=60_000)
    expect(title).to_contain_text("Ganz neu")
    page.close()


@pytest.mark.long
def test_a_first_build_that_fails_waits_for_its_cure(browser: Browser, tmp_path: Path) -> None:
    """Until the site can be built, every address says so in German, and then shows its page."""
    root = copied(tmp_path)
    replace(root / "data/measures.csv", "2025-02-28", "2025-02-31")
    with served(root) as (url, _):
        page = browser.new_page()
        page.goto(url + "massnahmen/a-2/")
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text("Die Vorschau ist noch nicht fertig")
        mistake = page.locator("#klarplan-mistake")
        expect(mistake).to_contain_text("2025-02-31")
        replace(root / "data/measures.csv", "2025-02-31", "2025-02-28")
        expect(title).to_contain_text("Bezahlen")
        expect(mistake).to_have_count(0)
        page.close()


@pytest.mark.parametrize(
    ("options", "german"),
    [
        (("--as-of", "gestern"), "„gestern“ ist kein Datum."),
        (("--as-of", "2026-13-01"), "„2026-13-01“ ist kein Datum."),
        (("--root", "{empty}"), "gibt es keinen Ordner „data“."),
        (("--root", "{empty}/nichts"), "gibt es keinen Ordner „data“."),
        (("--port", "{taken}"), "ist belegt."),
    ],
)
def test_wrong_usage_is_told_before_anything_is_built(
    options: tuple[str, str], german: str, tmp_path: Path
) -> None:
    """Who names a wrong folder, day or port is told at once, with exit code 2."""
    root = copied(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = {"empty": str(tmp_path), "taken": str(taken.getsockname()[1])}
        said = [option.format(**given) for option in options]
        result = klarplan("serve", "--root", str(root), "--port", "0", *said)
    assert result.returncode == 2
    assert german in result.stderr
    assert not (root / "build").exists()


def test_pages_print_without_menus(browser: Browser, address: str, sample: BuiltSample) -> None:
    """On paper, menus and edit links are gone and the content stays."""
    page = browser.new_page()
    page.goto(address + "massnahmen/m-001/")
    page.emulate_media(media="print")
    expect(page.locator(".page-foot")).to_be_hidden()
    expect(page.locator("table.facts")).to_be_visible()
    page.close()
