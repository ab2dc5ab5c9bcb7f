"""The search: finds what people look for, fast and small, by keyboard, and only what is public."""

from __future__ import annotations

import functools
import gzip
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pagefind_bin
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from klarplan.messages import KlarplanError
from klarplan.website.search import FOLDER, index_site
from tests.support.project import BuiltSample, build
from tests.support.some import first_of

BUDGET = 200_000


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a local server."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The start page of the sample on a wide screen; no script may fail."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert not failures


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page for one test."""
    with opened(browser, address) as made:
        yield made


@pytest.fixture(scope="module")
def asked(browser: Browser, address: str) -> Iterator[Page]:
    """A page for all tests that only ask the search, which is open from the first on."""
    with opened(browser, address) as made:
        yield made


def search(page: Page, words: str) -> list[str]:
    """The titles that a search shows first."""
    if not page.locator("#kp-search").evaluate("dialog => dialog.open"):
        page.get_by_role("button", name="Suche", exact=True).click()
    count = page.locator(".kp-search__count")
    count.evaluate("element => { element.textContent = ''; }")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").fill(words)
    expect(count).to_have_text(re.compile("Treffer"))
    return page.locator(".kp-search__link").all_inner_texts()


def hits(page: Page) -> int:
    """The number of hits that the search announces."""
    found = re.match(r"\d+", page.get_by_role("status").inner_text())
    return int(found.group()) if found else 0


def fragments(site: Path) -> list[dict[str, Any]]:
    """What the index holds of each page."""
    texts = [gzip.decompress(p.read_bytes()) for p in (site / FOLDER / "fragment").iterdir()]
    return [json.loads(text[text.index(b"{") :]) for text in texts]


def contents(site: Path) -> dict[str, bytes]:
    """The files of the index."""
    folder = site / FOLDER
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_words_are_found_by_their_stem(asked: Page) -> None:
    """The plural of a word finds pages with the singular and with compounds that begin with it."""
    titles = search(asked, "Glasfasern")
    assert "Schulen an das Glasfasernetz anschließen" in titles
    assert "Glasfaser für alle Gewerbegebiete" in titles


@pytest.mark.parametrize("words", ["Bürgerbüro", "BÜRGERBÜRO", "burgerburo", "Buergerbuero"])
def test_umlauts_are_found_however_typed(asked: Page, words: str) -> None:
    """Umlauts are found in capital or small letters, without their dots, and written as „ue“."""
    assert "Termine im Bürgerbüro online buchen" in search(asked, words)


@pytest.mark.parametrize("words", ["Maßnahmen", "massnahmen", "Maßnahme"])
def test_chapter_comes_before_single_pages(asked: Page, words: str) -> None:
    """The name of a chapter finds the chapter first, with ß or ss."""
    assert search(asked, words)[0] == "Maßnahmen"


@pytest.mark.parametrize(
    "words", first_of(["Meilensteine", "Maßnahmen", "Sachstandsmeldungen CSV"])
)
def test_tables_are_found_behind_everything_else(page: Page, words: str) -> None:
    """Who looks for a table finds it; who looks for what stands in it finds its pages first."""
    search(page, words)
    shown, more = page.locator(".kp-search__kind"), page.locator(".kp-search__more")
    while more.is_visible():
        before = shown.count()
        more.click()
        expect(shown).not_to_have_count(before)
    kinds = shown.all_inner_texts()
    assert "Daten" in kinds
    assert kinds == sorted(kinds, key=lambda kind: kind == "Daten")


def test_result_shows_kind_field_status_and_excerpt(page: Page) -> None:
    """A measure among the results shows its kind, field, status with symbol, and marked words."""
    search(page, "Glasfasernetz")
    link = page.get_by_role("link", name="Schulen an das Glasfasernetz anschließen")
    hit = page.locator(".kp-search__hits > li", has=link)
    expect(hit).to_contain_text("Maßnahme · Bildung und Schulen")
    badge = hit.locator(".badge--delayed")
    expect(badge).to_have_text("! verzögert")
    expect(badge.locator(".badge__symbol")).to_have_attribute("aria-hidden", "true")
    expect(hit.locator("mark").first).to_contain_text("Glasfaser")
    hit.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Glasfasernetz")


def test_facets_narrow_the_results(page: Page) -> None:
    """Each choice names its number of hits, and choosing it leaves that many."""
    search(page, "Schulen")
    everything = hits(page)
    kind = page.get_by_label("Art der Seite")
    option = kind.locator("option", has_text="Maßnahme")
    number = int(re.findall(r"\((\d+)\)", option.inner_text())[0])
    assert 0 < number < everything
    kind.select_option("Maßnahme")
    expect(page.get_by_role("status")).to_have_text(f"{number} Treffer")
    for text in page.locator(".kp-search__kind").all_inner_texts():
        assert text.startswith("Maßnahme")
    page.get_by_label("Handlungsfeld").select_option("Bildung und Schulen")
    expect(page.get_by_role("status")).not_to_have_text(f"{number} Treffer")
    assert 0 < hits(page) < number
    expect(kind.locator("option", has_text="Kennzahl")).to_have_count(1)


def test_a_measure_is_found_in_each_of_its_fields(page: Page) -> None:
    """The choice of a field finds a measure that is led in another one, too."""
    search(page, "Schulen Glasfasernetz anschließen")
    link = page.locator(".kp-search__link", has_text="Schulen an das Glasfasernetz anschließen")
    for field in ("Bildung und Schulen", "Wirtschaft und Netzausbau"):
        page.get_by_label("Handlungsfeld").select_option(field)
        expect(link.first).to_be_visible()
    page.get_by_label("Handlungsfeld").select_option("")


def test_search_can_be_shared(page: Page, browser: Browser) -> None:
    """The address of a search shows the same results to someone else, and is clean after it."""
    search(page, "Schulen")
    page.get_by_label("Status").select_option("verzögert")
    expect(page).to_have_url(re.compile("suche=Schulen&suche-status=verz"))
    expect(page.locator(".kp-search__status").first).to_have_text("! verzögert")
    told, titles = page.url, page.locator(".kp-search__link").all_inner_texts()
    other = browser.new_page()
    other.goto(told)
    expect(other.get_by_role("status")).to_have_text(page.get_by_role("status").inner_text())
    assert other.locator(".kp-search__link").all_inner_texts() == titles
    other.close()
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("suche"))


def test_more_results_on_demand(page: Page) -> None:
    """Only the first results are fetched; the next ones come on demand and get the focus."""
    search(page, "Stadt")
    shown = page.locator(".kp-search__hits > li")
    first = shown.count()
    assert first < hits(page)
    page.get_by_role("button", name="Weitere Treffer zeigen").click()
    expect(shown).to_have_count(min(2 * first, hits(page)))
    expect(shown.nth(first).get_by_role("link")).to_be_focused()


def test_questions_are_understood(asked: Page) -> None:
    """Words that every question has don't keep pages from being found."""
    wanted = search(asked, "Schulen")
    assert wanted
    assert search(asked, "Was passiert für die Schulen?") == wanted


@pytest.mark.parametrize("words", ["xyzqwert Schulen", "qqqq Schulen", "Schulen zzzz"])
def test_one_word_too_many_still_finds(asked: Page, words: str) -> None:
    """Where no page has all words, the hits of the most telling one are shown, and told as such.

    It does not matter whether the index has any word that begins like the one too many.
    """
    wanted = search(asked, "Schulen")
    assert search(asked, words) == wanted
    expect(asked.get_by_role("status")).to_contain_text("für „Schulen“; keine Seite enthält alle")


def test_unknown_word_finds_nothing(asked: Page) -> None:
    """A word that is nowhere gives no hits and a hint what to do, in place of chance finds."""
    assert search(asked, "xyzqwert") == []
    expect(asked.get_by_role("status")).to_contain_text("Keine Treffer für „xyzqwert“.")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("gestoppt", "Chatbot auf der städtischen Website"),
        ("E-Akte", "Elektronische Akte einführen"),
        ("e-akte einführen", "Elektronische Akte einführen"),
    ],
)
def test_words_that_mean_the_same_are_found(asked: Page, words: str, title: str) -> None:
    """Who says „gestoppt“ finds what was „eingestellt“; a facet counts each page once."""
    search(asked, words)
    number = hits(asked)
    titles = asked.locator(".kp-search__link")
    for shown in range(8, number, 8):
        expect(titles).to_have_count(shown)
        asked.get_by_role("button", name="Weitere Treffer zeigen").click()
    expect(titles).to_have_count(number)
    assert title in titles.all_inner_texts()
    options = asked.get_by_label("Art der Seite").locator("option").all_inner_texts()[1:]
    assert sum(int(re.findall(r"\d+", option)[-1]) for option in options) == number


@pytest.mark.parametrize("words", ["M-031", "DS-30"])
def test_either_number_finds_the_measure_first(asked: Page, words: str) -> None:
    """The id and the official number lead to the measure before pages that name it."""
    assert search(asked, words)[0] == "Digitalsprechstunde für Betriebe"


@pytest.mark.parametrize(
    ("words", "hint"),
    [("Radverkehr", "Rad …"), ("Radverkehr", "Verkehr …"), ("Quantencomputer", "Computer …")],
)
def test_without_hits_a_shorter_word_is_offered(asked: Page, words: str, hint: str) -> None:
    """Where no page has a word, beginnings and ends of it that pages have are offered."""
    assert not search(asked, words)
    asked.get_by_role("button", name=hint, exact=True).click()
    expect(asked.locator(".kp-search__link").first).to_be_visible()
    expect(asked.locator(".kp-search__hints")).to_be_hidden()
    expect(asked.get_by_role("searchbox")).to_have_value(hint.removesuffix(" …"))


def test_keys_open_and_close(page: Page) -> None:
    """The keys / and Ctrl+K open the search, Escape closes it, and the focus goes back."""
    dialog = page.get_by_role("dialog", name="Suche")
    for key in ("/", "Control+k"):
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        expect(page.get_by_role("searchbox", name="Wonach suchen Sie?")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    button = page.get_by_role("button", name="Suche", exact=True)
    button.press("Enter")
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_arrows_walk_through_the_results(asked: Page) -> None:
    """The arrow keys lead from the words to the results and back."""
    search(asked, "Schulen")
    asked.keyboard.press("ArrowDown")
    asked.keyboard.press("ArrowDown")
    expect(asked.locator(".kp-search__link").nth(1)).to_be_focused()
    asked.keyboard.press("ArrowUp")
    asked.keyboard.press("ArrowUp")
    expect(asked.get_by_role("searchbox")).to_be_focused()


def test_single_key_can_be_turned_off(page: Page) -> None:
    """Who is hindered by the key / turns it off, for all pages (WCAG 2.2, 2.1.4)."""
    page.keyboard.press("/")
    page.get_by_role("checkbox", name="öffnet die Suche").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Suche")).to_be_visible()


def test_nothing_is_loaded_before_the_first_keystroke(browser: Browser, address: str) -> None:
    """Opening a page and the search fetches nothing of the index; typing does."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "pagefind" in url]
    search(page, "Rathaus")
    assert [url for url in asked if "pagefind/pagefind.js" in url]
    assert not [url for url in asked if not url.startswith(address)]
    page.close()


def weigh(browser: Browser, url: str, words: str) -> int:
    """The bytes that a first search fetches from a server that compresses scripts, as all do."""
    context = browser.new_context()  # nothing was fetched before
    page = context.new_page()
    fetched: list[Response] = []
    page.on("response", lambda r: fetched.append(r) if f"/{FOLDER}/" in r.url else None)
    page.goto(url)
    search(page, words)
    page.wait_for_load_state("networkidle")
    size = 0
    for response in fetched:
        body = response.body()
        script = urlsplit(response.url).path.endswith((".js", ".json"))
        size += len(gzip.compress(body)) if script else len(body)
    context.close()
    return size


@pytest.mark.parametrize(
    "words", first_of(["Glasfasern", "Maßnahmen", "Was kostet das?", "Schule WLAN"])
)
def test_search_is_light(browser: Browser, address: str, words: str) -> None:
    """A first search of the sample fetches at most 200 kB, program and index together."""
    assert 0 < weigh(browser, address, words) <= BUDGET


def test_internal_measure_is_not_found(asked: Page, sample: BuiltSample) -> None:
    """An internal measure is neither among the results nor anywhere in the index."""
    lines = (sample.root / "data/measures.csv").read_text("utf-8").splitlines()
    title = next(line.split(",")[1] for line in lines if line.startswith("M-040,"))
    assert title not in search(asked, title)
    for fragment in fragments(sample.site):
        assert title not in json.dumps(fragment, ensure_ascii=False)
        assert "m-040" not in fragment["url"]


def test_only_content_is_indexed(sample: BuiltSample) -> None:
    """All that citizens look for is in the index, without menus and foot.

    Search, handbook, the overview for frames and the error page are not.
    """
    found = {fragment["url"]: fragment for fragment in fragments(sample.site)}
    pages = {
        "/" + path.relative_to(sample.site).as_posix().removesuffix("index.html")
        for path in sample.site.rglob("index.html")
    }
    handbook = {page for page in pages if page.startswith("/handbuch/")}
    assert set(found) == pages - handbook - {"/suche/", "/einbetten/"}
    for url, fragment in found.items():
        assert not fragment["content"].rstrip(". ").endswith("Diese Seite bearbeiten"), url
        assert "Texte und Daten:" not in fragment["content"], url
        assert "¶" not in fragment["content"], url
        assert fragment["filters"]["art"] == [fragment["meta"]["kind"]]


def test_index_is_the_same_from_build_to_build(sample: BuiltSample, tmp_path: Path) -> None:
    """The same pages give the same index, byte for byte, without programs that nobody loads."""
    again = tmp_path / "site"
    shutil.copytree(sample.site, again)
    assert index_site(again) == len(fragments(sample.site))
    first, second = contents(sample.site), contents(again)
    assert set(second) == set(first)
    for name, content in first.items():
        assert second[name] == content, name
    assert [name for name in first if name.endswith(".js")] == ["pagefind.js"]


def test_without_scripts_a_page_helps(browser: Browser, address: str) -> None:
    """Without JavaScript the search is a link to a page that leads to all chapters."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "massnahmen/m-001/")
    page.get_by_role("link", name="Suche", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Suche")
    page.get_by_role("article").get_by_role("link", name="Maßnahmen").click()
    expect(page).to_have_url(address + "massnahmen/")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_fits_a_small_screen(browser: Browser, address: str, scheme: Any) -> None:
    """At 320 px neither the page nor the open search scrolls sideways, and results can be read."""
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page.goto(address + "massnahmen/m-001/")
    search(page, "Schulen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('dialog'))")
    for control in page.locator("dialog button:visible, dialog select, dialog input").all():
        box = control.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    page.close()


def test_minimal_strategy_is_found(browser: Browser, tmp_path: Path) -> None:
    """One measure is enough for a search, and markup in its title stays text."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "fields_of_action.csv").write_text("id,title\nHF-1,Schule & Kita\n", "utf-8")
    title = '<img src=x onerror="alert(1)"> WLAN & {{ 7*7 }} | "Netz"'
    (data / "measures.csv").write_text(
        'id,title,field\nM-1,"' + title.replace('"', '""') + '",HF-1\n', "utf-8"
    )
    (data / "statuses.csv").write_text(
        "id,label,meaning,category\nlaufend,läuft,Es wird gearbeitet.,active\n", "utf-8"
    )
    build(tmp_path, "--no-pdf")
    with served(tmp_path / "site") as url:
        page = browser.new_page()
        page.goto(url)
        assert title in search(page, "WLAN")
        hit = page.locator(".kp-search__hits > li", has_text="WLAN").first
        expect(hit).to_contain_text("Maßnahme · Schule & Kita")
        expect(hit.locator(".badge--none")).to_contain_text("noch keine Meldung")
        expect(page.locator("dialog img")).to_have_count(0)
        page.close()


@pytest.mark.long
def test_large_strategy_is_found(browser: Browser, three_hundred: BuiltSample) -> None:
    """Among 300 measures one is found by its number, and a search stays below 200 kB."""
    with served(three_hundred.site) as url:
        page = browser.new_page()
        page.goto(url)
        assert any(title.startswith("Maßnahme 217:") for title in search(page, "Maßnahme 217"))
        page.close()
        for words in ("Glasfasern", "Bücherei Umzug"):
            assert 0 < weigh(browser, url, words) <= BUDGET


def test_missing_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program of the search is missing, the error says so and names the cure."""

    def gone() -> Path:
        raise FileNotFoundError("pagefind")

    monkeypatch.setattr(pagefind_bin, "get_executable", gone)
    with pytest.raises(KlarplanError) as caught:
        index_site(tmp_path)
    assert "pagefind_bin" in caught.value.cure.de


def test_empty_site_is_told(tmp_path: Path) -> None:
    """A site without a page can't be indexed, and the error repeats the program's words."""
    with pytest.raises(KlarplanError) as caught:
        index_site(tmp_path)
    assert "Suche" in caught.value.problem.de


@pytest.mark.parametrize("lang", ["de", "en"])
def test_words_are_stemmed_in_the_language_of_the_pages(lang: str, tmp_path: Path) -> None:
    """The index of an English site is English; only what its language needs is kept."""
    page = f'<html lang="{lang}"><body><main data-pagefind-body><h1>Netze</h1></main></body></html>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert index_site(tmp_path) == 1
    kept = {path.name for path in (tmp_path / FOLDER).glob("wasm.*")}
    assert kept == {f"wasm.{lang}.pagefind"}
    entry = json.loads((tmp_path / FOLDER / "pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == [lang]
