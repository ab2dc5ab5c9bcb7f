"""Tables of facts in print: short facts stand two to a row, in their order."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.articles.nodes import classes, words

SHORT = 22
"""A value of no more characters leaves room for another fact beside it."""
FEWEST = 6
"""A table of fewer facts stays as it is."""


def pair_facts(article: HtmlElement) -> None:
    """Sets two short facts side by side; any other keeps a row of its own."""
    for table in article.iter("table"):
        rows = list(table.iter("tr"))
        if "facts" not in classes(table) or len(rows) < FEWEST:
            continue
        if any([cell.tag for cell in row] != ["th", "td"] for row in rows):
            continue
        waiting: HtmlElement | None = None
        for row in rows:
            value = row[1]
            if len(words(value)) > SHORT or any(True for _ in value.iter("ul", "ol", "table", "p")):
                _widen(waiting)
                _widen(row)
                waiting = None
            elif waiting is None:
                waiting = row
            else:
                waiting.extend(list(row))
                row.drop_tree()
                waiting = None
        _widen(waiting)


def _widen(row: HtmlElement | None) -> None:
    if row is not None:
        row[1].set("colspan", "3")
