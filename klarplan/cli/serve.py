"""``klarplan serve``: a preview that follows every edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, PortOption, RootOption, language


def serve_command(
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    port: PortOption = 8000,
    pdf: Annotated[
        bool,
        typer.Option("--pdf/--no-pdf", help="Auch Dokumente erstellen. / Make papers too."),
    ] = False,
) -> None:
    """Zeigt die Website im Browser und folgt jeder Änderung. / Previews the site, live.

    Ein Text erscheint sofort, was andere Seiten und die Suche von ihm zeigen, kurz danach. Ein
    Fehler steht als Meldung über der letzten guten Fassung. Ende mit Strg+C.

    Beispiele / examples:

    - `klarplan serve`
    - `klarplan serve --port 0 --pdf`
    """
    from klarplan.cli.preview import serve  # noqa: PLC0415 (help stays fast)

    serve(root, language(lang), as_of=as_of, port=port, pdf=pdf)
