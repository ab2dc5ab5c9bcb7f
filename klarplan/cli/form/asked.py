"""What a browser asks, and what it is answered; no sockets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request: its target is path and query as they were sent; names of headers are small."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    too_long: bool = False
    """Whether its body was not read for its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer."""

    content: bytes = b""
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


def page(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A page."""
    return Response(content=text.encode("utf-8", "replace"), status=status)


def led_to(address: str) -> Response:
    """Lead on to another page, which is then asked for without sending anything again."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
