"""Options and output that all commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from klarplan.messages import KlarplanError, Lang, Text


def language(value: str) -> Lang:
    """The language of an option; anything but ``en`` and ``de`` is a usage error."""
    if value not in ("de", "en"):
        raise typer.BadParameter("de | en")
    return "en" if value == "en" else "de"


def filled(value: str | list[str] | None) -> str | list[str] | None:
    """The value of an option, if it is given; one that holds no words is a usage error."""
    values = [value] if isinstance(value, str) else value or []
    if any(not each.strip(" ,") for each in values):
        raise typer.BadParameter("it is empty")
    return value


RootOption = Annotated[
    Path,
    typer.Option(
        "--root",
        help="Ordner der Strategie. / Folder of the strategy.",
        file_okay=False,
        show_default="hier / here",
    ),
]
LangOption = Annotated[
    str,
    typer.Option(
        "--lang",
        help="Sprache der Meldungen: de oder en. / Language of messages.",
        envvar="KLARPLAN_LANG",
        callback=language,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Stichtag, zum Beispiel 2026-11-21; sonst heute. / As-of date; today by default.",
    ),
]

PortOption = Annotated[
    int,
    typer.Option(
        "--port", min=0, max=65535, help="Anschluss; 0 sucht einen freien. / 0 finds a free one."
    ),
]

OutputOption = Annotated[
    Path,
    typer.Option(
        "--output",
        help="Zielordner. / Target folder.",
        file_okay=False,
        show_default="hier / here",
    ),
]

DryRunOption = Annotated[
    bool,
    typer.Option(
        "--dry-run", "-n", help="Nur zeigen, was geschähe. / Only show what would happen."
    ),
]
NOT_YET = Text(
    "Noch ist nichts geändert; ohne --dry-run wird es geschrieben.",
    "Nothing is changed yet; without --dry-run it is written.",
)


def console(*, stderr: bool = False) -> Console:
    """A console that wraps nothing and highlights nothing in files and pipes."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def show_error(error: KlarplanError, lang: Lang) -> None:
    """Print an error, and what was found along with it, to standard error: place and cure."""
    out = console(stderr=True)
    place = ""
    if error.file:
        place = f"{error.file}:{error.line}: " if error.line else f"{error.file}: "
    label = "Fehler" if lang == "de" else "Error"
    out.print(f"{label}: {place}{error.problem.in_(lang)}", style="bold red", markup=False)
    if cure := error.cure.in_(lang):
        out.print(cure, markup=False)
    for other in error.further:
        show_error(other, lang)
