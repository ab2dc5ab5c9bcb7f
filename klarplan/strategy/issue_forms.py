"""The forms for issues: what each asks for, in the words of the strategy's own tables.

They are made of the strategy, so that what can be chosen in them is what its tables know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form that asks for a row of a table: for these columns, in this order."""

    table: str
    columns: tuple[str, ...]


FORMS: Mapping[str, Form] = {
    "report": Form(
        "status_reports",
        ("measure", "status", "date", "progress", "text", "obstacles", "expected_end"),
    ),
    "measure": Form("measures", ("title", "field", "summary", "planned_start", "planned_end")),
}
"""By what is begun with them (``klarplan new``)."""
