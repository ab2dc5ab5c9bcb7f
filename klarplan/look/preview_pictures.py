"""Small pictures of a site, made on this machine: for links in messengers, and the symbol.

Typst sets them from ``overrides/print``; the same settings give the same bytes. Kept in
``build/pictures`` from one build to the next.
"""

from __future__ import annotations

import hashlib
import html
import json
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path

import fontpkg_fira_sans
import typst

from klarplan.look.colour import readable
from klarplan.look.kept import kept
from klarplan.look.logo import logo_content, logo_file
from klarplan.own_files import OVERRIDES, own_overrides, upstream
from klarplan.strategy.settings import Settings

FOLDER = "assets/bilder/"
"""Where the pictures are, below the site."""

PREVIEW = FOLDER + "vorschau.png"
SYMBOLS = (FOLDER + "symbol-180.png", FOLDER + "symbol-48.png")
SYMBOL = FOLDER + "symbol.svg"

TEMPLATE = "pictures.typ"
FONTS = fontpkg_fira_sans.ROOT / "files"

DRAWN = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Kinds of logos that Typst can draw."""


def picture_files(root: Path, settings: Settings, cache: Path) -> dict[str, bytes]:
    """The preview (1200 × 630), the symbol as PNG in two sizes, and as SVG, by path in the site."""
    logo = logo_file(upstream(root, "docs").parent, settings.logo)
    content = logo_content(logo) if logo else None
    suffix = logo.suffix.lower() if logo and content else ""
    towns = own_overrides(root) / "print" / TEMPLATE
    usual = upstream(root, f"{OVERRIDES}/print") / TEMPLATE
    template = (towns if towns.is_file() else usual).read_bytes()
    job = _job(settings, suffix)
    names = (PREVIEW, *SYMBOLS)
    key = hashlib.sha256(
        b"|".join(
            (
                json.dumps(job, sort_keys=True).encode(),
                template,
                content or b"",
                version("typst").encode(),
                version("fontpkg-fira-sans").encode(),
            )
        )
    ).hexdigest()[:12]
    drawn = kept(
        cache,
        [f"{key}-{Path(name).name}" for name in names],
        partial(_drawn, template, job, content),
    )
    files = dict(zip(names, drawn, strict=True))
    own = content if suffix == ".svg" else None
    files[SYMBOL] = own or letter_symbol(settings)
    return files


def _job(settings: Settings, suffix: str) -> dict[str, str]:
    def line(text: str) -> str:
        return " ".join(text.split())

    return {
        "title": line(settings.title),
        "subtitle": line(settings.subtitle),
        "municipality": line(settings.municipality),
        "letter": letter(settings),
        "band": readable(settings.primary_colour),
        "logo": f"logo{suffix}" if suffix in DRAWN else "",
    }


def letter(settings: Settings) -> str:
    """The letter that stands for a municipality without a logo: of its name, not of its kind."""
    words = [word for word in settings.municipality.split() if word[:1].isalnum()]
    return (words or ["K"])[-1][0].upper()


def letter_symbol(settings: Settings) -> bytes:
    """The symbol in the browser's tab for those who have no logo as SVG: a letter."""
    text = html.escape(letter(settings))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<rect width="48" height="48" rx="8" fill="{readable(settings.primary_colour)}"/>'
        '<text x="24" y="35" fill="#ffffff" font-family="Fira Sans, Arial, sans-serif" '
        f'font-size="32" font-weight="600" text-anchor="middle">{text}</text></svg>'
    ).encode()


def _drawn(template: bytes, job: dict[str, str], logo: bytes | None) -> list[bytes]:
    """The pictures; without the logo where Typst can't draw it."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / TEMPLATE).write_bytes(template)
        if logo and job["logo"]:
            (work / job["logo"]).write_bytes(logo)
        try:
            return _compiled(work, job)
        except typst.TypstError:
            if not job["logo"]:
                raise
            return _compiled(work, {**job, "logo": ""})


def _compiled(work: Path, job: dict[str, str]) -> list[bytes]:
    told = json.dumps(job, ensure_ascii=False)
    (work / "pictures.json").write_text(told, encoding="utf-8", newline="\n")
    compiler = typst.Compiler(
        str(work / TEMPLATE), root=str(work), font_paths=[str(FONTS)], ignore_system_fonts=True
    )
    pages = compiler.compile(format="png", ppi=72.0, timestamp=0)
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page]
