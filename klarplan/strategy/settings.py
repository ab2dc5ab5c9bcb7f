"""The settings of a strategy as a whole: ``strategy/strategy.yml``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from klarplan.messages import Finding, Text, did_you_mean
from klarplan.strategy.chapters import CHAPTERS

SETTINGS = "strategy/strategy.yml"

KEY = r"([0-9]{8}|[0-9]{12})?"
"""An official municipality key (8 digits) or regional key (12 digits), or nothing."""

LICENCES: Mapping[str, tuple[str, str]] = {
    "cc-by/4.0": (
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-zero": (
        "Creative Commons Zero 1.0 Universell",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "dl-by-de/2.0": (
        "Datenlizenz Deutschland Namensnennung 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
    ),
    "dl-zero-de/2.0": (
        "Datenlizenz Deutschland Zero 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
    ),
}
"""Licences of open data that DCAT-AP.de knows, with name and address."""

CONFORMITY: Mapping[str, str] = {
    "full": "vollständig vereinbar",
    "partial": "teilweise vereinbar",
    "none": "nicht vereinbar",
}
"""How far a website meets the requirements (Implementing Decision (EU) 2018/1523)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for the whole strategy; every key has a default, so that a fork can start."""

    title: str = "Unsere Strategie"
    subtitle: str = ""
    summary: str = ""
    """What the strategy is for, in two sentences."""
    municipality: str = "Unsere Gemeinde"
    key: str = ""
    """Amtlicher Gemeindeschlüssel (8 digits) or Regionalschlüssel (12 digits)."""
    version: str = ""
    resolution: str = ""
    """How and when the strategy was adopted, in words."""
    period_start: int | None = None
    period_end: int | None = None
    """First and last year of the strategy."""
    review_months: int = 12
    """A running measure without a report for longer than this counts as stale."""
    site_url: str = ""
    repository: str = ""
    branch: str = "main"
    licence: str = "cc-by/4.0"
    measure_pdfs: bool = False
    """Whether every measure has a PDF of its own beside its page."""
    primary_colour: str = "#1f4e79"
    accent_colour: str = "#9a3b00"
    logo: str = ""
    """Path of the logo below ``docs/``."""
    font: str = "fira-sans"
    """A typeface that comes along, or a folder below ``docs/`` with one's own."""
    chapters: tuple[str, ...] = tuple(CHAPTERS)
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    represented_by: str = ""
    """The role that represents the municipality, for the imprint."""
    supervisory_authority: str = ""
    vat_id: str = ""
    privacy_contact: str = ""
    """Functional address of the data protection officer."""
    hosting: str = ""
    """Who runs the web server, for the privacy page."""
    server_log_days: int | None = None
    """After so many days the web server's logs are deleted."""
    accessibility_state: str = ""
    """How far the site meets the law: full, partial or none; empty while nobody has tested it."""
    accessibility_exceptions: tuple[str, ...] = ()
    """What is not accessible, and why."""
    accessibility_tested: dt.date | None = None
    accessibility_method: str = ""
    """How the site was tested, and by whom."""
    enforcement_body: str = ""
    """Enforcement body for accessibility (Durchsetzungsstelle), with its address."""
    sign_language_url: str = ""
    """A page or video in German sign language."""

    @property
    def place(self) -> str:
        """Postcode and town in one line."""
        return f"{self.postcode} {self.town}".strip()

    @property
    def licence_name(self) -> str:
        """The licence in words."""
        return LICENCES[self.licence][0]

    @property
    def licence_url(self) -> str:
        """The address of the licence."""
        return LICENCES[self.licence][1]


def _string(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float | dt.date) and not isinstance(value, bool):
        return str(value)
    return None


def _year(value: Any) -> int | None:
    return value if isinstance(value, int) and 1990 <= value <= 2100 else None


def _months(value: Any) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= 120 else None


def _days(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 3650 else None


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    items = [_string(item) for item in (value if isinstance(value, list) else [value])]
    return None if None in items else tuple(item for item in items if item)


def _chapters(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(v in CHAPTERS for v in value) and value:
        return tuple(dict.fromkeys(value))
    return None


def _pattern(pattern: str) -> Callable[[Any], str | None]:
    def convert(value: Any) -> str | None:
        text = _string(value)
        return text if text is not None and re.fullmatch(pattern, text) else None

    return convert


def _address(value: Any) -> str | None:
    text = _string(value)
    if text == "" or (
        text and urlsplit(text).scheme in ("https", "http") and urlsplit(text).netloc
    ):
        return text
    return None


_SPECIAL: Mapping[str, tuple[Callable[[Any], Any], Text]] = {
    "key": (
        _pattern(KEY),
        Text(
            'Nötig sind 8 oder 12 Ziffern in Anführungszeichen, zum Beispiel "05515000".',
            'Needed are 8 or 12 digits in quotation marks, for example "05515000".',
        ),
    ),
    "period_start": (_year, Text("Nötig ist eine Jahreszahl.", "Needed is a year.")),
    "period_end": (_year, Text("Nötig ist eine Jahreszahl.", "Needed is a year.")),
    "review_months": (
        _months,
        Text("Nötig ist eine Zahl von Monaten (1 bis 120).", "Needed are months (1 to 120)."),
    ),
    "server_log_days": (
        _days,
        Text("Nötig ist eine Zahl von Tagen (0 bis 3650).", "Needed are days (0 to 3650)."),
    ),
    "measure_pdfs": (
        lambda value: value if isinstance(value, bool) else None,
        Text("Möglich sind true (ja) und false (nein).", "Possible: true and false."),
    ),
    "accessibility_state": (
        lambda value: value if value in ("", *CONFORMITY) else None,
        Text(
            "Möglich sind: " + ", ".join(CONFORMITY) + " oder nichts.",
            "Possible: " + ", ".join(CONFORMITY) + " or nothing.",
        ),
    ),
    "accessibility_exceptions": (
        _texts,
        Text("Nötig ist ein Text oder eine Liste von Texten.", "Needed is a text or a list."),
    ),
    "accessibility_tested": (
        _day,
        Text("Nötig ist ein Datum wie 2026-10-12.", "Needed is a date like 2026-10-12."),
    ),
    "sign_language_url": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "chapters": (
        _chapters,
        Text(
            "Nötig ist eine Liste aus: " + ", ".join(CHAPTERS) + ".",
            "Needed is a list of: " + ", ".join(CHAPTERS) + ".",
        ),
    ),
    "licence": (
        lambda value: value if value in LICENCES else None,
        Text(
            "Möglich sind: " + ", ".join(LICENCES) + ".", "Possible: " + ", ".join(LICENCES) + "."
        ),
    ),
    "primary_colour": (
        _pattern("#[0-9a-fA-F]{6}"),
        Text('Nötig ist eine Farbe wie "#1f4e79".', 'Needed is a colour like "#1f4e79".'),
    ),
    "accent_colour": (
        _pattern("#[0-9a-fA-F]{6}"),
        Text('Nötig ist eine Farbe wie "#9a3b00".', 'Needed is a colour like "#9a3b00".'),
    ),
    "site_url": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "repository": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "logo": (
        _pattern(r"(?!.*\.\.)(?!/)[^\\:]*"),
        Text("Nötig ist ein Pfad unterhalb von docs/.", "Needed is a path below docs/."),
    ),
    "font": (
        _pattern(r"(?!.*\.\.)(?!/)[^\\:]+"),
        Text(
            "Nötig ist fira-sans, source-sans-3 oder ein Ordner unterhalb von docs/.",
            "Needed is fira-sans, source-sans-3 or a folder below docs/.",
        ),
    ),
    "branch": (
        _pattern(r"[\w./-]+"),
        Text("Nötig ist der Name eines Zweigs, meist main.", "Needed is a branch, mostly main."),
    ),
}


def read_settings(root: Path) -> tuple[Settings, list[Finding]]:
    """The settings of a root; defaults where the file or a key is missing or wrong."""
    path = root / SETTINGS
    if not path.is_file():
        return Settings(), []
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        return Settings(), [
            Finding(
                rule="KP010",
                file=SETTINGS,
                line=error.object.count(b"\n", 0, error.start) + 1,
                problem=Text(
                    "Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8."
                ),
                cure=Text(
                    "Speichern Sie sie als „UTF-8“; Umlaute prüfen.",
                    "Save it as “UTF-8”; check the umlauts.",
                ),
            )
        ]
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return Settings(), [
            Finding(
                rule="KP010",
                file=SETTINGS,
                line=mark.line + 1 if mark else None,
                problem=Text("Die Datei ist kein gültiges YAML.", "The file is not valid YAML."),
                cure=Text(
                    "Prüfen Sie Einrückung und Doppelpunkte an dieser Stelle; "
                    "Texte mit Doppelpunkt gehören in Anführungszeichen.",
                    "Check indentation and colons here; a text with a colon needs quotation marks.",
                ),
            )
        ]
    if data is None:
        return Settings(), []
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        return Settings(), [
            Finding(
                rule="KP010",
                file=SETTINGS,
                line=1,
                problem=Text(
                    "Die Datei muss aus Zeilen „Name: Wert“ bestehen.",
                    "The file must consist of lines “name: value”.",
                ),
            )
        ]
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in data.items():
        name = str(key)
        if name not in known:
            guess = did_you_mean(name, known)
            findings.append(
                Finding(
                    rule="KP011",
                    file=SETTINGS,
                    line=lines.get(name),
                    value=name,
                    problem=Text(
                        f"Die Einstellung „{name}“ gibt es nicht.",
                        f"There is no setting “{name}”.",
                    ),
                    cure=Text(guess.de, guess.en),
                )
            )
            continue
        if value is None:
            continue
        convert, cure = _SPECIAL.get(
            name, (_string, Text("Nötig ist ein Text.", "Needed is a text."))
        )
        converted = convert(value)
        if converted is None:
            findings.append(
                Finding(
                    rule="KP012",
                    file=SETTINGS,
                    line=lines.get(name),
                    value=str(value),
                    problem=Text(
                        f"Die Einstellung „{name}“ hat einen Wert, der nicht passt.",
                        f"The setting “{name}” has a value that does not fit.",
                    ),
                    cure=cure,
                )
            )
            continue
        values[name] = converted
    return Settings(**values), findings
