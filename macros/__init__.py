"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import (
    all_measures,
    brief,
    documents,
    goals,
    handbook,
    implementation,
    indicators,
    legal,
    measure_lists,
    one_measure,
    organisations,
    participation,
    period_report,
    resources,
    start,
    strategy,
)

__all__ = [
    "all_measures",
    "brief",
    "documents",
    "goals",
    "handbook",
    "implementation",
    "indicators",
    "legal",
    "measure_lists",
    "one_measure",
    "organisations",
    "participation",
    "period_report",
    "resources",
    "start",
    "strategy",
]
