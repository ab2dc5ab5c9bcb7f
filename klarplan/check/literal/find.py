"""All slips of a page, each line told by one finder only: what is special comes first."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from klarplan.check.literal.addresses import bare_slips
from klarplan.check.literal.boxes import box_slips
from klarplan.check.literal.calls_and_notes import escaped_slips, note_slips
from klarplan.check.literal.code import code_slips, fence_slips
from klarplan.check.literal.headings import heading_slips
from klarplan.check.literal.lists import list_slips, mixed_slips, nesting_slips
from klarplan.check.literal.numbers import number_slips
from klarplan.check.literal.rest import rest_slips
from klarplan.check.literal.spans import emphasis_slips, link_slips
from klarplan.check.literal.tables import cell_slips, pasted_slips, table_slips
from klarplan.check.literal.vanished import vanished_slips
from klarplan.check.literal.view import Slip, View

if TYPE_CHECKING:
    from klarplan.check.texts import Page

MOST = 20
"""So many slips of one finder are told of a page."""

FINDERS = (
    fence_slips,
    vanished_slips,
    pasted_slips,
    table_slips,
    cell_slips,
    heading_slips,
    box_slips,
    list_slips,
    nesting_slips,
    mixed_slips,
    number_slips,
    code_slips,
    escaped_slips,
    note_slips,
    link_slips,
    emphasis_slips,
    rest_slips,
    bare_slips,
)


def slips(page: Page) -> tuple[Slip, ...]:
    """What readers of a page see as it was typed, or don't see at all, in the order of finders."""
    view = View(page)
    if not view.shown:
        return ()
    found = (slip for finder in FINDERS for slip in islice(finder(view), MOST))
    return tuple(_checked(slip) for slip in found)


def _checked(slip: Slip) -> Slip:
    """The slip without a cure that would change nothing."""
    idle = slip.fix is not None and slip.fix.old == slip.fix.new
    return replace(slip, fix=None) if idle else slip
