"""Tables of facts in print: short facts stand two to a row, in their order."""

from __future__ import annotations

from lxml.etree import SubElement
from lxml.html import Element, HtmlElement

from klarplan.articles.nodes import classes, move_content, replace, with_class
from klarplan.papers.widths import BOLD, GUTTER, across

COLUMNS = {2: (26, 74), 4: (26, 26, 22, 26)}
"""The columns of a table of facts, the same on every page; with two facts to a row, four."""
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


def pair_facts(article: HtmlElement, room: float) -> None:
    """Sets two facts side by side that fit there in one line; any other keeps a row of its own.

    ``room`` is how many characters stand side by side on the page.
    """
    inner = room - GUTTER * (len(COLUMNS[4]) - 1)
    _, _, name, most = (inner * part / sum(COLUMNS[4]) for part in COLUMNS[4])
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
            if across(value) > most or any(True for _ in value.iter("ul", "ol", "table", "p")):
                waiting = None
            elif waiting is not None and across(row[0]) * BOLD <= name:
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
