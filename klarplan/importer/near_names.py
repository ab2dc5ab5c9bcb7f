"""Names that a list brings and that may mean one and the same field of action or office."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from klarplan.importer.grid import plain
from klarplan.importer.mapping_text import scalar
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import Text

NAMED_TABLES = ("fields_of_action", "organisations")
_LABEL = re.compile(r"^(?:(?:handlungsfeld|hf)\s*)?(?:\d+(?:\.\d+)*|[ivx]+\b)?\s*[.):–-]?\s+")
_SHORT = 5
"""Shorter words differ by a letter without being slips: Amt A, Amt B."""
_SLIP = 0.85
"""From this ratio on one long word is taken for a slip of the other."""


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """A name without number, stops and joining words."""
    word = re.sub(r"&|\+|\bu\.|\bund\b|\band\b", " ", _LABEL.sub("", f"{plain(name)} "))
    return " ".join(re.findall(r"\w+", word))


def are_near(one: str, other: str) -> bool:
    """Whether two names may mean the same: “Verkehr.”, “1 Verkehr”; “Mobiltät”, “Mobilität”."""
    first, second = _key(one), _key(other)
    if first == second or first.replace(" ", "") == second.replace(" ", ""):
        return bool(first)
    pairs = list(zip(first.split(), second.split(), strict=False))
    if len(first.split()) != len(second.split()):
        return False
    unlike = [pair for pair in pairs if pair[0] != pair[1]]
    return len(unlike) == 1 and _is_slip(*unlike[0])


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORT or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _SLIP


def tell_near_names(run: Run, table: str, place: Place) -> None:
    """Remark new entries of a table whose name nearly is that of another one."""
    target = run.targets[table]
    named = [(row, row.get("title") or row.get("name", "")) for row in target.rows]
    for number, (row, name) in enumerate(named):
        if not run.is_new(table, row):
            continue
        others = (pair for pair in named[:number] if are_near(name, pair[1]))
        if (first := next(others, None)) is None:
            continue
        word, known = line(name), line(first[1])
        run.remark(
            place,
            Text(
                f"„{word}“ ({row.get('id')}) und „{known}“ ({first[0].get('id')}) sind in "
                f"„{target.schema.title}“ zwei Einträge. Ist dasselbe gemeint, schreiben Sie in "
                f"der Zuordnung unter „values“ „{scalar(word)}: {scalar(known)}“, und löschen Sie "
                f"den falschen in data/{table}.csv.",
                f"“{word}” ({row.get('id')}) and “{known}” ({first[0].get('id')}) are two entries "
                f"of “{table}”. If they mean the same, write “{scalar(word)}: {scalar(known)}” "
                f"under “values” in the mapping, and delete the wrong one in data/{table}.csv.",
            ),
        )
