"""A real browser on a built site whose policy was taken out, and what it runs or asks for."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Route

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
LOOK = """() => {
  const found = window.__hit ? ["executed"] : [];
  const embedded = ["iframe", "object", "embed", "frame", "base", "portal", "applet"];
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (embedded.includes(name) && !element.matches("base:not([href])")) found.push(name);
    if (element.type === "application/ld+json") JSON.parse(element.textContent);
    else if (name === "script" && /hit\\(\\)|fremd/.test(element.outerHTML)) found.push(name);
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) found.push(`${name} ${attribute}`);
      if (addresses.includes(attribute)) {
        let scheme = "";
        try { scheme = new URL(value, location.href).protocol; } catch {}
        if (!["http:", "https:", "mailto:", "tel:", ""].includes(scheme)) found.push(value);
      }
    }
  }
  return found;
}"""
"""What a browser has run, or would run at a click."""


class _WithoutPolicy(SimpleHTTPRequestHandler):
    """Serves a site; pages come without their policy."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """A page without its policy, or any other file as it is."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        text, count = POLICY.subn(b"", page.read_bytes())
        assert count == 1, page
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        return BytesIO(text)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site without policy."""
    handler = functools.partial(_WithoutPolicy, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def visit(browser: Browser, site: Path, paths: Iterable[str]) -> list[str]:
    """What was run or asked for when a browser opened these files of a site; else nothing."""
    bad: list[str] = []
    here = ""
    with served(site) as address:
        context = browser.new_context(service_workers="block")
        context.add_init_script("window.hit = () => { window.__hit = true }")
        page = context.new_page()

        def foreign(route: Route) -> None:
            bad.append(f"{here}: {route.request.url}")
            route.abort()

        context.route(lambda url: not url.startswith((address, "data:")), foreign)
        page.on("dialog", lambda dialog: dialog.dismiss())
        for here in paths:
            try:
                page.goto(address + quote(here), wait_until="load")
            except Error as error:
                if "download" not in error.message.lower():
                    bad.append(f"{here}: {error.message}")
                continue
            bad += [f"{here}: {found}" for found in page.evaluate(LOOK)]
        context.close()
    return bad
