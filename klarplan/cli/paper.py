"""``klarplan paper``: a PDF of a part of the strategy, or large print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import (
    AsOfOption,
    LangOption,
    OutputOption,
    RootOption,
    console,
    filled,
    language,
)


def paper_command(  # noqa: PLR0913 (one argument per option)
    *,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="KENNUNG",
            help="Handlungsfeld mit seinen Maßnahmen; auch mehrfach. / "
            "Field of action with its measures; may be repeated.",
            show_default=False,
            callback=filled,
        ),
    ] = None,
    measures: Annotated[
        str | None,
        typer.Option(
            "--measures",
            metavar="KENNUNGEN",
            help="Kennungen oder Nummern von Maßnahmen, durch Komma getrennt. / "
            "Ids or numbers of measures, with commas between.",
            show_default=False,
            callback=filled,
        ),
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help="In Großdruck, 16 Punkt. / In large print, 16 pt.")
    ] = False,
    output: OutputOption = Path(),
) -> None:
    """Erzeugt ein PDF zu einem Teil der Strategie. / Makes a PDF of a part of the strategy.

    Ohne Auswahl entsteht die ganze Strategie mit ihrem Anhang. Die Website in site/ bleibt, wie
    sie ist.

    Beispiele / examples:

    - `klarplan paper --field HF-03`
    - `klarplan paper --measures M-001,M-014 --output ../ausschuss`
    - `klarplan paper --large`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import print_text  # noqa: PLC0415
    from klarplan.cli.made import print_made  # noqa: PLC0415
    from klarplan.commands.build import ProblemsFoundError  # noqa: PLC0415
    from klarplan.commands.part import make_parts  # noqa: PLC0415

    speech = language(lang)
    wanted = [part.strip() for part in (measures or "").split(",") if part.strip()]
    try:
        made = make_parts(
            root, day(as_of), output, fields=field or (), measures=wanted, large=large
        )
    except ProblemsFoundError as error:
        print_text(error.findings, console(stderr=True), speech)
        raise
    print_made(made, console(), speech)
