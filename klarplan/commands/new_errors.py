"""What a change would break: errors that a copy of a strategy has and the strategy has not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from klarplan.check.run import check
from klarplan.messages import Finding


def new_errors(root: Path, copy: Path, as_of: dt.date) -> list[Finding]:
    """Errors below ``copy`` that ``root`` has not."""
    found = [f for f in check(copy, as_of) if f.severity == "error"]
    if not found:
        return []
    known = {_same(f) for f in check(root, as_of) if f.severity == "error"}
    return [f for f in found if _same(f) not in known]


def _same(finding: Finding) -> tuple[str | None, ...]:
    return finding.rule, finding.file, finding.column, finding.value
