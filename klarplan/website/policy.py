"""What browsers may do with the site: one source for the pages and for what web servers send.

Scripts are known by their content (CSP level 3, hashes of external scripts): a file of another
content runs nowhere on the site, wherever it lies. They may load the index of the search.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from klarplan.own_files import upstream
from klarplan.strategy.addresses import EMBEDDED
from klarplan.strategy.media_types import MEDIA_TYPES, is_text

SCRIPTS = ("theme.js", "synonyms.js", "measures_list.js", "search.js", "age.js", "copy.js")
"""The scripts of a page, below ``overrides/assets``."""

_COMMON = ("object-src 'none'", "base-uri 'self'", "form-action 'self'")

HEADERS: Mapping[str, str] = {
    # Programs in other sites' pages read tables and API (CORS); there is nothing to log in to.
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What a web server sends with each file, the same for every version of the site."""

CLOSED: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join((*_COMMON, "frame-ancestors 'none'")),
    "X-Frame-Options": "DENY",
}
"""What it sends besides with all but one page: no site may show them in a frame."""

OPEN: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join((*_COMMON, "frame-ancestors *")),
}
"""What it sends with the page ``EMBEDDED``, which any site may show in a frame."""

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


YEAR, DAY = 31_536_000, 86_400
"""In seconds."""

NAMED_BY_CONTENT = ("pf_filter", "pf_fragment", "pf_index", "pf_meta")
"""Endings of files whose names change with what they hold: the pieces of the search's index."""
LASTING = ("avif", "gif", "jpeg", "jpg", "png", "webp", "woff2")
"""Endings of files of which nothing depends that they are of the same version as the page."""

CACHE: Mapping[tuple[str, ...], str] = {
    NAMED_BY_CONTENT: f"public, max-age={YEAR}, immutable",
    LASTING: f"public, max-age={DAY}",
}
"""How long browsers keep files by their ending (RFC 9111, RFC 8246)."""
ASK = "no-cache"
"""All others they keep as well, and ask each time whether they are still the same (``ETag``).

A page knows its scripts by their content: one kept from yesterday would be refused.
"""

TEXTS = tuple(sorted(ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("text/")))
"""Endings of texts, whose encoding only the web server can tell; the others do so themselves."""
PACKED = tuple(sorted({kind for kind in MEDIA_TYPES.values() if is_text(kind)}))
"""Media types that are sent compressed."""

MOST_RULES = 100
"""So many rules Cloudflare Pages takes."""


def _common(*, draft: bool) -> Mapping[str, str]:
    return {**HEADERS, **UNLISTED} if draft else HEADERS


def for_netlify(pages: Iterable[str], *, draft: bool) -> str:
    """``_headers``, as Netlify and Cloudflare Pages read it, for a site with these pages.

    A header that two rules give to one path would hold twice: those against frames stand at each
    folder by itself. Where these are too many, no page may be shown in a frame.
    """
    common = _common(draft=draft)
    folders = {page.partition("/")[0] for page in pages if page}
    closed = ["/", "/404.html", *(f"/{quote(f)}/*" for f in sorted(folders) if f"{f}/" != EMBEDDED)]
    rules: dict[str, Mapping[str, str]] = {"/*": {**common, **CLOSED}}
    if len(closed) + 2 <= MOST_RULES:
        rules = {"/*": common, f"/{EMBEDDED}*": OPEN, **dict.fromkeys(closed, CLOSED)}
    lines = []
    for path, headers in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def for_apache(path: str, *, draft: bool) -> str:
    """``.htaccess``, as Apache reads it where a site may set headers; the site begins at ``path``.

    ``AllowOverride FileInfo`` allows all of it. Apache adds "-gzip" to the ``ETag`` of what it
    compresses, and does not know it any more when browsers ask with it (its bug 45023).
    """
    headers = [f'always set {n} "{v}"' for n, v in {**_common(draft=draft), **CLOSED}.items()]
    headers.append(f'set Cache-Control "{ASK}"')
    asked = """RequestHeader edit If-None-Match '^((?:W/)?"[^"]*)-gzip"$' '$1", $1-gzip"'"""
    return "\n".join(
        [
            f"ErrorDocument 404 {path}404.html",
            *(f"AddType {kind} .{ending}" for ending, kind in MEDIA_TYPES.items()),
            f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in TEXTS)}",
            *_if("headers", [*(f"Header {order}" for order in headers), *_kept(), asked]),
            *_if("filter", _if("deflate", [f"AddOutputFilterByType DEFLATE {' '.join(PACKED)}"])),
            "",
        ]
    )


def _kept() -> Iterable[str]:
    for endings, value in CACHE.items():
        yield f'<FilesMatch "\\.({"|".join(endings)})$">'
        yield f'  Header set Cache-Control "{value}"'
        yield "</FilesMatch>"


def for_apache_embedded() -> str:
    """The ``.htaccess`` beside the page that may be shown in a frame; it holds above the other."""
    orders = [*(f'set {n} "{v}"' for n, v in OPEN.items()), "unset X-Frame-Options"]
    return "\n".join([*_if("headers", [f"Header always {order}" for order in orders]), ""])


def _if(module: str, lines: Iterable[str]) -> list[str]:
    """Lines that hold where Apache has a module."""
    return [f"<IfModule mod_{module}.c>", *(f"  {line}" for line in lines), "</IfModule>"]
