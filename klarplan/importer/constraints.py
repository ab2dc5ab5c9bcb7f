"""Whether a value meets the constraints of its column, so that ``check`` finds no error later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from klarplan.check.cell_types import type_fault
from klarplan.check.rules.cells import constraint_fault
from klarplan.check.rules.text_cells import EXCEL_LIMIT
from klarplan.importer.values import UnreadableError
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.addresses import is_web
from klarplan.strategy.patterns import PatternError, matcher
from klarplan.strategy.schema import DESCRIPTOR


def _broken(value: str, field: Mapping[str, Any]) -> Iterator[str]:
    limits = field.get("constraints", {})
    if field.get("type") in ("integer", "number", "year"):
        number = Decimal(value)
        if "minimum" in limits and number < Decimal(str(limits["minimum"])):
            yield "minimum"
        if "maximum" in limits and number > Decimal(str(limits["maximum"])):
            yield "maximum"
    if "enum" in limits and value not in [str(option) for option in limits["enum"]]:
        yield "enum"
    if "pattern" in limits and not matcher(limits["pattern"])(value):
        yield "pattern"
    if len(value) > limits.get("maxLength", len(value)):
        yield "maxLength"
    if len(value) < limits.get("minLength", 0):
        yield "minLength"


def _is_address(value: str, kind: str) -> bool:
    if kind == "email":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None
    return is_web(value) and value.isprintable() and " " not in value


def meet(value: str, field: Mapping[str, Any]) -> None:
    """Raise ``UnreadableError`` where a value breaks its field's constraints or format.

    ``field`` is a field of a table schema as it stands in the descriptor; texts that a
    spreadsheet program would take for a formula are refused as well (CWE-1236).
    """
    try:
        broken = list(_broken(value, field))
    except PatternError as error:
        raise KlarplanError(
            Text(
                f"Das Schema ist fehlerhaft, Spalte „{field.get('name')}“: {error.reason.de}.",
                f"The schema is broken, column “{field.get('name')}”: {error.reason.en}.",
            ),
            file=DESCRIPTOR,
        ) from error
    for name in broken:
        fault = constraint_fault(dict(field), name, value)
        raise UnreadableError(fault.problem, fault.cure)
    if len(value) > EXCEL_LIMIT:
        raise UnreadableError(
            Text(
                f"Der Text hat {len(value)} Zeichen; möglich sind {EXCEL_LIMIT}.",
                f"The text has {len(value)} characters; {EXCEL_LIMIT} are possible.",
            ),
            Text(
                "Kürzen Sie ihn oder schreiben Sie ihn in eine Datei unter strategy/.",
                "Shorten it or write it into a file below strategy/.",
            ),
        )
    kind = field.get("format", "")
    if kind in ("uri", "email") and not _is_address(value, kind):
        fault = type_fault(field, value)
        raise UnreadableError(fault.problem, fault.cure)
    if field.get("type", "string") == "string" and value[:1] in ("=", "@"):
        raise UnreadableError(
            Text(
                f"Der Text beginnt mit „{value[0]}“; eine Tabellenkalkulation hielte ihn "
                "für eine Formel.",
                f"The text begins with “{value[0]}”; a spreadsheet would take it for a formula.",
            ),
            Text("Beginnen Sie ihn mit einem Wort.", "Begin it with a word."),
        )
