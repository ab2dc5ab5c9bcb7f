"""What browsers may do with the site: one source for the pages and for what web servers send.

Scripts are known by their content (CSP level 3, hashes of external scripts): a file of another
content runs nowhere on the site, wherever it lies. They may load the index of the search.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from klarplan.own_files import upstream

SCRIPTS = ("theme.js", "measures_list.js", "search.js", "age.js", "copy.js")
"""The scripts of a page, below ``overrides/assets``."""

_COMMON = ("object-src 'none'", "base-uri 'self'", "form-action 'self'")

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join((*_COMMON, "frame-ancestors 'none'")),
    # Programs in other sites' pages read tables and API (CORS); there is nothing to log in to.
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What a web server sends with each file, the same for every version of the site."""

UNLISTED: Mapping[str, str] = {"X-Robots-Tag": "noindex"}
"""What it sends besides while the site is a draft: papers and data are no pages with a ``meta``."""


def integrity(content: bytes) -> str:
    """A script's content as policies and ``integrity`` name it (Subresource Integrity)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def own_scripts(root: Path) -> dict[str, str]:
    """The scripts of a page with what names their content."""
    folder = upstream(root, "overrides/assets")
    return {name: integrity((folder / name).read_bytes()) for name in SCRIPTS}


def page_policy(scripts: Iterable[str]) -> str:
    """The policy that stands in each page.

    Nothing comes from other hosts, no script or style stands in the page itself; WebAssembly is
    for the search.
    """
    known = " ".join(f"'{script}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {known} 'strict-dynamic' 'wasm-unsafe-eval'",
            "img-src 'self' data:",
            *_COMMON,
        )
    )


def with_script(page: bytes, known: str) -> bytes:
    """A page whose policy knows one script more, by its ``integrity``."""
    return page.replace(b"; script-src ", f"; script-src '{known}' ".encode(), 1)


def _headers(*, draft: bool) -> Mapping[str, str]:
    return {**HEADERS, **UNLISTED} if draft else HEADERS


def for_netlify(*, draft: bool) -> str:
    """``_headers``, as Netlify and Cloudflare Pages read it."""
    lines = [f"  {name}: {value}" for name, value in _headers(draft=draft).items()]
    return "\n".join(["/*", *lines]) + "\n"


def for_apache(*, draft: bool) -> str:
    """``.htaccess``, as Apache reads it where a site may set headers."""
    headers = _headers(draft=draft)
    lines = [f'  Header always set {name} "{value}"' for name, value in headers.items()]
    return "\n".join(["<IfModule mod_headers.c>", *lines, "</IfModule>"]) + "\n"


def for_nginx() -> str:
    """What belongs into the ``server`` block of nginx."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())
