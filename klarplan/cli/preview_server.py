"""The server of the preview: whom it answers, what it gives, how browsers learn what is new."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote

from klarplan.cli.preview_tables import FOLDER, Tables
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.media_types import media_type
from klarplan.website.policy import integrity, with_script

S = TypeVar("S")

NAMES = ("localhost", "127.0.0.1", "[::1]")
"""What a browser on this machine calls it."""
VIEWED = 3
"""So many pages are made before the rest: several windows may be open."""
EVENTS = "/_klarplan/events"
SCRIPT = "/_klarplan/live.js"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ANOTHER = Text("Nehmen Sie einen anderen: --port 0.", "Take another one: --port 0.")

LIVE = """\
(() => {
  const { page, version } = document.currentScript.dataset;
  const box = (id, role, colour, font) => {
    const made = document.createElement("div");
    made.setAttribute("role", role);
    made.id = id;
    made.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;" +
      `z-index:99;background:${colour};color:#fff;font:16px/1.5 ${font};padding:1rem;` +
      "white-space:pre-wrap";
    return made;
  };
  const mistake = box("klarplan-mistake", "alert", "#7a1212", "monospace");
  const behind = box("klarplan-behind", "status", "#333", "sans-serif");
  behind.textContent = "Diese Seite wird gerade erneuert.";
  new EventSource("%s").onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== version) {
      location.reload();
      return;
    }
    mistake.textContent = state.mistake;
    const old = version && !state.mistake && state.shown && !state.shown.includes(page);
    for (const [box, wanted] of [[mistake, state.mistake], [behind, old]]) {
      if (wanted) {
        document.body.append(box);
      } else {
        box.remove();
      }
    }
  };
})();
"""

WAITING = """\
<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src ">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Vorschau</title>
</head>
<body>
<h1>Die Vorschau ist noch nicht fertig</h1>
<p>Sie wird gerade gebaut und erscheint dann hier von selbst.</p>
<p>Steht unten eine Meldung, beheben Sie bitte zuerst, was sie nennt.</p>
</body>
</html>
"""
"""What every address shows until the first build has succeeded."""


class State:
    """What the browser has to know: which build is shown, and what went wrong since."""

    def __init__(self) -> None:
        self.version = ""
        """Of what the preview shows, never the same twice; empty before the first good build."""
        self.mistake = ""
        self.pages: Sequence[str] | None = None
        """The only pages that are up to date, by their file; ``None`` where all are."""
        self.changes = 0
        self.changed = threading.Condition()
        self._viewed: deque[str] = deque(maxlen=VIEWED)

    def built(self, mistake: str) -> None:
        """Note the outcome of a build and tell every waiting browser."""
        self._note(mistake, None, new=not mistake)

    def shown(self, pages: Sequence[str]) -> None:
        """Note that only these pages are new, while the others are still to be made."""
        self._note("" if pages else self.mistake, pages, new=bool(pages))

    def _note(self, mistake: str, pages: Sequence[str] | None, *, new: bool) -> None:
        with self.changed:
            self.mistake, self.pages = mistake, pages
            if new:
                self.version = str(time.time_ns())
            self.changes += 1
            self.changed.notify_all()

    def view(self, page: str) -> None:
        """Note that a browser has asked for a page, by its file."""
        with self.changed:
            if page in self._viewed:
                self._viewed.remove(page)
            self._viewed.append(page)

    def viewed(self) -> Sequence[str]:
        """The pages that browsers have asked for last."""
        with self.changed:
            return tuple(self._viewed)

    def events(self) -> Iterator[str]:
        """The state now, then after every build; an empty text now and then keeps the line open."""
        last = -1
        while True:
            with self.changed:
                if last == self.changes:
                    self.changed.wait(timeout=15)
                fresh = last != self.changes
                last = self.changes
                told = {"version": self.version, "mistake": self.mistake, "shown": self.pages}
                text = json.dumps(told)
            yield text if fresh else ""


class Handler(SimpleHTTPRequestHandler):
    """Serves the preview, with a script that reloads it in every page.

    Only this machine is answered, and only by its own name: a page from elsewhere whose name was
    made to lead here (DNS rebinding) gets nothing. Only files of the preview are given.
    """

    def __init__(
        self, *args: object, state: State, folder: Path, tables: Tables | None = None
    ) -> None:
        self.state = state
        self.folder = folder
        self.tables = tables
        super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""

    def do_GET(self) -> None:
        """Answer with events, the script, or a file of the preview."""
        if not self._is_for_us():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "Die Vorschau hat einen anderen Namen.")
        elif self.path == EVENTS and self.command == "GET":
            self._events()
        elif self.path == SCRIPT:
            self._send((LIVE % EVENTS).encode(), "text/javascript; charset=utf-8")
        elif self.tables and self.path.startswith(FOLDER):
            self._workbook(self.tables)
        else:
            self._file()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def _is_for_us(self) -> bool:
        """Whether the request names this machine, and the port if it isn't the usual one."""
        assert isinstance(self.server, ThreadingHTTPServer)
        port = self.server.server_port
        names = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
        return self.headers.get_all("Host") in [[name] for name in names]

    def _workbook(self, tables: Tables) -> None:
        """Answer with the workbook of a table, as the files are now."""
        try:
            content = tables.workbook(self.path)
        except KlarplanError as error:
            told = f"{error.problem.de} {error.cure.de}"
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, told)
            return
        if content is None:
            self._refuse(HTTPStatus.NOT_FOUND, "Diese Tabelle gibt es nicht.")
        else:
            self._send(content, WORKBOOK)

    def _file(self) -> None:
        # Asked before the file is read: what is newer than this version is then loaded once more.
        version = self.state.version
        path = self._found()
        if not version:
            self._page(WAITING.encode(), version, status=HTTPStatus.SERVICE_UNAVAILABLE)
        elif path is None:
            self._refuse(HTTPStatus.NOT_FOUND, "Diese Seite gibt es in der Vorschau nicht.")
        elif path.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            address = path.relative_to(self.folder.resolve()).as_posix()
            self.send_header("Location", f"/{quote(address)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path.suffix == ".html":
            name = path.relative_to(self.folder.resolve()).as_posix()
            if self.command == "GET":
                self.state.view(name)
            content = path.read_bytes()
            if self.tables:
                content = self.tables.linked(content, name.removesuffix("index.html"))
            self._page(content, version, name)
        else:
            kind = media_type(path.name)
            coded = "; charset=utf-8" if kind.startswith("text/") else ""
            self._send(path.read_bytes(), kind + coded)

    def _page(
        self, content: bytes, version: str, name: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        """Send a page with the script that shows what is new."""
        known = integrity((LIVE % EVENTS).encode())
        attributes = f'src="{SCRIPT}" integrity="{known}" data-version="{version}"'
        attributes += f' data-page="{escape(name)}"'
        script = f"<script {attributes}></script></body>".encode()
        content = with_script(content, known).replace(b"</body>", script)
        self._send(content, "text/html; charset=utf-8", status)

    def _found(self) -> Path | None:
        """The file that a request means, or the folder where it forgot the slash at the end.

        A folder has no list of its files, and links are not followed.
        """
        address = unquote(self.path.partition("?")[0].partition("#")[0], errors="surrogateescape")
        names = [name for name in address.split("/") if name]
        if any(n in (".", "..") or set(n) & set("\\:\0") for n in names):
            return None
        path = self.folder.resolve()
        try:
            for name in names:
                path /= name
                if path.is_symlink():
                    return None
            page = path / "index.html"
            if path.is_file():
                return None if address.endswith("/") else path
            if page.is_file() and not page.is_symlink():
                return page if address.endswith("/") else path
        except (OSError, ValueError):
            pass
        return None

    def end_headers(self) -> None:
        """Keep nothing in the browser's cache, and guess no type."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def _refuse(self, status: HTTPStatus, said: str) -> None:
        self._send(said.encode(), "text/plain; charset=utf-8", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for text in self.state.events():
                self.wfile.write(f"data: {text}\n\n".encode() if text else b": \n\n")
                self.wfile.flush()
        except OSError:
            return


class Server(ThreadingHTTPServer):
    """Serves the preview on this machine only."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"
    """Windows would let two servers have the same port."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser has gone before all was sent."""


def server(port: int, folder: Path, state: State, tables: Tables | None = None) -> Server:
    """A server of the preview in ``folder``; ``KlarplanError`` where it can't have the ``port``."""
    handler = partial(Handler, state=state, folder=folder, tables=tables)
    return at_port(port, lambda: Server(("127.0.0.1", port), handler))


def at_port(port: int, made: Callable[[], S]) -> S:
    """What is ``made``, a server; ``KlarplanError`` where it can't have the ``port``."""
    try:
        return made()
    except PermissionError as error:
        problem = Text(
            f"Den Anschluss {port} gibt das System nicht frei.",
            f"The system doesn't give away port {port}.",
        )
        raise KlarplanError(problem, ANOTHER, exit_code=2) from error
    except OSError as error:
        problem = Text(f"Der Anschluss {port} ist belegt.", f"Port {port} is taken.")
        raise KlarplanError(problem, ANOTHER, exit_code=2) from error
