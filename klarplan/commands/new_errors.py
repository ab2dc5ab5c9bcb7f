"""What a change would break: what a copy of a strategy is told of and the strategy is not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from klarplan.check.run import check, examine
from klarplan.messages import Finding


def new_errors(root: Path, copy: Path, as_of: dt.date) -> list[Finding]:
    """Errors below ``copy`` that ``root`` has not."""
    return only_new(check(copy, as_of), root, as_of)


def new_findings(
    root: Path, copy: Path, as_of: dt.date, files: Collection[Path]
) -> tuple[list[Finding], list[Finding]]:
    """Errors below ``copy`` that ``root`` has not, and what else is to be told of changed files.

    ``files`` are those that differ, below ``root``.
    """
    checked = examine(copy, as_of)
    names = {file.relative_to(root).as_posix() for file in files}
    rest = [f for f in checked.single if f.severity != "error" and f.file in names]
    known = Counter(map(_same, examine(root, as_of, pages=False).single if rest else ()))
    told = []
    for finding in rest:
        same = _same(finding)
        known[same] -= 1
        if known[same] < 0:
            told.append(finding)
    return only_new(checked.findings, root, as_of), told


def only_new(
    found: Iterable[Finding],
    root: Path,
    as_of: dt.date,
    *,
    before: Callable[[], Iterable[Finding]] | None = None,
) -> list[Finding]:
    """The errors among what was ``found`` below a copy of ``root`` that ``root`` has not.

    ``before`` tells what ``root`` has, where that need not be looked for; it is asked only if there
    are errors.
    """
    errors = [f for f in found if f.severity == "error"]
    if not errors:
        return []
    told = before() if before else check(root, as_of)
    known = {_same(f) for f in told if f.severity == "error"}
    return [f for f in errors if _same(f) not in known]


def _same(finding: Finding) -> tuple[str | None, ...]:
    return finding.rule, finding.file, finding.column, finding.value
