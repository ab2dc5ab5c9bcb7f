"""``klarplan export``: workbooks for people who edit tables in Excel or LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, DryRunOption, LangOption, RootOption, console, language
from klarplan.messages import Text, argument


def export_command(  # noqa: PLR0913 (one argument per option)
    target: Annotated[
        Path,
        typer.Argument(
            metavar="ZIEL",
            help="Datei mit der Endung .xlsx, oder ein Ordner für je eine Arbeitsmappe pro Amt. / "
            "File ending in .xlsx, or a folder for one workbook per office.",
            show_default=False,
        ),
    ],
    *,
    office: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="ORGANISATION",
            help="Kennung eines Amtes: nur seine offenen Maßnahmen und die der Stellen darunter. / "
            "Id of an office: only its open measures and those below it.",
            show_default=False,
        ),
    ] = "",
    tables: Annotated[
        list[str] | None,
        typer.Option(
            "--table",
            metavar="TABELLE",
            help="Nur diese Tabelle, zum Beispiel measures; auch mehrfach. / "
            "Only this table, for example measures; may be repeated.",
            show_default=False,
        ),
    ] = None,
    root: RootOption = Path(),
    dry_run: DryRunOption = False,
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Schreibt Arbeitsmappen zum Ausfüllen. / Writes workbooks to be filled in.

    Die Arbeitsmappe enthält auch, was intern ist; sie ist nicht zum Veröffentlichen gedacht.
    `klarplan import` übernimmt, was darin geändert wurde.

    Beispiele / examples:

    - `klarplan export tabellen.xlsx`
    - `klarplan export bauamt.xlsx --for bauamt`
    - `klarplan export meldungen/`
    - `klarplan export geld.xlsx --table budget`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.export import export  # noqa: PLC0415

    speech = language(lang)
    asked = (root, target, day(as_of), speech, office)
    written = export(*asked, tables=tables or (), dry_run=dry_run)
    out = console()
    for path in written:
        done = Text(f"Geschrieben: {path}", f"Written: {path}")
        planned = Text(f"Würde geschrieben: {path}", f"Would be written: {path}")
        out.print((planned if dry_run else done).in_(speech), markup=False)
    first = argument(written[0])
    said = Text(
        "Darin steht auch, was intern ist: nicht veröffentlichen. Was zurückkommt, zeigt "
        f"„klarplan import {first}“.",
        "It holds what is internal, too: not to be published. What comes back is shown by "
        f"“klarplan import {first}”.",
    )
    out.print(said.in_(speech), markup=False)
