"""``klarplan repair``: mends what can be read in one way only, and shows every change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.findings import safe
from klarplan.cli.options import AsOfOption, LangOption, RootOption, console, language
from klarplan.messages import Lang, Place, Text

if TYPE_CHECKING:
    from klarplan.commands.repair import Lost, Repaired
    from klarplan.commands.table_forms import Change

_NOTHING = Text("Es gibt nichts zu reparieren.", "There is nothing to repair.")
_DRY = Text(
    "Noch ist nichts geändert. Mit --write werden die Änderungen geschrieben.",
    "Nothing is changed yet. With --write the changes are written.",
)
_DONE = Text(
    "Geschrieben. Sehen Sie die Änderungen mit „git diff“ an, und prüfen Sie mit "
    "„klarplan check“, was bleibt.",
    "Written. Look at the changes with “git diff”, and at what is left with “klarplan check”.",
)
_DONE_UNKEPT = Text(
    "Geschrieben. Prüfen Sie mit „klarplan check“, was bleibt.",
    "Written. Look at what is left with “klarplan check”.",
)
_LEFT = Text("Das müssen Sie selbst entscheiden:", "This is for you to decide:")
MOST_LEFT = 20
"""So many errors that stay are listed."""


def repair_command(  # noqa: PLR0913 (one argument per option)
    *,
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABELLE]...",
            help="Nur diese Tabellen, zum Beispiel measures; ohne Angabe alle Tabellen und Texte. "
            "/ Only these tables, for example measures; else all tables and texts.",
            show_default=False,
        ),
    ] = None,
    root: RootOption = Path(),
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Die Änderungen schreiben, statt sie nur zu zeigen. / "
            "Write the changes instead of showing them.",
        ),
    ] = False,
    sample: Annotated[
        bool,
        typer.Option(
            "--sample",
            help="Nur entfernen, was aus dem Beispiel „Stadt Musterstadt“ stammt. / "
            "Only remove what is part of the sample.",
        ),
    ] = False,
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Behebt, was nur eine Lesart hat. / Mends what can be read in one way only.

    Dazu gehören Trennzeichen und Zeichensatz von Tabellen, deutsche Datums- und Zahlenformate,
    WAHR und FALSCH, Leerzeichen und fehlende Leerzeilen in Texten. Jede Änderung wird gezeigt; was
    mehrere Lesarten hat, bleibt stehen. Ohne --write wird nichts geändert.

    Beispiele / examples:

    - `klarplan repair`
    - `klarplan repair measures status_reports`
    - `klarplan repair --write`
    - `klarplan repair --sample --write`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.repair import repair  # noqa: PLC0415
    from klarplan.commands.repair import write as write_files  # noqa: PLC0415
    from klarplan.commands.writing import writing  # noqa: PLC0415

    speech = language(lang)
    if sample:
        with writing(root, really=write):
            _without_sample(root, speech, write=write)
        return
    with writing(root, really=write):
        repaired = repair(root, day(as_of), tables or ())
        if write and repaired.contents:
            write_files(repaired)
    out = console()
    for line in told(repaired, speech):
        out.print(line, markup=False, emoji=False)
    if repaired.contents:
        out.print(_end(root, write=write).in_(speech), markup=False)


def _without_sample(root: Path, lang: Lang, *, write: bool) -> None:
    """Show what is the sample's, and remove it where that is asked for."""
    from klarplan.commands.without_sample import of_the_sample, remove  # noqa: PLC0415

    found = of_the_sample(root)
    out = console()
    for path in found.files:
        out.print(f"- {safe(path.relative_to(root).as_posix())}", markup=False, emoji=False)
    for file, places in groupby(found.places, key=lambda place: place.file):
        out.print(safe(file), markup=False, emoji=False)
        for place in places:
            line = f"  {_where(place, lang)}: - {safe(place.value or '')}"
            out.print(line, markup=False, emoji=False)
    if not found.files and not found.places:
        out.print(_NOTHING.in_(lang), markup=False)
        return
    if write:
        remove(found, root)
    out.print(_end(root, write=write).in_(lang), markup=False)


def _end(root: Path, *, write: bool) -> Text:
    """What comes next; git shows what was written where there is git."""
    from klarplan.strategy.committed import is_kept  # noqa: PLC0415 (help stays fast)

    if not write:
        return _DRY
    return _DONE if is_kept(root) else _DONE_UNKEPT


def told(repaired: Repaired, lang: Lang) -> Iterator[str]:
    """Every change by file, and the errors that stay."""
    if not repaired.contents:
        yield _NOTHING.in_(lang)
    for file, changes in groupby(repaired.changes, key=lambda change: change.place.file):
        yield safe(file)
        for change in changes:
            yield from _change(change, lang)
    if repaired.left:
        yield ""
        yield _LEFT.in_(lang)
        for lost in repaired.left[:MOST_LEFT]:
            yield from _lost(lost, lang)
        if (rest := len(repaired.left) - MOST_LEFT) > 0:
            more = Text(
                f"  … und {rest} weitere; alle zeigt „klarplan check“.",
                f"  … and {rest} more; “klarplan check” shows all.",
            )
            yield more.in_(lang)
        yield ""


def _change(change: Change, lang: Lang) -> Iterator[str]:
    if change.form is not None:
        word = change.form.in_(lang)
        yield f"  {word}: {change.old} → {change.new}" if change.old else f"  {word}"
        return
    where = _where(change.place, lang)
    if "\n" not in change.old + change.new and change.place.column:
        yield f"  {where}: {safe(change.old)} → {safe(change.new)}"
        return
    yield f"  {where}:"
    for line in change.old.split("\n"):
        yield f"    - {safe(line)}"
    for line in change.new.split("\n"):
        yield f"    + {safe(line)}"


def _where(place: Place, lang: Lang) -> str:
    line = Text(f"Zeile {place.line}", f"line {place.line}").in_(lang)
    if not place.column:
        return line
    return f"{place.cell or line} · {safe(place.column)}"


def _lost(lost: Lost, lang: Lang) -> Iterator[str]:
    finding = lost.finding
    where = f", {_where(finding.place, lang)}" if finding.line else ""
    yield f"  {safe(finding.file)}{where}: {safe(finding.problem.in_(lang))}"
    if lost.before is not None:
        before = Text(
            f"Zuletzt gesichert war dort: {lost.before or '(leer)'}",
            f"Last committed was: {lost.before or '(empty)'}",
        )
        yield f"      → {safe(before.in_(lang))}"
    elif cure := finding.cure.in_(lang):
        yield f"      → {safe(cure)}"
