"""``klarplan links``: whether addresses of other sites still lead anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, language
from klarplan.messages import Lang, Place, Text

if TYPE_CHECKING:
    from klarplan.commands.outside_links import Answer, State

MOST_PLACES = 5
"""So many places of one address are named."""
_TITLES: dict[State, Text] = {
    "gone": Text("Führt nirgendwohin:", "Leads nowhere:"),
    "unsure": Text("Nicht sicher; bitte im Browser ansehen:", "Not sure; please look:"),
}


def links_command(
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Prüft Adressen anderer Websites. / Checks addresses of other sites.

    Gefragt wird jede Adresse in Tabellen, Texten und Einstellungen; dafür braucht der Befehl das
    Internet. Zum Erzeugen der Website gehört er nicht. Führt eine Adresse nirgendwohin, endet er
    mit 1.

    Beispiele / examples:

    - `klarplan links`
    - `klarplan links --root ../unsere-strategie`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import safe  # noqa: PLC0415
    from klarplan.commands.outside_links import ask, outside_links  # noqa: PLC0415

    speech = language(lang)
    answers = ask(outside_links(root, day(as_of)))
    for line in told(answers, speech):
        typer.echo(safe(line))
    if any(answer.state == "gone" for answer in answers):
        raise typer.Exit(1)


def told(answers: Sequence[Answer], lang: Lang) -> Iterator[str]:
    """Addresses that are gone, then those of which nobody can be sure, with their places."""
    for state, title in _TITLES.items():
        several = [answer for answer in answers if answer.state == state]
        if several:
            yield title.in_(lang)
            for answer in several:
                yield f"  {answer.address} ({answer.reason.in_(lang)})"
                for place in answer.places[:MOST_PLACES]:
                    yield f"    {_where(place)}"
                if (rest := len(answer.places) - MOST_PLACES) > 0:
                    yield Text(f"    und {rest} weitere Stellen", f"    and {rest} more").in_(lang)
            yield ""
    counted = [sum(answer.state == state for answer in answers) for state in ("there", "gone")]
    yield Text(
        f"{len(answers)} Adressen: {counted[0]} erreichbar, {counted[1]} nicht mehr da.",
        f"{len(answers)} addresses: {counted[0]} can be reached, {counted[1]} are gone.",
    ).in_(lang)


def _where(place: Place) -> str:
    column = f" [{place.column}]" if place.column else ""
    return f"{place.file}:{place.line}{column}" if place.line else f"{place.file}{column}"
