"""One message per cause: what has the same cause is told once, with all its places.

Two findings have one cause where a rule says so (``Finding.cause``), where they say the same of
the same column, or where a rule finds fault with many cells of one column or lines of one text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from klarplan.messages import Finding, Severity

MANY = 6
"""So many findings of one rule in one column, or in one text, are told as one."""
READING = ("KP00", "KP01", "KP02", "KP04", "KP050")
"""How the ids of rules begin that tell whether files can be read at all."""
_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "notice": 2}

Key = Callable[[Finding], Hashable]


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with one for each cause: errors first, and causes before their consequences."""
    found = sorted(dict.fromkeys(findings), key=_order)
    found = _folded(found, lambda f: f.cause, least=2)
    found = _folded(found, _same_words, least=2)
    return tuple(_folded(found, _same_column, least=MANY))


def _order(finding: Finding) -> tuple[int, int, str, int, str, str]:
    """Errors, warnings, notices; among them first what decides whether the rest can be read."""
    first = not finding.rule.startswith(READING)
    place = finding.file, finding.line or 0, finding.column or "", finding.rule
    return _RANKS[finding.severity], first, *place


def _same_words(finding: Finding) -> Hashable:
    told = finding.problem, finding.cure, finding.value
    return finding.rule, finding.severity, finding.file, finding.column, *told


def _same_column(finding: Finding) -> Hashable:
    if finding.line is None or finding.cause:
        return None
    return finding.rule, finding.severity, finding.file, finding.column


def _folded(findings: list[Finding], key: Key, *, least: int) -> list[Finding]:
    """The first finding of each key with the places of the others; without a key, all."""
    groups: dict[Hashable, list[Finding]] = {}
    for number, finding in enumerate(findings):
        named = key(finding)
        groups.setdefault(number if named is None else (named,), []).append(finding)
    told: list[Finding] = []
    for group in groups.values():
        # What already gathers many places tells of the cause itself.
        first = max(group, key=lambda f: (-_RANKS[f.severity], len(f.also)))
        others = [f for f in group if f is not first]
        if len(others) + 1 < least:
            told += (first, *others)
        else:
            also = (place for other in others for place in (other.place, *other.also))
            told.append(replace(first, also=(*first.also, *also)))
    return sorted(told, key=_order)
