"""Whom the form answers: a browser on this machine that was given the address, and its own pages.

A page from elsewhere may send requests here, and its name may be made to lead here (DNS
rebinding). So each request must name this machine and know the token in the address, and what
changes anything must come from a page of the form (Fetch standard, ``Origin``; Fetch Metadata).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from klarplan.cli.form.asked import PLAIN, Request, Response
from klarplan.cli.preview_server import NAMES

MOST_BYTES = 2_000_000
"""So long a form may be that comes back."""
MOST_FIELDS = 1_000
METHODS = ("GET", "HEAD", "POST")
FORM = "application/x-www-form-urlencoded"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With ``no-referrer``, browsers would not say either which page a form comes from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer says."""


class Guard:
    """Knows the token and the port, and refuses whoever does not."""

    def __init__(self, token: str, port: int) -> None:
        self.token, self.port = token, port

    @property
    def address(self) -> str:
        """Where the form is."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def refusal(self, request: Request) -> Response | None:
        """The answer to a request that is none of ours."""
        status = next(self._faults(request), None)
        return (
            Response(content=status.phrase.encode(), kind=PLAIN, status=status) if status else None
        )

    def is_former(self, request: Request) -> bool:
        """Whether a request lacks the token and nothing else, as from a page of a former start.

        It may be told what it has sent itself, and nothing of the strategy or the token.
        """
        return [*self._faults(request)] == [HTTPStatus.NOT_FOUND]

    def is_too_long(self, request: Request) -> bool:
        """Whether a request comes from a page of ours and is too long, and nothing else."""
        return [*self._faults(request)] == [HTTPStatus.REQUEST_ENTITY_TOO_LARGE]

    def is_address(self, text: str) -> bool:
        """Whether somebody has copied the address of the form, or of one of its pages."""
        try:
            return self._is_token(_token(urlsplit(text.strip()).path))
        except ValueError:
            return False

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token.encode())

    def _faults(self, request: Request) -> Iterator[HTTPStatus]:
        """All that a request lacks."""
        host = request.headers.get("host", "")
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        posted = request.method == "POST"
        refused = (
            (
                host not in {f"{name}:{self.port}" for name in NAMES},
                HTTPStatus.MISDIRECTED_REQUEST,
            ),
            (
                request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"),
                HTTPStatus.FORBIDDEN,
            ),
            (not self._is_token(_token(request.target)), HTTPStatus.NOT_FOUND),
            (
                request.method not in METHODS,
                HTTPStatus.METHOD_NOT_ALLOWED,
            ),
            (
                posted and request.headers.get("origin") != f"http://{host}",
                HTTPStatus.FORBIDDEN,
            ),
            (posted and kind != FORM, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
            (
                request.too_long or len(request.body) > MOST_BYTES,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            ),
        )
        return (status for yes, status in refused if yes)

    def path(self, request: Request) -> str:
        """What is asked for, behind the token: „row“; only what is in a list is ever answered."""
        return unquote(urlsplit(request.target).path).removeprefix(f"/{self.token}/")


def _token(target: str) -> str:
    """The first part of a path, which a slash ends."""
    first, slash, _ = target.removeprefix("/").partition("/")
    return first if slash else ""


def values(text: str | bytes) -> dict[str, str] | None:
    """The values of a query or a form that came back; nothing where it is none."""
    try:
        written = text.decode("ascii") if isinstance(text, bytes) else text
        pairs = parse_qsl(
            written, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return None
    return dict(pairs)
