"""Files that programs look for at the top of a site: ``robots.txt`` and ``security.txt``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from klarplan.settings import Settings

SECURITY = ".well-known/security.txt"
VALID = dt.timedelta(days=364)
"""RFC 9116 asks for less than a year."""


def robots(settings: Settings) -> str:
    """Nothing is closed to search engines; the map of the site helps them (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /"]
    if settings.site_url:
        lines += ["", f"Sitemap: {settings.site_url.rstrip('/')}/sitemap.xml"]
    return "\n".join(lines) + "\n"


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


def write_root_files(settings: Settings, as_of: dt.date, site: Path) -> None:
    """Write both files into a built site; the generator leaves out names that begin with a dot."""
    for name, text in (("robots.txt", robots(settings)), (SECURITY, security(settings, as_of))):
        if text:
            path = site / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
