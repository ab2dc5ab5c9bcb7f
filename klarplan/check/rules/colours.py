"""Rules on the look: colours are readable (WCAG 2.2, 1.4.3), and the logo is there."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.colour import HEX, NEEDED, contrast, readable
from klarplan.look.logo import KINDS, logo_file
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.own_files import upstream

HOUSE = {
    "primary_colour": Text("Hausfarbe", "primary colour"),
    "accent_colour": Text("Akzentfarbe", "accent colour"),
}


def _problem(what: Text, colour: str) -> Text:
    ratio = contrast(colour, "#ffffff")
    german = f"{ratio:.1f}".replace(".", ",")
    return Text(
        f"{what.de} und Weiß haben einen Kontrast von {german} zu 1; lesbar ist Text ab 4,5 zu 1.",
        f"The {what.en} and white have a contrast of {ratio:.1f} to 1; text needs {NEEDED} to 1.",
    )


def nearest(colour: str) -> Text:
    """The cure for a colour on which white can't be read: the nearest of the same hue."""
    better = readable(colour)
    return Text(
        f"Die nächste lesbare Farbe im selben Farbton ist {better}.",
        f"The nearest readable colour of the same hue is {better}.",
    )


def _too_pale(colour: str) -> bool:
    return HEX.fullmatch(colour) is not None and contrast(colour, "#ffffff") < NEEDED


def pale(name: str, colour: str) -> tuple[Text, Text] | None:
    """What is told of a house colour on which white can't be read, and the cure."""
    if not _too_pale(colour):
        return None
    line = f'{name}: "{readable(colour)}"'
    cure = Text(
        f"Die nächste lesbare Farbe im selben Farbton: {line}",
        f"The nearest readable colour of the same hue: {line}",
    )
    return _problem(HOUSE[name], colour), cure


CONTRAST = "KP013"


@rule(
    CONTRAST,
    title=Text("Farbe mit zu wenig Kontrast", "Colour with too little contrast"),
    de="Auf den Hausfarben und den Farben der Status ist weiße Schrift lesbar, und in ihnen "
    "Schrift auf Weiß (WCAG 1.4.3). Für die dunkle Darstellung werden sie selbst angepasst.",
)
def pale_colour(subject: Subject) -> Iterator[Finding]:
    """White text can be read on house colours and on those of statuses (WCAG 1.4.3)."""
    for name in HOUSE:
        if told := pale(name, getattr(subject.strategy.settings, name)):
            yield subject.setting(name, *told)
    for status in subject.strategy.statuses:
        if status.colour and _too_pale(status.colour):
            what = Text(f"Die Farbe des Status „{status.label}“", f"colour of “{status.label}”")
            yield subject.cell(
                "statuses",
                status.line,
                "colour",
                _problem(what, status.colour),
                nearest(status.colour),
            )


@rule(
    "KP015",
    title=Text("Logo fehlt", "Logo missing"),
    de="Das Logo in den Einstellungen liegt als Bild unterhalb von docs/.",
)
def missing_logo(subject: Subject) -> Iterator[Finding]:
    """The logo of the settings is a picture below docs/."""
    logo = subject.strategy.settings.logo
    docs = upstream(subject.loaded.root, "docs")
    if not logo or logo_file(docs.parent, logo):
        return
    pictures = [p.relative_to(docs).as_posix() for p in docs.rglob("*") if p.suffix in KINDS]
    bare = logo.removeprefix("docs/")
    guess = did_you_mean(logo, pictures)
    if bare != logo and bare in pictures:
        guess = Text(f"Schreiben Sie {bare}, ohne docs/.", f"Write {bare}, without docs/.")
    yield subject.setting(
        "logo",
        Text(
            f"Unterhalb von docs/ gibt es kein Bild „{logo}“.",
            f"There is no picture “{logo}” below docs/.",
        ),
        guess
        if guess != NOTHING
        else Text(
            "Legen Sie die Datei dort ab, oder lassen Sie „logo“ leer.",
            "Put the file there, or leave “logo” empty.",
        ),
    )
