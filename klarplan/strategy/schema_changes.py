"""How the tables have changed from version to version: what their readers must know.

Versions follow Semantic Versioning: the first number rises where something is removed, renamed or
means something else, the second where something is added.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from klarplan.messages import Text

FILE = Path(__file__).with_name("schema_changes.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaChange:
    """One change: of a column, or of a whole table where ``column`` is empty.

    ``change`` is ``added``, ``removed`` or ``changed``; ``date`` is a day (ISO 8601).
    """

    version: str
    date: str
    table: str
    column: str
    change: str
    told: Text

    fingerprint: str
    """That of all tables after it; told by the last change only."""


@cache
def schema_changes() -> tuple[SchemaChange, ...]:
    """All changes, in the order of the file."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        SchemaChange(told=Text(row.pop("de"), row.pop("en")), **row)  # the columns are the fields
        for row in rows
    )


def fingerprint(package: Mapping[str, Any]) -> str:
    """A hash of what programs rely on in the description of tables, not of its words."""
    told = [
        [
            table["name"],
            table["schema"].get("primaryKey"),
            table["schema"].get("foreignKeys"),
            [
                [
                    field["name"],
                    field["type"],
                    [c["value"] if isinstance(c, dict) else c for c in field.get("categories", ())],
                    field.get("constraints", {}).get("required", False),
                ]
                for field in table["schema"]["fields"]
            ],
        ]
        for table in package["resources"]
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
