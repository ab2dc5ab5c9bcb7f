"""The menu of the site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.paper_list import BRIEF_PAGE, FIGURES_PAGE, ORGANISATIONS_PAGE


def navigation(chapters: Sequence[str], paths: Collection[str]) -> list[Any]:
    """The menu: chapters in their order, then data and what the law asks for.

    ``paths`` are the files of all pages below ``build/pages``; what has no page is left out.
    """
    menu: list[Any] = [{"Start": "index.md"}]
    present = [CHAPTERS[name] for name in chapters]
    for group in dict.fromkeys(c.group for c in CHAPTERS.values() if c.group):
        items = [{c.title: c.file} for c in present if c.group == group]
        if items:
            menu.append({group: items})
    extras = {
        "In Zahlen": f"{FIGURES_PAGE}index.md",
        "Zeitplan": "zeitplan/index.md",
        "Wer macht was?": f"{ORGANISATIONS_PAGE}index.md",
    }
    if len(menu) > 1:
        found = [{title: path} for title, path in extras.items() if path in paths]
        next(iter(menu[-1].values())).extend(found)
    menu.extend({chapter.title: chapter.file} for chapter in present if not chapter.group)
    offers = {
        "Dokumente zum Drucken": "dokumente/index.md",
        "Kurzfassung": f"{BRIEF_PAGE}index.md",
        "Offene Daten": "daten/index.md",
    }
    taken = [{title: path} for title, path in offers.items() if path in paths]
    if taken:
        menu.append({"Dokumente": taken})
    about = {
        "Über diese Seiten": "ueber/index.md",
        "Glossar": "glossar/index.md",
        "Barrierefreiheit": "barrierefreiheit/index.md",
        "Datenschutz": "datenschutz/index.md",
        "Impressum": "impressum/index.md",
        "Handbuch für die Redaktion": "handbuch/index.md",
    }
    legal = [{title: path} for title, path in about.items() if path in paths]
    if legal:
        menu.append({"Über": legal})
    return menu
