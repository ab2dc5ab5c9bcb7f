"""What to do about an error of a table where it stands in a workbook: there, cells are typed."""

from __future__ import annotations

import re

from klarplan.check.rules.cells import ENUM, REFERENCE, TYPE
from klarplan.editing.workbook.base import HeldColumn
from klarplan.messages import Finding, Text, together, was_meant
from klarplan.strategy.choices import Labels, OtherWords, probably

_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_CHOOSE = Text(
    "Wählen Sie einen Eintrag aus der Liste des Feldes.", "Choose an entry of the cell's list."
)
_DAY = Text(
    "Tragen Sie einen Tag ein, zum Beispiel 31.12.2027. Ist er nur ungefähr bekannt, nehmen Sie "
    "den letzten des Zeitraums und sagen daneben, wie genau er ist.",
    "Enter a day, for example 2027-12-31. Where it is known roughly only, take the last one of "
    "that time, and say beside it how exact it is.",
)
_NUMBER = Text(
    "Tragen Sie nur die Zahl ein, ohne Einheit und ohne Punkt für Tausender.",
    "Enter the number only, without a unit and without signs for thousands.",
)


WITHOUT_DELETE = Text(
    "Fügen Sie die Zeile in der Mappe wieder ein, oder lassen Sie --delete weg.",
    "Insert the row into the workbook again, or leave --delete out.",
)


def cure_of(finding: Finding, column: HeldColumn, labels: Labels, words: OtherWords) -> Text:
    """What to do in a cell of this column, chosen from ``labels``; what the check asks, too.

    ``words`` are what else the labels' values may be called.
    """
    if finding.rule in (TYPE, ENUM, REFERENCE) and column.choices:
        return together(was_meant(probably(finding.value or "", labels, words)), _CHOOSE)
    if finding.rule != TYPE or finding.cure.de.endswith("?"):
        comma = finding.rule == TYPE and column.kind == "number"
        return Text(_POINT.sub(",", finding.cure.de), finding.cure.en) if comma else finding.cure
    if column.kind == "date":
        return _DAY
    if column.kind in ("number", "integer", "year"):
        if finding.fix is None:
            return _NUMBER
        new = finding.fix.new
        return Text(f"Tragen Sie {new.replace('.', ',')} ein.", f"Enter {new}.")
    return finding.cure
