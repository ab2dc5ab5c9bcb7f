"""Calls of macros that work with the rows of this strategy, to be shown beside a wrong one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from klarplan.strategy.periods import periods

if TYPE_CHECKING:
    from macros.registry import Context, Macro

_TABLES = {
    "measure": "measures",
    "id": "measures",
    "field": "fields_of_action",
    "goal": "goals",
    "indicator": "indicators",
    "organisation": "organisations",
    "decision": "decisions",
    "body": "bodies",
    "status": "statuses",
}
_WORDS = {
    "name": "title",
    "word": "search",
    "table": "measures",
    "timeliness": "late",
    "by": "year",
    "text": "Mehr dazu",
    "heading": "Überschrift",
}
_MOST = 20
"""So many rows are tried at most."""


def example(
    macro: Macro, context: Context, shown: str | None = None, given: Sequence[str] = ()
) -> str:
    """A call of a macro that works; an optional argument is in it where ``shown`` names it.

    What the editor has ``given`` is in it where it fits: typed off, the call is the one meant.
    """
    needed = _needed(macro)
    for number in range(_MOST):
        values = [_value(name, context, number, given) for name in needed]
        if None in values:
            break
        written = [_literal(value) for value in values]
        named = {}
        if shown and shown not in needed:
            named[shown] = _value(shown, context, number, given) or 5
            written.append(f"{shown}={_literal(named[shown])}")
        named.pop("heading", None)
        with suppress(Exception):  # another row may do: this is only an example
            macro.select(context, *values, **named)
            return f"{{{{ {macro.name}({', '.join(written)}) }}}}"
    return f"{{{{ {macro.name}({', '.join(f'{name}=…' for name in needed)}) }}}}"


def selected(macro: Macro, context: Context) -> Mapping[str, Any] | None:
    """What a macro selects for the first rows that it shows anything of; ``None`` without such."""
    needed = _needed(macro)
    for number in range(_MOST if needed else 1):
        values = [_value(name, context, number) for name in needed]
        if None in values:
            break
        with suppress(Exception):  # another row may do
            if (data := macro.select(context, *values)) is not None:
                return data
    return None


def _needed(macro: Macro) -> list[str]:
    parameters = macro.signature.parameters.values()
    return [p.name for p in parameters if p.default is p.empty]


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _value(name: str, context: Context, number: int, given: Sequence[str] = ()) -> str | None:
    if name in _WORDS:
        return _WORDS[name]
    strategy = context.strategy
    found: Iterator[str] = iter(())
    if name == "period":
        found = (period.label for period in periods(strategy, context.as_of))
    elif name in _TABLES and strategy.has(_TABLES[name]):
        found = (row.id for row in strategy.entries(_TABLES[name]))
    rows = list(found)
    known = [*(word for word in given if word in rows), *rows]
    return known[number] if number < len(known) else None
