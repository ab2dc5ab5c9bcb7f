"""The 16 Länder: their law on accessible websites and the body that enforces it.

``laender.csv`` is a help, not a source: bodies move and change their names. A page that shows a
line of it says so, until the municipality has written its own into ``enforcement_body``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("laender.csv")

OVERVIEW = "https://lbit.hessen.de/buergerinnen-und-buerger/durchsetzungsstellen-der-laender"
"""A list of all bodies that the State of Hesse keeps, to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """One of the 16 Länder; address and url are empty where they are not certain."""

    key: str
    name: str
    name_en: str
    law: str
    body: str
    address: str
    url: str

    def called(self, lang: str) -> str:
        """Its name in a language."""
        return self.name_en if lang == "en" else self.name


@cache
def laender() -> Mapping[str, Land]:
    """All Länder by the first two digits of the official municipality key."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: Land(**row) for row in csv.DictReader(lines)}


def land_of(key: str) -> Land | None:
    """The Land of a municipality or regional key; nothing for an empty or unknown one."""
    return laender().get(key[:2])
