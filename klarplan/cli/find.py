"""``klarplan find``: where a text stands, be it published or kept by git."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import LangOption, RootOption, language
from klarplan.commands.find import Where
from klarplan.messages import Text

_TITLES = {
    Where.FILES: Text("Ihre Dateien", "Your files"),
    Where.SITE: Text("Website", "Site"),
    Where.HISTORY: Text("Geschichte (git)", "History (git)"),
}
_NOWHERE = Text("„{text}“ steht nirgends.", "“{text}” stands nowhere.")
_UNBUILT = Text(
    "Die Website ist nicht gebaut (site/); dort ist nicht gesucht.",
    "The site is not built (site/); nothing was looked for there.",
)
_UNREAD = Text(
    "Nicht gelesen, denn es sind keine Textdateien: {files}",
    "Not read, since they are no text files: {files}",
)


def find_command(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Gesuchter Text. / What is looked for.")
    ],
    *,
    where: Annotated[
        Where | None,
        typer.Option(
            "--in",
            help="Nur in Ihren Dateien (files), in der gebauten Website (site) oder in der "
            "Geschichte von git (history). / Only there.",
            show_default=False,
        ),
    ] = None,
    root: RootOption = Path(),
    lang: LangOption = "de",
) -> None:
    """Sagt, wo ein Text steht. / Tells where a text stands.

    Gesucht wird in Ihren Dateien, in der gebauten Website mit allem, was dort zum Herunterladen
    liegt, und in früheren Fassungen. Groß und klein, Zeilenenden und Auszeichnung sind gleich.

    Beispiele / examples:

    - `klarplan find "0170 1234567"`
    - `klarplan find "Erika Mustermann" --in site`
    """
    from klarplan.cli.findings import safe  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.find import search  # noqa: PLC0415

    speech = language(lang)
    result = search(root, text, where)
    for part, title in _TITLES.items():
        found = [one for one in result.found if one.where is part]
        if found:
            typer.echo(f"{title.in_(speech)}:")
        for one in found:
            typer.echo(safe(f"  {one.place}: … {one.excerpt} …"))
    if not result.found:
        typer.echo(safe(_NOWHERE.in_(speech).format(text=text)))
    if result.unbuilt:
        typer.echo(_UNBUILT.in_(speech))
    if result.unread:
        typer.echo(safe(_UNREAD.in_(speech).format(files=", ".join(result.unread))))
