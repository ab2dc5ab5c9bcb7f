"""What stands at addresses that are gone: a page that leads on, or a copy of the new file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from klarplan.pages.site_addresses import is_page
from klarplan.strategy.addresses import on_web, relative
from klarplan.strategy.redirects import Redirect
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import Words

POLICY = "default-src 'none'"
"""Such a page loads nothing (CSP level 3)."""
_PAGE = Markup(
    """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta http-equiv="refresh" content="0; url={link}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text} <a href="{link}">{address}</a></p>
</main>
</body>
</html>
"""
)


def write_redirects(
    redirects: Iterable[Redirect], settings: Settings, words: Words, site: Path
) -> tuple[str, ...]:
    """Write what leads on into a built ``site``; returns the files.

    A page goes on by itself at once (``meta refresh``) and says where to; search engines are told
    the new address and are not to list the old one. A file is the new one under its old name; it
    is left out where the new one was not made.
    """
    made: list[str] = []
    for redirect in redirects:
        if is_page(redirect.old):
            place = f"{redirect.old}index.html"
            content = _page(redirect, settings, words).encode()
        else:
            place = redirect.old
            if not (site / redirect.new).is_file():
                continue
            content = (site / redirect.new).read_bytes()
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_bytes(content)
        made.append(place)
    return tuple(made)


def _page(redirect: Redirect, settings: Settings, words: Words) -> str:
    page, mark, section = redirect.new.partition("#")
    link = f"{relative(redirect.old, page)}{mark}{section}"
    canonical = on_web(settings.site_url, page)
    return _PAGE.format(
        lang=words.lang,
        title=words("redirect.title"),
        policy=POLICY,
        link=link,
        canonical=canonical or relative(redirect.old, page),
        text=words("redirect.text"),
        address=on_web(settings.site_url, redirect.new) or f"/{redirect.new}",
    )
