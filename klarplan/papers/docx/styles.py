"""The styles of a document by their names, which Word keeps the same in every language.

A template made with a German Word calls the first heading ``berschrift1`` and says that its name
is ``heading 1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from klarplan.papers.docx.parts import fragment, parse, w, written

LINKS = ("basedOn", "next", "link")


class Styles:
    """The styles of a document, which can be looked up, completed and changed."""

    def __init__(self, part: bytes) -> None:
        self._tree = parse(part)
        self._by_id = {_id(style): style for style in self._tree.iter(w("style"))}
        self._by_name = {_name(style): _id(style) for style in self._tree.iter(w("style"))}

    def id_of(self, name: str) -> str:
        """The id of a style by its name."""
        return self._by_name[name.lower()]

    def style(self, identifier: str) -> etree._Element:
        """A style by its id."""
        return self._by_id[identifier]

    def name(self, identifier: str) -> str:
        """The name of a style by its id, in small letters; nothing where there is no such style."""
        found = self._by_id.get(identifier)
        return "" if found is None else _name(found)

    def has(self, identifier: str, mark: str) -> bool:
        """Whether a style, or what it is based on, has a property of paragraphs."""
        return any(
            each.find(f"{w('pPr')}/{w(mark)}") is not None for each in self._chain(identifier)
        )

    def letters(self, names: Iterable[str], mark: str) -> etree._Element | None:
        """A property of letters that the first style there is of these names has by itself or
        from what it is based on."""
        known = (self._by_name[name] for name in names if name in self._by_name)
        for each in self._chain(next(known, "")):
            found = each.find(f"{w('rPr')}/{w(mark)}")
            if found is not None:
                return found
        return None

    def number(self, identifier: str) -> str:
        """The numbering that paragraphs of a style take part in; nothing where there is none."""
        for each in self._chain(identifier):
            found = each.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if found is not None:
                return str(found.get(w("val"), ""))
        return ""

    def put_number(self, identifier: str, number: str) -> None:
        """Let paragraphs of a style take part in a numbering."""
        style = self._by_id[identifier]
        held = style.find(w("pPr"))
        if held is None:
            held = fragment("<w:pPr/>")[0]
            before = [style.find(w(name)) for name in ("rPr", "tblPr")]
            place = next((each for each in before if each is not None), None)
            if place is None:
                style.append(held)
            else:
                place.addprevious(held)
        made = fragment(f'<w:numPr><w:numId w:val="{number}"/></w:numPr>')[0]
        first = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
        place_at = sum(1 for each in held if each.tag in map(w, first))
        held.insert(place_at, made)

    def complete(self, ours: bytes) -> None:
        """Add each style of another part that is not there yet, by name and by id."""
        spare = {_id(style): style for style in parse(ours).iter(w("style"))}
        for style in spare.values():
            if _id(style) not in self._by_id:
                self._add(style, spare)

    def written(self) -> bytes:
        """The styles as a part."""
        return written(self._tree)

    def _chain(self, identifier: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while identifier in self._by_id and identifier not in seen:
            seen.add(identifier)
            style = self._by_id[identifier]
            yield style
            base = style.find(w("basedOn"))
            identifier = "" if base is None else base.get(w("val"), "")

    def _add(self, style: etree._Element, spare: Mapping[str, etree._Element]) -> str:
        """Add a style, if there is none of its name, with those that it is based on; its id."""
        if known := self._by_name.get(_name(style)):
            return known
        made = deepcopy(style)
        made.attrib.pop(w("default"), "")
        self._by_name[_name(made)] = _id(made)
        self._by_id[_id(made)] = made
        for link in [each for each in made if each.tag in map(w, LINKS)]:
            named = str(link.get(w("val"), ""))
            if named in spare:
                link.set(w("val"), self._add(spare[named], spare))
            elif named not in self._by_id:
                made.remove(link)
        self._tree.append(made)
        return _id(made)


def _id(style: etree._Element) -> str:
    return str(style.get(w("styleId"), ""))


def _name(style: etree._Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else str(name.get(w("val"), "")).lower()
