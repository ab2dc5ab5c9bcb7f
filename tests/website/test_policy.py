"""What browsers may do with the site, as pages say it and as web servers do."""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from klarplan.pages.gate import OUR_CLASSES, OURS, look
from klarplan.website.policy import (
    CLOSED,
    HEADERS,
    SCRIPTS,
    for_netlify,
    own_scripts,
    with_script,
)
from tests.support.access import WATCH, served
from tests.support.project import REPOSITORY, BuiltSample
from tests.support.some import first_of

ASSETS = REPOSITORY / "overrides" / "assets"
LOOKED_FOR = re.compile(
    r"""(?:getElementById|box)\("([^"]+)"[,)]|(?:"| )#([a-z][\w-]+)"|\.id = "([^"]+)\""""
)
RUNS = {
    "text": "<script src='/x.txt'></script>",
    "script": "<script src='/x.js'></script>",
    "module": "<script type='module' src='/x.js'></script>",
    "false hash": "<script src='/x.js' integrity='sha256-{known}'></script>",
    "inline": "<script>window.ran = 1</script>",
    "handler": "<img src='/nichts.png' onerror='window.ran = 1' alt=''>",
    "drawing": "<svg><script>window.ran = 1</script></svg>",
    "address": "<iframe src='javascript:parent.ran = 1'></iframe>",
}


@pytest.mark.parametrize("name", first_of(RUNS, 2))
def test_no_other_script_runs(
    browser: Browser, minimal: BuiltSample, tmp_path: Path, name: str
) -> None:
    """Whatever gets into a page: only scripts of known content run, wherever others lie."""
    site = tmp_path / "site"
    shutil.copytree(minimal.site, site)
    for file in ("x.txt", "x.js"):
        (site / file).write_text("window.ran = 1", encoding="utf-8")
    text = (site / "index.html").read_text(encoding="utf-8")
    known = own_scripts(REPOSITORY)["theme.js"].removeprefix("sha256-")
    planted = RUNS[name].format(known=known) if "{known}" in RUNS[name] else RUNS[name]
    (site / "index.html").write_text(text.replace("</article>", f"{planted}</article>"), "utf-8")
    with served(site) as address:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.classList.contains('js')")
        page.close()


def test_search_and_switches_work_under_the_policy(browser: Browser, minimal: BuiltSample) -> None:
    """The search, the filters and the choice of colours work, and nothing is refused."""
    with served(minimal.site) as address:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.goto(address + "massnahmen/")
        assert page.locator("form.filters").is_visible()
        page.locator(".kp-scheme").click()
        page.locator("button.kp-search-open").click()
        page.locator("#kp-search-words").fill("Maßnahme")
        page.locator(".kp-search__link").first.wait_for()
        assert page.evaluate("window.__refused") == []
        page.close()


def test_every_script_is_known_by_its_content(minimal: BuiltSample) -> None:
    """The hashes in a page are those of the files beside it."""
    page = (minimal.site / "index.html").read_text(encoding="utf-8")
    for name, known in own_scripts(minimal.site.parent).items():
        assert (minimal.site / "assets" / name).is_file()
        assert page.count(known) == 2, name


def test_web_servers_are_told_the_same(minimal: BuiltSample) -> None:
    """Netlify, Cloudflare and Apache get the same headers; no site may frame ours."""
    told = [(minimal.site / name).read_text("utf-8") for name in ("_headers", ".htaccess")]
    for name, value in {**HEADERS, **CLOSED}.items():
        assert all(name in text and value in text for text in told)
    assert "frame-ancestors 'none'" in CLOSED["Content-Security-Policy"]


def rules(text: str) -> dict[str, list[str]]:
    """The names of headers by path, as Netlify and Cloudflare read ``_headers``."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith(" "):
            found[list(found)[-1]].append(line.strip())
        else:
            found[line] = []
    return found


def test_one_page_may_be_framed_and_no_other(minimal: BuiltSample) -> None:
    """Each page but the overview says that no site may frame it, and none says it twice."""
    told = rules((minimal.site / "_headers").read_text("utf-8"))
    pages = [p.parent.relative_to(minimal.site) for p in minimal.site.rglob("index.html")]
    for page in pages:
        address = f"/{page.as_posix()}/" if page.parts else "/"
        given = [h for path, hs in told.items() if fnmatch(address, path) for h in hs]
        names = [header.partition(":")[0] for header in given]
        assert len(names) == len(set(names)), address
        policy = next(h for h in given if h.startswith("Content-Security-Policy"))
        assert ("frame-ancestors *" in policy) == (address == "/einbetten/"), address
        assert ("X-Frame-Options: DENY" in given) == (address != "/einbetten/"), address
    beside = (minimal.site / "einbetten/.htaccess").read_text("utf-8")
    assert "unset X-Frame-Options" in beside
    assert "frame-ancestors *" in beside


def test_many_folders_close_every_page() -> None:
    """Where there are more folders than a server takes rules, no page may be framed at all."""
    pages = ["", "einbetten/", *(f"seite-{n}/" for n in range(200))]
    told = rules(for_netlify(pages, draft=False))
    assert list(told) == ["/*"]
    assert "X-Frame-Options: DENY" in told["/*"]


@pytest.mark.parametrize("java_script", [True, False])
def test_another_site_shows_the_overview(
    browser: Browser, minimal: BuiltSample, tmp_path: Path, java_script: bool
) -> None:
    """The code that is offered shows the overview in a frame, with and without scripts."""
    page = html.parse(str(minimal.site / "einbetten/index.html")).getroot()
    assert page.xpath("//base/@target") == ["_top"]
    assert not page.xpath("//nav | //header | //footer")
    code = '<iframe src="{}" title="Überblick" width="100%" height="480"></iframe>'
    with served(minimal.site) as address:
        (tmp_path / "index.html").write_text(code.format(f"{address}einbetten/"), "utf-8")
        with served(tmp_path) as other:
            context = browser.new_context(java_script_enabled=java_script)
            shown = context.new_page()
            shown.goto(other)
            frame = shown.frame_locator("iframe")
            frame.locator("h1").wait_for()
            assert frame.locator(".glance").is_visible()
            context.close()


def test_a_preview_may_add_one_script() -> None:
    """The policy of a page takes one more script by its content, and only there."""
    page = b"default-src 'self'; script-src 'sha256-a' x; script-src-y"
    assert with_script(page, "sha256-b") == page.replace(b"src 'sha", b"src 'sha256-b' 'sha", 1)


def looked_for() -> set[str]:
    """The ids that scripts of the site and of the preview look for or make."""
    files = [ASSETS / name for name in SCRIPTS] + [REPOSITORY / "klarplan/cli/preview_server.py"]
    found = [m for file in files for m in LOOKED_FOR.findall(file.read_text(encoding="utf-8"))]
    return {name for names in found for name in names if name}


def test_ids_of_scripts_are_refused_for_authors() -> None:
    """Nobody can give an element an id that our scripts look for, nor a class of the frame."""
    ids = looked_for()
    assert {"kp-search", "kp-search-words", "kp-navigation", "klarplan-mistake"} <= ids
    for name in (*ids, "__config", "__drawer", "__search"):
        assert name.startswith(OURS)
        (fault,) = look(f'<p id="{name}">x</p>').faults
        assert fault.name == "id"
    for name in OUR_CLASSES:
        (fault,) = look(f'<p class="a {name}x">x</p>').faults
        assert fault.name == "class"
    assert look('<h2 id="navigation">Navigation</h2>').faults == ()
