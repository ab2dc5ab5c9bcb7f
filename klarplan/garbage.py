"""How often Python looks for garbage: seldom, since a build keeps most of what it makes."""

from __future__ import annotations

import gc

OBJECTS = 100_000
"""New objects between two looks; Python's own 700 cost a sixth of the time of a build."""


def collect_seldom() -> None:
    """Make this process look for garbage seldom."""
    gc.set_threshold(OBJECTS, 20, 100)
