"""``klarplan check``: what is wrong in tables, settings and pages, and how to mend it."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, console, language
from klarplan.messages import Text


class Format(enum.StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    junit = "junit"


def check_command(
    *,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text für Menschen, json für Programme, github für Anmerkungen am Pull-Request, "
            "gitlab und junit für Berichte am Merge-Request. / "
            "Output for people, programs, pull requests, or merge requests.",
        ),
    ] = Format.text,
    ready: Annotated[
        bool,
        typer.Option(
            "--ready",
            help="Nur, was der Veröffentlichung entgegensteht, auch bei einem Entwurf. / "
            "Only what stands in the way of publication, of a draft as well.",
        ),
    ] = False,
) -> None:
    """Prüft Tabellen, Einstellungen und Seiten. / Checks tables, settings and pages.

    Jede Meldung nennt Datei, Zeile, Spalte und was zu tun ist.
    Das Ergebnis ist 0 ohne Fehler (Warnungen und Hinweise zählen nicht), sonst 1.

    Beispiele / examples:

    - `klarplan check`
    - `klarplan check --root ../unsere-strategie --as-of 2026-12-31`
    - `klarplan check --ready`
    - `klarplan check --format json > meldungen.json`
    """
    from klarplan.check.run import counts, examine  # noqa: PLC0415
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import as_github, as_json, print_text  # noqa: PLC0415
    from klarplan.cli.reports import as_gitlab, as_junit  # noqa: PLC0415

    checked = examine(root, day(as_of), ready=ready)
    findings, answered = checked.findings, checked.answered
    if ready:
        findings = tuple(finding for finding in findings if finding.severity == "error")
        answered = ()
    if format_ is Format.json:
        typer.echo(as_json(findings, answered))
    elif format_ is Format.github:
        typer.echo(as_github(findings, language(lang), answered))
    elif format_ is Format.gitlab:
        typer.echo(as_gitlab(findings, language(lang)))
    elif format_ is Format.junit:
        typer.echo(as_junit(findings, language(lang)))
    else:
        print_text(findings, console(), language(lang), answered)
        if ready and not findings:
            fit = Text(
                "Die Strategie kann veröffentlicht werden.", "The strategy can be published."
            )
            console().print(fit.in_(language(lang)))
    raise typer.Exit(1 if counts(findings)["error"] else 0)
