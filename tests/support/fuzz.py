"""How much a test of arbitrary input tries: little every time, more in the long run.

The few examples are the same every time; those of the long run differ from commit to commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from hypothesis import settings

T = TypeVar("T")

FEW, MANY = 25, 100
"""Examples of a test that doesn't say how many, in the two profiles."""
USUAL = 50
"""Of so many a test says its own number; it tries half of it every time."""


def register_profiles() -> None:
    """Make ``few``, the same examples every time, the default, and ``many`` selectable."""
    settings.register_profile("few", max_examples=FEW, deadline=None, derandomize=True)
    settings.register_profile("many", max_examples=MANY, deadline=None, print_blob=True)
    settings.load_profile("few")


def in_turn(cases: Sequence[T], of: int, seed: str | None) -> Sequence[T]:
    """One of so many shares of cases; the seed says which, and without one all are tried."""
    return cases if seed is None else cases[Random(seed).randrange(of) :: of]


def examples(few: int, **changes: Any) -> settings:
    """Settings of a test that tries half of ``few`` examples, and twice ``few`` when long."""
    return settings(max_examples=max(few * settings().max_examples // USUAL, 1), **changes)
