"""The widths that columns get on a page upright."""

from __future__ import annotations

from klarplan.papers.grid import Grid
from klarplan.papers.widths import PORTRAIT, Fit, asked_by, fitted


def weigh(grid: Grid) -> Fit:
    """The widths of a grid's columns in a German paper."""
    return fitted(asked_by(grid, "de"), PORTRAIT)
