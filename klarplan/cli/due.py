"""``klarplan due``: who owes what by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klarplan.cli.options import AsOfOption, LangOption, RootOption, language
from klarplan.messages import KlarplanError, Lang, Text

if TYPE_CHECKING:
    from klarplan.strategy.model import Organisation, Strategy
    from klarplan.strategy.owed import Owed

DAYS = {"d": 1, "w": 7, "m": 30, "t": 1}
"""How many days a letter behind a number stands for; ``t`` are German days."""

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
"""An address that Markdown takes for one between angle brackets."""


class Form(StrEnum):
    """How it is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    ICS = "ics"


def due_command(  # noqa: PLR0913 - options
    *,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            help="Zeitraum ab dem Stichtag: 30d, 6w oder 3m. / Time from the as-of date on.",
        ),
    ] = "30d",
    office: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="ORGANISATION",
            help="Nur für diese Organisation und alle darunter (Kennung aus organisations.csv). / "
            "Only for this organisation and all below it.",
        ),
    ] = None,
    root: RootOption = Path(),
    form: Annotated[
        Form,
        typer.Option("--format", help="Form der Ausgabe. / Form of the output."),
    ] = Form.TEXT,
    lang: LangOption = "de",
    as_of: AsOfOption = None,
) -> None:
    """Nennt, wer bis wann was schuldet. / Names who owes what by when.

    Dazu gehören Meldungen, Meilensteine, Wiedervorlagen, Enden von Maßnahmen, Beiträge, die seit
    drei Monaten auf Antwort warten, und die Erklärung zur Barrierefreiheit nach zwölf Monaten. Was
    überfällig ist, steht zuerst. Auch interne Maßnahmen zählen.

    Beispiele / examples:

    - `klarplan due`
    - `klarplan due --within 3m --for schulamt`
    - `klarplan due --format ics > fristen.ics`
    """
    from klarplan.cli.as_of import as_of as day  # noqa: PLC0415 (help stays fast)
    from klarplan.cli.findings import safe  # noqa: PLC0415
    from klarplan.strategy.load import load  # noqa: PLC0415
    from klarplan.strategy.owed import owed  # noqa: PLC0415

    speech, today = language(lang), day(as_of)
    until = today + dt.timedelta(_days(within))
    strategy = load(root).strategy
    found = _for(strategy, owed(strategy, today, until), office)
    if form == Form.ICS:
        typer.echo(_ics(strategy, found, speech).decode(), nl=False)
        return
    lines = _text if form == Form.TEXT else _markdown
    for line in lines(strategy, found, (today, until), speech):
        typer.echo(safe(line))


def _days(within: str) -> int:
    match = re.fullmatch(r"([1-9][0-9]{0,3})([dwmt]?)", within.strip())
    if match:
        return int(match[1]) * DAYS[match[2] or "d"]
    raise KlarplanError(
        Text(f"„{within}“ ist kein Zeitraum.", f"“{within}” is no time."),
        Text(
            "Schreiben Sie zum Beispiel 30d, 6w oder 3m (Tage, Wochen, Monate).",
            "Write for example 30d, 6w or 3m (days, weeks, months).",
        ),
        exit_code=2,
    )


def _for(strategy: Strategy, found: Sequence[Owed], office: str | None) -> Sequence[Owed]:
    """What an organisation and those below it owe; all where none is named."""
    from klarplan.strategy.owed import below  # noqa: PLC0415

    if office is None:
        return found
    wanted = below(strategy, office)
    return [one for one in found if wanted & {o.id for o in one.organisations}]


def _groups(
    strategy: Strategy, found: Sequence[Owed], lang: Lang
) -> Iterator[tuple[str, str, list[Owed]]]:
    """What is owed by organisation, with its mailbox; first those of the table, then the rest."""
    from klarplan.strategy.owed import mailbox  # noqa: PLC0415

    by_office: dict[str, list[Owed]] = {}
    for one in found:
        for name in [o.id for o in one.organisations] or [""]:
            by_office.setdefault(name, []).append(one)
    organisations: dict[str, Organisation] = strategy.organisation_by_id
    for identifier, organisation in organisations.items():
        if identifier in by_office:
            yield (
                organisation.name or identifier,
                mailbox(strategy, organisation),
                by_office[identifier],
            )
    if rest := by_office.get(""):
        settings = strategy.settings
        nobody = Text("Ohne federführendes Amt", "Without a lead office").in_(lang)
        yield settings.contact_name or nobody, settings.contact_email, rest


def _when(one: Owed, today: dt.date, lang: Lang) -> str:
    from klarplan.words.catalogue import spoken  # noqa: PLC0415

    words = spoken(lang)
    day = words.short_day(one.day)
    late = Text(f"überfällig seit {day}", f"overdue since {day}")
    return (late if one.day < today else Text(f"bis {day}", f"by {day}")).in_(lang)


def _title(span: tuple[dt.date, dt.date], number: int, lang: Lang) -> str:
    from klarplan.words.catalogue import spoken  # noqa: PLC0415

    words = spoken(lang)
    first, last = (words.short_day(day) for day in span)
    if not number:
        nothing = f"Bis {last} ist nichts fällig.", f"Nothing is due by {last}."
        return Text(*nothing).in_(lang)
    return Text(f"Fällig bis {last} (Stand: {first})", f"Due by {last} (as of {first})").in_(lang)


def _text(
    strategy: Strategy, found: Sequence[Owed], span: tuple[dt.date, dt.date], lang: Lang
) -> Iterator[str]:
    yield _title(span, len(found), lang)
    for name, mail, several in _groups(strategy, found, lang):
        yield ""
        yield f"{name} · {mail}" if mail else name
        for one in several:
            yield f"  - {_when(one, span[0], lang)}: {one.text.in_(lang)}"


def _markdown(
    strategy: Strategy, found: Sequence[Owed], span: tuple[dt.date, dt.date], lang: Lang
) -> Iterator[str]:
    from klarplan.comparison.written import plain  # noqa: PLC0415

    yield f"# {plain(_title(span, len(found), lang))}"
    for name, mail, several in _groups(strategy, found, lang):
        yield ""
        yield f"## {plain(name)}"
        yield ""
        if mail:
            # As a link an address stays whole; escaped it can't be copied into a mail.
            yield f"<{mail}>" if _ADDRESS.fullmatch(mail) else plain(mail)
            yield ""
        for one in several:
            yield f"- [ ] {plain(_when(one, span[0], lang))}: {plain(one.text.in_(lang))}"


def _ics(strategy: Strategy, found: Sequence[Owed], lang: Lang) -> bytes:
    from klarplan.open_data.feeds.icalendar import Event, calendar, event  # noqa: PLC0415
    from klarplan.open_data.feeds.identity import lasting_id  # noqa: PLC0415

    title = Text("Fristen", "Deadlines").in_(lang)
    return calendar(
        f"{title}: {strategy.settings.title}",
        lang,
        (
            event(
                Event(
                    uid=lasting_id(strategy.settings, "due", one.kind, one.id),
                    stamp=one.day,
                    day=one.day,
                    title=one.text.in_(lang),
                )
            )
            for one in found
        ),
    )
