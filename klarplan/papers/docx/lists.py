"""Lists as Word makes them: by styles, so that a template decides how they look.

pandoc numbers each paragraph by itself. Here bullets are of the style „List Bullet“, numbers of
„List Number“, further paragraphs of an entry of „List Continue“, deeper ones of „List Bullet 2“ and
on. Only a list that begins again has a numbering of its own, as in Word.
"""

from __future__ import annotations

from lxml import etree

from klarplan.papers.docx.parts import fragment, parse, w, written
from klarplan.papers.docx.styles import Styles

DEEPEST = 3
"""The deepest level that there are styles of lists for."""
STEP, HANGING = 357, 357
"""The indent of a level, and the room for its mark, in twentieths of a point."""
MARKS = ("•", "–", "▪")
BULLET, NUMBER, CONTINUE = "List Bullet", "List Number", "List Continue"


class Lists:
    """The numberings of a document and the styles that use them."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self._tree = parse(part)
        self._styles = styles
        self._kinds = self._read()
        self._begun: dict[tuple[str, int], str] = {}

    def put(self, body: etree._Element) -> None:
        """Give the paragraphs of lists their styles."""
        for paragraph in body.iter(w("p")):
            given = paragraph.find(f"{w('pPr')}/{w('numPr')}")
            if given is not None:
                self._put(given)

    def written(self) -> bytes:
        """The numberings as a part."""
        return written(self._tree)

    def _put(self, given: etree._Element) -> None:
        number, level = _value(given, "numId"), int(_value(given, "ilvl") or 0)
        kind, start = self._kinds.get((number, level), (CONTINUE, "1"))
        identifier = self._styled(kind, min(level + 1, DEEPEST))
        properties = given.getparent()
        assert properties is not None
        style = properties.find(w("pStyle"))
        if style is None:
            style = fragment("<w:pStyle/>")[0]
            properties.insert(0, style)
        style.set(w("val"), identifier)
        if kind != NUMBER:
            properties.remove(given)
            return
        if (number, level) not in self._begun:
            of_style = self._styles.number(identifier)
            self._begun[number, level] = self._begin(of_style, start)
        given[:] = fragment(f'<w:ilvl w:val="0"/><w:numId w:val="{self._begun[number, level]}"/>')

    def _styled(self, kind: str, level: int) -> str:
        """The style of a kind and level; one that marks nothing yet begins to."""
        identifier = self._styles.id_of(kind if level == 1 else f"{kind} {level}")
        if kind != CONTINUE and not self._styles.number(identifier):
            self._styles.put_number(identifier, self._make(identifier, kind, level))
        return identifier

    def _make(self, identifier: str, kind: str, level: int) -> str:
        """A new numbering for a style."""
        form, text = ("bullet", MARKS[level - 1]) if kind == BULLET else ("decimal", "%1.")
        abstract = self._free("abstractNum", "abstractNumId")
        made = fragment(
            f'<w:abstractNum w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:pStyle w:val="{identifier}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{STEP * level}" w:hanging="{HANGING}"/></w:pPr></w:lvl>'
            "</w:abstractNum>"
        )[0]
        first = self._tree.find(w("num"))
        if first is None:
            self._tree.append(made)
        else:
            first.addprevious(made)
        return self._number(abstract)

    def _begin(self, of_style: str, start: str) -> str:
        """A numbering that looks as one of a style does, and begins anew."""
        found = (n for n in self._tree.iter(w("num")) if n.get(w("numId")) == of_style)
        held = next(found, None)
        abstract = "" if held is None else _value(held, "abstractNumId")
        begin = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._number(abstract, begin) if abstract else of_style

    def _number(self, abstract: str, below: str = "") -> str:
        number = self._free("num", "numId")
        self._tree.extend(
            fragment(
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{below}</w:num>'
            )
        )
        return number

    def _free(self, kind: str, name: str) -> str:
        taken = (int(each.get(w(name), "0")) for each in self._tree.iter(w(kind)))
        return str(max(taken, default=0) + 1)

    def _read(self) -> dict[tuple[str, int], tuple[str, str]]:
        """What each numbering does on each level, and where it starts."""
        abstract = {
            each.get(w("abstractNumId"), ""): each for each in self._tree.iter(w("abstractNum"))
        }
        found: dict[tuple[str, int], tuple[str, str]] = {}
        for number in self._tree.iter(w("num")):
            held = abstract.get(_value(number, "abstractNumId"))
            for level in () if held is None else held.iter(w("lvl")):
                at = int(level.get(w("ilvl"), "0"))
                kind = NUMBER if _value(level, "numFmt") != "bullet" else BULLET
                if not _value(level, "lvlText").strip():
                    kind = CONTINUE
                found[number.get(w("numId"), ""), at] = kind, _start(number, level, at)
        return found


def _start(number: etree._Element, level: etree._Element, at: int) -> str:
    for override in number.iter(w("lvlOverride")):
        if override.get(w("ilvl")) == str(at) and (begin := _value(override, "startOverride")):
            return begin
    return _value(level, "start") or "1"


def _value(node: etree._Element, name: str) -> str:
    found = node.find(w(name))
    return "" if found is None else str(found.get(w("val"), ""))
