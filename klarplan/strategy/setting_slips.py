"""Slips in values that YAML takes for something else: quotes of word processors, # and mailto:.

A value is judged as it is written, so that the cure is the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from klarplan.messages import Fix, Severity, Text
from klarplan.strategy.yaml_reader import YamlText

_OPENING, _CLOSING = "„“”‚‘’«»‹›\"'", "“”‘’«»‹›\"'"
NAMES = ("title", "municipality")
"""Settings that must not be empty."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a setting, and the cure."""

    problem: Text
    cure: Text
    fix: Fix | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Mended:
    """A value as it must have been meant, and what was wrong with it."""

    value: str
    problem: Text


def write(fix: Fix) -> Text:
    """The cure that shows the line as it should be."""
    return Text(f"Schreiben Sie: {fix.new.strip()}", f"Write: {fix.new.strip()}")


def slip_of(read: YamlText, name: str, *, is_text: bool) -> Slip | None:
    """What is wrong with how a value is written, be it in settings or in the head of a page."""
    node = read.nodes[name]
    if not isinstance(node, yaml.ScalarNode) or node.style is not None:
        return None  # a list, or in quotation marks
    return _comment(read, name, is_text=is_text) or _quotes(read, name)


def _comment(read: YamlText, name: str, *, is_text: bool) -> Slip | None:
    """A value that is, or ends in, a comment that nobody meant to write."""
    line, value = read.line_of(name), read.values[name]
    found = re.match(rf"{re.escape(name)}\s*:(.*?)\s(#[^\s#].*)\Z", line)
    if not found:
        return None
    if not value and not found[1].strip():
        new = f'{name}: "{found[2].rstrip()}"'
        fix = Fix(line, new) if '"' not in found[2] and "\\" not in found[2] else None
        return Slip(
            Text(
                "Der Wert ist leer: Ohne Anführungszeichen gilt alles ab # als Erläuterung.",
                "The value is empty: without quotation marks, all from # on is a remark.",
            ),
            write(fix) if fix else _IN_QUOTES,
            fix,
        )
    if is_text and value:
        return Slip(
            Text(
                f"Hier endet der Text vor „{found[2].split()[0]}“: Ohne Anführungszeichen gilt "
                "alles ab # als Erläuterung.",
                f"The text ends before “{found[2].split()[0]}”: without quotation marks, all from "
                "# on is a remark.",
            ),
            Text(
                "Setzen Sie den Text in Anführungszeichen, oder ein Leerzeichen hinter das #.",
                "Put the text into quotation marks, or a space behind the #.",
            ),
            severity="warning",
        )
    return None


def nameless(read: YamlText, name: str) -> Slip | None:
    """What is told where the name of the strategy or of the municipality is empty."""
    value = read.values[name]
    if name not in NAMES or (value is not None and (not isinstance(value, str) or value.strip())):
        return None
    return no_name(name, "ist leer", "is empty")


def no_name(name: str, how: str, how_en: str) -> Slip:
    """What is told where one of ``NAMES`` is not known; ``how`` says why."""
    what = Text("Der Name der Strategie", "The title of the strategy")
    if name == "municipality":
        what = Text("Der Name der Kommune", "The name of the municipality")
    example = "Digitalstrategie" if name == "title" else "Stadt Neustadt"
    return Slip(
        Text(f"{what.de} {how}.", f"{what.en} {how_en}."),
        Text(
            f'Tragen Sie ihn ein, zum Beispiel: {name}: "{example}"',
            f'Enter it, for example: {name}: "{example}"',
        ),
    )


def _quotes(read: YamlText, name: str) -> Slip | None:
    """A value between typographic quotation marks, which YAML takes for letters of the text."""
    value = read.values[name] or ""
    bare = _bare(value)
    if bare is None:
        return None
    fix = read.rewritten(name, bare)
    return Slip(
        Text(
            f"Die Anführungszeichen {value[0]}…{value[-1]} zählen hier zum Text; gemeint sind "
            "gerade.",
            f"The quotation marks {value[0]}…{value[-1]} count as text here; straight ones are "
            "meant.",
        ),
        write(fix) if fix else _IN_QUOTES,
        fix,
    )


def _bare(value: str) -> str | None:
    """What stands between typographic quotation marks; nothing where there are none around it."""
    if len(value) < 2 or value[0] not in _OPENING or value[-1] not in _CLOSING:
        return None
    inside = value[1:-1].strip()
    return None if set(inside) & set('„“”«»"') else inside


def mended_value(value: object, fits: Callable[[str], bool]) -> Mended | None:
    """The value as it must have been meant, where a known slip is all that is wrong with it."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    day = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", text)
    tried = [
        (re.sub(r"(?i)^mailto:\s*", "", text), _SCHEME),
        (re.sub(r"(?i)^tel:\s*", "", text), _SCHEME),
        (text.strip("<>"), _ANGLES),
        (f"https://{text}", _NO_SCHEME),
        (f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else "", _GERMAN_DAY),
        (re.sub(r"\s", "", text), _BLANKS),
        (re.sub(r"^(?:docs/|\./|/)+", "", text), _FOLDER),
    ]
    for new, problem in tried:
        is_address = problem is not _NO_SCHEME or "." in text.partition("/")[0]
        if new and new != text and is_address and fits(new):
            return Mended(new, problem)
    return None


_IN_QUOTES = Text(
    "Setzen Sie den Text in gerade Anführungszeichen.",
    "Put the text into straight quotation marks.",
)
_SCHEME = Text(
    "„mailto:“ und „tel:“ gehören nicht hierher; die Website setzt sie selbst davor.",
    "“mailto:” and “tel:” don't belong here; the website adds them itself.",
)
_ANGLES = Text(
    "Spitze Klammern gehören nicht zur Adresse.", "Angle brackets are no part of the address."
)
_NO_SCHEME = Text(
    "Am Anfang der Adresse fehlt https://.", "https:// is missing at the beginning of the address."
)
_GERMAN_DAY = Text(
    "Ein Datum steht hier als Jahr-Monat-Tag.", "A date stands here as year-month-day."
)
_BLANKS = Text("Hier stehen Leerzeichen zu viel.", "There are spaces too many.")
_FOLDER = Text(
    "Der Pfad gilt von docs/ aus, ohne „/“ oder „docs/“ davor.",
    "The path counts from docs/, without “/” or “docs/” before it.",
)
