"""``klarplan build``: website, PDF and open data from one strategy."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, console, language
from klarplan.strategy.addresses import PACKAGE
from klarplan.website.generator import GENERATORS, USUAL

if TYPE_CHECKING:
    from klarplan.commands.build import Built


def build_command(  # noqa: PLR0913 (one argument per option)
    *,
    root: RootOption = Path(),
    lang: LangOption = "de",
    as_of: AsOfOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Zielordner; sonst site/. / Target folder.", file_okay=False),
    ] = None,
    pdf: Annotated[
        bool,
        typer.Option("--pdf/--no-pdf", help="Auch Dokumente erstellen. / Make papers too."),
    ] = True,
    generator: Annotated[
        str,
        typer.Option(
            "--generator",
            metavar="|".join(GENERATORS),
            help="Womit die Website entsteht. / What makes the website.",
        ),
    ] = USUAL,
    preview: Annotated[
        bool,
        typer.Option(
            "--preview",
            help="Mit Hinweisen für die Redaktion; nicht zum Veröffentlichen. / "
            "With notes to editors; not to be published.",
        ),
    ] = False,
    parquet: Annotated[
        bool,
        typer.Option("--parquet", help="Tabellen auch als Parquet. / Tables as Parquet, too."),
    ] = False,
    packed: Annotated[
        bool,
        typer.Option(
            "--packed",
            help="Texte auch gepackt (.gz), für GitLab Pages und nginx. / "
            "Texts compressed (.gz), too, for GitLab Pages and nginx.",
        ),
    ] = False,
    wait: Annotated[
        bool,
        typer.Option(
            "--wait", help="Warten, bis ein anderer Build fertig ist. / Wait for another build."
        ),
    ] = False,
) -> None:
    """Baut Website, PDF und offene Daten nach site/. / Builds website, PDF and open data.

    Geprüft wird zuerst; bei Fehlern bleibt die bisherige Website, wie sie ist. Ersetzt wird ein
    Zielordner nur, wenn er fehlt, leer ist oder eine Website von Klarplan enthält.

    Beispiele / examples:

    - `klarplan build`
    - `klarplan build --root ../unsere-strategie --no-pdf`
    - `klarplan build --as-of 2026-12-31`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import print_text  # noqa: PLC0415
    from klarplan.commands.build import STEPS, ProblemsFoundError, Wanted, build  # noqa: PLC0415

    speech = language(lang)
    out = console()
    status = out.status("") if out.is_terminal else None

    def announce(step: str) -> None:
        text = STEPS[step].in_(speech) + " …"
        if status:
            status.update(text)
        else:
            out.print(text, markup=False)

    try:
        if status:
            status.start()
        wanted = Wanted(
            output=output,
            pdf=pdf,
            generator=generator,
            wait=wait,
            preview=preview,
            parquet=parquet,
            packed=packed,
        )
        built = build(root, day(as_of), wanted, announce)
    except ProblemsFoundError as error:
        if status:
            status.stop()
        print_text(error.findings, console(stderr=True), speech)
        raise
    finally:
        if status:
            status.stop()
    if built.noticed:
        print_text(built.noticed, console(stderr=True), speech)
    for line in summary(built, speech):
        out.print(line, markup=False)


def summary(built: Built, lang: str) -> list[str]:
    """What was built, in lines for people; times in seconds."""
    from klarplan.check.run import counts  # noqa: PLC0415
    from klarplan.commands.build import STEPS  # noqa: PLC0415
    from klarplan.words.catalogue import ENGLISH, GERMAN  # noqa: PLC0415
    from klarplan.words.formats import NBSP  # noqa: PLC0415

    german = lang == "de"

    def counted(number: int, de: tuple[str, str], en: tuple[str, str]) -> str:
        return GERMAN.count(number, *de) if german else ENGLISH.count(number, *en)

    found = counts(built.findings)
    page = (("Seite", "Seiten"), ("page", "pages"))
    made = counted(built.pages, *page)
    if built.measures:
        made += ", " + counted(built.measures, ("Maßnahme", "Maßnahmen"), ("measure", "measures"))
    lines = [
        f"Fertig: {made}" if german else f"Done: {made}",
        f"  Website   {built.site / 'index.html'}",
    ]
    for name, paper in built.papers.items():
        label = counted(paper.pages, *page)
        kind = name.rpartition(".")[2].upper()
        lines.append(f"  {kind:9} {built.site / name}" + (f" ({label})" if paper.pages else ""))
    if built.tables:
        tables = counted(built.tables, ("Tabelle", "Tabellen"), ("table", "tables"))
        data = "Daten" if german else "Data"
        lines.append(f"  {data:9} {built.site / PACKAGE} ({tables})")
    spent = ", ".join(
        f"{STEPS[step].de} {GERMAN.number(Decimal(seconds), 1)} s"
        if german
        else f"{STEPS[step].en} {seconds:.1f} s"
        for step, seconds in built.seconds.items()
    )
    lines.append(f"  {'Dauer' if german else 'Times':9} {spent}")
    if found["warning"] or found["notice"]:
        warnings = counted(found["warning"], ("Warnung", "Warnungen"), ("warning", "warnings"))
        notices = counted(found["notice"], ("Hinweis", "Hinweise"), ("notice", "notices"))
        lines.append(f"  {warnings}, {notices}: klarplan check")
    return [line.replace(NBSP, " ") for line in lines]
