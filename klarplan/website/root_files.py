"""Files that programs look for at the top of a site: robots.txt, sitemap.xml, security.txt …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

from markupsafe import escape

from klarplan.strategy.addresses import EMBEDDED
from klarplan.strategy.settings import Settings
from klarplan.website.policy import for_apache, for_apache_embedded, for_netlify

SECURITY = ".well-known/security.txt"
SITEMAP = "sitemap.xml"
VALID = dt.timedelta(days=364)
"""RFC 9116 asks for less than a year."""


def robots(settings: Settings) -> str:
    """A public site is open to search engines, with a map; a draft is closed (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /" if settings.published else "Disallow: /"]
    if settings.site_url and settings.published:
        lines += ["", f"Sitemap: {settings.site_url.rstrip('/')}/{SITEMAP}"]
    return "\n".join(lines) + "\n"


def path_of(settings: Settings) -> str:
    """Below which path of its host the site begins, with a slash at its end."""
    return quote(urlsplit(settings.site_url).path.rstrip("/"), safe="/%") + "/"


def security(settings: Settings, as_of: dt.date) -> str:
    """Whom to tell of a weakness (RFC 9116); empty where the settings name no address."""
    if not settings.contact_email:
        return ""
    expires = dt.datetime.combine(as_of + VALID, dt.time(), tzinfo=dt.UTC)
    lines = [
        f"Contact: mailto:{settings.contact_email}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
    ]
    if settings.site_url:
        lines.append(f"Canonical: {settings.site_url.rstrip('/')}/{SECURITY}")
    return "\n".join(lines) + "\n"


def sitemap(settings: Settings, pages: Iterable[str]) -> str:
    """All pages (sitemaps.org protocol 0.9); empty for a draft, and without an address."""
    if not settings.site_url or not settings.published:
        return ""
    base = settings.site_url.rstrip("/") + "/"
    lines = [f"<url><loc>{escape(base + page)}</loc></url>" for page in sorted(pages)]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        ]
    )


def write_root_files(
    settings: Settings, as_of: dt.date, pages: Collection[str], site: Path
) -> None:
    """Write all of them into a built site, in the place of those that the generator made."""
    for made in site.glob(f"{SITEMAP}*"):
        made.unlink()
    files = {
        "robots.txt": robots(settings),
        SITEMAP: sitemap(settings, pages),
        SECURITY: security(settings, as_of),
        "_headers": for_netlify(pages, draft=not settings.published),
        ".htaccess": for_apache(path_of(settings), draft=not settings.published),
    }
    if EMBEDDED in pages:
        files[f"{EMBEDDED}.htaccess"] = for_apache_embedded()
    for name, text in files.items():
        if text:
            path = site / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
