"""What is said of a workbook that ``klarplan export`` made and that came back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.cli.findings import print_text, safe
from klarplan.cli.options import console
from klarplan.messages import Finding, Lang, Text

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
_GONE = Text(
    "Nicht übernommen, denn die Zeile gibt es nicht mehr:",
    "Not taken over, since the row is no longer there:",
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
    from klarplan.commands.writing import writing  # noqa: PLC0415

    with writing(root, really=write):
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
    left = taken.merged.lost or taken.merged.gone
    return 1 if taken.refused or open_conflicts or left else 0


def told(taken: TakenBack, lang: Lang, *, overwrite: bool = False) -> Iterator[str]:
    """Lines: what changes, then what is to be decided, mended or known."""
    from klarplan.comparison.written import as_text  # noqa: PLC0415 (help stays fast)

    if taken.contents:
        yield from as_text(taken.comparison)
        yield ""
    for _, title, lines in _remarks(taken, lang, overwrite=overwrite):
        yield title.in_(lang)
        yield from (f"  - {line}" for line in lines)
        yield ""
    if taken.errors:
        yield _ERRORS.in_(lang)


def text(taken: TakenBack, lang: Lang) -> Iterator[str]:
    """Lines for people who only want to know what an import would change."""
    yield from told(taken, lang)
    yield from (f"  - {_said(finding, lang)}" for finding in taken.errors)
    yield _last(taken).in_(lang)


def markdown(taken: TakenBack, lang: Lang) -> Iterator[str]:
    """The same as Markdown, in which everything that people wrote is plain text."""
    from klarplan.comparison.written import as_markdown, plain  # noqa: PLC0415 (help stays fast)

    yield from as_markdown(taken.comparison)
    errors = [("error", _ERRORS, [_said(finding, lang) for finding in taken.errors])]
    for _, title, lines in [*_remarks(taken, lang), *(errors if taken.errors else [])]:
        yield ""
        yield f"## {plain(title.in_(lang).rstrip(':'))}"
        yield ""
        yield from (f"- {plain(line)}" for line in lines)


def json_of(taken: TakenBack, lang: Lang) -> str:
    """The comparison as JSON, and ``remarks``: each with its kind and its sentence."""
    from klarplan.comparison.written import as_object  # noqa: PLC0415 (help stays fast)

    remarks = [
        {"kind": kind, "text": line} for kind, _, lines in _remarks(taken, lang) for line in lines
    ]
    remarks += [{"kind": "error", "text": _said(finding, lang)} for finding in taken.errors]
    made = {**as_object(taken.comparison), "remarks": remarks}
    return json.dumps(made, ensure_ascii=False, indent=2)


def _remarks(
    taken: TakenBack, lang: Lang, *, overwrite: bool = False
) -> Iterator[tuple[str, Text, list[str]]]:
    """What is to be known, decided or mended: each kind with its title and its sentences."""
    merged = taken.merged
    kinds: tuple[tuple[str, Text, Sequence[Remark]], ...] = (
        ("id_given", _GIVEN, merged.given),
        ("conflict", _OVERWRITTEN if overwrite else _CONFLICTS, merged.conflicts),
        ("gone", _GONE, merged.gone),
        ("lost", _LOST, merged.lost),
        ("note", _NOTES, taken.back.notes),
        ("fault", _FAULTS, [*taken.back.faults, *merged.faults]),
    )
    for kind, title, remarks in kinds:
        if remarks:
            yield kind, title, [remark.told(lang) for remark in remarks]


def _said(finding: Finding, lang: Lang) -> str:
    """A finding on one line."""
    place = ", ".join(filter(None, (finding.file, finding.cell or "")))
    return f"{place}: {finding.problem.in_(lang)} {finding.cure.in_(lang)}".strip()


def _last(taken: TakenBack) -> Text:
    if taken.refused or not taken.contents:
        return _end(taken, write=False)
    file = taken.path
    return Text(
        f"Noch ist nichts geändert. So übernehmen Sie es: klarplan import {file} --write",
        f"Nothing is changed yet. This takes it over: klarplan import {file} --write",
    )


def _end(taken: TakenBack, *, write: bool) -> Text:
    if taken.refused:
        return _REFUSED
    if not taken.contents:
        merged = taken.merged
        return _NOTHING_ELSE if merged.conflicts or merged.gone or merged.lost else _NOTHING
    return _DONE if write else _DRY
