"""``klarplan migrate``: a strategy of an earlier version in the form of this one."""

from __future__ import annotations

from pathlib import Path

from klarplan.cli.options import NOT_YET, DryRunOption, LangOption, RootOption, console, language
from klarplan.messages import Text

_NOTHING = Text(
    "Nichts zu tun: Tabellen und Einstellungen passen zu dieser Fassung von Klarplan.",
    "Nothing to do: tables and settings fit this version of Klarplan.",
)
_LOOK = Text("Bitte sehen Sie selbst nach:", "Please look for yourself:")
_NEXT = Text(
    "Prüfen Sie das Ergebnis mit „klarplan check“ und sichern Sie es mit „git commit“.",
    "Check the result with “klarplan check” and store it with “git commit”.",
)


def migrate_command(
    root: RootOption = Path(), *, dry_run: DryRunOption = False, lang: LangOption = "de"
) -> None:
    """Bringt Tabellen einer früheren Fassung auf den Stand. / Brings former tables up to date.

    Ihre eigenen Spalten und Tabellen bleiben, auch deren Reihenfolge. Was sich geändert hat, steht
    in der Ausgabe. Alles wird geschrieben oder nichts; ein zweiter Aufruf ändert nichts mehr.

    Beispiele / examples:

    - `klarplan migrate --dry-run`
    - `klarplan migrate --root ../strategie`
    """
    from klarplan.commands.migrate import migrate  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.writing import writing  # noqa: PLC0415

    speech = language(lang)
    with writing(root, really=not dry_run):
        made = migrate(root, dry_run=dry_run)
    out = console()
    for text in made.done or (_NOTHING,):
        out.print(text.in_(speech), markup=False, emoji=False)
    if made.doubts:
        out.print(_LOOK.in_(speech), markup=False)
        for text in made.doubts:
            out.print(f"  {text.in_(speech)}", markup=False, emoji=False)
    if made.done:
        out.print((NOT_YET if dry_run else _NEXT).in_(speech), markup=False)
