"""Writing editors' workbooks: one for all tables, one for an office, or one for each office."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from klarplan.commands.unread import refuse_unread
from klarplan.editing.workbook.make import Asked, editors_workbook
from klarplan.editing.workbook.scope import offices
from klarplan.messages import KlarplanError, Lang, Text, did_you_mean
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import Loaded, load

ENDING = ".xlsx"
OTHER_ENDINGS = (".xls", ".xlsm", ".ods", ".csv", ".docx", ".pdf")
"""Endings of files that are no workbooks of ours; nobody means a folder by them."""
_NO_NAME = re.compile(r"[^\w.-]+")


def export(  # noqa: PLR0913 - one argument per option
    root: Path,
    target: Path,
    as_of: dt.date,
    lang: Lang,
    office: str = "",
    *,
    tables: Sequence[str] = (),
    dry_run: bool = False,
) -> list[Path]:
    """Write the workbook ``target``; or, where that does not end in .xlsx, one for each office
    into the folder ``target``. Returns the files, also those that were there just so.

    ``tables`` are the only ones in it, for no office. With ``dry_run`` nothing is written.
    Raises ``KlarplanError`` where another file is in the way, or there is nothing to export.
    """
    loaded = load(root)
    refuse_unread(root, loaded.descriptor, loaded.strategy.tables)
    if target.suffix.lower() == ENDING:
        asked = {target: _asked(loaded, office, tables)}
    elif office or tables or target.suffix.lower() in OTHER_ENDINGS:
        raise KlarplanError(
            Text(f"„{target}“ endet nicht auf {ENDING}.", f"“{target}” does not end in {ENDING}."),
            Text(
                f"Eine einzelne Mappe braucht diese Endung: {target.stem or 'mappe'}{ENDING}",
                f"A single workbook needs this ending: {target.stem or 'mappe'}{ENDING}",
            ),
            exit_code=2,
        )
    else:
        names = offices(loaded.strategy, as_of)
        asked = {
            target / f"{_NO_NAME.sub('-', name)}{ENDING}": Asked(name, False) for name in names
        }
    if not asked:
        raise KlarplanError(
            Text(
                "Keine Organisation ist für eine offene Maßnahme federführend.",
                "No organisation leads a measure that is open.",
            ),
            Text(
                "Tragen Sie in data/responsibilities.csv ein, wer federführend ist (role = lead).",
                "Enter into data/responsibilities.csv who leads (role = lead).",
            ),
        )
    spoken = _language(loaded, lang)
    made = {path: editors_workbook(loaded, as_of, spoken, one) for path, one in asked.items()}
    for path, content in made.items():
        if path.exists() and (not path.is_file() or path.read_bytes() != content):
            raise KlarplanError(
                Text(f"„{path}“ gibt es schon.", f"“{path}” exists already."),
                Text(
                    "Vielleicht hat schon jemand hineingeschrieben. Nennen Sie einen anderen "
                    "Namen, oder löschen Sie die Datei zuerst.",
                    "Somebody may have written into it. Name another one, or delete it first.",
                ),
                exit_code=2,
            )
    if not dry_run:
        replace_files({path: content for path, content in made.items() if not path.exists()})
    return [*made]


def of_tables(root: Path, names: Sequence[str], as_of: dt.date, lang: Lang) -> bytes:
    """A workbook of these tables.

    Raises ``KlarplanError`` where one is not known (exit code 2), or a table can't be read.
    """
    loaded = load(root)
    refuse_unread(root, loaded.descriptor, loaded.strategy.tables)
    return editors_workbook(loaded, as_of, _language(loaded, lang), _asked(loaded, "", names))


def _language(loaded: Loaded, lang: Lang) -> Lang:
    """The language of a workbook: that of the messages, but English where the strategy is."""
    return "en" if loaded.strategy.settings.lang == "en" else lang


def _asked(loaded: Loaded, office: str, names: Sequence[str]) -> Asked:
    if office and names:
        raise KlarplanError(
            Text(
                "--for und --table passen nicht zusammen.", "--for and --table don't go together."
            ),
            Text(
                "Die Mappe eines Amtes hat ihre eigenen Blätter; lassen Sie --table weg.",
                "The workbook of an office has sheets of its own; leave --table out.",
            ),
            exit_code=2,
        )
    for name in names:
        if name not in loaded.strategy.tables:
            raise KlarplanError(
                Text(f"Die Tabelle „{name}“ gibt es nicht.", f"There is no table “{name}”."),
                did_you_mean(name, loaded.strategy.tables),
                exit_code=2,
            )
    return Asked(office, tables=tuple(names))
