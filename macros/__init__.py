"""What a Markdown author may call: selects and shapes data, holds no markup."""

from macros import goals, measures, reference, strategy

__all__ = ["goals", "measures", "reference", "strategy"]
