"""The form in a real browser: without a mouse, without sight, without scripts."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from klarplan.cli.form.guard import Guard
from klarplan.cli.form.server import Handler, Server
from klarplan.cli.form.site import FormSite
from klarplan.commands.edit import Editor
from tests.cli.form.test_rows import REPORT, TEXTS, WAYS, asked
from tests.support.access import SCHEMES, View, crawl
from tests.support.git import committed
from tests.support.klein import DAY, replace
from tests.support.workbooks import lines

pytestmark = pytest.mark.long

SPLIT = "row?table=measures&task=split&measure=A-4"
PAGES = (
    *("", "tables", "table?table=measures", "table?table=measures&task=report&q=nichts"),
    *("row?table=measures&row=0", "row?table=status_reports&measure=A-1&task=report"),
    *("row?table=measures", "text?table=measures&id=A-1", "propose"),
    *("texts", "text?file=strategy/vision.md", "row?table=successions&task=merge"),
    SPLIT,
)
VIEWS = tuple(View(scheme, width) for width in (360, 1280) for scheme in SCHEMES)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy in git."""
    root = asked(tmp_path)
    committed(root)
    return root


@pytest.fixture
def top(root: Path) -> Iterator[str]:
    """The address of its form."""
    server = served(Editor(root, DAY), "token")
    yield f"http://127.0.0.1:{server.server_port}/token/"
    ended(server)


def served(editor: Editor, token: str, port: int = 0) -> Server:
    """Start a form."""
    server = Server(("127.0.0.1", port), Handler)
    server.answer = FormSite(editor, Guard(token, server.server_port)).answer
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def ended(server: Server) -> None:
    """End it."""
    server.shutdown()
    server.server_close()


def test_no_page_keeps_anybody_out(browser: Browser, top: str) -> None:
    """Each page breaks no rule of axe, its policy or its width, and asks and keeps nothing."""
    assert crawl(browser, top, PAGES, VIEWS) == {}


@pytest.mark.parametrize("long", ["x" * 220, "Überlange Bezeichnung mit „Zeichen“, und " * 6])
def test_long_titles_are_never_wider_than_the_screen(
    browser: Browser, root: Path, top: str, long: str
) -> None:
    """In headings, lists and choices; of one word, or of many."""
    replace(root, "data/measures.csv", "A-4,Glasfaser", f'A-4,"{long.strip()}"')
    replace(root, "data/fields_of_action.csv", "Schule", long.replace(",", "").strip())
    pages = [
        "table?table=measures",
        "row?table=measures&row=3",
        f"{SPLIT}",
        "table?table=milestones",
    ]
    page = browser.new_page(locale="de-DE")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in pages:
            page.goto(f"{top}{address}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.close()


def test_a_page_of_a_former_start_keeps_nobody_out(browser: Browser, top: str) -> None:
    """It breaks no rule either; that it is not found is all that is to be said."""
    found = crawl(browser, top.replace("/token/", "/former/"), ["row?table=measures"], VIEWS)
    assert {line.partition(":")[0] for lines in found.values() for line in lines} == {"console"}
    assert "404" in str(found)


def test_no_page_that_came_of_a_form_keeps_anybody_out(browser: Browser, top: str) -> None:
    """Nor does what was refused, what would change, and a text before and after."""
    page = browser.new_page(locale="de-DE")
    led = list[str]()
    lots = "Wörter " * 60 + "Straßenbeleuchtungsersatzbeschaffungsmaßnahmenkatalog"
    for address, does in (
        ("row?table=measures", "Prüfen"),
        ("row?table=status_reports&measure=A-4&task=report", "Prüfen"),
        ("row?table=measures&row=0", "Weiter"),
        ("text?table=measures&id=A-8", "Weiter"),
        ("text?file=strategy/vision.md", "Vorschau"),
    ):
        page.goto(f"{top}{address}")
        page.locator("textarea").first.fill(f"{lots}\n\n{lots}")
        if (title := page.get_by_label("Bezeichnung")).count():
            title.fill(lots[-60:])
        page.get_by_role("button", name=does).click()
        page.wait_for_url("**/shown?*", timeout=30_000)
        led.append(page.url.removeprefix(top))
    expect(page.locator(".page")).to_contain_text("Wörter")
    page.close()
    # A value carries no hyphens of ours; a browser that has a dictionary parts it with its own.
    own = f"broken without a hyphen: {lots.rsplit(maxsplit=1)[-1]}"
    found = crawl(browser, top, led, VIEWS)
    rest = {at: [one for one in told if not one.startswith(own)] for at, told in found.items()}
    assert not any(rest.values()), rest


def test_a_page_with_mistakes_keeps_nobody_out(browser: Browser, top: str) -> None:
    """Nor does one that has just been refused; the summary has the focus."""
    page = browser.new_page(locale="de-DE")
    page.goto(f"{top}row?table=measures")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Bezeichnung")).to_be_focused()
    page.close()


def test_what_came_of_it_is_heard_first(browser: Browser, top: str) -> None:
    """In the title, and by the focus: of a preview, what was written, asked back and proposed."""
    page = browser.new_page(locale="de-DE", viewport={"width": 800, "height": 500})
    told = page.locator("#summary")
    page.goto(f"{top}text?file=strategy/vision.md")
    page.get_by_label("Text der Seite").fill("Alle Wege sind kurz.")
    page.get_by_role("button", name="Vorschau").click()
    expect(page).to_have_title(re.compile("^Vorschau – "))
    expect(told).to_be_focused()
    expect(page.locator(".page")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Übernehmen").click(timeout=30_000)
    expect(page).to_have_title(re.compile("^Geschrieben – "))
    expect(told).to_be_focused()
    page.get_by_role("link", name="Änderung vorschlagen").click()
    page.get_by_role("button", name="Vorschlag anlegen").click(timeout=30_000)
    page.wait_for_url("**/shown?*", timeout=30_000)
    if page.locator("#apart").count():
        expect(page).to_have_title(re.compile("^Noch nicht vorgeschlagen – "))
        expect(told).to_be_focused()
        page.locator("#apart").check()
        page.get_by_role("button", name="Vorschlag anlegen").click()
    expect(page).to_have_title(re.compile("^(Der Vorschlag|Das ging nicht)"))
    expect(told).to_be_focused()
    page.close()


def reach(page: Page, name: str) -> None:
    """Go on with the tabulator until the focus is where somebody hears this name."""
    for _ in range(80):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(e => e.labels?.[0]?.innerText ?? e.innerText ?? '')(document.activeElement)"
        )
        if said.startswith(name):
            return
    raise AssertionError(name)


def enter(page: Page) -> None:
    """Press the key that leads on, and wait for the next page."""
    with page.expect_navigation(timeout=30_000):
        page.keyboard.press("Enter")


def test_a_status_is_reported_with_the_keyboard_alone(
    browser: Browser, top: str, root: Path
) -> None:
    """From the first page to the written row, with focus in sight at each step."""
    page = browser.new_page(locale="de-DE")
    page.goto(top)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Zum Inhalt springen")).to_be_in_viewport()
    reach(page, "Einen Stand melden")
    enter(page)
    reach(page, "In dieser Liste suchen")
    page.keyboard.type("schulen")
    enter(page)
    reach(page, "Glasfaser")
    enter(page)
    reach(page, "Status")
    page.keyboard.type("läuft")
    reach(page, "Fortschritt")
    page.keyboard.type("150")
    reach(page, "Sachstand")
    progress = page.get_by_label("Fortschritt")
    expect(progress).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".messages", has_text="100")).to_be_visible()
    page.keyboard.type("Drei Schulen sind am Netz.")
    progress.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("50")
    reach(page, "Weiter zu den Änderungen")
    enter(page)
    expect(page.get_by_role("heading", name="Das ändert sich")).to_be_visible()
    expect(page.get_by_text("Drei Schulen sind am Netz.")).to_be_visible()
    reach(page, "Übernehmen")
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    assert lines(root, "status_reports")[-1].startswith("A-4,2026-06-30,2026-H1,laeuft,50,Drei")
    page.close()


def test_a_text_is_edited_with_the_keyboard_alone(browser: Browser, top: str, root: Path) -> None:
    """Found by its title, looked at, told and written."""
    page = browser.new_page(locale="de-DE")
    page.goto(top)
    reach(page, "Einen Text bearbeiten")
    enter(page)
    reach(page, "Vision")
    enter(page)
    reach(page, "Text der Seite")
    page.keyboard.press("Control+a")
    page.keyboard.type("Alle Wege sind kurz.")
    reach(page, "Vorschau")
    enter(page)
    expect(page.locator(".page")).to_have_text("Alle Wege sind kurz.")
    reach(page, "Weiter zu den Änderungen")
    enter(page)
    expect(page.get_by_text("Vision (strategy/vision.md)")).to_be_visible()
    reach(page, "Übernehmen")
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    assert (root / "strategy/vision.md").read_text("utf-8").endswith("Alle Wege sind kurz.\n")
    page.close()


def test_back_and_reload_harm_nothing(browser: Browser, top: str, root: Path) -> None:
    """Nothing is sent again, and what was typed is still there on the way back and forth."""
    page = browser.new_page(locale="de-DE")
    sent = list[str]()
    page.on("request", lambda r: sent.append(r.method if r.is_navigation_request() else ""))
    page.goto(f"{top}row?table=measures")
    page.get_by_label("Bezeichnung").fill("Bänke")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("#summary")).to_be_visible()
    page.get_by_label("Handlungsfeld").first.select_option(index=1)
    page.get_by_role("button", name="Weiter").click()
    changes = page.get_by_role("heading", name="Das ändert sich")
    expect(changes).to_be_visible()
    assert sent.count("POST") == 2
    page.reload()
    expect(changes).to_be_visible()
    page.go_back()
    expect(page.locator("#summary")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Bezeichnung")).to_have_value("Bänke")
    page.go_forward()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    page.go_back()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    assert sum("Bänke" in line for line in lines(root, "measures")) == 1
    page.close()


def test_what_was_typed_is_never_lost_unasked(browser: Browser, top: str) -> None:
    """Whoever leaves a page on which something was typed is asked; others are not."""
    page = browser.new_page(locale="de-DE")
    asked = list[str]()

    def yes(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", yes)
    for address in ("row?table=measures&row=0", "text?file=strategy/vision.md"):
        page.goto(f"{top}{address}")
        page.get_by_role("link", name="Anfang").click()
        expect(page.get_by_role("heading", name="Was fällig ist")).to_be_visible()
        assert not asked
        page.goto(f"{top}{address}")
        page.locator("main form :is(input[type=text], textarea)").first.press_sequentially("x")
        page.get_by_role("link", name="Anfang").click()
        expect(page.get_by_role("heading", name="Was fällig ist")).to_be_visible()
        assert asked == ["beforeunload"]
        asked.clear()
    page.close()


def test_it_is_told_while_somebody_types(browser: Browser, top: str) -> None:
    """A pause is enough; the field need not be left, and what is mended is told no more."""
    page = browser.new_page(locale="de-DE")
    page.goto(f"{top}row?table=measures")
    title = page.get_by_label("Bezeichnung")
    title.press_sequentially("Glasfaser")
    told = page.locator(".messages", has_text="gibt es schon")
    expect(told).to_be_visible()
    expect(title).to_be_focused()
    title.press_sequentially(" im Norden")
    expect(told).to_have_count(0)
    page.close()


def test_nothing_is_lost_when_the_command_ends(browser: Browser, root: Path) -> None:
    """Nobody answers: the page stays with what was typed. Started anew: the form opens with it."""
    editor = Editor(root, DAY)
    server = served(editor, "former")
    page = browser.new_page(locale="de-DE", viewport={"width": 360, "height": 740})
    page.goto(f"http://127.0.0.1:{server.server_port}/former/row?table=measures")
    title = page.get_by_label("Bezeichnung")
    title.fill("Bänke „am Bach“")
    ended(server)
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("#gone")).to_be_focused()
    expect(page.locator("#gone")).to_contain_text("steht noch auf dieser Seite")
    expect(title).to_have_value("Bänke „am Bach“")
    server = served(editor, "anew", server.server_port)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="neu gestartet")).to_be_visible()
    page.get_by_label("Neue Adresse").fill(f"http://127.0.0.1:{server.server_port}/anew/")
    page.get_by_role("button", name="mit meinen Eingaben").click()
    expect(page.get_by_label("Bezeichnung")).to_have_value("Bänke „am Bach“")
    page.close()
    ended(server)


@pytest.mark.parametrize("text", TEXTS)
def test_a_report_is_the_same_by_every_way(
    browser: Browser, top: str, root: Path, text: str
) -> None:
    """Filled in by a browser, the same report is the same bytes as by workbook and issue."""
    page = browser.new_page(locale="de-DE")
    page.goto(f"{top}row?table=status_reports&measure=A-4")
    page.get_by_label("Status").select_option(label="läuft")
    page.get_by_label("Datum").fill(REPORT["date"])
    page.get_by_label("Fortschritt").fill(REPORT["progress"])
    page.get_by_label("Sachstand").fill(text)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    page.close()
    file = "data/status_reports.csv"
    for way in WAYS:
        folder = root.parent / way.__name__
        folder.mkdir()
        other = asked(folder)
        way(other, text)
        assert (other / file).read_bytes() == (root / file).read_bytes(), way.__name__


def test_without_scripts_all_of_it_works(browser: Browser, top: str, root: Path) -> None:
    """What is wrong is told by a button; what somebody else has changed is not overwritten."""
    page = browser.new_page(java_script_enabled=False, locale="de-DE")
    page.goto(f"{top}row?table=measures&row=0")
    page.get_by_label("Geplantes Ende").fill("2020-01-01")
    page.get_by_role("button", name="Prüfen").click()
    expect(page.locator(".field .messages p").first).to_be_visible()
    page.get_by_label("Geplantes Ende").fill("2027-12-31")
    replace(root, "data/measures.csv", "2024-01-01,2027-06-30", "2024-01-01,2027-07-31")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("#summary")).to_contain_text("Jemand anderes")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Geschrieben")
    assert "2027-12-31" in (root / "data/measures.csv").read_text("utf-8")
    page.close()


def test_colours_of_the_system_leave_everything_in_sight(browser: Browser, top: str) -> None:
    """With forced colours, fields, buttons and what is wrong have borders."""
    page = browser.new_page(forced_colors="active")
    page.goto(f"{top}row?table=measures&row=0")
    for selector in ("input[type=text]", "select", "button.main"):
        width = page.locator(selector).first.evaluate("e => getComputedStyle(e).borderTopWidth")
        assert width != "0px", selector
    page.close()


def test_a_text_that_is_too_long_is_still_there_one_page_back(browser: Browser, top: str) -> None:
    """It is told on a page of the form, from which the way leads back to what was typed."""
    page = browser.new_page()
    page.goto(f"{top}text?file=strategy/vision.md")
    page.evaluate("document.getElementById('text').value = 'Lang. '.repeat(900_000)")
    page.locator("button[value=show]").click()
    expect(page.locator("[role=alert]").first).to_contain_text("zu lang")
    page.go_back()
    assert page.evaluate("document.getElementById('text').value.length") == 5_400_000
    page.close()


def test_a_long_text_leaves_the_rest_of_its_page_near(browser: Browser, top: str) -> None:
    """It scrolls in a box, with keys as well; what is shorter stands there as a whole."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{top}row?table=measures&row=0")
    page.get_by_label("Kurzbeschreibung").fill("Ein langer Text. " * 1_200)
    page.get_by_role("button", name="Weiter").click()
    button = page.get_by_role("button", name="Übernehmen")
    button.wait_for(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollHeight") < 2_500
    box = page.locator("ins").locator("xpath=..")
    box.focus()
    page.keyboard.press("PageDown")
    box.evaluate(
        "e => new Promise(done => { const look = () => e.scrollTop > 0 ? done()"
        " : requestAnimationFrame(look); look(); })"
    )
    assert page.locator("del").locator("xpath=..").evaluate("e => e.tagName") == "DD"
    page.close()
