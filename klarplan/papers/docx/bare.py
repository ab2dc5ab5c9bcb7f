"""A document without its text, as a template: its styles, page, header and footer.

What only the text needs stays behind, such as its pictures. pandoc takes the numberings of lists
from ``PANDOCS`` on for its own and leaves out those of a template; a document that pandoc made has
such ones, which get other numbers.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from klarplan.papers.docx.parts import BODY_PART, LISTS_PART, STYLES, TYPES, R, parse, w, written

PANDOCS = {"abstractNum": 990, "num": 1000}
"""The first number of a numbering that pandoc takes for one of its own."""

IN_TEXT = ("image", "hyperlink", "chart", "header", "footer", "comments", "diagramData", "aFChunk")
"""Kinds of relations of no use to a part that does not name them, and comments on the text."""


def bare(document: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a document that are left without its text."""
    parts = dict(document)
    tree = parse(parts[BODY_PART])
    for node in [each for each in tree[0] if each.tag != w("sectPr")]:
        tree[0].remove(node)
    parts[BODY_PART] = written(tree)
    for name in [each for each in parts if _relations_of(each) in parts]:
        _unrelate(parts, name)
    reached = _reached(parts)
    gone = {name for name in parts if _part_of(name) not in reached and name != TYPES}
    for name in gone:
        del parts[name]
    parts[TYPES] = _untyped(parts[TYPES], gone)
    _renumber(parts)
    return parts


def _named(tree: etree._Element) -> set[str]:
    """The relations that a tree names."""
    return {
        str(value)
        for node in tree.iter(etree.Element)
        for name, value in node.attrib.items()
        if str(name).startswith(f"{{{R}}}")
    }


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _part_of(name: str) -> str:
    """A part, or the one that a part of relations belongs to."""
    folder, last = posixpath.split(name)
    if not last.endswith(".rels"):
        return name
    return posixpath.join(posixpath.dirname(folder), last.removesuffix(".rels"))


def _unrelate(parts: dict[str, bytes], name: str) -> None:
    """Removes relations that a part would have to name, and does not."""
    place, named = _relations_of(name), _named(parse(parts[name]))
    tree = parse(parts[place])
    for relation in list(tree):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in IN_TEXT and relation.get("Id") not in named:
            tree.remove(relation)
    parts[place] = written(tree)


def _reached(parts: Mapping[str, bytes]) -> set[str]:
    """The parts that something leads to from the document on."""
    waiting = ["", BODY_PART]
    reached = {*waiting}
    while waiting:
        part = waiting.pop()
        for relation in parse(parts[held]) if (held := _relations_of(part)) in parts else ():
            path = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
            target = posixpath.normpath(path).lstrip("/")
            if relation.get("TargetMode") != "External" and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _untyped(types: bytes, gone: set[str]) -> bytes:
    tree = parse(types)
    for each in [one for one in tree if one.get("PartName", "").lstrip("/") in gone]:
        tree.remove(each)
    return written(tree)


def _renumber(parts: dict[str, bytes]) -> None:
    """Gives numberings other numbers than pandoc's; styles with one that is missing have none."""
    lists = parse(parts[LISTS_PART]) if LISTS_PART in parts else None
    moved = {} if lists is None else _moved(lists)
    if lists is not None:
        parts[LISTS_PART] = written(lists)
    for name in [name for name in parts if name == STYLES or _is_margin(name)]:
        tree = parse(parts[name])
        for number in list(tree.iter(w("numId"))):
            value = number.get(w("val"), "")
            holder = number.getparent()
            if value in moved:
                number.set(w("val"), moved[value])
            elif value != "0" and holder is not None and (outer := holder.getparent()) is not None:
                outer.remove(holder)
        parts[name] = written(tree)


def _is_margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def _moved(lists: etree._Element) -> dict[str, str]:
    """The new numbers of numberings by their old ones, which are free of pandoc's."""
    forms = _free_of_pandocs(lists, "abstractNum", "abstractNumId")
    for each in lists.iter(w("num")):
        form = each.find(w("abstractNumId"))
        if form is not None:
            value = form.get(w("val"), "")
            form.set(w("val"), forms.get(value, value))
    return _free_of_pandocs(lists, "num", "numId")


def _free_of_pandocs(lists: etree._Element, kind: str, name: str) -> dict[str, str]:
    """The numbers of all numberings of a kind, as they were and as they are now."""
    nodes = list(lists.iter(w(kind)))
    taken = {int(node.get(w(name), "0")) for node in nodes}
    free = (number for number in range(1, PANDOCS[kind]) if number not in taken)
    found = {}
    for node in nodes:
        old = node.get(w(name), "0")
        new = old if int(old) < PANDOCS[kind] else str(next(free))
        node.set(w(name), new)
        found[old] = new
    return found
