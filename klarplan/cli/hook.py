"""``klarplan hook``: checks before every commit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, console, language
from klarplan.messages import Text

_INSTALLED = Text(
    "Vor jedem Commit wird geprüft, was Sie geändert haben ({file}).",
    "Before every commit, what you changed is checked ({file}).",
)
_REMOVED = Text("Vor einem Commit wird nichts mehr geprüft.", "Nothing is checked any more.")
_STOPPED = Text(
    "Nichts ist gesichert. Beheben Sie die Fehler, oder sichern Sie mit: git commit --no-verify",
    "Nothing is committed. Mend the errors, or commit with: git commit --no-verify",
)


def hook_command(
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Nimmt die Prüfung wieder fort. / Takes it away.")
    ] = False,
    staged: Annotated[
        bool,
        typer.Option(
            "--staged",
            help="Prüft den nächsten Commit; so ruft git den Befehl auf. / Checks the next commit.",
        ),
    ] = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Prüft vor jedem Commit. / Checks before every commit.

    Einmal aufgerufen, sichert git nichts mehr, worin die Prüfung einen Fehler findet. Geprüft wird
    nur, wenn sich etwas geändert hat, das Ihre Kommune schreibt; Warnungen halten nichts auf.

    Beispiele / examples:

    - `klarplan hook`
    - `klarplan hook --remove`
    """
    from klarplan.commands import hook  # noqa: PLC0415 (help stays fast)

    speech = language(lang)
    if staged:
        _check(root, lang, as_of)
    elif remove:
        hook.uninstall(root)
        typer.echo(_REMOVED.in_(speech))
    else:
        typer.echo(_INSTALLED.in_(speech).format(file=hook.install(root).as_posix()))


def _check(root: Path, lang: str, as_of: str | None) -> None:
    """Check the next commit; errors in files of the town hold it back."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from klarplan.commands.hook import (  # noqa: PLC0415
        copy_of_next_commit,
        staged,
        written_by_town,
    )

    if not staged(root):
        return
    from klarplan.check.run import check  # noqa: PLC0415 (slow import)
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415
    from klarplan.cli.findings import print_text  # noqa: PLC0415

    with TemporaryDirectory(prefix="klarplan-") as folder:
        found = check(copy_of_next_commit(root, Path(folder)), day(as_of))
    errors = [f for f in found if f.severity == "error" and written_by_town([f.file])]
    if errors:
        print_text(errors, console(stderr=True), language(lang))
        typer.echo(_STOPPED.in_(language(lang)), err=True)
        raise typer.Exit(1)
