"""Text that is in a cell but can't be seen: in the colour of its ground, tiny, or blanked out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from klarplan.importer.colours import Colours
from klarplan.importer.number_format import hides_text

_NEAR = 16
"""Steps of 255 by which a text must differ from its ground in red, green or blue to be seen."""
_TINY = 3
"""Points below which nobody can read a text."""

Area = tuple[int, int, int, int]
"""First and last row number, first and last position."""


class Unseen:
    """Tells which texts of one sheet nobody sees.

    Within ``styled`` areas the ground has colours that do not stand with the cells (rules that
    colour by value, heads of tables with a style); there only the size counts.
    """

    def __init__(self, colours: Colours, styled: Collection[Area]) -> None:
        self._colours = colours
        self._styled = styled

    def is_unseen(self, font: Any, cell: Any, place: tuple[int, int]) -> bool:
        """Whether a text with a font can't be seen in its cell at (row number, position)."""
        size = getattr(font, "sz", None)
        if size is not None and size < _TINY:
            return True
        row, position = place
        if any(a <= row <= b and c <= position <= d for a, b, c, d in self._styled):
            return False
        ground = self._colours.ground(cell.fill)
        if ground is None:
            return False
        ink = self._colours.ink(font)
        pairs = zip(_parts(ink), _parts(ground), strict=True)
        return all(abs(one - two) < _NEAR for one, two in pairs)

    @staticmethod
    def is_blanked(value: Any, number_format: str) -> bool:
        """Whether the number format of a cell shows no text (``;;;``)."""
        return isinstance(value, str | list) and hides_text(number_format)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (0, 2, 4))
