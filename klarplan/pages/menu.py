"""The menu of the site, and the other places that lead to pages of ``docs/``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from klarplan.pages.page import safe
from klarplan.strategy.addresses import page_file, page_url
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.paper_list import BRIEF_PAGE, FIGURES_PAGE, ORGANISATIONS_PAGE
from klarplan.strategy.settings import DOCS, MenuItem

START = "index.md"
EXTRAS = {
    "In Zahlen": f"{FIGURES_PAGE}index.md",
    "Zeitplan": "zeitplan/index.md",
    "Wer macht was?": f"{ORGANISATIONS_PAGE}index.md",
}
OFFERS = {
    "Dokumente zum Drucken": "dokumente/index.md",
    "Kurzfassung": f"{BRIEF_PAGE}index.md",
    "Offene Daten": "daten/index.md",
}
ABOUT = {
    "Über diese Seiten": "ueber/index.md",
    "Glossar": "glossar/index.md",
    "Barrierefreiheit": "barrierefreiheit/index.md",
    "Datenschutz": "datenschutz/index.md",
    "Impressum": "impressum/index.md",
    "Handbuch für die Redaktion": "handbuch/index.md",
}
ELSEWHERE = ("mitmachen", "leichte-sprache", "gebaerdensprache", "suche")
"""Pages that the foot, the bar of languages and the search of every page lead to."""


def reached(path: str) -> bool:
    """Whether a page of ``docs/``, by its file on the site, is reached without a link or menu."""
    listed = (START, *EXTRAS.values(), *OFFERS.values(), *ABOUT.values())
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
) -> list[Any]:
    """The menu: chapters in their order, pages of one's own, then data and what the law asks for.

    ``titles`` are the pages below ``build/pages`` with their titles, made safe; what has no page is
    left out.
    ``own`` is the setting ``menu``: a group that the menu has already gets more entries, and a page
    named there stands nowhere else.
    """
    taken = {place(file) for file in menu_files(own)}
    paths = titles.keys() - taken
    menu: list[Any] = [{"Start": START}]
    present = [CHAPTERS[name] for name in chapters]
    for group in dict.fromkeys(c.group for c in CHAPTERS.values() if c.group):
        items = [{c.title: c.file} for c in present if c.group == group]
        if items:
            menu.append({group: items})
    if len(menu) > 1:
        next(iter(menu[-1].values())).extend(_there(EXTRAS, paths))
    menu.extend({chapter.title: chapter.file} for chapter in present if not chapter.group)
    last = [{"Dokumente": _there(OFFERS, paths)}, {"Über": _there(ABOUT, paths)}]
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


def _there(pages: dict[str, str], paths: Collection[str]) -> list[dict[str, str]]:
    return [{title: path} for title, path in pages.items() if path in paths]


def _entries(item: MenuItem, titles: dict[str, str]) -> list[dict[str, str]]:
    """The pages of an item with their titles; those that do not exist are left out."""
    parts = item.items or (item,)
    return [
        {safe(part.title) if part.title else titles[path]: path}
        for part in parts
        if (path := place(part.file)) in titles
    ]
