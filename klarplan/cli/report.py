"""``klarplan report``: the report on one period, as PDF and as Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, OutputOption, RootOption, console, language


def report_command(
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            help="Zeitraum, wie er in status_reports.csv steht; sonst der neueste. "
            "/ Period; the newest by default.",
        ),
    ] = None,
    output: OutputOption = Path(),
) -> None:
    """Erzeugt den Umsetzungsbericht als PDF und DOCX. / Makes the report as PDF and DOCX.

    Der Bericht gilt für den Tag der neuesten Meldung des Zeitraums. Die Website in site/ bleibt,
    wie sie ist.

    Beispiele / examples:

    - `klarplan report`
    - `klarplan report --period 2025-H2`
    - `klarplan report --period 2025-H2 --output ../ratssitzung`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import print_text  # noqa: PLC0415
    from klarplan.cli.made import print_made  # noqa: PLC0415
    from klarplan.commands.build import ProblemsFoundError  # noqa: PLC0415
    from klarplan.commands.report import make_report  # noqa: PLC0415
    from klarplan.words.catalogue import GERMAN  # noqa: PLC0415

    speech = language(lang)
    out = console()
    try:
        made = make_report(root, day(as_of), period, output)
    except ProblemsFoundError as error:
        print_text(error.findings, console(stderr=True), speech)
        raise
    title = made.period.title(GERMAN) if speech == "de" else f"Report on {made.period.label}"
    out.print(title, markup=False)
    print_made(made.papers, out, speech)
