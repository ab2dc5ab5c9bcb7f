"""Rules on what was to be filled in later: names, placeholders, drawings that there are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from klarplan.check.literal.view import View
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import TEXTS, Subject, shown
from klarplan.look.icons import drawing
from klarplan.messages import Finding, Text
from klarplan.strategy.setting_slips import NAMES, no_name
from klarplan.strategy.settings import SETTINGS, UNREAD

_WORDS = re.compile(
    r"\b(?:TODO|FIXME|TBD|xxx+)\b|\b(?i:lorem ipsum)\b"
    r"|\[(?:X+|x+|\.{3}|…|_+|TODO|Zahl|Datum|Name|Betrag|Text)\]"
)
_LEFT_OUT = re.compile(r"\[(?:\.{3}|…)\]")
_QUOTED = re.compile("„[^“”]*[“”]|“[^”]*”|»[^«]*«|«[^»]*»")
"""Quotations, in which such a sign tells that something was left out."""


def _problem(word: str) -> Text:
    return Text(
        f"„{word}“ sieht aus wie ein Platzhalter; so stünde es auf der Website.",
        f"“{word}” looks like a placeholder; it would stand like this on the site.",
    )


_CURE = Text(
    "Schreiben Sie, was dort stehen soll, oder löschen Sie es.", "Write what belongs there."
)


@lru_cache(TEXTS)
def _first(text: str) -> str | None:
    return next(_placeholders(text), None)


def _placeholders(text: str) -> Iterator[str]:
    quotations = [found.span() for found in _QUOTED.finditer(text)]
    for found in _WORDS.finditer(text):
        quoted = any(begin < found.start() < end for begin, end in quotations)
        if not (quoted and _LEFT_OUT.fullmatch(found[0])):
            yield found[0]


@rule(
    "KP616",
    title=Text("Platzhalter", "Placeholder"),
    de="Texte, Alternativtexte und Zellen, die veröffentlicht werden, enthalten keine Platzhalter "
    "wie TODO, xxx oder [Zahl].",
    severity="warning",
)
def placeholder(subject: Subject) -> Iterator[Finding]:
    """Published texts and alternatives hold no placeholders such as TODO, xxx or [number].

    In a quotation, ``[…]`` is none.
    """
    for name, line, column, text in subject.public_text_cells:
        if found := _first(text):
            yield subject.cell(name, line, column, _problem(shown(found)), _CURE)
    for page in subject.pages:
        last = 0
        alternatives = (picture.alternative or "" for picture in page.pictures)
        for text in (*(part.text for part in View(page).shown), *alternatives):
            for found in _placeholders(text):
                last = page.find(found, after=last) or last
                yield Finding(
                    rule="",
                    file=page.file,
                    line=last or None,
                    value=found,
                    problem=_problem(found),
                    cure=_CURE,
                )


@rule(
    "KP046",
    title=Text("Name fehlt", "Name missing"),
    de="strategy/strategy.yml nennt den Namen der Strategie (title) und den der Kommune "
    "(municipality).",
)
def no_name_given(subject: Subject) -> Iterator[Finding]:
    """strategy/strategy.yml gives the name of the strategy and that of the municipality."""
    if SETTINGS not in subject.texts or any(f.rule in UNREAD for f in subject.loaded.findings):
        return  # that they can't be read is told already
    for name in NAMES:
        if not subject.is_set(name) and name not in subject.told_settings:
            slip = no_name(name, "fehlt", "is missing")
            yield subject.settings_file(slip.problem, slip.cure, value=name)


@rule(
    "KP617",
    title=Text("Symbol unbekannt", "Unknown icon"),
    de="Die Symbole der Handlungsfelder gibt es; ein anderes erschiene nicht.",
    severity="warning",
)
def unknown_icon(subject: Subject) -> Iterator[Finding]:
    """The icons of fields of action exist; another would not appear."""
    for field in subject.strategy.fields_of_action:
        if field.icon and not drawing(field.icon):
            yield subject.cell(
                "fields_of_action",
                field.line,
                "icon",
                Text(
                    f"Ein Symbol „{shown(field.icon)}“ gibt es nicht; es erschiene keines.",
                    f"There is no icon “{shown(field.icon)}”; none would appear.",
                ),
                Text(
                    "Schreiben Sie zum Beispiel material/school, oder leeren Sie die Zelle.",
                    "Write for example material/school, or empty the cell.",
                ),
            )
