"""``make pictures``: key pages of the site and all pages of the papers as pictures, to look at.

They go to ``build/pictures``; ``--readme`` also renews the pictures that the README shows.
"""

from __future__ import annotations

import functools
import shutil
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import launch_options
from tests.support.project import REPOSITORY, QuietHandler, build, copy_of_sample

PAGES = {
    "start": "",
    "massnahmen": "massnahmen/",
    "massnahme": "massnahmen/m-001/",
    "ziel": "ziele/z-03/",
    "handlungsfeld": "handlungsfelder/hf-02/",
    "kennzahl": "kennzahlen/k-01/",
    "umsetzung": "umsetzung/",
    "zeitplan": "zeitplan/",
    "kurzfassung": "kurzfassung/",
    "bericht": "berichte/2026-h1/",
    "dokumente": "dokumente/",
    "organisationen": "organisationen/",
}
SCALE = 0.6
"""Pixels for each point of a page on paper."""
COLUMNS, SHEET, GAP = 6, 24, 8
"""Pages side by side and on one sheet, and pixels between them."""
README = {"bild-startseite.png": "", "bild-massnahme.png": "massnahmen/m-001/"}


def take(browser: Browser, address: str, folder: Path) -> None:
    """Every key page at 360 and 1280 px, light and dark, in full length."""
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            for name, path in PAGES.items():
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + path, wait_until="networkidle")
                # What is out of sight is not drawn: cards of a long list would be empty.
                page.set_viewport_size({"width": width, "height": _height(page)})
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()


def _height(page: Page) -> int:
    """How tall a page is when all of it is drawn."""
    height = 0
    while (found := int(page.evaluate("document.documentElement.scrollHeight"))) > height:
        height = found
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    return height


def take_readme(browser: Browser, address: str) -> None:
    """The pictures of the README: the first screen of two pages."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    for name, path in README.items():
        page.goto(address + path, wait_until="networkidle")
        page.screenshot(path=REPOSITORY / ".github" / name)
    context.close()


def take_papers(site: Path, folder: Path) -> None:
    """Every page of every paper, small, on sheets of so many."""
    for file in sorted(site.glob("*.pdf")):
        document = pypdfium2.PdfDocument(file)
        small = [page.render(scale=SCALE).to_pil() for page in document]
        for number, at in enumerate(range(0, len(small), SHEET), 1):
            part = small[at : at + SHEET]
            width = max(picture.width for picture in part) + GAP
            height = max(picture.height for picture in part) + GAP
            rows = -(-len(part) // COLUMNS)
            sheet = Image.new("RGB", (min(COLUMNS, len(part)) * width, rows * height), "gray")
            for place, picture in enumerate(part):
                sheet.paste(picture, (place % COLUMNS * width, place // COLUMNS * height))
            sheet.save(folder / f"{file.stem}-{number:02}.png")


def main() -> None:
    """Build the sample, take the pictures, say where they are."""
    folder = REPOSITORY / "build" / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        root = copy_of_sample(Path(scratch) / "sample")
        build(root)
        handler = functools.partial(QuietHandler, directory=str(root / "site"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        browser = playwright.chromium.launch(**launch_options())
        take(browser, address, folder)
        if "--readme" in sys.argv:
            take_readme(browser, address)
        browser.close()
        take_papers(root / "site", folder)
        server.shutdown()
    print(f"{len(list(folder.iterdir()))} Bilder: {folder.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
