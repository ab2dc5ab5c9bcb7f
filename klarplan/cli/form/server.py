"""The server of the form: on this machine only; what it answers stands elsewhere."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from klarplan.cli.form.asked import PLAIN, Request, Response
from klarplan.cli.form.guard import HEADERS, METHODS, MOST_BYTES

WAIT = 30
"""Seconds that a browser may take to send what it has begun."""
UNREAD, PAUSE, CHUNK = 200_000_000, 5, 65_536
"""So many bytes that nobody wants a browser may still send, and so many seconds between them."""

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
            self._refuse(_plain(HTTPStatus.BAD_REQUEST))
            return
        too_long = int(length) > MOST_BYTES
        request = Request(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=b"" if too_long else self.rfile.read(int(length)),
            too_long=too_long,
        )
        answer = self.server.answer(request)
        if too_long:
            self._refuse(answer)
        else:
            self._send(answer)

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815 - the base's names

    def send_error(
        self,
        code: int,
        message: str | None = None,  # noqa: ARG002 - the base's names
        explain: str | None = None,  # noqa: ARG002 - the base's names
    ) -> None:
        """Refuse what the base can't read, and methods that it looks for in vain."""
        unknown = code == HTTPStatus.NOT_IMPLEMENTED
        self._refuse(_plain(HTTPStatus.METHOD_NOT_ALLOWED if unknown else HTTPStatus(code)))

    def _refuse(self, response: Response) -> None:
        """Answer without reading what is still sent.

        A connection that is closed meanwhile would be broken before the answer is read: the rest
        is taken in and dropped.
        """
        self._send(response)
        self.close_connection = True
        self.connection.settimeout(PAUSE)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            left = UNREAD
            while left > 0 and (read := len(self.connection.recv(CHUNK))):
                left -= read

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
    allowed = {"Allow": ", ".join(METHODS)} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
    return Response(content=status.phrase.encode(), kind=PLAIN, status=status, headers=allowed)
