"""The menu of the site."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from klarplan.strategy import addresses
from klarplan.strategy.paper_list import BRIEF_PAGE, FIGURES_PAGE, ORGANISATIONS_PAGE
from klarplan.strategy.settings import CHAPTERS


def navigation(chapters: Sequence[str], paths: Collection[str]) -> list[Any]:
    """The menu: chapters in their order, then data and what the law asks for.

    ``paths`` are the files of all pages below ``build/pages``; what has no page is left out.
    """
    groups: Mapping[str, tuple[str, ...]] = {
        "Strategie": ("vision", "assessment", "goals", "fields", "measures", "indicators"),
        "Umsetzung": ("implementation", "resources", "governance", "decisions"),
    }
    menu: list[Any] = [{"Start": "index.md"}]
    placed: set[str] = set()
    for name, members in groups.items():
        items = [c for c in chapters if c in members]
        placed.update(items)
        if items:
            menu.append(
                {name: [{CHAPTERS[c]: f"{addresses.CHAPTER_PAGES[c]}index.md"} for c in items]}
            )
    extras = {
        "In Zahlen": f"{FIGURES_PAGE}index.md",
        "Zeitplan": "zeitplan.md",
        "Wer macht was?": f"{ORGANISATIONS_PAGE}index.md",
    }
    if len(menu) > 1:
        found = [{title: path} for title, path in extras.items() if path in paths]
        next(iter(menu[-1].values())).extend(found)
    for chapter in chapters:
        if chapter not in placed:
            menu.append({CHAPTERS[chapter]: f"{addresses.CHAPTER_PAGES[chapter]}index.md"})
    offers = {
        "Dokumente zum Drucken": "dokumente.md",
        "Kurzfassung": f"{BRIEF_PAGE}index.md",
        "Offene Daten": "daten.md",
    }
    taken = [{title: path} for title, path in offers.items() if path in paths]
    if taken:
        menu.append({"Dokumente": taken})
    about = {
        "Über diese Seiten": "ueber.md",
        "Glossar": "glossar.md",
        "Barrierefreiheit": "barrierefreiheit.md",
        "Datenschutz": "datenschutz.md",
        "Impressum": "impressum.md",
        "Handbuch für die Redaktion": "handbuch/index.md",
    }
    legal = [{title: path} for title, path in about.items() if path in paths]
    if legal:
        menu.append({"Über": legal})
    return menu
