"""A reference to the entry that another row of the same sheet makes, looked up at the end."""

from __future__ import annotations

from dataclasses import dataclass

from klarplan.importer.reading import Reading
from klarplan.importer.state import Run
from klarplan.importer.values import UnreadableError
from klarplan.messages import Text


@dataclass(frozen=True, slots=True)
class RowReference:
    """Refers to the entry that a row of a sheet made: (table, sheet, row number)."""

    run: Run
    key: tuple[str, str, int]

    def read(self, _: str) -> Reading:
        """The id of the entry; ``UnreadableError`` where the row was not taken over."""
        made = self.run.made.get(self.key)
        if made is None:
            row = self.key[2]
            raise UnreadableError(
                Text(
                    f"Der übergeordnete Eintrag in Zeile {row} wurde nicht übernommen.",
                    f"The parent in row {row} was not taken over.",
                ),
                Text("Ergänzen Sie dort, was fehlt.", "Fill in there what is missing."),
            )
        return Reading(made["id"])
