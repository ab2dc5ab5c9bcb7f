"""How much there is to draw in an SVG picture, with all that it repeats by naming it.

A few lines can name one another so that a drawing program draws for hours: ``use``, markers at
each point of a path, patterns in patterns, filters on every part. Each is counted as often as it
is drawn, before anything is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
HREF = ("href", "{http://www.w3.org/1999/xlink}href")

INHERITED = ("fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end")
"""What a group hands down to all in it; everything else that names a part holds for it alone."""

WEIGHTS = {f"{SVG}pattern": 20, f"{SVG}mask": 20, f"{SVG}filter": 300, f"{SVG}feMorphology": 300}
"""Parts that take the room of the whole picture, in plain parts."""

MOST_RADIUS = 50
"""So far ``feMorphology`` may reach; its time grows with the square."""

_NAMED = re.compile(r"url\(\s*[\"']?#([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"([\w-]+)\s*:([^;]*)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NUMBER = re.compile(r"[\d.]+")


class TooMuchError(Exception):
    """There is more to draw than may be; ``element`` is where it shows."""

    def __init__(self, element: etree._Element) -> None:
        super().__init__(element.tag)
        self.element = element


def limit(root: etree._Element, most: int, deepest: int) -> None:
    """Raise ``TooMuchError`` where more than ``most`` parts are drawn.

    ``deepest`` is how often a part that is named may name another one.
    """
    _Count(root, most, deepest).of(root)


class _Count:
    def __init__(self, root: etree._Element, most: int, deepest: int) -> None:
        self.most = most
        self.deepest = deepest
        self.ids = {str(e.get("id")): e for e in root.iter(etree.Element) if e.get("id")}
        self.known: dict[str, tuple[int, int]] = {}
        self.points: dict[str, int] = {}
        sheets = "".join("".join(map(str, e.itertext())) for e in root.iter(f"{SVG}style"))
        self.rules: list[tuple[frozenset[str], str]] = []
        for selectors, body in _RULE.findall(sheets):
            if "url(" in body.lower():
                classes = {c for s in selectors.split(",") for c in _classes(s)}
                self.rules.append((frozenset(classes), body))

    def of(self, element: etree._Element, depth: int = 0) -> tuple[int, int]:
        """The parts that are drawn for an element and all below it, and how deep names lead."""
        total = height = 0
        for part in element.iter(etree.Element):
            total += WEIGHTS.get(str(part.tag), 1)
            if part.tag == f"{SVG}feMorphology":
                radii = map(float, _NUMBER.findall(part.get("radius") or ""))
                if any(radius > MOST_RADIUS for radius in radii):
                    raise TooMuchError(part)
            for name, times in self._repeated(part):
                if name in self.ids:
                    if depth >= self.deepest:
                        raise TooMuchError(part)
                    if name not in self.known:
                        self.known[name] = self.of(self.ids[name], depth + 1)
                    parts, below = self.known[name]
                    total, height = total + times * parts, max(height, below + 1)
            if total > self.most or height > self.deepest:
                raise TooMuchError(part)
        return total, height

    def _repeated(self, part: etree._Element) -> Iterator[tuple[str, int]]:
        """The ids that a part names, each with how often it is drawn for it."""
        if part.tag in (f"{SVG}use", f"{SVG}pattern"):
            yield from ((str(part.get(key)).strip()[1:], 1) for key in HREF if part.get(key))
        classes = set(str(part.get("class") or "").split())
        styles = [str(part.get("style") or "")]
        styles += [body for wanted, body in self.rules if "*" in wanted or wanted & classes]
        declared = chain(part.attrib.items(), *map(_DECLARED.findall, styles))
        for key, value in declared:
            for name in _NAMED.findall(str(value)):
                named = self.ids.get(name)
                if named is not None and not str(named.tag).endswith("Gradient"):
                    yield name, self._times(part, str(key).strip().lower())

    def _times(self, part: etree._Element, key: str) -> int:
        if key not in INHERITED:
            return 1
        if key in ("marker", "marker-mid"):
            return self._points(part, 0)
        return sum(1 for _ in part.iter(etree.Element))

    def _points(self, element: etree._Element, depth: int) -> int:
        """The points of all paths below an element, at most: a point takes two characters."""
        total = 0
        for part in element.iter(etree.Element):
            total += 1 + len(str(part.get("d") or part.get("points") or "")) // 2
            name = next((str(part.get(key)).strip()[1:] for key in HREF if part.get(key)), "")
            if name in self.ids and depth < self.deepest:
                if name not in self.points:
                    self.points[name] = self._points(self.ids[name], depth + 1)
                total += self.points[name]
        return total


def _classes(selector: str) -> list[str]:
    """The classes that the last part of a selector asks for; ``*`` where it asks for none."""
    last = re.split(r"[\s>+~]+", selector.strip())[-1]
    return re.findall(r"\.([\w-]+)", last) or ["*"]
