"""Why single rows are not taken over: reports on days to come, and keys that are there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.values import UnreadableError
from klarplan.messages import Text


def refuse_future(values: Mapping[str, str], today: dt.date) -> None:
    """Raise ``UnreadableError`` for a report on a day that is still to come."""
    date = values.get("date", "")
    if date > today.isoformat():
        raise UnreadableError(
            Text(
                f"Die Meldung wäre auf den {date} datiert; das ist noch nicht gewesen.",
                f"The report would be dated {date}, which is still to come.",
            ),
            Text(
                "Läuft der Zeitraum noch, schreiben Sie in die Zuordnung, für welchen Tag die "
                "Liste gilt, zum Beispiel „as_of: 2026-06-30“; Geplantes gehört in die Termine "
                "der Maßnahme.",
                "If the period is not over, write the day that the list speaks for into the "
                "mapping, for example “as_of: 2026-06-30”; plans belong in the dates of the "
                "measure.",
            ),
        )


def duplicate(earlier: Place | None, key: str) -> UnreadableError:
    """Why a row with the key of an ``earlier`` one, or of an entry, is not taken over."""
    where = f"schon in Zeile {earlier.row}" if earlier else "schon in der Tabelle"
    where_en = f"in row {earlier.row} already" if earlier else "in the table already"
    return UnreadableError(
        Text(f"„{key}“ steht {where}.", f"“{key}” is {where_en}."),
        Text(
            "Löschen Sie die Zeile, die zu viel ist, oder geben Sie ihr eine eigene Nummer.",
            "Delete the row that is too many, or give it a number of its own.",
        ),
    )


def tell_again(run: Run, place: Place, earlier: Place, key: str) -> None:
    """Remark a row that says the same of an entry as an ``earlier`` one, and stands for it."""
    run.note(
        Place(sheet=place.sheet, row=place.row),
        Text(
            f"„{key}“ steht schon in Zeile {earlier.row} und sagt hier nichts anderes; beide "
            "Zeilen gelten als ein Eintrag.",
            f"“{key}” is in row {earlier.row} already and says nothing else here; both rows count "
            "as one entry.",
        ),
    )
