"""The questions of ``klarplan init``: in their order, each answer checked before the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klarplan.commands.answers import FIELDS, LOGO_FILE, OWNERS, Answers, field_titles, judged
from klarplan.messages import NOTHING, Text
from klarplan.strategy.official_keys import GERMANY
from klarplan.strategy.settings import TOPICS, Settings
from klarplan.words.catalogue import LANGUAGES, Words
from klarplan.words.kinds import KINDS

Ask = Callable[[Text, str], str]
"""Asks a question with what holds where nothing is answered, and gives the answer."""
Tell = Callable[[Text], None]
"""Tells something between two questions."""

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
_TOPICS_EN: Mapping[str, str] = {
    "digital": "digitalisation",
    "climate": "climate protection and adaptation",
    "mobility": "mobility and traffic",
    "inclusion": "inclusion and participation",
    "general": "anything else",
}
_LATER = Text("leer, wenn noch unbekannt", "empty if not known yet")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one answer; ``choices`` are told before, by what is to be answered."""

    name: str
    text: Text
    choices: Text = NOTHING


def _choices(pairs: Mapping[str, str], other: Mapping[str, str]) -> Text:
    return Text(
        "\n".join(f"  {name}: {said}" for name, said in pairs.items()),
        "\n".join(f"  {name}: {said}" for name, said in other.items()),
    )


_KINDS = Text(f"  {', '.join(KINDS)}", f"  {', '.join(KINDS)}")

_FIRST = (
    Question(
        "lang",
        Text("Sprache der Website", "Language of the website"),
        _choices(LANGUAGES, LANGUAGES),
    ),
    Question(
        "municipality",
        Text(
            "Voller Name der Kommune, zum Beispiel Stadt Neustadt oder Landkreis Harz",
            "Full name of the municipality, for example Stadt Neustadt or Landkreis Harz",
        ),
    ),
    Question("kind", Text("Was sie ist", "What it is"), _KINDS),
    Question("key", NOTHING),
    Question(
        "topic",
        Text("Thema der Strategie", "Topic of the strategy"),
        _choices(TOPICS, _TOPICS_EN),
    ),
    Question(
        FIELDS,
        Text(
            "Womit beginnen Sie? Nummern mit Komma, „alle“, oder leer für keines",
            "Which to begin with? Numbers with commas, “all”, or empty for none",
        ),
    ),
    Question("title", Text("Titel der Strategie", "Title of the strategy")),
)
_THEN = (
    Question(
        "contact_name",
        Text(
            f"Stelle, die Auskunft gibt, keine Person ({_LATER.de})",
            f"Office that answers questions, no person ({_LATER.en})",
        ),
    ),
    Question(
        "contact_email",
        Text(f"Funktionspostfach ({_LATER.de})", f"Functional mailbox ({_LATER.en})"),
    ),
    Question("contact_phone", Text(f"Telefon ({_LATER.de})", f"Phone ({_LATER.en})")),
    Question(
        "street",
        Text(f"Straße und Hausnummer ({_LATER.de})", f"Street and number ({_LATER.en})"),
    ),
    Question("postcode", Text(f"Postleitzahl ({_LATER.de})", f"Postcode ({_LATER.en})")),
    Question("town", Text(f"Ort ({_LATER.de})", f"Town ({_LATER.en})")),
    Question(
        "represented_by",
        Text(
            f"Wer die Kommune vertritt, als Amt, zum Beispiel: die Bürgermeisterin ({_LATER.de})",
            f"Who represents the municipality, by office, for example: the mayor ({_LATER.en})",
        ),
    ),
    Question(
        "privacy_contact",
        Text(
            f"Postfach der oder des Datenschutzbeauftragten ({_LATER.de})",
            f"Mailbox of the data protection officer ({_LATER.en})",
        ),
    ),
    Question(
        "primary_colour",
        Text("Hausfarbe, auf der Weiß lesbar ist", "House colour on which white can be read"),
    ),
    Question("accent_colour", Text("Zweite Hausfarbe", "Second house colour")),
    Question(
        LOGO_FILE,
        Text(
            "Datei mit dem Logo, SVG oder PNG (leer, wenn keine)",
            "File with the logo, SVG or PNG (empty if there is none)",
        ),
    ),
    Question(
        "site_url",
        Text(
            f"Adresse der Website mit https:// ({_LATER.de})",
            f"Address of the website with https:// ({_LATER.en})",
        ),
    ),
    Question(
        "repository",
        Text(
            f"Adresse des Git-Projekts mit https:// ({_LATER.de})",
            f"Address of the git project with https:// ({_LATER.en})",
        ),
    ),
)
QUESTIONS = (*_FIRST, *_THEN)


def asked(given: Answers, root: Path, lang: str, ask: Ask, tell: Tell) -> Answers:
    """The answers to all questions that are not ``given``; a wrong one is told and asked again.

    ``lang`` is the language of the website where nothing else is answered.
    """
    values: dict[str, Any] = dict(given.settings)
    ours: dict[str, Any] = {FIELDS: given.fields, LOGO_FILE: given.logo, OWNERS: given.owners}
    for question in QUESTIONS:
        name = question.name
        if name in given.settings or ours.get(name):
            continue
        usual = _usual(name, values, lang)
        text = _KEY_OF[values.get("country", GERMANY)] if name == "key" else question.text
        told = question.choices
        if name == FIELDS:
            titles = field_titles(values)
            if not titles:
                continue
            told = Text(_FIELDS.de + _numbered(titles), _FIELDS.en + _numbered(titles))
        if told != NOTHING:
            tell(Text(f"\n{told.de}", f"\n{told.en}"))
        value = _answer(name, text, usual, values, root, ask, tell)
        if name in ours:
            ours[name] = value or ours[name]
        elif name != "kind" or _differs(value, usual):
            values[name] = value
    return Answers(settings=values, fields=ours[FIELDS], logo=ours[LOGO_FILE], owners=given.owners)


def _differs(value: Any, usual: str) -> bool:
    """Whether a kind is another than the name says already."""
    return value is not None and value.noun != usual


_FIELDS = Text("Übliche Handlungsfelder:\n", "Usual fields of action:\n")


def _numbered(titles: tuple[str, ...]) -> str:
    return "\n".join(f"  {number}: {title}" for number, title in enumerate(titles, start=1))


def _answer(  # noqa: PLR0913, PLR0917 (what a question needs)
    name: str,
    text: Text,
    usual: str,
    values: Mapping[str, Any],
    root: Path,
    ask: Ask,
    tell: Tell,
) -> Any:
    while True:
        said = ask(text, usual).strip()
        if name == FIELDS:
            said, problem, cure = _ticked(said, field_titles(values))
            if problem != NOTHING:
                tell(_together(problem, cure))
                continue
        if not said and name not in ("municipality", "title"):
            return None if name in ("kind", FIELDS, LOGO_FILE) else ""
        value, problem, cure = judged(name, said, values, root)
        if problem == NOTHING:
            return value
        tell(_together(problem, cure))


def _together(problem: Text, cure: Text) -> Text:
    return Text(f"{problem.de} {cure.de}".strip(), f"{problem.en} {cure.en}".strip())


def _ticked(said: str, titles: tuple[str, ...]) -> tuple[str, Text, Text]:
    """The titles of the numbers that were answered, one a line; what is wrong, and the cure."""
    if said.casefold() in ("alle", "all"):
        return "\n".join(titles), NOTHING, NOTHING
    chosen = []
    for part in said.replace(";", ",").split(","):
        number = part.strip()
        if not number:
            continue
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(titles)):
            problem = Text(
                f"„{number}“ ist keine der Nummern.", f"“{number}” is none of the numbers."
            )
            cure = Text(
                f"Nötig sind Nummern von 1 bis {len(titles)}, zum Beispiel: 1, 2",
                f"Needed are numbers from 1 to {len(titles)}, for example: 1, 2",
            )
            return "", problem, cure
        chosen.append(titles[int(number) - 1])
    return "\n".join(chosen), NOTHING, NOTHING


def _usual(name: str, values: Mapping[str, Any], lang: str) -> str:
    """What holds where nothing is answered."""
    if name == "lang":
        return lang
    settings = Settings(**values)
    if name == "kind":
        return settings.sort.noun
    if name == "title":
        words = Words(settings.lang, name=settings.municipality, kind=settings.sort)
        return words("starter.title")
    if name in ("topic", "primary_colour", "accent_colour"):
        return str(getattr(settings, name))
    return ""
