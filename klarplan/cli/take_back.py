"""What ``klarplan import`` says of a workbook that ``klarplan export`` made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.cli.findings import print_text, safe
from klarplan.cli.options import console
from klarplan.messages import Lang, Text

if TYPE_CHECKING:
    from klarplan.commands.take_back import TakenBack
    from klarplan.editing.workbook.outcome import Decided
    from klarplan.editing.workbook.remarks import Remark

_NOTHING = Text(
    "Es gibt nichts zu übernehmen.",
    "There is nothing to take over.",
)
_NOTHING_ELSE = Text(
    "Sonst gibt es nichts zu übernehmen.",
    "There is nothing else to take over.",
)
_DRY = Text(
    "Noch ist nichts geändert. Mit --write werden die Änderungen geschrieben.",
    "Nothing is changed yet. With --write the changes are written.",
)
_DONE = Text(
    "Geschrieben. Sehen Sie die Änderungen mit „git diff“ an, und sichern Sie sie mit git.",
    "Written. Look at the changes with “git diff”, and commit them.",
)
_REFUSED = Text("Es ist nichts geändert.", "Nothing is changed.")
_FAULTS = Text(
    "Bitte berichtigen Sie in der Mappe zuerst:", "Please mend this in the workbook first:"
)
_NOTES = Text("Hinweise zur Mappe:", "Notes on the workbook:")
_GIVEN = Text("Neue Kennungen:", "New ids:")
_CONFLICTS = Text(
    "Auf beiden Seiten geändert. Es bleibt, was in Ihren Dateien steht; mit --overwrite gilt die "
    "Mappe:",
    "Changed on both sides. What your files say stays; with --overwrite the workbook wins:",
)
_OVERWRITTEN = Text(
    "Auf beiden Seiten geändert. Wegen --overwrite gilt die Mappe:",
    "Changed on both sides. Because of --overwrite the workbook wins:",
)
_LOST = Text(
    "In der Mappe fehlen Zeilen. Sie bleiben in Ihren Dateien; sollen sie entfallen, hilft "
    "--delete:",
    "Rows are missing in the workbook. They stay in your files; --delete deletes them:",
)
_ERRORS = Text(
    "So dürfen die Tabellen nicht bleiben. Bitte berichtigen Sie die Mappe:",
    "The tables must not stay like this. Please mend the workbook:",
)


def take_back_and_tell(  # noqa: PLR0913 (one argument per option)
    root: Path, path: Path, as_of: dt.date, lang: Lang, decided: Decided, *, write: bool
) -> int:
    """Show what a workbook changes, and write it if so wanted; returns the exit code.

    It is 1 where something is refused, or left as it was because nobody has decided yet.
    """
    from klarplan.commands.take_back import take_back  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.take_back import write as write_files  # noqa: PLC0415

    taken = take_back(root, path, as_of, lang, decided)
    if write:
        write_files(root, taken)
    out = console()
    for line in told(taken, lang, overwrite=decided.overwrite):
        out.print(safe(line), markup=False, emoji=False)
    if taken.errors:
        print_text(taken.errors, out, lang)
    out.print(_end(taken, write=write).in_(lang), markup=False)
    open_conflicts = taken.merged.conflicts and not decided.overwrite
    return 1 if taken.refused or open_conflicts or taken.merged.lost else 0


def told(taken: TakenBack, lang: Lang, *, overwrite: bool) -> Iterator[str]:
    """Lines: what changes, then what is to be decided, mended or known."""
    from klarplan.comparison.written import as_text  # noqa: PLC0415 (help stays fast)

    merged = taken.merged
    if taken.contents:
        yield from as_text(taken.comparison)
        yield ""
    yield from _list(_GIVEN, merged.given, lang)
    yield from _list(_OVERWRITTEN if overwrite else _CONFLICTS, merged.conflicts, lang)
    yield from _list(_LOST, merged.lost, lang)
    yield from _list(_NOTES, taken.back.notes, lang)
    yield from _list(_FAULTS, [*taken.back.faults, *merged.faults], lang)
    if taken.errors:
        yield _ERRORS.in_(lang)


def _list(title: Text, remarks: Sequence[Remark], lang: Lang) -> Iterator[str]:
    if remarks:
        yield title.in_(lang)
        yield from (f"  - {remark.told(lang)}" for remark in remarks)
        yield ""


def _end(taken: TakenBack, *, write: bool) -> Text:
    if taken.refused:
        return _REFUSED
    if not taken.contents:
        return _NOTHING_ELSE if taken.merged.conflicts or taken.merged.lost else _NOTHING
    return _DONE if write else _DRY
