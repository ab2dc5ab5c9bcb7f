"""``klarplan update``: a newer version of the engine, on a branch of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.options import LangOption, RootOption, console, language
from klarplan.messages import Lang, Text
from klarplan.programs import by_make

if TYPE_CHECKING:
    from klarplan.commands.update import Updated


def update_command(
    *,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help="Ordner, ZIP-Datei oder Adresse des Git-Projekts von Klarplan. / "
            "Folder, ZIP file or address of Klarplan's git project.",
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="Fassung aus dem Git-Projekt, zum Beispiel v1.2.0; sonst die neueste. / "
            "Version of the git project; the newest by default.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Nur sagen, was sich ändert. / Only tell what would change."
        ),
    ] = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
) -> None:
    """Holt eine neue Fassung von Klarplan. / Takes a newer version of Klarplan.

    Ersetzt wird nur das Programm, als Ganzes; Texte, Tabellen und local/ bleiben. Umgestellt,
    geprüft und gebaut wird in einer Kopie. Das Ergebnis ist ein Commit auf einem neuen Zweig; Ihr
    Ordner bleibt, wie er ist, auch wenn ein Schritt nicht gelingt.

    Beispiele / examples:

    - `klarplan update --from https://example.org/klarplan.git --dry-run`
    - `klarplan update --from https://example.org/klarplan.git --to v1.2.0`
    - `klarplan update --from klarplan-1.2.0-vorlage.zip`
    """
    from klarplan.commands.new_program import STEPS, StepFailedError  # noqa: PLC0415
    from klarplan.commands.update import update  # noqa: PLC0415

    speech = language(lang)
    out = console()

    def announce(step: str) -> None:
        out.print(f"{STEPS[step].in_(speech)} …", markup=False)

    try:
        done = update(root, source, wanted=to, dry_run=dry_run, lang=speech, announce=announce)
    except StepFailedError as error:
        console(stderr=True).print(error.said.rstrip(), markup=False, emoji=False)
        raise
    for line in summary(done, speech, dry_run=dry_run):
        out.print(line, markup=False, emoji=False)


def summary(done: Updated, lang: Lang, *, dry_run: bool) -> list[str]:
    """What was done or would be, in lines for people."""
    from klarplan.commands.update import told  # noqa: PLC0415 (help stays fast)

    if not done.plan.changes:
        here = Text(
            f"Nichts zu tun: Klarplan {done.name} ist schon da.",
            f"Nothing to do: Klarplan {done.name} is there already.",
        )
        return [here.in_(lang)]
    lines = []
    for heading, entries in done.news.items():
        lines += ["", heading, *(f"  - {entry}" for entry in entries)]
    lines += ["", *(text.in_(lang) for text in told(done.plan))]
    if done.migrated:
        lines += ["", *done.migrated.rstrip().splitlines()]
    serve = by_make("serve", "klarplan serve")
    end = (
        Text(
            f"Mit Klarplan {done.name} wäre das so; geändert ist nichts.",
            f"So it would be with Klarplan {done.name}; nothing was changed.",
        )
        if dry_run
        else Text(
            f"Klarplan {done.name} steht auf dem Zweig „{done.branch}“; Ihr Ordner ist unverändert."
            f" Ansehen: git switch {done.branch} und {serve}, danach zurück mit git switch -. "
            f"Übernehmen: git merge {done.branch}, oder git push origin {done.branch} und ein "
            "Pull-Request.",
            f"Klarplan {done.name} is on the branch “{done.branch}”; your folder is unchanged. "
            f"Look at it: git switch {done.branch} and {serve}, then back with git switch -. "
            f"Take it: git merge {done.branch}, or git push origin {done.branch} and a pull "
            "request.",
        )
    )
    return [*lines, "", end.in_(lang)]
