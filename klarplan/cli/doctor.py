"""``klarplan doctor``: how a fork is, and what helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, language

if TYPE_CHECKING:
    from klarplan.commands.diagnosis import State

_SIGNS: dict[State, str] = {"well": "✓", "unwell": "✗", "unknown": "?"}


def doctor_command(
    *,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Wo Klarplan steht, wie bei update; sagt, was neu ist. / "
            "Where Klarplan is, as for update; tells what is new.",
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help="Auch die eigene Website und fremde Adressen fragen. / "
            "Ask your own website and addresses of others, too.",
        ),
    ] = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Sagt, wie es Ihrer Kopie von Klarplan geht. / Tells how your copy of Klarplan is.

    Fassung, Neuerungen, Einstellungen, rechtliche Seiten, Kontrast, Arbeitsabläufe, nächtlicher
    Lauf und Adressen; zu allem, was nicht stimmt, steht, was hilft. Dann endet der Befehl mit 1.

    Beispiele / examples:

    - `klarplan doctor`
    - `klarplan doctor --online`
    - `klarplan doctor --from https://example.org/klarplan.git`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import safe  # noqa: PLC0415
    from klarplan.commands.doctor import doctor  # noqa: PLC0415

    speech = language(lang)
    found = doctor(root, day(as_of), source=source, online=online)
    for one in found:
        subject, told = one.subject.in_(speech), one.told.in_(speech)
        typer.echo(safe(f"{_SIGNS[one.state]} {subject}: {told}"))
        if cure := one.cure.in_(speech):
            typer.echo(safe(f"    → {cure}"))
    raise typer.Exit(int(any(one.state == "unwell" for one in found)))
