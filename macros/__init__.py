"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import (
    brief,
    dashboard,
    directory,
    documents,
    goals,
    indicators,
    legal,
    measure,
    measures,
    money,
    overview,
    participation,
    reference,
    report,
    start,
    strategy,
)

__all__ = [
    "brief",
    "dashboard",
    "directory",
    "documents",
    "goals",
    "indicators",
    "legal",
    "measure",
    "measures",
    "money",
    "overview",
    "participation",
    "reference",
    "report",
    "start",
    "strategy",
]
