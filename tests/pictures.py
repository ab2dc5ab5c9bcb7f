"""``make pictures``: the key pages as pictures, for people to look at.

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

from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch_options
from tests.conftest import REPOSITORY, QuietHandler, build, copy_of_sample

PAGES = {
    "start": "",
    "massnahmen": "massnahmen/",
    "massnahme": "massnahmen/m-001/",
    "ziel": "ziele/z-03/",
    "handlungsfeld": "handlungsfelder/hf-02/",
    "kennzahl": "kennzahlen/k-01/",
    "umsetzung": "umsetzung/",
    "zeitplan": "zeitplan/",
}
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
                page.goto(address + path, wait_until="networkidle")
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()


def take_readme(browser: Browser, address: str) -> None:
    """The pictures of the README: the first screen of two pages."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    for name, path in README.items():
        page.goto(address + path, wait_until="networkidle")
        page.screenshot(path=REPOSITORY / ".github" / name)
    context.close()


def main() -> None:
    """Build the sample, take the pictures, say where they are."""
    folder = REPOSITORY / "build" / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        root = copy_of_sample(Path(scratch) / "sample")
        build(root, "--no-pdf")
        handler = functools.partial(QuietHandler, directory=str(root / "site"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        browser = playwright.chromium.launch(**launch_options())
        take(browser, address, folder)
        if "--readme" in sys.argv:
            take_readme(browser, address)
        browser.close()
        server.shutdown()
    print(f"{len(list(folder.iterdir()))} Bilder: {folder.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
