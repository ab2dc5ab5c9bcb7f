"""Two rows of one title, where hardly two are meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from klarplan.messages import Text

TABLES = ("measures", "goals", "indicators")
"""The tables in which both would stand beside each other for good."""
TITLE = "title"


def namesakes(
    table: str, cells: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> Iterator[Text]:
    """That there is one of this title already, for each of the ``rows`` that is another one."""
    title = _bare(cells.get(TITLE, ""))
    for row in rows if title and table in TABLES else ():
        if _bare(row.get(TITLE, "")) == title and row.get("id") != cells.get("id"):
            name = row.get("id", "")
            yield Text(
                f"„{row[TITLE]}“ gibt es schon: {name}.",
                f"There is a “{row[TITLE]}” already: {name}.",
            )


def _bare(title: str) -> str:
    return " ".join(title.casefold().split())
