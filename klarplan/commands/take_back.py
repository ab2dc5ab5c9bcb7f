"""Taking back an editors' workbook: what it changes is shown, checked, and then written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klarplan.commands.candidate import candidate
from klarplan.commands.new_errors import new_errors
from klarplan.commands.repair import FOLDERS
from klarplan.commands.revisions import HERE
from klarplan.commands.targets import refuse_links
from klarplan.commands.unread import refuse_unread
from klarplan.commands.writing import refuse_uncommitted, replace_unchanged
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from klarplan.editing.workbook.as_seen import AsSeen
from klarplan.editing.workbook.merge import merge
from klarplan.editing.workbook.outcome import Decided, Merged
from klarplan.editing.workbook.read import Back, is_editors_workbook, read_back, refuse_converted
from klarplan.editing.workbook.whose import refuse_others, whose
from klarplan.messages import Finding, KlarplanError, Lang, Text
from klarplan.os_errors import require_file
from klarplan.pages.used_ids import used_before
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_editor import edited
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import load
from klarplan.strategy.settings_file import read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What a workbook would change, in words and in bytes, and what stands in its way."""

    root: Path
    path: Path
    """The workbook."""
    decided: Decided
    back: Back
    merged: Merged
    comparison: Comparison
    before: Mapping[Path, bytes]
    """The files that would change, as they were when they were compared."""
    contents: Mapping[Path, bytes]
    errors: Sequence[Finding]
    """Errors that the tables would have and now have not."""

    @property
    def refused(self) -> bool:
        """Whether nothing may be written."""
        return bool(self.back.faults or self.merged.faults or self.errors)


def workbook(path: Path) -> Path:
    """The file, if it is a workbook that ``klarplan export`` made.

    Raises ``KlarplanError`` (exit code 2) where it is not there, or another workbook.
    """
    require_file(path)
    refuse_converted(path)
    if not is_editors_workbook(path):
        raise KlarplanError(
            Text(
                f"„{path.name}“ ist keine Arbeitsmappe aus „klarplan export“.",
                f"“{path.name}” is no workbook of “klarplan export”.",
            ),
            Text(
                "Erkannt wird sie an einem verborgenen Blatt, das beim Speichern als XLSX erhalten "
                "bleibt. Eine andere Liste braucht eine Zuordnung: klarplan import --mapping.",
                "It is known by a hidden sheet, which stays when saved as XLSX. Any other list "
                "needs a mapping: klarplan import --mapping.",
            ),
            exit_code=2,
        )
    return path


def take_back(root: Path, path: Path, as_of: dt.date, lang: Lang, decided: Decided) -> TakenBack:
    """What the workbook ``path`` changes in the strategy below ``root``; nothing is written.

    Raises ``KlarplanError`` where either can't be read, or the workbook is of another strategy.
    """
    refuse_links(root, FOLDERS)
    # Before anything is compared: what somebody changes from now on must not be written over.
    seen = {file: file.read_bytes() for file in (root / "data").rglob("*.csv")}
    state = read_state(root, HERE.in_(lang), (root, ""))
    back = read_back(path, state.tables)
    if not decided.renamed:
        refuse_others(path, back.base.whose, whose(read_settings(root)[0]))
    refuse_unread(root, state.descriptor, state.tables)
    merged = merge(
        *(back, state.tables, state.descriptor, decided),
        used_before(root, state.descriptor),
        strategy=load(root).strategy,
    )
    before: dict[Path, bytes] = {}
    contents: dict[Path, bytes] = {}
    for name, edits in merged.edits.items():
        if edits:
            file = root / "data" / state.descriptor.tables[name].path
            before[file] = seen[file]
            contents[file] = edited(file, f"data/{file.name}", edits)
    with candidate(root, contents) as copy:
        comparison = compare(state, read_state(copy, path.name), lang)
        errors = new_errors(root, copy, as_of) if contents else []
        told = AsSeen(
            back=back,
            merged=merged,
            descriptor=state.descriptor,
            read=lambda file: _table(copy, file),
        )
        errors = [told.told(finding) for finding in errors]
    return TakenBack(
        root=root,
        path=path,
        decided=decided,
        back=back,
        merged=merged,
        comparison=comparison,
        before=before,
        contents=contents,
        errors=errors,
    )


def write(root: Path, taken: TakenBack) -> None:
    """Write all files that a workbook changes, or none.

    Raises ``KlarplanError`` where something stands in the way: faults, errors, changes in these
    files that git does not have yet, or that somebody made in the meantime.
    """
    if taken.refused or not taken.contents:
        return
    refuse_uncommitted(root, taken.contents)
    replace_unchanged(taken.before, taken.contents)


def _table(copy: Path, file: str) -> Table | None:
    is_table = file.endswith(".csv") and (copy / file).is_file()
    return csv_reader.read(copy / file, "", file)[0] if is_table else None
