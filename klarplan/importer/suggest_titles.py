"""Which of two columns names the entries, where lists have a row for each task of a project."""

from __future__ import annotations

from dataclasses import replace

from klarplan.importer.grid import plain
from klarplan.importer.guess import EXACT, Guess, fit_of, key_of
from klarplan.importer.vocabulary import HEADER_WORDS

_TASKS = ("aufgabe", "aufgaben", "teilprojekt", "teilmaßnahme", "arbeitspaket", "arbeitsschritt")
"""Headers that name entries only beside another column that names what they belong to."""
FEWEST = 4
"""Where more than one row in so many repeats a name, it does not name the rows."""


def _repeats(found: Guess, position: int) -> bool:
    texts = [plain(text) for text in found.texts(position)]
    return (len(texts) - len(set(texts))) * FEWEST > len(texts)


def with_own_titles(found: Guess) -> Guess:
    """The guess with the column that tells the rows apart as the title.

    What repeats is then the field of action, unless another column is.
    """
    title = found.positions.get("title")
    if found.table != "measures" or title is None or not _repeats(found, title):
        return found
    words = [*map(key_of, _TASKS), *map(key_of, HEADER_WORDS["measures"]["title"])]
    for position, head in enumerate(found.header.titles):
        free = position not in found.positions.values() and found.texts(position)
        if free and fit_of(key_of(head), words) == EXACT and not _repeats(found, position):
            moved = {**found.positions, "title": position}
            moved.setdefault("field", title)
            return replace(found, positions=moved)
    return found
