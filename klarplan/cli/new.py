"""``klarplan new``: begins a measure, a goal, a report and the like."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.options import (
    NOT_YET,
    AsOfOption,
    DryRunOption,
    LangOption,
    RootOption,
    console,
    language,
    show_error,
)
from klarplan.messages import KlarplanError, Lang, Text

if TYPE_CHECKING:
    from klarplan.editing.new_row import NewRow

_REFUSED = Text("Es ist nichts geändert.", "Nothing is changed.")
_WRITTEN = Text("Geschrieben: {files}", "Written: {files}")
_EMPTY = Text("leer, wenn unbekannt", "empty if unknown")


class Begun(StrEnum):
    """What can be begun."""

    MEASURE = "measure"
    GOAL = "goal"
    INDICATOR = "indicator"
    REPORT = "report"
    DECISION = "decision"
    CONTRIBUTION = "contribution"


def new_command(  # noqa: PLR0913 (one argument per option)
    kind: Annotated[
        Begun,
        typer.Argument(
            metavar="ART",
            help="measure (Maßnahme), goal (Ziel), indicator (Kennzahl), report (Meldung), "
            "decision (Beschluss) oder contribution (Beitrag). / What is begun.",
            show_default=False,
        ),
    ],
    *,
    title: Annotated[
        str | None, typer.Option("--title", help="Bezeichnung. / What it is called.")
    ] = None,
    field: Annotated[
        str | None,
        typer.Option("--field", help="Handlungsfeld: Kennung oder Name. / Field of action."),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", help="Maßnahme: Kennung oder Name. / Measure: id or title."),
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Status der Meldung. / Status of the report.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="Text der Meldung. / Text of the report.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Tag, zum Beispiel 2026-11-21. / Day.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="SPALTE=WERT",
            help="Jede andere Spalte, mit Namen oder Titel; mehrmals möglich. / Any other column.",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Legt etwas neu an. / Begins something new.

    Im Terminal wird gefragt, was fehlt. Die Kennung ist die nächste, die es noch nie gab. Geprüft
    wird vor dem Schreiben; bei einem Fehler bleibt alles, wie es ist.

    Beispiele / examples:

    - `klarplan new measure --title "Trinkbrunnen am Markt" --field HF-03`
    - `klarplan new report --measure M-012 --status running --text "Der Bau hat begonnen."`
    - `klarplan new decision --title "Haushalt 2027" --date 2026-12-10 --set body=rat --dry-run`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import print_text, safe  # noqa: PLC0415
    from klarplan.commands.new import OPTIONS, begin, write  # noqa: PLC0415
    from klarplan.commands.writing import writing  # noqa: PLC0415
    from klarplan.comparison.written import as_text  # noqa: PLC0415

    speech = language(lang)
    usual = dict(zip(OPTIONS, (title, field, measure, status, text, date), strict=True))
    told = [(name, value) for name, value in usual.items() if value is not None]
    told += map(_pair, settings or ())

    def ask(row: NewRow) -> None:
        for name in row.asked():
            if name not in row.cells:
                _ask(row, name, speech)

    asking = ask if sys.stdin.isatty() else None
    with writing(root, really=not dry_run and asking is None):
        begun = begin(root, kind.value, told, day(as_of), speech, ask=asking)
        if not dry_run:
            with writing(root, really=asking is not None):  # nobody waits for answers
                write(begun)
    out = console()
    for line in as_text(begun.comparison):
        out.print(safe(line), markup=False, emoji=False)
    for note in begun.notes:
        out.print(safe(note.in_(speech)), markup=False, emoji=False)
    if found := [*begun.errors, *begun.warnings]:
        print_text(found, out, speech)
    if begun.errors:
        out.print(_REFUSED.in_(speech), markup=False)
        raise typer.Exit(1)
    files = ", ".join(file.relative_to(root).as_posix() for file in begun.contents)
    end = NOT_YET.in_(speech) if dry_run else _WRITTEN.in_(speech).format(files=files)
    out.print(end, markup=False)


def _pair(told: str) -> tuple[str, str]:
    name, sign, value = told.partition("=")
    if not sign:
        raise KlarplanError(
            Text(f"„--set {told}“ nennt keinen Wert.", f"“--set {told}” names no value."),
            Text("Schreiben Sie --set SPALTE=WERT.", "Write --set COLUMN=VALUE."),
            exit_code=2,
        )
    return name, value


def _ask(row: NewRow, name: str, lang: Lang) -> None:
    """Ask for the value of a column until it can be; what need not be filled may stay empty."""
    needed = name in row.required()
    column = row.column(name)
    labels = [*row.choices(name).values()]
    if column.description:
        typer.secho(column.description, dim=True)
    if labels:
        typer.secho("; ".join(labels), dim=True)
    question = column.title if needed else f"{column.title} ({_EMPTY.in_(lang)})"
    while True:
        answer = typer.prompt(question, default=None if needed else "", show_default=False)
        try:
            row.put(name, str(answer))
        except KlarplanError as error:
            show_error(error, lang)
        else:
            if row.cells[name] or not needed:
                return
