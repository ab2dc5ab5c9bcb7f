"""``klarplan init``: an empty strategy of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from klarplan.cli.options import LangOption, RootOption, console, language
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.strategy.official_keys import COUNTRIES, GERMANY
from klarplan.strategy.settings import TOPICS, Settings
from klarplan.words.catalogue import LANGUAGES, Words
from klarplan.words.kinds import KINDS

_SITE = Text(
    "Adresse der Website mit https:// (leer, wenn noch unbekannt)",
    "Address of the website with https:// (empty if not known yet)",
)
_REPOSITORY = Text(
    "Adresse des Git-Projekts mit https:// (leer, wenn noch unbekannt)",
    "Address of the git project with https:// (empty if not known yet)",
)


def _ask(question: Text, option: str, lang: Lang, usual: str | None = None) -> str:
    if not sys.stdin.isatty():
        raise KlarplanError(
            Text(f"Die Angabe {option} fehlt.", f"The option {option} is missing."),
            Text(
                'Zum Beispiel: klarplan init --name "Stadt Münster" --key 05515000',
                'For example: klarplan init --name "Stadt Münster" --key 05515000',
            ),
            exit_code=2,
        )
    shown = bool(usual)
    answer = typer.prompt(question.in_(lang), default=usual, show_default=shown)
    return str(answer).strip()


def _unknown(option: str, value: str, known: Iterable[str]) -> KlarplanError:
    listed = ", ".join(known)
    return KlarplanError(
        Text(f"„{value}“ gibt es bei {option} nicht.", f"There is no “{value}” for {option}."),
        Text(f"Möglich sind: {listed}.", f"Possible: {listed}."),
        exit_code=2,
    )


_KEY_OF: Mapping[str, Text] = {
    GERMANY: Text(
        "Amtlicher Schlüssel (Gemeinde 8 oder 12 Ziffern, Amt oder Samtgemeinde 9, Kreis 5, "
        "Bezirk 3, Land 2; leer, wenn keiner)",
        "Official key (municipality 8 or 12 digits, Amt or Samtgemeinde 9, Kreis 5, Bezirk 3, "
        "Land 2; empty if there is none)",
    ),
    "AT": Text(
        "Gemeindekennziffer (leer, wenn keine)", "Gemeindekennziffer (empty if there is none)"
    ),
    "CH": Text("BFS-Nummer (leer, wenn keine)", "BFS number (empty if there is none)"),
}


def _ask_key(country: str, lang: Lang) -> str:
    from klarplan.commands.init import is_key  # noqa: PLC0415 (help stays fast)

    key = _ask(_KEY_OF[country], "--key", lang, usual="")
    while not is_key(key, country):
        typer.echo(COUNTRIES[country].key_needed.in_(lang))
        key = _ask(_KEY_OF[country], "--key", lang, usual="")
    return key


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
        str,
        typer.Option(
            "--country",
            help=f"Staat, dessen Schlüssel gilt: {', '.join(COUNTRIES)}. / Country of the key.",
        ),
    ] = GERMANY,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help=f"Was sie ist, wenn der Name es nicht sagt: {', '.join(KINDS)}. / What it is, "
            "where the name does not say it.",
        ),
    ] = None,
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            help=f"Wovon die Strategie handelt: {', '.join(TOPICS)}. / What it is about.",
        ),
    ] = "general",
    speaks: Annotated[
        str,
        typer.Option(
            "--language",
            help=f"Sprache der Website: {', '.join(LANGUAGES)}. / Language of the site.",
        ),
    ] = "de",
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
    """
    from klarplan.commands.init import make_empty  # noqa: PLC0415 (help stays fast)

    speech = language(lang)
    municipality = name or _ask(
        Text("Name der Kommune", "Name of the municipality"), "--name", speech
    )
    if country not in COUNTRIES:
        raise _unknown("--country", country, COUNTRIES)
    official = _ask_key(country, speech) if key is None else key
    if kind is not None and kind not in KINDS:
        raise _unknown("--kind", kind, KINDS)
    if topic not in TOPICS:
        raise _unknown("--topic", topic, TOPICS)
    if speaks not in LANGUAGES:
        raise _unknown("--language", speaks, LANGUAGES)
    named = Settings(
        municipality=municipality.strip(),
        country=country,
        key=official.strip(),
        kind=KINDS.get(kind or ""),
    )
    usual = Words(speaks, name=named.municipality, kind=named.sort)("starter.title")
    values = {
        "municipality": municipality.strip(),
        "country": country,
        "key": official.strip(),
        "kind": KINDS.get(kind or ""),
        "topic": topic,
        "lang": speaks,
        "title": usual if title is None else title,
        "site_url": site_url or "",
        "repository": repository or "",
    }
    if name is None or key is None:
        for option, question, given in (
            ("title", Text("Titel der Strategie", "Title of the strategy"), title),
            ("site_url", _SITE, site_url),
            ("repository", _REPOSITORY, repository),
        ):
            if given is None:
                answer = typer.prompt(question.in_(speech), default=values[option])
                values[option] = str(answer).strip()
    done = make_empty(root, values, force=yes, owners=owners or "", usual_fields=usual_fields)
    out = console()
    lines = [
        Text(
            f"Die Strategie von „{values['municipality']}“ ist angelegt; "
            f"{done.removed} Dateien des Beispiels sind entfernt.",
            f"The strategy of “{values['municipality']}” is set up; "
            f"{done.removed} files of the sample are removed.",
        ),
        Text(
            "Nächste Schritte: strategy/strategy.yml ergänzen, mit „klarplan import“ eine Liste "
            "übernehmen oder data/measures.csv füllen, dann „make site“.",
            "Next: complete strategy/strategy.yml, take over a list with “klarplan import” or fill "
            "data/measures.csv, then “make site”.",
        ),
    ]
    if done.backup is not None:
        lines.insert(
            1,
            Text(
                f"Die alten Inhalte liegen in „{done.backup.name}“; löschen Sie den Ordner, "
                "wenn Sie sie nicht brauchen.",
                f"The old content is in “{done.backup.name}”; delete it if you don't need it.",
            ),
        )
    for text in lines:
        out.print(text.in_(speech), markup=False, emoji=False)
