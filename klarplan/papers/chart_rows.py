"""A chart of rows in parts, so that it may go on on the next page, as a table does."""

from __future__ import annotations

from copy import copy, deepcopy
from itertools import pairwise

from lxml.html import HtmlElement

ROWS = "data-rows"
"""Where each row of a chart begins, in pixels from its top."""
TOGETHER = 2
"""So many rows stand together at the foot of a page, and at the head of the next one."""


def parts_of(chart: HtmlElement) -> list[HtmlElement]:
    """The parts of a chart from top to bottom, drawings of their own; all of it where it has too
    few rows to be parted, or none."""
    rows = [int(float(top)) for top in (chart.get(ROWS) or "").split()]
    if len(rows) < 2 * TOGETHER:
        return [chart]
    ends = [0, *rows[TOGETHER : 1 - TOGETHER], int(float(chart.get("height") or 0))]
    return [_part(chart, top, bottom) for top, bottom in pairwise(ends)]


def _part(chart: HtmlElement, top: int, bottom: int) -> HtmlElement:
    """What a chart shows between two heights."""
    part = copy(chart)
    part[:] = [kept for child in chart if (kept := _within(child, top, bottom)) is not None]
    part.set("viewbox", f"0 {top} {chart.get('width')} {bottom - top}")
    part.set("height", str(bottom - top))
    return part


def _within(child: HtmlElement, top: int, bottom: int) -> HtmlElement | None:
    """What of a line, an area or a word is there; a line across several parts is cut."""
    if child.get("y1") is None:
        return deepcopy(child) if top <= float(child.get("y") or 0) < bottom else None
    first, last = sorted((float(child.get("y1") or 0), float(child.get("y2") or 0)))
    if last < top or first >= bottom or (last == top and first < last):
        return None
    cut = deepcopy(child)
    if first < last:
        cut.set("y1", str(max(first, top)))
        cut.set("y2", str(min(last, bottom)))
    return cut
