"""Which sheets are earlier versions, copies or drafts of the list that counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from klarplan.importer.grid import Sheet, plain
from klarplan.importer.guess import Guess
from klarplan.importer.shape import Shape
from klarplan.importer.times_in_names import Time, time_in

_ASIDE = re.compile(
    r"(?<![^\W_])(?:alt|alte[rns]?|veraltet|überholt|ungültig|obsolet|archiv\w*|entwurf|entwürfe"
    r"|backup|sicherung|sicherungskopie|kopie|vorlage|muster|gelöscht\w*|papierkorb|test"
    r"|arbeitsstand|vorversion|draft|old|archived?|copy|template|deleted)(?![^\W_])"
)
SHARED = 0.5
"""The share of titles that tells that two sheets list the same measures."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What the names of sheets say about lists of the same measures."""

    times: dict[str, Time]
    """By label of a sheet, when a list stood so, where its name and its other versions tell."""
    older: dict[str, str]
    """By label of a sheet the name of a later version of its list."""


def name_of(sheet: Sheet) -> str:
    """The name of a sheet; that of the file for CSV files."""
    return sheet.name or sheet.file.rpartition(".")[0]


def is_aside(sheet: Sheet) -> bool:
    """Whether a sheet calls itself a draft, a copy, a template or an old version."""
    return _ASIDE.search(plain(name_of(sheet).replace("_", " "))) is not None


def versions(measures: Sequence[Shape], today: dt.date) -> Versions:
    """Which of the lists of measures are earlier versions of others, by titles and names.

    A list whose name tells no time is the one that is kept up to date.
    """
    sheets = {shape.sheet.label: shape.sheet for shape in measures}
    titles = {label: _titles(measures, label) for label in sheets}
    named = {label: time_in(name_of(sheet), today) for label, sheet in sheets.items()}
    known = {label: time for label, time in named.items() if time is not None}
    times: dict[str, Time] = {}
    older: dict[str, str] = {}
    for one, other in permutations(sheets, 2):
        if one not in known or not _alike(titles[one], titles[other]):
            continue
        times |= {label: known[label] for label in (one, other) if label in known}
        if other not in known or known[one].last < known[other].last:
            older.setdefault(one, name_of(sheets[other]))
    return Versions(times, older)


def by_title(found: Guess, measures: Sequence[Shape]) -> Guess:
    """An earlier version without its numbers, where one of them means another measure by now."""
    now: dict[str, set[str]] = {}
    for shape in measures:
        for number, title in _numbered(shape.found):
            now.setdefault(number, set()).add(title)
    if all(title in now.get(number, {title}) for number, title in _numbered(found)):
        return found
    positions = {target: p for target, p in found.positions.items() if target != "official_id"}
    return replace(found, positions=positions)


def _numbered(found: Guess) -> list[tuple[str, str]]:
    number, title = found.positions.get("official_id"), found.positions.get("title")
    if number is None or title is None:
        return []
    return [(plain(row.at(number)), plain(row.at(title))) for row in found.header.body]


def _titles(measures: Sequence[Shape], label: str) -> set[str]:
    found: set[str] = set()
    for shape in measures:
        if shape.sheet.label == label and "title" in shape.found.positions:
            found |= {plain(text) for text in shape.found.texts(shape.found.positions["title"])}
    return found


def _alike(one: Collection[str], other: Collection[str]) -> bool:
    smaller = min(len(one), len(other))
    return bool(smaller) and len({*one} & {*other}) >= SHARED * smaller
