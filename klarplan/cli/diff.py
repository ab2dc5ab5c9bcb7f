"""``klarplan diff``: what a change means."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, language
from klarplan.messages import Lang


class Form(StrEnum):
    """How changes are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff_command(
    states: Annotated[
        str | None,
        typer.Argument(
            metavar="[A..B]",
            help="Zwei Stände aus git; ein Stand wird mit dem Ordner verglichen, ohne Angabe der "
            "letzte. Oder eine Mappe aus „klarplan export“. / Two revisions; one is compared with "
            "the folder, by default the last. Or a workbook of “klarplan export”.",
            show_default=False,
        ),
    ] = None,
    *,
    root: RootOption = Path(),
    form: Annotated[
        Form,
        typer.Option("--format", help="Form der Ausgabe. / Form of the output."),
    ] = Form.TEXT,
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Sagt in Sätzen, was sich geändert hat. / Tells in sentences what has changed.

    Verglichen werden Maßnahmen, Meldungen, Termine, Geld, Ziele, Texte und Einstellungen. Zuerst
    steht, was nicht stillschweigend geschehen sollte: umgeschriebene Meldungen, abgeschwächte
    Ziele, Kennungen und Adressen, die es nicht mehr gibt.

    Beispiele / examples:

    - `klarplan diff`
    - `klarplan diff main..entwurf`
    - `klarplan diff HEAD~5 --format markdown`
    - `klarplan diff bauamt.xlsx`
    """
    from klarplan.cli.findings import safe  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.revisions import states as asked_for  # noqa: PLC0415
    from klarplan.comparison.compare import compare  # noqa: PLC0415
    from klarplan.comparison.written import as_json, as_markdown, as_text  # noqa: PLC0415
    from klarplan.importer.files import CONVERTED, TEXTS, WORKBOOKS  # noqa: PLC0415

    speech = language(lang)
    if states and states.lower().endswith((*WORKBOOKS, *CONVERTED, *TEXTS)):
        _workbook(root, Path(states), form, speech, as_of)
        return
    with asked_for(root, states, speech) as (before, after):
        comparison = compare(before, after, speech)
    if form == Form.JSON:
        typer.echo(as_json(comparison))
        return
    markdown = form == Form.MARKDOWN  # in which signs that nobody sees part what a forge would call
    for line in as_markdown(comparison) if markdown else map(safe, as_text(comparison)):
        typer.echo(line)


def _workbook(root: Path, path: Path, form: Form, lang: Lang, as_of: str | None) -> None:
    """Tell what an import of a workbook would change, and what stands in its way."""
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import safe  # noqa: PLC0415
    from klarplan.cli.take_back import json_of, markdown, text  # noqa: PLC0415
    from klarplan.commands.take_back import take_back, workbook  # noqa: PLC0415
    from klarplan.editing.workbook.outcome import Decided  # noqa: PLC0415

    taken = take_back(root, workbook(path), day(as_of), lang, Decided())
    if form == Form.JSON:
        typer.echo(json_of(taken, lang))
        return
    lines = markdown(taken, lang) if form == Form.MARKDOWN else map(safe, text(taken, lang))
    for line in lines:
        typer.echo(line)
