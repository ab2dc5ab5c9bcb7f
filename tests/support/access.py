"""Looks at pages in a real browser for what keeps people out: one list of faults for each page."""

from __future__ import annotations

import functools
import gzip
import importlib.util
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Request

from tests.support.line_breaks import broken_words
from tests.support.node import package

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 768, 1280)
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt")

AXE = """() => axe.run(document, {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  rules: {'target-size': {enabled: true}},
}).then(result => result.violations.flatMap(rule => rule.nodes.map(
  node => `axe ${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 160)}`)))"""

WATCH = """
window.__refused = [];
addEventListener('securitypolicyviolation', e =>
  window.__refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
"""

SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
"""

CLIPPED = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  const hides = ['hidden', 'clip'];
  if (!hides.includes(style.overflowX) && !hides.includes(style.overflowY)) return false;
  if (style.clipPath === 'inset(50%)' || !e.checkVisibility() || !e.innerText?.trim()) return false;
  return (hides.includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (hides.includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => `clipped: ${e.outerHTML.slice(0, 100)}`)"""

SMALL = """() => [...document.querySelectorAll('button, select, input, summary, header a')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([e, box]) => getComputedStyle(e).clipPath === 'none'
    && box.width && (box.width < 23.9 || box.height < 23.9))
  .map(([e, box]) => `target ${Math.round(box.width)} x ${Math.round(box.height)} px: `
    + e.outerHTML.slice(0, 80))"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
}).map(e => `moves: ${e.outerHTML.slice(0, 80)}`)"""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LETTERED = "() => document.fonts.ready.then(() => true)"
"""Waits for the typefaces that a page asks for: until then words stand in others, less wide."""


class Gzipped(SimpleHTTPRequestHandler):
    """Serves a folder as a good host does: compressed, and 404.html for what is missing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""

    def do_GET(self) -> None:
        """Answer with a file of the folder, compressed where that helps."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        status = 200
        if not file.is_file():
            status, file = 404, Path(self.directory) / "404.html"
        content, coding = body(file)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(content)


@functools.cache
def body(file: Path) -> tuple[bytes, str]:
    """What is sent for a file, and its coding."""
    content = file.read_bytes()
    if file.suffix not in COMPRESSED:
        return content, ""
    return gzip.compress(content, 6, mtime=0), "gzip"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder on a local server."""
    handler = functools.partial(Gzipped, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def pages_of(site: Path) -> list[str]:
    """The addresses of all pages below a folder, relative to it."""
    files = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(name.removesuffix("index.html") for name in files)


def one_of_each_kind(paths: Sequence[str]) -> list[str]:
    """The first page of each folder and the first of those below it."""
    kinds: dict[tuple[str, int], str] = {}
    for path in paths:
        top = path.partition("/")[0]
        kinds.setdefault((top, path.count("/")), path)
    return list(kinds.values())


@functools.cache
def axe() -> str:
    """The text of axe-core: the newest where npm could fetch it, else the Python package's."""
    newest = package("axe-core") / "axe.min.js"
    if newest.is_file():
        return newest.read_text("utf-8")
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@dataclass(frozen=True)
class View:
    """A way of looking at pages: colour scheme and width in CSS pixels."""

    scheme: Literal["light", "dark"]
    width: int
    height: int = 800

    def options(self) -> dict[str, Any]:
        """Arguments for ``browser.new_context``."""
        size = {"width": self.width, "height": self.height}
        return {"viewport": size, "color_scheme": self.scheme, "locale": "de-DE"}


class Visitor:
    """A browser's window that notes everything a page does and should not do."""

    def __init__(self, browser: Browser, address: str, view: View, **options: Any) -> None:
        self.address = address
        self.view = view
        self.context = browser.new_context(**{**view.options(), **options})
        self.context.add_init_script(WATCH)
        self.page: Page = self.context.new_page()
        self.noted: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.noted.append(f"script: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.noted.append(f"foreign request: {request.url}")

    def _console(self, message: Any) -> None:
        expected_404 = self.page.url.endswith("/404.html")
        if message.type in ("error", "warning") and not expected_404:
            self.noted.append(f"console: {message.text}")

    def open(self, path: str) -> Page:
        """Go to a page, whose typefaces are there on return."""
        self.noted.clear()
        self.page.goto(self.address + path)
        self.page.evaluate(LETTERED)
        return self.page

    def look(self, view: View) -> None:
        """See the open page in another view, whose layout and colours are there on return."""
        self.page.set_viewport_size({"width": view.width, "height": view.height})
        self.page.emulate_media(color_scheme=view.scheme)
        self.page.evaluate(SETTLED)
        self.page.evaluate(LETTERED)

    def behaviour(self) -> list[str]:
        """What the open page did and must not: foreign hosts, cookies, its own policy broken."""
        found = list(self.noted)
        found += [f"policy: {text}" for text in self.page.evaluate("window.__refused")]
        found += [f"cookie: {cookie.get('name')}" for cookie in self.context.cookies()]
        kept = self.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        return found + [f"kept in the browser: {name}" for name in kept]

    def layout(self) -> list[str]:
        """Sideways scrolling, small targets, broken words, and text lost with wider spacing."""
        page = self.page
        found = _sideways(page, "") + page.evaluate(SMALL)
        found += [f"broken without a hyphen: {word}" for word in broken_words(page)]
        page.evaluate(f"() => {{{SPACING} document.adoptedStyleSheets = [sheet]; }}")
        found += _sideways(page, " with text spacing") + page.evaluate(CLIPPED)
        page.evaluate("document.adoptedStyleSheets = []")
        return found

    def rules(self) -> list[str]:
        """What axe finds on the open page."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe())
        found: list[str] = self.page.evaluate(AXE)
        return found

    def faults(self, path: str) -> list[str]:
        """Everything that is wrong with a page in the visitor's view."""
        self.open(path)
        return [*self.behaviour(), *self.layout(), *self.rules()]

    def close(self) -> None:
        """Leave."""
        self.context.close()


def _sideways(page: Page, when: str) -> list[str]:
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wide <= 0:
        return []
    guilty = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e =>
          e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
          && !e.closest('.table-scroll')).slice(0, 2).map(e => e.outerHTML.slice(0, 80))"""
    )
    return [f"sideways{when} by {wide} px: {guilty}"]


def crawl(
    browser: Browser, address: str, paths: Iterable[str], views: Sequence[View], **options: Any
) -> dict[str, list[str]]:
    """The faults of pages: each is opened once, in the first view, and then seen in all of them.

    Readers want no movement here, so none is allowed. Keys tell path, scheme and width; only pages
    with faults are there.
    """
    found = {}
    # Nothing fades from one view to the next, which axe could catch half-way.
    visitor = Visitor(browser, address, views[0], **{"reduced_motion": "reduce", **options})
    for path in paths:
        visitor.open(path)
        for view in views:
            visitor.look(view)
            found[f"/{path} {view.scheme} {view.width} px"] = visitor.layout() + visitor.rules()
        found[f"/{path}"] = visitor.behaviour() + visitor.page.evaluate(MOVING)
    visitor.close()
    return {key: faults for key, faults in found.items() if faults}
