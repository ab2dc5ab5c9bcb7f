"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import goals, measures, reference, start, strategy

__all__ = ["goals", "measures", "reference", "start", "strategy"]
