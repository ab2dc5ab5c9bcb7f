"""Which cases of a test are tried every time, and which in the long run only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first_of(cases: Iterable[Any], number: int = 1) -> list[Any]:
    """All cases for ``parametrize``: the first few are tried every time, the others when long."""
    return [
        case
        if place < number
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for place, case in enumerate(cases)
    ]
