"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import goals, indicators, measure, measures, money, overview, reference, start, strategy

__all__ = [
    "goals",
    "indicators",
    "measure",
    "measures",
    "money",
    "overview",
    "reference",
    "start",
    "strategy",
]
