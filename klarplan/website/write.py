"""Writes the complete pages that the site generator renders: ``build/pages`` and its settings.

Prose of ``strategy/`` and pages of ``docs/`` are taken over with their links made right for the
site; every row of goals, fields, measures, indicators and decisions gets a page. Files are
rewritten only where their content changed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from klarplan.look.colour_css import style_sheet
from klarplan.look.own_styles import own_styles
from klarplan.look.preview_pictures import PREVIEW, picture_files
from klarplan.look.row_pictures import picture_contents
from klarplan.look.typeface import Typeface, typeface
from klarplan.look.web_fonts import cache_of, font_files
from klarplan.moves import removed
from klarplan.own_files import OVERRIDES, THEME, overrides, own_overrides, upstream
from klarplan.pages.edit_links import edit_link
from klarplan.pages.file_names import LEFTOVERS
from klarplan.pages.gather import Baker
from klarplan.pages.glossary import written
from klarplan.pages.linked_data import linked_data
from klarplan.pages.numbers import written as numbers_written
from klarplan.pages.page import Page
from klarplan.strategy.load import Loaded
from klarplan.strategy.synonyms import read_synonyms
from klarplan.website.generator_settings import (
    NUMBERS,
    PLACES,
    PLAIN,
    SETTINGS,
    TERMS,
    Edition,
    generator_settings,
)
from klarplan.website.reuse import Keys, page_keys
from klarplan.website.style_sheets import COLOURS, join
from macros.seal import Seal

PAGES = "pages"
"""The folder of the baked pages, in that of the build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baked:
    """What was baked: the settings file for the site generator, and every page."""

    config: Path
    pages: tuple[Page, ...]
    chapters: tuple[str, ...]
    keys: Keys
    """Of pages by file, what is equal where their HTML will be; only previews ask for it."""


def bake(
    loaded: Loaded,
    as_of: dt.date,
    build: Path,
    edition: Edition = PLAIN,
    begun: Callable[[Path], None] | None = None,
) -> Baked:
    """Write the settings of the site generator and all pages of the *public* strategy.

    ``begun`` is called with the settings as soon as they are written. What the typeface needs is
    not among the files that go beside the pages.
    What lies in ``build/pages`` from an earlier run and is not needed any more is removed.
    """
    seal = Seal.drawn()
    baker = Baker(loaded, as_of, seal, parquet=edition.parquet, papers=edition.papers)
    _remove_modules(build)
    (build / PAGES).mkdir(parents=True, exist_ok=True)
    titles = {page.path: page.title for page in baker.some(())}
    told = _tell(baker, titles, build / SETTINGS, edition)
    if begun:
        begun(build / SETTINGS)
    pages = {page.path: _described(baker, page, titles) for page in baker.pages()}
    wanted = _beside(baker, build)
    wanted |= {path: page.text(seal).encode() for path, page in pages.items()}
    _put(build / PAGES, wanted)
    return Baked(
        config=build / SETTINGS,
        pages=tuple(pages.values()),
        chapters=baker.chapters,
        keys=cache(partial(page_keys, loaded.root, seal, pages.values(), wanted, told)),
    )


def bake_some(
    baker: Baker, paths: Collection[str], config: Path, edition: Edition
) -> tuple[Page, ...]:
    """Write these pages, by their file, as ``bake`` does, and ``config``: what is told of all."""
    titles: dict[str, str] = {}
    made = []
    for page in baker.some(paths):
        titles[page.path] = page.title
        if page.path in paths:
            made.append(page)
    made = [_described(baker, page, titles) for page in made]
    for page in made:
        _write(config.with_name(PAGES) / page.path, page.text(baker.seal).encode())
    _tell(baker, titles, config, edition)
    return tuple(made)


def files_beside(baker: Baker, build: Path) -> dict[str, bytes]:
    """What the look of a page depends on beside it, by the place on the site."""
    return typeface_files(baker.loaded, build) | _beside(baker, build)


def typeface_files(loaded: Loaded, build: Path) -> dict[str, bytes]:
    """The files of the typeface, by the place on the site; made where they are not kept yet."""
    face = _face(loaded)
    return font_files(cache_of(face, build), face)


def _face(loaded: Loaded) -> Typeface:
    return typeface(upstream(loaded.root, "docs"), loaded.strategy.settings.font)


def _beside(baker: Baker, build: Path) -> dict[str, bytes]:
    loaded = baker.loaded
    found = dict(baker.assets())
    found[COLOURS] = style_sheet(loaded.strategy).encode()
    synonyms, _ = read_synonyms(loaded.root, loaded.strategy.words.lang)
    found["assets/synonyms.json"] = json.dumps(synonyms, ensure_ascii=False).encode()
    found |= picture_contents(loaded.root, loaded.strategy.pictures, build / "pictures")
    settings = loaded.strategy.settings
    pictures = picture_files(loaded.root, settings, build / "pictures")
    if not settings.site_url:  # messengers take a picture by its whole address only
        del pictures[PREVIEW]
    found |= pictures
    for source, name in _own_assets(loaded.root):
        found.setdefault(name, source.read_bytes())
    join(found, own_styles(loaded.root))
    return found


def _tell(
    baker: Baker, titles: Mapping[str, str], config: Path, edition: Edition
) -> tuple[str, ...]:
    """Write what the generator is told of pages with these titles.

    That is settings, places, terms and numbers.
    """
    face = _face(baker.loaded)
    theme = _theme(baker.root, config.parent)
    made = generator_settings(
        baker, face, titles, config.with_name(PAGES), theme=theme, edition=edition
    )
    places = json.dumps(baker.places, ensure_ascii=False)
    terms, numbers = written(baker.terms()), numbers_written(baker.strategy)
    _write(config.with_name(PLACES), places.encode())
    _write(config.with_name(TERMS), terms.encode())
    _write(config.with_name(NUMBERS), numbers.encode())
    _write(config, made.encode())
    return made, places, terms, numbers


def _theme(root: Path, build: Path) -> Path:
    """The folder of the templates of pages: Klarplan's, or one in the build with the town's, too.

    Generators take one folder only.
    """
    files = overrides(root, *THEME)
    if all(own_overrides(root) not in path.parents for path in files.values()):
        return upstream(root, OVERRIDES)
    _put(build / "theme", {name: path.read_bytes() for name, path in files.items()})
    return build / "theme"


def _described(baker: Baker, page: Page, titles: Mapping[str, str]) -> Page:
    description = page.description or baker.sentence(page)
    return replace(
        page,
        description=description,
        edit=edit_link(baker, page),
        linked=linked_data(baker, page, titles),
    )


def _own_assets(root: Path) -> Iterator[tuple[Path, str]]:
    """Style sheets and scripts with their place below ``build/pages``, without leftovers."""
    folder = upstream(root, "overrides/assets")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not LEFTOVERS.fullmatch(path.name):
            yield path, f"assets/{path.relative_to(folder).as_posix()}"


def _remove_modules(build: Path) -> None:
    """Take away what the macros plugin would run, since it looks for a module of this name."""
    for path in (build / "main.py", build / "main"):
        if path.is_dir() and not path.is_symlink():
            removed(path)
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
