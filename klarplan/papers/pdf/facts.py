"""Tables of facts in print: short facts stand two to a row, in their order."""

from __future__ import annotations

from lxml.etree import SubElement
from lxml.html import Element, HtmlElement

from klarplan.articles.nodes import classes, move_content, replace, with_class, words

SHORT = 22
"""A value of no more characters leaves room for another fact beside it."""
FEWEST = 4
"""A table of fewer facts stays as it is."""


def put_now(article: HtmlElement) -> None:
    """Sets how a measure stands as a table of facts: a list of terms takes twice the room."""
    for listed in with_class(article, "now"):
        table = Element("table", {"class": "facts"})
        for term in listed.iter("dt"):
            meaning = term.getnext()
            row = SubElement(table, "tr")
            head, value = SubElement(row, "th", {"scope": "row"}), SubElement(row, "td")
            move_content(term, head)
            if meaning is not None:
                move_content(meaning, value)
        replace(listed, table)


def pair_facts(article: HtmlElement) -> None:
    """Sets two short facts side by side; any other keeps a row of its own."""
    for table in article.iter("table"):
        rows = list(table.iter("tr"))
        if "facts" not in classes(table) or len(rows) < FEWEST:
            continue
        if any([cell.tag for cell in row] != ["th", "td"] for row in rows):
            continue
        single: list[HtmlElement] = []
        waiting: HtmlElement | None = None
        for row in rows:
            value = row[1]
            if len(words(value)) > SHORT or any(True for _ in value.iter("ul", "ol", "table", "p")):
                waiting = None
            elif waiting is not None:
                single.remove(waiting)
                waiting.extend(list(row))
                row.drop_tree()
                waiting = None
                continue
            else:
                waiting = row
            single.append(row)
        if len(single) < len(rows):  # else there are but two columns
            for row in single:
                row[1].set("colspan", "3")
