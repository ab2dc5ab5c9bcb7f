"""``klarplan init``: an empty strategy of one's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.findings import print_text
from klarplan.cli.options import LangOption, RootOption, console, language
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.own_files import ANSWERS
from klarplan.programs import by_make
from klarplan.strategy.official_keys import COUNTRIES
from klarplan.strategy.settings import DOCS, TOPICS, Settings
from klarplan.words.catalogue import LANGUAGES, Words
from klarplan.words.kinds import KINDS

if TYPE_CHECKING:
    from klarplan.commands.answers import Answers
    from klarplan.starter.prose.take import Taken


_EXAMPLES: Mapping[str, str] = {"--name": '--name "Stadt Münster"', "--key": "--key 05515000"}
"""What is asked for where nobody can be asked."""


def _is_given(option: str, arguments: Sequence[str]) -> bool:
    return any(argument.split("=")[0] == option for argument in arguments)


def _quoted(argument: str) -> str:
    """An argument as each shell takes it for one."""
    return argument if re.fullmatch(r"[\w./:@%+=,\\-]+", argument) else f'"{argument}"'


def _nothing_named(option: str) -> KlarplanError:
    given = [*sys.argv[1:]] or ["init"]
    named = [part for name, part in _EXAMPLES.items() if not _is_given(name, given)]
    whole = " ".join(["klarplan", *map(_quoted, given), *named])
    return KlarplanError(
        Text(f"Die Angabe {option} fehlt.", f"The option {option} is missing."),
        Text(
            f"Zum Beispiel: {whole}, oder mit einer Datei: klarplan init --answers antworten.yml",
            f"For example: {whole}, or with a file: klarplan init --answers answers.yml",
        ),
        exit_code=2,
    )


def _unknown(option: str, value: str, known: Iterable[str]) -> KlarplanError:
    listed = ", ".join(known)
    return KlarplanError(
        Text(f"„{value}“ gibt es bei {option} nicht.", f"There is no “{value}” for {option}."),
        Text(f"Möglich sind: {listed}.", f"Possible: {listed}."),
        exit_code=2,
    )


def init_command(  # noqa: PLR0913 (one argument per option)
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", help="Name der Kommune. / Name of the municipality."),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            help="Amtlicher Schlüssel (Gemeinde 8 oder 12 Ziffern, Amt oder Samtgemeinde 9, "
            "Kreis 5, Bezirk 3, Land 2), oder leer. / Official key, or empty.",
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            help=f"Staat, dessen Schlüssel gilt: {', '.join(COUNTRIES)}. / Country of the key.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help=f"Was sie ist, wenn der Name es nicht sagt: {', '.join(KINDS)}. / What it is, "
            "where the name does not say it.",
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            help=f"Wovon die Strategie handelt: {', '.join(TOPICS)}. / What it is about.",
        ),
    ] = None,
    speaks: Annotated[
        str | None,
        typer.Option(
            "--language",
            help=f"Sprache der Website: {', '.join(LANGUAGES)}. / Language of the site.",
        ),
    ] = None,
    usual_fields: Annotated[
        bool,
        typer.Option(
            "--usual-fields",
            help="Übliche Handlungsfelder des Themas eintragen. / Enter usual fields of action.",
        ),
    ] = False,
    title: Annotated[
        str | None, typer.Option("--title", help="Titel der Strategie. / Title of the strategy.")
    ] = None,
    site_url: Annotated[
        str | None,
        typer.Option("--site-url", help="Adresse der Website. / Address of the site."),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option("--repository", help="Adresse des Git-Projekts. / Address of the project."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            help="YAML-Datei mit den Antworten, statt zu fragen. / YAML file with the answers.",
            dir_okay=False,
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Ordner mit Markdown-Dateien oder Word-Dokument, dessen Texte Sie übernehmen. / "
            "Folder of Markdown files or Word document whose texts to take over.",
            exists=True,
        ),
    ] = None,
    owners: Annotated[
        str | None,
        typer.Option(
            "--owners",
            help="Team, das Änderungen am Programm freigibt (für CODEOWNERS bei GitHub), zum "
            "Beispiel @stadt/technik. / Team that approves changes of the program.",
        ),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            "-y",
            help="Auch Änderungen verwerfen, die git nicht kennt. / Discard uncommitted changes.",
        ),
    ] = False,
    root: RootOption = Path(),
    lang: LangOption = "de",
) -> None:
    """Macht aus der Kopie eine leere eigene Strategie. / Makes an empty strategy of your own.

    Das Beispiel in strategy/ und data/ verschwindet; Programm, Gestaltung und Handbuch bleiben.
    Was fehlt, wird am Bildschirm gefragt.

    Beispiele / examples:

    - `klarplan init`
    - `klarplan init --name "Stadt Münster" --key 05515000`
    - `klarplan init --name "Landkreis Musterland" --key 05999 --topic climate --usual-fields`
    - `klarplan init --name "Stadt Zürich" --country CH --key 261`
    - `klarplan init --answers local/init.yml`
    - `klarplan init --from ../alte-website/content`
    - `klarplan init --from Klimakonzept.docx`
    """
    from klarplan.commands.answers import Answers, field_titles  # noqa: PLC0415 (help stays fast)

    speech = language(lang)
    for option, chosen, known in (
        ("--country", country, COUNTRIES),
        ("--kind", kind, KINDS),
        ("--topic", topic, TOPICS),
        ("--language", speaks, LANGUAGES),
    ):
        if chosen is not None and chosen not in known:
            raise _unknown(option, chosen, known)
    options = {
        "municipality": name and name.strip(),
        "country": country,
        "key": None if key is None else key.strip(),
        "kind": KINDS[kind] if kind else None,
        "topic": topic,
        "lang": speaks,
        "title": title,
        "site_url": site_url,
        "repository": repository,
    }
    given = {option: value for option, value in options.items() if value is not None}
    told = Answers(settings=given, owners=owners or "")
    if answers is not None:
        told = _read(answers, root, told, speech)
    elif name is None or key is None:
        if not sys.stdin.isatty():
            raise _nothing_named("--name" if name is None else "--key")
        told = _asked(told, root, speech)
    told = told.with_title()
    if usual_fields:
        told = replace(told, fields=field_titles(told.settings))
    _make(root, told, source, speech, force=yes)


def _read(path: Path, root: Path, given: Answers, lang: Lang) -> Answers:
    """The answers of a file; what an option says holds before it. Ends where some don't fit."""
    from klarplan.commands.answers import read_answers  # noqa: PLC0415 (help stays fast)

    found, findings = read_answers(path, root)
    wrong = [finding for finding in findings if finding.severity == "error"]
    if findings:
        print_text(findings, console(stderr=True), lang)
    if wrong:
        raise typer.Exit(2)
    settings = {**found.settings, **given.settings}
    return replace(found, settings=settings, owners=given.owners or found.owners)


def _asked(given: Answers, root: Path, lang: Lang) -> Answers:
    from klarplan.commands.questions import asked  # noqa: PLC0415 (help stays fast)

    def ask(question: Text, usual: str) -> str:
        text, shown = question.in_(lang), bool(usual)
        return str(typer.prompt(text, default=usual, show_default=shown))

    def tell(text: Text) -> None:
        typer.echo(text.in_(lang))

    tell(_HOW)
    return asked(given, root, lang, ask, tell)


_HOW = Text(
    "Mit der Eingabetaste gilt, was in eckigen Klammern steht, sonst bleibt die Angabe leer. "
    "Alles lässt sich später in strategy/strategy.yml ändern.",
    "The enter key takes what stands in square brackets, or leaves the answer empty. "
    "All of it can be changed later in strategy/strategy.yml.",
)


def _make(root: Path, answers: Answers, source: Path | None, lang: Lang, *, force: bool) -> None:
    """Set up the strategy, and tell what to do next."""
    from klarplan.commands.answers import answers_text  # noqa: PLC0415 (help stays fast)
    from klarplan.commands.init import make_empty  # noqa: PLC0415 (help stays fast)
    from klarplan.starter.prose.take import take  # noqa: PLC0415 (slow import)

    more = {ANSWERS: answers_text(answers).encode("utf-8")}
    values = dict(answers.settings)
    if answers.logo:
        values["logo"] = answers.logo_place
        more[f"{DOCS}{answers.logo_place}"] = answers.logo.read_bytes()
    taken = None
    if source is not None:
        settings = Settings(**values)
        words = Words(settings.lang, name=settings.municipality, kind=settings.sort)
        taken = take(source, root, words)
        more |= taken.files
        values["menu"] = (*settings.menu, *taken.menu)
    done = make_empty(
        root, values, force=force, owners=answers.owners, titles=answers.fields, more=more
    )
    build = by_make("site", "klarplan build")
    lines = [
        Text(
            f"Die Strategie von „{values['municipality']}“ ist angelegt; "
            f"entfernte Dateien: {done.removed}.",
            f"The strategy of “{values['municipality']}” is set up; files removed: {done.removed}.",
        )
    ]
    if done.backup is not None:
        lines.append(
            Text(
                f"Die alten Inhalte liegen in „{done.backup.name}“; löschen Sie den Ordner, "
                "wenn Sie sie nicht brauchen.",
                f"The old content is in “{done.backup.name}”; delete it if you don't need it.",
            )
        )
    lines += [
        *(_told(taken) if taken else ()),
        Text(f"Ihre Antworten stehen in {ANSWERS}.", f"Your answers are in {ANSWERS}."),
        Text(
            "Nächste Schritte: strategy/strategy.yml ergänzen, mit „klarplan import“ eine Liste "
            f"übernehmen oder mit „klarplan edit“ Maßnahmen anlegen, dann „{build}“.",
            "Next: complete strategy/strategy.yml, take over a list with “klarplan import” or "
            f"begin measures with “klarplan edit”, then “{build}”.",
        ),
        Text(
            "Die Website ist ein Entwurf, bis published in strategy/strategy.yml auf true steht; "
            "was davor noch fehlt, nennt „klarplan check --ready“.",
            "The website is a draft until published is true in strategy/strategy.yml; "
            "“klarplan check --ready” tells what is still missing.",
        ),
    ]
    out = console()
    for text in lines:
        out.print(text.in_(lang), markup=False, emoji=False)


def _told(taken: Taken) -> Iterator[Text]:
    """Which texts became which pages, and what was not taken as it was, each on a line."""
    pages, left = len(taken.pages), len(taken.remarks)
    yield Text(f"\nÜbernommene Seiten: {pages}", f"\nPages taken over: {pages}")
    for page in taken.pages:
        line = f"  {page.source} → {page.file} ({page.title})"
        yield Text(line, line)
    if left:
        yield Text(f"\nNicht wie im Text übernommen: {left}", f"\nNot taken as in the text: {left}")
    for remark in taken.remarks:
        yield Text(
            f"  {remark.place}: {remark.found.de}. {remark.done.de}",
            f"  {remark.place}: {remark.found.en}. {remark.done.en}",
        )
    yield Text("", "")
