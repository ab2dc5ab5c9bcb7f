"""The source of a suggested mapping for a table of Klarplan."""

from __future__ import annotations

from klarplan.importer.mapping_text import Proposal
from klarplan.importer.own_tables import OwnTable


def own_proposal(table: OwnTable) -> Proposal:
    """The source that reads a table of Klarplan; columns that it does not know are noted."""
    sheet, titles = table.sheet, table.header.titles
    source = Proposal(
        name=sheet.name or sheet.file, table=table.schema.name, header=table.header.row, own=True
    )
    for name, column in table.schema.columns.items():
        if (position := table.positions.get(name)) is not None:
            source.columns.append((name, titles[position], column.title))
    source.notes.extend(
        f"Nicht zugeordnet: {title}"
        for position, title in enumerate(titles)
        if title and position not in table.positions.values()
    )
    return source
