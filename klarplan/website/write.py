"""Writes the complete pages that the site generator renders: ``build/pages`` and its settings.

Prose of ``strategy/`` and pages of ``docs/`` are taken over with their links made right for the
site; every row of goals, fields, measures, indicators and decisions gets a page. Files are
rewritten only where their content changed.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from klarplan.look.colour_css import style_sheet
from klarplan.look.preview_pictures import picture_files
from klarplan.look.typeface import typeface
from klarplan.look.web_fonts import font_files
from klarplan.own_files import upstream
from klarplan.pages.gather import Baker
from klarplan.pages.glossary import written
from klarplan.pages.page import Page
from klarplan.processes import aside
from klarplan.strategy.load import Loaded
from klarplan.website.generator_settings import (
    PLACES,
    PLAIN,
    SETTINGS,
    TERMS,
    Edition,
    generator_settings,
)
from klarplan.website.reuse import page_keys
from macros.seal import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Baked:
    """What was baked: the settings file for the site generator, and every page."""

    config: Path
    pages: tuple[Page, ...]
    chapters: tuple[str, ...]
    keys: Mapping[str, str]
    """Of pages by file, what is equal where their HTML will be; see ``page_keys``."""


def bake(
    loaded: Loaded,
    as_of: dt.date,
    build: Path,
    edition: Edition = PLAIN,
    *,
    extra_files: Callable[[], Mapping[str, bytes]] | None = None,
) -> Baked:
    """Write all pages of the *public* strategy and the settings of the site generator.

    ``extra_files`` are files that go beside the pages, such as the open data.
    What lies in ``build/pages`` from an earlier run and is not needed any more is removed.
    """
    seal = Seal.drawn()
    baker = Baker(loaded, as_of, seal)
    folder = build / "pages"
    settings = loaded.strategy.settings
    face = typeface(upstream(loaded.root, "docs"), settings.font)
    pages: dict[str, Page] = {}
    with aside(partial(font_files, build / "fonts", face)) as fonts:
        for page in baker.pages():
            pages[page.path] = _described(baker, page)
        wanted = fonts()
    wanted |= {path: page.text(seal).encode() for path, page in pages.items()}
    for name, content in baker.assets():
        wanted.setdefault(name, content)
    if extra_files:
        wanted.update(extra_files())
    wanted["assets/colours.css"] = style_sheet(loaded.strategy).encode()
    wanted |= picture_files(loaded.root, settings, build / "pictures")
    for source, name in _own_assets(loaded.root):
        wanted.setdefault(name, source.read_bytes())
    _put(folder, wanted)
    _remove_modules(build)
    config = folder.parent / SETTINGS
    titles = {path: page.title for path, page in pages.items()}
    made = generator_settings(baker, face, titles, folder, edition)
    places = json.dumps(baker.places, ensure_ascii=False)
    _write(build / PLACES, places.encode())
    terms = written(baker.terms())
    _write(build / TERMS, terms.encode())
    _write(config, made.encode())
    return Baked(
        config=config,
        pages=tuple(pages.values()),
        chapters=baker.chapters,
        keys=page_keys(loaded.root, seal, pages.values(), wanted, (made, places, terms)),
    )


def bake_again(baker: Baker, file: str, build: Path) -> Page | None:
    """Write the one page that a text becomes, as ``bake`` does; ``None`` where it becomes none."""
    page = baker.page_of(file)
    if page is None:
        return None
    page = _described(baker, page)
    _write(build / "pages" / page.path, page.text(baker.seal).encode())
    return page


def _described(baker: Baker, page: Page) -> Page:
    return replace(page, description=page.description or baker.sentence(page))


def _own_assets(root: Path) -> Iterator[tuple[Path, str]]:
    """Style sheets and scripts, with their place below ``build/pages``."""
    folder = upstream(root, "overrides/assets")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, f"assets/{path.relative_to(folder).as_posix()}"


def _remove_modules(build: Path) -> None:
    """Take away what the macros plugin would run, since it looks for a module of this name."""
    for path in (build / "main.py", build / "main"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


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
