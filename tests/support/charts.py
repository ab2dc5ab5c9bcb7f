"""What is wrong with a chart as it is drawn: words cut or upon each other, parts not told apart."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, groupby, pairwise

from fontTools.ttLib import TTFont
from lxml import html

from klarplan.look.colour import HEX, contrast
from klarplan.look.typeface import FIRA, TYPEFACES
from macros.line_chart import Chart
from macros.render import environment
from tests.support.project import REPOSITORY

SIZE = 14
"""Pixels of letters in charts."""
TOUCH = 1.0
"""Pixels by which the boxes of words may touch: none of their ink does."""
SHADES = 3.0
"""Contrast of parts of a picture (WCAG 2.2, success criterion 1.4.11)."""
LETTERS = 4.5

Box = tuple[float, float, float, float]


@cache
def _advances(name: str) -> tuple[dict[int, int], int]:
    face = TYPEFACES[FIRA]
    font = TTFont(getattr(face, name), lazy=True)
    letters, measures = font.getBestCmap() or {}, font["hmtx"]
    return {code: measures[glyph][0] for code, glyph in letters.items()}, font["head"].unitsPerEm


def wide(text: str, *, bold: bool) -> float:
    """How many pixels a text takes in a chart; signs that the typeface lacks are as wide as those
    of the usual typefaces of symbols."""
    advances, unit = _advances("bold" if bold else "regular")
    return sum(advances.get(ord(letter), 0.82 * unit) for letter in text) / unit * SIZE


@cache
def _drawing() -> object:
    return environment(REPOSITORY).get_template("_chart.html").module


def drawn(chart: Chart) -> html.HtmlElement:
    """A chart as the website draws it."""
    markup: str = _drawing().draw(chart)  # type: ignore[attr-defined]
    return html.fragment_fromstring(markup)


def _at(node: html.HtmlElement, name: str, width: float) -> float:
    value = node.get(name, "")
    return float(value[:-1]) * width / 100 if value.endswith("%") else float(value)


def _box(node: html.HtmlElement, width: float) -> Box:
    text = node.text_content()
    long = wide(text, bold=node.get("font-weight") == "700")
    share = {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor", ""), 0.0)
    left, base = _at(node, "x", width) - long * share, float(node.get("y"))
    return left, left + long, base - 11, base + 3


def _meet(one: Box, other: Box) -> bool:
    across = min(one[1], other[1]) - max(one[0], other[0])
    return across > TOUCH and min(one[3], other[3]) - max(one[2], other[2]) > TOUCH


def faults(svg: html.HtmlElement, width: float) -> list[str]:
    """What is wrong with a chart in a column of so many pixels."""
    numbers = [*_no_numbers(svg)]
    return numbers or [*_outside(svg, width), *_upon(svg, width), *_parts(svg)]


def _no_numbers(svg: html.HtmlElement) -> Iterator[str]:
    for node in svg.iter("rect", "line", "circle", "text"):
        for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"):
            value = (node.get(name) or "0").removesuffix("%")
            if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", value) or math.isnan(float(value)):
                yield f"no number: {name}={value}"
            elif name in ("width", "height") and float(value) < 0:
                yield f"less than nothing: {name}={value}"


def _outside(svg: html.HtmlElement, width: float) -> Iterator[str]:
    height = float(svg.get("height"))
    for node in svg.iter("text"):
        left, right, top, bottom = _box(node, width)
        if left < -TOUCH or right > width + TOUCH or top < -TOUCH or bottom > height + TOUCH:
            yield f"cut: {node.text_content()}"
    for node in svg.iter("rect"):
        begin, end = _at(node, "x", 100), _at(node, "x", 100) + _at(node, "width", 100)
        if begin < -0.01 or end > 100.02 or _at(node, "y", 1) + _at(node, "height", 1) > height:
            yield f"outside: {begin} to {end}"


def _upon(svg: html.HtmlElement, width: float) -> Iterator[str]:
    texts = [(node, _box(node, width)) for node in svg.iter("text")]
    for (one, box), (other, another) in combinations(texts, 2):
        if _meet(box, another):
            yield f"upon each other: {one.text_content()}, {other.text_content()}"
    for node in svg.iter("rect"):
        left, top = _at(node, "x", width), _at(node, "y", width)
        area = left, left + _at(node, "width", width), top, top + _at(node, "height", width)
        for text, box in texts:
            if text.get("class") != "chart__inside" and _meet(box, area):
                yield f"hidden by a bar: {text.text_content()}"
            elif text.get("class") == "chart__inside" and area[2] < box[2] < area[3]:
                middle = (box[0] + box[1]) / 2
                if area[0] <= middle <= area[1]:
                    yield from _within(text, node, box, area)


def _within(text: html.HtmlElement, part: html.HtmlElement, box: Box, area: Box) -> Iterator[str]:
    if box[0] < area[0] or box[1] > area[1]:
        yield f"wider than its part: {text.text_content()}"
    if contrast(text.get("fill"), part.get("fill")) < LETTERS:
        yield f"letters too pale: {text.text_content()}"


def _texture(part: html.HtmlElement) -> tuple[str, ...]:
    below = part.getnext()
    found = below is not None and below.get("class") == "chart__texture"
    return (below.get("stroke-width"), below.get("stroke-dasharray", "")) if found else ()


def _parts(svg: html.HtmlElement) -> Iterator[str]:
    """Neighbours stand out from each other, or a gap from both and a texture tells them apart."""
    parts = svg.find_class("chart__part")
    for _, row in groupby(parts, key=lambda part: part.get("y")):
        mine: Sequence[html.HtmlElement] = list(row)
        whole = sum(_at(part, "width", 100) for part in mine)
        if abs(whole - 100) > 0.1:
            yield f"parts make up {whole}"
        for part in mine:
            fill, gap = part.get("fill"), part.get("stroke") or part.get("fill")
            if float(part.get("stroke-width") or 0) < 2 or contrast(fill, gap) < SHADES:
                yield f"no gap: {fill}"
        for one, other in pairwise(mine):
            apart = contrast(one.get("fill"), other.get("fill")) >= SHADES
            if not apart and _texture(one) == _texture(other):
                yield f"not told apart: {one.get('fill')}, {other.get('fill')}"
    for line in svg.iter("line"):
        if HEX.fullmatch(line.get("stroke") or "") is None and "var(" not in line.get("stroke", ""):
            yield f"no colour: {line.get('stroke')}"
