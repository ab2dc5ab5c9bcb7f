"""``klarplan adopt``: the addresses of an adopted version, which later ones keep."""

from __future__ import annotations

from pathlib import Path

from klarplan.cli.options import (
    NOT_YET,
    AsOfOption,
    DryRunOption,
    LangOption,
    RootOption,
    console,
    language,
)
from klarplan.messages import Text


def adopt_command(
    root: RootOption = Path(),
    *,
    dry_run: DryRunOption = False,
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Hält die Adressen einer beschlossenen Fassung fest. / Writes down adopted addresses.

    Die Adressen der Website stehen danach in strategy/adressen.txt. Von da an warnt
    `klarplan check`, wenn eine fehlt, und nennt die Zeile für strategy/redirects.csv.

    Beispiele / examples:

    - `klarplan adopt`
    - `klarplan adopt --dry-run`
    - `klarplan adopt --root ../unsere-strategie`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.adopt import adopt  # noqa: PLC0415
    from klarplan.commands.writing import writing  # noqa: PLC0415
    from klarplan.pages.adopted import ADOPTED  # noqa: PLC0415

    speech = language(lang)
    with writing(root, really=not dry_run):
        made = adopt(root, day(as_of), dry_run=dry_run)
    out = console()
    told = Text(
        f"{ADOPTED}: {made.addresses} Adressen, davon {made.new} neu.",
        f"{ADOPTED}: {made.addresses} addresses, {made.new} of them new.",
    )
    out.print(told.in_(speech), markup=False)
    for address in made.given_up:
        gone = Text(f"  aufgegeben: /{address}", f"  given up: /{address}")
        out.print(gone.in_(speech), markup=False)
    if made.changed:
        store = Text("Sichern Sie die Datei mit „git commit“.", "Store the file with “git commit”.")
        out.print((NOT_YET if dry_run else store).in_(speech), markup=False)
