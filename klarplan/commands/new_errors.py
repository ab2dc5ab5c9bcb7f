"""What a change would break: errors that a copy of a strategy has and the strategy has not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from klarplan.check.run import check
from klarplan.messages import Finding


def new_errors(root: Path, copy: Path, as_of: dt.date) -> list[Finding]:
    """Errors below ``copy`` that ``root`` has not."""
    return only_new(check(copy, as_of), root, as_of)


def only_new(
    found: Iterable[Finding], root: Path, as_of: dt.date, *, pages: bool = True
) -> list[Finding]:
    """The errors among what was ``found`` below a copy of ``root`` that ``root`` has not."""
    errors = [f for f in found if f.severity == "error"]
    if not errors:
        return []
    known = {_same(f) for f in check(root, as_of, pages=pages) if f.severity == "error"}
    return [f for f in errors if _same(f) not in known]


def _same(finding: Finding) -> tuple[str | None, ...]:
    return finding.rule, finding.file, finding.column, finding.value
