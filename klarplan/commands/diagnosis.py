"""What ``klarplan doctor`` says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klarplan.messages import NOTHING, Text

State = Literal["well", "unwell", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was looked at, how it is, and what helps."""

    subject: Text
    state: State
    told: Text
    cure: Text = NOTHING
