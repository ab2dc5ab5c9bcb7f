"""What spreadsheet programs make of a table: dates, truth values, rounded and lost numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from klarplan.check.rules.registry import declare
from klarplan.messages import Finding, Text
from klarplan.strategy.time_spans import YEARS

RESHAPED = declare(
    "KP029",
    Text("Von einer Tabellenkalkulation umgeformt", "Changed by a spreadsheet program"),
    Text(
        "Zellen enthalten, was im Repository stand, und nicht, was eine Tabellenkalkulation beim "
        "Speichern daraus macht.",
        "Cells hold what the repository held, not what a spreadsheet program makes of it on "
        "saving.",
    ),
)
MANY = 3
"""So many such cells of one table have one cause."""
LISTED = 5
LOST = Text(
    "Das hat wohl eine Tabellenkalkulation beim Speichern daraus gemacht; was dort stand, ist "
    "verloren. Tragen Sie es neu ein.",
    "A spreadsheet program has probably made this of it on saving; what stood there is lost. "
    "Enter it again.",
)
_MONTHS = "Jan|Feb|Mrz|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec"
_LOST = re.compile(
    rf"#{{3,}}|#[A-ZÄÖÜ/]+[!?]?|[0-9]+[.,]?[0-9]*E[+-]?[0-9]+"
    rf"|[0-9]{{1,2}}[. -]{{1,2}}(?:{_MONTHS})[a-zä]*\.?"
    rf"|(?:{_MONTHS})[a-zä]*[. -]{{1,2}}[0-9]{{2,4}}",
    re.IGNORECASE,
)
_KEPT = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}|WAHR|FALSCH", re.IGNORECASE)
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_FIRST = dt.date(1899, 12, 30)


def is_lost(value: str) -> bool:
    """Whether a spreadsheet program left something that no longer tells what stood there."""
    return _LOST.fullmatch(value) is not None


def day_of_serial(value: str) -> dt.date | None:
    """The day that a number stands for in the calendar of Excel, within ``YEARS``."""
    if not _SERIAL.fullmatch(value):
        return None
    day = _FIRST + dt.timedelta(days=int(value))
    return day if day.year in YEARS else None


def reshaped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same findings; many traces of a spreadsheet program in one table get one cause."""
    found = list(findings)
    traces: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.column and finding.line and _trace(finding.value or ""):
            traces.setdefault(finding.file, []).append(finding)
    told = {file: cells for file, cells in traces.items() if len(cells) >= MANY}
    for file, cells in told.items():
        yield _told(file, cells)
    own = {id(cell) for cells in told.values() for cell in cells}
    for finding in found:
        own_cause = ("spreadsheet", finding.file)
        yield replace(finding, cause=own_cause) if id(finding) in own else finding


def _trace(value: str) -> bool:
    return bool(_KEPT.fullmatch(value)) or is_lost(value) or day_of_serial(value) is not None


def _told(file: str, cells: list[Finding]) -> Finding:
    number, mended = len(cells), sum(cell.fix is not None for cell in cells)
    name = file.rpartition("/")[2].removesuffix(".csv")
    some = ", ".join(f"„{cell.value}“" for cell in _different(cells)[:LISTED])
    some_en = ", ".join(f"“{cell.value}”" for cell in _different(cells)[:LISTED])
    cure = Text(
        f"„klarplan repair {name}“ schreibt {mended} davon zurück.",
        f"“klarplan repair {name}” writes {mended} of them back.",
    )
    if mended < number:
        cure = Text(
            f"{cure.de if mended else ''} Bei {number - mended} ist der Inhalt verloren; den "
            f"letzten Stand zeigt: git show HEAD:{file}".strip(),
            f"{cure.en if mended else ''} The content of {number - mended} is lost; what was "
            f"there is shown by: git show HEAD:{file}".strip(),
        )
    return Finding(
        rule=RESHAPED,
        file=file,
        problem=Text(
            f"Eine Tabellenkalkulation (etwa Excel) hat {number} Zellen umgeformt: {some} …",
            f"A spreadsheet program (such as Excel) has changed {number} cells: {some_en} …",
        ),
        cure=cure,
        cause=("spreadsheet", file),
    )


def _different(cells: list[Finding]) -> list[Finding]:
    """The first cell of each kind of value, so that the examples differ."""
    kinds: dict[str, Finding] = {}
    for cell in cells:
        kinds.setdefault(re.sub(r"[0-9]", "0", cell.value or ""), cell)
    return list(kinds.values())
