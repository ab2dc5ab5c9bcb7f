"""Which rows a number may mean that somebody typed: one has it as its id, another as its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from klarplan.messages import Text
from klarplan.strategy.choices import Labels, bare_key
from klarplan.strategy.csv_reader import Table

COLUMNS = ("id", "official_id")
"""What people call a row by that has both."""


def readings_of(table: Table | None) -> Readings:
    """The rows of a table; none where they have no number beside their id."""
    if table is None or not {*COLUMNS} <= {*table.header}:
        return Readings(())
    return Readings(dict(zip(table.header, record, strict=False)) for record in table.records)


class Readings:
    """Rows by all that they may be called by.

    Of ids, the one that is written just so is meant rather than others; so it is with numbers. But
    an id is not meant rather than a number.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._named: dict[str, dict[str, list[tuple[str, str]]]] = {
            column: defaultdict(list) for column in COLUMNS
        }
        for row in rows:
            for column, named in self._named.items():
                if word := " ".join(row.get(column, "").split()):
                    named[bare_key(word)].append((word.casefold(), row.get("id", "")))

    def several(self, text: str) -> tuple[str, ...]:
        """The ids of the rows that a text may mean, if these are several; none for any other."""
        word = " ".join(text.split())
        found: dict[str, None] = {}
        for named in self._named.values():
            alike = named.get(bare_key(word), ())
            exact = [row for written, row in alike if written == word.casefold()]
            found |= dict.fromkeys(exact or (row for _, row in alike))
        return tuple(found) if len(found) > 1 else ()


def unclear(text: str, several: Iterable[str], labels: Labels) -> Text:
    """That a text may mean several rows, each with its number and title as they may be typed."""
    ids = list(several)
    de = " oder ".join(f"„{labels.get(one, one)}“ (Kennung {one})" for one in ids)
    en = " or ".join(f"“{labels.get(one, one)}” (id {one})" for one in ids)
    return Text(f"„{text}“ kann mehreres heißen: {de}.", f"“{text}” may mean: {en}.")


NUMBER_AND_TITLE = Text(
    "Schreiben Sie Nummer und Titel wie dort in Anführungszeichen.",
    "Write number and title as they are in quotation marks there.",
)
