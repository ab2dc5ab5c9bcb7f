"""``klarplan inbox``: takes in the text of an issue."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, console, language
from klarplan.messages import KlarplanError, Lang, Text

_REFUSED = Text("Es ist nichts geändert.", "Nothing is changed.")
_NOT_YET = Text(
    "Noch ist nichts geändert; mit --write wird es geschrieben.",
    "Nothing is changed yet; with --write it is written.",
)
_WRITTEN = Text("Geschrieben: {files}", "Written: {files}")
_SAME = Text("Alle Formulare sind, wie sie sein sollen.", "All forms are as they should be.")
_STALE = Text(
    "Neu wären: {files}. Mit --write werden sie geschrieben.",
    "New would be: {files}. With --write they are written.",
)
_ISSUE = Text("Issue", "issue")


class Form(StrEnum):
    """How it is told what changes."""

    TEXT = "text"
    MARKDOWN = "markdown"


def inbox_command(  # noqa: PLR0913 (one argument per option)
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="DATEI",
            help="Text eines Issues, das mit einem der Formulare entstanden ist; - liest die "
            "Eingabe. / Text of an issue that a form has made; - reads the standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    write: Annotated[
        bool,
        typer.Option("--write", help="Die Zeile schreiben. / Write the row."),
    ] = False,
    forms: Annotated[
        bool,
        typer.Option(
            "--forms",
            help="Die Formulare erneuern: Sie zeigen, was die Tabellen zur Auswahl haben. / "
            "Renew the forms: they show what the tables have to choose from.",
        ),
    ] = False,
    form: Annotated[
        Form,
        typer.Option("--format", help="Form der Ausgabe. / Form of the output."),
    ] = Form.TEXT,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Übernimmt den Text eines Issues. / Takes in the text of an issue.

    Aus den Antworten wird dieselbe Zeile wie mit `klarplan new`. Geprüft wird vor dem Schreiben;
    bei einem Fehler bleibt alles, wie es ist. Ohne --write zeigt der Befehl nur, was sich änderte.

    Beispiele / examples:

    - `klarplan inbox issue.md`
    - `klarplan inbox issue.md --write`
    - `klarplan inbox - --write --format markdown < issue.md`
    - `klarplan inbox --forms --write`
    """
    speech = language(lang)
    if forms:
        _forms(root, speech, write=write)
        return
    if file is None:
        raise KlarplanError(
            Text("Es fehlt der Text des Issues.", "The text of the issue is missing."),
            Text(
                "Nennen Sie seine Datei, oder - für die Eingabe.",
                "Name its file, or - for the input.",
            ),
            exit_code=2,
        )
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import LABELS, line_of, print_text, safe  # noqa: PLC0415
    from klarplan.commands.inbox import STDIN, read_text, take_in  # noqa: PLC0415
    from klarplan.commands.new import write as write_files  # noqa: PLC0415
    from klarplan.commands.writing import writing  # noqa: PLC0415
    from klarplan.comparison.written import as_markdown, as_text, plain  # noqa: PLC0415

    name = _ISSUE.in_(speech) if file == STDIN else file
    text = read_text(file)
    with writing(root, really=write):
        begun = take_in(root, text, name, day(as_of), speech)
        if write:
            write_files(begun)
    files = ", ".join(file.relative_to(root).as_posix() for file in begun.contents)
    end = _WRITTEN.in_(speech).format(files=files) if write else _NOT_YET.in_(speech)
    found = [*begun.errors, *begun.warnings]
    if form == Form.MARKDOWN:
        for line in as_markdown(begun.comparison):
            typer.echo(line)
        typer.echo("")
        for note in begun.notes:
            typer.echo(f"- {plain(note.in_(speech))}")
        for finding in found:
            grave = LABELS[finding.severity].in_(speech)
            typer.echo(f"- {plain(f'{grave}: {line_of(finding, speech)}')}")
        typer.echo(plain(_REFUSED.in_(speech) if begun.errors else end))
    else:
        out = console()
        for line in as_text(begun.comparison):
            out.print(safe(line), markup=False, emoji=False)
        for note in begun.notes:
            out.print(safe(note.in_(speech)), markup=False, emoji=False)
        if found:
            print_text(found, out, speech)
        out.print(_REFUSED.in_(speech) if begun.errors else end, markup=False)
    raise typer.Exit(1 if begun.errors else 0)


def _forms(root: Path, lang: Lang, *, write: bool) -> None:
    from klarplan.commands.issue_forms import changed_forms, write_forms  # noqa: PLC0415
    from klarplan.commands.writing import writing  # noqa: PLC0415

    with writing(root, really=write):
        made = write_forms(root) if write else changed_forms(root)
    files = ", ".join(file.relative_to(root).as_posix() for file in made)
    said = _SAME if not made else _WRITTEN if write else _STALE
    console().print(said.in_(lang).format(files=files), markup=False)
