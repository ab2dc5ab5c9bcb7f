"""``klarplan edit``: a form for tables, in the browser on the own computer."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, PortOption, RootOption, console, language
from klarplan.messages import Text

_OPENED = Text(
    "Das Formular steht unter dieser Adresse, nur auf diesem Rechner und nur, solange dieser "
    "Befehl läuft:",
    "The form is at this address, on this machine only, and only while this command runs:",
)
_END = Text(
    "Ende mit Strg+C; was dann im Formular getippt und noch nicht übernommen ist, kann verloren "
    "gehen.",
    "End it with Ctrl+C; what is then typed in the form and not yet written may be lost.",
)


def edit_command(
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    port: PortOption = 0,
    browser: Annotated[
        bool,
        typer.Option("--browser/--no-browser", help="Den Browser öffnen. / Open the browser."),
    ] = True,
) -> None:
    """Öffnet ein Formular für die Tabellen im Browser. / Opens a form for the tables.

    Für wen nur eine Sache ändern will: einen Stand melden, ein erwartetes Ende verschieben, eine
    Maßnahme ändern, einen Beitrag beantworten oder eine Zeile irgendeiner Tabelle. Gesagt wird vor
    dem Schreiben, was sich ändert. Das Formular ist nur auf diesem Rechner zu erreichen.

    Beispiele / examples:

    - `klarplan edit`
    - `klarplan edit --no-browser --port 8010`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.form.guard import Guard  # noqa: PLC0415
    from klarplan.cli.form.server import Handler, Server  # noqa: PLC0415
    from klarplan.cli.form.site import FormSite  # noqa: PLC0415
    from klarplan.cli.preview_server import at_port  # noqa: PLC0415
    from klarplan.commands.edit import Editor  # noqa: PLC0415
    from klarplan.strategy.load import require_data  # noqa: PLC0415

    speech, today = language(lang), day(as_of)
    require_data(root)
    server = at_port(port, lambda: Server(("127.0.0.1", port), Handler))
    guard = Guard(secrets.token_urlsafe(24), server.server_port)
    server.answer = FormSite(Editor(root, today), guard).answer
    out = console()
    out.print(_OPENED.in_(speech), markup=False)
    out.print(guard.address, markup=False)
    out.print(_END.in_(speech), markup=False)
    if browser and _has_screen():
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(guard.address)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def _has_screen() -> bool:
    """Whether a browser would open in a window, rather than in this terminal."""
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return shown or sys.platform in ("win32", "darwin")
