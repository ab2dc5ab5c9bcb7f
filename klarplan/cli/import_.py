"""``klarplan import``: takes over a town hall's spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, DryRunOption, LangOption, RootOption, console, language
from klarplan.messages import KlarplanError, Lang, Text


def _suggest(
    files: list[Path], root: Path, output: Path | None, as_of: str | None, lang: Lang
) -> None:
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415
    from klarplan.importer.files import read_sheets  # noqa: PLC0415
    from klarplan.importer.plan import tables_of  # noqa: PLC0415
    from klarplan.importer.suggest import suggest_mapping  # noqa: PLC0415
    from klarplan.strategy import csv_reader  # noqa: PLC0415 (help stays fast)
    from klarplan.strategy.csv_writer import replace_files  # noqa: PLC0415

    if output is not None and output.exists():
        raise KlarplanError(
            Text(f"„{output}“ gibt es schon.", f"“{output}” exists already."),
            Text(
                "Nennen Sie eine neue Datei oder löschen Sie die alte zuerst.",
                "Name a new file, or delete the old one first.",
            ),
            exit_code=2,
        )
    descriptor = tables_of(root)
    path = root / "data" / descriptor.tables["statuses"].path
    statuses = csv_reader.read(path, "statuses", path.name)[0] if path.is_file() else None
    measures = root / "data" / descriptor.tables["measures"].path
    known = csv_reader.read(measures, "measures", measures.name)[0] if measures.is_file() else None
    first = known is None or not known.records
    text = suggest_mapping(read_sheets(files), descriptor, statuses, day(as_of), first=first)
    if output is None:
        typer.echo(text, nl=False)
    else:
        replace_files({output: text.encode("utf-8")})
        said = Text(
            f"Vorschlag geschrieben: {output}. Prüfen Sie ihn, bevor Sie ihn verwenden.",
            f"Suggestion written: {output}. Check it before you use it.",
        )
        console().print(said.in_(lang), markup=False)


def import_command(  # noqa: PLR0913 (one argument per option)
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="DATEI...",
            help="Arbeitsmappen (XLSX; mit LibreOffice auch ODS und XLS) oder CSV-Dateien. / "
            "Workbooks or CSV files.",
        ),
    ],
    *,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            "-m",
            help="Zuordnung: welche Spalte wohin gehört (YAML). / Which column goes where.",
            dir_okay=False,
        ),
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option(
            "--suggest",
            help="Nur eine Zuordnung vorschlagen: nach --mapping, --output oder auf den "
            "Bildschirm. / Only suggest a mapping.",
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Datei für den Vorschlag. / File for the suggestion.",
            dir_okay=False,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help="Vorhandene Meldungen überschreiben. / Overwrite reports that exist.",
        ),
    ] = False,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Mappe aus „klarplan export“: die gezeigten Änderungen schreiben. / "
            "Workbook of “klarplan export”: write the changes that are shown.",
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Mappe aus „klarplan export“: Sie gilt, wo beide Seiten ein Feld geändert haben. "
            "/ Workbook of “klarplan export”: it wins where both sides changed a cell.",
        ),
    ] = False,
    delete: Annotated[
        bool,
        typer.Option(
            "--delete",
            help="Mappe aus „klarplan export“: Zeilen löschen, die darin fehlen. / "
            "Workbook of “klarplan export”: delete rows that it lost.",
        ),
    ] = False,
    renamed: Annotated[
        bool,
        typer.Option(
            "--renamed",
            help="Mappe aus „klarplan export“: Sie gehört zu dieser Strategie, die damals anders "
            "hieß. / Workbook of “klarplan export”: it is of this strategy, then of another name.",
        ),
    ] = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Übernimmt Tabellen des Rathauses. / Takes over a town hall's spreadsheets.

    Was nicht übernommen werden kann, steht Zeile für Zeile in der Ausgabe; dann ist das Ergebnis 1.
    Nichts wird gelöscht, und ein zweiter Import derselben Datei ändert nichts.

    Eine Arbeitsmappe, die `klarplan export` geschrieben hat, braucht keine Zuordnung: Was darin
    geändert wurde, wird gezeigt und mit --write geschrieben.

    Beispiele / examples:

    - `klarplan import bauamt.xlsx`
    - `klarplan import bauamt.xlsx --write`
    - `klarplan import liste.xlsx --suggest --mapping zuordnung.yml`
    - `klarplan import liste.xlsx --mapping zuordnung.yml --dry-run`
    - `klarplan import massnahmen.csv sachstand.csv --mapping zuordnung.yml`
    """
    decided = {"--overwrite": overwrite, "--delete": delete, "--renamed": renamed}
    if (suggest or mapping) and (option := next((o for o, on in decided.items() if on), "")):
        raise _for_workbooks(option)
    if suggest:
        _suggest(files, root, output or mapping, as_of, language(lang))
        return
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)

    if mapping is None:
        from klarplan.cli.take_back import take_back_and_tell  # noqa: PLC0415
        from klarplan.editing.workbook.outcome import Decided  # noqa: PLC0415
        from klarplan.editing.workbook.read import (  # noqa: PLC0415
            is_editors_workbook,
            refuse_converted,
        )
        from klarplan.importer.files import refuse_foreign  # noqa: PLC0415

        refuse_foreign(files[0])
        refuse_converted(files[0])
        if not is_editors_workbook(files[0]):
            raise _no_mapping()
        if len(files) > 1:
            raise _one_by_one()
        wanted = Decided(overwrite=overwrite, delete=delete, renamed=renamed)
        raise typer.Exit(
            take_back_and_tell(
                *(root, files[0], day(as_of), language(lang), wanted), write=write and not dry_run
            )
        )
    from klarplan.commands.writing import refuse_uncommitted, writing  # noqa: PLC0415
    from klarplan.importer.account import account  # noqa: PLC0415
    from klarplan.importer.plan import plan_import, write_import  # noqa: PLC0415
    from klarplan.importer.take import Options  # noqa: PLC0415

    with writing(root, really=not dry_run):
        outcome = plan_import(root, files, mapping, Options(today=day(as_of), update=update))
        if not dry_run:
            if update:
                refuse_uncommitted(root, (root / "data" / name for name in outcome.files))
            write_import(root, outcome)
    out = console()
    for text in account(outcome, language(lang), dry_run=dry_run):
        out.print(text, markup=False, emoji=False)
    raise typer.Exit(1 if outcome.left_out else 0)


def _no_mapping() -> KlarplanError:
    return KlarplanError(
        Text("Es fehlt die Zuordnung.", "The mapping is missing."),
        Text(
            "Nennen Sie sie mit --mapping. Eine erste schreibt --suggest. Nur eine Arbeitsmappe "
            "aus „klarplan export“ braucht keine; erkannt wird sie an einem verborgenen "
            "Blatt, das beim Speichern als XLSX erhalten bleibt.",
            "Name it with --mapping. --suggest writes a first one. Only a workbook of “klarplan "
            "export” needs none; it is known by a hidden sheet, which stays when saved as XLSX.",
        ),
        exit_code=2,
    )


def _one_by_one() -> KlarplanError:
    return KlarplanError(
        Text(
            "Arbeitsmappen aus „klarplan export“ werden einzeln übernommen.",
            "Workbooks of “klarplan export” are taken over one by one.",
        ),
        Text("Nennen Sie nur eine.", "Name one only."),
        exit_code=2,
    )


def _for_workbooks(option: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"{option} gilt nur für Arbeitsmappen aus „klarplan export“, ohne Zuordnung.",
            f"{option} is for workbooks of “klarplan export” only, without a mapping.",
        ),
        Text("Lassen Sie die Option weg.", "Leave the option out."),
        exit_code=2,
    )
