"""Writes the complete pages that the site generator renders: ``build/pages`` and its settings.

Prose of ``strategy/`` and pages of ``docs/`` are taken over with their links made right for the
site; every row of goals, fields, measures, indicators and decisions gets a page. Files are
rewritten only where their content changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from klarplan import german
from klarplan.look.colour import readable
from klarplan.look.colour_css import style_sheet
from klarplan.look.logo import logo_file, logo_width
from klarplan.look.preview_pictures import SYMBOLS, picture_files
from klarplan.look.typeface import Typeface, typeface
from klarplan.look.web_fonts import font_files, styles
from klarplan.own_files import upstream
from klarplan.pages.page import Page, safe
from klarplan.processes import aside
from klarplan.strategy.load import Loaded
from klarplan.website.gather import Baker
from klarplan.website.menu import navigation


@dataclass(frozen=True, slots=True, kw_only=True)
class Baked:
    """What was baked: the settings file for the site generator, and every page."""

    config: Path
    pages: tuple[Page, ...]
    chapters: tuple[str, ...]


def bake(
    loaded: Loaded,
    as_of: dt.date,
    build: Path,
    *,
    commit: str = "",
    extra_files: Callable[[], Mapping[str, bytes]] | None = None,
) -> Baked:
    """Write all pages of the *public* strategy and the settings of the site generator.

    ``extra_files`` are files that go beside the pages, such as the open data.
    What lies in ``build/pages`` from an earlier run and is not needed any more is removed.
    """
    baker = Baker(loaded, as_of)
    folder = build / "pages"
    settings = loaded.strategy.settings
    face = typeface(upstream(loaded.root, "docs"), settings.font)
    pages: dict[str, Page] = {}
    with aside(partial(font_files, build / "fonts", face)) as fonts:
        for page in baker.pages():
            pages[page.path] = replace(page, description=page.description or baker.sentence(page))
        wanted = fonts()
    wanted |= {path: page.text().encode() for path, page in pages.items()}
    for source, name in baker.assets():
        wanted.setdefault(name, source.read_bytes())
    if extra_files:
        wanted.update(extra_files())
    wanted["assets/colours.css"] = style_sheet(loaded.strategy).encode()
    wanted |= picture_files(loaded.root, settings, build / "pictures")
    for source, name in _own_assets(loaded.root):
        wanted.setdefault(name, source.read_bytes())
    _put(folder, wanted)
    config = _config(baker, face, tuple(pages), folder, commit)
    path = build / "mkdocs.yml"
    _write(path, yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode())
    return Baked(config=path, pages=tuple(pages.values()), chapters=baker.chapters)


def _own_assets(root: Path) -> Iterator[tuple[Path, str]]:
    """Style sheets and scripts, with their place below ``build/pages``."""
    folder = upstream(root, "overrides/assets")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, f"assets/{path.relative_to(folder).as_posix()}"


def _put(folder: Path, wanted: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files."""
    for name, content in wanted.items():
        _write(folder / name, content)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _config(
    baker: Baker, face: Typeface, paths: Collection[str], folder: Path, commit: str
) -> dict[str, Any]:
    """The settings of the site generator for pages in ``folder``."""
    root, settings = baker.root, baker.strategy.settings
    repository = settings.repository.rstrip("/")
    logo = logo_file(upstream(root, "docs").parent, settings.logo)
    made: dict[str, Any] = {
        "INHERIT": str(upstream(root, "mkdocs.yml").resolve()),
        "site_name": safe(settings.title),
        "site_description": safe(settings.summary),
        "site_author": safe(settings.municipality),
        "docs_dir": str(folder.resolve()),
        "theme": {
            "custom_dir": str(upstream(root, "overrides").resolve()),
            "favicon": SYMBOLS[-1],
        },
        "nav": navigation(baker.chapters, paths),
    }
    made["extra"] = {
        "klarplan": {
            "root": str(root.resolve()),
            "as_of": baker.as_of.isoformat(),
            "as_of_text": german.day(baker.as_of),
            "municipality": safe(settings.municipality),
            "version": safe(settings.version),
            "commit": commit[:10],
            "edit": f"{repository}/edit/{settings.branch}/" if repository else "",
            "view": f"{repository}/blob/{settings.branch}/" if repository else "",
            "colour": readable(settings.primary_colour),
            "contact": safe(settings.contact_email),
            "contact_name": safe(settings.contact_name),
            "phone": safe(settings.contact_phone),
            "street": safe(settings.street),
            "place": safe(settings.place),
            "logo": settings.logo if logo else "",
            "logo_width": logo_width(logo),
            "fonts": [styles(face)[style][0] for style in ("regular", "bold")],
            "sign_language": safe(settings.sign_language_url),
            "licence_name": safe(settings.licence_name),
            "licence_url": settings.licence_url,
            "pages": sorted(path for path in paths if "/" not in path),
        }
    }
    if settings.site_url:
        made["site_url"] = settings.site_url.rstrip("/") + "/"
    return made
