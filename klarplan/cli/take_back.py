"""What is said of a workbook that ``klarplan export`` made and that came back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.cli.findings import print_text, safe
from klarplan.cli.options import console
from klarplan.messages import NOTHING, Finding, Lang, Text, argument

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
_DONE_UNKEPT = Text(
    "Geschrieben: {files}. Was sich geändert hat, steht oben.",
    "Written: {files}. What has changed is told above.",
)
_REFUSED = Text("Es ist nichts geändert.", "Nothing is changed.")
_FAULTS = Text(
    "Bitte berichtigen Sie in der Mappe zuerst:", "Please mend this in the workbook first:"
)
_NOTES = Text("Hinweise zur Mappe:", "Notes on the workbook:")
_GIVEN = Text("Neue Kennungen:", "New ids:")
_KEPT_ENDS = Text("Was weiter erwartet wird:", "What is still expected:")
_CONFLICTS = Text(
    "Auf beiden Seiten geändert. Es bleibt, was in Ihren Dateien steht:",
    "Changed on both sides. What your files say stays:",
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
    "In der Mappe fehlen Zeilen. Sie bleiben in Ihren Dateien:",
    "Rows are missing in the workbook. They stay in your files:",
)
_KEPT = Text(
    "In der Mappe fehlen Zeilen, die in Ihren Dateien inzwischen jemand geändert hat. Sie bleiben:",
    "Rows are missing in the workbook that somebody has changed in your files. They stay:",
)
_OVERWRITE = Text("Soll die Mappe gelten", "To let the workbook win")
_DELETE = Text("Sollen sie entfallen", "To delete them")
_BY_HAND = Text(
    "Sollen sie entfallen, löschen Sie sie in Ihren Dateien.",
    "To delete them, do so in your files.",
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
    for line in told(taken, lang):
        out.print(safe(line), markup=False, emoji=False)
    if taken.errors:
        print_text(taken.errors, out, lang)
    out.print(_end(taken, write=write).in_(lang), markup=False)
    open_conflicts = taken.merged.conflicts and not decided.overwrite
    left = taken.merged.lost or taken.merged.kept or taken.merged.gone
    return 1 if taken.refused or open_conflicts or left else 0


def told(taken: TakenBack, lang: Lang) -> Iterator[str]:
    """Lines: what changes, then what is to be decided, mended or known."""
    from klarplan.comparison.written import as_text  # noqa: PLC0415 (help stays fast)

    if taken.contents:
        yield from as_text(taken.comparison)
        yield ""
    for _, title, lines, cure in _remarks(taken, lang):
        yield title.in_(lang)
        yield from (f"  - {line}" for line in lines)
        if cure != NOTHING:
            yield f"  → {cure.in_(lang)}"
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
    errors = [("error", _ERRORS, [_said(finding, lang) for finding in taken.errors], NOTHING)]
    for _, title, lines, cure in [*_remarks(taken, lang), *(errors if taken.errors else [])]:
        yield ""
        yield f"## {plain(title.in_(lang).rstrip(':'))}"
        yield ""
        yield from (f"- {plain(line)}" for line in lines)
        if cure != NOTHING:
            yield ""
            yield plain(cure.in_(lang))


def json_of(taken: TakenBack, lang: Lang) -> str:
    """The comparison as JSON, and ``remarks``: each with its kind and its sentence."""
    from klarplan.comparison.written import as_object  # noqa: PLC0415 (help stays fast)

    remarks = [
        {"kind": kind, "text": line}
        for kind, _, lines, _ in _remarks(taken, lang)
        for line in lines
    ]
    remarks += [{"kind": "error", "text": _said(finding, lang)} for finding in taken.errors]
    made = {**as_object(taken.comparison), "remarks": remarks}
    return json.dumps(made, ensure_ascii=False, indent=2)


def _remarks(taken: TakenBack, lang: Lang) -> Iterator[tuple[str, Text, list[str], Text]]:
    """What is to be known, decided or mended: each kind with title, sentences, and what to do."""
    merged, overwrite = taken.merged, taken.decided.overwrite
    kinds: tuple[tuple[str, Text, Sequence[Remark], Text], ...] = (
        ("id_given", _GIVEN, merged.given, NOTHING),
        ("end_kept", _KEPT_ENDS, merged.kept_ends, NOTHING),
        ("conflict", _CONFLICTS, merged.conflicts, _again(taken, _OVERWRITE, "--overwrite"))
        if not overwrite
        else ("conflict", _OVERWRITTEN, merged.conflicts, NOTHING),
        ("gone", _GONE, merged.gone, NOTHING),
        ("lost", _LOST, merged.lost, _again(taken, _DELETE, "--delete")),
        ("kept", _KEPT, merged.kept, _BY_HAND),
        ("note", _NOTES, taken.back.notes, NOTHING),
        ("fault", _FAULTS, [*taken.back.faults, *merged.faults], NOTHING),
    )
    for kind, title, remarks, cure in kinds:
        if remarks:
            yield kind, title, [remark.told(lang) for remark in remarks], cure


def _again(taken: TakenBack, wish: Text, option: str) -> Text:
    """What to call for a wish: the command as it was, with one option more."""
    command = _command(taken, option)
    return Text(f"{wish.de}: {command}", f"{wish.en}: {command}")


def _command(taken: TakenBack, *options: str) -> str:
    """The import of this workbook with all that is decided already."""
    decided = taken.decided
    given = {
        "--overwrite": decided.overwrite,
        "--delete": decided.delete,
        "--renamed": decided.renamed,
    }
    root = [] if taken.root == Path() else ["--root", argument(taken.root)]
    names = [option for option, on in given.items() if on]
    return " ".join(["klarplan", "import", argument(taken.path), *root, *names, *options])


def _said(finding: Finding, lang: Lang) -> str:
    """A finding on one line."""
    cell = " · ".join(filter(None, (finding.cell or "", finding.column or "")))
    place = ", ".join(filter(None, (finding.file, cell)))
    return f"{place}: {finding.problem.in_(lang)} {finding.cure.in_(lang)}".strip()


def _last(taken: TakenBack) -> Text:
    if taken.refused or not taken.contents:
        return _end(taken, write=False)
    command = _command(taken, "--write")
    return Text(
        f"Noch ist nichts geändert. So übernehmen Sie es: {command}",
        f"Nothing is changed yet. This takes it over: {command}",
    )


def _end(taken: TakenBack, *, write: bool) -> Text:
    if taken.refused:
        return _REFUSED
    if not taken.contents:
        merged = taken.merged
        left = merged.conflicts or merged.gone or merged.lost or merged.kept
        return _NOTHING_ELSE if left else _NOTHING
    return _done(taken) if write else _DRY


def _done(taken: TakenBack) -> Text:
    """What was written; git shows it where there is git."""
    from klarplan.strategy.committed import is_kept  # noqa: PLC0415 (help stays fast)

    if is_kept(taken.root):
        return _DONE
    files = ", ".join(file.relative_to(taken.root).as_posix() for file in taken.contents)
    return Text(*(said.format(files=files) for said in _DONE_UNKEPT))
