"""The menu of the site, and the other places that lead to pages of ``docs/``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from klarplan.pages.page import safe
from klarplan.strategy.addresses import page_file, page_url
from klarplan.strategy.chapters import CHAPTERS, Chapter
from klarplan.strategy.paper_list import (
    BRIEF_PAGE,
    FIGURES_PAGE,
    ORGANISATIONS_PAGE,
    PLACES_PAGE,
)
from klarplan.strategy.settings import DOCS, MenuItem
from klarplan.words.catalogue import GERMAN, Words

START = "index.md"
EXTRAS = {
    "figures": f"{FIGURES_PAGE}index.md",
    "timetable": "zeitplan/index.md",
    "organisations": f"{ORGANISATIONS_PAGE}index.md",
}
PLACES = f"{PLACES_PAGE}index.md"
"""Its title says what a place is called here."""
OFFERS = {
    "papers": "dokumente/index.md",
    "brief": f"{BRIEF_PAGE}index.md",
    "data": "daten/index.md",
}
ABOUT = {
    "about_site": "ueber/index.md",
    "glossary": "glossar/index.md",
    "accessibility": "barrierefreiheit/index.md",
    "privacy": "datenschutz/index.md",
    "imprint": "impressum/index.md",
}
"""Entries of the menu by their key in the catalogue, below „menu“."""
ELSEWHERE = ("mitmachen", "leichte-sprache", "gebaerdensprache", "suche", "handbuch")
"""Pages that the foot, the bar of languages and the search of every page lead to."""
TAKING_PART = "mitmachen.md"
"""The page of ``docs/`` that stands below the chapter on participation."""


def reached(path: str) -> bool:
    """Whether a page of ``docs/``, by its file on the site, is reached without a link or menu."""
    listed = (START, PLACES, *EXTRAS.values(), *OFFERS.values(), *ABOUT.values())
    return path in listed or path in (f"{name}/index.md" for name in ELSEWHERE)


def menu_files(menu: Iterable[MenuItem]) -> list[str]:
    """The files that a menu names, in its order."""
    found: list[str] = []
    for item in menu:
        found += [item.file] if item.file else menu_files(item.items)
    return found


def place(file: str) -> str:
    """The file on the site of a page of ``docs/``."""
    return page_file(page_url(file.removeprefix(DOCS)))


def navigation(
    chapters: Sequence[str],
    titles: dict[str, str],
    own: Sequence[MenuItem] = (),
    words: Words = GERMAN,
) -> list[Any]:
    """The menu: chapters in their order, pages of one's own, then data and what the law asks for.

    ``titles`` are the pages below ``build/pages`` with their titles, made safe; what has no page is
    left out.
    ``own`` is the setting ``menu``: a group that the menu has already gets more entries, and a page
    named there stands nowhere else.
    """
    taken = {place(file) for file in menu_files(own)}
    paths = titles.keys() - taken
    menu: list[Any] = [{words("menu.start"): START}]
    present = [CHAPTERS[name] for name in chapters]

    def title(chapter: Chapter) -> str:
        return words(f"chapter.{chapter.name}.title")

    for group in dict.fromkeys(c.group for c in CHAPTERS.values() if c.group):
        items = [{title(c): c.file} for c in present if c.group == group]
        if items:
            menu.append({words(f"menu.{group}"): items})
    if len(menu) > 1:
        own_titles = [{titles[PLACES]: PLACES}] if PLACES in paths else []
        next(iter(menu[-1].values())).extend([*_there(EXTRAS, paths, words), *own_titles])
    menu.extend({title(chapter): chapter.file} for chapter in present if not chapter.group)
    last = [
        {words("menu.offers"): _there(OFFERS, paths, words)},
        {words("menu.about"): _there(ABOUT, paths, words)},
    ]
    for item in own:
        entries = _entries(item, titles)
        there = next((e for e in (*menu, *last) if item.items and item.title in e), None)
        if there is not None:
            pages = there[item.title]
            already = [{item.title: pages}] if isinstance(pages, str) else pages
            there[item.title] = [*already, *entries]
        elif item.items and entries:
            menu.append({safe(item.title): entries})
        else:
            menu.extend(entries)
    return menu + [entry for entry in last if any(entry.values())]


def ways(menu: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The titles that lead through the menu to each page in it, by address: tab first."""
    found: dict[str, list[str]] = {}
    for entry in menu:
        for title, page in entry.items():
            if isinstance(page, str):
                found[page_url(page)] = [title]
            else:
                found |= {url: [title, *way] for url, way in ways(page).items()}
    return found


def _there(pages: dict[str, str], paths: Collection[str], words: Words) -> list[dict[str, str]]:
    return [{words(f"menu.{name}"): path} for name, path in pages.items() if path in paths]


def _entries(item: MenuItem, titles: dict[str, str]) -> list[dict[str, str]]:
    """The pages of an item with their titles; those that do not exist are left out."""
    parts = item.items or (item,)
    return [
        {safe(part.title) if part.title else titles[path]: path}
        for part in parts
        if (path := place(part.file)) in titles
    ]
