"""The server of the form: on this machine only; what it answers stands elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from klarplan.cli.form.asked import PLAIN, Request, Response
from klarplan.cli.form.guard import HEADERS, MOST_BYTES

WAIT = 30
"""Seconds that a browser may take to send what it has begun."""

Answer = Callable[[Request], Response]


class Handler(BaseHTTPRequestHandler):
    """Reads a request, and sends the answer."""

    timeout = WAIT
    server_version, sys_version = "Klarplan", ""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of single requests."""

    def _answer(self) -> None:
        assert isinstance(self.server, Server)
        length = self.headers.get("Content-Length", "0")
        repeated = any(len(self.headers.get_all(name) or ()) > 1 for name in ("Host", "Origin"))
        if repeated or self.headers.get("Transfer-Encoding") or not length.isdecimal():
            self._send(_plain(HTTPStatus.BAD_REQUEST))
            return
        if int(length) > MOST_BYTES:
            self._send(_plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            return
        request = Request(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )
        self._send(self.server.answer(request))

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815 - the base's names

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in {**HEADERS, **response.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.content)


class Server(ThreadingHTTPServer):
    """Serves the form on this machine only."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"
    """Windows would let two servers have the same port."""
    answer: Answer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser has gone before all was sent."""


def _plain(status: HTTPStatus) -> Response:
    return Response(content=status.phrase.encode(), kind=PLAIN, status=status)
