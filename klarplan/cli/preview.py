"""A preview that follows edits: builds on every change, reloads the browser, shows mistakes.

The build runs in a process of its own, so that edits in ``macros`` count as well. It goes into
``build/preview``; a build that fails leaves the last good preview in place.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

from watchfiles import watch

from klarplan.cli.options import console
from klarplan.commands.tracked import refuse_tracked
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.processes import Child
from klarplan.website.policy import integrity, with_script

WATCHED = ("strategy", "data", "docs", "macros", "overrides", "mkdocs.yml")
NAMES = ("localhost", "127.0.0.1", "[::1]")
"""What a browser on this machine calls it."""
EVENTS = "/_klarplan/events"
SCRIPT = "/_klarplan/live.js"

LIVE = """\
(() => {
  let seen = null;
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.id = "klarplan-mistake";
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;" +
    "background:#7a1212;color:#fff;font:16px/1.5 monospace;padding:1rem;white-space:pre-wrap";
  new EventSource("%s").onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.mistake) {
      box.textContent = state.mistake;
      document.body.append(box);
    } else if (seen !== null && state.version !== seen) {
      location.reload();
    } else {
      box.remove();
    }
    if (!state.mistake) seen = state.version;
  };
})();
"""


class State:
    """What the browser has to know: the number of the last good build, and what went wrong."""

    def __init__(self) -> None:
        self.version = 0
        self.mistake = ""
        self.changes = 0
        self.changed = threading.Condition()

    def built(self, mistake: str) -> None:
        """Note the outcome of a build and tell every waiting browser."""
        with self.changed:
            self.mistake = mistake
            self.version += 0 if mistake else 1
            self.changes += 1
            self.changed.notify_all()

    def events(self) -> Iterator[str]:
        """The state now, then after every build; an empty text now and then keeps the line open."""
        last = -1
        while True:
            with self.changed:
                if last == self.changes:
                    self.changed.wait(timeout=15)
                fresh = last != self.changes
                last = self.changes
                text = json.dumps({"version": self.version, "mistake": self.mistake})
            yield text if fresh else ""


class Handler(SimpleHTTPRequestHandler):
    """Serves the preview, with a script that reloads it in every page.

    Only this machine is answered, and only by its own name: a page from elsewhere whose name was
    made to lead here (DNS rebinding) gets nothing. Only files of the preview are given.
    """

    def __init__(self, *args: object, state: State, folder: Path) -> None:
        self.state = state
        self.folder = folder
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

    def _file(self) -> None:
        path = self._found()
        if path is None:
            self._refuse(HTTPStatus.NOT_FOUND, "Diese Seite gibt es in der Vorschau nicht.")
        elif path.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            address = path.relative_to(self.folder.resolve()).as_posix()
            self.send_header("Location", f"/{quote(address)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path.suffix == ".html":
            live = LIVE % EVENTS
            known = integrity(live.encode())
            script = f'<script src="{SCRIPT}" integrity="{known}"></script></body>'.encode()
            content = with_script(path.read_bytes(), known).replace(b"</body>", script)
            self._send(content, "text/html; charset=utf-8")
        else:
            self._send(path.read_bytes(), self.guess_type(path))

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


def build_once(root: Path, preview: Path, lang: Lang, as_of: str | None, *, pdf: bool) -> str:
    """Build the preview; returns what went wrong, or nothing."""
    command = [sys.executable, "-P", "-m", "klarplan", "build", "--root", str(root)]
    command += ["--output", str(preview), "--preview", "--wait", "--lang", lang]
    command += ["--pdf" if pdf else "--no-pdf"]
    if as_of:
        command += ["--as-of", as_of]
    process = Child(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    said, warned = process.heard()
    return "" if process.returncode == 0 else (warned or said).strip()


def serve(root: Path, lang: Lang, *, as_of: str | None, port: int, pdf: bool) -> None:
    """Serve a preview on 127.0.0.1 until interrupted."""
    refuse_tracked(root)
    out = console()
    preview = root / "build" / "preview"
    state = State()
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(Handler, state=state, folder=preview)
        )
    except OSError as error:
        raise KlarplanError(
            Text(f"Der Anschluss {port} ist belegt.", f"Port {port} is taken."),
            Text("Nehmen Sie einen anderen: --port 0.", "Take another one: --port 0."),
            exit_code=2,
        ) from error
    server.daemon_threads = True

    def build() -> None:
        out.print("Baue …" if lang == "de" else "Building …", markup=False)
        mistake = build_once(root, preview, lang, as_of, pdf=pdf)
        state.built(mistake)
        done = "Fertig." if lang == "de" else "Done."
        out.print(mistake or done, markup=False)

    build()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    out.print(f"http://127.0.0.1:{server.server_port}/", markup=False)
    places = [root / name for name in WATCHED if (root / name).exists()]
    try:
        for _ in watch(*places, raise_interrupt=True):
            build()
    finally:
        server.shutdown()
