"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import goals, measures, overview, reference, start, strategy

__all__ = ["goals", "measures", "overview", "reference", "start", "strategy"]
